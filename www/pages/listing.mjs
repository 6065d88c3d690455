import { productPath } from "../catalogue.mjs";
import { html } from "../html.mjs";
import { card } from "./card.mjs";
import { address, page } from "./layout.mjs";

export function listingPage(catalogue) {
  const { kinds, products } = catalogue;
  return page({
    script: "listing-page.js",
    title: "Shop: coffee, brewing gear and care | Harbour Coffee",
    description: "Coffee roasted to order, paper filters, grinders, kettles, drippers, scales, descaler and brushes.",
    path: "/shop/",
    crumbs: [["Home", "/"], ["Shop", "/shop/"]],
    data: [itemList(products)],
    main: html`
<div class="listing-head">
<h1>The shop</h1>
<p class="lead" data-kind-note data-note-all="Everything on one shelf: what runs out, what lasts, and what keeps it going.">Everything on one shelf: what runs out, what lasts, and what keeps it going.</p>
</div>
<div class="listing-tools">
<nav class="filters" aria-label="Filter by kind">
<ul>
<li><a href="/shop/" data-filter="" aria-current="true">Everything</a></li>
${kinds.map((kind) => html`<li><a href="/shop/?kind=${kind.id}" data-filter="${kind.id}" data-note="${kind.note}">${kind.label}</a></li>`)}
</ul>
</nav>
<p class="sort"><label for="sort">Sort by</label>
<select id="sort" data-sort><option value="">Our order</option><option value="up">Price, low to high</option><option value="down">Price, high to low</option></select></p>
</div>
<p class="visually-hidden" role="status" data-result-count></p>
<ul class="cards cards-listing" data-list="shop" data-list-name="Shop">${products.map((product) => card(catalogue, product, { heading: "h2" }))}</ul>`,
  });
}

function itemList(products) {
  return {
    "@context": "https://schema.org",
    "@type": "ItemList",
    itemListElement: products.map((product, index) => ({ "@type": "ListItem", position: index + 1, name: product.title, url: address(productPath(product)) })),
  };
}
