//! Persons.

mod input;
mod list;
mod mutation;
mod siblings;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::category::DataCategory;
use domain::id::SubjectId;
use domain::scope::Scope;

use super::accounting::{AccountingRecordConnection, OwnRecords, records_of};
use super::audit::{AuditEventConnection, access_log};
use super::consent::Consent;
use super::hold::LegalHold;
use super::request::{ErasurePlan, OwnRequests, RightsRequestConnection, Whose, requests_of};
use super::restriction::Restriction;
use crate::graphql::errors;
use crate::graphql::gate::{any_of, personal_data, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::{Entered, operation};
use crate::graphql::scalars::{CountryCode, DateTime, EmailAddress, PhoneNumber};
use crate::graphql::vocabulary;
use crate::service::disclosure::Person;
use crate::service::privacy_notice::Seat;
use crate::service::records::StoreError;

pub use list::SubjectQuery;
pub use mutation::SubjectMutation;
pub use siblings::Siblings;

/// A natural person whose personal data the tenant controls (registrerad).
pub struct DataSubject {
    person: Arc<Person>,
    siblings: Arc<Siblings>,
}

impl DataSubject {
    /// A person on their own.
    pub fn alone(person: Person) -> Self {
        let siblings = Arc::new(Siblings::new(vec![person.id()]));
        Self { person: Arc::new(person), siblings }
    }

    /// A person among others, with whom they load what hangs on them.
    pub const fn among(person: Arc<Person>, siblings: Arc<Siblings>) -> Self {
        Self { person, siblings }
    }

    /// The persons of a page, which load what hangs on them together.
    pub fn page(people: Vec<Person>) -> Vec<Self> {
        let siblings = Arc::new(Siblings::new(people.iter().map(Person::id).collect()));
        people.into_iter().map(|person| Self::among(Arc::new(person), Arc::clone(&siblings))).collect()
    }

    /// The person's identifier.
    pub fn subject(&self) -> SubjectId {
        self.person.id()
    }

    fn gate(&self, ctx: &Context<'_>) -> Result<()> {
        operation(ctx)?.gate("DataSubject", ctx).inspect_err(|_| self.person.view().entry().denied())
    }

    fn text(&self, ctx: &Context<'_>, category: DataCategory) -> Option<Result<String>> {
        let shown = self
            .gate(ctx)
            .and_then(|()| self.person.show(category).map_err(|error| errors::internal(&error)));
        shown.transpose()
    }
}

const READS: &[Scope] = &[Scope::SubjectsRead, Scope::SelfRead];

/// A natural person whose personal data the tenant controls (registrerad).
#[Object]
impl DataSubject {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.person.id().to_string().into()
    }

    /// The tenant's own key for the person, unique within the tenant.
    async fn external_reference(&self) -> Option<Result<String>> {
        self.person.reference().map_err(|error| errors::internal(&error)).transpose()
    }

    /// Whether data may be used, only kept, or is gone.
    async fn status(&self) -> vocabulary::SubjectStatus {
        self.person.status().into()
    }

    /// Full name.
    #[graphql(directive = requires_scopes::apply(any_of(READS)), directive = personal_data::apply(Some(DataCategory::Name.into())))]
    async fn name(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.text(ctx, DataCategory::Name)
    }

    /// Position, role or title.
    #[graphql(directive = requires_scopes::apply(any_of(READS)), directive = personal_data::apply(Some(DataCategory::Position.into())))]
    async fn position(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.text(ctx, DataCategory::Position)
    }

    /// Telephone.
    #[graphql(directive = requires_scopes::apply(any_of(READS)), directive = personal_data::apply(Some(DataCategory::Phone.into())))]
    async fn phone(&self, ctx: &Context<'_>) -> Option<Result<PhoneNumber>> {
        Some(self.text(ctx, DataCategory::Phone)?.map(PhoneNumber))
    }

    /// Postal address.
    #[graphql(directive = requires_scopes::apply(any_of(READS)), directive = personal_data::apply(Some(DataCategory::Address.into())))]
    async fn address(&self, ctx: &Context<'_>) -> Option<Result<PostalAddress>> {
        Some(self.text(ctx, DataCategory::Address)?.and_then(|stored| PostalAddress::read(&stored)))
    }

    /// E-mail.
    #[graphql(directive = requires_scopes::apply(any_of(READS)), directive = personal_data::apply(Some(DataCategory::Email.into())))]
    async fn email(&self, ctx: &Context<'_>) -> Option<Result<EmailAddress>> {
        Some(self.text(ctx, DataCategory::Email)?.map(EmailAddress))
    }

    /// Login name of a registered user.
    #[graphql(directive = requires_scopes::apply(any_of(READS)), directive = personal_data::apply(Some(DataCategory::LoginName.into())))]
    async fn login_name(&self, ctx: &Context<'_>) -> Option<Result<String>> {
        self.text(ctx, DataCategory::LoginName)
    }

    /// Whether a password verifier is held. The password itself is never stored or shown.
    #[graphql(directive = requires_scopes::apply(any_of(READS)), directive = personal_data::apply(Some(DataCategory::Password.into())))]
    async fn has_password(&self, ctx: &Context<'_>) -> Option<Result<bool>> {
        let held = self.gate(ctx).and_then(|()| {
            self.person.holds(DataCategory::Password).map_err(|error| errors::internal(&error))
        });
        held.transpose()
    }

    /// Invoices, quotes and contracts that name the person.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AccountingRead, Scope::SelfRead])))]
    async fn accounting_records(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
        #[graphql(desc = "Only this kind; all kinds when left out.")] kind: Option<
            vocabulary::AccountingRecordKind,
        >,
    ) -> Result<AccountingRecordConnection> {
        self.gate(ctx)?;
        let person = &self.person;
        // Where the purpose shows none, none is read.
        let records = if person.lists_records() {
            self.siblings.records(person.view().reading()).await?.get(&person.id())
        } else {
            None
        };
        let records = records.map_or(&[][..], Vec::as_slice);
        records_of(&OwnRecords { person, records, kind: kind.map(Into::into) }, (first, after))
    }

    /// Consents, newest first; one per purpose is current.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::ConsentsRead, Scope::SelfRead])))]
    async fn consents(&self, ctx: &Context<'_>) -> Result<Items<Consent>> {
        self.gate(ctx)?;
        let consents = self.siblings.consents(self.person.view().reading()).await?;
        Ok(consents.get(&self.person.id()).into_iter().flatten().cloned().map(Consent).collect())
    }

    /// Restrictions of processing in force or lifted (Art. 18), newest first.
    #[graphql(directive = requires_scopes::apply(any_of(READS)))]
    async fn restrictions(&self, ctx: &Context<'_>) -> Result<Items<Restriction>> {
        self.gate(ctx)?;
        let restrictions = self.siblings.restrictions(self.person.view().reading()).await?;
        Ok(restrictions.get(&self.person.id()).into_iter().flatten().copied().map(Restriction).collect())
    }

    /// Orders and interests that stop an erasure.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SubjectsRead])))]
    async fn legal_holds(&self, ctx: &Context<'_>) -> Result<Items<LegalHold>> {
        self.gate(ctx)?;
        let holds = self.siblings.holds(self.person.view().reading()).await?;
        Ok(holds.get(&self.person.id()).into_iter().flatten().cloned().map(LegalHold).collect())
    }

    /// The person's rights requests, newest first; `first` defaults to 20, at most 100.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsRead, Scope::SelfRead])))]
    async fn rights_requests(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
    ) -> Result<RightsRequestConnection> {
        self.gate(ctx)?;
        let (requests, siblings) = self.siblings.requests(self.person.view().reading()).await?;
        let person = self.person.id();
        let requests = requests.get(&person).cloned().unwrap_or_default();
        let own = OwnRequests { person, requests, siblings: Arc::clone(siblings) };
        let view = self.person.view();
        let entered = Entered { reading: Arc::clone(view.reading()), entry: view.entry().clone() };
        requests_of(&entered, own, (first, after))
    }

    /// What an erasure today would erase and what it would have to keep, and why. Changes nothing.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsRead, Scope::SelfRead])))]
    async fn erasure_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these categories; all when left out.")] categories: Option<
            Vec<vocabulary::DataCategory>,
        >,
    ) -> Result<ErasurePlan> {
        self.gate(ctx)?;
        let categories: Option<Vec<DataCategory>> =
            categories.map(|all| all.into_iter().map(Into::into).collect());
        let planned = self.person.erasure_plan(categories.as_deref()).await;
        let planned = planned.map_err(|error| errors::internal(&error))?;
        let planned = planned.map_err(|reason| errors::bad_input("categories", reason))?;
        let whose = Whose::Person(Arc::clone(&self.person), Arc::clone(&self.siblings));
        Ok(ErasurePlan::new(planned, &whose))
    }

    /// Who read or changed the person's data, when and for what, newest first; `first` defaults to 50, at most 200.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::AuditRead, Scope::SelfRead])))]
    async fn access_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many at most; the default and the limit stand in the field's description.")]
        first: Option<i32>,
        #[graphql(desc = "Cursor of the edge that the page starts after.")] after: Option<String>,
    ) -> Result<AuditEventConnection> {
        self.gate(ctx)?;
        access_log(self.person.view().reading(), self.person.id(), (first, after)).await
    }

    /// When the person was registered.
    async fn created_at(&self) -> DateTime {
        self.person.created_at().into()
    }

    /// When any of the person's data last changed.
    async fn updated_at(&self) -> DateTime {
        self.person.updated_at().into()
    }

    /// When the person's data was erased.
    async fn erased_at(&self) -> Option<DateTime> {
        self.person.erased_at().map(Into::into)
    }
}

/// A postal address.
#[derive(SimpleObject)]
pub struct PostalAddress {
    /// Street and number, or box; at most three lines.
    lines: Vec<String>,
    /// Postal code (163 46).
    postal_code: String,
    /// Town.
    locality: String,
    /// Country.
    country: CountryCode,
}

impl From<Seat> for PostalAddress {
    fn from(seat: Seat) -> Self {
        Self {
            lines: seat.lines,
            postal_code: seat.postal_code,
            locality: seat.locality,
            country: CountryCode(seat.country.to_owned()),
        }
    }
}

impl PostalAddress {
    fn read(stored: &str) -> Result<Self> {
        let inconsistent =
            |_| errors::internal(&StoreError::Inconsistent { table: "data_subject", column: "ADDRESS" });
        let address: domain::address::PostalAddress = serde_json::from_str(stored).map_err(inconsistent)?;
        Ok(Self {
            lines: address.lines().to_vec(),
            postal_code: address.postal_code().to_owned(),
            locality: address.locality().to_owned(),
            country: CountryCode(address.country().as_str().to_owned()),
        })
    }
}
