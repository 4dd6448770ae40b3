//! Download tickets: a link that works without a token, for a short time and a few times.
//!
//! The link carries the tenant and the ticket, sealed under a key of the platform, so that nothing in it can be
//! guessed, read or changed. The row says whether it still works.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::actor::ActorId;
use domain::category::Categories;
use domain::export::ExportFormat;
use domain::id::{ExportId, SubjectId, TenantId, TicketId};
use domain::purpose::Purpose;
use entity::download_ticket::{ActiveModel, Column, Entity, Model};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use crate::audit::AuditEvent;
use crate::door::{OpenError, Store, WritingDoor};
use crate::error::StoreError;
use crate::export::StoredPackage;
use crate::tenant_tx::{CarriesOutRights, TenantTx, Unserved};
use crate::time;
use crate::vault::Place;

/// Why a ticket gives nothing.
#[derive(Debug, thiserror::Error)]
pub enum TicketError {
    /// It was never issued, or its package is gone.
    #[error("no such download")]
    Unknown,
    /// Its time is over or it is used up.
    #[error("the link has expired")]
    Expired,
    /// The tenant is not served at present.
    #[error("the tenant is not served")]
    Unserved(Unserved),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A file that a ticket gave, after its use was recorded.
pub struct RedeemedTicket {
    /// Which form.
    pub format: ExportFormat,
    /// The file.
    pub content: Vec<u8>,
}

/// What a link is good for.
#[derive(Debug, Clone, Copy)]
pub struct TicketTerms {
    /// When it ends.
    pub expires_at: Timestamp,
    /// How often it works.
    pub uses: u16,
}

/// Longest text that can be a ticket.
const LONGEST: usize = 256;
const PLACE: Place<'static> =
    Place { tenant: Uuid::nil(), subject: Uuid::nil(), table: "ticket", column: "", row: Uuid::nil() };

impl<S: CarriesOutRights> TenantTx<S> {
    /// Issues a ticket for one form of a package; gives the text of the link's last part.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn issue_ticket(
        &self,
        package: &StoredPackage,
        format: ExportFormat,
        issued_to: &ActorId,
        terms: TicketTerms,
    ) -> Result<String, StoreError> {
        let id = TicketId::new(self.now, self.entropy());
        let row = ActiveModel {
            id: Set(id.uuid()),
            package_id: Set(package.id.uuid()),
            format: Set(format.code().to_owned()),
            subject_id: Set(package.subject.uuid()),
            issued_to: Set(issued_to.as_str().to_owned()),
            expires_at: Set(time::to_row(terms.expires_at)),
            uses_left: Set(terms.uses.into()),
            ..Default::default()
        };
        self.bound.put::<Entity>(row).await?;
        let named = [self.tenant().uuid().into_bytes(), id.uuid().into_bytes()].concat();
        Ok(URL_SAFE_NO_PAD.encode(self.vault.tickets().seal(PLACE, &named, self.entropy())?))
    }

    async fn redeem(self, id: TicketId, request_id: String) -> Result<RedeemedTicket, TicketError> {
        let found = self.bound.find::<Entity>().filter(Column::Id.eq(id.uuid())).one(&self.bound).await?;
        let ticket = found.ok_or(TicketError::Unknown)?;
        if time::from_row(ticket.expires_at) <= self.now {
            return Err(TicketError::Expired);
        }
        let left = self.bound.amend::<Entity>().filter(Column::Id.eq(ticket.id)).filter(Column::UsesLeft.gt(0));
        if left.set(Column::UsesLeft, Expr::col(Column::UsesLeft).sub(1)).run(&self.bound).await? == 0 {
            return Err(TicketError::Expired);
        }
        let (package, subject) = (ExportId::from_uuid(ticket.package_id), SubjectId::from_uuid(ticket.subject_id));
        let format = ExportFormat::from_code(&ticket.format)
            .ok_or(StoreError::Inconsistent { table: "download_ticket", column: "format" })?;
        let content = match self.open_file(package, subject, format).await {
            Ok(Some(content)) => content,
            Ok(None) | Err(StoreError::KeyGone) => return Err(TicketError::Unknown),
            Err(error) => return Err(error.into()),
        };
        let event = self.download_event(&ticket, request_id).await?;
        self.commit(event).await?;
        Ok(RedeemedTicket { format, content })
    }

    async fn download_event(&self, ticket: &Model, request_id: String) -> Result<AuditEvent, StoreError> {
        let subject = SubjectId::from_uuid(ticket.subject_id);
        let held: Categories = match self.find_subject(subject).await? {
            Some(person) => person.held().collect(),
            None => Categories::new(),
        };
        Ok(AuditEvent {
            actor: ticket.issued_to.clone(),
            action: "exportPackage.download",
            purpose: Some(Purpose::RightsHandling),
            allowed: true,
            subjects: vec![subject],
            categories: held,
            request_id,
        })
    }
}

impl Store {
    /// Uses a ticket once: the file, given only after the use is recorded in the audit log.
    ///
    /// # Errors
    /// [`TicketError`] says why there is none.
    pub async fn redeem(&self, ticket: &str, request_id: String) -> Result<RedeemedTicket, TicketError> {
        let (tenant, id) = self.read_ticket(ticket).ok_or(TicketError::Unknown)?;
        match self.writing(tenant).await {
            Ok(WritingDoor::Processing(tx)) => tx.redeem(id, request_id).await,
            Ok(WritingDoor::WindingDown(tx)) => tx.redeem(id, request_id).await,
            Ok(WritingDoor::Signing(tx)) => {
                Err(TicketError::Unserved(tx.unserved().unwrap_or(Unserved::AgreementRequired)))
            }
            Err(OpenError::UnknownTenant) => Err(TicketError::Unknown),
            Err(OpenError::Store(error)) => Err(error.into()),
        }
    }

    fn read_ticket(&self, ticket: &str) -> Option<(TenantId, TicketId)> {
        if ticket.len() > LONGEST {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(ticket).ok()?;
        let named = self.vault.tickets().open(PLACE, &sealed).ok()?;
        let (tenant, id) = named.split_at_checked(16)?;
        Some((TenantId::from_uuid(Uuid::from_slice(tenant).ok()?), TicketId::from_uuid(Uuid::from_slice(id).ok()?)))
    }
}
