//! What a shopper does, act by act, and whether it is a reason to speak.

mod choices;
mod pages;
mod phone;
mod properties;
mod watch;

use super::*;
use crate::time::{Millis, UnixMillis};

const LOADED: UnixMillis = UnixMillis(1_700_000_000_000);
const LIMITS: Limits = Limits {
    first: Millis(0),
    gap: Millis(0),
    per_visit: 1,
    per_week: 2,
    after_close: Millis::days(7),
    after_not_now: Millis::days(30),
};

fn manners() -> Manners {
    let all = Trigger::ALL.into_iter().map(|trigger| Rule::new(trigger as u32, trigger));
    Manners { rules: all.collect(), limits: LIMITS, ..Manners::default() }
}

/// A page whose clock the test moves; wake-ups come when they were asked for.
struct Visit {
    watch: Watch,
    now: UnixMillis,
    verdicts: Vec<(Trigger, u64)>,
}

impl Visit {
    fn open(manners: Manners) -> Self {
        let page = Page { opened: LOADED, ..Page::default() };
        Self { watch: Watch::new(manners, page), now: LOADED, verdicts: Vec::new() }
    }

    fn open_page(page: Page) -> Self {
        let page = Page { opened: LOADED, ..page };
        Self { watch: Watch::new(manners(), page), now: LOADED, verdicts: Vec::new() }
    }

    /// A page looked at for five seconds, the pointer moving in its middle.
    fn looked_at() -> Self {
        let mut page = Self::open(manners());
        for n in 0..50 {
            page.wait(100).hear(Signal::PointerMoved { x: 500, y: 400 + n % 7 });
        }
        page
    }

    fn hear(&mut self, signal: Signal) -> &mut Self {
        if let Some(moment) = self.watch.handle(self.now, signal) {
            self.verdicts.push((moment.verdict.trigger, self.now.since(LOADED).0));
        }
        self
    }

    fn hear_all(&mut self, signals: &[Signal]) -> &mut Self {
        for &signal in signals {
            self.hear(signal);
        }
        self
    }

    fn wait(&mut self, millis: u64) -> &mut Self {
        let until = self.now + Millis(millis);
        while let Some(at) = self.watch.next_wakeup().filter(|&at| at <= until) {
            self.now = self.now.max(at);
            self.hear(Signal::WokeUp);
        }
        self.now = until;
        self
    }

    /// Goes up and out with a hand that slows down.
    fn leave(&mut self) -> &mut Self {
        for y in [300, 230, 170, 120, 80, 50, 30, 15, 6, 2] {
            self.wait(16).hear(Signal::PointerMoved { x: 500, y });
        }
        self.wait(16).hear(Signal::PointerLeft { x: 500, y: -4, pressed: false })
    }

    fn fired(&self) -> Option<Trigger> {
        self.verdicts.first().map(|&(trigger, _)| trigger)
    }
}
