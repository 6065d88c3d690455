//! The world: one clock, one queue of what is under way, and its troubles.

mod polling;

use crate::edge::{Edge, Out};
use crate::messenger::{Faults, Messenger};
use crate::random::Random;
use crate::shopper::Shopper;
use domain::conversation::{DeliveryId, EventBody, Input as EdgeInput, Pace, SendResult};
use domain::desk;
use domain::ids::ConnectionId;
use domain::store::{self, Settings};
use domain::time::{Millis, UnixMillis};
use domain::visit::{Attempt, Effect, Failure, Input, encode_frames};
use domain::wire::{ServerFrame, Session, decode_client, decode_server, encode_client, encode_server};
use serde_json::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// When every story begins.
pub const T0: UnixMillis = UnixMillis(1_800_000_000_000);

/// How much goes wrong, in percent.
#[derive(Debug, Clone, Copy, Default)]
pub struct Troubles {
    /// A frame takes its socket down with it.
    pub socket_dies: u64,
    /// A session or socket cannot be had.
    pub refused: u64,
    /// Whether the network blocks sockets, for as long as there is a world.
    pub sockets_blocked: bool,
    /// A request, or the answer to it, is lost.
    pub request_lost: u64,
    /// A request comes twice.
    pub request_doubled: u64,
    /// A request or answer comes late, after later ones.
    pub request_late: u64,
    /// A webhook comes twice.
    pub doubled: u64,
    /// A webhook comes late, after later ones.
    pub late: u64,
    /// The edge's instance is lost between two inputs.
    pub restart: u64,
    /// Messenger's own.
    pub messenger: Faults,
}

enum Step {
    SessionAnswered { page: u64, attempt: Attempt, granted: bool },
    SocketAnswered { page: u64, attempt: Attempt, granted: bool },
    FrameToEdge { connection: ConnectionId, text: String },
    FrameToPage { connection: ConnectionId, text: String },
    SocketDied { connection: ConnectionId },
    Asked { ask: polling::Ask, first: bool },
    Answered(polling::Answer),
    Webhook(Value),
    Delivered { delivery: DeliveryId, part: u32, result: SendResult },
    Sent { number: u64, result: SendResult },
}

/// Everything there is.
pub struct World {
    /// The time.
    pub now: UnixMillis,
    /// The seed's stream.
    pub random: Random,
    /// The edge.
    pub edge: Edge,
    /// Messenger.
    pub messenger: Messenger,
    /// The shopper's browser.
    pub shopper: Shopper,
    /// What goes wrong now.
    pub troubles: Troubles,
    /// Links the page was shown.
    pub links: Vec<domain::wire::Link>,
    queue: BTreeMap<(UnixMillis, u64), Step>,
    order: u64,
    page: u64,
    socket: Option<(ConnectionId, Attempt)>,
    there: bool,
    last_to_edge: UnixMillis,
    last_to_page: UnixMillis,
}

impl World {
    /// The demo store and a shopper who was never there.
    pub fn new(seed: u64, troubles: Troubles) -> Self {
        let settings = Rc::new(demo());
        Self {
            now: T0,
            random: Random::new(seed),
            edge: Edge::new(settings.clone(), Pace { say_burst: 1_000, ..Pace::default() }),
            messenger: Messenger::default(),
            shopper: Shopper::new(settings.widget(true)),
            troubles,
            links: Vec::new(),
            queue: BTreeMap::new(),
            order: 0,
            page: 0,
            socket: None,
            there: false,
            last_to_edge: T0,
            last_to_page: T0,
        }
    }

    /// The shopper comes to a page (again): what the earlier page had under way is lost.
    pub fn load(&mut self) {
        self.leave();
        self.page += 1;
        self.there = true;
        let seed = self.random.bits();
        let effects = self.shopper.load(self.now, seed);
        self.page_does(effects);
    }

    /// The page is gone.
    pub fn leave(&mut self) {
        self.there = false;
        if let Some((connection, _)) = self.socket.take() {
            let out = self.edge.disconnect(self.now, connection);
            self.edge_does(out);
        }
    }

    /// The shopper does something on the page.
    pub fn act(&mut self, input: Input) {
        let effects = self.shopper.handle(self.now, input);
        self.page_does(effects);
    }

    /// The shopper writes on the page.
    pub fn say(&mut self, text: &str) -> domain::ids::MessageId {
        let (id, effects) = self.shopper.say(self.now, text);
        self.page_does(effects);
        id
    }

    /// Something reaches the store's webhook, as reliably as the world is.
    pub fn webhook(&mut self, body: Value) {
        let delay = if self.random.chance(self.troubles.late) { 20_000 } else { 300 };
        let at = self.now + Millis(1 + self.random.below(delay));
        if self.random.chance(self.troubles.doubled) {
            let again_at = at + Millis(self.random.below(60_000));
            self.schedule(again_at, Step::Webhook(body.clone()));
        }
        self.schedule(at, Step::Webhook(body));
    }

    /// Tells the conversation something at its edge.
    pub fn tell(&mut self, input: EdgeInput) {
        let out = self.edge.handle(self.now, input);
        self.edge_does(out);
    }

    /// Tells the desk something.
    pub fn tell_desk(&mut self, input: desk::Input) -> Vec<Out> {
        let out = self.edge.desk(self.now, input);
        self.edge_does(out.clone());
        out
    }

    /// Lets time pass.
    pub fn run(&mut self, span: Millis) {
        let until = self.now + span;
        for _ in 0..200_000 {
            let queued = self.queue.keys().next().map(|(at, _)| *at);
            let page = if self.there { self.shopper.visit().next_wakeup() } else { None };
            let edge = self.edge.next_wakeup();
            let next = [queued, page, edge].into_iter().flatten().min().map(|at| at.max(self.now));
            let Some(at) = next.filter(|at| *at <= until) else {
                self.now = until;
                return;
            };
            self.now = at;
            if self.random.chance(self.troubles.restart) {
                self.edge.restart();
            }
            if queued.is_some_and(|queued| queued <= at) {
                if let Some((_, step)) = self.queue.pop_first() {
                    self.step(step);
                }
            } else if page.is_some_and(|page| page <= at) {
                self.act(Input::Wake);
            } else {
                let out = self.edge.wake(self.now);
                self.edge_does(out);
            }
        }
        panic!(
            "the world does not come to rest: {:?} edge {:?} desk {:?} page {:?}",
            self.now,
            self.edge.next_wakeup(),
            domain::desk::next_wakeup(&self.edge.records),
            self.shopper.visit().next_wakeup()
        );
    }

    /// Nothing goes wrong any more.
    pub fn calm(&mut self) {
        self.troubles = Troubles { sockets_blocked: self.troubles.sockets_blocked, ..Troubles::default() };
    }

    /// The texts of the log's messages, in order.
    pub fn said(&self) -> Vec<String> {
        let texts = self.edge.log().into_iter().filter_map(|event| match event.body {
            EventBody::Message(message) => Some(message.content.text),
            _ => None,
        });
        texts.collect()
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::SessionAnswered { page, attempt, granted } => {
                if page == self.page && self.there {
                    self.act(if granted {
                        let session = Session {
                            token: "token".into(),
                            conversation: self.edge.id().clone(),
                            resumed: !self.edge.disk.rows.is_empty(),
                        };
                        Input::SessionReady { attempt, session }
                    } else {
                        Input::SessionFailed { attempt, failure: Failure::Unavailable }
                    });
                }
            }
            Step::SocketAnswered { page, attempt, granted } => {
                if page == self.page && self.there {
                    if granted {
                        let connection = ConnectionId(page * 10_000 + u64::from(attempt.0));
                        self.socket = Some((connection, attempt));
                        let out = self.edge.connect(self.now, connection);
                        self.edge_does(out);
                        self.act(Input::SocketOpened(attempt));
                    } else {
                        self.act(Input::SocketClosed { attempt, code: 1006 });
                    }
                }
            }
            Step::FrameToEdge { connection, text } => {
                if self.edge.has(connection) {
                    let input = match decode_client(text.as_bytes()) {
                        Ok(frame) => EdgeInput::Frame { connection: Some(connection), frame },
                        Err(error) => EdgeInput::Unreadable { connection: Some(connection), error },
                    };
                    self.tell(input);
                }
            }
            Step::FrameToPage { connection, text } => {
                if let Some((_, attempt)) = self.socket.filter(|(current, _)| *current == connection) {
                    let frame = decode_server(&text);
                    if let Ok(ServerFrame::Link(link)) = &frame {
                        self.links.push(link.clone());
                    }
                    self.act(Input::FrameReceived { attempt, frame });
                }
            }
            Step::SocketDied { connection } => {
                if self.edge.has(connection) {
                    let out = self.edge.disconnect(self.now, connection);
                    self.edge_does(out);
                }
                if let Some((_, attempt)) = self.socket.filter(|(current, _)| *current == connection) {
                    self.socket = None;
                    self.act(Input::SocketClosed { attempt, code: 1006 });
                }
            }
            Step::Asked { ask, first } => self.asked(ask, first),
            Step::Answered(answer) => self.answered(answer),
            Step::Webhook(body) => {
                let out = self.edge.webhook(self.now, body.to_string().as_bytes());
                self.edge_does(out);
            }
            Step::Delivered { delivery, part, result } => {
                self.tell(EdgeInput::DeliveryFinished { delivery, part, result });
            }
            Step::Sent { number, result } => {
                self.tell_desk(desk::Input::SendFinished { number, result });
            }
        }
    }

    fn page_does(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::CreateSession { attempt, .. } => {
                    let granted = !self.random.chance(self.troubles.refused);
                    let at = self.soon(200);
                    self.schedule(at, Step::SessionAnswered { page: self.page, attempt, granted });
                }
                Effect::OpenSocket { attempt, .. } => {
                    self.close_socket();
                    let refused = self.random.chance(self.troubles.refused);
                    let granted = !refused && !self.troubles.sockets_blocked;
                    let at = self.soon(200);
                    self.schedule(at, Step::SocketAnswered { page: self.page, attempt, granted });
                }
                Effect::CloseSocket => self.close_socket(),
                Effect::SendFrame(frame) => {
                    if let Some((connection, _)) = self.socket {
                        self.last_to_edge = self.soon(100).max(self.last_to_edge);
                        let step = Step::FrameToEdge { connection, text: encode_client(&frame) };
                        self.schedule_on_socket(self.last_to_edge, connection, step);
                    }
                }
                Effect::Poll { attempt, after, .. } => self.ask(attempt, after, None),
                Effect::PostFrames { attempt, after, frames, .. } => {
                    self.ask(attempt, after, Some(encode_frames(&frames)));
                }
                _ => {}
            }
        }
    }

    fn edge_does(&mut self, out: Vec<Out>) {
        for out in out {
            match out {
                Out::Frame(connection, frame) => {
                    self.last_to_page = self.soon(100).max(self.last_to_page);
                    let step = Step::FrameToPage { connection, text: encode_server(&frame) };
                    self.schedule_on_socket(self.last_to_page, connection, step);
                }
                Out::Deliver { delivery, part, body } => {
                    let result = self.graph(&body);
                    let at = self.soon(800);
                    self.schedule(at, Step::Delivered { delivery, part, result });
                }
                Out::Send { number, body } => {
                    let result = self.graph(&body);
                    let at = self.soon(800);
                    self.schedule(at, Step::Sent { number, result });
                }
                Out::Close(connection) => {
                    let at = self.soon(10);
                    self.schedule(at, Step::SocketDied { connection });
                }
                Out::Answer(_) | Out::Link(_) | Out::Invite(_) => {}
            }
        }
    }

    fn graph(&mut self, body: &Value) -> SendResult {
        let (result, echo) = self.messenger.send(body, self.now.0, self.troubles.messenger, &mut self.random);
        if let Some(echo) = echo {
            self.webhook(echo);
        }
        result
    }

    fn close_socket(&mut self) {
        if let Some((connection, _)) = self.socket.take() {
            let at = self.soon(100);
            self.schedule(at, Step::SocketDied { connection });
        }
    }

    /// Frames keep their order on a socket; one that dies takes what is under way with it.
    fn schedule_on_socket(&mut self, at: UnixMillis, connection: ConnectionId, step: Step) {
        let dies = self.random.chance(self.troubles.socket_dies);
        self.schedule(at, if dies { Step::SocketDied { connection } } else { step });
    }

    fn soon(&mut self, most_ms: u64) -> UnixMillis {
        self.now + Millis(1 + self.random.below(most_ms))
    }

    fn schedule(&mut self, at: UnixMillis, step: Step) {
        self.order += 1;
        self.queue.insert((at, self.order), step);
    }
}

/// The demo store's settings.
pub fn demo() -> Settings {
    store::decode(include_str!("../../../stores/demo.json")).unwrap()
}
