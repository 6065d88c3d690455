// Takes out of the chat what Yew brings along for views that the chat never draws. The linker must keep it: which of
// its kinds a node is, is only known when it is drawn. What is taken out traps, loudly, should it ever be called.
// A name must stand for nothing else: the build keeps LLVM from merging functions that happen to be alike.
import { readFile, writeFile } from "node:fs/promises";
import { Failure } from "./processes.mjs";
import { Reader, moduleOf, number, section, sections } from "./wasm_module.mjs";

/** What the chat does not do, and the functions that are called for nothing else. */
const unreached = [
  { what: "suspense", functions: /^<yew::(?:virtual_dom::vsuspense|dom_bundle::bsuspense)::\w+ as yew::dom_bundle|^<yew::suspense::suspension::Suspension>::listen|find_parent_scope::<yew::suspense|^<yew::html::component::lifecycle::ComponentState>::suspend::/ },
  { what: "portals", functions: /^<yew::(?:virtual_dom::vportal|dom_bundle::bportal)::\w+ as yew::dom_bundle/ },
  { what: "raw HTML", functions: /^<yew::(?:virtual_dom::vraw|dom_bundle::braw)::\w+(?: as yew::dom_bundle.*)?>::/ },
  { what: "components in components", functions: /^<yew::(?:virtual_dom::vcomp|dom_bundle::bcomp)::\w+ as yew::dom_bundle/ },
  { what: "listeners: the shell hears what is done in the panel", functions: /^<yew::dom_bundle::btag::listeners::(?:ListenerRegistration>::register|Registry>::)|^<yew::dom_bundle::subtree_root::SubtreeData>::add_listener|^<yew::dom_bundle::subtree_root::EventDescriptor as|^<yew::virtual_dom::listeners::ListenerKind|dyn yew::virtual_dom::listeners::Listener>>\]?> as core::clone|^<(?:std|hashbrown)::.*yew::dom_bundle::subtree_root::EventDescriptor.*(?:::reserve_rehash|::insert(?:_no_grow)?$|::rustc_entry|::or_default|::hash_one)/ },
  { what: "attributes by name: `el` has lists", functions: /^<indexmap::|FilterMap<indexmap::|Map<indexmap::/ },
  { what: "new properties for the one component", functions: /^<yew::html::component::lifecycle::CompStateInner<.*>::props_changed$/ },
  { what: "views that are drawn twice", functions: /^<(?:alloc::(?:vec::Vec|boxed::Box)<.*)?yew::(?:virtual_dom|html)::\w+::(?:VNode|VList|VComp|AttributeOrProperty)\W* as core::clone::Clone>/ },
  { what: "more components than one node of a queue's tree holds", functions: /^<alloc::collections::btree::node::(?:BalancingContext<usize, yew::scheduler|.*yew::scheduler.*(?:Internal>.*>::(?:insert|split)::|>::(?:split_leaf_data|fix_node|push_internal_level)|Internal>>::push$))/ },
  { what: "promises that suspend the stack", functions: /^js_sys::futures::jspi::(?:task_waker|spawn_promising)/ },
  { what: "formatting: texts are put together", functions: /^<core::fmt::Formatter>::|^core::fmt::(?:write$|num::)|^<(?:alloc::string::String|&str|u32) as core::fmt::(?:Write|Display)>::/ },
  { what: "a panic's words: panics abort", functions: /^console_error_panic_hook::hook$|^<std::panic::PanicHookInfo/ },
];

const unreachable = Uint8Array.of(3, 0, 0x00, 0x0b);

/** Rewrites the file `wasm`, which must still have the names of its functions. Fails where a part has none. */
export async function removeUnreached(wasm, parts = unreached) {
  const all = sections(await readFile(wasm));
  const names = functionNames(all);
  for (const { what, functions } of parts) {
    if (![...names.values()].some((name) => functions.test(name))) {
      throw new Failure(`nothing in the chat is there for ${what}: tools/unreached.mjs knows an older Yew`);
    }
  }
  // What is never made is still dropped, where it is the absent part of something.
  const isUnreached = (name) => !/drop/i.test(name) && parts.some(({ functions }) => functions.test(name));
  const first = importedFunctions(all);
  await writeFile(wasm, moduleOf(all.map(({ id, body }) => (
    { id, body: id === section.code ? emptied(body, (index) => isUnreached(names.get(first + index) ?? "")) : body }
  ))));
}

/** The code with `unreachable` for the bodies of the functions that `which` picks. */
function emptied(code, which) {
  const reader = new Reader(code);
  const count = reader.number();
  const parts = [number(count)];
  for (let index = 0; index < count; index += 1) {
    const from = reader.at;
    const bytes = reader.number();
    reader.at += bytes;
    parts.push(which(index) ? unreachable : code.subarray(from, reader.at));
  }
  return Buffer.concat(parts);
}

function importedFunctions(all) {
  const reader = new Reader(all.find(({ id }) => id === section.imports).body);
  let functions = 0;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.text();
    reader.text();
    if (reader.importDescription() === 0) functions += 1;
  }
  return functions;
}

/** The names of functions by their numbers, without the hashes of their crates. */
function functionNames(all) {
  const names = new Map();
  for (const { id, body } of all) {
    const reader = new Reader(body);
    if (id !== section.custom || reader.text() !== "name") continue;
    while (reader.at < body.length) {
      const isOfFunctions = reader.byte() === 1;
      const end = reader.number() + reader.at;
      for (let left = isOfFunctions ? reader.number() : 0; left > 0; left -= 1) {
        names.set(reader.number(), reader.text().replaceAll(/\[[0-9a-f]{16}\]/g, ""));
      }
      reader.at = end;
    }
  }
  return names;
}
