// An edge that gives away what was built and the settings it is told, and notes what it is asked.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const types = { ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

/** Every trigger has a rule, and hardly a limit holds. */
export const eagerSettings = {
  name: "Harbour Coffee",
  locale: "en",
  theme: { color: "#ffd54f", corner: "right", offset_px: 20 },
  rules: ["exit", "idle_cart", "hesitation", "indecision"].map((trigger) => ({ id: trigger, trigger, enabled: true, priority: 0, text: "May we help?", quick_replies: [], limits: { per_week: 8 } })),
  moments: {
    idle_cart_seconds: 20,
    purchase_gate: false,
    limits: { first_seconds: 0, gap_minutes: 0, per_visit: 8, per_week: 8, silence_after_close_days: 7, silence_after_not_now_days: 30 },
  },
  utc_offset_minutes: 0,
};

/** Starts it: `{ url, settings, requests, stop() }`. `requests` are `[method, path]`, the latest last. */
export async function startBuiltEdge(settings = eagerSettings) {
  const edge = { settings, requests: [] };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://edge");
    edge.requests.push([request.method, pathname]);
    const body = pathname === "/v1/demo/settings" ? JSON.stringify(edge.settings) : fileAt(pathname);
    response.writeHead(body ? 200 : 404, {
      "content-type": types[extname(pathname)] ?? "application/json", "access-control-allow-origin": "*", "cache-control": "no-store",
    });
    response.end(body);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  edge.url = `http://127.0.0.1:${server.address().port}`;
  edge.stop = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return edge;
}

/** Scripts, programs and words alone: the pages are the shop's. */
function fileAt(pathname) {
  const [, folder, name] = /^\/(words\/)?([\w-]+\.(?:js|wasm|json))$/.exec(pathname) ?? [];
  const inside = join(dist, folder ?? "");
  return name && readdirSync(inside).includes(name) ? readFileSync(join(inside, name)) : undefined;
}
