//! The state of one life of a page.

use super::budget::{Budget, Quiet};
use super::commerce::Basket;
use super::exit::{HOLD, TOP_EDGE_PX, Trail};
use super::idle_cart;
use super::signal::Signal;
use super::verdict::{Reason, Rule, Scorecard, Verdict};
use crate::time::{Millis, UnixMillis};

/// Which detectors are on. Each is a switch of the store's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rules {
    /// Offer when the shopper is about to leave.
    pub exit: bool,
    /// Offer when a cart has lain idle for so long.
    pub idle_cart: Option<Millis>,
}

/// Watches one page from its load to its end.
#[derive(Debug, Clone)]
pub struct Behaviour {
    rules: Rules,
    loaded: UnixMillis,
    /// No clock runs backwards here: the latest instant seen.
    now: UnixMillis,
    budget: Budget,
    basket: Basket,
    trail: Trail,
    scene: Scene,
    last_input: UnixMillis,
    leaving: Option<Leaving>,
}

/// What is going on that makes a leave, or an offer, mean nothing.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own about the page")]
struct Scene {
    hidden: bool,
    panel: bool,
    overlay: bool,
    field: bool,
    /// Until these instants a pointer that leaves belongs to a menu, a list or another window.
    distracted_until: UnixMillis,
}

/// The pointer is out; when that counts, and how much.
#[derive(Debug, Clone, Copy)]
struct Leaving {
    counts_at: UnixMillis,
    card: Scorecard,
}

/// A page just opened is left without a thought: by a wrong click, or to arrange windows.
const FIRST_MOMENTS: Millis = Millis(1_500);
const FEWEST_MOVES: usize = 6;
/// A select, a menu or a finger accounts for a leave this long.
const DISTRACTION: Millis = Millis(1_500);
/// Someone types until this long after the last key.
const TYPING: Millis = Millis(800);

impl Behaviour {
    /// Starts to watch a page that was opened at `loaded`.
    pub fn new(rules: Rules, loaded: UnixMillis) -> Self {
        Self {
            rules,
            loaded,
            now: loaded,
            budget: Budget::default(),
            basket: Basket::default(),
            trail: Trail::default(),
            scene: Scene::default(),
            last_input: loaded,
            leaving: None,
        }
    }

    /// Keeps an earlier silence.
    pub fn keep_quiet(&mut self, quiet: Quiet) {
        self.budget.declined(quiet);
    }

    /// The silence asked for, for the shell to keep once the shopper acted.
    pub fn quiet(&self) -> Quiet {
        self.budget.quiet
    }

    /// Takes one signal in; a verdict comes out at most once in a page's life.
    pub fn handle(&mut self, now: UnixMillis, signal: Signal) -> Option<Verdict> {
        self.now = self.now.max(now);
        if signal.is_input() {
            self.last_input = self.now;
        }
        match signal {
            Signal::PointerMoved { y } => {
                self.trail.record(self.now, y);
                self.leaving = None;
            }
            Signal::PointerLeft { y, pressed } => self.leave(y, pressed),
            Signal::PointerEntered => self.leaving = None,
            Signal::Touched | Signal::MenuOpened | Signal::WindowResized => self.distracted(DISTRACTION),
            Signal::KeyPressed => self.distracted(TYPING),
            Signal::FieldEntered => {
                self.scene.field = true;
                self.distracted(DISTRACTION);
            }
            Signal::FieldLeft => self.scene.field = false,
            Signal::PointerPressed | Signal::Scrolled => {}
            Signal::PageShown => self.scene.hidden = false,
            Signal::PageHidden => {
                self.scene.hidden = true;
                self.leaving = None;
            }
            Signal::OverlayOpened => self.scene.overlay = true,
            Signal::OverlayClosed => self.scene.overlay = false,
            Signal::CartChanged { items } => self.basket.items = items,
            Signal::Commerce { event, items } => self.basket = self.basket.after(event, items),
            Signal::PanelOpened => self.scene.panel = true,
            Signal::PanelClosed => self.scene.panel = false,
            Signal::Declined(decline) => self.budget.declined(decline.quiet(self.now)),
            Signal::WokeUp => return self.wake(),
        }
        None
    }

    /// When to come back with [`Signal::WokeUp`], whatever happens until then.
    pub fn next_wakeup(&self) -> Option<UnixMillis> {
        let leave = self.leaving.map(|leaving| leaving.counts_at);
        match (leave, self.idle_cart_due()) {
            (Some(leave), Some(idle)) => Some(leave.min(idle)),
            (leave, idle) => leave.or(idle),
        }
    }

    fn leave(&mut self, y: i32, pressed: bool) {
        self.trail.record(self.now, y);
        self.leaving = None;
        if self.rules.exit && y <= TOP_EDGE_PX && !pressed && self.leave_counts() && self.may_speak() {
            let card = self.trail.score_leave(self.basket.items > 0);
            self.leaving = Some(Leaving { counts_at: self.now + HOLD, card });
        }
    }

    fn wake(&mut self) -> Option<Verdict> {
        let verdict = self.leave_verdict().or_else(|| self.idle_cart_verdict());
        self.budget.spent |= verdict.is_some();
        verdict
    }

    fn leave_verdict(&mut self) -> Option<Verdict> {
        let leaving = self.leaving.take_if(|leaving| leaving.counts_at <= self.now)?;
        if self.may_speak() { leaving.card.with(Reason::StayedOut).verdict(Rule::Exit) } else { None }
    }

    fn idle_cart_verdict(&mut self) -> Option<Verdict> {
        if self.idle_cart_due()? > self.now {
            return None;
        }
        // Whatever comes of it, the next time is a whole patience away.
        self.last_input = self.now;
        if self.may_speak() { idle_cart::score().verdict(Rule::IdleCart) } else { None }
    }

    fn idle_cart_due(&self) -> Option<UnixMillis> {
        let patience = self.rules.idle_cart?;
        let waits = self.basket.items > 0 && !self.scene.field && !self.scene.hidden && !self.scene.panel;
        (waits && self.budget.allows(self.now))
            .then(|| idle_cart::due(self.loaded, self.last_input, patience))
    }

    /// Whether a leave now would be the shopper's own, rather than a menu's or a habit's.
    fn leave_counts(&self) -> bool {
        self.now >= self.loaded + FIRST_MOMENTS
            && self.trail.seen() >= FEWEST_MOVES
            && self.now >= self.scene.distracted_until
    }

    fn may_speak(&self) -> bool {
        let Scene { hidden, panel, overlay, .. } = self.scene;
        self.budget.allows(self.now) && !hidden && !panel && !overlay && !self.basket.at_the_till
    }

    fn distracted(&mut self, span: Millis) {
        self.scene.distracted_until = self.scene.distracted_until.max(self.now + span);
    }
}
