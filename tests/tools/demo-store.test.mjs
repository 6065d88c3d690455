// The demo store: its pages, its catalogue in the settings, and its cart's sums.
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { build } from "../../www/build.mjs";
import { loadCatalogue, productPath } from "../../www/catalogue.mjs";
import { demoSettings } from "../../www/settings.mjs";
import { decodeCart, EMPTY_CART, totals, withLine, withQuantity, withVoucher, withoutLine } from "../../www/static/scripts/cart.js";

const catalogue = await loadCatalogue();
const settings = JSON.parse(await readFile(new URL("../../stores/demo.json", import.meta.url), "utf8"));

describe("pages", () => {
  let folder;
  let pages;
  let files;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "openline-pages-"));
    await build(folder);
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
    files = new Set(paths.map((path) => path.slice(folder.length)));
    const htmlFiles = [...files].filter((path) => path.endsWith(".html"));
    pages = new Map(await Promise.all(htmlFiles.map(async (path) => [path, await readFile(join(folder, path), "utf8")])));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test("carry the script tag once, as a merchant pastes it", () => {
    for (const [path, html] of pages) {
      const debug = path.startsWith("/demo/moments/") ? " data-debug" : "";
      assert.equal(html.split(`<script async src="/openline.js" data-store="demo"${debug}></script>`).length, 2, path);
      assert.equal(html.split("openline").length, 2, `${path} knows more of the widget than its tag`);
    }
  });

  test("hold under a strict content security policy, and ask nobody else for anything", () => {
    for (const [path, html] of pages) {
      assert.doesNotMatch(html, /\sstyle=|<style|\son[a-z]+=/, path);
      for (const [tag] of html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>/g)) assert.equal(tag, '<script type="application/ld+json">', path);
      for (const [, address] of html.matchAll(/<(?:script|img|link rel="(?:stylesheet|icon)")[^>]*?\s(?:src|href)="([^"]*)"/g)) {
        assert.match(address, /^\/(?!\/)/, path);
      }
    }
  });

  test("link to what exists", () => {
    for (const [path, html] of pages) {
      for (const [, address] of html.matchAll(/\s(?:href|src)="(\/[^"]*)"/g)) {
        if (address === "/openline.js") continue;
        const [file, fragment] = address.replace(/\?[^#]*/, "").split("#");
        const target = file.endsWith("/") ? `${file}index.html` : file;
        assert.ok(files.has(target), `${path} links to ${address}`);
        if (fragment) assert.ok(pages.get(target).includes(`id="${fragment}"`), `${path} links to ${address}`);
      }
    }
  });

  test("name no id twice, and label every field", () => {
    for (const [path, html] of pages) {
      const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      assert.deepEqual(ids, [...new Set(ids)], path);
      for (const [, id] of html.matchAll(/<(?:input|select)[^>]*\sid="([^"]*)"/g)) assert.ok(html.includes(`for="${id}"`), `${path}: ${id}`);
      for (const [image] of html.matchAll(/<img [^>]*>/g)) assert.match(image, /\salt="/, `${path}: ${image}`);
    }
  });

  test("describe each product in JSON-LD, variant by variant", () => {
    for (const product of catalogue.products) {
      const html = pages.get(`${productPath(product)}index.html`);
      const data = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(([, json]) => JSON.parse(json));
      const described = data.find((block) => block["@type"] === "Product");
      const offers = [described.offers].flat();
      assert.equal(described.sku, product.id);
      assert.deepEqual(
        offers.map(({ sku, price, priceCurrency, availability }) => [sku, price, priceCurrency, availability]),
        product.variants.map((variant) => [
          variant.id, (variant.price_minor / 100).toFixed(2), "EUR", `https://schema.org/${variant.in_stock ? "InStock" : "OutOfStock"}`,
        ]),
      );
      assert.ok(data.some((block) => block["@type"] === "BreadcrumbList"), product.slug);
      assert.ok(data.some((block) => block["@type"] === "Organization"), product.slug);
    }
  });

  test("show a picture of its own for every product", async () => {
    const drawings = await Promise.all(catalogue.products.map(({ slug }) => readFile(join(folder, "images", `${slug}.svg`), "utf8")));
    assert.equal(new Set(drawings).size, catalogue.products.length);
    for (const drawing of drawings) assert.doesNotMatch(drawing, /<script|\son[a-z]+=|NaN|undefined/);
  });
});

describe("settings", () => {
  test("have the shop's catalogue, as node www/settings.mjs writes it", async () => {
    assert.equal(await readFile(new URL("../../stores/demo.json", import.meta.url), "utf8"), await demoSettings());
  });

  test("give every variant an id of its own, and a price", () => {
    const ids = catalogue.products.flatMap(({ id, variants }) => [...new Set([id, ...variants.map((variant) => variant.id)])]);
    assert.equal(new Set(ids).size, ids.length);
    for (const product of catalogue.products) {
      for (const { price_minor: price } of product.variants) assert.ok(Number.isSafeInteger(price) && price > 0, product.id);
      const known = new Set(product.variants.map(({ id }) => id));
      for (const id of product.sold_out) assert.ok(known.has(id), `${product.slug} has no variant ${id}`);
    }
  });

  test("suggest only what they can answer", () => {
    const labels = new Set(settings.answers.map(({ label }) => label));
    const suggested = [
      ...settings.greeting.quick_replies.map(({ label }) => label),
      ...settings.answers.flatMap(({ quick_replies: replies = [] }) => replies),
      ...settings.rules.flatMap((rule) => rule.quick_replies ?? []),
    ];
    for (const label of suggested) {
      assert.ok(labels.has(label), label);
      assert.ok(label.length <= 20, `Messenger shows 20 characters of ${label}`);
    }
  });

  test("say the opening hours as everybody else does", async () => {
    const said = settings.answers.find(({ id }) => id === "hours").text;
    const pages = await Promise.all(["help", "layout"].map((name) => readFile(new URL(`../../www/pages/${name}.mjs`, import.meta.url), "utf8")));
    for (const { open, close } of settings.hours) {
      const hours = `${open.replace(/^0/, "")}–${close}`;
      for (const text of [said, ...pages]) assert.ok(text.includes(hours), hours);
    }
  });

  test("say what the help page says of delivery", () => {
    const said = settings.answers.map(({ text }) => text).join("\n");
    for (const { price_minor: price, free_from_minor: freeFrom, time } of catalogue.delivery.filter(({ price_minor: price }) => price > 0)) {
      assert.ok(said.includes(`€${(price / 100).toFixed(2)}`), `€${price / 100}`);
      assert.ok(said.includes(`€${freeFrom / 100}`), `€${freeFrom / 100}`);
      assert.ok(said.includes(time), time);
    }
  });
});

describe("cart", () => {
  const line = { sku: "A", title: "Tea", variant: "", category: "Tea", url: "/products/tea/", image: "/images/tea.svg", priceMinor: 1005, quantity: 2 };
  const delivery = { priceMinor: 495, freeFromMinor: 3500 };

  test("adds to the line of the same sku, up to twenty", () => {
    const twice = withLine(withLine(EMPTY_CART, line), line);
    assert.deepEqual(twice.lines.map(({ quantity }) => quantity), [4]);
    assert.equal(withQuantity(twice, "A", 99).lines[0].quantity, 20);
    assert.equal(withQuantity(twice, "A", Number.NaN).lines[0].quantity, 1);
    assert.deepEqual(withoutLine(twice, "A").lines, []);
  });

  test("comes to goods less voucher plus delivery", () => {
    const cart = withLine(EMPTY_CART, line);
    assert.deepEqual(totals(EMPTY_CART, delivery), { subtotal: 0, discount: 0, goods: 0, shipping: 0, total: 0, untilFree: 0 });
    assert.deepEqual(totals(cart, delivery), { subtotal: 2010, discount: 0, goods: 2010, shipping: 495, total: 2505, untilFree: 1490 });
    assert.deepEqual(totals(withQuantity(cart, "A", 4), delivery), { subtotal: 4020, discount: 0, goods: 4020, shipping: 0, total: 4020, untilFree: 0 });
    assert.equal(withVoucher(cart, "nonsense"), null);
    assert.deepEqual(totals(withVoucher(cart, " harbour10 "), delivery), { subtotal: 2010, discount: 201, goods: 1809, shipping: 495, total: 2304, untilFree: 1691 });
  });

  test("keeps only whole lines of what storage holds", () => {
    for (const value of [null, 1, "x", [], {}, { lines: "x" }, { lines: [null, 1, {}, { ...line, priceMinor: "1" }, { ...line, url: "javascript:alert(1)" }] }]) {
      assert.deepEqual(decodeCart(value), EMPTY_CART, JSON.stringify(value));
    }
    const cart = { lines: [line], voucher: "HARBOUR10" };
    assert.deepEqual(decodeCart(JSON.parse(JSON.stringify(cart))), cart);
  });
});
