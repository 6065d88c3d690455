// What the commands read out of other programs' reports and out of files.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { namedPaths } from "../../tools/checks.mjs";
import { completeDevVars, readDevVars } from "../../tools/dev_vars.mjs";
import { countCargo, countTap } from "../../tools/suites.mjs";

test("the counts of every cargo test program are added up", () => {
  const lines = [
    "running 3 tests",
    "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
    "test result: FAILED. 4 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s",
  ];
  assert.deepEqual(countCargo(lines), { passed: 7, failed: 2, skipped: 1 });
  assert.deepEqual(countCargo([]), { passed: 0, failed: 0, skipped: 0 });
});

test("a cancelled test has failed, and one to be written is skipped", () => {
  const report = "ok 1 - pass 99\n# tests 8\n# pass 3\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 1\n# duration_ms 1\n";
  assert.deepEqual(countTap(report), { passed: 3, failed: 2, skipped: 3 });
  assert.deepEqual(countTap(""), { passed: 0, failed: 0, skipped: 0 });
});

test("a document's paths are found, and words that only look like paths are not", () => {
  const text = "See `domain/src/wire/` and [the edge](edge/src/lib.rs#L1), `wrangler.toml`, `.ci/run`; not `GET /v1/x`, `application/json` or `npm start`.";
  assert.deepEqual(namedPaths(text), ["domain/src/wire/", "wrangler.toml", ".ci/run", "edge/src/lib.rs"]);
});

describe(".dev.vars", () => {
  let folder;
  before(async () => { folder = await mkdtemp(join(tmpdir(), "openline-vars-")); });
  after(() => rm(folder, { recursive: true }));

  test("is written once, readable by its owner only", async () => {
    const file = join(folder, "new");
    const written = completeDevVars(file, { simulatorUrl: "http://localhost:8788" });
    const secrets = ["OPENLINE_SECRET", "MESSENGER_APP_SECRET", "MESSENGER_VERIFY_TOKEN", "MESSENGER_PAGE_TOKEN"].map((name) => written[name]);
    for (const secret of secrets) assert.match(secret, /^[0-9a-f]{64}$/);
    assert.equal(new Set(secrets).size, 4);
    assert.equal(written.MESSENGER_LINK_BASE, "http://localhost:8788/m.me");
    assert.equal((await stat(file)).mode & 0o077, 0);
    assert.deepEqual(readDevVars(file), written);
    assert.deepEqual(completeDevVars(file, { simulatorUrl: "http://localhost:1" }), written);
  });

  test("keeps what somebody wrote and adds what is missing", async () => {
    const file = join(folder, "mine");
    await writeFile(file, "# mine\nOPENLINE_SECRET = 'kept'\nMESSENGER_API_BASE=https://graph.facebook.com");
    const completed = completeDevVars(file, { simulatorUrl: "http://localhost:8788" });
    assert.equal(completed.OPENLINE_SECRET, "kept");
    assert.equal(completed.MESSENGER_API_BASE, "https://graph.facebook.com");
    const text = await readFile(file, "utf8");
    assert.ok(text.startsWith("# mine\nOPENLINE_SECRET = 'kept'\nMESSENGER_API_BASE=https://graph.facebook.com\nMESSENGER_APP_SECRET="), text);
  });
});
