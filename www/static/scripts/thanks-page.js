// /thanks/
import { loadOrder, saveOrder } from "./cart.js";
import { cartPayload, major, pushEvent } from "./data-layer.js";
import { showMiniLines, showTotals } from "./totals.js";

const root = document.querySelector("[data-order]");
const order = loadOrder();

root.hidden = order === null;
document.querySelector("[data-empty]").hidden = order !== null;
if (order !== null) {
  show();
  report();
}

function show() {
  root.querySelector("[data-order-id]").textContent = order.id;
  root.querySelector("[data-order-email]").textContent = order.email;
  root.querySelector("[data-order-delivery]").textContent = order.delivery.toLowerCase();
  showMiniLines(root, order.cart);
  showTotals(root, order.cart, order.totals);
}

/** Once: a reload shows the order again, and does not buy it again. */
function report() {
  if (order.isReported) return;
  pushEvent("purchase", { transaction_id: order.id, ...cartPayload(order.cart, order.totals), shipping: major(order.totals.shipping) });
  saveOrder({ ...order, isReported: true });
}
