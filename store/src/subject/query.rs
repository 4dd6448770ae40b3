//! Lists of persons: pages, counts, and searches by blind index.

use domain::id::SubjectId;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use entity::data_subject::{Column, Entity};
use entity::{consent, data_subject, subject_index};
use sea_orm::sea_query::{Expr, ExprTrait as _, Order, Query, SelectStatement};
use sea_orm::{ColumnTrait as _, Condition};

use super::StoredSubject;
use crate::error::StoreError;
use crate::scoped::Rows;
use crate::tenant_tx::{Sees, TenantTx};
use crate::vault::{Term, Token};

/// Which persons a list holds.
#[derive(Clone)]
pub struct SubjectQuery {
    /// How many at most.
    pub first: u32,
    /// Only those registered after this one.
    pub after: Option<SubjectId>,
    /// Only these states; all when empty.
    pub statuses: Vec<SubjectStatus>,
    /// Every term must fit.
    pub terms: Vec<Term>,
    /// For what the terms are searched: persons whose values the purpose may not read are not found by them.
    pub searched_for: Option<Purpose>,
    /// Only persons with a consent to this purpose that was not withdrawn; for direct marketing it must be later than
    /// the last objection (Art. 21(3)).
    pub consented_to: Option<Purpose>,
}

impl SubjectQuery {
    /// The first page of everybody.
    #[must_use]
    pub const fn first(first: u32) -> Self {
        Self {
            first,
            after: None,
            statuses: Vec::new(),
            terms: Vec::new(),
            searched_for: None,
            consented_to: None,
        }
    }
}

impl<S: Sees> TenantTx<S> {
    /// A page of persons, oldest first: `first` and one more where there is one.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list_subjects(&self, query: &SubjectQuery) -> Result<Vec<StoredSubject>, StoreError> {
        let mut rows = self.matching(query).await?;
        if let Some(after) = query.after {
            rows = rows.filter(Column::Id.gt(after.uuid()));
        }
        let rows =
            rows.order_by(Column::Id, Order::Asc).limit(u64::from(query.first) + 1).all(&self.bound).await?;
        self.with_keys(rows).await
    }

    /// How many persons the list holds in all.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn count_subjects(&self, query: &SubjectQuery) -> Result<u64, StoreError> {
        self.matching(query).await?.count(&self.bound).await
    }

    async fn matching(&self, query: &SubjectQuery) -> Result<Rows<Entity>, StoreError> {
        let mut rows = self.bound.find::<Entity>();
        if !query.statuses.is_empty() {
            rows = rows.filter(Column::Status.is_in(query.statuses.iter().map(|status| status.code())));
        }
        for term in &query.terms {
            let token = self.token(term).await?;
            let indexed = Query::select()
                .column(subject_index::Column::SubjectId)
                .from(subject_index::Entity)
                .and_where(subject_index::Column::TenantId.eq(self.tenant().uuid()))
                .and_where(subject_index::Column::Kind.eq(term.kind.code()))
                .and_where(subject_index::Column::Token.eq(token.into_bytes()))
                .to_owned();
            rows = rows.filter(Column::Id.in_subquery(indexed));
        }
        if let Some(purpose) = query.searched_for {
            rows = rows.filter(readable_for(purpose));
        }
        if let Some(purpose) = query.consented_to {
            rows = rows.filter(Column::Id.in_subquery(self.consented(purpose)));
        }
        Ok(rows)
    }

    fn consented(&self, purpose: Purpose) -> SelectStatement {
        let of_person = Condition::all()
            .add(
                Expr::col((data_subject::Entity, Column::TenantId))
                    .equals((consent::Entity, consent::Column::TenantId)),
            )
            .add(
                Expr::col((data_subject::Entity, Column::Id))
                    .equals((consent::Entity, consent::Column::SubjectId)),
            );
        let mut consented = Query::select();
        consented
            .column((consent::Entity, consent::Column::SubjectId))
            .from(consent::Entity)
            .inner_join(data_subject::Entity, of_person)
            .and_where(consent::Column::TenantId.eq(self.tenant().uuid()))
            .and_where(consent::Column::Purpose.eq(purpose.code()))
            .and_where(consent::Column::WithdrawnAt.is_null());
        if purpose == Purpose::DirectMarketing {
            let objected = Expr::col((data_subject::Entity, Column::MarketingObjectedAt));
            let given = Expr::col((consent::Entity, consent::Column::GrantedAt));
            consented.cond_where(Condition::any().add(objected.clone().is_null()).add(given.gt(objected)));
        }
        consented
    }

    /// Which of the terms that must be unique are already another person's.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn taken_terms<'t>(
        &self,
        terms: &'t [Term],
        except: Option<SubjectId>,
    ) -> Result<Vec<&'t Term>, StoreError> {
        let mut others = Vec::new();
        for term in terms.iter().filter(|term| term.kind.is_unique()) {
            let token = self.token(term).await?;
            let mut same = Condition::all()
                .add(subject_index::Column::Kind.eq(term.kind.code()))
                .add(subject_index::Column::Token.eq(token.into_bytes()));
            if let Some(except) = except {
                same = same.add(subject_index::Column::SubjectId.ne(except.uuid()));
            }
            let found = self.bound.find::<subject_index::Entity>().filter(same).one(&self.bound).await?;
            if found.is_some() {
                others.push(term);
            }
        }
        Ok(others)
    }

    pub(crate) async fn token(&self, term: &Term) -> Result<Token, StoreError> {
        let keys = self.vault.tenant_keys(self.tenant()).await?;
        Ok(Token::of(&keys.index, term))
    }
}

/// Persons whose values the purpose may read (contract rules 3, 4 and 13).
fn readable_for(purpose: Purpose) -> Condition {
    let mut readable = Condition::all()
        .add(Expr::col(Column::EndedPurposes).cast_as("text").not_like(format!("%\"{}\"%", purpose.code())));
    if !purpose.reads_restricted() {
        readable = readable.add(Column::Restricted.eq(false));
    }
    if !purpose.reads_retained() {
        readable = readable.add(Column::Status.ne(SubjectStatus::PartiallyErased.code()));
    }
    readable
}
