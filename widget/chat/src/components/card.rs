//! The proactive card: a word beside the launcher that never takes the focus.

use super::piece::{Act, Emit, button, el, icon, line, region, round};
use crate::app::Msg;
use domain::visit::{CardView, Input};
use yew::prelude::*;

pub(crate) fn card(card: &CardView, store: &str, emit: &Emit) -> Html {
    let mut inside = vec![line("card-from", store.to_owned()), line("card-text", card.text.clone())];
    if let Some(reasons) = &card.reasons {
        inside.extend(reasons.iter().map(|reason| line("card-why", reason.clone())));
        inside.push(line("card-why", "Judged in your browser. What you look at was not sent anywhere."));
    }
    let acts = vec![
        button("main", "Reply", emit, Act::Do(|| Msg::Visit(Input::CardAnswered))),
        button("second", "Not now", emit, Act::Do(|| Msg::Visit(Input::CardNotNow))),
        button("quiet", "Why am I seeing this?", emit, Act::Do(|| Msg::Visit(Input::CardWhy))),
        round("card-close round", "Close", icon::CLOSE, emit, Act::Do(|| Msg::Visit(Input::CardClosed))),
    ];
    // A button under the pointer at the moment it appears is not tapped by accident.
    let names: &'static [&'static str] = if card.inert { &["class", "inert"] } else { &["class"] };
    let values = ["card-acts", ""];
    inside.push(el("div", names, values.get(..names.len()).unwrap_or_default(), acts).into());
    region("card", "status", store, inside)
}
