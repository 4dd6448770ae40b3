//! Certificates: a statement as it was certified, and the entry of the audit log that vouches for it by its digest. The
//! proof of the entry is put beside it when the entry has its place in the log, and stays what it is from then on.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, digest};
use domain::id::{AuditEventId, RequestId};
use entity::{closing_certificate, erasure_certificate};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, Order};
use sea_orm::{ActiveValue::Set, ColumnTrait as _};
use uuid::Uuid;

use crate::audit::AuditEvent;
use crate::backend::Bound;
use crate::error::StoreError;
use crate::tenant_tx::{CarriesOutRights, Closing, TenantTx, Writes};
use crate::time;

/// A certificate as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCertificate {
    /// When it was made.
    pub made_at: Timestamp,
    /// What it certifies: canonical JSON (RFC 8785).
    pub statement: String,
    /// The proof that the log vouches for it (C2SP tlog-proof); `None` until the entry is sequenced.
    pub proof: Option<String>,
}

impl AuditEvent {
    /// The event, vouching for a text by the digest of its UTF-8 bytes.
    #[must_use]
    pub fn vouching_for(self, text: &str) -> Self {
        Self { digest: Some(hex::encode(digest(&SHA256, text.as_bytes()))), ..self }
    }
}

impl<S: CarriesOutRights> TenantTx<S> {
    /// Stores what is certified of a request's erasure, with the entry that vouches for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_erasure_certificate(
        &self,
        request: RequestId,
        statement: String,
        event: AuditEvent,
    ) -> Result<(), StoreError> {
        let entry = self.vouch(&statement, event).await?;
        let row = erasure_certificate::ActiveModel {
            event_id: Set(entry.uuid()),
            request_id: Set(request.uuid()),
            made_at: Set(time::to_row(self.now)),
            statement: Set(statement),
            ..Default::default()
        };
        self.bound.put::<erasure_certificate::Entity>(row).await
    }
}

impl TenantTx<Closing> {
    /// Stores what is certified of the end of the relationship, with the entry that vouches for it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn put_closing_certificate(
        &self,
        statement: String,
        event: AuditEvent,
    ) -> Result<(), StoreError> {
        let entry = self.vouch(&statement, event).await?;
        let last = self.bound.find::<closing_certificate::Entity>();
        let last = last.order_by(closing_certificate::Column::Number, Order::Desc).limit(1);
        let number = next_number(last.one(&self.bound).await?.as_ref());
        let row = closing_row((number, entry), self.now, statement);
        self.bound.put::<closing_certificate::Entity>(row).await
    }
}

impl<S: Writes> TenantTx<S> {
    async fn vouch(&self, statement: &str, event: AuditEvent) -> Result<AuditEventId, StoreError> {
        self.put_event(event.vouching_for(statement)).await
    }
}

/// The number behind the last one's. Whoever asks holds the tenant's row.
pub(crate) fn next_number(last: Option<&closing_certificate::Model>) -> i32 {
    last.map_or(1, |last| last.number + 1)
}

pub(crate) fn closing_row(
    (number, entry): (i32, AuditEventId),
    at: Timestamp,
    statement: String,
) -> closing_certificate::ActiveModel {
    closing_certificate::ActiveModel {
        number: Set(number),
        event_id: Set(entry.uuid()),
        made_at: Set(time::to_row(at)),
        statement: Set(statement),
        ..Default::default()
    }
}

impl<S> TenantTx<S> {
    /// What was certified of the erasures of several requests, oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_erasure_certificates(
        &self,
        requests: &[RequestId],
    ) -> Result<HashMap<RequestId, Vec<StoredCertificate>>, StoreError> {
        let of = erasure_certificate::Column::RequestId.is_in(requests.iter().map(|id| id.uuid()));
        let rows = self.bound.find::<erasure_certificate::Entity>().filter(of);
        let rows = rows.order_by(erasure_certificate::Column::EventId, Order::Asc).all(&self.bound).await?;
        let mut found: HashMap<RequestId, Vec<StoredCertificate>> = HashMap::new();
        for row in rows {
            found.entry(RequestId::from_uuid(row.request_id)).or_default().push(row.into());
        }
        Ok(found)
    }

    /// What was certified last of the end of the relationship; `None` until it has ended.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn find_closing_certificate(&self) -> Result<Option<StoredCertificate>, StoreError> {
        let rows = self.bound.find::<closing_certificate::Entity>();
        let newest = rows.order_by(closing_certificate::Column::Number, Order::Desc).limit(1);
        Ok(newest.one(&self.bound).await?.map(Into::into))
    }
}

/// Puts the proof of an entry beside the certificate that it vouches for.
pub(crate) async fn put_proof(bound: &Bound, entry: Uuid, proof: &str) -> Result<(), StoreError> {
    let of_erasure = bound.amend::<erasure_certificate::Entity>();
    let found = of_erasure
        .filter(erasure_certificate::Column::EventId.eq(entry))
        .set(erasure_certificate::Column::Proof, Expr::value(proof))
        .run(bound)
        .await?;
    if found > 0 {
        return Ok(());
    }
    let of_closing = bound.amend::<closing_certificate::Entity>();
    of_closing
        .filter(closing_certificate::Column::EventId.eq(entry))
        .set(closing_certificate::Column::Proof, Expr::value(proof))
        .run(bound)
        .await?;
    Ok(())
}

impl From<erasure_certificate::Model> for StoredCertificate {
    fn from(row: erasure_certificate::Model) -> Self {
        let made_at = time::from_row(row.made_at);
        Self { made_at, statement: row.statement, proof: row.proof }
    }
}

impl From<closing_certificate::Model> for StoredCertificate {
    fn from(row: closing_certificate::Model) -> Self {
        let made_at = time::from_row(row.made_at);
        Self { made_at, statement: row.statement, proof: row.proof }
    }
}
