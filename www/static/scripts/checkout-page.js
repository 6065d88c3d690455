// /checkout/
import { EMPTY_CART, loadCart, saveCart, saveOrder, totals } from "./cart.js";
import { cartPayload, pushEvent } from "./data-layer.js";
import { showMiniLines, showTotals } from "./totals.js";

const cart = loadCart();
const isEmpty = cart.lines.length === 0;
const root = document.querySelector("[data-checkout]");
const form = root.querySelector("[data-checkout-form]");
const payment = form.querySelector("[data-payment]");
const continueRow = form.querySelector("[data-continue-row]");

document.querySelector("[data-empty]").hidden = !isEmpty;
root.hidden = isEmpty;
show();
if (!isEmpty) pushEvent("begin_checkout", cartPayload(cart, sums()));

form.addEventListener("change", show);
addEventListener("pageshow", (event) => {
  // Gone back to: the order may have been placed meanwhile. Reloaded: the browser has filled in the form again.
  if (event.persisted) location.reload();
  else show();
});
form.querySelector("[data-edit]").addEventListener("click", () => {
  setPaying(false);
  form.elements.email.focus();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (payment.hidden) continueToPayment();
  else placeOrder();
});

function continueToPayment() {
  pushEvent("add_shipping_info", { ...cartPayload(cart, sums()), shipping_tier: method().dataset.label });
  setPaying(true);
  form.querySelector('[name="payment"]:checked').focus();
}

function placeOrder() {
  pushEvent("add_payment_info", { ...cartPayload(cart, sums()), payment_type: form.elements.payment.value });
  saveOrder({ id: orderId(), email: form.elements.email.value, delivery: method().dataset.label, cart, totals: sums(), isReported: false });
  saveCart(EMPTY_CART);
  location.assign("/thanks/");
}

function setPaying(isPaying) {
  payment.hidden = !isPaying;
  payment.disabled = !isPaying;
  continueRow.hidden = isPaying;
}

/** Only the methods that reach the chosen country. */
function showMethods() {
  const country = form.elements.country.value;
  for (const label of form.querySelectorAll("[data-countries]")) {
    const reaches = label.dataset.countries.split(" ").includes(country);
    label.hidden = !reaches;
    label.querySelector("input").disabled = !reaches;
  }
  if (method() === null) form.querySelector('[name="delivery"]:enabled').checked = true;
}

function method() {
  return form.querySelector('[name="delivery"]:enabled:checked');
}

function sums() {
  const { priceMinor, freeFromMinor } = method().dataset;
  return totals(cart, { priceMinor: Number(priceMinor), freeFromMinor: Number(freeFromMinor) });
}

function show() {
  showMethods();
  showMiniLines(root, cart);
  showTotals(root, cart, sums());
}

/** Unlikely to meet another in one browser; a real shop's order number comes from its server. */
function orderId() {
  const day = new Date().toISOString().slice(2, 10).replaceAll("-", "");
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  return `HC-${day}-${String(number % 10000).padStart(4, "0")}`;
}
