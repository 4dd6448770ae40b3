//! What hangs on the agreements of one page is loaded for all of them at once, by whichever asks first.

use std::collections::HashMap;

use async_graphql::Result;
use domain::id::AgreementId;
use tokio::sync::OnceCell;

use crate::graphql::errors;
use crate::service::agreement::AgreementEntry;
use crate::service::reading::Opened;
use crate::service::records::StoredSignature;

/// The agreements of a page.
pub struct Siblings {
    opened: Opened,
    ids: Vec<AgreementId>,
    signatures: OnceCell<HashMap<AgreementId, Vec<StoredSignature>>>,
}

impl Siblings {
    /// The agreements of a page.
    pub fn new(opened: Opened, entries: &[AgreementEntry]) -> Self {
        let ids = entries.iter().map(|entry| entry.stored.id).collect();
        Self { opened, ids, signatures: OnceCell::new() }
    }

    /// The tenant that they are agreed with.
    pub const fn opened(&self) -> &Opened {
        &self.opened
    }

    /// Their signatures, the processor's first.
    pub async fn signatures(&self) -> Result<&HashMap<AgreementId, Vec<StoredSignature>>> {
        let load = || async {
            let all = self.opened.list_signatures(&self.ids).await;
            let mut grouped: HashMap<AgreementId, Vec<StoredSignature>> = HashMap::new();
            for signature in all.map_err(|error| errors::internal(&error))? {
                grouped.entry(signature.agreement).or_default().push(signature);
            }
            Ok(grouped)
        };
        self.signatures.get_or_try_init(load).await
    }
}
