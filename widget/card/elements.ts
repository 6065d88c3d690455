// Elements by hand: text is text, and no markup is parsed.

type Attributes = Record<string, string>;

export function make<T extends keyof HTMLElementTagNameMap>(tag: T, attributes: Attributes = {}, ...inside: (Node | string)[]): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag);
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  element.append(...inside);
  return element;
}

export function button(name: string, label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const element = make("button", { type: "button", class: name, ...attributes }, label);
  element.addEventListener("click", act);
  return element;
}

/** An address of the page's that may be followed: of the web, and nothing else. */
export function webAddress(address: unknown): string | undefined {
  if (typeof address !== "string" || !address) return undefined;
  try {
    const { href, protocol } = new URL(address, location.href);
    return /^https?:$/.test(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}
