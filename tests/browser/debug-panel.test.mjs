// The merchant's panel: there with `data-debug` on the script tag, and with nothing else.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { openCardPage, startCardEdge } from "./card-page.mjs";

let edge, shop, browser, context, page;

const look = {
  version: 1,
  triggers: [
    { trigger: "exit", score: 35, threshold: 40, reasons: ["left_through_top", "stayed_out", "swept_off"], points: [30, 10, -5] },
    { trigger: "idle_cart", score: 0, threshold: 30, reasons: [], points: [] },
  ],
  detectors: { pointer: true, flick: false },
  rules: [{ rule: "leaving", trigger: "exit", at: Date.now(), outcome: "typing" }, { rule: "cart", trigger: "idle_cart" }, { rule: "choose", trigger: "indecision", at: Date.now(), outcome: "spoke" }],
  signals: [{ at: Date.now(), signal: "pointer_left" }],
  interest: "sure", cart_items: 2, quiet_until: 0,
};

before(async () => {
  edge = await startCardEdge();
  edge.settings = { ...edge.settings, moments: { limits: { per_week: 2 } } };
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
  await context.addInitScript((looked) => { window.looked = looked; }, look);
  edge.requests.length = 0;
});

const panel = () => page.getByRole("region", { name: "Openline debug" });
const section = (name) => panel().getByRole("region", { name, exact: true });

test("it shows scores with reasons that sum to them, rules, limits, consent and signals, as they come", async () => {
  page = await openCardPage(context, shop, { tag: "data-debug" });
  await panel().waitFor();
  const verdicts = await section("Verdicts").innerText();
  assert.match(verdicts, /exit\s+35 of 40\s+\+30\s*left through top\s+\+10\s*stayed out\s+\u22125\s*swept off/);
  assert.match(await section("Rules").innerText(), /leaving\s+exit\s+waits: the shopper is typing.*\s+cart\s+idle cart\s+its trigger has not fired\s+choose\s+indecision\s+its card was shown/);
  const limits = (await section("Limits").innerText()).replaceAll(/\s+/g, " ");
  for (const fact of ["Silence none", "not given: nothing is kept", "Purchase gate closed: about to buy anyway", "Cart 2 pieces", "Switched off flick", "In a week 2 at most"]) {
    assert.ok(limits.includes(fact), `${fact}: ${limits}`);
  }
  await section("Signals").getByText("pointer left").waitFor();
  await page.evaluate(() => { window.looked.signals.push({ at: Date.now(), signal: "copied" }); window.openline.consent(true); });
  await section("Signals").getByText("copied").waitFor();
  await section("Limits").getByText(/^given.*openline.consent\(\) yes/).waitFor();
  assert.deepEqual(page.heard.errors, []);
});

test("it folds away, and goes with the rest", async () => {
  page = await openCardPage(context, shop, { tag: "data-debug" });
  await panel().waitFor();
  await page.getByText("Openline debug").click();
  await panel().waitFor({ state: "hidden" });
  await page.evaluate(() => window.openline.destroy());
  assert.equal(await page.getByText("Openline debug").count(), 0);
});

test("without the attribute on the tag it is not even loaded, whatever the address says", async () => {
  page = await openCardPage(context, shop);
  await page.goto(`${shop.url}/?openline_debug&data-debug#debug`);
  await page.waitForFunction(() => window.sensors);
  await until(() => edge.requests.filter((path) => path === "/sense.js").length === 2);
  assert.equal(edge.requests.includes("/debug.js"), false);
  assert.equal(await page.getByText("Openline debug").count(), 0);
});
