//! Where the shopper writes.

use super::icon::{SEND, icon};
use crate::app::Msg;
use domain::visit::Input;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::*;

const MOST_LINES: u32 = 6;

#[derive(PartialEq, Properties)]
pub(crate) struct ComposerProps {
    pub(crate) node: NodeRef,
    pub(crate) hidden: bool,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn Composer(props: &ComposerProps) -> Html {
    let ComposerProps { node, hidden, emit } = props;
    let send = {
        let (node, emit) = (node.clone(), emit.clone());
        move || {
            if let Some(field) = node.cast::<HtmlTextAreaElement>() {
                emit.emit(Msg::Say(field.value()));
            }
        }
    };
    let changed = emit.reform(|event: InputEvent| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
        if let Some(field) = &field {
            fit(field);
        }
        Msg::Visit(Input::DraftChanged(field.map(|field| field.value()).unwrap_or_default()))
    });
    let pressed = {
        let send = send.clone();
        move |event: KeyboardEvent| {
            // 229: the key belongs to an input method.
            if event.key() == "Enter"
                && !event.shift_key()
                && !event.is_composing()
                && event.key_code() != 229
            {
                event.prevent_default();
                send();
            }
        }
    };
    let submitted = {
        let node = node.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            send();
            if let Some(field) = node.cast::<HtmlTextAreaElement>() {
                let _ = field.focus();
            }
        }
    };
    html! {
        <form class="composer" onsubmit={submitted} inert={*hidden}>
            <textarea
                ref={node.clone()}
                aria-label="Message"
                placeholder="Write a message\u{2026}"
                rows="1"
                maxlength="4000"
                dir="auto"
                enterkeyhint="send"
                autocomplete="off"
                oninput={changed}
                onkeydown={pressed}
            />
            <button type="submit" aria-label="Send">{ icon(SEND) }</button>
        </form>
    }
}

/// As many lines as the text needs, without a style attribute.
pub(crate) fn fit(field: &HtmlTextAreaElement) {
    field.set_rows(1);
    while field.rows() < MOST_LINES && field.scroll_height() > field.client_height() + 4 {
        field.set_rows(field.rows() + 1);
    }
}
