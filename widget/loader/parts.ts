// What is loaded later from the script's own origin, and what the loader asks of it.
import type { LauncherState } from "./launcher";

/** The WebAssembly that belongs to a module, as its glue wants to be given it. */
export interface Program {
  module_or_path: Response;
}

/** `sense.js`: the sensors, and the card when a moment has come. */
export interface SenseModule {
  default(program: Program): Promise<unknown>;
  watch(options: SenseOptions, host: SenseHost): Sense;
}

export interface SenseOptions {
  store: string;
  edge: string;
  /** JSON, as the edge gave it. */
  settings: string;
  locale?: string | undefined;
  /** Whether the merchant wants to see what is seen. */
  debug: boolean;
  /** Where the card is drawn. */
  place: ShadowRoot;
  /** Of the script. */
  src: string;
}

export interface SenseHost {
  emit(name: string, detail: unknown): void;
  /** Loads and mounts the chat, the panel open. */
  chat(): Promise<Chat>;
  /** Loads the chat, and mounts it when nobody minds. */
  prefetch(): void;
}

export interface Sense {
  track(name: string, props: string): void;
  cart(cart: string): void;
  /** While the panel is open nothing is suggested. */
  panel(open: boolean): void;
  /** Nothing is suggested before this instant (Unix milliseconds). */
  quiet(until?: number): void;
  consent(granted: boolean): void;
  locale(tag: string): void;
  theme(name: string): void;
  destroy(): void;
}

/** `chat.js`: the panel. */
export interface ChatModule {
  default(program: Program): Promise<unknown>;
  /** Stands in for the chat until its program is there, which takes over what was written. */
  frame?(root: Element, options: ChatOptions, host: ChatHost): Chat;
  mount(root: Element, options: ChatOptions, host: ChatHost): Chat;
}

export interface ChatOptions {
  store: string;
  edge: string;
  /** JSON, as the edge gave it. */
  settings: string;
  /** JSON, the theme: what the tag says put in. */
  look: string;
  locale?: string | undefined;
}

export interface ChatHost {
  emit(name: string, detail: unknown): void;
  launcher(state: LauncherState): void;
}

export interface Chat {
  open(): void;
  close(): void;
  /** The shopper answered the card of this rule. */
  trigger(rule: string, reasons: string[], reply?: string): void;
  identify(jwt: string): void;
  logout(): void;
  consent(granted: boolean): void;
  locale(tag: string): void;
  theme(name: string): void;
  cart(cart: string): void;
  destroy(): void;
}

/** Runs `load` until it succeeds once; then gives the same result again. */
export function once<T>(load: (attempt: number) => Promise<T>): () => Promise<T> {
  let attempt = 0;
  let loading: Promise<T> | undefined;
  return () => loading ??= load(attempt++).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
}

/** The contents of what is loaded later, hashed: put in by the build, so that no cache mixes two builds. */
declare const OPENLINE_BUILD: string;

/**
 * Fetches `{name}.js` and its WebAssembly from beside `script`, at once rather than one after the other, and compiles it.
 * `onModule` has the module before its program.
 */
export function part<M extends { default(program: Program): Promise<unknown> }>(
  script: string, name: string, onModule?: (module: M) => unknown,
): () => Promise<M> {
  return once(async (attempt) => {
    // Some browsers remember a failed import under its URL: another try needs another one.
    const at = (file: string) => `${new URL(name + file, script)}?v=${OPENLINE_BUILD}${attempt ? `.${attempt}` : ""}`;
    const [module, module_or_path] = await Promise.all([
      import(at(".js")).then(async (module: M) => (await onModule?.(module), module)), fetch(at("_bg.wasm")),
    ]);
    await module.default({ module_or_path });
    return module;
  });
}

/** Calls `run` when the page has loaded and has nothing to do. */
export function whenIdle(run: () => void): void {
  // Safari has no requestIdleCallback.
  const wait = () => { window.requestIdleCallback?.(run, { timeout: 5000 }) ?? setTimeout(run, 300); };
  if (document.readyState === "complete") wait();
  else addEventListener("load", wait, { once: true });
}
