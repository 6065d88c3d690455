// What the page's elements mean: which field, which control, which copy. Told from markup alone; no text is read.
import { numberOf } from "./number.js";

const FIELDS = "input,select,textarea,[contenteditable]";
const NOT_TYPED_INTO = "[type=button],[type=submit],[type=checkbox],[type=radio],[type=range]";
const COUPONS = "coupon promo voucher discount gutschein".split(" ").flatMap((word) => [`[name*=${word} i]`, `[id*=${word} i]`]).join();
const SEARCHES = "[type=search],[role=searchbox],[name=q],[name=s]";
const VARIANTS = "[name*=variant i],[name*=size i],[name*=colo i],[name*=option i],[name^=attribute_]";
const CARTS = "[action*=cart i],[class*=cart i],[id*=cart i],[class*=basket i],[id*=basket i]";
const QUANTITIES = "[name*=quantity i],[name*=qty i],[name^=updates],[class*=quantity i],.qty";
const REMOVALS = "[class*=remove i],[name*=remove i],[data-cart-remove],[href*='quantity=0'],[href*=remove_item]";
const ADDS = "[action*='/cart/add'],[action*='/basket/add'],form.cart,[data-add-to-cart]";
const ADDED = "[name=id],[name=add-to-cart],[name=variation_id],[name=product_id]";
const REFUSALS = `:is(${COUPONS})[aria-invalid=true],:is([class*=coupon i],[class*=promo i],[class*=discount i],form:has(${COUPONS})) :is([role=alert],[class*=error i]):not(:empty),.woocommerce-error`;

/** What a click may be on: their places are the sensors' codes. */
const TARGETS = [
  // Looked at last, because the others are controls too.
  "a,button,input,select,textarea,label,summary,video,[role=button],[role=tab],[onclick]",
  "[type=number],[class*=quantity i],[class*=stepper i],[class*=carousel i],[class*=slider i],[class*=swiper i]",
  "[href*=size-guide i],[href*=size-chart i],[class*=size-guide i],[class*=size-chart i],[data-size-guide]",
  "[href*=specification i],[class*=specification i],[id*=specification i],[data-specification]",
];
const COPIES = ["h1,[itemprop=name]", "[itemprop=price],[class*=price i],[data-price]", "[itemprop=sku],[class*=sku i],[data-sku]"];

const is = (node, selector) => !!node?.matches?.(selector);
const isIn = (node, selector) => !!node?.closest?.(selector);
/** What themes call the product of a line, on the line or in it. */
const LINE_IDS = "sku product_sku product-id product_id variant-id item-id".split(" ").map((name) => `data-${name}`);
/** The number of the line that a control belongs to: the product's where the page says it, as GA4 does, else the control's own. */
const lineOf = (node) => {
  const line = node.closest(LINE_IDS.map((id) => `[${id}]`).join());
  return numberOf(LINE_IDS.map((id) => line?.getAttribute(id)).find(Boolean) || node.href || node.name || node.id || node.className);
};

export const target = (node) => {
  const place = [2, 3, 1, 0].find((place) => isIn(node, TARGETS[place]));
  return place ?? 4;
};

/** The field's kind if it is one that is typed into or chosen from, else undefined. */
export function field(node) {
  if (!is(node, FIELDS) || is(node, NOT_TYPED_INTO)) return undefined;
  return is(node, "select") ? 2 : is(node, COUPONS) ? 0 : is(node, SEARCHES) ? 1 : 3;
}

/** What a copy was of, else undefined: of a price in a title, the price. */
export const copied = (node) => [1, 2, 0].find((place) => isIn(node, COPIES[place]));

export const variant = (node) => (is(node, VARIANTS) ? numberOf(node.value) : undefined);
export const quantity = (node) => (is(node, QUANTITIES) && isIn(node, CARTS) ? lineOf(node) : undefined);
export const removal = (node) => (isIn(node, CARTS) && isIn(node, REMOVALS) ? lineOf(node.closest(REMOVALS)) : undefined);
/** The number of what a form puts into the cart, else undefined. */
export const addition = (form) => (is(form, ADDS) ? numberOf(form.querySelector(ADDED)?.value ?? form.action) : undefined);
export const isCoupon = (node) => is(node, COUPONS);
export const isAboutCoupon = (node) => !!node?.closest?.("form,[class*=coupon i],[class*=promo i],[class*=discount i]")?.querySelector(COUPONS);
/** Whether the page says that a coupon is no good. */
export const refusesCoupon = () => !!document.querySelector(REFUSALS);

/** A dialog of the page's own that can be seen. Off-canvas drawers are in the page all the time. */
export const overlayIsOpen = () => [...document.querySelectorAll("dialog[open],[aria-modal=true]:not([aria-hidden=true])")]
  .some((dialog) => dialog.checkVisibility?.({ visibilityProperty: true }) ?? dialog.getClientRects().length > 0);

const KINDS = [
  [3, "checkouts?|payment|shipping|kasse|afrekenen"],
  [2, "cart|basket|bag|warenkorb|panier|winkelwagen|carrito|cesta|carrello|koszyk"],
  [4, "account|login|signin|register|konto|orders|wishlist"],
  [5, "help|faq|contact|about|returns|delivery|support|policies|hilfe|aide"],
  // With something after it: without, it is a list.
  [0, "(products?|p|item|dp|produkte?|produits?|productos?)/[^/]"],
  [1, "collections?|category|categories|c|products|shop|search"],
].map(([kind, words]) => [kind, new RegExp(`/(${words})` + (kind ? "\\b" : ""), "i")]);

/** What a page is for, by the usual words in its path. */
export const kindOf = (path) => KINDS.find(([, words]) => words.test(path))?.[0] ?? 6;
