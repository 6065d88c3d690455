import { html } from "../html.mjs";
import { page } from "./layout.mjs";

export function cartPage(catalogue) {
  const home = catalogue.delivery.find((method) => method.id === "home");
  return page({
    script: "cart-page.js",
    title: "Your cart | Harbour Coffee",
    description: "What you are about to order.",
    path: "/cart/",
    index: false,
    main: html`
<h1>Your cart</h1>
<noscript><p class="lead">The cart is kept by your browser, with JavaScript. Please allow it for this site.</p></noscript>
<section class="empty" data-empty hidden>
<p class="lead">Nothing in it yet.</p>
<p><a class="button" href="/shop/">Look round the shop</a></p>
</section>
<div class="cart" data-cart data-delivery-minor="${home.price_minor}" data-free-from-minor="${home.free_from_minor}" hidden>
<ul class="lines" data-lines></ul>
<aside class="summary" aria-labelledby="summary">
<h2 id="summary">Summary</h2>
<dl class="totals">
<div><dt>Subtotal</dt><dd data-subtotal></dd></div>
<div data-discount-row hidden><dt>Voucher <span data-voucher-code></span></dt><dd data-discount></dd></div>
<div><dt>Delivery, Netherlands</dt><dd data-delivery></dd></div>
<div class="total"><dt>Total <span class="price-note">with VAT</span></dt><dd data-total></dd></div>
</dl>
<p class="free-note" data-free-note></p>
<form class="voucher" data-voucher novalidate>
<label for="voucher">Voucher code</label>
<div class="voucher-row"><input id="voucher" name="coupon" autocomplete="off" autocapitalize="characters" spellcheck="false" aria-describedby="voucher-message"><button class="button button-quiet" type="submit">Apply</button></div>
<p class="field-error" id="voucher-message" role="status" data-voucher-message></p>
</form>
<a class="button button-wide" href="/checkout/">Go to checkout</a>
<p class="fine">Delivered in 1 to 2 working days after roasting. 30 days to change your mind: <a href="/help/#returns">returns</a>.</p>
</aside>
</div>
<p class="visually-hidden" role="status" data-cart-status></p>
<template data-line-template>
<li class="line">
<img data-image width="120" height="120" alt="">
<div class="line-text"><h2><a data-title></a></h2><p data-variant></p><p class="price" data-unit></p></div>
<div class="line-actions"><label>Quantity <input type="number" inputmode="numeric" min="1" max="20" data-quantity></label><button type="button" class="link-button" data-remove>Remove</button></div>
<p class="line-total" data-line-total></p>
</li>
</template>`,
  });
}
