// The cart: lines, a voucher, and what they come to. Money is in euro cents.

const CART_KEY = "harbour.cart";
const ORDER_KEY = "harbour.order";
const VOUCHERS = new Map([["HARBOUR10", 10]]);
const MOST_OF_ONE = 20;

/** The cart where storage is full or refused: it lasts as long as the page. */
let unsaved = null;
const listeners = [];

export const EMPTY_CART = { lines: [], voucher: null };

/** Adds to the line of the same sku, or appends one. */
export function withLine(cart, line) {
  const existing = cart.lines.find(({ sku }) => sku === line.sku);
  if (existing === undefined) return { ...cart, lines: [...cart.lines, { ...line, quantity: clampQuantity(line.quantity) }] };
  return withQuantity(cart, line.sku, existing.quantity + line.quantity);
}

export function withQuantity(cart, sku, quantity) {
  return { ...cart, lines: cart.lines.map((line) => (line.sku === sku ? { ...line, quantity: clampQuantity(quantity) } : line)) };
}

export function withoutLine(cart, sku) {
  return { ...cart, lines: cart.lines.filter((line) => line.sku !== sku) };
}

/** The cart with the voucher, or null where there is no such code. */
export function withVoucher(cart, code) {
  const voucher = code.trim().toUpperCase();
  return VOUCHERS.has(voucher) ? { ...cart, voucher } : null;
}

/** `delivery`: `{priceMinor, freeFromMinor}` of the chosen method; what is free is decided after the discount. */
export function totals(cart, delivery) {
  const subtotal = cart.lines.reduce((sum, line) => sum + line.priceMinor * line.quantity, 0);
  const discount = Math.round((subtotal * (VOUCHERS.get(cart.voucher) ?? 0)) / 100);
  const goods = subtotal - discount;
  const isFree = cart.lines.length === 0 || goods >= delivery.freeFromMinor;
  const shipping = isFree ? 0 : delivery.priceMinor;
  return { subtotal, discount, goods, shipping, total: goods + shipping, untilFree: isFree ? 0 : delivery.freeFromMinor - goods };
}

export function itemCount(cart) {
  return cart.lines.reduce((sum, line) => sum + line.quantity, 0);
}

/** 1450 -> "€14.50" */
export function euros(priceMinor) {
  return `€${(priceMinor / 100).toFixed(2)}`;
}

export function loadCart() {
  return unsaved ?? decodeCart(read(localStorageOrNull(), CART_KEY));
}

export function saveCart(cart) {
  unsaved = write(localStorageOrNull(), CART_KEY, cart) ? null : cart;
  for (const listener of listeners) listener();
}

/** Calls back when this page or another tab changes the cart, or this page comes back from the back/forward cache. */
export function onCartChanged(callback) {
  listeners.push(callback);
  addEventListener("storage", (event) => {
    if (event.key === CART_KEY || event.key === null) callback();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) callback();
  });
}

/** The order just placed, for the thank-you page of the same tab. */
export function loadOrder() {
  const order = read(sessionStorageOrNull(), ORDER_KEY);
  return isRecord(order) && typeof order.id === "string" && isRecord(order.totals) ? { ...order, cart: decodeCart(order.cart) } : null;
}

export function saveOrder(order) {
  write(sessionStorageOrNull(), ORDER_KEY, order);
}

/** What storage holds may be old, or somebody else's: only whole lines are kept. */
export function decodeCart(value) {
  if (!isRecord(value) || !Array.isArray(value.lines)) return EMPTY_CART;
  return { lines: value.lines.filter(isLine).map((line) => ({ ...line, quantity: clampQuantity(line.quantity) })), voucher: VOUCHERS.has(value.voucher) ? value.voucher : null };
}

function isLine(line) {
  return (
    isRecord(line) &&
    ["sku", "title", "variant", "category", "url", "image"].every((name) => typeof line[name] === "string") &&
    [line.url, line.image].every((path) => /^\/[a-z]/.test(path)) &&
    Number.isSafeInteger(line.priceMinor) &&
    line.priceMinor >= 0 &&
    Number.isSafeInteger(line.quantity)
  );
}

function isRecord(value) {
  return typeof value === "object" && value !== null;
}

function clampQuantity(quantity) {
  return Math.min(MOST_OF_ONE, Math.max(1, Math.trunc(quantity) || 1));
}

function read(storage, key) {
  try {
    return JSON.parse(storage?.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** Whether it was written. */
function write(storage, key, value) {
  try {
    storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

// Even naming the storage throws where the browser blocks it.
function localStorageOrNull() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function sessionStorageOrNull() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
