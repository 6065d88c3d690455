//! The catalogue of the settings document.

use super::{keyword, links, unique};
use crate::commerce::{Fact, Guide, Product, ProductId, ProductKind, Variant};
use crate::store::MAX_PRODUCTS;
use crate::store::reader::{Node, Place, Report, flag};
use std::collections::BTreeSet;

/// 1,000 million of a currency with two decimals: more is a slip.
const MAX_PRICE_MINOR: u64 = 100_000_000_000;

/// The products, whose ids (variants included) are all different.
pub(super) fn catalogue(place: Place<'_>, report: &mut Report) -> Option<Vec<Product>> {
    let mut ids = BTreeSet::new();
    place.list(report, MAX_PRODUCTS, |place, report| product(place, report, &mut ids))
}

fn product(place: Place<'_>, report: &mut Report, ids: &mut BTreeSet<String>) -> Option<Product> {
    let mut fields = place.fields(report)?;
    let id = fields.required(report, "id", |place, report| product_id(place, report, ids));
    let title = fields.required(report, "title", |place, report| title(place, report, 150));
    let url = fields.required(report, "url", links::page);
    let description = fields
        .optional(report, "description", String::new(), |place, report| place.optional_text(report, 2_000));
    let price_minor = fields.required(report, "price_minor", price);
    let in_stock = fields.optional(report, "in_stock", true, flag);
    let kind = fields.required(report, "kind", kind);
    let tags = fields.optional(report, "tags", Vec::new(), |place, report| place.list(report, 30, keyword));
    let variants = fields.optional(report, "variants", Vec::new(), |place, report| {
        place.list(report, 100, |place, report| variant(place, report, ids))
    });
    let facts = fields.optional(report, "facts", Vec::new(), |place, report| place.list(report, 40, fact));
    let troubleshooting = fields.optional(report, "troubleshooting", Vec::new(), guides);
    fields.finish(report);
    Some(Product {
        id: id?,
        title: title?,
        url: url?,
        description: description?,
        price_minor: price_minor?,
        in_stock: in_stock?,
        kind: kind?,
        tags: tags?,
        variants: variants?,
        facts: facts?,
        troubleshooting: troubleshooting?,
    })
}

fn product_id(place: Place<'_>, report: &mut Report, ids: &mut BTreeSet<String>) -> Option<ProductId> {
    match ProductId::parse(place.text(report, 100)?) {
        Ok(id) => unique(place, report, ids, id.as_str()).then_some(id),
        Err(_) => place.fault(report, "must have no space at either end and no line breaks"),
    }
}

fn kind(place: Place<'_>, report: &mut Report) -> Option<ProductKind> {
    place.choice(
        report,
        &[
            ("consumable", ProductKind::Consumable),
            ("durable", ProductKind::Durable),
            ("maintenance", ProductKind::Maintenance),
        ],
    )
}

fn price(place: Place<'_>, report: &mut Report) -> Option<u64> {
    if let Node::Number(number) = place.node
        && number.is_f64()
    {
        return place.fault(report, format!("must be whole cents, such as 1450 for 14.50, not {number}"));
    }
    place.whole(report, 0, MAX_PRICE_MINOR)
}

fn variant(place: Place<'_>, report: &mut Report, ids: &mut BTreeSet<String>) -> Option<Variant> {
    let mut fields = place.fields(report)?;
    let id = fields.required(report, "id", |place, report| product_id(place, report, ids));
    let title = fields.required(report, "title", |place, report| title(place, report, 100));
    let price_minor = fields.required(report, "price_minor", price);
    let in_stock = fields.optional(report, "in_stock", true, flag);
    fields.finish(report);
    Some(Variant { id: id?, title: title?, price_minor: price_minor?, in_stock: in_stock? })
}

fn fact(place: Place<'_>, report: &mut Report) -> Option<Fact> {
    let mut fields = place.fields(report)?;
    let label = fields.required(report, "label", |place, report| title(place, report, 60));
    let value = fields.required(report, "value", |place, report| place.text(report, 300));
    fields.finish(report);
    Some(Fact { label: label?, value: value? })
}

fn guides(place: Place<'_>, report: &mut Report) -> Option<Vec<Guide>> {
    let mut problems = BTreeSet::new();
    place.list(report, 20, |place, report| {
        let mut fields = place.fields(report)?;
        let problem = fields.required(report, "problem", |place, report| {
            let text = title(place, report, 120)?;
            unique(place, report, &mut problems, &text.to_lowercase()).then_some(text)
        });
        let keywords =
            fields.optional(report, "keywords", Vec::new(), |place, report| place.list(report, 40, keyword));
        let steps = fields.required(report, "steps", |place, report| {
            let steps = place.list(report, 10, |place, report| place.text(report, 300))?;
            if steps.is_empty() { place.fault(report, "must have at least one step") } else { Some(steps) }
        });
        fields.finish(report);
        Some(Guide { problem: problem?, keywords: keywords?, steps: steps? })
    })
}

/// A name: text on one line.
fn title(place: Place<'_>, report: &mut Report, max: usize) -> Option<String> {
    let text = place.text(report, max)?;
    if text.contains('\n') { place.fault(report, "must be on one line") } else { Some(text) }
}
