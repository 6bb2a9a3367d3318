// A live Fedify server that a driver steers: an independent ActivityPub implementation to talk to.
//
//   node fedify.mjs PORT [--first-knock draft-cavage-http-signatures-12|rfc9421] [--refuse-cavage] [--name bob]
//
// It federates at /, and obeys JSON on /control/*:
//   GET  /control/seen             activities that passed Fedify's signature check, in order of arrival
//   GET  /control/wire             requests in both directions: direction, method, URL, signature scheme, status
//   POST /control/do  {op, ...}    follow, unfollow, like, announce, reply, post, edit, delete, undo, ask, vote, picture,
//                                  direct, lock, accept, block, quote; answers {id}
//   POST /control/parse {url}      what Fedify's vocabulary makes of a document, and the terms JSON-LD would drop
//   POST /control/collection {url} every item of a collection, through its pages
//   POST /control/webfinger {resource}
//   POST /control/nodeinfo  {url}   every NodeInfo document that the server links to
//
// Contexts are preloaded in Fedify, so nothing leaves the machine.
import { createServer } from "node:http";
import { Temporal } from "@js-temporal/polyfill";
import {
  createFederation, generateCryptoKeyPair, InProcessMessageQueue, MemoryKvStore, parseNodeInfo,
} from "@fedify/fedify";
import * as vocab from "@fedify/vocab";
import { getDocumentLoader } from "@fedify/vocab-runtime";
import jsonld from "@fedify/vocab-runtime/jsonld";
import { lookupWebFinger } from "@fedify/webfinger";

const args = process.argv.slice(2);
const port = Number(args[0]);
const flag = (name) => args.includes(name) ? args[args.indexOf(name) + 1] : undefined;
const firstKnock = flag("--first-knock") ?? "rfc9421";
const refuseCavage = args.includes("--refuse-cavage");
const name = flag("--name") ?? "bob";
const origin = `http://localhost:${port}`;

const seen = [];
const wire = [];
const notes = new Map(); // id -> Note
const sent = new Map(); // activity id -> { activity, to }
const followers = new Map(); // actor id -> actor
const banned = new Set(); // notes that were deleted
let counter = 0;
let locked = false;
const waiting = []; // Follows that came while the account was locked
const stamps = new Map(); // id -> QuoteAuthorization
const fresh = (kind) => new URL(`${origin}/${kind}/${Date.now()}-${++counter}`);

const scheme = (headers) =>
  headers.has("signature-input") ? "rfc9421" : headers.has("signature") ? "draft-cavage" : "none";

// What goes out is read here and not taken from Fedify's word: which signature, and what the other side answered.
const plainFetch = globalThis.fetch;
globalThis.fetch = async (input, init) => {
  const request = input instanceof Request ? input : new Request(input, init);
  const row = { direction: "out", method: request.method, url: request.url, scheme: scheme(request.headers) };
  try {
    const response = await plainFetch(input, init);
    wire.push({ ...row, status: response.status });
    return response;
  } catch (error) {
    wire.push({ ...row, status: 0, error: String(error.cause ?? error) });
    throw error;
  }
};

const federation = createFederation({
  kv: new MemoryKvStore(),
  queue: new InProcessMessageQueue({ pollInterval: { milliseconds: 50 } }),
  origin,
  allowPrivateAddress: true,
  firstKnock,
});

const keys = [await generateCryptoKeyPair("RSASSA-PKCS1-v1_5"), await generateCryptoKeyPair("Ed25519")];
federation
  .setActorDispatcher("/users/{identifier}", async (ctx, identifier) => {
    if (identifier !== name) return null;
    const pairs = await ctx.getActorKeyPairs(identifier);
    return new vocab.Person({
      id: ctx.getActorUri(identifier),
      preferredUsername: identifier,
      name: `${identifier} on Fedify`,
      summary: "<p>A peer.</p>",
      url: new URL(`${origin}/@${identifier}`),
      inbox: ctx.getInboxUri(identifier),
      outbox: ctx.getOutboxUri(identifier),
      followers: ctx.getFollowersUri(identifier),
      endpoints: new vocab.Endpoints({ sharedInbox: ctx.getInboxUri() }),
      publicKey: pairs[0].cryptographicKey,
      assertionMethods: pairs.map((pair) => pair.multikey),
    });
  })
  .setKeyPairsDispatcher((_ctx, identifier) => identifier === name ? keys : []);

federation.setOutboxDispatcher("/users/{identifier}/outbox", () => ({ items: [...sent.values()].map((s) => s.activity) }));
federation.setFollowersDispatcher("/users/{identifier}/followers", () => ({ items: [...followers.values()] }));
federation.setObjectDispatcher(vocab.Note, "/notes/{id}", (ctx, { id }) => {
  const uri = ctx.getObjectUri(vocab.Note, { id }).href;
  return notes.get(uri) ?? null;
});
federation.setObjectDispatcher(vocab.QuoteAuthorization, "/stamps/{id}", (_ctx, { id }) => stamps.get(id) ?? null);
federation.setNodeInfoDispatcher("/nodeinfo/2.1", () => ({
  software: { name: "fedify-peer", version: "1.0.0" },
  protocols: ["activitypub"],
  usage: { users: { total: 1 }, localPosts: notes.size, localComments: 0 },
}));

federation
  .setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .on(vocab.Activity, async (ctx, activity) => {
    seen.push({ type: activity.constructor.name, id: activity.id?.href, actor: activity.actorId?.href,
      object: activity.objectId?.href, json: await activity.toJsonLd(ctx) });
    if (activity instanceof vocab.Follow) {
      const follower = await activity.getActor(ctx);
      if (locked) {
        waiting.push({ activity, follower });
        return;
      }
      followers.set(follower.id.href, follower);
      await send(ctx, new vocab.Accept({ id: fresh("accepts"), actor: me(ctx), object: activity }), follower);
    } else if (activity instanceof vocab.QuoteRequest && notes.has(activity.objectId?.href)) {
      const id = `s${++counter}`;
      const quoting = await activity.getInstrument(ctx);
      stamps.set(id, new vocab.QuoteAuthorization({ id: ctx.getObjectUri(vocab.QuoteAuthorization, { id }),
        attribution: me(ctx), interactingObject: quoting.id, interactionTarget: activity.objectId }));
      await send(ctx, new vocab.Accept({ id: fresh("accepts"), actor: me(ctx), object: activity,
        result: ctx.getObjectUri(vocab.QuoteAuthorization, { id }) }), await activity.getActor(ctx));
    }
  })
  .onError((_ctx, error) => seen.push({ type: "error", error: String(error) }));

const me = (ctx) => ctx.getActorUri(name);

async function send(ctx, activity, to) {
  sent.set(activity.id.href, { activity, to });
  await ctx.sendActivity({ identifier: name }, to, activity);
  return { id: activity.id.href };
}

async function look(ctx, url) {
  const loader = await ctx.getDocumentLoader({ identifier: name });
  const found = await vocab.lookupObject(new URL(url), { documentLoader: loader, contextLoader: ctx.contextLoader });
  if (found == null) throw new Error(`${url} cannot be looked up`);
  return found;
}

// A reply or a mention goes to its author; a plain post to whoever follows.
function makeNote(ctx, { content, to, replyTo, summary, language }) {
  const noteId = ctx.getObjectUri(vocab.Note, { id: `n${++counter}-${Date.now()}` });
  return new vocab.Note({
    id: noteId,
    attribution: me(ctx),
    ...(language ? { contents: [content, new vocab.LanguageString(content, language)] } : { content }),
    summary,
    url: noteId,
    published: Temporal.Now.instant(),
    replyTarget: replyTo,
    to: vocab.PUBLIC_COLLECTION,
    ccs: to == null ? [ctx.getFollowersUri(name)] : [ctx.getFollowersUri(name), to.id],
    tags: to == null ? [] : [new vocab.Mention({ href: to.id, name: `@${to.preferredUsername}@${to.id.host}` })],
  });
}

const operations = {
  async follow(ctx, { actor }) {
    const to = await look(ctx, actor);
    return await send(ctx, new vocab.Follow({ id: fresh("follows"), actor: me(ctx), object: to.id, to: to.id }), to);
  },
  async like(ctx, { object }) {
    const note = await look(ctx, object);
    const to = await note.getAttribution(ctx);
    return await send(ctx, new vocab.Like({ id: fresh("likes"), actor: me(ctx), object: note.id, to: to.id }), to);
  },
  async announce(ctx, { object }) {
    const note = await look(ctx, object);
    const to = await note.getAttribution(ctx);
    return await send(ctx, new vocab.Announce({ id: fresh("announces"), actor: me(ctx), object: note.id,
      published: Temporal.Now.instant(), to: vocab.PUBLIC_COLLECTION, ccs: [ctx.getFollowersUri(name), to.id] }), to);
  },
  async reply(ctx, { object, content }) {
    const parent = await look(ctx, object);
    const to = await parent.getAttribution(ctx);
    const note = makeNote(ctx, { content, to, replyTo: parent.id });
    notes.set(note.id.href, note);
    await send(ctx, new vocab.Create({ id: fresh("creates"), actor: me(ctx), object: note,
      tos: note.toIds, ccs: note.ccIds }), to);
    return { id: note.id.href };
  },
  async post(ctx, { content, summary, language }) {
    const note = makeNote(ctx, { content, summary, language });
    notes.set(note.id.href, note);
    await send(ctx, new vocab.Create({ id: fresh("creates"), actor: me(ctx), object: note,
      tos: note.toIds, ccs: note.ccIds }), [...followers.values()]);
    return { id: note.id.href };
  },
  async quotable(ctx, { content }) {
    const policy = new vocab.InteractionPolicy({ canQuote: new vocab.InteractionRule({ automaticApproval: vocab.PUBLIC_COLLECTION }) });
    const note = makeNote(ctx, { content }).clone({ interactionPolicy: policy });
    notes.set(note.id.href, note);
    await send(ctx, new vocab.Create({ id: fresh("creates"), actor: me(ctx), object: note,
      tos: note.toIds, ccs: note.ccIds }), [...followers.values()]);
    return { id: note.id.href };
  },
  async edit(ctx, { id, content }) {
    const old = notes.get(id);
    const note = old.clone({ content, updated: Temporal.Now.instant() });
    notes.set(id, note);
    return await send(ctx, new vocab.Update({ id: fresh("updates"), actor: me(ctx), object: note,
      tos: note.toIds, ccs: note.ccIds }), [...followers.values()]);
  },
  async delete(ctx, { id }) {
    notes.delete(id);
    banned.add(id);
    return await send(ctx, new vocab.Delete({ id: fresh("deletes"), actor: me(ctx), to: vocab.PUBLIC_COLLECTION,
      object: new vocab.Tombstone({ id: new URL(id) }) }), [...followers.values()]);
  },
  async ask(ctx, { content, options }) {
    const id = ctx.getObjectUri(vocab.Note, { id: `q${++counter}-${Date.now()}` });
    const question = new vocab.Question({
      id, attribution: me(ctx), content, url: id, published: Temporal.Now.instant(), to: vocab.PUBLIC_COLLECTION,
      ccs: [ctx.getFollowersUri(name)], endTime: Temporal.Now.instant().add({ hours: 1 }), voters: 0,
      exclusiveOptions: options.map((o) => new vocab.Note({ name: o, replies: new vocab.Collection({ totalItems: 0 }) })),
    });
    notes.set(id.href, question);
    await send(ctx, new vocab.Create({ id: fresh("creates"), actor: me(ctx), object: question,
      tos: question.toIds, ccs: question.ccIds }), [...followers.values()]);
    return { id: id.href };
  },
  async vote(ctx, { object, option }) {
    const question = await look(ctx, object);
    const to = await question.getAttribution(ctx);
    const vote = new vocab.Note({ id: fresh("votes"), attribution: me(ctx), name: option, replyTarget: question.id, to: to.id });
    return await send(ctx, new vocab.Create({ id: fresh("creates"), actor: me(ctx), object: vote, to: to.id }), to);
  },
  async picture(ctx, { content, url, alt }) {
    const note = makeNote(ctx, { content }).clone({ attachments: [
      new vocab.Image({ url: new URL(url), mediaType: "image/png", name: alt, width: 64, height: 64 })] });
    notes.set(note.id.href, note);
    await send(ctx, new vocab.Create({ id: fresh("creates"), actor: me(ctx), object: note,
      tos: note.toIds, ccs: note.ccIds }), [...followers.values()]);
    return { id: note.id.href };
  },
  async direct(ctx, { actor, content }) {
    const to = await look(ctx, actor);
    const note = makeNote(ctx, { content, to }).clone({ tos: [to.id], ccs: [] });
    await send(ctx, new vocab.Create({ id: fresh("creates"), actor: me(ctx), object: note, to: to.id }), to);
    return { id: note.id.href };
  },
  async lock(_ctx, { on }) {
    locked = on;
    return { id: null };
  },
  async accept(ctx) {
    const { activity, follower } = waiting.shift();
    followers.set(follower.id.href, follower);
    return await send(ctx, new vocab.Accept({ id: fresh("accepts"), actor: me(ctx), object: activity }), follower);
  },
  async block(ctx, { actor }) {
    const to = await look(ctx, actor);
    followers.delete(to.id.href);
    return await send(ctx, new vocab.Block({ id: fresh("blocks"), actor: me(ctx), object: to.id, to: to.id }), to);
  },
  async quote(ctx, { object, content }) {
    const quoted = await look(ctx, object);
    const to = await quoted.getAttribution(ctx);
    const note = makeNote(ctx, { content, to }).clone({ quoteUrl: quoted.id });
    notes.set(note.id.href, note);
    await send(ctx, new vocab.QuoteRequest({ id: fresh("quotes"), actor: me(ctx), object: quoted.id, instrument: note,
      to: to.id }), to);
    return { id: note.id.href };
  },
  async undo(ctx, { id }) {
    const { activity, to } = sent.get(id);
    return await send(ctx, new vocab.Undo({ id: fresh("undos"), actor: me(ctx), object: activity,
      tos: activity.toIds, ccs: activity.ccIds }), to);
  },
};

// Reads a document twice: into Fedify's classes, and strictly as JSON-LD, where a term that no context
// defines is an error instead of silence (Friendica and Ktistec lose such terms).
async function parse(ctx, { url }) {
  const loader = await ctx.getDocumentLoader({ identifier: name });
  const { document } = await loader(url);
  const object = await vocab.Object.fromJsonLd(document, { documentLoader: loader, contextLoader: ctx.contextLoader });
  const dropped = [];
  await jsonld.expand(document, {
    documentLoader: ctx.contextLoader,
    eventHandler: ({ event }) => {
      if (event.level === "warning") dropped.push(`${event.code}: ${JSON.stringify(event.details)}`);
    },
  });
  return { type: object.constructor.name, id: object.id?.href, document, dropped,
    again: await object.toJsonLd({ format: "compact", contextLoader: ctx.contextLoader }) };
}

async function collection(ctx, { url }) {
  const loader = await ctx.getDocumentLoader({ identifier: name });
  const options = { documentLoader: loader, contextLoader: ctx.contextLoader };
  const read = async (link) => vocab.Object.fromJsonLd((await loader(link)).document, options);
  const root = await read(url);
  if (!(root instanceof vocab.Collection)) throw new Error(`${url} is a ${root.constructor.name}`);
  const items = [];
  for await (const item of root.getItems({ ...options, suppressError: true })) items.push(item);
  let page = root.firstId == null ? await root.getFirst(options) : await read(root.firstId.href);
  const pages = [];
  while (page != null && pages.length < 20) {
    pages.push(page.id?.href);
    for await (const item of page.getItems({ ...options, suppressError: true })) items.push(item);
    page = page.nextId == null ? null : await read(page.nextId.href);
  }
  return { type: root.constructor.name, total: root.totalItems, pages,
    items: items.map((item) => ({ type: item.constructor.name, id: item.id?.href })) };
}

// An acct: look-up always goes to https in Fedify; by URL it follows the URL's own scheme.
const webfinger = (_ctx, { resource }) => lookupWebFinger(new URL(resource), { allowPrivateAddress: true });

// Fedify's getNodeInfo refuses loopback without a switch, so the two fetches are made here and its parser judges.
async function nodeinfo(_ctx, { url }) {
  const { links } = await (await plainFetch(new URL("/.well-known/nodeinfo", url))).json();
  return await Promise.all(links.map(async ({ rel, href }) => {
    const data = await (await plainFetch(href)).json();
    return { rel, href, data, parsed: parseNodeInfo(data) != null };
  }));
}

async function control(request, path) {
  if (path === "/control/seen") return seen;
  if (path === "/control/wire") return wire;
  const ctx = federation.createContext(new URL(origin), undefined);
  const body = await request.json();
  if (path === "/control/do") return await operations[body.op](ctx, body);
  const verb = { "/control/parse": parse, "/control/collection": collection,
    "/control/webfinger": webfinger, "/control/nodeinfo": nodeinfo }[path];
  if (verb == null) throw new Error(`no such control: ${path}`);
  return await verb(ctx, body);
}

async function answer(request) {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/control/")) {
    try {
      return Response.json(await control(request, pathname) ?? null);
    } catch (error) {
      return Response.json({ error: String(error.stack ?? error) }, { status: 500 });
    }
  }
  const row = { direction: "in", method: request.method, url: request.url, scheme: scheme(request.headers) };
  let response;
  if (refuseCavage && request.method === "POST" && row.scheme !== "rfc9421") {
    response = new Response("RFC 9421 only", { status: 401 });
  } else if (banned.has(request.url)) {
    response = new Response(null, { status: 410 });
  } else {
    response = await federation.fetch(request, {
      contextData: undefined,
      onNotFound: () => new Response("not found", { status: 404 }),
      onNotAcceptable: () => new Response(`<h1>${name}</h1>`, { headers: { "content-type": "text/html" } }),
    });
  }
  wire.push({ ...row, status: response.status });
  return response;
}

const server = createServer(async (incoming, outgoing) => {
  try {
    const parts = [];
    for await (const part of incoming) parts.push(part);
    const headers = new Headers();
    for (const [key, value] of Object.entries(incoming.headers)) headers.set(key, String(value));
    const hasBody = !["GET", "HEAD"].includes(incoming.method);
    const response = await answer(new Request(origin + incoming.url, {
      method: incoming.method, headers, body: hasBody ? Buffer.concat(parts) : undefined,
    }));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  } catch (error) {
    console.error(error);
    outgoing.writeHead(500).end();
  }
});
server.listen(port, "127.0.0.1", () => console.log(`ready ${origin}`));
process.on("SIGTERM", () => process.exit(0));
