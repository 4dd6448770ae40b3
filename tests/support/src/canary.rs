//! Finding a value again in whatever form it may have been written down.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A text that occurs nowhere by chance, with the forms in which it could be lying about.
#[derive(Debug, Clone)]
pub struct Canary {
    /// The text.
    pub text: String,
    forms: Vec<(&'static str, Vec<u8>)>,
}

impl Canary {
    /// A canary of this text.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let bytes = text.as_bytes();
        let utf16 = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut forms = vec![
            ("UTF-8", bytes.to_vec()),
            ("UTF-16", utf16),
            ("hexadecimal", hex::encode(bytes).into_bytes()),
            ("upper-case hexadecimal", hex::encode_upper(bytes).into_bytes()),
        ];
        forms.extend((0..3).map(|offset| ("base 64", base64_at(offset, bytes))));
        Self { text, forms }
    }

    /// The forms in which it stands in `bytes`.
    #[must_use]
    pub fn found_in(&self, bytes: &[u8]) -> Vec<&'static str> {
        let mut found: Vec<&'static str> = Vec::new();
        for (name, form) in &self.forms {
            if !found.contains(name) && holds(bytes, form) {
                found.push(name);
            }
        }
        found
    }
}

/// The characters of the base 64 form that depend on the text alone, when it begins `offset` bytes behind a multiple
/// of three.
fn base64_at(offset: usize, text: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; offset];
    bytes.extend_from_slice(text);
    let encoded = STANDARD.encode(&bytes).into_bytes();
    let first = (offset * 8).div_ceil(6);
    let whole = bytes.len() * 8 / 6;
    encoded[first..whole].to_vec()
}

/// Whether `part` stands anywhere in `whole`: looks for its first byte, then compares.
fn holds(whole: &[u8], part: &[u8]) -> bool {
    let Some((first, rest)) = part.split_first() else {
        return false;
    };
    let mut left = whole;
    while let Some(at) = left.iter().position(|byte| byte == first) {
        left = &left[at + 1..];
        if left.starts_with(rest) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_canary_is_found_in_every_form_and_at_every_offset() {
        let canary = Canary::new("Provgatan 1 åäö");
        for before in ["", "x", "xy", "xyz"] {
            let text = format!("{before}{}!", canary.text);
            let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for (form, bytes) in [
                ("UTF-8", text.clone().into_bytes()),
                ("UTF-16", utf16),
                ("hexadecimal", hex::encode(&text).into_bytes()),
                ("upper-case hexadecimal", hex::encode_upper(&text).into_bytes()),
                ("base 64", STANDARD.encode(&text).into_bytes()),
            ] {
                assert_eq!(canary.found_in(&bytes), [form], "{before:?}");
            }
        }
        assert!(canary.found_in(b"Provgatan 2 and nothing else").is_empty());
    }
}
