//! First answers, by rules alone: from the store's settings and catalogue, or a hand-off to a person.

mod contact;
mod content;
mod coverage;
mod guide;
mod hand_off;
mod intent;
mod product;
mod subject;
mod topic;
mod words;

pub use contact::contact_in;

use crate::commerce::ProductId;
use crate::language::{Language, Sentences, fill};
use crate::message::{Content, LinkButton};
use crate::store::{self, AnswerId, Opening, Settings};
use coverage::{Coverage, Worth};
use guide::Certainty;
use hand_off::{filled, hand_off, hand_off_saying};
use intent::{Intent, asks_for_anything, asks_for_order, gives_order_number, intent, tells_of_trouble};
use serde::{Deserialize, Serialize};
use subject::{Nearby, Subject, subject};
use topic::{Ask, Topic};
use words::{Word, same_words, words};

/// What a shopper wants to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question<'a> {
    /// Their words.
    pub text: &'a str,
    /// The product of the page they wrote from, by the id the page names.
    pub page_product: Option<&'a str>,
}

/// What else decides the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AnswerContext<'a> {
    /// Whether people answer now.
    pub opening: Opening,
    /// A person was asked for and has not answered yet.
    pub handed_off: bool,
    /// The store can reach the shopper elsewhere: a contact or a linked channel.
    pub contact_known: bool,
    /// What the assistant's last answer was about.
    pub previous: Option<&'a About>,
    /// The language of what the assistant says in its own words.
    pub language: Language,
}

impl AnswerContext<'_> {
    const fn own(&self) -> &'static Sentences {
        self.language.sentences()
    }
}

/// What the assistant does about a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// It answers.
    Answer {
        /// What it says.
        content: Content,
        /// Of what.
        about: About,
    },
    /// It says that a person will.
    HandOff {
        /// What it says.
        content: Content,
        /// Whether the content asks where to reach the shopper.
        ask_contact: bool,
    },
}

/// What an answer is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// An answer of the store's.
    Answer(AnswerId),
    /// Several things it could be: the shopper chooses.
    Choices,
    /// The shopper told where to reach them.
    Contact,
    /// A problem with a product.
    Guide {
        /// The product.
        product: ProductId,
        /// The problem.
        problem: String,
    },
    /// A product.
    Product(ProductId),
    /// Several products.
    Products,
    /// Hello, thanks, goodbye.
    SmallTalk,
    /// That nothing more will come on a channel, since the shopper asked for that.
    Stopped,
}

/// Answers a question: total, and the same for the same input.
pub fn answer(settings: &Settings, question: &Question<'_>, context: &AnswerContext<'_>) -> Reply {
    if let Some((_, contact)) = contact_in(question.text) {
        let rest = question.text.replace(&contact, " ");
        let known = AnswerContext { contact_known: true, ..*context };
        return match asked(settings, &Question { text: &rest, ..*question }, &known) {
            Some(reply) if !is_about_contact(&words(&rest)) => reply,
            _ => thanks_for(context, &contact),
        };
    }
    asked(settings, question, context).unwrap_or_else(|| hand_off(settings, context))
}

/// The answer to what was asked, if there is one.
fn asked(settings: &Settings, question: &Question<'_>, context: &AnswerContext<'_>) -> Option<Reply> {
    let words = words(question.text);
    if words.is_empty() {
        // An emoji is a nod; "??" is not.
        let nod = !question.text.contains('?') && !question.text.trim().is_empty();
        return nod.then(|| small_talk(context.own().anything_else));
    }
    let intent = intent(&words);
    if let Some(Intent::Person) = intent {
        return Some(hand_off(settings, context));
    }
    if gives_order_number(&words) {
        return Some(hand_off(settings, context));
    }
    let chosen = settings.answers.iter().find(|answer| same_words(&words, &self::words(&answer.label)));
    if let Some(answer) = chosen {
        return Some(store_answer(settings, context, answer));
    }
    if let Some(intent) = intent {
        return Some(courtesy(settings, context, intent));
    }
    let nearby = Nearby::new(settings, question.page_product, context.previous);
    let topic = Topic::of(&words);
    let guides = guide::candidates(settings, &words, nearby);
    let subject = subject(settings, &words, nearby);
    best(settings, context, &words, &topic, &guides, subject.as_ref())
        .or_else(|| {
            asks_for_order(&words).then(|| hand_off_saying(settings, context, |own| own.orders_need_a_person))
        })
        .or_else(|| trouble(context, &words, &topic, guides, subject.as_ref()))
        .or_else(|| which_product(settings, context, &words, &topic))
        .or_else(|| asks_for_anything(&words).then(|| courtesy(settings, context, Intent::Hello)))
}

/// The likeliest of the store's answers, its troubleshooting and its catalogue.
fn best(
    settings: &Settings,
    context: &AnswerContext<'_>,
    words: &[Word],
    topic: &Topic,
    guides: &[guide::Candidate<'_>],
    subject: Option<&Subject<'_>>,
) -> Option<Reply> {
    let answers = likeliest_answers(settings, words);
    let answers_score = answers.first().map_or(0, |(_, coverage)| coverage.score());
    let wanted = if topic.is_some() { Certainty::Chosen } else { Certainty::Sure };
    let guides: Vec<_> = guides.iter().filter(|guide| guide.certainty >= wanted).cloned().collect();
    let product = subject.and_then(|subject| product::answer(settings, context.own(), words, subject, topic));
    let product_score = product.as_ref().map_or(0, |product| product.score);

    if guides.first().is_some_and(|guide| guide.score > answers_score.max(product_score)) {
        return guide::reply(context.own(), &guides);
    }
    if let Some(product) = product {
        let answers_know_more =
            answers.first().is_some_and(|(_, coverage)| coverage.beyond(words, &product.coverage) > 0);
        if answers.is_empty() || !answers_know_more && product.score >= answers_score {
            return Some(product.reply);
        }
    }
    match answers.as_slice() {
        [] => None,
        // Said already, and it was not what they wanted: a person knows more.
        [(only, _)] if context.previous == Some(&About::Answer(only.id.clone())) => {
            Some(hand_off(settings, context))
        }
        [(only, _)] => Some(store_answer(settings, context, only)),
        several => {
            let labels = several.iter().map(|(answer, _)| answer.label.as_str());
            let choices = content::with_labels(context.own().did_you_mean, labels);
            Some(Reply::Answer { content: choices, about: About::Choices })
        }
    }
}

/// Less than a phrase of fillers ("how long") is chance.
const MIN_ANSWER_SCORE: u32 = 4;
/// One filler more does not decide: "my order arrived damaged" is not about "my order" rather than "damaged".
const CHOICE_MARGIN: u32 = 3;
/// The most answers to choose from.
const MAX_CHOICES: usize = 5;

/// The store's answers that account for most of the question: one, or several as likely.
fn likeliest_answers<'a>(settings: &'a Settings, question: &[Word]) -> Vec<(&'a store::Answer, Coverage)> {
    let mut found: Vec<(&store::Answer, Coverage)> = settings
        .answers
        .iter()
        .map(|answer| {
            let mut coverage = Coverage::NONE;
            coverage.add_phrase(question, &answer.label, Worth::NAME);
            for keyword in &answer.keywords {
                coverage.add_phrase(question, keyword, Worth::NAME);
            }
            (answer, coverage)
        })
        .collect();
    let most = found.iter().map(|(_, coverage)| coverage.score()).max().unwrap_or_default();
    found
        .retain(|(_, coverage)| coverage.score() >= MIN_ANSWER_SCORE.max(most.saturating_sub(CHOICE_MARGIN)));
    found.sort_by_key(|(_, coverage)| core::cmp::Reverse(coverage.score()));
    found.truncate(MAX_CHOICES);
    found
}

/// Something does not work, and no guide plainly says why: those that might, or those of the product at hand.
fn trouble(
    context: &AnswerContext<'_>,
    words: &[Word],
    topic: &Topic,
    mut guides: Vec<guide::Candidate<'_>>,
    subject: Option<&Subject<'_>>,
) -> Option<Reply> {
    if topic.is_some() {
        return None;
    }
    let in_trouble = tells_of_trouble(words);
    guides.retain(|guide| in_trouble || guide.certainty >= Certainty::Likely);
    guide::reply(context.own(), &guides).or_else(|| match subject?.products.as_slice() {
        [only] if in_trouble => guide::offer_all(context.own(), only),
        _ => None,
    })
}

/// A price list is asked for, and nothing says whose: of what there is, or of what the shopper names next.
fn which_product(
    settings: &Settings,
    context: &AnswerContext<'_>,
    words: &[Word],
    topic: &Topic,
) -> Option<Reply> {
    let (_, other_words) = Coverage::NONE.share(words, &topic.coverage);
    if !topic.is_some() || other_words > 0 {
        return None;
    }
    if topic.asks(Ask::Range) && !settings.catalogue.is_empty() {
        return Some(product::range(settings, context.own()));
    }
    Some(Reply::Answer { content: Content::text(context.own().which_product), about: About::Choices })
}

fn store_answer(settings: &Settings, context: &AnswerContext<'_>, answer: &store::Answer) -> Reply {
    let text = filled(settings, context, &answer.text, settings.language());
    let said = content::with_labels(text, answer.quick_replies.iter().map(String::as_str));
    let links =
        answer.link.iter().map(|link| LinkButton { url: settings.absolute(&link.url), ..link.clone() });
    Reply::Answer {
        content: Content { links: links.collect(), ..said },
        about: About::Answer(answer.id.clone()),
    }
}

fn courtesy(settings: &Settings, context: &AnswerContext<'_>, intent: Intent) -> Reply {
    match intent {
        Intent::Person => hand_off(settings, context),
        Intent::No if matches!(context.previous, Some(About::Guide { .. })) => hand_off(settings, context),
        Intent::No => small_talk(context.own().nothing_else),
        Intent::Goodbye => small_talk(context.own().goodbye),
        Intent::Thanks => small_talk(context.own().anything_else),
        Intent::Machine => Reply::Answer {
            content: content::with_labels(settings.bot.disclosure.clone(), [context.own().a_person]),
            about: About::SmallTalk,
        },
        Intent::Hello => Reply::Answer {
            content: content::bounded(Content {
                text: settings.greeting.text.clone(),
                quick_replies: settings.greeting.quick_replies.clone(),
                ..Content::default()
            }),
            about: About::SmallTalk,
        },
    }
}

fn small_talk(text: &str) -> Reply {
    Reply::Answer { content: Content::text(text), about: About::SmallTalk }
}

fn thanks_for(context: &AnswerContext<'_>, contact: &str) -> Reply {
    let text = fill(context.own().thanks_for_contact, &[("contact", contact)]);
    Reply::Answer { content: Content::text(text), about: About::Contact }
}

/// Whether a text that had a contact in it says no more than that.
fn is_about_contact(rest: &[Word]) -> bool {
    rest.iter().all(|word| {
        word.is_filler
            || word.is_in(&[
                "address",
                "call",
                "cell",
                "contact",
                "e",
                "email",
                "gmail",
                "mail",
                "mailto",
                "mobile",
                "name",
                "number",
                "phone",
                "reach",
                "reply",
                "send",
                "sms",
                "telephone",
                "text",
                "whatsapp",
                "write",
                "yes",
                "you",
            ])
    })
}

#[cfg(test)]
mod tests;
