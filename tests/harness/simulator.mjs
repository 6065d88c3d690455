// The Messenger simulator in front of a running edge.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startService } from "../../tools/processes.mjs";
import { startEdge } from "./edge.mjs";
import { until } from "./poll.mjs";
import { freePort } from "./ports.mjs";

const program = fileURLToPath(new URL("../messenger-sim/server.mjs", import.meta.url));

/** Starts an edge and a simulator that know each other: `{ edge, simulator, stop() }`. */
export async function startEdgeWithMessenger({ vars = {}, ...options } = {}) {
  const port = await freePort();
  const edge = await startEdge({ ...options, vars: { ...messengerVars(port), ...vars } });
  const simulator = await startSimulator({ edge, port });
  return {
    edge,
    simulator,
    async stop() {
      await Promise.all([simulator.stop(), edge.stop()]);
    },
  };
}

/** The variables which make an edge use a simulator on this port. */
export function messengerVars(port) {
  return { MESSENGER_API_BASE: `http://localhost:${port}`, MESSENGER_LINK_BASE: `http://localhost:${port}/m.me` };
}

/** Starts the simulator for an edge (`url` and `vars` are used): `{ url, port, log(), stop() }`. */
export async function startSimulator({ edge, port, store = "demo" }) {
  const url = `http://localhost:${port}`;
  const { MESSENGER_APP_SECRET, MESSENGER_VERIFY_TOKEN, MESSENGER_PAGE_TOKEN } = edge.vars;
  const args = [program, "--port", String(port), "--edge", edge.url, "--store", store];
  const service = startService("Messenger simulator", process.execPath, args, {
    env: { ...process.env, MESSENGER_APP_SECRET, MESSENGER_VERIFY_TOKEN, MESSENGER_PAGE_TOKEN },
  });
  let ended = false;
  service.exited.then(() => { ended = true; });
  await until(async () => ended || (await fetch(url)).status < 500, { what: "the Messenger simulator", timeoutMs: 15_000 });
  if (ended) throw new Error(`the Messenger simulator ended\n${service.log()}`);
  return { url, port, log: service.log, stop: service.stop };
}
