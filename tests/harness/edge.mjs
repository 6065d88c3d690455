// The built Worker under workerd, as `wrangler dev` runs it, with its own port, secrets and storage on disk.
import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { capture, startService, wranglerEnv } from "../../tools/processes.mjs";
import { until } from "./poll.mjs";
import { freePort } from "./ports.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const wrangler = join(root, "node_modules/wrangler/bin/wrangler.js");

/**
 * Starts the Worker on a free port and resolves when `/healthz` answers 200.
 * `vars` are added to (and win over) random secrets; `persistDir` defaults to a new folder, removed by `stop()`.
 */
export async function startEdge({ vars = {}, persistDir, port } = {}) {
  const edge = new Edge();
  edge.port = port ?? (await freePort());
  edge.url = `http://localhost:${edge.port}`;
  edge.vars = { ...randomSecrets(), ...vars };
  edge.ownDir = await mkdtemp(join(tmpdir(), "openline-edge-"));
  edge.persistDir = persistDir ?? join(edge.ownDir, "state");
  await edge.start();
  return edge;
}

class Edge {
  /** Starts (again) on the same port and storage. */
  async start() {
    const varsFile = join(this.ownDir, "vars.env");
    await writeFile(varsFile, dotenv(this.vars), { mode: 0o600 });
    const args = [
      wrangler, "dev", "--port", String(this.port), "--inspector-port", "0", "--env-file", varsFile,
      "--persist-to", this.persistDir, "--show-interactive-dev-session=false",
    ];
    const env = wranglerEnv({
      OPENLINE_SKIP_BUILD: "1",
      WRANGLER_LOG_PATH: join(this.ownDir, "logs"),
      WRANGLER_REGISTRY_PATH: join(this.ownDir, "registry"),
    });
    const service = startService("edge", process.execPath, args, { cwd: root, env });
    this.service = service;
    let ended = false;
    service.exited.then(() => { ended = true; });
    const answer = await until(async () => ended || (await fetch(`${this.url}/healthz`)).ok, {
      what: "the edge's /healthz", timeoutMs: 60_000,
    }).catch(async (error) => {
      await service.kill9();
      throw new Error(`${error.message}\n${service.log()}`, { cause: error });
    });
    if (ended) throw new Error(`wrangler dev ended before the edge answered (${answer})\n${service.log()}`);
  }

  /** Ends everything at once with SIGKILL, as a power cut would. The storage stays. */
  async kill9() {
    await this.service.kill9();
  }

  /** SIGKILL, then start again on the same port and storage; `vars` change what is named. */
  async restart({ vars = {} } = {}) {
    await this.kill9();
    this.vars = { ...this.vars, ...vars };
    await this.start();
  }

  /** Stops, and removes the storage unless it was handed in. */
  async stop() {
    await this.service.stop();
    await rm(this.ownDir, { recursive: true, force: true });
  }

  /** What the Worker and wrangler printed since the last start. */
  log() {
    return this.service.log();
  }

  /** The names of the keys in KV, read from its storage as `wrangler kv key list` does. */
  async kvKeys(prefix = "") {
    const listed = await this.#kv(["list", "--prefix", prefix]);
    return JSON.parse(listed).map((key) => key.name);
  }

  /** One value from KV as text. */
  async kvText(key) {
    return this.#kv(["get", "--text", key]);
  }

  /** Removes the storage of every Durable Object of a class ("Conversation", "Store"). Only while stopped or killed. */
  async wipeObjects(className) {
    const folder = join(this.persistDir, "v3/do");
    const wanted = (await readdir(folder)).filter((name) => name.endsWith(`-${className}`));
    if (wanted.length === 0) throw new Error(`no storage of ${className} in ${folder}`);
    for (const name of wanted) await rm(join(folder, name), { recursive: true, force: true });
  }

  #kv(words) {
    const [verb, ...rest] = words;
    return capture(process.execPath, [
      wrangler, "kv", "key", verb, ...rest, "--binding", "OPENLINE", "--local", "--persist-to", this.persistDir,
    ], { cwd: root, env: wranglerEnv({ WRANGLER_LOG_PATH: join(this.ownDir, "logs") }) });
  }
}

/** Fresh values for the four secrets. */
export function randomSecrets() {
  const random = () => randomBytes(32).toString("hex");
  return {
    OPENLINE_SECRET: random(),
    MESSENGER_APP_SECRET: random(),
    MESSENGER_VERIFY_TOKEN: random(),
    MESSENGER_PAGE_TOKEN: random(),
  };
}

/** In backticks: JSON has double quotes, and secrets may have single ones. */
function dotenv(vars) {
  return Object.entries(vars).map(([name, value]) => `${name}=\`${value}\`\n`).join("");
}
