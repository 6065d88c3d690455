// A shop's page with the real loader, the real card and its words, and sensors that see what the test wants them to.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { listenTo, pageWith, startStubEdge } from "./loader-stub.mjs";

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const dist = (name) => readFileSync(path(`dist/${name}`));

/** Instead of the program: `sensors.fire(moment)` has it see something; `sensors.calls` is what it was told. */
const glue = `
export default async () => {};
export function watch(settings, kept, host) {
  const day = 864e5;
  const sensors = window.sensors = { settings, kept, host, calls: [], fire: (moment) => host.card(moment) };
  const until = { closed: () => Date.now() + 7 * day, not_now: () => Date.now() + 30 * day, never: () => Number.MAX_SAFE_INTEGER };
  const note = (name) => (...args) => { sensors.calls.push([name, ...args]); };
  return {
    ...Object.fromEntries(["track", "cart", "panel", "quiet", "consent", "resume", "stop"].map((name) => [name, note(name)])),
    decline(how) { note("decline")(how); return until[how](); },
    look: () => window.looked ?? {},
  };
}`;

export const rules = [
  { id: "exit", trigger: "exit", text: "Before you go: shall we keep your cart for you? It costs nothing, and it is here when you come back.", quick_replies: ["Yes, please"] },
  {
    id: "cart", trigger: "idle_cart", text: "Anything unclear about the total, delivery or returns?",
    quick_replies: ["Total cost", "How long does delivery take?", "Returns"],
  },
  { id: "choose", trigger: "indecision", text: "Torn between these two? Here they are side by side.", quick_replies: [] },
  { id: "size", trigger: "indecision", text: "Not sure about the size?", quick_replies: [] },
];

const offer = (price, availability = "InStock") => ({ "@type": "Offer", price, priceCurrency: "EUR", availability: `https://schema.org/${availability}` });
const property = (name, value, unitText) => ({ "@type": "PropertyValue", name, value, unitText });
export const products = [
  {
    "@type": "Product", name: "Slack Water", url: "/products/slack-water/", image: "/images/slack-water.svg", offers: [offer("13.50"), offer("48.00")],
    additionalProperty: [property("Roast", "Medium dark"), property("Origin", "Brazil, Ethiopia"), property("Weight", 250, "g"), property("Acidity", "Low")],
  },
  {
    "@type": "Product", name: "Lodestar Decaf", url: "/products/lodestar-decaf/", image: "/images/dogger.svg", offers: offer(14.5, "OutOfStock"),
    additionalProperty: [property("Roast", "Medium"), property("Origin", "Colombia"), property("Weight", 250, "g"), property("Acidity", "Bright")],
  },
];

/** What the sensors would tell. */
export const moments = {
  exit: { rule: "exit", trigger: "exit", topic: "leaving", version: 1, reasons: ["left_through_top", "stayed_out", "swept_off", "cart_holds"], points: [30, 10, -10, 5], products: [] },
  cart: { rule: "cart", trigger: "idle_cart", topic: "cart", version: 1, reasons: ["cart_waits"], points: [30], products: [] },
  choose: { rule: "choose", trigger: "indecision", topic: "products", version: 1, reasons: ["product_revisited", "specification_reread"], points: [18, 12], products },
  size: { rule: "size", trigger: "indecision", topic: "size", version: 1, reasons: ["size_guide_opened", "variant_tried"], points: [15, 15], products: [] },
};

/** Everything of the edge's that the page loads; `edge.settings` has the rules above. */
export async function startCardEdge() {
  const bundled = await build({
    entryPoints: [path("widget/sense/entry.js")], bundle: true, format: "esm", target: "es2022", write: false,
    plugins: [{
      name: "sensors",
      setup(bundler) {
        bundler.onResolve({ filter: /^(glue|\.\/watcher\.js)$/ }, () => ({ path: "glue", namespace: "sensors" }));
        bundler.onLoad({ filter: /./, namespace: "sensors" }, () => ({ contents: glue, loader: "js" }));
      },
    }],
  });
  const words = ["en", "de", "fr", "es", "it", "pt", "nl", "pl"].map((tag) => [`/words/${tag}.json`, ["application/json", dist(`words/${tag}.json`)]]);
  const edge = await startStubEdge({
    "/sense.js": ["text/javascript", bundled.outputFiles[0].text],
    "/sense_bg.wasm": ["application/wasm", new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])],
    "/card.js": ["text/javascript", dist("card.js")],
    "/debug.js": ["text/javascript", dist("debug.js")],
    ...Object.fromEntries(words),
  });
  edge.settings = { name: "Harbour Coffee", locale: "en", theme: { color: "#12343b", corner: "right", offset_px: 20 }, rules, moments: {} };
  return edge;
}

/** Opens a page of the shop with the sensors at work. `lang`, `dir`: the page's; the rest as `pageWith`. */
export async function openCardPage(context, shop, { lang = "en", dir = "ltr", path: at = "/", ...options } = {}) {
  shop.pages = { ...shop.pages, [at]: pageWith(options).replace('lang="en"', `lang="${lang}" dir="${dir}"`) };
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.heard = listenTo(page);
  await page.goto(shop.url + at);
  await page.waitForFunction(() => window.sensors);
  return page;
}

/** The sensors see `moment`. */
export const fire = (page, moment) => page.evaluate((seen) => window.sensors.fire(seen), moment);
export const card = (page) => page.getByRole("status").filter({ has: page.getByRole("button") });
