//! What the columns of an entry's row say, against the bytes that the tree vouches for.

use std::fmt::Write as _;

use domain::id::{AuditEventId, SubjectId};
use uuid::Uuid;

use super::event::KIND;

/// Hexadecimal digits of an identifier.
const ID_DIGITS: usize = 32;

/// The columns of a row as both databases write them in text; where a column may hold nothing, nothing is the empty text
/// and any value begins with `+`.
pub(super) struct Said<'r> {
    /// Hexadecimal digits.
    pub id: &'r str,
    /// Such as `2026-11-23 14:26:54.12+00`.
    pub occurred_at: &'r str,
    pub actor: &'r str,
    pub role: &'r str,
    pub action: &'r str,
    pub purpose: &'r str,
    /// `1` or `0`.
    pub allowed: &'r str,
    /// Hexadecimal digits.
    pub subjects: &'r str,
    /// Compact JSON.
    pub categories: &'r str,
    pub request_id: &'r str,
    pub digest: &'r str,
}

impl Said<'_> {
    /// Writes the canonical bytes (RFC 8785) that the columns give, version 1 where they name no role, behind what the text
    /// holds. `None` when they can be those of no entry.
    pub(super) fn write(&self, tenant: &str, text: &mut String) -> Option<()> {
        let role = or_nothing(self.role);
        let digest = or_nothing(self.digest);
        text.push_str("{\"action\":");
        quote(self.action, text)?;
        text.push_str(",\"actor\":");
        quote(self.actor, text)?;
        if let Some(role) = role {
            text.push_str(",\"actorRole\":");
            quote(role, text)?;
        }
        text.push_str(match self.allowed {
            "1" => ",\"allowed\":true,\"at\":\"",
            "0" => ",\"allowed\":false,\"at\":\"",
            _ => return None,
        });
        instant(self.occurred_at, text)?;
        // As it stands: in the bytes of an entry no other place is between these two names, so that only the same text fits.
        text.push_str("\",\"categories\":");
        text.push_str(self.categories);
        if role.is_some() {
            text.push_str(",\"digest\":");
            quote_or_null(digest, text)?;
        } else if digest.is_some() {
            return None;
        }
        write!(text, ",\"id\":\"{}\"", AuditEventId::from_uuid(Uuid::try_parse(self.id).ok()?)).ok()?;
        text.push_str(",\"purpose\":");
        quote_or_null(or_nothing(self.purpose), text)?;
        text.push_str(",\"requestId\":");
        quote(self.request_id, text)?;
        text.push_str(",\"subjects\":[");
        persons(self.subjects, text)?;
        write!(text, "],\"tenant\":\"{tenant}\"").ok()?;
        if role.is_none() {
            text.push_str(",\"v\":1}");
            return Some(());
        }
        write!(text, ",\"type\":\"{KIND}\",\"v\":2}}").ok()
    }
}

/// A value that may be nothing.
fn or_nothing(column: &str) -> Option<&str> {
    column.strip_prefix('+')
}

fn quote_or_null(value: Option<&str>, text: &mut String) -> Option<()> {
    let Some(value) = value else {
        text.push_str("null");
        return Some(());
    };
    quote(value, text)
}

fn quote(value: &str, text: &mut String) -> Option<()> {
    if value.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        text.push_str(&serde_json::to_string(value).ok()?);
    } else {
        text.push('"');
        text.push_str(value);
        text.push('"');
    }
    Some(())
}

/// An instant of UTC to the millisecond. Databases leave out zeros at the end of the fraction; one with more than three
/// digits is none of ours.
fn instant(column: &str, text: &mut String) -> Option<()> {
    let local = column.strip_suffix("+00:00").or_else(|| column.strip_suffix("+00"))?;
    let (seconds, fraction) = local.split_once('.').unwrap_or((local, ""));
    let (date, time) = seconds.split_once(['T', ' '])?;
    let zeros = "000".get(fraction.len()..)?;
    write!(text, "{date}T{time}.{fraction}{zeros}Z").ok()
}

fn persons(digits: &str, text: &mut String) -> Option<()> {
    let mut rest = digits;
    while !rest.is_empty() {
        let (one, further) = rest.split_at_checked(ID_DIGITS)?;
        let comma = if rest.len() == digits.len() { "" } else { "," };
        write!(text, "{comma}\"{}\"", SubjectId::from_uuid(Uuid::try_parse(one).ok()?)).ok()?;
        rest = further;
    }
    Some(())
}
