//! Scalars: texts whose form the use cases check, so that a wrong one is answered with where and why.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::Timestamp;

macro_rules! text_scalars {
    ($($(#[doc = $doc:literal])* $name:ident = $graphql:literal ($url:literal);)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone)]
            pub struct $name(pub String);

            $(#[doc = $doc])*
            #[Scalar(name = $graphql, specified_by_url = $url)]
            impl ScalarType for $name {
                fn parse(value: Value) -> InputValueResult<Self> {
                    match value {
                        Value::String(text) => Ok(Self(text)),
                        _ => Err(InputValueError::custom(concat!("a ", $graphql, " is written as a string"))),
                    }
                }

                fn is_valid(value: &Value) -> bool {
                    matches!(value, Value::String(_))
                }

                fn to_value(&self) -> Value {
                    Value::String(self.0.clone())
                }
            }
        )*
    };
}

pub(super) use text_scalars;

text_scalars! {
    /// An instant, RFC 3339 with an offset; the gateway answers in UTC with millisecond precision.
    DateTime = "DateTime" ("https://scalars.graphql.org/andimarek/date-time");
    /// A calendar date, ISO 8601 (2026-11-22).
    Date = "Date" ("https://scalars.graphql.org/andimarek/local-date");
    /// An e-mail address as RFC 5321 delivers to, at most 254 characters.
    EmailAddress = "EmailAddress" ("https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address");
    /// A telephone number in E.164 (+46812345678); national Swedish input is normalised to it.
    PhoneNumber = "PhoneNumber" ("https://www.itu.int/rec/T-REC-E.164");
    /// A country, ISO 3166-1 alpha-2, upper case (SE).
    CountryCode = "CountryCode" ("https://www.iso.org/iso-3166-country-codes.html");
    /// A language tag, BCP 47 (sv, en).
    LanguageTag = "LanguageTag" ("https://www.rfc-editor.org/info/bcp47");
    /// An absolute https URL (http is accepted for loopback addresses in development only).
    Url = "URL" ("https://url.spec.whatwg.org/");
    /// A SHA-256 digest, 64 lower-case hexadecimal digits.
    Sha256 = "Sha256" ("https://doi.org/10.6028/NIST.FIPS.180-4");
}

impl From<Timestamp> for DateTime {
    fn from(at: Timestamp) -> Self {
        Self(format!("{at:.3}"))
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(on: jiff::civil::Date) -> Self {
        Self(on.to_string())
    }
}
