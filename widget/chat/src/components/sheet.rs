//! What can be laid over the transcript: the menu, what is stored, the last question before deleting.

use super::icon::{BIN, CHAT, LOCK, SAVE, icon};
use crate::app::{Msg, Sheet};
use crate::words;
use domain::channel::Channel;
use domain::visit::Input;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct MenuProps {
    pub(crate) channels: Vec<Channel>,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn Menu(props: &MenuProps) -> Html {
    let on = |input: Input| props.emit.reform(move |_: MouseEvent| Msg::Visit(input.clone()));
    let close = props.emit.reform(|_: MouseEvent| Msg::Sheet(Sheet::None));
    let export = {
        let emit = props.emit.clone();
        move |_: MouseEvent| {
            emit.emit(Msg::Visit(Input::ExportAsked));
            emit.emit(Msg::Sheet(Sheet::None));
        }
    };
    html! {
        <>
        <div class="veil" onclick={close}></div>
        <div class="menu" role="group" aria-label="More">
            { for props.channels.iter().filter(|channel| **channel != Channel::Widget).map(|channel| html! {
                <button type="button" onclick={on(Input::LinkAsked(*channel))}>
                    { icon(CHAT) }{ "Continue in " }{ words::channel(*channel) }
                </button>
            }) }
            <button type="button" onclick={export}>{ icon(SAVE) }{ "Download my data" }</button>
            <button type="button" onclick={props.emit.reform(|_: MouseEvent| Msg::Sheet(Sheet::Privacy))}>
                { icon(LOCK) }{ "What is stored" }
            </button>
            <button type="button" class="danger" onclick={on(Input::ForgetAsked)}>
                { icon(BIN) }{ "Delete this conversation" }
            </button>
        </div>
        </>
    }
}

#[derive(PartialEq, Properties)]
pub(crate) struct PrivacyProps {
    pub(crate) days: u32,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn Privacy(props: &PrivacyProps) -> Html {
    html! {
        <div class="sheet" role="group" aria-label="What is stored">
            <h3>{ "What is stored" }</h3>
            <p>{ "In this browser: a key to this conversation, messages not sent yet, your draft, and whether the chat is open. Nothing before you use the chat, and no cookies." }</p>
            <p>
                { "At the store: what you and the store wrote, with the page you wrote from, for " }
                { props.days }{ " days." }
            </p>
            <p>{ "What you look at and how you move stays in your browser." }</p>
            <button type="button" class="main" onclick={props.emit.reform(|_: MouseEvent| Msg::Sheet(Sheet::None))}>
                { "Back to the chat" }
            </button>
        </div>
    }
}

#[derive(PartialEq, Properties)]
pub(crate) struct ConfirmProps {
    pub(crate) busy: bool,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn Confirm(props: &ConfirmProps) -> Html {
    let on = |input: Input| props.emit.reform(move |_: MouseEvent| Msg::Visit(input.clone()));
    html! {
        <div class="sheet" role="group" aria-label="Delete this conversation">
            <h3>{ "Delete this conversation?" }</h3>
            <p>{ "Everything said here is deleted, here and at the store. This cannot be undone." }</p>
            <button type="button" class="main danger" disabled={props.busy} onclick={on(Input::ForgetConfirmed)}>
                { if props.busy { "Deleting\u{2026}" } else { "Delete" } }
            </button>
            <button type="button" class="quiet" disabled={props.busy} onclick={on(Input::ForgetCancelled)}>{ "Keep it" }</button>
        </div>
    }
}
