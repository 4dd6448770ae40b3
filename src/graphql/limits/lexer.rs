//! Cuts a document into words exactly where the engine's parser does, without understanding them.

/// A pair of brackets of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    /// `( )`: arguments and variable definitions.
    Round,
    /// `[ ]`: list literals and list types.
    Square,
    /// `{ }`: selection sets and object literals.
    Curly,
}

/// A word of a document; whatever the limits do not look into is `Other`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word<'q> {
    Name(&'q str),
    Open(Bracket),
    Close(Bracket),
    Spread,
    Colon,
    At,
    Other,
}

/// One pass over the text, in constant memory.
pub(super) struct Lexer<'q> {
    text: &'q str,
    at: usize,
    /// Set once a block string was found to have no end, so that the rest is searched for one only once.
    no_more_blocks: bool,
}

const BLOCK: &[u8] = b"\"\"\"";

impl<'q> Lexer<'q> {
    pub(super) const fn new(text: &'q str) -> Self {
        Self { text, at: 0, no_more_blocks: false }
    }

    fn rest(&self) -> &'q [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn word(&mut self, first: u8) -> Word<'q> {
        match first {
            b'"' => self.string(),
            b'-' | b'0'..=b'9' => self.number(),
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => self.name(),
            b'.' if self.rest().starts_with(b"...") => self.advance(3, Word::Spread),
            b'(' => self.advance(1, Word::Open(Bracket::Round)),
            b'[' => self.advance(1, Word::Open(Bracket::Square)),
            b'{' => self.advance(1, Word::Open(Bracket::Curly)),
            b')' => self.advance(1, Word::Close(Bracket::Round)),
            b']' => self.advance(1, Word::Close(Bracket::Square)),
            b'}' => self.advance(1, Word::Close(Bracket::Curly)),
            b':' => self.advance(1, Word::Colon),
            b'@' => self.advance(1, Word::At),
            _ => self.advance(1, Word::Other),
        }
    }

    const fn advance(&mut self, bytes: usize, word: Word<'q>) -> Word<'q> {
        self.at += bytes;
        word
    }

    fn name(&mut self) -> Word<'q> {
        let length = run(self.rest(), |byte| byte == b'_' || byte.is_ascii_alphanumeric());
        let name = self.text.get(self.at..self.at + length).unwrap_or_default();
        self.advance(length, Word::Name(name))
    }

    fn number(&mut self) -> Word<'q> {
        let length = 1 + run(self.rest().get(1..).unwrap_or_default(), |byte| {
            matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')
        });
        self.advance(length, Word::Other)
    }

    fn comment(&mut self) {
        self.at += run(self.rest(), |byte| byte != b'\n' && byte != b'\r');
    }

    fn string(&mut self) -> Word<'q> {
        let length = if self.rest().starts_with(BLOCK) { self.block() } else { quoted(self.rest()) };
        self.advance(length, Word::Other)
    }

    /// Length of the block string that begins here. Without an end the parser reads an empty string instead and
    /// goes on behind it, so that must be done here as well: brackets could hide there.
    fn block(&mut self) -> usize {
        let rest = self.rest();
        let mut at = BLOCK.len();
        while !self.no_more_blocks {
            match rest.get(at..) {
                Some(here) if here.starts_with(BLOCK) => return at + BLOCK.len(),
                Some(here) if here.starts_with(b"\\\"\"\"") => at += 4,
                Some([_, ..]) => at += 1,
                _ => self.no_more_blocks = true,
            }
        }
        2
    }
}

impl<'q> Iterator for Lexer<'q> {
    type Item = Word<'q>;

    fn next(&mut self) -> Option<Word<'q>> {
        loop {
            match *self.rest().first()? {
                b' ' | b',' | b'\t' | b'\r' | b'\n' | 0x80.. => self.at += 1,
                b'#' => self.comment(),
                first => return Some(self.word(first)),
            }
        }
    }
}

fn run(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| belongs(**byte)).count()
}

/// Length of a string in single quotation marks; an unclosed one ends with its line.
fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    loop {
        match rest.get(at) {
            Some(b'"') => return at + 1,
            Some(b'\\') => at = (at + 2).min(rest.len()),
            None | Some(b'\n' | b'\r') => return at,
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPEN: Word<'_> = Word::Open(Bracket::Square);

    #[test]
    fn words_are_cut_where_the_language_cuts_them() {
        let table: &[(&str, &[Word<'_>])] = &[
            ("", &[]),
            ("\u{feff} , \t\r\n", &[]),
            ("# [ [\r[", &[OPEN]),
            ("a_1:b", &[Word::Name("a_1"), Word::Colon, Word::Name("b")]),
            ("...on", &[Word::Spread, Word::Name("on")]),
            ("..", &[Word::Other, Word::Other]),
            ("-1.5e+10[", &[Word::Other, OPEN]),
            (r#""[\"["["#, &[Word::Other, OPEN]),
            (r#""""["[""["""["#, &[Word::Other, OPEN]),
            (r#""""[\"""[""" ["#, &[Word::Other, OPEN]),
            (r#""""["#, &[Word::Other, Word::Other]),
            (r#""""" ["#, &[Word::Other, Word::Other, OPEN]),
            (r#""" ["#, &[Word::Other, OPEN]),
            ("\"unclosed [\n[", &[Word::Other, OPEN]),
            ("\"\\", &[Word::Other]),
        ];
        for (text, expected) in table {
            assert_eq!(Lexer::new(text).collect::<Vec<_>>(), *expected, "{text}");
        }
    }

    #[test]
    fn an_endless_block_string_does_not_hide_what_follows_it() {
        let words = Lexer::new(r#""""" "[" ["#).collect::<Vec<_>>();
        assert_eq!(words.last(), Some(&OPEN));
    }
}
