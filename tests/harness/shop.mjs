// A merchant's shop on an origin of its own: the demo store's pages, with the script tag pointing at the edge.
import { createServer } from "node:http";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { build } from "../../www/build.mjs";

/**
 * Serves the demo store's pages, and nothing of the edge's, at http://127.0.0.1:PORT, which is another site than the edge's http://localhost:PORT.
 * `edgeUrl` can be changed later through the returned object (a dead edge, say).
 * `pages` adds or replaces pages: `{ "/bare": "<!doctype html>..." }`; `headers` are sent with every page.
 */
export async function startShop({ edgeUrl, pages = {}, headers = {}, port = 0 }) {
  const folder = await mkdtemp(join(tmpdir(), "openline-shop-"));
  await build(folder);
  const shop = { edgeUrl, pages, headers, folder };
  const server = createServer((request, response) => {
    answer(shop, request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  shop.port = server.address().port;
  shop.url = `http://127.0.0.1:${shop.port}`;
  shop.stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  };
  return shop;
}

const types = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".ico": "image/x-icon", ".js": "text/javascript",
  ".json": "application/json", ".jpg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8", ".webp": "image/webp", ".woff2": "font/woff2",
};

async function answer(shop, request, response) {
  const path = decodeURIComponent(new URL(request.url, shop.url).pathname);
  const page = shop.pages[path] ?? null;
  const file = page === null ? await findFile(shop.folder, path) : null;
  if (page === null && file === null) {
    response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    return;
  }
  const type = page === null ? types[extname(file)] ?? "application/octet-stream" : types[".html"];
  if (!type.startsWith("text/html")) {
    response.writeHead(200, { "content-type": type }).end(await readFile(file));
    return;
  }
  const html = page ?? (await readFile(file, "utf8"));
  response.writeHead(200, { "content-type": type, ...shop.headers }).end(pointAtEdge(html, shop.edgeUrl));
}

/** The pages name the script on their own origin; every other merchant names the edge's. */
function pointAtEdge(html, edgeUrl) {
  return html.replaceAll(/(\bsrc=["'])(?:https?:\/\/[^/"']+)?\/openline\.js/g, `$1${edgeUrl}/openline.js`);
}

/** As the Worker's assets do: `/tea` is `/tea.html` or `/tea/index.html`. */
async function findFile(folder, path) {
  const base = join(folder, normalize(path));
  if (!base.startsWith(folder)) return null;
  for (const candidate of [base, `${base}.html`, join(base, "index.html")]) {
    const found = await stat(candidate).catch(() => null);
    if (found?.isFile()) return candidate;
  }
  return null;
}
