// Two products side by side: what the page's own JSON-LD says of them, and nothing else.
// https://schema.org/Product
import { make, webAddress } from "./elements";
import type { Words } from "./moment";

type Thing = Record<string, unknown>;

interface Product {
  name: string;
  url?: string | undefined;
  image?: string | undefined;
  price?: string | undefined;
  availability?: string | undefined;
  properties: Map<string, string>;
}

const MOST_PROPERTIES = 4;
const MOST_NAME_CHARS = 120;
const MOST_VALUE_CHARS = 80;

/** A table of the first two of `products`; nothing when the page does not name two. */
export function comparison(products: unknown[], words: Words, tag: string): HTMLElement | undefined {
  const read = products.map((product) => readProduct(product, words, tag));
  const [one, other] = read;
  if (!one || !other || one.name === other.name) return undefined;

  const rows: [string, string | undefined, string | undefined][] = [
    [words.price, one.price, other.price],
    [words.availability, one.availability, other.availability],
  ];
  const differing = [...one.properties].filter(([name, value]) => (other.properties.get(name) ?? value) !== value);
  for (const [name, value] of differing.slice(0, MOST_PROPERTIES)) rows.push([name, value, other.properties.get(name)]);

  const head = make("tr", {}, make("td"), ...[one, other].map(heading));
  const body = rows.filter(([, first, second]) => first || second).map(([name, ...values]) => make("tr", {},
    make("th", { scope: "row", dir: "auto" }, name), ...values.map((value) => make("td", { dir: "auto" }, value ?? "\u2013"))));
  return make("table", { class: "compare" }, make("caption", {}, words.side_by_side), make("thead", {}, head), make("tbody", {}, ...body));
}

function heading({ name, url, image }: Product): HTMLElement {
  const inside: Node[] = [];
  if (image) {
    const picture = make("img", { src: image, alt: "", width: "72", height: "72", referrerpolicy: "no-referrer" });
    // A picture that does not come, or that the page's policy refuses, leaves no hole.
    picture.addEventListener("error", () => picture.remove());
    inside.push(picture);
  }
  inside.push(url && url !== location.href.split("#")[0] ? make("a", { href: url }, name) : make("span", {}, name));
  return make("th", { scope: "col", dir: "auto" }, ...inside);
}

function readProduct(product: unknown, words: Words, tag: string): Product | undefined {
  const thing = asThing(product);
  const name = text(thing?.name, MOST_NAME_CHARS);
  if (!thing || !name) return undefined;
  const offers = list(thing.offers).map(asThing).filter((offer) => offer !== undefined);
  return {
    name,
    url: webAddress(thing.url) ?? offers.map(({ url }) => webAddress(url)).find(Boolean),
    image: pictureOf(thing.image),
    price: priceOf(offers, words, tag),
    availability: availabilityOf(offers, words),
    properties: propertiesOf(thing.additionalProperty),
  };
}

function priceOf(offers: Thing[], words: Words, tag: string): string | undefined {
  const prices = offers.flatMap((offer) => {
    const amount = number(offer.price ?? offer.lowPrice);
    const currency = text(offer.priceCurrency, 8);
    return amount === undefined || !currency || !/^[A-Z]{3}$/.test(currency) ? [] : [{ amount, currency, from: offer.price == null }];
  });
  const [first] = prices;
  if (!first || prices.some(({ currency }) => currency !== first.currency)) return undefined;
  const lowest = Math.min(...prices.map(({ amount }) => amount));
  const several = prices.some(({ amount, from }) => from || amount !== lowest);
  const shown = new Intl.NumberFormat(tag, { style: "currency", currency: first.currency }).format(lowest);
  return several ? words.from_price.replace("{price}", () => shown) : shown;
}

/** What can be had of some form of it; `https://schema.org/InStock` and `InStock` are the same. */
function availabilityOf(offers: Thing[], words: Words): string | undefined {
  const states = offers.map(({ availability }) => /(\w+)$/.exec(text(availability, 80) ?? "")?.[1] ?? "");
  const told: [RegExp, string][] = [
    [/^(InStock|InStoreOnly|OnlineOnly|LimitedAvailability)$/, words.in_stock],
    [/^(PreOrder|PreSale)$/, words.pre_order],
    [/^(BackOrder|MadeToOrder)$/, words.back_order],
    [/^(OutOfStock|SoldOut|Discontinued)$/, words.out_of_stock],
  ];
  return told.find(([form]) => states.some((state) => form.test(state)))?.[1];
}

function propertiesOf(stated: unknown): Map<string, string> {
  const properties = new Map<string, string>();
  for (const property of list(stated).slice(0, 60).map(asThing)) {
    const name = text(property?.name, MOST_VALUE_CHARS);
    const value = text(property?.value, MOST_VALUE_CHARS);
    const unit = text(property?.unitText, 20);
    if (name && value && !properties.has(name)) properties.set(name, unit ? `${value}\u00a0${unit}` : value);
  }
  return properties;
}

function pictureOf(stated: unknown): string | undefined {
  const [first] = list(stated);
  const address = webAddress(typeof first === "string" ? first : asThing(first)?.url ?? asThing(first)?.contentUrl);
  const { protocol, origin } = new URL(address ?? location.href);
  return protocol === "https:" || origin === location.origin ? address : undefined;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value == null ? [] : [value];
}

function asThing(value: unknown): Thing | undefined {
  return typeof value === "object" && value !== null ? value as Thing : undefined;
}

function text(value: unknown, most: number): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") value = String(value);
  return typeof value === "string" && value.trim() ? value.trim().slice(0, most) : undefined;
}

function number(value: unknown): number | undefined {
  const read = typeof value === "number" ? value : typeof value === "string" && /^\d+(\.\d+)?$/.test(value.trim()) ? +value : NaN;
  return Number.isFinite(read) && read >= 0 ? read : undefined;
}
