// The page's events become signals, and a moment in which a rule may speak is told to the shell. What they mean is
// decided in the sensors. Nothing is stored or sent from here, and the history is left alone.
import * as sensors from "glue";
import { attempt } from "./attempt.js";
import * as code from "./codes.ts";
import { followDataLayer } from "./data_layer.js";
import * as meaning from "./meaning.js";
import { numberOf } from "./number.js";
import { describedProducts } from "./products.js";
import { points, rowOf, rulesOf } from "./settings.js";
import { shopTalk } from "./shop.js";

const CAPTURED = { capture: true, passive: true };
/** A little less than a frame of a screen at 60 Hz, so that none is left out for coming early. */
const SAMPLE_MS = 12;
/** So many changes of the page are looked at for what became of a coupon. */
const COUPON_LOOKS = 40;
const LAST_SIGNALS = 20;
const DECLINES = ["closed", "not_now", "never"];
const ADDED = 0, REMOVED = 1, QUANTITY = 2;
const PRODUCT = 0, OTHER = 6;

/** Hands a row over to the call after it. */
const give = (row) => row.forEach((number) => sensors.give(+number));

/** The row that a call tells. */
function ask(call) {
  call();
  const row = [];
  for (let number; !Number.isNaN(number = sensors.told(row.length));) row.push(number);
  return row;
}

/**
 * Watches the page. `settings` is the store's `WidgetSettings`; `kept` is what `host.remember` was given on an earlier
 * page of this tab; `host` has `card(moment)` and `remember(kept)`.
 */
export function watch(settings, kept, host) {
  const rules = rulesOf(settings);
  const opened = Date.now() - performance.now();
  give([
    opened, meaning.kindOf(location.pathname), matchMedia("(pointer:coarse)").matches, innerWidth, innerHeight, ...rowOf(settings),
  ]);
  sensors.start();
  const described = describedProducts();
  const listeners = new AbortController();
  const last = [];
  let timer, due = 0;
  let stopped = false, remembering = false;
  let sampled = 0, scrolling = false, couponLooks = 0;
  let address, shown, stale;

  const hearAt = (ms, signal, a = 0, b = 0, c = 0) => {
    if (stopped) return;
    const now = opened + ms;
    note(now, signal);
    const came = sensors.hear(now, signal, +a, +b, +c);
    arm(now);
    if (came) tell(ask(sensors.moment));
    if (came || signal === code.PAGE_HIDDEN || signal === code.PAGE_CHANGED || signal === code.DECLINED) tellNextPage();
  };
  const hear = (...signal) => hearAt(performance.now(), ...signal);

  const note = (at, signal) => {
    if (last.at(-1)?.signal === signal) last.pop();
    last.push({ at, signal });
    if (last.length > LAST_SIGNALS) last.shift();
  };

  /** Keeps one timer, at or before the next wake-up. */
  const arm = (now) => {
    const at = sensors.next_wakeup();
    if (!at || (timer && due <= at)) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(wake, Math.max(0, at - now));
  };

  const wake = () => {
    timer = undefined;
    answers.disconnect();
    layer.find();
    lookAround();
    hear(code.WOKE_UP);
  };

  const tell = ([rule, trigger, topic, first, second, ...counted]) => attempt(() => host.card({
    rule: rules[rule].id,
    trigger: code.TRIGGERS[trigger],
    topic: code.TOPICS[topic],
    version: code.POINTS_VERSION,
    reasons: counted.filter((_, at) => at % 2 === 0).map((reason) => code.REASONS[reason]),
    points: counted.filter((_, at) => at % 2 === 1),
    products: [first, second].map((number) => described.get(number - 1)).filter(Boolean),
  }));

  const tellNextPage = () => {
    if (remembering) attempt(() => host.remember([...ask(sensors.remember), ...described.write()]));
  };

  const resume = (row) => {
    if (!Array.isArray(row)) return;
    row.filter((part) => typeof part === "string").forEach(described.read);
    give(row.filter((part) => typeof part === "number"));
    sensors.resume(opened + performance.now());
  };

  /** Where the shopper is now: single-page shops change the address without a load. */
  const lookWhere = () => {
    if (address === location.href) return;
    const arrived = address === undefined;
    address = location.href;
    const path = location.pathname;
    give(points(path + location.search));
    sensors.stand_at();
    const kind = meaning.kindOf(path);
    stale = arrived ? undefined : shown;
    const found = kind === PRODUCT || kind === OTHER ? describedHere() : undefined;
    // A page that was changed in place may still describe the product before.
    shown = found === stale ? undefined : found;
    const page = shown === undefined ? kind : PRODUCT;
    if (page === PRODUCT) shown ??= numberOf(path);
    hear(code.PAGE_CHANGED, page, shown === undefined ? 0 : shown + 1);
  };

  const describedHere = () => described.find(location.pathname, meaning.kindOf(location.pathname) === PRODUCT);

  /** GA4 tells of a product by its own number, perhaps a variant's; where the page describes one, that is what is seen. */
  const show = (product) => {
    const found = describedHere();
    const next = found === stale ? product : found ?? product;
    if (next === shown) return;
    shown = next;
    hear(code.PAGE_CHANGED, PRODUCT, next + 1);
  };

  const shop = shopTalk(hear, show, 10 ** (settings.currency_decimals ?? 2));
  const layer = followDataLayer(shop.layer);

  const lookAround = () => {
    lookWhere();
    hear(meaning.overlayIsOpen() ? code.OVERLAY_OPENED : code.OVERLAY_CLOSED);
  };

  /** The page changed after a click: an answer, and perhaps what became of a coupon. */
  const answers = new MutationObserver(() => {
    if (couponLooks > 0 && meaning.refusesCoupon()) {
      couponLooks = 0;
      hear(code.COUPON_REFUSED);
    }
    if (--couponLooks <= 0) answers.disconnect();
    hear(code.PAGE_RESPONDED);
    lookWhere();
  });
  const awaitAnswer = (node) => {
    couponLooks = meaning.isAboutCoupon(node) && !meaning.refusesCoupon() ? COUPON_LOOKS : 0;
    answers.observe(document, { subtree: true, childList: true, attributes: true });
  };

  /** Calls `run(event, ms)` for an event, and never throws into the page. */
  const on = (source, name, run, options = CAPTURED) => source.addEventListener(name, (event) => {
    attempt(() => run(event, event.timeStamp));
  }, { ...options, signal: listeners.signal });
  /** An event that is a signal and no more. */
  const plain = (source, names, options) => Object.entries(names).forEach(([name, signal]) => {
    on(source, name, (_, ms) => hearAt(ms, signal), options);
  });

  plain(document, {
    mousedown: code.POINTER_PRESSED, mouseup: code.POINTER_RELEASED, dragend: code.POINTER_RELEASED, touchstart: code.TOUCHED,
    contextmenu: code.MENU_OPENED,
  });
  on(document, "mousemove", ({ clientX, clientY }, ms) => {
    if (ms - sampled < SAMPLE_MS) return;
    sampled = ms;
    hearAt(ms, code.POINTER_MOVED, clientX, clientY);
  });
  on(document, "keydown", ({ code: key, ctrlKey, metaKey }, ms) => {
    const isCommand = ctrlKey || metaKey;
    if (isCommand && (key === "KeyL" || key === "KeyK")) hearAt(ms, code.ADDRESS_KEY_PRESSED);
    // The key that a command begins with is no typing yet.
    else if (!isCommand && !/^(Alt|Control|Meta|Shift)/.test(key)) hearAt(ms, code.KEY_PRESSED);
  });
  on(document, "scroll", () => {
    // Where the page is can be read for nothing once it has been drawn, and makes it lay itself out before.
    if (scrolling) return;
    scrolling = true;
    setTimeout(() => {
      scrolling = false;
      hear(code.SCROLLED, scrollY);
    });
  });
  on(document, "click", ({ target, clientX, clientY }, ms) => {
    lookAround();
    awaitAnswer(target);
    const removed = meaning.removal(target);
    if (removed !== undefined) shop.edited(REMOVED, removed);
    hearAt(ms, code.CLICKED, clientX, clientY, meaning.target(target));
  });
  on(document, "submit", ({ target }) => {
    awaitAnswer(target);
    const added = meaning.addition(target);
    if (added !== undefined) shop.edited(ADDED, added);
  });
  on(document, "invalid", ({ target }, ms) => { if (meaning.isCoupon(target)) hearAt(ms, code.COUPON_REFUSED); });
  on(document, "change", ({ target }, ms) => {
    const variant = meaning.variant(target);
    const quantity = meaning.quantity(target);
    if (variant !== undefined) hearAt(ms, code.VARIANT_CHOSEN, variant);
    else if (quantity !== undefined) shop.edited(QUANTITY, quantity);
  });
  on(document, "copy", ({ target }, ms) => {
    const copied = meaning.copied(target);
    if (copied !== undefined) hearAt(ms, code.COPIED, copied);
  });
  for (const [name, signal] of [["input", code.FIELD_TYPED], ["focusin", code.FIELD_ENTERED], ["focusout", code.FIELD_LEFT]]) {
    on(document, name, ({ target }, ms) => {
      const field = meaning.field(target);
      if (field !== undefined) hearAt(ms, signal, field);
    });
  }
  on(document, "visibilitychange", (_, ms) => hearAt(ms, document.hidden ? code.PAGE_HIDDEN : code.PAGE_SHOWN));
  on(document, "fullscreenchange", (_, ms) => hearAt(ms, code.FULL_SCREEN, !!document.fullscreenElement));
  // Not captured, or every element's would be heard.
  const target = { passive: true };
  plain(window, { focus: code.WINDOW_ENTERED }, target);
  on(window, "resize", (_, ms) => hearAt(ms, code.WINDOW_RESIZED, innerWidth, innerHeight), target);
  on(window, "blur", (_, ms) => hearAt(ms, code.WINDOW_LEFT, document.activeElement?.tagName === "IFRAME"), target);
  on(window, "popstate", lookWhere);
  on(window, "pagehide", tellNextPage);
  // From the browser's memory, perhaps with another data layer than it left with.
  on(window, "pageshow", () => {
    layer.find();
    lookWhere();
  });
  on(document.documentElement, "mouseleave", ({ clientX, clientY, buttons }, ms) => hearAt(ms, code.POINTER_LEFT, clientX, clientY, buttons), target);
  plain(document.documentElement, { mouseenter: code.POINTER_ENTERED }, target);

  give(points(document.referrer.split("/")[2]));
  sensors.come_from();
  attempt(() => resume(kept));
  lookWhere();
  layer.find();

  return {
    track: (name, about) => attempt(() => shop.track(name, about)),
    cart: (about) => attempt(() => shop.cart(about)),
    panel: (open) => hear(open ? code.PANEL_OPENED : code.PANEL_CLOSED),
    /** No card before this instant (Unix ms), whatever was asked for before. */
    quiet: (until) => sensors.set_quiet(until),
    /** A card was turned down: until when (Unix ms) it is quiet now. */
    decline(how) {
      hear(code.DECLINED, Math.max(0, DECLINES.indexOf(how)));
      return sensors.quiet_until();
    },
    /** Whether the next page of this tab may know of this one. */
    consent(granted) {
      remembering = granted;
      tellNextPage();
    },
    /** Goes on from what another page remembered, when that is known only now: this page comes after it. */
    resume: (row) => attempt(() => {
      resume(row);
      address = undefined;
      lookWhere();
    }),
    /** In numbers, for the debug panel: it has the names. */
    look: () => ({ told: ask(sensors.look), rules, last }),
    stop() {
      stopped = true;
      listeners.abort();
      clearTimeout(timer);
      answers.disconnect();
      layer.stop();
    },
  };
}
