// What the Send API accepts: the body of a send, checked against Meta's limits. Pure.
// Source: developers.facebook.com, "Send API", "Quick replies", "Generic template", "Button template".
import { GraphError } from "./graph_error.mjs";

const LIMITS = {
  textChars: 2000,
  metadataChars: 1000,
  quickReplies: 13,
  quickReplyTitleChars: 20,
  payloadChars: 1000,
  elements: 10,
  elementTitleChars: 80,
  buttons: 3,
  buttonTitleChars: 20,
  buttonTextChars: 640,
  attachments: 30,
};
const MESSAGING_TYPES = ["RESPONSE", "UPDATE", "MESSAGE_TAG", "UTILITY"];
const NOTIFICATION_TYPES = ["REGULAR", "SILENT_PUSH", "NO_PUSH"];
const SENDER_ACTIONS = ["typing_on", "typing_off", "mark_seen", "react", "unreact"];
const MEDIA_TYPES = ["image", "audio", "video", "file"];

/**
 * Decodes the parameters of `POST /{page}/messages` into
 * `{ psid, action }` or `{ psid, kind, content }`, where `kind` is `standard`, `human_agent` or `utility`.
 * Throws a GraphError for what Meta refuses.
 */
export function decodeSend(parameters, { utilityTemplates }) {
  const psid = recipientId(parameters.recipient);
  if (parameters.sender_action !== undefined) return { psid, action: decodeAction(parameters) };
  const kind = decodeKind(parameters);
  if (parameters.notification_type !== undefined) oneOf("notification_type", parameters.notification_type, NOTIFICATION_TYPES);
  const { message } = parameters;
  if (!isObject(message)) refuse("The parameter message is required.");
  if (kind === "utility") return { psid, kind, content: decodeUtility(message, utilityTemplates) };
  return { psid, kind, content: decodeMessage(message) };
}

function recipientId(recipient) {
  if (!isObject(recipient)) refuse("The parameter recipient is required.");
  const { id } = recipient;
  if (typeof id !== "string" || id === "") refuse("Param recipient[id] must be a valid ID string (e.g., \"123\")");
  return id;
}

function decodeAction({ sender_action, message, payload }) {
  oneOf("sender_action", sender_action, SENDER_ACTIONS);
  if (message !== undefined) refuse("sender_action and message cannot be sent together");
  const reacting = sender_action === "react" || sender_action === "unreact";
  if (reacting && typeof payload?.message_id !== "string") refuse("payload[message_id] is required");
  if (sender_action === "react" && typeof payload.reaction !== "string") refuse("payload[reaction] is required");
  return { name: sender_action, mid: payload?.message_id ?? null, emoji: payload?.reaction ?? null };
}

function decodeKind({ messaging_type, tag }) {
  oneOf("messaging_type", messaging_type, MESSAGING_TYPES);
  if (messaging_type !== "MESSAGE_TAG") return messaging_type === "UTILITY" ? "utility" : "standard";
  if (tag !== "HUMAN_AGENT") throw new GraphError("removed_tag");
  return "human_agent";
}

function decodeUtility({ template, metadata }, utilityTemplates) {
  if (!isObject(template) || typeof template.name !== "string") refuse("message[template][name] is required");
  if (typeof template.language?.code !== "string") refuse("message[template][language][code] is required");
  if (!utilityTemplates.includes(template.name)) throw new GraphError("unknown_template");
  const parameters = (Array.isArray(template.components) ? template.components : []).flatMap((part) => part?.parameters ?? []);
  return { text: [template.name, ...parameters.map((parameter) => String(parameter?.text ?? ""))].join(" · "), metadata };
}

function decodeMessage({ text, attachment, attachments, quick_replies, metadata, reply_to }) {
  const media = attachment === undefined ? attachments : [attachment];
  if (text === undefined && media === undefined) refuse("Message cannot be empty, must provide valid attachment or text");
  if (text !== undefined && media !== undefined) refuse("Cannot send both text and attachment");
  if (text !== undefined) chars("message[text]", text, LIMITS.textChars);
  if (metadata !== undefined) chars("message[metadata]", metadata, LIMITS.metadataChars - 1);
  if (reply_to !== undefined && typeof reply_to?.mid !== "string") refuse("message[reply_to][mid] must be a message ID");
  if (quick_replies !== undefined) list("message[quick_replies]", quick_replies, 1, LIMITS.quickReplies, checkQuickReply);
  if (attachment !== undefined) checkAttachment(attachment);
  else if (attachments !== undefined) list("message[attachments]", attachments, 1, LIMITS.attachments, checkImage);
  return { text, attachments: media, quick_replies, metadata, reply_to };
}

function checkQuickReply(reply, name) {
  oneOf(`${name}[content_type]`, reply.content_type, ["text", "user_phone_number", "user_email"]);
  if (reply.content_type !== "text") return;
  chars(`${name}[title]`, reply.title, LIMITS.quickReplyTitleChars);
  chars(`${name}[payload]`, reply.payload, LIMITS.payloadChars);
}

function checkImage(attachment, name) {
  if (attachment.type !== "image") refuse(`${name}[type] must be image`);
  checkAttachment(attachment);
}

function checkAttachment(attachment) {
  if (!isObject(attachment)) refuse("message[attachment] must be an object");
  oneOf("message[attachment][type]", attachment.type, [...MEDIA_TYPES, "template"]);
  if (attachment.type === "template") return checkTemplate(attachment.payload);
  const { url, attachment_id } = attachment.payload ?? {};
  if (attachment_id === undefined) checkUrl("message[attachment][payload][url]", url);
}

function checkTemplate(payload) {
  oneOf("message[attachment][payload][template_type]", payload?.template_type, ["generic", "button"]);
  if (payload.template_type === "generic") return list("elements", payload.elements, 1, LIMITS.elements, checkElement);
  chars("message[attachment][payload][text]", payload.text, LIMITS.buttonTextChars);
  list("buttons", payload.buttons, 1, LIMITS.buttons, checkButton);
}

function checkElement(element, name) {
  chars(`${name}[title]`, element.title, LIMITS.elementTitleChars);
  if (element.subtitle !== undefined) chars(`${name}[subtitle]`, element.subtitle, LIMITS.elementTitleChars);
  if (element.image_url !== undefined) checkUrl(`${name}[image_url]`, element.image_url);
  if (element.buttons !== undefined) list(`${name}[buttons]`, element.buttons, 1, LIMITS.buttons, checkButton);
  if (element.default_action !== undefined) checkDefaultAction(element.default_action, `${name}[default_action]`);
  const more = ["subtitle", "image_url", "buttons", "default_action"];
  if (more.every((property) => element[property] === undefined)) refuse(`${name} needs more than a title`);
}

/** A web address button without a title. */
function checkDefaultAction(action, name) {
  if (action?.type !== "web_url" || action.title !== undefined) refuse(`${name} must be a web_url without a title`);
  checkUrl(`${name}[url]`, action.url);
}

function checkButton(button, name) {
  oneOf(`${name}[type]`, button.type, ["postback", "web_url", "phone_number"]);
  chars(`${name}[title]`, button.title, LIMITS.buttonTitleChars);
  if (button.type === "web_url") checkUrl(`${name}[url]`, button.url);
  else chars(`${name}[payload]`, button.payload, LIMITS.payloadChars);
}

function checkUrl(name, url) {
  if (typeof url !== "string" || !/^https?:\/\/\S+$/.test(url)) refuse(`${name} should represent a valid URL`);
}

/** Counts Unicode characters, as the documentation does. */
function chars(name, text, limit) {
  if (typeof text !== "string" || text.trim() === "") refuse(`${name} must be a non-empty UTF-8 encoded string`);
  if ([...text].length > limit) refuse(`Length of param ${name} must be less than or equal to ${limit}`);
}

function list(name, items, least, most, check) {
  if (!Array.isArray(items) || items.length < least || items.length > most) refuse(`${name} must hold ${least} to ${most} items`);
  items.forEach((item, index) => {
    if (!isObject(item)) refuse(`${name}[${index}] must be an object`);
    check(item, `${name}[${index}]`);
  });
}

function oneOf(name, value, allowed) {
  if (!allowed.includes(value)) refuse(`Param ${name} must be one of {${allowed.join(", ")}}`);
}

function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function refuse(message) {
  throw new GraphError("bad_parameter", { message: `(#100) ${message}` });
}
