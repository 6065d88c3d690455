// A launcher and a panel written by hand, without framework or network: as little as this can cost a page.
(() => {
  const host = document.createElement("chat-floor");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; right: 20px; bottom: 20px; z-index: 2147483000; font: 15px/1.4 system-ui, sans-serif }
    .launcher { width: 56px; height: 56px; border: 0; border-radius: 50%; color: #fff; background: #12343b; box-shadow: 0 4px 14px #0004; cursor: pointer }
    section { position: fixed; right: 20px; bottom: 88px; display: flex; flex-direction: column; width: min(360px, 100vw - 24px);
      height: min(520px, 100vh - 110px); overflow: hidden; border-radius: 14px; background: #fff; box-shadow: 0 8px 30px #0003 }
    section[hidden] { display: none }
    h2 { margin: 0; padding: 14px; font: inherit; color: #fff; background: #12343b }
    ol { flex: 1; margin: 0; padding: 12px; overflow: auto; list-style: none }
    li { width: fit-content; max-width: 85%; margin: 6px 0; padding: 8px 12px; border-radius: 12px; background: #eee }
    li.own { margin-left: auto; color: #fff; background: #12343b }
    form { display: flex; border-top: 1px solid #ddd }
    input { flex: 1; padding: 12px; border: 0; font: inherit }
    form button { padding: 0 14px; border: 0; background: none }`);
  root.adoptedStyleSheets = [sheet];

  const add = (parent, tag, attributes = {}, text = "") => {
    const element = document.createElement(tag);
    for (const name in attributes) element.setAttribute(name, attributes[name]);
    element.textContent = text;
    parent.append(element);
    return element;
  };
  const launcher = add(root, "button", { class: "launcher", "aria-label": "Open chat", "aria-expanded": "false" }, "?");
  const panel = add(root, "section", { role: "dialog", "aria-label": "Chat", hidden: "" });
  add(panel, "h2", {}, "Chat");
  const transcript = add(panel, "ol", { "aria-live": "polite" });
  const form = add(panel, "form");
  const field = add(form, "input", { "aria-label": "Message", placeholder: "Ask us anything" });
  add(form, "button", {}, "Send");

  const say = (text, own) => add(transcript, "li", own ? { class: "own" } : {}, text).scrollIntoView();
  launcher.onclick = () => {
    panel.hidden = !panel.hidden;
    launcher.setAttribute("aria-expanded", `${!panel.hidden}`);
    if (panel.hidden) return;
    field.focus();
    if (!transcript.firstChild) say("Hello! How can we help?");
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    say(text, true);
    field.value = "";
  };
  document.documentElement.append(host);
})();
