//! The same protection for variables, which can be as deep and as many as a document.

use serde_json::{Map, Value};

use super::limit::{LimitExceeded, Limits, check};

/// Counts the values of the variables and how deep they lie, without recursion.
///
/// # Errors
///
/// [`LimitExceeded`], when there are more values than `variable_values` or when lists and objects lie deeper than
/// `nesting`.
pub fn inspect_variables(variables: &Map<String, Value>, limits: &Limits) -> Result<(), LimitExceeded> {
    let mut found = 0;
    let mut pending: Vec<(&Value, u64)> = Vec::new();
    for value in variables.values() {
        push(&mut pending, (value, 1), &mut found, limits)?;
    }
    while let Some((value, depth)) = pending.pop() {
        match value {
            Value::Array(items) => {
                for item in items {
                    push(&mut pending, (item, depth + 1), &mut found, limits)?;
                }
            }
            Value::Object(fields) => {
                for field in fields.values() {
                    push(&mut pending, (field, depth + 1), &mut found, limits)?;
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    Ok(())
}

fn push<'v>(
    pending: &mut Vec<(&'v Value, u64)>,
    next: (&'v Value, u64),
    found: &mut u64,
    limits: &Limits,
) -> Result<(), LimitExceeded> {
    *found += 1;
    check("values in the variables", *found, limits.variable_values)?;
    check("nesting of the variables", next.1, limits.nesting)?;
    pending.push(next);
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::*;

    fn inspect(variables: Value) -> Result<(), &'static str> {
        let Value::Object(map) = variables else { unreachable!() };
        inspect_variables(&map, &Limits::default()).map_err(|exceeded| exceeded.limit)
    }

    fn nested(depth: usize) -> Value {
        (1..depth).fold(json!(1), |inner, _| json!([inner]))
    }

    #[test]
    fn variables_are_let_through_up_to_their_limits() {
        assert_eq!(inspect(json!({})), Ok(()));
        assert_eq!(inspect(json!({ "a": nested(64) })), Ok(()));
        assert_eq!(inspect(json!({ "a": nested(65) })), Err("nesting of the variables"));
        assert_eq!(inspect(json!({ "a": vec![0; 9_999] })), Ok(()));
        assert_eq!(inspect(json!({ "a": vec![0; 10_000] })), Err("values in the variables"));
        assert_eq!(
            inspect(json!({ "a": { "b": vec![json!({ "c": 1 }); 5_000] } })),
            Err("values in the variables")
        );
    }

    #[test]
    fn the_json_reader_itself_refuses_what_would_overrun_the_stack() {
        let text = format!("{}{}", "[".repeat(200), "]".repeat(200));
        assert!(serde_json::from_str::<Value>(&text).unwrap_err().is_syntax());
    }
}
