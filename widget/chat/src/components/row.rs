//! One row of the transcript.

use super::rich::{attachments, cards, links, prose};
use crate::app::Msg;
use crate::format::Format;
use crate::words;
use domain::channel::Channel;
use domain::message::Author;
use domain::visit::{Group, Input, Message, Row};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct RowProps {
    pub(crate) row: Row,
    pub(crate) today: i64,
    pub(crate) format: Format,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn RowView(props: &RowProps) -> Html {
    let RowProps { row, today, format, emit } = props;
    match row {
        Row::Day(day) => html! { <p class="day"><span>{ format.day(*day, *today) }</span></p> },
        Row::Notice { notice, .. } => html! { <p class="note">{ words::notice(*notice) }</p> },
        Row::Opening(text) => html! {
            <div class="row theirs first last"><div class="bubble theirs" dir="auto">{ prose(text) }</div></div>
        },
        Row::Unsent { id, text, refused, group } => {
            let again = {
                let id = id.clone();
                emit.reform(move |_: MouseEvent| Msg::Visit(Input::RetryAsked(id.clone())))
            };
            let edit = {
                let id = id.clone();
                emit.reform(move |_: MouseEvent| Msg::Visit(Input::Withdrawn(id.clone())))
            };
            html! {
                <div class={classes!("row", "ours", "unsent", edges(*group))}>
                    <div class="bubble ours" dir="auto">{ prose(text) }</div>
                    if *refused {
                        <p class="meta failed">
                            { "Not sent. " }
                            <button type="button" onclick={again}>{ "Try again" }</button>
                            <button type="button" onclick={edit}>{ "Change" }</button>
                        </p>
                    } else if group.last {
                        <p class="meta" aria-hidden="true">{ "Sending\u{2026}" }</p>
                    }
                </div>
            }
        }
        Row::Message { message, group, quote, sent } => {
            said(message, *group, quote.as_deref(), *sent, format, emit)
        }
    }
}

fn said(
    message: &Message,
    group: Group,
    quote: Option<&str>,
    sent: bool,
    format: &Format,
    emit: &Callback<Msg>,
) -> Html {
    let side = if message.author == Author::Shopper { "ours" } else { "theirs" };
    let content = &message.content;
    html! {
        <div class={classes!("row", side, edges(group))}>
            if let (true, Author::Staff { name: Some(name), .. }) = (group.first, &message.author) {
                <p class="name" dir="auto">{ name.clone() }</p>
            }
            if let Some(quote) = quote {
                <p class="quote" dir="auto">{ quote.to_owned() }</p>
            }
            if message.deleted {
                <div class={classes!("bubble", side, "gone")}>{ "This message was taken back" }</div>
            } else if !content.text.is_empty() {
                <div class={classes!("bubble", side)} dir="auto">{ prose(&content.text) }</div>
            }
            { attachments(&content.attachments) }
            { cards(&content.cards, emit) }
            { links(&content.links, emit) }
            if let Some(emoji) = &message.reaction {
                <span class="reaction">{ emoji.clone() }</span>
            }
            if group.last || sent {
                <p class="meta">
                    <time>{ format.time(message.at) }</time>
                    if message.edited { { " \u{b7} Edited" } }
                    if message.surface != Channel::Widget {
                        { " \u{b7} " }{ words::channel(message.surface) }
                    }
                    if let Some(channel) = message.forwarded_to.filter(|channel| *channel != message.surface) {
                        { " \u{b7} Also in " }{ words::channel(channel) }
                    }
                    if sent { { " \u{b7} Sent" } }
                </p>
            }
        </div>
    }
}

fn edges(group: Group) -> Classes {
    classes!(group.first.then_some("first"), group.last.then_some("last"))
}
