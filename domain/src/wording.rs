//! One sentence in both languages of the gateway, for places that do not know who will read it.

use std::borrow::Cow;

use crate::language::Language;

/// The same text in Swedish and in English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    swedish: Cow<'static, str>,
    english: Cow<'static, str>,
}

impl Wording {
    /// A text that is the same whenever it is told.
    #[must_use]
    pub const fn new(swedish: &'static str, english: &'static str) -> Self {
        Self { swedish: Cow::Borrowed(swedish), english: Cow::Borrowed(english) }
    }

    /// A text with figures in it; `say` is asked once for each language.
    #[must_use]
    pub fn each(say: impl Fn(Language) -> String) -> Self {
        Self { swedish: Cow::Owned(say(Language::Sv)), english: Cow::Owned(say(Language::En)) }
    }

    /// A text of somebody else's that there is in English alone: a library's, or a standard's.
    #[must_use]
    pub fn english_alone(text: impl Into<Cow<'static, str>>) -> Self {
        let english = text.into();
        Self { swedish: english.clone(), english }
    }

    /// The text in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        language.choose(&self.swedish, &self.english)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_told_in_the_language_that_is_asked_for() {
        let fixed = Wording::new("ett", "one");
        let made = Wording::each(|language| language.choose("ett", "one").to_owned());
        assert_eq!(fixed, made);
        assert_eq!((fixed.text(Language::Sv), fixed.text(Language::En)), ("ett", "one"));
        assert_eq!(Wording::english_alone("one").text(Language::Sv), "one");
    }
}
