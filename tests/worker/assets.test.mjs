// The files a merchant's page loads, as the edge serves them to another origin.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startEdge } from "../harness/edge.mjs";

const lasting = "public, max-age=31536000, immutable";

describe("static files", () => {
  let edge;
  before(async () => { edge = await startEdge(); });
  after(() => edge?.stop());

  for (const { path, type, cache } of [
    { path: "/openline.js", type: /javascript/, cache: "public, max-age=300, stale-while-revalidate=86400" },
    { path: "/sense.js?v=1", type: /javascript/, cache: lasting },
    { path: "/sense_bg.wasm?v=1", type: /^application\/wasm$/, cache: lasting },
    { path: "/chat.js?v=1", type: /javascript/, cache: lasting },
    { path: "/chat_bg.wasm?v=1", type: /^application\/wasm$/, cache: lasting },
    { path: "/openapi.json", type: /json/ },
    { path: "/store.schema.json", type: /json/ },
  ]) {
    test(`${path} may be loaded from any origin`, async () => {
      const response = await fetch(edge.url + path, { headers: { origin: "https://shop.example" } });
      assert.equal(response.status, 200);
      assert.match(response.headers.get("content-type"), type);
      assert.equal(response.headers.get("access-control-allow-origin"), "*");
      assert.equal(response.headers.get("x-content-type-options"), "nosniff");
      if (cache) assert.equal(response.headers.get("cache-control"), cache);
      assert.ok((await response.arrayBuffer()).byteLength > 100);
    });
  }

  test("glue and module come from one build", async () => {
    for (const name of ["sense", "chat"]) {
      const glue = await (await fetch(`${edge.url}/${name}.js`)).text();
      assert.match(glue, new RegExp(`${name}_bg\\.wasm\\?v=[0-9a-f]{12}\\b`));
    }
  });

  test("the demo store has the one script tag", async () => {
    const page = await (await fetch(edge.url)).text();
    assert.match(page, /<script async src="[^"]*\/openline\.js" data-store="demo"><\/script>/);
  });

  test("what does not exist is not found", async () => {
    const response = await fetch(`${edge.url}/no-such-page`);
    assert.equal(response.status, 404);
    assert.match(await response.text(), /<h1>[^<]+<\/h1>[^]*href="\/shop\/"/, "and the shop says so itself");
  });
});
