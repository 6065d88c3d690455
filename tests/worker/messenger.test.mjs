// The same conversation in Messenger: linking, both directions, redeliveries, staff, deletion, subscription.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { until } from "../harness/poll.mjs";
import { startEdgeWithMessenger } from "../harness/simulator.mjs";
import { ask, join, openSession, pace, signed } from "./line.mjs";

let edge;
let simulator;
let stop;
before(async () => {
  const vars = pace({ seen_within_ms: 200, left_after_ms: 100, retry_base_ms: 100, relay_after_ms: 50, flush_idle_ms: 200, flush_gap_ms: 0, echo_wait_ms: 2_000 });
  ({ edge, simulator, stop } = await startEdgeWithMessenger({ vars }));
});
after(() => stop?.());

async function control(path, body = {}) {
  const response = await fetch(`${simulator.url}/control/${path}`, { method: "POST", body: JSON.stringify(body) });
  const answer = await response.json();
  assert.ok(response.ok, `${path}: ${JSON.stringify(answer)}`);
  return answer;
}
const read = async (path) => (await fetch(`${simulator.url}/control/${path}`)).json();
const newPerson = (name) => control("people", { name });
const textsFor = async (psid) => {
  const { people } = await read("state");
  return people.find((person) => person.psid === psid).thread.messages.filter((m) => m.from === "page").map((m) => m.text ?? "");
};

/** A shopper with a page open who also wrote from their phone. */
async function linked() {
  const session = await openSession(edge);
  const line = await join(edge, session);
  await line.hearsMessage(line.say("I will go on in Messenger"));
  line.send({ link: "messenger" });
  const { link } = await line.hears((frame) => frame.link, "the link");
  const person = await newPerson(`Shopper ${session.conversation.slice(0, 4)}`);
  const { psid } = person;
  await control(`shopper/${psid}/tap`, { ref: new URL(link.url).searchParams.get("ref") });
  await control(`shopper/${psid}/get-started`);
  await line.hears((frame) => frame.events?.events.some((event) => event.linked), "the linking");
  return { session, line, link, psid, person };
}

test("a link opens the same conversation on the phone, once", async () => {
  const { line, link, psid } = await linked();
  assert.match(link.url, /\/m\.me\/harbourcoffee\?/);
  assert.equal(new URL(link.url).searchParams.get("text"), link.code, "the code stands in the composer");
  assert.match(link.code, /^\d{6}$/);
  const rows = link.qr.split("\n");
  assert.ok(rows.length >= 21 && rows.every((row) => row.length === rows.length && /^[01]+$/.test(row)));
  await control(`shopper/${psid}/message`, { text: "hello from the phone" });
  const heard = await line.hears((frame) => frame.events?.events.some((e) => e.message?.content.text === "hello from the phone"));
  assert.equal(heard.events.events.find((e) => e.message).message.surface, "messenger");
  const stranger = await newPerson("Somebody else");
  await control(`shopper/${stranger.psid}/tap`, { ref: new URL(link.url).searchParams.get("ref") });
  await control(`shopper/${stranger.psid}/get-started`);
  await until(async () => (await textsFor(stranger.psid)).length > 0, { what: "words for the stranger" });
  await control(`shopper/${stranger.psid}/message`, { text: "let me in" });
  await until(async () => (await textsFor(stranger.psid)).length > 1, { what: "an answer for the stranger" });
  assert.ok(!line.messages().some((message) => message.content.text === "let me in"));
  await line.close();
});

test("what the assistant says reaches the phone once the page is gone, once", async () => {
  const { session, line, psid } = await linked();
  await line.close();
  const before = (await textsFor(psid)).length;
  await control("faults", { kind: "duplicate", count: 3 });
  await control(`shopper/${psid}/message`, { text: "do you ship abroad?" });
  await until(async () => (await textsFor(psid)).length > before, { what: "an answer on the phone" });
  const fresh = await join(edge, session);
  await fresh.hears((frame) => frame.events?.events.some((e) => e.message?.content.text === "do you ship abroad?"));
  const mine = fresh.messages().filter((message) => message.content.text === "do you ship abroad?");
  assert.equal(mine.length, 1, "a redelivery changes nothing");
  const texts = await textsFor(psid);
  assert.equal(new Set(texts).size, texts.length, `said once each: ${JSON.stringify(texts)}`);
  await fresh.close();
});

test("the Page inbox and a colleague's own Messenger answer the shopper", async () => {
  const { session, line, psid } = await linked();
  await control(`inbox/${psid}/message`, { text: "This is Noor from the shop." });
  await line.hears((frame) => frame.events?.events.some((e) => e.message?.content.text === "This is Noor from the shop."));
  const invitation = await (await signed(edge, "POST", "/v1/demo/staff", JSON.stringify({ name: "Noor" }))).json();
  assert.match(invitation.code, /^[a-z2-7]{5}-[a-z2-7]{5}$/);
  const colleague = await newPerson("Noor");
  await control(`shopper/${colleague.psid}/tap`, { ref: new URL(invitation.link).searchParams.get("ref") });
  await control(`shopper/${colleague.psid}/get-started`);
  await until(async () => (await textsFor(colleague.psid)).length > 0, { what: "the welcome" });
  await line.hearsMessage(line.say("is anybody there?"));
  const relayed = await until(async () => {
    const { people } = await read("state");
    const { thread } = people.find((person) => person.psid === colleague.psid);
    return thread.messages.find((m) => m.from === "page" && (m.text ?? "").includes("is anybody there?"));
  }, { what: "the relay to the colleague" });
  await control(`shopper/${colleague.psid}/message`, { text: "Yes, I am.", reply_to: { mid: relayed.mid } });
  await line.hears((frame) => frame.events?.events.some((e) => e.message?.content.text === "Yes, I am."), "the colleague's reply");
  assert.equal((await signed(edge, "POST", "/v1/demo/staff", JSON.stringify({ name: " " }))).status, 400);
  const leave = () => signed(edge, "DELETE", "/v1/demo/staff", JSON.stringify({ name: "noor" }));
  assert.deepEqual(await (await leave()).json(), { removed: 1 });
  assert.equal((await leave()).status, 404);
  const unsigned = await fetch(`${edge.url}/v1/demo/staff`, { method: "DELETE", body: '{"name":"Noor"}' });
  assert.equal(unsigned.status, 401);
  await line.hearsMessage(line.say("are you still there?"));
  await control(`shopper/${colleague.psid}/message`, { text: "I only shop here now." });
  await until(async () => (await textsFor(colleague.psid)).length > 2, { what: "an answer to a shopper" });
  assert.ok(!(await textsFor(colleague.psid)).some((text) => text.includes("are you still there?")));
  assert.equal((await fetch(`${edge.url}/v1/demo/staff`, { method: "POST", body: '{"name":"x"}' })).status, 401);
  await ask(edge, session, "DELETE", "");
});

test("a power cut between a send and our note of it neither loses nor doubles", async () => {
  const { line, psid } = await linked();
  await line.close();
  await control("faults", { kind: "slow", ms: 4_000, count: 1 });
  await control(`shopper/${psid}/message`, { text: "do you ship abroad?" });
  await until(async () => (await read("calls?last=20")).calls.some((call) => call.fault === "slow"), { what: "the slow send" });
  await edge.restart();
  await until(async () => (await textsFor(psid)).length > 0, { what: "the answer", timeoutMs: 30_000 });
  await control(`shopper/${psid}/message`, { text: "thank you" });
  const texts = await textsFor(psid);
  assert.equal(new Set(texts).size, texts.length, JSON.stringify(texts));
});

test("what a shopper takes back on their phone is gone everywhere", async () => {
  const { session, line, psid } = await linked();
  const { mid } = await control(`shopper/${psid}/message`, { text: "a slip of the thumb" });
  await line.hears((frame) => frame.events?.events.some((e) => e.message?.content.text === "a slip of the thumb"));
  const prefix = `c/demo/${session.conversation}/`;
  const record = async () => (await Promise.all((await edge.kvKeys(prefix)).map((key) => edge.kvText(key)))).join("\n");
  await until(async () => (await record()).includes("a slip of the thumb"), { what: "the flush" });
  await control(`shopper/${psid}/unsend`, { mid });
  await line.hears((frame) => frame.events?.events.some((event) => event.deleted), "the deletion");
  await until(async () => !(await record()).includes("a slip of the thumb"), { what: "KV without it", timeoutMs: 60_000 });
  assert.ok(!(await (await ask(edge, session, "GET", "/export")).text()).includes("a slip of the thumb"));
  await line.close();
});

test("Meta's deletion callback deletes the conversation and its address", async () => {
  const { session, line, psid } = await linked();
  await until(async () => (await edge.kvKeys(`c/demo/${session.conversation}/`)).length > 0, { what: "the flush" });
  const { body } = await control(`shopper/${psid}/deletion`);
  const { url } = typeof body === "string" ? JSON.parse(body) : body;
  assert.equal((await line.closes()).code, 4410);
  await until(async () => (await (await fetch(url)).text()).includes("has been deleted"), { what: "the status page" });
  await until(async () => (await edge.kvKeys(`c/demo/${session.conversation}/`)).length === 0, { what: "KV without it" });
});

test("a lost subscription and a lost Get Started button are renewed", async () => {
  await control("profile", {});
  const document = await (await signed(edge, "GET", "/v1/demo/settings")).text();
  await control("subscription", { fields: [] });
  assert.equal((await signed(edge, "PUT", "/v1/demo/settings", document)).status, 204);
  await until(async () => {
    const { calls } = await read("calls?last=20");
    return calls.some((call) => call.method === "POST" && call.path.endsWith("/subscribed_apps") && call.status === 200);
  }, { what: "the new subscription" });
  const profile = async () => (await read("state")).page.profile;
  await until(async () => (await profile()).get_started?.payload === "GET_STARTED", { what: "the button" });
});
