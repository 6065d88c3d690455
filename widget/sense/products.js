// The products that were looked at, as the shop's pages describe them in JSON-LD: for the shopper to compare.
import { attempt } from "./attempt.js";
import { numberOf } from "./number.js";

/** Pages may describe thousands of things; one that is about a product says so early. */
const MOST = 40;
/** As many as a shopper weighs against each other. */
const KEPT = 4;
const LONGEST = 6_000;

const isProduct = (thing) => [thing?.["@type"]].flat().some((kind) => /^(https?:\/\/schema.org\/)?Product(Group)?$/.test(kind));
const listed = (thing) => (Array.isArray(thing) ? thing.slice(0, MOST) : []);
const named = (thing, names) => names.map((name) => thing?.[name]).find((id) => (typeof id === "string" && id) || typeof id === "number");

/** The number of a line of a cart, or of a product, by the id that a shop's event gives. */
export const numberOfItem = (item) => numberOf(named(item, ["item_id", "id", "sku", "item_name", "name"]) ?? "");

/** Descriptions by the products' numbers. */
export function describedProducts() {
  const held = new Map();

  const keep = (thing) => {
    const id = named(thing, ["sku", "productGroupID", "productID", "mpn", "url", "name"]);
    if (id === undefined) return undefined;
    const number = numberOf(id);
    held.delete(number);
    held.set(number, thing);
    if (held.size > KEPT) held.delete(held.keys().next().value);
    return number;
  };

  return {
    get: (number) => held.get(number),
    /** As texts, for the next page. */
    write: () => [...held.values()].map((thing) => attempt(() => JSON.stringify(thing)) ?? "").filter((text) => text.length < LONGEST),
    read: (text) => attempt(() => { const thing = JSON.parse(text); if (isProduct(thing)) keep(thing); }),
    /**
     * Finds the product that the page describes, keeps its description and gives its number. Several are a list, unless
     * the address is a product's: then the one with that address, or the first, is the page's own.
     */
    find(path, onProductPage) {
      const products = [...document.querySelectorAll("script[type='application/ld+json']")].slice(0, MOST).flatMap((script) => attempt(() => {
        const said = JSON.parse(script.textContent);
        return [...listed(said), ...listed(said?.["@graph"]), said?.mainEntity, said].filter(isProduct);
      }) ?? []);
      const own = products.find(({ url }) => typeof url === "string" && url.split(/[?#]/)[0].endsWith(path) && path !== "/");
      return keep(own ?? (onProductPage || products.length === 1 ? products[0] : undefined));
    },
  };
}
