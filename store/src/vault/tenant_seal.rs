//! What is a tenant's own secret and no person's: sealed under a key of the tenant, which goes at the end of the tenant and not
//! before: a rotation moves wrapped keys, never data.

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
        keys.seal().ok_or(StoreError::KeyGone)?.seal(place, plaintext, self.entropy())
    }

    /// Opens such bytes as text.
    pub(crate) async fn open_of_tenant(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<String>, StoreError> {
        let tenant = TenantId::from_uuid(place.tenant);
        let mut keys = self.tenant_keys(tenant).await?;
        if keys.sealer_of(sealed).is_none() {
            self.forget_tenant_keys(tenant);
            keys = self.tenant_keys(tenant).await?;
        }
        let tampered = || StoreError::Tampered { table: place.table };
        let opened = keys.sealer_of(sealed).ok_or_else(tampered)?.open(place, sealed)?;
        let text = std::str::from_utf8(&opened).map_err(|_| tampered())?;
        Ok(Zeroizing::new(text.to_owned()))
    }
}
