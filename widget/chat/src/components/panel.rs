//! The panel: header, transcript, composer, and what lies over them.

use super::composer::composer;
use super::hand_over::hand_over;
use super::piece::{Act, Acts, block, el, icon, line, round, said_line, text};
use super::sheet::{confirm, menu, privacy};
use super::transcript::transcript;
use crate::app::{Msg, Sheet};
use crate::shell::Shell;
use crate::words;
use domain::visit::{ForgetView, HandOverView, Input, VisitView};
use domain::wire::WidgetSettings;
use yew::prelude::*;

/// What the panel is drawn from.
pub(crate) struct Scene<'a> {
    pub(crate) view: &'a VisitView,
    pub(crate) settings: &'a WidgetSettings,
    pub(crate) sheet: Sheet,
    pub(crate) has_news: bool,
    pub(crate) shell: &'a Shell,
    pub(crate) composer: &'a NodeRef,
    pub(crate) log: &'a NodeRef,
    pub(crate) acts: &'a Acts,
}

pub(crate) fn panel(scene: &Scene<'_>) -> Html {
    let over = over(scene);
    let covered = over.is_some();
    let mut inside = vec![head(scene)];
    if let Some(words) = words::trouble(scene.view.line) {
        inside.push(said_line("strip", "status", words));
    }
    let mut middle = transcript(scene);
    middle.extend(over);
    if scene.sheet == Sheet::Menu && !covered {
        middle.extend(menu(&scene.settings.channels, scene.shell.is_muted(), scene.acts));
    }
    inside.push(block("middle", middle));
    if let Some(remark) = scene.view.remark {
        inside.push(said_line("strip", "status", words::remark(remark)));
    }
    inside.push(composer(scene.composer, covered, scene.acts));
    let names: &'static [&'static str] = if scene.view.open {
        &["class", "role", "aria-label"]
    } else {
        &["class", "role", "aria-label", "inert"]
    };
    let values = ["panel", "dialog", &scene.settings.name, ""];
    el("div", names, values.get(..names.len()).unwrap_or_default(), inside).into()
}

fn head(scene: &Scene<'_>) -> Html {
    let Scene { view, settings, sheet, acts, .. } = *scene;
    let initial: String = settings.name.chars().take(1).collect();
    let mark = el("div", &["class", "aria-hidden"], &["mark", "true"], vec![text(initial)]).into();
    let name = el("h2", &["dir"], &["auto"], vec![text(settings.name.clone())]).into();
    let status = line("", words::status(view.line, view.holder, settings.reply_within_minutes));
    let toggle: fn() -> Msg =
        if sheet == Sheet::Menu { || Msg::Sheet(Sheet::None) } else { || Msg::Sheet(Sheet::Menu) };
    block(
        "head",
        vec![
            mark,
            block("who", vec![name, status]),
            round("round", "More", icon::MENU, acts, Act::Do(toggle)),
            round("round", "Close", icon::CLOSE, acts, Act::Do(|| Msg::Visit(Input::Closed))),
        ],
    )
}

/// What covers the transcript.
fn over(scene: &Scene<'_>) -> Option<Html> {
    let Scene { view, settings, sheet, acts, .. } = *scene;
    if view.forget != ForgetView::No {
        Some(confirm(view.forget == ForgetView::Deleting, acts))
    } else if view.hand_over != HandOverView::Closed {
        Some(hand_over(scene))
    } else if sheet == Sheet::Privacy {
        Some(privacy(settings.retention_days, acts))
    } else {
        None
    }
}
