//! What the page says of itself.

use crate::message::QuickReply;
use crate::wire::{Opening, WidgetSettings};

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
