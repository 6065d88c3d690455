import assert from "node:assert/strict";
import test from "node:test";
import { FAULT_KINDS } from "./faults.mjs";
import { startPair, text } from "./receiver.mjs";

async function startThread(t) {
  const pair = await startPair(t);
  await pair.simulator.control(`shopper/${pair.shopper.psid}/message`, { text: "Hello" });
  await pair.receiver.item("message");
  const sent = () => pair.simulator.state.people[0].thread.messages.filter((message) => message.from === "page").map((message) => message.text);
  const send = (words = "Hi") => pair.graph("me/messages", { body: text(pair.shopper.psid, words) });
  return { ...pair, sent, send };
}

const outcome = ({ status, body }) => [status, body.error?.code, body.error?.error_subcode];

test("faults that refuse a call send nothing, as often as they were armed", async (t) => {
  const { simulator, send, sent } = await startThread(t);
  const table = [
    [{ kind: "throttled" }, [429, 613, undefined]],
    [{ kind: "throttled", status: 400, code: 4, subcode: 2018354 }, [400, 4, 2018354]],
    [{ kind: "server_error" }, [503, 2, undefined]],
    [{ kind: "graph_error", code: 2, status: 500 }, [500, 2, undefined]],
    [{ kind: "graph_error", code: 613, subcode: 2018338 }, [400, 613, 2018338]],
  ];
  for (const [fault, expected] of table) {
    await simulator.control("faults", { ...fault, count: 2 });
    assert.deepEqual(outcome(await send("refused")), expected);
    assert.deepEqual(outcome(await send("refused")), expected);
    assert.equal((await send("through")).status, 200);
  }
  assert.equal(sent().includes("refused"), false);
});

test("a rate limit can say when to come back", async (t) => {
  const { simulator, send } = await startThread(t);
  await simulator.control("faults", { kind: "throttled", retry_after_s: 7 });
  assert.equal((await send()).headers.get("retry-after"), "7");
});

test("sent but error: the message and its echo go out once, the answer is 1/1357046", async (t) => {
  const { simulator, receiver, send, sent } = await startThread(t);
  await simulator.control("faults", { kind: "sent_but_error" });
  assert.deepEqual(outcome(await send("Once")), [500, 1, 1357046]);
  assert.equal((await receiver.item("echo")).message.text, "Once");
  assert.deepEqual(sent(), ["Once"]);
  assert.equal(simulator.state.calls.at(-1).fault, "sent_but_error");
});

test("a cut connection after the send leaves the message sent, before it leaves nothing", async (t) => {
  const { simulator, receiver, send, sent } = await startThread(t);
  await simulator.control("faults", { kind: "hang_up_after_send" });
  await assert.rejects(send("Gone out"), /fetch failed/);
  assert.equal((await receiver.item("echo")).message.text, "Gone out");
  await simulator.control("faults", { kind: "hang_up_before_send" });
  await assert.rejects(send("Not gone out"), /fetch failed/);
  assert.deepEqual(sent(), ["Gone out"]);
  assert.equal(simulator.state.calls.at(-1).status, null);
});

test("slow: sent at once, answered late", async (t) => {
  const { simulator, receiver, shopper, send } = await startThread(t);
  await simulator.control("faults", { kind: "slow", ms: 200 });
  const began = performance.now();
  const answer = send("Slowly");
  const { found } = await simulator.read(`state?psid=${shopper.psid}&wait_for=Slowly`);
  assert.equal(found.text, "Slowly");
  await receiver.item("echo");
  assert.equal((await answer).status, 200);
  assert.ok(performance.now() - began >= 199);
});

test("duplicate: the same bytes twice", async (t) => {
  const { simulator, receiver, shopper } = await startThread(t);
  await simulator.control("faults", { kind: "duplicate" });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Twice" });
  await receiver.item("message", 3);
  const [first, second] = receiver.deliveries.slice(1);
  assert.deepEqual(first.bytes, second.bytes);
});

test("dropped: the webhook never arrives, the next one does", async (t) => {
  const { simulator, receiver, shopper } = await startThread(t);
  await simulator.control("faults", { kind: "drop_webhook", field: "messages" });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Lost" });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Next" });
  await receiver.until(() => receiver.items().some((item) => item.message.text === "Next"));
  assert.equal(receiver.items().some((item) => item.message.text === "Lost"), false);
});

test("dropped echo: the delivery still comes", async (t) => {
  const { simulator, receiver, send } = await startThread(t);
  await simulator.control("faults", { kind: "drop_echo" });
  await send();
  await receiver.item("delivery");
  assert.equal(receiver.count("echo"), 0);
  await send();
  await receiver.item("echo");
});

test("reordered: a webhook arrives after the next one, or alone when none follows", async (t) => {
  const { simulator, receiver, shopper } = await startThread(t);
  await simulator.control("faults", { kind: "reorder" });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "1" });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "2" });
  await receiver.item("message", 3);
  const late = receiver.items().slice(1);
  assert.deepEqual(late.map((item) => item.message.text), ["2", "1"]);
  assert.ok(late[0].timestamp > late[1].timestamp);
  await simulator.control("faults", { kind: "reorder", hold_ms: 20 });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "3" });
  assert.equal((await receiver.item("message", 4)).message.text, "3");
});

test("faults strike whom and what they are armed for", async (t) => {
  const { simulator, graph, shopper, staff, send } = await startThread(t);
  await simulator.control(`shopper/${staff.psid}/message`, { text: "Hello" });
  await simulator.control("faults", { kind: "server_error", psid: staff.psid });
  assert.equal((await send()).status, 200);
  assert.equal((await graph("me/messages", { body: text(staff.psid, "Hi") })).status, 503);
  await simulator.control("faults", { kind: "server_error" });
  const typing = { recipient: { id: shopper.psid }, sender_action: "typing_on" };
  assert.equal((await graph("me/messages", { body: typing })).status, 200, "a typing bubble uses up no fault");
  assert.equal((await send()).status, 503);
});

test("faults are listed, disarmed and refused", async (t) => {
  const { simulator } = await startThread(t);
  await simulator.control("faults", { kind: "slow", count: 3 });
  const { kinds, armed } = await simulator.read("faults");
  assert.deepEqual(Object.keys(kinds), Object.keys(FAULT_KINDS));
  assert.deepEqual(armed.map(({ kind, remaining }) => [kind, remaining]), [["slow", 3]]);
  assert.deepEqual((await simulator.control("faults", { kind: "slow", count: 0 })).armed, []);
  await assert.rejects(simulator.control("faults", { kind: "gremlin" }), /400 unknown fault/);
  await assert.rejects(simulator.control("faults", { kind: "slow", count: -1 }), /400 count/);
});
