//! The edge's state machine: one conversation, its log, its outbox, its timers.
//!
//! The shell's rule: **decode -> [`Conversation::handle`] -> persist -> perform -> feed back**.
//! Effects come in the order they must be carried out. Those that persist ([`Effect::Append`],
//! [`Effect::Redact`], [`Effect::Checkpoint`], [`Effect::Trim`]) are synchronous writes to the object's own
//! storage and are all done before the first that is seen outside; so nothing is acknowledged that is not durable.

mod delivery;
mod event;
mod inbound;
mod io;
mod opt_out;
mod outbox;
mod page;
mod record;
mod relay;
mod reply;
mod state;
mod step;
mod view;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

pub use event::{ContactKind, DeliveryId, DeliveryStep, Event, EventBody, Holder};
pub use io::{AccountStop, Config, Effect, Input, Pace, Relay, SendResult, Snapshot, SnapshotError};
pub use view::{replay, visible};

use crate::ids::{ConnectionId, MessageId, Seq};
use crate::time::UnixMillis;
use crate::wire::{ServerFrame, ServerMessage, Trouble};
use page::Pages;
use record::Record;
use state::State;
use std::collections::BTreeSet;

/// One shopper's conversation with one store.
#[derive(Debug, Clone)]
pub struct Conversation {
    config: Config,
    state: State,
    record: Record,
    pages: Pages,
}

impl Conversation {
    /// A conversation nothing was said in yet.
    pub fn new(config: Config) -> Self {
        Self { config, state: State::default(), record: Record::default(), pages: Pages::default() }
    }

    /// The conversation as its object's storage has it: the last checkpoint, then every entry after it.
    /// Entries the checkpoint knows already are passed over.
    pub fn restore(
        config: Config,
        snapshot: Option<&str>,
        rows: impl IntoIterator<Item = Event>,
    ) -> Result<Self, SnapshotError> {
        let mut this = Self::new(config);
        if let Some(text) = snapshot {
            (this.state, this.record) = serde_json::from_str(text).map_err(|_| SnapshotError)?;
        }
        for event in rows {
            if event.seq > this.state.last {
                this.state.apply(&event);
                this.record.grew(event.at);
            }
        }
        Ok(this)
    }

    /// The conversation as KV has it, after the object's storage was lost. A send whose outcome was lost with it
    /// is given up: it may have gone, and is not sent twice.
    pub fn rebuild(
        config: Config,
        now: UnixMillis,
        segments: impl IntoIterator<Item = Event>,
    ) -> (Self, Vec<Effect>) {
        let mut this = Self::new(config);
        let mut events: Vec<Event> = segments.into_iter().collect();
        events.sort_by_key(|event| event.seq);
        events.dedup_by_key(|event| event.seq);
        for event in &events {
            this.state.apply(event);
        }
        this.record = Record::rebuilt(this.state.last, now);
        let mut turn = Turn::new(now.max(this.state.last_at));
        this.give_up_unknown_sends(&mut turn);
        // What was taken back and not yet taken out of KV.
        for event in still_worded(&events) {
            turn.persist(Effect::Redact { seq: event.seq, flushed: true });
        }
        // What is in KV is known from here on, so that no segment is written again.
        this.checkpoint(&mut turn);
        let effects = turn.finish(&this.pages);
        (this, effects)
    }

    /// Takes the configuration as it is now.
    pub fn configure(&mut self, config: Config) {
        self.config = config;
    }

    /// The last entry of the log.
    pub fn last_seq(&self) -> Seq {
        self.state.last
    }

    /// The last entry that is in KV.
    pub fn flushed(&self) -> Seq {
        self.record.flushed()
    }

    /// Decides what an input means. Total; a clock that went backwards counts as standing still.
    pub fn handle(&mut self, now: UnixMillis, input: Input) -> Vec<Effect> {
        self.handle_all(now, [input])
    }

    /// Decides what several inputs mean that came at once: what they add to the log is stored together and
    /// shown together.
    pub fn handle_all(&mut self, now: UnixMillis, inputs: impl IntoIterator<Item = Input>) -> Vec<Effect> {
        let mut turn = Turn::new(now.max(self.state.last_at));
        for input in inputs {
            self.take(&mut turn, input);
        }
        self.pump_outbox(&mut turn);
        self.pump_relay(&mut turn);
        self.pump_record(&mut turn);
        turn.finish(&self.pages)
    }

    /// When to be woken, if nothing else happens: the shell arms one alarm.
    pub fn next_wakeup(&self) -> Option<UnixMillis> {
        [self.outbox_wakeup(), self.relay_wakeup(), self.record_wakeup()].into_iter().flatten().min()
    }

    fn take(&mut self, turn: &mut Turn, input: Input) {
        match input {
            Input::Connected { connection } => self.pages.connected(connection),
            Input::Resumed { connection, visible } => self.pages.resumed(connection, visible),
            Input::Disconnected { connection } => self.pages.disconnected(connection, turn.now),
            Input::Polled => self.pages.polled(turn.now),
            Input::Frame { connection, frame } => self.frame(turn, connection, frame),
            Input::Unreadable { connection, .. } => {
                turn.tell(connection, ServerFrame::Trouble(Trouble::BadFrame));
            }
            Input::LinkIssued { connection, link } => {
                let frame = link.map_or(ServerFrame::Trouble(Trouble::Unavailable), ServerFrame::Link);
                turn.tell(connection, frame);
            }
            Input::Linked { address } => self.linked(turn, address),
            Input::Unlinked { address } => self.unlinked(turn, address),
            Input::Inbound(inbound) => self.inbound(turn, inbound),
            Input::StaffSaid { id, staff, name, text, answers } => {
                self.staff_said(turn, id, (staff, name), &text, answers);
            }
            Input::DeliveryFinished { delivery, part, result } => {
                self.delivery_finished(turn, &delivery, part, &result);
            }
            Input::Relayed { up_to, accepted } => self.relay_answered(turn, up_to, accepted),
            Input::Flushed { last, written } => self.flush_answered(turn, last, written),
            Input::Forget => self.forget(turn),
            Input::Wake => {}
        }
    }

    fn append(&mut self, turn: &mut Turn, body: EventBody) -> Seq {
        let event = Event { seq: self.state.last.next(), at: turn.now, body };
        self.state.apply(&event);
        self.record.grew(event.at);
        turn.appended(event);
        self.state.last
    }

    fn forget(&mut self, turn: &mut Turn) {
        turn.call(Effect::Broadcast {
            to: self.pages.all(),
            frame: ServerFrame::Trouble(Trouble::Forgotten),
        });
        for connection in self.pages.all() {
            turn.call(Effect::Close { connection, code: 4410, reason: "forgotten" });
        }
        turn.call(Effect::Erase);
        *self = Self::new(self.config.clone());
    }
}

/// The entries that have words of a message which was taken back.
fn still_worded(events: &[Event]) -> impl Iterator<Item = &Event> {
    let taken_back: BTreeSet<&MessageId> = events
        .iter()
        .filter_map(|event| match &event.body {
            EventBody::Deleted { message } => Some(message),
            _ => None,
        })
        .collect();
    events.iter().filter(move |event| {
        let of = match &event.body {
            EventBody::Message(message) => Some(&message.id),
            EventBody::Edited { message, .. } => Some(message),
            EventBody::Contact { from, .. } => from.as_ref(),
            _ => None,
        };
        event.has_words() && of.is_some_and(|of| taken_back.contains(of))
    })
}

/// The effects of one input, kept in the order they must be carried out.
#[derive(Debug)]
struct Turn {
    now: UnixMillis,
    persisted: Vec<Effect>,
    shown: Vec<ServerMessage>,
    up_to: Option<Seq>,
    calls: Vec<Effect>,
}

impl Turn {
    fn new(now: UnixMillis) -> Self {
        Self { now, persisted: Vec::new(), shown: Vec::new(), up_to: None, calls: Vec::new() }
    }

    fn appended(&mut self, event: Event) {
        if let Some(message) = visible(&event) {
            self.shown.push(message);
        }
        self.up_to = Some(event.seq);
        self.persisted.push(Effect::Append(event));
    }

    fn persist(&mut self, effect: Effect) {
        self.persisted.push(effect);
    }

    fn call(&mut self, effect: Effect) {
        self.calls.push(effect);
    }

    /// Says something to the page that asked: on its socket, or in the answer to its request.
    fn tell(&mut self, connection: Option<ConnectionId>, frame: ServerFrame) {
        self.call(match connection {
            Some(connection) => Effect::Send { connection, frame },
            None => Effect::Answer(frame),
        });
    }

    fn finish(self, pages: &Pages) -> Vec<Effect> {
        let mut effects = self.persisted;
        if let Some(up_to) = self.up_to.filter(|_| !self.shown.is_empty()) {
            // A page that polls asks for what it lacks: this alone may not follow on what it has.
            let to = pages.greeted();
            if !to.is_empty() {
                let frame = ServerFrame::Events { up_to, earlier: false, events: self.shown };
                effects.push(Effect::Broadcast { to, frame });
            }
        }
        effects.extend(self.calls);
        effects
    }
}
