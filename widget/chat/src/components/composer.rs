//! Where the shopper writes.

use super::piece::{Act, Acts, el, form, icon};
use crate::app::Msg;
use yew::prelude::*;

pub(crate) fn composer(node: &NodeRef, covered: bool, acts: &Acts) -> Html {
    let names = &["aria-label", "placeholder", "rows", "maxlength", "dir", "enterkeyhint", "autocomplete"];
    let values = ["Message", "Write a message", "1", "4000", "auto", "send", "off"];
    let mut field = el("textarea", names, &values, Vec::new());
    field.node_ref = node.clone();
    let send = el("button", &["type", "aria-label"], &["submit", "Send"], vec![icon(icon::SEND)]);
    form("composer", covered, vec![field.into(), send.into()], acts, Act::Do(|| Msg::Send))
}
