// The loader on pages as they are: pasted twice, rebuilt under its feet, gone and come back.
import assert from "node:assert/strict";
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
});

const launcher = () => page.getByRole("button", { name: "Open chat", exact: true });
const hosts = () => page.locator("openline-chat").count();

async function visit(options, path = "/") {
  shop.pages = { [path]: pageWith(options) };
  await page.goto(shop.url + path);
  await launcher().waitFor();
}

test("the launcher is a round, named button of 56 px in a corner", async () => {
  await visit();
  await until(async () => (await launcher().boundingBox()).x === 24, { what: "the store's corner and offset" });
  const box = await launcher().boundingBox();
  assert.deepEqual([box.width, box.height, box.y], [56, 56, 800 - 56 - 24]);
  assert.equal(await launcher().getAttribute("aria-expanded"), "false");
  // #ffd54f is light: near black stands out on it.
  assert.equal(await launcher().evaluate((button) => getComputedStyle(button).color), "rgb(17, 17, 17)");
  assert.equal(await page.evaluate(() => document.querySelector("openline-chat").shadowRoot.querySelectorAll("[style],style").length), 0);
});

test("what the tag says wins over the store's settings, unless it makes no sense", async () => {
  await visit({ tag: 'data-color="#102030" data-corner="right" data-offset="40px"' });
  await until(async () => (await launcher().boundingBox()).x === 1280 - 56 - 24);
  assert.equal(await launcher().evaluate((button) => getComputedStyle(button).backgroundColor), "rgb(16, 32, 48)");
  assert.equal(await launcher().evaluate((button) => getComputedStyle(button).color), "rgb(255, 255, 255)");
});

test("pasted twice, it is there once", async () => {
  await visit({ body: '<script async src="/openline.js" data-store="demo"></script>' });
  await until(() => edge.requests.filter((path) => path === "/sense.js").length > 0);
  await page.addScriptTag({ url: `${edge.url}/openline.js` });
  assert.equal(await hosts(), 1);
  assert.deepEqual(edge.requests.filter((path) => path === "/v1/demo/settings").length, 1);
  assert.deepEqual([heard.lines, heard.errors], [[], []]);
});

test("it survives a page that replaces its body, empties it, or removes the host", async () => {
  await visit();
  await page.evaluate(() => {
    const body = document.createElement("body");
    body.textContent = "another page";
    document.documentElement.replaceChild(body, document.body);
  });
  await launcher().waitFor();
  await page.evaluate(() => { document.body.innerHTML = "<p>again</p>"; });
  await page.evaluate(() => document.querySelector("openline-chat").remove());
  await launcher().waitFor();
  await launcher().click();
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  assert.equal(await hosts(), 1);
});

test("a page that goes on removing it has its way, and nothing hangs", async () => {
  await visit();
  await page.evaluate(() => new MutationObserver(() => document.querySelector("openline-chat")?.remove())
    .observe(document.documentElement, { childList: true }));
  await page.evaluate(() => document.querySelector("openline-chat").remove());
  await until(async () => await hosts() === 0);
  assert.equal(await page.evaluate(() => 1 + 1), 2);
});

test("pushState changes nothing", async () => {
  await visit();
  await page.evaluate(() => { history.pushState({}, "", "/elsewhere"); history.replaceState({}, "", "/more"); });
  await launcher().click();
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  assert.equal(await hosts(), 1);
});

test("it comes back from the back/forward cache as it was", async () => {
  const own = await launchBrowser({ args: ["--enable-features=BackForwardCache"], ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  try {
    page = await (await newDesktop(own)).newPage();
    await visit();
    shop.pages["/next"] = "<!doctype html><title>next</title>";
    await launcher().click();
    await page.evaluate(() => { window.kept = true; addEventListener("pageshow", (event) => { window.persisted = event.persisted; }); });
    await page.goto(`${shop.url}/next`);
    await page.goBack({ waitUntil: "commit" });
    await until(() => page.evaluate(() => window.kept && window.persisted), { what: "a page from the cache" });
    assert.equal(await hosts(), 1);
    await page.getByRole("button", { name: "Close chat", exact: true }).click();
    await launcher().waitFor();
  } finally {
    await own.close();
  }
});

test("the page's styles do not reach it", async () => {
  await visit({ head: `<style>
    * { display: none !important; color: red !important; font-size: 90px !important }
    html, head + body, h1 { display: block !important }
    openline-chat { display: none !important; position: static !important; opacity: 0 !important; transform: scale(9) !important; visibility: hidden }
    button { width: 300px !important; background: red !important }
  </style>` });
  const box = await launcher().boundingBox();
  assert.deepEqual([box.width, box.height], [56, 56]);
});

test("it shows in forced colours and stays still", async () => {
  await page.emulateMedia({ forcedColors: "active", colorScheme: "dark", reducedMotion: "reduce" });
  await visit();
  const style = await launcher().evaluate((button) => ({ ...getComputedStyle(button) }));
  assert.equal(style.borderTopWidth, "2px");
  assert.equal(style.animationName, "none");
});

test("destroyed, it leaves nothing; a new tag starts afresh", async () => {
  await visit();
  await launcher().click();
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  await until(() => page.evaluate(() => window.senseStub));
  await page.evaluate(() => { window.old = window.openline; window.openline.destroy(); });
  assert.equal(await hosts(), 0);
  assert.equal(await page.evaluate(() => "openline" in window), false);
  const last = (part) => page.evaluate((name) => window[name].calls.at(-1)[0], part);
  assert.deepEqual([await last("senseStub"), await last("chatStub")], ["destroy", "destroy"]);
  await page.evaluate(() => { window.old.show(); window.old.destroy(); document.body.remove(); });
  assert.equal(await hosts(), 0);
  await page.evaluate((url) => {
    const script = document.createElement("script");
    script.src = `${url}/openline.js`;
    script.dataset.store = "demo";
    document.head.append(script);
  }, edge.url);
  await launcher().click();
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  assert.deepEqual([heard.lines, heard.errors], [[], []]);
});
