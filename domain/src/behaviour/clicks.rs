//! Clicks that get no answer.

use super::points::Reason;
use super::signal::{Signal, Target};
use crate::time::{Millis, UnixMillis};

/// Three clicks in a second within 30 pixels: as PostHog counts them.
/// <https://posthog.com/docs/data/autocapture#rage-clicks>
const RAGE_CLICKS: u8 = 3;
const RAGE_WITHIN: Millis = Millis(1_000);
const RAGE_PX: u32 = 30;
/// Three clicks on a text select its paragraph.
const RAGE_CLICKS_ON_TEXT: u8 = 4;
/// An answer that takes longer is none.
const ANSWER_WITHIN: Millis = Millis(1_000);

/// The clicks at one place, and the one that waits for an answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Clicks {
    cluster: Option<Cluster>,
    unanswered: Option<UnixMillis>,
}

#[derive(Debug, Clone, Copy)]
struct Cluster {
    x: i32,
    y: i32,
    /// The last of its clicks, the latest first.
    at: [UnixMillis; RAGE_CLICKS_ON_TEXT as usize],
    count: u8,
}

impl Clicks {
    /// A click at `now`; perhaps one too many.
    pub(super) fn clicked(&mut self, now: UnixMillis, x: i32, y: i32, target: Target) -> Option<Reason> {
        self.unanswered = None;
        let needed = match target {
            Target::Control => RAGE_CLICKS,
            Target::Plain => RAGE_CLICKS_ON_TEXT,
            Target::Stepper | Target::SizeGuide | Target::Specification => {
                self.cluster = None;
                return None;
            }
        };
        self.unanswered = Some(now + ANSWER_WITHIN);
        let mut cluster = self
            .cluster
            .filter(|held| held.x.abs_diff(x) <= RAGE_PX && held.y.abs_diff(y) <= RAGE_PX)
            .unwrap_or(Cluster { x, y, at: [UnixMillis(0); RAGE_CLICKS_ON_TEXT as usize], count: 0 });
        cluster.at.copy_within(..usize::from(RAGE_CLICKS_ON_TEXT) - 1, 1);
        if let Some(latest) = cluster.at.first_mut() {
            *latest = now;
        }
        cluster.count = cluster.count.saturating_add(1);
        let first = cluster.at.get(usize::from(needed) - 1);
        let raged = cluster.count >= needed && first.is_some_and(|&first| now.since(first) <= RAGE_WITHIN);
        self.cluster = (!raged).then_some(cluster);
        if raged {
            self.unanswered = None;
        }
        raged.then_some(Reason::RageClicked)
    }

    /// Something happened that may be the answer.
    pub(super) fn heard(&mut self, signal: Signal) {
        if signal.is_response() {
            self.unanswered = None;
            // The page itself moves all the time; only an answer of the shop's calms a cluster.
            if !matches!(signal, Signal::PageResponded | Signal::PageHidden) {
                self.cluster = None;
            }
        } else if matches!(signal, Signal::FieldEntered(_)) {
            self.unanswered = None;
        }
    }

    /// When a click will have gone without an answer.
    pub(super) fn dead_at(&self) -> Option<UnixMillis> {
        self.unanswered
    }

    /// Whether a click went without an answer.
    pub(super) fn take_dead(&mut self, now: UnixMillis) -> bool {
        self.unanswered.take_if(|at| *at <= now).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clicks at these times, 4 px apart; whether they are rage.
    fn rage(target: Target, at: &[u64], between: Option<Signal>) -> bool {
        let mut clicks = Clicks::default();
        let mut raged = false;
        for (n, &ms) in at.iter().enumerate() {
            raged |=
                clicks.clicked(UnixMillis(ms), 100 + 4 * i32::try_from(n).unwrap(), 50, target).is_some();
            if let Some(signal) = between {
                clicks.heard(signal);
            }
        }
        raged
    }

    #[test]
    fn rage_is_quick_in_one_place_and_without_an_answer() {
        let moved = Signal::Scrolled { y: 5 };
        for (what, target, at, between, raged) in [
            ("three in a second", Target::Control, &[0, 300, 700][..], None, true),
            ("three in two seconds", Target::Control, &[0, 900, 1_800], None, false),
            ("the last three of many", Target::Control, &[0, 900, 1_800, 2_000, 2_200], None, true),
            ("a double click", Target::Control, &[0, 200], None, false),
            ("a paragraph was selected", Target::Plain, &[0, 150, 300], None, false),
            ("more than a selection", Target::Plain, &[0, 150, 300, 450], None, true),
            ("plus, plus, plus", Target::Stepper, &[0, 150, 300, 450], None, false),
            ("each was answered", Target::Control, &[0, 150, 300, 450], Some(moved), false),
            ("a spinner turned", Target::Control, &[0, 150, 300], Some(Signal::PageResponded), true),
        ] {
            assert_eq!(rage(target, at, between), raged, "{what}");
        }
        let mut clicks = Clicks::default();
        for n in 0..5 {
            let x = n * 60;
            let now = UnixMillis(100 * u64::try_from(n).unwrap());
            assert_eq!(clicks.clicked(now, x, 0, Target::Control), None, "all over the page");
        }
    }

    #[test]
    fn a_click_is_dead_after_a_second_without_an_answer() {
        let mut clicks = Clicks::default();
        clicks.clicked(UnixMillis(0), 5, 5, Target::Control);
        assert_eq!(clicks.dead_at(), Some(UnixMillis(1_000)));
        assert!(!clicks.take_dead(UnixMillis(999)) && clicks.take_dead(UnixMillis(1_000)));
        assert!(!clicks.take_dead(UnixMillis(2_000)));
        clicks.clicked(UnixMillis(3_000), 5, 5, Target::Plain);
        clicks.heard(Signal::PageResponded);
        assert!(!clicks.take_dead(UnixMillis(9_000)));
    }

    #[test]
    fn extreme_places_are_survived() {
        let mut clicks = Clicks::default();
        for x in [i32::MIN, i32::MAX, i32::MIN, 0] {
            clicks.clicked(UnixMillis(u64::MAX), x, x, Target::Control);
        }
    }
}
