import { euros } from "../catalogue.mjs";
import { html } from "../html.mjs";
import { page } from "./layout.mjs";

const COUNTRIES = [["NL", "Netherlands"], ["BE", "Belgium"], ["DE", "Germany"]];
const PAYMENTS = [["ideal", "iDEAL"], ["card", "Card"], ["transfer", "Bank transfer"]];

export function checkoutPage(catalogue) {
  return page({
    script: "checkout-page.js",
    title: "Checkout | Harbour Coffee",
    description: "Contact, delivery and payment.",
    path: "/checkout/",
    index: false,
    main: html`
<h1>Checkout</h1>
<noscript><p class="lead">The checkout needs JavaScript. Please allow it for this site.</p></noscript>
<section class="empty" data-empty hidden>
<p class="lead">Your cart is empty, so there is nothing to pay for.</p>
<p><a class="button" href="/shop/">Look round the shop</a></p>
</section>
<div class="checkout" data-checkout hidden>
<form class="checkout-form" data-checkout-form>
<fieldset class="step">
<legend>Contact</legend>
<p class="field"><label for="email">E-mail</label><input id="email" name="email" type="email" autocomplete="email" required></p>
<p class="field"><label for="phone">Phone <span class="optional">for the courier, optional</span></label><input id="phone" name="phone" type="tel" autocomplete="tel"></p>
</fieldset>
<fieldset class="step">
<legend>Delivery</legend>
<div class="field-pair">
<p class="field"><label for="given-name">First name</label><input id="given-name" name="given-name" autocomplete="given-name" required></p>
<p class="field"><label for="family-name">Last name</label><input id="family-name" name="family-name" autocomplete="family-name" required></p>
</div>
<p class="field"><label for="address">Street and number</label><input id="address" name="address" autocomplete="street-address" required></p>
<div class="field-pair field-pair-short">
<p class="field"><label for="postal-code">Postcode</label><input id="postal-code" name="postal-code" autocomplete="postal-code" required></p>
<p class="field"><label for="city">Town</label><input id="city" name="city" autocomplete="address-level2" required></p>
</div>
<p class="field"><label for="country">Country</label><select id="country" name="country" autocomplete="country" data-country>${COUNTRIES.map(([code, name]) => html`<option value="${code}">${name}</option>`)}</select></p>
<div class="methods" role="radiogroup" aria-label="Delivery method" data-methods>
${catalogue.delivery.map(method)}
</div>
</fieldset>
<p data-continue-row><button class="button" type="submit" value="continue">Continue to payment</button></p>
<fieldset class="step" data-payment disabled hidden>
<legend>Payment</legend>
<p class="demo-note"><strong>This is a demonstration.</strong> Nothing is charged, and no bank or card details are asked for. Choose any of these to finish the story.</p>
<div class="methods" role="radiogroup" aria-label="Payment method">
${PAYMENTS.map(([id, label], index) => html`<label class="method"><input type="radio" name="payment" value="${id}" required${index === 0 && html` checked`}><span class="method-label">${label}</span><span class="method-price">Nothing charged</span></label>`)}
</div>
<p class="step-actions"><button class="button" type="submit" value="place">Place the order</button> <button class="link-button" type="button" data-edit>Change delivery</button></p>
</fieldset>
</form>
<aside class="summary" aria-labelledby="summary">
<h2 id="summary">Your order</h2>
<ul class="mini-lines" data-mini-lines></ul>
<dl class="totals">
<div><dt>Subtotal</dt><dd data-subtotal></dd></div>
<div data-discount-row hidden><dt>Voucher <span data-voucher-code></span></dt><dd data-discount></dd></div>
<div><dt>Delivery</dt><dd data-delivery></dd></div>
<div class="total"><dt>Total <span class="price-note">with VAT</span></dt><dd data-total></dd></div>
</dl>
<p class="fine"><a href="/cart/">Change the cart</a> · <a href="/help/#returns">Returns</a></p>
</aside>
</div>
<template data-mini-line-template><li><img data-image width="56" height="56" alt=""><span><strong data-title></strong><br><span data-variant></span></span><span data-line-total></span></li></template>`,
  });
}

function method({ id, label, time, price_minor, free_from_minor, countries }, index) {
  const price = price_minor === 0 ? "Free" : html`${euros(price_minor)}<small>free from ${euros(free_from_minor)}</small>`;
  return html`<label class="method" data-countries="${countries.join(" ")}"><input type="radio" name="delivery" value="${id}" data-price-minor="${price_minor}" data-free-from-minor="${free_from_minor}" data-label="${label}" required${index === 0 && html` checked`}><span class="method-label">${label}<small>${time}</small></span><span class="method-price">${price}</span></label>`;
}
