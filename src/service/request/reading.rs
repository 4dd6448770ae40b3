//! Reading requests.

use std::collections::HashMap;

use domain::id::{RequestId, SubjectId};
use store::{RequestQuery, StoreError, StoredCertificate, StoredPackage, StoredRequest, StoredStep};

use crate::service::reading::Reading;

impl Reading {
    /// A request by identifier, if the caller reaches its person.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_request(&self, id: RequestId) -> Result<Option<StoredRequest>, StoreError> {
        let found = self.tx.find_request(id).await?;
        Ok(found.filter(|request| self.caller.reaches(request.subject)))
    }

    /// A page of requests, soonest due first: the query's `first` and one more where there is one.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_requests(&self, query: &RequestQuery) -> Result<Vec<StoredRequest>, StoreError> {
        self.tx.list_requests(query).await
    }

    /// How many requests the list holds in all.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_requests(&self, query: &RequestQuery) -> Result<u64, StoreError> {
        self.tx.count_requests(query).await
    }

    /// All requests of several persons, newest first, in one statement.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_requests_of(&self, subjects: &[SubjectId]) -> Result<Vec<StoredRequest>, StoreError> {
        self.tx.list_requests_of(subjects).await
    }

    /// The steps of several requests, oldest first, in one statement.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_steps(&self, requests: &[RequestId]) -> Result<Vec<StoredStep>, StoreError> {
        self.tx.list_steps(requests).await
    }

    /// What was certified of the erasures of several requests, oldest first, in one statement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_certificates(
        &self,
        requests: &[RequestId],
    ) -> Result<HashMap<RequestId, Vec<StoredCertificate>>, StoreError> {
        self.tx.list_erasure_certificates(requests).await
    }

    /// The packages of several requests that have not expired, in two statements.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_packages(&self, requests: &[RequestId]) -> Result<Vec<StoredPackage>, StoreError> {
        self.tx.list_packages(requests).await
    }
}
