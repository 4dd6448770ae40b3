//! Scalars, as this API describes them.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::Timestamp;

use crate::graphql::scalars::{self, text_scalars};

text_scalars! {
    /// An instant, RFC 3339.
    DateTime = "DateTime" ("https://scalars.graphql.org/andimarek/date-time");
    /// A calendar date, ISO 8601.
    Date = "Date" ("https://scalars.graphql.org/andimarek/local-date");
    /// An e-mail address.
    EmailAddress = "EmailAddress" ("https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address");
    /// A telephone number, E.164.
    PhoneNumber = "PhoneNumber" ("https://www.itu.int/rec/T-REC-E.164");
    /// A country, ISO 3166-1 alpha-2.
    CountryCode = "CountryCode" ("https://www.iso.org/iso-3166-country-codes.html");
    /// A language tag, BCP 47.
    LanguageTag = "LanguageTag" ("https://www.rfc-editor.org/info/bcp47");
    /// A SHA-256 digest, lower-case hexadecimal.
    Sha256 = "Sha256" ("https://doi.org/10.6028/NIST.FIPS.180-4");
}

impl From<Timestamp> for DateTime {
    fn from(at: Timestamp) -> Self {
        Self(scalars::DateTime::from(at).0)
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(on: jiff::civil::Date) -> Self {
        Self(on.to_string())
    }
}
