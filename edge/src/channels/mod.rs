//! The channels' own services, as their clients.

pub(crate) mod messenger;
