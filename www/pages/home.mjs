import { html } from "../html.mjs";
import { card } from "./card.mjs";
import { address, page } from "./layout.mjs";

const COFFEES = ["slack-water", "first-light", "dogger", "lee-shore"];
const SETUP = ["beacon-dripper", "capstan-hand-grinder", "pilot-kettle", "cone-filters"];

export function homePage(catalogue) {
  return page({
    title: "Harbour Coffee: roasted on the quay in Harlingen",
    description: "Small-batch coffee roasted on the quay, and the few good tools it takes to brew it. Free delivery in the Netherlands from €35.",
    path: "/",
    data: [website()],
    main: html`
<section class="hero">
<div class="hero-text">
<h1>Roasted where it comes ashore.</h1>
<p class="lead">Six coffees, roasted twice a week in an old rope shed on the quay. And the few good tools it takes to brew them at home.</p>
<p class="hero-actions"><a class="button" href="/shop/?kind=consumable">Choose a coffee</a> <a class="text-link" href="/products/convoy/">Not sure? Taste three</a></p>
</div>
<img class="hero-picture" src="/images/harbour.svg" width="1200" height="760" alt="A harbour at first light: a lighthouse at the end of the pier, a sailing barge coming in, the roastery with smoke from its chimney" fetchpriority="high">
</section>

<section class="band" aria-labelledby="coffees">
<div class="section-head"><h2 id="coffees">This week in the roaster</h2><a class="text-link" href="/shop/?kind=consumable">All coffee and filters</a></div>
<p class="section-note">Each coffee flies the signal flag of its first letter, so you can find it in the cupboard at six in the morning.</p>
<ul class="cards" data-list="coffees" data-list-name="This week in the roaster">${COFFEES.map((slug) => card(catalogue, catalogue.bySlug.get(slug)))}</ul>
</section>

<section class="tide" aria-labelledby="tide-table">
<div class="tide-text">
<h2 id="tide-table">The tide table</h2>
<p>Coffee is best four days to six weeks after roasting. So we do not keep it: we roast what you ordered, and it leaves the next morning.</p>
<p>Gear, filters and cleaning leave the same working day when you order before 15:00.</p>
</div>
<div class="tide-table" role="region" aria-labelledby="tide-table" tabindex="0">
<table>
<thead><tr><th scope="col">Order before</th><th scope="col">We roast</th><th scope="col">It sails</th><th scope="col">At your door</th></tr></thead>
<tbody>
<tr><th scope="row">Monday midnight</th><td>Tuesday</td><td>Wednesday</td><td>Thursday</td></tr>
<tr><th scope="row">Wednesday midnight</th><td>Thursday</td><td>Friday</td><td>Saturday</td></tr>
</tbody>
</table>
</div>
</section>

<section class="band" aria-labelledby="kinds">
<h2 id="kinds" class="visually-hidden">What we sell</h2>
<ul class="kinds">
<li><img src="/images/kind-consumable.svg" width="360" height="220" alt=""><h3><a href="/shop/?kind=consumable">What runs out</a></h3><p>Coffee and paper. Roasted and packed for you, so order little and often.</p></li>
<li><img src="/images/kind-durable.svg" width="360" height="220" alt=""><h3><a href="/shop/?kind=durable">What lasts</a></h3><p>Grinders, kettles, drippers. Bought once; we keep parts for every one of them.</p></li>
<li><img src="/images/kind-maintenance.svg" width="360" height="220" alt=""><h3><a href="/shop/?kind=maintenance">What keeps it going</a></h3><p>Descaler, tablets, brushes. Five minutes a week for coffee that tastes of coffee.</p></li>
</ul>
</section>

<section class="band" aria-labelledby="first-kit">
<div class="section-head"><h2 id="first-kit">A first kit for one good cup</h2><a class="text-link" href="/shop/?kind=durable">All brewing gear</a></div>
<p class="section-note">Dripper, grinder, kettle, paper. Everything else can wait.</p>
<ul class="cards" data-list="first-kit" data-list-name="A first kit">${SETUP.map((slug) => card(catalogue, catalogue.bySlug.get(slug)))}</ul>
</section>

<section class="promise" aria-labelledby="promise">
<img src="/images/another-bag.svg" width="480" height="320" alt="" loading="lazy">
<div>
<h2 id="promise">If it is not your cup, we change it</h2>
<p>Opened a bag and do not like it? Tell us within 30 days and we send you another coffee instead, once, for nothing. Gear can come back within 30 days too, tried and cleaned.</p>
<p><a class="text-link" href="/help/#returns">How returns work</a></p>
</div>
</section>`,
  });
}

function website() {
  return { "@context": "https://schema.org", "@type": "WebSite", name: "Harbour Coffee", url: address("/"), inLanguage: "en" };
}
