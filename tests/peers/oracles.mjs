// The verifiers that PeerTube and Misskey run, over requests that a Taure signed.
//
//   node oracles.mjs < requests.json
//
// In: [{method, path, headers, body (base64), pem}]. Out: one line of JSON, [{peertube, misskey, digest}] as booleans or
// the reason why not.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { parseRequestSignature, verifyDigestHeader, verifyDraftSignature } from "@misskey-dev/node-http-message-signatures";
const peertube = createRequire(import.meta.url)("@peertube/http-signature");

const tried = async (f) => {
  try {
    return await f();
  } catch (error) {
    return String(error);
  }
};

const out = [];
for (const { method, path, headers, body, pem } of JSON.parse(readFileSync(0, "utf8"))) {
  const request = { method, url: path, headers, rawHeaders: Object.entries(headers).flat(), httpVersion: "1.1" };
  out.push({
    peertube: await tried(() => peertube.verifySignature(peertube.parseRequest(request, { clockSkew: 3600 }), pem)),
    misskey: await tried(async () => {
      const parsed = parseRequestSignature(request, { requiredInputs: { draft: ["(request-target)", "host", "date"] } });
      return await verifyDraftSignature(parsed.value, pem);
    }),
    digest: headers.digest
      ? await tried(() => verifyDigestHeader(request, Buffer.from(body, "base64"), true)) : true,
  });
}
console.log(JSON.stringify(out));
