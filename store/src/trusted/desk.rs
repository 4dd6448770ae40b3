//! Where documents are published and withdrawn: the database alone, without the key store and the master key. On PostgreSQL
//! the role is the operator's; that of the serving process may not write here.

use std::collections::HashMap;

use domain::id::TenantId;
use domain::trusted::{DocumentMode, DocumentOwner};
use entity::trusted_document::Column as C;
use entity::{tenant, trusted_document, trusted_owner};
use jiff::Timestamp;
use sea_orm::ActiveValue::Set;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{
    ColumnTrait as _, Condition, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::{TrustedDocument, TrustedOwner, documents, owner, owners};
use crate::backend::{Address, Database};
use crate::error::StoreError;
use crate::time;

/// The most documents of one owner.
const MOST_DOCUMENTS: usize = 10_000;
/// The most text of one owner's documents, in bytes: a gateway keeps them in memory.
const MOST_BYTES: usize = 16 << 20;

/// A database whose trusted documents can be changed, and nothing else.
pub struct DocumentDesk {
    data: Database,
}

/// What becomes of documents that the owner has published before and that are not published again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earlier {
    /// They stay: clients of an earlier release still run.
    Stay,
    /// They go.
    Go,
}

/// What is published at once.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Whose the documents are.
    pub owner: DocumentOwner,
    /// The owner's mode from now on; as it was, or [`DocumentMode::Prefer`], where `None`.
    pub mode: Option<DocumentMode>,
    /// The documents.
    pub documents: Vec<TrustedDocument>,
    /// What becomes of the others.
    pub earlier: Earlier,
}

/// What a publication did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Published {
    /// Documents that were not there.
    pub added: usize,
    /// Documents that have other terms than before; with [`Earlier::Go`] another text, too.
    pub changed: usize,
    /// Documents that were there as they are.
    pub unchanged: usize,
    /// Documents that are no longer there.
    pub withdrawn: usize,
}

/// Why documents were neither published nor withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The tenant does not exist.
    #[error("there is no such tenant")]
    UnknownTenant,
    /// Nobody of that name has published anything.
    #[error("this owner has published nothing")]
    UnknownOwner,
    /// The owner has another text under an identifier.
    #[error(
        "\"{0}\" is published with another text: withdraw it first, or publish with --replace if no client sends it any more"
    )]
    OtherText(String),
    /// More than a gateway keeps of one owner.
    #[error(
        "one owner has at most {MOST_DOCUMENTS} documents with {MOST_BYTES} bytes of text: withdraw old ones, or publish with --replace"
    )]
    TooMany,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DocumentDesk {
    /// Opens a migrated database.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn open(address: &Address) -> Result<Self, StoreError> {
        Ok(Self { data: Database::connect(address).await? })
    }

    /// Everybody who has ever published a document.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn owners(&self) -> Result<Vec<TrustedOwner>, StoreError> {
        owners(self.data.reads()).await
    }

    /// The documents of an owner, expired ones too, by identifier.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn documents(&self, owner: &DocumentOwner) -> Result<Vec<TrustedDocument>, StoreError> {
        documents(self.data.reads(), owner).await
    }

    /// Publishes documents, all or none. What is there with the same text and terms stays untouched.
    ///
    /// # Errors
    /// [`DeskError`] says why nothing was changed.
    pub async fn publish(&self, publication: Publication, now: Timestamp) -> Result<Published, DeskError> {
        let Publication { owner, mode, documents: new, earlier } = publication;
        let tx = self.data.begin_writing().await?;
        if let DocumentOwner::Tenant(tenant) = owner {
            exists(&tx, tenant).await?;
        }
        let known = hold(&tx, &owner).await?;
        let mut old: HashMap<String, TrustedDocument> =
            documents(&tx, &owner).await?.into_iter().map(|one| (one.id.clone(), one)).collect();
        let mut done = Published::default();
        let mut kept: (usize, usize) = (0, 0);
        for document in new {
            kept = (kept.0 + 1, kept.1 + document.text.len());
            match old.remove(&document.id) {
                Some(same) if same == document => done.unchanged += 1,
                Some(other) if other.sha256 != document.sha256 && earlier == Earlier::Stay => {
                    return Err(DeskError::OtherText(other.id));
                }
                Some(_) => {
                    done.changed += 1;
                    put(&tx, &owner, document, now).await?;
                }
                None => {
                    done.added += 1;
                    put(&tx, &owner, document, now).await?;
                }
            }
        }
        match earlier {
            Earlier::Stay => {
                let text: usize = old.values().map(|one| one.text.len()).sum();
                kept = (kept.0 + old.len(), kept.1 + text);
            }
            Earlier::Go => done.withdrawn = remove(&tx, &owner, &old.into_keys().collect::<Vec<_>>()).await?,
        }
        if kept.0 > MOST_DOCUMENTS || kept.1 > MOST_BYTES {
            return Err(DeskError::TooMany);
        }
        let mode = mode.unwrap_or(known.mode);
        if done.added + done.changed + done.withdrawn > 0 || mode != known.mode || known.revision == 0 {
            turn(&tx, &owner, mode).await?;
        }
        tx.commit().await.map_err(StoreError::from)?;
        Ok(done)
    }

    /// Withdraws documents by their identifiers, all of the owner's where none is named; gives how many there were. The
    /// owner's mode stays.
    ///
    /// # Errors
    /// [`DeskError::UnknownOwner`], or when the database fails.
    pub async fn withdraw(&self, owner: &DocumentOwner, ids: &[String]) -> Result<usize, DeskError> {
        let tx = self.data.begin_writing().await?;
        let known = self.known(&tx, owner).await?;
        let all;
        let ids = if ids.is_empty() {
            all = documents(&tx, owner).await?.into_iter().map(|one| one.id).collect::<Vec<_>>();
            &all
        } else {
            ids
        };
        let withdrawn = remove(&tx, owner, ids).await?;
        if withdrawn > 0 {
            turn(&tx, owner, known.mode).await?;
        }
        tx.commit().await.map_err(StoreError::from)?;
        Ok(withdrawn)
    }

    /// Sets how documents are taken from an owner's callers.
    ///
    /// # Errors
    /// [`DeskError::UnknownOwner`], or when the database fails.
    pub async fn set_mode(&self, owner: &DocumentOwner, mode: DocumentMode) -> Result<(), DeskError> {
        let tx = self.data.begin_writing().await?;
        self.known(&tx, owner).await?;
        turn(&tx, owner, mode).await?;
        tx.commit().await.map_err(StoreError::from)?;
        Ok(())
    }

    async fn known(&self, tx: &DatabaseTransaction, of: &DocumentOwner) -> Result<TrustedOwner, DeskError> {
        find(tx, of).await?.ok_or(DeskError::UnknownOwner)
    }
}

async fn exists(tx: &DatabaseTransaction, tenant: TenantId) -> Result<(), DeskError> {
    let row = tenant::Entity::find_by_id(tenant.uuid()).select_only().column(tenant::Column::Id);
    let found: Option<uuid::Uuid> = row.into_tuple().one(tx).await.map_err(StoreError::from)?;
    found.map(drop).ok_or(DeskError::UnknownTenant)
}

async fn find(tx: &DatabaseTransaction, of: &DocumentOwner) -> Result<Option<TrustedOwner>, StoreError> {
    let row = trusted_owner::Entity::find_by_id((of.kind().to_owned(), of.id())).lock_exclusive();
    row.one(tx).await?.as_ref().map(owner).transpose()
}

/// The owner's row, made if need be and held until the end of the transaction.
async fn hold(tx: &DatabaseTransaction, of: &DocumentOwner) -> Result<TrustedOwner, StoreError> {
    let new = trusted_owner::ActiveModel {
        kind: Set(of.kind().to_owned()),
        owner: Set(of.id()),
        mode: Set(DocumentMode::Prefer.code().to_owned()),
        revision: Set(0),
    };
    let on_conflict = OnConflict::columns([trusted_owner::Column::Kind, trusted_owner::Column::Owner])
        .do_nothing()
        .to_owned();
    trusted_owner::Entity::insert(new).on_conflict(on_conflict).exec_without_returning(tx).await?;
    let inconsistent = StoreError::Inconsistent { table: "trusted_owner", column: "owner" };
    find(tx, of).await?.ok_or(inconsistent)
}

async fn put(
    tx: &DatabaseTransaction,
    owner: &DocumentOwner,
    document: TrustedDocument,
    now: Timestamp,
) -> Result<(), StoreError> {
    let scopes = document
        .ceiling
        .map(|scopes| scopes.into_iter().map(domain::scope::Scope::text).collect::<Vec<_>>().join(" "));
    let row = trusted_document::ActiveModel {
        kind: Set(owner.kind().to_owned()),
        owner: Set(owner.id()),
        id: Set(document.id),
        sha256: Set(document.sha256.to_vec()),
        document: Set(document.text),
        name: Set(document.name),
        scopes: Set(scopes),
        expires_on: Set(document.expires_on.map(time::date_to_row)),
        published_at: Set(time::to_row(now)),
    };
    let on_conflict = OnConflict::columns([C::Kind, C::Owner, C::Id])
        .update_columns([C::Sha256, C::Document, C::Name, C::Scopes, C::ExpiresOn, C::PublishedAt])
        .to_owned();
    trusted_document::Entity::insert(row).on_conflict(on_conflict).exec_without_returning(tx).await?;
    Ok(())
}

async fn remove(
    tx: &DatabaseTransaction,
    owner: &DocumentOwner,
    ids: &[String],
) -> Result<usize, StoreError> {
    let mut removed = 0;
    // In parts: a statement takes so many values and no more.
    for ids in ids.chunks(500) {
        let these = Condition::all()
            .add(trusted_document::Column::Kind.eq(owner.kind()))
            .add(trusted_document::Column::Owner.eq(owner.id()))
            .add(trusted_document::Column::Id.is_in(ids.iter().map(String::as_str)));
        let done = trusted_document::Entity::delete_many().filter(these).exec(tx).await?;
        removed += usize::try_from(done.rows_affected).unwrap_or(usize::MAX);
    }
    Ok(removed)
}

/// Sets the mode and turns the revision, by which every gateway learns of the change.
async fn turn(tx: &DatabaseTransaction, owner: &DocumentOwner, mode: DocumentMode) -> Result<(), StoreError> {
    let column = trusted_owner::Column::Revision;
    trusted_owner::Entity::update_many()
        .col_expr(trusted_owner::Column::Mode, Expr::value(mode.code()))
        .col_expr(column, Expr::col(column).add(1))
        .filter(trusted_owner::Column::Kind.eq(owner.kind()))
        .filter(trusted_owner::Column::Owner.eq(owner.id()))
        .exec(tx)
        .await?;
    Ok(())
}
