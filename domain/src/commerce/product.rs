//! The catalogue: what the store sells, and how to help with it.

use serde::{Deserialize, Serialize};

/// A product or variant, by the id the shop's own pages give it (JSON-LD `sku` or `productID`): printable, 1 to 100
/// characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("minLength" = 1, "maxLength" = 100))
)]
#[serde(try_from = "String")]
pub struct ProductId(String);

/// The text is not a product's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a product id")]
pub struct InvalidProductId;

impl ProductId {
    /// Accepts 1 to 100 characters, none of them a control character, no space at either end.
    pub fn parse(text: impl Into<String>) -> Result<Self, InvalidProductId> {
        let text = text.into();
        let fits = !text.is_empty() && text.chars().count() <= 100;
        if fits && text.trim() == text && !text.chars().any(char::is_control) {
            Ok(Self(text))
        } else {
            Err(InvalidProductId)
        }
    }

    /// The id as the shop writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProductId {
    type Error = InvalidProductId;
    fn try_from(text: String) -> Result<Self, InvalidProductId> {
        Self::parse(text)
    }
}

/// Something the store sells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Product {
    /// Unique in the catalogue, variants included.
    pub id: ProductId,
    /// Its name in the shop.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 150)))]
    pub title: String,
    /// Its page: absolute, or a path of the store's own site.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 2000)))]
    pub url: String,
    /// What it is, in a few sentences.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 2000)))]
    pub description: String,
    /// Its price in minor units of the store's currency (cents).
    #[cfg_attr(feature = "schema", schemars(range(max = 100_000_000_000_u64)))]
    pub price_minor: u64,
    /// Whether it can be bought now.
    #[serde(default = "yes")]
    pub in_stock: bool,
    /// Whether it runs out, lasts, or keeps something else going.
    pub kind: ProductKind,
    /// Words a shopper may use for it, besides its title.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 30), inner(length(min = 1, max = 60))))]
    pub tags: Vec<String>,
    /// The forms it comes in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 100)))]
    pub variants: Vec<Variant>,
    /// What is known of it, as in a table of specifications.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 40)))]
    pub facts: Vec<Fact>,
    /// What to do when it does not work as it should.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 20)))]
    pub troubleshooting: Vec<Guide>,
}

/// What becomes of a product in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProductKind {
    /// It runs out and is bought again.
    Consumable,
    /// It lasts.
    Durable,
    /// It keeps something durable working.
    Maintenance,
}

/// A form of a product: a size, a grind, a colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Variant {
    /// Unique in the catalogue.
    pub id: ProductId,
    /// Its name beside the product's.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 100)))]
    pub title: String,
    /// Its price in minor units of the store's currency.
    #[cfg_attr(feature = "schema", schemars(range(max = 100_000_000_000_u64)))]
    pub price_minor: u64,
    /// Whether it can be bought now.
    #[serde(default = "yes")]
    pub in_stock: bool,
}

/// Something known of a product: `Weight` is `250 g`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Fact {
    /// What is told.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 60)))]
    pub label: String,
    /// The telling.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 300)))]
    pub value: String,
}

/// What to do about one problem with a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Guide {
    /// The problem, as a shopper would name it; unique in its product.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 120)))]
    pub problem: String,
    /// Other words for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schemars(length(max = 40), inner(length(min = 1, max = 60))))]
    pub keywords: Vec<String>,
    /// What to try, in order.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 10), inner(length(min = 1, max = 300))))]
    pub steps: Vec<String>,
}

#[cfg(feature = "schema")]
const fn yes() -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn product_ids_are_printable_and_bounded() {
        for (text, ok) in [
            ("ethiopia-250", true),
            ("SKU 12/b", true),
            ("", false),
            (" a", false),
            ("a\n", false),
            (&"x".repeat(101), false),
        ] {
            assert_eq!(ProductId::parse(text).is_ok(), ok, "{text:?}");
        }
    }
}
