// Building the page's elements. Whatever anyone wrote goes in as text.

/** An element; `on*` properties are listeners, `class`, `aria-*`, `data-*` and the like attributes, children nodes or text. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled" || name === "hidden") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function button(name, onclick, properties = {}) {
  return element("button", { type: "button", onclick, ...properties }, name);
}

/** Makes `parent`'s children those of `items`, keeping the nodes of the items that did not change. */
export function reconcile(parent, items, keyOf, build) {
  const kept = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = items.map((item) => {
    const [key, print] = [keyOf(item), JSON.stringify(item)];
    const old = kept.get(key);
    if (old?.print === print) return old;
    const node = build(item);
    node.dataset.key = key;
    node.print = print;
    return node;
  });
  if (nodes.length === parent.children.length && nodes.every((node, index) => node === parent.children[index])) return false;
  parent.replaceChildren(...nodes);
  return true;
}

const ICONS = {
  photo: "M5 4h14a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3zm3.500 3.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4zM4.500 17.500h15l-5-6.500-3.500 4.500-2.300-2.500z",
  like: "M2 11a1 1 0 0 1 1-1h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1zm7-.6 3.300-6.900C12.600 2.600 13.300 2 14.100 2c1.300 0 2.300 1.100 2.200 2.500L15.900 8.500h4c1.500 0 2.600 1.400 2.200 2.900l-2 7.600a2.700 2.700 0 0 1-2.600 2H11c-1.100 0-2-.9-2-2z",
  send: "M3.400 20.400 22 12 3.400 3.600 3.300 10l12 2-12 2z",
  close: "M6.400 5 5 6.400 10.600 12 5 17.600 6.400 19 12 13.400 17.600 19 19 17.600 13.400 12 19 6.400 17.600 5 12 10.600z",
  back: "M15.500 4 7.500 12l8 8 1.700-1.700L10.900 12l6.300-6.300z",
};

/** A drawn icon; its button carries the name. */
export function icon(name) {
  const [svg, path] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** Keeps a scroller at its end, whatever loads or grows inside, until somebody scrolls up. Answers a function that goes there. */
export function keepAtEnd(scroller) {
  let atEnd = true;
  let lastTop = 0;
  const settle = () => {
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  };
  scroller.addEventListener("scroll", () => {
    if (scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 40) atEnd = true;
    else if (scroller.scrollTop < lastTop) atEnd = false;
    lastTop = scroller.scrollTop;
  });
  const observer = new ResizeObserver(settle);
  for (const node of [scroller, ...scroller.children]) observer.observe(node);
  return () => {
    atEnd = true;
    settle();
  };
}

export function timeOf(ms) {
  return new Date(ms).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/** "3 h", "2 d": a duration as a person says it. */
export function duration(ms) {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
