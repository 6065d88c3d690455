//! The products that were looked at, as the shop's pages describe them in JSON-LD: for the shopper to compare.

use crate::browser::{List, elements, ends_with, is, list, parse_json, property, stringify, text};
use crate::shop::count;
use domain::behaviour::number_of;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// Pages may describe thousands of things; one that is about a product says so early.
const MOST_DESCRIPTIONS: usize = 40;
/// As many as a shopper weighs against each other.
const MOST_KEPT: usize = 4;
/// A longer description is not kept for the next page.
const LONGEST_TEXT: u32 = 6_000;

/// Descriptions by the product's number, the latest last.
#[derive(Default)]
pub(crate) struct Described {
    held: RefCell<Vec<(u32, JsValue)>>,
}

impl Described {
    /// Finds the product that the page at `path` describes, keeps its description and gives its number.
    /// `on_product_page`: the address says so too.
    pub(crate) fn find(&self, path: &JsValue, on_product_page: bool) -> Option<u32> {
        let mut found: Option<JsValue> = None;
        let mut several = false;
        for script in elements("script[type='application/ld+json']").iter().take(MOST_DESCRIPTIONS) {
            let Ok(described) = parse_json(&property(&script, "textContent")) else { continue };
            let graph = property(&described, "@graph");
            let things = list(&described).chain(list(&graph)).take(MOST_DESCRIPTIONS);
            let main = property(&described, "mainEntity");
            for thing in things.chain([main, described.clone()]).filter(is_product) {
                if ends_with(&property(&thing, "url"), path) {
                    return self.keep(thing);
                }
                several |= found.is_some();
                found.get_or_insert(thing);
            }
        }
        // Several are a list, unless the address is a product's: then the first is the page's own.
        self.keep(found.filter(|_| on_product_page || !several)?)
    }

    pub(crate) fn get(&self, number: u32) -> Option<JsValue> {
        let held = self.held.try_borrow().ok()?;
        held.iter().find(|(own, _)| *own == number).map(|(_, description)| description.clone())
    }

    /// Every description as text, for the next page.
    pub(crate) fn write(&self, to: &List) {
        let Ok(held) = self.held.try_borrow() else { return };
        for (_, description) in held.iter() {
            let Ok(json) = stringify(description) else { continue };
            if property(&json, "length").as_f64().is_some_and(|length| length <= LONGEST_TEXT.into()) {
                to.push_value(&json);
            }
        }
    }

    /// What an earlier page wrote.
    pub(crate) fn read(&self, json: &JsValue) {
        if let Some(thing) = parse_json(json).ok().filter(is_product) {
            self.keep(thing);
        }
    }

    fn keep(&self, thing: JsValue) -> Option<u32> {
        let number = number_of(&id(&thing)?);
        if let Ok(mut held) = self.held.try_borrow_mut() {
            held.retain(|(own, _)| *own != number);
            if held.len() >= MOST_KEPT {
                held.remove(0);
            }
            held.push((number, thing));
        }
        Some(number)
    }
}

fn is_product(thing: &JsValue) -> bool {
    let kind = property(thing, "@type");
    let named = |kind: &JsValue| is(kind, "Product") || is(kind, "ProductGroup");
    named(&kind) || list(&kind).any(|kind| named(&kind))
}

fn id(thing: &JsValue) -> Option<String> {
    let names = ["sku", "productGroupID", "productID", "mpn", "url", "name"];
    names.into_iter().map(|name| text(&property(thing, name))).find(|id| !id.is_empty())
}

/// The number of a product that nobody describes: its address tells it from others.
pub(crate) fn by_address(path: &JsValue) -> u32 {
    number_of(&text(path))
}

/// The number of a line or product by the id that a shop's event gives.
pub(crate) fn of_item(item: &JsValue) -> u32 {
    let names = ["item_id", "id", "sku", "item_name", "name"];
    let id = names.into_iter().map(|name| text(&property(item, name))).find(|id| !id.is_empty());
    number_of(&id.unwrap_or_default())
}

/// Pieces of each item: one where none is given.
pub(crate) fn pieces(items: &JsValue) -> u32 {
    let quantity = |item: JsValue| count(&property(&item, "quantity")).unwrap_or(1);
    list(items).map(quantity).fold(0, u32::saturating_add)
}
