//! Which product a question is about.

use super::About;
use super::coverage::{Coverage, Worth};
use super::words::Word;
use crate::commerce::Product;
use crate::store::Settings;

/// The product or products meant, and the words that say so.
#[derive(Debug, Clone)]
pub(super) struct Subject<'a> {
    /// One, or those that are meant equally.
    pub(super) products: Vec<&'a Product>,
    /// The words that name them; none when the shopper points at what they see.
    pub(super) coverage: Coverage,
}

/// The product the shopper may be pointing at: the one just talked of, or that of their page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Nearby<'a> {
    pub(super) page: Option<&'a Product>,
    pub(super) previous: Option<&'a Product>,
}

impl<'a> Nearby<'a> {
    pub(super) fn new(settings: &'a Settings, page: Option<&str>, previous: Option<&About>) -> Self {
        let previous = match previous {
            Some(About::Product(id) | About::Guide { product: id, .. }) => settings.product(id.as_str()),
            _ => None,
        };
        Self { page: page.and_then(|id| settings.product(id)), previous }
    }

    /// What "this" or "it" means: "it" what was talked of, "this" what is seen.
    fn pointed_at(&self, question: &[Word]) -> Option<&'a Product> {
        let said = question.iter().any(|word| word.is_in(&["it", "its", "them", "they"]));
        if said { self.previous.or(self.page) } else { self.page.or(self.previous) }
    }

    /// Whether it is one of these.
    pub(super) fn has(&self, product: &Product) -> bool {
        [self.page, self.previous].iter().flatten().any(|near| near.id == product.id)
    }
}

/// The products `question` names, or points at.
pub(super) fn subject<'a>(
    settings: &'a Settings,
    question: &[Word],
    nearby: Nearby<'a>,
) -> Option<Subject<'a>> {
    let points = question.iter().any(|word| word.is_in(&POINTERS));
    let pointed_at = nearby.pointed_at(question);
    let Some(mut named) = named(settings, question) else {
        return pointed_at.map(|product| Subject { products: vec![product], coverage: Coverage::NONE });
    };
    if let Some(near) = named.products.iter().find(|product| nearby.has(product)).copied() {
        named.products = vec![near];
        return Some(named);
    }
    // "Is this good for espresso?" is about this, not about an espresso; "does this fit the Beacon?" names one.
    if let (true, Some(product)) = (points, pointed_at)
        && !named.products.iter().any(|product| calls_by_name(question, product))
    {
        return Some(Subject { products: vec![product], coverage: Coverage::NONE });
    }
    Some(named)
}

const POINTERS: [&str; 7] = ["it", "its", "that", "them", "these", "they", "this"];

/// The products whose title, tags or id account for most of `question`.
fn named<'a>(settings: &'a Settings, question: &[Word]) -> Option<Subject<'a>> {
    let mut best: Option<(u32, Subject<'a>)> = None;
    if question.iter().all(|word| word.is_filler) {
        return None;
    }
    for product in &settings.catalogue {
        let coverage = naming(question, product);
        let score = coverage.score();
        match &mut best {
            _ if score == 0 => {}
            Some((most, subject)) if *most == score => {
                subject.products.push(product);
                subject.coverage.add(&coverage);
            }
            Some((most, _)) if *most > score => {}
            _ => best = Some((score, Subject { products: vec![product], coverage })),
        }
    }
    best.map(|(_, subject)| subject)
}

/// The words of `question` that name `product`.
pub(super) fn naming(question: &[Word], product: &Product) -> Coverage {
    let mut coverage = Coverage::NONE;
    coverage.add_words(question, &product.title, Worth::NAME);
    coverage.add_phrase(question, product.id.as_str(), Worth::NAME);
    for tag in &product.tags {
        coverage.add_phrase(question, tag, Worth::TAG);
    }
    coverage
}

/// Whether `question` has a word of the product's own name: what stands before the colon of its title.
fn calls_by_name(question: &[Word], product: &Product) -> bool {
    let mut coverage = Coverage::NONE;
    coverage.add_words(question, super::content::short_title(product), Worth::NAME);
    product.title.contains(':') && coverage.score() > 0
}
