import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, newDesktop, newPhone } from "../harness/browser.mjs";
import { startPair, text } from "./receiver.mjs";

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

async function openPage(t, { context = newDesktop, path = "/" } = {}) {
  const pair = await startPair(t);
  const visitor = await context(browser);
  t.after(() => visitor.close());
  const page = await visitor.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  await page.goto(`${pair.simulator.url}${path}`);
  const region = (name) => page.getByRole("region", { name, exact: true });
  const [phone, inbox, staffPhone] = ["Shopper's phone", "Page inbox", "Staff phone"].map(region);
  const say = (who, message) => pair.graph("me/messages", { body: text(who.psid, "", { message }) });
  return { ...pair, page, phone, inbox, staffPhone, say, errors };
}

test("a shopper opens a link, gets started, taps a quick reply and a button, and writes", async (t) => {
  const { receiver, shopper, phone, page, say, errors } = await openPage(t, { path: "/m.me/harbourcoffee?ref=r-1&text=send%204821" });
  await phone.getByRole("button", { name: "Get Started" }).click();
  assert.equal((await receiver.item("postback")).postback.referral.ref, "r-1");
  assert.equal(new URL(page.url()).search, "", "a reload does not tap the link again");
  await say(shopper, { text: "How can I help?", quick_replies: [{ content_type: "text", title: "Shipping", payload: "SHIPPING" }] });
  await phone.getByRole("button", { name: "Shipping" }).click();
  assert.deepEqual((await receiver.item("message")).message.quick_reply, { payload: "SHIPPING" });
  const button = { type: "postback", title: "Add to cart", payload: "ADD" };
  await say(shopper, { attachment: { type: "template", payload: { template_type: "button", text: "This one?", buttons: [button] } } });
  await phone.getByRole("button", { name: "Add to cart" }).click();
  assert.equal((await receiver.item("postback", 2)).postback.payload, "ADD");
  const box = phone.getByRole("textbox", { name: "Message as shopper" });
  assert.equal(await box.inputValue(), "send 4821", "the link's text waits in the box");
  await phone.getByRole("button", { name: "Send as shopper" }).click();
  assert.equal((await receiver.item("message", 2)).message.text, "send 4821");
  await phone.getByText("Delivered").waitFor();
  assert.deepEqual(errors, []);
});

test("a link on an existing thread is told at once, and again only when it is tapped again", async (t) => {
  const { receiver, simulator, shopper, page, phone } = await openPage(t);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  await page.goto(`${simulator.url}/m.me/harbourcoffee?ref=r-2`);
  assert.equal((await receiver.item("referral")).referral.ref, "r-2");
  await page.reload();
  await phone.getByText("Hello").waitFor();
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Again" });
  await receiver.item("message", 2);
  assert.equal(receiver.count("referral"), 1);
});

test("a phone set to drop references carries none", async (t) => {
  const { receiver, page, phone, simulator, shopper } = await openPage(t);
  await phone.getByText("Phone settings").click();
  await phone.getByRole("checkbox", { name: "drops the reference" }).check();
  await page.goto(`${simulator.url}/m.me/harbourcoffee?ref=r-3`);
  await phone.getByRole("button", { name: "Get Started" }).click();
  assert.equal((await receiver.item("postback")).postback.referral, undefined);
  assert.equal(simulator.state.people.find(({ psid }) => psid === shopper.psid).drops_ref, true);
});

test("staff answer one certain message", async (t) => {
  const { receiver, staff, staffPhone, say } = await openPage(t);
  await staffPhone.getByRole("button", { name: "Get Started" }).click();
  const asked = await say(staff, { text: "A shopper asks for a grinder" });
  await say(staff, { text: "Another asks for filters" });
  await staffPhone.getByRole("listitem").filter({ hasText: "grinder" }).getByRole("button", { name: "Reply" }).click();
  await staffPhone.getByRole("textbox", { name: "Message as staff" }).fill("The hand grinder");
  await staffPhone.getByRole("button", { name: "Send as staff" }).click();
  const { message } = await receiver.item("message");
  assert.deepEqual([message.text, message.reply_to], ["The hand grinder", { mid: asked.body.message_id }]);
});

test("a human answers from the inbox, takes the thread and hands it back", async (t) => {
  const { receiver, simulator, shopper, phone, inbox } = await openPage(t);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Is a human there?" });
  await inbox.getByRole("listitem").filter({ hasText: "Shopper" }).getByRole("button").click();
  await inbox.getByRole("textbox", { name: "Reply as Page" }).fill("Yes");
  await inbox.getByRole("button", { name: "Send as Page" }).click();
  assert.equal((await receiver.item("echo")).message.app_id, 263902037430900);
  await phone.getByText("Yes", { exact: true }).waitFor();
  await receiver.item("read");
  await inbox.getByText("Seen").waitFor();
  await inbox.getByRole("button", { name: "Take over" }).click();
  await receiver.item("take_thread_control");
  await inbox.getByRole("button", { name: "Hand back" }).click();
  await receiver.item("pass_thread_control");
});

test("what anybody wrote stays text, and only web addresses become links", async (t) => {
  const { simulator, shopper, phone, inbox, page, say } = await openPage(t);
  const hostile = '<img src=x onerror="window.hit=1"> javascript:alert(1) https://example.com/blue-mug.';
  await simulator.control(`shopper/${shopper.psid}/message`, { text: hostile });
  await say(shopper, { text: hostile });
  await inbox.getByRole("listitem").filter({ hasText: "Shopper" }).getByRole("button").click();
  for (const surface of [phone, inbox]) {
    const thread = surface.getByRole("log", { name: "Thread" });
    await thread.getByText(hostile).nth(1).waitFor();
    assert.equal(await thread.locator("img").count(), 0);
    const links = await thread.getByRole("link").evaluateAll((all) => all.map((link) => link.href));
    assert.deepEqual([...new Set(links)], ["https://example.com/blue-mug"]);
  }
  await phone.getByRole("link", { name: "Link preview: Blue mug" }).first().waitFor();
  assert.equal(await page.evaluate(() => window.hit), undefined);
});

test("messages are edited, unsent and reacted to", async (t) => {
  const { receiver, shopper, phone, say } = await openPage(t);
  await phone.getByRole("textbox", { name: "Message as shopper" }).fill("Helo");
  await phone.getByRole("textbox", { name: "Message as shopper" }).press("Enter");
  const own = phone.getByRole("listitem").filter({ hasText: /Hel+o/ });
  await own.getByRole("button", { name: "Edit" }).click();
  await phone.getByRole("textbox", { name: "Message as shopper" }).fill("Hello");
  await phone.getByRole("button", { name: "Send as shopper" }).click();
  assert.equal((await receiver.item("message_edit")).message_edit.text, "Hello");
  await say(shopper, { text: "Welcome" });
  await phone.getByRole("listitem").filter({ hasText: "Welcome" }).getByRole("button", { name: "React with a heart" }).click();
  assert.equal((await receiver.item("reaction")).reaction.action, "react");
  await own.getByRole("button", { name: "Unsend" }).click();
  await phone.getByText("You unsent a message").waitFor();
});

test("faults are armed and the clock is moved from the drawer", async (t) => {
  const { simulator, shopper, page, say } = await openPage(t);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  await page.getByRole("button", { name: "Faults and traffic" }).click();
  const drawer = page.getByRole("complementary", { name: "Faults and traffic" });
  await drawer.getByRole("button", { name: "Arm: send, then answer 1/1357046" }).click();
  await drawer.getByText("1 armed").waitFor();
  assert.equal((await say(shopper, { text: "Hi" })).body.error.error_subcode, 1357046);
  await drawer.getByRole("button", { name: "+24 hours" }).click();
  await drawer.getByText("24 h ahead").waitFor();
  assert.equal((await say(shopper, { text: "Late" })).body.error.error_subcode, 2018278);
  await drawer.getByRole("list", { name: "Graph calls" }).getByText("sent_but_error").waitFor();
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
});

test("on a small screen the surfaces are tabs", async (t) => {
  const { page, phone, inbox, staffPhone, shopper, simulator, say } = await openPage(t, { context: newPhone });
  const shown = async () => Promise.all([phone, inbox, staffPhone].map((surface) => surface.isVisible()));
  await phone.waitFor();
  assert.deepEqual(await shown(), [true, false, false]);
  await page.getByRole("tab", { name: "Page inbox" }).click();
  assert.deepEqual(await shown(), [false, true, false]);
  await page.getByRole("tab", { name: "Page inbox" }).press("ArrowRight");
  assert.deepEqual(await shown(), [false, false, true]);
  await simulator.control(`shopper/${shopper.psid}/message`, { text: "Hello" });
  await say(shopper, { text: "Hi" });
  assert.equal(simulator.state.people[0].thread.person_read_at, 0, "a phone nobody looks at reads nothing");
  await page.getByRole("tab", { name: "Shopper" }).click();
  await phone.getByText("Hi", { exact: true }).waitFor();
  const own = phone.getByRole("listitem").filter({ hasText: "Hello" });
  const reply = own.getByRole("button", { name: "Reply" });
  assert.equal(await reply.isVisible(), false);
  await own.dispatchEvent("pointerdown", { pointerType: "touch", bubbles: true });
  await reply.click();
  await phone.getByText("Answering: Hello").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
});
