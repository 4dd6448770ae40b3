//! What a session holds of the issuer's.

use auth::Authority;
use auth::openid::Grant;
use serde::{Deserialize, Serialize};
use store::StoreError;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// The tokens of a session. No `Debug`; cleared when dropped.
#[derive(Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct Tokens {
    pub access: String,
    pub refresh: Option<String>,
    /// Names the session to the issuer when it is ended there too.
    pub id: Option<String>,
    /// Whom they are for ([`whose`]).
    pub whose: String,
}

/// Issuer, tenant and actor; none of them holds a line end.
pub(super) fn whose(authority: &Authority) -> String {
    format!("{}\n{}\n{}", authority.issuer(), authority.tenant(), authority.actor())
}

impl Tokens {
    /// What a renewal leads to: what the issuer did not give anew stays.
    pub fn renewed(&self, grant: Grant) -> Self {
        Self {
            access: grant.access_token,
            refresh: grant.refresh_token.or_else(|| self.refresh.clone()),
            id: self.id.clone(),
            whose: self.whose.clone(),
        }
    }

    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        serde_json::to_vec(self).map(Zeroizing::new).map_err(|_| unreadable())
    }

    pub fn parse(bytes: &[u8]) -> Result<Self, StoreError> {
        serde_json::from_slice(bytes).map_err(|_| unreadable())
    }
}

const fn unreadable() -> StoreError {
    StoreError::Inconsistent { table: "console_session", column: "content" }
}
