//! Text that somebody typed, put into a Markdown document that somebody else wrote.

/// The text as Markdown that shows this text and nothing else, wherever in the document it is put: in a paragraph, a
/// list or a table's cell. It makes no heading, link, image, HTML or cell, and no braces that look like a place to
/// fill. Line breaks within it become `<br>`.
pub(in crate::package) fn text(typed: &str) -> String {
    let lines: Vec<String> = typed.trim().lines().map(|line| escaped(line.trim())).collect();
    lines.join("<br>")
}

fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at_start = true;
    let mut in_number = true;
    for sign in line.chars() {
        let sign = if is_separator(sign) { ' ' } else { sign };
        let first = at_start && matches!(sign, '#' | '+' | '-' | '=' | ':');
        let ordinal = in_number && matches!(sign, '.' | ')');
        if is_markup(sign) || first || ordinal {
            out.push('\\');
        }
        out.push(sign);
        in_number &= sign.is_ascii_digit();
        at_start &= sign.is_whitespace();
    }
    out
}

/// Signs that can mean something anywhere in a line.
const fn is_markup(sign: char) -> bool {
    matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '!' | '$' | '{' | '}')
}

/// Signs that some readers take for the end of a line.
fn is_separator(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_stays_text() {
        for (typed, expected) in [
            ("# Heading", r"\# Heading"),
            ("A # B", "A # B"),
            ("- item", r"\- item"),
            ("Anne-Marie", "Anne-Marie"),
            ("1. item", r"1\. item"),
            ("12) item", r"12\) item"),
            (".5", r"\.5"),
            ("version 1.2", "version 1.2"),
            ("===", r"\==="),
            ("a | b", r"a \| b"),
            (r"a \| b", r"a \\\| b"),
            ("{{instructions}}", r"\{\{instructions\}\}"),
            ("<script>", r"\<script\>"),
            ("![x](y)", r"\!\[x\](y)"),
            ("**b** _i_ `c`", r"\*\*b\*\* \_i\_ \`c\`"),
            ("&amp;", r"\&amp;"),
            ("a\nb", "a<br>b"),
            ("a\r\n\r\n# b\n", r"a<br><br>\# b"),
            ("a\n    b", "a<br>b"),
            ("a\rb\u{2028}c\u{2029}d\u{85}e", "a b c d e"),
            ("  a  ", "a"),
        ] {
            assert_eq!(text(typed), expected, "{typed:?}");
        }
    }
}
