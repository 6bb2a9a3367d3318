// masto.js, the library below Phanpy and Elk, at home on Taure: REST in every family, and its WebSocket client.
//
//   node masto_js.mjs      started by masto_js.py, which names the servers in the environment
//
// ALICE and BEA are {url, token, handle, picture} in JSON: the one under test, and a friend on another server.
import { readFile } from "node:fs/promises";
import assert from "node:assert/strict";
import { createRestAPIClient, createStreamingAPIClient } from "masto";

const [alice, bea] = [process.env.ALICE, process.env.BEA].map((text) => JSON.parse(text));
const client = ({ url, token }) => createRestAPIClient({ url, accessToken: token, log: "error" });
const api = client(alice), friend = client(bea);
let passed = 0, failed = 0;
// masto.js tries a socket again for ever.
setTimeout(() => {
  console.log(`  FAILED  all of this within three minutes\ncounts ${passed} ${failed + 1}`);
  process.exit(1);
}, 180_000).unref();

/** One sentence and what must hold for it. A failure does not end the run. */
async function check(sentence, block) {
  try {
    await block();
    passed += 1;
    console.log(`  ok      ${sentence}`);
  } catch (error) {
    failed += 1;
    const at = String(error.stack).split("\n").find((line) => line.includes("masto_js.mjs")) ?? "";
    console.log(`  FAILED  ${sentence}\n          ${String(error.message).slice(0, 900)}\n          ${at.trim()}`);
  }
}

/** Asks until the answer is truthy. */
async function until(question, what, seconds = 20) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((go) => setTimeout(go, 100));
  }
}

const refused = (promise, status) => promise.then(
  () => assert.fail("it was accepted"),
  (error) => assert.equal(error.statusCode, status, error.message),
);
const find = async (from, q, type = "accounts") =>
  (await from.v2.search.list({ q, resolve: true, type }))[type][0];
const post = (status, rest = {}) => api.v1.statuses.create({ status, ...rest });

const me = await api.v1.accounts.verifyCredentials();
const her = await find(api, bea.handle);
const meThere = await find(friend, alice.handle);
await api.v1.accounts.$select(her.id).follow();
await friend.v1.accounts.$select(meThere.id).follow();
await until(async () => (await api.v1.accounts.relationships.fetch({ id: [her.id] }))[0].followedBy, "her follow");

console.log("masto.js: REST");
await check("the instance tells what the apps look for", async () => {
  const instance = await api.v2.instance.fetch();
  assert.match(instance.version, /^4\.\d\.\d \(compatible; Taure /);
  assert.ok(instance.configuration.urls.streaming.startsWith("ws"));
  assert.ok(instance.configuration.polls.maxOptions >= 4 && instance.configuration.vapid.publicKey);
  assert.ok(instance.apiVersions.mastodon >= 7, JSON.stringify(instance.apiVersions));
});

await check("a picture is uploaded and polled until it is ready, and the post that has it is edited", async () => {
  const file = new Blob([await readFile(alice.picture)], { type: "image/png" });
  const media = await api.v2.media.create({ file, description: "A lamp", focus: "0.5,-0.5" });
  assert.ok(media.url && media.previewUrl && media.blurhash);
  const first = await api.v1.statuses.create({ status: "With a picture", mediaIds: [media.id] });
  const edited = await api.v1.statuses.$select(first.id).update({
    status: "With a better word", mediaIds: [media.id], mediaAttributes: [{ id: media.id, description: "A lamp, lit" }],
  });
  assert.equal(edited.mediaAttachments[0].description, "A lamp, lit");
  assert.ok(edited.editedAt);
  const history = await api.v1.statuses.$select(first.id).history.list();
  assert.deepEqual(history.map((v) => v.content.replace(/<[^>]*>/g, "")), ["With a picture", "With a better word"]);
  assert.equal((await api.v1.statuses.$select(first.id).source.fetch()).text, "With a better word");
});

await check("a poll is made, a friend votes, and the tally comes home", async () => {
  const made = await post("Which?", { poll: { options: ["this", "that"], expiresIn: 3600, multiple: false } });
  assert.deepEqual(made.poll.options.map((o) => o.title), ["this", "that"]);
  const there = await find(friend, made.uri, "statuses");
  const voted = await friend.v1.polls.$select(there.poll.id).votes.create({ choices: [1] });
  assert.deepEqual([voted.voted, voted.ownVotes], [true, [1]]);
  const poll = await until(async () => {
    const now = await api.v1.polls.$select(made.poll.id).fetch();
    return now.votesCount === 1 && now;
  }, "the vote");
  assert.deepEqual(poll.options.map((o) => o.votesCount), [0, 1]);
  await refused(friend.v1.polls.$select(there.poll.id).votes.create({ choices: [0] }), 422);
});

await check("a friend's post is quoted, and she may take the quote back", async () => {
  const hers = await friend.v1.statuses.create({ status: "Quote me" });
  const known = await find(api, hers.uri, "statuses");
  assert.equal(known.quoteApproval.currentUser, "automatic");
  const quote = await post("Well said", { quotedStatusId: known.id });
  const accepted = await until(async () => {
    const now = await api.v1.statuses.$select(quote.id).fetch();
    return now.quote?.state === "accepted" && now;
  }, "her approval");
  assert.equal(accepted.quote.quotedStatus.id, known.id);
  const seen = await until(async () => (await friend.v1.statuses.$select(hers.id).quotes.list())[0], "the quote at hers");
  await friend.v1.statuses.$select(hers.id).quotes.$select?.(seen.id)?.revoke?.();
});

await check("a filter marks what it matches", async () => {
  const filter = await api.v2.filters.create({
    title: "spoilers", context: ["home", "public"], filterAction: "warn",
    keywordsAttributes: [{ keyword: "rosebud", wholeWord: true }],
  });
  const hit = await post("It was Rosebud all along"), miss = await post("rosebuds are flowers");
  assert.equal(hit.filtered[0].filter.id, filter.id);
  assert.deepEqual(hit.filtered[0].keywordMatches, ["Rosebud"]);
  assert.deepEqual(miss.filtered, []);
  const [keyword] = (await api.v2.filters.$select(filter.id).fetch()).keywords;
  await api.v2.filters.$select(filter.id).update({ keywordsAttributes: [{ id: keyword.id, _destroy: true }] });
  assert.deepEqual((await api.v1.statuses.$select(hit.id).fetch()).filtered, []);
  await api.v2.filters.$select(filter.id).remove();
  await refused(api.v2.filters.$select(filter.id).fetch(), 404);
});

await check("a list has members and a timeline", async () => {
  const list = await api.v1.lists.create({ title: "Friends", exclusive: false });
  await api.v1.lists.$select(list.id).accounts.create({ accountIds: [her.id] });
  const hers = await friend.v1.statuses.create({ status: "For the list" });
  await until(async () => (await api.v1.timelines.list.$select(list.id).list()).some((s) => s.uri === hers.uri), "her post");
  assert.deepEqual((await api.v1.accounts.$select(her.id).lists.list()).map((l) => l.id), [list.id]);
  await api.v1.lists.$select(list.id).update({ title: "Close friends", exclusive: true });
  assert.ok(!(await api.v1.timelines.home.list()).some((s) => s.uri === hers.uri), "an exclusive list hides from home");
  await api.v1.lists.$select(list.id).accounts.remove({ accountIds: [her.id] });
  await api.v1.lists.$select(list.id).remove();
});

await check("notifications come in groups, and the policy holds strangers back", async () => {
  const mine = await post("Like this");
  const there = await find(friend, mine.uri, "statuses");
  await friend.v1.statuses.$select(there.id).favourite();
  const grouped = await until(async () => {
    const now = await api.v2.notifications.list({ types: ["favourite"] });
    return now.notificationGroups.length && now;
  }, "her favourite");
  const [group] = grouped.notificationGroups;
  assert.equal(typeof group.mostRecentNotificationId, "number");
  assert.equal(grouped.statuses.find((s) => s.id === group.statusId).id, mine.id);
  assert.equal((await api.v2.notifications.$select(group.groupKey).accounts.fetch())[0].id, her.id);
  const policy = await api.v2.notifications.policy.update({ forNotFollowing: "filter" });
  assert.equal(policy.forNotFollowing, "filter");
  assert.equal(typeof policy.summary.pendingRequestsCount, "number");
  assert.deepEqual(await api.v1.notifications.requests.list(), []);
  assert.equal((await api.v1.notifications.requests.merged.fetch()).merged, true);
  await api.v2.notifications.policy.update({ forNotFollowing: "accept" });
});

await check("a post is scheduled, moved and taken back", async () => {
  const scheduledAt = new Date(Date.now() + 3_600_000).toISOString();
  const scheduled = await post("Later", { scheduledAt });
  assert.equal(scheduled.params.text, "Later");
  const moved = new Date(Date.now() + 7_200_000).toISOString();
  const changed = await api.v1.scheduledStatuses.$select(scheduled.id).update({ scheduledAt: moved });
  assert.equal(new Date(changed.scheduledAt).getTime(), new Date(moved).getTime());
  await api.v1.scheduledStatuses.$select(scheduled.id).remove();
  assert.deepEqual(await api.v1.scheduledStatuses.list(), []);
});

await check("words are found, and operators narrow them", async () => {
  await post("The zebra crosses the street", { language: "en" });
  const found = await until(async () => {
    const now = await api.v2.search.list({ q: "zebra from:me", type: "statuses" });
    return now.statuses.length && now;
  }, "the zebra");
  assert.match(found.statuses[0].content, /zebra/);
  assert.deepEqual((await api.v2.search.list({ q: "zebra -street", type: "statuses" })).statuses, []);
});

await check("the profile is edited as Phanpy does it, by PUT and in parts", async () => {
  const avatar = new Blob([await readFile(alice.picture)], { type: "image/png" });
  const profile = await api.v1.profile.update({ displayName: "Alice of masto", note: "Hello", avatar });
  assert.equal(profile.displayName, "Alice of masto");
  assert.equal((await api.v1.profile.fetch()).note, "Hello");
  const updated = await api.v1.accounts.updateCredentials({ fieldsAttributes: [{ name: "Site", value: "here" }] });
  assert.equal(updated.source.fields[0].name, "Site");
});

await check("tags, domain blocks, mutes, bookmarks, conversations, reports and collections answer", async () => {
  assert.equal((await api.v1.tags.$select("taure").follow()).following, true);
  assert.deepEqual((await api.v1.followedTags.list()).map((t) => t.name), ["taure"]);
  await api.v1.tags.$select("taure").unfollow();
  await api.v1.domainBlocks.create({ domain: "bad.example" });
  assert.deepEqual(await api.v1.domainBlocks.list(), ["bad.example"]);
  await api.v1.domainBlocks.remove({ domain: "bad.example" });
  assert.deepEqual(await api.v1.domainBlocks.list(), []);
  assert.equal((await api.v1.accounts.$select(her.id).mute({ duration: 60 })).muting, true);
  assert.ok((await api.v1.mutes.list())[0].muteExpiresAt);
  await api.v1.accounts.$select(her.id).unmute();
  const kept = await post("Keep this");
  assert.equal((await api.v1.statuses.$select(kept.id).bookmark()).bookmarked, true);
  assert.equal((await api.v1.bookmarks.list())[0].id, kept.id);
  await friend.v1.statuses.create({ status: `${alice.handle} psst`, visibility: "direct" });
  const talk = await until(async () => (await api.v1.conversations.list())[0], "her letter");
  assert.equal(talk.unread, true);
  assert.equal((await api.v1.conversations.$select(talk.id).read()).unread, false);
  const report = await api.v1.reports.create({ accountId: her.id, comment: "only a test", forward: false });
  assert.equal(report.targetAccount.id, her.id);
  const { collection } = await api.v1.collections.create({ name: "People" });
  assert.equal((await api.v1.collections.$select(collection.id).fetch()).collection.name, "People");
  await api.v1.collections.$select(collection.id).remove();
});

console.log("masto.js: streaming");
const socket = createStreamingAPIClient({
  streamingApiUrl: (await api.v2.instance.fetch()).configuration.urls.streaming, accessToken: alice.token,
  implementation: globalThis.WebSocket,
});
/** Keeps what a subscription brings: a loop that is left would end it. */
function heard(subscription) {
  const events = [];
  (async () => {
    for await (const event of subscription) events.push(event);
  })();
  return events;
}
/** The first event from now on that `fits`, while `act` is done. */
async function streamed(events, fits, act) {
  const from = events.length;
  await act();
  return until(() => events.slice(from).find(fits), "such an event", 10);
}
const user = heard(socket.user.subscribe()), tagged = heard(socket.hashtag.subscribe({ tag: "stream" }));
// masto.js does not tell when a subscription has gone out: it has when something comes of it.
await until(async () => (await post("Is anybody there? #stream")) && user.length && tagged.length, "the subscriptions");

await check("posts, edits and deletions arrive at the stream of the user", async () => {
  let mine;
  const update = await streamed(user, (e) => e.event === "update" && /Streamed/.test(e.payload.content),
    async () => { mine = await post("Streamed"); });
  assert.deepEqual([update.payload.id, update.stream], [mine.id, ["user"]]);
  assert.equal(update.payload.favourited, false);
  const edit = await streamed(user, (e) => e.event === "status.update",
    () => api.v1.statuses.$select(mine.id).update({ status: "Streamed again" }));
  assert.match(edit.payload.content, /again/);
  const gone = await streamed(user, (e) => e.event === "delete" && e.payload === mine.id, () => api.v1.statuses.$select(mine.id).remove());
  assert.equal(gone.payload, mine.id);
});

await check("a hashtag has its own stream on the same socket, and a notification comes as it happens", async () => {
  const event = await streamed(tagged, (e) => e.event === "update" && /Look/.test(e.payload.content),
    () => post("Look #stream"));
  assert.deepEqual(event.stream, ["hashtag", "stream"]);
  const told = await streamed(user, (e) => e.event === "notification",
    () => friend.v1.statuses.create({ status: `${alice.handle} hello there` }));
  assert.deepEqual([told.payload.type, told.payload.account.id], ["mention", her.id]);
});
socket.close();

console.log(`counts ${passed} ${failed}`);
process.exit(failed || !passed ? 1 : 0);
