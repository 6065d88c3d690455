//! The way on to another channel: a link that is asked for, shown, and grows old.

use super::view::HandOverView;
use crate::channel::Channel;
use crate::time::{Millis, UnixMillis};
use crate::wire::Link;
use std::rc::Rc;

const ANSWER_WITHIN: Millis = Millis::seconds(12);
/// The least time a link is shown for: the shopper's clock may be ahead of the edge's.
const SHOWN_AT_LEAST: Millis = Millis::minutes(5);

#[derive(Debug, Clone, Default)]
pub(super) enum HandOver {
    #[default]
    Closed,
    /// To be asked for when the line is up.
    Wanted {
        channel: Channel,
        since: UnixMillis,
        asked: bool,
    },
    Ready {
        link: Rc<Link>,
        until: UnixMillis,
    },
    Failed,
}

impl HandOver {
    pub(super) fn want(now: UnixMillis, channel: Channel) -> Self {
        Self::Wanted { channel, since: now, asked: false }
    }

    /// The channel to ask a link for, once.
    pub(super) fn take_wish(&mut self) -> Option<Channel> {
        match self {
            Self::Wanted { channel, asked, .. } if !*asked => {
                *asked = true;
                Some(*channel)
            }
            _ => None,
        }
    }

    pub(super) fn line_lost(&mut self) {
        if let Self::Wanted { asked, .. } = self {
            *asked = false;
        }
    }

    pub(super) fn answer(&mut self, now: UnixMillis, clock: UnixMillis, link: Link) {
        if matches!(self, Self::Wanted { channel, .. } if *channel == link.channel) {
            let until = now + link.expires_at.since(clock).max(SHOWN_AT_LEAST);
            *self = Self::Ready { link: Rc::new(link), until };
        }
    }

    /// Whether anything was asked for.
    pub(super) fn fail(&mut self) -> bool {
        let asked = matches!(self, Self::Wanted { .. });
        if asked {
            *self = Self::Failed;
        }
        asked
    }

    pub(super) fn wake(&mut self, now: UnixMillis) {
        if matches!(self, Self::Wanted { since, .. } if now >= *since + ANSWER_WITHIN) {
            *self = Self::Failed;
        }
    }

    pub(super) fn wakeup(&self, now: UnixMillis) -> Option<UnixMillis> {
        match self {
            Self::Wanted { since, .. } => Some(*since + ANSWER_WITHIN),
            Self::Ready { until, .. } if *until > now => Some(*until),
            Self::Ready { .. } | Self::Closed | Self::Failed => None,
        }
    }

    pub(super) fn is_wanted(&self) -> bool {
        matches!(self, Self::Wanted { .. })
    }

    pub(super) fn view(&self, now: UnixMillis) -> HandOverView {
        match self {
            Self::Closed => HandOverView::Closed,
            Self::Wanted { .. } => HandOverView::Asked,
            Self::Ready { link, until } if now < *until => HandOverView::Ready(Rc::clone(link)),
            Self::Ready { .. } => HandOverView::Expired,
            Self::Failed => HandOverView::Failed,
        }
    }
}
