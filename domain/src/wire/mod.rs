//! Frames between the widget and the edge.
//!
//! One JSON text per frame. Version 1 is named in the WebSocket subprotocol (`openline.v1`); the
//! session token travels beside it as a second subprotocol (`token.TOKEN`), never in a URL.
//! Without WebSockets the same frames go as a JSON array in `POST …/events` (answered by an array
//! of server frames), and events come from `GET …/events?after=SEQ` as one [`ServerFrame::Events`].

mod frame;
mod problem;
mod rules;
mod service;
mod settings;

pub use frame::{
    ClientFrame, DecodeError, Greeting, Link, Opening, ServerFrame, ServerMessage, Session, SessionRequest,
    Trouble, decode_client, decode_server, encode_client, encode_server,
};

pub use problem::{Fault, PROBLEM_MEDIA_TYPE, Problem, ProblemDetails};
pub use rules::{Conditions, Device, Hours, MomentLimits, Moments, Range, Rule, RuleLimits};
pub use service::{DeletionReceipt, StaffInvitation, StaffRemoval, StaffRequest};
pub use settings::{Corner, Theme, WidgetSettings};

/// The WebSocket subprotocol of this version.
pub const SUBPROTOCOL: &str = "openline.v1";
/// The subprotocol that carries the session token, in front of it.
pub const TOKEN_PREFIX: &str = "token.";
/// The largest frame the edge reads, in bytes.
pub const MAX_CLIENT_FRAME_BYTES: usize = 32 * 1024;
/// How many of the last events a page gets when it says nothing of what it has.
pub const TAIL_EVENTS: usize = 200;
