//! What a store says at which moment, and how often: as the settings document says it and as every page is told.

use crate::behaviour::{Detector, Limits, PATIENCE, PageKind, Topic, Trigger};
use crate::store::TimeOfDay;
use crate::time::Millis;
use serde::{Deserialize, Serialize};

/// What the store says at a trigger, under its conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rule {
    /// Its id in the store's settings; a rule without a text of its own is one for each topic: `id:topic`.
    pub id: String,
    /// The trigger that calls for it.
    pub trigger: Trigger,
    /// Of the rules that could speak the highest does.
    #[serde(default)]
    pub priority: u32,
    /// The card's text.
    pub text: String,
    /// Suggested answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quick_replies: Vec<String>,
    /// All that must hold.
    #[serde(rename = "if", default, skip_serializing_if = "Conditions::is_empty")]
    pub conditions: Conditions,
    /// How often it may speak.
    #[serde(default)]
    pub limits: RuleLimits,
}

/// All of what is said must hold; of what a list names, one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Conditions {
    /// The page's path with its query fits one of these; `*` stands for anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 20), inner(length(min = 1, max = 300))))]
    pub url: Vec<String>,
    /// It fits none of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 20), inner(length(min = 1, max = 300))))]
    pub url_not: Vec<String>,
    /// The page is of one of these kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 7)))]
    pub page: Vec<PageKind>,
    /// It shows one of these products, by the id the shop's pages give it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100), inner(length(min = 1, max = 200))))]
    pub product: Vec<String>,
    /// The moment is about one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 4)))]
    pub topic: Vec<Topic>,
    /// One of these products is in the cart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100), inner(length(min = 1, max = 200))))]
    pub cart_holds: Vec<String>,
    /// Pieces in the cart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cart_items: Option<Range>,
    /// What the cart is worth, in the currency's smallest unit; where that is not known this does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cart_value_minor: Option<Range>,
    /// What it is seen on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Device>,
    /// Which visit it is; where visits may not be remembered it is the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub visits: Option<Range>,
    /// The shopper came from one of these hosts, or from one below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 20), inner(length(min = 1, max = 253))))]
    pub referrer: Vec<String>,
    /// The time of day where the store is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

impl Conditions {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// From one number to another, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Range {
    /// At least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(max = 1_000_000_000)))]
    pub least: Option<u32>,
    /// At most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(max = 1_000_000_000)))]
    pub most: Option<u32>,
}

/// What a page is seen on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Device {
    /// Held in a hand, and narrow.
    Phone,
    /// Anything else.
    Desktop,
}

/// A part of the day, the end not counted; past midnight where it ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Hours {
    /// From this minute on.
    pub from: TimeOfDay,
    /// Before this one.
    pub until: TimeOfDay,
}

/// How often one rule may speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct RuleLimits {
    /// Within seven days.
    #[serde(default = "once")]
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = 8)))]
    pub per_week: u32,
}

const fn once() -> u32 {
    1
}

impl Default for RuleLimits {
    fn default() -> Self {
        Self { per_week: once() }
    }
}

/// What is watched for, and how often a shopper may be spoken to, whatever the rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(default)]
pub struct Moments {
    /// What is not watched for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 13)))]
    pub detectors_off: Vec<Detector>,
    /// How long a cart must lie idle.
    #[cfg_attr(feature = "schema", schemars(range(min = 5, max = 3600)))]
    pub idle_cart_seconds: u32,
    /// Whether the surest buyers, and those who only pass by, are left alone.
    pub purchase_gate: bool,
    /// How often.
    pub limits: MomentLimits,
}

/// How often a shopper may be spoken to. A visit ends when nothing was done for two hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
#[serde(default)]
pub struct MomentLimits {
    /// Never in a page's first seconds.
    #[cfg_attr(feature = "schema", schemars(range(max = 600)))]
    pub first_seconds: u32,
    /// Between one card and the next.
    #[cfg_attr(feature = "schema", schemars(range(max = 1440)))]
    pub gap_minutes: u32,
    /// In one visit.
    #[cfg_attr(feature = "schema", schemars(range(max = 8)))]
    pub per_visit: u32,
    /// Within seven days.
    #[cfg_attr(feature = "schema", schemars(range(max = 8)))]
    pub per_week: u32,
    /// After a card was closed.
    #[cfg_attr(feature = "schema", schemars(range(max = 365)))]
    pub silence_after_close_days: u32,
    /// After "Not now".
    #[cfg_attr(feature = "schema", schemars(range(max = 365)))]
    pub silence_after_not_now_days: u32,
}

impl Default for Moments {
    fn default() -> Self {
        Self {
            detectors_off: Vec::new(),
            idle_cart_seconds: whole(PATIENCE, Millis::seconds(1)),
            purchase_gate: true,
            limits: MomentLimits::default(),
        }
    }
}

impl Default for MomentLimits {
    fn default() -> Self {
        let usual = Limits::default();
        Self {
            first_seconds: whole(usual.first, Millis::seconds(1)),
            gap_minutes: whole(usual.gap, Millis::minutes(1)),
            per_visit: usual.per_visit.into(),
            per_week: usual.per_week.into(),
            silence_after_close_days: whole(usual.after_close, Millis::days(1)),
            silence_after_not_now_days: whole(usual.after_not_now, Millis::days(1)),
        }
    }
}

/// A span in whole units.
fn whole(span: Millis, unit: Millis) -> u32 {
    u32::try_from(span.0 / unit.0).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_the_behaviours_own() {
        let moments: Moments = serde_json::from_str("{}").unwrap();
        assert_eq!(moments, Moments::default());
        assert_eq!(
            serde_json::to_string(&moments).unwrap(),
            r#"{"idle_cart_seconds":60,"purchase_gate":true,"limits":{"first_seconds":10,"gap_minutes":5,"per_visit":1,"per_week":2,"silence_after_close_days":7,"silence_after_not_now_days":30}}"#
        );
    }

    #[test]
    fn a_rule_survives_the_wire() {
        let json = r#"{"id":"a","trigger":"idle_cart","priority":2,"text":"T","quick_replies":["Q"],"if":{"page":["cart"],"cart_items":{"least":1},"device":"phone","hours":{"from":"09:00","until":"24:00"}},"limits":{"per_week":3}}"#;
        let rule: Rule = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&rule).unwrap(), json);
        let bare: Rule = serde_json::from_str(r#"{"id":"a","trigger":"exit","text":"T"}"#).unwrap();
        assert_eq!((bare.limits.per_week, bare.conditions.is_empty()), (1, true));
    }
}
