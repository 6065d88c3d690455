//! What a store sells and what it costs: money and the catalogue's products.

mod money;
mod product;

pub use money::{Currency, InvalidCurrency, Money};
pub use product::{Fact, Guide, InvalidProductId, Product, ProductId, ProductKind, Variant};
