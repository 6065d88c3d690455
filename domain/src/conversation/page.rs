//! The shopper's pages: who is there, what they say.

use super::{Conversation, Effect, EventBody, Pace, Turn};
use crate::behaviour::Reason;
use crate::channel::Channel;
use crate::ids::{ConnectionId, MessageId, Seq};
use crate::message::{Author, Content, MAX_TEXT_CHARS, Message, Page};
use crate::time::{Millis, UnixMillis};
use crate::wire::{ClientFrame, Opening, ServerFrame, Trouble};
use std::collections::BTreeMap;

/// A page that polls counts as there for this long after it last asked.
const POLLED_FOR: Millis = Millis::seconds(15);

/// A page of ours says this many things for each message at most: it greets, sees, types, goes out of view.
const FRAMES_PER_MESSAGE: u32 = 8;

/// The pages that are there now. Memory only: after the object slept the shell tells of them again.
#[derive(Debug, Clone, Default)]
pub(super) struct Pages {
    /// Every socket; `None` until its `hello`, then whether it is in view.
    sockets: BTreeMap<ConnectionId, Option<bool>>,
    polled_at: Option<UnixMillis>,
    left_at: Option<UnixMillis>,
    words: Option<Allowance>,
    frames: Option<Allowance>,
}

/// How many more there may be now.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    left: u32,
    as_of: UnixMillis,
}

impl Pages {
    pub(super) fn connected(&mut self, connection: ConnectionId) {
        self.sockets.entry(connection).or_insert(None);
    }

    pub(super) fn resumed(&mut self, connection: ConnectionId, visible: bool) {
        self.sockets.insert(connection, Some(visible));
    }

    pub(super) fn disconnected(&mut self, connection: ConnectionId, now: UnixMillis) {
        let was_in_view = self.in_view(now);
        self.sockets.remove(&connection);
        self.note_leaving(was_in_view, now);
    }

    pub(super) fn polled(&mut self, now: UnixMillis) {
        self.polled_at = Some(now);
    }

    /// The sockets that said `hello`: they have the log up to now and hear what follows.
    pub(super) fn greeted(&self) -> Vec<ConnectionId> {
        self.sockets
            .iter()
            .filter(|(_, visible)| visible.is_some())
            .map(|(connection, _)| *connection)
            .collect()
    }

    pub(super) fn all(&self) -> Vec<ConnectionId> {
        self.sockets.keys().copied().collect()
    }

    /// Whether a page is in front of the shopper.
    pub(super) fn in_view(&self, now: UnixMillis) -> bool {
        let polls = self.polled_at.is_some_and(|at| now.since(at) < POLLED_FOR);
        polls || self.sockets.values().any(|visible| *visible == Some(true))
    }

    /// When the last page went out of view, if the shopper was seen to leave.
    pub(super) fn left_at(&self) -> Option<UnixMillis> {
        self.left_at.max(self.polled_at.map(|at| at + POLLED_FOR))
    }

    fn set_visible(&mut self, connection: ConnectionId, visible: bool, now: UnixMillis) {
        let was_in_view = self.in_view(now);
        self.sockets.insert(connection, Some(visible));
        self.note_leaving(was_in_view, now);
    }

    fn note_leaving(&mut self, was_in_view: bool, now: UnixMillis) {
        if was_in_view && !self.in_view(now) {
            self.left_at = Some(now);
        }
    }
}

impl Allowance {
    /// Takes one off, or says how long until there is one more.
    fn take(allowance: &mut Option<Self>, now: UnixMillis, burst: u32, refill: Millis) -> Result<(), Millis> {
        let refill_ms = refill.0.max(1);
        let this = allowance.get_or_insert(Self { left: burst, as_of: now });
        let gained = now.since(this.as_of).0 / refill_ms;
        this.left = this.left.saturating_add(u32::try_from(gained).unwrap_or(u32::MAX)).min(burst);
        this.as_of = this.as_of + Millis(gained.saturating_mul(refill_ms));
        if this.left == 0 {
            return Err(Millis(refill_ms.saturating_sub(now.since(this.as_of).0).max(1)));
        }
        this.left -= 1;
        Ok(())
    }
}

/// What a page says at once.
struct Say {
    id: MessageId,
    text: String,
    reply_to: Option<MessageId>,
    page: Option<Page>,
    opening: Option<Opening>,
}

impl Conversation {
    pub(super) fn frame(&mut self, turn: &mut Turn, connection: Option<ConnectionId>, frame: ClientFrame) {
        if connection.is_none() {
            self.pages.polled(turn.now);
        }
        if !self.may_be_heard(turn, connection) {
            return;
        }
        match frame {
            ClientFrame::Hello { after, visible } => {
                if let Some(connection) = connection {
                    self.pages.set_visible(connection, visible, turn.now);
                    turn.call(Effect::Attach { connection, visible });
                    turn.call(Effect::Replay {
                        connection,
                        after: after.filter(|after| *after <= self.state.last),
                    });
                }
            }
            ClientFrame::Say { id, text, reply_to, page, opening } => {
                self.say(turn, connection, Say { id, text, reply_to, page, opening });
            }
            ClientFrame::Visible(visible) => {
                if let Some(connection) = connection {
                    self.pages.set_visible(connection, visible, turn.now);
                    turn.call(Effect::Attach { connection, visible });
                }
            }
            ClientFrame::Seen(up_to) => self.seen(turn, up_to),
            // For a staff surface that shows it; the shopper's other pages need not know.
            ClientFrame::Typing => {}
            ClientFrame::Link(channel) => {
                if !self.may_say(turn, connection) {
                    return;
                }
                if channel == Channel::Messenger && self.config.messenger {
                    turn.call(Effect::IssueLink { connection, channel });
                } else {
                    turn.tell(connection, ServerFrame::Trouble(Trouble::NoSuchChannel));
                }
            }
            ClientFrame::Contact { kind, value } => {
                let value = clean(&value);
                if value.is_empty() {
                    turn.tell(connection, ServerFrame::Trouble(Trouble::BadText));
                } else if self.may_say(turn, connection) {
                    self.append(turn, EventBody::Contact { kind, value, from: None });
                }
            }
        }
    }

    /// Whether a page may have something of it stored, or somebody called for it; it is told if not.
    fn may_say(&mut self, turn: &mut Turn, connection: Option<ConnectionId>) -> bool {
        let Pace { say_burst, say_refill_ms, .. } = self.config.pace;
        let allowed = Allowance::take(&mut self.pages.words, turn.now, say_burst, say_refill_ms);
        told_to_wait(turn, connection, allowed)
    }

    /// Whether a page may be heard at all: far beyond what a page of ours says, a flood is not.
    fn may_be_heard(&mut self, turn: &mut Turn, connection: Option<ConnectionId>) -> bool {
        let Pace { say_burst, say_refill_ms, .. } = self.config.pace;
        let burst = say_burst.saturating_mul(FRAMES_PER_MESSAGE);
        let refill = Millis(say_refill_ms.0 / u64::from(FRAMES_PER_MESSAGE));
        let allowed = Allowance::take(&mut self.pages.frames, turn.now, burst, refill);
        told_to_wait(turn, connection, allowed)
    }

    fn say(&mut self, turn: &mut Turn, connection: Option<ConnectionId>, say: Say) {
        if let Some(seq) = self.state.seq_of(&say.id) {
            // Said before; its page has not heard so yet. One that polls gets what it lacks in any case.
            if let Some(connection) = connection {
                turn.call(Effect::Replay { connection, after: Some(Seq(seq.0.saturating_sub(1))) });
            }
            return;
        }
        let text = clean(&say.text);
        if is_ours(&say.id) || text.is_empty() || text.chars().count() > MAX_TEXT_CHARS {
            turn.tell(connection, ServerFrame::Trouble(Trouble::BadText));
            return;
        }
        if !self.may_say(turn, connection) {
            return;
        }
        if let Some(opening) = say.opening {
            self.open_with(turn, opening);
        }
        let id = say.id.clone();
        self.append(
            turn,
            EventBody::Message(Box::new(Message {
                id: say.id,
                author: Author::Shopper,
                surface: Channel::Widget,
                content: Content::text(text.clone()),
                reply_to: say.reply_to,
                page: say.page,
                foreign_id: None,
                about: None,
            })),
        );
        if !self.take_stop_word(turn, Channel::Widget, &text, false) {
            self.reply(turn, &id, &text);
        }
    }

    /// What the page had said of itself enters the log, in the store's own words.
    fn open_with(&mut self, turn: &mut Turn, opening: Opening) {
        let widget = self.config.settings.widget(self.config.messenger);
        let (content, trigger) = match opening {
            Opening::Greeting if self.state.known.is_empty() => (Content::text(widget.greeting.text), None),
            Opening::Greeting => return,
            Opening::Trigger { rule, mut reasons } => {
                // What a page says beyond our codes is anybody's text.
                reasons.retain(|code| Reason::ALL.iter().any(|reason| reason.code() == code));
                let Some(known) = widget.rules.into_iter().find(|known| known.id == rule) else {
                    return;
                };
                (Content::text(known.text), Some((rule, reasons)))
            }
        };
        if let Some((rule, reasons)) = trigger {
            self.append(turn, EventBody::Triggered { rule, reasons });
        }
        if !content.is_empty() {
            self.bot_says(turn, content, None, None);
        }
    }

    fn seen(&mut self, turn: &mut Turn, up_to: Seq) {
        let up_to = up_to.min(self.state.last);
        if up_to > self.state.seen {
            self.append(turn, EventBody::Seen { up_to });
            self.drop_seen(turn, up_to);
        }
    }
}

/// Whether an id is of the kind that the edge gives: a page may not take it before.
fn is_ours(id: &MessageId) -> bool {
    id.as_str().starts_with("bot-") || id.as_str().contains(':')
}

fn told_to_wait(turn: &mut Turn, connection: Option<ConnectionId>, allowed: Result<(), Millis>) -> bool {
    if let Err(wait) = allowed {
        turn.tell(connection, ServerFrame::Trouble(Trouble::SlowDown { retry_after_ms: wait.0 }));
    }
    allowed.is_ok()
}

/// What somebody wrote, without control characters (line breaks and tabs stay) and outer white space.
pub(super) fn clean(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.collect::<String>().trim().to_owned()
}
