// What a shopper does in a shop, as the events a browser would dispatch, and the page they do it in.

const paths = { product: "/products/beans/", listing: "/collections/all/", cart: "/cart/", checkout: "/checkout/" };
const fieldNames = { coupon: "coupon_code", select: "size" };
const copiedFrom = { title: "h1", price: ".price", sku: ".sku" };

/** What a page reads of its window, from now on as recorded. */
export function stateOf({ device, vw, vh }) {
  const state = { innerWidth: vw, innerHeight: vh, scrollY: 0, hidden: false, activeElement: document.body };
  const show = (object, name, read) => Object.defineProperty(object, name, { get: read, configurable: true });
  for (const name of ["innerWidth", "innerHeight", "scrollY"]) show(window, name, () => state[name]);
  show(window, "pageYOffset", () => state.scrollY);
  show(document, "hidden", () => state.hidden);
  show(document, "visibilityState", () => (state.hidden ? "hidden" : "visible"));
  show(document, "activeElement", () => state.activeElement);
  const media = window.matchMedia.bind(window);
  window.matchMedia = (query) => {
    const answer = media(query);
    if (/pointer\s*:\s*coarse|hover\s*:\s*none/.test(query)) show(answer, "matches", () => device === "mobile");
    return answer;
  };
  return state;
}

/** What each kind of event does, given `{ sense, state }` and what was recorded of it. */
export const acts = {
  mm: (_, clientX, clientY) => mouse("mousemove", document.body, { clientX, clientY }),
  leave: (_, clientX, clientY, related) => {
    const relatedTarget = related ? document.body : null;
    mouse("mouseleave", document.documentElement, { clientX, clientY, relatedTarget, bubbles: false });
  },
  enter: (_, clientX, clientY) => mouse("mouseenter", document.documentElement, { clientX, clientY, bubbles: false }),
  down: (_, clientX, clientY) => mouse("mousedown", document.body, { clientX, clientY }),
  up: (_, clientX, clientY) => mouse("mouseup", document.body, { clientX, clientY }),
  ctx: (_, clientX, clientY) => mouse("contextmenu", document.body, { clientX, clientY }),
  click: (_, clientX, clientY, tag, role) => mouse("click", clicked(tag, role), { clientX, clientY }),
  scroll: ({ state }, y) => {
    state.scrollY = y;
    document.dispatchEvent(new Event("scroll", { bubbles: true }));
  },
  vis: ({ state }, visibility) => {
    state.hidden = visibility === "hidden";
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  },
  blur: ({ state }, to) => {
    state.activeElement = to === "iframe" ? document.querySelector("iframe") : document.body;
    window.dispatchEvent(new FocusEvent("blur"));
  },
  focus: ({ state }) => {
    state.activeElement = document.body;
    window.dispatchEvent(new FocusEvent("focus"));
  },
  key: (_, code, modifiers) => {
    const held = (...names) => names.some((name) => modifiers.toLowerCase().includes(name));
    const init = { code, ctrlKey: held("ctrl"), metaKey: held("meta", "cmd"), bubbles: true, cancelable: true };
    document.body.dispatchEvent(new KeyboardEvent("keydown", init));
  },
  fld: (_, what, name) => {
    const field = fieldNamed(name);
    const event = what === "input" ? new InputEvent("input", { bubbles: true })
      : new FocusEvent(what === "focus" ? "focusin" : "focusout", { bubbles: true });
    field.dispatchEvent(event);
  },
  cart: ({ sense }, edit, id, price) => {
    if (edit === "qty") return change(quantityOf(id));
    const items = [{ item_id: id, price, quantity: 1 }];
    return sense.push({ event: edit === "add" ? "add_to_cart" : "remove_from_cart", ecommerce: { items } });
  },
  variant: (_, value) => {
    const select = document.querySelector("select[name=size]");
    select.value = value;
    change(select);
  },
  copy: (_, what) => document.querySelector(copiedFrom[what])?.dispatchEvent(new Event("copy", { bubbles: true })),
  err: ({ sense }) => sense.track("coupon_refused", "{}"),
  nav: ({ sense }, page, id) => {
    history.replaceState(null, "", id ? `/products/${id}/` : paths[page]);
    const told = { product: "view_item", listing: "view_item_list", cart: "view_cart", checkout: "begin_checkout" }[page];
    sense.push({ event: told, ecommerce: id ? { items: [{ item_id: id }] } : {} });
  },
  resize: ({ state }, width, height) => {
    Object.assign(state, { innerWidth: width, innerHeight: height });
    window.dispatchEvent(new UIEvent("resize"));
  },
};

function mouse(type, element, init) {
  element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true, ...init }));
}

function change(field) {
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The control that was clicked. This page answers every click, as recordings do not tell what a page did. */
function clicked(tag, role) {
  if (tag === "select" || tag === "input") return fieldNamed(role === "size" ? "select" : role);
  const place = document.querySelector("#controls");
  const selector = `${tag}[data-role="${role}"]`;
  const control = place.querySelector(selector) ?? place.appendChild(document.createElement(tag));
  Object.assign(control.dataset, { role });
  if (role === "size-guide") control.className = role;
  control.onclick = (event) => {
    event.preventDefault();
    if (tag !== "div") document.body.dataset.answers = Number(document.body.dataset.answers ?? 0) + 1;
  };
  return control;
}

function fieldNamed(name) {
  const named = fieldNames[name] ?? name;
  const form = document.querySelector("#address");
  return document.getElementsByName(named)[0] ?? form.appendChild(Object.assign(document.createElement("input"), { name: named }));
}

/** The field for how many of a line of the cart, as themes mark it up. */
function quantityOf(id) {
  const form = document.querySelector("#cart");
  const held = form.querySelector(`[data-product-id="${id}"] input`);
  if (held) {
    held.value = Number(held.value) + 1;
    return held;
  }
  const line = form.appendChild(document.createElement("p"));
  line.dataset.productId = id;
  return line.appendChild(Object.assign(document.createElement("input"), { type: "number", name: "updates[]", className: "quantity", value: 2 }));
}
