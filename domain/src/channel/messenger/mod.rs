//! Facebook Messenger: what its webhooks say, and what its Send API takes.
//!
//! Pure: signatures are checked in the edge, over the bytes as received, before anything here runs.

mod decode;
mod handshake;
mod json;
mod media;
mod signature;

pub use decode::{MAX_WEBHOOK_BYTES, WebhookError, decode_webhook};
pub use handshake::{HandshakeError, decode_handshake};
pub use signature::{
    SignedRequest, SignedRequestError, decode_deletion_form, decode_signed_request, parse_signature_header,
};

/// Meta's own app behind the Page inbox, as `new_owner_app_id` and as an echo's `app_id`.
pub const PAGE_INBOX_APP_ID: &str = "263902037430900";
