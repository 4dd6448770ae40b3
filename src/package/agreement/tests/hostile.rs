use super::*;

const HOSTILE: [&str; 16] = [
    "# Heading",
    "text\n# Heading",
    "text\n\n## 17. Another clause\n\nThe controller pays.",
    "text\r\n---\r\n",
    "text\n===",
    "a | b | c",
    r"a \| b \",
    "| --- |",
    "{{instructions}}",
    "{{ {{subprocessors}} }}",
    "- item\n- item",
    "1. item\n2) item",
    "<script>alert(1)</script><!--",
    "![x](https://tracker.example) [y]: z",
    "```\ncode",
    "a\u{2028}b\u{85}c\u{b}d\te",
];

/// What of a line makes the document's structure: a heading whole, else its indent, list mark and borders of cells.
fn structure(line: &str) -> String {
    if line.starts_with('#') {
        return line.to_owned();
    }
    let mut escaped = false;
    let borders = line.chars().filter(|sign| {
        let is_border = *sign == '|' && !escaped;
        escaped = *sign == '\\' && !escaped;
        is_border
    });
    let borders = borders.count();
    let mark = if line.starts_with("- ") { "- " } else { "" };
    let blank = if line.trim().is_empty() { "blank" } else { "text" };
    format!("{mark}{blank} {borders}")
}

fn structures(document: &str) -> Vec<String> {
    document.lines().map(structure).collect()
}

#[test]
fn what_a_person_typed_stays_in_its_place() {
    for template in SHIPPED {
        let plain = structures(&document(template.text, &particulars(template.language, Some("text"))));
        for typed in HOSTILE {
            let document = document(template.text, &particulars(template.language, Some(typed)));
            assert_eq!(structures(&document), plain, "{typed:?}");
        }
    }
}

#[test]
fn no_place_is_filled_from_within_a_value() {
    for template in SHIPPED {
        for typed in HOSTILE {
            let document = document(template.text, &particulars(template.language, Some(typed)));
            assert!(!document.contains("{{"), "{typed:?}");
        }
    }
}

#[test]
fn no_value_brings_html_but_the_breaks_of_its_lines() {
    for typed in HOSTILE {
        let told = document("{{subjectMatter}}", &particulars(Language::En, Some(typed)));
        let told = told.replace("<br>", "").replace(r"\<", "");
        assert!(!told.contains('<'), "{typed:?}");
    }
}
