//! What the service answers when it does not do what was asked: RFC 9457 problem details.

use serde::{Deserialize, Serialize};

/// The media type of [`ProblemDetails`].
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

/// Every problem the service names. The list is part of the interface: a type URI never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Problem {
    /// The request is not of the form asked for.
    BadRequest,
    /// The session token or signature is missing, forged or expired.
    Unauthorized,
    /// The page's origin is not one of the store's.
    OriginNotAllowed,
    /// The credential is good, but not for this.
    Forbidden,
    /// No such store, conversation, page or path.
    NotFound,
    /// The path exists, with other methods.
    MethodNotAllowed,
    /// The conversation was deleted at the shopper's wish.
    Forgotten,
    /// The body is larger than this path takes.
    TooLarge,
    /// The settings document has errors: `errors` lists them.
    InvalidSettings,
    /// This path speaks WebSocket only.
    UpgradeRequired,
    /// Too much at once; `Retry-After` says when to try again.
    TooManyRequests,
    /// Ours: the request is not to blame.
    Internal,
    /// Not now; `Retry-After` says when to try again.
    Unavailable,
}

/// The body of an answer that reports a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProblemDetails {
    /// The problem's type: a stable URI, for programs.
    #[serde(rename = "type")]
    pub kind: String,
    /// The type in words, always the same for one type.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// This occurrence, in words; never internals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Each fault of a document that was refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Fault>,
}

/// One fault of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fault {
    /// Where in the document, as in `answers[2].text`; `$` is the whole of it.
    pub path: String,
    /// On which line, from 1.
    pub line: u32,
    /// What is wrong, in a sentence.
    pub reason: String,
}

impl Problem {
    /// All of them, in order of status.
    pub const ALL: [Self; 13] = [
        Self::BadRequest,
        Self::Unauthorized,
        Self::OriginNotAllowed,
        Self::Forbidden,
        Self::NotFound,
        Self::MethodNotAllowed,
        Self::Forgotten,
        Self::TooLarge,
        Self::InvalidSettings,
        Self::UpgradeRequired,
        Self::TooManyRequests,
        Self::Internal,
        Self::Unavailable,
    ];

    /// The HTTP status.
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::OriginNotAllowed | Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::Forgotten => 410,
            Self::TooLarge => 413,
            Self::InvalidSettings => 422,
            Self::UpgradeRequired => 426,
            Self::TooManyRequests => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// The stable type URI.
    pub const fn type_uri(self) -> &'static str {
        match self {
            Self::BadRequest => "https://openline.dev/problems/bad-request",
            Self::Unauthorized => "https://openline.dev/problems/unauthorized",
            Self::OriginNotAllowed => "https://openline.dev/problems/origin-not-allowed",
            Self::Forbidden => "https://openline.dev/problems/forbidden",
            Self::NotFound => "https://openline.dev/problems/not-found",
            Self::MethodNotAllowed => "https://openline.dev/problems/method-not-allowed",
            Self::Forgotten => "https://openline.dev/problems/forgotten",
            Self::TooLarge => "https://openline.dev/problems/too-large",
            Self::InvalidSettings => "https://openline.dev/problems/invalid-settings",
            Self::UpgradeRequired => "https://openline.dev/problems/upgrade-required",
            Self::TooManyRequests => "https://openline.dev/problems/too-many-requests",
            Self::Internal => "https://openline.dev/problems/internal",
            Self::Unavailable => "https://openline.dev/problems/unavailable",
        }
    }

    /// The type in words.
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "The request could not be understood",
            Self::Unauthorized => "The token or signature is missing or not valid",
            Self::OriginNotAllowed => "This origin is not one of the store's",
            Self::Forbidden => "This is not allowed",
            Self::NotFound => "There is nothing here",
            Self::MethodNotAllowed => "This method is not allowed here",
            Self::Forgotten => "The conversation was deleted",
            Self::TooLarge => "The body is too large",
            Self::InvalidSettings => "The settings have errors",
            Self::UpgradeRequired => "This address speaks WebSocket only",
            Self::TooManyRequests => "Too many requests",
            Self::Internal => "Something went wrong on our side",
            Self::Unavailable => "Not available right now",
        }
    }

    /// The body without anything about this occurrence.
    pub fn details(self) -> ProblemDetails {
        ProblemDetails {
            kind: self.type_uri().into(),
            title: self.title().into(),
            status: self.status(),
            detail: None,
            errors: Vec::new(),
        }
    }

    /// The body with this occurrence in words. Never put internals, tokens or message text here.
    pub fn with_detail(self, detail: impl Into<String>) -> ProblemDetails {
        ProblemDetails { detail: Some(detail.into()), ..self.details() }
    }
}

impl ProblemDetails {
    /// The JSON text.
    pub fn encode(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_type_is_its_own_and_in_order_of_status() {
        let uris: BTreeSet<&str> = Problem::ALL.iter().map(|problem| problem.type_uri()).collect();
        assert_eq!(uris.len(), Problem::ALL.len());
        assert!(Problem::ALL.is_sorted_by_key(|problem| problem.status()));
    }

    #[test]
    fn the_body_is_as_rfc_9457_has_it() {
        assert_eq!(
            Problem::TooLarge.with_detail("at most 32 KiB").encode(),
            r#"{"type":"https://openline.dev/problems/too-large","title":"The body is too large","status":413,"detail":"at most 32 KiB"}"#
        );
    }
}
