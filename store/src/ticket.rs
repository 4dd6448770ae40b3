//! Download tickets: links that work without a token, for a short time and a few times.
//!
//! A link carries what it is good for, sealed under a key of the platform: nothing in it can be guessed, read or
//! changed, and to hand one out writes nothing. Its uses are counted in a row that the first use makes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::actor::{Actor, ActorId};
use domain::category::Categories;
use domain::export::ExportFormat;
use domain::id::{ExportId, SubjectId, TenantId, TicketId};
use domain::purpose::Purpose;
use entity::download_ticket::{ActiveModel, Column, Entity};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue::Set, EntityTrait as _};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::audit::AuditEvent;
use crate::door::{OpenError, Store, WritingDoor};
use crate::error::StoreError;
use crate::export::StoredPackage;
use crate::tenant_tx::{CarriesOutRights, TenantTx, Unserved};
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

/// What a link is to be good for.
#[derive(Debug, Clone)]
pub struct TicketTerms {
    /// Which form of the package.
    pub format: ExportFormat,
    /// Who asked for the link; the audit log names them for each download.
    pub issued_to: ActorId,
    /// When it ends.
    pub expires_at: Timestamp,
    /// How often it works.
    pub uses: u16,
}

/// What is sealed into a link.
#[derive(Serialize, Deserialize)]
struct Grant {
    tenant: Uuid,
    id: Uuid,
    package: Uuid,
    subject: Uuid,
    format: ExportFormat,
    issued_to: String,
    expires_at: Timestamp,
    uses: u16,
}

/// Longest text that can be a ticket.
pub(crate) const LONGEST: usize = 2_048;
const PLACE: Place<'static> =
    Place { tenant: Uuid::nil(), subject: Uuid::nil(), table: "ticket", column: "", row: Uuid::nil() };

impl<S> TenantTx<S> {
    /// A ticket for one form of a package: the last part of the link.
    ///
    /// # Errors
    /// When the ticket cannot be sealed.
    pub fn issue_ticket(&self, package: &StoredPackage, terms: &TicketTerms) -> Result<String, StoreError> {
        let grant = Grant {
            tenant: self.tenant().uuid(),
            id: TicketId::new(self.now, self.entropy()).uuid(),
            package: package.id.uuid(),
            subject: package.subject.uuid(),
            format: terms.format,
            issued_to: terms.issued_to.as_str().to_owned(),
            expires_at: terms.expires_at,
            uses: terms.uses,
        };
        let grant = serde_json::to_vec(&grant).map_err(|_| StoreError::Tampered { table: "ticket" })?;
        Ok(URL_SAFE_NO_PAD.encode(self.vault.tickets().seal(PLACE, &grant, self.entropy())?))
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    async fn redeem(self, grant: Grant, request_id: String) -> Result<RedeemedTicket, TicketError> {
        let (package, subject) = (ExportId::from_uuid(grant.package), SubjectId::from_uuid(grant.subject));
        if grant.expires_at <= self.now {
            return Err(TicketError::Expired);
        }
        if self.subject_of_package(package).await? != Some(subject) {
            return Err(TicketError::Unknown);
        }
        if self.count_use(&grant).await? > i32::from(grant.uses) {
            return Err(TicketError::Expired);
        }
        let content = match self.open_file(package, subject, grant.format).await {
            Ok(Some(content)) => content,
            Ok(None) | Err(StoreError::KeyGone) => return Err(TicketError::Unknown),
            Err(error) => return Err(error.into()),
        };
        let person = self.find_subject(subject).await?;
        let event = AuditEvent {
            purpose: Some(Purpose::RightsHandling),
            subjects: vec![subject],
            categories: person.map_or_else(Categories::new, |person| person.held().collect()),
            ..AuditEvent::new(Actor::named(grant.issued_to), "exportPackage.download", request_id)
        };
        self.commit(event).await?;
        Ok(RedeemedTicket { format: grant.format, content })
    }

    /// Counts this use and gives how many there were with it; counted in vain when the transaction fails.
    async fn count_use(&self, grant: &Grant) -> Result<i32, StoreError> {
        let row = ActiveModel {
            tenant_id: Set(self.tenant().uuid()),
            id: Set(grant.id),
            package_id: Set(grant.package),
            uses: Set(1),
        };
        let one_more = OnConflict::columns([Column::TenantId, Column::Id])
            .value(Column::Uses, Expr::col((Entity, Column::Uses)).add(1))
            .to_owned();
        let insert = Entity::insert(row).on_conflict(one_more);
        Ok(insert.exec_with_returning(self.bound.connection()).await?.uses)
    }
}

impl Store {
    /// Uses a ticket once: the file, given only after the use is recorded in the audit log.
    ///
    /// # Errors
    /// [`TicketError`] says why there is none.
    pub async fn redeem(&self, ticket: &str, request_id: String) -> Result<RedeemedTicket, TicketError> {
        let grant = self.read_ticket(ticket).ok_or(TicketError::Unknown)?;
        match self.writing(TenantId::from_uuid(grant.tenant)).await {
            Ok(WritingDoor::Processing(tx)) => tx.redeem(grant, request_id).await,
            Ok(WritingDoor::WindingDown(tx)) => tx.redeem(grant, request_id).await,
            Ok(WritingDoor::Signing(tx)) => {
                Err(TicketError::Unserved(tx.unserved().unwrap_or(Unserved::AgreementRequired)))
            }
            Err(OpenError::UnknownTenant) => Err(TicketError::Unknown),
            Err(OpenError::Store(error)) => Err(error.into()),
        }
    }

    fn read_ticket(&self, ticket: &str) -> Option<Grant> {
        if ticket.len() > LONGEST {
            return None;
        }
        let sealed = URL_SAFE_NO_PAD.decode(ticket).ok()?;
        let grant = self.vault.tickets().open(PLACE, &sealed).ok()?;
        serde_json::from_slice(&grant).ok()
    }
}
