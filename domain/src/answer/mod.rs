//! First answers, by rules alone: from the store's settings and catalogue, or a hand-off to a person.

mod contact;

pub use contact::contact_in;

use crate::commerce::ProductId;
use crate::message::Content;
use crate::store::{AnswerId, Opening, Settings};
use serde::{Deserialize, Serialize};

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
}

/// Answers a question: total, and the same for the same input.
pub fn answer(settings: &Settings, _question: &Question<'_>, context: &AnswerContext<'_>) -> Reply {
    let ask_contact = !context.contact_known;
    Reply::HandOff { content: Content::text(settings.hand_off.text.clone()), ask_contact }
}
