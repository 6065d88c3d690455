//! The sensors' judgement: numbers in, numbers out.
//!
//! The page around it is JavaScript (`../watcher.js`), which hears the DOM's events and knows what they are called; what
//! they mean is decided here. No string and no object crosses: that is what keeps the module small on every page.
//! Numbers stand for names in the order of `../codes.ts`.

mod row;
mod settings;
mod signal;

use domain::behaviour::{self, MAX_REASONS, Moment, PageKind, Quiet, Refusal, Trigger, Watch};
use domain::time::UnixMillis;
use row::{Row, tell};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// A few small boxes are allocated at the start and next to nothing later: the default allocator would be a
/// fifth of the module.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    // SAFETY: a page's main thread is the only one; nothing here is shared with a worker.
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };

thread_local! {
    static PAGE: RefCell<Page> = const { RefCell::new(Page { watch: None, moment: None, given: Vec::new(), told: Vec::new() }) };
}

/// The page being watched, and the numbers on their way. Rows cross one number at a time: a page has few of them, and
/// what would pass them whole weighs more than all of them.
struct Page {
    watch: Option<Watch>,
    moment: Option<Moment>,
    given: Vec<f64>,
    told: Vec<f64>,
}

/// Works on the page; nothing where there is none yet. Nothing below calls back: it is never busy.
fn with<T: Default>(work: impl FnOnce(&mut Watch, &mut Row<'_>, &mut Vec<f64>) -> T) -> T {
    PAGE.with(|page| {
        let Ok(mut page) = page.try_borrow_mut() else { return T::default() };
        let Page { watch, given, told, .. } = &mut *page;
        told.clear();
        let done = watch.as_mut().map(|watch| work(watch, &mut Row::new(given), told));
        given.clear();
        done.unwrap_or_default()
    })
}

/// The next number of a row for the call after it.
#[wasm_bindgen]
pub fn give(number: f64) {
    PAGE.with(|page| {
        if let Ok(mut page) = page.try_borrow_mut() {
            page.given.push(number);
        }
    });
}

/// A number of what the last call told; not a number beyond its end.
#[wasm_bindgen]
pub fn told(place: u32) -> f64 {
    PAGE.with(|page| {
        let told = |page: &Page| page.told.get(place as usize).copied();
        page.try_borrow().ok().and_then(|page| told(&page)).unwrap_or(f64::NAN)
    })
}

/// Starts to watch. Given: when the page was opened (Unix milliseconds, as all instants), its kind, touched or not, width,
/// height; then the settings as `../settings.js` writes them.
#[wasm_bindgen]
pub fn start() {
    PAGE.with(|page| {
        let Ok(mut page) = page.try_borrow_mut() else { return };
        let mut row = Row::new(&page.given);
        let opened = behaviour::Page {
            opened: UnixMillis(row.whole()),
            kind: PageKind::ALL.get(row.place()).copied().unwrap_or_default(),
            touch: row.flag(),
            width: row.pixels(),
            height: row.pixels(),
        };
        let watch = Watch::new(settings::manners(&mut row), opened);
        page.watch = Some(watch);
        page.given.clear();
    });
}

/// A signal by its code; whether a moment came of it.
#[wasm_bindgen]
pub fn hear(at: f64, code: u32, a: f64, b: f64, c: f64) -> bool {
    PAGE.with(|page| {
        let Ok(mut page) = page.try_borrow_mut() else { return false };
        let Page { watch: Some(watch), moment, .. } = &mut *page else { return false };
        let Some(signal) = signal::signal(code, &mut Row::new(&[a, b, c])) else { return false };
        *moment = watch.handle(instant(at), signal);
        moment.is_some()
    })
}

/// When to wake the sensors up; 0 for not at all.
#[wasm_bindgen]
pub fn next_wakeup() -> f64 {
    with(|watch, _, _| watch.next_wakeup().map_or(0.0, |at| tell(at.0)))
}

/// Tells the moment that came: rule, trigger, topic, two products (one more than their numbers), reasons and points in turn.
#[wasm_bindgen]
pub fn moment() {
    PAGE.with(|page| {
        let Ok(mut page) = page.try_borrow_mut() else { return };
        let Page { moment: Some(moment), told, .. } = &mut *page else { return };
        told.clear();
        told.push(tell(moment.rule as u64));
        told.push(tell(moment.verdict.trigger as u64));
        told.push(tell(moment.topic as u64));
        for product in moment.products {
            told.push(product.map_or(0.0, |product| f64::from(product) + 1.0));
        }
        for (reason, points) in moment.verdict.card.reasons() {
            told.push(tell(reason as u64));
            told.push(f64::from(points));
        }
    });
}

/// Given: the page's path with its query, as code points.
#[wasm_bindgen]
pub fn stand_at() {
    with(|watch, given, _| watch.stand_at(given.rest_as_text()));
}

/// Given: the host the shopper came from, as code points.
#[wasm_bindgen]
pub fn come_from() {
    with(|watch, given, _| watch.come_from(given.rest_as_text()));
}

/// No card before `until`, whatever was asked for before.
#[wasm_bindgen]
pub fn set_quiet(until: f64) {
    with(|watch, _, _| watch.set_quiet(Quiet { until: instant(until) }));
}

/// Until when it is quiet.
#[wasm_bindgen]
pub fn quiet_until() -> f64 {
    with(|watch, _, _| tell(watch.quiet().until.0))
}

/// Tells what the next page of the tab needs to know.
#[wasm_bindgen]
pub fn remember() {
    with(|watch, _, told| watch.remember().into_iter().for_each(|number| told.push(tell(number))));
}

/// Given: what an earlier page remembered.
#[wasm_bindgen]
pub fn resume(now: f64) {
    with(|watch, given, _| {
        let mut row = Vec::new();
        while !given.is_empty() {
            row.push(given.whole());
        }
        watch.resume(instant(now), &row);
    });
}

/// Tells, for the merchant's eyes: interest and pieces in the cart; of every trigger the score and five reasons with their
/// points; of every rule when it was judged and how: 0 not yet, 1 spoke, then the refusals.
#[wasm_bindgen]
pub fn look() {
    with(|watch, _, told| {
        told.push(tell(watch.interest() as u64));
        told.push(watch.behaviour().cart_items().into());
        for trigger in Trigger::ALL {
            let card = watch.behaviour().card(trigger);
            told.push(card.score().into());
            let mut reasons = card.reasons();
            for _ in 0..MAX_REASONS {
                let (reason, points) =
                    reasons.next().map_or((-1.0, 0), |(reason, points)| (tell(reason as u64), points));
                told.push(reason);
                told.push(points.into());
            }
        }
        for judged in watch.judged() {
            let (at, outcome) = judged.map_or((0, 0), |(at, outcome)| (at.0, code_of(outcome)));
            told.push(tell(at));
            told.push(tell(outcome));
        }
    });
}

fn code_of(outcome: Result<(), Refusal>) -> u64 {
    outcome.err().map_or(1, |refusal| refusal as u64 + 2)
}

fn instant(ms: f64) -> UnixMillis {
    UnixMillis(Row::new(&[ms]).whole())
}
