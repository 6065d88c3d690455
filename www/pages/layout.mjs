import { html, jsonLd } from "../html.mjs";

const SITE = "http://localhost:8787";

const ORGANIZATION = {
  "@context": "https://schema.org",
  "@type": "Organization",
  name: "Harbour Coffee",
  url: `${SITE}/`,
  logo: `${SITE}/images/flags.svg`,
  email: "hello@harbourcoffee.example",
};

/** Absolute address of a path of the shop. */
export function address(path) {
  return `${SITE}${path}`;
}

/**
 * A whole page. `script` is its own, in static/scripts; `crumbs` are `[label, path]` from the home page down,
 * the page itself last; `data` are further JSON-LD objects; `debug` shows what the line judges.
 */
export function page({ script, title, description, path, crumbs = [], data = [], main, index = true, debug = false }) {
  const blocks = [ORGANIZATION, ...(crumbs.length > 0 ? [breadcrumbList(crumbs)] : []), ...data];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
<meta name="theme-color" content="#12343b">
${index ? html`<link rel="canonical" href="${address(path)}">` : html`<meta name="robots" content="noindex">`}
<link rel="icon" href="/images/flags.svg" type="image/svg+xml">
<link rel="stylesheet" href="/styles.css">
${script && html`<script type="module" src="/scripts/${script}"></script>
`}<script type="module" src="/scripts/shop.js"></script>
<script async src="/openline.js" data-store="demo"${debug && html` data-debug`}></script>
${blocks.map(jsonLd)}
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
${header(path)}
<main id="main" tabindex="-1">
${crumbs.length > 0 && breadcrumbs(crumbs)}
${main}
</main>
${footer()}
</body>
</html>`;
}

function header(path) {
  const entries = [
    ["Coffee", "/shop/?kind=consumable"],
    ["Gear", "/shop/?kind=durable"],
    ["Care", "/shop/?kind=maintenance"],
    ["Help", "/help/"],
  ];
  return html`<p class="notice">Free delivery in the Netherlands from €35 <span class="notice-more">· Roasted Tuesdays and Thursdays · 30 days to change your mind</span></p>
<header class="site-header">
<div class="site-header-row">
<a class="brand" href="/"><img src="/images/flags.svg" width="44" height="28" alt=""><span>Harbour Coffee</span></a>
<nav class="site-nav" aria-label="Main">
<ul>
${entries.map(([label, to]) => html`<li><a href="${to}"${to === path && html` aria-current="page"`}>${label}</a></li>`)}
</ul>
</nav>
<a class="cart-link" href="/cart/"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M3 9h18l-2 11H5z M8 9c0-7 8-7 8 0" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linejoin="round"/></svg><span>Cart</span> <span class="cart-count" data-cart-count hidden></span></a>
</div>
</header>`;
}

function footer() {
  return html`<footer class="site-footer">
<div class="site-footer-grid">
<section aria-labelledby="footer-roastery">
<h2 id="footer-roastery">The roastery</h2>
<p>The old rope shed, South Quay 6<br>Harlingen</p>
<p>Monday to Friday 9:00–17:30<br>Saturday 10:00–16:00</p>
</section>
<nav aria-labelledby="footer-shop">
<h2 id="footer-shop">Shop</h2>
<ul>
<li><a href="/shop/?kind=consumable">Coffee &amp; filters</a></li>
<li><a href="/shop/?kind=durable">Brewing gear</a></li>
<li><a href="/shop/?kind=maintenance">Care &amp; cleaning</a></li>
</ul>
</nav>
<nav aria-labelledby="footer-help">
<h2 id="footer-help">Help</h2>
<ul>
<li><a href="/help/#delivery">Delivery</a></li>
<li><a href="/help/#returns">Returns</a></li>
<li><a href="/help/#grind-guide">Grind guide</a></li>
<li><a href="/help/#contact">Contact</a></li>
</ul>
</nav>
<section aria-labelledby="footer-demo">
<h2 id="footer-demo">A demonstration</h2>
<p>Harbour Coffee is a made-up shop. Nothing here can be bought, and nothing is charged.</p>
<p><a href="/demo/">Try the line</a></p>
</section>
</div>
</footer>`;
}

function breadcrumbs(crumbs) {
  return html`<nav class="breadcrumbs" aria-label="Breadcrumb"><ol>
${crumbs.map(([label, path], index) => html`<li>${index === crumbs.length - 1 ? html`<span aria-current="page">${label}</span>` : html`<a href="${path}">${label}</a>`}</li>`)}
</ol></nav>`;
}

function breadcrumbList(crumbs) {
  return {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: crumbs.map(([name, path], index) => ({ "@type": "ListItem", position: index + 1, name, item: address(path) })),
  };
}
