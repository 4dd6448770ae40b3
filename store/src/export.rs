//! Export packages: files sealed under the person's key, so that they die with it.

use domain::export::ExportFormat;
use domain::id::{ExportId, RequestId, SubjectId};
use entity::export_file;
use entity::export_package::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::sea_query::Order;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};

use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, Sees, TenantTx};
use crate::time;
use crate::vault::Place;

const TABLE: &str = "export_file";

/// A package to be kept.
pub struct NewPackage {
    /// The package.
    pub id: ExportId,
    /// Which request it answers.
    pub request: RequestId,
    /// Whose data.
    pub subject: SubjectId,
    /// When it is destroyed.
    pub expires_at: Timestamp,
    /// Each form with its bytes and their digest, in lower-case hexadecimal.
    pub files: Vec<(ExportFormat, Vec<u8>, String)>,
}

/// A package as stored, without its files.
#[derive(Debug, Clone)]
pub struct StoredPackage {
    /// The package.
    pub id: ExportId,
    /// Which request it answers.
    pub request: RequestId,
    /// Whose data.
    pub subject: SubjectId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it is destroyed.
    pub expires_at: Timestamp,
    /// The forms in which it can be had, with their digests.
    pub files: Vec<(ExportFormat, String)>,
}

impl<S: Sees> TenantTx<S> {
    /// The packages of several requests that have not expired, in two statements.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_packages(&self, requests: &[RequestId]) -> Result<Vec<StoredPackage>, StoreError> {
        let of = Column::RequestId.is_in(requests.iter().map(|id| id.uuid()));
        let packages =
            self.bound.find::<Entity>().filter(of).filter(Column::ExpiresAt.gt(time::to_row(self.now)));
        let packages = packages.all(&self.bound).await?;
        if packages.is_empty() {
            return Ok(Vec::new());
        }
        let digests = self.bound.list_digests(&packages).await?;
        let stored = |row: Model| StoredPackage {
            id: ExportId::from_uuid(row.id),
            request: RequestId::from_uuid(row.request_id),
            subject: SubjectId::from_uuid(row.subject_id),
            created_at: time::from_row(row.created_at),
            expires_at: time::from_row(row.expires_at),
            files: digests
                .iter()
                .filter(|(package, ..)| *package == row.id)
                .map(|(_, format, sha256)| (*format, sha256.clone()))
                .collect(),
        };
        Ok(packages.into_iter().map(stored).collect())
    }
}

impl crate::backend::Bound {
    /// Package, form and digest of files, without their contents.
    async fn list_digests(
        &self,
        packages: &[Model],
    ) -> Result<Vec<(uuid::Uuid, ExportFormat, String)>, StoreError> {
        let of = export_file::Column::PackageId.is_in(packages.iter().map(|package| package.id));
        let rows =
            self.find::<export_file::Entity>().filter(of).order_by(export_file::Column::Format, Order::Asc);
        let columns =
            [export_file::Column::PackageId, export_file::Column::Format, export_file::Column::Sha256];
        let rows: Vec<(uuid::Uuid, String, String)> = rows.columns(columns).tuples(self).await?;
        let known = |(package, format, sha256): (uuid::Uuid, String, String)| {
            let format = ExportFormat::from_code(&format);
            Ok((package, format.ok_or(StoreError::Inconsistent { table: TABLE, column: "format" })?, sha256))
        };
        rows.into_iter().map(known).collect()
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Keeps a package. One that was made for the request before is replaced: the worker may have died after it.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when the person was erased meanwhile.
    pub async fn put_package(&self, package: NewPackage) -> Result<(), StoreError> {
        self.bound
            .remove::<Entity>()
            .filter(Column::RequestId.eq(package.request.uuid()))
            .run(&self.bound)
            .await?;
        let row = ActiveModel {
            id: Set(package.id.uuid()),
            request_id: Set(package.request.uuid()),
            subject_id: Set(package.subject.uuid()),
            created_at: Set(time::to_row(self.now)),
            expires_at: Set(time::to_row(package.expires_at)),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await?;
        let person = self.find_subject(package.subject).await?.ok_or(StoreError::KeyGone)?;
        let key = person.to_seal_rights()?;
        let mut files = Vec::new();
        for (format, content, sha256) in package.files {
            let place = self.file_place(package.subject, package.id, format);
            files.push(export_file::ActiveModel {
                package_id: Set(package.id.uuid()),
                format: Set(format.code().to_owned()),
                content: Set(key.seal(place, &content, self.entropy())?),
                sha256: Set(sha256),
                ..Default::default()
            });
        }
        self.bound.put_all::<export_file::Entity>(files).await
    }

    /// Opens one file of a package.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when the person was erased, [`StoreError::Tampered`] when the bytes do not open.
    pub(crate) async fn open_file(
        &self,
        package: ExportId,
        subject: SubjectId,
        format: ExportFormat,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let file = self.bound.find::<export_file::Entity>();
        let file = file.filter(export_file::Column::PackageId.eq(package.uuid()));
        let Some(row) = file.filter(export_file::Column::Format.eq(format.code())).one(&self.bound).await?
        else {
            return Ok(None);
        };
        let keys = self.keys_of(&[(subject, Some(&row.content))]).await?;
        let key = keys.get(&subject).ok_or(StoreError::KeyGone)?;
        Ok(Some(key.open(self.file_place(subject, package, format), &row.content)?.to_vec()))
    }

    /// Destroys a package, its files and its tickets.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remove_package(&self, id: ExportId) -> Result<(), StoreError> {
        self.bound.remove::<Entity>().filter(Column::Id.eq(id.uuid())).run(&self.bound).await?;
        Ok(())
    }

    /// Whose data a package holds; `None` when it is gone.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn subject_of_package(&self, id: ExportId) -> Result<Option<SubjectId>, StoreError> {
        let row = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).one(&self.bound).await?;
        Ok(row.map(|row| SubjectId::from_uuid(row.subject_id)))
    }

    const fn file_place(
        &self,
        subject: SubjectId,
        package: ExportId,
        format: ExportFormat,
    ) -> Place<'static> {
        let (tenant, subject) = (self.tenant().uuid(), subject.uuid());
        Place { tenant, subject, table: TABLE, column: format.code(), row: package.uuid() }
    }
}
