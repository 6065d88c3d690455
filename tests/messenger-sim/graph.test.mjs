import assert from "node:assert/strict";
import test from "node:test";
import { appSecretProof } from "./signature.mjs";
import { APP_SECRET, PAGE_TOKEN, startPair, text } from "./receiver.mjs";

const DAY_MS = 86_400_000;

async function startThread(t, options) {
  const pair = await startPair(t, options);
  await pair.simulator.control(`shopper/${pair.shopper.psid}/message`, { text: "Hello" });
  return pair;
}

const refusalOf = ({ status, body }) => [status, body.error?.code, body.error?.error_subcode ?? null];

test("sends a text, answers its id and echoes it with our metadata", async (t) => {
  const { receiver, graph, shopper, simulator } = await startThread(t);
  const sent = await graph("104400000000001/messages", { body: text(shopper.psid, "Hi", { message: { text: "Hi", metadata: "ours-1" } }) });
  assert.equal(sent.status, 200);
  assert.equal(sent.body.recipient_id, shopper.psid);
  const echo = await receiver.item("echo");
  assert.deepEqual(echo.sender, { id: "104400000000001" });
  assert.deepEqual(echo.recipient, { id: shopper.psid });
  assert.deepEqual(echo.message, { mid: sent.body.message_id, is_echo: true, app_id: 900100200300, metadata: "ours-1", text: "Hi" });
  const delivery = await receiver.item("delivery");
  assert.deepEqual(delivery.delivery, { mids: [sent.body.message_id], watermark: echo.timestamp });
  assert.equal(simulator.state.people[0].thread.messages.at(-1).text, "Hi");
});

test("takes me, any version, a form and a token parameter", async (t) => {
  const { simulator, shopper } = await startThread(t);
  const form = new URLSearchParams({
    recipient: JSON.stringify({ id: shopper.psid }),
    messaging_type: "RESPONSE",
    message: JSON.stringify({ text: "As a form" }),
    access_token: PAGE_TOKEN,
    appsecret_proof: appSecretProof(APP_SECRET, PAGE_TOKEN),
  });
  const response = await fetch(`${simulator.url}/v26.0/me/messages`, { method: "POST", body: form });
  assert.equal(response.status, 200);
  assert.equal(JSON.stringify(simulator.state.calls).includes(PAGE_TOKEN), false, "the token is not recorded");
});

test("refuses wrong and missing tokens and proofs", async (t) => {
  const { graph, shopper, simulator } = await startThread(t);
  const body = text(shopper.psid, "Hi");
  const table = [
    [{ token: "other" }, [401, 190, null]],
    [{ token: "", proof: null }, [401, 104, null]],
    [{ proof: "00" }, [400, 100, null]],
    [{ proof: null }, [400, 100, null]],
  ];
  for (const [credentials, expected] of table) {
    assert.deepEqual(refusalOf(await graph("me/messages", { body, ...credentials })), expected);
  }
  await simulator.control("settings", { require_proof: false });
  assert.equal((await graph("me/messages", { body, proof: null })).status, 200);
});

test("refuses unknown pages, paths and people", async (t) => {
  const { graph, shopper, staff } = await startThread(t);
  assert.deepEqual(refusalOf(await graph("1/messages", { body: text(shopper.psid, "Hi") })), [400, 100, 33]);
  assert.deepEqual(refusalOf(await graph("me/nothing", { body: {} })), [400, 2500, null]);
  assert.deepEqual(refusalOf(await graph("me/messages", { body: text("404", "Hi") })), [400, 100, 2018001]);
  assert.deepEqual(refusalOf(await graph("me/messages", { body: text(staff.psid, "Hi") })), [400, 100, 2018001], "never wrote to the page");
});

test("holds the windows", async (t) => {
  const { graph, shopper, simulator } = await startThread(t, { utilityTemplates: ["order_update"] });
  const human = text(shopper.psid, "A person here", { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" });
  const utility = { recipient: { id: shopper.psid }, messaging_type: "UTILITY", message: { template: { name: "order_update", language: { code: "en" } } } };
  const statuses = async () => {
    const sent = [];
    for (const body of [text(shopper.psid, "Hi"), text(shopper.psid, "Hi", { messaging_type: "UPDATE" }), human, utility]) {
      sent.push(refusalOf(await graph("me/messages", { body })).slice(1));
    }
    return sent;
  };
  const [open, closed] = [[undefined, null], [10, 2018278]];
  await simulator.control("clock", { advance_ms: DAY_MS - 60_000 });
  assert.deepEqual(await statuses(), [open, open, open, open]);
  await simulator.control("clock", { advance_ms: 120_000 });
  assert.deepEqual(await statuses(), [closed, closed, open, open]);
  await simulator.control("clock", { advance_ms: 6 * DAY_MS });
  assert.deepEqual(await statuses(), [closed, closed, closed, open]);
  await simulator.control(`shopper/${shopper.psid}/tap`, { ref: "again" });
  assert.deepEqual(await statuses(), [open, open, open, open], "a link on an existing thread reopens the window");
});

test("each act of a person reopens the window", async (t) => {
  const { graph, shopper, simulator } = await startThread(t);
  const { body } = await graph("me/messages", { body: text(shopper.psid, "Hi") });
  const acts = [
    ["message", { text: "Back" }],
    ["postback", { title: "Track", payload: "TRACK" }],
    ["react", { mid: body.message_id, emoji: "❤" }],
    ["tap", { ref: "r" }],
  ];
  for (const [act, given] of acts) {
    await simulator.control("clock", { advance_ms: 2 * DAY_MS });
    assert.equal((await graph("me/messages", { body: text(shopper.psid, "Late") })).body.error.error_subcode, 2018278);
    await simulator.control(`shopper/${shopper.psid}/${act}`, given);
    assert.equal((await graph("me/messages", { body: text(shopper.psid, "In time") })).status, 200, act);
  }
});

test("refuses what Meta's limits refuse, and takes what they allow", async (t) => {
  const { graph, shopper } = await startThread(t);
  const quick = (count, title = "t", payload = "p") => Array.from({ length: count }, () => ({ content_type: "text", title, payload }));
  const button = { type: "postback", title: "Buy", payload: "BUY" };
  const template = (payload) => ({ attachment: { type: "template", payload } });
  const generic = (elements) => template({ template_type: "generic", elements });
  const card = (more) => ({ title: "A", subtitle: "B", ...more });
  const image = { type: "image", payload: { url: "https://example.com/a.png" } };
  const table = [
    ["text", { text: "é".repeat(2000) }, { text: "é".repeat(2001) }],
    ["characters, not units", { text: "😀".repeat(2000) }, { text: "😀".repeat(2001) }],
    ["empty text", { text: "x" }, { text: "  " }],
    ["metadata", { text: "x", metadata: "m".repeat(999) }, { text: "x", metadata: "m".repeat(1000) }],
    ["quick replies", { text: "x", quick_replies: quick(13) }, { text: "x", quick_replies: quick(14) }],
    ["quick reply title", { text: "x", quick_replies: quick(1, "t".repeat(20)) }, { text: "x", quick_replies: quick(1, "t".repeat(21)) }],
    ["quick reply payload", { text: "x", quick_replies: quick(1, "t", "p".repeat(1000)) }, { text: "x", quick_replies: quick(1, "t", "p".repeat(1001)) }],
    ["elements", generic(Array(10).fill(card())), generic(Array(11).fill(card()))],
    ["element title", generic([card({ title: "a".repeat(80) })]), generic([card({ title: "a".repeat(81) })])],
    ["element subtitle", generic([card({ subtitle: "a".repeat(80) })]), generic([card({ subtitle: "a".repeat(81) })])],
    ["element buttons", generic([card({ buttons: Array(3).fill(button) })]), generic([card({ buttons: Array(4).fill(button) })])],
    ["element with a title only", generic([card()]), generic([{ title: "A" }])],
    ["default action", generic([{ title: "A", default_action: { type: "web_url", url: "https://example.com" } }]), generic([{ title: "A", default_action: { type: "web_url", url: "https://example.com", title: "Open" } }])],
    ["button text", template({ template_type: "button", text: "a".repeat(640), buttons: [button] }), template({ template_type: "button", text: "a".repeat(641), buttons: [button] })],
    ["buttons", template({ template_type: "button", text: "a", buttons: Array(3).fill(button) }), template({ template_type: "button", text: "a", buttons: [] })],
    ["button title", generic([card({ buttons: [{ ...button, title: "a".repeat(20) }] })]), generic([card({ buttons: [{ ...button, title: "a".repeat(21) }] })])],
    ["button url", generic([card({ buttons: [{ type: "web_url", title: "a", url: "https://example.com" }] })]), generic([card({ buttons: [{ type: "web_url", title: "a", url: "javascript:1" }] })])],
    ["image", { attachment: image }, { attachment: { type: "image", payload: { url: "nowhere" } } }],
    ["images", { attachments: Array(30).fill(image) }, { attachments: Array(31).fill(image) }],
    ["either text or attachment", { text: "x" }, { text: "x", attachment: image }],
    ["something", { text: "x" }, {}],
  ];
  for (const [name, allowed, refused] of table) {
    assert.equal((await graph("me/messages", { body: text(shopper.psid, "", { message: allowed }) })).status, 200, name);
    assert.deepEqual(refusalOf(await graph("me/messages", { body: text(shopper.psid, "", { message: refused }) })), [400, 100, null], name);
  }
});

test("refuses removed tags, wrong types and unapproved templates with 100", async (t) => {
  const { graph, shopper } = await startThread(t);
  const bodies = [
    ...["CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE", undefined].map((tag) => text(shopper.psid, "Hi", { messaging_type: "MESSAGE_TAG", tag })),
    text(shopper.psid, "Hi", { messaging_type: undefined }),
    text(shopper.psid, "Hi", { messaging_type: "PROMOTION" }),
    text(shopper.psid, "Hi", { messaging_type: "UTILITY", message: { template: { name: "unheard_of", language: { code: "en" } } } }),
    text(shopper.psid, "Not a template", { messaging_type: "UTILITY" }),
    { messaging_type: "RESPONSE", message: { text: "Hi" } },
    { recipient: { id: 5 }, messaging_type: "RESPONSE", message: { text: "Hi" } },
    { recipient: { id: shopper.psid }, messaging_type: "RESPONSE" },
    { recipient: { id: shopper.psid }, sender_action: "wave" },
  ];
  for (const body of bodies) assert.deepEqual(refusalOf(await graph("me/messages", { body })), [400, 100, null], JSON.stringify(body));
});

test("a human agent needs the permission", async (t) => {
  const { graph, shopper, simulator } = await startThread(t);
  const body = text(shopper.psid, "A person here", { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" });
  assert.equal((await graph("me/messages", { body })).status, 200);
  await simulator.control("settings", { human_agent_granted: false });
  assert.deepEqual(refusalOf(await graph("me/messages", { body })), [403, 200, null]);
});

test("a get started button is set and taken away", async (t) => {
  const { graph, receiver, shopper, simulator } = await startThread(t);
  await graph("me/messenger_profile", { body: { get_started: { payload: "BEGIN" } } });
  await simulator.control(`shopper/${shopper.psid}/get-started`);
  assert.equal((await receiver.item("postback")).postback.payload, "BEGIN");
  await graph("me/messenger_profile", { method: "DELETE", body: { fields: ["get_started"] } });
  await assert.rejects(simulator.control(`shopper/${shopper.psid}/get-started`), /409/);
});

test("shows typing and seen, and answers no message id", async (t) => {
  const { graph, shopper, simulator } = await startThread(t);
  const act = (sender_action) => graph("me/messages", { body: { recipient: { id: shopper.psid }, sender_action } });
  const thread = () => simulator.state.people[0].thread;
  assert.deepEqual((await act("typing_on")).body, { recipient_id: shopper.psid });
  assert.equal(thread().typing, true);
  await act("typing_off");
  assert.equal(thread().typing, false);
  await act("mark_seen");
  assert.ok(thread().page_seen_at >= thread().messages[0].at);
});

test("a person who blocked or stopped cannot be reached", async (t) => {
  const { graph, receiver, shopper, simulator } = await startThread(t);
  const send = async () => refusalOf(await graph("me/messages", { body: text(shopper.psid, "Hi") }));
  await simulator.control(`shopper/${shopper.psid}/stop`, { how: "block" });
  assert.deepEqual(await send(), [400, 551, 1545041]);
  await simulator.control(`shopper/${shopper.psid}/stop`);
  assert.deepEqual(await send(), [400, 10, 1893015]);
  assert.equal((await receiver.item("optin")).optin.notification_messages_status, "STOP_NOTIFICATIONS");
  await simulator.control(`shopper/${shopper.psid}/resume`);
  assert.deepEqual(await send(), [200, undefined, null]);
});

test("a restricted page sends nothing", async (t) => {
  const { graph, receiver, shopper, simulator } = await startThread(t);
  await simulator.control("policy", { action: "block", reason: "spam" });
  assert.deepEqual(refusalOf(await graph("me/messages", { body: text(shopper.psid, "Hi") })), [400, 10, 1893063]);
  const event = await receiver.item("policy-enforcement");
  assert.deepEqual([event.sender, event["policy-enforcement"]], [undefined, { action: "block", reason: "spam" }]);
});

test("thread control goes to the inbox and comes back", async (t) => {
  const { graph, receiver, shopper, simulator } = await startThread(t);
  const send = async () => refusalOf(await graph("me/messages", { body: text(shopper.psid, "Hi") }));
  await simulator.control(`inbox/${shopper.psid}/take`);
  assert.equal((await receiver.item("take_thread_control")).take_thread_control.previous_owner_app_id, 900100200300);
  assert.deepEqual(await send(), [400, 10, 2018300]);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "For the human" });
  const aside = await receiver.until(() => receiver.items().find((item) => item.standby));
  assert.equal(aside.message.text, "For the human");
  await simulator.control(`shopper/${shopper.psid}/postback`, { title: "Buy", payload: "BUY" });
  const postback = await receiver.item("postback");
  assert.deepEqual([postback.standby, postback.postback.payload], [true, undefined], "a payload is withheld on standby");
  await simulator.control(`inbox/${shopper.psid}/pass`);
  assert.equal((await receiver.item("pass_thread_control")).pass_thread_control.new_owner_app_id, 900100200300);
  assert.deepEqual(await send(), [200, undefined, null]);
  const passed = await graph("me/pass_thread_control", { body: { recipient: { id: shopper.psid }, target_app_id: 263902037430900 } });
  assert.deepEqual(passed.body, { success: true });
  assert.equal(simulator.state.people[0].thread.owner, "inbox");
  assert.deepEqual((await graph("me/take_thread_control", { body: { recipient: { id: shopper.psid } } })).body, { success: true });
  assert.deepEqual(await send(), [200, undefined, null]);
});

test("thread control falls back to the app after a day of silence", async (t) => {
  const { receiver, shopper, simulator } = await startThread(t);
  await simulator.control(`inbox/${shopper.psid}/take`);
  await simulator.control("clock", { advance_ms: DAY_MS });
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Anybody?" });
  const message = await receiver.until(() => receiver.items().find((item) => item.message?.text === "Anybody?"));
  assert.equal(message.standby, undefined);
});

test("subscriptions are shown, made and lost", async (t) => {
  const { graph, receiver, shopper, simulator } = await startThread(t);
  const list = async () => (await graph("104400000000001/subscribed_apps", { method: "GET" })).body.data;
  assert.equal((await list())[0].id, "900100200300");
  await simulator.control("subscription", { fields: [] });
  assert.deepEqual(await list(), []);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Unheard" });
  assert.equal(simulator.state.webhooks.log.at(-1).state, "not_subscribed");
  assert.deepEqual((await graph("me/subscribed_apps", { body: { subscribed_fields: "messages,messaging_postbacks" } })).body, { success: true });
  assert.deepEqual((await list())[0].subscribed_fields, ["messages", "messaging_postbacks"]);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Heard" });
  await receiver.until(() => receiver.items().some((item) => item.message?.text === "Heard"));
  assert.equal(receiver.items().some((item) => item.message?.text === "Unheard"), false);
  assert.deepEqual(refusalOf(await graph("me/subscribed_apps", { body: { subscribed_fields: "gossip" } })), [400, 100, null]);
});

test("ids and profiles are looked up", async (t) => {
  const { graph, shopper } = await startThread(t);
  const ids = await graph(`${shopper.asid}/ids_for_pages`, { method: "GET" });
  assert.deepEqual(ids.body.data.map(({ id, page }) => [id, page.id]), [[shopper.psid, "104400000000001"]]);
  assert.deepEqual(refusalOf(await graph("77/ids_for_pages", { method: "GET" })), [400, 100, 33]);
  assert.equal((await graph(shopper.psid, { method: "GET" })).body.first_name, "Shopper");
  assert.equal((await graph("me", { method: "GET" })).body.name, "Harbour Coffee");
});
