//! Which pages may use the service: the store's origins and the edge's own, echoed exactly.

use crate::error::set;
use worker::{Headers, Request, Response};

/// How long a browser may keep a preflight's answer, in seconds: two hours, Chromium's most.
const MAX_AGE: &str = "7200";

/// The origin a request comes from.
///
/// Browsers leave the header out on same-origin reads, and only there; so without it the page is the
/// edge's own, or the caller is no browser and could say anything.
pub(crate) fn origin(request: &Request) -> String {
    let header = request.headers().get("origin").ok().flatten();
    header.filter(|origin| !origin.is_empty()).unwrap_or_else(|| own_origin(request))
}

/// The origin of the edge as this request sees it.
pub(crate) fn own_origin(request: &Request) -> String {
    request.url().map(|url| url.origin().ascii_serialization()).unwrap_or_default()
}

/// What a response says about who may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Readers {
    /// No page of another origin.
    Own,
    /// Pages of this origin, with their token.
    Origin(String),
    /// Any page: it is public.
    Anyone,
}

impl Readers {
    /// Says so on a response.
    pub(crate) fn say(&self, response: &mut Response) {
        let headers = response.headers_mut();
        match self {
            Self::Own => set(headers, "vary", "Origin"),
            Self::Anyone => {
                set(headers, "access-control-allow-origin", "*");
                set(headers, "access-control-expose-headers", "Retry-After");
            }
            Self::Origin(origin) => {
                set(headers, "access-control-allow-origin", origin);
                set(headers, "access-control-expose-headers", "Retry-After");
                set(headers, "vary", "Origin");
            }
        }
    }

    /// The answer to a preflight.
    pub(crate) fn preflight(&self, methods: &str) -> Response {
        let headers = Headers::new();
        if *self != Self::Own {
            set(&headers, "access-control-allow-methods", methods);
            set(&headers, "access-control-allow-headers", "Authorization, Content-Type");
            set(&headers, "access-control-max-age", MAX_AGE);
        }
        Response::builder().with_status(204).with_headers(headers).empty()
    }
}

/// Headers on every answer: nothing of ours is framed, sniffed, or told to others as a referrer.
pub(crate) fn secure(response: &mut Response) {
    let headers = response.headers_mut();
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("strict-transport-security", "max-age=31536000"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        set(headers, name, value);
    }
}
