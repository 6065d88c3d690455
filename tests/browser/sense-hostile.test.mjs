// Pages that are broken, huge, busy or odd: the widget stays alive on them, fails nowhere, and still notices who leaves.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { startShop } from "../harness/shop.mjs";
import { startBuiltEdge } from "./built-edge.mjs";
import { pageWith } from "./loader-stub.mjs";
import { leaveUntilNoticed, looked, newWatchedPage } from "./watched-page.mjs";

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

async function visit(t, { page: options = {}, context: contextOptions, init }) {
  const context = await newDesktop(browser, contextOptions);
  t.after(() => context.close());
  const page = await newWatchedPage(context);
  if (init) await page.addInitScript(init);
  edge.requests.length = 0;
  shop.pages = { "/": pageWith(options) };
  await page.goto(shop.url);
  await looked(page, edge);
  return page;
}

const json = (text) => `<script type="application/ld+json">${text}</script>`;
const script = (code) => `<script>${code}</script>`;
const product = (n) => ({ "@type": "Product", sku: `s${n}`, name: `Thing ${n}`, offers: { "@type": "Offer", price: n, priceCurrency: "EUR" } });
const deep = (levels) => `${'{"@graph":['.repeat(levels)}{"@type":"Product"}${"]}".repeat(levels)}`;

/** What stands on the page, what it does, and the errors that are its own. */
const pages = {
  "broken and odd JSON-LD": {
    page: { head: ["{ broken", "", "null", "7", '"text"', "[[[]]]", '{"@type":["Product",null,7],"sku":{},"offers":[null,{"price":{}}]}', '{"@type":"Product","name":"\\ud800","sku":"\\u0000"}', deep(2000)].map(json).join("") },
  },
  "five thousand products": {
    page: {
      head: json(JSON.stringify(Array.from({ length: 5000 }, (_, n) => product(n)))) + Array.from({ length: 300 }, (_, n) => json(JSON.stringify(product(n)))).join(""),
      body: Array.from({ length: 3000 }, (_, n) => `<article itemscope itemtype="https://schema.org/Product"><h2 itemprop="name">Thing ${n}</h2></article>`).join(""),
    },
  },
  "a dataLayer that is an object": { page: { head: script("dataLayer = { event: 'view_item', push: 7 };") } },
  "a dataLayer that is frozen": { page: { head: script("dataLayer = Object.freeze([{ event: 'view_item' }]);") } },
  "a dataLayer that comes late, and is replaced": {
    page: { body: script("setTimeout(() => { dataLayer = [{ event: 'add_to_cart' }]; }, 700); setTimeout(() => { dataLayer = []; dataLayer.push({ event: 'view_cart' }); }, 1500);") },
  },
  "a dataLayer whose push throws": {
    page: { head: script("dataLayer = []; dataLayer.push = () => { throw new Error('own push'); }; setTimeout(() => dataLayer.push({ event: 'view_item' }), 1500);") },
    own: /own push/,
  },
  "a dataLayer with a trap": {
    page: { head: script("dataLayer = [{ get event() { throw new Error('trap'); } }, new Proxy({}, { get() { throw new Error('trap'); } }), null, 1n, Symbol('x')];") },
  },
  "handlers that throw": {
    page: { head: script("for (const name of ['mousemove', 'scroll', 'mouseleave', 'focusin', 'click']) document.addEventListener(name, () => { throw new Error('own ' + name); }, true);") },
    own: /own (mousemove|scroll|mouseleave|focusin|click)/,
  },
  "a body that keeps its events to itself": {
    page: { body: script("for (const name of ['mousemove', 'scroll', 'focusin', 'click']) document.body.addEventListener(name, (event) => event.stopImmediatePropagation());") },
  },
  "natives that were bent": {
    page: { head: script("Array.prototype.extra = 1; Object.prototype.enabled = false; JSON.stringify = () => { throw new Error('bent'); }; Array.prototype.toJSON = () => 'bent';") },
  },
  "a clock that jumps back and forth": {
    init: () => {
      const [now, date] = [performance.now.bind(performance), Date.now];
      window.trueNow = now;
      let call = 0;
      performance.now = () => now() + [0, 3_600_000, -3_600_000, 0, -5][(call += 1) % 5];
      Date.now = () => date() + [0, -86_400_000, 86_400_000 * 400, 0][(call += 1) % 4];
    },
  },
  "a viewport without size": {
    init: () => {
      for (const name of ["innerWidth", "innerHeight"]) Object.defineProperty(window, name, { get: () => 0 });
    },
  },
  "a page that is zoomed": { page: { head: "<style>html { zoom: 2.5; }</style>" }, context: { deviceScaleFactor: 3 } },
  "a page from right to left": { page: { head: script("document.documentElement.dir = 'rtl'; document.documentElement.lang = 'ar';") }, context: { locale: "ar" } },
  "storage that is forbidden": {
    init: () => {
      for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
    },
  },
};

for (const [what, { own, ...options }] of Object.entries(pages)) {
  test(`who leaves ${what} is noticed, and nothing fails but the page`, async (t) => {
    const page = await visit(t, options);
    await leaveUntilNoticed(page);
    assert.deepEqual(page.heard.errors.filter((error) => !own?.test(error)), []);
    assert.deepEqual(page.heard.lines, []);
    assert.equal(await page.locator("openline-chat").count(), 1);
  });
}

test("a thousand events a second make no task long, and moments still come", async (t) => {
  const page = await visit(t, {});
  // Other programs make tasks long as well, but not each time.
  const longest = [];
  for (let round = 0; round < 3 && !(Math.min(...longest) <= 50); round += 1) longest.push(await page.evaluate(flood));
  assert.ok(Math.min(...longest) <= 50, `no task over 50 ms: ${longest}`);
  await leaveUntilNoticed(page);
  assert.deepEqual(page.heard, { errors: [], lines: [] });
});

/** Three seconds of a thousand events each, as many at once as are due; gives how long the longest task took, in ms. */
async function flood() {
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: "longtask" });
  const kinds = [
    (n) => new MouseEvent("mousemove", { bubbles: true, clientX: n % 1200, clientY: 300 + (n % 50) }),
    () => new Event("scroll", { bubbles: true }),
    () => new KeyboardEvent("keydown", { bubbles: true, code: "KeyA" }),
    (n) => new MouseEvent("click", { bubbles: true, clientX: n % 1000, clientY: 200 }),
    () => new InputEvent("input", { bubbles: true }),
  ];
  const startedAt = performance.now();
  let count = 0;
  for (let passed = 0; passed < 3_000; passed = performance.now() - startedAt) {
    for (; count < passed; count += 1) document.body.dispatchEvent(kinds[count % kinds.length](count));
    window.openline.track("view_item", { items: [{ item_id: `i${count % 700}` }] });
    await new Promise((resolve) => { setTimeout(resolve, 4); });
  }
  observer.disconnect();
  return Math.max(0, ...tasks);
}
