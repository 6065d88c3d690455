import { itemCount, loadCart, onCartChanged } from "./cart.js";
import { showCart } from "./cart-page.js";
import { showCheckout } from "./checkout.js";
import { reportLists, showListing } from "./listing.js";
import { showProduct } from "./product.js";
import { showThanks } from "./thanks.js";

const PAGES = { cart: showCart, checkout: showCheckout, listing: showListing, product: showProduct, thanks: showThanks };

PAGES[document.body.dataset.page]?.(showCount);
reportLists();
showCount();
onCartChanged(showCount);

/** The number on the cart in the header. */
function showCount() {
  const count = itemCount(loadCart());
  const badge = document.querySelector("[data-cart-count]");
  badge.hidden = count === 0;
  badge.textContent = String(count);
  badge.setAttribute("aria-label", count === 1 ? "1 item" : `${count} items`);
}
