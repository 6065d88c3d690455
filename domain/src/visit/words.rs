//! What the page says of itself.

use crate::message::QuickReply;
use crate::wire::{Opening, WidgetSettings};

/// A verdict has no more.
const MAX_REASONS: usize = 5;
/// Longer than every reason's code.
const MAX_REASON_BYTES: usize = 60;

/// What the page says of itself before the shopper's next word.
#[derive(Debug, Clone)]
pub(super) struct Words {
    pub(super) opening: Opening,
    pub(super) text: String,
    pub(super) quick_replies: Vec<QuickReply>,
}

/// The greeting of the store, if it has one.
pub(super) fn greeting(settings: &WidgetSettings) -> Option<Words> {
    let greeting = &settings.greeting;
    (!greeting.text.is_empty()).then(|| Words {
        opening: Opening::Greeting,
        text: greeting.text.clone(),
        quick_replies: greeting.quick_replies.clone(),
    })
}

/// What the card of a rule said, if the store has that rule.
pub(super) fn triggered(settings: &WidgetSettings, rule: &str, reasons: Vec<String>) -> Option<Words> {
    let told = settings.rules.iter().find(|told| told.id == rule)?;
    let replies = told.quick_replies.iter().map(|label| QuickReply { label: label.clone(), text: None });
    let reasons = reasons.into_iter().take(MAX_REASONS).filter(|reason| reason.len() <= MAX_REASON_BYTES);
    Some(Words {
        opening: Opening::Trigger { rule: told.id.clone(), reasons: reasons.collect() },
        text: told.text.clone(),
        quick_replies: replies.collect(),
    })
}
