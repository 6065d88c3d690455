import { euros, loadCart, onCartChanged, saveCart, totals, withQuantity, withVoucher, withoutLine } from "./cart.js";
import { cartPayload, item, major, pushEvent } from "./data-layer.js";
import { showTotals } from "./totals.js";

export function showCart(onCart) {
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
    if (next !== null) change(next);
  });

  function change(next) {
    cart = next;
    saveCart(cart);
    show();
    onCart();
  }

  function show() {
    const isEmpty = cart.lines.length === 0;
    document.querySelector("[data-empty]").hidden = !isEmpty;
    root.hidden = isEmpty;
    root.querySelector("[data-lines]").replaceChildren(...cart.lines.map(row));
    const sums = totals(cart, delivery);
    showTotals(root, cart, sums);
    root.querySelector("[data-free-note]").textContent = sums.untilFree === 0 ? "Delivery in the Netherlands is on us." : `${euros(sums.untilFree)} more, and delivery in the Netherlands is free.`;
  }

  function row(line) {
    const fragment = document.querySelector("[data-line-template]").content.cloneNode(true);
    const title = fragment.querySelector("[data-title]");
    title.textContent = line.title;
    title.href = line.url;
    fragment.querySelector("[data-image]").src = line.image;
    fragment.querySelector("[data-variant]").textContent = line.variant;
    fragment.querySelector("[data-unit]").textContent = `${euros(line.priceMinor)} each`;
    fragment.querySelector("[data-line-total]").textContent = euros(line.priceMinor * line.quantity);

    const quantity = fragment.querySelector("[data-quantity]");
    quantity.value = String(line.quantity);
    quantity.addEventListener("change", () => setQuantity(line, Number(quantity.value)));
    const remove = fragment.querySelector("[data-remove]");
    remove.setAttribute("aria-label", `Remove ${line.title}`);
    remove.addEventListener("click", () => removeLine(line));
    return fragment;
  }

  function setQuantity(line, quantity) {
    change(withQuantity(cart, line.sku, quantity));
    const changed = cart.lines.find(({ sku }) => sku === line.sku);
    const difference = changed.quantity - line.quantity;
    report(difference > 0 ? "add_to_cart" : "remove_from_cart", line, Math.abs(difference));
    status.textContent = `${line.title}: ${changed.quantity}`;
  }

  function removeLine(line) {
    change(withoutLine(cart, line.sku));
    report("remove_from_cart", line, line.quantity);
    status.textContent = `${line.title} removed`;
    document.getElementById("main").focus();
  }
}

function report(event, line, quantity) {
  if (quantity > 0) pushEvent(event, { value: major(line.priceMinor * quantity), items: [item({ ...line, quantity })] });
}
