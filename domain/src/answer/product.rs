//! Answers about products: what they cost, whether they are there, what is known of them.

use super::content::{MAX_CARDS, bounded, card, price_bounds, price_span, quick_reply, short_title};
use super::coverage::Coverage;
use super::subject::Subject;
use super::topic::{Ask, Topic, facts, sentence, sentences, variants};
use super::words::Word;
use super::{About, Reply};
use crate::commerce::{Fact, Product, Variant};
use crate::language::{Sentences, fill};
use crate::message::Content;
use crate::store::Settings;

/// The most variants told of one by one.
const MAX_VARIANT_LINES: usize = 12;
/// The most products whose facts are told side by side.
const MAX_COMPARED: usize = 4;
/// The most products suggested instead of one that is sold out.
const MAX_SIMILAR: usize = 2;
/// The most further questions suggested.
const MAX_SUGGESTIONS: usize = 3;

/// One word of a title, a slip forgiven.
const TITLE_WORD_SCORE: u32 = 7;

/// An answer about products, and which words of the question it accounts for.
pub(super) struct ProductAnswer {
    pub(super) reply: Reply,
    /// What the catalogue accounts for, words for the topic included.
    pub(super) coverage: Coverage,
    /// How likely it is meant.
    pub(super) score: u32,
}

/// What can be said of `subject`, if anything is asked of it.
pub(super) fn answer(
    settings: &Settings,
    own: &Sentences,
    question: &[Word],
    subject: &Subject<'_>,
    topic: &Topic,
) -> Option<ProductAnswer> {
    let mut coverage = subject.coverage;
    coverage.add(&topic.coverage);
    let reply = match subject.products.as_slice() {
        [] => return None,
        [only] => one(settings, own, question, only, subject, topic, &mut coverage)?,
        several => many(settings, own, question, several, subject, topic, &mut coverage)?,
    };
    let score = coverage.score();
    Some(ProductAnswer { reply, coverage, score })
}

/// Something of all there is.
pub(super) fn range(settings: &Settings, own: &Sentences) -> Reply {
    let some: Vec<&Product> = settings.catalogue.iter().take(MAX_CARDS).collect();
    listed(settings, own, &some, own.here_is_some.to_owned())
}

fn one(
    settings: &Settings,
    own: &Sentences,
    question: &[Word],
    product: &Product,
    subject: &Subject<'_>,
    topic: &Topic,
    coverage: &mut Coverage,
) -> Option<Reply> {
    let named_forms = variants(question, product, coverage);
    let (facts, asked_by) = facts(question, product);
    let (named, telling) = subject.coverage.share(question, &topic.coverage);
    coverage.add(&asked_by);
    let (known, _) = coverage.share(question, &topic.coverage);
    let mostly_named = named > 0
        && (named * 2 > telling || topic.asks(Ask::Range) && by_title(subject) && named * 2 >= telling);
    // "Do you roast yourself?" is not about the roast of what is called a dark roast.
    let asks_facts = asked_by.beyond(question, &subject.coverage) > 0 || named * 2 > telling || telling == 0;
    let asks_money = topic.asks(Ask::Price) && price_is_plain(question);

    let text = if !facts.is_empty() && asks_facts && !topic.asks(Ask::Stock) && !asks_money {
        told(product, &facts)
    } else if !named_forms.is_empty() && (topic.is_some() || known * 2 >= telling) {
        form_lines(settings, own, product, &named_forms)
    } else if topic.asks(Ask::Stock) {
        stock(settings, own, product)
    } else if topic.asks(Ask::Price) {
        price(settings, own, product)
    } else if topic.asks(Ask::Forms) && !product.variants.is_empty() {
        let forms: Vec<&Variant> = product.variants.iter().collect();
        form_lines(settings, own, product, &forms)
    } else if let Some(sentence) =
        sentence(question, product, coverage).filter(|_| known < telling && !topic.is_some())
    {
        format!("{}\n{sentence}", product.title)
    } else if mostly_named || named == 0 && telling == 0 && question.len() > 1 && !topic.asks(Ask::Range) {
        // Named and no more, or pointed at and no more: "tell me about this".
        overview(settings, own, product)
    } else {
        return None;
    };
    Some(about_one(settings, own, product, text, &facts))
}

/// Whether a title names it, not a tag alone.
fn by_title(subject: &Subject<'_>) -> bool {
    subject.coverage.score() >= TITLE_WORD_SCORE
}

/// Whether "how much" asks for money: "how much does it weigh" does not.
fn price_is_plain(question: &[Word]) -> bool {
    question.iter().any(|word| word.is_in(&["price", "prices", "cost", "costs", "expensive", "cheap"]))
}

fn about_one(
    settings: &Settings,
    own: &Sentences,
    product: &Product,
    mut text: String,
    told: &[&Fact],
) -> Reply {
    let mut cards = vec![card(settings, own, product)];
    if !product.in_stock {
        let similar = similar(settings, product);
        if !similar.is_empty() {
            text = format!("{text}\n\n{}", own.similar);
            cards.extend(similar.into_iter().map(|product| card(settings, own, product)));
        }
    }
    let name = short_title(product);
    let quick_replies = product
        .facts
        .iter()
        .filter(|fact| !told.contains(fact))
        .take(MAX_SUGGESTIONS)
        .map(|fact| quick_reply(&fact.label, &format!("{name}: {}?", fact.label)))
        .collect();
    let content = bounded(Content { text, cards, quick_replies, ..Content::default() });
    Reply::Answer { content, about: About::Product(product.id.clone()) }
}

/// Products of the same kind that can be bought now, those that share the most tags first.
fn similar<'a>(settings: &'a Settings, product: &Product) -> Vec<&'a Product> {
    let shared = |other: &Product| other.tags.iter().filter(|tag| product.tags.contains(tag)).count();
    let mut found: Vec<(usize, &Product)> = settings
        .catalogue
        .iter()
        .filter(|other| other.in_stock && other.kind == product.kind && other.id != product.id)
        .map(|other| (shared(other), other))
        .filter(|(shared, _)| *shared > 0)
        .collect();
    found.sort_by_key(|(shared, _)| core::cmp::Reverse(*shared));
    found.into_iter().take(MAX_SIMILAR).map(|(_, product)| product).collect()
}

fn price(settings: &Settings, own: &Sentences, product: &Product) -> String {
    let (low, high) = price_bounds(settings, product);
    let (title, low, high) = (product.title.as_str(), low.to_string(), high.to_string());
    if low == high {
        return fill(own.costs, &[("title", title), ("price", &low)]);
    }
    let forms: Vec<&Variant> = product.variants.iter().collect();
    if forms.len() > MAX_VARIANT_LINES {
        return fill(own.costs_between, &[("title", title), ("low", &low), ("high", &high)]);
    }
    form_lines(settings, own, product, &forms)
}

fn stock(settings: &Settings, own: &Sentences, product: &Product) -> String {
    let title = product.title.as_str();
    let (here, gone): (Vec<&Variant>, Vec<&Variant>) =
        product.variants.iter().partition(|variant| variant.in_stock);
    if !product.in_stock {
        return fill(own.is_sold_out, &[("title", title)]);
    }
    let price = price_span(settings, own, product);
    let first = fill(own.is_in_stock, &[("title", title), ("price", &price)]);
    if here.is_empty() || gone.is_empty() {
        return first;
    }
    format!("{first}\n{}", fill(own.forms_sold_out, &[("forms", &titles(&gone))]))
}

fn form_lines(settings: &Settings, own: &Sentences, product: &Product, forms: &[&Variant]) -> String {
    let title = product.title.as_str();
    let line = |variant: &&Variant| {
        let price = settings.money(variant.price_minor);
        if variant.in_stock && product.in_stock {
            format!("{}: {price}", variant.title)
        } else {
            format!("{}: {price}, {}", variant.title, own.sold_out_now)
        }
    };
    if let [only] = forms {
        let state = state(own, only.in_stock && product.in_stock);
        let price = settings.money(only.price_minor);
        return format!("{title}, {}: {price}, {state}.", only.title);
    }
    let mut lines = vec![fill(own.comes_as, &[("title", title)])];
    lines.extend(forms.iter().take(MAX_VARIANT_LINES).map(line));
    let more = forms.len().saturating_sub(MAX_VARIANT_LINES);
    if more > 0 {
        lines.push(fill(own.and_more, &[("count", &more.to_string())]));
    }
    lines.join("\n")
}

fn state(own: &Sentences, in_stock: bool) -> &'static str {
    if in_stock { own.in_stock } else { own.sold_out_now }
}

fn titles(variants: &[&Variant]) -> String {
    let titles: Vec<&str> = variants.iter().map(|variant| variant.title.as_str()).collect();
    titles.join("; ")
}

fn told(product: &Product, facts: &[&Fact]) -> String {
    let lines: Vec<String> = facts.iter().map(|fact| format!("{}: {}", fact.label, fact.value)).collect();
    format!("{}\n{}", product.title, lines.join("\n"))
}

fn overview(settings: &Settings, own: &Sentences, product: &Product) -> String {
    let state = state(own, product.in_stock);
    let first = format!("{}, {}, {state}.", product.title, price_span(settings, own, product));
    let description: Vec<&str> = sentences(&product.description).take(3).collect();
    if description.is_empty() { first } else { format!("{first}\n{}", description.join(" ")) }
}

fn many(
    settings: &Settings,
    own: &Sentences,
    question: &[Word],
    products: &[&Product],
    subject: &Subject<'_>,
    topic: &Topic,
    coverage: &mut Coverage,
) -> Option<Reply> {
    if products.len() <= MAX_COMPARED {
        let compared: Vec<String> = products
            .iter()
            .filter_map(|product| {
                let (facts, asked_by) = facts(question, product);
                coverage.add(&asked_by);
                (!facts.is_empty()).then(|| told(product, &facts))
            })
            .collect();
        if !compared.is_empty() && !topic.asks(Ask::Price) && !topic.asks(Ask::Stock) {
            return Some(listed(settings, own, products, compared.join("\n\n")));
        }
    }
    let (named, telling) = subject.coverage.share(question, &topic.coverage);
    let asked = topic.is_some() && by_title(subject) && named * 2 >= telling || named * 2 > telling;
    if !asked || named == 0 {
        return None;
    }
    let mut here: Vec<&Product> =
        products.iter().copied().filter(|product| product.in_stock || !topic.asks(Ask::Stock)).collect();
    if topic.asks(Ask::Price) {
        here.sort_by_key(|product| price_bounds(settings, product).0.minor_units);
    }
    let shown = if here.is_empty() { products } else { &here };
    Some(listed(settings, own, shown, own.here_are.to_owned()))
}

fn listed(settings: &Settings, own: &Sentences, products: &[&Product], text: String) -> Reply {
    let text = match products.len() {
        count if count > MAX_CARDS => {
            let (shown, count) = (MAX_CARDS.to_string(), count.to_string());
            format!("{text} {}", fill(own.shown_of, &[("shown", &shown), ("count", &count)]))
        }
        _ => text,
    };
    let content = bounded(Content {
        text,
        cards: products.iter().take(MAX_CARDS).map(|product| card(settings, own, product)).collect(),
        quick_replies: products
            .iter()
            .take(MAX_CARDS)
            .map(|product| {
                let asks = fill(own.tell_me_about, &[("title", &product.title)]);
                quick_reply(short_title(product), &asks)
            })
            .collect(),
        ..Content::default()
    });
    Reply::Answer { content, about: About::Products }
}
