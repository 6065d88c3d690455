import { html } from "../html.mjs";
import { page } from "./layout.mjs";

export function thanksPage() {
  return page({
    script: "thanks-page.js",
    title: "Thank you | Harbour Coffee",
    description: "Your order is in.",
    path: "/thanks/",
    index: false,
    main: html`
<section class="empty" data-empty hidden>
<h1>No order here</h1>
<p class="lead">This page shows an order once, in the tab it was placed in.</p>
<p><a class="button" href="/shop/">Look round the shop</a></p>
</section>
<article class="thanks" data-order hidden>
<img src="/images/under-way.svg" width="640" height="300" alt="A sailing barge leaving the harbour with sacks on deck">
<h1>Thank you. It is under way.</h1>
<p class="lead">Order <strong data-order-id></strong> is in the book, and a confirmation would now go to <strong data-order-email></strong>. This is a demonstration: nothing was charged, and nothing will be sent.</p>
<ol class="stages">
<li><strong>Today</strong> Gear, filters and care are packed.</li>
<li><strong>Next Tuesday or Thursday</strong> Coffee is roasted, and rests overnight.</li>
<li><strong>The morning after</strong> The parcel leaves, and a tracking number with it. Delivery: <span data-order-delivery></span>.</li>
</ol>
<section class="summary" aria-labelledby="summary">
<h2 id="summary">What you ordered</h2>
<ul class="mini-lines" data-mini-lines></ul>
<dl class="totals">
<div><dt>Subtotal</dt><dd data-subtotal></dd></div>
<div data-discount-row hidden><dt>Voucher <span data-voucher-code></span></dt><dd data-discount></dd></div>
<div><dt>Delivery</dt><dd data-delivery></dd></div>
<div class="total"><dt>Total <span class="price-note">with VAT</span></dt><dd data-total></dd></div>
</dl>
</section>
<p><a class="button button-quiet" href="/shop/">Back to the shop</a></p>
</article>
<template data-mini-line-template><li><img data-image width="56" height="56" alt=""><span><strong data-title></strong><br><span data-variant></span></span><span data-line-total></span></li></template>`,
  });
}
