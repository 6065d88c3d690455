//! Links of the settings document: what a shopper may be led to.

use crate::message::is_safe_link;
use crate::store::reader::{Place, Report};

const MAX_LINK_CHARS: usize = 2_000;

/// The store's home page: absolute, of the web.
pub(super) fn home(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, MAX_LINK_CHARS)?;
    if is_web(&text) {
        Some(text)
    } else {
        place.fault(report, "must be an address such as \"https://shop.example\"")
    }
}

/// A product's page: of the web, or a path of the store's own site.
pub(super) fn page(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, MAX_LINK_CHARS)?;
    if is_web(&text) || is_own_path(&text) {
        Some(text)
    } else {
        place.fault(report, "must start with https:// or http://, or be a path such as \"/products/kettle\"")
    }
}

/// Anything a shopper may be led to.
pub(super) fn link(place: Place<'_>, report: &mut Report) -> Option<String> {
    let text = place.text(report, MAX_LINK_CHARS)?;
    let outside = !is_web_scheme(&text) && is_safe_link(&text) && !text.contains(char::is_whitespace);
    if outside || is_web(&text) || is_own_path(&text) {
        Some(text)
    } else {
        place.fault(
            report,
            "is not a safe link: use https://, http://, mailto:, tel: or a path such as \"/returns\"",
        )
    }
}

fn is_web_scheme(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.starts_with("https:") || lower.starts_with("http:")
}

fn is_web(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
        && is_safe_link(text)
        && !authority.is_empty()
        && !authority.contains(['@', '\\'])
        && !text.contains(char::is_whitespace)
}

/// A path, and nothing a browser would read as another host.
fn is_own_path(text: &str) -> bool {
    text.starts_with('/')
        && !text.starts_with("//")
        && !text.contains('\\')
        && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::reader::{Node, Path};

    #[test]
    fn links_lead_nowhere_unexpected() {
        // Of each: whether it may be a home page, a product's page, a link.
        for (text, expected) in [
            ("https://shop.example", [true, true, true]),
            ("http://localhost:8787/a?b#c", [true, true, true]),
            ("/returns", [false, true, true]),
            ("mailto:help@shop.example", [false, false, true]),
            ("tel:+31201234567", [false, false, true]),
            ("//evil.example", [false; 3]),
            ("/\\evil.example", [false; 3]),
            ("javascript:alert(1)", [false; 3]),
            ("https:evil", [false; 3]),
            ("https://", [false; 3]),
            ("https://shop.example@evil.example", [false; 3]),
            ("https://shop.example/a b", [false; 3]),
            ("returns", [false; 3]),
            ("", [false; 3]),
        ] {
            let node = Node::Text(text.into());
            let place = Place { node: &node, path: &Path::Root };
            let read = [home, page, link].map(|read| read(place, &mut Report::default()).is_some());
            assert_eq!(read, expected, "{text}");
        }
    }
}
