// What shops hand over: carts and GA4's events.
import * as code from "./codes.ts";
import { numberOfItem } from "./products.js";

const MOST_LINES = 32;
/** The page's controls and GA4 tell of the same act within so long, */
const SAME_ACT_MS = 3_000;
/** and of a changed quantity, which GA4 calls another thing, within less. */
const SAME_LINE_MS = 1_000;
const [VIEW_ITEM, ADD_TO_CART, REMOVE_FROM_CART, VIEW_CART, BEGIN_CHECKOUT, ADD_PAYMENT_INFO, PURCHASE] = code.EVENTS.keys();
const [, , CART, CHECKOUT, , , OTHER] = code.PAGES.keys();
const [ADDED, REMOVED] = [0, 1];

const itemsOf = (about) => (Array.isArray(about?.items) ? about.items : undefined);
const pieces = (items) => items.reduce((sum, item) => sum + Math.max(0, Math.trunc(item?.quantity ?? 1) || 0), 0);

/** `hear(code, a, b)`; `show(product)` when GA4 says which product is seen; `unit`: the smallest units in one of the currency. */
export function shopTalk(hear, show, unit) {
  let heard = {};

  /** All that is in the cart: `{ items: [{ item_id, quantity, price }], value }`. */
  const cart = (about) => {
    const items = itemsOf(about);
    if (!items) return;
    hear(code.CART_CHANGED, pieces(items));
    items.slice(0, MOST_LINES).forEach((item) => hear(code.CART_LISTED, numberOfItem(item)));
    const worth = about.value ?? items.reduce((sum, item) => sum + item?.price * (item?.quantity ?? 1), 0);
    if (worth >= 0) hear(code.CART_WORTH, Math.round(worth * unit));
  };

  /** The cart was edited. `count`, where GA4 tells it: how many are in it more, plus one; 0 where it does not say. */
  const edited = (edit, item, count) => {
    const byControl = count === undefined;
    const agoMs = performance.now() - heard.ms;
    const known = byControl !== heard.byControl && (edit === heard.edit ? agoMs < SAME_ACT_MS : item === heard.item && agoMs < SAME_LINE_MS);
    if (!known) heard = { byControl, edit, item, ms: performance.now() };
    // A control that was pressed says nothing of how many there are now, but for one that adds.
    if (edit === ADDED && !(known && heard.edit === ADDED)) hear(code.COMMERCE, ADD_TO_CART, count);
    if (!known) hear(code.CART_EDITED, edit, item);
  };

  /** A GA4 event by its name and parameters. It tells of the cart, and of the page the shopper is on. */
  const track = (name, about) => {
    if (name === "coupon_refused") return hear(code.COUPON_REFUSED);
    if (name === "coupon_accepted") return hear(code.COUPON_ACCEPTED);
    const event = code.EVENTS.indexOf(name);
    if (event < 0) return undefined;
    const items = itemsOf(about);
    const item = numberOfItem(items?.[0]);
    const count = items ? pieces(items) + 1 : 0;
    if (event === ADD_TO_CART) return edited(ADDED, item, count);
    if (items && (event === VIEW_CART || event === BEGIN_CHECKOUT)) cart(about);
    hear(code.COMMERCE, event, event === VIEW_ITEM ? 0 : count);
    if (event === VIEW_ITEM) return show(item);
    if (event === REMOVE_FROM_CART) return edited(REMOVED, item, count);
    return hear(code.PAGE_CHANGED, event === VIEW_CART ? CART : event === PURCHASE ? OTHER : CHECKOUT, 0);
  };

  return {
    cart,
    track,
    edited,
    /** An entry of the data layer: `{ event, ecommerce: { items } }`, or gtag's `["event", name, { items }]`. */
    layer(entry) {
      if (entry?.[0] === "event") track(entry[1], entry[2]);
      else track(entry?.event, entry?.ecommerce);
    },
  };
}
