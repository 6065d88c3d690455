//! The one component: it owns the visit, performs its effects, and draws its view.

use crate::components::panel::{Scene, panel};
use crate::components::piece::{Acts, el};
use crate::mount::Mount;
use crate::request::Request;
use crate::shell::{Shell, events_path, heard, now};
use crate::text::joined;
use domain::message::QuickReply;
use domain::visit::{
    Attempt, Effect, Failure, ForgetView, HandOverView, Input, PageEvent, Said, SessionKey, Visit, VisitView,
    decode_frame, decode_frames, decode_session, encode_frame, encode_frames, encode_session_request,
};
use domain::wire::{SUBPROTOCOL, ServerFrame, TOKEN_PREFIX};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use yew::prelude::*;

/// What comes to the component.
pub(crate) enum Msg {
    /// For the visit.
    Visit(Input),
    /// The edge answered the request of this number.
    Answer(u32, Result<String, Failure>),
    /// What the act of this number says, with a form's text.
    Act(u32, String),
    /// The composer's text changed.
    Wrote,
    /// The composer's text is to be sent.
    Send,
    /// The shopper tapped a suggested answer.
    Tap(QuickReply),
    /// The shopper went to another page through a link in the panel.
    Left,
    /// The shopper answered a card, perhaps with one of its suggested answers.
    Answered(String, Vec<String>, Option<String>),
    /// The shopper wants no more suggestions, or wants them again.
    Mute(bool),
    /// Another sheet of the panel is wanted.
    Sheet(Sheet),
    /// Escape: one step back.
    Back,
    /// The transcript was scrolled.
    Scrolled,
    /// The end of the transcript is wanted.
    ToEnd,
    /// The room for the panel changed.
    Room,
    Copy(String),
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
    theme: String,
    shell: Option<Shell>,
    composer: NodeRef,
    log: NodeRef,
    acts: Acts,
    focus: Option<Focus>,
    draft: Option<String>,
    /// The panel stands open already; what is new in it can wait for the next frame.
    revealed: bool,
    _tell: Closure<dyn FnMut(u32, u32, Option<String>)>,
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
        let emit = ctx.link().callback(|msg| msg);
        let tell = Closure::<dyn FnMut(u32, u32, Option<String>)>::new(move |kind, number, text| {
            if let Some(msg) = heard(kind, number, text) {
                emit.emit(msg);
            }
        });
        // Without constructable stylesheets there is nothing to show.
        let theme = &mount.settings.theme;
        let shell = Shell::begin(&mount.host, &mount.place, &mount.store, theme, tell.as_ref()).ok();
        let visit = Visit::new(Rc::clone(&mount.settings));
        let started = shell.as_ref().map(|shell| {
            shell.locale(mount.locale.as_deref().unwrap_or(&mount.settings.locale));
            Input::Started { stored: shell.stored(), surroundings: shell.surroundings() }
        });
        let mut app = Self {
            view: visit.view(),
            visit,
            sheet: Sheet::None,
            at_end: true,
            has_news: false,
            theme: String::new(),
            shell,
            composer: NodeRef::default(),
            log: NodeRef::default(),
            acts: Acts::default(),
            focus: None,
            draft: None,
            revealed: false,
            _tell: tell,
        };
        // Not as a message: what the loader says right after mounting would come before it.
        if let Some(started) = started {
            app.handle(ctx, started);
        }
        app
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let Some(input) = self.input(msg) else { return true };
        // What is written is in the composer already.
        let draws = !matches!(input, Input::DraftChanged(_));
        self.handle(ctx, input);
        let revealed = std::mem::take(&mut self.revealed);
        (draws && !revealed) || self.draft.is_some()
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Some(shell) = &self.shell else { return Html::default() };
        self.acts.clear();
        let scene = Scene {
            view: &self.view,
            settings: &ctx.props().settings,
            sheet: self.sheet,
            has_news: self.has_news,
            shell,
            composer: &self.composer,
            log: &self.log,
            acts: &self.acts,
        };
        // Closed it is out of sight and reach: what opening it costs is paid before.
        let values = ["ol", &self.theme, "en"];
        el("div", &["class", "data-theme", "lang"], &values, vec![panel(&scene)]).into()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        let Some(shell) = &self.shell else { return };
        let composer = self.composer.get();
        if let (Some(text), Some(composer)) = (self.draft.take(), &composer) {
            shell.write(composer, &text);
        }
        if let (true, Some(log)) = (self.at_end, self.log.get()) {
            shell.to_end(&log);
        }
        match (self.focus.take(), composer) {
            (Some(Focus::Composer), Some(composer)) if self.view.open => {
                shell.reveal(&composer);
            }
            (Some(Focus::Opener), _) => shell.return_focus(),
            _ => {}
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        if let Some(shell) = &self.shell {
            shell.end();
        }
    }
}

impl App {
    /// What a message means for the visit, if anything.
    fn input(&mut self, msg: Msg) -> Option<Input> {
        let shell = self.shell.as_ref()?;
        match msg {
            Msg::Visit(input) => {
                if input == Input::ExportAsked {
                    self.sheet = Sheet::None;
                    self.focus = Some(Focus::Composer);
                }
                return Some(input);
            }
            Msg::Answer(number, answer) => return self.answered(number, answer),
            Msg::Act(number, text) => {
                let msg = self.acts.msg(number, text)?;
                return self.input(msg);
            }
            Msg::Wrote => {
                let field = self.composer.get()?;
                shell.grow(&field);
                // The transcript gives way to the composer; its end stays in sight.
                if let (true, Some(log)) = (self.at_end, self.log.get()) {
                    shell.to_end(&log);
                }
                return Some(Input::DraftChanged(self.written()?));
            }
            Msg::Send => {
                self.at_end = true;
                self.focus = Some(Focus::Composer);
                return Some(Input::Sent(Said {
                    id: shell.fresh_id()?,
                    text: self.written()?,
                    page: shell.here(),
                }));
            }
            Msg::Tap(reply) => {
                self.at_end = true;
                return Some(Input::QuickReplyTapped { reply, id: shell.fresh_id()?, page: shell.here() });
            }
            Msg::Answered(rule, reasons, reply) => {
                let said = |text| Some(Said { id: shell.fresh_id()?, text, page: shell.here() });
                return Some(Input::CardAnswered { rule, reasons, reply: reply.and_then(said) });
            }
            Msg::Left => return shell.is_phone().then_some(Input::Closed),
            Msg::Sheet(sheet) => self.sheet = sheet,
            Msg::Mute(muted) => shell.mute(muted),
            Msg::Back => return self.back(),
            Msg::Scrolled => {
                self.at_end = self.log.get().is_none_or(|log| shell.is_at_end(&log));
                self.has_news = self.has_news && !self.at_end;
            }
            Msg::ToEnd => {
                self.at_end = true;
                self.has_news = false;
            }
            Msg::Room => shell.fit(),
            Msg::Copy(text) => shell.copy(&text),
            Msg::Locale(tag) => shell.locale(&tag),
            Msg::Theme(name) => self.theme = name,
            Msg::Unsupported(name) => shell.emit(PageEvent::Error(name)),
        }
        None
    }

    /// What stands in the composer.
    fn written(&self) -> Option<String> {
        Some(self.composer.cast::<web_sys::HtmlTextAreaElement>()?.value())
    }

    /// Decide, perform, arm the timer.
    fn handle(&mut self, ctx: &Context<Self>, input: Input) {
        let now = now();
        let was_open = self.view.open;
        let effects = self.visit.handle(now, input);
        let view = self.visit.view();
        let Some(shell) = &self.shell else { return };
        if view.open && !was_open {
            shell.remember_opener();
            shell.fit();
            self.draft = Some(self.visit.draft().to_owned());
            self.at_end = true;
        }
        if !view.open || view.hand_over != HandOverView::Closed || view.forget != ForgetView::No {
            self.sheet = Sheet::None;
        }
        self.has_news = !self.at_end && (self.has_news || view.rows.len() > self.view.rows.len());
        self.view = view;
        for effect in effects {
            self.perform(ctx, effect);
        }
        if let Some(shell) = &self.shell {
            shell.arm(now, self.visit.next_wakeup());
        }
    }

    fn perform(&mut self, ctx: &Context<Self>, effect: Effect) {
        let Some(shell) = &self.shell else { return };
        let base = &ctx.props().base;
        let ask = |request: Request,
                   attempt: Attempt,
                   path: &str,
                   session: Option<&SessionKey>,
                   body: Option<String>| {
            let place = session.map(|session| joined(&["conversations/", session.conversation.as_str()]));
            let url = joined(&[base, place.as_deref().unwrap_or_default(), path]);
            let token = session.map(|session| session.token.as_str());
            shell.ask(request.number(attempt), request.method(), &url, token, body.as_deref());
        };
        match effect {
            Effect::CreateSession { attempt, token } => {
                ask(
                    Request::Session,
                    attempt,
                    "sessions",
                    None,
                    Some(encode_session_request(token.as_deref())),
                );
            }
            Effect::OpenSocket { attempt, session } => {
                let base = base.strip_prefix("http").unwrap_or_default();
                let url = joined(&["ws", base, "conversations/", session.conversation.as_str(), "/live"]);
                shell.connect(
                    attempt.0,
                    &url,
                    vec![SUBPROTOCOL.to_owned(), joined(&[TOKEN_PREFIX, &session.token])],
                );
            }
            Effect::CloseSocket => shell.disconnect(),
            Effect::SendFrame(frame) => shell.send(&encode_frame(&frame)),
            Effect::Poll { attempt, session, after } => {
                ask(Request::Poll, attempt, &events_path(after), Some(&session), None);
            }
            Effect::PostFrames { attempt, session, after, frames } => {
                ask(
                    Request::Post,
                    attempt,
                    &events_path(after),
                    Some(&session),
                    Some(encode_frames(&frames)),
                );
            }
            Effect::Export(session) => ask(Request::Export, Attempt(0), "/export", Some(&session), None),
            Effect::Forget(session) => ask(Request::Forget, Attempt(0), "", Some(&session), None),
            Effect::Keep(key, text) => shell.keep(key, Some(&text)),
            Effect::Discard(key) => shell.keep(key, None),
            Effect::KeepUnsent(change) => shell.change_outbox(&change),
            Effect::Emit(event) => shell.emit(event),
            Effect::Launcher { open, unread, quiet_until } => shell.tell_launcher(open, unread, quiet_until),
            Effect::FocusComposer => match self.composer.get() {
                Some(composer) => {
                    if let Some(text) = self.draft.take() {
                        shell.write(&composer, &text);
                    }
                    self.revealed = shell.reveal(&composer);
                }
                None => self.focus = Some(Focus::Composer),
            },
            Effect::ReturnFocus => self.focus = Some(Focus::Opener),
            Effect::SetDraft(text) => self.draft = Some(text),
        }
    }

    fn answered(&mut self, number: u32, answer: Result<String, Failure>) -> Option<Input> {
        let (request, attempt) = Request::of(number)?;
        let polled = |frames: Result<Vec<ServerFrame>, Failure>| match frames {
            Ok(frames) => Input::PollAnswered { attempt, frames },
            Err(failure) => Input::PollFailed { attempt, failure },
        };
        Some(match request {
            Request::Session => {
                match answer.and_then(|text| decode_session(&text).map_err(|_| Failure::Unavailable)) {
                    Ok(session) => Input::SessionReady { attempt, session },
                    Err(failure) => Input::SessionFailed { attempt, failure },
                }
            }
            Request::Poll => polled(answer.and_then(|text| match decode_frame(&text) {
                Ok(frame) => Ok(vec![frame]),
                Err(_) => Err(Failure::Unavailable),
            })),
            Request::Post => {
                polled(answer.and_then(|text| decode_frames(&text).map_err(|_| Failure::Unavailable)))
            }
            Request::Export => {
                if let (Ok(copy), Some(shell)) = (&answer, &self.shell) {
                    shell.download("conversation.json", copy);
                }
                Input::ExportAnswered(answer.is_ok())
            }
            Request::Forget => Input::ForgetAnswered(matches!(answer, Ok(_) | Err(Failure::Forgotten))),
        })
    }

    /// One step back: what lies over the transcript, then the panel.
    fn back(&mut self) -> Option<Input> {
        if self.view.forget == ForgetView::Confirming {
            Some(Input::ForgetCancelled)
        } else if self.view.hand_over != HandOverView::Closed {
            Some(Input::LinkClosed)
        } else if self.sheet != Sheet::None {
            self.sheet = Sheet::None;
            self.focus = Some(Focus::Composer);
            None
        } else {
            Some(Input::Closed)
        }
    }
}
