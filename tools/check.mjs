// npm run check     format, lints, types and the architecture's rules: everything that needs no running program
import { runChecks } from "./checks.mjs";
import { exitWith } from "./processes.mjs";
import { installCheckers, setUp } from "./setup.mjs";

try {
  await setUp();
  await installCheckers();
  await runChecks();
} catch (error) {
  exitWith(error);
}
