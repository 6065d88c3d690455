//! The pieces everything is made of.

use crate::app::Msg;
use domain::channel::Channel;
use domain::ids::MessageId;
use domain::message::QuickReply;
use domain::visit::{Input, decimal};
use std::cell::Cell;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, VTag, VText};

/// Icons, drawn on a 24 by 24 grid.
pub(crate) mod icon {
    pub(crate) const BELL: &str = "M5 17h14l-1.6-2.6V10a5.4 5.4 0 00-10.8 0v4.4zM10 20h4";
    pub(crate) const BIN: &str = "M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13";
    pub(crate) const CHAT: &str = "M4 12a8 7.5 0 113.4 6.2L4 19.5l1-3.6A7.2 7.2 0 014 12z";
    pub(crate) const CLIP: &str =
        "M20 11.5l-8.2 8.2a5 5 0 01-7-7L13 4.4a3.3 3.3 0 014.7 4.7l-8.3 8.2a1.7 1.7 0 01-2.4-2.3L14.7 7.5";
    pub(crate) const CLOSE: &str = "M6 6l12 12M18 6L6 18";
    pub(crate) const DOWN: &str = "M6 9l6 6 6-6";
    pub(crate) const LOCK: &str = "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3";
    pub(crate) const MENU: &str = "M5 12h.01M12 12h.01M19 12h.01";
    pub(crate) const MUTE: &str = "M5 17h14l-1.6-2.6V10a5.4 5.4 0 00-10.8 0v4.4zM10 20h4M4 4l16 17";
    pub(crate) const SAVE: &str = "M12 4v11M7 11l5 5 5-5M5 20h14";
    pub(crate) const SEND: &str = "M12 19V5M5.5 11.5L12 5l6.5 6.5";
}

/// What a click or a form in the panel says.
pub(crate) enum Act {
    /// Always the same.
    Do(fn() -> Msg),
    /// With the text of the form.
    Given(fn(String) -> Msg),
    Answer(QuickReply),
    Change(MessageId),
    Continue(Channel),
    Copy(String),
    Retry(MessageId),
}

/// What can be done in the panel as it is drawn: an element has the number of its act in an attribute, and the shell,
/// which listens to all of them at once, tells the number. Yew's own listeners weigh 8 KB (brotli).
#[derive(Default)]
pub(crate) struct Acts(Cell<Vec<Act>>);

impl Acts {
    /// Forgets those of the last drawing.
    pub(crate) fn clear(&self) {
        self.0.take();
    }

    /// The number of one more, as an attribute's value.
    #[inline(never)]
    fn add(&self, act: Act) -> String {
        let mut acts = self.0.take();
        acts.push(act);
        let number = decimal(acts.len() - 1);
        self.0.set(acts);
        number
    }

    /// What the act of this number says.
    pub(crate) fn msg(&self, number: u32, text: String) -> Option<Msg> {
        let acts = self.0.take();
        let msg = acts.get(number as usize).map(|act| match act {
            Act::Do(make) => make(),
            Act::Given(make) => make(text),
            Act::Answer(reply) => Msg::Tap(reply.clone()),
            Act::Change(id) => Msg::Visit(Input::Withdrawn(id.clone())),
            Act::Continue(channel) => Msg::Visit(Input::LinkAsked(*channel)),
            Act::Copy(text) => Msg::Copy(text.clone()),
            Act::Retry(id) => Msg::Visit(Input::RetryAsked(id.clone())),
        });
        self.0.set(acts);
        msg
    }
}

/// An element; `values` are those of the attributes named in `names`, in order.
#[inline(never)]
pub(crate) fn el(
    tag: &'static str,
    names: &'static [&'static str],
    values: &[&str],
    inside: Vec<Html>,
) -> VTag {
    let mut element = VTag::new(AttrValue::Static(tag));
    let values = values
        .iter()
        .map(|value| Some(AttributeOrProperty::Attribute(AttrValue::from((*value).to_owned()))))
        .collect();
    element.set_attributes(Attributes::Dynamic { keys: names, values });
    element.add_children(inside);
    element
}

pub(crate) fn text(words: impl Into<AttrValue>) -> Html {
    VText::new(words).into()
}

#[inline(never)]
pub(crate) fn icon(path: &'static str) -> Html {
    let path = el("path", &["d"], &[path], Vec::new()).into();
    el("svg", &["viewBox", "aria-hidden"], &["0 0 24 24", "true"], vec![path]).into()
}

#[inline(never)]
pub(crate) fn block(class: &'static str, inside: Vec<Html>) -> Html {
    el("div", &["class"], &[class], inside).into()
}

/// A part that assistive technology can name.
#[inline(never)]
pub(crate) fn region(class: &'static str, role: &'static str, name: &str, inside: Vec<Html>) -> Html {
    el("div", &["class", "role", "aria-label"], &[class, role, name], inside).into()
}

/// A paragraph of whoever's words, in whichever script.
#[inline(never)]
pub(crate) fn line(class: &'static str, words: impl Into<AttrValue>) -> Html {
    line_of(class, vec![text(words)])
}

#[inline(never)]
pub(crate) fn line_of(class: &'static str, inside: Vec<Html>) -> Html {
    el("p", &["class", "dir"], &[class, "auto"], inside).into()
}

/// A paragraph that is read out when it appears.
#[inline(never)]
pub(crate) fn said_line(class: &'static str, role: &'static str, words: &'static str) -> Html {
    el("p", &["class", "role"], &[class, role], vec![text(words)]).into()
}

#[inline(never)]
pub(crate) fn button(class: &'static str, words: &'static str, acts: &Acts, act: Act) -> Html {
    button_of(class, vec![text(words)], acts, act)
}

#[inline(never)]
pub(crate) fn button_of(class: &'static str, inside: Vec<Html>, acts: &Acts, act: Act) -> Html {
    let values = ["button", class, "auto", &acts.add(act)];
    el("button", &["type", "class", "dir", "data-act"], &values, inside).into()
}

/// A button that is only a sign.
#[inline(never)]
pub(crate) fn round(
    class: &'static str,
    name: &'static str,
    path: &'static str,
    acts: &Acts,
    act: Act,
) -> Html {
    let values = ["button", class, name, &acts.add(act)];
    el("button", &["type", "class", "aria-label", "data-act"], &values, vec![icon(path)]).into()
}

/// A place that takes clicks where there is nothing else.
#[inline(never)]
pub(crate) fn veil(acts: &Acts, act: Act) -> Html {
    el("div", &["class", "data-act"], &["veil", &acts.add(act)], Vec::new()).into()
}

/// A form of one field; `is_inert`: out of reach for now.
#[inline(never)]
pub(crate) fn form(class: &'static str, is_inert: bool, inside: Vec<Html>, acts: &Acts, act: Act) -> Html {
    let names = &["class", "novalidate", "data-form", "inert"];
    let shown = if is_inert { 4 } else { 3 };
    let values = [class, "", &acts.add(act), ""];
    let (names, values) = (names.get(..shown), values.get(..shown));
    el("form", names.unwrap_or_default(), values.unwrap_or_default(), inside).into()
}

/// A link that is known to be safe, to another page.
#[inline(never)]
pub(crate) fn anchor(class: &'static str, url: &str, inside: Vec<Html>) -> Html {
    let values = [class, url, "_blank", "noopener noreferrer nofollow"];
    el("a", &["class", "href", "target", "rel"], &values, inside).into()
}

/// A link to a page of the same shop, where the chat is there again.
#[inline(never)]
pub(crate) fn inner_anchor(class: &'static str, url: &str, inside: Vec<Html>, acts: &Acts) -> Html {
    let values = [class, url, "nofollow", &acts.add(Act::Do(|| Msg::Left))];
    el("a", &["class", "href", "rel", "data-act"], &values, inside).into()
}

#[inline(never)]
pub(crate) fn image(url: &str, alt: &'static str) -> Html {
    let values = [url, alt, "lazy", "no-referrer"];
    el("img", &["src", "alt", "loading", "referrerpolicy"], &values, Vec::new()).into()
}
