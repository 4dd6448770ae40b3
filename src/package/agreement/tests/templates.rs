use super::*;

#[test]
fn every_shipped_template_has_every_place_and_no_other() {
    for template in SHIPPED {
        assert_eq!(check(template.text), Ok(()), "{}", template.language.code());
        for place in Placeholder::ALL {
            let written = format!("{{{{{}}}}}", place.code());
            assert!(template.text.contains(&written), "{written} {}", template.language.code());
        }
    }
}

#[test]
fn each_language_has_one_template_of_the_name() {
    for language in Language::ALL {
        assert_eq!(shipped(*language).name, "standard-2026-1");
    }
}

/// What Art. 28(2), (3), (4) and (9) ask an agreement to set out, by the words that head or bear it.
#[rustfmt::skip]
const CLAUSES: [(&str, &str); 19] = [
    ("(artikel 28.3 a)",             "(Article 28(3)(a))"),
    ("(artikel 28.3 b)",             "(Article 28(3)(b))"),
    ("(artikel 28.3 c)",             "(Article 28(3)(c))"),
    ("28.3 d och 28.4)",             "28(3)(d) and 28(4))"),
    ("(artikel 28.3 e)",             "(Article 28(3)(e))"),
    ("(artikel 28.3 f)",             "(Article 28(3)(f))"),
    ("(artikel 28.3 g)",             "(Article 28(3)(g))"),
    ("(artikel 28.3 h)",             "(Article 28(3)(h))"),
    ("(artikel 28.2,",               "(Article 28(2),"),
    ("(artikel 28.3 sista stycket)", "(Article 28(3), last subparagraph)"),
    ("(artikel 28.9)",               "(Article 28(9))"),
    ("artikel 32",                   "Article 32"),
    ("(artikel 33.2)",               "(Article 33(2))"),
    ("Svensk rätt gäller",           "governed by Swedish law"),
    ("gäller handlingarna i denna ordning", "the documents apply in this order"),
    ("## Bilaga I. ",                "## Annex I. "),
    ("## Bilaga II. ",               "## Annex II. "),
    ("## Bilaga III. ",              "## Annex III. "),
    ("## Bilaga IV. ",               "## Annex IV. "),
];

#[test]
fn every_shipped_template_sets_out_what_article_28_wants() {
    for template in SHIPPED {
        let text = template.text.replace('\n', " ");
        for (swedish, english) in CLAUSES {
            let clause = template.language.choose(swedish, english);
            assert!(text.contains(clause), "{clause}");
        }
    }
}

/// The levels of the headings and the numbers of the clauses, in their order.
fn outline(text: &str) -> Vec<String> {
    let marks = text.lines().filter_map(|line| line.split_once(' ').map(|(mark, _)| mark));
    let numbered = |mark: &&str| mark.starts_with(|first: char| first.is_ascii_digit()) && mark.contains('.');
    marks.filter(|mark| mark.starts_with('#') || numbered(mark)).map(str::to_owned).collect()
}

#[test]
fn both_languages_have_the_same_clauses() {
    let [swedish, english] = SHIPPED.map(|template| outline(template.text));
    assert_eq!(swedish, english);
}

#[test]
fn a_shipped_template_is_filled_to_the_last_place() {
    for template in SHIPPED {
        let document = document(template.text, &particulars(template.language, None));
        assert!(!document.contains("{{"), "{}", template.language.code());
    }
}

#[test]
fn the_same_particulars_give_the_same_bytes() {
    for template in SHIPPED {
        let made = || document(template.text, &particulars(template.language, None));
        assert_eq!(made(), made());
    }
}
