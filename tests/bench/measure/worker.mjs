// A Worker of this folder under `wrangler dev`, as the harness runs the edge: what the edge is compared with.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../harness/ports.mjs";
import { until } from "../../harness/poll.mjs";
import { startService, wranglerEnv } from "../../../tools/processes.mjs";
import { programs } from "../../../tools/setup.mjs";

const bench = fileURLToPath(new URL("..", import.meta.url));

/** Starts the Worker in `tests/bench/{name}`; resolves to `{ url, persistDir, log(), stop() }` once it answers. */
export async function startWorker(name, { vars = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), `openline-${name}-`));
  const persistDir = join(folder, "state");
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const given = Object.entries(vars).flatMap(([variable, value]) => ["--var", `${variable}:${value}`]);
  const service = startService(name, process.execPath, [
    programs.wrangler, "dev", "--config", join(bench, name, "wrangler.toml"), "--port", String(port), "--inspector-port", "0",
    "--persist-to", persistDir, "--show-interactive-dev-session=false", ...given,
  ], {
    cwd: join(bench, name),
    env: wranglerEnv({ OPENLINE_SKIP_BUILD: "1", WRANGLER_LOG_PATH: join(folder, "logs"), WRANGLER_REGISTRY_PATH: join(folder, "registry") }),
  });
  const stop = async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until(async () => (await fetch(url)).status < 500, { what: `an answer of ${name}`, timeoutMs: 60_000 });
  } catch (error) {
    const said = service.log();
    await stop();
    throw new Error(`${error.message}\n${said}`, { cause: error });
  }
  return { url, persistDir, log: service.log, stop };
}
