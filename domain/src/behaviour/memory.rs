//! What one page of a visit remembers for the next: a row of whole numbers, which the shell keeps where and when the
//! shopper consented. Whatever comes back is read by total functions: a row that is damaged, old or made up means
//! less, never more than the limits allow.

/// Numbers that survive as JSON numbers.
const LARGEST: u64 = (1 << 53) - 1;
/// The first number of a row. A row that begins otherwise is not read.
pub(super) const VERSION: u64 = 1;

/// Writes a row.
#[derive(Debug, Default)]
pub(super) struct Writer {
    row: Vec<u64>,
}

impl Writer {
    #[inline(never)]
    pub(super) fn number(&mut self, number: u64) {
        self.row.push(number.min(LARGEST));
    }

    /// A number that may be absent: one more than it is, or nothing.
    #[inline(never)]
    pub(super) fn perhaps(&mut self, number: Option<u64>) {
        self.number(number.map_or(0, |number| number.saturating_add(1)));
    }

    pub(super) fn row(self) -> Vec<u64> {
        self.row
    }
}

/// Reads a row; beyond its end there are zeros.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: core::slice::Iter<'a, u64>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(row: &'a [u64]) -> Self {
        Self { rest: row.iter() }
    }

    #[inline(never)]
    pub(super) fn number(&mut self) -> u64 {
        self.rest.next().copied().unwrap_or(0)
    }

    #[inline(never)]
    pub(super) fn small(&mut self) -> u32 {
        u32::try_from(self.number()).unwrap_or(u32::MAX)
    }

    #[inline(never)]
    pub(super) fn perhaps(&mut self) -> Option<u64> {
        self.number().checked_sub(1)
    }

    #[inline(never)]
    pub(super) fn perhaps_small(&mut self) -> Option<u32> {
        self.perhaps().and_then(|number| u32::try_from(number).ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_written_and_ends_in_zeros() {
        let mut writer = Writer::default();
        writer.number(7);
        writer.perhaps(None);
        writer.perhaps(Some(0));
        writer.number(u64::MAX);
        let row = writer.row();
        assert!(row.iter().all(|&number| number <= LARGEST));
        let mut reader = Reader::new(&row);
        assert_eq!((reader.number(), reader.perhaps(), reader.perhaps()), (7, None, Some(0)));
        assert_eq!((reader.small(), reader.number(), reader.perhaps_small()), (u32::MAX, 0, None));
    }
}
