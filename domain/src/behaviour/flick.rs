//! A phone's page that is flicked back up by a shopper who has read enough.

use super::points::Reason;
use super::verdict::Scorecard;
use crate::time::{Millis, UnixMillis};

/// The page must rest this long, untouched: who looks for something taps it.
const REST: Millis = Millis(200);
/// Scrolls further apart than this are two movements.
const ONE_MOVEMENT: Millis = Millis(200);
/// A long way, and most of what was read.
const FAR_PX: i64 = 900;
const MOST_PER_CENT: i64 = 60;
/// Slower is leafing back, in pixels a second.
const FLICK_PX_PER_SECOND: i64 = 1_400;
const HARD_FLICK_PX_PER_SECOND: i64 = 2_000;
/// Here the page's header has come to rest.
const TOP_PX: i32 = 2;
/// Who came back to the page turns round after so much of the way.
const TURN_PER_CENT: i64 = 50;
const TURN_PX: i64 = 40;

/// How the page was scrolled.
#[derive(Debug, Clone, Default)]
pub(super) struct Scrolling {
    /// The deepest point reached.
    deepest: i32,
    last: Point,
    /// Where the movement upwards began that is going on.
    turned: Option<Point>,
    /// When it had gone half of the way back.
    half_way_at: Option<UnixMillis>,
    /// The screen was touched after the last step.
    touched: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Point {
    at: UnixMillis,
    y: i32,
}

impl Scrolling {
    pub(super) fn record(&mut self, at: UnixMillis, y: i32) {
        let y = y.max(0);
        let paused = at.since(self.last.at) > ONE_MOVEMENT;
        self.touched = false;
        if y > self.last.y || paused {
            self.turned = None;
            self.half_way_at = None;
        }
        if y < self.last.y && self.turned.is_none() {
            // After a pause the movement began with this step, not with the last one before the pause.
            let began = if paused { Point { at, y: self.last.y } } else { self.last };
            self.turned = Some(began);
        }
        self.deepest = self.deepest.max(y);
        self.last = Point { at, y };
        if self.half_way_at.is_none() && self.turned_back() {
            self.half_way_at = Some(at);
        }
    }

    /// Who touches the page is not done with it, unless it moves on.
    pub(super) fn touch(&mut self) {
        self.touched = true;
    }

    /// Another page, or a place the shop jumped to: what came before says nothing.
    pub(super) fn start_over(&mut self) {
        *self = Self { last: self.last, deepest: self.last.y, ..Self::default() };
    }

    /// When the movement upwards will have come to rest.
    pub(super) fn rests_at(&self) -> Option<UnixMillis> {
        self.turned.filter(|_| !self.touched).map(|_| self.last.at + REST)
    }

    /// When a shopper on the way back up, however slowly, will have gone on for a moment.
    pub(super) fn turns_back_at(&self) -> Option<UnixMillis> {
        self.half_way_at.filter(|_| !self.touched).map(|at| at + REST)
    }

    /// What was due has been judged: once for each movement.
    pub(super) fn judged(&mut self) {
        self.turned = None;
        self.half_way_at = None;
    }

    pub(super) fn turn_judged(&mut self) {
        self.half_way_at = None;
    }

    /// The score of the movement upwards, if it is a flick.
    pub(super) fn score(&self, cart_holds: bool) -> Option<Scorecard> {
        let turned = self.turned?;
        let far = i64::from(turned.y) - i64::from(self.last.y);
        let passed = i64::try_from(self.last.at.since(turned.at).0).unwrap_or(i64::MAX).max(1);
        let speed = far * 1_000 / passed;
        let flicked = far >= FAR_PX
            && far * 100 >= i64::from(self.deepest) * MOST_PER_CENT
            && speed >= FLICK_PX_PER_SECOND;
        flicked.then(|| {
            Scorecard::default()
                .with(Reason::FlickedUp)
                .with_if(speed >= HARD_FLICK_PX_PER_SECOND, Reason::FlickedHard)
                .with_if(self.last.y <= TOP_PX, Reason::ReachedTop)
                .with_if(cart_holds, Reason::CartHolds)
        })
    }

    fn turned_back(&self) -> bool {
        self.turned.is_some_and(|turned| {
            let far = i64::from(turned.y) - i64::from(self.last.y);
            far >= TURN_PX && far * 100 >= i64::from(turned.y) * TURN_PER_CENT
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Scrolls from the top to `deepest`, rests, and goes up to `end` within `ms`.
    fn flick(deepest: i32, end: i32, ms: u64) -> Scrolling {
        let mut scrolling = Scrolling::default();
        let mut at = UnixMillis(1_000);
        for n in 0..=20 {
            at = at + Millis(35);
            scrolling.record(at, deepest * n / 20);
        }
        at = at + Millis(2_000);
        for n in 1..=10 {
            at = at + Millis(ms / 10);
            scrolling.record(at, deepest - (deepest - end) * n / 10);
        }
        scrolling
    }

    #[test]
    fn a_flick_is_told_from_leafing_back() {
        for (what, deepest, end, ms, score) in [
            ("a flick", 2_400, 300, 500, Some(40)),
            ("too slow to be hard", 2_400, 300, 1_250, Some(30)),
            ("leafing back", 2_400, 300, 2_000, None),
            ("not far", 1_000, 200, 300, None),
            ("not most of it", 5_000, 3_500, 500, None),
            ("to the menu", 2_400, 0, 700, Some(30)),
            ("down", 2_400, 3_000, 500, None),
        ] {
            let scrolling = flick(deepest, end, ms);
            assert_eq!(scrolling.score(false).map(Scorecard::score), score, "{what}");
        }
    }

    #[test]
    fn a_movement_ends_with_a_pause_or_a_turn() {
        let mut scrolling = flick(2_400, 300, 500);
        scrolling.record(scrolling.last.at + Millis(16), 310);
        assert_eq!(scrolling.rests_at(), None);
        let mut scrolling = flick(2_400, 1_400, 300);
        scrolling.record(scrolling.last.at + Millis(900), 1_390);
        assert_eq!(scrolling.score(false), None);
    }

    #[test]
    fn turning_back_takes_half_of_the_way() {
        for (deepest, end, turned) in [(400, 80, true), (400, 250, false), (60, 30, false), (90, 40, true)] {
            assert_eq!(flick(deepest, end, 800).turned_back(), turned, "{deepest} to {end}");
        }
    }
}
