// What the shop's page may call and hear.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { listenTo, pageWith, settings, startStubEdge } from "./loader-stub.mjs";

let edge, shop, browser, page, heard;

before(async () => {
  edge = await startStubEdge();
  shop = await startShop({ edgeUrl: edge.url });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await edge?.stop();
});

beforeEach(async () => {
  await page?.context().close();
  page = await (await newDesktop(browser)).newPage();
  page.setDefaultTimeout(10_000);
  heard = listenTo(page);
});

const launcher = (name = "Open chat") => page.getByRole("button", { name, exact: true });
const calls = (part) => page.evaluate((name) => window[name]?.calls, part);
const badge = () => launcher().evaluate((button) => getComputedStyle(button, "::after").content);
const events = () => page.evaluate(() => window.events);

async function visit(options) {
  shop.pages = { "/": pageWith(options) };
  await page.goto(shop.url);
  await launcher(options?.opened ? /chat/ : undefined).waitFor();
}

const noteEvents = `<script>
  window.events = [];
  for (const name of ["ready", "open", "close", "message", "unread", "trigger", "cart-restored", "error"]) {
    (window.openline ||= []).push(["on", name, (detail) => events.push(["on", name, detail])]);
    document.addEventListener("openline:" + name, (event) => events.push(["dom", name, event.detail]));
  }
</script>`;

test("calls made before the script has loaded are done in order", async () => {
  await visit({ opened: true, head: `<script>
    (window.openline ||= []).push(["identify", "a.b.c"], ["locale", "de"]);
    (window.openline ||= []).push(["cart", { items: [{ item_id: "x", quantity: 2 }] }], ["track", "view_item", { items: [] }], ["show"]);
  </script>` });
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  const cart = JSON.stringify({ items: [{ item_id: "x", quantity: 2 }] });
  assert.deepEqual(await calls("chatStub"), [["identify", "a.b.c"], ["locale", "de"], ["cart", cart], ["open"]]);
  const sensed = await until(() => calls("senseStub"));
  assert.deepEqual(
    sensed.filter(([name]) => ["cart", "track", "locale"].includes(name)), [["track", "view_item", '{"items":[]}'], ["locale", "de"], ["cart", cart]]);
});

test("afterwards every call is a method, and goes through push as well", async () => {
  await visit({ head: noteEvents });
  await page.evaluate(() => window.openline.show());
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  assert.equal(await launcher("Close chat").getAttribute("aria-expanded"), "true");
  await page.evaluate(() => window.openline.push(["hide"]));
  await launcher().waitFor();
  await page.evaluate(() => window.openline.toggle());
  await launcher("Close chat").waitFor();
  await page.evaluate(() => window.openline.push(["toggle"], ["theme", "dark"], ["consent", true], ["logout"]));
  await launcher().waitFor();
  assert.deepEqual((await calls("chatStub")).slice(-3), [["theme", "dark"], ["consent", true], ["logout"]]);
  const sensed = await until(() => calls("senseStub"));
  assert.deepEqual(sensed.filter(([name]) => name === "theme" || name === "consent"), [["theme", "dark"], ["consent", true]]);
  const both = ["ready", "open", "close", "open", "close"].flatMap((name) => [["on", name, null], ["dom", name, null]]);
  assert.deepEqual((await events()).map(([how, name, detail]) => [how, name, detail ?? null]), both);
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("who asks for ready late is told; off forgets", async () => {
  await visit();
  assert.equal(await page.evaluate(() => new Promise((resolve) => { window.openline.on("ready", () => resolve("told")); })), "told");
  await page.evaluate(() => {
    window.heard = [];
    window.one = () => window.heard.push("one");
    window.openline.on("open", window.one);
    window.openline.on("open", () => window.heard.push("two"));
    window.openline.off("open", window.one);
    window.openline.show();
  });
  await launcher("Close chat").waitFor();
  assert.deepEqual(await page.evaluate(() => window.heard), ["two"]);
  await page.evaluate(() => { window.openline.off("open"); window.openline.hide(); window.openline.show(); });
  assert.deepEqual(await page.evaluate(() => window.heard), ["two"]);
});

test("a handler of the page that throws, nonsense calls and hostile arguments stop nothing", async () => {
  await visit();
  await page.evaluate(() => {
    window.openline.on("open", () => { throw new Error("the page's own"); });
    window.openline.on("open", () => { window.second = true; });
    const loop = {};
    loop.loop = loop;
    window.openline.cart(loop);
    window.openline.track("x", loop);
    window.openline.push(["nonsense"], ["constructor"], null, 5);
    window.openline.push(["__proto__", 1]);
    window.openline.on("close", "not a function");
    window.openline.on();
    window.openline.show();
    window.openline.hide();
    window.openline.show();
  });
  await until(() => page.evaluate(() => window.second));
  await until(() => heard.lines.some((line) => line.includes("a handler failed")));
  assert.deepEqual(heard.errors, []);
});

test("the sensors have the chat when the shopper answers, with the panel open, and not before", async () => {
  await visit({ head: noteEvents });
  await until(() => page.evaluate(() => window.senseStub));
  await page.evaluate(() => window.senseStub.host.prefetch());
  await page.evaluate(() => window.senseStub.host.emit("trigger", { rule: "exit" }));
  assert.deepEqual((await events()).filter(([, name]) => name === "trigger"), [["on", "trigger", { rule: "exit" }], ["dom", "trigger", { rule: "exit" }]]);
  assert.equal(await calls("chatStub"), undefined);
  await page.evaluate(() => window.senseStub.host.chat().then((chat) => chat.trigger("exit", ["left_through_top"], "Yes")));
  await launcher("Close chat").waitFor();
  assert.deepEqual(await calls("chatStub"), [["open"], ["trigger", "exit", ["left_through_top"], "Yes"]]);
  assert.deepEqual((await calls("senseStub")).filter(([name]) => name === "panel").at(-1), ["panel", true]);
});

test("the chat's events and unread count reach page and launcher", async () => {
  await visit({ head: noteEvents });
  await page.evaluate(() => window.openline.show());
  await launcher("Close chat").waitFor();
  await page.evaluate(() => {
    window.openline.hide();
    window.chatStub.host.launcher({ open: false, unread: 3 });
    window.chatStub.host.emit("unread", { count: 3 });
  });
  assert.equal(await launcher().getAttribute("title"), "3 unread messages");
  assert.equal(await badge(), '"3"');
  assert.deepEqual((await events()).filter(([, name]) => name === "unread"), [["on", "unread", { count: 3 }], ["dom", "unread", { count: 3 }]]);
  await page.evaluate(() => window.chatStub.host.launcher({ open: false, unread: 120 }));
  assert.equal(await badge(), '"99+"');
});

test("sense and chat get the store's settings, and what the tag says, also where a library bends JSON", async () => {
  const bend = "<script>Array.prototype.toJSON = String.prototype.toJSON = function () { return `bent ${this}`; };</script>";
  await visit({ head: bend, tag: 'data-color="#123456" data-locale="de"' });
  await page.evaluate(() => window.openline.show());
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  await until(() => page.evaluate(() => window.senseStub));
  const [sensed, chatted] = await page.evaluate(() => [window.senseStub.options, window.chatStub.options]);
  assert.deepEqual([JSON.parse(sensed.settings), sensed.store, sensed.edge, sensed.locale, sensed.debug], [settings, "demo", edge.url, "de", false]);
  const { look, ...rest } = chatted;
  assert.deepEqual(JSON.parse(look), { ...settings.theme, color: "#123456" });
  assert.deepEqual(rest, { store: "demo", edge: edge.url, settings: sensed.settings, locale: "de" });
});
