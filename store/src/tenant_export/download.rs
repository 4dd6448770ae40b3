//! Handing an export out: by a link that works without a token, piece by piece, so that no size takes more memory.
//!
//! A request from the beginning counts as a use of the link. One that goes on from within counts none, but needs that the
//! export was fetched from its beginning before, by whatever link. Both have their entry in the audit log.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::actor::{Actor, ActorId};
use domain::category::DataCategory;
use domain::export::TenantExportStatus;
use domain::id::{TenantExportId, TenantId, TicketId, new_uuid};
use entity::tenant_export_chunk as chunk;
use entity::tenant_export_download::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CHUNK_BYTES, StoredTenantExport, TABLE, chunk_place};
use crate::audit::AuditEvent;
use crate::backend::Bound;
use crate::door::{OpenError, Store, WritingDoor};
use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, TenantTx, Unserved};
use crate::ticket::{LONGEST, TicketError};
use crate::time;
use crate::vault::{Place, SealKey};

/// A link's export, as it can be handed out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// Its length, in bytes.
    pub byte_count: u64,
    /// SHA-256 of the file, in lower-case hexadecimal digits.
    pub sha256: String,
}

/// An export whose handing out is recorded.
pub struct RedeemedExport {
    /// What it is.
    pub file: ExportFile,
    tenant: TenantId,
    export: TenantExportId,
    key: SealKey,
}

/// What using a ticket came to.
pub enum ExportUse {
    /// The export is handed out.
    HandedOut(RedeemedExport),
    /// The request asks for bytes that the file does not have; nothing was recorded.
    OutOfRange(ExportFile),
}

/// What is sealed into a link.
#[derive(Serialize, Deserialize)]
struct Grant {
    tenant: Uuid,
    id: Uuid,
    export: Uuid,
    issued_to: String,
    expires_at: Timestamp,
    uses: u16,
}

const PLACE: Place<'static> = Place {
    tenant: Uuid::nil(),
    subject: Uuid::nil(),
    table: "tenant_export_ticket",
    column: "",
    row: Uuid::nil(),
};

impl<S> TenantTx<S> {
    /// A ticket for an export: the last part of the link. It ends at `expires_at` and works so often from the beginning.
    ///
    /// # Errors
    /// When the ticket cannot be sealed.
    pub fn issue_export_ticket(
        &self,
        export: TenantExportId,
        issued_to: &ActorId,
        (expires_at, uses): (Timestamp, u16),
    ) -> Result<String, StoreError> {
        let grant = Grant {
            tenant: self.tenant().uuid(),
            id: TicketId::new(self.now, self.entropy()).uuid(),
            export: export.uuid(),
            issued_to: issued_to.as_str().to_owned(),
            expires_at,
            uses,
        };
        let grant = serde_json::to_vec(&grant).map_err(|_| StoreError::Tampered { table: PLACE.table })?;
        Ok(URL_SAFE_NO_PAD.encode(self.vault.tickets().seal(PLACE, &grant, self.entropy())?))
    }
}

impl Store {
    /// Uses a ticket for an export: what it is and how to read it, given only after that is recorded in the audit log.
    /// `first_byte` says, of the file that it is shown, where the request begins; `None` where it asks for nothing that
    /// the file has.
    ///
    /// # Errors
    /// [`TicketError`] says why there is none; [`TicketError::Unknown`] also for the ticket of another kind of file.
    pub async fn redeem_export(
        &self,
        ticket: &str,
        request_id: String,
        first_byte: impl FnOnce(&ExportFile) -> Option<u64> + Send,
    ) -> Result<ExportUse, TicketError> {
        let grant = self.read_export_ticket(ticket).ok_or(TicketError::Unknown)?;
        match self.writing(TenantId::from_uuid(grant.tenant)).await {
            Ok(WritingDoor::Processing(tx)) => tx.hand_out(grant, request_id, first_byte).await,
            Ok(WritingDoor::WindingDown(tx)) => tx.hand_out(grant, request_id, first_byte).await,
            Ok(WritingDoor::Signing(tx)) => {
                Err(TicketError::Unserved(tx.unserved().unwrap_or(Unserved::AgreementRequired)))
            }
            Err(OpenError::UnknownTenant) => Err(TicketError::Unknown),
            Err(OpenError::Store(error)) => Err(error.into()),
        }
    }

    /// One piece of an export that is being handed out, counted from 0, each but the last [`CHUNK_BYTES`] long.
    ///
    /// # Errors
    /// [`StoreError::KeyGone`] when the export was destroyed meanwhile, [`StoreError::Tampered`] when the piece does not
    /// open or has another length than it should.
    pub async fn read_chunk(&self, export: &RedeemedExport, number: u64) -> Result<Vec<u8>, StoreError> {
        let tampered = || StoreError::Tampered { table: "tenant_export_chunk" };
        let row_number = i32::try_from(number).map_err(|_| tampered())?;
        let bound = Bound::reading(&self.data, export.tenant).await?;
        let row = bound.find::<chunk::Entity>().filter(chunk::Column::ExportId.eq(export.export.uuid()));
        let row = row.filter(chunk::Column::Number.eq(row_number)).one(&bound).await?;
        bound.close().await?;
        let sealed = row.ok_or(StoreError::KeyGone)?.content;
        let number_text = number.to_string();
        let clear = export.key.open(chunk_place(export.tenant, export.export, &number_text), &sealed)?;
        let size = u64::try_from(CHUNK_BYTES).unwrap_or(u64::MAX);
        let expected = export.file.byte_count.saturating_sub(number.saturating_mul(size)).min(size);
        if u64::try_from(clear.len()) != Ok(expected) {
            return Err(tampered());
        }
        Ok(clear.to_vec())
    }

    fn read_export_ticket(&self, ticket: &str) -> Option<Grant> {
        if ticket.len() > LONGEST {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(ticket).ok()?;
        let grant = self.vault.tickets().open(PLACE, &sealed).ok()?;
        serde_json::from_slice(&grant).ok()
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    async fn hand_out(
        self,
        grant: Grant,
        request_id: String,
        first_byte: impl FnOnce(&ExportFile) -> Option<u64> + Send,
    ) -> Result<ExportUse, TicketError> {
        if grant.expires_at <= self.now {
            return Err(TicketError::Expired);
        }
        let export = TenantExportId::from_uuid(grant.export);
        let (stored, key) = self.lock_ready_export(export).await?.ok_or(TicketError::Unknown)?;
        let file = stored.file()?;
        let Some(first_byte) = first_byte(&file) else {
            return Ok(ExportUse::OutOfRange(file));
        };
        let key = match self.vault.export_key(self.tenant(), (export, key)).await {
            Err(StoreError::KeyGone) => return Err(TicketError::Unknown),
            found => found?,
        };
        self.count(&grant, first_byte, &stored).await?;
        let tenant = self.tenant();
        let event = AuditEvent {
            categories: all_but_passwords(),
            ..AuditEvent::new(Actor::named(grant.issued_to), "tenantExport.download", request_id)
        };
        self.commit(event).await?;
        Ok(ExportUse::HandedOut(RedeemedExport { file, tenant, export, key }))
    }

    /// Counts a use from the beginning; refuses one too many, and one that goes on where nothing was begun.
    async fn count(
        &self,
        grant: &Grant,
        first_byte: u64,
        export: &StoredTenantExport,
    ) -> Result<(), TicketError> {
        if first_byte > 0 {
            return if export.downloads.is_empty() { Err(TicketError::Expired) } else { Ok(()) };
        }
        let of_link = self.bound.find::<Entity>().filter(Column::TicketId.eq(grant.id));
        if of_link.count(&self.bound).await? >= u64::from(grant.uses) {
            return Err(TicketError::Expired);
        }
        let row = ActiveModel {
            export_id: Set(grant.export),
            id: Set(new_uuid(self.now, self.entropy())),
            ticket_id: Set(grant.id),
            downloaded_at: Set(time::to_row(self.now)),
            ..Default::default()
        };
        Ok(self.bound.put::<Entity>(row).await?)
    }

    /// An export that can be downloaded, with the identifier of its key, held until the transaction ends so that two uses
    /// at once are counted one after the other.
    async fn lock_ready_export(
        &self,
        id: TenantExportId,
    ) -> Result<Option<(StoredTenantExport, Uuid)>, StoreError> {
        let row = self.bound.find::<entity::tenant_export::Entity>();
        let row =
            row.filter(entity::tenant_export::Column::Id.eq(id.uuid())).locked().one(&self.bound).await?;
        let key = row.and_then(|row| row.key_id);
        let stored = self.find_tenant_export(id).await?;
        let ready = stored.filter(|export| {
            export.status == TenantExportStatus::Ready
                && export.expires_at.is_some_and(|expires_at| expires_at > self.now)
        });
        Ok(ready.zip(key))
    }
}

impl StoredTenantExport {
    fn file(&self) -> Result<ExportFile, StoreError> {
        let (Some(byte_count), Some(sha256)) = (self.byte_count, self.sha256.clone()) else {
            return Err(StoreError::Inconsistent { table: TABLE, column: "sha256" });
        };
        Ok(ExportFile { byte_count, sha256 })
    }
}

fn all_but_passwords() -> domain::category::Categories {
    DataCategory::ALL.into_iter().filter(|category| *category != DataCategory::Password).collect()
}
