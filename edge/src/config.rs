//! Variables and secrets, parsed once per isolate.

use crate::log;
use crate::rate::Rates;
use domain::conversation::Pace;
use serde::de::DeserializeOwned;
use std::cell::OnceCell;
use std::fmt;
use std::rc::Rc;
use worker::Env;

/// The version of the Graph API that is spoken.
pub(crate) const GRAPH_VERSION: &str = "v25.0";

/// A secret: never printed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    /// Wraps a secret.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for keys and the `Authorization` header.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// How this deployment is set up.
#[derive(Debug)]
pub(crate) struct Config {
    /// `OPENLINE_SECRET`: signs sessions, checks merchants' calls. Without it nothing but files is served.
    pub(crate) secret: Option<Secret>,
    /// Messenger, as far as it is set up.
    pub(crate) messenger: Messenger,
    /// `OPENLINE_PACE`: how long things take, where it differs from the product's own (JSON object).
    pub(crate) pace: Pace,
    /// `OPENLINE_RATES`: how much one caller may ask, where it differs (JSON object).
    pub(crate) rates: Rates,
}

/// How Messenger is set up.
#[derive(Debug)]
pub(crate) struct Messenger {
    /// `MESSENGER_APP_SECRET`: one, or two separated by a comma while rotating, the newer first.
    pub(crate) app_secrets: Vec<Secret>,
    /// `MESSENGER_VERIFY_TOKEN`: what Meta says in the handshake.
    pub(crate) verify_token: Option<Secret>,
    /// `MESSENGER_PAGE_TOKEN`: what we say to the Graph API.
    pub(crate) page_token: Option<Secret>,
    /// `MESSENGER_API_BASE`, without a slash at the end.
    pub(crate) api_base: String,
    /// `MESSENGER_LINK_BASE`, without a slash at the end.
    pub(crate) link_base: String,
}

impl Messenger {
    /// Whether messages can be sent.
    pub(crate) fn can_send(&self) -> bool {
        self.page_token.is_some() && !self.app_secrets.is_empty()
    }
}

thread_local! {
    static CONFIG: OnceCell<Rc<Config>> = const { OnceCell::new() };
}

impl Config {
    /// The deployment's set-up: the same for every request of an isolate.
    pub(crate) fn of(env: &Env) -> Rc<Self> {
        let read = |name: &str| env.var(name).ok().map(|value| value.to_string());
        CONFIG.with(|config| Rc::clone(config.get_or_init(|| Rc::new(Self::parse(read)))))
    }

    fn parse(read: impl Fn(&str) -> Option<String>) -> Self {
        let text =
            |name: &str| read(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let base = |name: &str, default: &str| {
            text(name).unwrap_or_else(|| default.to_owned()).trim_end_matches('/').to_owned()
        };
        let app_secrets = text("MESSENGER_APP_SECRET").unwrap_or_default();
        let app_secrets = app_secrets.split(',').map(str::trim).filter(|secret| !secret.is_empty());
        Self {
            secret: text("OPENLINE_SECRET").map(Secret),
            messenger: Messenger {
                app_secrets: app_secrets.map(Secret::new).collect(),
                verify_token: text("MESSENGER_VERIFY_TOKEN").map(Secret),
                page_token: text("MESSENGER_PAGE_TOKEN").map(Secret),
                api_base: base("MESSENGER_API_BASE", "https://graph.facebook.com"),
                link_base: base("MESSENGER_LINK_BASE", "https://m.me"),
            },
            pace: json("OPENLINE_PACE", text("OPENLINE_PACE")),
            rates: json("OPENLINE_RATES", text("OPENLINE_RATES")),
        }
    }
}

/// A JSON variable; one that cannot be read is said so, and counts as absent.
fn json<T: DeserializeOwned + Default>(name: &'static str, text: Option<String>) -> T {
    let Some(text) = text else { return T::default() };
    serde_json::from_str(&text).unwrap_or_else(|error| {
        log::error("variable_not_understood", &[("name", &name), ("cause", &error.to_string())]);
        T::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(values: &[(&str, &str)]) -> Config {
        let find = |name: &str| values.iter().find(|(of, _)| *of == name);
        Config::parse(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn nothing_set_is_a_deployment_without_channels() {
        let config = config(&[]);
        assert!(config.secret.is_none());
        assert!(!config.messenger.can_send());
        assert_eq!(config.messenger.api_base, "https://graph.facebook.com");
        assert_eq!(config.messenger.link_base, "https://m.me");
        assert_eq!(config.pace, Pace::default());
    }

    #[test]
    fn two_app_secrets_may_be_in_rotation() {
        let config = config(&[
            ("MESSENGER_APP_SECRET", " new, old ,"),
            ("MESSENGER_PAGE_TOKEN", "t"),
            ("MESSENGER_API_BASE", "http://localhost:8788/"),
        ]);
        assert_eq!(config.messenger.app_secrets, [Secret::new("new"), Secret::new("old")]);
        assert!(config.messenger.can_send());
        assert_eq!(config.messenger.api_base, "http://localhost:8788");
    }

    #[test]
    fn pace_may_be_changed_in_part() {
        let config = config(&[("OPENLINE_PACE", r#"{"flush_idle_ms":50}"#)]);
        assert_eq!(config.pace.flush_idle_ms.0, 50);
        assert_eq!(config.pace.keep_ms, Pace::default().keep_ms);
    }

    #[test]
    fn secrets_do_not_print() {
        let config = config(&[("OPENLINE_SECRET", "hush"), ("MESSENGER_PAGE_TOKEN", "hush")]);
        assert!(!format!("{config:?}").contains("hush"));
    }
}
