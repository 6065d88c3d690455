//! Whether something may be sent to a shopper on a channel now, and if not, why.
//! Source: Meta, Send messages and Conversation routing: 24 hours after the person last acted; words a person
//! types, with the human agent tag, for 7 days; control of a thread expires after 24 hours.

use crate::time::{Millis, UnixMillis};
use serde::{Deserialize, Serialize};

/// How long anything may be answered.
const WINDOW: Millis = Millis::hours(24);
/// How long a person may answer.
const HUMAN_AGENT_WINDOW: Millis = Millis::days(7);
/// Both end early by this: our clock and the way there cost time.
const MARGIN: Millis = Millis::minutes(5);
/// How long another app keeps a thread it does not write in.
pub const CONTROL_EXPIRES_AFTER: Millis = Millis::hours(24);

/// How a message is declared to the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendKind {
    /// An answer within 24 hours.
    Response,
    /// Words a person typed, within 7 days.
    HumanAgent,
}

/// How things stand with a shopper on a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// When they last acted there in a way that opens the window, by the channel's clock.
    pub last_inbound_at: Option<UnixMillis>,
    /// They asked not to be written to, and have not taken that back.
    pub opted_out: bool,
    /// The channel says they cannot be reached.
    pub unreachable: bool,
    /// Since when another app owns the thread, if one does.
    pub taken_at: Option<UnixMillis>,
}

impl Standing {
    /// When the time in which anything may be answered ends.
    pub fn window_ends_at(&self) -> Option<UnixMillis> {
        self.last_inbound_at.map(|at| at + shortened(WINDOW))
    }
}

/// What a message is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Words a person of the store typed.
    HumanReply,
    /// Words of the assistant, and notices about the conversation itself.
    #[default]
    BotReply,
    /// That nothing more will come: the one thing said to who asked for that.
    StopReceipt,
}

/// May it be sent?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permit {
    /// Yes, declared so.
    Send(SendKind),
    /// Not now: keep it.
    Hold(Hold),
    /// No, and not later.
    Refuse {
        /// In words, for staff.
        reason: &'static str,
    },
}

/// Why a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// The shopper has not written there yet.
    NeverWrote,
    /// The shopper last wrote too long ago for anything to be sent.
    WindowClosed,
    /// Only a person may still answer, in words of their own.
    OnlyPeople,
    /// Another app speaks in the thread.
    OtherApp {
        /// When its control ends of itself.
        until: UnixMillis,
    },
}

impl Hold {
    /// In words, for staff.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::NeverWrote => "The shopper has not written on this channel yet; it goes when they do.",
            Self::WindowClosed => {
                "The shopper last wrote more than 7 days ago; it goes when they write again."
            }
            Self::OnlyPeople => {
                "The shopper last wrote more than 24 hours ago; only a person may answer now, for 7 days in all. \
                 It goes when they write again."
            }
            Self::OtherApp { .. } => {
                "Another app answers in this thread; it goes when that app gives the thread back, or after 24 hours."
            }
        }
    }

    /// When to ask again; `None`: when something happens.
    pub fn until(&self) -> Option<UnixMillis> {
        match self {
            Self::OtherApp { until } => Some(*until),
            Self::NeverWrote | Self::WindowClosed | Self::OnlyPeople => None,
        }
    }
}

/// Decides. What cannot be mended comes first, then what will mend itself.
pub fn permit(now: UnixMillis, standing: &Standing, purpose: Purpose) -> Permit {
    if standing.unreachable {
        return Permit::Refuse {
            reason: "The shopper cannot be reached on this channel: blocked, deactivated or gone.",
        };
    }
    if standing.opted_out && purpose != Purpose::StopReceipt {
        return Permit::Refuse { reason: "The shopper asked not to be written to on this channel." };
    }
    if let Some(until) = standing.taken_at.map(|taken_at| taken_at + CONTROL_EXPIRES_AFTER)
        && now < until
    {
        return Permit::Hold(Hold::OtherApp { until });
    }
    let Some(last_inbound_at) = standing.last_inbound_at else { return Permit::Hold(Hold::NeverWrote) };
    let age = now.since(last_inbound_at);
    if age < shortened(WINDOW) {
        return Permit::Send(SendKind::Response);
    }
    match purpose {
        _ if age >= shortened(HUMAN_AGENT_WINDOW) => Permit::Hold(Hold::WindowClosed),
        Purpose::HumanReply => Permit::Send(SendKind::HumanAgent),
        Purpose::BotReply | Purpose::StopReceipt => Permit::Hold(Hold::OnlyPeople),
    }
}

fn shortened(window: Millis) -> Millis {
    Millis(window.0.saturating_sub(MARGIN.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixMillis = UnixMillis(1_800_000_000_000);

    fn ago(span: Millis) -> Option<UnixMillis> {
        NOW.0.checked_sub(span.0).map(UnixMillis)
    }

    #[test]
    fn the_window_and_the_purpose_decide() {
        use Purpose::{BotReply, HumanReply};
        let (response, human_agent) = (Permit::Send(SendKind::Response), Permit::Send(SendKind::HumanAgent));
        for (last_inbound_at, purpose, expected) in [
            (ago(Millis(0)), BotReply, response),
            (ago(Millis::minutes(24 * 60 - 6)), BotReply, response),
            (ago(Millis::minutes(24 * 60 - 6)), HumanReply, response),
            (ago(Millis::minutes(24 * 60 - 5)), BotReply, Permit::Hold(Hold::OnlyPeople)),
            (ago(Millis::hours(25)), BotReply, Permit::Hold(Hold::OnlyPeople)),
            (ago(Millis::minutes(24 * 60 - 5)), HumanReply, human_agent),
            (ago(Millis::minutes(7 * 24 * 60 - 6)), HumanReply, human_agent),
            (ago(Millis::minutes(7 * 24 * 60 - 5)), HumanReply, Permit::Hold(Hold::WindowClosed)),
            (ago(Millis::days(8)), BotReply, Permit::Hold(Hold::WindowClosed)),
            (None, HumanReply, Permit::Hold(Hold::NeverWrote)),
            // The channel's clock is ahead of ours.
            (Some(NOW + Millis::minutes(3)), BotReply, response),
        ] {
            let standing = Standing { last_inbound_at, ..Standing::default() };
            assert_eq!(permit(NOW, &standing, purpose), expected, "{last_inbound_at:?} {purpose:?}");
        }
    }

    #[test]
    fn what_forbids_is_said_and_the_worst_first() {
        let fine = Standing { last_inbound_at: Some(NOW), ..Standing::default() };
        let taken = Standing { taken_at: ago(Millis::hours(23)), ..fine };
        let until = NOW + Millis::hours(1);
        for (standing, purpose, expected) in [
            (taken, Purpose::HumanReply, Permit::Hold(Hold::OtherApp { until })),
            (
                Standing { taken_at: ago(Millis::hours(24)), ..fine },
                Purpose::BotReply,
                Permit::Send(SendKind::Response),
            ),
        ] {
            assert_eq!(permit(NOW, &standing, purpose), expected);
        }
        let asked = Standing { opted_out: true, ..fine };
        assert_eq!(permit(NOW, &asked, Purpose::StopReceipt), Permit::Send(SendKind::Response));
        let gone = Standing { unreachable: true, ..asked };
        assert!(matches!(permit(NOW, &gone, Purpose::StopReceipt), Permit::Refuse { .. }));
        let stopped = Standing { opted_out: true, ..taken };
        for (standing, word) in [(stopped, "asked"), (Standing { unreachable: true, ..stopped }, "reached")] {
            for purpose in [Purpose::HumanReply, Purpose::BotReply] {
                let Permit::Refuse { reason } = permit(NOW, &standing, purpose) else {
                    panic!("{standing:?}")
                };
                assert!(reason.contains(word), "{reason}");
            }
        }
    }
}
