//! Cursors: opaque, sealed to the tenant and the query that made them (contract rule 18).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::TenantId;
use uuid::Uuid;

use crate::door::Store;
use crate::error::StoreError;
use crate::vault::Place;

/// The text is no cursor of this query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cursor of this query")]
pub struct InvalidCursor;

/// Longest text that can be a cursor.
const LONGEST: usize = 256;

impl Store {
    /// Seals a position in a list. `query` names the field and its arguments, apart from how many are asked for.
    ///
    /// # Errors
    /// When the position is too long to seal.
    pub fn seal_cursor(&self, tenant: TenantId, query: &str, position: &[u8]) -> Result<String, StoreError> {
        let sealed = self.vault.cursors().seal(place(tenant, query), position, self.vault.entropy())?;
        Ok(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// The position in a cursor that this tenant got for this query.
    ///
    /// # Errors
    /// [`InvalidCursor`] for anything else.
    pub fn open_cursor(&self, tenant: TenantId, query: &str, cursor: &str) -> Result<Vec<u8>, InvalidCursor> {
        if cursor.len() > LONGEST {
            return Err(InvalidCursor);
        }
        let sealed = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| InvalidCursor)?;
        let opened = self.vault.cursors().open(place(tenant, query), &sealed).map_err(|_| InvalidCursor)?;
        Ok(opened.to_vec())
    }
}

const fn place(tenant: TenantId, query: &str) -> Place<'_> {
    Place { tenant: tenant.uuid(), subject: Uuid::nil(), table: "cursor", column: query, row: Uuid::nil() }
}
