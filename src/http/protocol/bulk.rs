//! How many values a JSON text holds, before any of them is made.
//!
//! A mebibyte of `[]` is some hundred thousand values, each many times as large in memory as in the text. One pass over the
//! bytes, which keeps nothing, finds that out for a fraction of what reading them would cost.

/// The most values that are read of one body: members of lists and objects, whatever they belong to. A full call has
/// 10,000 in its variables.
pub const MOST_VALUES: usize = 20_000;

/// Whether a text can hold more than [`MOST_VALUES`]. Of a text that is no JSON it says whatever is safe.
pub fn is_too_much(json: &[u8]) -> bool {
    let mut values = 1_usize;
    let mut rest = json.iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => skip_string(&mut rest),
            b',' | b'[' | b'{' => values += 1,
            _ => {}
        }
        if values > MOST_VALUES {
            return true;
        }
    }
    false
}

/// Goes behind the quotation mark that ends a string.
pub fn skip_string<'t>(rest: &mut impl Iterator<Item = &'t u8>) {
    while let Some(byte) = rest.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(rest.next()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_outside_of_strings_alone() {
        let list = |item: &str, times: usize| format!("[{}]", vec![item; times].join(","));
        for (text, expected) in [
            (String::new(), false),
            ("{\"query\":\"{a}\"}".to_owned(), false),
            (list("1", 19_999), false),
            (list("1", 20_000), true),
            (list("[]", 10_001), true),
            (list("{}", 10_001), true),
            (format!("[\"{}\"]", ",".repeat(100_000)), false),
            (format!("[\"\\\"{}\"]", ",".repeat(100_000)), false),
            (format!("[\"\\\\\"{}]", ",".repeat(100_000)), true),
            (format!("\"{}", ",".repeat(100_000)), false),
            ("[".repeat(20_000), true),
        ] {
            assert_eq!(is_too_much(text.as_bytes()), expected, "{}", text.get(..20).unwrap_or(&text));
        }
    }
}
