import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";

import { loadCatalogue, productPath } from "./catalogue.mjs";
import { cartPage } from "./pages/cart.mjs";
import { checkoutPage } from "./pages/checkout.mjs";
import { helpPage } from "./pages/help.mjs";
import { homePage } from "./pages/home.mjs";
import { listingPage } from "./pages/listing.mjs";
import { momentsPage } from "./pages/moments.mjs";
import { notFoundPage } from "./pages/not-found.mjs";
import { productPage } from "./pages/product.mjs";
import { thanksPage } from "./pages/thanks.mjs";
import { tryPage } from "./pages/try.mjs";

const STYLES = ["base", "frame", "pieces", "cards", "home", "shop", "order", "help", "moments"];

/** Writes the demo store into `outDir`, beside whatever is there. */
export async function build(outDir) {
  await cp(fileURLToPath(new URL("static/", import.meta.url)), outDir, { recursive: true });
  const styles = await Promise.all(STYLES.map((name) => readFile(new URL(`styles/${name}.css`, import.meta.url), "utf8")));
  await writeFile(join(outDir, "styles.css"), styles.join("\n"));
  for (const [path, page] of pages(await loadCatalogue())) {
    const file = join(outDir, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${page}\n`);
  }
}

function pages(catalogue) {
  return [
    ["index.html", homePage(catalogue)],
    ["shop/index.html", listingPage(catalogue)],
    ...catalogue.products.map((product) => [`${productPath(product)}index.html`, productPage(catalogue, product)]),
    ["cart/index.html", cartPage(catalogue)],
    ["checkout/index.html", checkoutPage(catalogue)],
    ["thanks/index.html", thanksPage()],
    ["help/index.html", helpPage(catalogue)],
    ["demo/index.html", tryPage()],
    ["demo/moments/index.html", momentsPage(catalogue)],
    ["404.html", notFoundPage()],
  ];
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const outDir = argv[2];
  if (outDir === undefined) throw new Error("usage: node www/build.mjs OUTDIR");
  await build(outDir);
}
