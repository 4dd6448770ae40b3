//! Identifiers: `TypeID`s (a prefix that names the type, a `UUIDv7` in Crockford base 32), one registry for all.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use type_safe_id::{DynamicType, TypeSafeId};
use uuid::Uuid;

use crate::clock::Entropy;

/// The text is no identifier of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of this kind")]
pub struct InvalidId;

/// A new `UUIDv7`: 48 bits of time in milliseconds, the rest random, so that sorting by identifier is sorting by age.
#[must_use]
pub fn new_uuid(now: Timestamp, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0_u8; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

fn split(text: &str) -> Option<(String, Uuid)> {
    // TypeIDs are case sensitive; 90 characters is the longest the specification knows.
    if text.len() > 90 {
        return None;
    }
    let id = TypeSafeId::<DynamicType>::from_str(text).ok()?;
    Some((id.type_prefix().to_owned(), id.uuid()))
}

/// Crockford's base 32.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Digits of 128 bits.
const DIGITS: usize = 26;

/// The verifier of a log writes several for every entry, so this allocates nothing.
fn join(prefix: &str, id: Uuid, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let bits = id.as_u128();
    let mut digits = [0; DIGITS];
    // The first digit holds three bits.
    for (digit, above) in digits.iter_mut().rev().zip((0..).step_by(5)) {
        let value = usize::try_from((bits >> above) & 31).unwrap_or_default();
        *digit = ALPHABET.get(value).copied().unwrap_or_default();
    }
    f.write_str(prefix)?;
    f.write_str("_")?;
    f.write_str(std::str::from_utf8(&digits).map_err(|_| fmt::Error)?)
}

macro_rules! registry {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
            pub struct $name(Uuid);

            impl $name {
                /// The prefix that names this kind.
                pub const PREFIX: &'static str = $prefix;

                /// A new identifier, made of the instant and chance.
                #[must_use]
                pub fn new(now: Timestamp, entropy: &dyn Entropy) -> Self {
                    Self(new_uuid(now, entropy))
                }

                /// The identifier of a stored row.
                #[must_use]
                pub const fn from_uuid(id: Uuid) -> Self {
                    Self(id)
                }

                /// The bare UUID, as rows store it.
                #[must_use]
                pub const fn uuid(self) -> Uuid {
                    self.0
                }

                /// Reads what a client sent.
                ///
                /// # Errors
                /// [`InvalidId`] when the text is no TypeID or bears another kind's prefix.
                pub fn parse(text: &str) -> Result<Self, InvalidId> {
                    match split(text) {
                        Some((prefix, id)) if prefix == $prefix => Ok(Self(id)),
                        _ => Err(InvalidId),
                    }
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    join($prefix, self.0, f)
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    join($prefix, self.0, f)
                }
            }
        )*

        /// An identifier of any kind, as `node` takes it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum AnyId {
            $($(#[$doc])* $name($name),)*
        }

        impl AnyId {
            /// Reads an identifier of whichever kind its prefix names.
            ///
            /// # Errors
            /// [`InvalidId`] when the text is no TypeID or its prefix is not in the registry.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                match split(text) {
                    $(Some((prefix, id)) if prefix == $prefix => Ok(Self::$name($name(id))),)*
                    _ => Err(InvalidId),
                }
            }
        }
    };
}

registry! {
    /// An accounting record.
    AccountingRecordId = "accounting";
    /// A processor agreement.
    AgreementId = "agreement";
    /// A personal data breach.
    BreachId = "breach";
    /// A consent.
    ConsentId = "consent";
    /// An entry of the audit log.
    AuditEventId = "event";
    /// An export package.
    ExportId = "export";
    /// A legal hold.
    LegalHoldId = "hold";
    /// An instruction of the controller.
    InstructionId = "instruction";
    /// A piece of due work.
    JobId = "job";
    /// A notice by e-mail.
    NoticeId = "notice";
    /// A rights request.
    RequestId = "request";
    /// A restriction of processing.
    RestrictionId = "restriction";
    /// A retention rule.
    RetentionRuleId = "retention";
    /// A data subject.
    SubjectId = "subject";
    /// A sub-processor.
    SubprocessorId = "subprocessor";
    /// A system outside that hears from the gateway.
    SystemId = "system";
    /// What one system outside must do for a request.
    TaskId = "task";
    /// A tenant.
    TenantId = "tenant";
    /// An export of all that a tenant has.
    TenantExportId = "tenantexport";
    /// A text that agreements are made from.
    AgreementTemplateId = "template";
    /// A download ticket.
    TicketId = "ticket";
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of the TypeID specification, version 0.3.
    #[test]
    fn an_identifier_reads_and_prints_as_the_specification_says() {
        let uuid = Uuid::from_u128(0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881);
        let id = SubjectId::from_uuid(uuid);
        assert_eq!(id.to_string(), "subject_01h2xcejqtf2nbrexx3vqjhp41");
        assert_eq!(SubjectId::parse("subject_01h2xcejqtf2nbrexx3vqjhp41"), Ok(id));
        assert_eq!(AnyId::parse("subject_01h2xcejqtf2nbrexx3vqjhp41"), Ok(AnyId::SubjectId(id)));
    }

    #[test]
    fn what_is_no_identifier_of_the_kind_is_refused() {
        for text in [
            "",
            "subject",
            "subject_",
            "tenant_01h2xcejqtf2nbrexx3vqjhp41",
            "SUBJECT_01h2xcejqtf2nbrexx3vqjhp41",
            "subject_01H2XCEJQTF2NBREXX3VQJHP41",
            "subject_81h2xcejqtf2nbrexx3vqjhp41",
            "subject_01h2xcejqtf2nbrexx3vqjhp4",
            "subject_01h2xcejqtf2nbrexx3vqjhp411",
            "subject_01h2xcejqtf2nbrexx3vqjhpu1",
            "subject_01h2xcejqtf2nbrexx3vqjh\0p4",
            " subject_01h2xcejqtf2nbrexx3vqjhp41",
            "01h2xcejqtf2nbrexx3vqjhp41",
        ] {
            assert_eq!(SubjectId::parse(text), Err(InvalidId), "{text:?}");
        }
        assert_eq!(AnyId::parse("nothing_01h2xcejqtf2nbrexx3vqjhp41"), Err(InvalidId));
    }
}
