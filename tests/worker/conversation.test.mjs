// A conversation under workerd: two pages, loss of power, loss of storage, deletion.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join as path } from "node:path";
import { after, before, test } from "node:test";
import { startEdge } from "../harness/edge.mjs";
import { until } from "../harness/poll.mjs";
import { ask, connect, join, messagesOf, openSession, pace, postSession, signed } from "./line.mjs";

const quick = pace({ flush_idle_ms: 100, flush_gap_ms: 0, keep_ms: 100, say_burst: 1000 });
let edge;
before(async () => { edge = await startEdge({ vars: quick }); });
after(() => edge?.stop());

test("what one page says is on the other, in the same order", async () => {
  const session = await openSession(edge);
  const [one, other] = [await join(edge, session), await join(edge, session)];
  for (const [at, line] of [one, other, one, one, other].entries()) await line.hearsMessage(line.say(`message ${at}`));
  await until(() => one.upTo() === other.upTo());
  assert.deepEqual(one.messages(), other.messages());
  const seqs = one.messages().map((message) => message.seq);
  assert.deepEqual(seqs, seqs.toSorted((a, b) => a - b));
  assert.deepEqual(one.messages().filter((m) => m.author === "shopper").map((m) => m.content.text),
    [0, 1, 2, 3, 4].map((at) => `message ${at}`));
  await Promise.all([one.close(), other.close()]);
});

test("a page that comes back gets what it missed, and nothing again", async () => {
  const session = await openSession(edge);
  const one = await join(edge, session);
  await one.hearsMessage(one.say("before"));
  const upTo = one.upTo();
  await one.close();
  const other = await join(edge, session);
  const missed = other.say("meanwhile");
  await other.hearsMessage(missed);
  const again = await join(edge, session, upTo);
  await again.hearsMessage(missed);
  assert.ok(again.messages().every((message) => message.seq > upTo));
  assert.equal(again.messages().filter((message) => message.id === missed).length, 1);
  const fresh = await join(edge, session);
  assert.deepEqual(fresh.messages(), other.messages(), "a fresh page gets all of it");
  await Promise.all([other, again, fresh].map((line) => line.close()));
});

test("a message that is said twice is one message", async () => {
  const session = await openSession(edge);
  const line = await join(edge, session);
  for (const text of ["once", "once", "once"]) line.say(text, "the-same-id");
  await line.hearsMessage(line.say("the end"));
  const fresh = await join(edge, session);
  assert.equal(fresh.messages().filter((message) => message.id === "the-same-id").length, 1);
  await Promise.all([line.close(), fresh.close()]);
});

test("what cannot be read is answered, and the line stays open", async () => {
  const line = await join(edge, await openSession(edge));
  const bad = ["", "{", "null", "[]", '{"dance":1}', '{"say":{"id":1,"text":"x"}}', '{"say":{"id":"a","text":"\\ud800"}}',
    "[".repeat(30_000), "x".repeat(40_000), "\0", '{"say":{"id":"a","text":"   "}}'];
  for (const text of bad) line.send(text);
  line.socket.send(Buffer.from([0xff, 0xfe, 0x00]));
  await until(() => line.heard.filter((frame) => frame.trouble).length === bad.length + 1, { what: "a trouble for each" });
  line.send("ping");
  await until(() => line.heard.includes("pong"));
  await line.hearsMessage(line.say("still here"));
  await line.close();
});

test("no more than twenty pages of a conversation are connected", async () => {
  const session = await openSession(edge);
  const lines = await Promise.all(Array.from({ length: 20 }, () => join(edge, session)));
  const surplus = await connect(edge, session);
  assert.equal((await surplus.closes()).code, 4429);
  await lines.pop().close();
  lines.push(await join(edge, session));
  await Promise.all(lines.map((line) => line.close()));
});

test("where sockets are blocked, the same goes by polling", async () => {
  const session = await openSession(edge);
  const post = (frames, after = "") => ask(edge, session, "POST", `/events${after && `?after=${after}`}`, { body: JSON.stringify(frames) });
  const said = await post([{ say: { id: "p1", text: "by post" } }, { say: { id: "p2", text: "and again" } }]);
  assert.equal(said.status, 200);
  assert.deepEqual(messagesOf(await said.json()).filter((m) => m.author === "shopper").map((m) => m.id), ["p1", "p2"]);
  const all = await (await ask(edge, session, "GET", "/events")).json();
  assert.deepEqual(messagesOf([all]).filter((m) => m.author === "shopper").map((m) => m.id), ["p1", "p2"]);
  const none = await (await ask(edge, session, "GET", `/events?after=${all.events.up_to}`)).json();
  assert.deepEqual(none, { events: { up_to: all.events.up_to, earlier: false, events: [] } });
  const line = await join(edge, session, all.events.up_to);
  await post([{ say: { id: "p3", text: "to the other page" } }]);
  await line.hearsMessage("p3");
  await line.hearsMessage(line.say("from the other page", "o1"));
  const answer = await (await post([{ say: { id: "p4", text: "meanwhile" } }, { dance: 1 }], all.events.up_to)).json();
  assert.deepEqual(answer.map((frame) => Object.keys(frame)[0]), ["trouble", "events"]);
  assert.deepEqual(messagesOf(answer).filter((m) => m.author === "shopper").map((m) => m.id), ["p3", "o1", "p4"], "nothing is passed over");
  for (const [body, status] of [["{}", 400], ["[", 400], [JSON.stringify(Array(65).fill("typing")), 400], [" ".repeat(300_000), 413]]) {
    assert.equal((await ask(edge, session, "POST", "/events", { body })).status, status);
  }
  for (const method of ["GET", "POST"]) {
    const body = method === "POST" ? "[]" : undefined;
    assert.equal((await ask(edge, session, method, "/events?after=-1", { body })).status, 400);
  }
  await line.close();
});

test("a power cut under load loses and doubles nothing that was acknowledged", async () => {
  const session = await openSession(edge);
  const [one, other] = [await join(edge, session), await join(edge, session)];
  const ids = Array.from({ length: 200 }, (_, at) => [one, other][at % 2].say(`under load ${at}`));
  await until(() => one.messages().length > 60, { what: "some of it" });
  await edge.kill9();
  const acknowledged = new Set([...one.messages(), ...other.messages()].map((message) => message.id));
  await edge.start();
  const again = await join(edge, session);
  for (const id of ids) again.say(`again ${id}`, id); // as a page does with what it has not heard back
  await again.hearsMessage(ids.at(-1));
  const fresh = await join(edge, session, 0);
  const kept = fresh.messages().map((message) => message.id);
  assert.equal(new Set(kept).size, kept.length, "nothing twice");
  for (const id of [...acknowledged, ...ids]) assert.ok(kept.includes(id), `${id} was lost`);
  const texts = new Map(fresh.messages().map((message) => [message.id, message.content.text]));
  for (const message of [...one.messages(), ...other.messages()]) {
    assert.equal(texts.get(message.id), message.content.text, "what was heard is what is kept");
  }
});

test("with the objects' storage lost, the conversation is rebuilt from KV, and goes on", async () => {
  const session = await openSession(edge);
  const line = await join(edge, session);
  for (const at of [1, 2, 3]) await line.hearsMessage(line.say(`kept ${at}`));
  const before = line.messages();
  const prefix = `c/demo/${session.conversation}/`;
  await until(async () => JSON.parse(await edge.kvText(`${prefix}head`)).seq >= line.upTo(), { what: "the flush" });
  const segments = await edge.kvKeys(`${prefix}e/`);
  const texts = new Map(await Promise.all(segments.map(async (key) => [key, await edge.kvText(key)])));
  await edge.kill9();
  await edge.wipeObjects("Conversation");
  await edge.start();
  const again = await join(edge, session);
  assert.deepEqual(again.messages(), before);
  const more = again.say("and goes on");
  await again.hearsMessage(more);
  assert.ok(again.messages().every((message, at, all) => at === 0 || message.seq > all[at - 1].seq));
  await until(async () => JSON.parse(await edge.kvText(`${prefix}head`)).seq >= again.upTo(), { what: "the next flush" });
  for (const [key, text] of texts) assert.equal(await edge.kvText(key), text, "a segment is never written again");
  await edge.restart();
  const fresh = await join(edge, session);
  assert.deepEqual(fresh.messages(), again.messages());
  await fresh.close();
});

test("what the object dropped is read from KV, in order and whole", async () => {
  const session = await openSession(edge);
  const line = await join(edge, session);
  const ids = Array.from({ length: 600 }, (_, at) => line.say(`long ${at}`));
  await line.hearsMessage(ids.at(-1));
  const all = line.messages();
  assert.ok(all.length >= 600);
  await edge.restart(); // a fresh object trims what is due at its first alarm
  const late = await join(edge, session, 0);
  assert.deepEqual(late.messages().map((message) => message.id), all.map((message) => message.id));
  const tail = await join(edge, session);
  assert.ok(tail.messages().length < all.length);
  assert.equal(tail.heard.find((frame) => frame.events).events.earlier, true);
  assert.deepEqual(tail.messages(), all.slice(-tail.messages().length));
  const everything = await (await ask(edge, session, "GET", "/export")).json();
  assert.deepEqual(everything.events.map((event) => event.seq), everything.events.map((_, at) => at + 1));
  await Promise.all([late.close(), tail.close()]);
});

test("an ordinary conversation of twenty messages costs at most four writes to KV", async () => {
  await edge.restart({ vars: pace({ flush_idle_ms: 1_000, say_burst: 1000 }) });
  const session = await openSession(edge);
  const line = await join(edge, session);
  for (let at = 0; at < 20; at += 1) await line.hearsMessage(line.say(`message ${at}`));
  const prefix = `c/demo/${session.conversation}/`;
  await until(async () => (await edge.kvKeys(prefix)).includes(`${prefix}head`), { what: "the flush" });
  assert.ok(line.messages().length >= 20, `${line.messages().length} messages with the assistant's`);
  // Each segment is written once, and a head with it.
  const segments = (await edge.kvKeys(prefix)).filter((key) => key.startsWith(`${prefix}e/`));
  assert.ok(segments.length * 2 <= 4, `${segments.length} segments`);
  await line.close();
  await edge.restart({ vars: quick });
});

test("a shopper takes everything along, or has it deleted everywhere", async () => {
  const secret = "the-secret-of-the-harbour";
  const session = await openSession(edge);
  const line = await join(edge, session);
  await line.hearsMessage(line.say(`remember ${secret}`));
  const prefix = `c/demo/${session.conversation}/`;
  await until(async () => (await edge.kvKeys(prefix)).length > 0, { what: "the flush" });
  const everything = await (await ask(edge, session, "GET", "/export")).json();
  assert.ok(JSON.stringify(everything).includes(secret));
  assert.equal(everything.conversation, session.conversation);
  assert.equal((await ask(edge, session, "DELETE", "", { token: "x.y" })).status, 401);
  assert.equal((await ask(edge, session, "DELETE", "")).status, 204);
  assert.equal((await ask(edge, session, "DELETE", "")).status, 204, "again");
  assert.equal((await ask(edge, session, "GET", "/events")).status, 410);
  assert.equal((await line.closes()).code, 4410);
  await until(async () => (await edge.kvKeys(prefix)).length === 0, { what: "KV without it" });
  // What is left in the write-ahead logs of the local KV and of the store's object, until SQLite next takes them in, is
  // not the Worker's.
  const objects = path(edge.persistDir, "v3/do");
  await until(async () => {
    const left = await filesWith(objects, session.conversation);
    return left.every((file) => file.includes("openline-Store") && file.endsWith("-wal"));
  }, { what: "objects without it" });
  assert.deepEqual(await filesWith(edge.persistDir, secret), []);
  await edge.restart();
  const late = await join(edge, session);
  assert.deepEqual(late.messages(), []);
  await late.close();
});

test("a merchant's signed call exports and deletes as well", async () => {
  const session = await openSession(edge);
  const line = await join(edge, session);
  await line.hearsMessage(line.say("to be deleted"));
  const at = `/v1/demo/conversations/${session.conversation}`;
  const everything = await (await signed(edge, "GET", `${at}/export`)).json();
  assert.ok(everything.events.length > 0);
  assert.equal((await signed(edge, "DELETE", at, "", { secret: "wrong" })).status, 401);
  assert.equal((await signed(edge, "DELETE", at)).status, 204);
  await line.closes();
  await until(async () => (await edge.kvKeys(`c/demo/${session.conversation}/`)).length === 0);
});

test("nothing anyone wrote, and no token, is in the log", async () => {
  const session = await openSession(edge);
  const line = await join(edge, session);
  await line.hearsMessage(line.say("unspeakable words"));
  line.send("unreadable words");
  await line.hears((frame) => frame.trouble);
  await postSession(edge, { origin: "https://evil.example", token: session.token });
  await line.close();
  const log = edge.log();
  for (const text of ["unspeakable", "unreadable", session.token, edge.vars.OPENLINE_SECRET]) {
    assert.ok(!log.includes(text), `${text.slice(0, 12)}… is in the log`);
  }
});

/** The files below a folder that contain a text. */
async function filesWith(folder, text) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path(entry.parentPath ?? entry.path, entry.name));
  const found = await Promise.all(files.map(async (file) => [file, (await readFile(file)).includes(text)]));
  return found.filter(([, has]) => has).map(([file]) => file);
}
