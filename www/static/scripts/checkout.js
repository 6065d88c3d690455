import { EMPTY_CART, loadCart, saveCart, saveOrder, totals } from "./cart.js";
import { cartPayload, pushEvent } from "./data-layer.js";
import { showMiniLines, showTotals } from "./totals.js";

export function showCheckout(onCart) {
  const cart = loadCart();
  const isEmpty = cart.lines.length === 0;
  document.querySelector("[data-empty]").hidden = !isEmpty;
  const root = document.querySelector("[data-checkout]");
  root.hidden = isEmpty;
  if (isEmpty) return;

  const form = root.querySelector("[data-checkout-form]");
  const payment = form.querySelector("[data-payment]");
  const continueRow = form.querySelector("[data-continue-row]");

  showMethods();
  showMiniLines(root, cart);
  show();
  pushEvent("begin_checkout", cartPayload(cart, sums()));

  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-country]")) showMethods();
    show();
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
    onCart();
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
    showTotals(root, cart, sums());
  }
}

/** Unlikely to meet another in one browser; a real shop's order number comes from its server. */
function orderId() {
  const day = new Date().toISOString().slice(2, 10).replaceAll("-", "");
  const [number] = crypto.getRandomValues(new Uint32Array(1));
  return `HC-${day}-${String(number % 10000).padStart(4, "0")}`;
}
