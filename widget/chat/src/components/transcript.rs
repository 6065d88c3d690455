//! What was said.

use super::panel::Scene;
use super::piece::{Act, Acts, block, button, button_of, el, form, icon, line, region, said_line, text};
use super::row::row;
use crate::app::Msg;
use crate::text::joined;
use domain::message::Author;
use domain::visit::{ContactView, Input};
use yew::prelude::*;

pub(crate) fn transcript(scene: &Scene<'_>) -> Vec<Html> {
    let Scene { view, settings, has_news, acts, .. } = *scene;
    let mut rows = vec![line("note", settings.disclosure.clone())];
    if view.has_earlier {
        rows.push(line("note", "Older messages are not shown. They are in the copy you can download."));
    }
    if view.loading {
        rows.push(block("ghosts", dots()));
    }
    rows.extend(view.rows.iter().map(|each| row(each, scene)));
    if let Some(author) = &view.typing {
        rows.push(typing(author));
    }
    if !view.quick_replies.is_empty() {
        let replies = view.quick_replies.iter();
        rows.push(block(
            "chips",
            replies
                .map(|reply| {
                    button_of("chip", vec![text(reply.label.clone())], acts, Act::Answer(reply.clone()))
                })
                .collect(),
        ));
    }
    if let ContactView::Asked { invalid } = view.contact {
        rows.push(contact(invalid, acts));
    }
    // What was said before is not read out when the panel opens.
    let live = if view.loading { "off" } else { "polite" };
    let values = ["log", "log", "Conversation", live, "0"];
    let mut log = el("div", &["class", "role", "aria-label", "aria-live", "tabindex"], &values, rows);
    log.node_ref = scene.log.clone();
    let mut all = vec![log.into()];
    if has_news {
        let inside = vec![icon(icon::DOWN), text("New messages")];
        all.push(button_of("pill", inside, acts, Act::Do(|| Msg::ToEnd)));
    }
    all
}

fn dots() -> Vec<Html> {
    (0..3).map(|_| el("i", &[], &[], Vec::new()).into()).collect()
}

fn typing(author: &Author) -> Html {
    let name = match author {
        Author::Staff { name: Some(name), .. } => joined(&[name, " is writing"]),
        Author::Staff { name: None, .. } | Author::Bot | Author::Shopper => "The store is writing".to_owned(),
    };
    region("bubble typing", "img", &name, dots())
}

fn contact(invalid: bool, acts: &Acts) -> Html {
    let question = el("label", &["for"], &["ol-contact"], vec![text("Where to reach you if you leave")]);
    let names = &["id", "name", "autocomplete", "placeholder", "aria-invalid"];
    let invalid_value = if invalid { "true" } else { "false" };
    let values = ["ol-contact", "contact", "email", "E-mail or phone", invalid_value];
    let field = el("input", names, &values, Vec::new()).into();
    let save = el("button", &["type", "class"], &["submit", "main"], vec![text("Save")]).into();
    let mut inside = vec![question.into(), block("", vec![field, save])];
    if invalid {
        inside.push(said_line("", "alert", "That is neither an e-mail address nor a phone number."));
    }
    inside.push(button("quiet", "No, thank you", acts, Act::Do(|| Msg::Visit(Input::ContactDeclined))));
    form("contact", false, inside, acts, Act::Given(|value| Msg::Visit(Input::ContactGiven(value))))
}
