//! Trusted documents: read by every gateway, written by the platform's own command alone. They are program text of front
//! ends; no person is in them.

mod desk;

use domain::scope::{Scope, Scopes};
use domain::trusted::{DocumentMode, DocumentOwner};
use entity::{trusted_document, trusted_owner};
use jiff::civil::Date;
use sea_orm::sea_query::{Alias, Expr, ExprTrait as _, Func};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

pub use desk::{DeskError, DocumentDesk, Earlier, Publication, Published};

use crate::door::Store;
use crate::error::StoreError;
use crate::time;

/// A document that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedDocument {
    /// Its identifier, unique with its owner.
    pub id: String,
    /// SHA-256 of the text.
    pub sha256: [u8; 32],
    /// The text.
    pub text: String,
    /// The operation's name, where it is known.
    pub name: Option<String>,
    /// With this document a token counts as having no more scopes than these.
    pub ceiling: Option<Scopes>,
    /// The first day on which it is as if it had never been.
    pub expires_on: Option<Date>,
}

/// Somebody who has published documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedOwner {
    /// Who.
    pub owner: DocumentOwner,
    /// How documents are taken from its callers.
    pub mode: DocumentMode,
    /// Grows with each change of its documents.
    pub revision: i64,
}

impl Store {
    /// A number that grows with each change of any document. It is asked for by the clock and for no request, so that it is
    /// not among [`Store::statements`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn trusted_revision(&self) -> Result<i64, StoreError> {
        let sum = Func::coalesce([Expr::col(trusted_owner::Column::Revision).sum(), Expr::val(0)]);
        let revision = Expr::expr(sum).cast_as(Alias::new("bigint"));
        let query = trusted_owner::Entity::find().select_only().expr_as(revision, "revision");
        Ok(query.into_tuple().one(self.data.unmetered()).await?.unwrap_or_default())
    }

    /// Everybody who has ever published a document.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn trusted_owners(&self) -> Result<Vec<TrustedOwner>, StoreError> {
        owners(self.data.reads()).await
    }

    /// The documents of an owner, expired ones too.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn trusted_documents(&self, owner: &DocumentOwner) -> Result<Vec<TrustedDocument>, StoreError> {
        documents(self.data.reads(), owner).await
    }
}

async fn owners<C: ConnectionTrait>(connection: &C) -> Result<Vec<TrustedOwner>, StoreError> {
    let rows = trusted_owner::Entity::find().order_by_asc(trusted_owner::Column::Kind);
    let rows = rows.order_by_asc(trusted_owner::Column::Owner).all(connection).await?;
    rows.iter().map(owner).collect()
}

fn owner(row: &trusted_owner::Model) -> Result<TrustedOwner, StoreError> {
    let inconsistent = |column| StoreError::Inconsistent { table: "trusted_owner", column };
    Ok(TrustedOwner {
        owner: DocumentOwner::from_parts(&row.kind, &row.owner).ok_or(inconsistent("owner"))?,
        mode: DocumentMode::from_code(&row.mode).ok_or(inconsistent("mode"))?,
        revision: row.revision,
    })
}

async fn documents<C: ConnectionTrait>(
    connection: &C,
    owner: &DocumentOwner,
) -> Result<Vec<TrustedDocument>, StoreError> {
    let of_owner =
        trusted_document::Column::Kind.eq(owner.kind()).and(trusted_document::Column::Owner.eq(owner.id()));
    let rows = trusted_document::Entity::find().filter(of_owner).order_by_asc(trusted_document::Column::Id);
    rows.all(connection).await?.into_iter().map(document).collect()
}

fn document(row: trusted_document::Model) -> Result<TrustedDocument, StoreError> {
    let inconsistent = |column| StoreError::Inconsistent { table: "trusted_document", column };
    // An unknown scope in a ceiling opens nothing.
    let scopes = |listed: &str| listed.split_whitespace().filter_map(Scope::from_text).collect();
    Ok(TrustedDocument {
        sha256: row.sha256.try_into().map_err(|_| inconsistent("sha256"))?,
        ceiling: row.scopes.as_deref().map(scopes),
        expires_on: row.expires_on.map(time::date_from_row),
        id: row.id,
        text: row.document,
        name: row.name,
    })
}
