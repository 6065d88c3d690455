// A shopper on a phone: the panel takes the whole screen, and leaves the page as it was.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newPhone } from "../harness/browser.mjs";
import { allSent, assertLog, composer, demo, eventually, launcher, log, openPage, panel, shoot, startStory } from "./story.mjs";

let story;
before(async () => { story = await startStory(); });
after(() => story?.stop());

const size = { width: 390, height: 844 };

async function visit(t, path = "/products/slack-water/") {
  const context = await newPhone(story.browser, { viewport: size, screen: size });
  t.after(() => context.close());
  return openPage(context, story.shop.url + path);
}

test("tapped open the panel fills the screen; the shopper writes, is answered, and closes it", async (t) => {
  const page = await visit(t);
  const box = await launcher(page).boundingBox();
  assert.ok(box.width >= 44 && box.height >= 44, `a finger's width: ${box.width} x ${box.height}`);
  assert.ok(box.x + box.width <= size.width && box.y + box.height <= size.height, "on the screen");
  await shoot(page, "phone-product");
  await launcher(page).tap();
  await panel(page).waitFor();
  await eventually("the panel over the whole screen", async () => {
    const { x, y, width, height } = await panel(page).boundingBox();
    return x === 0 && y === 0 && width === size.width && Math.abs(height - size.height) < 1;
  });
  await shoot(page, "phone-panel");
  const field = await composer(page).boundingBox();
  assert.ok(field.y + field.height <= size.height && field.x >= 0 && field.x + field.width <= size.width, "the composer in sight");
  assert.ok(await composer(page).evaluate((element) => parseFloat(getComputedStyle(element).fontSize)) >= 16, "or the phone zooms in");

  await composer(page).tap();
  await composer(page).fill("How long does delivery take?");
  await page.getByRole("button", { name: "Send", exact: true }).tap();
  const answer = demo.answers.find(({ id }) => id === "shipping").text;
  await assertLog(page, demo.greeting.text, "How long does delivery take?", answer);
  await allSent(page);
  await shoot(page, "phone-talk");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), size.width, "nothing sticks out");

  await log(page).getByRole("button", { name: "Delivery abroad" }).tap();
  await assertLog(page, answer, demo.answers.find(({ id }) => id === "shipping-abroad").text);
  await panel(page).getByRole("button", { name: "Close" }).tap();
  await panel(page).waitFor({ state: "detached" });
  await launcher(page).waitFor();
  await shoot(page, "phone-closed");
  assert.deepEqual(page.heard.errors, []);
});

test("what was said on one page is there on the next, and the page scrolls where the panel is closed", async (t) => {
  const page = await visit(t, "/");
  await launcher(page).tap();
  await composer(page).fill("Back in a minute");
  await page.getByRole("button", { name: "Send", exact: true }).tap();
  await allSent(page);
  await panel(page).getByRole("button", { name: "Close" }).tap();
  await panel(page).waitFor({ state: "detached" });
  await page.evaluate(() => scrollTo(0, 600));
  assert.equal(await page.evaluate(() => scrollY), 600);
  await page.goto(`${story.shop.url}/help/`);
  await launcher(page).tap();
  await assertLog(page, "Back in a minute");
});
