//! A page, its storage and an edge under a virtual clock.

use crate::behaviour::Trigger;
use crate::channel::Channel;
use crate::ids::{ConversationId, MessageId, Seq};
use crate::message::{Author, Content, QuickReply};
use crate::time::{Millis, UnixMillis};
use crate::visit::{
    Attempt, Effect, Input, Key, PageEvent, Remark, Row, Said, Stored, Surroundings, Visit, changed_outbox,
};
use crate::wire::{
    ClientFrame, Conditions, Greeting, Rule, RuleLimits, ServerFrame, ServerMessage, Session, WidgetSettings,
};
use std::collections::VecDeque;

pub(super) fn settings() -> WidgetSettings {
    let reply = |label: &str| QuickReply { label: label.into(), text: None };
    WidgetSettings {
        name: "Shop".into(),
        greeting: Greeting { text: "Hello".into(), quick_replies: vec![reply("Hi")] },
        rules: vec![Rule {
            id: "exit".into(),
            trigger: Trigger::Exit,
            priority: 0,
            text: "Wait".into(),
            quick_replies: vec!["Why?".into()],
            conditions: Conditions::default(),
            limits: RuleLimits::default(),
        }],
        channels: vec![Channel::Messenger],
        ..WidgetSettings::default()
    }
}

/// Between page and edge.
#[derive(Debug, Clone)]
pub(super) enum Parcel {
    Ask(Attempt),
    Open(Attempt),
    Up(Attempt, ClientFrame),
    Down(Input),
}

pub(super) struct World {
    pub(super) now: UnixMillis,
    pub(super) visit: Visit,
    pub(super) stored: Stored,
    pub(super) kept_before_acting: bool,
    pub(super) acted: bool,
    pub(super) parcels: VecDeque<Parcel>,
    /// The socket the edge believes in.
    pub(super) socket: Option<Attempt>,
    /// The one that said `hello`: before that it hears nothing.
    pub(super) listener: Option<Attempt>,
    pub(super) log: Vec<ServerMessage>,
    pub(super) said: u32,
    pub(super) emitted: Vec<PageEvent>,
    /// Nothing is to be suggested before.
    pub(super) quiet_until: UnixMillis,
    pub(super) remarks: Vec<Remark>,
}

impl World {
    pub(super) fn new() -> Self {
        let mut world = Self {
            now: UnixMillis(1_800_000_000_000),
            visit: Visit::new(settings()),
            stored: Stored::default(),
            kept_before_acting: false,
            acted: false,
            parcels: VecDeque::new(),
            socket: None,
            listener: None,
            log: Vec::new(),
            said: 0,
            emitted: Vec::new(),
            quiet_until: UnixMillis(0),
            remarks: Vec::new(),
        };
        world.load();
        world
    }

    /// A page is loaded: what the one before had not stored is gone.
    pub(super) fn load(&mut self) {
        self.visit = Visit::new(settings());
        // What was said still arrives; what is asked by a page that is gone is answered to nobody.
        self.parcels.retain(|parcel| matches!(parcel, Parcel::Up(_, ClientFrame::Say { .. })));
        self.socket = None;
        self.listener = None;
        let surroundings =
            Surroundings { visible: true, online: true, utc_offset_min: 60, seed: self.now.0 ^ 0x9e37_79b9 };
        self.tell(Input::Started { stored: self.stored.clone(), surroundings });
    }

    pub(super) fn act(&mut self, input: Input) {
        self.acted = true;
        self.tell(input);
    }

    pub(super) fn tell(&mut self, input: Input) {
        for effect in self.visit.handle(self.now, input) {
            self.perform(effect);
        }
        self.remarks.extend(self.visit.view().remark);
    }

    pub(super) fn perform(&mut self, effect: Effect) {
        if matches!(effect, Effect::Keep(..) | Effect::KeepUnsent(_)) && !self.acted {
            self.kept_before_acting = true;
        }
        match effect {
            Effect::CreateSession { attempt, .. } => self.parcels.push_back(Parcel::Ask(attempt)),
            Effect::OpenSocket { attempt, .. } => {
                self.socket = Some(attempt);
                self.listener = None;
                self.parcels.push_back(Parcel::Open(attempt));
            }
            Effect::CloseSocket => {
                self.socket = None;
                self.listener = None;
            }
            Effect::SendFrame(frame) => {
                if let Some(attempt) = self.socket {
                    self.parcels.push_back(Parcel::Up(attempt, frame));
                }
            }
            Effect::Keep(key, text) => *self.place(key) = Some(text),
            Effect::Discard(key) => *self.place(key) = None,
            Effect::KeepUnsent(change) => {
                self.stored.outbox = changed_outbox(self.stored.outbox.as_deref(), &change);
            }
            Effect::Emit(event) => self.emitted.push(event),
            Effect::Launcher { quiet_until, .. } => self.quiet_until = quiet_until,
            _ => {}
        }
    }

    fn place(&mut self, key: Key) -> &mut Option<String> {
        match key {
            Key::Token => &mut self.stored.token,
            Key::Outbox => &mut self.stored.outbox,
            Key::Visit => &mut self.stored.visit,
        }
    }

    pub(super) fn deliver(&mut self) {
        match self.parcels.pop_front() {
            Some(Parcel::Ask(attempt)) => {
                let conversation = ConversationId::parse("c1").unwrap();
                let session = Session { token: "t1".into(), conversation, resumed: !self.log.is_empty() };
                self.parcels.push_back(Parcel::Down(Input::SessionReady { attempt, session }));
            }
            Some(Parcel::Open(attempt)) => {
                self.parcels.push_back(Parcel::Down(Input::SocketOpened(attempt)));
            }
            Some(Parcel::Up(attempt, frame)) => self.hear(attempt, frame),
            Some(Parcel::Down(input)) => self.tell(input),
            None => {}
        }
    }

    /// The edge takes a frame in, even of a socket whose page is gone.
    fn hear(&mut self, attempt: Attempt, frame: ClientFrame) {
        match frame {
            ClientFrame::Hello { after, .. } => {
                self.listener = self.socket.filter(|socket| *socket == attempt);
                self.events_after(attempt, after.unwrap_or_default());
            }
            ClientFrame::Say { id, text, .. } => {
                let is_known = self
                    .log
                    .iter()
                    .any(|event| matches!(event, ServerMessage::Message { id: known, .. } if *known == id));
                if !is_known {
                    self.add(id, Author::Shopper, &text);
                }
            }
            _ => {}
        }
    }

    pub(super) fn store_says(&mut self, text: &str) {
        let id = MessageId::parse(format!("s{}", self.log.len())).unwrap();
        self.add(id, Author::Bot, text);
    }

    fn add(&mut self, id: MessageId, author: Author, text: &str) {
        let before = self.up_to();
        self.log.push(ServerMessage::Message {
            seq: before.next(),
            at: self.now,
            id,
            author,
            surface: Channel::Widget,
            content: Content::text(text),
            reply_to: None,
        });
        if let Some(attempt) = self.listener {
            self.events_after(attempt, before);
        }
    }

    fn events_after(&mut self, attempt: Attempt, after: Seq) {
        let from = usize::try_from(after.0).unwrap().min(self.log.len());
        let frame =
            ServerFrame::Events { up_to: self.up_to(), earlier: false, events: self.log[from..].to_vec() };
        self.down(attempt, frame);
    }

    pub(super) fn down(&mut self, attempt: Attempt, frame: ServerFrame) {
        self.parcels.push_back(Parcel::Down(Input::FrameReceived { attempt, frame: Ok(frame) }));
    }

    fn up_to(&self) -> Seq {
        Seq(self.log.len() as u64)
    }

    pub(super) fn say(&mut self) {
        self.said += 1;
        let id = MessageId::parse(format!("own{}", self.said)).unwrap();
        let text = format!("text {}", self.said);
        self.act(Input::Sent(Said { id, text, page: None }));
    }

    /// The socket breaks: what was under way in it is lost.
    pub(super) fn cut(&mut self) {
        self.listener = None;
        if let Some(attempt) = self.socket.take() {
            let lost = |parcel: &Parcel| match parcel {
                Parcel::Up(of, _) | Parcel::Open(of) => *of == attempt,
                Parcel::Down(Input::FrameReceived { attempt: of, .. } | Input::SocketOpened(of)) => {
                    *of == attempt
                }
                Parcel::Ask(_) | Parcel::Down(_) => false,
            };
            self.parcels.retain(|parcel| !lost(parcel));
            self.parcels.push_back(Parcel::Down(Input::SocketClosed { attempt, code: 1006 }));
        }
    }

    pub(super) fn wait(&mut self, span: Millis) {
        self.now = self.now + span;
        if self.visit.next_wakeup().is_some_and(|at| at <= self.now) {
            self.tell(Input::Wake);
        }
    }

    /// From here on all goes well, for long enough.
    pub(super) fn heal(&mut self) {
        for _ in 0..2_000 {
            if !self.parcels.is_empty() {
                self.deliver();
            } else if let Some(at) = self.visit.next_wakeup() {
                self.now = self.now.max(at);
                self.tell(Input::Wake);
            } else {
                return;
            }
        }
    }

    pub(super) fn said_at_edge(&self) -> Vec<String> {
        let own = self.log.iter().filter_map(|event| match event {
            ServerMessage::Message { author: Author::Shopper, content, .. } => Some(content.text.clone()),
            _ => None,
        });
        own.collect()
    }

    pub(super) fn shown(&self) -> Vec<String> {
        let rows = self.visit.view().rows.into_iter();
        rows.filter_map(|row| match row {
            Row::Message { message, .. } => Some(message.content.text.clone()),
            Row::Unsent { text, .. } => Some(text),
            Row::Day(_) | Row::Opening(_) | Row::Notice { .. } => None,
        })
        .collect()
    }

    pub(super) fn launcher_unread(&self) -> u32 {
        let last = self.emitted.iter().rev().find_map(|event| match event {
            PageEvent::Unread(count) => Some(*count),
            _ => None,
        });
        last.unwrap_or(0)
    }
}
