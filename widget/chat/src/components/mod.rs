//! What is drawn: functions over slices of the view, messages out.
//!
//! Plain functions over a few common pieces rather than components and `html!`: a component type costs 1.5 KB (brotli)
//! and an element written out in place a hundred bytes, of the 84 KB the whole chat may weigh.

pub(crate) mod composer;
pub(crate) mod hand_over;
pub(crate) mod panel;
pub(crate) mod piece;
pub(crate) mod rich;
pub(crate) mod row;
pub(crate) mod sheet;
pub(crate) mod transcript;
