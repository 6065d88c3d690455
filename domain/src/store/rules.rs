//! The rules of the settings document: what a store says at which moment.

use crate::behaviour::{Topic, Trigger};
use crate::language::Language;
use crate::wire;
use crate::wire::{Conditions, RuleLimits};
use serde::{Deserialize, Serialize};

/// The id of a rule: `[a-z0-9_-]{1,60}`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("pattern" = "^[a-z0-9_-]{1,60}$"))
)]
#[serde(transparent)]
pub struct RuleId(String);

impl RuleId {
    /// Accepts 1 to 60 of `a` to `z`, `0` to `9`, `-`, `_`.
    pub fn parse(text: String) -> Option<Self> {
        let known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
        let fits = (1..=60).contains(&text.len()) && text.bytes().all(known);
        fits.then_some(Self(text))
    }

    /// The id as the merchant wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What the store says at a trigger, under its conditions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Rule {
    /// Unique among the rules.
    pub id: RuleId,
    /// The trigger that calls for it.
    pub trigger: Trigger,
    /// Whether it is used.
    #[serde(default = "enabled")]
    pub enabled: bool,
    /// Of the rules that could speak the highest does; of equals the first.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(max = 1000)))]
    pub priority: u32,
    /// The card's text. Without one a text of ours that fits the moment is used, in the document's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 300)))]
    pub text: Option<String>,
    /// Suggested answers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 13), inner(length(min = 1, max = 40))))]
    pub quick_replies: Vec<String>,
    /// All that must hold.
    #[serde(rename = "if", default, skip_serializing_if = "Conditions::is_empty")]
    pub conditions: Conditions,
    /// How often it may speak.
    #[serde(default)]
    pub limits: RuleLimits,
}

#[cfg(feature = "schema")]
const fn enabled() -> bool {
    true
}

impl Rule {
    /// The topics it may speak about.
    pub(super) fn topics(&self) -> impl Iterator<Item = Topic> {
        let asked = &self.conditions.topic;
        Topic::of_trigger(self.trigger)
            .iter()
            .copied()
            .filter(|topic| asked.is_empty() || asked.contains(topic))
    }

    /// As every page is told of it: with a text, and where the text is ours, once for each topic.
    pub(super) fn told(&self, language: Language) -> Vec<wire::Rule> {
        let rule = |id: String, text: String, conditions: Conditions| wire::Rule {
            id,
            trigger: self.trigger,
            priority: self.priority,
            text,
            quick_replies: self.quick_replies.clone(),
            conditions,
            limits: self.limits,
        };
        let id = self.id.as_str();
        if let Some(text) = &self.text {
            return vec![rule(id.to_owned(), text.clone(), self.conditions.clone())];
        }
        self.topics()
            .map(|topic| {
                let conditions = Conditions { topic: vec![topic], ..self.conditions.clone() };
                rule(format!("{id}:{}", topic.name()), language.card_text(topic).to_owned(), conditions)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(trigger: Trigger, text: Option<&str>, topic: Vec<Topic>) -> Rule {
        Rule {
            id: RuleId::parse("r-1".into()).unwrap(),
            trigger,
            enabled: true,
            priority: 3,
            text: text.map(str::to_owned),
            quick_replies: vec!["Returns".into()],
            conditions: Conditions { topic, ..Conditions::default() },
            limits: RuleLimits::default(),
        }
    }

    #[test]
    fn a_rule_without_a_text_is_one_for_each_topic() {
        let ids = |rule: Rule| -> Vec<String> {
            rule.told(Language::Dutch).into_iter().map(|told| told.id).collect()
        };
        assert_eq!(ids(rule(Trigger::Exit, None, vec![])), ["r-1:leaving", "r-1:cart"]);
        assert_eq!(ids(rule(Trigger::Indecision, None, vec![Topic::Size])), ["r-1:size"]);
        assert_eq!(ids(rule(Trigger::Exit, Some("Hi"), vec![])), ["r-1"]);
        let told = rule(Trigger::Hesitation, None, vec![]).told(Language::German);
        assert_eq!(told[0].text, Language::German.card_text(Topic::Cart));
        assert_eq!(told[0].conditions.topic, [Topic::Cart]);
        assert_eq!((told[1].priority, told[1].quick_replies.as_slice()), (3, &["Returns".to_owned()][..]));
    }

    #[test]
    fn ids_are_plain() {
        for (text, fits) in [("exit-2_b", true), ("", false), ("Exit", false), ("a:b", false), ("a b", false)]
        {
            assert_eq!(RuleId::parse(text.into()).is_some(), fits, "{text}");
        }
        assert!(RuleId::parse("x".repeat(61)).is_none());
    }
}
