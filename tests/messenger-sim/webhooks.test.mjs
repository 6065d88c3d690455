import assert from "node:assert/strict";
import test from "node:test";
import { hubSignature, legacyHubSignature } from "./signature.mjs";
import { APP_SECRET, startPair, text, VERIFY_TOKEN } from "./receiver.mjs";

const HOUR_MS = 3_600_000;

test("delivers a message signed over escaped bytes", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  const { mid } = await simulator.control(`shopper/${shopper.psid}/message`, { text: "Où est /ma commande? 😀" });
  await receiver.item("message");
  const { bytes, headers, path, payload } = receiver.deliveries[0];
  assert.equal(path, "/webhooks/messenger/demo");
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers["x-hub-signature-256"], hubSignature(APP_SECRET, bytes));
  assert.equal(headers["x-hub-signature"], legacyHubSignature(APP_SECRET, bytes));
  assert.match(bytes.toString("latin1"), /O\\u00f9 est \\\/ma commande\? \\ud83d\\ude00/);
  const [{ id, messaging }] = payload.entry;
  assert.deepEqual([payload.object, id, messaging.length], ["page", "104400000000001", 1]);
  assert.deepEqual(messaging[0].message, { mid, text: "Où est /ma commande? 😀" });
  assert.deepEqual([messaging[0].sender.id, messaging[0].recipient.id], [shopper.psid, "104400000000001"]);
});

test("signs with the second secret during a rotation", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t, { appSecret: `other, ${APP_SECRET}` });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Signed with the first" });
  const first = await receiver.until(() => receiver.deliveries[0]);
  assert.equal(first.headers["x-hub-signature-256"], hubSignature("other", first.bytes));
  await simulator.control("settings", { sign_with: 1 });
  await simulator.control("retry");
  assert.equal((await receiver.item("message")).message.text, "Signed with the first");
});

test("shakes hands", async (t) => {
  const { simulator } = await startPair(t);
  assert.deepEqual(await simulator.control("handshake"), { ok: true, status: 200, body: "1158201444" });
  assert.equal((await simulator.control("handshake", { verify_token: `${VERIFY_TOKEN}x` })).status, 403);
});

test("retries with the same message id until the answer is 200, and keeps the order", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  receiver.answers = [500, 503, 404];
  const { mid } = await simulator.control(`shopper/${shopper.psid}/message`, { text: "First" });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Second" });
  await receiver.until(() => receiver.items().some((item) => item.message.text === "Second"));
  const texts = receiver.items().map((item) => item.message.text);
  assert.deepEqual(texts, ["First", "First", "First", "First", "Second"]);
  assert.deepEqual(new Set(receiver.items().slice(0, 4).map((item) => item.message.mid)), new Set([mid]));
  const [first] = await logWhen(simulator, (log) => log.every((entry) => entry.state === "delivered"));
  assert.deepEqual(first.attempts.map((attempt) => attempt.status), [500, 503, 404, 200]);
});

test("waits longer before each attempt, and a new event hurries the ones that wait", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t, { retryScale: 1 });
  receiver.answers = [500, 500];
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Stuck" });
  await logWhen(simulator, ([entry]) => entry.attempts.length === 2);
  assert.equal(simulator.state.webhooks.log[0].state, "retrying");
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Behind it" });
  await receiver.until(() => receiver.items().length === 4);
  assert.deepEqual(receiver.items().map((item) => item.message.text), ["Stuck", "Stuck", "Stuck", "Behind it"]);
});

test("the virtual clock makes waiting attempts due", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t, { retryScale: 1 });
  receiver.answers = [500, 500];
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Stuck" });
  await logWhen(simulator, ([entry]) => entry.attempts.length === 2);
  await simulator.control("clock", { advance_ms: 5_000 });
  await logWhen(simulator, ([entry]) => entry.state === "delivered");
});

test("gives up after the last attempt", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  receiver.answers = Array(8).fill(500);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Lost" });
  const [entry] = await logWhen(simulator, ([first]) => first.state === "given_up");
  assert.equal(entry.attempts.length, 8);
});

test("unsubscribes the app after an hour of failures", async (t) => {
  const { receiver, simulator, shopper, graph } = await startPair(t, { retryScale: 1 });
  receiver.answers = Array(20).fill(500);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Lost" });
  await logWhen(simulator, ([entry]) => entry.attempts.length === 2);
  assert.notEqual(simulator.state.webhooks.failing_since, null);
  await simulator.control("clock", { advance_ms: HOUR_MS });
  await logWhen(simulator, ([entry]) => entry.state === "not_subscribed");
  assert.deepEqual((await graph("me/subscribed_apps", { method: "GET" })).body.data, []);
});

test("a receiver that does not answer in time is a failure", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t, { timeoutMs: 50 });
  receiver.answers = [null];
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  const [entry] = await logWhen(simulator, ([first]) => first.state === "delivered");
  assert.deepEqual(entry.attempts.map((attempt) => attempt.error), ["no answer within 50 ms", null]);
});

test("batches what waits, and parts standby from messaging", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t, { batch: 10, retryScale: 1 });
  receiver.answers = [500, 500];
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "1" });
  await logWhen(simulator, ([entry]) => entry.attempts.length === 2);
  receiver.answers = [500];
  await simulator.control(`inbox/${shopper.psid}/take`);
  await logWhen(simulator, ([, taken]) => taken?.attempts.length === 1);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "2" });
  await logWhen(simulator, (log) => log.length === 3 && log.every((entry) => entry.state === "delivered"));
  const whole = receiver.deliveries.find(({ payload }) => payload.entry[0].messaging?.length === 2 && payload.entry[0].standby?.length === 1);
  assert.ok(whole, "one request carried all three");
});

test("raw bytes are signed and delivered as they are", async (t) => {
  const { receiver, simulator } = await startPair(t);
  const deliver = async (body, headers = {}) => {
    const response = await fetch(`${simulator.url}/control/deliver-raw`, { method: "POST", body, headers });
    return (await response.json()).status;
  };
  assert.equal(await deliver('{"object":"page","entry":[]}'), 200);
  assert.equal(receiver.deliveries[0].bytes.toString(), '{"object":"page","entry":[]}');
  const forged = { "x-deliver-headers": JSON.stringify({ "x-hub-signature-256": "sha256=00" }) };
  assert.equal(await deliver('{"object":"page","entry":[]}', forged), 403);
  const unsigned = { "x-deliver-headers": JSON.stringify({ "x-hub-signature-256": null }) };
  assert.equal(await deliver("{}", unsigned), 403);
  assert.equal(receiver.deliveries[2].headers["x-hub-signature-256"], undefined);
});

test("every message id is new and every timestamp later", async (t) => {
  const { receiver, simulator, shopper, graph } = await startPair(t);
  for (let index = 0; index < 20; index += 1) {
    await simulator.control(`shopper/${shopper.psid}/message`, { text: `${index}` });
    await graph("me/messages", { body: text(shopper.psid, `${index}`) });
  }
  await receiver.item("delivery", 20);
  const mids = receiver.items().filter((item) => item.message).map((item) => item.message.mid);
  assert.equal(new Set(mids).size, 40);
  const stamps = receiver.items().map((item) => item.timestamp);
  assert.deepEqual(stamps, [...new Set(stamps)].sort((a, b) => a - b));
});

/** The webhook log once `holds` of it, by long poll. */
async function logWhen(simulator, holds) {
  const limit = Date.now() + 5000;
  let state = await simulator.read("state");
  while (!(state.webhooks.log.length && holds(state.webhooks.log))) {
    assert.ok(Date.now() < limit, JSON.stringify(state.webhooks.log));
    state = await simulator.read(`state?after=${state.revision}&timeout_ms=1000`);
  }
  return state.webhooks.log;
}
