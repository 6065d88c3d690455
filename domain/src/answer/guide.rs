//! Troubleshooting: from a problem to the steps that help.

use super::content::{bounded, quick_reply, short_title, with_labels};
use super::coverage::{Coverage, Worth};
use super::subject::{Nearby, naming};
use super::words::{Word, same_words, words};
use super::{About, Reply};
use crate::commerce::{Guide, Product};
use crate::language::Sentences;
use crate::message::Content;
use crate::store::Settings;

/// A problem the question may be about.
#[derive(Debug, Clone)]
pub(super) struct Candidate<'a> {
    pub(super) product: &'a Product,
    pub(super) guide: &'a Guide,
    /// How likely it is meant.
    pub(super) score: u32,
    /// How many words name the problem itself.
    telling: usize,
    /// How sure that is.
    pub(super) certainty: Certainty,
}

/// How sure it is that a problem is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// Some words of the problem are there.
    Vague,
    /// A keyword is, or all of the problem's own words.
    Named,
    /// And the question says little else, or its product is known.
    Likely,
    /// Enough to answer at once.
    Sure,
    /// The shopper chose it from what was offered.
    Chosen,
}

/// A word of the problem is enough when the product is known; two are without.
const SURE_SCORE: u32 = 17;
/// One whole word of the problem.
const ONE_WORD: u32 = 10;
/// For a product that is on the page, or was just talked of.
const NEARBY_SCORE: u32 = 10;
/// More than any words add up to.
const CHOSEN_SCORE: u32 = 10_000;
/// How much less likely a problem may be to be offered beside the likeliest.
const OFFER_MARGIN: u32 = 10;
/// The most problems offered.
const MAX_OFFERED: usize = 5;

/// The problems `question` may be about, the likeliest first.
pub(super) fn candidates<'a>(
    settings: &'a Settings,
    question: &[Word],
    nearby: Nearby<'_>,
) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'_>> = settings
        .catalogue
        .iter()
        .filter(|product| !product.troubleshooting.is_empty())
        .flat_map(|product| {
            let of_product = move |guide| candidate(question, product, guide, nearby);
            product.troubleshooting.iter().filter_map(of_product)
        })
        .collect();
    found.sort_by_key(|candidate| core::cmp::Reverse(candidate.score));
    found
}

/// The problems of one product, whatever was asked.
pub(super) fn offer_all(own: &Sentences, product: &Product) -> Option<Reply> {
    let offers: Vec<(&Product, &Guide)> =
        product.troubleshooting.iter().take(MAX_OFFERED).map(|guide| (product, guide)).collect();
    (!offers.is_empty()).then(|| offer(own, &offers))
}

/// The steps, if one problem is the likeliest; else the likeliest to choose from.
pub(super) fn reply(own: &Sentences, candidates: &[Candidate<'_>]) -> Option<Reply> {
    let (first, others) = candidates.split_first()?;
    let alone = others.first().is_none_or(|second| second.score < first.score);
    if first.certainty >= Certainty::Sure && alone {
        return Some(steps(own, first.product, first.guide));
    }
    let offers: Vec<(&Product, &Guide)> = candidates
        .iter()
        .take_while(|candidate| candidate.score + OFFER_MARGIN >= first.score)
        .filter(|candidate| candidate.telling >= first.telling)
        .filter(|candidate| candidate.certainty >= first.certainty.min(Certainty::Named))
        .take(MAX_OFFERED)
        .map(|candidate| (candidate.product, candidate.guide))
        .collect();
    Some(offer(own, &offers))
}

fn candidate<'a>(
    question: &[Word],
    product: &'a Product,
    guide: &'a Guide,
    nearby: Nearby<'_>,
) -> Option<Candidate<'a>> {
    let mut own = Coverage::NONE;
    own.add_words(question, &guide.problem, Worth::NAME);
    let mut has_keyword = false;
    for keyword in &guide.keywords {
        has_keyword |= own.add_phrase(question, keyword, Worth::NAME);
    }
    if own.score() == 0 {
        return None;
    }
    let named = naming(question, product);
    let problem = words(&guide.problem);
    let is_whole = problem.iter().filter(|word| !word.is_filler).all(|word| word.is_like_any(question));
    let telling = own.beyond(question, &named);
    if telling == 0 {
        return None;
    }
    let is_near = nearby.has(product);
    let is_known = is_near || named.score() >= ONE_WORD;
    let (covered, asked) = own.share(question, &Coverage::NONE);
    let is_plain = own.score() >= SURE_SCORE || own.score() >= ONE_WORD && (is_known || covered == asked);
    let mut coverage = own;
    coverage.add(&named);
    let is_chosen = same_words(question, &words(&choice(product, guide)));
    let score =
        coverage.score() + if is_near { NEARBY_SCORE } else { 0 } + if is_chosen { CHOSEN_SCORE } else { 0 };
    let certainty = match has_keyword || is_whole {
        _ if is_chosen => Certainty::Chosen,
        false => Certainty::Vague,
        true if is_plain => Certainty::Sure,
        true if is_known || covered * 2 > asked => Certainty::Likely,
        true => Certainty::Named,
    };
    Some(Candidate { product, guide, score, telling, certainty })
}

/// What choosing a problem says.
fn choice(product: &Product, guide: &Guide) -> String {
    format!("{} ({})", guide.problem, product.title)
}

fn offer(own: &Sentences, offers: &[(&Product, &Guide)]) -> Reply {
    let several =
        offers.iter().any(|(product, _)| Some(&product.id) != offers.first().map(|(first, _)| &first.id));
    let mut quick_replies: Vec<_> = offers
        .iter()
        .map(|(product, guide)| {
            let label = if several {
                format!("{}: {}", short_title(product), guide.problem)
            } else {
                guide.problem.clone()
            };
            quick_reply(&label, &choice(product, guide))
        })
        .collect();
    quick_replies.push(quick_reply(own.a_person, own.a_person));
    let content = bounded(Content { text: own.which_problem.into(), quick_replies, ..Content::default() });
    Reply::Answer { content, about: About::Choices }
}

fn steps(own: &Sentences, product: &Product, guide: &Guide) -> Reply {
    let steps: Vec<String> =
        guide.steps.iter().enumerate().map(|(index, step)| format!("{}. {step}", index + 1)).collect();
    let (title, steps) = (&product.title, steps.join("\n"));
    let text = format!("{} ({title})\n{steps}\n\n{}", guide.problem, own.did_that_help);
    let content = with_labels(text, [own.it_helped, own.still_need_help]);
    Reply::Answer {
        content,
        about: About::Guide { product: product.id.clone(), problem: guide.problem.clone() },
    }
}
