//! What systems outside answered to a request for access or portability, gathered for its package.

use std::collections::HashMap;

use domain::id::SystemId;
use domain::returned::Returned;
use domain::task::TaskEnd;
use store::{CarriesOutRights, Sees, StoreError, StoredRequest, TenantTx};

use crate::package::asked::{AskedSystem, ReturnedData, SystemAnswer};

/// The systems that were asked and how they answered, without what they returned, which is in the files.
pub(in crate::service) async fn systems<S: Sees>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
) -> Result<Vec<AskedSystem>, StoreError> {
    let gathered = gather(tx, request).await?;
    Ok(gathered.into_iter().map(|(_, system)| system).collect())
}

/// The same with what they returned and was not handed out yet.
pub(super) async fn with_returned<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
) -> Result<Vec<AskedSystem>, StoreError> {
    let mut gathered = gather(tx, request).await?;
    if gathered.is_empty() {
        return Ok(Vec::new());
    }
    let mut returned: HashMap<SystemId, Returned> = tx.open_returned(request.id).await?.into_iter().collect();
    for (id, system) in &mut gathered {
        system.returned = returned.remove(id).map_or(ReturnedData::Nothing, ReturnedData::These);
    }
    Ok(gathered.into_iter().map(|(_, system)| system).collect())
}

async fn gather<S: Sees>(
    tx: &TenantTx<S>,
    request: &StoredRequest,
) -> Result<Vec<(SystemId, AskedSystem)>, StoreError> {
    let tasks = tx.list_tasks(&[request.id]).await?;
    if tasks.is_empty() {
        return Ok(Vec::new());
    }
    let systems = tx.list_all_systems().await?;
    let names: HashMap<SystemId, String> =
        systems.into_iter().map(|system| (system.id, system.name)).collect();
    let asked = |task: store::StoredTask| {
        let answer = match task.end {
            Some(TaskEnd::Confirmed) => SystemAnswer::Answered,
            Some(TaskEnd::ByHand) => SystemAnswer::ByHand,
            _ => SystemAnswer::Missing,
        };
        let at = task.ended_at.filter(|_| answer != SystemAnswer::Missing);
        let name = names.get(&task.system).cloned().unwrap_or_default();
        let returned = if task.has_returned { ReturnedData::InFiles } else { ReturnedData::Unknown };
        (task.system, AskedSystem { name, answer, at, returned })
    };
    Ok(tasks.into_iter().map(asked).collect())
}
