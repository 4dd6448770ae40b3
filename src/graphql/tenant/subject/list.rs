//! Reading persons: by identifier, in pages, and oneself.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::id::SubjectId;
use domain::purpose::Purpose;
use domain::scope::Scope;

use super::super::page::{self, PageInfo, Stand};
use super::super::viewer::own_subject;
use super::DataSubject;
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::operation;
use crate::graphql::scalars::{EmailAddress, PhoneNumber};
use crate::graphql::vocabulary;
use crate::service::disclosure::View;
use crate::service::page::{PageSize, Position};
use crate::service::search::{Found, Search};

const SIZE: PageSize = PageSize { default: 20, most: 100 };

/// Narrows a list of data subjects. Fields combine with AND.
#[derive(InputObject, Default)]
pub struct DataSubjectFilter {
    /// Only these states.
    status: Option<Vec<vocabulary::SubjectStatus>>,
    /// Exact, after normalisation.
    email: Option<EmailAddress>,
    /// Exact, after normalisation.
    phone: Option<PhoneNumber>,
    /// Exact.
    login_name: Option<String>,
    /// Exact.
    external_reference: Option<String>,
    /// Every word of it occurs in the name, whole words, case and accents folded.
    name_words: Option<String>,
}

#[derive(Default)]
pub struct SubjectQuery;

#[Object]
impl SubjectQuery {
    /// A data subject by id.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SubjectsRead])))]
    async fn data_subject(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global identifier, as the gateway handed it out.")] id: ID,
        #[graphql(
            desc = "What the data is read for; it decides what is shown (see Purpose).",
            default_with = "vocabulary::Purpose::ServiceDelivery"
        )]
        purpose: vocabulary::Purpose,
    ) -> Option<Result<DataSubject>> {
        match find(ctx, &id, purpose.into()).await {
            Ok(found) => found.map(Ok),
            Err(error) => Some(Err(error)),
        }
    }

    /// Data subjects, oldest first; `first` defaults to 20, at most 100. For DIRECT_MARKETING only those who consented and did not object.
    #[expect(clippy::too_many_arguments, reason = "the schema's own arguments")]
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SubjectsRead])))]
    async fn data_subjects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
        #[graphql(desc = "Narrows the list; all when left out.")] filter: Option<DataSubjectFilter>,
        #[graphql(
            desc = "What the data is read for; it decides what is shown (see Purpose).",
            default_with = "vocabulary::Purpose::ServiceDelivery"
        )]
        purpose: vocabulary::Purpose,
    ) -> Result<DataSubjectConnection> {
        let purpose = Purpose::from(purpose);
        let entered = operation(ctx)?.enter(ctx, "dataSubject.list", Some(purpose)).await?;
        let search = Search::from(filter.unwrap_or_default());
        let cursors = entered.reading.cursors(search.name(purpose));
        let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
        let first = SIZE.of(first).map_err(page::refused)?;
        let found = search.read(purpose, entered.reading.agreed());
        let found = found.map_err(|invalid| errors::bad_input(invalid.argument, invalid.reason))?;
        let view = entered.view(purpose);
        let listed = view.list(&found, first, behind.map(|position| SubjectId::from_uuid(position.id))).await;
        let (people, more) = listed.map_err(|error| errors::internal(&error))?;
        let ends = page::ends(&people, |person| position(person.id()));
        let stand = Stand { cursors, ends, more, behind: behind.is_some() };
        Ok(DataSubjectConnection { people: DataSubject::page(people), view, stand, found })
    }

    /// The self-service caller's own data.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SelfRead])))]
    async fn me(&self, ctx: &Context<'_>) -> Option<Result<DataSubject>> {
        let gate = operation(ctx).and_then(|operation| {
            operation.gate("Query", ctx).inspect_err(|_| {
                operation.trail.open(&operation.caller, "dataSubject.readOwn", None).denied();
            })
        });
        match gate {
            Ok(()) => own_subject(ctx, "dataSubject.readOwn").await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }
}

fn position(id: SubjectId) -> Position {
    Position { key: 0, id: id.uuid() }
}

async fn find(ctx: &Context<'_>, id: &str, purpose: Purpose) -> Result<Option<DataSubject>> {
    let entered = operation(ctx)?.enter(ctx, "dataSubject.read", Some(purpose)).await?;
    let Ok(id) = SubjectId::parse(id) else {
        return Ok(None);
    };
    let view = entered.view(purpose);
    let found = view.find_for_purpose(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(DataSubject::alone))
}

impl From<DataSubjectFilter> for Search {
    fn from(filter: DataSubjectFilter) -> Self {
        Self {
            status: filter.status.map(|all| all.into_iter().map(Into::into).collect()),
            email: filter.email.map(|email| email.0),
            phone: filter.phone.map(|phone| phone.0),
            login_name: filter.login_name,
            external_reference: filter.external_reference,
            name_words: filter.name_words,
        }
    }
}

/// A page of data subjects.
pub struct DataSubjectConnection {
    people: Vec<DataSubject>,
    view: View,
    stand: Stand,
    found: Found,
}

/// A page of data subjects.
#[Object]
impl DataSubjectConnection {
    /// Edges.
    async fn edges(&self) -> Items<DataSubjectEdge<'_>> {
        self.people.iter().map(|node| DataSubjectEdge { node, stand: &self.stand }).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }

    /// All that match, counted only when asked for.
    async fn total_count(&self) -> Result<i32> {
        let counted = self.view.count(&self.found).await;
        Ok(page::count(counted.map_err(|error| errors::internal(&error))?))
    }
}

/// A data subject in a page.
pub struct DataSubjectEdge<'p> {
    node: &'p DataSubject,
    stand: &'p Stand,
}

/// A data subject in a page.
#[Object]
impl<'p> DataSubjectEdge<'p> {
    /// Opaque.
    async fn cursor(&self) -> Result<String> {
        page::cursor(&self.stand.cursors, position(self.node.subject()))
    }

    /// The data subject.
    async fn node(&self) -> &'p DataSubject {
        self.node
    }
}
