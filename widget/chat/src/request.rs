//! What is asked of the edge, and which answer belongs to which question.

use domain::visit::Attempt;

/// A kind of request; in the lowest bits of its number, below the attempt.
#[derive(Clone, Copy)]
pub(crate) enum Request {
    Session,
    Poll,
    Post,
    Export,
    Forget,
}

const BITS: u32 = 3;

impl Request {
    pub(crate) fn method(self) -> &'static str {
        match self {
            Self::Session | Self::Post => "POST",
            Self::Poll | Self::Export => "GET",
            Self::Forget => "DELETE",
        }
    }

    pub(crate) fn number(self, attempt: Attempt) -> u32 {
        attempt.0 << BITS | self as u32
    }

    /// What the request of this number was.
    pub(crate) fn of(number: u32) -> Option<(Self, Attempt)> {
        let request = match number & ((1 << BITS) - 1) {
            0 => Self::Session,
            1 => Self::Poll,
            2 => Self::Post,
            3 => Self::Export,
            4 => Self::Forget,
            _ => return None,
        };
        Some((request, Attempt(number >> BITS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_finds_its_question() {
        for request in [Request::Session, Request::Poll, Request::Post, Request::Export, Request::Forget] {
            let found = Request::of(request.number(Attempt(7))).unwrap();
            assert_eq!((found.0 as u32, found.1), (request as u32, Attempt(7)));
        }
        assert!(Request::of(7).is_none());
    }
}
