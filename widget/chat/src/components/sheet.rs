//! What can be laid over the transcript: the menu, what is stored, the last question before deleting.

use super::piece::{Act, Acts, button, button_of, el, icon, line, region, text, veil};
use crate::app::{Msg, Sheet};
use crate::words;
use domain::channel::Channel;
use domain::visit::Input;
use yew::prelude::*;

const BACK: Act = Act::Do(|| Msg::Sheet(Sheet::None));

pub(crate) fn menu(channels: &[Channel], muted: bool, acts: &Acts) -> Vec<Html> {
    let elsewhere = channels.iter().filter(|channel| **channel != Channel::Widget);
    let mut entries: Vec<Html> = elsewhere
        .map(|channel| {
            let label = vec![icon(icon::CHAT), text("Continue in "), text(words::channel(*channel))];
            button_of("", label, acts, Act::Continue(*channel))
        })
        .collect();
    let mute = if muted {
        ("", icon::BELL, "Allow suggestions again", (|| Msg::Mute(false)) as fn() -> Msg)
    } else {
        ("", icon::MUTE, "No more suggestions", (|| Msg::Mute(true)) as fn() -> Msg)
    };
    for (class, path, words, make) in [
        mute,
        ("", icon::SAVE, "Download my data", || Msg::Visit(Input::ExportAsked)),
        ("", icon::LOCK, "What is stored", || Msg::Sheet(Sheet::Privacy)),
        ("danger", icon::BIN, "Delete this conversation", || Msg::Visit(Input::ForgetAsked)),
    ] {
        entries.push(button_of(class, vec![icon(path), text(words)], acts, Act::Do(make)));
    }
    vec![veil(acts, BACK), region("menu", "group", "More", entries)]
}

pub(crate) fn privacy(days: u32, acts: &Acts) -> Html {
    sheet(
        "What is stored",
        vec![
            line("", words::STORED_HERE),
            line("", words::stored_there(days)),
            line("", words::NOT_STORED),
            button("main", "Back to the chat", acts, BACK),
        ],
    )
}

pub(crate) fn confirm(busy: bool, acts: &Acts) -> Html {
    let mut inside =
        vec![line("", "Everything said here is deleted, here and at the store. This cannot be undone.")];
    if busy {
        inside.push(line("", "Deleting\u{2026}"));
    } else {
        inside.push(button("main danger", "Delete", acts, Act::Do(|| Msg::Visit(Input::ForgetConfirmed))));
        inside.push(button("quiet", "Keep it", acts, Act::Do(|| Msg::Visit(Input::ForgetCancelled))));
    }
    sheet("Delete this conversation?", inside)
}

pub(crate) fn sheet(title: &str, mut inside: Vec<Html>) -> Html {
    inside.insert(0, el("h3", &[], &[], vec![text(title.to_owned())]).into());
    region("sheet", "group", title, inside)
}
