//! Export packages: made with the answer, destroyed when their time is over.

use domain::category::Categories;
use domain::export::ExportFormat;
use domain::id::{ExportId, SubjectId};
use store::{
    AuditEvent, CarriesOutRights, JobKind, Lease, NewPackage, StoreError, StoredRequest, StoredSubject,
    TenantTx, failpoint,
};

use super::by_gateway;
use crate::package::{self, PackageError};
use crate::service::Gateway;
use crate::service::refusal::Refusal;
use crate::service::request::Handling;

/// Files with their digests, in lower-case hexadecimal.
pub(super) type Files = Vec<(ExportFormat, Vec<u8>, String)>;

impl Gateway {
    /// Answers a request for access with a package.
    pub(super) async fn put_access_package<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        request: &StoredRequest,
        person: &StoredSubject,
    ) -> Result<(), Refusal> {
        let answer = self.access_answer(tx, request, person).await?;
        let files = typeset(move |format| package::render(&answer, format)).await?;
        self.put_files(tx, request, files).await
    }

    /// Keeps the files of an answer for as long as packages are kept.
    pub(super) async fn put_files<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        request: &StoredRequest,
        files: Files,
    ) -> Result<(), Refusal> {
        failpoint::reach("export.rendered").await;
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
        match self.leased(lease).await? {
            Handling::Processing(tx) => expire_in(tx, lease).await,
            Handling::WindingDown(tx) => expire_in(tx, lease).await,
        }
    }
}

/// Every form of an answer, with its digest. Typesetting takes long enough to hold up whoever shares the thread.
pub(super) async fn typeset(
    render: impl Fn(ExportFormat) -> Result<Vec<u8>, PackageError> + Send + 'static,
) -> Result<Files, Refusal> {
    let all = move || {
        let file = |format: &ExportFormat| {
            let content = render(*format).map_err(Refusal::Package)?;
            let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &content);
            Ok((*format, content, hex::encode(digest)))
        };
        ExportFormat::ALL.iter().map(file).collect::<Result<Files, Refusal>>()
    };
    let files = tokio::task::spawn_blocking(all).await;
    files.map_err(|_| StoreError::Unfit("the package could not be made".to_owned()))?
}

async fn expire_in<S: CarriesOutRights>(tx: TenantTx<S>, lease: &Lease) -> Result<(), Refusal> {
    let package = ExportId::from_uuid(lease.object);
    let subject = tx.subject_of_package(package).await?;
    tx.remove_package(package).await?;
    tx.finish(lease).await?;
    let nobody = SubjectId::from_uuid(uuid::Uuid::nil());
    let event = by_gateway(lease, "exportPackage.destroy", subject.unwrap_or(nobody), Categories::new());
    let subjects = subject.into_iter().collect();
    Ok(tx.commit(AuditEvent { subjects, ..event }).await?)
}
