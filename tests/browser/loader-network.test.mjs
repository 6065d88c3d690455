// When the loader asks for what, and what it does when it gets nothing.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { listenTo, pageWith, startStubEdge } from "./loader-stub.mjs";

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
  edge.requests.length = 0;
  edge.broken.clear();
  edge.release();
});

const launcher = (name = "Open chat") => page.getByRole("button", { name, exact: true });
const panel = () => page.getByRole("dialog", { name: "Chat stub" });

async function visit(options) {
  shop.pages = { "/": pageWith(options) };
  await page.goto(shop.url, { waitUntil: "commit" });
  await launcher().waitFor();
}

test("nothing is asked for, stored or set before the page is idle", async () => {
  // An image that does not come keeps the page from having loaded.
  const slow = createServer((request, response) => { slow.finish = () => response.end(); });
  await new Promise((resolve) => slow.listen(0, "127.0.0.1", resolve));
  try {
    await visit({
      head: `<script>for (const name of ["getItem", "setItem"]) { const real = Storage.prototype[name]; Storage.prototype[name] = function (...args) { (window.touched ??= []).push(args[0]); return real.apply(this, args); }; }</script>`,
      body: `<img src="http://127.0.0.1:${slow.address().port}/">`,
    });
    assert.deepEqual(edge.requests, ["/openline.js"]);
    assert.equal(await page.evaluate(() => window.touched), undefined);
    slow.finish();
    await until(() => edge.requests.includes("/sense.js") && edge.requests.includes("/sense_bg.wasm"));
    assert.deepEqual(edge.requests.toSorted(), ["/openline.js", "/sense.js", "/sense_bg.wasm", "/v1/demo/settings"]);
    assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, ""]);
    assert.deepEqual(await page.context().cookies(), []);
  } finally {
    slow.closeAllConnections();
    slow.close();
  }
});

test("hovering makes the chat ready, and opens, asks and stores nothing", async () => {
  await visit();
  await launcher().hover();
  await until(() => edge.requests.includes("/chat.js"));
  await until(() => page.evaluate(() => window.senseStub && window.chatStub));
  assert.deepEqual(await page.evaluate(() => window.chatStub.calls), []);
  assert.deepEqual([await panel().count(), await page.evaluate(() => localStorage.length)], [0, 0]);
  await launcher().click();
  await panel().waitFor();
  assert.equal(edge.requests.filter((path) => path === "/chat.js").length, 1);
});

test("a tap before the chat is there is not lost; the button says that it is busy", async () => {
  edge.held.add("/chat.js");
  await visit();
  await launcher().click();
  await launcher().click();
  assert.equal(await launcher().getAttribute("aria-busy"), "true");
  edge.release();
  await panel().waitFor();
  assert.equal(await launcher("Close chat").getAttribute("aria-busy"), "false");
});

test("hidden again before it was there, the chat stays closed", async () => {
  edge.held.add("/chat.js");
  await visit();
  await page.evaluate(() => { window.openline.show(); window.openline.hide(); });
  edge.release();
  await until(() => page.evaluate(() => window.chatStub));
  assert.equal(await panel().isVisible(), false);
});

test("with a dead edge the page is untouched, with one line in the console, and another tap tries again", async () => {
  edge.broken.add("/v1/demo/settings").add("/chat.js").add("/sense.js");
  await visit();
  await until(() => heard.lines.length > 0);
  await launcher().click();
  await until(() => launcher().getAttribute("title"));
  assert.equal(await launcher().getAttribute("title"), "Chat is not available right now");
  assert.equal(heard.lines.length, 1);
  assert.deepEqual(heard.errors, []);
  edge.broken.clear();
  await launcher().click();
  await panel().waitFor();
  assert.equal(heard.lines.length, 1);
});

test("blocked storage is no trouble", async () => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
    }
  });
  await visit();
  await until(() => page.evaluate(() => window.senseStub));
  await launcher().click();
  await panel().waitFor();
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("for a shopper who has a conversation the chat is there without being asked, closed", async () => {
  shop.pages = { "/blank": "<!doctype html><title>blank</title>" };
  await page.goto(`${shop.url}/blank`);
  await page.evaluate(() => {
    localStorage.setItem("openline:demo:token", "a.b");
  });
  await visit();
  await until(() => page.evaluate(() => window.chatStub && window.senseStub));
  assert.equal(await panel().isVisible(), false);
  await page.evaluate(() => window.chatStub.host.launcher({ open: false, unread: 0, quiet_until: 4102444800000 }));
  assert.deepEqual((await page.evaluate(() => window.senseStub.calls)).filter(([name]) => name === "quiet").at(-1), ["quiet", 4102444800000]);
});

test("what is not ours under our names in the storage is no trouble", async () => {
  shop.pages = { "/blank": "<!doctype html><title>blank</title>" };
  await page.goto(`${shop.url}/blank`);
  await page.evaluate(() => { for (const name of ["visit", "quiet"]) localStorage.setItem(`openline:demo:${name}`, "{not json"); });
  await visit();
  await until(() => page.evaluate(() => window.senseStub));
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("a tag without a store says so, and that is all", async () => {
  shop.pages = { "/": `<!doctype html><title>x</title><script src="/openline.js"></script>` };
  await page.goto(shop.url);
  await until(() => heard.lines.length > 0);
  assert.equal(await page.locator("openline-chat").count(), 0);
  assert.deepEqual([heard.lines.length, heard.errors], [1, []]);
});
