import { decimal, fullTitle, imagePath, productPath } from "../catalogue.mjs";
import { html } from "../html.mjs";
import { guideTable } from "./guide.mjs";
import { address, page } from "./layout.mjs";

/** Two that shoppers weigh against each other. */
const COMPARED = ["capstan-hand-grinder", "windlass-electric-grinder"];

/** One page with a small shop in it, on which every trigger can be acted out and seen being judged. */
export function momentsPage(catalogue) {
  const products = COMPARED.map((slug) => catalogue.bySlug.get(slug));
  return page({
    script: "moments-page.js",
    title: "Act out the moments | Harbour Coffee",
    description: "How to act out every moment at which the line speaks first.",
    path: "/demo/moments/",
    crumbs: [["Home", "/"], ["Try the line", "/demo/"], ["Act out the moments", "/demo/moments/"]],
    index: false,
    debug: true,
    main: html`
<div class="moments">
<h1>Act out the moments</h1>
<p class="lead">Below is a shop of two grinders, small enough for one page. Do what a step says, and watch the panel on the left: what you did, what it adds up to, and why a rule spoke or did not. All of it is judged in your browser.</p>
<p>The first suggestion comes after ten seconds at the earliest, and there is one in a visit. To play the next step, begin anew: that also forgets a <q>Not now</q>, which otherwise holds for 30 days.</p>
<p><button type="button" class="button" data-begin>Begin anew</button></p>

<div class="moments-shop" data-shop>
<div class="moments-tabs" role="tablist" aria-label="The small shop">
${products.map((product, index) => tab(`product-${index}`, product.title, index === 0))}
${tab("cart", "Cart")}
${tab("checkout", "Checkout")}
</div>
${products.map((product, index) => productView(catalogue, product, index))}
${cartView()}
${checkoutView()}
</div>

<ol class="moments-steps">
${STEPS.map(({ trigger, title, acts }) => html`<li data-trigger="${trigger}">
<h2>${title} <span class="moments-seen" data-seen hidden>seen</span></h2>
<ul>${acts.map((act) => html`<li>${act}</li>`)}</ul>
</li>`)}
</ol>

<section class="moments-not" aria-labelledby="not">
<h2 id="not">And what must not speak</h2>
<ul>
<li>Sweep the pointer up and out fast, as towards another screen. Overshoot the top and come straight back. Leave through a side or the bottom.</li>
<li>Open the context menu, or the list of quantities, and pass over the top edge with it. Drag something out of the window.</li>
<li>Begin to leave while typing in a field, or while the checkout is open.</li>
<li>Leave as soon as the page has loaded.</li>
</ul>
</section>
</div>`,
  });
}

const STEPS = [
  {
    trigger: "exit",
    title: "About to leave",
    acts: [
      "With a mouse: look at a grinder, then move up and out of the page, slowing down as you would for the address bar. Rest there for half a second.",
      "With the keyboard: press Ctrl+L, or ⌘L on a Mac.",
      "On a phone: scroll down to the end of this page, then flick back up hard, and wait. Or leave the tab and come back three times, and scroll up.",
    ],
  },
  {
    trigger: "hesitation",
    title: "Stuck on the way to the order",
    acts: [
      "Put a grinder into the cart. In the cart, change its quantity up, down and up again.",
      "Or try the voucher SPRING, then another one: both are refused.",
      "Or go to the checkout and back to the cart, twice.",
      "Or rest in the field for the telephone number for five seconds and leave it empty; then do the same with the address.",
      "Or click a picture several times in a second: it does nothing.",
    ],
  },
  {
    trigger: "indecision",
    title: "Cannot choose",
    acts: [
      "Look at the Capstan, the Windlass, the Capstan again and the Windlass again. The card puts them side by side.",
      "Or open the grind guide, choose another colour, the first again, and the other once more. The card leads to the guide.",
      "Or copy a grinder's name and its price.",
    ],
  },
  {
    trigger: "idle_cart",
    title: "A cart that waits",
    acts: ["Put a grinder into the cart, open the cart, and touch nothing for 20 seconds."],
  },
];

function tab(view, label, selected = false) {
  return html`<button type="button" role="tab" id="tab-${view}" aria-controls="view-${view}" aria-selected="${String(selected)}" data-view="${view}">${label}</button>`;
}

function productView(catalogue, product, index) {
  const data = {
    "@context": "https://schema.org",
    "@type": "Product",
    name: product.title,
    sku: product.id,
    image: address(imagePath(product)),
    url: address(productPath(product)),
    offers: { "@type": "Offer", price: decimal(product.price_minor), priceCurrency: "EUR", availability: "https://schema.org/InStock" },
    additionalProperty: product.facts.map(({ label, value }) => ({ "@type": "PropertyValue", name: label, value })),
  };
  return html`<section class="moments-view" role="tabpanel" id="view-product-${index}" aria-labelledby="tab-product-${index}" data-product="${JSON.stringify(data)}"${index > 0 && html` hidden`}>
<img class="moments-picture" src="${imagePath(product)}" width="200" height="200" alt="${product.image_alt}">
<div>
<h3 itemprop="name">${product.title}</h3>
<p>${fullTitle(product)}. <span class="price" itemprop="price">€${decimal(product.price_minor)}</span></p>
<fieldset class="option"><legend>${product.options[0].name}</legend><div class="choices">
${product.options[0].values.map(({ label }, at) => html`<label class="choice"><input type="radio" name="colour-${String(index)}" value="${label}"${at === 0 && html` checked`}><span>${label}</span></label>`)}
</div></fieldset>
<details class="guide" data-size-guide><summary>${catalogue.guides[product.guide].title}</summary>${guideTable(catalogue.guides[product.guide])}</details>
<details class="guide" data-specification><summary>Details</summary><table class="facts"><tbody>
${product.facts.map((fact) => html`<tr><th scope="row">${fact.label}</th><td>${fact.value}</td></tr>`)}
</tbody></table></details>
<button type="button" class="button" data-add>Add to cart</button>
</div>
</section>`;
}

function cartView() {
  return html`<section class="moments-view" role="tabpanel" id="view-cart" aria-labelledby="tab-cart" hidden>
<div>
<p data-empty>Nothing in it yet.</p>
<ul class="moments-lines" data-lines></ul>
<form class="voucher" data-voucher novalidate>
<label for="moments-voucher">Voucher code</label>
<div class="voucher-row"><input id="moments-voucher" name="coupon" autocomplete="off" spellcheck="false" aria-describedby="moments-voucher-message"><button class="button button-quiet" type="submit">Apply</button></div>
<p class="field-error" id="moments-voucher-message" role="alert" data-voucher-message></p>
</form>
</div>
</section>`;
}

function checkoutView() {
  return html`<section class="moments-view" role="tabpanel" id="view-checkout" aria-labelledby="tab-checkout" hidden>
<div>
<p>Nothing is ordered here, and nothing you write is sent.</p>
<p class="field"><label for="moments-phone">Telephone</label><input id="moments-phone" name="phone" type="tel" autocomplete="off"></p>
<p class="field"><label for="moments-address">Address</label><input id="moments-address" name="address" autocomplete="off"></p>
</div>
</section>`;
}
