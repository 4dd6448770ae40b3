//! The end of a rotation: former keys go once nothing lies under them.

use uuid::Uuid;

use super::former;
use crate::error::StoreError;
use crate::failpoint;
use crate::vault::keyring::Vault;

/// What the end of a rotation found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finished {
    /// Keys that still lie under a former master key; then nothing was destroyed.
    pub left_under_masters: u64,
    /// Tenants of which something lies under a former wrapping key; those were passed over.
    pub left_of_tenants: u64,
    /// Former wrapping keys that were destroyed.
    pub destroyed: u64,
    /// Master keys that are given and under which nothing lies.
    pub unneeded: Vec<Uuid>,
}

impl Vault {
    pub(super) async fn finish_rotations(&self) -> Result<Finished, StoreError> {
        let mut finished = Finished::default();
        let newest = self.masters.newest().await?;
        let under = self.wrappers_of_platform().await?;
        for (wrapper, keys) in &under {
            if *wrapper != newest {
                finished.left_under_masters += keys;
            }
        }
        for known in self.masters.all().await? {
            if known.id != newest && finished.left_under_masters == 0 {
                finished.unneeded.push(known.id);
            }
        }
        if finished.left_under_masters > 0 {
            return Ok(finished);
        }
        for tenant in self.tenants_having(former()).await? {
            match self.drop_former(tenant).await? {
                Some(gone) => finished.destroyed += gone,
                None => finished.left_of_tenants += 1,
            }
        }
        self.database().compact().await?;
        failpoint::reach("rotation.compacted").await;
        Ok(finished)
    }
}
