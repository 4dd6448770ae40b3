//! What hangs on the persons of one page is loaded for all of them at once, by whichever asks first, so that no field
//! costs a statement per person.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Result;
use domain::id::SubjectId;
use tokio::sync::OnceCell;

use super::super::request;
use crate::graphql::errors;
use crate::service::reading::Reading;
use crate::service::records::{
    StoreError, StoredConsent, StoredHold, StoredRecord, StoredRequest, StoredRestriction,
};

type ByPerson<T> = HashMap<SubjectId, Vec<T>>;
/// Requests by person, and what all of them load together.
type Requests = (ByPerson<StoredRequest>, Arc<request::Siblings>);

/// The persons of a page.
pub struct Siblings {
    ids: Vec<SubjectId>,
    consents: OnceCell<ByPerson<StoredConsent>>,
    records: OnceCell<ByPerson<StoredRecord>>,
    restrictions: OnceCell<ByPerson<StoredRestriction>>,
    holds: OnceCell<ByPerson<StoredHold>>,
    requests: OnceCell<Requests>,
}

impl Siblings {
    /// The persons of a page.
    pub const fn new(ids: Vec<SubjectId>) -> Self {
        Self {
            ids,
            consents: OnceCell::const_new(),
            records: OnceCell::const_new(),
            restrictions: OnceCell::const_new(),
            holds: OnceCell::const_new(),
            requests: OnceCell::const_new(),
        }
    }

    /// Their consents, newest first.
    pub async fn consents(&self, reading: &Reading) -> Result<&ByPerson<StoredConsent>> {
        let load = || async { loaded(reading.list_consents(&self.ids).await, |consent| consent.subject) };
        self.consents.get_or_try_init(load).await
    }

    /// Their accounting records, newest first.
    pub async fn records(&self, reading: &Reading) -> Result<&ByPerson<StoredRecord>> {
        let load = || async { loaded(reading.list_records(&self.ids).await, |record| record.subject) };
        self.records.get_or_try_init(load).await
    }

    /// Their restrictions, newest first; lifted ones too.
    pub async fn restrictions(&self, reading: &Reading) -> Result<&ByPerson<StoredRestriction>> {
        let load = || async { loaded(reading.list_restrictions(&self.ids).await, |one| one.subject) };
        self.restrictions.get_or_try_init(load).await
    }

    /// Their legal holds, newest first; released and expired ones too.
    pub async fn holds(&self, reading: &Reading) -> Result<&ByPerson<StoredHold>> {
        let load = || async { loaded(reading.list_holds(&self.ids).await, |hold| hold.subject) };
        self.holds.get_or_try_init(load).await
    }

    /// Their requests, newest first.
    pub async fn requests(&self, reading: &Reading) -> Result<&Requests> {
        let load = || async {
            let all = reading.list_requests_of(&self.ids).await.map_err(|error| errors::internal(&error))?;
            let siblings = Arc::new(request::Siblings::new(&all));
            Ok((by_person(all, |request| request.subject), siblings))
        };
        self.requests.get_or_try_init(load).await
    }
}

fn loaded<T>(all: Result<Vec<T>, StoreError>, whose: impl Fn(&T) -> SubjectId) -> Result<ByPerson<T>> {
    Ok(by_person(all.map_err(|error| errors::internal(&error))?, whose))
}

fn by_person<T>(all: Vec<T>, whose: impl Fn(&T) -> SubjectId) -> ByPerson<T> {
    let mut by_person: ByPerson<T> = HashMap::new();
    for item in all {
        by_person.entry(whose(&item)).or_default().push(item);
    }
    by_person
}
