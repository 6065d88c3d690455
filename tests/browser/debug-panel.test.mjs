// The merchant's panel: there with `data-debug` on the script tag, and with nothing else.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { openCardPage, startCardEdge } from "./card-page.mjs";

let edge, shop, browser, context, page, look;

/** What the sensors tell, in their numbers. */
async function told() {
  const built = await build({ entryPoints: [fileURLToPath(new URL("../../widget/sense/codes.ts", import.meta.url))], format: "esm", write: false });
  const codes = await import(`data:text/javascript,${encodeURIComponent(built.outputFiles[0].text)}`);
  const scores = { exit: [35, [["left_through_top", 30], ["stayed_out", 10], ["swept_off", -5]]] };
  const cards = codes.TRIGGERS.flatMap((trigger) => {
    const [score, reasons] = scores[trigger] ?? [0, []];
    return [score, ...Array.from({ length: 5 }, (_, at) => reasons[at] ? [codes.REASONS.indexOf(reasons[at][0]), reasons[at][1]] : [-1, 0]).flat()];
  });
  const outcome = (name) => codes.OUTCOMES.indexOf(name);
  const now = Date.now();
  return {
    told: [codes.INTERESTS.indexOf("sure"), 2, ...cards, now, outcome("typing"), 0, 0, now, outcome("spoke")],
    rules: [{ id: "leaving", trigger: "exit" }, { id: "cart", trigger: "idle_cart" }, { id: "choose", trigger: "indecision" }],
    last: [{ at: now, signal: codes.SIGNALS.indexOf("pointer_left") }],
    copied: codes.SIGNALS.indexOf("copied"),
  };
}

before(async () => {
  edge = await startCardEdge();
  edge.settings = { ...edge.settings, moments: { detectors_off: ["flick"], limits: { per_week: 2 } } };
  look = await told();
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
  await page.evaluate(() => { window.looked.last.push({ at: Date.now(), signal: window.looked.copied }); window.openline.consent(true); });
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
