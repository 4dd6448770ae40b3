//! What a token claims, and the rules that its claims must keep (RFC 9068 section 4, and the contract's own).

use domain::id::{InvalidId, SubjectId, TenantId};
use domain::scope::{Scope, Scopes};
use domain::trusted::is_id;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::members::Members;
use crate::refusal::Refusal;

/// How far the issuer's clock may be from ours.
pub(crate) const LEEWAY: SignedDuration = SignedDuration::from_secs(30);
/// The longest time from `iat` to `exp`.
const MAX_LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// The last second of the year 9999; what lies beyond is no date that anyone meant.
const MAX_SECOND: i64 = 253_402_300_799;
/// The longest `sub`, in characters.
const MAX_ACTOR_CHARS: usize = 255;

/// The claims of a token that kept every rule.
pub(crate) struct Claims {
    pub(crate) actor: String,
    pub(crate) tenant: Option<TenantId>,
    pub(crate) subject: Option<SubjectId>,
    pub(crate) client: Option<String>,
    /// Those granted, not those asked for.
    pub(crate) scopes: Scopes,
    pub(crate) expires_at: Timestamp,
}

impl Claims {
    pub(crate) fn check(members: &Members, audience: &str, now: Timestamp) -> Result<Self, Refusal> {
        check_audience(members, audience)?;
        let actor = actor(members)?;
        let expires_at = check_times(members, now)?;
        let tenant = identifier(members, "tenant_id", TenantId::parse)?;
        let subject = identifier(members, "subject_id", SubjectId::parse)?;
        let scopes = granted(requested(members)?, tenant, subject);
        // A token without one, or with one that names nothing, is no client's.
        let client = members.get("client_id").and_then(Value::as_str).filter(|client| is_id(client));
        Ok(Self { actor, tenant, subject, client: client.map(str::to_owned), scopes, expires_at })
    }
}

/// RFC 7519 section 4.1.4: on or after `exp` a token is not accepted, but for the leeway.
pub(crate) fn has_expired(expires_at: Timestamp, now: Timestamp) -> bool {
    now.duration_since(expires_at) >= LEEWAY
}

pub(crate) fn check_audience(members: &Members, audience: &str) -> Result<(), Refusal> {
    let malformed = Refusal::MalformedClaim("aud");
    let intended = match members.get("aud").ok_or(Refusal::MissingClaim("aud"))? {
        Value::String(only) => only == audience,
        Value::Array(several) if several.iter().all(Value::is_string) => {
            several.iter().any(|one| one.as_str() == Some(audience))
        }
        _ => return Err(malformed),
    };
    if intended { Ok(()) } else { Err(Refusal::WrongAudience) }
}

pub(crate) fn actor(members: &Members) -> Result<String, Refusal> {
    let actor = members.required_text("sub")?;
    if actor.is_empty() || actor.chars().count() > MAX_ACTOR_CHARS || actor.chars().any(char::is_control) {
        return Err(Refusal::MalformedClaim("sub"));
    }
    Ok(actor.to_owned())
}

fn check_times(members: &Members, now: Timestamp) -> Result<Timestamp, Refusal> {
    let expires_at = instant(members, "exp")?.ok_or(Refusal::MissingClaim("exp"))?;
    let issued_at = instant(members, "iat")?.ok_or(Refusal::MissingClaim("iat"))?;
    let not_before = instant(members, "nbf")?;

    let lifetime = expires_at.duration_since(issued_at);
    if lifetime <= SignedDuration::ZERO {
        return Err(Refusal::LifetimeNotPositive);
    }
    if lifetime > MAX_LIFETIME {
        return Err(Refusal::LifetimeTooLong);
    }
    if has_expired(expires_at, now) {
        return Err(Refusal::Expired);
    }
    if issued_at.duration_since(now) > LEEWAY {
        return Err(Refusal::IssuedInFuture);
    }
    if not_before.is_some_and(|from| from.duration_since(now) > LEEWAY) {
        return Err(Refusal::NotYetValid);
    }
    Ok(expires_at)
}

/// A `NumericDate` (RFC 7519 section 2) in whole seconds; fractions and exponents are refused with the strings.
pub(crate) fn instant(members: &Members, name: &'static str) -> Result<Option<Timestamp>, Refusal> {
    let Some(value) = members.get(name) else { return Ok(None) };
    value
        .as_i64()
        .filter(|second| (0..=MAX_SECOND).contains(second))
        .and_then(|second| Timestamp::from_second(second).ok())
        .map(Some)
        .ok_or(Refusal::MalformedClaim(name))
}

fn identifier<I>(
    members: &Members,
    name: &'static str,
    parse: impl Fn(&str) -> Result<I, InvalidId>,
) -> Result<Option<I>, Refusal> {
    members.text(name)?.map(|text| parse(text).map_err(|_| Refusal::MalformedClaim(name))).transpose()
}

/// The known scopes among those that the token lists: one string with single spaces (RFC 9068 section 2.2.3), or an
/// array.
fn requested(members: &Members) -> Result<Scopes, Refusal> {
    let malformed = Refusal::MalformedClaim("scope");
    match members.get("scope") {
        None => Ok(Scopes::new()),
        Some(Value::String(list)) => Ok(list.split(' ').filter_map(Scope::from_text).collect()),
        Some(Value::Array(list)) => {
            let texts = list.iter().map(Value::as_str).collect::<Option<Vec<_>>>().ok_or(malformed)?;
            Ok(texts.into_iter().filter_map(Scope::from_text).collect())
        }
        Some(_) => Err(malformed),
    }
}

/// Whom a token speaks for decides which kind of scope it can carry: a data subject's own, a tenant's, or the
/// operator's; never two of them.
fn granted(requested: Scopes, tenant: Option<TenantId>, subject: Option<SubjectId>) -> Scopes {
    let can_carry = |scope: &Scope| match (tenant, subject) {
        (Some(_), Some(_)) => scope.is_self_service(),
        (Some(_), None) => !scope.is_self_service() && !scope.is_operator(),
        (None, None) => scope.is_operator(),
        (None, Some(_)) => false,
    };
    requested.into_iter().filter(can_carry).collect()
}
