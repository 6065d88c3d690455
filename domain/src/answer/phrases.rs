//! What the assistant says in its own words: English, used where the settings document has no text of the store's.

pub(super) const ANYTHING_ELSE: &str = "You're welcome. Is there anything else?";
pub(super) const GOODBYE: &str = "Goodbye, and thanks for dropping by.";
pub(super) const NOTHING_ELSE: &str = "All right. I'm here if something comes up.";
pub(super) const DID_YOU_MEAN: &str = "Did you mean one of these?";
pub(super) const WHICH_PRODUCT: &str = "Which product do you mean? Write its name, and I look it up.";
pub(super) const WHICH_PROBLEM: &str = "Is it one of these?";
pub(super) const DID_THAT_HELP: &str = "Did that help?";
pub(super) const IT_HELPED: &str = "Yes, thanks";
pub(super) const STILL_NEED_HELP: &str = "No, I still need help";
pub(super) const A_PERSON: &str = "Talk to a person";
pub(super) const SOMEBODY_ANSWERS: &str = "Somebody answers {when}.";
pub(super) const PASSED_ON_TOO: &str = "I have passed that on as well. Somebody answers {when}.";
pub(super) const AS_SOON_AS_POSSIBLE: &str = "as soon as possible";
pub(super) const ORDERS_NEED_A_PERSON: &str =
    "I can't look into orders myself. If you write your order number here, a person looks it up.";
pub(super) const HERE_ARE: &str = "This is what we have:";
pub(super) const HERE_IS_SOME: &str = "This is some of what we have:";
pub(super) const SIMILAR: &str = "Similar, and in stock:";
pub(super) const SOLD_OUT: &str = "sold out right now";
pub(super) const IN_STOCK: &str = "in stock";

/// The placeholders a store's text may have.
pub(super) const WHEN: &str = "{when}";
pub(super) const HOURS: &str = "{hours}";
