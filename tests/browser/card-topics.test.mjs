// What the card shows beside the rule's words: the products of the moment, or the size guide; only what the page states.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { card, fire, moments, openCardPage, products, startCardEdge } from "./card-page.mjs";

let edge, shop, browser, context, page;

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

beforeEach(async () => {
  await context?.close();
  context = await newDesktop(browser);
});

async function show(moment, options) {
  page = await openCardPage(context, shop, options);
  await fire(page, moment);
  await card(page).waitFor();
}

const table = () => card(page).getByRole("table", { name: "Side by side" });
const rows = async () => (await table().getByRole("row").allInnerTexts()).map((row) => row.split("\t").map((cell) => cell.trim()));

test("two products stand side by side, with prices, stock, and up to four things that differ", async () => {
  await show(moments.choose);
  assert.deepEqual(await rows(), [
    ["", "Slack Water", "Lodestar Decaf"],
    ["Price", "from €13.50", "€14.50"],
    ["Availability", "In stock", "Sold out"],
    ["Roast", "Medium dark", "Medium"],
    ["Origin", "Brazil, Ethiopia", "Colombia"],
    ["Acidity", "Low", "Bright"],
  ]);
  assert.equal(await table().getByRole("link", { name: "Lodestar Decaf" }).getAttribute("href"), `${shop.url}/products/lodestar-decaf/`);
  await until(() => table().locator("img").evaluateAll((images) => images.length === 2 && images.every((image) => image.complete && image.naturalWidth > 0)));
});

test("prices are written as the shopper's language writes them", async () => {
  await show(moments.choose, { lang: "de-DE" });
  const cells = await card(page).getByRole("table").getByRole("cell").allInnerTexts();
  assert.deepEqual(cells.filter((text) => text.includes("€")).map((text) => text.replaceAll("\u00a0", " ")), ["ab 13,50 €", "14,50 €"]);
});

test("what is hostile or broken in a description is text, or nothing", async () => {
  const hostile = [
    { name: "<img src=x onerror=alert(1)>", url: "javascript:alert(1)", image: "javascript:alert(1)", offers: [{ price: "1e3", priceCurrency: "EUR" }, null, 5], additionalProperty: "no list" },
    { name: "B", url: "//evil.example\\@shop", image: { contentUrl: "http://127.0.0.1:9/other-origin.png" }, offers: { price: 3, priceCurrency: "NOT A CURRENCY", availability: { at: 1 } }, additionalProperty: [null, { name: {}, value: [] }, { name: "Roast", value: "<b>dark</b>" }] },
  ];
  await show({ ...moments.choose, products: hostile });
  assert.deepEqual(await rows(), [["", "<img src=x onerror=alert(1)>", "B"]]);
  assert.equal(await table().locator("img").count(), 0);
  const links = await table().getByRole("link").evaluateAll((all) => all.map(({ protocol }) => protocol));
  assert.ok(links.every((protocol) => /^https?:$/.test(protocol)), links.join());
  assert.deepEqual(page.heard, { lines: [], errors: [] });
});

const one = products[0];
for (const [what, described] of Object.entries({
  "one product": [one], "the same product twice": [one, one], "no name": [one, { offers: {} }], "nothing": [], "what is no product": [5, null],
})) {
  test(`with ${what} there is no comparison`, async () => {
    await show({ ...moments.choose, products: described });
    assert.equal(await card(page).getByRole("table").count(), 0);
    await card(page).getByRole("button", { name: "Reply" }).waitFor();
  });
}

test("a picture that does not come leaves no hole", async () => {
  await show({ ...moments.choose, products: products.map((product) => ({ ...product, image: "/no-such.png" })) });
  await until(async () => await table().locator("img").count() === 0);
});

const guides = {
  "a link": `<a href="#size-guide">Sizes</a><p id="size-guide">The guide</p>`,
  "a button": `<button type="button" data-size-guide onclick="location.hash = 'size-guide'">Sizes</button>`,
  "a summary": `<details class="size-guide" ontoggle="location.hash = 'size-guide'"><summary>Sizes</summary>The guide</details>`,
};
for (const [what, body] of Object.entries(guides)) {
  test(`the size guide is ${what} of the page's, and used as the shopper would`, async () => {
    await show(moments.size, { body });
    await card(page).getByRole("button", { name: "Size guide" }).click();
    await until(() => page.evaluate(() => location.hash === "#size-guide"));
    await card(page).waitFor({ state: "detached" });
  });
}

for (const [what, body] of Object.entries({
  "has none": "", "hides it": `<a href="#size-guide" hidden>Sizes</a>`, "has one that is no address": `<a href="javascript:void 'size-guide'">Sizes</a>`,
})) {
  test(`where the page ${what} there is no button for a size guide`, async () => {
    await show(moments.size, { body });
    assert.equal(await card(page).getByRole("button", { name: "Size guide" }).count(), 0);
  });
}
