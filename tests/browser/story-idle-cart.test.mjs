// A cart lies idle, and the store offers help; when, and in which words, is the store's to say.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newDesktop } from "../harness/browser.mjs";
import { assertLog, card, demo, eventually, launcher, openPage, panel, ruleText, say, shoot, signed, startStory } from "./story.mjs";

let story;
before(async () => { story = await startStory(); });
after(() => story?.stop());

/** A page over a filled cart, whose clock the test moves. */
async function sitOverCart(t) {
  const context = await newDesktop(story.browser);
  t.after(() => context.close());
  await context.clock.install();
  await context.addInitScript(() => { window.openedAt = Date.now(); });
  const loaded = [];
  context.on("requestfinished", (request) => {
    if (request.url().includes("/sense_bg.wasm")) loaded.push(request.frame().url());
  });
  const page = await openPage(context, `${story.shop.url}/products/slack-water/`);
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("link", { name: "View cart" }).click();
  await page.getByRole("heading", { level: 1, name: /cart/i }).waitFor();
  await launcher(page).waitFor();
  await eventually("the sensors", () => loaded.includes(page.url()));
  return page;
}

/** Lets time pass, a little at a time, until the card is there; gives for how long the page had been open by its own clock. */
async function secondsUntilAsked(page) {
  await eventually("the card", async () => {
    await page.clock.runFor(2_000);
    return await card(page).count() > 0;
  });
  return page.evaluate(() => (Date.now() - window.openedAt) / 1_000);
}

test("over an idle cart the card offers help, and the talk begins with it", async (t) => {
  const page = await sitOverCart(t);
  const seconds = await secondsUntilAsked(page);
  assert.ok(seconds >= 19, `asked after ${seconds} s`);
  await card(page).getByText(ruleText("waiting-cart")).waitFor();
  await shoot(page, "desktop-card-cart");
  await card(page).getByRole("button", { name: "Why am I seeing this?" }).click();
  await card(page).getByText("Your cart has been waiting for a while").waitFor();
  await page.clock.runFor(2_000);
  await card(page).getByRole("button", { name: "Reply" }).click();
  await say(page, "Is delivery free from here?");
  await assertLog(page, ruleText("waiting-cart"), "Is delivery free from here?", demo.answers.find(({ id }) => id === "shipping").text);
  assert.deepEqual(page.heard.errors, []);
});

test("turned down, it does not come again, here or on the next page", async (t) => {
  const page = await sitOverCart(t);
  await secondsUntilAsked(page);
  await page.clock.runFor(2_000);
  await card(page).getByRole("button", { name: "Not now" }).click();
  await card(page).waitFor({ state: "detached" });
  await page.reload();
  await launcher(page).waitFor();
  for (let minute = 0; minute < 3; minute += 1) await page.clock.runFor(60_000);
  assert.equal(await card(page).count(), 0);
  assert.equal(await panel(page).count(), 0);
});

test("a store changes when it asks, and its words, by a signed call", async (t) => {
  const text = "Anything we can weigh out for you?";
  const changed = structuredClone(demo);
  changed.moments.idle_cart_seconds = 90;
  changed.rules.find(({ id }) => id === "waiting-cart").text = text;
  await signed(story.edge, "PUT", "/v1/demo/settings", changed);
  const page = await sitOverCart(t);
  const seconds = await secondsUntilAsked(page);
  await card(page).getByText(text).waitFor();
  assert.ok(seconds >= 89, `asked after ${seconds} s`);
});
