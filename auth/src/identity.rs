//! What an ID token must say: that somebody signed in just now, at this issuer, for this client, in this browser's attempt.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use jiff::Timestamp;
use serde_json::Value;

use crate::claims::{LEEWAY, actor, check_audience, has_expired, instant};
use crate::members::Members;
use crate::refusal::Refusal;

/// What the ID token of a sign-in is expected to say.
#[derive(Clone, Copy)]
pub struct ExpectedIdentity<'a> {
    /// `iss`, exactly.
    pub issuer: &'a str,
    /// The client that asked, which `aud` must hold.
    pub client_id: &'a str,
    /// The number that this attempt sent along.
    pub nonce: &'a str,
}

impl ExpectedIdentity<'_> {
    /// `OpenID` Connect Core 1.0 section 3.1.3.7; gives the `sub`.
    pub(crate) fn check(&self, members: &Members, now: Timestamp) -> Result<String, Refusal> {
        check_audience(members, self.client_id)?;
        self.check_party(members)?;
        let expires_at = instant(members, "exp")?.ok_or(Refusal::MissingClaim("exp"))?;
        let issued_at = instant(members, "iat")?.ok_or(Refusal::MissingClaim("iat"))?;
        if has_expired(expires_at, now) {
            return Err(Refusal::Expired);
        }
        if issued_at.duration_since(now) > LEEWAY {
            return Err(Refusal::IssuedInFuture);
        }
        let nonce = members.required_text("nonce")?;
        verify_slices_are_equal(nonce.as_bytes(), self.nonce.as_bytes())
            .map_err(|_| Refusal::MalformedClaim("nonce"))?;
        actor(members)
    }

    /// Of several audiences, the token names the one that it was issued to.
    fn check_party(&self, members: &Members) -> Result<(), Refusal> {
        let several = matches!(members.get("aud"), Some(Value::Array(all)) if all.len() > 1);
        match members.text("azp")? {
            Some(party) if party == self.client_id => Ok(()),
            Some(_) => Err(Refusal::WrongAudience),
            None if several => Err(Refusal::MissingClaim("azp")),
            None => Ok(()),
        }
    }
}
