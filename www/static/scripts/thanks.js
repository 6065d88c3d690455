import { loadOrder, saveOrder } from "./cart.js";
import { cartPayload, major, pushEvent } from "./data-layer.js";
import { showMiniLines, showTotals } from "./totals.js";

export function showThanks() {
  const order = loadOrder();
  document.querySelector("[data-empty]").hidden = order !== null;
  const root = document.querySelector("[data-order]");
  root.hidden = order === null;
  if (order === null) return;

  root.querySelector("[data-order-id]").textContent = order.id;
  root.querySelector("[data-order-email]").textContent = order.email;
  root.querySelector("[data-order-delivery]").textContent = order.delivery.toLowerCase();
  showMiniLines(root, order.cart);
  showTotals(root, order.cart, order.totals);

  // A reload shows the order again, and does not buy it again.
  if (order.isReported) return;
  pushEvent("purchase", { transaction_id: order.id, ...cartPayload(order.cart, order.totals), shipping: major(order.totals.shipping) });
  saveOrder({ ...order, isReported: true });
}
