//! What goes wrong, in three kinds, and how each is answered: RFC 9457 problem details.

use crate::log;
use domain::wire::{Fault, PROBLEM_MEDIA_TYPE, Problem, ProblemDetails};
use worker::{Headers, Response};

/// Why a request was not done.
#[derive(Debug)]
pub(crate) enum ApiError {
    /// Theirs: the request is refused, and it says why.
    Rejected(Box<Rejection>),
    /// A dependency did not answer: they may try again.
    Unavailable {
        /// Which.
        what: &'static str,
        /// In words, for the log.
        cause: String,
    },
    /// Ours.
    Bug {
        /// Where.
        what: &'static str,
        /// In words, for the log.
        cause: String,
    },
}

/// A refusal.
#[derive(Debug)]
pub(crate) struct Rejection {
    /// What is answered.
    pub(crate) details: ProblemDetails,
    /// When to try again, in seconds.
    pub(crate) retry_after: Option<u32>,
    /// The methods that are allowed, where one was not.
    pub(crate) allow: Option<String>,
}

/// What handlers give.
pub(crate) type ApiResult<T = Response> = Result<T, ApiError>;

impl ApiError {
    /// Whether it is this refusal.
    pub(crate) fn is(&self, problem: Problem) -> bool {
        matches!(self, Self::Rejected(rejection) if rejection.details.status == problem.status())
    }

    /// A refusal with these details.
    pub(crate) fn rejected(details: ProblemDetails) -> Self {
        Self::Rejected(Box::new(Rejection { details, retry_after: None, allow: None }))
    }

    /// A refusal for asking too much.
    pub(crate) fn too_many(retry_after_seconds: u32) -> Self {
        let details = Problem::TooManyRequests.details();
        Self::Rejected(Box::new(Rejection { details, retry_after: Some(retry_after_seconds), allow: None }))
    }

    /// A refusal of the method.
    pub(crate) fn method_not_allowed(allow: String) -> Self {
        let details = Problem::MethodNotAllowed.details();
        Self::Rejected(Box::new(Rejection { details, retry_after: None, allow: Some(allow) }))
    }

    /// A refusal of a document, with its faults.
    pub(crate) fn faulty(problem: Problem, errors: Vec<Fault>) -> Self {
        Self::rejected(ProblemDetails { errors, ..problem.details() })
    }

    /// For `map_err`: this dependency failed.
    pub(crate) fn unavailable<E: ToString>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |cause| Self::Unavailable { what, cause: cause.to_string() }
    }

    /// For `map_err`: this cannot fail, unless we are wrong.
    pub(crate) fn bug<E: ToString>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |cause| Self::Bug { what, cause: cause.to_string() }
    }

    /// For `map_err`: what we stored or sent ourselves cannot be read. Says where, and not what stands there: that may
    /// be somebody's words.
    pub(crate) fn unreadable(what: &'static str) -> impl FnOnce(serde_json::Error) -> Self {
        move |error| Self::Bug {
            what,
            cause: format!("{:?} error, line {} column {}", error.classify(), error.line(), error.column()),
        }
    }

    /// Logs it, where it is nobody's fault but ours; for errors that have nobody to be answered to. Gives it in words.
    pub(crate) fn log(self) -> String {
        match self {
            Self::Rejected(rejection) => rejection.details.title,
            Self::Unavailable { what, cause } => {
                log::warn("unavailable", &[("what", &what), ("cause", &cause)]);
                what.to_owned()
            }
            Self::Bug { what, cause } => {
                log::error("bug", &[("what", &what), ("cause", &cause)]);
                what.to_owned()
            }
        }
    }

    /// The answer: nothing inside is shown, and theirs are not logged.
    pub(crate) fn into_response(self) -> Response {
        let (details, retry_after, allow) = match self {
            Self::Rejected(rejection) => (rejection.details, rejection.retry_after, rejection.allow),
            Self::Unavailable { what, cause } => {
                log::warn("unavailable", &[("what", &what), ("cause", &cause)]);
                (Problem::Unavailable.details(), Some(5), None)
            }
            Self::Bug { what, cause } => {
                log::error("bug", &[("what", &what), ("cause", &cause)]);
                (Problem::Internal.details(), None, None)
            }
        };
        let status = details.status;
        let headers = Headers::new();
        set(&headers, "content-type", PROBLEM_MEDIA_TYPE);
        set(&headers, "cache-control", "no-store");
        if let Some(seconds) = retry_after {
            set(&headers, "retry-after", &seconds.to_string());
        }
        if let Some(allow) = allow {
            set(&headers, "allow", &allow);
        }
        Response::builder().with_status(status).with_headers(headers).fixed(details.encode().into_bytes())
    }
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self::rejected(problem.details())
    }
}

/// Sets a header whose value is ours, and therefore valid.
pub(crate) fn set(headers: &Headers, name: &str, value: &str) {
    if let Err(error) = headers.set(name, value) {
        log::error("header_refused", &[("name", &name), ("cause", &error.to_string())]);
    }
}
