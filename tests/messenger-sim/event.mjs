// Builders of webhook items in the shapes of Meta's reference ("Messenger Platform: webhook events"). Pure.
// Each answers `{ field, item, mid? }`: the subscription field the item travels under and, for a message, its id.

const REACTIONS = { "❤": "love", "😆": "smile", "😮": "wow", "😢": "sad", "😠": "angry", "👍": "like", "👎": "dislike" };
const REFERRAL = { source: "SHORTLINK", type: "OPEN_THREAD" };

/** Event builders for one page. `appId` and `inboxAppId` are decimal strings that Meta puts on the wire as numbers. */
export function pageEvents({ pageId, appId, inboxAppId }) {
  const fromPerson = (psid, timestamp, body) => ({ sender: { id: psid }, recipient: { id: pageId }, timestamp, ...body });
  const fromPage = (psid, timestamp, body) => ({ sender: { id: pageId }, recipient: { id: psid }, timestamp, ...body });
  const control = (psid, timestamp, body) => ({ field: "messaging_handovers", item: fromPerson(psid, timestamp, body) });
  const idOf = (owner) => Number(owner === "inbox" ? inboxAppId : appId);

  return {
    message(psid, { mid, at, text, quick_reply, reply_to, attachments, ref }) {
      const message = {
        mid,
        ...(text === undefined ? {} : { text }),
        ...(quick_reply ? { quick_reply } : {}),
        ...(reply_to ? { reply_to } : {}),
        ...(attachments ? { attachments } : {}),
        ...(ref ? { referral: { ref, ...REFERRAL } } : {}),
      };
      return { field: "messages", mid, item: fromPerson(psid, at, { message }) };
    },
    postback(psid, { mid, at, title, payload, ref }) {
      const postback = { mid, title, payload, ...(ref ? { referral: { ref, ...REFERRAL } } : {}) };
      return { field: "messaging_postbacks", mid, item: fromPerson(psid, at, { postback }) };
    },
    referral(psid, { at, ref }) {
      return { field: "messaging_referrals", item: fromPerson(psid, at, { referral: { ref, ...REFERRAL } }) };
    },
    /** Of a message the Page sent, through our app (with our metadata) or from the Page inbox (without any). */
    echo(psid, { mid, at, via, text, attachments, metadata, reply_to }) {
      const message = {
        mid,
        is_echo: true,
        app_id: idOf(via),
        ...(metadata === undefined ? {} : { metadata }),
        ...(text === undefined ? {} : { text }),
        ...(attachments ? { attachments } : {}),
        ...(reply_to ? { reply_to } : {}),
      };
      return { field: "message_echoes", mid, item: fromPage(psid, at, { message }) };
    },
    delivery(psid, { at, mids, watermark }) {
      return { field: "message_deliveries", item: fromPerson(psid, at, { delivery: { mids, watermark } }) };
    },
    read(psid, { at, watermark }) {
      return { field: "message_reads", item: fromPerson(psid, at, { read: { watermark } }) };
    },
    reaction(psid, { at, mid, emoji }) {
      const reaction = emoji
        ? { mid, action: "react", emoji, reaction: REACTIONS[emoji] ?? "other" }
        : { mid, action: "unreact" };
      return { field: "message_reactions", item: fromPerson(psid, at, { reaction }) };
    },
    edit(psid, { at, mid, text, num_edit }) {
      return { field: "message_edits", item: fromPerson(psid, at, { message_edit: { mid, text, num_edit } }) };
    },
    unsend(psid, { at, mid }) {
      return { field: "messages", item: fromPerson(psid, at, { message: { mid, is_deleted: true } }) };
    },
    optin(psid, { at, status, token }) {
      const optin = {
        type: "notification_messages",
        payload: "",
        notification_messages_token: token,
        notification_messages_timezone: "UTC",
        token_expiry_timestamp: at + 365 * 86_400_000,
        user_token_status: "REFRESHED",
        notification_messages_status: status,
        title: "Updates",
      };
      return { field: "messaging_optins", item: fromPerson(psid, at, { optin }) };
    },
    take(psid, { at, metadata }) {
      return control(psid, at, { take_thread_control: { previous_owner_app_id: idOf("app"), ...(metadata ? { metadata } : {}) } });
    },
    pass(psid, { at, metadata }) {
      const body = { new_owner_app_id: idOf("app"), previous_owner_app_id: idOf("inbox"), ...(metadata ? { metadata } : {}) };
      return control(psid, at, { pass_thread_control: body });
    },
    policy({ at, action, reason }) {
      const item = { recipient: { id: pageId }, timestamp: at, "policy-enforcement": { action, ...(reason ? { reason } : {}) } };
      return { field: "messaging_policy_enforcement", item };
    },
  };
}

/** The fields a page can subscribe an app to. */
export const FIELDS = [
  "messages",
  "messaging_postbacks",
  "messaging_referrals",
  "message_echoes",
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_optins",
  "messaging_account_linking",
  "messaging_handovers",
  "standby",
  "messaging_policy_enforcement",
];

/** What an app sees of an item while another app owns the thread: the same, but for the payload of a postback. */
export function asStandby(item) {
  if (!item.postback) return item;
  const { payload: _withheld, ...postback } = item.postback;
  return { ...item, postback };
}
