//! Where a store's pages live: the origins whose pages may open a conversation.

use core::fmt;
use serde::{Serialize, Serializer};

/// An allowed origin: scheme, host and port. Written `https://shop.example`, `https://shop.example:8443`, or, for
/// development, `http://localhost:*`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(with = "String", extend("pattern" = "^https?://[^/?#@\\s]+$"))
)]
pub struct Origin {
    scheme: Scheme,
    host: String,
    port: Port,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Scheme {
    Http,
    Https,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Port {
    Any,
    Number(u16),
}

/// Why a text is not an origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOrigin {
    /// Any port is for one's own machine only.
    #[error("`*` may only stand for the port of localhost, 127.0.0.1 or [::1]")]
    AnyPort,
    /// The host is missing or has a character no host has.
    #[error("the host must be letters, digits, dots and hyphens (an international name in its `xn--` form)")]
    Host,
    /// There is more than scheme, host and port.
    #[error("an origin ends after the host or port: no path, no `/` at the end, no user name")]
    More,
    /// The port is not 1 to 65535.
    #[error("the port must be a number from 1 to 65535")]
    Port,
    /// Neither of the web's schemes.
    #[error("an origin starts with `https://` or `http://`")]
    Scheme,
}

impl Origin {
    /// Reads an origin of the settings document.
    pub fn parse(text: &str) -> Result<Self, InvalidOrigin> {
        let lower = text.to_ascii_lowercase();
        let (scheme, rest) = if let Some(rest) = lower.strip_prefix("https://") {
            (Scheme::Https, rest)
        } else if let Some(rest) = lower.strip_prefix("http://") {
            (Scheme::Http, rest)
        } else {
            return Err(InvalidOrigin::Scheme);
        };
        if rest.contains(['/', '?', '#', '@', '\\']) {
            return Err(InvalidOrigin::More);
        }
        let (host, port) = split_port(rest);
        if !is_host(host) {
            return Err(InvalidOrigin::Host);
        }
        let port = match port {
            None => Port::Number(scheme.default_port()),
            Some("*") if is_loopback(host) => Port::Any,
            Some("*") => return Err(InvalidOrigin::AnyPort),
            Some(digits) => Port::Number(port_number(digits).ok_or(InvalidOrigin::Port)?),
        };
        Ok(Self { scheme, host: host.to_owned(), port })
    }

    /// Whether a page whose `Origin` header is `header` is meant. `null` never is.
    pub fn allows(&self, header: &str) -> bool {
        let Ok(page) = Self::parse(header) else { return false };
        self.scheme == page.scheme
            && self.host == page.host
            && match (self.port, page.port) {
                // A browser never sends `*`: what does is no page of ours.
                (_, Port::Any) => false,
                (Port::Any, Port::Number(_)) => true,
                (Port::Number(ours), Port::Number(theirs)) => ours == theirs,
            }
    }
}

impl Scheme {
    const fn default_port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme.name(), self.host)?;
        match self.port {
            Port::Any => f.write_str(":*"),
            Port::Number(port) if port == self.scheme.default_port() => Ok(()),
            Port::Number(port) => write!(f, ":{port}"),
        }
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The host and what follows its colon; an IPv6 address keeps its brackets.
fn split_port(rest: &str) -> (&str, Option<&str>) {
    match rest.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (rest, None),
    }
}

fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.contains(':')
            && address.len() <= 45
            && address.bytes().all(|b| b.is_ascii_hexdigit() || matches!(b, b':' | b'.'));
    }
    let part = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    host.len() <= 253 && host.split('.').all(part)
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

fn port_number(digits: &str) -> Option<u16> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_told_apart_by_scheme_host_and_port() {
        for (ours, theirs, allowed) in [
            ("https://shop.example", "https://shop.example", true),
            ("https://shop.example", "https://SHOP.example", true),
            ("https://shop.example", "https://shop.example:443", true),
            ("https://shop.example:443", "https://shop.example", true),
            ("https://shop.example", "http://shop.example", false),
            ("https://shop.example", "https://shop.example:8443", false),
            ("https://shop.example", "https://www.shop.example", false),
            ("https://shop.example", "https://shop.example.evil.example", false),
            ("https://shop.example", "https://shop.example@evil.example", false),
            ("https://shop.example", "https://shop.example/", false),
            ("https://shop.example", "https://evil.example#https://shop.example", false),
            ("https://shop.example", "null", false),
            ("https://shop.example", "", false),
            ("http://localhost:*", "http://localhost:5173", true),
            ("http://localhost:*", "http://localhost", true),
            ("http://localhost:*", "https://localhost:5173", false),
            ("http://localhost:*", "http://localhost:*", false),
            ("http://localhost:*", "http://localhost.evil.example:80", false),
            ("http://localhost:*", "http://127.0.0.1:80", false),
            ("http://localhost:*", "null", false),
            ("http://127.0.0.1:*", "http://127.0.0.1:8787", true),
            ("http://[::1]:*", "http://[::1]:8787", true),
            ("http://[::1]:8787", "http://[::1]", false),
        ] {
            assert_eq!(Origin::parse(ours).unwrap().allows(theirs), allowed, "{ours} {theirs}");
        }
    }

    #[test]
    fn a_bad_origin_is_refused_with_its_reason() {
        use InvalidOrigin::{AnyPort, Host, More, Port, Scheme};
        for (text, reason) in [
            ("shop.example", Scheme),
            ("ftp://shop.example", Scheme),
            ("*", Scheme),
            ("null", Scheme),
            ("https://", Host),
            ("https://*.shop.example", Host),
            ("https://bücher.example", Host),
            ("https://shop..example", Host),
            ("https://-shop.example", Host),
            ("https://[::z]", Host),
            ("https://shop.example/", More),
            ("https://user@shop.example", More),
            ("https://shop.example?x", More),
            ("https://shop.example:*", AnyPort),
            ("https://shop.example:", Port),
            ("https://shop.example:0", Port),
            ("https://shop.example:+80", Port),
            ("https://shop.example:65536", Port),
        ] {
            assert_eq!(Origin::parse(text), Err(reason), "{text}");
        }
    }

    #[test]
    fn origins_are_written_as_browsers_write_them() {
        for (text, written) in [
            ("HTTPS://Shop.Example:443", "https://shop.example"),
            ("http://localhost:*", "http://localhost:*"),
            ("http://[::1]:8787", "http://[::1]:8787"),
        ] {
            assert_eq!(Origin::parse(text).unwrap().to_string(), written);
        }
    }
}
