//! The line to the edge: session, socket, and polling where sockets are blocked.

use super::effect::{Effect, SessionKey};
use super::input::{Attempt, Failure};
use crate::ids::Seq;
use crate::time::{Millis, UnixMillis};
use crate::wire::ClientFrame;

const FIRST_WAIT: Millis = Millis::seconds(1);
const LONGEST_WAIT: Millis = Millis::seconds(60);
/// A line that held so long starts counting its failures anew.
const PROVEN: Millis = Millis::seconds(15);
const SESSION_TIMEOUT: Millis = Millis::seconds(15);
const OPENING_TIMEOUT: Millis = Millis::seconds(10);
const POLL_TIMEOUT: Millis = Millis::seconds(20);
/// A live line that was asked and does not answer for so long is dead.
const PROBE_TIMEOUT: Millis = Millis::seconds(6);
/// Sockets that did not open, while sessions were given, before polling.
const BLOCKED_AFTER: u32 = 2;
const SOCKET_AGAIN_AFTER: Millis = Millis::minutes(3);
const FASTEST_POLL: Millis = Millis::seconds(2);
/// The edge takes a page for gone that did not ask for 15 s.
const SLOWEST_POLL: Millis = Millis::seconds(12);
const HIDDEN_POLL: Millis = Millis::seconds(60);

/// What the line works with.
pub(super) struct Ends<'a> {
    pub(super) token: Option<&'a str>,
    pub(super) session: Option<&'a SessionKey>,
    pub(super) after: Option<Seq>,
    pub(super) visible: bool,
    pub(super) online: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Down,
    Waiting { until: UnixMillis },
    Asking { since: UnixMillis },
    Opening { since: UnixMillis },
    Live { since: UnixMillis, heard_at: UnixMillis, answer_due: Option<UnixMillis> },
    Polling { next_at: UnixMillis, busy_since: Option<UnixMillis>, every: Millis, heard_at: UnixMillis },
}

/// What the shopper should know of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineView {
    /// Nothing to connect yet.
    Down,
    /// For the first time, or again after a moment.
    Connecting,
    /// What is said arrives.
    Up,
    /// No network.
    Offline,
    /// It does not come back at once; next attempt then.
    Retrying {
        /// By the shopper's clock.
        at: UnixMillis,
    },
}

#[derive(Debug, Clone)]
pub(super) struct Line {
    state: State,
    attempt: u32,
    failures: u32,
    unopened: u32,
    session_doubtful: bool,
    socket_again_at: UnixMillis,
    outgoing: Vec<ClientFrame>,
    seed: u64,
}

impl Line {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            state: State::Down,
            attempt: 0,
            failures: 0,
            unopened: 0,
            session_doubtful: false,
            socket_again_at: UnixMillis(0),
            outgoing: Vec::new(),
            // Zero would stay zero for ever.
            seed: seed | 1,
        }
    }

    pub(super) fn is_up(&self) -> bool {
        matches!(self.state, State::Live { .. } | State::Polling { .. })
    }

    pub(super) fn is_current(&self, attempt: Attempt) -> bool {
        attempt.0 == self.attempt
    }

    pub(super) fn is_asking(&self) -> bool {
        matches!(self.state, State::Asking { .. })
    }

    pub(super) fn heard_at(&self) -> UnixMillis {
        match self.state {
            State::Live { heard_at, .. } | State::Polling { heard_at, .. } => heard_at,
            State::Down | State::Waiting { .. } | State::Asking { .. } | State::Opening { .. } => {
                UnixMillis(0)
            }
        }
    }

    pub(super) fn view(&self, online: bool) -> LineView {
        match self.state {
            _ if !online => LineView::Offline,
            State::Down => LineView::Down,
            State::Live { .. } | State::Polling { .. } => LineView::Up,
            State::Waiting { until } if self.failures > 2 => LineView::Retrying { at: until },
            State::Waiting { .. } | State::Asking { .. } | State::Opening { .. } => LineView::Connecting,
        }
    }

    /// Connects if nothing is under way.
    pub(super) fn want(&mut self, now: UnixMillis, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        if self.state == State::Down && ends.online {
            self.connect(now, ends, out);
        }
    }

    /// Connects now, whatever was under way; the number of failures stays.
    pub(super) fn connect(&mut self, now: UnixMillis, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        self.outgoing.clear();
        if !ends.online {
            self.state = State::Down;
            return;
        }
        match ends.session {
            Some(session) if !self.session_doubtful => self.open(now, session, ends, out),
            _ => {
                self.state = State::Asking { since: now };
                let attempt = self.next_attempt();
                out.push(Effect::CreateSession { attempt, token: ends.token.map(str::to_owned) });
            }
        }
    }

    /// Lets go of the line.
    pub(super) fn drop_line(&mut self, out: &mut Vec<Effect>) {
        if matches!(self.state, State::Opening { .. } | State::Live { .. }) {
            out.push(Effect::CloseSocket);
        }
        self.state = State::Down;
        self.outgoing.clear();
        self.next_attempt();
    }

    /// The shopper is back, or the network is: a line that was not just proven is not believed.
    pub(super) fn distrust(&mut self, now: UnixMillis, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        match &mut self.state {
            State::Live { answer_due, .. } => {
                *answer_due = Some(now + PROBE_TIMEOUT);
                out.push(hello(ends));
            }
            State::Polling { next_at, .. } => *next_at = now,
            State::Waiting { .. } => self.connect(now, ends, out),
            State::Down | State::Asking { .. } | State::Opening { .. } => {}
        }
    }

    /// The line is dead, whatever it says of itself.
    pub(super) fn renew(&mut self, now: UnixMillis, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        if self.state != State::Down {
            self.drop_line(out);
            self.connect(now, ends, out);
        }
    }

    pub(super) fn send(&mut self, now: UnixMillis, frame: ClientFrame, out: &mut Vec<Effect>) {
        match &mut self.state {
            State::Live { .. } => out.push(Effect::SendFrame(frame)),
            State::Polling { next_at, every, .. } => {
                // Presence and typing are not worth a request.
                if !matches!(frame, ClientFrame::Typing | ClientFrame::Visible(_) | ClientFrame::Hello { .. })
                {
                    self.outgoing.push(frame);
                    *next_at = now;
                    *every = FASTEST_POLL;
                }
            }
            State::Down | State::Waiting { .. } | State::Asking { .. } | State::Opening { .. } => {}
        }
    }

    pub(super) fn session_ready(&mut self, now: UnixMillis, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        self.session_doubtful = false;
        if let Some(session) = ends.session {
            if self.unopened >= BLOCKED_AFTER && now < self.socket_again_at {
                self.poll_from(now);
                self.poll(now, ends, out);
            } else {
                self.open(now, session, ends, out);
            }
        }
    }

    pub(super) fn failed(&mut self, now: UnixMillis, failure: Failure) {
        match failure {
            Failure::SlowDown { retry_after_ms } => {
                self.wait(now);
                let not_before = now + Millis(retry_after_ms.min(Millis::hours(1).0));
                if let State::Waiting { until } = &mut self.state {
                    *until = (*until).max(not_before);
                }
            }
            Failure::Refused | Failure::Forgotten => {
                self.session_doubtful = true;
                // No sense in asking often for what is refused.
                self.failures = self.failures.max(4);
                self.wait(now);
            }
            Failure::Unavailable => self.wait(now),
        }
    }

    pub(super) fn socket_opened(&mut self, now: UnixMillis, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        self.unopened = 0;
        self.state = State::Live { since: now, heard_at: now, answer_due: Some(now + OPENING_TIMEOUT) };
        out.push(hello(ends));
    }

    pub(super) fn socket_closed(&mut self, now: UnixMillis, code: u16) {
        match self.state {
            State::Opening { .. } => {
                self.unopened = self.unopened.saturating_add(1);
                // Sockets do not tell why they were refused; the session request does.
                self.session_doubtful = true;
                if self.unopened >= BLOCKED_AFTER {
                    self.socket_again_at = now + SOCKET_AGAIN_AFTER;
                }
            }
            State::Live { since, .. } => {
                if now.since(since) >= PROVEN {
                    self.failures = 0;
                }
                // 1008 and the application's own codes: the edge had a reason.
                self.session_doubtful = code == 1008 || code >= 4_000;
            }
            State::Down | State::Waiting { .. } | State::Asking { .. } | State::Polling { .. } => return,
        }
        self.wait(now);
    }

    pub(super) fn heard(&mut self, now: UnixMillis) {
        if let State::Live { heard_at, answer_due, .. } = &mut self.state {
            *heard_at = now;
            *answer_due = None;
        }
    }

    /// `news`: something came with the answer, so that more may follow soon.
    pub(super) fn poll_answered(&mut self, now: UnixMillis, news: bool, ends: &Ends<'_>) {
        self.failures = 0;
        if let State::Polling { next_at, busy_since, every, heard_at } = &mut self.state {
            *busy_since = None;
            *heard_at = now;
            let slower = Millis(every.0.saturating_mul(3) / 2).min(SLOWEST_POLL);
            *every = if news { FASTEST_POLL } else { slower };
            let pause = if ends.visible { *every } else { HIDDEN_POLL };
            // What was to be said meanwhile does not wait.
            *next_at = if self.outgoing.is_empty() { now + pause } else { now };
        }
    }

    /// What time alone brings about.
    pub(super) fn wake(&mut self, now: UnixMillis, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        match self.state {
            State::Waiting { until } if now >= until => self.connect(now, ends, out),
            State::Asking { since } if now >= since + SESSION_TIMEOUT => {
                self.next_attempt();
                self.wait(now);
            }
            State::Opening { since } if now >= since + OPENING_TIMEOUT => {
                out.push(Effect::CloseSocket);
                self.next_attempt();
                self.socket_closed(now, 1006);
            }
            State::Live { answer_due: Some(due), .. } if now >= due => self.renew(now, ends, out),
            State::Polling { busy_since: Some(since), .. } if now >= since + POLL_TIMEOUT => {
                self.next_attempt();
                self.wait(now);
            }
            State::Polling { busy_since: None, .. } if now >= self.socket_again_at => {
                self.unopened = BLOCKED_AFTER.saturating_sub(1);
                self.connect(now, ends, out);
            }
            State::Polling { busy_since: None, next_at, .. } if now >= next_at => self.poll(now, ends, out),
            _ => {}
        }
    }

    pub(super) fn wakeup(&self) -> Option<UnixMillis> {
        match self.state {
            State::Down | State::Live { answer_due: None, .. } => None,
            State::Waiting { until } => Some(until),
            State::Asking { since } => Some(since + SESSION_TIMEOUT),
            State::Opening { since } => Some(since + OPENING_TIMEOUT),
            State::Live { answer_due, .. } => answer_due,
            State::Polling { busy_since: Some(since), .. } => Some(since + POLL_TIMEOUT),
            State::Polling { busy_since: None, next_at, .. } => Some(next_at.min(self.socket_again_at)),
        }
    }

    fn open(&mut self, now: UnixMillis, session: &SessionKey, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        if self.unopened >= BLOCKED_AFTER && now < self.socket_again_at {
            self.poll_from(now);
            self.poll(now, ends, out);
            return;
        }
        self.state = State::Opening { since: now };
        let attempt = self.next_attempt();
        out.push(Effect::OpenSocket { attempt, session: session.clone() });
    }

    fn poll_from(&mut self, now: UnixMillis) {
        self.state = State::Polling { next_at: now, busy_since: None, every: FASTEST_POLL, heard_at: now };
    }

    /// Says what is to be said, or asks what is new.
    fn poll(&mut self, now: UnixMillis, ends: &Ends<'_>, out: &mut Vec<Effect>) {
        let Some(session) = ends.session.cloned() else { return };
        let attempt = self.next_attempt();
        if let State::Polling { busy_since, .. } = &mut self.state {
            *busy_since = Some(now);
        }
        out.push(if self.outgoing.is_empty() {
            Effect::Poll { attempt, session, after: ends.after }
        } else {
            let frames = core::mem::take(&mut self.outgoing);
            Effect::PostFrames { attempt, session, after: ends.after, frames }
        });
    }

    fn wait(&mut self, now: UnixMillis) {
        let longest = FIRST_WAIT.0.saturating_mul(1 << self.failures.min(10)).min(LONGEST_WAIT.0);
        self.failures = self.failures.saturating_add(1);
        // Half of it is certain, half by chance: pages that lost the edge together do not come back together.
        let half = longest / 2;
        let by_chance = self.next_random() % half.max(1);
        self.outgoing.clear();
        self.state = State::Waiting { until: now + Millis(half.saturating_add(by_chance)) };
    }

    fn next_attempt(&mut self) -> Attempt {
        self.attempt = self.attempt.wrapping_add(1);
        Attempt(self.attempt)
    }

    /// xorshift64: enough to spread attempts.
    fn next_random(&mut self) -> u64 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        self.seed
    }
}

fn hello(ends: &Ends<'_>) -> Effect {
    Effect::SendFrame(ClientFrame::Hello { after: ends.after, visible: ends.visible })
}
