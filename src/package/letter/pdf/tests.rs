#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use domain::language::Language;
use domain::personal::Personal;

use super::*;
use crate::package::letter::{Block, Table, access};
use crate::package::sample;

/// A short letter with the name in every kind of place.
fn with_name(name: &str) -> Vec<u8> {
    let mut answer = sample::minimal(Language::Sv);
    answer.person.name = Some(Personal::new(name.to_owned()));
    let mut letter = access::letter(&answer);
    letter.blocks.truncate(6);
    letter.blocks.push(Block::Heading(format!("Om {name}")));
    letter.blocks.push(Block::Bullets(vec![name.to_owned()]));
    letter.title = format!("Brev till {name}");
    render(&letter).unwrap()
}

/// How many pages the document has, as its page tree says.
fn pages(pdf: &[u8]) -> usize {
    let text = String::from_utf8_lossy(pdf);
    text.matches("/Type /Page\n").count() + text.matches("/Type/Page/").count()
}

#[test]
fn the_letter_is_a_tagged_document_with_title_language_and_its_own_date() {
    for (language, tag) in [(Language::Sv, "sv"), (Language::En, "en")] {
        let pdf = render(&access::letter(&sample::full(language))).unwrap();
        let text = String::from_utf8_lossy(&pdf);
        assert!(text.starts_with("%PDF-1.7"));
        for part in ["pdfuaid", "/StructTreeRoot", "/Outlines", "D:20261122130500", &format!("/Lang({tag})")]
        {
            assert!(text.contains(part) || text.replace("/Lang (", "/Lang(").contains(part), "{part}");
        }
        assert!(pages(&pdf) >= 2, "{}", pages(&pdf));
    }
}

#[test]
fn no_name_however_it_is_written_keeps_a_letter_from_being_made() {
    for name in [
        "",
        " ",
        "李小龍",
        "محمد بن سلمان",
        "יוסף כהן",
        "हैलो वर्ल्ड",
        "👩‍👩‍👧‍👦 🇸🇪",
        "Z\u{351}a\u{34c}l\u{36a}\u{301}\u{302}\u{303}g\u{35c}o",
        "\u{301}\u{302}",
        "e\u{301}\u{327} ﬁ ﬂ",
        "a\0b\u{7f}\u{85}\u{feff}\u{fffe}\u{ffff}",
        "\u{f8ff}\u{e000}\u{10ffff}",
        "\u{202e}abc\u{202c}",
        "A\u{ad}B\u{200d}C\u{2028}D",
        "line\r\nfeed\ttab",
        &"Ö".repeat(4000),
        &"ord ".repeat(1000),
    ] {
        assert!(with_name(name).starts_with(b"%PDF"), "{name:?}");
    }
}

mod whatever_it_holds {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_letter_is_made(
            name in any::<String>(),
            marks in "[a-zA-Zåäö\\u{300}-\\u{36f}\\u{1ab0}-\\u{1aff}Ͱ-ԯ]{0,40}",
        ) {
            prop_assert!(with_name(&name).starts_with(b"%PDF"));
            prop_assert!(with_name(&marks).starts_with(b"%PDF"));
        }
    }
}

#[test]
fn a_row_taller_than_a_page_goes_on_over_the_next() {
    let mut letter = access::letter(&sample::minimal(Language::En));
    let before = pages(&render(&letter).unwrap());
    letter.blocks.push(Block::Table(Table {
        headers: vec!["One".to_owned(), "Two".to_owned()],
        rows: vec![vec!["word ".repeat(4000), "x".to_owned()], vec!["short".to_owned()]],
    }));
    let after = pages(&render(&letter).unwrap());
    assert!(after > before + 3, "{before} {after}");
}

#[test]
fn a_table_without_columns_or_rows_is_no_obstacle() {
    let mut letter = access::letter(&sample::minimal(Language::En));
    letter.blocks.push(Block::Table(Table { headers: Vec::new(), rows: vec![vec!["x".to_owned()]] }));
    letter.blocks.push(Block::Table(Table { headers: vec!["x".to_owned()], rows: Vec::new() }));
    letter.blocks.push(Block::Bullets(Vec::new()));
    letter.blocks.push(Block::Signature(Vec::new()));
    letter.blocks.push(Block::Paragraph(String::new()));
    assert!(render(&letter).unwrap().starts_with(b"%PDF"));
}

#[test]
fn what_nobody_signs_begins_below_its_title() {
    let mut letter = access::letter(&sample::minimal(Language::En));
    letter.blocks = (0..30).map(|number| Block::Paragraph(format!("Paragraph {number}."))).collect();
    let faces = face::Faces::load().unwrap();
    let document = layout::lay_out(&letter, &faces);
    let begins =
        |item: &page::Item| matches!(item, page::Item::Line(line) if line.run.text == "Paragraph 0.");
    assert!(document.pages.len() == 2 && document.pages[0].iter().any(begins));
}

/// Everything that the laid-out letter shows, line by line.
fn shown(letter: &Letter) -> String {
    let faces = face::Faces::load().unwrap();
    let document = layout::lay_out(letter, &faces);
    let items = document.pages.iter().flatten();
    let lines = items.filter_map(|item| match item {
        page::Item::Line(line) => Some(line.run.text.as_str()),
        _ => None,
    });
    lines.collect()
}

#[test]
fn a_note_explains_a_replaced_character_and_stands_in_no_other_letter() {
    let mut answer = sample::full(Language::Sv);
    assert!(!shown(&access::letter(&answer)).contains('□'));
    answer.person.name = Some(Personal::new("李小龍".to_owned()));
    let text = shown(&access::letter(&answer));
    assert!(text.contains("□□□") && text.contains("Tecknet □ står för"));
}
