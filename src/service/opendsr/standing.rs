//! Where a request stands, and its cancellation.

use domain::category::Categories;
use domain::export::ExportFormat;
use domain::id::RequestId;
use domain::opendsr::SubjectRequestId;
use domain::purpose::Purpose;
use domain::request::status::RequestStatus;
use serde_json::Value;
use store::{StoredRequest, Unserved};

use super::fault::Fault;
use super::{CANCELS, OpenDsr, OpenDsrError, READS, answer};
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::reading::{Opened, Reading};
use crate::service::refusal::{Refusal, UserErrorCode};
use crate::service::request::Step;
use crate::service::trail::Trail;

const READ: &str = "rightsRequest.read";

impl Gateway {
    /// Where a request stands.
    ///
    /// # Errors
    /// [`OpenDsrError::NotFound`] for a name that this tenant gave none.
    pub async fn opendsr_status(
        &self,
        dialect: &OpenDsr,
        caller: &Caller,
        name: &str,
    ) -> Result<Value, OpenDsrError> {
        self.admit_opendsr(caller, (READ, &READS)).await?;
        let reading = match self.served(caller).await {
            Ok(reading) => reading,
            Err(error) => return Err(self.enter_refusal(caller, (READ, error)).await),
        };
        let trail = Trail::default();
        let entry = trail.open(caller, READ, Some(Purpose::RightsHandling));
        let found = match SubjectRequestId::parse(name) {
            Some(id) => named(&reading, id).await?.map(|request| (id, request)),
            None => None,
        };
        let told = match &found {
            None => None,
            Some((id, request)) => {
                entry.reached(request.subject);
                let results_url = results_url(&reading, request).await?;
                Some(answer::status(dialect, caller, (request, *id), results_url))
            }
        };
        self.store.record(caller.authority.tenant(), trail.settle()).await?;
        told.ok_or(OpenDsrError::NotFound)
    }

    /// Takes a request back. One that was taken back before is told so again.
    ///
    /// # Errors
    /// [`OpenDsrError::NotFound`] for a name that this tenant gave none, [`OpenDsrError::Conflict`] for a request that has
    /// ended otherwise or whose part here is done.
    pub async fn cancel_opendsr(
        &self,
        dialect: &OpenDsr,
        caller: &Caller,
        name: &str,
    ) -> Result<Value, OpenDsrError> {
        let action = Step::Withdraw.action();
        self.admit_opendsr(caller, (action, &CANCELS)).await?;
        let reading = match self.served(caller).await {
            Ok(reading) => reading,
            Err(error) => return Err(self.enter_refusal(caller, (action, error)).await),
        };
        let id = SubjectRequestId::parse(name).ok_or(OpenDsrError::NotFound)?;
        let request = named(&reading, id).await?.ok_or(OpenDsrError::NotFound)?;
        drop(reading);
        if request.state.status() != RequestStatus::Withdrawn {
            let step = (request.id.to_string(), Step::Withdraw);
            let taken = self.take_step(caller, &step.0, &step.1, &Categories::new()).await;
            taken.map_err(conflict)?;
        }
        let request = self.request_of(caller, request.id).await?;
        Ok(answer::cancelled(caller, (&request, id), dialect))
    }

    /// A request as it is now.
    pub(super) async fn request_of(
        &self,
        caller: &Caller,
        id: RequestId,
    ) -> Result<StoredRequest, OpenDsrError> {
        let reading = self.served(caller).await?;
        reading.find_request(id).await?.ok_or(OpenDsrError::NotFound)
    }

    async fn served(&self, caller: &Caller) -> Result<std::sync::Arc<Reading>, OpenDsrError> {
        match self.open(caller).await.map_err(Refusal::from)? {
            Opened::Served(reading) => Ok(reading),
            Opened::Unserved(_, Unserved::AgreementRequired) => Err(Refusal::AgreementRequired.into()),
            Opened::Unserved(_, Unserved::Closed) => Err(Refusal::TenantNotServed.into()),
        }
    }
}

async fn named(reading: &Reading, id: SubjectRequestId) -> Result<Option<StoredRequest>, OpenDsrError> {
    match reading.tx.find_opendsr_request(id).await? {
        Some(request) => Ok(reading.find_request(request).await?),
        None => Ok(None),
    }
}

/// A link to what was asked for, as `downloadUrl` of the tenant API gives it: it works for a short time and a few times,
/// and to make it writes nothing.
async fn results_url(reading: &Reading, request: &StoredRequest) -> Result<Option<String>, OpenDsrError> {
    if request.state.status() != RequestStatus::Completed {
        return Ok(None);
    }
    let packages = reading.list_packages(&[request.id]).await?;
    let package =
        packages.iter().find(|package| package.files.iter().any(|(format, _)| *format == ExportFormat::Json));
    Ok(package.map(|package| reading.download_url(package, ExportFormat::Json)).transpose()?)
}

fn conflict(refusal: Refusal) -> OpenDsrError {
    let Refusal::User(errors) = &refusal else { return refusal.into() };
    if errors.iter().any(|error| error.code == UserErrorCode::NotFound) {
        return OpenDsrError::NotFound;
    }
    let say = "the request has been answered, or carried out so far that it can't be taken back";
    OpenDsrError::Conflict(Fault::at("subject_request_id", "CONFLICT", say))
}
