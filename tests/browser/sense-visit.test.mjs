// Visits of several pages and visits on phones, through the whole built widget: what is noticed, and with whose consent.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, newDesktop, newPhone } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { startBuiltEdge } from "./built-edge.mjs";
import { pageWith } from "./loader-stub.mjs";
import { looked, newWatchedPage, noticed, skippableTime } from "./watched-page.mjs";

let edge, shop, browser;

before(async () => {
  edge = await startBuiltEdge();
  shop = await startShop({ edgeUrl: edge.url });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await edge?.stop();
});

const long = `<p style="height: 9000px">Much to read.</p>`;
const described = (id) => `<script type="application/ld+json">${JSON.stringify({ "@context": "https://schema.org", "@type": "Product", sku: id, name: `Beans ${id}` })}</script>`;

/** A visitor before a shop of four pages. */
async function arrive(t, newVisitor, { init } = {}) {
  const page = pageWith({ body: long });
  shop.pages = {
    "/about/": page, "/cart/": page, "/checkout/": page,
    "/products/a/": pageWith({ head: described("a"), body: long }), "/products/b/": pageWith({ head: described("b"), body: long }),
  };
  const context = await newVisitor(browser);
  t.after(() => context.close());
  const visitor = await newWatchedPage(context);
  if (init) await visitor.addInitScript(init);
  return visitor;
}

async function open(page, path, { consent } = {}) {
  edge.requests.length = 0;
  await page.goto(shop.url + path);
  await looked(page, edge);
  if (consent !== undefined) await page.evaluate((granted) => window.openline.consent(granted), consent);
}

/** Scrolls as a finger does that lets go, at so many pixels a second. */
async function swipe(page, distance, speed) {
  await page.evaluate(([by, pixelsPerSecond]) => new Promise((resolve) => {
    const [from, startedMs] = [scrollY, performance.now()];
    const step = () => {
      const passed = Math.min(1, ((performance.now() - startedMs) * pixelsPerSecond) / 1000 / Math.abs(by));
      scrollTo({ top: from + by * passed, behavior: "instant" });
      if (passed < 1) requestAnimationFrame(step);
      else resolve();
    };
    requestAnimationFrame(step);
  }), [distance, speed]);
}

/** The shopper looks at something else for so long. */
async function goElsewhere(page, ms) {
  await page.evaluate(async (awayMs) => {
    const show = (hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    };
    show(true);
    window.skip(awayMs);
    show(false);
  }, ms);
}

const rested = (page, ms) => page.evaluate((forMs) => new Promise((resolve) => { setTimeout(resolve, forMs); }), ms);
const momentsOf = (page) => page.evaluate(() => window.moments);

test("on a phone, a flick back up after reading is a leave", async (t) => {
  const page = await arrive(t, newPhone);
  await open(page, "/about/");
  await swipe(page, 3000, 1800);
  await rested(page, 1_200);
  await swipe(page, -2900, 5000);
  assert.deepEqual(await noticed(page, "exit"), ["exit"]);
  assert.deepEqual(page.heard, { errors: [], lines: [] });
});

test("on a phone, going up to the menu is none", async (t) => {
  const page = await arrive(t, newPhone);
  await open(page, "/about/");
  await swipe(page, 3000, 1800);
  await rested(page, 1_200);
  await swipe(page, -3000, 900);
  await page.touchscreen.tap(100, 100);
  await rested(page, 1_000);
  assert.deepEqual(await momentsOf(page), []);
});

test("on a phone, who goes away again and again and turns back is leaving; who comes back once is not", async (t) => {
  const page = await arrive(t, newPhone, { init: skippableTime });
  await open(page, "/products/a/");
  await swipe(page, 300, 1500);
  await goElsewhere(page, 12_000);
  await rested(page, 600);
  await swipe(page, 200, 1500);
  await rested(page, 600);
  await swipe(page, -400, 600);
  await rested(page, 1_000);
  assert.deepEqual(await momentsOf(page), []);
  await swipe(page, 300, 1500);
  await goElsewhere(page, 12_000);
  await rested(page, 600);
  await swipe(page, 200, 1500);
  await rested(page, 600);
  await swipe(page, -450, 600);
  assert.deepEqual(await noticed(page, "exit"), ["exit"]);
});

const visits = {
  "goes to and fro between two products": { paths: ["/products/a/", "/products/b/", "/products/a/", "/products/b/", "/products/a/"], trigger: "indecision" },
  "comes back from the checkout again and again": { paths: ["/cart/", "/checkout/", "/cart/", "/checkout/", "/cart/", "/checkout/", "/cart/"], trigger: "hesitation" },
};

for (const [what, { paths, trigger }] of Object.entries(visits)) {
  test(`with consent it is noticed who ${what}`, async (t) => {
    const page = await arrive(t, newPhone);
    const moments = [];
    for (const path of paths) {
      await open(page, path, { consent: true });
      await rested(page, 300);
      moments.push(...await momentsOf(page));
    }
    assert.ok(moments.includes(trigger), `${trigger} among ${moments}`);
    assert.deepEqual(page.heard, { errors: [], lines: [] });
  });
}

test("without consent every page is the visit's first", async (t) => {
  const page = await arrive(t, newDesktop);
  for (const path of visits["goes to and fro between two products"].paths) {
    await open(page, path);
    assert.deepEqual([await momentsOf(page), await page.evaluate(() => sessionStorage.length + localStorage.length)], [[], 0], path);
  }
});
