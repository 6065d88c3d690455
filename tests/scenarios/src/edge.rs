//! The edge's shell, natively: storage that survives restarts, KV that survives storage, and nothing else.

use domain::conversation::{Config, Conversation, Effect, Event, Input, Pace, replay};
use domain::desk::{self, Forward, IntakeItem, MemoryRecords};
use domain::ids::{ConnectionId, ConversationId, Seq};
use domain::store::Settings;
use domain::time::UnixMillis;
use domain::wire::{ServerFrame, TAIL_EVENTS, decode_client};
use std::collections::BTreeMap;
use std::rc::Rc;

/// What one object has on disk.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    /// The log.
    pub rows: BTreeMap<u64, Event>,
    /// The last checkpoint.
    pub snapshot: Option<String>,
}

/// What leaves the edge.
#[derive(Debug, Clone)]
pub enum Out {
    /// A frame for a socket.
    Frame(ConnectionId, ServerFrame),
    /// An answer to a page without a socket, in the turn its frame came.
    Answer(ServerFrame),
    /// A call of the Graph API by the conversation.
    Deliver { delivery: domain::conversation::DeliveryId, part: u32, body: serde_json::Value },
    /// A call of the Graph API by the desk.
    Send { number: u64, body: serde_json::Value },
    /// A link was issued.
    Link(domain::wire::Link),
    /// A member of staff was invited.
    Invite(desk::StaffInvite),
    /// A socket was closed.
    Close(ConnectionId),
}

/// One conversation and its store's desk.
pub struct Edge {
    settings: Rc<Settings>,
    pace: Pace,
    /// The conversation's storage.
    pub disk: Disk,
    /// KV, by key.
    pub kv: BTreeMap<String, Vec<Event>>,
    /// How often KV was written.
    pub kv_writes: u32,
    /// The desk's storage.
    pub records: MemoryRecords,
    machine: Option<Conversation>,
    /// The alarm survives the instance that set it.
    alarm: Option<UnixMillis>,
    sockets: BTreeMap<ConnectionId, Option<bool>>,
    id: ConversationId,
    references: u64,
    /// Whether everything was erased.
    pub erased: bool,
}

impl Edge {
    /// An edge for one store with one conversation.
    pub fn new(settings: Rc<Settings>, pace: Pace) -> Self {
        Self {
            settings,
            pace,
            disk: Disk::default(),
            kv: BTreeMap::new(),
            kv_writes: 0,
            records: MemoryRecords::default(),
            machine: None,
            alarm: None,
            sockets: BTreeMap::new(),
            id: ConversationId::parse("c0ffee").unwrap(),
            references: 0,
            erased: false,
        }
    }

    /// The conversation's id.
    pub fn id(&self) -> &ConversationId {
        &self.id
    }

    /// The log as it is on disk.
    pub fn log(&self) -> Vec<Event> {
        self.disk.rows.values().cloned().collect()
    }

    /// The instance dies: memory is gone; hibernating sockets and disks stay.
    pub fn restart(&mut self) {
        self.machine = None;
    }

    /// Sockets do not survive every death.
    pub fn drop_sockets(&mut self) -> Vec<ConnectionId> {
        let gone = self.sockets.keys().copied().collect();
        self.sockets.clear();
        self.machine = None;
        gone
    }

    /// The conversation's own storage is lost; KV is not.
    pub fn wipe(&mut self) {
        self.disk = Disk::default();
        self.machine = None;
    }

    /// Whether a socket is open here.
    pub fn has(&self, connection: ConnectionId) -> bool {
        self.sockets.contains_key(&connection)
    }

    /// A socket opens.
    pub fn connect(&mut self, now: UnixMillis, connection: ConnectionId) -> Vec<Out> {
        self.sockets.insert(connection, None);
        self.handle(now, Input::Connected { connection })
    }

    /// A socket closes.
    pub fn disconnect(&mut self, now: UnixMillis, connection: ConnectionId) -> Vec<Out> {
        self.sockets.remove(&connection);
        self.handle(now, Input::Disconnected { connection })
    }

    /// A page without a socket asks what came after what it has.
    pub fn read(&mut self, now: UnixMillis, after: Option<Seq>) -> (Vec<Out>, ServerFrame) {
        let out = self.handle(now, Input::Polled);
        (out, self.replay(after))
    }

    /// A page without a socket says something; it is told what it lacks, too.
    pub fn say(&mut self, now: UnixMillis, after: Option<Seq>, frames: &str) -> (Vec<Out>, Vec<ServerFrame>) {
        let frames: Vec<serde_json::Value> = serde_json::from_str(frames).unwrap();
        let (mut rest, mut answers) = (Vec::new(), Vec::new());
        for frame in frames {
            let frame = decode_client(frame.to_string().as_bytes()).unwrap();
            for out in self.handle(now, Input::Frame { connection: None, frame }) {
                match out {
                    Out::Answer(frame) => answers.push(frame),
                    out => rest.push(out),
                }
            }
        }
        answers.push(self.replay(after));
        (rest, answers)
    }

    /// When the earliest alarm of both objects rings.
    pub fn next_wakeup(&self) -> Option<UnixMillis> {
        [self.alarm, desk::next_wakeup(&self.records)].into_iter().flatten().min()
    }

    /// Both alarms ring.
    pub fn wake(&mut self, now: UnixMillis) -> Vec<Out> {
        let mut out = self.handle(now, Input::Wake);
        out.extend(self.desk(now, desk::Input::Wake));
        out
    }

    /// A webhook arrives: acknowledged once this returns.
    pub fn webhook(&mut self, now: UnixMillis, body: &[u8]) -> Vec<Out> {
        let Ok(inbounds) = domain::channel::messenger::decode_webhook(body) else { return Vec::new() };
        let fresh = self.id.clone();
        let items =
            inbounds.into_iter().map(|inbound| IntakeItem { inbound, fresh: fresh.clone() }).collect();
        self.desk(now, desk::Input::Intake(items))
    }

    /// An input for the desk, and everything that follows from it here.
    pub fn desk(&mut self, now: UnixMillis, input: desk::Input) -> Vec<Out> {
        let config = desk::Config {
            settings: self.settings.clone(),
            link_base: "https://m.me".into(),
            pace: self.pace,
        };
        let mut out = Vec::new();
        for effect in desk::handle(now, &config, &mut self.records, input) {
            match effect {
                desk::Effect::Forward { number, forward, .. } => {
                    let input = match forward {
                        Forward::Inbound(inbound) => Input::Inbound(*inbound),
                        Forward::Linked(address) => Input::Linked { address },
                        Forward::Unlinked(address) => Input::Unlinked { address },
                        Forward::StaffSaid { id, staff, name, text, answers } => {
                            Input::StaffSaid { id, staff, name, text, answers }
                        }
                        Forward::Forget => Input::Forget,
                    };
                    out.extend(self.handle(now, input));
                    let outcome = desk::ForwardOutcome::Taken;
                    out.extend(self.desk(now, desk::Input::ForwardFinished { number, outcome }));
                }
                desk::Effect::Send { number, body, .. } => out.push(Out::Send { number, body }),
                desk::Effect::Link(link) => out.push(Out::Link(link)),
                desk::Effect::Invite(invite) => out.push(Out::Invite(invite)),
                desk::Effect::StaffRemoved(_) | desk::Effect::Warn(_) => {}
            }
        }
        out
    }

    /// An input for the conversation, and everything that follows from it here.
    pub fn handle(&mut self, now: UnixMillis, input: Input) -> Vec<Out> {
        let mut out = self.awake(now);
        let effects = self.awakened().handle(now, input);
        out.extend(self.perform(now, effects));
        self.alarm = self.machine.as_ref().and_then(Conversation::next_wakeup);
        out
    }

    fn perform(&mut self, now: UnixMillis, effects: Vec<Effect>) -> Vec<Out> {
        let mut out = Vec::new();
        for effect in effects {
            match effect {
                Effect::Append(event) => {
                    let clash = self.disk.rows.insert(event.seq.0, event);
                    assert!(clash.is_none(), "two entries at one place");
                }
                Effect::Redact { seq, flushed } => {
                    redact(self.disk.rows.get_mut(&seq.0));
                    if flushed {
                        for segment in self.kv.values_mut() {
                            redact(segment.iter_mut().find(|event| event.seq == seq));
                        }
                    }
                }
                Effect::Checkpoint(snapshot) => self.disk.snapshot = Some(snapshot.as_str().to_owned()),
                Effect::Trim { up_to } => self.disk.rows.retain(|seq, _| *seq > up_to.0),
                Effect::Send { connection, frame } => out.push(Out::Frame(connection, frame)),
                Effect::Broadcast { to, frame } => {
                    out.extend(to.into_iter().map(|connection| Out::Frame(connection, frame.clone())));
                }
                Effect::Answer(frame) => out.push(Out::Answer(frame)),
                Effect::Replay { connection, after } => out.push(Out::Frame(connection, self.replay(after))),
                Effect::Attach { connection, visible } => {
                    self.sockets.insert(connection, Some(visible));
                }
                Effect::IssueLink { connection, channel } => {
                    self.references += 1;
                    let input = desk::Input::IssueLink {
                        conversation: self.id.clone(),
                        channel,
                        reference: domain::ids::LinkReference::parse(format!("ref-{}", self.references))
                            .unwrap(),
                        code: 100_000 + u32::try_from(self.references).unwrap(),
                    };
                    let issued = self.desk(now, input);
                    let link = issued.iter().find_map(|issued| match issued {
                        Out::Link(link) => Some(link.clone()),
                        _ => None,
                    });
                    out.extend(issued);
                    out.extend(self.handle(now, Input::LinkIssued { connection, link }));
                }
                Effect::Deliver { delivery, part, body } => out.push(Out::Deliver { delivery, part, body }),
                Effect::Relay(relay) => {
                    let up_to = relay.up_to;
                    out.extend(self.desk(now, desk::Input::Relay(relay)));
                    out.extend(self.handle(now, Input::Relayed { up_to, accepted: true }));
                }
                Effect::Flush { first, last } => {
                    let segment: Vec<Event> =
                        self.disk.rows.range(first.0..=last.0).map(|(_, event)| event.clone()).collect();
                    assert_eq!(
                        u64::try_from(segment.len()).unwrap(),
                        last.0 - first.0 + 1,
                        "a segment has gaps"
                    );
                    let key = format!("c/demo/{}/e/{:012}", self.id, first.0);
                    if let Some(before) = self.kv.insert(key, segment.clone()) {
                        assert_eq!(before, segment, "a segment was rewritten with other entries");
                    }
                    self.kv_writes += 2; // the segment and the head
                    out.extend(self.handle(now, Input::Flushed { last, written: true }));
                }
                Effect::Close { connection, .. } => {
                    self.sockets.remove(&connection);
                    out.push(Out::Close(connection));
                }
                Effect::StopAccount(stop) => out.extend(self.desk(now, desk::Input::AccountStopped(stop))),
                Effect::Erase => {
                    self.disk = Disk::default();
                    self.kv.clear();
                    self.erased = true;
                    let id = self.id.clone();
                    out.extend(self.desk(now, desk::Input::Forget(id)));
                }
            }
        }
        out
    }

    fn replay(&self, after: Option<Seq>) -> ServerFrame {
        let last = self.disk.rows.keys().next_back().copied().unwrap_or(0);
        let tail = u64::try_from(TAIL_EVENTS).unwrap();
        let from = after.map_or(last.saturating_sub(tail), |after| after.0);
        replay(
            self.disk.rows.range(from + 1..).map(|(_, event)| event),
            Seq(last),
            after.is_none() && from > 0,
        )
    }

    /// The conversation in memory, brought back from disk or KV if it is not there.
    fn awake(&mut self, now: UnixMillis) -> Vec<Out> {
        if self.machine.is_some() {
            return Vec::new();
        }
        let config = Config {
            conversation: self.id.clone(),
            settings: self.settings.clone(),
            utc_offset_minutes: 0,
            messenger: true,
            pace: self.pace,
        };
        let lost = self.disk.rows.is_empty() && self.disk.snapshot.is_none() && !self.kv.is_empty();
        let mut effects = Vec::new();
        let mut machine = if lost {
            let events: Vec<Event> = self.kv.values().flatten().cloned().collect();
            self.disk.rows = events.iter().map(|event| (event.seq.0, event.clone())).collect();
            let (machine, rebuilt) = Conversation::rebuild(config, now, events);
            effects.extend(rebuilt);
            machine
        } else {
            Conversation::restore(config, self.disk.snapshot.as_deref(), self.log()).unwrap()
        };
        for (connection, visible) in &self.sockets {
            let input = match visible {
                Some(visible) => Input::Resumed { connection: *connection, visible: *visible },
                None => Input::Connected { connection: *connection },
            };
            effects.extend(machine.handle(now, input));
        }
        self.machine = Some(machine);
        self.perform(now, effects)
    }

    fn awakened(&mut self) -> &mut Conversation {
        self.machine.as_mut().unwrap()
    }
}

fn redact(event: Option<&mut Event>) {
    if let Some(event) = event {
        *event = event.clone().redacted();
    }
}
