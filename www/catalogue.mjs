import { readFile } from "node:fs/promises";

/**
 * The catalogue with every product's variants written out.
 * A variant is one value of each option; its id is the product's id and the values' codes, joined by "-".
 */
export async function loadCatalogue() {
  const catalogue = JSON.parse(await readFile(new URL("catalogue.json", import.meta.url), "utf8"));
  const products = catalogue.products.map(withVariants);
  const bySlug = new Map(products.map((product) => [product.slug, product]));
  return { ...catalogue, products, bySlug };
}

/** The `catalogue` member of a store's settings document (`stores/demo.json`). */
export function settingsCatalogue(catalogue) {
  return catalogue.products.map((product) => ({
    id: product.id,
    title: fullTitle(product),
    url: productPath(product),
    description: [product.summary, ...product.description].join(" "),
    price_minor: product.price_minor,
    in_stock: product.in_stock,
    kind: product.kind,
    tags: product.tags,
    variants: product.options.length === 0 ? [] : product.variants.map(({ id, title, price_minor, in_stock }) => ({ id, title, price_minor, in_stock })),
    facts: product.facts,
    troubleshooting: product.troubleshooting,
  }));
}

export function productPath(product) {
  return `/products/${product.slug}/`;
}

export function imagePath(product) {
  return `/images/${product.slug}.svg`;
}

export function fullTitle(product) {
  return `${product.title}: ${lowerFirst(product.subtitle)}`;
}

/** 1450 -> "€14.50" */
export function euros(priceMinor) {
  return `€${decimal(priceMinor)}`;
}

/** 1450 -> "14.50", as schema.org wants a price. */
export function decimal(priceMinor) {
  return (priceMinor / 100).toFixed(2);
}

/** "€12.50", or "from €12.50" where variants differ. */
export function priceLabel(product) {
  const label = euros(product.price_minor);
  return product.price_max_minor > product.price_minor ? `from ${label}` : label;
}

function withVariants(product) {
  const soldOut = new Set(product.sold_out);
  const variants = combinations(product.options).map((values) => {
    const id = [product.id, ...values.map((value) => value.code)].join("-");
    return {
      id,
      title: values.map((value) => value.label).join(", "),
      price_minor: values.find((value) => value.price_minor !== undefined)?.price_minor ?? product.price_minor,
      in_stock: !soldOut.has(id),
    };
  });
  const prices = variants.map((variant) => variant.price_minor);
  return {
    ...product,
    variants,
    price_minor: Math.min(...prices),
    price_max_minor: Math.max(...prices),
    in_stock: variants.some((variant) => variant.in_stock),
  };
}

/** Every choice of one value per option, in the options' order; one empty choice for no options. */
function combinations(options) {
  return options.reduce((chosen, option) => chosen.flatMap((values) => option.values.map((value) => [...values, value])), [[]]);
}

function lowerFirst(text) {
  const isName = /^[A-Z][a-z]+, /.test(text);
  return isName ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
