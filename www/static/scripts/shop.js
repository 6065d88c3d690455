// On every page: the number on the cart, and what is shown in lists.
import { itemCount, loadCart, onCartChanged } from "./cart.js";
import { reportLists } from "./lists.js";

reportLists();
showCount();
onCartChanged(showCount);

function showCount() {
  const count = itemCount(loadCart());
  const badge = document.querySelector("[data-cart-count]");
  badge.hidden = count === 0;
  badge.textContent = String(count);
}
