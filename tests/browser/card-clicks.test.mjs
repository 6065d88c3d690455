// A click that was meant for the page goes to the page, whenever and wherever the card appears.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, newDesktop, newPhone } from "../harness/browser.mjs";
import { startShop } from "../harness/shop.mjs";
import { card, fire, moments, openCardPage, startCardEdge } from "./card-page.mjs";

let edge, shop, browser;

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

/** The same at every run, and different at every call: mulberry32. */
function dice(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A page that is one large button, and counts what it gets; the launcher is not part of the game. */
const body = `<style>#page{position:fixed;inset:0;width:100%;border:0}</style><button id="page" type="button">The page</button>`;
const count = () => { window.got = 0; document.querySelector("#page").addEventListener("click", () => { window.got += 1; }); };

const CLICKS = 1_000;

test("of 1,000 random clicks around its appearance it gets none", async (t) => {
  const context = await newDesktop(browser);
  t.after(() => context.close());
  await context.clock.install();
  const page = await openCardPage(context, shop, { body });
  await page.evaluate(count);
  const launcher = await page.getByRole("button", { name: "Open chat" }).boundingBox();
  // Opening the chat takes a card away, and asks for no silence.
  const takeAway = async () => {
    await page.evaluate(() => window.openline.show());
    await page.getByRole("button", { name: "Close chat" }).waitFor();
    await page.evaluate(() => window.openline.hide());
    await card(page).waitFor({ state: "detached" });
  };
  await takeAway();
  await page.clock.pauseAt(Date.now() + 5_000);
  const random = dice(20261123);
  const kinds = Object.values(moments);
  let clicks = 0, shown = 0;
  for (let round = 0; clicks < CLICKS; round += 1) {
    await fire(page, kinds[round % kinds.length]);
    // Before it is there, and for the half second after: what they have seen for longer is theirs to click.
    for (let now = 0, shownAt = Infinity; now - shownAt < 450 && now < 5_000 && clicks < CLICKS;) {
      const step = 10 + Math.floor(random() * 40);
      await page.clock.runFor(step);
      now += step;
      if (shownAt === Infinity && await card(page).count() > 0) shownAt = now - step;
      const x = random() * 1280, y = random() * 800;
      if (now - shownAt >= 490 || (x > launcher.x - 4 && y > launcher.y - 4)) continue;
      await page.mouse.click(x, y);
      clicks += 1;
      if (shownAt < Infinity) shown += 1;
    }
    await takeAway();
  }
  assert.equal(await page.evaluate(() => window.got), CLICKS);
  assert.ok(shown >= CLICKS / 3, `${shown} clicks while it could be seen`);
});

test("it does not come up under the pointer, but in the other corner, or later", async (t) => {
  const context = await newDesktop(browser);
  t.after(() => context.close());
  const page = await openCardPage(context, shop);
  const box = async () => card(page).boundingBox();
  await page.mouse.move(1100, 600);
  await fire(page, moments.exit);
  await card(page).waitFor();
  const { x, width } = await box();
  assert.ok(x + width < 640, `left of the middle: ${x}`);
});

test("under a finger it waits, or is at the other end of the screen", async (t) => {
  const context = await newPhone(browser, { viewport: { width: 390, height: 844 }, screen: { width: 390, height: 844 } });
  t.after(() => context.close());
  const page = await openCardPage(context, shop, { head: `<meta name="viewport" content="width=device-width">` });
  await page.touchscreen.tap(195, 700);
  await fire(page, moments.exit);
  await card(page).waitFor();
  const { y, height } = await card(page).boundingBox();
  const since = await page.evaluate(() => performance.now());
  assert.ok(y + height < 422 || since > 1_000, `${y}`);
});

test("it does not hide what has the focus", async (t) => {
  const context = await newDesktop(browser);
  t.after(() => context.close());
  const page = await openCardPage(context, shop, { body: `<style>input{position:fixed;right:60px;bottom:200px}</style><input aria-label="Field">` });
  await page.getByRole("textbox").focus();
  await fire(page, moments.exit);
  await card(page).waitFor();
  const { x, width } = await card(page).boundingBox();
  assert.ok(x + width < 640, `left of the middle: ${x}`);
});
