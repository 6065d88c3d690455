//! Fields that are looked at and left empty.

use super::signal::Field;
use crate::time::Millis;

/// Who thinks about a field looks at it at least this long.
const PAUSE: Millis = Millis::seconds(4);

/// The field that has the focus, if one has.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OpenField {
    open: Option<Visit>,
}

#[derive(Debug, Clone, Copy)]
struct Visit {
    field: Field,
    /// How long the page had been looked at.
    since: Millis,
    /// It was filled in, or the shopper went to fetch what belongs there.
    excused: bool,
}

impl OpenField {
    pub(super) fn is_open(self) -> bool {
        self.open.is_some()
    }

    /// The focus went into `field`; whether the one before was left empty.
    pub(super) fn entered(&mut self, seen: Millis, field: Field) -> bool {
        let left_empty = self.left(seen);
        self.open = Some(Visit { field, since: seen, excused: false });
        left_empty
    }

    pub(super) fn excuse(&mut self) {
        if let Some(visit) = &mut self.open {
            visit.excused = true;
        }
    }

    /// The focus went; whether the field was left empty after a pause.
    pub(super) fn left(&mut self, seen: Millis) -> bool {
        self.open.take().is_some_and(|visit| {
            let asks = matches!(visit.field, Field::Other | Field::Coupon);
            asks && !visit.excused && seen.0.saturating_sub(visit.since.0) >= PAUSE.0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_left_empty_after_a_pause() {
        for (what, field, excused, after_ms, empty) in [
            ("a pause", Field::Other, false, 4_000, true),
            ("passing through", Field::Other, false, 3_999, false),
            ("filled in, or fetched", Field::Other, true, 9_000, false),
            ("a list is read", Field::List, false, 9_000, false),
            ("a search", Field::Search, false, 9_000, false),
        ] {
            let mut open = OpenField::default();
            assert!(!open.entered(Millis(1_000), field));
            if excused {
                open.excuse();
            }
            assert_eq!(open.left(Millis(1_000 + after_ms)), empty, "{what}");
            assert!(!open.left(Millis(90_000)), "{what}");
        }
        let mut open = OpenField::default();
        open.entered(Millis(0), Field::Other);
        assert!(open.entered(Millis(5_000), Field::Other), "another field was entered at once");
    }
}
