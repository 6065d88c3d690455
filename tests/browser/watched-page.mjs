// A page of a shop with the whole built widget on it, watched: what it notices, what fails, and what a hand does there.
import { until } from "../harness/poll.mjs";

/** Notes each moment when its card shows. Runs before any script of the page. */
function noteMoments() {
  window.moments = [];
  addEventListener("openline:trigger", ({ detail }) => window.moments.push(detail.trigger ?? detail.rule), true);
}

/** The page as the test uses it, with `heard`: what failed in it, and what we said about it. */
export async function newWatchedPage(context) {
  const page = await context.newPage();
  page.heard = { errors: [], lines: [] };
  page.on("pageerror", (error) => page.heard.errors.push(error.message));
  page.on("console", (message) => { if (message.text().startsWith("[openline]")) page.heard.lines.push(message.text()); });
  await page.addInitScript(noteMoments);
  return page;
}

/** Resolves when the sensors of `page` are at work and it has been looked at for a while. */
export async function looked(page, edge) {
  await until(() => edge.requests.some(([, path]) => path === "/sense_bg.wasm"), { what: "the sensors" });
  await page.waitForLoadState("load");
  await until(() => page.evaluate(() => (window.trueNow?.() ?? performance.now()) > 1_800), { what: "a page that was looked at" });
}

/** Moves with a hand's pace: a step in every frame. */
export async function move(page, heights, x = 600) {
  for (const y of heights) {
    await page.mouse.move(x, y);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

export const wander = (page) => move(page, [420, 400, 390, 395, 410, 405, 400, 398]);
export const leave = (page) => move(page, [300, 250, 205, 165, 130, 100, 74, 52, 34, 20, 10, 4, -3]);

/** Resolves with the triggers of all moments until now, once `trigger` is among them. */
export function noticed(page, trigger) {
  return until(async () => {
    const moments = await page.evaluate(() => window.moments);
    return moments.includes(trigger) && moments;
  }, { what: `a moment of ${trigger}` });
}

/** Leaves through the top, again if a slow machine made it look like something else, until it is noticed. */
export async function leaveUntilNoticed(page) {
  await until(async () => {
    await wander(page);
    await leave(page);
    return until(() => page.evaluate(() => window.moments.includes("exit")), { timeoutMs: 1_500 }).catch(() => false);
  }, { what: "a leave that is noticed", timeoutMs: 30_000 });
}

/** Time that passes at once, on every clock that a page can read. */
export function skippableTime() {
  let skippedMs = 0;
  const [now, date] = [performance.now.bind(performance), Date.now];
  const { get } = Object.getOwnPropertyDescriptor(Event.prototype, "timeStamp");
  window.trueNow = now;
  performance.now = () => now() + skippedMs;
  Date.now = () => date() + skippedMs;
  Object.defineProperty(Event.prototype, "timeStamp", { get() { return get.call(this) + skippedMs; } });
  window.skip = (ms) => { skippedMs += ms; };
}
