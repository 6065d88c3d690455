//! From a path to what is there: pure, so that it is tested as a table.

use domain::ids::{ConversationId, StoreId};
use worker::Method;

/// What a path names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// `/healthz`
    Health,
    /// `/v1/{store}/sessions`
    Sessions(StoreId),
    /// `/v1/{store}/settings`
    Settings(StoreId),
    /// `/v1/{store}/staff`
    Staff(StoreId),
    /// `/v1/{store}/conversations/{id}`
    Conversation(StoreId, ConversationId),
    /// `/v1/{store}/conversations/{id}/live`
    Live(StoreId, ConversationId),
    /// `/v1/{store}/conversations/{id}/events`
    Events(StoreId, ConversationId),
    /// `/v1/{store}/conversations/{id}/export`
    Export(StoreId, ConversationId),
    /// `/webhooks/messenger/{store}`
    MessengerWebhook(StoreId),
    /// `/webhooks/messenger/{store}/deletion`
    MessengerDeletion(StoreId),
    /// `/webhooks/messenger/{store}/deletion/{code}`
    DeletionStatus(StoreId, String),
    /// Anything outside the service's own paths: a static file, if there is one.
    File,
}

impl Place {
    /// What `path` names; `None` for a path of ours that names nothing.
    pub(crate) fn find(path: &str) -> Option<Self> {
        let mut parts = path.strip_prefix('/')?.split('/');
        let first = parts.next()?;
        let rest: Vec<&str> = parts.collect();
        match (first, rest.as_slice()) {
            ("healthz", []) => Some(Self::Health),
            ("v1", [store, rest @ ..]) => Self::in_store(StoreId::parse(*store).ok()?, rest),
            ("webhooks", ["messenger", store, rest @ ..]) => {
                Self::in_messenger(StoreId::parse(*store).ok()?, rest)
            }
            ("healthz" | "v1" | "webhooks", _) => None,
            _ => Some(Self::File),
        }
    }

    fn in_store(store: StoreId, rest: &[&str]) -> Option<Self> {
        match rest {
            ["sessions"] => Some(Self::Sessions(store)),
            ["settings"] => Some(Self::Settings(store)),
            ["staff"] => Some(Self::Staff(store)),
            ["conversations", id, rest @ ..] => {
                let id = ConversationId::parse(*id).ok()?;
                match rest {
                    [] => Some(Self::Conversation(store, id)),
                    ["live"] => Some(Self::Live(store, id)),
                    ["events"] => Some(Self::Events(store, id)),
                    ["export"] => Some(Self::Export(store, id)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn in_messenger(store: StoreId, rest: &[&str]) -> Option<Self> {
        match rest {
            [] => Some(Self::MessengerWebhook(store)),
            ["deletion"] => Some(Self::MessengerDeletion(store)),
            ["deletion", code] if is_confirmation_code(code) => {
                Some(Self::DeletionStatus(store, (*code).to_owned()))
            }
            _ => None,
        }
    }

    /// The methods this place answers, besides `OPTIONS`.
    pub(crate) fn methods(&self) -> &'static [Method] {
        match self {
            Self::Sessions(_) | Self::MessengerDeletion(_) => &[Method::Post],
            Self::Staff(_) => &[Method::Post, Method::Delete],
            Self::Settings(_) => &[Method::Get, Method::Put],
            Self::Conversation(..) => &[Method::Delete],
            Self::Live(..) | Self::Export(..) | Self::DeletionStatus(..) => &[Method::Get],
            Self::Events(..) | Self::MessengerWebhook(_) => &[Method::Get, Method::Post],
            Self::Health | Self::File => &[Method::Get, Method::Head],
        }
    }
}

/// Whether `text` has the form of a deletion's confirmation code: 26 characters of `[a-z0-9]`.
fn is_confirmation_code(text: &str) -> bool {
    text.len() == 26 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_places() {
        let store = || StoreId::parse("demo").unwrap();
        let id = || ConversationId::parse("c1").unwrap();
        let code = "abcdefghijklmnopqrstuvwxyz";
        for (path, expected) in [
            ("/healthz", Some(Place::Health)),
            ("/healthz/", None),
            ("/v1/demo/sessions", Some(Place::Sessions(store()))),
            ("/v1/demo/sessions/", None),
            ("/v1/demo/settings", Some(Place::Settings(store()))),
            ("/v1/demo/staff", Some(Place::Staff(store()))),
            ("/v1/demo/conversations/c1", Some(Place::Conversation(store(), id()))),
            ("/v1/demo/conversations/c1/live", Some(Place::Live(store(), id()))),
            ("/v1/demo/conversations/c1/events", Some(Place::Events(store(), id()))),
            ("/v1/demo/conversations/c1/export", Some(Place::Export(store(), id()))),
            ("/v1/demo/conversations/c1/other", None),
            ("/v1/demo/conversations/C1/live", None),
            ("/v1/Demo/sessions", None),
            ("/v1/../sessions", None),
            ("/v1/demo", None),
            ("/v1", None),
            ("/webhooks/messenger/demo", Some(Place::MessengerWebhook(store()))),
            ("/webhooks/messenger/demo/deletion", Some(Place::MessengerDeletion(store()))),
            (
                "/webhooks/messenger/demo/deletion/abcdefghijklmnopqrstuvwxyz",
                Some(Place::DeletionStatus(store(), code.to_owned())),
            ),
            ("/webhooks/messenger/demo/deletion/short", None),
            ("/webhooks/pigeon/demo", None),
            ("/", Some(Place::File)),
            ("/openline.js", Some(Place::File)),
            ("/v1x/demo/sessions", Some(Place::File)),
            ("", None),
        ] {
            assert_eq!(Place::find(path), expected, "{path}");
        }
    }
}
