// A shopper at a desk, from the home page to a conversation that survives whatever happens to pages and networks.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { newDesktop } from "../harness/browser.mjs";
import {
  allSent, assertLog, card, composer, demo, eventually, hears, launcher, moveToLeaveUntilAsked, openPage, openPanel, panel, ruleText, say, shoot, startStory,
} from "./story.mjs";

let story;
before(async () => { story = await startStory(); });
after(() => story?.stop());

const answered = demo.answers.find(({ id }) => id === "shipping").text;
const markup = "<img src=x onerror=alert(1)> & <b>bold</b>";

for (const origin of ["shop", "edge"]) {
  test(`asked on leaving, the shopper talks, on ${origin === "shop" ? "the shop's own origin" : "the edge's origin"}`, async (t) => {
    const context = await newDesktop(story.browser);
    t.after(() => context.close());
    const page = await openPage(context, `${story[origin].url}/`);
    const alerts = [];
    context.on("dialog", (dialog) => { alerts.push(dialog.message()); dialog.dismiss(); });
    await launcher(page).waitFor();
    await shoot(page, `desktop-home-${origin}`);
    await page.getByRole("main").getByRole("link", { name: /Slack Water/ }).first().click();
    await page.getByRole("heading", { level: 1, name: "Slack Water" }).waitFor();
    await launcher(page).waitFor();

    await moveToLeaveUntilAsked(page);
    await card(page).getByText(ruleText("leaving")).waitFor();
    await shoot(page, `desktop-card-${origin}`);
    await card(page).getByRole("button", { name: "Why am I seeing this?" }).click();
    await card(page).getByText("You were about to leave the page").waitFor();
    await shoot(page, `desktop-card-why-${origin}`);
    await card(page).getByRole("button", { name: "Reply" }).click();
    await panel(page).waitFor();
    await assertLog(page, ruleText("leaving"));
    await shoot(page, `desktop-panel-opened-${origin}`);

    await say(page, "How long does delivery take?");
    await assertLog(page, ruleText("leaving"), "How long does delivery take?", answered);
    await say(page, markup);
    await hears(page, markup);
    await allSent(page);
    await shoot(page, `desktop-talk-${origin}`);
    assert.deepEqual(alerts, []);

    const whole = [ruleText("leaving"), "How long does delivery take?", answered, markup];
    await page.goto(`${story[origin].url}/shop/`);
    await assertLog(page, ...whole);
    await page.reload();
    await assertLog(page, ...whole);
    const refused = page.heard.lines.filter((line) => line.includes("Content Security Policy"));
    assert.deepEqual([page.heard.errors, alerts, refused], [[], [], []]);
  });
}

test("the same conversation in a new page, a second tab, and after a lost network", async (t) => {
  const context = await newDesktop(story.browser);
  t.after(() => context.close());
  const first = await openPage(context, `${story.shop.url}/products/slack-water/`);
  await openPanel(first);
  await say(first, "One: where is my order?");
  await allSent(first);
  await first.close();

  const page = await openPage(context, `${story.shop.url}/`);
  await hears(page, "One: where is my order?");
  const tab = await openPage(context, `${story.shop.url}/help/`);
  await hears(tab, "One: where is my order?");
  await say(tab, "Two: from the other tab");
  await hears(page, "Two: from the other tab");
  await say(page, "Three: and back");
  await hears(tab, "Three: and back");

  await context.setOffline(true);
  await panel(page).getByText("You are offline").waitFor();
  await say(page, "Four: without a network");
  await say(page, "Five: still without");
  await shoot(page, "desktop-offline");
  await context.setOffline(false);
  await hears(tab, "Five: still without");
  await allSent(page);
  const whole = ["One: where", "Two: from", "Three: and", "Four: without", "Five: still"];
  for (const shown of [page, tab]) await assertLog(shown, ...whole);
  await page.reload();
  await assertLog(page, ...whole);
  assert.deepEqual([page.heard.errors, tab.heard.errors], [[], []]);
});

test("a draft stays over pages, Escape closes, Enter sends", async (t) => {
  const context = await newDesktop(story.browser);
  t.after(() => context.close());
  const page = await openPage(context, `${story.shop.url}/`);
  await openPanel(page);
  await eventually("the focus in the composer", () => composer(page).evaluate((box) => box.getRootNode().activeElement === box));
  await composer(page).fill("Not yet sent");
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "hidden" });
  await page.goto(`${story.shop.url}/help/`);
  await openPanel(page);
  assert.equal(await composer(page).inputValue(), "Not yet sent");
  await composer(page).press("Enter");
  await hears(page, "Not yet sent");
  assert.equal(await composer(page).inputValue(), "");
});
