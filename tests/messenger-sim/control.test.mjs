import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { startPair, text } from "./receiver.mjs";

const REFERRAL = { ref: "r-1", source: "SHORTLINK", type: "OPEN_THREAD" };

test("a link on a new thread rides on Get Started", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  const act = (name, given) => simulator.control(`shopper/${shopper.psid}/${name}`, given);
  assert.deepEqual(await act("tap", { ref: "r-1" }), { started: false, sent: null });
  assert.equal(receiver.deliveries.length, 0);
  const { mid } = await act("get-started");
  const { postback } = await receiver.item("postback");
  assert.deepEqual(postback, { mid, title: "Get Started", payload: "GET_STARTED", referral: REFERRAL });
  await act("get-started");
  assert.equal((await receiver.item("postback", 2)).postback.referral, undefined, "a reference is carried once");
});

test("a link on a new thread rides on the first message when that comes first", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  await simulator.control(`shopper/${shopper.psid}/tap`, { ref: "r-1" });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  assert.deepEqual((await receiver.item("message")).message.referral, REFERRAL);
});

test("a link on an existing thread is told at once", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  assert.equal((await simulator.control(`shopper/${shopper.psid}/tap`, { ref: "r-1" })).sent, "referral");
  assert.deepEqual((await receiver.item("referral")).referral, REFERRAL);
});

test("a phone that drops references tells none", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  const act = (name, given) => simulator.control(`shopper/${shopper.psid}/${name}`, given);
  await act("phone", { drops_ref: true });
  await act("tap", { ref: "r-1" });
  await act("get-started");
  assert.equal((await receiver.item("postback")).postback.referral, undefined);
  assert.deepEqual(await act("tap", { ref: "r-2" }), { started: true, sent: null });
  await act("message", { text: "4821" });
  assert.equal((await receiver.item("message")).message.referral, undefined);
  assert.equal(receiver.count("referral"), 0);
});

test("a person quick-replies, replies, attaches, reads, reacts, edits and unsends", async (t) => {
  const { receiver, simulator, shopper, graph } = await startPair(t);
  const act = (name, given) => simulator.control(`shopper/${shopper.psid}/${name}`, given);
  const { mid } = await act("message", { text: "Hello" });
  const { body } = await graph("me/messages", { body: text(shopper.psid, "Hi") });
  await act("message", { text: "Yes", quick_reply: { payload: "YES" }, reply_to: { mid: body.message_id } });
  const reply = await receiver.item("message", 2);
  assert.deepEqual([reply.message.quick_reply, reply.message.reply_to], [{ payload: "YES" }, { mid: body.message_id }]);
  const sticker = { type: "sticker", payload: { sticker_id: "369239263222822", url: "https://example.com/like.png" } };
  await act("message", { attachments: [sticker] });
  assert.deepEqual((await receiver.item("message", 3)).message.attachments, [sticker]);
  await act("read");
  const echo = await receiver.item("echo");
  assert.equal((await receiver.item("read")).read.watermark, echo.timestamp);
  await act("read");
  await act("react", { mid: body.message_id, emoji: "❤" });
  assert.deepEqual((await receiver.item("reaction")).reaction, { mid: body.message_id, action: "react", emoji: "❤", reaction: "love" });
  await act("react", { mid: body.message_id });
  assert.deepEqual((await receiver.item("reaction", 2)).reaction, { mid: body.message_id, action: "unreact" });
  await act("edit", { mid, text: "Hello!" });
  assert.deepEqual((await receiver.item("message_edit")).message_edit, { mid, text: "Hello!", num_edit: 1 });
  await act("unsend", { mid });
  assert.deepEqual((await receiver.item("message", 4)).message, { mid, is_deleted: true });
  assert.equal(receiver.count("read"), 1, "nothing new was read");
});

test("a human in the inbox is told by an echo of the inbox, without metadata", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  await assert.rejects(simulator.control(`inbox/${shopper.psid}/message`, { text: "Too early" }), /409/);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  const { mid } = await simulator.control(`inbox/${shopper.psid}/message`, { text: "A human" });
  assert.deepEqual((await receiver.item("echo")).message, { mid, is_echo: true, app_id: 263902037430900, text: "A human" });
});

test("people are added, and state waits for changes", async (t) => {
  const { simulator, shopper } = await startPair(t);
  const added = await simulator.control("people", { name: "Another shopper", psid: "777" });
  assert.equal(added.psid, "777");
  await assert.rejects(simulator.control("people", { name: "Twin", psid: "777" }), /400/);
  const { revision } = simulator.state;
  const waiting = simulator.read(`state?after=${revision}`);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  assert.ok((await waiting).revision > revision);
  const unchanged = await simulator.read(`state?wait_for=never&timeout_ms=20`);
  assert.equal(unchanged.found, null);
});

test("calls are recorded with their status", async (t) => {
  const { simulator, shopper, graph } = await startPair(t);
  await graph("me/messages", { body: text(shopper.psid, "Hi") });
  const [call] = (await simulator.read("calls?last=1")).calls;
  assert.deepEqual([call.method, call.path, call.status, call.auth, call.proof], ["POST", "/v25.0/me/messages", 400, "bearer", "valid"]);
  assert.equal(call.body.message.text, "Hi");
});

test("a deletion request names the app-scoped id, signed", async (t) => {
  const { receiver, simulator, shopper } = await startPair(t);
  await simulator.control(`shopper/${shopper.psid}/deletion`, { path: "/forget" });
  const { bytes, path } = receiver.deliveries[0];
  const payload = new URLSearchParams(bytes.toString()).get("signed_request").split(".")[1];
  assert.equal(path, "/forget");
  assert.equal(JSON.parse(Buffer.from(payload, "base64url")).user_id, shopper.asid);
});

test("reset forgets everything", async (t) => {
  const { simulator, shopper } = await startPair(t);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  await simulator.control("faults", { kind: "slow" });
  await simulator.control("settings", { batch: 3 });
  await simulator.control("reset");
  const { people, faults, settings, webhooks } = simulator.state;
  assert.equal(people.some((person) => person.psid === shopper.psid), false);
  assert.deepEqual([faults, settings.batch, webhooks.log], [[], 1, []]);
});

test("people, threads and the clock outlive a restart when they are kept in a file", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "openline-messenger-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const stateFile = join(folder, "new", "messenger.json");
  const first = await startPair(t, { stateFile });
  const { mid } = await first.simulator.control(`shopper/${first.shopper.psid}/message`, { text: "Hello" });
  await first.simulator.control("subscription", { fields: ["messages"] });
  await first.simulator.control("clock", { advance_ms: 1000 });
  await first.simulator.close();
  const second = await startPair(t, { stateFile });
  const { people, clock_offset_ms, subscribed_fields } = second.simulator.state;
  assert.deepEqual([people[0].psid, people[0].thread.messages[0].mid], [first.shopper.psid, mid]);
  assert.deepEqual([clock_offset_ms, subscribed_fields], [1000, ["messages"]]);
  assert.equal((await second.graph("me/messages", { body: text(first.shopper.psid, "Still here") })).status, 200);
  await second.simulator.close();
  writeFileSync(stateFile, "{");
  const third = await startPair(t, { stateFile });
  assert.notEqual(third.shopper.psid, first.shopper.psid, "a broken file is left aside");
});

test("bad requests are refused in words", async (t) => {
  const { simulator, shopper } = await startPair(t);
  const post = (path, body, headers = {}) => fetch(`${simulator.url}/control/${path}`, { method: "POST", body, headers });
  const table = [
    ["people", "{", 400],
    ["people", "[]", 400],
    ["people", "{}", 400],
    ["nothing", "{}", 404],
    ["constructor", "{}", 404],
    ["shopper/404/message", "{}", 404],
    [`shopper/${shopper.psid}/message`, "{}", 400],
    [`shopper/${shopper.psid}/message`, '{"text":"x","reply_to":{"mid":"m_404"}}', 404],
    [`shopper/${shopper.psid}/dance`, "{}", 404],
    ["clock", '{"advance_ms":-1}', 400],
    ["settings", '{"colour":"blue"}', 400],
    ["settings", '{"batch":"many"}', 400],
  ];
  for (const [path, body, status] of table) {
    const response = await post(path, body);
    assert.equal(response.status, status, path);
    assert.equal(typeof (await response.json()).error, "string");
  }
  assert.equal((await post("reset", "{}", { origin: "https://example.com" })).status, 403);
});

test("an m.me link leads to the page with its reference", async (t) => {
  const { simulator } = await startPair(t);
  const get = (path) => fetch(`${simulator.url}${path}`, { redirect: "manual" });
  const response = await get("/m.me/harbourcoffee?ref=a.b_c-d&text=send%204821");
  assert.deepEqual([response.status, response.headers.get("location")], [302, "/?link=m.me&ref=a.b_c-d&text=send+4821"]);
  assert.equal((await get("/m.me/104400000000001?ref=r")).status, 302);
  assert.equal((await get("/m.me/elsewhere?ref=r")).status, 404);
  assert.equal((await get("/")).status, 200);
  assert.equal((await get("/../server.mjs")).status, 404);
});

test("the command starts, says where, and ends on a signal", async () => {
  const env = { ...process.env, MESSENGER_APP_SECRET: "s", MESSENGER_PAGE_TOKEN: "t", MESSENGER_VERIFY_TOKEN: "v" };
  const server = fileURLToPath(new URL("server.mjs", import.meta.url));
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const child = spawn(process.execPath, [server, "--port", "0"], { env, stdio: ["ignore", "pipe", "inherit"] });
    const [said] = await once(child.stdout, "data");
    const url = /http:\/\/\S+/.exec(String(said))[0];
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    child.kill(signal);
    assert.deepEqual(await once(child, "exit"), [0, null]);
  }
});

test("the command refuses to start without secrets", async () => {
  const server = fileURLToPath(new URL("server.mjs", import.meta.url));
  const child = spawn(process.execPath, [server, "--port", "0"], { env: { PATH: process.env.PATH }, stdio: ["ignore", "ignore", "pipe"] });
  const [said] = await once(child.stderr, "data");
  assert.match(String(said), /MESSENGER_APP_SECRET/);
  assert.deepEqual(await once(child, "exit"), [1, null]);
});
