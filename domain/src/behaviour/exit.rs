//! Exit intent on a desktop: the pointer leaves through the top and does not come back.

use super::verdict::{Reason, Scorecard};
use crate::time::{Millis, UnixMillis};

/// A pointer at or above this height left through the top.
pub(super) const TOP_EDGE_PX: i32 = 3;
/// How long it must stay out: an overshoot comes back sooner.
pub(super) const HOLD: Millis = Millis(300);

/// How far back its way is judged.
const WINDOW: Millis = Millis(160);
/// Fewer samples than this say nothing of speed: a jump, not a way.
const FEWEST_SAMPLES: usize = 3;
const CALM_PX_PER_SECOND: core::ops::RangeInclusive<i64> = 50..=2_400;
const SWEEP_PX_PER_SECOND: i64 = 3_000;
/// Samples kept: the window at 125 Hz, and some more.
const CAPACITY: usize = 32;

/// The pointer's last positions.
#[derive(Debug, Clone)]
pub(super) struct Trail {
    samples: [Sample; CAPACITY],
    seen: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Sample {
    at: UnixMillis,
    y: i32,
}

impl Default for Trail {
    fn default() -> Self {
        Self { samples: [Sample::default(); CAPACITY], seen: 0 }
    }
}

impl Trail {
    pub(super) fn record(&mut self, at: UnixMillis, y: i32) {
        if let Some(slot) = self.samples.get_mut(self.seen % CAPACITY) {
            *slot = Sample { at, y };
            self.seen = self.seen.saturating_add(1);
        }
    }

    /// How many positions were ever recorded.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    /// Scores a leave through the top at the last recorded position.
    pub(super) fn score_leave(&self, cart_holds: bool) -> Scorecard {
        let card = Scorecard::default().with(Reason::LeftThroughTop);
        let card = match self.climb() {
            Some(climb) => card
                .with_if(CALM_PX_PER_SECOND.contains(&climb.speed), Reason::WentCalmly)
                .with_if(climb.speed > SWEEP_PX_PER_SECOND, Reason::SweptOff)
                .with_if(climb.slowed_down, Reason::SlowedDown),
            None => card,
        };
        card.with_if(cart_holds, Reason::CartHolds)
    }

    /// The way up during the last [`WINDOW`].
    fn climb(&self) -> Option<Climb> {
        let last = self.back(0)?;
        let mut first = last;
        let mut middle = last;
        let mut count = 1;
        for sample in (1..CAPACITY).map_while(|n| self.back(n)) {
            let age = last.at.since(sample.at);
            if age > WINDOW {
                break;
            }
            first = sample;
            count += 1;
            if age.0 * 2 <= WINDOW.0 {
                middle = sample;
            }
        }
        if count < FEWEST_SAMPLES {
            return None;
        }
        let before = speed(first, middle);
        let after = speed(middle, last);
        Some(Climb {
            speed: speed(first, last)?,
            slowed_down: matches!((before, after), (Some(before), Some(after)) if before > 0 && after * 10 < before * 9),
        })
    }

    /// The `n`th sample from the end.
    fn back(&self, n: usize) -> Option<Sample> {
        if n >= CAPACITY {
            return None;
        }
        let index = self.seen.checked_sub(n + 1)?;
        self.samples.get(index % CAPACITY).copied()
    }
}

struct Climb {
    /// Upwards, in pixels a second.
    speed: i64,
    slowed_down: bool,
}

/// Upwards, in pixels a second; nothing if no time passed.
fn speed(from: Sample, to: Sample) -> Option<i64> {
    let passed = i64::try_from(to.at.since(from.at).0).ok().filter(|&passed| passed > 0)?;
    Some((i64::from(from.y) - i64::from(to.y)) * 1_000 / passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A way up given as heights every 16 ms.
    fn reasons(heights: &[i32], cart_holds: bool) -> i32 {
        let mut trail = Trail::default();
        for (n, &y) in heights.iter().enumerate() {
            trail.record(UnixMillis(16 * n as u64), y);
        }
        trail.score_leave(cart_holds).score()
    }

    #[test]
    fn a_leave_is_scored_by_the_way_it_came() {
        for (way, heights, cart_holds, score) in [
            ("jumped", &[-1][..], false, 3),
            ("jumped, with a cart", &[-1], true, 4),
            ("two samples are no way", &[300, -1], false, 3),
            ("steady", &[150, 120, 90, 60, 30, 0], false, 4),
            ("slowing down", &[260, 200, 150, 110, 80, 55, 35, 20, 10, 0], false, 5),
            ("slowing down, with a cart", &[260, 200, 150, 110, 80, 55, 35, 20, 10, 0], true, 6),
            ("swept", &[700, 560, 420, 280, 140, 0], false, 0),
            ("speeding up and swept, with a cart", &[700, 690, 650, 500, 200, -100], true, 1),
        ] {
            assert_eq!(reasons(heights, cart_holds), score, "{way}");
        }
    }

    #[test]
    fn only_the_last_moments_count() {
        let mut trail = Trail::default();
        for n in 0..200 {
            trail.record(UnixMillis(n), 10_000 - 100 * i32::try_from(n).unwrap());
        }
        for n in 0..30 {
            trail.record(UnixMillis(1_000 + 16 * n), 100 - 3 * i32::try_from(n).unwrap());
        }
        assert_eq!(trail.score_leave(false).score(), 4);
    }

    #[test]
    fn extreme_positions_and_clocks_are_survived() {
        let mut trail = Trail::default();
        for (at, y) in [(u64::MAX, i32::MIN), (0, i32::MAX), (u64::MAX, i32::MIN), (5, 0), (4, i32::MAX)] {
            trail.record(UnixMillis(at), y);
            assert!(trail.score_leave(true).score() <= 6);
        }
    }
}
