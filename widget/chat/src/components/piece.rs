//! The pieces everything is made of.

use crate::app::Msg;
use domain::channel::Channel;
use domain::ids::MessageId;
use domain::message::QuickReply;
use domain::visit::Input;
use std::rc::Rc;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Listener, ListenerKind, VTag, VText};

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

pub(crate) type Emit = Callback<Msg>;

/// What an event on an element says.
pub(crate) enum Act {
    /// Always the same.
    Do(fn() -> Msg),
    /// What the event means, if anything.
    Event(fn(&Event) -> Option<Msg>),
    Answer(QuickReply),
    Change(MessageId),
    Continue(Channel),
    Copy(String),
    Retry(MessageId),
}

/// What happens to an element.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Click,
    Input,
    KeyDown,
    Scroll,
    Submit,
}

struct On {
    kind: Kind,
    emit: Emit,
    act: Act,
}

impl Listener for On {
    fn kind(&self) -> ListenerKind {
        match self.kind {
            Kind::Click => ListenerKind::onclick,
            Kind::Input => ListenerKind::oninput,
            Kind::KeyDown => ListenerKind::onkeydown,
            Kind::Scroll => ListenerKind::onscroll,
            Kind::Submit => ListenerKind::onsubmit,
        }
    }

    fn handle(&self, event: Event) {
        let msg = match &self.act {
            Act::Do(make) => Some(make()),
            Act::Event(read) => read(&event),
            Act::Answer(reply) => Some(Msg::Tap(reply.clone())),
            Act::Change(id) => Some(Msg::Visit(Input::Withdrawn(id.clone()))),
            Act::Continue(channel) => Some(Msg::Visit(Input::LinkAsked(*channel))),
            Act::Copy(text) => Some(Msg::Copy(text.clone())),
            Act::Retry(id) => Some(Msg::Visit(Input::RetryAsked(id.clone()))),
        };
        if let Some(msg) = msg {
            self.emit.emit(msg);
        }
    }

    fn passive(&self) -> bool {
        matches!(self.kind, Kind::Scroll)
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

/// The element, listening.
#[inline(never)]
pub(crate) fn on(mut element: VTag, kind: Kind, emit: &Emit, act: Act) -> Html {
    listen(&mut element, kind, emit, act);
    element.into()
}

#[inline(never)]
pub(crate) fn listen(element: &mut VTag, kind: Kind, emit: &Emit, act: Act) {
    element.add_listener(Rc::new(On { kind, emit: emit.clone(), act }));
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
pub(crate) fn button(class: &'static str, words: &'static str, emit: &Emit, act: Act) -> Html {
    button_of(class, vec![text(words)], emit, act)
}

#[inline(never)]
pub(crate) fn button_of(class: &'static str, inside: Vec<Html>, emit: &Emit, act: Act) -> Html {
    let values = ["button", class, "auto"];
    on(el("button", &["type", "class", "dir"], &values, inside), Kind::Click, emit, act)
}

/// A button that is only a sign.
#[inline(never)]
pub(crate) fn round(
    class: &'static str,
    name: &'static str,
    path: &'static str,
    emit: &Emit,
    act: Act,
) -> Html {
    let values = ["button", class, name];
    on(el("button", &["type", "class", "aria-label"], &values, vec![icon(path)]), Kind::Click, emit, act)
}

/// A link that is known to be safe.
#[inline(never)]
pub(crate) fn anchor(class: &'static str, url: &str, target: &'static str, inside: Vec<Html>) -> VTag {
    let values = [class, url, target, "noopener noreferrer nofollow"];
    el("a", &["class", "href", "target", "rel"], &values, inside)
}

#[inline(never)]
pub(crate) fn image(url: &str, alt: &'static str) -> Html {
    let values = [url, alt, "lazy", "no-referrer"];
    el("img", &["src", "alt", "loading", "referrerpolicy"], &values, Vec::new()).into()
}
