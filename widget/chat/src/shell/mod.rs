//! The browser: what comes from it as inputs, what is done in it for effects. Nothing here decides.

pub(crate) mod host;
pub(crate) mod http;
pub(crate) mod listener;
pub(crate) mod page;
pub(crate) mod socket;
pub(crate) mod storage;
pub(crate) mod timer;
