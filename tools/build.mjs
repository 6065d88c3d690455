// npm run build [-- PART...]     builds what changed; parts: widget card words loader site documents worker
import { build } from "./parts.mjs";
import { exitWith } from "./processes.mjs";
import { setUp } from "./setup.mjs";

// wrangler runs this file before it starts or deploys. Where we started wrangler ourselves, everything is built already.
if (!process.env.OPENLINE_SKIP_BUILD) {
  const names = process.argv.slice(2);
  try {
    await setUp();
    await (names.length > 0 ? build(names) : build());
  } catch (error) {
    exitWith(error);
  }
}
