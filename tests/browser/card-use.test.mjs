// The card, by roles and names: how it comes, what is on it, and how one is rid of it.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { launchBrowser, newDesktop, newPhone } from "../harness/browser.mjs";
import { until } from "../harness/poll.mjs";
import { startShop } from "../harness/shop.mjs";
import { card, fire, moments, openCardPage, rules, startCardEdge } from "./card-page.mjs";

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
  shop.headers = {};
  edge.requests.length = 0;
});

const open = async (options) => { page = await openCardPage(context, shop, options); };
const button = (name) => card(page).getByRole("button", { name, exact: true });
const events = (name) => page.evaluate((wanted) => (window.events ?? []).filter(([event]) => event === wanted), name);
const noteEvents = `<script>window.events = []; document.addEventListener("openline:trigger", (event) => events.push(["trigger", event.detail]));</script>`;
const quiet = () => page.evaluate(() => Number(localStorage.getItem("openline:demo:quiet")));
/** What the sensors were told last. */
const told = (name) => page.evaluate((wanted) => window.sensors.calls.filter(([call]) => call === wanted).at(-1)?.[1], name);

async function show(moment = moments.exit) {
  await fire(page, moment);
  await card(page).waitFor();
}

test("it appears with the rule's words, tells the page, asks for nothing but its files, and takes neither focus nor scroll", async () => {
  await open({ head: noteEvents, body: `<input aria-label="Search">${"<p>Text.</p>".repeat(200)}` });
  await page.getByRole("textbox").focus();
  await page.evaluate(() => scrollTo(0, 300));
  await show();
  await card(page).getByText(rules[0].text).waitFor();
  assert.deepEqual(await events("trigger"), [["trigger", { rule: "exit", trigger: "exit" }]]);
  assert.deepEqual(await page.evaluate(() => [document.activeElement.getAttribute("aria-label"), scrollY]), ["Search", 300]);
  // The chat is fetched, and not mounted.
  await until(() => edge.requests.includes("/chat.js"));
  assert.equal(await page.evaluate(() => window.chatStub), undefined);
  assert.deepEqual(edge.requests.filter((path) => /card|words/.test(path)), ["/card.js", "/words/en.json"]);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  assert.deepEqual(page.heard, { lines: [], errors: [] });
});

test("for its first half second no click gets it, and then every button does", async () => {
  await context.clock.install();
  await open({ body: `<div id="under" style="position:fixed;inset:0"></div>` });
  await page.clock.pauseAt(Date.now() + 5_000);
  await fire(page, moments.exit);
  await until(async () => {
    await page.clock.runFor(20);
    return page.evaluate(() => document.querySelector("openline-chat").shadowRoot.querySelector(".card.seen"));
  });
  const box = await button("Not now").boundingBox();
  const hit = () => page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.id ?? "", [box.x + box.width / 2, box.y + box.height / 2]);
  assert.equal(await hit(), "under");
  await page.clock.runFor(400);
  assert.equal(await hit(), "under");
  // Not from the keyboard either.
  await button("Not now").focus();
  await page.keyboard.press("Enter");
  assert.equal(await button("Not now").count(), 1);
  await page.clock.runFor(300);
  assert.notEqual(await hit(), "under");
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await card(page).waitFor({ state: "detached" });
});

for (const [name, days, how] of [["Not now", 30, "not_now"], ["Close", 7, "closed"], ["Never show these again", 36_500, "never"]]) {
  test(`"${name}" keeps silence, over pages too`, async () => {
    await open();
    await show();
    if (how === "never") await button("Why am I seeing this?").click();
    await button(name).click();
    await card(page).waitFor({ state: "detached" });
    assert.equal(await told("decline"), how);
    const until = await quiet();
    assert.ok(until > Date.now() + (days - 0.1) * 864e5 && (how === "never" || until < Date.now() + (days + 0.1) * 864e5), `${until}`);
    assert.equal(await told("quiet"), until);
    await page.reload();
    await page.waitForFunction(() => window.sensors);
    assert.equal(await told("quiet"), until);
    // Even if the sensors were mistaken.
    await fire(page, moments.exit);
    await page.waitForFunction(() => performance.getEntriesByName(performance.getEntriesByType("resource").find(({ name }) => name.includes("/words/"))?.name).length > 0);
    assert.equal(await card(page).count(), 0);
  });
}

test("the close button is large enough for a thumb, and so are the others", async () => {
  await open();
  await show();
  for (const name of ["Close", "Reply", "Not now"]) {
    const { width, height } = await button(name).boundingBox();
    // What is moved by a fraction of a pixel is measured with a fraction less.
    assert.ok(Math.min(width, height) > 43.99, `${name}: ${width} x ${height}`);
  }
});

test("answered, the chat has the rule and the reasons, or the suggested answer", async () => {
  for (const [name, reply] of [["Reply", null], ["Yes, please", "Yes, please"]]) {
    await open();
    await show();
    await button(name).click();
    await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
    await until(() => page.evaluate(() => window.chatStub.calls.some(([call]) => call === "trigger")));
    const call = await page.evaluate(() => window.chatStub.calls.find(([name]) => name === "trigger"));
    assert.deepEqual(call.map((part) => part ?? null), ["trigger", "exit", moments.exit.reasons, reply]);
    assert.equal(await card(page).count(), 0);
    await page.evaluate(() => localStorage.clear());
    await page.close();
  }
});

test("Escape closes it, unless somebody else has a use for it", async () => {
  await open({ body: `<div id="menu" role="menu" hidden>The shop's own</div><input type="search" aria-label="Find"><a href="#x">A link</a>
    <script>addEventListener("keydown", (event) => { if (window.takes && event.key === "Escape") event.preventDefault(); });</script>` });
  await show();
  await until(() => page.evaluate(() => !document.querySelector("openline-chat").shadowRoot.querySelector(".card.new")));
  const stays = async (why) => {
    await page.keyboard.press("Escape");
    assert.equal(await card(page).count(), 1, why);
  };
  await page.evaluate(() => { document.querySelector("#menu").hidden = false; });
  await stays("a menu of the page's is open");
  await page.evaluate(() => { document.querySelector("#menu").hidden = true; });
  await page.getByRole("searchbox").focus();
  await stays("a search field empties itself");
  await page.getByRole("link").focus();
  await page.evaluate(() => { window.takes = true; });
  await stays("the page took it");
  // In the card it is the card's; the focus goes back to where it was.
  await button("Reply").focus();
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "A link");
  assert.equal(await told("decline"), "closed");
});

test("with nothing else to close, Escape from anywhere closes it", async () => {
  await open();
  await show();
  await until(() => page.evaluate(() => !document.querySelector("openline-chat").shadowRoot.querySelector(".card.new")));
  await page.keyboard.press("Escape");
  await card(page).waitFor({ state: "detached" });
});

const languages = {
  "the page's": [{ lang: "de-AT" }, {}, "Warum sehe ich das?", "Sie waren dabei, die Seite zu verlassen"],
  "the tag's, before the page's": [{ lang: "de", tag: 'data-locale="fr"' }, {}, "Pourquoi je vois ceci ?", "Vous étiez sur le point de quitter la page"],
  "the browser's, where we do not know the page's": [{ lang: "ja" }, { locale: "pl-PL" }, "Dlaczego to widzę?", "Zanosiło się na opuszczenie strony"],
  "English, where we know none": [{ lang: "" }, { locale: "ja-JP" }, "Why am I seeing this?", "You were about to leave the page"],
};

for (const [whose, [options, device, why, reason]] of Object.entries(languages)) {
  test(`it explains itself in ${whose} language, without what spoke against it`, async () => {
    await context.close();
    context = await newDesktop(browser, device);
    await open(options);
    await show();
    assert.equal(await button(why).getAttribute("aria-expanded"), "false");
    await button(why).click();
    const items = await card(page).getByRole("listitem").allInnerTexts();
    assert.equal(items[0], reason);
    assert.equal(items.length, moments.exit.points.filter((points) => points > 0).length);
    await button(why).click();
    assert.equal(await card(page).getByRole("listitem").count(), 0);
  });
}

test("a language said later wins over all others", async () => {
  await open({ lang: "de" });
  await page.evaluate(() => window.openline.locale("nl-BE"));
  await show();
  await button("Waarom zie ik dit?").waitFor();
});

test("on a phone it is one line and under a third of the screen, and opens when it is tapped", async () => {
  await context.close();
  for (const [width, height, lang] of [[390, 844, "en"], [390, 844, "de"], [360, 640, "pl"], [320, 568, "fr"]]) {
    context = await newPhone(browser, { viewport: { width, height }, screen: { width, height } });
    await open({ lang, head: `<meta name="viewport" content="width=device-width">` });
    await show();
    const box = await card(page).boundingBox();
    const area = box.width * box.height / (width * height);
    assert.ok(area <= 0.3 && box.height <= height * 0.3, `${width} x ${height} ${lang}: ${box.width} x ${box.height}`);
    assert.ok(box.x >= 0 && box.x + box.width <= width && box.y >= 0 && box.y + box.height <= height, "on the screen");
    const line = card(page).getByRole("button", { name: rules[0].text });
    assert.ok(Math.abs((await line.boundingBox()).height - 44) < 0.01, "one line");
    // With a sign that there is more.
    assert.equal(await line.getAttribute("aria-expanded"), "false");
    assert.notEqual(await line.evaluate((element) => getComputedStyle(element, "::after").content), "none");
    assert.equal(await card(page).getByRole("button", { name: "Yes, please" }).count(), 0);
    await line.tap();
    assert.ok((await line.boundingBox()).height > 44);
    assert.equal(await line.getAttribute("aria-expanded"), "true");
    await card(page).getByRole("button", { name: "Yes, please" }).waitFor();
    await context.close();
  }
});

test("when the panel opens the card goes, and asks for no silence", async () => {
  await open();
  await show();
  await page.getByRole("button", { name: "Open chat" }).click();
  await card(page).waitFor({ state: "detached" });
  assert.equal(await quiet(), 0);
  await fire(page, moments.exit);
  await until(() => page.evaluate(() => performance.getEntriesByType("resource").filter(({ name }) => name.includes("/words/")).length > 1));
  assert.equal(await card(page).count(), 0);
});

/** The sensors see `moment`, and the card's program comes when `meanwhile` is done. */
async function showLate(moment, meanwhile) {
  let letGo;
  const held = new Promise((resolve) => { letGo = resolve; });
  await page.route(/\/card\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await fire(page, moment);
  await meanwhile();
  const came = page.waitForResponse(/\/card\.js/);
  letGo();
  const program = await came;
  // Whoever else wants the program has it after the shell; what that makes of it is drawn some frames later.
  await page.evaluate(async (address) => {
    await import(address);
    for (let frames = 0; frames < 5; frames += 1) await new Promise(requestAnimationFrame);
  }, program.url());
  await page.unrouteAll({ behavior: "wait" });
  return events("trigger");
}

const busy = {
  "the shopper types": () => page.getByRole("textbox").pressSequentially("12 Quay"),
  "a masked field is typed into": () => page.locator("#masked").press("4"),
  "a dialog of the page's is open": () => page.evaluate(() => document.querySelector("dialog").showModal()),
  "the shop has gone to another page": () => page.evaluate(() => history.pushState(null, "", "/checkout")),
  "the data layer has told of the till": () => page.evaluate(() => (window.dataLayer ??= []).push({ event: "begin_checkout" })),
  "the shop has told of the till": () => page.evaluate(() => window.openline.track("add_payment_info", {})),
  "the shopper was leaving, and has not": () => page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 4_100;
  }),
};

for (const [what, meanwhile] of Object.entries(busy)) {
  test(`a card that comes late is dropped when ${what}`, async () => {
    await open({ head: noteEvents, body: `<dialog>The shop's own</dialog><input aria-label="Street">
      <div id="masked" tabindex="0" onkeydown="event.preventDefault()"></div>` });
    assert.deepEqual(await showLate(moments.exit, meanwhile), []);
    assert.equal(await card(page).count(), 0);
    assert.deepEqual(page.heard, { lines: [], errors: [] });
    // It was not the shopper's word.
    assert.equal(await quiet(), 0);
  });
}

test("a card that comes late comes when a variant was chosen, by hand or in the address, and after the till of before", async () => {
  await open({ head: `${noteEvents}<script>window.dataLayer = [{ event: "begin_checkout" }];</script>`, body: `<select aria-label="Size"><option>S</option><option>M</option></select>` });
  const shown = await showLate(moments.size, async () => {
    await page.getByRole("combobox").selectOption("M");
    await page.evaluate(() => {
      history.replaceState(null, "", "?variant=2#details");
      window.dataLayer.push({ event: "view_item" });
    });
  });
  assert.equal(shown.length, 1);
  await card(page).waitFor();
});

test("a card that found no place for so long is dropped", async () => {
  await context.clock.install();
  await open({ head: noteEvents, body: `<input aria-label="Everywhere" style="position:fixed;left:0;right:0;bottom:0;height:45%">
    <button style="position:fixed;inset:0 0 auto">Elsewhere</button>` });
  await page.getByRole("textbox").focus();
  await fire(page, moments.cart);
  await page.waitForFunction(() => document.querySelector("openline-chat").shadowRoot.querySelector(".card .box"));
  await page.clock.runFor(15_500);
  await page.waitForFunction(() => !document.querySelector("openline-chat").shadowRoot.querySelector(".card"));
  await page.getByRole("button", { name: "Elsewhere" }).focus();
  await page.clock.runFor(1_000);
  assert.deepEqual(await events("trigger"), []);
});

const over = {
  "the shop goes to another page": () => page.evaluate(() => history.pushState(null, "", "/checkout")),
  "a dialog of the page's opens": () => page.evaluate(() => document.querySelector("dialog").showModal()),
  "gtag tells of the payment": () => page.evaluate(() => {
    window.dataLayer = [];
    (function gtag() { window.dataLayer.push(arguments); })("event", "add_payment_info", {});
  }),
  "the shop tells of the till": () => page.evaluate(() => window.openline.track("begin_checkout", {})),
};

for (const [what, happens] of Object.entries(over)) {
  test(`a card on show goes when ${what}, and asks for no silence`, async () => {
    await open({ body: `<dialog>The shop's own</dialog>` });
    await show();
    await page.evaluate(() => history.replaceState(null, "", "?variant=2"));
    const seenMs = await page.evaluate(() => performance.now());
    // It is looked at every quarter of a second.
    await page.waitForFunction((since) => performance.now() > since + 600, seenMs);
    assert.equal(await card(page).count(), 1);
    await happens();
    await until(() => page.evaluate(() => !document.querySelector("openline-chat").shadowRoot.querySelector(".card")));
    assert.equal(await quiet(), 0);
  });
}

test("who wanted no more of it in another tab is left alone in this one", async () => {
  await open();
  await show();
  const other = await openCardPage(context, shop, { path: "/other" });
  await other.evaluate(() => localStorage.setItem("openline:demo:quiet", `${Number.MAX_SAFE_INTEGER}`));
  await card(page).waitFor({ state: "detached" });
  assert.equal(await told("quiet"), Number.MAX_SAFE_INTEGER);
});

test("without motion it does not move, at four times the size it can be read, and in forced colours it has edges", async () => {
  await context.close();
  context = await newDesktop(browser, { reducedMotion: "reduce", forcedColors: "active", viewport: { width: 320, height: 200 } });
  await open();
  await show(moments.cart);
  const box = page.locator("openline-chat").locator(".box");
  assert.equal(await box.evaluate((element) => getComputedStyle(element).animationName), "none");
  assert.equal(await box.evaluate((element) => getComputedStyle(element).borderTopStyle), "solid");
  const { x, y, width, height } = await box.boundingBox();
  assert.ok(x >= 0 && y >= 0 && x + width <= 320 && y + height <= 200, `${x} ${y} ${width} ${height}`);
  await button("Not now").click();
  await card(page).waitFor({ state: "detached" });
});

test("it runs under a strict policy, with Trusted Types", async () => {
  shop.headers = {
    "content-security-policy": `default-src 'none'; script-src ${edge.url} 'wasm-unsafe-eval'; connect-src ${edge.url}; img-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'`,
  };
  await open();
  await show(moments.choose);
  await button("Why am I seeing this?").click();
  await button("Reply").click();
  await page.getByRole("dialog", { name: "Chat stub" }).waitFor();
  assert.deepEqual(page.heard, { lines: [], errors: [] });
});

test("without its program or its words there is no card, and the page is untouched", async () => {
  for (const gone of ["/card.js", "/words/en.json"]) {
    edge.broken.add(gone);
    await open();
    await fire(page, moments.exit);
    await until(() => page.heard.lines.length > 0);
    assert.equal(await card(page).count(), 0);
    assert.deepEqual(page.heard.errors, []);
    edge.broken.clear();
    await page.close();
  }
});
