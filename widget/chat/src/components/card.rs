//! The proactive card: a word beside the launcher that never takes the focus.

use super::icon::{CLOSE, icon};
use crate::app::Msg;
use domain::visit::{CardView, Input};
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub(crate) struct CardProps {
    pub(crate) card: CardView,
    pub(crate) store: String,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn Card(props: &CardProps) -> Html {
    let card = &props.card;
    let on = |input: Input| props.emit.reform(move |_: MouseEvent| Msg::Visit(input.clone()));
    html! {
        <div class="card" role="status" aria-label={props.store.clone()}>
            <div class="card-from">{ props.store.clone() }</div>
            <p class="card-text" dir="auto">{ card.text.clone() }</p>
            if let Some(reasons) = &card.reasons {
                <ul class="card-why">
                    { for reasons.iter().map(|reason| html! { <li dir="auto">{ reason.clone() }</li> }) }
                    <li>{ "Judged in your browser. Nothing was sent." }</li>
                </ul>
            }
            <div class="card-acts" inert={card.inert}>
                <button type="button" class="main" onclick={on(Input::CardAnswered)}>{ "Reply" }</button>
                <button type="button" onclick={on(Input::CardNotNow)}>{ "Not now" }</button>
                <button
                    type="button"
                    class="quiet"
                    aria-expanded={if card.reasons.is_some() { "true" } else { "false" }}
                    onclick={on(Input::CardWhy)}
                >
                    { "Why am I seeing this?" }
                </button>
                <button type="button" class="card-close round" aria-label="Close" onclick={on(Input::CardClosed)}>
                    { icon(CLOSE) }
                </button>
            </div>
        </div>
    }
}
