//! The way the mouse took, and whether it led out through the top.

use super::points::Reason;
use super::verdict::Scorecard;
use crate::time::{Millis, UnixMillis};

/// A pointer at or above this height left through the top.
pub(super) const TOP_EDGE_PX: i32 = 3;

/// How far back its way is judged.
const WINDOW: Millis = Millis(160);
const SLOWEST_FRAME: Millis = Millis(120);
/// Fewer samples than this are a jump, not a way: a list or a menu was drawn over the page.
const FEWEST_SAMPLES: usize = 3;
const CALM_PX_PER_SECOND: core::ops::RangeInclusive<i64> = 50..=2_400;
/// A hand that aims beyond the edge of the screen does not slow down for it.
const SWEEP_PX_PER_SECOND: i64 = 1_000;
const FAST_SWEEP_PX_PER_SECOND: i64 = 3_000;
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
    x: i32,
    y: i32,
}

/// How the pointer went up during the last [`WINDOW`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Climb {
    pub(super) slowed: bool,
    calm: bool,
    swept: bool,
}

impl Default for Trail {
    fn default() -> Self {
        Self { samples: [Sample::default(); CAPACITY], seen: 0 }
    }
}

impl Trail {
    pub(super) fn record(&mut self, at: UnixMillis, x: i32, y: i32) {
        if let Some(slot) = self.samples.get_mut(self.seen % CAPACITY) {
            *slot = Sample { at, x, y };
            self.seen = self.seen.saturating_add(1);
        }
    }

    /// How many positions were ever recorded.
    pub(super) fn seen(&self) -> usize {
        self.seen
    }

    /// The way up that ends at the last recorded position, if it was one.
    pub(super) fn climb(&self) -> Option<Climb> {
        let last = self.back(0)?;
        let mut first = last;
        let mut middle = last;
        let mut count = 1;
        for sample in (1..CAPACITY).map_while(|n| self.back(n)) {
            let age = last.at.since(sample.at);
            // A machine that is busy draws few frames; as long as they follow each other they are a way.
            let follows = count < FEWEST_SAMPLES && first.at.since(sample.at) <= SLOWEST_FRAME;
            if age > WINDOW && !follows {
                break;
            }
            first = sample;
            count += 1;
            if age.0 * 2 <= WINDOW.0 {
                middle = sample;
            }
        }
        if middle.at == last.at {
            middle = self.back(1)?;
        }
        if count < FEWEST_SAMPLES || first.y <= last.y {
            return None;
        }
        let up = speed_up(first, last)?;
        let at_edge = speed_up(middle, last).unwrap_or(up);
        let slowed = slowed_down(first, middle, last);
        Some(Climb {
            slowed,
            calm: CALM_PX_PER_SECOND.contains(&up),
            swept: up > FAST_SWEEP_PX_PER_SECOND || at_edge > SWEEP_PX_PER_SECOND && !slowed,
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

impl Climb {
    /// The score of a leave that came this way.
    pub(super) fn score(self, cart_holds: bool) -> Scorecard {
        Scorecard::default()
            .with(Reason::LeftThroughTop)
            .with_if(self.swept, Reason::SweptOff)
            .with_if(self.calm, Reason::WentCalmly)
            .with_if(self.slowed, Reason::SlowedDown)
            .with_if(cart_holds, Reason::CartHolds)
    }
}

/// Upwards, in pixels a second; nothing if no time passed.
fn speed_up(from: Sample, to: Sample) -> Option<i64> {
    let passed = i64::try_from(to.at.since(from.at).0).ok().filter(|&passed| passed > 0)?;
    Some((i64::from(from.y) - i64::from(to.y)) * 1_000 / passed)
}

/// Whether the second part of the way, in any direction, was slower than the first.
fn slowed_down(first: Sample, middle: Sample, last: Sample) -> bool {
    let (before, early) = (way(first, middle), middle.at.since(first.at).0);
    let (after, late) = (way(middle, last), last.at.since(middle.at).0);
    // after / late < before / early, in whole numbers.
    early > 0 && late > 0 && after.saturating_mul(early) < before.saturating_mul(late)
}

/// How long the straight way is, within a tenth.
fn way(from: Sample, to: Sample) -> u64 {
    let across = u64::from(from.x.abs_diff(to.x));
    let along = u64::from(from.y.abs_diff(to.y));
    across.max(along) + across.min(along) * 3 / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A way up given as heights every 16 ms.
    fn climb(heights: &[i32]) -> Option<Climb> {
        let mut trail = Trail::default();
        for (n, &y) in heights.iter().enumerate() {
            trail.record(UnixMillis(16 * n as u64), 300, y);
        }
        trail.climb()
    }

    #[test]
    fn a_leave_is_scored_by_the_way_it_came() {
        for (way, heights, score) in [
            ("jumped", &[-1][..], None),
            ("two samples are no way", &[300, -1], None),
            ("down is no way up", &[-9, -5, -3, -1], None),
            ("steady", &[150, 120, 90, 60, 30, 0], Some(5)),
            ("slowing down", &[260, 200, 150, 110, 80, 55, 35, 20, 10, 0], Some(40)),
            ("swept", &[700, 560, 420, 280, 140, 0], Some(0)),
            ("speeding up", &[300, 290, 270, 240, 200, 150, 90, 20, -60], Some(0)),
            ("slow, speeding up", &[30, 29, 28, 26, 24, 21, 18, 14, 10, 5, 0], Some(35)),
        ] {
            assert_eq!(climb(heights).map(|climb| climb.score(false).score()), score, "{way}");
        }
        let held = climb(&[150, 120, 90, 60, 30, 0]).unwrap();
        assert_eq!(held.score(true).score(), held.score(false).score() + Reason::CartHolds.points());
    }

    #[test]
    fn few_frames_are_a_way_if_they_follow_each_other() {
        for (frame_ms, way) in [(100, true), (120, true), (121, false)] {
            let mut trail = Trail::default();
            for (n, y) in [300, 200, 120, 60, 20, -2].into_iter().enumerate() {
                trail.record(UnixMillis(frame_ms * n as u64), 300, y);
            }
            assert_eq!(trail.climb().is_some_and(|climb| climb.slowed), way, "{frame_ms} ms");
        }
    }

    #[test]
    fn a_way_slows_down_whatever_its_direction() {
        for (across, slowed) in [([0, 60, 110, 150, 180, 200], true), ([0, 20, 50, 90, 140, 200], false)] {
            let mut trail = Trail::default();
            for (n, x) in across.into_iter().enumerate() {
                trail.record(UnixMillis(32 * n as u64), x, 20 - 4 * i32::try_from(n).unwrap());
            }
            assert_eq!(trail.climb().map(|climb| climb.slowed), Some(slowed));
        }
    }

    #[test]
    fn only_the_last_moments_count() {
        let mut trail = Trail::default();
        for n in 0..200 {
            trail.record(UnixMillis(n), 0, 10_000 - 100 * i32::try_from(n).unwrap());
        }
        assert!(trail.climb().unwrap().swept);
        for n in 0..30 {
            trail.record(UnixMillis(1_000 + 16 * n), 0, 100 - 3 * i32::try_from(n).unwrap());
        }
        assert_eq!(trail.climb().map(|climb| climb.swept), Some(false));
    }

    #[test]
    fn extreme_positions_and_clocks_are_survived() {
        let mut trail = Trail::default();
        for (at, y) in [(u64::MAX, i32::MIN), (0, i32::MAX), (u64::MAX, i32::MIN), (5, 0), (4, i32::MAX)] {
            trail.record(UnixMillis(at), y, y);
            trail.record(UnixMillis(at), -y.max(-5), y);
            assert!(trail.climb().is_none_or(|climb| climb.score(true).score() <= 45));
        }
    }
}
