//! The pages of a visit, as far as they were seen, and what they say about whether it ends with an order.

use super::memory::{Reader, Writer};
use super::purchase::{Interest, Visit};
use super::signal::PageKind;
use crate::time::{Millis, UnixMillis};

/// Fewer pages than this say nothing.
const FEWEST_PAGES: u32 = 3;

/// What was seen of the visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Journey {
    account_pages: u32,
    help_pages: u32,
    product_pages: u32,
    account: Millis,
    products: Millis,
    /// Visits before this one that were seen.
    visits_before: u32,
    here: PageKind,
}

impl Journey {
    /// Another page was opened.
    pub(super) fn open(&mut self, page: PageKind) {
        self.here = page;
        let pages = match page {
            PageKind::Product | PageKind::Listing => &mut self.product_pages,
            PageKind::Account | PageKind::Cart | PageKind::Checkout => &mut self.account_pages,
            PageKind::Help => &mut self.help_pages,
            PageKind::Other => return,
        };
        *pages = pages.saturating_add(1);
    }

    /// The page was looked at for so much longer.
    pub(super) fn look(&mut self, longer: Millis) {
        let looked = match self.here {
            PageKind::Product | PageKind::Listing => &mut self.products,
            PageKind::Account | PageKind::Cart | PageKind::Checkout => &mut self.account,
            PageKind::Help | PageKind::Other => return,
        };
        looked.0 = looked.0.saturating_add(longer.0);
    }

    /// A new visit began.
    pub(super) fn begin_again(&mut self) {
        let visits_before = self.visits_before.saturating_add(1);
        *self = Self { visits_before, here: self.here, ..Self::default() };
    }

    /// Which visit this is, as far as is known.
    pub(super) fn visits(&self) -> u32 {
        self.visits_before.saturating_add(1)
    }

    /// Whom a word may help; nothing is known after a page or two.
    pub(super) fn interest(&self, now: UnixMillis) -> Interest {
        let pages = self.account_pages.saturating_add(self.help_pages).saturating_add(self.product_pages);
        if pages < FEWEST_PAGES {
            return Interest::Open;
        }
        let seconds = |looked: Millis| u32::try_from(looked.0 / 1_000).unwrap_or(u32::MAX);
        let visit = Visit {
            account_pages: self.account_pages,
            account_seconds: seconds(self.account),
            help_pages: self.help_pages,
            product_pages: self.product_pages,
            product_seconds: seconds(self.products),
            month: month(now),
            // Who was here before is known; whether somebody was not, is not.
            first: (self.visits_before > 0).then_some(false),
            ..Visit::default()
        };
        visit.interest()
    }

    pub(super) fn write(&self, to: &mut Writer) {
        for number in [self.account_pages, self.help_pages, self.product_pages, self.visits_before] {
            to.number(number.into());
        }
        to.number(self.account.0);
        to.number(self.products.0);
    }

    pub(super) fn read(from: &mut Reader<'_>) -> Self {
        let (account_pages, help_pages) = (from.small(), from.small());
        let (product_pages, visits_before) = (from.small(), from.small());
        let (account, products) = (Millis(from.number()), Millis(from.number()));
        Self {
            account_pages,
            help_pages,
            product_pages,
            visits_before,
            account,
            products,
            here: PageKind::Other,
        }
    }
}

/// The month in UTC, 1 to 12: days counted from 1 March, as in Howard Hinnant's "chrono-Compatible Low-Level Date
/// Algorithms". <https://howardhinnant.github.io/date_algorithms.html>
fn month(now: UnixMillis) -> u8 {
    const DAYS_TO_1970: u64 = 719_468;
    let day_of_era = (now.0 / Millis::days(1).0 + DAYS_TO_1970) % 146_097;
    let year = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    u8::try_from((from_march + 2) % 12 + 1).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_follow_the_calendar() {
        for (unix_seconds, expected) in [
            (0, 1),
            (951_782_400, 2),
            (951_868_800, 3),
            (1_700_000_000, 11),
            (1_709_164_800, 2),
            (1_709_251_200, 3),
            (1_735_689_599, 12),
            (1_735_689_600, 1),
        ] {
            assert_eq!(month(UnixMillis(unix_seconds * 1_000)), expected, "{unix_seconds}");
        }
        let _ = month(UnixMillis(u64::MAX));
    }

    #[test]
    fn a_page_or_two_say_nothing() {
        let now = UnixMillis(1_709_251_200_000);
        let mut journey = Journey::default();
        for page in [PageKind::Product, PageKind::Other, PageKind::Listing] {
            journey.open(page);
            assert_eq!(journey.interest(now), Interest::Open);
        }
        assert_eq!((journey.product_pages, journey.visits()), (2, 1));
        journey.look(Millis::seconds(40));
        journey.begin_again();
        assert_eq!((journey.product_pages, journey.products, journey.visits()), (0, Millis(0), 2));
    }
}
