use super::*;
use crate::language::Language;

#[test]
fn every_category_has_its_default_rule_in_the_policys_order() {
    let categories = DEFAULTS.map(|rule| rule.category);
    assert_eq!(categories, DataCategory::ALL);
    for rule in DEFAULTS {
        let by_law = rule.category == DataCategory::Accounting;
        assert_eq!(rule.months.is_none(), by_law);
        assert_eq!(rule.trigger == RetentionTrigger::FiscalYearEnded, by_law);
    }
}

#[test]
fn a_rule_reads_as_a_sentence_in_both_languages() {
    let [.., password, accounting] = DEFAULTS;
    let yearly = RetentionRule {
        trigger: RetentionTrigger::SubjectInactive,
        months: Some(12),
        legal_basis: LegalBasis::LegitimateInterests,
        source: "gallringsplan 2026".into(),
        ..password.clone()
    };
    for (rule, swedish, english) in [
        (
            &password,
            "Lösenord sparas så länge kundrelationen finns och raderas därefter genast (rättslig grund: \
             avtal, artikel 6.1 b; källa: integritetspolicyn, avsnittet om lagringstid).",
            "Password is kept while the customer relationship lasts and is then erased at once (legal \
             basis: contract, Art. 6(1)(b); source: integritetspolicyn, avsnittet om lagringstid).",
        ),
        (
            &accounting,
            "Bokföringsinformation (faktura, offert, avtal) sparas till och med det sjunde året efter \
             utgången av det kalenderår då räkenskapsåret avslutades och raderas därefter (rättslig grund: \
             rättslig förpliktelse, artikel 6.1 c; källa: bokföringslagen (1999:1078) 7 kap. 2 §).",
            "Accounting information (invoice, quote, contract) is kept through the seventh year after the \
             end of the calendar year in which the fiscal year ended and is then erased (legal basis: legal \
             obligation, Art. 6(1)(c); source: bokföringslagen (1999:1078) 7 kap. 2 §).",
        ),
        (
            &yearly,
            "Lösenord sparas i 12 månader efter att uppgifterna senast användes eller ändrades och raderas \
             därefter (rättslig grund: intresseavvägning, artikel 6.1 f; källa: gallringsplan 2026).",
            "Password is kept for 12 months after the data was last used or changed and is then erased \
             (legal basis: legitimate interests, Art. 6(1)(f); source: gallringsplan 2026).",
        ),
    ] {
        assert_eq!(describe(rule, Language::Sv), swedish);
        assert_eq!(describe(rule, Language::En), english);
    }
}
