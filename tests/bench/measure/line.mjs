// Two pages of one conversation, held by this process: one says things, the other hears them.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { WebSocket } from "ws";

const patienceMs = 30_000;

/** A conversation with the edge that a member of staff has taken over, so that the assistant keeps silent. */
export async function openEdgeLine({ edge, simulator }) {
  const origin = edge.url;
  const response = await fetch(`${edge.url}/v1/demo/sessions`, {
    method: "POST", headers: { "content-type": "application/json", origin }, body: "{}",
  });
  if (!response.ok) throw new Error(`no session: ${response.status} ${await response.text()}`);
  const { token, conversation } = await response.json();
  const live = `${edge.url.replace("http", "ws")}/v1/demo/conversations/${conversation}/live`;
  const open = () => new WebSocket(live, ["openline.v1", `token.${token}`], { origin, perMessageDeflate: false });
  const line = await openLine(open, {
    ids: (frame) => (frame.events?.events ?? []).map((event) => event.message?.id),
    hello: JSON.stringify({ hello: { visible: true } }),
    trouble: (frame) => frame.trouble,
  });
  await line.say("I would rather write from my phone.");
  const { link } = await line.ask({ link: "messenger" }, (frame) => frame.link);
  const { psid } = await control(simulator, "people", { name: "Shopper" });
  await control(simulator, `shopper/${psid}/tap`, { ref: new URL(link.url).searchParams.get("ref") });
  await control(simulator, `shopper/${psid}/get-started`);
  await line.hears((frame) => frame.events?.events.some((event) => event.linked));
  await control(simulator, `inbox/${psid}/message`, { text: "I am with you from now on." });
  await line.hears((frame) => frame.events?.events.some((event) => event.holder));
  return line;
}

async function control(simulator, path, body = {}) {
  const response = await fetch(`${simulator.url}/control/${path}`, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`the simulator refused ${path}: ${await response.text()}`);
  return response.json();
}

/** The same with the bare object. */
export async function openBareLine(worker) {
  const open = () => new WebSocket(worker.url.replace("http", "ws"), { perMessageDeflate: false });
  return openLine(open, { ids: (frame) => [frame.say.id] });
}

/**
 * `say(text)` resolves to the milliseconds until the text was on the other page; `pour(texts, window)` to how many a
 * second got there, with at most `window` of them under way.
 */
async function openLine(open, { ids, hello, trouble = () => undefined }) {
  const [speaker, listener] = await Promise.all([open(), open()].map(async (socket) => {
    await once(socket, "open");
    if (hello) {
      socket.send(hello);
      await once(socket, "message");
    }
    return socket;
  }));
  const awaited = new Map();
  let failed = () => {};
  listener.on("message", (data) => {
    const heardAt = performance.now();
    for (const id of ids(JSON.parse(data.toString()))) {
      awaited.get(id)?.(heardAt);
      awaited.delete(id);
    }
  });
  speaker.on("message", (data) => {
    const told = trouble(JSON.parse(data.toString()));
    if (told) failed(new Error(`the edge refused a message: ${JSON.stringify(told)}`));
  });
  for (const socket of [speaker, listener]) socket.on("close", (code) => failed(new Error(`a socket was closed with ${code}`)));

  const send = (text) => {
    const id = randomUUID();
    const heard = new Promise((resolve) => { awaited.set(id, resolve); });
    speaker.send(JSON.stringify({ say: { id, text } }));
    return heard;
  };
  const bounded = (work) => Promise.race([
    work,
    new Promise((_, reject) => { failed = reject; }),
    delay(patienceMs, undefined, { ref: false }).then(() => { throw new Error(`not all was heard within ${patienceMs} ms`); }),
  ]);

  const hears = (test) => bounded(new Promise((resolve) => {
    const look = (data) => {
      const frame = JSON.parse(data.toString());
      if (!test(frame)) return;
      speaker.off("message", look);
      resolve(frame);
    };
    speaker.on("message", look);
  }));

  return {
    hears,
    ask(frame, test) {
      const answer = hears(test);
      speaker.send(JSON.stringify(frame));
      return answer;
    },
    async say(text) {
      const saidAt = performance.now();
      return (await bounded(send(text))) - saidAt;
    },
    async pour(texts, window) {
      const waiting = [...texts];
      const startedAt = performance.now();
      const pipe = async () => {
        while (waiting.length > 0) await send(waiting.shift());
      };
      await bounded(Promise.all(Array.from({ length: window }, pipe)));
      return texts.length / ((performance.now() - startedAt) / 1000);
    },
    close() {
      failed = () => {};
      for (const socket of [speaker, listener]) socket.close(1000);
    },
  };
}
