use super::*;

fn texts(facts: &Facts, scope: &Scope) -> String {
    assess(facts, scope, TODAY).canonical()
}

fn a_person() -> Facts {
    let holds: &[Held] =
        &[(LegalClaims, &[Phone, Email], None), (ContractPerformance, &[Name], Some(date(2027, 1, 1)))];
    facts(&[Name, Phone, Address], &[Some(date(2033, 12, 31)), None], holds, Objection::None)
}

#[test]
fn the_text_is_json_that_a_person_can_read() {
    let holds: &[Held] = &[(LegalClaims, &[Phone, Email], Some(date(2030, 1, 1)))];
    let facts = facts(&[Name, Phone], &[Some(date(2033, 12, 31))], holds, Objection::None);
    assert_eq!(
        texts(&facts, &only(&[Name, Phone])),
        "{\"held\":[\"NAME\",\"PHONE\"],\
         \"holds\":[{\"categories\":[\"PHONE\"],\"expiresOn\":\"2030-01-01\",\"ground\":\"LEGAL_CLAIMS\"}],\
         \"leaves\":\"OTHER_DATA\",\"objection\":\"NONE\",\"outcomes\":[\
         {\"action\":\"RETAINED\",\"category\":\"NAME\",\"record\":null,\"retainedThrough\":\"2033-12-31\",\
         \"retentionGround\":\"BOOKKEEPING_ACT\"},\
         {\"action\":\"RETAINED\",\"category\":\"PHONE\",\"record\":null,\"retainedThrough\":\"2029-12-31\",\
         \"retentionGround\":\"LEGAL_CLAIMS\"}],\
         \"records\":[{\"id\":\"00000000-0000-0000-0000-000000000001\",\"retainedThrough\":\"2033-12-31\"}],\
         \"scope\":[\"NAME\",\"PHONE\"],\"subject\":\"subject_00000000000000000000000001\",\"version\":1}"
    );
}

#[test]
fn the_order_in_which_facts_are_read_does_not_matter() {
    let mut other = a_person();
    other.records.reverse();
    other.holds.reverse();
    assert_eq!(texts(&other, &Scope::Everything), texts(&a_person(), &Scope::Everything));
}

#[test]
fn everything_is_all_eight_categories() {
    assert_eq!(texts(&a_person(), &only(&DataCategory::ALL)), texts(&a_person(), &Scope::Everything));
}

type Change = (&'static str, fn(&mut Facts));

#[test]
fn a_fact_behind_the_plan_changes_the_text() {
    let changes: [Change; 12] = [
        ("another person", |facts| facts.subject = SubjectId::from_uuid(Uuid::from_u128(2))),
        ("a value more", |facts| {
            facts.held.insert(Password);
        }),
        ("a value less", |facts| {
            facts.held.remove(&Name);
        }),
        ("a record more", |facts| {
            facts.records.push(RecordFacts { id: Uuid::nil(), retained_through: None });
        }),
        ("a record less", |facts| {
            facts.records.pop();
        }),
        ("another record", |facts| facts.records[1].id = Uuid::from_u128(7)),
        ("a record's date", |facts| facts.records[0].retained_through = Some(date(2032, 12, 31))),
        ("a record that has passed its date", |facts| {
            facts.records[1].retained_through = Some(date(2001, 12, 31));
        }),
        ("a hold more", |facts| facts.holds.push(facts.holds[0].clone())),
        ("a hold less", |facts| {
            facts.holds.pop();
        }),
        ("a hold's date", |facts| facts.holds[1].expires_on = Some(date(2027, 1, 2))),
        ("an objection", |facts| facts.objection = Objection::Upheld),
    ];
    for (change, apply) in changes {
        let mut facts = a_person();
        apply(&mut facts);
        assert_ne!(texts(&facts, &Scope::Everything), texts(&a_person(), &Scope::Everything), "{change}");
    }
}

#[test]
fn what_is_not_behind_the_plan_leaves_the_text_alone() {
    let scope = only(&[Phone]);
    let changes: [Change; 6] = [
        ("a hold that has expired", |facts| {
            let expired = HoldFacts { expires_on: Some(TODAY), ..facts.holds[0].clone() };
            facts.holds.push(expired);
        }),
        ("a hold on other categories", |facts| {
            facts.holds.pop();
        }),
        ("another category of a hold", |facts| {
            facts.holds[0].categories.insert(LoginName);
        }),
        ("a value of another category", |facts| {
            facts.held.insert(Password);
        }),
        ("a record", |facts| {
            facts.records.pop();
        }),
        ("a record's date", |facts| facts.records[0].retained_through = Some(date(2040, 12, 31))),
    ];
    for (change, apply) in changes {
        let mut facts = a_person();
        apply(&mut facts);
        assert_eq!(texts(&facts, &scope), texts(&a_person(), &scope), "{change}");
    }
}

#[test]
fn the_text_stays_from_day_to_day_until_something_may_go() {
    let approved = assess(&a_person(), &Scope::Everything, TODAY);
    let due_on = approved.next_due_on();
    assert_eq!(due_on, Some(date(2034, 1, 1)));
    let on = |day| assess(&a_person(), &Scope::Everything, day).canonical();
    for (day, same) in [
        (date(2026, 11, 24), true),
        (date(2026, 12, 31), true),
        // the hold on the name expires: the act keeps it longer, but a fact has changed
        (date(2027, 1, 1), false),
        (date(2033, 12, 31), false),
        (date(2034, 1, 1), false),
    ] {
        assert_eq!(on(day) == approved.canonical(), same, "{day}");
    }
    assert_eq!(on(date(2027, 1, 1)), on(date(2033, 12, 31)));
}

#[test]
fn the_last_value_outside_the_scope_changes_what_is_left_and_so_the_text() {
    let (alone, with_phone) =
        (facts(&[Email], &[], &[], Objection::None), facts(&[Email, Phone], &[], &[], Objection::None));
    assert_ne!(texts(&alone, &only(&[Email])), texts(&with_phone, &only(&[Email])));
}
