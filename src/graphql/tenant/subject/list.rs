//! Reading persons: by identifier, in pages, and oneself.

use async_graphql::{Context, ID, InputObject, Object, Result};
use domain::category::DataCategory;
use domain::email::EmailAddress as Email;
use domain::external_reference::ExternalReference;
use domain::id::SubjectId;
use domain::login_name::LoginName;
use domain::person_name::folded_words;
use domain::personal::Personal;
use domain::phone::PhoneNumber as Phone;
use domain::purpose::Purpose;
use domain::scope::Scope;
use domain::subject::SubjectStatus;
use store::{IndexKind, Term};

use super::super::page::{self, PageInfo, Stand};
use super::super::viewer::own_subject;
use super::{DataSubject, View};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::{EmailAddress, PhoneNumber};
use crate::graphql::vocabulary;
use crate::service::page::{Cursors, PageSize, Position};

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
        let filter = filter.unwrap_or_default();
        let store = entered.reading.gateway.store.clone();
        let cursors = Cursors::new(store, entered.reading.tx.tenant(), filter.query(purpose));
        let behind = cursors.open(after.as_deref()).map_err(page::refused)?;
        let query = store::SubjectQuery {
            first: SIZE.of(first).map_err(page::refused)?,
            after: behind.map(|position| SubjectId::from_uuid(position.id)),
            statuses: filter.statuses(purpose),
            terms: filter.terms()?,
            consented_to: (purpose == Purpose::DirectMarketing).then_some(purpose),
        };
        let view = View::new(entered, purpose);
        let nobody = filter.names_nobody(purpose, view.entered.reading.tx.agreed());
        let mut people = if nobody {
            Vec::new()
        } else {
            let listed = view.entered.reading.tx.list_subjects(&query).await;
            listed.map_err(|error| errors::internal(&error))?
        };
        let more = people.len() > query.first as usize;
        people.truncate(query.first as usize);
        let ends = page::ends(&people, |person| position(person.id));
        let stand = Stand { cursors, ends, more, behind: behind.is_some() };
        Ok(DataSubjectConnection { people: view.people(people), view, stand, query, nobody })
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
    let tx = &entered.reading.tx;
    let found = tx.find_subject(id).await.map_err(|error| errors::internal(&error))?;
    let Some(person) = found else {
        return Ok(None);
    };
    if purpose == Purpose::DirectMarketing {
        let consents = tx.list_consents(&[id]).await.map_err(|error| errors::internal(&error))?;
        let consented =
            consents.iter().any(|consent| consent.purpose == purpose && consent.withdrawn_at.is_none());
        if !consented || person.status != SubjectStatus::Active {
            entered.entry.reached(id);
            entered.entry.denied();
            return Ok(None);
        }
    }
    Ok(Some(View::new(entered, purpose).person(person)))
}

impl DataSubjectFilter {
    /// Only persons whose data may be used are on the marketing list.
    fn statuses(&self, purpose: Purpose) -> Vec<SubjectStatus> {
        if purpose == Purpose::DirectMarketing {
            return vec![SubjectStatus::Active];
        }
        self.status.iter().flatten().map(|status| (*status).into()).collect()
    }

    /// Whether the filter can find nobody: a list of states that the purpose does not see, or a value of a category
    /// outside the agreement, which is no more served by being searched for than by being shown.
    fn names_nobody(&self, purpose: Purpose, agreed: &domain::category::Categories) -> bool {
        let status = self.status.as_deref();
        let unseen = status.is_some_and(|wanted| {
            let active = wanted.contains(&vocabulary::SubjectStatus::Active);
            wanted.is_empty() || purpose == Purpose::DirectMarketing && !active
        });
        let searched = [
            (self.email.is_some(), DataCategory::Email),
            (self.phone.is_some(), DataCategory::Phone),
            (self.login_name.is_some(), DataCategory::LoginName),
            (self.name_words.is_some(), DataCategory::Name),
        ];
        let whole = purpose == Purpose::RightsHandling;
        unseen || !whole && searched.iter().any(|(given, category)| *given && !agreed.contains(category))
    }

    fn terms(&self) -> Result<Vec<Term>> {
        let mut terms = Vec::new();
        let mut add = |kind, normalised| terms.push(Term { kind, normalised: Personal::new(normalised) });
        if let Some(email) = &self.email {
            let email = Email::parse(&email.0).map_err(|reason| errors::bad_input("filter.email", reason))?;
            add(IndexKind::Email, email.normalised());
        }
        if let Some(phone) = &self.phone {
            let phone = Phone::parse(&phone.0).map_err(|reason| errors::bad_input("filter.phone", reason))?;
            add(IndexKind::Phone, phone.normalised());
        }
        if let Some(login) = &self.login_name {
            let login =
                LoginName::parse(login).map_err(|reason| errors::bad_input("filter.loginName", reason))?;
            add(IndexKind::LoginName, login.normalised());
        }
        if let Some(reference) = &self.external_reference {
            let read = ExternalReference::parse(reference);
            let reference = read.map_err(|reason| errors::bad_input("filter.externalReference", reason))?;
            add(IndexKind::ExternalReference, reference.normalised());
        }
        if let Some(phrase) = &self.name_words {
            let words = folded_words(phrase);
            if words.is_empty() {
                return Err(errors::bad_input("filter.nameWords", domain::invalid::Invalid::Empty));
            }
            for word in words {
                add(IndexKind::NameWord, word);
            }
        }
        Ok(terms)
    }

    /// The list's name, for its cursors: the field and every argument but `first`.
    fn query(&self, purpose: Purpose) -> String {
        let status = self
            .status
            .as_ref()
            .map(|all| all.iter().map(|one| SubjectStatus::from(*one).code()).collect::<Vec<_>>());
        let values = serde_json::json!([
            "dataSubjects",
            purpose.code(),
            status,
            self.email.as_ref().map(|email| &email.0),
            self.phone.as_ref().map(|phone| &phone.0),
            self.login_name,
            self.external_reference,
            self.name_words,
        ]);
        values.to_string()
    }
}

/// A page of data subjects.
pub struct DataSubjectConnection {
    people: Vec<DataSubject>,
    view: View,
    stand: Stand,
    query: store::SubjectQuery,
    nobody: bool,
}

/// A page of data subjects.
#[Object]
impl DataSubjectConnection {
    /// Edges.
    async fn edges(&self) -> Vec<DataSubjectEdge<'_>> {
        self.people.iter().map(|node| DataSubjectEdge { node, stand: &self.stand }).collect()
    }

    /// Page info.
    async fn page_info(&self) -> Result<PageInfo> {
        self.stand.info()
    }

    /// All that match, counted only when asked for.
    async fn total_count(&self) -> Result<i32> {
        if self.nobody {
            return Ok(0);
        }
        let counted = self.view.entered.reading.tx.count_subjects(&self.query).await;
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
