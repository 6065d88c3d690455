// What the build does to a WASM module between wasm-bindgen and what is shipped.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, beforeEach, describe, test } from "node:test";
import { shorten } from "../../tools/short_names.mjs";
import { removeUnreached } from "../../tools/unreached.mjs";

const assembler = join(dirname(createRequire(import.meta.url).resolve("binaryen")), "bin/wasm-as");
const WAT = `(module
  (import "./glue_bg.js" "__wbg_double_0123456789abcdef" (func $double (param i32) (result i32)))
  (func $kept (export "chat_kept") (result i32) (call $double (i32.const 4)))
  (func $"yew[0123456789abcdef]::portal" (export "chat_portal") (result i32) (i32.const 7))
  (func $"drop_in_place<yew::portal>" (export "chat_dropped") (result i32) (i32.const 9)))`;
const GLUE = `function imports() {
    const import0 = {
        __wbg_double_0123456789abcdef: function(arg0) {
            return arg0 * 2;
        },
        __wbg_gone_0123456789abcdef: function() { return handleError(function (arg0) {
            return arg0.gone;
        }, arguments); },
    };
    return import0;
}
const kept = (wasm) => wasm.chat_kept();
export { imports, kept };
`;

describe("a module", () => {
  let folder;
  let wasm;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "openline-wasm-"));
    wasm = join(folder, "glue_bg.wasm");
  });
  beforeEach(async () => {
    const source = join(folder, "module.wat");
    await writeFile(source, WAT);
    execFileSync(process.execPath, [assembler, "-g", source, "-o", wasm]);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test("traps where a part was taken out, and nowhere else", async () => {
    await removeUnreached(wasm, [{ what: "portals", functions: /yew::portal/ }]);
    const { exports } = await instance({ __wbg_double_0123456789abcdef: (value) => value * 2 });
    assert.equal(exports.chat_kept(), 8);
    assert.equal(exports.chat_dropped(), 9, "what is never made is still dropped");
    assert.throws(() => exports.chat_portal(), WebAssembly.RuntimeError);
  });

  test("that has no such part stops the build", async () => {
    await assert.rejects(removeUnreached(wasm, [{ what: "suspense", functions: /suspense/ }]), /suspense.*older Yew/);
  });

  test("and its glue call each other by short names, and the glue has no more than is called", async () => {
    const glue = await shorten(wasm, GLUE);
    assert.doesNotMatch(glue, /__wbg_|chat_kept|gone/);
    const { imports, kept } = await import(`data:text/javascript,${encodeURIComponent(glue)}`);
    const { exports } = await instance(imports());
    assert.equal(kept(exports), 8);
    assert.deepEqual(Object.keys(exports).filter((name) => name.length > 3), []);
  });

  async function instance(functions) {
    const module = await WebAssembly.instantiate(await readFile(wasm), { "./glue_bg.js": functions });
    return module.instance;
  }
});
