// GA4 e-commerce events: https://developers.google.com/analytics/devguides/collection/ga4/ecommerce

const CURRENCY = "EUR";
const BRAND = "Harbour Coffee";

/** `ecommerce` is cleared first, so that nothing of the event before is merged into this one. */
export function pushEvent(event, ecommerce) {
  const layer = (window.dataLayer ??= []);
  layer.push({ ecommerce: null });
  layer.push({ event, ecommerce: { currency: CURRENCY, ...ecommerce } });
}

/** An item of GA4 from a cart line, or from anything with the same fields. */
export function item({ sku, title, variant, category, priceMinor, quantity }, index) {
  return {
    item_id: sku,
    item_name: title,
    item_brand: BRAND,
    item_category: category,
    ...(variant ? { item_variant: variant } : {}),
    ...(index === undefined ? {} : { index }),
    price: major(priceMinor),
    quantity: quantity ?? 1,
  };
}

export function cartPayload(cart, totals) {
  return {
    value: major(totals.goods),
    ...(cart.voucher ? { coupon: cart.voucher } : {}),
    items: cart.lines.map(item),
  };
}

/** 1450 -> 14.5 */
export function major(priceMinor) {
  return priceMinor / 100;
}
