//! One watched page: its events, the behaviour, and the one timer.

use crate::browser::{
    AbortController, DomEvent, Function, List, MutationObserver, Node, Object, clear_timeout, elements, list,
    listen_to_document, listen_to_root, listen_to_window, match_media, page_now_ms, pixels, property, put,
    set_property, set_timeout, text, text_value, unix_now_ms, whole, window,
};
use crate::data_layer::DataLayer;
use crate::products::{Described, by_address};
use crate::{meaning, shop};
use domain::behaviour::{
    CartEdit, CommerceEvent, Manners, Moment, POINTS_VERSION, Page, PageKind, Quiet, Signal, Watch, number_of,
};
use domain::time::UnixMillis;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use wasm_bindgen::prelude::*;

pub(crate) struct Observer {
    pub(crate) watch: RefCell<Watch>,
    /// When the page's clock was at zero.
    opened_ms: f64,
    card: Function,
    remember: Function,
    /// The shopper consented to the next page knowing of this one.
    remembering: Cell<bool>,
    on_event: Closure<dyn Fn(u32, DomEvent)>,
    listeners: AbortController,
    timer: Cell<Option<Timer>>,
    /// When the pointer's way was last sampled, on the page's clock.
    sampled_ms: Cell<f64>,
    /// A scroll waits to be measured.
    scrolled: Cell<bool>,
    /// Waits for the page to answer a click.
    answers: MutationObserver,
    /// So many changes of the page are still looked at for what became of a coupon.
    coupon_looks: Cell<u32>,
    /// When something was put into the cart, on the page's clock: forms and GA4 tell of the same act.
    added_ms: Cell<f64>,
    address: RefCell<JsValue>,
    described: Described,
    /// The product of this address, and what GA4 calls it.
    shown: Cell<(Option<u32>, Option<u32>)>,
    currency_unit: f64,
    data_layer: RefCell<Option<DataLayer>>,
    last: RefCell<Vec<(UnixMillis, &'static str)>>,
    stopped: Cell<bool>,
}

struct Timer {
    id: JsValue,
    at: UnixMillis,
}

/// Where an event comes from, and what it means.
type Source = (&'static str, fn(&Observer, &DomEvent) -> Option<Signal>);

/// Captured, because the page may stop an event on its way.
const DOCUMENT: [Source; 18] = [
    ("mousemove", |observer, event| observer.sample(event)),
    ("mousedown", |_, _| Some(Signal::PointerPressed)),
    ("mouseup", |_, _| Some(Signal::PointerReleased)),
    ("dragend", |_, _| Some(Signal::PointerReleased)),
    ("touchstart", |_, _| Some(Signal::Touched)),
    ("contextmenu", |_, _| Some(Signal::MenuOpened)),
    ("keydown", |_, event| Some(meaning::key(event))),
    ("scroll", |observer, _| observer.measure_scroll()),
    ("click", |observer, event| {
        observer.look_around();
        observer.await_answer();
        observer.hear_if(meaning::cart_click(event));
        Some(meaning::click(event))
    }),
    ("submit", |observer, event| {
        observer.await_answer();
        observer.submitted(event)
    }),
    ("invalid", |_, event| meaning::coupon_refused(event)),
    ("input", |_, event| meaning::field(event).map(|_| Signal::FieldTyped)),
    ("change", |_, event| meaning::changed(event)),
    ("copy", |_, event| meaning::copied(event)),
    ("focusin", |_, event| meaning::field(event).map(Signal::FieldEntered)),
    ("focusout", |_, event| meaning::field(event).map(|_| Signal::FieldLeft)),
    ("visibilitychange", |_, event| {
        Some(if event.target().hidden() { Signal::PageHidden } else { Signal::PageShown })
    }),
    ("fullscreenchange", |_, _| Some(meaning::full_screen())),
];
const WINDOW: [Source; 6] = [
    ("resize", |_, _| Some(meaning::resize())),
    ("blur", |_, _| Some(meaning::blur())),
    ("focus", |_, _| Some(Signal::WindowEntered)),
    ("popstate", |observer, _| observer.look_where()),
    ("pagehide", |observer, _| observer.tell_next_page()),
    // From the browser's memory, perhaps with another data layer than it left with.
    ("pageshow", |observer, _| observer.look_where()),
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
/// A little less than a frame of a screen at 60 Hz, so that none is left out for coming early.
const SAMPLE_MS: f64 = 12.0;
/// A form and GA4 tell of the same act within so long.
const SAME_ACT_MS: f64 = 3_000.0;
const COUPON_LOOKS: u32 = 40;
const LAST_SIGNALS: usize = 20;

impl Observer {
    pub(crate) fn start(
        manners: Manners,
        currency_unit: f64,
        kept: &JsValue,
        card: Function,
        remember: Function,
    ) -> Result<Rc<Self>, JsValue> {
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
                card,
                remember,
                remembering: Cell::default(),
                answers: MutationObserver::new(&callback(&on_event, ANSWER)),
                on_event,
                listeners: AbortController::new(),
                timer: Cell::default(),
                sampled_ms: Cell::default(),
                scrolled: Cell::default(),
                coupon_looks: Cell::default(),
                added_ms: Cell::new(-SAME_ACT_MS),
                address: RefCell::default(),
                described: Described::default(),
                shown: Cell::default(),
                currency_unit,
                data_layer: RefCell::default(),
                last: RefCell::default(),
                stopped: Cell::default(),
            }
        });
        observer.listen()?;
        if let Ok(mut watch) = observer.watch.try_borrow_mut() {
            watch.come_from(host_of(&property(&document(), "referrer")));
        }
        observer.resume(kept);
        observer.look_where();
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

    /// The cart is worth so much.
    pub(crate) fn hear_of_worth(&self, worth: f64) {
        let minor_units = whole(&(worth * self.currency_unit + 0.5).into());
        self.hear_if(minor_units.map(|minor_units| Signal::CartWorth { minor_units }));
    }

    /// Something was put into the cart: whether that was told already.
    pub(crate) fn heard_of_adding(&self) -> bool {
        let now = page_now_ms();
        now - self.added_ms.replace(now) < SAME_ACT_MS
    }

    /// GA4 tells of a product by its own number. The page may have described the same one before.
    pub(crate) fn show_product(&self, told: u32) {
        self.hear(Signal::Commerce { event: CommerceEvent::ViewItem, items: None });
        let product = match self.shown.get() {
            (Some(described), None) => {
                self.shown.set((Some(described), Some(told)));
                return;
            }
            (Some(described), Some(alias)) if alias == told => described,
            (shown, _) => {
                self.shown.set((shown.or(Some(told)), Some(told)));
                told
            }
        };
        self.hear(Signal::PageChanged { page: PageKind::Product, product: Some(product) });
    }

    pub(crate) fn set_quiet(&self, until_ms: f64) {
        if let Ok(mut watch) = self.watch.try_borrow_mut() {
            watch.set_quiet(Quiet { until: whole_millis(until_ms) });
        }
    }

    pub(crate) fn quiet_until_ms(&self) -> f64 {
        self.watch.try_borrow().map_or(0.0, |watch| to_ms(watch.quiet().until))
    }

    pub(crate) fn consent(&self, granted: bool) {
        self.remembering.set(granted);
        self.tell_next_page();
    }

    pub(crate) fn resume(&self, kept: &JsValue) {
        let row: Vec<u64> = list(kept).map_while(|number| whole(&number)).collect();
        list(kept).filter(JsValue::is_string).for_each(|json| self.described.read(&json));
        if let Ok(mut watch) = self.watch.try_borrow_mut() {
            watch.resume(self.now(), &row);
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

    /// The last signals, the latest last.
    pub(crate) fn last_signals(&self) -> List {
        let told = List::new();
        for (at, name) in self.last.try_borrow().iter().flat_map(|last| last.iter()) {
            let signal = Object::new();
            put(&signal, "at", &to_ms(*at).into());
            put(&signal, "signal", &text_value(name));
            told.push_value(&signal);
        }
        told
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
            ANSWER => self.answered(),
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
        self.look_around();
        self.hear(Signal::WokeUp);
    }

    /// The page changed after a click.
    fn answered(&self) {
        let looks = self.coupon_looks.get();
        if looks == 0 {
            self.answers.disconnect();
        } else if meaning::shows_refused_coupon() {
            self.coupon_looks.set(0);
            self.hear(Signal::CouponRefused);
        } else {
            self.coupon_looks.set(looks - 1);
        }
        self.hear(Signal::PageResponded);
        self.look_where();
    }

    /// What may have changed without an event.
    fn look_around(&self) {
        self.look_where();
        self.hear(if overlay_is_open() { Signal::OverlayOpened } else { Signal::OverlayClosed });
    }

    /// Where the shopper is now: single-page shops change the address without a load.
    fn look_where(&self) -> Option<Signal> {
        let location = property(&window(), "location");
        let href = property(&location, "href");
        let Ok(mut address) = self.address.try_borrow_mut() else { return None };
        let arrived = address.is_undefined();
        if *address == href {
            return None;
        }
        *address = href;
        drop(address);
        let path = property(&location, "pathname");
        if let Ok(mut watch) = self.watch.try_borrow_mut() {
            watch.stand_at(text(&path) + &text(&property(&location, "search")));
        }
        let page = shop::page_kind(&path);
        let (before, _) = self.shown.take();
        let described = matches!(page, PageKind::Product | PageKind::Other)
            .then(|| self.described.find(&path, page == PageKind::Product))
            // A page that was changed in place may still describe the product before.
            .flatten()
            .filter(|found| arrived || before != Some(*found));
        let unnamed = || (page == PageKind::Product).then(|| by_address(&path));
        let product = described.or_else(unnamed);
        self.shown.set((product, None));
        let page = if described.is_some() { PageKind::Product } else { page };
        self.hear(Signal::PageChanged { page, product });
        None
    }

    fn submitted(&self, event: &DomEvent) -> Option<Signal> {
        if meaning::is_coupon_form(event) {
            self.coupon_looks.set(COUPON_LOOKS);
            return None;
        }
        let id = meaning::added_item(event).filter(|_| !self.heard_of_adding())?;
        self.hear(Signal::Commerce { event: CommerceEvent::AddToCart, items: None });
        Some(Signal::CartEdited { edit: CartEdit::Added, item: number_of(&id) })
    }

    fn sample(&self, event: &DomEvent) -> Option<Signal> {
        let at_ms = event.time_stamp();
        if at_ms - self.sampled_ms.get() < SAMPLE_MS {
            return None;
        }
        self.sampled_ms.set(at_ms);
        Some(Signal::PointerMoved { x: event.client_x(), y: event.client_y() })
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
            put(&all, what, &JsValue::TRUE);
        }
        self.answers.observe(&document(), &all);
    }

    fn now(&self) -> UnixMillis {
        whole_millis(self.opened_ms + page_now_ms())
    }

    /// Something happened at `at_ms` of the page's clock.
    fn hear_at(&self, at_ms: f64, signal: Signal) {
        if self.stopped.get() {
            return;
        }
        let now = whole_millis(self.opened_ms + at_ms);
        // Never busy: nothing below calls back into us while it is borrowed.
        let Ok(mut watch) = self.watch.try_borrow_mut() else { return };
        let moment = watch.handle(now, signal);
        let wakeup = watch.next_wakeup();
        drop(watch);
        self.note(now, signal);
        self.arm(now, wakeup);
        if let Some(moment) = moment {
            self.tell(moment);
        }
        if moment.is_some()
            || matches!(signal, Signal::PageHidden | Signal::PageChanged { .. } | Signal::Declined(_))
        {
            self.tell_next_page();
        }
    }

    fn note(&self, now: UnixMillis, signal: Signal) {
        let Ok(mut last) = self.last.try_borrow_mut() else { return };
        let name = signal.name();
        if last.last().is_some_and(|(_, before)| *before == name) {
            last.pop();
        } else if last.len() >= LAST_SIGNALS {
            last.remove(0);
        }
        last.push((now, name));
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

    /// Looks for the shop's data layer, which may come late, or be another one now.
    fn find_data_layer(self: &Rc<Self>) {
        let Ok(held) = self.data_layer.try_borrow() else { return };
        let found = DataLayer::attach(self, held.as_ref());
        drop(held);
        if let Some((found, past)) = found {
            self.data_layer.replace(Some(found));
            past.iter().for_each(|entry| shop::layer_entry(self, entry));
        }
    }

    fn tell(&self, moment: Moment) {
        let told = Object::new();
        if let Ok(watch) = self.watch.try_borrow() {
            let rule = watch.rules().nth(moment.rule);
            put(&told, "rule", &text_value(rule.map_or("", |(rule, _)| &rule.id)));
        }
        let (reasons, points, products) = (List::new(), List::new(), List::new());
        for (reason, counted) in moment.verdict.card.reasons() {
            reasons.push(reason.code());
            points.push_value(&counted.into());
        }
        for description in
            moment.products.into_iter().flatten().filter_map(|number| self.described.get(number))
        {
            products.push_value(&description);
        }
        put(&told, "trigger", &text_value(moment.verdict.trigger.name()));
        put(&told, "topic", &text_value(moment.topic.name()));
        put(&told, "version", &POINTS_VERSION.into());
        put(&told, "reasons", &reasons);
        put(&told, "points", &points);
        put(&told, "products", &products);
        let _ = self.card.call(&JsValue::NULL, &told);
    }

    fn tell_next_page(&self) -> Option<Signal> {
        if self.remembering.get() {
            let row = self.watch.try_borrow().ok()?.remember();
            let kept = List::new();
            #[allow(clippy::cast_precision_loss, reason = "every number of the row is below 2^53")]
            row.into_iter().for_each(|number| kept.push_number(number as f64));
            self.described.write(&kept);
            let _ = self.remember.call(&JsValue::NULL, &kept);
        }
        None
    }
}

/// A dialog of the page's that can be seen. Asked only when something is about to be said.
fn overlay_is_open() -> bool {
    let seen = Object::new();
    put(&seen, "visibilityProperty", &JsValue::TRUE);
    elements("dialog[open],[aria-modal=true]:not([aria-hidden=true])").iter().any(|element| {
        let element: Node = element.unchecked_into();
        element.is_visible(&seen).unwrap_or_else(|_| element.client_rects().length() > 0)
    })
}

fn callback(on_event: &Closure<dyn Fn(u32, DomEvent)>, number: u32) -> Function {
    let on_event: &Function = on_event.as_ref().unchecked_ref();
    on_event.bind(&JsValue::NULL, number)
}

fn document() -> JsValue {
    property(&window(), "document")
}

/// The page as it is found.
fn page(opened: UnixMillis) -> Page {
    let window = window();
    let path = property(&property(&window, "location"), "pathname");
    Page {
        opened,
        kind: shop::page_kind(&path),
        touch: property(&match_media("(pointer:coarse)"), "matches").is_truthy(),
        width: pixels(&window, "innerWidth"),
        height: pixels(&window, "innerHeight"),
    }
}

/// The host of an address.
fn host_of(address: &JsValue) -> String {
    let address = text(address);
    address.split('/').nth(2).unwrap_or_default().to_owned()
}

#[allow(clippy::cast_precision_loss, reason = "instants are below 2^53")]
fn to_ms(at: UnixMillis) -> f64 {
    at.0 as f64
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and NaN is 0: as meant"
)]
fn whole_millis(ms: f64) -> UnixMillis {
    UnixMillis(ms as u64)
}
