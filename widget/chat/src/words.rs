//! The panel's own words, in English.

use crate::text::joined;
use domain::channel::Channel;
use domain::conversation::{ContactKind, Holder};
use domain::visit::{LineView, Notice, Remark, decimal};

pub(crate) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Messenger => "Messenger",
        Channel::Widget => "chat",
    }
}

pub(crate) fn notice(notice: Notice) -> String {
    match notice {
        Notice::Linked(other) => joined(&["This conversation goes on in ", channel(other), " too."]),
        Notice::Unlinked(other) => joined(&["No longer connected with ", channel(other), "."]),
        Notice::Holder(Holder::Waiting) => "A person has been asked to join.".to_owned(),
        Notice::Holder(Holder::Staff) => "A person answers now.".to_owned(),
        Notice::Holder(Holder::Bot) => "The assistant answers again.".to_owned(),
        Notice::Holder(Holder::OtherApp) => "Your question is answered in Messenger now.".to_owned(),
        Notice::Contact(ContactKind::Email) => {
            "Thank you: we will write to the e-mail address you left.".to_owned()
        }
        Notice::Contact(ContactKind::Phone) => "Thank you: we will use the number you left.".to_owned(),
    }
}

pub(crate) fn remark(remark: Remark) -> &'static str {
    match remark {
        Remark::SlowDown => "That was quick! Your message is kept and goes out in a moment.",
        Remark::OutboxFull => "Many messages are waiting to be sent. Please wait until they are.",
        Remark::TooLong => "That is a bit long: 4,000 characters at most.",
        Remark::Forgotten => "This conversation is deleted.",
        Remark::ForgetFailed => "It could not be deleted just now. Please try again.",
        Remark::ExportFailed => "No copy could be made just now. Please try again.",
    }
}

/// "Usually replies within ..."
fn replies_within(minutes: u32) -> String {
    let (count, unit) = match minutes {
        0..=1 => return "Usually replies at once".to_owned(),
        2..=90 => (minutes, " min"),
        91..=2_160 => (minutes.div_ceil(60), " hours"),
        _ => (minutes.div_ceil(1_440), " days"),
    };
    joined(&["Usually replies within ", &decimal(count), unit])
}

/// Under the store's name.
pub(crate) fn status(line: LineView, holder: Holder, reply_within_minutes: Option<u32>) -> String {
    match (line, holder, reply_within_minutes) {
        (LineView::Offline, ..) => "You are offline".to_owned(),
        (LineView::Connecting, ..) => "Connecting\u{2026}".to_owned(),
        (LineView::Retrying { .. }, ..) => "Reconnecting\u{2026}".to_owned(),
        (_, _, Some(minutes)) => replies_within(minutes),
        (_, Holder::Waiting | Holder::Staff, None) => "A person will answer".to_owned(),
        (_, Holder::Bot | Holder::OtherApp, None) => "Here to help".to_owned(),
    }
}

pub(crate) fn trouble(line: LineView) -> Option<&'static str> {
    match line {
        LineView::Offline => Some("No connection. What you write is kept and sent when you are back online."),
        LineView::Retrying { .. } => {
            Some("The store cannot be reached just now. What you write is kept and sent later.")
        }
        LineView::Down | LineView::Connecting | LineView::Up => None,
    }
}

pub(crate) const STORED_HERE: &str = "In this browser: a key to this conversation, messages not sent yet, your draft, \
    whether the chat is open, and until when you want no suggestions. Nothing before you use the chat, and no cookies.";
pub(crate) const NOT_STORED: &str = "What you look at and how you move stays in your browser.";

pub(crate) fn stored_there(days: u32) -> String {
    let days = decimal(days);
    joined(&[
        "At the store: what you and the store wrote, and the page you wrote from, for ",
        &days,
        " days.",
    ])
}
