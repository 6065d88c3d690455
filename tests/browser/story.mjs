// What the stories share: everything running together, and what a shopper does, by roles and names.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { startEdgeWithMessenger } from "../harness/simulator.mjs";

export const demo = JSON.parse(readFileSync(new URL("../../stores/demo.json", import.meta.url), "utf8"));
export const storeName = demo.name;

/** What the store says at a moment, by its rule's id. */
export const ruleText = (wanted) => demo.rules.find(({ id }) => id === wanted).text;

/** How long a story waits for anything. Slow machines run these tests too. */
const patienceMs = 45_000;

/** Waits as patiently as a story does. */
export const eventually = (what, probe) => until(probe, { what, timeoutMs: patienceMs, everyMs: 100 });

/** The product's own waits, shorter. The order of what happens stays the same. */
const pace = {
  left_after_ms: 500, relay_after_ms: 200, flush_idle_ms: 300, flush_gap_ms: 1_000, retry_base_ms: 300, say_burst: 50,
};

/** Edge, Messenger simulator, a merchant's shop on an origin of its own, and a browser. */
export async function startStory() {
  const { edge, simulator, stop } = await startEdgeWithMessenger({ vars: { OPENLINE_PACE: JSON.stringify(pace) } });
  const shop = await startShop({ edgeUrl: edge.url });
  const browser = await launchBrowser();
  return {
    edge, simulator, shop, browser,
    async stop() {
      await browser.close();
      await Promise.all([shop.stop(), stop()]);
    },
  };
}

/** A page of the shopper's, which must end without an error of its own; `heard` collects what the console says. */
export async function openPage(context, url) {
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  page.heard = { errors: [], lines: [] };
  page.on("pageerror", (error) => page.heard.errors.push(String(error)));
  page.on("console", (message) => page.heard.lines.push(message.text()));
  await page.goto(url);
  return page;
}

export const launcher = (page) => page.getByRole("button", { name: /^Open chat/ });
export const panel = (page) => page.getByRole("dialog", { name: storeName });
export const card = (page) => page.getByRole("status").filter({ has: page.getByRole("button", { name: "Not now" }) });
export const log = (page) => page.getByRole("log", { name: "Conversation" });
export const composer = (page) => page.getByRole("textbox", { name: "Message" });

/** Taps the launcher and has the panel. */
export async function openPanel(page) {
  await launcher(page).click();
  await panel(page).waitFor();
}

/** Writes in the composer and sends it. */
export async function say(page, text) {
  await composer(page).fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

/** Opens the panel's menu and chooses an entry. */
export async function choose(page, name) {
  await panel(page).getByRole("button", { name: "More" }).click();
  await panel(page).getByRole("button", { name }).click();
}

/** Waits until the log holds every one of `texts`. */
export async function hears(page, ...texts) {
  for (const text of texts) await log(page).getByText(text, { exact: false }).first().waitFor();
}

/** Nothing of `texts` is lost, twice or out of order in the log. */
export async function assertLog(page, ...texts) {
  await hears(page, ...texts);
  const shown = await log(page).innerText();
  const places = texts.map((text) => shown.indexOf(text));
  const twice = texts.filter((text) => shown.indexOf(text) !== shown.lastIndexOf(text));
  assert.deepEqual(twice, [], `said twice in:\n${shown}`);
  assert.deepEqual(places, [...places].sort((a, b) => a - b), `out of order:\n${shown}`);
}

/** Waits until nothing is on its way any more. */
export async function allSent(page) {
  await eventually("everything sent", async () => await log(page).getByText("Sending").count() === 0
    && await page.evaluate(() => localStorage.getItem("openline:demo:outbox")) === null);
}

/** The mouse goes up calmly, slows down, and leaves through the top of the window. */
export async function moveToLeave(page) {
  for (let y = 420; y > 160; y -= 13) await page.mouse.move(600, y);
  let y = 150;
  for (const step of [20, 18, 16, 14, 12, 11, 10, 9, 8, 7, 6, 5, 5, 4, 3]) await page.mouse.move(600, (y -= step));
  await page.mouse.move(600, -1);
}

/** Moves to leave until the store's card is there: a page just opened is left without a thought. */
export async function moveToLeaveUntilAsked(page) {
  await eventually("the card", async () => {
    await moveToLeave(page);
    await card(page).waitFor({ timeout: 1_500 });
    return true;
  });
}

/** A call signed with the store's secret, as `npm run store` makes. */
export async function signed(edge, method, path, body) {
  const text = body === undefined ? "" : JSON.stringify(body);
  const seconds = Math.floor(Date.now() / 1000);
  const v1 = createHmac("sha256", edge.vars.OPENLINE_SECRET).update(`${seconds}.${method}.${path}.${text}`).digest("hex");
  const response = await fetch(edge.url + path, {
    method,
    body: text || undefined,
    headers: { "content-type": "application/json", "openline-signature": `t=${seconds},v1=${v1}` },
  });
  const answer = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${answer}`);
  return answer ? JSON.parse(answer) : undefined;
}

/** A picture of the page, for people, into the folder which `STORY_SHOTS` names. */
export async function shoot(page, name) {
  const folder = process.env.STORY_SHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
