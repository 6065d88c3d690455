// A product: the variant chosen, its price and stock, and into the cart. The page's own JSON-LD is the data.
import { euros, loadCart, saveCart, withLine } from "./cart.js";
import { item, major, pushEvent } from "./data-layer.js";

const product = readProduct();
const form = document.querySelector("[data-buy]");
const options = [...form.querySelectorAll("[data-option]")];
const added = form.querySelector("[data-added]");

show();
pushView();
form.addEventListener("change", (event) => {
  if (!options.includes(event.target)) return;
  added.replaceChildren();
  show();
  pushView();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const { inStock, ...line } = chosen();
  if (!inStock) return;
  line.quantity = Number(form.elements.quantity.value);
  saveCart(withLine(loadCart(), line));
  pushEvent("add_to_cart", { value: major(line.priceMinor * line.quantity), items: [item(line)] });
  added.replaceChildren(`${line.title} is in your cart. `, link("/cart/", "View cart"));
});
// The browser keeps what was chosen over a reload, and tells nobody.
addEventListener("pageshow", show);

function pushView() {
  const line = chosen();
  pushEvent("view_item", { value: major(line.priceMinor), items: [item(line)] });
}

function chosen() {
  const offer = offerOf(options.filter((input) => input.checked)) ?? product.offers[0];
  return {
    sku: offer.sku,
    title: product.name,
    variant: offer.name ?? "",
    category: product.category,
    priceMinor: Math.round(Number(offer.price) * 100),
    inStock: isInStock(offer),
    url: location.pathname,
    image: new URL(product.image).pathname,
  };
}

function show() {
  const { priceMinor, inStock } = chosen();
  document.querySelector("[data-shown-price]").textContent = euros(priceMinor);
  const stock = form.querySelector("[data-stock]");
  stock.textContent = inStock || !product.offers.some(isInStock) ? stock.dataset.inStock : stock.dataset.outOfStock;
  stock.toggleAttribute("data-sold-out", !inStock);
  const button = form.querySelector("[data-add]");
  button.disabled = !inStock;
  button.textContent = inStock ? "Add to cart" : "Sold out";
  for (const input of options) {
    const offer = offerOf(options.filter((other) => (other.name === input.name ? other === input : other.checked)));
    input.parentElement.toggleAttribute("data-sold-out", !input.checked && !isInStock(offer));
  }
}

/** An offer is named after its values, in the options' order. */
function offerOf(inputs) {
  const name = inputs.map((input) => input.value).join(", ");
  return product.offers.find((offer) => (offer.name ?? "") === name);
}

function isInStock(offer) {
  return offer?.availability === "https://schema.org/InStock";
}

function readProduct() {
  const blocks = [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) => JSON.parse(script.textContent));
  const found = blocks.find((block) => block["@type"] === "Product");
  return { ...found, offers: [found.offers].flat() };
}

function link(href, text) {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}
