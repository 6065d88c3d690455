// What is stored and sent, and when: nothing before the shopper acts; all of it theirs to take along or delete.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { newDesktop } from "../harness/browser.mjs";
import {
  allSent, assertLog, card, choose, eventually, hears, launcher, log, moveToLeaveUntilAsked, openPage, openPanel, panel, say, shoot, startStory,
} from "./story.mjs";

let story;
before(async () => { story = await startStory(); });
after(() => story?.stop());

// Nothing on it but the script tag: whatever happens here is ours.
const bare = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title><link rel="icon" href="data:,">
<script async src="/openline.js" data-store="demo"></script></head>
<body><h1>Bare</h1><div>${"<p>Some text.</p>".repeat(80)}</div></body></html>`;

/** Notes every call of the page's that stores, sends, or touches the history. Runs before any script of the page. */
function instrument() {
  window.noted = [];
  const note = (name, object, method) => {
    const original = object?.[method];
    if (!original) return;
    object[method] = function noted(...args) {
      window.noted.push([name, ...args.map((arg) => (typeof arg === "string" ? arg : typeof arg))]);
      return original.apply(this, args);
    };
  };
  for (const method of ["setItem", "removeItem", "clear"]) note("store", Storage.prototype, method);
  for (const method of ["pushState", "replaceState", "back", "forward", "go"]) note("history", History.prototype, method);
  note("store", IDBFactory.prototype, "open");
  note("store", CacheStorage.prototype, "open");
  note("store", ServiceWorkerContainer.prototype, "register");
  note("send", Navigator.prototype, "sendBeacon");
  note("send", XMLHttpRequest.prototype, "open");
  note("post", window, "postMessage");
  const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
  Object.defineProperty(Document.prototype, "cookie", {
    get: cookie.get,
    set(value) {
      window.noted.push(["cookie", value]);
      cookie.set.call(this, value);
    },
  });
  window.WebSocket = new Proxy(WebSocket, {
    construct(target, args) {
      window.noted.push(["socket", args[0]]);
      return Reflect.construct(target, args);
    },
  });
}

async function visit(t) {
  story.shop.pages = { "/bare": bare };
  const context = await newDesktop(story.browser);
  t.after(() => context.close());
  await context.addInitScript(instrument);
  const requests = [];
  context.on("request", (request) => requests.push(request));
  const page = await openPage(context, `${story.shop.url}/bare`);
  await launcher(page).waitFor();
  return { context, page, requests };
}

const kept = (page) => page.evaluate(() => Object.keys(localStorage).sort());
/** What was asked of the edge, without the hashes of content. */
const asked = (requests) => [...new Set(requests.map((request) => request.url())
  .filter((url) => url.startsWith(story.edge.url)).map((url) => url.slice(story.edge.url.length).replace(/\?v=[0-9a-f]+$/, "")))].sort();

test("before the shopper acts nothing is stored, and nothing is asked for but files and settings", async (t) => {
  const { context, page, requests } = await visit(t);
  await moveToLeaveUntilAsked(page);
  await page.mouse.wheel(0, 900);
  await page.keyboard.press("PageDown");
  // The chat is fetched, and not mounted, when the page has nothing to do.
  await eventually("the chat's files", () => asked(requests).includes("/chat_bg.wasm"));
  assert.deepEqual(asked(requests), ["/card.js", "/chat.js", "/chat_bg.wasm", "/openline.js", "/sense.js", "/sense_bg.wasm", "/v1/demo/settings", "/words/en.json"]);
  for (const request of requests) {
    assert.deepEqual([request.method(), request.postData()], ["GET", null], request.url());
    const { cookie, authorization } = await request.allHeaders();
    assert.deepEqual([cookie, authorization], [undefined, undefined], request.url());
  }
  assert.deepEqual(await page.evaluate(() => window.noted), []);
  const { cookies, origins } = await context.storageState();
  assert.deepEqual([cookies, origins], [[], []]);

  // Having acted, only what DESIGN names is kept, and still no cookie; the history is the page's.
  const length = await page.evaluate(() => history.length);
  await card(page).getByRole("button", { name: "Reply" }).click();
  await say(page, "Now I have acted");
  await allSent(page);
  await hears(page, "Now I have acted");
  const keys = await kept(page);
  assert.ok(keys.every((key) => /^openline:demo:(token|outbox|visit|quiet)$/.test(key)), keys.join());
  assert.deepEqual((await context.storageState()).cookies, []);
  const noted = await page.evaluate(() => window.noted);
  assert.deepEqual(noted.filter(([name]) => !["store", "socket"].includes(name)), []);
  assert.equal(await page.evaluate(() => history.length), length);
  const token = await page.evaluate(() => localStorage.getItem("openline:demo:token"));
  const urls = [...requests.map((request) => request.url()), ...noted.filter(([name]) => name === "socket").map(([, url]) => url)];
  assert.ok(urls.every((url) => !url.includes(token)), "no token in any address");
});

test("the copy of the data has what was said; deleted, nothing is left anywhere and all starts anew", async (t) => {
  const { page } = await visit(t);
  await openPanel(page);
  await say(page, "Secret: my cat is called Biscuit");
  await allSent(page);
  const conversation = await conversationOf(page);
  const prefix = `c/demo/${conversation}/`;
  await eventually("the conversation in KV", async () => (await story.edge.kvKeys(prefix)).length >= 2);

  const downloaded = page.waitForEvent("download");
  await choose(page, "Download my data");
  const download = await downloaded;
  assert.match(download.suggestedFilename(), /conversation\.json$/);
  const copy = await readFile(await download.path(), "utf8");
  assert.ok(JSON.parse(copy) && copy.includes("my cat is called Biscuit"));

  await choose(page, "What is stored");
  await panel(page).getByText("no cookies").waitFor();
  await shoot(page, "desktop-what-is-stored");
  await panel(page).getByRole("button", { name: "Back to the chat" }).click();
  await choose(page, "Delete this conversation");
  await shoot(page, "desktop-delete");
  await panel(page).getByRole("button", { name: "Delete", exact: true }).click();
  await panel(page).getByText("This conversation is deleted.").waitFor();
  assert.equal(await log(page).getByText("Biscuit").count(), 0);
  assert.deepEqual((await kept(page)).filter((key) => key !== "openline:demo:visit"), []);
  await eventually("nothing left in KV", async () => (await story.edge.kvKeys(prefix)).length === 0);

  await say(page, "A new beginning");
  await allSent(page);
  await page.reload();
  await assertLog(page, "A new beginning");
  assert.equal(await log(page).getByText("Biscuit").count(), 0);
  assert.notEqual(await conversationOf(page), conversation);
  assert.deepEqual(await story.edge.kvKeys(prefix), []);
});

/** The conversation that the page's token is for, as the edge says. */
async function conversationOf(page) {
  return page.evaluate(async (edge) => {
    const token = localStorage.getItem("openline:demo:token");
    const response = await fetch(`${edge}/v1/demo/sessions`, { method: "POST", body: JSON.stringify({ token }) });
    return (await response.json()).conversation;
  }, story.edge.url);
}
