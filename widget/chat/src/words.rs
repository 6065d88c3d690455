//! The panel's own words, in English.

use domain::channel::Channel;
use domain::conversation::{ContactKind, Holder};
use domain::visit::{Notice, Remark};

pub(crate) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Messenger => "Messenger",
        Channel::Widget => "chat",
    }
}

pub(crate) fn notice(notice: Notice) -> String {
    match notice {
        Notice::Linked(other) => ["This conversation goes on in ", channel(other), " too."].concat(),
        Notice::Unlinked(other) => ["No longer connected with ", channel(other), "."].concat(),
        Notice::Holder(Holder::Waiting) => "A person has been asked to join.".to_owned(),
        Notice::Holder(Holder::Staff) => "A person has joined.".to_owned(),
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
pub(crate) fn replies_within(minutes: u32) -> String {
    let (count, unit) = match minutes {
        0..=1 => return "Usually replies at once".to_owned(),
        2..=90 => (minutes, " minutes"),
        91..=2_160 => (minutes.div_ceil(60), " hours"),
        _ => (minutes.div_ceil(1_440), " days"),
    };
    ["Usually replies within ", &count.to_string(), unit].concat()
}
