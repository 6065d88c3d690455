//! What has been noticed, and how it fades.

use super::memory::{Reader, Writer};
use super::points::{Detectors, Reason};
use super::verdict::{Scorecard, Trigger, Verdict};
use crate::time::Millis;

/// The most that one reason adds up to, in times its points.
const MOST_TIMES: i32 = 3;
/// Points are kept in 256ths, so that fading loses nothing that matters.
const FRACTION_BITS: u32 = 8;
/// 2^(-n/16) for n in 0..16, in 32768ths.
const FADING: [i32; 16] = [
    32_768, 31_379, 30_048, 28_774, 27_554, 26_386, 25_268, 24_196, 23_170, 22_188, 21_247, 20_347, 19_484,
    18_658, 17_867, 17_109,
];
const FADING_BITS: u32 = 15;
const STEPS: u64 = FADING.len() as u64;

/// The points of every reason, fading with the time the page is looked at.
#[derive(Debug, Clone)]
pub(super) struct Evidence {
    detectors: Detectors,
    points: [i32; Reason::ALL.len()],
    /// How far each has faded.
    faded_to: [Millis; Trigger::ALL.len()],
}

impl Evidence {
    pub(super) fn new(detectors: Detectors) -> Self {
        Self { detectors, points: [0; Reason::ALL.len()], faded_to: [Millis(0); Trigger::ALL.len()] }
    }

    /// Notices `reason` when the page has been looked at for `seen`. Perhaps that is enough for its trigger.
    pub(super) fn notice(&mut self, seen: Millis, reason: Reason) -> Option<Verdict> {
        if !self.detectors.has(reason.detector()) {
            return None;
        }
        let trigger = reason.trigger();
        self.fade(seen, trigger);
        let points = reason.points() << FRACTION_BITS;
        if let Some(held) = self.points.get_mut(reason as usize) {
            *held = (*held + points).min(points * MOST_TIMES);
        }
        let verdict = self.card(trigger).verdict(trigger)?;
        self.forget(|reason| reason.trigger() == trigger);
        Some(verdict)
    }

    /// Whether anything is left of what `of` picks.
    pub(super) fn holds(&self, of: impl Fn(Reason) -> bool) -> bool {
        Reason::ALL.iter().any(|&reason| of(reason) && self.points_of(reason) > 0)
    }

    pub(super) fn forget(&mut self, of: impl Fn(Reason) -> bool) {
        for (held, &reason) in self.points.iter_mut().zip(Reason::ALL) {
            if of(reason) {
                *held = 0;
            }
        }
    }

    /// The score of `trigger` as it was when something was last noticed for it.
    pub(super) fn card(&self, trigger: Trigger) -> Scorecard {
        Reason::ALL
            .iter()
            .filter(|reason| reason.trigger() == trigger)
            .fold(Scorecard::default(), |card, &reason| card.with_points(reason, self.points_of(reason)))
    }

    /// What is left of every reason, as faded when the page has been looked at for `seen`.
    pub(super) fn write(&self, seen: Millis, to: &mut Writer) {
        let mut faded = self.clone();
        for trigger in Trigger::ALL {
            faded.fade(seen, trigger);
        }
        for held in faded.points {
            to.number(u64::try_from(held).unwrap_or(0));
        }
    }

    /// What was written, when this page has been looked at for `seen`: no reason is worth more than it could be.
    pub(super) fn read(&mut self, seen: Millis, from: &mut Reader<'_>) {
        for (held, &reason) in self.points.iter_mut().zip(Reason::ALL) {
            let most = (reason.points() << FRACTION_BITS).max(0) * MOST_TIMES;
            let on = self.detectors.has(reason.detector());
            *held = i32::try_from(from.number()).map_or(most, |points| points.min(most)) * i32::from(on);
        }
        self.faded_to = [seen; Trigger::ALL.len()];
    }

    fn points_of(&self, reason: Reason) -> i32 {
        self.points.get(reason as usize).map_or(0, |held| held >> FRACTION_BITS)
    }

    /// Fades in whole steps of a sixteenth of the half-life, so that it does not matter how often this is asked.
    fn fade(&mut self, seen: Millis, trigger: Trigger) {
        let Some(faded_to) = self.faded_to.get_mut(trigger as usize) else { return };
        let step = half_life(trigger).0 / STEPS;
        let steps = seen.0.saturating_sub(faded_to.0) / step;
        *faded_to = Millis(faded_to.0 + steps * step);
        let halvings = u32::try_from(steps / STEPS).unwrap_or(u32::MAX).min(31);
        let rest = FADING.get((steps % STEPS) as usize).copied().unwrap_or(0);
        for (held, reason) in self.points.iter_mut().zip(Reason::ALL) {
            if reason.trigger() == trigger {
                *held = ((*held * rest) >> FADING_BITS) >> halvings;
            }
        }
    }
}

/// Looking at products takes longer than stumbling on the way to the order.
fn half_life(trigger: Trigger) -> Millis {
    match trigger {
        Trigger::Indecision => Millis::seconds(120),
        Trigger::Exit | Trigger::IdleCart | Trigger::Hesitation => Millis::seconds(60),
    }
}
