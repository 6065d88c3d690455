// The two origins of a merchant's case: the shop's product page, and an edge that answers at once. What is measured is the
// browser; so files are compressed ahead of time and nothing is computed.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { WebSocketServer } from "ws";
import { startShop } from "../../harness/shop.mjs";
import { root } from "../../../tools/setup.mjs";

const productPage = "dist/products/pilot-electric-kettle/index.html";
const scriptTag = /<script async src="\/openline\.js"[^>]*><\/script>/;
const types = { ".js": "text/javascript", ".wasm": "application/wasm" };
const files = {
  "/openline.js": "dist/openline.js",
  "/sense.js": "dist/sense.js",
  "/sense_bg.wasm": "dist/sense_bg.wasm",
  "/chat.js": "dist/chat.js",
  "/chat_bg.wasm": "dist/chat_bg.wasm",
  "/floor.js": "tests/bench/floor.js",
};

/** `{ url(variant), requests, quietSince, stop() }`; the variants are `bare`, `floor` and `openline`. */
export async function startOrigins(settings) {
  const edge = await startStaticEdge(settings);
  const html = await readFile(join(root, productPage), "utf8");
  if (!scriptTag.test(html)) throw new Error(`${productPage} has no script tag`);
  const tagged = (tag) => html.replace(scriptTag, tag);
  const shop = await startShop({
    edgeUrl: edge.url,
    pages: {
      "/bare": tagged(""),
      "/floor": tagged(`<script async src="${edge.url}/floor.js"></script>`),
      "/openline": tagged(`<script async src="${edge.url}/openline.js" data-store="demo"></script>`),
    },
  });
  return {
    url: (variant) => `${shop.url}/${variant}`,
    requests: edge.requests,
    quietSince: () => edge.requests.reduce((latest, request) => Math.max(latest, request.at, request.answeredAt ?? Date.now()), 0),
    async stop() {
      await Promise.all([shop.stop(), edge.stop()]);
    },
  };
}

async function startStaticEdge(settings) {
  const answers = new Map(await Promise.all(Object.entries(files).map(async ([path, file]) => {
    const body = await readFile(join(root, file));
    const headers = {
      "content-type": types[extname(file)], "content-encoding": "br", "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin", "timing-allow-origin": "*", "cache-control": "public, max-age=300",
    };
    return [path, { headers, body: compressed(body) }];
  })));
  const json = (value) => ({
    headers: {
      "content-type": "application/json", "access-control-allow-origin": "*", "access-control-allow-headers": "*",
      "access-control-allow-methods": "*", "access-control-max-age": "600", "cache-control": "no-store",
    },
    body: Buffer.from(JSON.stringify(value)),
  });
  answers.set("/v1/demo/settings", json(settings));
  answers.set("/v1/demo/sessions", json({ token: "token.secret", conversation: "conversation1", resumed: false }));

  const requests = [];
  const server = createServer((request, response) => {
    const path = new URL(request.url, "http://edge").pathname;
    const { headers, body } = answers.get(path) ?? { headers: {}, body: null };
    const entry = { path, at: Date.now(), isFile: path in files, bytes: body?.length ?? 0 };
    if (request.method !== "OPTIONS") requests.push(entry);
    response.on("close", () => { entry.answeredAt = Date.now(); });
    if (body === null) response.writeHead(404).end();
    else response.writeHead(200, { ...headers, "content-length": body.length }).end(body);
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => "openline.v1" });
  sockets.on("connection", (socket) => {
    socket.once("message", () => socket.send('{"events":{"up_to":0,"events":[]}}'));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${server.address().port}`,
    requests,
    stop: async () => {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function compressed(body) {
  return brotliCompressSync(body, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
  });
}
