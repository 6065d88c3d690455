// The box one writes in: text, and what is being answered or edited.
import { button, element, icon } from "./dom.mjs";
import { summary } from "./message.mjs";

export class Composer {
  #text;
  #context;
  #contextText;
  #purpose = null;
  node;

  /** `label` and `sendLabel` are accessible names; `send(text, purpose)` gets `{ kind: "reply"|"edit", message }` or null. */
  constructor({ label, sendLabel, send, extras = [] }) {
    this.#text = element("textarea", { rows: 1, "aria-label": label, placeholder: "Aa", oninput: () => this.#grow() });
    this.#text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.node.requestSubmit();
    });
    this.#contextText = element("span");
    this.#context = element("p", { class: "context", hidden: true }, this.#contextText, button(icon("close"), () => this.begin(null), { "aria-label": "Cancel", class: "round" }));
    const submit = async (event) => {
      event.preventDefault();
      const text = this.#text.value.trim();
      if (text === "") return;
      const purpose = this.#purpose;
      this.fill("");
      this.begin(null);
      if ((await send(text, purpose)) === null && this.#text.value === "") this.fill(text);
    };
    this.node = element(
      "form",
      { class: "composer", onsubmit: submit },
      this.#context,
      element("div", { class: "composer-row" }, ...extras, this.#text, element("button", { type: "submit", class: "send", "aria-label": sendLabel }, icon("send"))),
    );
  }

  /** Sets what the next text is for and moves the focus there. */
  begin(purpose) {
    this.#purpose = purpose;
    this.#context.hidden = purpose === null;
    if (purpose === null) return;
    this.#contextText.textContent = `${purpose.kind === "edit" ? "Editing" : "Answering"}: ${summary(purpose.message)}`;
    if (purpose.kind === "edit") this.fill(purpose.message.text);
    this.#text.focus();
  }

  fill(text) {
    this.#text.value = text;
    this.#grow();
  }

  focus() {
    this.#text.focus();
  }

  #grow() {
    this.#text.rows = Math.min(5, this.#text.value.split("\n").length);
  }
}
