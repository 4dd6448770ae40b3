//! Several operations in one request: a JSON array of what otherwise is the whole body. The draft of 2025 says nothing of
//! them; where they are switched on they are read like this.

use serde::de::IgnoredAny;
use thiserror::Error;

use super::bulk::{self, skip_string};
use super::request::{Call, CallError, parse_body};

/// An array that is no batch; always answered with 400.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BatchError {
    /// Not JSON as a whole.
    #[error("{}", CallError::NotJson)]
    NotJson,
    /// More values than are read of one body.
    #[error("{}", CallError::TooManyValues)]
    TooManyValues,
    /// Nothing in it.
    #[error("the batch is empty: send at least one operation")]
    Empty,
    /// More operations than are taken at once.
    #[error("a batch holds at most {0} operations: send the rest in another")]
    TooMany(usize),
}

/// Whether a body is an array.
#[must_use]
pub fn is_batch(body: &[u8]) -> bool {
    body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
}

/// Reads an array of calls. A call that is none is no fault of the others: it stands as such in its place.
///
/// # Errors
///
/// [`BatchError`] for what is no array of 1 to `most` members.
pub fn parse_batch(body: &[u8], most: usize) -> Result<Vec<Result<Call, CallError>>, BatchError> {
    if bulk::is_too_much(body) {
        return Err(BatchError::TooManyValues);
    }
    serde_json::from_slice::<Vec<IgnoredAny>>(body).map_err(|_| BatchError::NotJson)?;
    let members = members(body);
    match members.len() {
        0 => Err(BatchError::Empty),
        count if count > most => Err(BatchError::TooMany(most)),
        _ => Ok(members.into_iter().map(parse_body).collect()),
    }
}

/// The texts of the members of an array, which is known to be one.
fn members(array: &[u8]) -> Vec<&[u8]> {
    let mut members = Vec::new();
    let (mut depth, mut begin) = (0_usize, 0);
    let mut bytes = array.iter();
    while let Some(byte) = bytes.next() {
        let behind = array.len() - bytes.len();
        let own = depth == 1;
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        match byte {
            b'[' if depth == 1 => begin = behind,
            b',' if own => {
                members.extend(array.get(begin..behind - 1));
                begin = behind;
            }
            b']' if own => members.extend(array.get(begin..behind - 1)),
            _ => {}
        }
    }
    let is_empty = members.iter().all(|member| member.trim_ascii().is_empty());
    if is_empty { Vec::new() } else { members }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_read_call_by_call() {
        let body = br#" [ {"query":"{ a(b: \"],[\") }"}, {"query":"{b}","variables":{"c":[1,{"d":[]}]}}, 1, [], {} ,{"query":"{a}","query":"{b}"}] "#;
        let told: Vec<_> =
            parse_batch(body, 10).unwrap().into_iter().map(|call| call.map(|call| call.query)).collect();
        assert_eq!(
            told,
            [
                Ok(Some("{ a(b: \"],[\") }".to_owned())),
                Ok(Some("{b}".to_owned())),
                Err(CallError::NotObject),
                Err(CallError::Batch),
                Err(CallError::MissingQuery),
                Err(CallError::Repeated),
            ]
        );
    }

    #[test]
    fn what_is_no_batch_is_refused_as_a_whole() {
        let too_many = format!("[{}]", ["{}"; 4].join(","));
        let bulky = format!("[{}1]", "{},".repeat(20_000));
        for (body, expected) in [
            ("[]", BatchError::Empty),
            ("[ \n]", BatchError::Empty),
            ("[{\"query\":\"{a}\"},]", BatchError::NotJson),
            ("[{\"query\":\"{a}\"}", BatchError::NotJson),
            ("[{\"query\":\"{a}\"}] []", BatchError::NotJson),
            ("[,]", BatchError::NotJson),
            (&too_many, BatchError::TooMany(3)),
            (&bulky, BatchError::TooManyValues),
        ] {
            let refused = parse_batch(body.as_bytes(), 3).err();
            assert_eq!(refused, Some(expected), "{}", body.get(..30).unwrap_or(body));
        }
    }

    #[test]
    fn only_an_array_is_a_batch() {
        for (body, expected) in [("[", true), (" \n[1]", true), ("{}", false), ("", false), ("\"[\"", false)]
        {
            assert_eq!(is_batch(body.as_bytes()), expected, "{body}");
        }
    }
}
