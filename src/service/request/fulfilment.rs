//! Carrying an approved request for access out: facts again, plan, files, answer, in one transaction with the end of
//! the leased work, so that a worker that dies leaves either nothing or all of it.

use domain::actor::ActorId;
use domain::category::{Categories, DataCategory};
use domain::export::ExportFormat;
use domain::id::{ExportId, RequestId};
use domain::purpose::Purpose;
use domain::request::access;
use domain::request::state::{Extent, State};
use store::{
    AuditEvent, CarriesOutRights, JobKind, Lease, NewPackage, StoreError, StoredRequest, StoredSubject,
    TenantTx, Unserved, WritingDoor,
};

use crate::package;
use crate::package::answer::AccessAnswer;
use crate::service::Gateway;
use crate::service::refusal::Refusal;

mod answer;

impl Gateway {
    /// Carries the leased request out.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn fulfil(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.store.open_leased(lease).await? {
            WritingDoor::Processing(tx) => self.fulfil_in(tx, lease).await,
            WritingDoor::WindingDown(tx) => self.fulfil_in(tx, lease).await,
            WritingDoor::Signing(tx) => Err(tx.unserved().unwrap_or(Unserved::AgreementRequired).into()),
        }
    }

    async fn fulfil_in<S: CarriesOutRights>(&self, tx: TenantTx<S>, lease: &Lease) -> Result<(), Refusal> {
        let id = RequestId::from_uuid(lease.object);
        let request = tx.find_request(id).await?.ok_or(StoreError::LeaseLost)?;
        if !matches!(request.state, State::InProgress(..)) {
            // Withdrawn after its approval: there is nothing to do.
            return done(tx, lease, &request, Categories::new()).await;
        }
        let person = tx.find_subject(request.subject).await?.ok_or(StoreError::KeyGone)?;
        let held: Categories = person.held().collect();
        let facts = access::Facts { identified: request.state.identification().cloned(), held: held.clone() };
        let Ok(plan) = access::assess(&facts, tx.now()) else {
            return Err(StoreError::Inconsistent { table: "rights_request", column: "identified_at" }.into());
        };
        self.put_answer(&tx, &request, &person).await?;
        let state = request.state.clone().complete(Extent::InFull, tx.now())?;
        let mut becomes = StoredRequest { state, outcomes: plan.outcomes, ..request.clone() };
        let deadline = self.deadline(&becomes, tx.now());
        becomes.due_at = deadline.due_at;
        becomes.unpaused_due_at = deadline.unpaused_due_at;
        tx.amend_request(&request, &becomes).await?;
        tx.put_step(id, becomes.state.status(), &ActorId::gateway(), "COMPLETED").await?;
        done(tx, lease, &becomes, held).await
    }

    async fn put_answer<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        request: &StoredRequest,
        person: &StoredSubject,
    ) -> Result<(), Refusal> {
        let answer = self.access_answer(tx, request, person).await?;
        // Typesetting takes long enough to hold up whoever shares the thread.
        let files = tokio::task::spawn_blocking(move || render(&answer)).await;
        let files = files.map_err(|_| StoreError::Unfit("the package could not be made".to_owned()))??;
        let id = ExportId::new(tx.now(), tx.entropy());
        let expires_at = tx.now() + self.settings.exports.package_lifetime;
        tx.put_package(NewPackage { id, request: request.id, subject: request.subject, expires_at, files })
            .await?;
        Ok(tx.enqueue(JobKind::ExpireExport, id.uuid(), expires_at).await?)
    }

    /// Destroys the leased export package, whose time is over.
    ///
    /// # Errors
    /// [`Refusal`] says why not; the work is then given back and tried again.
    pub async fn expire_export(&self, lease: &Lease) -> Result<(), Refusal> {
        match self.store.open_leased(lease).await? {
            WritingDoor::Processing(tx) => expire_in(tx, lease).await,
            WritingDoor::WindingDown(tx) => expire_in(tx, lease).await,
            WritingDoor::Signing(tx) => Err(tx.unserved().unwrap_or(Unserved::AgreementRequired).into()),
        }
    }
}

/// Every form of the answer, with its digest.
fn render(answer: &AccessAnswer) -> Result<Vec<(ExportFormat, Vec<u8>, String)>, Refusal> {
    let file = |format: &ExportFormat| {
        let content = package::render(answer, *format).map_err(Refusal::Package)?;
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &content);
        Ok((*format, content, hex::encode(digest)))
    };
    ExportFormat::ALL.iter().map(file).collect()
}

async fn expire_in<S: CarriesOutRights>(tx: TenantTx<S>, lease: &Lease) -> Result<(), Refusal> {
    let package = ExportId::from_uuid(lease.object);
    let subjects = tx.subject_of_package(package).await?.into_iter().collect();
    tx.remove_package(package).await?;
    tx.finish(lease).await?;
    let event = AuditEvent { action: "exportPackage.destroy", subjects, ..by_gateway(lease) };
    Ok(tx.commit(event).await?)
}

async fn done<S: CarriesOutRights>(
    tx: TenantTx<S>,
    lease: &Lease,
    request: &StoredRequest,
    categories: Categories,
) -> Result<(), Refusal> {
    tx.finish(lease).await?;
    let subjects = vec![request.subject];
    Ok(tx.commit(AuditEvent { subjects, categories, ..by_gateway(lease) }).await?)
}

fn by_gateway(lease: &Lease) -> AuditEvent {
    AuditEvent {
        actor: ActorId::gateway().as_str().to_owned(),
        action: "rightsRequest.fulfil",
        purpose: Some(Purpose::RightsHandling),
        allowed: true,
        subjects: Vec::new(),
        categories: std::collections::BTreeSet::<DataCategory>::new(),
        request_id: lease.job().to_string(),
    }
}
