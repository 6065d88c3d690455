//! Where sockets are blocked the same goes by requests. They are lost, doubled and overtaken; so are their answers.

use super::{Step, World};
use domain::ids::Seq;
use domain::time::{Millis, UnixMillis};
use domain::visit::{Attempt, Failure, Input, decode_frame, decode_frames};
use domain::wire::encode_server;

/// What a page without a socket asks.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    page: u64,
    attempt: Attempt,
    after: Option<Seq>,
    /// What it says with that: frames as JSON.
    frames: Option<String>,
}

/// What comes of it: an answer as JSON, or none.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    ask: Ask,
    text: Option<String>,
}

impl World {
    pub(super) fn ask(&mut self, attempt: Attempt, after: Option<Seq>, frames: Option<String>) {
        let ask = Ask { page: self.page, attempt, after, frames };
        if self.random.chance(self.troubles.request_doubled) {
            let again_at = self.on_its_way();
            self.schedule(again_at, Step::Asked { ask: ask.clone(), first: false });
        }
        let at = self.on_its_way();
        if self.random.chance(self.troubles.request_lost) {
            self.schedule(at, Step::Answered(Answer { ask, text: None }));
        } else {
            self.schedule(at, Step::Asked { ask, first: true });
        }
    }

    pub(super) fn asked(&mut self, ask: Ask, first: bool) {
        let (out, text) = match &ask.frames {
            None => {
                let (out, frame) = self.edge.read(self.now, ask.after);
                (out, encode_server(&frame))
            }
            Some(frames) => {
                let (out, answers) = self.edge.say(self.now, ask.after, frames);
                let answers: Vec<String> = answers.iter().map(encode_server).collect();
                (out, format!("[{}]", answers.join(",")))
            }
        };
        self.edge_does(out);
        // Of a request that somebody repeated on the way, one answer comes back.
        if first {
            let at = self.on_its_way();
            let text = if self.random.chance(self.troubles.request_lost) { None } else { Some(text) };
            self.schedule(at, Step::Answered(Answer { ask, text }));
        }
    }

    pub(super) fn answered(&mut self, answer: Answer) {
        let Answer { ask: Ask { page, attempt, frames, .. }, text } = answer;
        if page == self.page && self.there {
            self.act(match (text, frames) {
                (None, _) => Input::PollFailed { attempt, failure: Failure::Unavailable },
                (Some(text), None) => {
                    Input::PollAnswered { attempt, frames: vec![decode_frame(&text).unwrap()] }
                }
                (Some(text), Some(_)) => {
                    Input::PollAnswered { attempt, frames: decode_frames(&text).unwrap() }
                }
            });
        }
    }

    fn on_its_way(&mut self) -> UnixMillis {
        let most_ms = if self.random.chance(self.troubles.request_late) { 40_000 } else { 300 };
        self.now + Millis(1 + self.random.below(most_ms))
    }
}
