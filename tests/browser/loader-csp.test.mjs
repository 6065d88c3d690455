// The loader under the strictest policies that it promises to hold under.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { listenTo, pageWith, startStubEdge } from "./loader-stub.mjs";

let edge, shop, browser;

before(async () => {
  edge = await startStubEdge();
  shop = await startShop({ edgeUrl: edge.url, pages: { "/": pageWith() } });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await edge?.stop();
});

async function visit(policy) {
  shop.headers = { "content-security-policy": policy };
  const page = await (await newDesktop(browser)).newPage();
  const heard = listenTo(page);
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await page.goto(shop.url);
  await page.getByRole("button", { name: "Open chat", exact: true }).waitFor();
  return { page, heard };
}

test("a strict policy with Trusted Types lets everything work", async () => {
  const { page, heard } = await visit(
    `default-src 'none'; script-src ${edge.url} 'wasm-unsafe-eval'; connect-src ${edge.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
  );
  await until(() => page.evaluate(() => window.senseStub));
  await page.getByRole("button", { name: "Open chat", exact: true }).click();
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  const box = await page.getByRole("button", { name: "Close chat", exact: true }).boundingBox();
  assert.deepEqual([box.width, box.height], [56, 56]);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("where WebAssembly is refused the launcher stays, with one line in the console", async () => {
  const { page, heard } = await visit(`default-src 'none'; script-src ${edge.url}; connect-src ${edge.url}`);
  await until(() => heard.lines.length > 0);
  await page.getByRole("button", { name: "Open chat", exact: true }).click();
  await until(() => page.getByRole("button", { name: "Open chat", exact: true }).getAttribute("title"));
  assert.equal(heard.lines.length, 1);
  assert.match(heard.lines[0], /WebAssembly/);
  assert.deepEqual(heard.errors, []);
});
