//! The `Authorization` header.

use crate::refusal::Refusal;

/// The token of an `Authorization` header (RFC 6750 section 2.1); the scheme's case does not matter.
///
/// # Errors
/// [`Refusal::Missing`] without a header or with another scheme, [`Refusal::Malformed`] when what follows `Bearer` is
/// not one token.
pub fn bearer(header: Option<&str>) -> Result<&str, Refusal> {
    let header = header.ok_or(Refusal::Missing)?;
    let (scheme, rest) = header.split_once(' ').unwrap_or((header, ""));
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(Refusal::Missing);
    }
    let token = rest.trim_start_matches(' ');
    let is_token_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    if token.is_empty() || !token.bytes().all(is_token_byte) {
        return Err(Refusal::Malformed);
    }
    Ok(token)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_follows_the_scheme_in_any_case() {
        for header in ["Bearer a.b.c", "bearer a.b.c", "BEARER a.b.c", "Bearer  a.b.c"] {
            assert_eq!(bearer(Some(header)), Ok("a.b.c"), "{header:?}");
        }
    }

    #[test]
    fn what_is_not_one_bearer_token_is_refused() {
        for (header, refusal) in [
            (None, Refusal::Missing),
            (Some(""), Refusal::Missing),
            (Some("Basic YTpi"), Refusal::Missing),
            (Some("Bearera.b.c"), Refusal::Missing),
            (Some(" Bearer a.b.c"), Refusal::Missing),
            (Some("Bearer\ta.b.c"), Refusal::Missing),
            (Some("Bearer"), Refusal::Malformed),
            (Some("Bearer "), Refusal::Malformed),
            (Some("Bearer a.b.c "), Refusal::Malformed),
            (Some("Bearer a.b.c, Bearer d.e.f"), Refusal::Malformed),
            (Some("Bearer \"a.b.c\""), Refusal::Malformed),
            (Some("Bearer a.b.c\0"), Refusal::Malformed),
            (Some("Bearer å.b.c"), Refusal::Malformed),
        ] {
            assert_eq!(bearer(header), Err(refusal), "{header:?}");
        }
    }
}
