//! Who did something.

use std::fmt;

use crate::coded::coded;
use crate::id::SubjectId;

coded! {
    /// As what somebody acted: what a person is told of who has read their data, where names are not (C-579/21).
    ActorRole {
        /// The person whose data it is, with a token of their own.
        DataSubject = "DATA_SUBJECT",
        /// The tenant's staff, or a system of the tenant's.
        Staff = "STAFF",
        /// The gateway by itself: due work.
        Gateway = "GATEWAY",
        /// The platform's staff.
        Operator = "OPERATOR",
    }
}

coded! {
    /// How a person who reads the log of the use of their data is told who acted. Staff are persons too: their names are told
    /// only where the controller has decided so (C-579/21).
    #[derive(Default)]
    AccessLogActors {
        /// As what somebody acted.
        #[default]
        Role = "ROLE",
        /// Staff by the identifier in their token.
        Identifier = "IDENTIFIER",
    }
}

impl AccessLogActors {
    /// What `reader` is told of who acted: the gateway and the person itself by their identifiers, staff as the tenant has
    /// it, everybody else by the role.
    #[must_use]
    pub fn told(self, (role, id): (ActorRole, &str), reader: SubjectId) -> &str {
        let by_identifier = match role {
            ActorRole::Gateway => true,
            ActorRole::DataSubject => SubjectId::parse(id) == Ok(reader),
            ActorRole::Staff => self == Self::Identifier,
            ActorRole::Operator => false,
        };
        if by_identifier { id } else { role.code() }
    }
}

/// Who did something, as the audit log names them. The log is never changed and outlives the person, so that a data
/// subject is named by the random identifier alone, never by what an issuer calls them.
#[derive(Clone, PartialEq, Eq)]
pub struct Actor {
    role: ActorRole,
    id: String,
}

impl Actor {
    /// The gateway itself.
    #[must_use]
    pub fn gateway() -> Self {
        Self { role: ActorRole::Gateway, id: "gateway".to_owned() }
    }

    /// Staff of the tenant, by the `sub` of their token.
    #[must_use]
    pub fn staff(id: impl Into<String>) -> Self {
        Self { role: ActorRole::Staff, id: id.into() }
    }

    /// Staff of the platform, by the `sub` of their token.
    #[must_use]
    pub fn operator(id: impl Into<String>) -> Self {
        Self { role: ActorRole::Operator, id: id.into() }
    }

    /// A person who acts for themselves.
    #[must_use]
    pub fn data_subject(id: SubjectId) -> Self {
        Self { role: ActorRole::DataSubject, id: id.to_string() }
    }

    /// Whoever an identifier of this kind names: a person or staff.
    #[must_use]
    pub fn named(id: impl Into<String>) -> Self {
        let id = id.into();
        SubjectId::parse(&id).map_or_else(|_| Self::staff(id), Self::data_subject)
    }

    /// As what.
    #[must_use]
    pub const fn role(&self) -> ActorRole {
        self.role
    }

    /// By which identifier.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Debug for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Actor({}, …)", self.role.code())
    }
}

/// The `sub` of a token, or `gateway` for what the gateway does by itself. An issuer may use a person's e-mail
/// address as `sub`, so `Debug` withholds it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActorId(String);

impl ActorId {
    /// The actor of a verified token, or of a stored row.
    #[must_use]
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The gateway itself.
    #[must_use]
    pub fn gateway() -> Self {
        Self("gateway".to_owned())
    }

    /// The identifier.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ActorId(…)")
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_person_is_told_roles_and_of_staff_what_the_tenant_has_decided() {
        let person = |number| SubjectId::from_uuid(Uuid::from_u128(number));
        let (me, other) = (person(1).to_string(), person(2).to_string());
        for (role, id, by_role, by_identifier) in [
            (ActorRole::Staff, "admin", "STAFF", "admin"),
            (ActorRole::Staff, "gateway", "STAFF", "gateway"),
            (ActorRole::Gateway, "gateway", "gateway", "gateway"),
            (ActorRole::Operator, "drift", "OPERATOR", "OPERATOR"),
            (ActorRole::DataSubject, &me, &me, &me),
            (ActorRole::DataSubject, &other, "DATA_SUBJECT", "DATA_SUBJECT"),
        ] {
            assert_eq!(AccessLogActors::Role.told((role, id), person(1)), by_role, "{role:?}");
            assert_eq!(AccessLogActors::Identifier.told((role, id), person(1)), by_identifier, "{role:?}");
        }
        assert_eq!(AccessLogActors::default(), AccessLogActors::Role);
    }
}
