//! The state of one life of a page: signals in, verdicts out.

use super::away::Away;
use super::clicks::Clicks;
use super::commerce::Basket;
use super::evidence::Evidence;
use super::flick::Scrolling;
use super::memory::{Reader, Writer};
use super::pointer::{TOP_EDGE_PX, Trail};
use super::points::{Detector, Detectors, Reason};
use super::recent::{Products, Recent};
use super::scene::Scene;
use super::signal::{PageKind, Signal};
use super::verdict::{Scorecard, Trigger, Verdict};
use crate::time::{Millis, UnixMillis};

/// What is known of a page when it opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Page {
    /// When it was opened.
    pub opened: UnixMillis,
    /// What it is for.
    pub kind: PageKind,
    /// Whether it is held in a hand rather than pointed at.
    pub touch: bool,
    /// CSS pixels; 0 where not known.
    pub width: i32,
    /// CSS pixels; 0 where not known.
    pub height: i32,
}

/// Watches one page from its load to its end, and tells what the shopper is about.
///
/// It knows no limits and no manners: those are the [`Watch`](super::Watch)'s.
#[derive(Debug, Clone)]
pub struct Behaviour {
    detectors: Detectors,
    patience: Millis,
    opened: UnixMillis,
    /// No clock runs backwards here: the latest instant seen.
    pub(super) now: UnixMillis,
    /// How long the page was looked at.
    pub(super) seen: Millis,
    last_input: UnixMillis,
    pub(super) scene: Scene,
    pub(super) basket: Basket,
    trail: Trail,
    pub(super) scrolling: Scrolling,
    pub(super) clicks: Clicks,
    pub(super) away: Away,
    pub(super) lines: Recent,
    pub(super) variants: Recent,
    pub(super) products: Products,
    pub(super) specification_read: bool,
    pub(super) evidence: Evidence,
    pub(super) leaving: Option<Leaving>,
    address_key_at: Option<UnixMillis>,
}

/// The pointer is out; when that counts, and how much.
#[derive(Debug, Clone, Copy)]
pub(super) struct Leaving {
    counts_at: UnixMillis,
    card: Scorecard,
}

/// A page just opened is left without a thought: by a wrong click, or to arrange windows.
const FIRST_MOMENTS: Millis = Millis(1_500);
const FEWEST_MOVES: usize = 6;
/// How long the pointer must stay out: an overshoot comes back sooner.
const HOLD: Millis = Millis(300);
/// A hand that slowed down aimed near the edge: it may only have overshot.
const HOLD_IF_SLOWED: Millis = Millis(440);
/// The address bar takes the focus so soon after its key.
const KEY_THEN_BLUR: Millis = Millis(600);

impl Behaviour {
    /// Starts to watch `page`. A cart lies idle after `patience`.
    pub fn new(detectors: Detectors, patience: Millis, page: Page) -> Self {
        Self {
            detectors,
            patience,
            opened: page.opened,
            now: page.opened,
            seen: Millis(0),
            last_input: page.opened,
            scene: Scene::new(page.kind, page.touch, (page.width, page.height)),
            basket: Basket::at(page.kind),
            trail: Trail::default(),
            scrolling: Scrolling::default(),
            clicks: Clicks::default(),
            away: Away::default(),
            lines: Recent::default(),
            variants: Recent::default(),
            products: Products::default(),
            specification_read: false,
            evidence: Evidence::new(detectors),
            leaving: None,
            address_key_at: None,
        }
    }

    /// Takes one signal in; perhaps a trigger fires.
    pub fn handle(&mut self, now: UnixMillis, signal: Signal) -> Option<Verdict> {
        let now = self.now.max(now);
        if !self.scene.hidden {
            self.seen = Millis(self.seen.0.saturating_add(now.since(self.now).0));
        }
        self.now = now;
        if signal.is_input() {
            self.last_input = now;
        }
        self.clicks.heard(signal);
        let was_hidden = self.scene.hidden;
        self.scene.hear(now, signal);
        match signal {
            Signal::PointerMoved { x, y } => {
                self.trail.record(now, x, y);
                self.leaving = None;
                None
            }
            Signal::PointerLeft { x, y, pressed } => {
                self.leave(x, y, pressed);
                None
            }
            Signal::PointerEntered | Signal::FullScreen(_) | Signal::WindowResized { .. } => {
                self.leaving = None;
                None
            }
            Signal::Touched => {
                self.scrolling.touch();
                None
            }
            Signal::Scrolled { y } => {
                self.scrolling.record(now, y);
                None
            }
            Signal::PageHidden => {
                self.leaving = None;
                self.scrolling.touch();
                self.scene.field.excuse();
                self.away.left(now);
                None
            }
            Signal::PageShown if was_hidden => self.come_back(),
            Signal::WindowLeft { to_frame } => self.lose_focus(to_frame),
            Signal::AddressKeyPressed => {
                self.address_key_at = Some(now);
                None
            }
            Signal::WokeUp => self.wake(),
            _ => self.shop(signal),
        }
    }

    /// When to come back with [`Signal::WokeUp`], whatever happens until then.
    pub fn next_wakeup(&self) -> Option<UnixMillis> {
        [
            self.leaving.map(|leaving| leaving.counts_at),
            self.flick_due(),
            self.turn_due(),
            self.idle_cart_due(),
            self.clicks.dead_at().filter(|_| self.detectors.has(Detector::Clicks)),
        ]
        .into_iter()
        .flatten()
        .min()
    }

    /// How near a trigger is to firing, for the merchant's eyes.
    pub fn card(&self, trigger: Trigger) -> Scorecard {
        match (trigger, self.leaving) {
            (Trigger::Exit, Some(leaving)) => leaving.card,
            _ => self.evidence.card(trigger),
        }
    }

    /// How many things are in the cart, as far as is known.
    pub fn cart_items(&self) -> u32 {
        self.basket.items
    }

    /// What is in the cart, as far as is known.
    pub(super) fn basket(&self) -> &Basket {
        &self.basket
    }

    /// The page the shopper is on, and the product it shows.
    pub(super) fn here(&self) -> (PageKind, Option<u32>) {
        (self.scene.page, self.products.shown())
    }

    /// The last two products that were looked at, the latest first.
    pub fn products(&self) -> [Option<u32>; 2] {
        self.products.latest()
    }

    /// How long the page was looked at.
    pub(super) fn seen(&self) -> Millis {
        self.seen
    }

    /// What the next page needs to know to go on.
    pub(super) fn write(&self, to: &mut Writer) {
        to.number(self.seen.0);
        self.products.write(to);
        self.lines.write(to);
        self.basket.write(to);
        self.away.write(to);
        self.evidence.write(self.seen, to);
    }

    /// Goes on from an earlier page of the same visit, before the page that is opened is told of.
    pub(super) fn read(&mut self, from: &mut Reader<'_>) {
        self.seen = Millis(from.number());
        self.products = Products::read(from);
        self.lines = Recent::read(from);
        self.basket.resume(Basket::read(from));
        self.away = Away::read(from);
        self.evidence.read(self.seen, from);
    }

    /// Whether the tab is in the back.
    pub fn is_hidden(&self) -> bool {
        self.scene.hidden
    }

    /// Whether the shopper is paying, or has just paid.
    pub fn at_the_till(&self) -> bool {
        self.basket.at_the_till
    }

    fn leave(&mut self, x: i32, y: i32, pressed: bool) {
        self.trail.record(self.now, x, y);
        self.leaving = None;
        let counts = self.detectors.has(Detector::Pointer)
            && y <= TOP_EDGE_PX
            && !pressed
            && self.now >= self.opened + FIRST_MOMENTS
            && self.trail.seen() >= FEWEST_MOVES
            && self.scene.leave_counts(self.now);
        if let Some(climb) = self.trail.climb().filter(|_| counts) {
            let hold = if climb.slowed { HOLD_IF_SLOWED } else { HOLD };
            let card = climb.score(self.basket.items > 0);
            self.leaving = Some(Leaving { counts_at: self.now + hold, card });
        }
    }

    fn lose_focus(&mut self, to_frame: bool) -> Option<Verdict> {
        self.scene.field.excuse();
        let key_at = self.address_key_at.take();
        if to_frame {
            self.leaving = None;
            return None;
        }
        if let Some(leaving) = &mut self.leaving {
            leaving.card = leaving.card.with(Reason::FocusLost);
        }
        let by_key = key_at.is_some_and(|at| self.now.since(at) <= KEY_THEN_BLUR);
        if !by_key || !self.detectors.has(Detector::Keyboard) {
            return None;
        }
        self.leaving = None;
        Scorecard::default()
            .with(Reason::AddressKey)
            .with(Reason::FocusLost)
            .with_if(self.basket.items > 0, Reason::CartHolds)
            .verdict(Trigger::Exit)
    }

    fn wake(&mut self) -> Option<Verdict> {
        let now = self.now;
        if let Some(leaving) = self.leaving.take_if(|leaving| leaving.counts_at <= now) {
            return leaving.card.with(Reason::StayedOut).verdict(Trigger::Exit);
        }
        if self.turn_due().is_some_and(|at| at <= now) {
            self.scrolling.turn_judged();
            self.away.start_over();
            return Scorecard::default()
                .with(Reason::AwayAgain)
                .with(Reason::TurnedBack)
                .with_if(self.basket.items > 0, Reason::CartHolds)
                .verdict(Trigger::Exit);
        }
        if self.flick_due().is_some_and(|at| at <= now) {
            let card = self.scrolling.score(self.basket.items > 0);
            self.scrolling.judged();
            return card.and_then(|card| card.verdict(Trigger::Exit));
        }
        if self.clicks.take_dead(now) {
            return self.notice(Reason::DeadClicked);
        }
        if self.idle_cart_due().is_some_and(|at| at <= now) {
            // Whatever comes of it, the next time is a whole patience away.
            self.last_input = now;
            return self.notice(Reason::CartWaits);
        }
        None
    }

    fn flick_due(&self) -> Option<UnixMillis> {
        let watched = self.detectors.has(Detector::Flick) && self.reads_on_touch();
        self.scrolling.rests_at().filter(|_| watched)
    }

    fn turn_due(&self) -> Option<UnixMillis> {
        let watched = self.detectors.has(Detector::Away) && self.away.often() && self.reads_on_touch();
        self.scrolling.turns_back_at().filter(|_| watched)
    }

    fn reads_on_touch(&self) -> bool {
        self.scene.touch && !self.scene.hidden && !self.scene.field.is_open()
    }

    fn idle_cart_due(&self) -> Option<UnixMillis> {
        let watched = self.detectors.has(Detector::IdleCart);
        let waits = watched && self.scene.rests() && self.scene.cart_waits(self.basket.items);
        waits.then(|| self.last_input + self.patience)
    }
}
