// The edge is away: before the shopper noticed, and in the middle of a sentence.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { newDesktop } from "../harness/browser.mjs";
import { allSent, assertLog, eventually, hears, launcher, log, openPage, openPanel, panel, say, shoot, startStory } from "./story.mjs";

let story;
before(async () => { story = await startStory(); });
after(() => story?.stop());

const nowhere = "http://localhost:9";

async function visit(t, path = "/products/slack-water/") {
  const context = await newDesktop(story.browser);
  t.after(() => context.close());
  return { context, open: () => openPage(context, story.shop.url + path) };
}

const buy = async (page) => {
  await page.getByRole("button", { name: "Add to cart" }).click();
  await page.getByRole("link", { name: "View cart" }).waitFor();
};
const ours = (page) => page.heard.lines.filter((line) => line.startsWith("[openline]"));

test("with no edge there is no widget, and the page is as its shop made it", async (t) => {
  t.after(() => { story.shop.edgeUrl = story.edge.url; });
  story.shop.edgeUrl = nowhere;
  const { open } = await visit(t);
  const page = await open();
  await buy(page);
  assert.equal(await page.locator("openline-chat").count(), 0);
  assert.deepEqual(page.heard.errors, []);
});

test("with the script in the browser's cache and no edge, the page is untouched and one line says why", async (t) => {
  const { context, open } = await visit(t);
  const script = await readFile(new URL("../../dist/openline.js", import.meta.url));
  t.after(() => { story.shop.edgeUrl = story.edge.url; });
  story.shop.edgeUrl = nowhere;
  await context.route(`${nowhere}/openline.js`, (route) => route.fulfill({ body: script, contentType: "text/javascript" }));
  const page = await open();
  await buy(page);
  await eventually("the line in the console", () => ours(page).length > 0);
  await launcher(page).click();
  await page.getByTitle("Chat is not available right now").waitFor();
  await shoot(page, "desktop-dead-edge");
  await launcher(page).click();
  await buy(page);
  assert.deepEqual([ours(page).length, page.heard.errors], [1, []]);
});

test("cut off while chatting, what was said arrives once, in order", async (t) => {
  const { context, open } = await visit(t);
  const page = await open();
  await openPanel(page);
  await say(page, "One: before the cut");
  await allSent(page);
  await say(page, "Two: into the cut");
  await story.edge.kill9();
  await say(page, "Three: while it is dark");
  await panel(page).getByText("cannot be reached just now").waitFor();
  await shoot(page, "desktop-cut-off");
  await say(page, "Four: still dark");
  await hears(page, "Four: still dark");
  await page.reload();
  await hears(page, "Four: still dark");
  await story.edge.start();
  await allSent(page);
  const whole = ["One: before", "Two: into", "Three: while", "Four: still"];
  await assertLog(page, ...whole);
  const other = await openPage(context, `${story.shop.url}/`);
  await assertLog(other, ...whole);
  await say(other, "Five: light again");
  await assertLog(page, ...whole, "Five: light");
  await page.reload();
  await assertLog(page, ...whole, "Five: light");
  assert.equal(await log(page).getByText("Not sent").count(), 0);
  assert.deepEqual(page.heard.errors, []);
});
