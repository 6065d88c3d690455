//! One row of the transcript.

use super::panel::Scene;
use super::piece::{Act, Acts, button, el, line, line_of, text};
use super::rich::{attachments, cards, links, prose};
use crate::text::joined;
use crate::words;
use domain::channel::Channel;
use domain::ids::MessageId;
use domain::message::Author;
use domain::visit::{Group, Message, Row};
use yew::prelude::*;
use yew::virtual_dom::Key;

pub(crate) fn row(row: &Row, scene: &Scene<'_>) -> Html {
    match row {
        Row::Day(day) => line("day", scene.shell.name_of_day(*day, scene.view.today)),
        Row::Notice { notice, .. } => line("note", words::notice(*notice)),
        Row::Opening(words) => {
            place("opening", false, Group { first: true, last: true }, vec![bubble(words)])
        }
        Row::Unsent { id, text, refused, group } => unsent(id, text, *refused, *group, scene.acts),
        Row::Message { message, group, quote, sent } => said(message, *group, quote.as_deref(), *sent, scene),
    }
}

fn unsent(id: &MessageId, words: &str, refused: bool, group: Group, acts: &Acts) -> Html {
    let mut inside = vec![bubble(words)];
    if refused {
        inside.push(line_of(
            "meta failed",
            vec![
                text("Not sent. "),
                button("", "Try again", acts, Act::Retry(id.clone())),
                button("", "Change", acts, Act::Change(id.clone())),
            ],
        ));
    } else if group.last {
        let values = ["meta", "true"];
        inside.push(el("p", &["class", "aria-hidden"], &values, vec![text("Sending\u{2026}")]).into());
    }
    place(id.as_str(), true, group, inside)
}

fn said(message: &Message, group: Group, quote: Option<&str>, sent: bool, scene: &Scene<'_>) -> Html {
    let mut inside = Vec::new();
    let name = match &message.author {
        Author::Staff { name, .. } => name.as_ref(),
        Author::Bot => Some(&scene.settings.bot_name),
        Author::Shopper => None,
    };
    if let Some(name) = name.filter(|name| group.first && !name.is_empty()) {
        inside.push(line("name", name.clone()));
    }
    if let Some(quote) = quote {
        inside.push(line("quote", quote.to_owned()));
    }
    let content = &message.content;
    if message.deleted {
        inside.push(line("bubble gone", "This message was taken back"));
    } else if !content.text.is_empty() {
        inside.push(bubble(&content.text));
    }
    attachments(&content.attachments, &mut inside);
    cards(&content.cards, scene, &mut inside);
    links(&content.links, scene, &mut inside);
    if let Some(emoji) = &message.reaction {
        inside.push(line("reaction", emoji.clone()));
    }
    if group.last || sent {
        inside.push(line("meta", meta(message, sent, scene.shell.time_of(message.at))));
    }
    place(message.id.as_str(), message.author == Author::Shopper, group, inside)
}

fn bubble(words: &str) -> Html {
    line_of("bubble", prose(words))
}

fn meta(message: &Message, sent: bool, mut meta: String) -> String {
    if message.edited {
        meta.push_str(" \u{b7} Edited");
    }
    if message.surface != Channel::Widget {
        meta.push_str(" \u{b7} ");
        meta.push_str(words::channel(message.surface));
    }
    if let Some(channel) = message.forwarded_to.filter(|channel| *channel != message.surface) {
        meta.push_str(" \u{b7} Also in ");
        meta.push_str(words::channel(channel));
    }
    if sent {
        meta.push_str(" \u{b7} Sent");
    }
    meta
}

/// A message keeps its element when the edge takes it: the key is its id.
fn place(key: &str, ours: bool, group: Group, inside: Vec<Html>) -> Html {
    let class = [
        if ours { "row ours" } else { "row theirs" },
        if group.first { " first" } else { "" },
        if group.last { " last" } else { "" },
    ];
    let mut place = el("div", &["class"], &[&joined(&class)], inside);
    place.key = Some(Key::from(key));
    place.into()
}
