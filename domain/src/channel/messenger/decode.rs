//! Webhook bodies, as [`Inbound`] events. Source: Meta, Messenger webhooks (2026-05-05).

use super::{PAGE_INBOX_APP_ID, json, media};
use crate::channel::digest::fnv1a_64;
use crate::channel::{Address, Channel, Inbound, InboundEvent, ThreadControl};
use crate::ids::{ForeignId, LinkReference};
use crate::time::UnixMillis;
use serde_json::Value;

/// The largest webhook body read. Meta's own are far smaller.
pub const MAX_WEBHOOK_BYTES: usize = 4 * 1024 * 1024;

/// Why a webhook body was refused whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// More than [`MAX_WEBHOOK_BYTES`].
    #[error("the body is larger than 4 MiB")]
    TooLarge,
    /// Not JSON, or not in the shape of a webhook at all.
    #[error("the body is not a webhook's JSON")]
    Malformed,
}

/// Reads one webhook body: total on arbitrary bytes.
///
/// Items that cannot be read, unknown kinds, other arrays than `messaging` and `standby`, and other
/// objects than `page` are left out; they never cost the rest of the batch. Ordered by the channel's
/// time; items of the same time keep their order.
pub fn decode_webhook(bytes: &[u8]) -> Result<Vec<Inbound>, WebhookError> {
    if bytes.len() > MAX_WEBHOOK_BYTES {
        return Err(WebhookError::TooLarge);
    }
    let body = json::parse(bytes).filter(Value::is_object).ok_or(WebhookError::Malformed)?;
    if !matches!(body.get("object"), None | Some(Value::Null))
        && json::words(&body, "object").as_deref() != Some("page")
    {
        return Ok(Vec::new());
    }
    let mut events = Vec::new();
    for entry in array(&body, "entry")? {
        for (key, standby) in [("messaging", false), ("standby", true)] {
            let items = array(entry, key).unwrap_or_default();
            events.extend(items.iter().filter_map(|item| Envelope::open(entry, item, standby)?.inbound()));
        }
    }
    events.sort_by_key(|event| event.at);
    Ok(events)
}

/// The array at `key`; empty when absent.
fn array<'a>(value: &'a Value, key: &str) -> Result<&'a [Value], WebhookError> {
    match value.get(key) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(items)) => Ok(items),
        Some(_) => Err(WebhookError::Malformed),
    }
}

/// What an item can tell, by the key it tells it under. `referral` comes last: it also stands beside others.
const KINDS: [&str; 14] = [
    "message",
    "postback",
    "message_edit",
    "reaction",
    "delivery",
    "read",
    "optin",
    "pass_thread_control",
    "take_thread_control",
    "request_thread_control",
    "policy-enforcement",
    "account_linking",
    "app_roles",
    "referral",
];

/// What all items share.
struct Envelope<'a> {
    item: &'a Value,
    account: ForeignId,
    sender: Option<ForeignId>,
    recipient: Option<ForeignId>,
    is_echo: bool,
    /// The item's own time, or the watermark it carries.
    own_time: Option<UnixMillis>,
    entry_time: Option<UnixMillis>,
    standby: bool,
}

impl<'a> Envelope<'a> {
    fn open(entry: &Value, item: &'a Value, standby: bool) -> Option<Self> {
        let party = |key: &str| item.get(key).and_then(|party| json::id(party, "id"));
        let (sender, recipient) = (party("sender"), party("recipient"));
        let message = item.get("message");
        let is_echo = message.is_some_and(|message| json::flag(message, "is_echo"));
        let ours = if is_echo { &sender } else { &recipient };
        let watermark = |key: &str| item.get(key).and_then(|body| json::instant(body, "watermark"));
        Some(Self {
            item,
            account: json::id(entry, "id").or_else(|| ours.clone())?,
            is_echo,
            own_time: json::instant(item, "timestamp")
                .or_else(|| watermark("delivery"))
                .or_else(|| watermark("read")),
            entry_time: json::instant(entry, "time"),
            standby,
            sender,
            recipient,
        })
    }

    fn inbound(&self) -> Option<Inbound> {
        let (body, what) = self.read()?;
        let is_notice = matches!(what, InboundEvent::Policy { .. });
        let person = if is_notice { self.account.clone() } else { self.person()? };
        let (kind, id) = identity(&what);
        let dedupe_key = match id {
            Some(id) => format!("{kind}:{id}"),
            None => self.derived_key(kind, &person, body),
        };
        let address = Address { channel: Channel::Messenger, account: self.account.clone(), person };
        Some(Inbound { address, at: self.at(), dedupe_key, standby: self.standby, what })
    }

    /// The party that is not the account. Echoes come with sender and recipient swapped.
    fn person(&self) -> Option<ForeignId> {
        let other = |party: &Option<ForeignId>| party.clone().filter(|id| *id != self.account);
        let (sender, recipient) = (other(&self.sender), other(&self.recipient));
        if self.is_echo { recipient.or(sender) } else { sender.or(recipient) }
    }

    fn at(&self) -> UnixMillis {
        self.own_time.or(self.entry_time).unwrap_or_default()
    }

    /// Of what a redelivery repeats.
    fn derived_key(&self, kind: &str, person: &ForeignId, body: &Value) -> String {
        let digest = fnv1a_64(body.to_string().as_bytes());
        format!("{kind}:{person}:{}:{digest:016x}", self.at().0)
    }

    /// The part of the item that says what happened, and what it says.
    fn read(&self) -> Option<(&'a Value, InboundEvent)> {
        KINDS.iter().find_map(|kind| {
            let body = self.item.get(kind).filter(|body| body.is_object())?;
            let what = match *kind {
                "message" => self.message(body),
                "postback" => Some(self.postback(body)),
                "message_edit" => edit(body),
                "reaction" => self.reaction(body),
                "delivery" => self.delivery(body),
                "read" => self.seen(body),
                "optin" => Some(optin(body)),
                "policy-enforcement" => policy(body),
                "account_linking" => account_linking(body),
                "app_roles" => Some(InboundEvent::Noted { kind: "app_roles".into() }),
                "referral" => Some(InboundEvent::Referral { reference: self.reference(self.item) }),
                _ => control(kind, body).map(InboundEvent::ThreadControl),
            };
            Some((body, what?))
        })
    }

    /// `message.mid`, or an id derived from the content where there is none to use.
    fn message_id(&self, message: &Value) -> Option<ForeignId> {
        let derived = || ForeignId::parse(self.derived_key("derived", &self.person()?, message)).ok();
        json::id(message, "mid").or_else(derived)
    }

    /// The hand-over reference: beside the body, or inside it.
    fn reference(&self, body: &Value) -> Option<LinkReference> {
        let referral = |value: &Value| json::words(value.get("referral")?, "ref");
        LinkReference::parse(referral(body).or_else(|| referral(self.item))?).ok()
    }

    fn message(&self, body: &Value) -> Option<InboundEvent> {
        let id = self.message_id(body)?;
        if json::flag(body, "is_deleted") {
            return Some(InboundEvent::Deleted { id });
        }
        let content = media::content(body);
        let reply_to = body.get("reply_to").and_then(|original| json::id(original, "mid"));
        if self.is_echo {
            let (app_id, metadata) = (json::id(body, "app_id"), json::words(body, "metadata"));
            return Some(InboundEvent::Echo { id, app_id, metadata, content, reply_to });
        }
        let reference = self.reference(body);
        let quick_reply = body.get("quick_reply").and_then(|tapped| json::words(tapped, "payload"));
        let says_something = !content.is_empty() || quick_reply.is_some();
        Some(if json::flag(body, "is_unsupported") || !says_something && reference.is_none() {
            InboundEvent::Unsupported { id }
        } else if says_something {
            InboundEvent::Message { id, content, quick_reply, reply_to, reference }
        } else {
            InboundEvent::Referral { reference }
        })
    }

    fn postback(&self, body: &Value) -> InboundEvent {
        InboundEvent::Postback {
            id: json::id(body, "mid"),
            title: json::words(body, "title").map(media::clean).unwrap_or_default(),
            payload: json::words(body, "payload"),
            reference: self.reference(body),
        }
    }

    fn reaction(&self, body: &Value) -> Option<InboundEvent> {
        if self.sender.as_ref() == Some(&self.account) {
            return None;
        }
        let taken_back = json::words(body, "action").as_deref() == Some("unreact");
        let sign = json::words(body, "emoji").or_else(|| json::words(body, "reaction"));
        let emoji = if taken_back { None } else { Some(media::clean(sign?)) };
        Some(InboundEvent::Reaction { id: json::id(body, "mid")?, emoji })
    }

    fn delivery(&self, body: &Value) -> Option<InboundEvent> {
        let mids = array(body, "mids").unwrap_or_default();
        let ids = mids.iter().filter_map(|mid| ForeignId::parse(mid.as_str()?).ok()).collect();
        Some(InboundEvent::Delivered { watermark: self.watermark(body)?, ids })
    }

    fn seen(&self, body: &Value) -> Option<InboundEvent> {
        Some(InboundEvent::Read { watermark: self.watermark(body)? })
    }

    fn watermark(&self, body: &Value) -> Option<UnixMillis> {
        json::instant(body, "watermark").or(self.own_time)
    }
}

/// The name of the kind, and the id that names this very event: a second one with it is the same.
/// (A message's id does not name an edit of it or a reaction to it: there may be several.)
fn identity(what: &InboundEvent) -> (&'static str, Option<&ForeignId>) {
    match what {
        InboundEvent::Message { id, .. } => ("message", Some(id)),
        InboundEvent::Unsupported { id } => ("unsupported", Some(id)),
        InboundEvent::Echo { id, .. } => ("echo", Some(id)),
        InboundEvent::Deleted { id } => ("deleted", Some(id)),
        InboundEvent::Postback { id, .. } => ("postback", id.as_ref()),
        InboundEvent::Referral { .. } => ("referral", None),
        InboundEvent::Delivered { .. } => ("delivered", None),
        InboundEvent::Read { .. } => ("read", None),
        InboundEvent::Reaction { .. } => ("reaction", None),
        InboundEvent::Edited { .. } => ("edited", None),
        InboundEvent::OptOut { .. } => ("optout", None),
        InboundEvent::ThreadControl(_) => ("control", None),
        InboundEvent::Policy { .. } => ("policy", None),
        InboundEvent::Noted { .. } => ("noted", None),
    }
}

fn edit(body: &Value) -> Option<InboundEvent> {
    Some(InboundEvent::Edited {
        id: json::id(body, "mid")?,
        text: json::words(body, "text").map(media::clean)?,
    })
}

/// A marketing opt-in names a token, not a person; only stop and resume mean something here.
fn optin(body: &Value) -> InboundEvent {
    let status = json::words(body, "notification_messages_status").unwrap_or_default().to_ascii_uppercase();
    match status.as_str() {
        "STOP_NOTIFICATIONS" => InboundEvent::OptOut { stop: true },
        "RESUME_NOTIFICATIONS" => InboundEvent::OptOut { stop: false },
        _ => InboundEvent::Noted { kind: "optin".into() },
    }
}

/// `take_thread_control` says from whom it was taken, rarely by whom.
fn control(kind: &str, body: &Value) -> Option<ThreadControl> {
    let new_owner = json::id(body, "new_owner_app_id");
    match kind {
        "pass_thread_control" => {
            let to_inbox = new_owner.as_ref().is_some_and(|app| app.as_str() == PAGE_INBOX_APP_ID);
            let app_id = new_owner;
            Some(if to_inbox { ThreadControl::Taken { app_id } } else { ThreadControl::Given { app_id } })
        }
        "take_thread_control" => Some(ThreadControl::Taken { app_id: new_owner }),
        "request_thread_control" => {
            Some(ThreadControl::Requested { app_id: json::id(body, "requested_owner_app_id") })
        }
        _ => None,
    }
}

fn policy(body: &Value) -> Option<InboundEvent> {
    let blocked = match json::words(body, "action")?.as_str() {
        "block" => true,
        "unblock" => false,
        _ => return None,
    };
    let reason = json::words(body, "reason").map(media::clean).unwrap_or_default();
    Some(InboundEvent::Policy { blocked, reason })
}

fn account_linking(body: &Value) -> Option<InboundEvent> {
    let kind = match json::words(body, "status")?.as_str() {
        "linked" => "account_linked",
        "unlinked" => "account_unlinked",
        _ => return None,
    };
    Some(InboundEvent::Noted { kind: kind.into() })
}
