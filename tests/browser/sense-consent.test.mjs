// What is kept for the next page of the tab, and when: only with consent, from whichever tool the shop has.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { startShop } from "../harness/shop.mjs";
import { openCardPage, startCardEdge } from "./card-page.mjs";

let edge, shop, browser, context, page;

before(async () => {
  edge = await startCardEdge();
  shop = await startShop({ edgeUrl: edge.url });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await edge?.stop();
});

beforeEach(async () => {
  await context?.close();
  context = await newDesktop(browser);
});

const open = async (head = "", options = {}) => { page = await openCardPage(context, shop, { head, ...options }); };
const key = "openline:demo:watch";
/** The sensors remember; what is kept of it. */
const remembered = () => page.evaluate((name) => {
  window.sensors.host.remember([1, "a"]);
  return sessionStorage.getItem(name);
}, key);
const kept = () => page.evaluate((name) => sessionStorage.getItem(name), key);
const granted = () => page.evaluate(() => window.sensors.calls.filter(([name]) => name === "consent").at(-1)[1]);

const google = "window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }";
const consentMode = (act, value) => `gtag("consent", "${act}", { ad_storage: "denied", analytics_storage: "${value}", functionality_storage: "${value}" });`;
const shopify = `window.privacy = { preferences: false, analytics: false };
  window.Shopify = { customerPrivacy: { preferencesProcessingAllowed: () => privacy.preferences, analyticsProcessingAllowed: () => privacy.analytics } };
  window.collect = (preferences, analytics) => { window.privacy = { preferences, analytics }; document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: {} })); };`;
const tcf = `window.listeners = {};
  window.__tcfapi = (command, version, callback, id) => {
    if (command === "removeEventListener") { delete listeners[id]; return callback(true); }
    listeners[7] = callback;
    callback({ eventStatus: "cmpuishown", gdprApplies: true, listenerId: 7, purpose: { consents: {} } }, true);
  };
  window.choose = (...purposes) => listeners[7]({ eventStatus: "useractioncomplete", gdprApplies: true, listenerId: 7, purpose: { consents: Object.fromEntries(purposes.map((n) => [n, true])) } }, true);`;

/** What the page has, how consent is given in it, and how it is taken back. */
const tools = {
  "openline.consent": ["", () => window.openline.consent(true), () => window.openline.consent(false)],
  "Google Consent Mode": [`${google} ${consentMode("default", "denied")}`, () => window.gtag("consent", "update", { analytics_storage: "granted", functionality_storage: "granted" }),
    () => window.gtag("consent", "update", { analytics_storage: "denied" })],
  "Shopify Customer Privacy": [shopify, () => window.collect(true, true), () => window.collect(true, false)],
  "the IAB's TCF": [tcf, () => window.choose(1, 3, 5, 6), () => window.choose(3, 5, 6)],
};

for (const [name, [head, give, take]] of Object.entries(tools)) {
  test(`${name}: nothing before consent, something with it, and nothing at once when it is taken back`, async () => {
    await open(`<script>${head}</script>`);
    assert.equal(await remembered(), null);
    await page.evaluate(give);
    assert.equal(await granted(), true);
    assert.equal(await remembered(), '[1,"a"]');
    await page.evaluate(take);
    assert.equal(await kept(), null);
    assert.equal(await granted(), false);
    assert.equal(await remembered(), null);
    assert.deepEqual(page.heard, { lines: [], errors: [] });
  });
}

test("with consent the next page of the tab goes on, and one without hears nothing of it", async () => {
  const says = `<script>(window.openline ||= []).push(["consent", true])</script>`;
  await open(says);
  await remembered();
  await page.reload();
  await page.waitForFunction(() => window.sensors);
  // Said by the page when the sensors were there already: late, and in time.
  assert.deepEqual(await page.evaluate(() => window.sensors.kept ?? window.sensors.calls.find(([name]) => name === "resume")?.[1]), [1, "a"]);
  const other = await openCardPage(context, shop, { path: "/other" });
  assert.equal(await other.evaluate(() => window.sensors.kept), undefined);
});

test("a no with which the page begins, and stands to its end, removes what an earlier page kept", async () => {
  await open();
  await page.evaluate((name) => sessionStorage.setItem(name, "[1]"), key);
  shop.pages = { ...shop.pages, "/blank": "<!doctype html><title>blank</title>" };
  const reopen = async (head) => {
    shop.pages["/"] = shop.pages["/"].replace("<title>", `<script>${head}</script><title>`);
    await page.goto(`${shop.url}/`);
    await page.waitForFunction(() => window.sensors);
    assert.equal(await page.evaluate(() => window.sensors.kept), undefined);
    await page.goto(`${shop.url}/blank`);
  };
  await reopen("");
  assert.equal(await kept(), "[1]");
  await reopen(`${google} ${consentMode("default", "denied")}`);
  assert.equal(await kept(), null);
});

const statements = {
  "nobody says anything": ["", false],
  "one tool agrees and another does not": [`${shopify} privacy = { preferences: true, analytics: true }; ${google} ${consentMode("default", "denied")}`, false],
  "all that are there agree": [`${shopify} privacy = { preferences: true, analytics: true }; ${google} ${consentMode("default", "granted")}`, true],
  "a default for a region grants": [`${google} gtag("consent", "default", { analytics_storage: "granted", region: ["US"] })`, false],
  "the kinds that concern us are not stated": [`${google} gtag("consent", "default", { ad_storage: "granted" })`, false],
  "the law does not apply, and nobody else says anything": ["window.__tcfapi = (command, version, callback) => callback({ gdprApplies: false, eventStatus: 'tcloaded' }, true)", false],
  "the tools throw": ["window.__tcfapi = () => { throw 1 }; window.Shopify = { get customerPrivacy() { throw 2 } }; window.dataLayer = new Proxy([], { get() { throw 3 } })", false],
  "the data layer is an object": ["window.dataLayer = { push: 1 }", false],
};

for (const [what, [head, expected]] of Object.entries(statements)) {
  test(`where ${what}, that is ${expected ? "consent" : "none"}`, async () => {
    await open(`<script>${head}</script>`);
    assert.equal(await granted(), expected);
    assert.equal(await remembered(), expected ? '[1,"a"]' : null);
    assert.deepEqual(page.heard.errors, []);
  });
}

test("the page's own word wins over every tool", async () => {
  await open(`<script>${google} ${consentMode("default", "denied")} (window.openline ||= []).push(["consent", true])</script>`);
  assert.equal(await granted(), true);
  await page.evaluate(() => window.gtag("consent", "update", { analytics_storage: "denied" }));
  assert.equal(await granted(), true);
});

test("the data layer gets its own push back", async () => {
  await open("<script>dataLayer = []; ownPush = dataLayer.push;</script>");
  await page.evaluate(() => window.openline.destroy());
  assert.equal(await page.evaluate(() => window.dataLayer.push === window.ownPush), true);
});

test("with storage blocked everything else works", async () => {
  await context.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
    }
  });
  await open();
  await page.evaluate(() => { window.openline.consent(true); window.sensors.host.remember([1]); });
  assert.equal(await granted(), true);
  assert.deepEqual(page.heard, { lines: [], errors: [] });
});
