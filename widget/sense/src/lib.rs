//! The sensors' judgement: numbers in, numbers out.
//!
//! The page around it is JavaScript (`../watcher.js`), which hears the DOM's events and knows what they are called; what
//! they mean is decided here. No string and no object crosses: that is what keeps the module small on every page.
//! Numbers stand for names in the order of `../codes.ts`.

mod row;
mod settings;
mod signal;

use domain::behaviour::{Moment, Page, PageKind, Quiet, Refusal, Trigger, Watch};
use domain::time::UnixMillis;
use row::{Row, tell};
use wasm_bindgen::prelude::*;

/// A few small boxes are allocated at the start and next to nothing later: the default allocator would be a
/// fifth of the module.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    // SAFETY: a page's main thread is the only one; nothing here is shared with a worker.
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };

/// A page being watched. Instants are Unix milliseconds.
#[wasm_bindgen]
pub struct Sensors {
    watch: Watch,
    moment: Option<Moment>,
}

#[wasm_bindgen]
impl Sensors {
    /// `settings` as `../settings.js` writes them; `page`: when it was opened, its kind, touched or not, width, height.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &[f64], page: &[f64]) -> Self {
        let mut page = Row::new(page);
        let page = Page {
            opened: UnixMillis(page.whole()),
            kind: PageKind::ALL.get(page.place()).copied().unwrap_or_default(),
            touch: page.flag(),
            width: page.pixels(),
            height: page.pixels(),
        };
        let manners = settings::manners(&mut Row::new(settings));
        Self { watch: Watch::new(manners, page), moment: None }
    }

    /// A signal by its code; whether a moment came of it.
    pub fn hear(&mut self, at: f64, code: u32, a: f64, b: f64, c: f64) -> bool {
        let Some(signal) = signal::signal(code, &mut Row::new(&[a, b, c])) else { return false };
        self.moment = self.watch.handle(instant(at), signal);
        self.moment.is_some()
    }

    /// When to wake the sensors up; 0 for not at all.
    pub fn next_wakeup(&self) -> f64 {
        self.watch.next_wakeup().map_or(0.0, |at| tell(at.0))
    }

    /// The moment that came: rule, trigger, topic, two products (one more than their numbers), reasons and points in turn.
    pub fn moment(&self) -> Vec<f64> {
        let Some(moment) = self.moment else { return Vec::new() };
        let mut told =
            vec![tell(moment.rule as u64), tell(moment.verdict.trigger as u64), tell(moment.topic as u64)];
        told.extend(moment.products.map(|product| product.map_or(0.0, |product| f64::from(product) + 1.0)));
        for (reason, points) in moment.verdict.card.reasons() {
            told.extend([tell(reason as u64), f64::from(points)]);
        }
        told
    }

    /// The page's path with its query, as code points.
    pub fn stand_at(&mut self, url: &[f64]) {
        self.watch.stand_at(Row::new(url).rest_as_text());
    }

    /// The host the shopper came from, as code points.
    pub fn come_from(&mut self, host: &[f64]) {
        self.watch.come_from(Row::new(host).rest_as_text());
    }

    /// No card before `until`, whatever was asked for before.
    pub fn set_quiet(&mut self, until: f64) {
        self.watch.set_quiet(Quiet { until: instant(until) });
    }

    /// Until when it is quiet.
    pub fn quiet_until(&self) -> f64 {
        tell(self.watch.quiet().until.0)
    }

    /// What the next page of the tab needs to know.
    pub fn remember(&self) -> Vec<f64> {
        self.watch.remember().into_iter().map(tell).collect()
    }

    /// Goes on from what an earlier page remembered.
    pub fn resume(&mut self, now: f64, row: &[f64]) {
        let row: Vec<u64> = row.iter().map(|number| instant(*number).0).collect();
        self.watch.resume(instant(now), &row);
    }

    /// For the merchant's eyes: interest and pieces in the cart; of every trigger the score and five reasons with their
    /// points; of every rule when it was judged and how: 0 not yet, 1 spoke, then the refusals.
    pub fn look(&self) -> Vec<f64> {
        let mut seen = vec![tell(self.watch.interest() as u64), self.watch.behaviour().cart_items().into()];
        for trigger in Trigger::ALL {
            let card = self.watch.behaviour().card(trigger);
            seen.push(card.score().into());
            let mut reasons = card.reasons();
            for _ in 0..domain::behaviour::MAX_REASONS {
                let (reason, points) =
                    reasons.next().map_or((-1.0, 0), |(reason, points)| (tell(reason as u64), points));
                seen.extend([reason, f64::from(points)]);
            }
        }
        for judged in self.watch.judged() {
            let (at, outcome) = judged.map_or((0, 0), |(at, outcome)| (at.0, code_of(outcome)));
            seen.extend([tell(at), tell(outcome)]);
        }
        seen
    }
}

fn code_of(outcome: Result<(), Refusal>) -> u64 {
    outcome.err().map_or(1, |refusal| refusal as u64 + 2)
}

fn instant(ms: f64) -> UnixMillis {
    UnixMillis(Row::new(&[ms]).whole())
}
