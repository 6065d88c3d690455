// The panel against an edge in hand: how it is used, by keyboard, on a phone, by whoever means harm.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop, newPhone } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startPanelEdge } from "./panel-edge.mjs";
import { begin, bubbles, focused, kept, openPanel, say, visit } from "./panel-visit.mjs";

let browser, edge, context;
before(async () => { browser = await launchBrowser(); });
after(async () => { await browser?.close(); });
beforeEach(async () => {
  edge = await startPanelEdge();
  context = await newDesktop(browser);
});
afterEach(async () => {
  await context.close();
  await edge.stop();
});

test("by keyboard: in, a line, sent, out, and the focus where it was", async () => {
  const page = await visit(context, edge);
  await page.getByRole("button", { name: "Open chat" }).focus();
  await page.keyboard.press("Enter");
  await until(async () => (await focused(page)) === "Message", { what: "the focus in the composer" });
  await page.keyboard.type("one");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("two");
  await page.keyboard.press("Enter");
  await until(() => edge.said().length === 1);
  assert.equal(edge.said()[0].content.text, "one\ntwo");
  await until(async () => (await page.getByRole("textbox", { name: "Message" }).inputValue()) === "");
  assert.equal(await focused(page), "Message");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await focused(page), "Open chat");
});

test("an unfinished word of an input method is not sent by its Enter", async () => {
  const page = await visit(context, edge);
  await openPanel(page);
  await page.getByRole("textbox", { name: "Message" }).fill("にほ");
  await page.getByRole("textbox", { name: "Message" }).evaluate((field) => {
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true, cancelable: true, composed: true }));
  });
  assert.equal(await page.getByRole("textbox", { name: "Message" }).inputValue(), "にほ");
  await page.keyboard.press("Enter");
  await until(() => edge.said().length === 1);
  assert.equal(edge.said()[0].content.text, "にほ");
});

test("whatever anyone writes is text, and leads to http(s), mailto and tel alone", async () => {
  const page = await visit(context, edge);
  const hostile = `<img src=x onerror="window.pwned=1"><script>window.pwned=2</script> javascript:alert(1) https://ok.example/a`;
  await begin(page, edge, hostile);
  edge.say({
    text: hostile,
    links: [{ label: "bad", url: "javascript:window.pwned=3" }, { label: "good", url: "https://good.example" }],
    cards: [{ title: "<b>bold</b>", url: "data:text/html,x", image_url: "javascript:1" }],
    attachments: [{ kind: "image", url: "javascript:1" }, { kind: "file", url: "https://files.example/f" }],
    quick_replies: [{ label: "<i>tap</i>" }],
  }, { author: { staff: { name: "<u>Eve</u>" } } });
  await page.getByRole("link", { name: "good" }).waitFor();
  assert.equal((await bubbles(page)).filter((text) => text === hostile).length, 2);
  await page.getByText("<u>Eve</u>").waitFor();
  await page.getByRole("button", { name: "<i>tap</i>" }).waitFor();
  const links = await page.evaluate(() => [...document.querySelector("openline-chat").shadowRoot.querySelectorAll("a")].map((link) => link.href));
  assert.deepEqual([...new Set(links)].sort(), ["https://files.example/f", "https://good.example/", "https://ok.example/a"]);
  const markup = await page.evaluate(() => document.querySelector("openline-chat").shadowRoot.querySelectorAll("img, script, b i, .bubble u, [style]").length);
  assert.equal(markup, 0);
  assert.equal(await page.evaluate(() => window.pwned), undefined);
});

test("a strict content security policy and trusted types hold", async () => {
  edge.headers = {
    "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  };
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => { if (/Content Security Policy|TrustedHTML/.test(message.text())) complaints.push(message.text()); });
  await page.goto(edge.url);
  await page.waitForFunction(() => window.chat);
  await begin(page, edge);
  edge.say({ text: "hi", quick_replies: [{ label: "ok" }] });
  await page.getByRole("button", { name: "ok" }).waitFor();
  const width = await page.getByRole("dialog").evaluate((panel) => panel.offsetWidth);
  assert.equal(width, 400, "the styles apply");
  assert.deepEqual(complaints, []);
});

test("a suggested answer is said and gone", async () => {
  const page = await visit(context, edge);
  await openPanel(page);
  await page.getByRole("button", { name: "Help me choose" }).click();
  await until(() => edge.said().length === 1);
  assert.equal(edge.said()[0].content.text, "Can you help me choose a coffee?");
  await page.getByRole("button", { name: "Help me choose" }).waitFor({ state: "detached" });
});

test("who answers a card finds its words in the panel, and they come before the shopper's", async () => {
  const page = await visit(context, edge);
  await page.evaluate(() => window.chat.trigger("leaving", ["left_through_top"]));
  await page.getByRole("dialog").getByText("Before you go: shall I keep your cart for you?").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Yes, please" }).waitFor();
  await say(page, "Yes");
  await until(() => edge.said().length === 1);
  assert.deepEqual(edge.only().frames.find((frame) => frame.say).say.opening, { trigger: { rule: "leaving", reasons: ["left_through_top"] } });
  await page.getByText("Sent").waitFor();
  assert.deepEqual(await bubbles(page), ["Before you go: shall I keep your cart for you?", "Yes"]);
});

test("an answer tapped on the card is said in the panel", async () => {
  const page = await visit(context, edge);
  await page.evaluate(() => window.chat.trigger("leaving", ["left_through_top"], "Yes, please"));
  await until(() => edge.said().length === 1);
  await page.getByText("Sent").waitFor();
  assert.deepEqual(await bubbles(page), ["Before you go: shall I keep your cart for you?", "Yes, please"]);
});

test("no more suggestions is remembered, told, and taken back", async () => {
  const page = await visit(context, edge);
  const quiet = async () => (await kept(page))["openline:demo:quiet"];
  const menu = async (name) => {
    if (!(await page.getByRole("group", { name: "More" }).count())) await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("group", { name: "More" }).getByRole("button", { name }).click();
  };
  await openPanel(page);
  await menu("No more suggestions");
  assert.equal(await quiet(), `${Number.MAX_SAFE_INTEGER}`);
  await page.reload();
  await page.waitForFunction(() => window.chat);
  await page.getByRole("dialog", { name: "Harbour Coffee" }).waitFor();
  await menu("Allow suggestions again");
  assert.equal(await quiet(), undefined);
  await page.getByRole("group", { name: "More" }).getByRole("button", { name: "No more suggestions" }).waitFor();
});

test("unread messages are counted while the panel is closed, and seen when it opens", async () => {
  const page = await visit(context, edge);
  await begin(page, edge);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  edge.say("one");
  const last = edge.say("two");
  await until(() => page.evaluate(() => window.events.some(({ name, detail }) => name === "unread" && detail.count === 2)));
  await page.getByRole("button", { name: "Open chat" }).click();
  await until(() => edge.only().seen === last, { what: "the edge told what was seen" });
  await until(() => page.evaluate(() => window.events.findLast(({ name }) => name === "unread").detail.count === 0));
});

test("the draft and the open panel outlast the page", async () => {
  const page = await visit(context, edge);
  await openPanel(page);
  await page.getByRole("textbox", { name: "Message" }).fill("half a thou");
  await until(async () => (await kept(page))["openline:demo:visit"]?.includes("half a thou"));
  await page.reload();
  await page.getByRole("dialog").waitFor();
  assert.equal(await page.getByRole("textbox", { name: "Message" }).inputValue(), "half a thou");
});

test("on to Messenger: a link, a picture to scan, a code to type, on a desktop", async () => {
  const page = await visit(context, edge);
  await begin(page, edge);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Continue in Messenger" }).click();
  const link = page.getByRole("link", { name: "Open Messenger" });
  await link.waitFor();
  assert.equal(await link.getAttribute("href"), "http://127.0.0.1/m.me/harbourcoffee?ref=abc");
  await page.getByRole("img", { name: "QR code" }).waitFor();
  await page.getByText("K7QM").waitFor();
  edge.event({ linked: { channel: "messenger", at: Date.now() } });
  await page.getByText("This conversation goes on in Messenger too.").waitFor();
  await link.waitFor({ state: "detached" });
});

test("on a phone the panel fills the screen and the link needs no picture", async () => {
  const phone = await newPhone(browser);
  const page = await visit(phone, edge);
  await openPanel(page);
  const { width, height } = page.viewportSize();
  await until(async () => {
    const box = await page.getByRole("dialog").boundingBox();
    assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, width, height]);
    return true;
  }, { what: "the panel over the whole screen, having risen" });
  const size = await page.getByRole("textbox", { name: "Message" }).evaluate((field) => getComputedStyle(field).fontSize);
  assert.equal(size, "16px", "smaller, and phones zoom in");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Continue in Messenger" }).click();
  await page.getByRole("link", { name: "Open Messenger" }).waitFor();
  assert.equal(await page.getByRole("img", { name: "QR code" }).count(), 0);
  await phone.close();
});

test("a shopper downloads and deletes their conversation", async () => {
  const page = await visit(context, edge);
  await begin(page, edge, "remember me");
  await page.getByRole("button", { name: "More" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download my data" }).click(),
  ]);
  assert.match(await readFile(await download.path(), "utf8"), /remember me/);
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("button", { name: "Delete this conversation" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByText("This conversation is deleted.").waitFor();
  assert.equal(edge.conversations.size, 0);
  assert.deepEqual(await kept(page), {});
  assert.deepEqual(await bubbles(page), [edge.settings.greeting.text]);
});

test("when a person is asked for, the shopper can say where to reach them", async () => {
  const page = await visit(context, edge);
  await begin(page, edge, "A person, please");
  edge.event({ holder: { holder: "waiting", at: Date.now() } });
  const field = page.getByRole("textbox", { name: "Where to reach you if you leave" });
  await field.fill("no address");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("alert").waitFor();
  await field.fill("me@example.com");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("we will write to the e-mail address you left").waitFor();
  assert.deepEqual(edge.only().frames.find((frame) => frame.contact).contact, { kind: "email", value: "me@example.com" });
});

test("reading further up is not disturbed by what comes in below", async () => {
  const page = await visit(context, edge);
  await begin(page, edge);
  for (let count = 0; count < 30; count += 1) edge.say(`line ${count}`);
  const log = page.getByRole("log", { name: "Conversation" });
  await page.getByText("line 29", { exact: true }).waitFor();
  const atEnd = () => log.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight < 5);
  await until(atEnd);
  const room = await log.evaluate((element) => element.clientHeight);
  await page.getByRole("textbox", { name: "Message" }).fill("one\ntwo\nthree\nfour");
  await until(() => log.evaluate((element, before) => element.clientHeight < before, room), { what: "the composer grown" });
  await until(atEnd, { what: "the end still in sight" });
  // Heard of by the panel before anything new comes in.
  await log.evaluate((element) => new Promise((heard) => {
    element.addEventListener("scroll", () => requestAnimationFrame(heard), { once: true });
    element.scrollTop = 0;
  }));
  edge.say("the newest");
  await page.getByRole("button", { name: "New messages" }).click();
  await until(atEnd);
});

test("with storage blocked the chat works, for as long as the page", async () => {
  await context.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });
  });
  const page = await visit(context, edge);
  await begin(page, edge, "still here");
  edge.say("So am I.");
  await page.getByText("So am I.").waitFor();
});
