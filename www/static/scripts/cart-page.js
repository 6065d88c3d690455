// /cart/
import { euros, loadCart, onCartChanged, saveCart, totals, withQuantity, withVoucher, withoutLine } from "./cart.js";
import { cartPayload, item, major, pushEvent } from "./data-layer.js";
import { showTotals } from "./totals.js";

const root = document.querySelector("[data-cart]");
const delivery = { priceMinor: Number(root.dataset.deliveryMinor), freeFromMinor: Number(root.dataset.freeFromMinor) };
const status = document.querySelector("[data-cart-status]");
const voucher = document.querySelector("[data-voucher]");
let cart = loadCart();

show();
if (cart.lines.length > 0) pushEvent("view_cart", cartPayload(cart, totals(cart, delivery)));
onCartChanged(() => {
  cart = loadCart();
  show();
});

voucher.addEventListener("submit", (event) => {
  event.preventDefault();
  const field = voucher.elements.coupon;
  const message = voucher.querySelector("[data-voucher-message]");
  const next = withVoucher(cart, field.value);
  field.setAttribute("aria-invalid", String(next === null));
  message.textContent = next === null ? "We do not know that code. Check it for typing mistakes." : `${next.voucher} applied.`;
  message.classList.toggle("field-ok", next !== null);
  if (next !== null) saveCart(next);
});

function show() {
  const isEmpty = cart.lines.length === 0;
  document.querySelector("[data-empty]").hidden = !isEmpty;
  root.hidden = isEmpty;
  showLines();
  const sums = totals(cart, delivery);
  showTotals(root, cart, sums);
  root.querySelector("[data-free-note]").textContent = sums.untilFree === 0 ? "Delivery in the Netherlands is on us." : `${euros(sums.untilFree)} more, and delivery in the Netherlands is free.`;
}

/** Changes the rows there are rather than drawing them anew: the keyboard stays where it is. */
function showLines() {
  const list = root.querySelector("[data-lines]");
  const rows = new Map([...list.children].map((row) => [row.dataset.sku, row]));
  for (const line of cart.lines) {
    const row = rows.get(line.sku) ?? list.appendChild(newRow(line));
    row.querySelector("[data-quantity]").value = String(line.quantity);
    row.querySelector("[data-line-total]").textContent = euros(line.priceMinor * line.quantity);
    rows.delete(line.sku);
  }
  for (const row of rows.values()) row.remove();
}

function newRow(line) {
  const row = document.querySelector("[data-line-template]").content.firstElementChild.cloneNode(true);
  row.dataset.sku = line.sku;
  const title = row.querySelector("[data-title]");
  title.textContent = line.title;
  title.href = line.url;
  row.querySelector("[data-image]").src = line.image;
  row.querySelector("[data-variant]").textContent = line.variant;
  row.querySelector("[data-unit]").textContent = `${euros(line.priceMinor)} each`;
  row.querySelector("[data-quantity]").addEventListener("change", (event) => setQuantity(line.sku, Number(event.target.value)));
  const remove = row.querySelector("[data-remove]");
  remove.setAttribute("aria-label", `Remove ${line.title}`);
  remove.addEventListener("click", () => removeLine(line.sku));
  return row;
}

function setQuantity(sku, quantity) {
  const before = lineOf(sku);
  saveCart(withQuantity(cart, sku, quantity));
  const difference = lineOf(sku).quantity - before.quantity;
  report(difference > 0 ? "add_to_cart" : "remove_from_cart", before, Math.abs(difference));
  status.textContent = `${before.title}: ${lineOf(sku).quantity}`;
}

function removeLine(sku) {
  const line = lineOf(sku);
  saveCart(withoutLine(cart, sku));
  report("remove_from_cart", line, line.quantity);
  status.textContent = `${line.title} removed`;
  document.getElementById("main").focus();
}

function lineOf(sku) {
  return cart.lines.find((line) => line.sku === sku);
}

function report(event, line, quantity) {
  if (quantity > 0) pushEvent(event, { value: major(line.priceMinor * quantity), items: [item({ ...line, quantity })] });
}
