//! One watched page: its events, the behaviour, and the one timer.

use crate::browser::{
    AbortController, DomEvent, Function, List, Node, Object, clear_timeout, elements, listen_to_document,
    listen_to_root, listen_to_window, page_now_ms, set_property, set_timeout, unix_now_ms,
};
use crate::data_layer::DataLayer;
use domain::behaviour::{Behaviour, Quiet, Rules, Signal, Verdict};
use domain::time::UnixMillis;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

pub(crate) struct Observer {
    behaviour: RefCell<Behaviour>,
    /// When the page's clock was at zero.
    opened_ms: f64,
    on_trigger: Function,
    on_event: Closure<dyn Fn(u32, DomEvent)>,
    listeners: AbortController,
    timer: Cell<Option<Timer>>,
    data_layer: Cell<Option<DataLayer>>,
    stopped: Cell<bool>,
}

struct Timer {
    id: JsValue,
    at: UnixMillis,
}

/// Where an event comes from, and what it means.
type Source = (&'static str, fn(&DomEvent) -> Option<Signal>);

/// Captured, because the page may stop an event on its way.
const DOCUMENT: [Source; 10] = [
    ("mousemove", |event| Some(Signal::PointerMoved { y: event.client_y() })),
    ("mousedown", |_| Some(Signal::PointerPressed)),
    ("touchstart", |_| Some(Signal::Touched)),
    ("contextmenu", |_| Some(Signal::MenuOpened)),
    ("keydown", |_| Some(Signal::KeyPressed)),
    ("scroll", |_| Some(Signal::Scrolled)),
    ("focusin", |event| is_field(event).then_some(Signal::FieldEntered)),
    ("focusout", |event| is_field(event).then_some(Signal::FieldLeft)),
    ("visibilitychange", |event| {
        Some(if event.target().hidden() { Signal::PageHidden } else { Signal::PageShown })
    }),
    ("fullscreenchange", |_| Some(Signal::WindowResized)),
];
const WINDOW: [Source; 1] = [("resize", |_| Some(Signal::WindowResized))];
/// Not captured, or every element's would be heard.
const ROOT: [Source; 2] = [
    ("mouseleave", |event| Some(Signal::PointerLeft { y: event.client_y(), pressed: event.buttons() != 0 })),
    ("mouseenter", |_| Some(Signal::PointerEntered)),
];

/// The timer's number among the events.
const TIMER: u32 = u32::MAX;

impl Observer {
    pub(crate) fn start(rules: Rules, on_trigger: Function) -> Result<Rc<Self>, JsValue> {
        let opened_ms = unix_now_ms() - page_now_ms();
        let observer = Rc::new_cyclic(|weak: &Weak<Self>| {
            let hearing = weak.clone();
            Self {
                behaviour: RefCell::new(Behaviour::new(rules, whole_millis(opened_ms))),
                opened_ms,
                on_trigger,
                on_event: Closure::new(move |number, event| {
                    if let Some(observer) = hearing.upgrade() {
                        observer.on_event(number, &event);
                    }
                }),
                listeners: AbortController::new(),
                timer: Cell::default(),
                data_layer: Cell::default(),
                stopped: Cell::default(),
            }
        });
        observer.listen()?;
        observer.find_data_layer();
        Ok(observer)
    }

    /// Something happened now.
    pub(crate) fn hear(&self, signal: Signal) {
        self.hear_at(page_now_ms(), signal);
    }

    /// Something happened now, if it means anything.
    pub(crate) fn hear_if(&self, signal: Option<Signal>) {
        if let Some(signal) = signal {
            self.hear(signal);
        }
    }

    pub(crate) fn keep_quiet(&self, until_ms: f64) {
        if let Ok(mut behaviour) = self.behaviour.try_borrow_mut() {
            behaviour.keep_quiet(Quiet { until: whole_millis(until_ms) });
        }
    }

    pub(crate) fn stop(&self) {
        self.stopped.set(true);
        self.listeners.abort();
        self.disarm();
        if let Some(layer) = self.data_layer.take() {
            layer.detach();
        }
    }

    fn listen(&self) -> Result<(), JsValue> {
        // Passive: no event waits for us.
        let options = Object::new();
        set_property(&options, "passive", &JsValue::TRUE)?;
        set_property(&options, "signal", &self.listeners.signal())?;
        for (number, (event, _)) in (DOCUMENT.len()..).zip(WINDOW.iter().chain(&ROOT)) {
            let listen = if number == DOCUMENT.len() { listen_to_window } else { listen_to_root };
            listen(event, &self.callback(number), &options);
        }
        set_property(&options, "capture", &JsValue::TRUE)?;
        for (number, (event, _)) in DOCUMENT.iter().enumerate() {
            listen_to_document(event, &self.callback(number), &options);
        }
        Ok(())
    }

    fn callback(&self, number: usize) -> Function {
        let on_event: &Function = self.on_event.as_ref().unchecked_ref();
        on_event.bind(&JsValue::NULL, u32::try_from(number).unwrap_or(TIMER))
    }

    fn on_event(self: &Rc<Self>, number: u32, event: &DomEvent) {
        if number == TIMER {
            return self.wake();
        }
        let source = DOCUMENT.iter().chain(&WINDOW).chain(&ROOT).nth(number as usize);
        if let Some(signal) = source.and_then(|(_, signal)| signal(event)) {
            self.hear_at(event.time_stamp(), signal);
        }
    }

    fn wake(self: &Rc<Self>) {
        self.timer.take();
        self.find_data_layer();
        self.hear(if overlay_is_open() { Signal::OverlayOpened } else { Signal::OverlayClosed });
        self.hear(Signal::WokeUp);
    }

    /// Something happened at `at_ms` of the page's clock.
    fn hear_at(&self, at_ms: f64, signal: Signal) {
        if self.stopped.get() {
            return;
        }
        let now = whole_millis(self.opened_ms + at_ms);
        // Never busy: nothing below calls back into us while it is borrowed.
        let Ok(mut behaviour) = self.behaviour.try_borrow_mut() else { return };
        let verdict = behaviour.handle(now, signal);
        let wakeup = behaviour.next_wakeup();
        drop(behaviour);
        self.arm(now, wakeup);
        if let Some(verdict) = verdict {
            self.tell(verdict);
        }
    }

    /// Keeps one timer, at or before `wakeup`.
    fn arm(&self, now: UnixMillis, wakeup: Option<UnixMillis>) {
        let Some(at) = wakeup else { return };
        let timer = self.timer.take();
        if timer.as_ref().is_some_and(|timer| timer.at <= at) {
            self.timer.set(timer);
            return;
        }
        self.timer.set(timer);
        self.disarm();
        #[allow(clippy::cast_precision_loss, reason = "spans are far below 2^53")]
        let delay_ms = at.since(now).0 as f64;
        self.timer.set(Some(Timer { id: set_timeout(&self.callback(TIMER as usize), delay_ms), at }));
    }

    fn disarm(&self) {
        if let Some(timer) = self.timer.take() {
            clear_timeout(&timer.id);
        }
    }

    /// Looks for the shop's data layer, which may come late.
    fn find_data_layer(self: &Rc<Self>) {
        let layer = self.data_layer.take().or_else(|| DataLayer::attach(self));
        self.data_layer.set(layer);
    }

    fn tell(&self, verdict: Verdict) {
        let reasons = List::new();
        for reason in verdict.card.reasons() {
            reasons.push(reason.text());
        }
        let _ = self.on_trigger.call(&JsValue::NULL, verdict.rule.name(), &reasons);
    }
}

/// A dialog of the page's that can be seen. Asked only when something is about to be offered.
fn overlay_is_open() -> bool {
    elements("dialog[open],[aria-modal=true]")
        .iter()
        .any(|element| element.unchecked_into::<Node>().client_rects().length() > 0)
}

/// Something that is typed into or chosen from.
fn is_field(event: &DomEvent) -> bool {
    event.target().matches("input,select,textarea,[contenteditable]").unwrap_or(false)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and NaN is 0: as meant"
)]
fn whole_millis(ms: f64) -> UnixMillis {
    UnixMillis(ms as u64)
}
