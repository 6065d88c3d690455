// Where fuzzing starts: real inputs for each target, taken from the golden files, the demo store and the folder of
// channel vectors beside the repository (or at OPENLINE_VECTORS), written into the target's corpus.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const FRAMES = [
  '{"hello":{"after":7,"visible":true}}',
  '{"say":{"id":"c1","text":"hi","reply_to":"m1","page":{"url":"https://shop.example/","title":"Shop"},"opening":"greeting"}}',
  '{"say":{"id":"c2","text":"hi","opening":{"trigger":{"rule":"exit","reasons":["left"]}}}}',
  '{"visible":false}', '{"seen":9}', '"typing"', '{"link":"messenger"}', '{"contact":{"kind":"email","value":"a@b.example"}}',
];
const SERVER_FRAMES = [
  '{"events":{"up_to":3,"earlier":false,"events":[{"message":{"seq":1,"at":1795000000000,"id":"c1","author":"shopper","surface":"widget","content":{"text":"hi"}}},{"seen":{"up_to":1}}]}}',
  '{"typing":{"staff":{"name":"Ada"}}}', '{"trouble":{"slow_down":{"retry_after_ms":5}}}',
  '{"link":{"channel":"messenger","url":"https://m.me/shop?ref=x","code":"482193","expires_at":1795000000000,"qr":"01\\n10"}}',
];

/** Writes the seeds of `target` into `corpus` and answers how many there are. */
export function sow(root, target, corpus) {
  const seeds = (SEEDS[target] ?? (() => []))(root);
  mkdirSync(corpus, { recursive: true });
  for (const seed of seeds) {
    writeFileSync(join(corpus, createHash("sha1").update(seed).digest("hex")), seed);
  }
  return seeds.length;
}

const SEEDS = {
  decode_client: () => FRAMES,
  decode_server: () => SERVER_FRAMES,
  decode_settings: (root) => [readFileSync(join(root, "stores/demo.json"), "utf8")],
  decode_webhook: (root) => [
    ...golden(root, "webhooks.json").map(({ body }) => (typeof body === "string" ? body : JSON.stringify(body))),
    ...vectors(root, "payload_").map(({ raw }) => raw).filter((raw) => typeof raw === "string"),
  ],
  decode_handshake: (root) => vectors(root, "verify_get_meta").map(({ query }) => query),
  decode_signed_request: (root) => [
    ...vectors(root, "sig_meta_signed_request").flatMap(({ signed_request }) => [
      signed_request, `signed_request=${encodeURIComponent(signed_request)}`,
    ]),
    ...vectors(root, "sig_meta_hub").map(({ headers }) => headers["X-Hub-Signature-256"] ?? "sha1="),
  ],
  judge: (root) => vectors(root, "send_").map(({ response }) => JSON.stringify(response)),
  render: (root) => golden(root, "bodies.json").map(({ content }) => JSON.stringify(content)),
};

function golden(root, name) {
  return JSON.parse(readFileSync(join(root, "domain/golden/messenger", name), "utf8")).cases;
}

function vectors(root, prefix) {
  const beside = process.env.OPENLINE_VECTORS ?? resolve(root, "../shared/vectors");
  const folders = [join(root, "domain/golden/messenger/vectors"), beside].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => [name, join(folder, name)]));
  return files.filter(([name]) => name.startsWith(prefix)).flatMap(([, path]) => JSON.parse(readFileSync(path, "utf8")).vectors);
}
