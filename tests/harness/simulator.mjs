// The Messenger simulator in front of a running edge.
import { startSimulator as start } from "../messenger-sim/server.mjs";
import { startEdge } from "./edge.mjs";
import { freePort } from "./ports.mjs";

/**
 * Starts an edge and a simulator that know each other: `{ edge, simulator, stop() }`.
 * `simulatorOptions` are those of `tests/messenger-sim`; everything else is `startEdge`'s.
 */
export async function startEdgeWithMessenger({ vars = {}, simulatorOptions = {}, ...options } = {}) {
  const port = await freePort();
  const edge = await startEdge({ ...options, vars: { ...messengerVars(port), ...vars } });
  const simulator = await startSimulator({ edge, port, ...simulatorOptions });
  return {
    edge,
    simulator,
    async stop() {
      await Promise.all([simulator.close(), edge.stop()]);
    },
  };
}

/** The variables which make an edge use a simulator on this port. */
export function messengerVars(port) {
  return { MESSENGER_API_BASE: `http://localhost:${port}`, MESSENGER_LINK_BASE: `http://localhost:${port}/m.me` };
}

/** Starts the simulator for an edge, whose address and secrets it takes: `{ url, state, control(), read(), close(), ... }`. */
export function startSimulator({ edge, port, ...options }) {
  const { MESSENGER_APP_SECRET, MESSENGER_VERIFY_TOKEN, MESSENGER_PAGE_TOKEN } = edge.vars;
  return start({
    port,
    edge: edge.url,
    appSecret: MESSENGER_APP_SECRET,
    verifyToken: MESSENGER_VERIFY_TOKEN,
    pageToken: MESSENGER_PAGE_TOKEN,
    ...options,
  });
}
