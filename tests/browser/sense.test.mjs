// The built sensors on a page, with real input: what they tell the chat, and that they leave the page alone.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { builtSense, listenTo, pageWith, settings, startStubEdge } from "./loader-stub.mjs";

let edge, shop, browser, page, heard;

before(async () => {
  edge = await startStubEdge(await builtSense());
  shop = await startShop({ edgeUrl: edge.url });
  browser = await launchBrowser();
});

after(async () => {
  await browser?.close();
  await shop?.stop();
  await edge?.stop();
});

beforeEach(async () => {
  await page?.context().close();
  page = await (await newDesktop(browser)).newPage();
  heard = listenTo(page);
  const rules = ["exit", "hesitation", "indecision", "idle_cart"].map((trigger) => ({ id: trigger, trigger, text: "Hi" }));
  edge.settings = { ...settings, rules, moments: { idle_cart_seconds: 1, limits: { first_seconds: 0 } } };
  shop.headers = {};
  edge.requests.length = 0;
});

/** A page whose sensors are at work. */
async function visit(options) {
  shop.pages = { "/": pageWith(options) };
  await page.goto(shop.url);
  await until(() => edge.requests.includes("/sense_bg.wasm"));
  // In its first moments a page is left without a thought.
  await until(() => page.evaluate(() => performance.now() > 1_600), { what: "a page that was looked at" });
}

/** Moves with a hand's pace: a step in every frame. */
async function move(heights) {
  for (const y of heights) {
    await page.mouse.move(600, y);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
}

const wander = () => move([420, 400, 390, 395, 410, 405, 400, 398]);
const leave = () => move([300, 250, 205, 165, 130, 100, 74, 52, 34, 20, 10, 4, -3]);
const triggers = () => page.evaluate(() => window.cardStub?.moments.map(({ trigger, reasons }) => ["trigger", trigger, reasons]) ?? []);
const fired = () => until(async () => (await triggers())[0], { what: "a trigger" });

/** The page was opened a minute ago: carts are not called idle in the first seconds. */
const openedLongAgo = () => page.addInitScript(() => {
  const now = performance.now.bind(performance);
  performance.now = () => now() + 60_000;
});

test("moving to leave opens the card, once, with the reasons", async () => {
  await visit();
  await wander();
  await leave();
  const [, rule, reasons] = await fired();
  assert.equal(rule, "exit");
  assert.ok(reasons.includes("left_through_top") && reasons.length <= 5, reasons.join("; "));
  await wander();
  await leave();
  await wander();
  assert.equal((await triggers()).length, 1);
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("nothing is stored, sent or put into the history by watching", async () => {
  await page.addInitScript(() => {
    window.touched = [];
    for (const [object, name] of [[Storage.prototype, "setItem"], [history, "pushState"], [history, "replaceState"], [navigator, "sendBeacon"]]) {
      object[name] = () => window.touched.push(name);
    }
  });
  await visit();
  await wander();
  await leave();
  await fired();
  assert.deepEqual(await page.evaluate(() => [window.touched, localStorage.length, document.cookie, history.length]), [[], 0, "", 2]);
  assert.deepEqual(edge.requests.toSorted(), ["/card.js", "/openline.js", "/sense.js", "/sense_bg.wasm", "/v1/demo/settings", "/words/en.json"]);
});

const items = [{ item_id: "beans", quantity: 2, price: 14.5 }];
const carts = {
  "pushed before the script came": { head: `<script>dataLayer = [{ event: "add_to_cart", ecommerce: { items: ${JSON.stringify(items)} } }]</script>` },
  "pushed by gtag": { head: "<script>dataLayer = []; function gtag() { dataLayer.push(arguments); }</script>", act: () => window.gtag("event", "add_to_cart", { items: [{}] }) },
  "pushed together with something else": {
    head: "<script>dataLayer = [];</script>",
    act: () => window.dataLayer.push({ event: "view_item" }, { event: "view_cart", ecommerce: { items: [{ quantity: 1 }] } }),
  },
  "told by openline.cart": { act: () => window.openline.cart({ items: [{ item_id: "x" }] }) },
  "told by openline.track": { act: () => window.openline.track("add_to_cart", { items: [{ quantity: 3 }] }) },
};

for (const [how, { head = "", act }] of Object.entries(carts)) {
  test(`a cart lies idle that was ${how}`, async () => {
    await openedLongAgo();
    await visit({ head });
    if (act) await page.evaluate(act);
    assert.deepEqual(await fired(), ["trigger", "idle_cart", ["cart_waits"]]);
  });
}

const button = `<button type="button" id="buy">Buy</button>`;
const shopPage = `<p class="price">€14.50</p><a href="#size-guide">Sizes</a>
  <input name="address"><input name="coupon_code"><select name="size"><option>S<option>M<option>L</select>${button}`;

/** What a shopper does, and the rule and the first reason it fires. */
const acts = {
  "clicks and clicks": {
    act: () => page.locator("#buy").click({ clickCount: 3, delay: 40 }),
    rule: "hesitation", reason: "rage_clicked",
  },
  "has two coupons refused": {
    act: () => page.evaluate(() => ["coupon_refused", "coupon_refused", "coupon_refused"].forEach((name) => window.openline.track(name, {}))),
    rule: "hesitation", reason: "coupon_refused",
  },
  "takes things out of the cart and puts them back": {
    act: () => page.evaluate((items) => ["view_cart", "remove_from_cart", "add_to_cart", "remove_from_cart"].forEach((name) => window.openline.track(name, { items })), items),
    rule: "hesitation", reason: "item_removed",
  },
  "looks at the sizes again and again": {
    act: async () => {
      for (const size of ["S", "M", "L"]) {
        await page.getByRole("link", { name: "Sizes" }).click();
        await page.locator("select").selectOption(size);
      }
    },
    rule: "indecision", reason: "size_guide_opened",
  },
  "copies the name and the price": {
    act: async () => {
      for (const selector of ["h1", ".price"]) {
        await page.locator(selector).selectText();
        await page.keyboard.press("Control+C");
      }
      // Nothing is said while keys are pressed.
      await page.waitForFunction((start) => performance.now() - start > 3_200, await page.evaluate(() => performance.now()));
    },
    rule: "indecision", reason: "title_copied",
  },
};

for (const [what, { act, rule, reason }] of Object.entries(acts)) {
  test(`it is noticed that somebody ${what}`, async () => {
    await visit({ body: shopPage });
    await act();
    const [, fell, reasons] = await fired();
    assert.equal(fell, rule);
    assert.ok(reasons.includes(reason) && reasons.length <= 5, reasons.join("; "));
    assert.deepEqual(heard, { lines: [], errors: [] });
  });
}

for (const [when, apartMs, again] of [["at once", 0, false], ["one after the other", 1_100, true]]) {
  test(`a line that its field and GA4 tell of ${when} was changed ${again ? "again" : "once"}`, async () => {
    edge.settings.moments.idle_cart_seconds = 60;
    await visit({ body: `<form action="/cart"><p data-product-id="beans"><input type="number" class="quantity" name="updates[]"></p></form>` });
    const changedAt = await page.evaluate(() => {
      window.openline.track("view_cart", {});
      document.querySelector(".quantity").dispatchEvent(new Event("change", { bubbles: true }));
      return performance.now();
    });
    await until(() => page.evaluate((ms) => performance.now() >= ms, changedAt + apartMs));
    await page.evaluate((told) => {
      window.openline.track("add_to_cart", { items: told });
      for (let refused = 0; refused < 3; refused += 1) window.openline.track("coupon_refused", {});
    }, items);
    const [, trigger, reasons] = await fired();
    assert.equal(trigger, "hesitation");
    assert.deepEqual(["quantity_changed", "item_added", "changed_again"].map((reason) => reasons.includes(reason)), [true, again, again]);
  });
}

test("a product that is read is no cart that lies idle, whatever else the page says of itself", async () => {
  await openedLongAgo();
  const described = ["{ broken", '[{"@type":"BreadcrumbList"}]', '{"@graph":[{"@type":"Product","sku":"HC-SLW"}]}', "null"];
  await visit({ head: described.map((text) => `<script type="application/ld+json">${text}</script>`).join("") });
  await page.evaluate(() => window.openline.cart({ items: [{ item_id: "x" }] }));
  const start = await page.evaluate(() => performance.now());
  await until(() => page.evaluate((from) => performance.now() - from > 2_500, start), { what: "more than the cart's patience" });
  assert.deepEqual(await triggers(), []);
  await page.evaluate(() => window.openline.track("view_cart", {}));
  assert.equal((await fired())[1], "idle_cart");
});

test("the data layer works as it did, under hostile entries, and is given back", async () => {
  await visit({ head: "<script>dataLayer = []; ownPush = dataLayer.push;</script>" });
  await until(() => page.evaluate(() => window.dataLayer.push !== window.ownPush));
  const seen = await page.evaluate(() => {
    const hostile = {};
    Object.defineProperty(hostile, "event", { get() { throw new Error("a trap"); } });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const loop = { event: "add_to_cart", ecommerce: { items: [null, 5, { quantity: "many" }, { quantity: -3 }, { quantity: 1e300 }] } };
    loop.loop = loop;
    const lengths = [dataLayer.push(1, 2, 3), dataLayer.push(null, undefined), dataLayer.push(hostile, proxy, loop, Symbol("x")), dataLayer.push()];
    const name = dataLayer.push.name;
    let thrown;
    try { dataLayer.push.call(null, 1); } catch (error) { thrown = error.name; }
    return { lengths, name, thrown };
  });
  assert.deepEqual(seen, { lengths: [3, 5, 9, 9], name: "push", thrown: "TypeError" });
  await page.evaluate(() => window.openline.destroy());
  assert.equal(await page.evaluate(() => window.dataLayer.push === window.ownPush), true);
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("who wrapped push after us goes on as before when we are gone", async () => {
  await visit({ head: "<script>dataLayer = []; ownPush = dataLayer.push;</script>" });
  await until(() => page.evaluate(() => window.dataLayer.push !== window.ownPush));
  const length = await page.evaluate(() => {
    const inner = dataLayer.push;
    dataLayer.push = (...entries) => inner.apply(dataLayer, entries);
    window.openline.destroy();
    return dataLayer.push({ event: "add_to_cart" }, 2);
  });
  assert.equal(length, 2);
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("removed while it reads an entry, it lets go", async () => {
  await visit({ head: "<script>dataLayer = []; ownPush = dataLayer.push;</script>" });
  await until(() => page.evaluate(() => window.dataLayer.push !== window.ownPush));
  const length = await page.evaluate(() => dataLayer.push({ get event() { window.openline?.destroy(); return "add_to_cart"; } }, 2));
  assert.equal(length, 2);
  await wander();
  await leave();
  assert.equal(await page.evaluate(() => window.dataLayer.push === window.ownPush), true);
  assert.equal(await page.locator("openline-chat").count(), 0);
  assert.deepEqual(heard, { lines: [], errors: [] });
});

test("it runs under a strict policy with Trusted Types", async () => {
  shop.headers = {
    "content-security-policy":
      `default-src 'none'; script-src ${edge.url} 'wasm-unsafe-eval'; connect-src ${edge.url}; require-trusted-types-for 'script'; trusted-types 'none'`,
  };
  await visit();
  await wander();
  await leave();
  await fired();
  assert.deepEqual(heard, { lines: [], errors: [] });
});
