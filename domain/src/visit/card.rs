//! The proactive card: at most one on a page, never twice soon.

use crate::message::QuickReply;
use crate::time::{Millis, UnixMillis};
use crate::wire::{Opening, WidgetSettings};

/// A card under the pointer at the moment it appears is not tapped by accident.
const INERT_FOR: Millis = Millis(500);
/// After "Not now".
pub(super) const QUIET_AFTER_NOT_NOW: Millis = Millis::days(30);
/// After it was closed without a word.
pub(super) const QUIET_AFTER_CLOSE: Millis = Millis::days(7);
/// After an answer: they know where to find us.
pub(super) const QUIET_AFTER_ANSWER: Millis = Millis::days(1);
const MAX_REASONS: usize = 5;
const MAX_REASON_CHARS: usize = 120;

/// What a rule offers of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) rule: String,
    pub(super) reasons: Vec<String>,
    pub(super) text: String,
    pub(super) quick_replies: Vec<QuickReply>,
    pub(super) shown_at: UnixMillis,
    pub(super) explained: bool,
}

impl Card {
    /// The card of a rule, if the store has words for it.
    pub(super) fn of(
        now: UnixMillis,
        settings: &WidgetSettings,
        rule: &str,
        reasons: Vec<String>,
    ) -> Option<Self> {
        let known = settings.rules.iter().find(|known| known.id == rule)?;
        let reasons = reasons.into_iter().take(MAX_REASONS);
        Some(Self {
            rule: known.id.clone(),
            reasons: reasons.map(|reason| reason.chars().take(MAX_REASON_CHARS).collect()).collect(),
            text: known.text.clone(),
            quick_replies: known
                .quick_replies
                .iter()
                .map(|label| QuickReply { label: label.clone(), text: None })
                .collect(),
            shown_at: now,
            explained: false,
        })
    }

    pub(super) fn opening(&self) -> Opening {
        Opening::Trigger { rule: self.rule.clone(), reasons: self.reasons.clone() }
    }

    pub(super) fn is_inert(&self, now: UnixMillis) -> bool {
        now < self.awake_at()
    }

    pub(super) fn awake_at(&self) -> UnixMillis {
        self.shown_at + INERT_FOR
    }
}
