import { euros } from "../catalogue.mjs";
import { html } from "../html.mjs";
import { guideTable } from "./guide.mjs";
import { page } from "./layout.mjs";

const COUNTRY_NAMES = { NL: "Netherlands", BE: "Belgium", DE: "Germany" };

export function helpPage(catalogue) {
  const { delivery, guides } = catalogue;
  return page({
    title: "Delivery, returns and guides | Harbour Coffee",
    description: "What delivery costs and how long it takes, how returns work, grind and size guides, opening hours.",
    path: "/help/",
    crumbs: [["Home", "/"], ["Help", "/help/"]],
    main: html`
<h1>Help</h1>
<div class="help">
<nav class="help-nav" aria-label="On this page"><ul>
<li><a href="#delivery">Delivery</a></li><li><a href="#returns">Returns</a></li><li><a href="#payment">Payment</a></li><li><a href="#grind-guide">Grind guide</a></li><li><a href="#size-guide">Size guide</a></li><li><a href="#guarantee">Guarantee</a></li><li><a href="#hours">Opening hours</a></li><li><a href="#contact">Contact</a></li>
</ul></nav>
<div class="help-body">

<section class="prose" id="delivery" aria-labelledby="delivery-title">
<h2 id="delivery-title">Delivery</h2>
<p>Coffee is roasted on Tuesdays and Thursdays and leaves the next morning. Gear, filters and cleaning leave the same working day when you order before 15:00. An order with both travels together, once the coffee is roasted.</p>
<div class="table-scroll"><table>
<thead><tr><th scope="col">How</th><th scope="col">Takes</th><th scope="col">Costs</th></tr></thead>
<tbody>${delivery.map((method) => html`<tr><th scope="row">${method.label}<small>${method.countries.map((code) => COUNTRY_NAMES[code]).join(", ")}</small></th><td>${method.time}</td><td>${cost(method)}</td></tr>`)}</tbody>
</table></div>
<p>You get a tracking number as soon as the parcel leaves. The Convoy taster set and single bags of 250 g go through the letter box.</p>
</section>

<section class="prose" id="returns" aria-labelledby="returns-title">
<h2 id="returns-title">Returns</h2>
<p>You have 30 days from delivery to change your mind.</p>
<ul>
<li><strong>Coffee you do not like.</strong> Open it, taste it, tell us. We send another coffee instead, once per household, and you keep the bag.</li>
<li><strong>Unopened coffee and filters.</strong> Send them back for a refund.</li>
<li><strong>Gear.</strong> Try it at home. If it is not for you, clean it and send it back in its box.</li>
<li><strong>Something broken or wrong.</strong> We pay for the return and send a new one at once.</li>
</ul>
<p>Write to us first, and you get a label by e-mail. When you change your mind we deduct €4.95 for it; the refund is made within 5 working days of the parcel's arrival.</p>
</section>

<section class="prose" id="payment" aria-labelledby="payment-title">
<h2 id="payment-title">Payment</h2>
<p>iDEAL, credit and debit cards, or a bank transfer. Prices include Dutch VAT. With a transfer, we roast when the money is here. This shop is a demonstration, so nothing is ever charged.</p>
</section>

<section id="grind-guide" aria-labelledby="grind-title">
<h2 id="grind-title">Grind guide</h2>
${guideTable(guides.grind)}
</section>

<section id="size-guide" aria-labelledby="size-title">
<h2 id="size-title">Size guide</h2>
<h3>Cone filters and drippers</h3>
${guideTable(guides.cone)}
<h3>Basket filters</h3>
${guideTable(guides.basket)}
</section>

<section class="prose" id="guarantee" aria-labelledby="guarantee-title">
<h2 id="guarantee-title">Guarantee and parts</h2>
<p>Gear is guaranteed for two to five years; each product page says how long. We keep burrs, seals, collars, lids and knobs for everything we have ever sold.</p>
</section>

<section class="prose" id="hours" aria-labelledby="hours-title">
<h2 id="hours-title">Opening hours</h2>
<table class="facts"><tbody>
<tr><th scope="row">Monday to Friday</th><td>9:00–17:30</td></tr>
<tr><th scope="row">Saturday</th><td>10:00–16:00</td></tr>
<tr><th scope="row">Sunday</th><td>Closed</td></tr>
</tbody></table>
<p>Amsterdam time. The shop counter, pick-up and chat keep the same hours.</p>
</section>

<section class="prose" id="contact" aria-labelledby="contact-title">
<h2 id="contact-title">Contact</h2>
<p>Open the chat in the corner of any page, write to <a href="mailto:hello@harbourcoffee.example">hello@harbourcoffee.example</a>, or come by: the old rope shed, South Quay 6, Harlingen.</p>
</section>
</div>
</div>`,
  });
}

function cost({ price_minor, free_from_minor }) {
  return price_minor === 0 ? "Free" : html`${euros(price_minor)}<small>free from ${euros(free_from_minor)}</small>`;
}
