//! One watched page: its events, the behaviour, and the one timer.

use crate::browser::{
    AbortController, DomEvent, Function, List, MutationObserver, Node, Object, clear_timeout, elements,
    listen_to_document, listen_to_root, listen_to_window, match_media, page_now_ms, pixels, property,
    set_property, set_timeout, unix_now_ms, window,
};
use crate::data_layer::DataLayer;
use crate::{meaning, shop};
use domain::behaviour::{Manners, Page, PageKind, Quiet, Signal, Verdict, Watch};
use domain::time::UnixMillis;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

pub(crate) struct Observer {
    watch: RefCell<Watch>,
    /// When the page's clock was at zero.
    opened_ms: f64,
    on_trigger: Function,
    on_event: Closure<dyn Fn(u32, DomEvent)>,
    listeners: AbortController,
    timer: Cell<Option<Timer>>,
    /// A scroll waits to be measured.
    scrolled: Cell<bool>,
    /// Waits for the page to answer a click.
    answers: MutationObserver,
    /// Products, variants and lines of the cart by number.
    names: List,
    data_layer: Cell<Option<DataLayer>>,
    stopped: Cell<bool>,
}

struct Timer {
    id: JsValue,
    at: UnixMillis,
}

/// Where an event comes from, and what it means.
type Source = (&'static str, fn(&Observer, &DomEvent) -> Option<Signal>);

/// Captured, because the page may stop an event on its way.
const DOCUMENT: [Source; 16] = [
    ("mousemove", |_, event| Some(Signal::PointerMoved { x: event.client_x(), y: event.client_y() })),
    ("mousedown", |_, _| Some(Signal::PointerPressed)),
    ("mouseup", |_, _| Some(Signal::PointerReleased)),
    ("dragend", |_, _| Some(Signal::PointerReleased)),
    ("touchstart", |_, _| Some(Signal::Touched)),
    ("contextmenu", |_, _| Some(Signal::MenuOpened)),
    ("keydown", |_, event| Some(meaning::key(event))),
    ("scroll", |observer, _| observer.measure_scroll()),
    ("click", |observer, event| {
        observer.look_for_overlay();
        observer.await_answer();
        Some(meaning::click(event))
    }),
    ("input", |_, event| meaning::field(event).map(|_| Signal::FieldTyped)),
    ("change", |observer, event| {
        meaning::variant(event).map(|value| Signal::VariantChosen { variant: observer.number(&value) })
    }),
    ("copy", |_, event| meaning::copied(event)),
    ("focusin", |_, event| meaning::field(event).map(Signal::FieldEntered)),
    ("focusout", |_, event| meaning::field(event).map(|_| Signal::FieldLeft)),
    ("visibilitychange", |_, event| {
        Some(if event.target().hidden() { Signal::PageHidden } else { Signal::PageShown })
    }),
    ("fullscreenchange", |_, _| Some(meaning::full_screen())),
];
const WINDOW: [Source; 3] = [
    ("resize", |_, _| Some(meaning::resize())),
    ("blur", |_, _| Some(meaning::blur())),
    ("focus", |_, _| Some(Signal::WindowEntered)),
];
/// Not captured, or every element's would be heard.
const ROOT: [Source; 2] = [
    ("mouseleave", |_, event| {
        Some(Signal::PointerLeft { x: event.client_x(), y: event.client_y(), pressed: event.buttons() != 0 })
    }),
    ("mouseenter", |_, _| Some(Signal::PointerEntered)),
];

/// Numbers of what is no event of the page's: the timer, a scroll that has been drawn, and an answer to a click.
const TIMER: u32 = u32::MAX;
const DRAWN: u32 = u32::MAX - 1;
const ANSWER: u32 = u32::MAX - 2;
/// More names than a shopper has in mind.
const MAX_NAMES: u32 = 500;

impl Observer {
    pub(crate) fn start(manners: Manners, on_trigger: Function) -> Result<Rc<Self>, JsValue> {
        let opened_ms = unix_now_ms() - page_now_ms();
        let page = page(whole_millis(opened_ms));
        let observer = Rc::new_cyclic(|weak: &Weak<Self>| {
            let hearing = weak.clone();
            let on_event = Closure::new(move |number, event| {
                if let Some(observer) = hearing.upgrade() {
                    observer.on_event(number, &event);
                }
            });
            Self {
                watch: RefCell::new(Watch::new(manners, page)),
                opened_ms,
                on_trigger,
                answers: MutationObserver::new(&callback(&on_event, ANSWER)),
                on_event,
                listeners: AbortController::new(),
                timer: Cell::default(),
                scrolled: Cell::default(),
                names: List::new(),
                data_layer: Cell::default(),
                stopped: Cell::default(),
            }
        });
        observer.listen()?;
        observer.find_data_layer();
        if matches!(page.kind, PageKind::Product | PageKind::Other) {
            observer.hear_if(shop::described_product().map(|id| Signal::PageChanged {
                page: PageKind::Product,
                product: Some(observer.number(&id)),
            }));
        }
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
        if let Ok(mut watch) = self.watch.try_borrow_mut() {
            watch.keep_quiet(Quiet { until: whole_millis(until_ms) });
        }
    }

    pub(crate) fn stop(&self) {
        self.stopped.set(true);
        self.listeners.abort();
        self.disarm();
        self.answers.disconnect();
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
            let of_window = number < DOCUMENT.len() + WINDOW.len();
            let listen = if of_window { listen_to_window } else { listen_to_root };
            listen(event, &self.callback(number), &options);
        }
        set_property(&options, "capture", &JsValue::TRUE)?;
        for (number, (event, _)) in DOCUMENT.iter().enumerate() {
            listen_to_document(event, &self.callback(number), &options);
        }
        Ok(())
    }

    fn callback(&self, number: usize) -> Function {
        callback(&self.on_event, u32::try_from(number).unwrap_or(TIMER))
    }

    fn on_event(self: &Rc<Self>, number: u32, event: &DomEvent) {
        match number {
            TIMER => self.wake(),
            DRAWN => {
                self.scrolled.set(false);
                self.hear(Signal::Scrolled { y: pixels(&window(), "scrollY") });
            }
            ANSWER => {
                self.answers.disconnect();
                self.hear(Signal::PageResponded);
            }
            _ => {
                let source = DOCUMENT.iter().chain(&WINDOW).chain(&ROOT).nth(number as usize);
                if let Some(signal) = source.and_then(|(_, signal)| signal(self, event)) {
                    self.hear_at(event.time_stamp(), signal);
                }
            }
        }
    }

    fn wake(self: &Rc<Self>) {
        self.timer.take();
        self.answers.disconnect();
        self.find_data_layer();
        self.look_for_overlay();
        self.hear(Signal::WokeUp);
    }

    fn look_for_overlay(&self) {
        self.hear(if overlay_is_open() { Signal::OverlayOpened } else { Signal::OverlayClosed });
    }

    /// Where the page is can be read for nothing once it has been drawn, and makes it lay itself out before.
    fn measure_scroll(&self) -> Option<Signal> {
        if !self.scrolled.replace(true) {
            set_timeout(&callback(&self.on_event, DRAWN), 0.0);
        }
        None
    }

    fn await_answer(&self) {
        let all = Object::new();
        for what in ["subtree", "childList", "attributes"] {
            let _ = set_property(&all, what, &JsValue::TRUE);
        }
        self.answers.observe(&property(&window(), "document"), &all);
    }

    /// A number for a product, a variant or a line of the cart: the same for the same name.
    pub(crate) fn number(&self, name: &JsValue) -> u32 {
        number(&self.names, name)
    }

    /// Something happened at `at_ms` of the page's clock.
    fn hear_at(&self, at_ms: f64, signal: Signal) {
        if self.stopped.get() {
            return;
        }
        let now = whole_millis(self.opened_ms + at_ms);
        // Never busy: nothing below calls back into us while it is borrowed.
        let Ok(mut watch) = self.watch.try_borrow_mut() else { return };
        let verdict = watch.handle(now, signal);
        let wakeup = watch.next_wakeup();
        drop(watch);
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
        for (reason, _) in verdict.card.reasons() {
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

fn callback(on_event: &Closure<dyn Fn(u32, DomEvent)>, number: u32) -> Function {
    let on_event: &Function = on_event.as_ref().unchecked_ref();
    on_event.bind(&JsValue::NULL, number)
}

fn number(names: &List, name: &JsValue) -> u32 {
    let held = u32::try_from(names.index_of(name));
    held.unwrap_or_else(|_| if names.length() < MAX_NAMES { names.push_value(name) - 1 } else { MAX_NAMES })
}

/// The page as it is found.
fn page(opened: UnixMillis) -> Page {
    let window = window();
    let location = property(&property(&window, "location"), "pathname");
    Page {
        opened,
        kind: shop::page_kind(&location),
        touch: property(&match_media("(pointer:coarse)"), "matches").is_truthy(),
        width: pixels(&window, "innerWidth"),
        height: pixels(&window, "innerHeight"),
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and NaN is 0: as meant"
)]
fn whole_millis(ms: f64) -> UnixMillis {
    UnixMillis(ms as u64)
}
