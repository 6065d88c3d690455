import { decimal, imagePath, priceLabel, productPath } from "../catalogue.mjs";
import { html } from "../html.mjs";

/** A product in a list. `note` replaces the summary, as in "goes with". */
export function card(catalogue, product, { note = product.summary, heading = "h3" } = {}) {
  const title = heading === "h2" ? html`<h2 class="card-title">${link(product)}</h2>` : html`<h3 class="card-title">${link(product)}</h3>`;
  return html`<li class="card" data-kind="${product.kind}" data-sku="${product.variants[0].id}" data-name="${product.title}" data-category="${kindLabel(catalogue, product)}" data-price="${decimal(product.price_minor)}">
<div class="card-picture"><img src="${imagePath(product)}" width="480" height="480" alt="${product.image_alt}" loading="lazy">${!product.in_stock && html`<span class="tag">Sold out</span>`}</div>
${title}
<p class="card-subtitle">${product.subtitle}</p>
<p class="card-note">${note}</p>
<p class="price">${priceLabel(product)}</p>
</li>`;
}

export function kindLabel(catalogue, product) {
  return catalogue.kinds.find((kind) => kind.id === product.kind).label;
}

function link(product) {
  return html`<a href="${productPath(product)}">${product.title}</a>`;
}
