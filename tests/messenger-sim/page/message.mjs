// One message as a bubble, with what can be done to it.
import { button, element, timeOf } from "./dom.mjs";

const URL_PATTERN = /https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]]/g;

/**
 * A list item. `view` is `{ message, quoted, own, sender, receipt }`, `acts` what the surface offers:
 * `postback(button)`, `reply`, `react`, `edit`, `unsend`, each missing where it is not possible.
 */
export function messageItem(view, acts) {
  const { message, quoted, own, sender, receipt } = view;
  const reactions = Object.values(message.reactions).join("");
  return element(
    "li",
    { class: ["message", own ? "own" : "other", message.postback && "postback", isCarousel(message) && "wide"].filter(Boolean).join(" "), "data-mid": message.mid },
    sender && element("p", { class: "sender" }, sender),
    quoted && element("p", { class: "quoted" }, quoted.deleted ? "Message removed" : summary(quoted)),
    element(
      "div",
      { class: "line" },
      element("div", { class: "content" }, ...(message.deleted ? [removed(own)] : contents(message, acts))),
      message.deleted ? null : actions(message, own, acts),
    ),
    reactions && element("p", { class: "reactions", "aria-label": "Reactions" }, reactions),
    element("p", { class: "stamp" }, [timeOf(message.at), message.edits ? "Edited" : null, receipt].filter(Boolean).join(" · ")),
  );
}

/** A message in one line, for quotes and lists. */
export function summary(message) {
  if (message.deleted) return "Message removed";
  if (message.text) return message.text;
  const [first] = message.attachments ?? [];
  if (first?.type === "template") return first.payload.text ?? first.payload.elements?.[0]?.title ?? "Template";
  return { image: "Photo", sticker: "Like", audio: "Audio", video: "Video", file: "File" }[first?.type] ?? "Attachment";
}

function contents(message, acts) {
  const parts = [];
  if (message.text) parts.push(element("p", { class: "bubble" }, ...linked(message.text)), ...previews(message.text));
  for (const attachment of message.attachments ?? []) parts.push(attachmentPart(attachment, acts));
  return parts;
}

function isCarousel({ attachments }) {
  return attachments?.[0]?.payload?.template_type === "generic" && attachments[0].payload.elements.length > 1;
}

function removed(own) {
  return element("p", { class: "bubble removed" }, own ? "You unsent a message" : "Message removed");
}

function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(URL_PATTERN)) {
    parts.push(text.slice(end, match.index), element("a", linkTo(match[0]), match[0]));
    end = match.index + match[0].length;
  }
  return [...parts, text.slice(end)];
}

function linkTo(url) {
  return { href: url, target: "_blank", rel: "noopener noreferrer" };
}

/** A card for the first link, made from its address alone: the simulator fetches nothing for a preview. */
function previews(text) {
  const [url] = text.match(URL_PATTERN) ?? [];
  if (!url || !URL.canParse(url)) return [];
  const { host, pathname } = new URL(url);
  const last = decodeURIComponentOr(pathname.split("/").findLast(Boolean) ?? host);
  const title = last.replace(/\.html?$/, "").replace(/[-_]+/g, " ");
  const card = element(
    "a",
    { class: "preview", ...linkTo(url), "aria-label": `Link preview: ${title}` },
    element("span", { class: "preview-title" }, title.charAt(0).toUpperCase() + title.slice(1)),
    element("span", { class: "preview-host" }, host),
  );
  return [card];
}

function attachmentPart({ type, payload = {} }, acts) {
  if (type === "template") return payload.template_type === "generic" ? carousel(payload, acts) : buttonTemplate(payload, acts);
  if (type === "image") return image(payload.url, "Photo", "photo");
  if (type === "sticker") return image("like.svg", "Like", "sticker");
  return element("p", { class: "bubble" }, isWebUrl(payload.url) ? element("a", linkTo(payload.url), `Open ${type}`) : type);
}

function carousel({ elements }, acts) {
  return element("div", { class: "carousel" }, elements.map((card) => elementCard(card, acts)));
}

function elementCard({ title, subtitle, image_url, default_action, buttons = [] }, acts) {
  const head = [
    isWebUrl(image_url) ? image(image_url, "", "card-image") : null,
    element("p", { class: "card-title" }, title),
    subtitle && element("p", { class: "card-subtitle" }, subtitle),
  ];
  const target = default_action?.url;
  return element(
    "article",
    { class: "card" },
    isWebUrl(target) ? element("a", { class: "card-head", ...linkTo(target) }, ...head) : element("div", { class: "card-head" }, ...head),
    buttons.map((given) => templateButton(given, acts)),
  );
}

function buttonTemplate({ text, buttons = [] }, acts) {
  const body = element("p", { class: "card-text" }, ...linked(text));
  return element("article", { class: "card" }, body, buttons.map((given) => templateButton(given, acts)));
}

function templateButton(given, acts) {
  if (given.type === "web_url" && isWebUrl(given.url)) return element("a", { class: "card-button", ...linkTo(given.url) }, given.title);
  return button(given.title, () => acts.postback?.(given), { class: "card-button", disabled: !acts.postback });
}

function actions(message, own, acts) {
  return element(
    "div",
    { class: "actions" },
    acts.reply && button("Reply", () => acts.reply(message)),
    acts.react && button("❤", () => acts.react(message), { "aria-label": message.reactions.person ? "Take back the reaction" : "React with a heart" }),
    own && acts.edit && message.text && !message.postback && button("Edit", () => acts.edit(message)),
    own && acts.unsend && !message.postback && button("Unsend", () => acts.unsend(message)),
  );
}

function image(url, alt, className) {
  return element("img", { class: className, src: url, alt, loading: "lazy", referrerpolicy: "no-referrer" });
}

function isWebUrl(url) {
  return typeof url === "string" && /^https?:\/\//.test(url) && URL.canParse(url);
}

function decodeURIComponentOr(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
