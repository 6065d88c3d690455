//! What the shopper said and the edge has not taken yet: in order, one at a time, until it has.

use super::input::OutboxChange;
use super::json::{Json, read};
use super::{decode, encode};
use crate::ids::MessageId;
use crate::message::Page;
use crate::time::{Millis, UnixMillis};
use crate::wire::{ClientFrame, Opening};

/// How many messages may wait; the shopper is asked to wait beyond.
pub const MAX_UNSENT: usize = 50;
/// Without a word from the edge for so long, the line under a message is not trusted.
const SILENCE: Millis = Millis::seconds(20);
/// A message of another tab is that tab's to send; after so long it is anybody's.
const OTHER_TABS_TURN: Millis = Millis::seconds(15);

/// A message not yet taken by the edge, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// Random; the edge takes a second one for the first.
    pub id: MessageId,
    /// As written.
    pub text: String,
    /// By the clock of the shopper's device.
    pub at: UnixMillis,
    /// Where they were.
    pub page: Option<Page>,
    /// What the page had said before.
    pub opening: Option<Opening>,
}

/// How far an unsent message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Waiting { not_before: UnixMillis },
    InFlight { since: UnixMillis },
    Refused,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) unsent: Unsent,
    pub(super) progress: Progress,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Outbox {
    entries: Vec<Entry>,
    held_until: UnixMillis,
}

/// The list as it is kept, after `change`; `None` when nothing is left to keep. Total on whatever was found.
pub fn changed_outbox(stored: Option<&str>, change: &OutboxChange) -> Option<String> {
    let mut list = kept(stored);
    match change {
        OutboxChange::Add(unsent) => {
            if list.iter().all(|other| other.id != unsent.id) {
                list.push(unsent.clone());
            }
        }
        OutboxChange::Remove(id) => list.retain(|unsent| unsent.id != *id),
    }
    if list.is_empty() { None } else { Some(encode::outbox(&list)) }
}

fn kept(stored: Option<&str>) -> Vec<Unsent> {
    let list = stored.and_then(read).and_then(Json::list).unwrap_or_default();
    let mut list: Vec<Unsent> = list.into_iter().filter_map(decode::unsent).collect();
    list.truncate(MAX_UNSENT);
    list
}

impl Outbox {
    /// Takes over what was found in storage: from the page before (`not_before` now) or from another tab.
    pub(super) fn adopt(&mut self, stored: Option<&str>, not_before: UnixMillis) {
        for unsent in kept(stored) {
            if self.entries.len() < MAX_UNSENT && !self.holds(&unsent.id) {
                self.entries.push(Entry { unsent, progress: Progress::Waiting { not_before } });
            }
        }
    }

    pub(super) fn adopt_from_tab(&mut self, now: UnixMillis, stored: Option<&str>) {
        self.adopt(stored, now + OTHER_TABS_TURN);
    }

    /// Whether there was room.
    pub(super) fn push(&mut self, now: UnixMillis, unsent: Unsent) -> bool {
        let room = self.entries.len() < MAX_UNSENT && !self.holds(&unsent.id);
        if room {
            self.entries.push(Entry { unsent, progress: Progress::Waiting { not_before: now } });
        }
        room
    }

    pub(super) fn remove(&mut self, id: &MessageId) -> Option<Unsent> {
        let index = self.entries.iter().position(|entry| entry.unsent.id == *id)?;
        Some(self.entries.remove(index).unsent)
    }

    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn holds(&self, id: &MessageId) -> bool {
        self.entries.iter().any(|entry| entry.unsent.id == *id)
    }

    /// Whether a message that carries what the page had said is among them.
    pub(super) fn carries_opening(&self) -> bool {
        self.entries.iter().any(|entry| entry.unsent.opening.is_some())
    }

    fn is_in_flight(&self) -> bool {
        self.entries.iter().any(|entry| matches!(entry.progress, Progress::InFlight { .. }))
    }

    /// The next message to say, if its turn has come: one at a time keeps their order whatever is refused.
    pub(super) fn next_to_say(&mut self, now: UnixMillis) -> Option<ClientFrame> {
        if now < self.held_until || self.is_in_flight() {
            return None;
        }
        let entry = self
            .entries
            .iter_mut()
            .find(|entry| matches!(entry.progress, Progress::Waiting { not_before } if not_before <= now))?;
        entry.progress = Progress::InFlight { since: now };
        let Unsent { id, text, page, opening, .. } = entry.unsent.clone();
        Some(ClientFrame::Say { id, text, reply_to: None, page, opening })
    }

    /// The line broke: what was under way may or may not have arrived.
    pub(super) fn line_lost(&mut self, now: UnixMillis) {
        for entry in &mut self.entries {
            if matches!(entry.progress, Progress::InFlight { .. }) {
                entry.progress = Progress::Waiting { not_before: now };
            }
        }
    }

    /// The edge asks for patience.
    pub(super) fn hold(&mut self, now: UnixMillis, wait: Millis) {
        self.line_lost(now);
        self.held_until = self.held_until.max(now + wait);
    }

    /// The edge will not take what is under way. Whether anything was.
    pub(super) fn refuse(&mut self) -> bool {
        let mut any = false;
        for entry in &mut self.entries {
            if matches!(entry.progress, Progress::InFlight { .. }) {
                entry.progress = Progress::Refused;
                any = true;
            }
        }
        any
    }

    pub(super) fn retry(&mut self, now: UnixMillis, id: &MessageId) {
        for entry in &mut self.entries {
            if entry.unsent.id == *id && entry.progress == Progress::Refused {
                entry.progress = Progress::Waiting { not_before: now };
            }
        }
    }

    /// When the line is no longer to be trusted with what is under way, if nothing was heard since `heard_at`.
    pub(super) fn line_doubtful_at(&self, heard_at: UnixMillis) -> Option<UnixMillis> {
        self.entries.iter().find_map(|entry| match entry.progress {
            Progress::InFlight { since } => Some(since.max(heard_at) + SILENCE),
            Progress::Waiting { .. } | Progress::Refused => None,
        })
    }

    /// When the next message's turn comes.
    pub(super) fn wakeup(&self) -> Option<UnixMillis> {
        if self.is_in_flight() {
            return None;
        }
        let turns = self.entries.iter().filter_map(|entry| match entry.progress {
            Progress::Waiting { not_before } => Some(not_before),
            Progress::InFlight { .. } | Progress::Refused => None,
        });
        turns.min().map(|at| at.max(self.held_until))
    }

    /// Whether anything still wants to be sent.
    pub(super) fn wants_line(&self) -> bool {
        self.entries.iter().any(|entry| entry.progress != Progress::Refused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsent(id: &str) -> Unsent {
        Unsent {
            id: MessageId::parse(id).unwrap(),
            text: format!("text of {id}"),
            at: UnixMillis(1),
            page: None,
            opening: None,
        }
    }

    fn says(frame: Option<ClientFrame>) -> Option<String> {
        match frame {
            Some(ClientFrame::Say { id, .. }) => Some(id.as_str().to_owned()),
            _ => None,
        }
    }

    #[test]
    fn messages_go_one_at_a_time_and_in_order() {
        let mut outbox = Outbox::default();
        let now = UnixMillis(1_000);
        assert!(outbox.push(now, unsent("a")) && outbox.push(now, unsent("b")));
        assert_eq!(says(outbox.next_to_say(now)).as_deref(), Some("a"));
        assert_eq!(outbox.next_to_say(now), None);
        outbox.line_lost(now);
        assert_eq!(says(outbox.next_to_say(now)).as_deref(), Some("a"));
        outbox.remove(&MessageId::parse("a").unwrap());
        assert_eq!(says(outbox.next_to_say(now)).as_deref(), Some("b"));
    }

    #[test]
    fn a_refused_message_does_not_stop_the_next() {
        let mut outbox = Outbox::default();
        let now = UnixMillis(1_000);
        outbox.push(now, unsent("a"));
        outbox.push(now, unsent("b"));
        outbox.next_to_say(now);
        assert!(outbox.refuse());
        assert_eq!(says(outbox.next_to_say(now)).as_deref(), Some("b"));
    }

    #[test]
    fn patience_is_kept() {
        let mut outbox = Outbox::default();
        outbox.push(UnixMillis(0), unsent("a"));
        outbox.next_to_say(UnixMillis(0));
        outbox.hold(UnixMillis(10), Millis::seconds(5));
        assert_eq!(outbox.next_to_say(UnixMillis(5_009)), None);
        assert_eq!(outbox.wakeup(), Some(UnixMillis(5_010)));
        assert_eq!(says(outbox.next_to_say(UnixMillis(5_010))).as_deref(), Some("a"));
    }

    #[test]
    fn the_kept_list_survives_garbage_and_duplicates() {
        let add = |stored: Option<&str>, id| changed_outbox(stored, &OutboxChange::Add(unsent(id)));
        let one = add(Some("{not json"), "a").unwrap();
        assert_eq!(add(Some(&one), "a").as_deref(), Some(one.as_str()));
        let two = add(Some(&one), "b").unwrap();
        let remove = |stored: &str, id| {
            changed_outbox(Some(stored), &OutboxChange::Remove(MessageId::parse(id).unwrap()))
        };
        assert_eq!(remove(&two, "b").as_deref(), Some(one.as_str()));
        assert_eq!(remove(&one, "a"), None);
    }
}
