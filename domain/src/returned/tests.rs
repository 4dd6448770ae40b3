use serde_json::json;

use super::*;

fn nested(depth: usize) -> Value {
    (0..depth).fold(json!(1), |inner, _| json!([inner]))
}

#[test]
fn any_json_is_taken_for_each_category_within_the_limits() {
    for value in [
        json!({}),
        json!({ "NAME": "Åsa", "EMAIL": ["a@b.example", null], "ADDRESS": { "rad": "Provgatan 1\nPort B" } }),
        json!({ "NAME": "a".repeat(4_000) }),
        json!({ "NAME": nested(8) }),
        json!({ "NAME": vec![0; 4_999] }),
        json!({ "NAME": { "n".repeat(100): 1.5 } }),
    ] {
        let taken = Returned::parse(value.clone()).ok();
        let back = taken.as_ref().and_then(|taken| Returned::from_bytes(&taken.to_bytes()));
        let reads = back.map(|back| json!(back.reveal()));
        assert_eq!(reads, Some(value));
    }
}

#[test]
fn what_breaks_a_limit_is_told_by_its_kind() {
    let large: Vec<String> = (0..100).map(|_| "å".repeat(1_500)).collect();
    for (value, fault) in [
        (json!(null), NotReturnable::Form),
        (json!(["NAME"]), NotReturnable::Form),
        (json!({ "SHOES": 44 }), NotReturnable::Category),
        (json!({ "name": "x" }), NotReturnable::Category),
        (json!({ "PASSWORD": "x" }), NotReturnable::Category),
        (json!({ "NAME": nested(9) }), NotReturnable::Structure),
        (json!({ "NAME": vec![0; 5_000] }), NotReturnable::Structure),
        (json!({ "NAME": vec![0; 3_000], "EMAIL": vec![0; 3_000] }), NotReturnable::Structure),
        (json!({ "NAME": "a".repeat(4_001) }), NotReturnable::Text),
        (json!({ "NAME": "a\u{0}b" }), NotReturnable::Text),
        (json!({ "NAME": "a\u{1b}[2Jb" }), NotReturnable::Text),
        (json!({ "NAME": { "a\u{0}": 1 } }), NotReturnable::Text),
        (json!({ "NAME": { "n".repeat(101): 1 } }), NotReturnable::Text),
        (json!({ "NAME": large }), NotReturnable::Size),
    ] {
        assert_eq!(Returned::parse(value).err(), Some(fault));
    }
}

#[test]
fn the_same_data_has_one_text() {
    let parse = |text: &str| serde_json::from_str(text).ok().and_then(|value| Returned::parse(value).ok());
    let one = parse(r#"{"NAME": {"b": 1, "a": [2]}, "EMAIL": "x"}"#).map(|taken| taken.to_bytes());
    let other = parse(r#"{"EMAIL":"\u0078","NAME":{"a":[2],"b":1}}"#).map(|taken| taken.to_bytes());
    assert_eq!(one, other);
    assert!(one.is_some());
}

#[test]
fn a_category_that_the_answer_does_not_hold_is_left_out() {
    let mut taken = Returned::parse(json!({ "NAME": "Åsa", "EMAIL": "a@b.example" })).ok();
    let kept: Option<Value> = taken.as_mut().map(|taken| {
        taken.retain(&Categories::from([DataCategory::Email]));
        json!(taken.reveal())
    });
    assert_eq!(kept, Some(json!({ "EMAIL": "a@b.example" })));
}
