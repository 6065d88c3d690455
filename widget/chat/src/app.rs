//! The one component with state: it owns the visit, performs its effects, and draws its view.

use crate::components::card::Card;
use crate::components::panel::{Panel, Refs};
use crate::format::Format;
use crate::shell::host::{Host, Options};
use crate::shell::http::request;
use crate::shell::listener::Listener;
use crate::shell::page;
use crate::shell::socket::Socket;
use crate::shell::storage::Kept;
use crate::shell::timer::Timer;
use crate::style::Style;
use domain::ids::Seq;
use domain::message::QuickReply;
use domain::visit::{
    Attempt, Effect, Failure, HandOverView, Input, PageEvent, Said, SessionKey, Visit, VisitView,
    decode_frame, decode_frames, decode_session, encode_frame, encode_frames, encode_session_request,
};
use domain::wire::{ServerFrame, WidgetSettings};
use std::rc::Rc;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement, HtmlTextAreaElement, KeyboardEvent, StorageEvent};
use yew::prelude::*;

/// What a chat is mounted with.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct Mount {
    settings: Rc<WidgetSettings>,
    host: Host,
    base: Rc<str>,
    store: Rc<str>,
    locale: Option<Rc<str>>,
    place: Element,
}

impl Mount {
    pub(crate) fn new(settings: WidgetSettings, options: &Options, host: Host, place: Element) -> Self {
        let store = options.store();
        let base = [options.edge().trim_end_matches('/'), "/v1/", &store, "/"].concat();
        let locale = options.locale().map(Rc::from);
        Self { settings: Rc::new(settings), host, base: base.into(), store: store.into(), locale, place }
    }
}

/// What comes to the component.
pub(crate) enum Msg {
    /// For the visit.
    Visit(Input),
    /// The shopper sent this text.
    Say(String),
    /// The shopper tapped a suggested answer.
    Tap(QuickReply),
    /// The shopper went to another page through a link in the panel.
    Left,
    /// Another sheet of the panel is wanted.
    Sheet(Sheet),
    /// Escape: one step back.
    Back,
    /// The transcript was scrolled: whether its end is in sight.
    Scrolled(bool),
    /// The end of the transcript is wanted.
    ToEnd,
    /// The room for the panel changed.
    Room,
    Locale(String),
    Theme(String),
    Unsupported(&'static str),
}

/// What lies over the transcript.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sheet {
    #[default]
    None,
    Menu,
    Privacy,
}

pub(crate) struct App {
    visit: Visit,
    view: VisitView,
    sheet: Sheet,
    at_end: bool,
    has_news: bool,
    format: Format,
    theme: String,
    kept: Kept,
    socket: Option<Socket>,
    timer: Timer,
    style: Style,
    refs: Refs,
    focus: Option<Focus>,
    draft: Option<String>,
    /// What had the focus when the panel opened.
    opener: Option<HtmlElement>,
    _listeners: Vec<Listener>,
}

#[derive(Clone, Copy)]
enum Focus {
    Composer,
    Opener,
}

impl Component for App {
    type Message = Msg;
    type Properties = Mount;

    fn create(ctx: &Context<Self>) -> Self {
        let mount = ctx.props();
        let visit = Visit::new((*mount.settings).clone());
        let kept = Kept::of(&mount.store);
        let input = ctx.link().callback(Msg::Visit);
        let wake = input.clone();
        ctx.link().send_message(Msg::Visit(Input::Started {
            stored: kept.all(),
            surroundings: page::surroundings(),
        }));
        Self {
            view: visit.view(),
            visit,
            sheet: Sheet::None,
            at_end: true,
            has_news: false,
            format: Format::of(mount.locale.as_deref().or(Some(&mount.settings.locale))),
            theme: String::new(),
            socket: None,
            timer: Timer::new(move || wake.emit(Input::Wake)),
            style: Style::adopt(&mount.place, &mount.settings.theme),
            refs: Refs::default(),
            focus: None,
            draft: None,
            opener: None,
            _listeners: listeners(ctx, &input, &kept),
            kept,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Visit(input) => return self.handle(ctx, input),
            Msg::Say(text) => {
                let Some(id) = page::fresh_id() else { return false };
                self.at_end = true;
                return self.handle(ctx, Input::Sent(Said { id, text, page: page::here() }));
            }
            Msg::Tap(reply) => {
                let Some(id) = page::fresh_id() else { return false };
                self.at_end = true;
                return self.handle(ctx, Input::QuickReplyTapped { reply, id, page: page::here() });
            }
            Msg::Left => return page::is_phone() && self.handle(ctx, Input::Closed),
            Msg::Sheet(sheet) => self.sheet = sheet,
            Msg::Back => return self.back(ctx),
            Msg::Scrolled(at_end) => {
                let changed = self.at_end != at_end;
                self.at_end = at_end;
                self.has_news = self.has_news && !at_end;
                return changed;
            }
            Msg::ToEnd => {
                self.at_end = true;
                self.has_news = false;
            }
            Msg::Room => self.fit(),
            Msg::Locale(tag) => self.format = Format::of(Some(&tag)),
            Msg::Theme(name) => self.theme = name,
            Msg::Unsupported(name) => ctx.props().host.emit(&PageEvent::Error(name)),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let emit = ctx.link().callback(|msg| msg);
        let back = ctx.link().batch_callback(|event: KeyboardEvent| {
            (event.key() == "Escape" && !event.is_composing()).then_some(Msg::Back)
        });
        html! {
            <div class="ol" data-theme={self.theme.clone()} lang="en" onkeydown={back}>
                if let Some(card) = &self.view.card {
                    <Card card={card.clone()} store={ctx.props().settings.name.clone()} emit={emit.clone()} />
                }
                if self.view.open {
                    <Panel
                        view={Rc::new(self.view.clone())}
                        settings={Rc::clone(&ctx.props().settings)}
                        sheet={self.sheet}
                        has_news={self.has_news}
                        format={self.format.clone()}
                        refs={self.refs.clone()}
                        {emit}
                    />
                }
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if let (Some(text), Some(composer)) =
            (self.draft.take(), self.refs.composer.cast::<HtmlTextAreaElement>())
        {
            composer.set_value(&text);
            crate::components::composer::fit(&composer);
        }
        if let (true, Some(log)) = (self.at_end, self.refs.log.cast::<Element>()) {
            log.set_scroll_top(log.scroll_height());
        }
        match self.focus.take() {
            Some(Focus::Composer) => {
                drop(self.refs.composer.cast::<HtmlElement>().map(|composer| composer.focus()))
            }
            Some(Focus::Opener) => drop(self.opener.take().map(|opener| opener.focus())),
            None => {}
        }
    }
}

impl App {
    /// Decide, perform, arm the timer; whether to draw.
    fn handle(&mut self, ctx: &Context<Self>, input: Input) -> bool {
        let now = page::now();
        let was_open = self.view.open;
        if matches!(input, Input::Opened | Input::CardAnswered) && !was_open {
            self.opener = focused(&ctx.props().place);
        }
        for effect in self.visit.handle(now, input) {
            self.perform(ctx, effect);
        }
        self.timer.arm(now, self.visit.next_wakeup());
        let view = self.visit.view();
        if view == self.view {
            return self.focus.is_some() || self.draft.is_some();
        }
        if view.open && !was_open {
            self.draft = Some(self.visit.draft().to_owned());
            self.at_end = true;
            self.fit();
        }
        if !view.open || view.hand_over != HandOverView::Closed {
            self.sheet = Sheet::None;
        }
        self.has_news = !self.at_end && (self.has_news || view.rows.len() > self.view.rows.len());
        self.view = view;
        true
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        let base = &ctx.props().base;
        match effect {
            Effect::CreateSession { attempt, token } => {
                let url = [base, "sessions"].concat();
                answer(ctx, async move {
                    let body = encode_session_request(token.as_deref());
                    let answer = request("POST", &url, None, Some(&body)).await;
                    match answer.and_then(|text| decode_session(&text).map_err(|_| Failure::Unavailable)) {
                        Ok(session) => Input::SessionReady { attempt, session },
                        Err(failure) => Input::SessionFailed { attempt, failure },
                    }
                });
            }
            Effect::OpenSocket { attempt, session } => {
                let url = [base, "conversations/", session.conversation.as_str(), "/live"].concat();
                let url = ["ws", url.strip_prefix("http").unwrap_or_default()].concat();
                let emit = ctx.link().callback(Msg::Visit);
                self.socket = Socket::open(&url, attempt, &session, &emit);
                if self.socket.is_none() {
                    emit.emit(Input::SocketClosed { attempt, code: 1006 });
                }
            }
            Effect::CloseSocket => self.socket = None,
            Effect::SendFrame(frame) => {
                if let Some(socket) = &self.socket {
                    socket.send(&encode_frame(&frame));
                }
            }
            Effect::Poll { attempt, session, after } => {
                let after = after.unwrap_or(Seq(0)).0.to_string();
                let url = [base, "conversations/", session.conversation.as_str(), "/events?after=", &after]
                    .concat();
                answer(ctx, async move {
                    let answer = request("GET", &url, Some(&session.token), None).await;
                    polled(
                        attempt,
                        answer.and_then(|text| {
                            decode_frame(&text).map(|frame| vec![frame]).map_err(|_| Failure::Unavailable)
                        }),
                    )
                });
            }
            Effect::PostFrames { attempt, session, frames } => {
                let url = [base, "conversations/", session.conversation.as_str(), "/events"].concat();
                answer(ctx, async move {
                    let answer =
                        request("POST", &url, Some(&session.token), Some(&encode_frames(&frames))).await;
                    polled(
                        attempt,
                        answer.and_then(|text| decode_frames(&text).map_err(|_| Failure::Unavailable)),
                    )
                });
            }
            Effect::Keep(key, value) => self.kept.put(key, &value),
            Effect::Discard(key) => self.kept.discard(key),
            Effect::KeepUnsent(change) => self.kept.change_outbox(&change),
            Effect::Emit(event) => ctx.props().host.emit(&event),
            Effect::Launcher { open, unread } => ctx.props().host.launcher(open, unread),
            Effect::FocusComposer => self.focus = Some(Focus::Composer),
            Effect::ReturnFocus => self.focus = Some(Focus::Opener),
            Effect::SetDraft(text) => self.draft = Some(text),
            Effect::Export(session) => {
                let url = [&resource(base, &session), "/export"].concat();
                let name = [&ctx.props().store, "-conversation.json"].concat();
                answer(ctx, async move {
                    let copy = request("GET", &url, Some(&session.token), None).await;
                    Input::ExportAnswered(copy.is_ok_and(|copy| page::download(&name, &copy).is_some()))
                });
            }
            Effect::Forget(session) => {
                let url = resource(base, &session);
                answer(ctx, async move {
                    Input::ForgetAnswered(request("DELETE", &url, Some(&session.token), None).await.is_ok())
                });
            }
        }
    }

    /// One step back: the sheet, then the panel, then the card.
    fn back(&mut self, ctx: &Context<Self>) -> bool {
        if self.view.hand_over != HandOverView::Closed {
            return self.handle(ctx, Input::LinkClosed);
        }
        if self.sheet != Sheet::None {
            self.sheet = Sheet::None;
            self.focus = Some(Focus::Composer);
            return true;
        }
        self.handle(ctx, if self.view.open { Input::Closed } else { Input::CardClosed })
    }

    /// A phone's keyboard takes room from the panel, not from the composer.
    fn fit(&self) {
        if let Some(viewport) = web_sys::window().and_then(|window| window.visual_viewport()) {
            self.style.room(viewport.offset_top(), viewport.height());
        }
    }
}

fn resource(base: &str, session: &SessionKey) -> String {
    [base, "conversations/", session.conversation.as_str()].concat()
}

fn polled(attempt: Attempt, answer: Result<Vec<ServerFrame>, Failure>) -> Input {
    match answer {
        Ok(frames) => Input::PollAnswered { attempt, frames },
        Err(failure) => Input::PollFailed { attempt, failure },
    }
}

fn answer(ctx: &Context<App>, answer: impl Future<Output = Input> + 'static) {
    let link = ctx.link().clone();
    spawn_local(async move { link.send_message(Msg::Visit(answer.await)) });
}

/// What has the focus inside the loader's shadow root: the launcher, when it was tapped.
fn focused(place: &Element) -> Option<HtmlElement> {
    let inside = active_element(&place.get_root_node());
    inside.or_else(|| active_element(page::document()?.as_ref()))
}

/// A document's or a shadow root's: web-sys knows the first only.
fn active_element(root: &JsValue) -> Option<HtmlElement> {
    js_sys::Reflect::get(root, &JsValue::from_str("activeElement")).ok()?.dyn_into().ok()
}

fn listeners(ctx: &Context<App>, input: &Callback<Input>, kept: &Kept) -> Vec<Listener> {
    let Some(window) = web_sys::window() else { return Vec::new() };
    let tell = |name, give: fn() -> Input| {
        let input = input.clone();
        Listener::new(&window, name, move |_| input.emit(give()))
    };
    let mut listeners = vec![
        tell("online", || Input::Online),
        tell("offline", || Input::Offline),
        tell("pagehide", || Input::VisibilityChanged(false)),
    ];
    let shown = input.clone();
    listeners.push(Listener::new(&window, "pageshow", move |event| {
        if event
            .dyn_ref::<web_sys::PageTransitionEvent>()
            .is_some_and(web_sys::PageTransitionEvent::persisted)
        {
            shown.emit(Input::VisibilityChanged(page::is_visible()));
            shown.emit(Input::PageShown);
        }
    }));
    let (stored, kept) = (input.clone(), kept.clone());
    listeners.push(Listener::new(&window, "storage", move |event| {
        for (key, value) in
            event.dyn_ref::<StorageEvent>().map(|event| kept.changed(event)).unwrap_or_default()
        {
            stored.emit(Input::TabStored(key, value));
        }
    }));
    if let Some(document) = window.document() {
        let seen = input.clone();
        listeners.push(Listener::new(&document, "visibilitychange", move |_| {
            seen.emit(Input::VisibilityChanged(page::is_visible()));
        }));
    }
    if let Some(viewport) = window.visual_viewport() {
        for name in ["resize", "scroll"] {
            let room = ctx.link().callback(|()| Msg::Room);
            listeners.push(Listener::new(&viewport, name, move |_| room.emit(())));
        }
    }
    listeners
}
