// The panel's frame: what a shopper sees and may do from the tap on until the chat's program has arrived.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { listenTo, pageWith, startStubEdge } from "./loader-stub.mjs";
import { startPanelEdge } from "./panel-edge.mjs";

const program = "/chat_bg.wasm";
let edge, talk, shop, browser, page, heard;

before(async () => {
  const dist = (name) => readFile(new URL(`../../dist/${name}`, import.meta.url));
  edge = await startStubEdge({ "/chat.js": ["text/javascript", await dist("chat.js")], [program]: ["application/wasm", await dist("chat_bg.wasm")] });
  talk = await startPanelEdge();
  edge.settings = talk.settings;
  shop = await startShop({ edgeUrl: edge.url });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await talk?.stop();
  await edge?.stop();
});

beforeEach(async () => {
  await page?.context().close();
  talk.conversations.clear();
  page = await (await newDesktop(browser)).newPage();
  page.setDefaultTimeout(10_000);
  heard = listenTo(page);
  edge.requests.length = 0;
  edge.broken.clear();
  edge.release();
  edge.held.add(program);
  shop.pages = { "/": pageWith() };
  await page.goto(shop.url, { waitUntil: "commit" });
});

const launcher = (name = "Open chat") => page.getByRole("button", { name, exact: true });
const panel = () => page.getByRole("dialog", { name: "Harbour Coffee" });
const composer = () => page.getByRole("textbox", { name: "Message", exact: true });
const transcript = () => page.getByRole("log", { name: "Conversation" });
const hasFocus = (locator) => locator.evaluate((element) => element.getRootNode().activeElement === element);

async function tap() {
  await launcher().click();
  await panel().waitFor();
  await until(() => edge.requests.includes(program), { what: "a request for the program" });
}

async function arrive() {
  edge.release();
  await transcript().waitFor();
}

test("the composer is there before the program, and what was typed, its selection and the focus stay", async () => {
  await tap();
  assert.equal(await launcher("Close chat").count(), 1);
  assert.equal(await hasFocus(composer()), true);
  await page.keyboard.type("Which grinder?");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  const before = await panel().boundingBox();
  assert.equal(await transcript().count(), 0);
  await arrive();
  assert.equal(await panel().count(), 1);
  assert.deepEqual(await panel().boundingBox(), before);
  assert.equal(await composer().inputValue(), "Which grinder?");
  assert.deepEqual(await composer().evaluate((field) => [field.selectionStart, field.selectionEnd]), [0, 1]);
  assert.equal(await hasFocus(composer()), true);
  await page.keyboard.press("Escape");
  await panel().waitFor({ state: "detached" });
  assert.equal(await hasFocus(launcher()), true);
  await launcher().click();
  assert.equal(await composer().inputValue(), "Which grinder?");
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("what is sent before the program is there is sent when it is, once", async () => {
  await tap();
  await page.keyboard.type("one");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type("two");
  await page.keyboard.press("Enter");
  await page.keyboard.type("not any more");
  assert.equal(await page.getByRole("button", { name: "Send" }).isDisabled(), true);
  await arrive();
  await transcript().getByText("one\ntwo").waitFor();
  assert.deepEqual(await transcript().locator(".ours").count(), 1);
  assert.equal(await composer().inputValue(), "");
});

test("closed by Escape or its button it stays closed when the program comes, and keeps what was typed", async () => {
  for (const close of [() => page.keyboard.press("Escape"), () => panel().getByRole("button", { name: "Close" }).click()]) {
    await tap();
    await page.keyboard.type("a");
    await close();
    await panel().waitFor({ state: "detached" });
    assert.equal(await hasFocus(launcher()), true);
  }
  edge.release();
  await until(async () => (await launcher().getAttribute("aria-busy")) === "false", { what: "the mounted chat" });
  assert.equal(await panel().count(), 0);
  await launcher().click();
  await transcript().waitFor();
  assert.equal(await composer().inputValue(), "aa");
});

test("where the program does not come the frame goes, and the next tap tries again", async () => {
  await tap();
  await page.keyboard.type("kept");
  edge.broken.add(program);
  edge.release();
  await panel().waitFor({ state: "detached" });
  await until(async () => (await launcher().getAttribute("title")) === "Chat is not available right now", { what: "the excuse" });
  assert.equal(heard.lines.length, 1);
  edge.broken.clear();
  await launcher().click();
  await transcript().waitFor();
  assert.equal(await composer().inputValue(), "kept");
});

test("a frame that was never wanted is not seen", async () => {
  await launcher().hover();
  await until(() => edge.requests.includes(program), { what: "a request for the program" });
  assert.equal(await panel().count(), 0);
  edge.release();
  await until(() => page.evaluate(() => document.querySelectorAll("openline-chat").length === 1));
  await launcher().click();
  await transcript().waitFor();
  assert.equal(await hasFocus(composer()), true);
});
