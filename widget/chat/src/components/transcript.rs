//! What was said.

use super::icon::{DOWN, icon};
use super::row::RowView;
use crate::app::Msg;
use crate::format::Format;
use domain::message::Author;
use domain::visit::{ContactView, Input, Row, VisitView};
use domain::wire::WidgetSettings;
use std::rc::Rc;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Closer to the end than this counts as there, in CSS pixels.
const END_IS_NEAR: i32 = 60;

#[derive(PartialEq, Properties)]
pub(crate) struct TranscriptProps {
    pub(crate) view: Rc<VisitView>,
    pub(crate) settings: Rc<WidgetSettings>,
    pub(crate) has_news: bool,
    pub(crate) format: Format,
    pub(crate) log: NodeRef,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn Transcript(props: &TranscriptProps) -> Html {
    let TranscriptProps { view, settings, has_news, format, log, emit } = props;
    let scrolled = emit.reform(|event: Event| {
        let end = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_none_or(|log| log.scroll_height() - log.scroll_top() - log.client_height() < END_IS_NEAR);
        Msg::Scrolled(end)
    });
    html! {
        <>
        <div
            class="log"
            role="log"
            aria-label="Conversation"
            // What was said before is not read out when the panel opens.
            aria-live={if view.loading { "off" } else { "polite" }}
            aria-busy={if view.loading { "true" } else { "false" }}
            tabindex="0"
            ref={log.clone()}
            onscroll={scrolled}
        >
            <p class="note" dir="auto">{ settings.disclosure.clone() }</p>
            if view.has_earlier {
                <p class="note">{ "Older messages are not shown. They are in the copy you can download." }</p>
            }
            if view.loading {
                <div class="ghosts" aria-hidden="true"><i /><i /><i /></div>
            }
            { for view.rows.iter().map(|row| html! {
                <RowView key={key(row)} row={row.clone()} today={view.today} format={format.clone()} emit={emit.clone()} />
            }) }
            if let Some(author) = &view.typing {
                <div class="bubble theirs typing" role="img" aria-label={typing(author)} key="typing"><i /><i /><i /></div>
            }
            if !view.quick_replies.is_empty() {
                <div class="chips" key="chips">
                    { for view.quick_replies.iter().map(|reply| {
                        let tap = { let reply = reply.clone(); emit.reform(move |_: MouseEvent| Msg::Tap(reply.clone())) };
                        html! { <button type="button" dir="auto" onclick={tap}>{ reply.label.clone() }</button> }
                    }) }
                </div>
            }
            { contact(view.contact, emit) }
        </div>
        if *has_news {
            <button type="button" class="pill" onclick={emit.reform(|_: MouseEvent| Msg::ToEnd)}>
                { icon(DOWN) }{ "New messages" }
            </button>
        }
        </>
    }
}

fn typing(author: &Author) -> String {
    match author {
        Author::Staff { name: Some(name), .. } => [name, " is writing"].concat(),
        Author::Staff { name: None, .. } | Author::Bot | Author::Shopper => "The store is writing".to_owned(),
    }
}

/// A message keeps its element when the edge takes it.
fn key(row: &Row) -> String {
    match row {
        Row::Day(day) => ["d", &day.to_string()].concat(),
        Row::Opening(_) => "opening".to_owned(),
        Row::Message { message, .. } => ["m", message.id.as_str()].concat(),
        Row::Unsent { id, .. } => ["m", id.as_str()].concat(),
        Row::Notice { at, notice } => {
            let kind = crate::words::notice(*notice);
            ["n", &at.0.to_string(), &kind].concat()
        }
    }
}

fn contact(contact: ContactView, emit: &Callback<Msg>) -> Html {
    let ContactView::Asked { invalid } = contact else { return Html::default() };
    let give = emit.reform(|event: SubmitEvent| {
        event.prevent_default();
        let form = event.target().and_then(|form| form.dyn_into::<HtmlElement>().ok());
        let field = form.and_then(|form| form.query_selector("input").ok().flatten());
        let value = field
            .and_then(|field| field.dyn_into::<web_sys::HtmlInputElement>().ok())
            .map(|field| field.value());
        Msg::Visit(Input::ContactGiven(value.unwrap_or_default()))
    });
    html! {
        <form class="contact" key="contact" onsubmit={give} novalidate=true>
            <label for="ol-contact">{ "Where may we reach you if you have to leave?" }</label>
            <div>
                <input
                    id="ol-contact"
                    name="contact"
                    autocomplete="email"
                    placeholder="E-mail or phone"
                    aria-invalid={if invalid { "true" } else { "false" }}
                />
                <button type="submit" class="main">{ "Save" }</button>
            </div>
            if invalid {
                <p role="alert">{ "That is neither an e-mail address nor a phone number." }</p>
            }
            <button
                type="button"
                class="quiet"
                onclick={emit.reform(|_: MouseEvent| Msg::Visit(Input::ContactDeclined))}
            >
                { "No, thank you" }
            </button>
        </form>
    }
}
