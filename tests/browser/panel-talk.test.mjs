// The panel against an edge in hand: talking, and nothing lost or twice on the way.
import assert from "node:assert/strict";
import { after, before, beforeEach, afterEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startPanelEdge } from "./panel-edge.mjs";
import { bubbles, kept, openPanel, say, visit } from "./panel-visit.mjs";

let browser, edge, context;
before(async () => { browser = await launchBrowser(); });
after(async () => { await browser?.close(); });
beforeEach(async () => {
  edge = await startPanelEdge();
  context = await newDesktop(browser);
});
afterEach(async () => {
  await context.close();
  await edge.stop();
});

test("a shopper opens, writes, is answered, and finds it all again after a reload", async () => {
  const page = await visit(context, edge);
  assert.deepEqual(await kept(page), {}, "nothing is stored before the shopper acts");
  assert.deepEqual(edge.requests.filter((line) => line.includes("/v1/")), [], "nothing is asked either");
  await openPanel(page);
  await page.getByText(edge.settings.greeting.text).waitFor();
  await say(page, "Do you have decaf?");
  await until(() => edge.said().length === 1, { what: "the message at the edge" });
  assert.equal(edge.only().frames.find((frame) => frame.say).say.opening, "greeting");
  assert.equal(edge.only().frames.find((frame) => frame.say).say.page.product, "beans-1");
  edge.say("We do: Harbour Night.");
  await page.getByText("We do: Harbour Night.").waitFor();
  await page.getByText("Sent").waitFor();
  assert.deepEqual(await bubbles(page), [edge.settings.greeting.text, "Do you have decaf?", "We do: Harbour Night."]);
  await page.reload();
  await page.getByText("We do: Harbour Night.").waitFor();
  assert.deepEqual(await bubbles(page), [edge.settings.greeting.text, "Do you have decaf?", "We do: Harbour Night."]);
  assert.equal(edge.conversations.size, 1);
});

test("what is written without a network is kept over a reload and sent once", async () => {
  const page = await visit(context, edge);
  await openPanel(page);
  await until(() => edge.socketCount === 1, { what: "the socket" });
  edge.mute = true;
  await say(page, "first");
  await say(page, "second");
  await page.getByText("Sending").waitFor();
  await page.reload();
  await page.waitForFunction(() => window.chat);
  await page.getByText("second").waitFor();
  edge.mute = false;
  edge.dropSockets();
  await until(() => edge.said().length === 2, { what: "both messages at the edge" });
  assert.deepEqual(edge.said().map((message) => message.content.text), ["first", "second"]);
  await page.getByText("Sent").waitFor();
  assert.deepEqual(await bubbles(page), [edge.settings.greeting.text, "first", "second"]);
  assert.equal((await kept(page))["openline:demo:outbox"], undefined);
});

test("two tabs show the same conversation", async () => {
  const one = await visit(context, edge);
  await openPanel(one);
  await say(one, "from one");
  await until(() => edge.said().length === 1);
  const other = await visit(context, edge, "/other");
  await other.getByText("from one").waitFor();
  await say(other, "from the other");
  await one.getByText("from the other").waitFor();
  assert.equal(edge.conversations.size, 1);
  assert.deepEqual(await bubbles(one), await bubbles(other));
});

test("where sockets are blocked the panel polls", async () => {
  edge.blockSockets = true;
  const page = await visit(context, edge);
  await openPanel(page);
  await say(page, "is anybody there?");
  await until(() => edge.said().length === 1, { what: "the message over polling", timeoutMs: 20_000 });
  edge.say("Yes!");
  await page.getByText("Yes!").waitFor({ timeout: 20_000 });
  // What is written between two questions is not passed over by the answer to what the shopper says then.
  edge.say("What is it about?");
  await say(page, "a grinder");
  await page.getByText("Sent").waitFor();
  assert.deepEqual(await bubbles(page), [edge.settings.greeting.text, "is anybody there?", "Yes!", "What is it about?", "a grinder"]);
});

test("a page whose elements hide its own properties can be written from", async () => {
  const page = await visit(context, edge);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML("beforeend", '<img name="title" alt="">');
    document.querySelector("script[type='application/ld+json']").textContent = '{"@type":"Product","sku":{"toString":1}}';
  });
  await openPanel(page);
  await say(page, "hello");
  await until(() => edge.said().length === 1, { what: "the message at the edge" });
  const { title, product } = edge.only().frames.find((frame) => frame.say).say.page;
  assert.deepEqual([title, product], [undefined, undefined]);
});

test("too fast: the message is kept, the shopper is told kindly, and it goes a little later", async () => {
  const page = await visit(context, edge);
  await openPanel(page);
  await until(() => edge.socketCount === 1);
  edge.slowDown = 700;
  await say(page, "quick");
  await page.getByText("That was quick!").waitFor();
  await until(() => edge.said().length === 1);
  assert.deepEqual(await bubbles(page), [edge.settings.greeting.text, "quick"]);
});
