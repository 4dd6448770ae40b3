//! What is a tenant's own secret and no person's: sealed under the tenant's key, which goes at the end of the tenant.

use domain::id::TenantId;
use zeroize::Zeroizing;

use super::envelope::Place;
use super::keyring::Vault;
use crate::error::StoreError;

impl Vault {
    /// Seals bytes under the key of the tenant that the place names.
    pub(crate) async fn seal_of_tenant(
        &self,
        place: Place<'_>,
        plaintext: &[u8],
    ) -> Result<Vec<u8>, StoreError> {
        let keys = self.tenant_keys(TenantId::from_uuid(place.tenant)).await?;
        keys.wrap.seal(place, plaintext, self.entropy())
    }

    /// Opens such bytes as text.
    pub(crate) async fn open_of_tenant(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<String>, StoreError> {
        let keys = self.tenant_keys(TenantId::from_uuid(place.tenant)).await?;
        let opened = keys.wrap.open(place, sealed)?;
        let text = std::str::from_utf8(&opened).map_err(|_| StoreError::Tampered { table: place.table })?;
        Ok(Zeroizing::new(text.to_owned()))
    }
}
