//! A shopper, the edge and Messenger run against each other under a virtual clock.
//!
//! Everything random comes from one seed: which sockets die, which webhooks are doubled or late, when the edge is
//! restarted, how Messenger misbehaves. A failing seed is the bug report.
#![allow(
    missing_docs,
    clippy::missing_panics_doc,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic
)] // test equipment

pub mod edge;
pub mod messenger;
pub mod random;
pub mod shopper;
pub mod world;
