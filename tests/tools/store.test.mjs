// npm run store: what it sends, and how it is signed.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const secret = "a secret of the tests";

describe("npm run store", () => {
  let edge, edgeUrl, folder, received, answer;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "openline-store-"));
    edge = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      received.push({ method: request.method, path: request.url, headers: request.headers, body });
      response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
    });
    await new Promise((resolve) => edge.listen(0, "127.0.0.1", resolve));
    edgeUrl = `http://127.0.0.1:${edge.address().port}`;
  });
  beforeEach(() => {
    received = [];
    answer = { status: 200, body: {} };
  });
  after(async () => {
    edge.close();
    await rm(folder, { recursive: true });
  });

  test("push checks the file and sends it as it is, signed", async () => {
    const file = join(root, "stores/demo.json");
    const { code, said } = await store(["push", file, "--edge", edgeUrl]);
    assert.equal(code, 0, said);
    const [{ method, path, headers, body }] = received;
    assert.equal(`${method} ${path}`, "PUT /v1/demo/settings");
    assert.equal(body, await readFile(file, "utf8"));
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers["openline-signature"]);
    assert.ok(Math.abs(Number(seconds) - Date.now() / 1000) < 60);
    assert.equal(signature, createHmac("sha256", secret).update(`${seconds}.PUT./v1/demo/settings.`).update(body).digest("hex"));
  });

  test("pull writes what the edge has", async () => {
    answer.body = { name: "Harbour Coffee" };
    const file = join(folder, "pulled.json");
    const { code, said } = await store(["pull", file, "--edge", edgeUrl, "--store", "tea"]);
    assert.equal(code, 0, said);
    assert.equal(received[0].path, "/v1/tea/settings");
    assert.deepEqual(JSON.parse(await readFile(file, "utf8")), answer.body);
  });

  test("staff prints the link, the code and when they expire", async () => {
    answer.body = { link: "https://m.me/shop?ref=staff", code: "K7P2QX", expires_at: 1_700_000_000_000 };
    const { code, said } = await store(["staff", "Ada", "--edge", edgeUrl]);
    assert.equal(code, 0, said);
    assert.deepEqual([received[0].method, received[0].path, JSON.parse(received[0].body)], ["POST", "/v1/demo/staff", { name: "Ada" }]);
    for (const part of [answer.body.link, answer.body.code, "2023-11-14T22:13:20.000Z"]) assert.ok(said.includes(part), said);
  });

  test("staff --remove takes a colleague off", async () => {
    answer.body = { removed: 1 };
    const { code, said } = await store(["staff", "--remove", "Ada", "--edge", edgeUrl]);
    assert.equal(code, 0, said);
    assert.deepEqual([received[0].method, received[0].path, JSON.parse(received[0].body)], ["DELETE", "/v1/demo/staff", { name: "Ada" }]);
  });

  test("what the edge refuses is shown", async () => {
    answer = { status: 401, body: { type: "https://openline.dev/problems/signature", title: "The signature is wrong" } };
    const { code, said } = await store(["pull", join(folder, "refused.json"), "--edge", edgeUrl]);
    assert.equal(code, 1);
    assert.match(said, /401[\s\S]*The signature is wrong/);
  });

  for (const words of [[], ["check"], ["drop", "x"], ["constructor", "x"], ["push", "a", "b"], ["push", "a", "--nonsense"]]) {
    test(`"${words.join(" ")}" is answered with the usage`, async () => {
      const { code, said } = await store(words);
      assert.equal(code, 1);
      assert.match(said, /usage: npm run store -- check FILE/);
      assert.equal(received.length, 0);
    });
  }

  function store(words) {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, ["tools/store.mjs", ...words], {
        cwd: root, env: { ...process.env, OPENLINE_SECRET: secret, INIT_CWD: root }, stdio: ["ignore", "pipe", "pipe"],
      });
      let said = "";
      child.stdout.on("data", (chunk) => { said += chunk; });
      child.stderr.on("data", (chunk) => { said += chunk; });
      child.once("close", (code) => resolve({ code, said }));
    });
  }
});
