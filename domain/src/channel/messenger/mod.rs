//! Facebook Messenger: what its webhooks say, and what its Send API takes.
//!
//! Pure: signatures are checked in the edge, over the bytes as received, before anything here runs.

mod decode;
mod handshake;
mod json;
mod media;
mod metadata;
mod outcome;
mod render;
mod signature;

pub use super::SendKind;
pub use decode::{MAX_WEBHOOK_BYTES, WebhookError, decode_webhook};
pub use handshake::{HandshakeError, decode_handshake};
pub use metadata::{desk_metadata, is_ours, metadata, parse_metadata};
pub use outcome::{SendOutcome, judge, pause_asked};
pub use render::{render, set_reply_to};
pub use signature::{
    SignedRequest, SignedRequestError, decode_deletion_form, decode_signed_request, parse_signature_header,
};

/// Meta's own app behind the Page inbox, as `new_owner_app_id` and as an echo's `app_id`.
pub const PAGE_INBOX_APP_ID: &str = "263902037430900";

/// The payload of the "Get Started" button, as set in the page's Messenger profile.
pub const GET_STARTED: &str = "GET_STARTED";
