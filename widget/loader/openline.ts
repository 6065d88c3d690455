/// <reference path="./openline.d.ts" />
// The script tag: draws the launcher at once, answers the page's calls, and loads the rest when it is needed.
// Nothing here may throw into the page.
import { createLauncher, type LauncherState } from "./launcher";
import { once, part, whenIdle, type Chat, type ChatModule, type Sense, type SenseModule } from "./parts";

type Call = (...args: any[]) => unknown;

const said = new Set<string>();

/** One line in the console for each kind of trouble. */
function report(text: string, error: unknown = ""): void {
  if (said.has(text)) return;
  said.add(text);
  console.warn(`[openline] ${text}`, error);
}

function boot({ src, dataset }: HTMLScriptElement, queued: unknown[][]): void {
  const { store, locale, debug } = dataset;
  const edge = new URL(src).origin;
  const handlers = new Map<string, Set<Call>>();
  // What the page said last, in the order it was said, for a chat that comes later.
  const kept = new Map<string, unknown[]>();
  const tracked: [string, string][] = [];
  let alive = true;
  let ready = false;
  let wanted = false;
  let state: LauncherState = { open: false, unread: 0 };
  let look: string;
  let sense: Sense | undefined;
  let chat: Chat | undefined;

  const guard = (name: string, call: Call): Call => (...args) => {
    try {
      if (alive) call(...args);
    } catch (error) {
      report(`${name} failed`, error);
    }
  };

  const emit = guard("emit", (name: string, detail?: unknown) => {
    if (debug != null) console.debug("[openline]", name, detail);
    handlers.get(name)?.forEach((handler) => tell(handler, detail));
    document.dispatchEvent(new CustomEvent(`openline:${name}`, { detail }));
  });

  const trouble = (error: unknown) => {
    if (!alive) return;
    report("the chat cannot be reached, or may not run here:", error);
    emit("error", { code: "unavailable" });
  };

  const loadSense = part<SenseModule>(src, "sense");
  const loadChat = part<ChatModule>(src, "chat", async ({ frame }) => {
    const options = await chatOptions();
    if (alive && !chat && frame) use(frame(place, options, ears));
  });
  const launcher = createLauncher(guard("tap", () => calls.toggle()), () => { mount().catch(() => {}); });
  const { host, root } = launcher;
  const place = root.appendChild(document.createElement("div"));

  /** What the tag says wins over the store's settings. Gives it as JSON: not by `JSON.stringify`, which libraries bend. */
  const paint = (theme: any = {}) => {
    const color = first(/^#[\da-f]{6}$/i, dataset.color, theme.color, "#1f2937");
    const corner = first(/^(left|right)$/, dataset.corner, theme.corner, "right");
    const offset_px = Math.min(+first(/^\d+$/, dataset.offset, theme.offset_px, 20), 200);
    launcher.paint({ color, corner, offset_px });
    return `{"color":"${color}","corner":"${corner}","offset_px":${offset_px}}`;
  };

  const settings = once(async () => {
    const response = await fetch(`${edge}/v1/${store}/settings`);
    if (!response.ok) throw Error(`settings: ${response.status}`);
    const text = await response.text();
    look = paint(JSON.parse(text).theme);
    return text;
  });

  const chatOptions = async () => ({ store: store!, edge, settings: await settings(), look, locale });

  const ears = {
    emit,
    launcher: guard("launcher", (next: LauncherState) => {
      launcher.show(state = next);
      heed();
    }),
  };

  /** Lets the sensors know of the panel. */
  const heed = () => {
    sense?.panel(state.open);
    sense?.quiet(state.quiet_until);
  };

  /** From now on `next` is what the shopper sees: the frame, and then the chat. */
  const use = (next: Chat) => {
    chat = next;
    for (const [name, args] of kept) hand(chat, name, args);
    if (wanted) chat.open();
    wanted = false;
    return chat;
  };

  const mount = once(async () => {
    const [options, module] = await Promise.all([chatOptions(), loadChat()]);
    if (!alive) throw Error("destroyed");
    wanted ||= state.open;
    return use(module.mount(place, options, ears));
  });

  /** Lets `act` have the chat as soon as it is there. */
  const withChat = (act: (chat: Chat) => void) => mount().then(guard("chat", act)).catch((error) => {
    // The frame: nothing comes into it any more.
    chat?.close();
    launcher.excuse("Chat is not available right now");
    trouble(error);
  });

  const watch = async () => {
    const text = await settings();
    const module = await loadSense();
    if (!alive) return;
    sense = module.watch({ store: store!, edge, settings: text, locale, debug: debug != null, place: root, src }, {
      emit,
      chat() {
        calls.show();
        return mount();
      },
      prefetch: () => { loadChat().catch(() => {}); },
    });
    heed();
    for (const call of tracked) sense.track(...call);
    for (const [name, args] of kept) hand(sense, name, args);
  };

  /** Whether the chat keeps something of a shopper who acted before. */
  const isStored = (name: string) => {
    try {
      return localStorage.getItem(`openline:${store}:${name}`);
    } catch {
      // Blocked.
      return null;
    }
  };

  const hand = (to: Chat | Sense | undefined, name: string, args: unknown[]) => (to as any)?.[name]?.(...args);
  const forward = (name: string, args: unknown[]) => {
    hand(chat, name, args);
    hand(sense, name, args);
  };
  const keep = (name: string) => (...args: unknown[]) => {
    kept.delete(name);
    kept.set(name, args);
    forward(name, args);
  };

  const calls = {
    show() {
      chat ? chat.open() : wanted = true;
      launcher.busy(true);
      withChat(() => {}).then(() => launcher.busy(wanted = false));
    },
    hide() {
      wanted = false;
      chat?.close();
    },
    toggle() {
      state.open ? calls.hide() : calls.show();
    },
    on(event: string, handler: Call) {
      handlers.set(event, (handlers.get(event) ?? new Set()).add(handler));
      if (ready && event === "ready") tell(handler);
    },
    off(event: string, handler?: Call) {
      handler ? handlers.get(event)?.delete(handler) : handlers.delete(event);
    },
    track(name: string, props = {}) {
      const call: [string, string] = [name, JSON.stringify(props)];
      if (sense) sense.track(...call);
      else if (tracked.length < 50) tracked.push(call);
    },
    cart(cart: unknown) {
      keep("cart")(JSON.stringify(cart));
    },
    identify: keep("identify"),
    logout() {
      kept.delete("identify");
      keep("logout")();
    },
    consent: keep("consent"),
    locale: keep("locale"),
    theme: keep("theme"),
    push(...queue: any[]) {
      for (const [name, ...args] of queue) api[name] ? api[name](...args) : report(`there is no call ${name}`);
    },
    destroy() {
      alive = false;
      observer.disconnect();
      removeEventListener("pageshow", attach);
      host.remove();
      delete window.openline;
      said.clear();
      forward("destroy", []);
    },
  };
  const api = Object.create(null);
  for (const name in calls) api[name] = guard(name, calls[name as keyof typeof calls]);

  // Beside the body rather than in it: whoever replaces the body, or what is in it, leaves it alone there.
  let attached = 0;
  const attach = () => {
    // A page that insists on removing it wins in the end.
    if (!host.isConnected && attached++ < 50) document.documentElement.append(host);
  };
  const observer = new MutationObserver(attach);
  observer.observe(document.documentElement, { childList: true });
  addEventListener("pageshow", attach);
  paint();
  launcher.show(state);
  attach();

  whenIdle(guard("start", () => {
    watch().catch(trouble);
    if (isStored("token") || isStored("outbox")) withChat(() => {});
  }));

  window.openline = api;
  api.push(...queued);
  ready = true;
  emit("ready");
}

/** The first of `values` that has the form asked for; the last one has. */
function first(form: RegExp, ...values: any[]): any {
  return values.find((value) => form.test(value));
}

/** A handler of the page fails in the console, not in our hands. */
function tell(handler: Call, detail?: unknown): void {
  try {
    handler(detail);
  } catch (error) {
    setTimeout(() => console.error("[openline] a handler failed:", error));
  }
}

try {
  const script = (document.currentScript ?? document.querySelector("script[data-store][src*=openline]")) as HTMLScriptElement;
  const queued = (window.openline ??= []) as unknown[][];
  // Anything but a queue is this script, pasted twice.
  if (Array.isArray(queued)) script?.dataset.store ? boot(script, queued) : report("the script tag has no data-store");
} catch (error) {
  report("could not start:", error);
}
