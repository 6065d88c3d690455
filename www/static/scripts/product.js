import { euros, loadCart, saveCart, withLine } from "./cart.js";
import { item, major, pushEvent } from "./data-layer.js";

/** A product page: the variant chosen, its price and stock, and into the cart. The page's own JSON-LD is the data. */
export function showProduct(onCart) {
  const product = readProduct();
  const form = document.querySelector("[data-buy]");
  const quantity = form.querySelector("#quantity");
  const added = form.querySelector("[data-added]");

  show();
  pushView();
  form.addEventListener("change", (event) => {
    if (!event.target.matches("[data-option]")) return;
    added.textContent = "";
    show();
    pushView();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const line = { ...chosen(), quantity: Math.max(1, Math.trunc(Number(quantity.value)) || 1) };
    saveCart(withLine(loadCart(), line));
    pushEvent("add_to_cart", { value: major(line.priceMinor * line.quantity), items: [item(line)] });
    added.replaceChildren(`${line.title} is in your cart. `, link("/cart/", "View cart"));
    onCart();
  });

  function pushView() {
    const line = chosen();
    pushEvent("view_item", { value: major(line.priceMinor), items: [item(line)] });
  }

  function chosen() {
    const variant = [...form.querySelectorAll("[data-option]:checked")].map((input) => input.value).join(", ");
    const offer = product.offers.find(({ name }) => (name ?? "") === variant) ?? product.offers[0];
    return {
      sku: offer.sku,
      title: product.name,
      variant: offer.name ?? "",
      category: product.category,
      priceMinor: Math.round(Number(offer.price) * 100),
      inStock: offer.availability.endsWith("/InStock"),
      url: location.pathname,
      image: new URL(product.image).pathname,
    };
  }

  function show() {
    const { priceMinor, inStock } = chosen();
    document.querySelector("[data-price]").textContent = euros(priceMinor);
    const stock = form.querySelector("[data-stock]");
    const isAllSoldOut = product.offers.every(({ availability }) => !availability.endsWith("/InStock"));
    stock.textContent = inStock || isAllSoldOut ? stock.dataset.inStock : stock.dataset.outOfStock;
    stock.toggleAttribute("data-sold-out", !inStock);
    const button = form.querySelector("[data-add]");
    button.disabled = !inStock;
    button.textContent = inStock ? "Add to cart" : "Sold out";
  }
}

function readProduct() {
  const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) => JSON.parse(script.textContent));
  const product = blocks.find((block) => block["@type"] === "Product");
  return { ...product, offers: [product.offers].flat() };
}

function link(href, text) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}
