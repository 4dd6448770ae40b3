//! Finding a value again in whatever form it may have been written down.

use std::collections::HashMap;

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
        let percent = percent_encoded(bytes);
        // Without a byte to be encoded it is the text itself.
        if percent != text {
            forms.push(("lower-case percent-encoding", percent.to_lowercase().into_bytes()));
            forms.push(("percent-encoding", percent.into_bytes()));
        }
        Self { text, forms }
    }

    /// The forms in which it stands in a few `bytes`; for many there is [`Search`].
    #[must_use]
    pub fn found_in(&self, bytes: &[u8]) -> Vec<&'static str> {
        let mut found: Vec<&'static str> = Vec::new();
        for (name, form) in &self.forms {
            if !found.contains(name) && bytes.windows(form.len()).any(|window| window == form) {
                found.push(name);
            }
        }
        found
    }
}

/// A search for several canaries at once, in one pass.
pub struct Search<'c> {
    canaries: &'c [Canary],
    /// By the first two bytes of a form: the canary and the form's place.
    begins: HashMap<[u8; 2], Vec<(usize, usize)>>,
    may_begin: Vec<bool>,
}

impl<'c> Search<'c> {
    /// A search for all of these.
    #[must_use]
    pub fn new(canaries: &'c [Canary]) -> Self {
        let mut begins: HashMap<[u8; 2], Vec<(usize, usize)>> = HashMap::new();
        let mut may_begin = vec![false; 256 * 256];
        for (number, canary) in canaries.iter().enumerate() {
            for (place, (_, form)) in canary.forms.iter().enumerate() {
                if let Some(first) = form.first_chunk::<2>() {
                    begins.entry(*first).or_default().push((number, place));
                    may_begin[usize::from(u16::from_be_bytes(*first))] = true;
                }
            }
        }
        Self { canaries, begins, may_begin }
    }

    /// The texts that stand in `bytes`, each with its form.
    #[must_use]
    pub fn run(&self, bytes: &[u8]) -> Vec<(&'c str, &'static str)> {
        let mut found = Vec::new();
        for at in 1..bytes.len() {
            let first = [bytes[at - 1], bytes[at]];
            if !self.may_begin[usize::from(u16::from_be_bytes(first))] {
                continue;
            }
            for (number, place) in &self.begins[&first] {
                let canary = &self.canaries[*number];
                let (name, form) = &canary.forms[*place];
                if bytes[at - 1..].starts_with(form) && !found.contains(&(canary.text.as_str(), *name)) {
                    found.push((canary.text.as_str(), *name));
                }
            }
        }
        found
    }
}

/// The text as it stands in an address (RFC 3986), with upper-case digits.
fn percent_encoded(text: &[u8]) -> String {
    let unreserved = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~".contains(byte);
    let encode = |byte: &u8| if unreserved(byte) { char::from(*byte).into() } else { format!("%{byte:02X}") };
    text.iter().map(encode).collect()
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
                ("percent-encoding", percent_encoded(text.as_bytes()).into_bytes()),
            ] {
                assert_eq!(canary.found_in(&bytes), [form], "{before:?}");
                let canaries = [Canary::new("something else"), canary.clone()];
                assert_eq!(Search::new(&canaries).run(&bytes), [(canary.text.as_str(), form)], "{before:?}");
            }
        }
        assert!(canary.found_in(b"Provgatan 2 and nothing else").is_empty());
    }
}
