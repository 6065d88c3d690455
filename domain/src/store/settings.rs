//! The settings document, as types.

#[cfg(feature = "schema")]
use super::default;
use super::hours::{OpeningHours, written};
use super::opening::{LocalTime, Opening, opening};
use super::origin::Origin;
use super::rules::Rule;
use crate::channel::Channel;
use crate::commerce::{Currency, Money, Product};
use crate::ids::{ForeignId, StoreId};
use crate::language::Language;
use crate::message::LinkButton;
use crate::wire::{self, Greeting, Moments, Theme, WidgetSettings};
use serde::{Deserialize, Serialize};

/// Everything a store decides for itself: one JSON document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Settings {
    /// Where the document's schema is, for editors.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The version of this format: 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 1)))]
    pub version: u32,
    /// The store's id.
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[a-z0-9-]+$")))]
    pub id: StoreId,
    /// The store's name: the panel's.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 60)))]
    pub name: String,
    /// The store's home page: absolute, `http(s):`.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 2000)))]
    pub url: String,
    /// BCP 47, of the texts in this document.
    #[serde(default = "default::locale")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")))]
    pub locale: String,
    /// ISO 4217, of every price in this document.
    pub currency: Currency,
    /// The IANA time zone of the opening hours.
    #[cfg_attr(
        feature = "schema",
        schemars(regex(pattern = r"^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"))
    )]
    pub time_zone: String,
    /// The origins whose pages may open a conversation.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 50)))]
    pub origins: Vec<Origin>,
    /// How the widget looks.
    #[serde(default)]
    pub theme: Theme,
    /// When people answer; nothing is said about it when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 28)))]
    pub hours: Vec<OpeningHours>,
    /// How soon people usually answer, in opening hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 10_080)))]
    pub reply_within_minutes: Option<u32>,
    /// What the panel says before anyone wrote.
    #[serde(default = "default::greeting")]
    pub greeting: Greeting,
    /// Who answers when nobody is there.
    #[serde(default)]
    pub bot: Bot,
    /// What the assistant knows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 200)))]
    pub answers: Vec<Answer>,
    /// What the assistant says when a person has to answer.
    #[serde(default)]
    pub hand_off: HandOff,
    /// What the store sells.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 5000)))]
    pub catalogue: Vec<Product>,
    /// What is said unasked, and when. Without rules, nothing is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 50)))]
    pub rules: Vec<Rule>,
    /// What is watched for, and how often a shopper may be spoken to.
    #[serde(default)]
    pub moments: Moments,
    /// How long conversations are kept, in days.
    #[serde(default = "default::retention_days")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 3650)))]
    pub retention_days: u32,
    /// The channels conversations can be carried on to.
    #[serde(default)]
    pub channels: Channels,
}

/// The assistant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Bot {
    /// Its name, as shown beside what it says.
    #[serde(default = "default::bot_name")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 40)))]
    pub name: String,
    /// That it is a machine, in the store's words.
    #[serde(default = "default::bot_disclosure")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 300)))]
    pub disclosure: String,
}

impl Default for Bot {
    fn default() -> Self {
        Self::usual(Language::English)
    }
}

impl Bot {
    /// Where the document says nothing.
    pub(super) fn usual(language: Language) -> Self {
        let own = language.sentences();
        Self { name: own.bot_name.into(), disclosure: own.bot_disclosure.into() }
    }
}

/// The id of an answer: `[a-z0-9_-]{1,60}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("pattern" = "^[a-z0-9_-]{1,60}$"))
)]
#[serde(try_from = "String")]
pub struct AnswerId(String);

/// The text is not an answer's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an answer id")]
pub struct InvalidAnswerId;

impl AnswerId {
    /// Accepts 1 to 60 of `a` to `z`, `0` to `9`, `-`, `_`.
    pub fn parse(text: impl Into<String>) -> Result<Self, InvalidAnswerId> {
        let text = text.into();
        let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
        let fits = (1..=60).contains(&text.len()) && text.bytes().all(known);
        if fits { Ok(Self(text)) } else { Err(InvalidAnswerId) }
    }

    /// The id as the merchant wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AnswerId {
    type Error = InvalidAnswerId;
    fn try_from(text: String) -> Result<Self, InvalidAnswerId> {
        Self::parse(text)
    }
}

/// Something the assistant knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Answer {
    /// Unique among the answers.
    pub id: AnswerId,
    /// The question in a few words, as a button says it; unique among the answers.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 40)))]
    pub label: String,
    /// Words and phrases that ask for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 50), inner(length(min = 1, max = 60))))]
    pub keywords: Vec<String>,
    /// The answer.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 2000)))]
    pub text: String,
    /// What the shopper may ask next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 13), inner(length(min = 1, max = 40))))]
    pub quick_replies: Vec<String>,
    /// Where to read on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkButton>,
}

/// What the assistant says when a person has to answer. `{when}` stands for "within 15 minutes" or "tomorrow at
/// 09:00"; a text without it gets a sentence that says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct HandOff {
    /// In opening hours.
    #[serde(default = "default::hand_off_text")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 1000)))]
    pub text: String,
    /// At any other time.
    #[serde(default = "default::hand_off_closed_text")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 1000)))]
    pub closed_text: String,
    /// Asks where to reach the shopper.
    #[serde(default = "default::hand_off_ask_contact")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 500)))]
    pub ask_contact: String,
}

impl Default for HandOff {
    fn default() -> Self {
        Self::usual(Language::English)
    }
}

impl HandOff {
    /// Where the document says nothing.
    pub(super) fn usual(language: Language) -> Self {
        let own = language.sentences();
        Self {
            text: own.hand_off.into(),
            closed_text: own.hand_off_closed.into(),
            ask_contact: own.ask_contact.into(),
        }
    }
}

/// The channels conversations can be carried on to.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Channels {
    /// The store's Facebook Page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messenger: Option<MessengerPage>,
}

/// A Facebook Page. Its secrets are the deployment's, never here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct MessengerPage {
    /// The Page's id: digits.
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[0-9]{1,32}$")))]
    pub page_id: ForeignId,
    /// The Page's name in `m.me` links.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^[A-Za-z0-9.]{1,100}$")))]
    pub page_name: String,
    /// Our app's id: digits. What it sent is told from what others sent by it.
    #[cfg_attr(feature = "schema", schemars(extend("pattern" = "^[0-9]{1,32}$")))]
    pub app_id: ForeignId,
}

impl Settings {
    /// The part every page may read. `messenger_enabled`: the deployment has the channel's secrets. How late it is
    /// where the store is, the shell adds.
    pub fn widget(&self, messenger_enabled: bool) -> WidgetSettings {
        let messenger = messenger_enabled && self.channels.messenger.is_some();
        WidgetSettings {
            name: self.name.clone(),
            locale: self.locale.clone(),
            theme: self.theme.clone(),
            greeting: self.greeting.clone(),
            bot_name: self.bot.name.clone(),
            disclosure: self.bot.disclosure.clone(),
            rules: self.told_rules(),
            moments: self.moments.clone(),
            currency_decimals: self.currency.decimals(),
            utc_offset_minutes: 0,
            channels: messenger.then_some(Channel::Messenger).into_iter().collect(),
            reply_within_minutes: self.reply_within_minutes,
            retention_days: self.retention_days,
        }
    }

    fn told_rules(&self) -> Vec<wire::Rule> {
        let language = self.language();
        self.rules.iter().filter(|rule| rule.enabled).flat_map(|rule| rule.told(language)).collect()
    }

    /// Whether a page with this `Origin` header may open a conversation.
    pub fn allows_origin(&self, origin: &str) -> bool {
        self.origins.iter().any(|allowed| allowed.allows(origin))
    }

    /// Whether people answer at `local`.
    pub fn opening(&self, local: LocalTime) -> Opening {
        opening(&self.hours, local)
    }

    /// The opening hours in words; empty when the store names none.
    pub fn written_hours(&self, language: Language) -> String {
        written(&self.hours, language)
    }

    /// The language of the document's texts, if there is a table for it; else English.
    pub fn language(&self) -> Language {
        Language::of_shopper(None, &self.locale)
    }

    /// An amount in the store's currency.
    pub const fn money(&self, minor_units: u64) -> Money {
        Money { minor_units, currency: self.currency }
    }

    /// The product with this id, or the one with a variant of this id.
    pub fn product(&self, id: &str) -> Option<&Product> {
        let own = self.catalogue.iter().find(|product| product.id.as_str() == id);
        let of_variant = || {
            let has = |product: &&Product| product.variants.iter().any(|variant| variant.id.as_str() == id);
            self.catalogue.iter().find(has)
        };
        own.or_else(of_variant)
    }

    /// A link of this document as an absolute one: a path is the store's own.
    pub fn absolute(&self, link: &str) -> String {
        if !link.starts_with('/') {
            return link.to_owned();
        }
        let authority = self.url.find("://").map_or(0, |scheme| scheme + 3);
        let end = self
            .url
            .get(authority..)
            .and_then(|rest| rest.find('/'))
            .map_or(self.url.len(), |at| authority + at);
        format!("{}{link}", self.url.get(..end).unwrap_or_default())
    }
}
