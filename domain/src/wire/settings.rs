//! The part of a store's settings every page may read: `GET /v1/{store}/settings`.

use super::{Greeting, Moments, Rule};
use crate::channel::Channel;
use serde::{Deserialize, Serialize};

/// What the widget needs to know about a store.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WidgetSettings {
    /// The store's name: the panel's.
    pub name: String,
    /// BCP 47, of the store's own texts.
    pub locale: String,
    /// How it looks.
    pub theme: Theme,
    /// What the panel says before anyone wrote.
    pub greeting: Greeting,
    /// The assistant's name, shown beside what it says; nothing is shown when empty.
    #[serde(default)]
    pub bot_name: String,
    /// That a machine answers, in the store's words.
    pub disclosure: String,
    /// What is said at which moment: the rules in use.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// What is watched for, and how often a shopper may be spoken to.
    #[serde(default)]
    pub moments: Moments,
    /// The decimals of the store's currency: two where nothing is said.
    #[serde(default = "cents")]
    pub currency_decimals: u32,
    /// How far the store's clocks are east of Greenwich now.
    #[serde(default)]
    pub utc_offset_minutes: i32,
    /// The channels a conversation can be carried on to, besides the widget.
    #[serde(default)]
    pub channels: Vec<Channel>,
    /// How soon people usually answer, in opening hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_within_minutes: Option<u32>,
    /// How long the store keeps conversations, in days.
    pub retention_days: u32,
}

const fn cents() -> u32 {
    2
}

/// The merchant's look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Theme {
    /// `#rrggbb`.
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^#[0-9A-Fa-f]{6}$")))]
    pub color: String,
    /// Where the launcher sits.
    pub corner: Corner,
    /// Its distance from both edges, in CSS pixels; at most 200.
    #[cfg_attr(feature = "schema", schemars(range(max = 200)))]
    pub offset_px: u32,
}

impl Default for Theme {
    fn default() -> Self {
        Self { color: "#1f2937".into(), corner: Corner::Right, offset_px: 20 }
    }
}

/// A corner of the window, at the bottom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Corner {
    /// Bottom left.
    Left,
    /// Bottom right.
    #[default]
    Right,
}
