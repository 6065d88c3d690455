// A page that records every call which stores, sends or touches the history, from before the first script on.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, newDesktop, newPhone } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { startBuiltEdge } from "./built-edge.mjs";
import { leaveUntilNoticed, looked, move, newWatchedPage, wander } from "./watched-page.mjs";

let edge, shop, browser;

before(async () => {
  edge = await startBuiltEdge();
  shop = await startShop({ edgeUrl: edge.url });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await edge?.stop();
});

const card = (page) => page.getByRole("status").filter({ has: page.getByRole("button", { name: "Not now" }) });

/** Everything that outlives a page, leaves it, or keeps the shopper on it; runs before any script. */
function record() {
  window.recorded = [];
  const note = (what, ...args) => window.recorded.push([what, ...args.map((arg) => (typeof arg === "string" ? arg : typeof arg))]);
  const call = (what, object, name) => {
    const original = object?.[name];
    if (!original) return;
    object[name] = new Proxy(original, {
      apply(target, self, args) {
        note(what, name, ...args);
        return Reflect.apply(target, self, args);
      },
    });
  };
  const property = (what, object, name) => {
    const own = Object.getOwnPropertyDescriptor(object, name);
    if (!own?.set) return;
    Object.defineProperty(object, name, { ...own, set(value) { note(what, name, value); own.set.call(this, value); } });
  };
  const construct = (what, name) => {
    if (window[name]) window[name] = new Proxy(window[name], { construct(target, args) { note(what, name, args[0]); return Reflect.construct(target, args); } });
  };
  for (const name of ["setItem", "removeItem", "clear"]) call("store", Storage.prototype, name);
  call("store", IDBFactory.prototype, "open");
  call("store", CacheStorage.prototype, "open");
  call("store", window.CookieStore?.prototype, "set");
  call("store", ServiceWorkerContainer.prototype, "register");
  call("store", StorageManager.prototype, "getDirectory");
  property("store", Document.prototype, "cookie");
  property("store", window, "name");
  for (const name of ["pushState", "replaceState", "back", "forward", "go"]) call("history", History.prototype, name);
  call("history", window.Navigation?.prototype, "navigate");
  property("history", Location.prototype, "hash");
  for (const name of ["onbeforeunload", "onunload", "onpopstate"]) property("unload", window, name);
  call("send", Navigator.prototype, "sendBeacon");
  call("send", XMLHttpRequest.prototype, "open");
  call("send", window, "fetch");
  call("send", window, "fetchLater");
  for (const name of ["WebSocket", "EventSource", "Worker", "SharedWorker", "BroadcastChannel", "RTCPeerConnection"]) construct("send", name);
  property("send", HTMLImageElement.prototype, "src");
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function recorded(type, ...rest) {
    if (/^(beforeunload|unload)$/.test(type)) note("unload", type);
    return addEventListener.call(this, type, ...rest);
  };
}

const bare = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<script async src="/openline.js" data-store="demo"></script></head>
<body><h1>Bare</h1><p class="price">€14.50</p><input name="coupon"><div>${"<p>Some text.</p>".repeat(200)}</div></body></html>`;

async function visit(t, newVisitor = newDesktop) {
  shop.pages = { "/bare": bare, "/before": "<!doctype html><title>Before</title><p>Before" };
  const context = await newVisitor(browser);
  t.after(() => context.close());
  await context.addInitScript(record);
  const requests = [];
  context.on("request", (request) => requests.push(request));
  const page = await newWatchedPage(context);
  await page.goto(`${shop.url}/before`);
  [requests, edge.requests].forEach((list) => { list.length = 0; });
  await page.goto(`${shop.url}/bare`);
  await looked(page, edge);
  return { context, page, requests };
}

const recorded = (page) => page.evaluate(() => window.recorded);
/** The addresses asked for, without the hashes of content. */
const asked = (requests) => [...new Set(requests.map((request) => new URL(request.url())).filter(({ protocol }) => protocol !== "data:").map(({ pathname }) => pathname))].sort();
const files = ["/bare", "/openline.js", "/sense.js", "/sense_bg.wasm", "/v1/demo/settings"];
const cardFiles = ["/card.js", "/words/en.json"];
const chatFiles = ["/chat.js", "/chat_bg.wasm"];

/** Nothing is sent but requests for files and settings, which say nothing of the shopper. */
async function assertUnsaid(page, requests, allowed) {
  assert.deepEqual(asked(requests).filter((path) => !allowed.includes(path)), []);
  for (const request of requests) {
    const { cookie, authorization } = await request.allHeaders();
    assert.deepEqual([request.method(), request.postData(), cookie, authorization], ["GET", null, undefined, undefined], request.url());
  }
  const calls = await recorded(page);
  assert.deepEqual(calls.filter(([what, name]) => !(what === "send" && name === "fetch")), []);
  const fetched = calls.map(([, , address]) => (address.startsWith("http") ? new URL(address).pathname : address));
  assert.deepEqual(fetched.filter((path) => path !== "object" && !allowed.includes(path)), []);
}

async function assertNothingKept(context) {
  const { cookies, origins } = await context.storageState({ indexedDB: true });
  assert.deepEqual([cookies, origins], [[], []]);
}

test("a long visit whose card is ignored stores nothing, sends nothing, and is left by one press of back", async (t) => {
  const { context, page, requests } = await visit(t);
  const length = await page.evaluate(() => history.length);
  await wander(page);
  await page.mouse.wheel(0, 1500);
  await page.locator("h1").selectText();
  await page.keyboard.press("Control+C");
  await page.locator("input").focus();
  await page.keyboard.type("SAVE10");
  await page.locator("h1").click();
  await page.evaluate(() => {
    window.openline.track("view_item", { items: [{ item_id: "a" }] });
    window.openline.cart({ items: [{ item_id: "a", quantity: 2 }] });
  });
  const startedMs = await page.evaluate(() => performance.now());
  // Nothing is said for a while after typing.
  await until(() => page.evaluate((from) => performance.now() - from > 4_000, startedMs), { what: "hands off the keys" });
  await leaveUntilNoticed(page);
  await card(page).waitFor();
  await move(page, [40, 200, 300, 420, 500], 300);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await assertUnsaid(page, requests, [...files, ...cardFiles, ...chatFiles]);
  await assertNothingKept(context);
  assert.equal(await page.evaluate(() => history.length), length);
  assert.deepEqual(page.heard.errors, []);
  await page.goBack();
  assert.equal(new URL(page.url()).pathname, "/before");
  await assertNothingKept(context);
});

test("on a phone as well", async (t) => {
  const { context, page, requests } = await visit(t, newPhone);
  await page.evaluate(() => scrollTo(0, 3000));
  await page.touchscreen.tap(200, 300);
  await page.evaluate(() => scrollTo(0, 0));
  await assertUnsaid(page, requests, [...files, ...cardFiles, ...chatFiles]);
  await assertNothingKept(context);
});

test("a card that is closed leaves the silence that was asked for, and nothing else", async (t) => {
  const { context, page, requests } = await visit(t);
  await leaveUntilNoticed(page);
  // It takes no click in its first moments.
  await until(async () => {
    await card(page).getByRole("button", { name: "Close" }).click({ timeout: 1_000 });
    return (await card(page).count()) === 0;
  }, { what: "a card that closes" });
  const kept = await page.evaluate(() => Object.entries(localStorage));
  assert.deepEqual(kept.map(([key]) => key), ["openline:demo:quiet"]);
  assert.ok(Number(kept[0][1]) > Date.now(), kept[0][1]);
  const { cookies } = await context.storageState();
  assert.deepEqual([cookies, await page.evaluate(() => sessionStorage.length)], [[], 0]);
  assert.deepEqual((await recorded(page)).filter(([what, name]) => what !== "send" && name !== "setItem"), []);
  assert.deepEqual(asked(requests).filter((path) => ![...files, ...cardFiles, ...chatFiles].includes(path)), []);
});

test("with consent the tab remembers the visit for its next page, and forgets it when consent is withdrawn", async (t) => {
  const { page } = await visit(t);
  await page.evaluate(() => window.openline.consent(true));
  await page.evaluate(() => window.openline.track("view_item", { items: [{ item_id: "a" }] }));
  await wander(page);
  await until(() => page.evaluate(() => {
    dispatchEvent(new PageTransitionEvent("pagehide"));
    return sessionStorage.length > 0;
  }), { what: "what the tab remembers" });
  assert.deepEqual(await page.evaluate(() => [Object.keys(sessionStorage), Object.keys(localStorage).filter((key) => !/:(token|outbox|visit)$/.test(key))]), [["openline:demo:watch"], []]);
  const row = await page.evaluate(() => JSON.parse(sessionStorage.getItem("openline:demo:watch")));
  assert.ok(Array.isArray(row) && row.every((one) => ["number", "string"].includes(typeof one)), JSON.stringify(row));
  await page.evaluate(() => window.openline.consent(false));
  await until(() => page.evaluate(() => sessionStorage.length === 0), { what: "a tab that forgets" });
});
