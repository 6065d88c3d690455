//! The panel: header, transcript, composer, and what lies over them.

use super::composer::Composer;
use super::hand_over::HandOver;
use super::icon::{CLOSE, MENU, icon};
use super::sheet::{Confirm, Menu, Privacy};
use super::transcript::Transcript;
use crate::app::{Msg, Sheet};
use crate::format::Format;
use crate::words;
use domain::conversation::Holder;
use domain::visit::{ForgetView, HandOverView, Input, LineView, VisitView};
use domain::wire::WidgetSettings;
use std::rc::Rc;
use yew::prelude::*;

/// The elements the shell reaches for.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Refs {
    pub(crate) composer: NodeRef,
    pub(crate) log: NodeRef,
}

#[derive(PartialEq, Properties)]
pub(crate) struct PanelProps {
    pub(crate) view: Rc<VisitView>,
    pub(crate) settings: Rc<WidgetSettings>,
    pub(crate) sheet: Sheet,
    pub(crate) has_news: bool,
    pub(crate) format: Format,
    pub(crate) refs: Refs,
    pub(crate) emit: Callback<Msg>,
}

#[component]
pub(crate) fn Panel(props: &PanelProps) -> Html {
    let PanelProps { view, settings, sheet, has_news, format, refs, emit } = props;
    let name = settings.name.clone();
    let initial: String = name.chars().take(1).collect();
    let menu = emit.reform({
        let other = if *sheet == Sheet::None { Sheet::Menu } else { Sheet::None };
        move |_: MouseEvent| Msg::Sheet(other)
    });
    html! {
        <section class="panel" role="dialog" aria-label={name.clone()}>
            <header class="head">
                <div class="mark" aria-hidden="true">{ initial }</div>
                <div class="who">
                    <h2 dir="auto">{ name }</h2>
                    <p class={if view.line == LineView::Up || view.line == LineView::Down { "" } else { "faint" }}>
                        { status(view, settings) }
                    </p>
                </div>
                <button
                    type="button"
                    class="round"
                    aria-label="More"
                    aria-expanded={if *sheet == Sheet::Menu { "true" } else { "false" }}
                    onclick={menu}
                >
                    { icon(MENU) }
                </button>
                <button
                    type="button"
                    class="round"
                    aria-label="Close"
                    onclick={emit.reform(|_: MouseEvent| Msg::Visit(Input::Closed))}
                >
                    { icon(CLOSE) }
                </button>
            </header>
            if let Some(text) = trouble(view) {
                <p class="strip" role="status">{ text }</p>
            }
            <div class="middle">
                <Transcript
                    view={Rc::clone(view)}
                    settings={Rc::clone(settings)}
                    has_news={*has_news}
                    format={format.clone()}
                    log={refs.log.clone()}
                    emit={emit.clone()}
                />
                if view.forget != ForgetView::No {
                    <Confirm busy={view.forget == ForgetView::Deleting} emit={emit.clone()} />
                } else if view.hand_over != HandOverView::Closed {
                    <HandOver hand_over={view.hand_over.clone()} channels={settings.channels.clone()} emit={emit.clone()} />
                } else if *sheet == Sheet::Menu {
                    <Menu channels={settings.channels.clone()} emit={emit.clone()} />
                } else if *sheet == Sheet::Privacy {
                    <Privacy days={settings.retention_days} emit={emit.clone()} />
                }
            </div>
            if let Some(remark) = view.remark {
                <p class="strip" role="status">{ words::remark(remark) }</p>
            }
            <Composer
                node={refs.composer.clone()}
                hidden={*sheet != Sheet::None || view.hand_over != HandOverView::Closed || view.forget != ForgetView::No}
                emit={emit.clone()}
            />
        </section>
    }
}

fn status(view: &VisitView, settings: &WidgetSettings) -> String {
    match view.line {
        LineView::Offline => "You are offline".to_owned(),
        LineView::Connecting => "Connecting\u{2026}".to_owned(),
        LineView::Retrying { .. } => "Reconnecting\u{2026}".to_owned(),
        LineView::Up | LineView::Down => match (view.holder, settings.reply_within_minutes) {
            (_, Some(minutes)) => words::replies_within(minutes),
            (Holder::Waiting, None) => "A person will answer".to_owned(),
            (Holder::Staff, None) => "A person answers".to_owned(),
            (Holder::Bot | Holder::OtherApp, None) => "Here to help".to_owned(),
        },
    }
}

fn trouble(view: &VisitView) -> Option<&'static str> {
    match view.line {
        LineView::Offline => Some("No connection. What you write is kept and sent when you are back online."),
        LineView::Retrying { .. } => {
            Some("The store cannot be reached just now. What you write is kept and sent later.")
        }
        LineView::Down | LineView::Connecting | LineView::Up => None,
    }
}
