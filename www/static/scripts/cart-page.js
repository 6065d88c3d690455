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

/** Draws the lines anew, and leaves the keyboard where it was. */
function showLines() {
  const focused = document.activeElement.closest(".line")?.dataset.sku;
  const rows = cart.lines.map(row);
  root.querySelector("[data-lines]").replaceChildren(...rows);
  rows.find(({ dataset }) => dataset.sku === focused)?.querySelector("[data-quantity]").focus();
}

function row(line) {
  const element = document.querySelector("[data-line-template]").content.firstElementChild.cloneNode(true);
  element.dataset.sku = line.sku;
  const title = element.querySelector("[data-title]");
  title.textContent = line.title;
  title.href = line.url;
  element.querySelector("[data-image]").src = line.image;
  element.querySelector("[data-variant]").textContent = line.variant;
  element.querySelector("[data-unit]").textContent = `${euros(line.priceMinor)} each`;
  element.querySelector("[data-line-total]").textContent = euros(line.priceMinor * line.quantity);

  const quantity = element.querySelector("[data-quantity]");
  quantity.value = String(line.quantity);
  quantity.addEventListener("change", () => setQuantity(line, Number(quantity.value)));
  const remove = element.querySelector("[data-remove]");
  remove.setAttribute("aria-label", `Remove ${line.title}`);
  remove.addEventListener("click", () => removeLine(line));
  return element;
}

function setQuantity(line, quantity) {
  saveCart(withQuantity(cart, line.sku, quantity));
  const changed = cart.lines.find(({ sku }) => sku === line.sku);
  const difference = changed.quantity - line.quantity;
  report(difference > 0 ? "add_to_cart" : "remove_from_cart", line, Math.abs(difference));
  status.textContent = `${line.title}: ${changed.quantity}`;
}

function removeLine(line) {
  saveCart(withoutLine(cart, line.sku));
  report("remove_from_cart", line, line.quantity);
  status.textContent = `${line.title} removed`;
  document.getElementById("main").focus();
}

function report(event, line, quantity) {
  if (quantity > 0) pushEvent(event, { value: major(line.priceMinor * quantity), items: [item({ ...line, quantity })] });
}
