//! A letter as Markdown (`CommonMark`, with tables as in GitHub Flavored Markdown).

use super::{Block, Letter, Table};

/// The letter as Markdown. Every text is escaped: no value makes a heading, a link, an image or HTML.
#[must_use]
pub fn render(letter: &Letter) -> String {
    let mut parts = vec![lines(&letter.sender)];
    if !letter.addressee.is_empty() {
        parts.push(lines(&letter.addressee));
    }
    let particulars: Vec<String> =
        letter.particulars.iter().map(|(label, value)| format!("{label}: {value}")).collect();
    parts.push(lines(&particulars));
    parts.push(format!("# {}", line(&letter.title)));
    parts.extend(letter.blocks.iter().map(block));
    parts.join("\n\n") + "\n"
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(text) => format!("## {}", line(text)),
        Block::Paragraph(text) => escaped(text).replace('\n', "\\\n"),
        Block::Bullets(items) => {
            let items: Vec<String> = items.iter().map(|item| format!("- {}", line(item))).collect();
            items.join("\n")
        }
        Block::Table(rows) => table(rows),
        Block::Signature(texts) => lines(texts),
    }
}

fn table(table: &Table) -> String {
    let row = |cells: &[String]| {
        let cells = cells.iter().map(String::as_str).chain(std::iter::repeat("")).take(table.headers.len());
        let cells: Vec<String> = cells.map(|cell| escaped(cell).replace('\n', "<br>")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule = format!("|{}", " --- |".repeat(table.headers.len()));
    let mut rows = vec![row(&table.headers), rule];
    rows.extend(table.rows.iter().map(|cells| row(cells)));
    rows.join("\n")
}

/// Lines that stay lines.
fn lines(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| line(text)).collect();
    texts.join("\\\n")
}

fn line(text: &str) -> String {
    escaped(text).replace('\n', " ")
}

/// The text with a backslash before each ASCII sign that can mean something. A sign that means something only at the
/// beginning of a line is escaped there alone, so that the text stays readable.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at_start = true;
    let mut in_number = false;
    for sign in text.chars() {
        let sign = if sign == '\n' || !sign.is_control() { sign } else { ' ' };
        let always =
            matches!(sign, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '!' | '$');
        let first = at_start && matches!(sign, '#' | '+' | '-' | '=' | ':');
        let ordinal = in_number && matches!(sign, '.' | ')');
        if always || first || ordinal {
            out.push('\\');
        }
        out.push(sign);
        in_number = sign.is_ascii_digit() && (at_start || in_number);
        at_start = sign == '\n' || (at_start && sign.is_whitespace());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_becomes_markup() {
        for (text, expected) in [
            ("# Heading", r"\# Heading"),
            ("A # B", "A # B"),
            ("- item", r"\- item"),
            ("  + item", r"  \+ item"),
            ("Anne-Marie", "Anne-Marie"),
            ("1. item", r"1\. item"),
            ("12) item", r"12\) item"),
            ("v 1.2", "v 1.2"),
            ("<script>alert(1)</script>", r"\<script\>alert(1)\</script\>"),
            ("[a](javascript:b)", r"\[a\](javascript:b)"),
            ("![x](y)", r"\!\[x\](y)"),
            ("a | b", r"a \| b"),
            ("*bold* _it_ `code` ~~no~~", r"\*bold\* \_it\_ \`code\` \~\~no\~\~"),
            ("&lt;", r"\&lt;"),
            ("a\n---", "a\n\\---"),
            ("a\r\tb", "a  b"),
        ] {
            assert_eq!(escaped(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_cell_stays_in_its_row() {
        let rows = vec![vec!["a | b".to_owned(), "c\nd".to_owned()], vec!["only".to_owned()]];
        let headers = vec!["One".to_owned(), "Two".to_owned()];
        let expected = "| One | Two |\n| --- | --- |\n| a \\| b | c<br>d |\n| only |  |";
        assert_eq!(table(&Table { headers, rows }), expected);
    }
}
