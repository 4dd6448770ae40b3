//! A person's name, and the words by which it is found.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

use crate::checked_text::checked_text;
use crate::invalid::Invalid;
use crate::text::{self, Text};

checked_text! {
    /// A full name of 1 to 500 characters, as it was typed (form NFC).
    PersonName
}

impl PersonName {
    /// Reads what a client sent.
    ///
    /// # Errors
    /// As [`Text::parse`].
    pub fn parse(raw: &str) -> Result<Self, Invalid> {
        text::one_line(raw, Text::MAX).map(Self)
    }

    /// The whole words of the name, folded as [`folded_words`] folds a search phrase.
    #[must_use]
    pub fn words(&self) -> Vec<String> {
        folded_words(&self.0)
    }
}

/// The words of a name or of a search phrase, each once and sorted: letter case and accents folded (å as a, ø as o),
/// split at everything but letters and digits. An apostrophe belongs to its word and is left out.
#[must_use]
pub fn folded_words(phrase: &str) -> Vec<String> {
    let folded: String = phrase
        .nfkd()
        .filter(|c| canonical_combining_class(*c) == 0 && !matches!(c, '\'' | '’' | 'ʼ'))
        .flat_map(char::to_lowercase)
        .fold(String::with_capacity(phrase.len()), fold_letter)
        // A lower-case form can bring back a mark (İ), which is stripped as the others were.
        .nfkd()
        .filter(|c| canonical_combining_class(*c) == 0)
        .collect();
    let words: BTreeSet<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.into_iter().map(str::to_owned).collect()
}

/// Letters that Unicode does not take apart but that people leave out on a keyboard without them.
fn fold_letter(mut folded: String, letter: char) -> String {
    match letter {
        'ø' => folded.push('o'),
        'đ' | 'ð' => folded.push('d'),
        'ł' => folded.push('l'),
        'ı' => folded.push('i'),
        'ς' => folded.push('σ'),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'ß' => folded.push_str("ss"),
        'þ' => folded.push_str("th"),
        other => folded.push(other),
    }
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_folded_and_deduplicated() {
        for (phrase, expected) in [
            ("Åsa Öberg", vec!["asa", "oberg"]),
            ("A\u{30a}SA  öberg", vec!["asa", "oberg"]),
            ("Anna-Lena Anna", vec!["anna", "lena"]),
            ("Søren Łukasz Straße", vec!["lukasz", "soren", "strasse"]),
            ("O'Brien O’Brien", vec!["obrien"]),
            ("ΣΟΦΟΣ σοφος", vec!["σοφοσ"]),
            ("İpek", vec!["ipek"]),
            ("ﬁlip ２", vec!["2", "filip"]),
            ("राम रमा", vec!["रमा", "राम"]),
            ("… — !", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(folded_words(phrase), expected, "{phrase:?}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(phrase in "\\PC{0,40}") {
            let once = folded_words(&phrase);
            prop_assert_eq!(folded_words(&once.join(" ")), once);
        }

        #[test]
        fn every_word_of_a_name_is_found_by_the_phrase_it_came_from(name in "\\PC{1,40}") {
            if let Ok(parsed) = PersonName::parse(&name) {
                prop_assert_eq!(parsed.words(), folded_words(&name));
            }
        }
    }
}
