//! What is drawn: slices of the view in, messages out.

pub(crate) mod card;
pub(crate) mod composer;
pub(crate) mod hand_over;
pub(crate) mod icon;
pub(crate) mod panel;
pub(crate) mod rich;
pub(crate) mod row;
pub(crate) mod sheet;
pub(crate) mod transcript;
