import { decimal, fullTitle, imagePath, priceLabel, productPath } from "../catalogue.mjs";
import { html } from "../html.mjs";
import { card, kindLabel } from "./card.mjs";
import { guideTable } from "./guide.mjs";
import { address, page } from "./layout.mjs";

export function productPage(catalogue, product) {
  const path = productPath(product);
  const kind = kindLabel(catalogue, product);
  const guide = product.guide && catalogue.guides[product.guide];
  return page({
    script: "product-page.js",
    title: `${fullTitle(product)} | Harbour Coffee`,
    description: product.summary,
    path,
    crumbs: [["Home", "/"], ["Shop", "/shop/"], [kind, `/shop/?kind=${product.kind}`], [product.title, path]],
    data: [productData(product, kind)],
    main: html`
<article class="product">
<div class="product-picture"><img src="${imagePath(product)}" width="480" height="480" alt="${product.image_alt}" fetchpriority="high"></div>
<div class="product-buy">
<h1>${product.title}</h1>
<p class="product-subtitle">${product.subtitle}</p>
<p class="lead">${product.summary}</p>
<p class="product-price"><span class="price" data-shown-price>${priceLabel(product)}</span> <span class="price-note">including VAT, <a href="/help/#delivery">plus delivery</a></span></p>
<form class="buy" data-buy>
${product.options.map((option) => optionChoice(product, option))}
${guide && html`<details class="guide" data-size-guide><summary>${guide.title}</summary>${guideTable(guide)}</details>`}
<p class="stock" data-stock data-in-stock="${product.stock_note}" data-out-of-stock="This one is sold out"${!product.in_stock && html` data-sold-out`}>${product.stock_note}</p>
<div class="buy-row">
<p class="quantity"><label for="quantity">Quantity</label><input id="quantity" name="quantity" type="number" inputmode="numeric" min="1" max="20" value="1" required></p>
<button class="button button-wide" type="submit"${!product.in_stock && html` disabled`} data-add>${product.in_stock ? "Add to cart" : "Sold out"}</button>
</div>
<p class="added" role="status" data-added></p>
</form>
<ul class="assurances">
<li>${delivery(product)}</li>
<li>${returns(product)}</li>
</ul>
</div>
</article>

<div class="product-more">
<section class="prose" aria-labelledby="about">
<h2 id="about">About ${product.title}</h2>
${product.description.map((paragraph) => html`<p>${paragraph}</p>`)}
${product.flag && html`<p class="flag-note"><img src="/images/flag-${product.flag.toLowerCase()}.svg" width="48" height="36" alt="">Flies the signal flag ${product.flag}.</p>`}
</section>
<section aria-labelledby="specifications" data-specification>
<h2 id="specifications">Details</h2>
<table class="facts"><tbody>
${product.facts.map((fact) => html`<tr><th scope="row">${fact.label}</th><td>${fact.value}</td></tr>`)}
</tbody></table>
</section>
<section class="trouble" aria-labelledby="trouble">
<h2 id="trouble">If something is off</h2>
${product.troubleshooting.map((entry) => html`<details><summary>${entry.problem}</summary><ol>${entry.steps.map((step) => html`<li>${step}</li>`)}</ol></details>`)}
</section>
<section class="prose" aria-labelledby="delivery-returns">
<h2 id="delivery-returns">Delivery and returns</h2>
<p>Home delivery in the Netherlands costs €4.95, and nothing from €35. Belgium and Germany: €7.95, and nothing from €60. Pick up on the quay is always free.</p>
<p>${returns(product)}. <a href="/help/#returns">How returns work</a></p>
</section>
</div>

<section class="band" aria-labelledby="goes-with">
<h2 id="goes-with">Goes with it</h2>
<ul class="cards cards-three" data-list="goes-with" data-list-name="Goes with ${product.title}">
${product.goes_with.map(({ slug, reason }) => card(catalogue, catalogue.bySlug.get(slug), { note: reason }))}
</ul>
</section>`,
  });
}

function optionChoice(product, option) {
  const name = option.name.toLowerCase();
  const first = product.variants.find((variant) => variant.in_stock) ?? product.variants[0];
  const chosen = first.title.split(", ");
  return html`<fieldset class="option"><legend>${option.name}</legend><div class="choices">
${option.values.map((value) => html`<label class="choice"><input type="radio" name="${name}" value="${value.label}" data-option${chosen.includes(value.label) && html` checked`}><span>${value.label}</span></label>`)}
</div></fieldset>`;
}

function delivery(product) {
  return product.tags.includes("coffee")
    ? html`<strong>Roasted for you.</strong> Order before Monday or Wednesday midnight; at your door two to three days later.`
    : html`<strong>Leaves today</strong> when you order before 15:00 on a working day.`;
}

function returns(product) {
  return product.tags.includes("coffee") ? "Not your cup? We change the first bag within 30 days" : "30 days to send it back, tried and cleaned";
}

function productData(product, category) {
  const offers = product.variants.map((variant) => ({
    "@type": "Offer",
    sku: variant.id,
    ...(variant.title === "" ? {} : { name: variant.title }),
    price: decimal(variant.price_minor),
    priceCurrency: "EUR",
    availability: variant.in_stock ? "https://schema.org/InStock" : "https://schema.org/OutOfStock",
    itemCondition: "https://schema.org/NewCondition",
    url: address(productPath(product)),
  }));
  return {
    "@context": "https://schema.org",
    "@type": "Product",
    name: product.title,
    sku: product.id,
    description: product.summary,
    image: address(imagePath(product)),
    category,
    brand: { "@type": "Brand", name: "Harbour Coffee" },
    offers: offers.length === 1 ? offers[0] : offers,
    additionalProperty: product.facts.map(({ label, value }) => ({ "@type": "PropertyValue", name: label, value })),
  };
}
