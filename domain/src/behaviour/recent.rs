//! What was had in hand lately: lines of the cart, products, variants.

use super::memory::{Reader, Writer};
use crate::time::Millis;

/// As many things as a shopper weighs against each other.
const KEPT: usize = 4;
/// A product seen more briefly was a wrong click.
const SHORTEST_VISIT: Millis = Millis::seconds(2);

/// The last few different things, the latest first.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Recent {
    things: [Option<Thing>; KEPT],
}

#[derive(Debug, Clone, Copy)]
struct Thing {
    id: u32,
    times: u8,
}

impl Recent {
    /// Takes up `id`; how often it was in hand before, this time not counted.
    #[inline(never)]
    pub(super) fn take_up(&mut self, id: u32) -> u8 {
        let held = self.things.iter().position(|thing| thing.is_some_and(|thing| thing.id == id));
        let times = held.and_then(|n| self.things.get(n).copied().flatten()).map_or(0, |thing| thing.times);
        self.things.copy_within(..held.unwrap_or(KEPT - 1), 1);
        if let Some(latest) = self.things.first_mut() {
            *latest = Some(Thing { id, times: times.saturating_add(1) });
        }
        times
    }

    #[inline(never)]
    pub(super) fn write(&self, to: &mut Writer) {
        for thing in self.things {
            to.perhaps(thing.map(|thing| thing.id.into()));
            to.number(thing.map_or(0, |thing| thing.times.into()));
        }
    }

    #[inline(never)]
    pub(super) fn read(from: &mut Reader<'_>) -> Self {
        let things = core::array::from_fn(|_| {
            let id = from.perhaps_small();
            let times = u8::try_from(from.number()).unwrap_or(u8::MAX);
            id.map(|id| Thing { id, times })
        });
        Self { things }
    }

    /// What is in hand now.
    pub(super) fn latest(&self) -> Option<u32> {
        self.things.first().copied().flatten().map(|thing| thing.id)
    }
}

/// The products visited in turn.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Products {
    recent: Recent,
    current: Option<(u32, Millis)>,
}

impl Products {
    /// The page of `product`, or of none, when the page had been looked at for `seen`: how often it was visited
    /// before, if this is a return to it.
    pub(super) fn visit(&mut self, seen: Millis, product: Option<u32>) -> Option<u8> {
        let looked_at = |since: Millis| seen.0.saturating_sub(since.0) >= SHORTEST_VISIT.0;
        if let Some((left, _)) = self.current.take().filter(|&(_, since)| looked_at(since)) {
            self.recent.take_up(left);
        }
        let product = product?;
        self.current = Some((product, seen));
        let between = self.recent.latest().is_some_and(|latest| latest != product);
        let before = self.recent.things.iter().flatten().find(|thing| thing.id == product);
        before.filter(|_| between).map(|thing| thing.times)
    }

    /// The product that is shown.
    pub(super) fn shown(&self) -> Option<u32> {
        self.current.map(|(product, _)| product)
    }

    /// The last two different products, the latest first.
    pub(super) fn latest(&self) -> [Option<u32>; 2] {
        let recent = || self.recent.things.iter().flatten().map(|thing| thing.id);
        let first = self.shown().or_else(|| recent().next());
        [first, recent().find(|id| Some(*id) != first)]
    }

    #[inline(never)]
    pub(super) fn write(&self, to: &mut Writer) {
        self.recent.write(to);
        to.perhaps(self.shown().map(u64::from));
        to.number(self.current.map_or(0, |(_, since)| since.0));
    }

    #[inline(never)]
    pub(super) fn read(from: &mut Reader<'_>) -> Self {
        let recent = Recent::read(from);
        let shown = from.perhaps_small();
        let since = Millis(from.number());
        Self { recent, current: shown.map(|product| (product, since)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_are_remembered_by_how_lately_they_were_in_hand() {
        let mut recent = Recent::default();
        for (id, times) in [(1, 0), (2, 0), (1, 1), (3, 0), (4, 0), (5, 0), (1, 2), (2, 0), (2, 1)] {
            assert_eq!(recent.take_up(id), times, "{id}");
        }
        assert_eq!(recent.latest(), Some(2));
    }

    #[test]
    fn a_return_is_to_a_product_that_another_came_after() {
        let mut products = Products::default();
        for (seconds, product, returned) in [
            (0, Some(1), None),
            (9, Some(2), None),
            (18, Some(1), Some(1)),
            (27, Some(3), None),
            (28, Some(2), Some(1)),
            (37, None, None),
            (38, Some(2), None),
            (47, Some(1), Some(2)),
            (56, Some(4), None),
            (57, None, None),
            (99, Some(1), None),
        ] {
            assert_eq!(products.visit(Millis::seconds(seconds), product), returned, "at {seconds} s");
        }
    }

    #[test]
    fn the_last_two_products_are_those_weighed_against_each_other() {
        let mut products = Products::default();
        for (seconds, product, latest) in [
            (0, None, [None, None]),
            (5, Some(1), [Some(1), None]),
            (14, Some(2), [Some(2), Some(1)]),
            (23, None, [Some(2), Some(1)]),
            (24, Some(1), [Some(1), Some(2)]),
            (40, Some(3), [Some(3), Some(1)]),
        ] {
            products.visit(Millis::seconds(seconds), product);
            assert_eq!(products.latest(), latest, "at {seconds} s");
        }
    }
}
