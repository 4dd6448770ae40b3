//! Consents (Art. 7), and who may be reached for marketing. A consent can be given for any purpose.

use jiff::Timestamp;

use crate::coded::coded;

coded! {
    /// The state of a consent.
    ConsentStatus {
        /// Given and not withdrawn.
        Granted = "GRANTED",
        /// Withdrawn; processing before the withdrawal stays lawful (Art. 7(3)).
        Withdrawn = "WITHDRAWN",
    }
}

/// What decides whether a person is on the marketing list (contract rule 3).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MarketingFacts {
    /// When the current consent to direct marketing was given; `None` without one, or when it was withdrawn.
    pub consented_at: Option<Timestamp>,
    /// When the person last objected to direct marketing or withdrew what was never given.
    pub objected_at: Option<Timestamp>,
}

impl MarketingFacts {
    /// Whether the person may be listed, counted and found for direct marketing. An objection outweighs any consent
    /// (Art. 21(3)) until the person consents anew, later than it.
    #[must_use]
    pub fn on_list(&self) -> bool {
        self.consented_at
            .is_some_and(|consented| self.objected_at.is_none_or(|objected| consented > objected))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_objection_stands_until_a_later_consent() {
        let at = |second| Timestamp::from_second(second).ok();
        for (consented_at, objected_at, expected) in [
            (None, None, false),
            (at(1), None, true),
            (None, at(1), false),
            (at(1), at(2), false),
            (at(2), at(2), false),
            (at(3), at(2), true),
        ] {
            assert_eq!(MarketingFacts { consented_at, objected_at }.on_list(), expected);
        }
    }
}
