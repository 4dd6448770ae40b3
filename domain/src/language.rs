//! The two languages in which the gateway speaks to people.

use crate::coded::coded;

coded! {
    /// A language of letters and messages. Swedish is the default: the platform's tenants are established in Sweden.
    #[derive(Default)]
    Language {
        /// Swedish.
        #[default]
        Sv = "sv",
        /// English.
        En = "en",
    }
}

impl Language {
    /// The one of two texts that is in this language.
    #[must_use]
    pub const fn choose<'a>(self, swedish: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Sv => swedish,
            Self::En => english,
        }
    }

    /// The language of a BCP 47 tag (`sv`, `en`, `sv-SE`), in any letter case; `None` for other languages and for
    /// what is no tag.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let mut subtags = tag.split('-');
        let language = subtags.next()?;
        let well_formed = |subtag: &str| {
            (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if !subtags.all(well_formed) {
            return None;
        }
        Self::ALL.iter().copied().find(|known| language.eq_ignore_ascii_case(known.code()))
    }

    /// The language that an `Accept-Language` header prefers (RFC 9110, section 12.5.4): the highest quality value
    /// wins, the first of equals; Swedish when the header names neither.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        let mut best = None;
        for (language, quality) in header.split(',').filter_map(preference) {
            if quality > best.map_or(0, |(_, quality)| quality) {
                best = Some((language, quality));
            }
        }
        best.map_or_else(Self::default, |(language, _)| language)
    }
}

/// One element of the header with its quality in thousandths.
fn preference(element: &str) -> Option<(Language, u16)> {
    let mut parts = element.split(';').map(str::trim);
    let range = parts.next()?;
    let language = if range == "*" { Language::default() } else { Language::from_tag(range)? };
    let quality = match parts.next() {
        None => 1000,
        Some(weight) => thousandths(weight.strip_prefix("q=").or_else(|| weight.strip_prefix("Q="))?)?,
    };
    Some((language, quality))
}

fn thousandths(quality: &str) -> Option<u16> {
    let (whole, fraction) = quality.split_once('.').unwrap_or((quality, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match (whole, fraction) {
        ("0", fraction) => Some(fraction),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::Language::{self, En, Sv};

    #[test]
    fn a_tag_names_its_language_whatever_the_region() {
        for (tag, expected) in [
            ("sv", Some(Sv)),
            ("SV-se", Some(Sv)),
            ("en", Some(En)),
            ("en-GB-oxendict", Some(En)),
            ("de", None),
            ("sve", None),
            ("", None),
            ("en-", None),
            ("en_GB", None),
            ("-", None),
        ] {
            assert_eq!(Language::from_tag(tag), expected, "{tag:?}");
        }
    }

    #[test]
    fn accept_language_chooses_by_quality_and_falls_back_to_swedish() {
        for (header, expected) in [
            ("", Sv),
            ("en", En),
            ("sv, en;q=0.9", Sv),
            ("en;q=0.9, sv", Sv),
            ("en-US,en;q=0.9,sv;q=0.8", En),
            ("de, en;q=0.5", En),
            ("de", Sv),
            ("*", Sv),
            ("en;q=0", Sv),
            ("en;q=0.001", En),
            ("en;q=0.5, sv;q=0.5", En),
            ("sv;q=0.1, en;q=0.11", En),
            ("en;q=2", Sv),
            ("en;q=", Sv),
            ("en;q=0.1234", Sv),
            (";;,,;q=1", Sv),
        ] {
            assert_eq!(Language::from_accept_language(header), expected, "{header:?}");
        }
    }
}
