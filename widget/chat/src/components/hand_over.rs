//! The way on to another channel: a link for a phone, a QR code beside it on a desktop, a code to type.

use crate::app::Msg;
use crate::shell::page;
use crate::words;
use domain::channel::Channel;
use domain::message::is_safe_link;
use domain::visit::{HandOverView, Input};
use domain::wire::Link;
use yew::prelude::*;

/// Modules around a QR code, ISO/IEC 18004.
const QUIET_ZONE: usize = 4;

#[derive(PartialEq, Properties)]
pub(crate) struct HandOverProps {
    pub(crate) hand_over: HandOverView,
    pub(crate) channels: Vec<Channel>,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn HandOver(props: &HandOverProps) -> Html {
    let HandOverProps { hand_over, channels, emit } = props;
    let channel = match hand_over {
        HandOverView::Ready(link) => link.channel,
        _ => {
            channels.iter().copied().find(|channel| *channel != Channel::Widget).unwrap_or(Channel::Messenger)
        }
    };
    let name = words::channel(channel);
    let again = emit.reform(move |_: MouseEvent| Msg::Visit(Input::LinkAsked(channel)));
    html! {
        <div class="sheet" role="group" aria-label={["Continue in ", name].concat()}>
            <h3>{ "Continue in " }{ name }</h3>
            {
                match hand_over {
                    HandOverView::Closed | HandOverView::Asked => html! { <p role="status">{ "One moment\u{2026}" }</p> },
                    HandOverView::Ready(link) => ready(link, name),
                    HandOverView::Expired => html! {
                        <>
                            <p role="status">{ "This link has expired." }</p>
                            <button type="button" class="main" onclick={again}>{ "Get a new link" }</button>
                        </>
                    },
                    HandOverView::Failed => html! {
                        <>
                            <p role="alert">{ "No link could be had just now." }</p>
                            <button type="button" class="main" onclick={again}>{ "Try again" }</button>
                        </>
                    },
                }
            }
            <button type="button" class="quiet" onclick={emit.reform(|_: MouseEvent| Msg::Visit(Input::LinkClosed))}>
                { "Back to the chat" }
            </button>
        </div>
    }
}

fn ready(link: &Link, name: &'static str) -> Html {
    let url = if is_safe_link(&link.url) { link.url.clone() } else { String::new() };
    let code = link.code.clone();
    let size = (link.qr.lines().count() + QUIET_ZONE * 2).to_string();
    let on_phone = page::is_phone();
    html! {
        <>
            <p>
                { if on_phone {
                    "The same conversation, on the phone you are holding."
                } else {
                    "Scan this with your phone: the same conversation goes on there."
                } }
            </p>
            if !on_phone {
                <svg class="qr" viewBox={["-4 -4 ", &size, " ", &size].concat()} role="img" aria-label="QR code">
                    <path d={qr_path(&link.qr)} />
                </svg>
            }
            <a class="main button" href={url} target="_blank" rel="noopener">{ "Open " }{ name }</a>
            <p class="code">
                { "If it asks who you are, type " }
                <code>{ link.code.clone() }</code>
                <button type="button" class="quiet" onclick={move |_: MouseEvent| page::copy(&code)}>{ "Copy" }</button>
            </p>
        </>
    }
}

/// One stroke for every run of dark modules.
fn qr_path(rows: &str) -> String {
    let mut path = String::new();
    for (y, row) in rows.lines().enumerate() {
        let mut x = 0;
        for run in row.as_bytes().chunk_by(|one, other| one == other) {
            if run.first() == Some(&b'1') {
                let width = run.len().to_string();
                path.push_str(
                    &["M", &x.to_string(), " ", &y.to_string(), "h", &width, "v1h-", &width, "z"].concat(),
                );
            }
            x += run.len();
        }
    }
    path
}
