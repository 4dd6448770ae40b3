//! Sequencing: each durable entry gets its place in its tenant's Merkle tree, once. One transaction takes what is pending,
//! grows the tree and signs its head, so that a worker that dies leaves all of it or nothing, and the newest head is the
//! whole state of the log.

use domain::id::{SubjectId, TenantId};
use entity::{audit_checkpoint, audit_event, audit_leaf, audit_pending, audit_subject, audit_tile};
use sea_orm::sea_query::{OnConflict, Order};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _, DbBackend, EntityTrait as _, QuerySelect as _,
    Statement,
};
use tlog::{Checkpoint, Note, SigningKey, TileId};
use uuid::Uuid;

use super::tree::{StoredCheckpoint, newest_checkpoint, prove, tiles};
use crate::backend::{Bound, postgres};
use crate::certificate::put_proof;
use crate::door::Store;
use crate::error::StoreError;
use crate::failpoint;
use crate::system::delivery;
use crate::time;

/// Entries that one transaction sequences at most: fewer say that nothing more was pending.
pub const SEQUENCED_AT_ONCE: u64 = 1_000;

/// Rows that one statement inserts at most: databases limit the values of a statement.
const ROWS: usize = 5_000;

/// An entry that is to be sequenced.
struct Pending {
    id: Uuid,
    subjects: Vec<u8>,
    /// Whether it vouches for a document.
    vouches: bool,
    canonical: String,
}

impl Store {
    /// The tenants that have entries to be sequenced.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tenants_to_sequence(&self) -> Result<Vec<TenantId>, StoreError> {
        let tx = self.data.begin_reading().await?;
        self.data.see_all_work(&tx).await?;
        let tenants = audit_pending::Entity::find().select_only().column(audit_pending::Column::TenantId);
        let tenants: Vec<Uuid> = tenants.distinct().into_tuple().all(&tx).await?;
        tx.commit().await?;
        Ok(tenants.into_iter().map(TenantId::from_uuid).collect())
    }

    /// Sequences pending entries of a tenant, oldest first, and signs the log's new head. Gives how many; none where there
    /// are none, or where another worker is at it.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent; nothing is sequenced then.
    pub async fn sequence(&self, tenant: TenantId) -> Result<u64, StoreError> {
        let keys = self.vault.signing_keys(self.clock.now()).await?;
        let bound = Bound::writing(&self.data, tenant).await?;
        if !is_mine(&bound).await? {
            bound.close().await?;
            return Ok(0);
        }
        let pending = pending(&bound).await?;
        if pending.is_empty() {
            bound.close().await?;
            return Ok(0);
        }
        let head = newest_checkpoint(&bound).await?;
        let (size, root) = grow(&bound, head.as_ref().map_or(0, |head| head.size), &pending).await?;
        index_persons(&bound, &pending).await?;
        let taken = audit_pending::Column::EventId.is_in(pending.iter().map(|entry| entry.id));
        bound.remove::<audit_pending::Entity>().filter(taken).run(&bound).await?;
        let origin = head.as_ref().map_or_else(|| self.origin_of(tenant), |head| head.origin.clone());
        let signed = sign(&Checkpoint { origin, size, root }, head.as_ref(), &keys)?;
        bound
            .put::<audit_checkpoint::Entity>(audit_checkpoint::ActiveModel {
                tree_size: Set(row_number(size)?),
                root_hash: Set(root.as_bytes().to_vec()),
                signed_at: Set(time::to_row(self.clock.now())),
                note: Set(signed.clone()),
                ..Default::default()
            })
            .await?;
        prove_certificates(&bound, &pending, (size, &signed)).await?;
        delivery::wake(&bound, self.clock.now(), self.vault.entropy()).await?;
        failpoint::reach("audit.before_commit").await;
        bound.commit().await?;
        failpoint::reach("audit.committed").await;
        Ok(u64::try_from(pending.len()).unwrap_or(u64::MAX))
    }

    /// A signed head of a log that has no entries.
    ///
    /// # Errors
    /// When the key store fails.
    pub async fn sign_empty(&self, tenant: TenantId) -> Result<StoredCheckpoint, StoreError> {
        let now = self.clock.now();
        let (origin, root) = (self.origin_of(tenant), tlog::Frontier::new().root());
        let head = Checkpoint { origin: origin.clone(), size: 0, root };
        let note = sign(&head, None, &self.vault.signing_keys(now).await?)?;
        Ok(StoredCheckpoint { origin, size: 0, root, signed_at: now, note })
    }

    /// The name of a log that is begun now; one that exists keeps the name in its heads.
    fn origin_of(&self, tenant: TenantId) -> String {
        format!("{}/{tenant}", self.audit_name)
    }

    /// Lets a new key sign from now on. The first head under it is signed by the former one too, which thereby vouches for
    /// it. Gateways and workers that are running sign with it from their next round on.
    ///
    /// # Errors
    /// When the key store fails, or the master key does not open the present key.
    pub async fn rotate_signing_key(&self) -> Result<(), StoreError> {
        self.vault.rotate_signing_key(self.clock.now()).await
    }
}

/// Whether this transaction sequences the tenant: another one that is at it goes on alone. SQLite has one writer.
async fn is_mine(bound: &Bound) -> Result<bool, StoreError> {
    if !bound.is_postgres() {
        return Ok(true);
    }
    let tenant = bound.tenant().to_string();
    let lock = Statement::from_sql_and_values(DbBackend::Postgres, postgres::SEQUENCING, [tenant.into()]);
    let row = bound.connection().query_one_raw(lock).await?;
    Ok(row.map(|row| row.try_get("", "mine")).transpose()?.unwrap_or(false))
}

async fn pending(bound: &Bound) -> Result<Vec<Pending>, StoreError> {
    let rows = bound.find::<audit_pending::Entity>().order_by(audit_pending::Column::EventId, Order::Asc);
    let ids: Vec<(Uuid,)> =
        rows.limit(SEQUENCED_AT_ONCE).columns([audit_pending::Column::EventId]).tuples(bound).await?;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let named = audit_event::Column::Id.is_in(ids.iter().map(|(id,)| *id));
    let columns = [
        audit_event::Column::Id,
        audit_event::Column::SubjectIds,
        audit_event::Column::Digest,
        audit_event::Column::Canonical,
    ];
    let events = bound.find::<audit_event::Entity>().filter(named).columns(columns);
    let events: Vec<(Uuid, Vec<u8>, Option<String>, String)> = events.tuples(bound).await?;
    let entry = |(id, subjects, digest, canonical): (_, _, Option<String>, _)| Pending {
        id,
        subjects,
        vouches: digest.is_some(),
        canonical,
    };
    let mut events: Vec<Pending> = events.into_iter().map(entry).collect();
    events.sort_unstable_by_key(|entry| entry.id);
    let all_are_there = events.iter().map(|entry| entry.id).eq(ids.iter().map(|(id,)| *id));
    all_are_there
        .then_some(events)
        .ok_or(StoreError::Inconsistent { table: "audit_pending", column: "event_id" })
}

/// Appends the entries' leaves to the tree; gives its size and root then.
async fn grow(bound: &Bound, size: u64, entries: &[Pending]) -> Result<(u64, tlog::Hash), StoreError> {
    let inconsistent = StoreError::Inconsistent { table: "audit_tile", column: "hashes" };
    let mut tree = tiles(bound, tlog::edge(size)).await?;
    let hashes: Vec<_> = entries.iter().map(|entry| tlog::leaf_hash(entry.canonical.as_bytes())).collect();
    let changed = tree.append(size, &hashes).map_err(|_| inconsistent)?;
    let mut index = size;
    let mut leaves = Vec::with_capacity(entries.len());
    for entry in entries {
        leaves.push(audit_leaf::ActiveModel {
            log_index: Set(row_number(index)?),
            event_id: Set(entry.id),
            ..Default::default()
        });
        index += 1;
    }
    bound.put_all::<audit_leaf::Entity>(leaves).await?;
    let rows = changed.into_iter().map(|id| tile_row(bound, id, tree.bytes(id)));
    let grown = OnConflict::columns([
        audit_tile::Column::TenantId,
        audit_tile::Column::Level,
        audit_tile::Column::TileIndex,
    ])
    .update_column(audit_tile::Column::Hashes)
    .to_owned();
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let insert = audit_tile::Entity::insert_many(rows).on_conflict(grown);
    insert.exec_without_returning(bound.connection()).await?;
    let root =
        tree.root(index).map_err(|_| StoreError::Inconsistent { table: "audit_tile", column: "hashes" })?;
    Ok((index, root))
}

fn tile_row(
    bound: &Bound,
    id: TileId,
    hashes: Option<Vec<u8>>,
) -> Result<audit_tile::ActiveModel, StoreError> {
    Ok(audit_tile::ActiveModel {
        tenant_id: Set(bound.tenant().uuid()),
        level: Set(i32::from(id.level)),
        tile_index: Set(row_number(id.index)?),
        hashes: Set(hashes.ok_or(StoreError::Inconsistent { table: "audit_tile", column: "hashes" })?),
    })
}

/// Notes whom the entries are about, so that a person's log is read without going through everybody's.
async fn index_persons(bound: &Bound, entries: &[Pending]) -> Result<(), StoreError> {
    let named = entries.iter().flat_map(|entry| {
        let subjects = entry.subjects.chunks_exact(16).filter_map(|bytes| Uuid::from_slice(bytes).ok());
        subjects.map(|subject| (SubjectId::from_uuid(subject), entry.id))
    });
    let named: std::collections::BTreeSet<_> = named.collect();
    let rows: Vec<_> = named
        .into_iter()
        .map(|(subject, event)| audit_subject::ActiveModel {
            subject_id: Set(subject.uuid()),
            event_id: Set(event),
            ..Default::default()
        })
        .collect();
    for part in rows.chunks(ROWS) {
        bound.put_all::<audit_subject::Entity>(part.to_vec()).await?;
    }
    Ok(())
}

/// Puts beside each certificate the proof of the entry that vouches for it, under the head that is the first to cover it: from
/// then on the certificate needs nothing of the log any more.
async fn prove_certificates(
    bound: &Bound,
    entries: &[Pending],
    (size, note): (u64, &str),
) -> Result<(), StoreError> {
    for (entry, behind) in entries.iter().rev().zip(1..).filter(|(entry, _)| entry.vouches) {
        let head = (size, note);
        let proof = prove(bound, &[(size - behind, &entry.canonical)], head).await?;
        put_proof(bound, entry.id, &proof.concat()).await?;
    }
    Ok(())
}

/// The note over a head. Where the head before was not signed by the newest key yet, the key that did sign it signs once
/// more, beside the new one.
fn sign(
    head: &Checkpoint,
    before: Option<&StoredCheckpoint>,
    keys: &[SigningKey],
) -> Result<String, StoreError> {
    let inconsistent = || StoreError::Inconsistent { table: "audit_checkpoint", column: "note" };
    let before = before.map(|head| Note::parse(&head.note)).transpose().map_err(|_| inconsistent())?;
    let has_signed = |key: &&SigningKey| match (&before, key.verifier(&head.origin)) {
        (Some(note), Some(verifier)) => note.is_signed_by(&verifier),
        _ => false,
    };
    let newest = keys.first().ok_or_else(inconsistent)?;
    let mut signers = vec![newest];
    if !has_signed(&newest) {
        signers.extend(keys.iter().skip(1).find(has_signed));
    }
    tlog::sign(&head.to_string(), &head.origin, &signers).map_err(|_| inconsistent())
}

fn row_number(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Inconsistent { table: "audit_leaf", column: "log_index" })
}
