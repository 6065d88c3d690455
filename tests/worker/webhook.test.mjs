// What Meta sends, byte for byte: published vectors and hostile bytes through the HTTP entry point.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { startEdge } from "../harness/edge.mjs";
import { webhook } from "./line.mjs";

const vectorsOf = async (name) =>
  JSON.parse(await readFile(new URL(`../../domain/golden/messenger/vectors/${name}.json`, import.meta.url), "utf8")).vectors;
const signatures = await vectorsOf("sig_meta_hub");
const requests = await vectorsOf("sig_meta_signed_request");
const secrets = [...new Set([...signatures, ...requests].filter((v) => v.expect_valid).map((v) => v.app_secret))];

let edge;
before(async () => {
  edge = await startEdge({
    vars: {
      MESSENGER_VERIFY_TOKEN: "meatyhamhock",
      MESSENGER_APP_SECRET: ["the-newest", ...secrets].join(","),
      MESSENGER_API_BASE: "http://localhost:9",
    },
  });
});
after(() => edge?.stop());

test("the handshake answers the published vectors", async () => {
  for (const vector of await vectorsOf("verify_get_meta")) {
    if (vector.verify_token === "") continue; // below, with another deployment
    const response = await fetch(`${edge.url}/webhooks/messenger/demo?${vector.query}`);
    assert.equal(response.status, vector.expect_status, vector.id);
    if (vector.expect_body !== undefined) {
      assert.equal(await response.text(), vector.expect_body, vector.id);
      assert.match(response.headers.get("content-type"), /^text\/plain/);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
    }
  }
});

test("signatures are those of the bytes, by a secret of ours", async () => {
  for (const vector of signatures) {
    const body = Buffer.from(vector.body_base64, "base64");
    const response = await webhook(edge, body, { headers: vector.headers });
    const isJson = body.toString().startsWith("{");
    if (vector.expect_valid === false) assert.equal(response.status, 401, vector.id);
    else if (vector.expect_valid) assert.equal(response.status, isJson ? 200 : 400, vector.id);
    else assert.ok(response.status < 500, vector.id);
  }
  for (const secret of ["the-newest", ...secrets]) {
    assert.equal((await webhook(edge, '{"object":"page","entry":[]}', { secret })).status, 200);
  }
  assert.equal((await webhook(edge, '{"object":"page","entry":[]}', { secret: "another" })).status, 401);
});

test("every published payload is taken", async () => {
  for (const name of ["payload_messenger_docs_shapes", "payload_messenger_restfb"]) {
    for (const vector of await vectorsOf(name)) {
      const response = await webhook(edge, vector.raw, { secret: "the-newest" });
      assert.equal(response.status, vector.expect_http_status ?? 200, vector.id);
    }
  }
});

test("payloads of our page are taken too, whatever they are", async () => {
  for (const vector of await vectorsOf("payload_messenger_restfb")) {
    const body = JSON.parse(vector.raw);
    for (const entry of body.entry) {
      const old = String(entry.id);
      entry.id = "104400000000001";
      for (const item of [...(entry.messaging ?? []), ...(entry.standby ?? [])]) {
        for (const party of [item.sender, item.recipient]) if (party && String(party.id) === old) party.id = entry.id;
      }
    }
    const text = JSON.stringify(body);
    for (const _ of [1, 2]) assert.equal((await webhook(edge, text, { secret: "the-newest" })).status, 200, vector.id);
  }
});

test("bytes that are no webhook are refused and harm nothing", async () => {
  const deep = "[".repeat(100_000);
  for (const [body, status] of [
    ["", 400], ["{", 400], ["null", 400], ["\0", 400], [Buffer.from([0xff, 0xfe]), 400], [deep, 400],
    [`{"object":"page","entry":${deep}`, 400],
    ['{"object":"user","entry":[]}', 200], ['{"object":"page"}', 200], ['{"object":"page","entry":7}', 400],
    ['{"object":"page","entry":[7,null,{"id":{}}]}', 200],
    [`{"object":"page","entry":[{"id":"104400000000001","messaging":[{"sender":{"id":"\\ud800"},"message":{"mid":7}}]}]}`, 200],
  ]) {
    const response = await webhook(edge, body, { secret: "the-newest" });
    assert.ok(response.status < 500, String(body).slice(0, 60));
    assert.equal(response.status === 200, status === 200, `${String(body).slice(0, 60)} answered ${response.status}`);
  }
  assert.equal((await fetch(`${edge.url}/healthz?deep=1`)).status, 200);
});

test("a body of ten megabytes is refused", async () => {
  const huge = "x".repeat(10_000_000);
  assert.equal((await webhook(edge, huge, { secret: "the-newest" })).status, 413);
  let left = 10;
  const undeclared = new ReadableStream({
    pull(controller) {
      left -= 1;
      if (left < 0) controller.close();
      else controller.enqueue(Buffer.alloc(1_000_000, 120));
    },
  });
  const response = await fetch(`${edge.url}/webhooks/messenger/demo`, { method: "POST", body: undeclared, duplex: "half" });
  assert.equal(response.status, 413, "without a declared length");
  assert.equal((await fetch(`${edge.url}/healthz?deep=1`)).status, 200);
});

test("the deletion callback takes what Meta signed, and nothing else", async () => {
  const post = (signedRequest) => fetch(`${edge.url}/webhooks/messenger/demo/deletion`, {
    method: "POST", body: new URLSearchParams({ signed_request: signedRequest }),
  });
  for (const vector of requests) {
    const response = await post(vector.signed_request);
    if (!vector.expect_valid) {
      const genuine = secrets.includes(vector.app_secret) || vector.id !== "php-wrong-secret";
      if (genuine) assert.ok([400, 401].includes(response.status), `${vector.id} answered ${response.status}`);
      continue;
    }
    assert.equal(response.status, 200, vector.id);
    const { url, confirmation_code: code } = await response.json();
    assert.equal(url, `${edge.url}/webhooks/messenger/demo/deletion/${code}`);
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(page.headers.get("content-type"), /text\/html/);
    assert.match(await page.text(), new RegExp(code));
  }
  const payload = Buffer.from('{"algorithm":"HMAC-SHA256","user_id":"1"}').toString("base64url");
  const forged = createHmac("sha256", "not ours").update(payload).digest("base64url");
  assert.equal((await post(`${forged}.${payload}`)).status, 401);
  const unknown = await fetch(`${edge.url}/webhooks/messenger/demo/deletion/${"a".repeat(26)}`);
  assert.equal(unknown.status, 404);
});

test("without a verify token nobody is verified", async () => {
  await edge.restart({ vars: { MESSENGER_VERIFY_TOKEN: "" } });
  const vector = (await vectorsOf("verify_get_meta")).find((candidate) => candidate.verify_token === "");
  const response = await fetch(`${edge.url}/webhooks/messenger/demo?${vector.query}`);
  assert.equal(response.status, vector.expect_status);
});
