//! How likely a visit ends with an order: ten whole numbers, one table of points, one curve.
//!
//! Fitted to the Online Shoppers Purchasing Intention data (Sakar and Kastro, UCI 468, CC BY 4.0) by
//! `lab session-fit`, which prints the table of `purchase_points.rs`. `PageValues` is left out: it is computed
//! from completed orders, and so knows the answer.

use super::purchase_points::{BASE, POINTS};

/// What is known of a visit. What is not known counts neither way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Visit {
    /// Pages of the shopper's account.
    pub account_pages: u32,
    /// Seconds on them.
    pub account_seconds: u32,
    /// Pages about the shop: delivery, returns, contact.
    pub help_pages: u32,
    /// Pages of products.
    pub product_pages: u32,
    /// Seconds on them.
    pub product_seconds: u32,
    /// How many of a million visits that begin on such pages see no other: the site's average over the pages seen.
    pub bounces_ppm: Option<u32>,
    /// How many of a million views of such pages are a visit's last.
    pub exits_ppm: Option<u32>,
    /// 1 to 12.
    pub month: u8,
    /// The first visit.
    pub first: Option<bool>,
    /// Where the shopper came from, as the site numbers it; above 20 is not known.
    pub source: Option<u8>,
}

/// A probability in millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ppm(pub u32);

/// Whom a word may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interest {
    /// Only passing by.
    PassingBy,
    /// Could go either way, or nothing is known.
    #[default]
    Open,
    /// About to buy anyway.
    Sure,
}

/// The numbers of points: one for each bin of each term.
pub const CELLS: usize = 229;
/// The terms that are added up.
pub const TERMS: usize = 17;
/// Points for one unit of log-odds.
pub const POINTS_PER_UNIT: i32 = 10;

const PASSING_BY_BELOW: Ppm = Ppm(50_000);
const SURE_ABOVE: Ppm = Ppm(600_000);

const ACCOUNT_PAGES: &[u32] = &[1, 2, 3, 5, 8];
const ACCOUNT_SECONDS: &[u32] = &[1, 30, 80, 150, 300];
const HELP_PAGES: &[u32] = &[1, 2, 4];
const PRODUCT_PAGES: &[u32] = &[3, 6, 10, 16, 25, 40, 60, 100, 160];
const PRODUCT_SECONDS: &[u32] = &[30, 120, 300, 600, 1_000, 1_600, 2_500, 4_000];
const BOUNCES_PPM: &[u32] = &[100, 4_000, 10_000, 20_000, 40_000, 80_000, 150_000];
const EXITS_PPM: &[u32] = &[
    6_000, 10_000, 14_000, 18_000, 22_000, 27_000, 33_000, 40_000, 50_000, 65_000, 85_000, 120_000, 180_000,
];
const SECONDS_PER_PAGE: &[u32] = &[5, 12, 20, 28, 36, 48, 65, 100];
const SOURCES: usize = 21;
const MONTHS: usize = 12;
// Coarser, where two are looked at together.
const FEW_ACCOUNT_PAGES: &[u32] = &[1, 3, 6];
const FEW_PRODUCT_PAGES: &[u32] = &[6, 14, 28, 55];
const FEW_PRODUCT_SECONDS: &[u32] = &[120, 450, 1_000, 2_200];
/// How many of the pages seen are a visit's last, in millionths: their number times their rate.
const EXPECTED_EXITS_PPM: &[u32] = &[350_000, 600_000, 1_200_000];
const SEASONS: usize = 6;

/// A bin among so many; none where nothing is known.
#[derive(Clone, Copy)]
struct Bin(Option<usize>, usize);

impl Visit {
    /// The bins the visit falls into, one for each term that is known, as places in the table of points.
    pub fn cells(&self) -> [Option<usize>; TERMS] {
        let pages = self.account_pages.saturating_add(self.help_pages).saturating_add(self.product_pages);
        let month = Bin(Some(usize::from(self.month.clamp(1, 12)) - 1), MONTHS);
        let first = Bin(self.first.map(usize::from), 2);
        let season = Bin(Some(season(self.month)), SEASONS);
        let account = bin(FEW_ACCOUNT_PAGES, self.account_pages);
        let products = bin(FEW_PRODUCT_PAGES, self.product_pages);
        let looking = bin(FEW_PRODUCT_SECONDS, self.product_seconds);
        let exits = bin_of(EXPECTED_EXITS_PPM, self.exits_ppm.map(|rate| rate.saturating_mul(pages)));
        let terms = [
            bin(ACCOUNT_PAGES, self.account_pages),
            bin(ACCOUNT_SECONDS, self.account_seconds),
            bin(HELP_PAGES, self.help_pages),
            bin(PRODUCT_PAGES, self.product_pages),
            bin(PRODUCT_SECONDS, self.product_seconds),
            bin_of(BOUNCES_PPM, self.bounces_ppm),
            bin_of(EXITS_PPM, self.exits_ppm),
            bin(SECONDS_PER_PAGE, self.product_seconds / self.product_pages.max(1)),
            month,
            first,
            Bin(self.source.map(|source| usize::from(source).min(SOURCES - 1)), SOURCES),
            account.with(first),
            products.with(season),
            account.with(products),
            account.with(exits),
            looking.with(season),
            account.with(season),
        ];
        let mut before = 0;
        terms.map(|Bin(bin, of)| {
            let cell = bin.map(|bin| before + bin);
            before += of;
            cell
        })
    }

    /// The points of the visit: ten times its log-odds.
    pub fn score(&self) -> i32 {
        let points = |cell: usize| POINTS.get(cell).copied().map_or(0, i32::from);
        self.cells().into_iter().flatten().map(points).sum::<i32>() + BASE
    }

    /// How likely the visit ends with an order.
    pub fn purchase(&self) -> Ppm {
        probability(self.score())
    }

    /// Whom a word may help: neither the surest buyers nor those who only pass by.
    pub fn interest(&self) -> Interest {
        match self.purchase() {
            purchase if purchase < PASSING_BY_BELOW => Interest::PassingBy,
            purchase if purchase > SURE_ABOVE => Interest::Sure,
            _ => Interest::Open,
        }
    }
}

impl Bin {
    #[inline(never)]
    fn with(self, other: Self) -> Self {
        Self(self.0.zip(other.0).map(|(own, other_bin)| own * other.1 + other_bin), self.1 * other.1)
    }
}

/// The bin of `value` between ascending `cuts`.
fn bin(cuts: &[u32], value: u32) -> Bin {
    bin_of(cuts, Some(value))
}

#[inline(never)]
fn bin_of(cuts: &[u32], value: Option<u32>) -> Bin {
    Bin(value.map(|value| cuts.iter().filter(|&&cut| value >= cut).count()), cuts.len() + 1)
}

/// Months that sell alike: after the holidays, spring, early summer, before the holidays, the holidays; the rest.
fn season(month: u8) -> usize {
    match month {
        2 => 0,
        3 => 1,
        5 => 2,
        11 => 3,
        12 => 4,
        _ => 5,
    }
}

/// 1 / (1 + e^-x) in millionths, for x from -6 to 6 in steps of a half.
const CURVE: [u32; 25] = [
    2_473, 4_070, 6_693, 10_987, 17_986, 29_312, 47_426, 75_858, 119_203, 182_426, 268_941, 377_541, 500_000,
    622_459, 731_059, 817_574, 880_797, 924_142, 952_574, 970_688, 982_014, 989_013, 993_307, 995_930,
    997_527,
];
const CURVE_STEP: i32 = POINTS_PER_UNIT / 2;

fn probability(score: i32) -> Ppm {
    let last = CURVE.len() - 1;
    let along = score.saturating_add(6 * POINTS_PER_UNIT).clamp(0, 12 * POINTS_PER_UNIT);
    let (step, rest) = (along.div_euclid(CURVE_STEP), along.rem_euclid(CURVE_STEP));
    let at = |n: usize| CURVE.get(n.min(last)).copied().unwrap_or_default();
    let step = usize::try_from(step).unwrap_or_default();
    let rise = at(step + 1) - at(step);
    Ppm(at(step) + rise * rest.unsigned_abs() / CURVE_STEP.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_cell_is_reached_and_none_beyond() {
        let most = Visit {
            account_pages: u32::MAX,
            account_seconds: u32::MAX,
            help_pages: u32::MAX,
            product_pages: u32::MAX,
            product_seconds: u32::MAX,
            bounces_ppm: Some(u32::MAX),
            exits_ppm: Some(u32::MAX),
            month: 255,
            first: Some(true),
            source: Some(255),
        };
        let cells = most.cells();
        assert_eq!(most.cells().len(), TERMS);
        assert!(cells.is_sorted() && cells.iter().all(|cell| cell.is_some_and(|cell| cell < CELLS)));
        // The last term's last season is "the rest", which December is not.
        assert_eq!(Visit { month: 4, ..most }.cells().last(), Some(&Some(CELLS - 1)));
        assert_eq!(Visit { month: 1, ..Visit::default() }.cells()[0], Some(0));
    }

    #[test]
    fn the_curve_rises() {
        for (score, ppm) in
            [(-900, 2_473), (-60, 2_473), (0, 500_000), (1, 524_491), (60, 997_527), (900, 997_527)]
        {
            assert_eq!(probability(score), Ppm(ppm), "{score}");
        }
        assert!((-80..80).all(|score| probability(score) <= probability(score + 1)));
    }

    #[test]
    fn a_word_is_for_those_in_between() {
        let glance = Visit {
            product_pages: 1,
            bounces_ppm: Some(200_000),
            exits_ppm: Some(200_000),
            month: 3,
            ..Visit::default()
        };
        assert_eq!(glance.interest(), Interest::PassingBy);
        let looking = Visit {
            account_pages: 3,
            account_seconds: 90,
            product_pages: 40,
            product_seconds: 1_500,
            exits_ppm: Some(15_000),
            month: 11,
            source: Some(2),
            ..Visit::default()
        };
        assert_eq!(looking.interest(), Interest::Open);
        assert!(looking.purchase() > glance.purchase());
    }

    proptest! {
        #[test]
        fn any_visit_has_a_probability(
            counts in any::<[u32; 5]>(), rates in any::<[Option<u32>; 2]>(), month in any::<u8>(),
            first in any::<Option<bool>>(), source in any::<Option<u8>>(),
        ) {
            let [account_pages, account_seconds, help_pages, product_pages, product_seconds] = counts;
            let [bounces_ppm, exits_ppm] = rates;
            let visit = Visit {
                account_pages, account_seconds, help_pages, product_pages, product_seconds, bounces_ppm, exits_ppm,
                month, first, source,
            };
            prop_assert!((2_473..=997_527).contains(&visit.purchase().0));
        }
    }
}
