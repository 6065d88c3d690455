//! Rows of numbers, as they cross between the page and the sensors.

/// Reads a row; beyond its end there are zeros.
pub(crate) struct Row<'a> {
    rest: core::slice::Iter<'a, f64>,
}

impl<'a> Row<'a> {
    pub(crate) fn new(row: &'a [f64]) -> Self {
        Self { rest: row.iter() }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rest.len() == 0
    }

    pub(crate) fn number(&mut self) -> f64 {
        self.rest.next().copied().unwrap_or(0.0)
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and NaN is 0: as meant"
    )]
    #[inline(never)]
    pub(crate) fn whole(&mut self) -> u64 {
        self.number() as u64
    }

    #[allow(clippy::cast_possible_truncation, reason = "saturates, and NaN is 0: as meant")]
    #[inline(never)]
    pub(crate) fn pixels(&mut self) -> i32 {
        self.number() as i32
    }

    #[inline(never)]
    pub(crate) fn small(&mut self) -> u32 {
        u32::try_from(self.whole()).unwrap_or(u32::MAX)
    }

    pub(crate) fn place(&mut self) -> usize {
        self.small() as usize
    }

    pub(crate) fn flag(&mut self) -> bool {
        self.small() != 0
    }

    /// One more than a number, or nothing.
    pub(crate) fn perhaps(&mut self) -> Option<u64> {
        self.whole().checked_sub(1)
    }

    pub(crate) fn perhaps_small(&mut self) -> Option<u32> {
        self.small().checked_sub(1)
    }

    /// So many, as many as its first number says and as there are.
    #[inline(never)]
    pub(crate) fn numbers(&mut self) -> Vec<u32> {
        let count = self.place().min(self.rest.len());
        (0..count).map(|_| self.small()).collect()
    }

    /// Texts: how many, and the code points of each after their number.
    #[inline(never)]
    pub(crate) fn texts(&mut self) -> Vec<String> {
        let count = self.place().min(self.rest.len());
        (0..count).map(|_| self.text()).collect()
    }

    #[inline(never)]
    fn text(&mut self) -> String {
        let count = self.place().min(self.rest.len());
        let mut text = String::new();
        (0..count).filter_map(|_| char::from_u32(self.small())).for_each(|c| text.push(c));
        text
    }

    pub(crate) fn rest_as_text(&mut self) -> String {
        let mut text = String::new();
        while !self.is_empty() {
            text.extend(char::from_u32(self.small()));
        }
        text
    }
}

/// A number as the page takes it. They are below 2^53.
#[allow(clippy::cast_precision_loss, reason = "exact below 2^53")]
pub(crate) fn tell(number: u64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_row_holds_is_read() {
        let mut row = Row::new(&[-3.5, f64::NAN, f64::INFINITY, 1e300, 2.0, 104.0, 105.0]);
        assert_eq!((row.whole(), row.small(), row.whole(), row.pixels()), (0, 0, u64::MAX, i32::MAX));
        assert_eq!((row.text().as_str(), row.perhaps(), row.flag()), ("hi", None, false));
        assert_eq!(Row::new(&[9e9, 7.0]).numbers(), [7]);
        assert_eq!(Row::new(&[2.0, 1.0, 47.0, 9e9, 120.0]).texts(), ["/", "x"]);
        assert_eq!(Row::new(&[104.0, 55_296.0, 128_512.0]).rest_as_text(), "h\u{1f600}");
    }
}
