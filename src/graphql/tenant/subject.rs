//! Persons.

mod input;
mod list;
mod mutation;
mod siblings;

use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::category::DataCategory;
use domain::disclosure::{Disclosure, Processing, Shown, Withheld};
use domain::id::SubjectId;
use domain::purpose::Purpose;
use domain::scope::Scope;
use store::{StoreError, StoredSubject};

use super::audit::{AuditEventConnection, access_log};
use super::consent::Consent;
use super::request::{RightsRequestConnection, requests_of};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, personal_data, requires_scopes};
use crate::graphql::operation::{Entered, operation};
use crate::graphql::scalars::{CountryCode, DateTime, EmailAddress, PhoneNumber};
use crate::graphql::vocabulary;

pub use list::SubjectQuery;
pub use mutation::SubjectMutation;
pub use siblings::Siblings;

/// How persons are looked at: by whom, for what, and into which entry of the audit log what is shown is written.
#[derive(Clone)]
pub struct View {
    /// The root field that was entered.
    pub entered: Entered,
    /// What the data is read for.
    pub purpose: Purpose,
}

impl View {
    /// A view for a purpose.
    pub const fn new(entered: Entered, purpose: Purpose) -> Self {
        Self { entered, purpose }
    }

    /// One person.
    pub fn person(&self, person: StoredSubject) -> DataSubject {
        let siblings = Arc::new(Siblings::new(vec![person.id]));
        self.entered.entry.reached(person.id);
        DataSubject { person, view: self.clone(), siblings }
    }

    /// The persons of a page, which load what hangs on them together.
    pub fn people(&self, people: Vec<StoredSubject>) -> Vec<DataSubject> {
        let ids: Vec<SubjectId> = people.iter().map(|person| person.id).collect();
        self.entered.entry.reached_all(ids.iter().copied());
        let siblings = Arc::new(Siblings::new(ids));
        let person = |person| DataSubject { person, view: self.clone(), siblings: Arc::clone(&siblings) };
        people.into_iter().map(person).collect()
    }
}

/// A natural person whose personal data the tenant controls (registrerad).
pub struct DataSubject {
    person: StoredSubject,
    view: View,
    siblings: Arc<Siblings>,
}

impl DataSubject {
    /// The person's identifier.
    pub const fn subject(&self) -> SubjectId {
        self.person.id
    }

    /// The one way to a value: the token's scopes, then the disclosure decision, then the key, then the entry.
    fn show(&self, ctx: &Context<'_>, category: DataCategory) -> Result<Option<String>> {
        let entry = &self.view.entered.entry;
        operation(ctx)?.gate("DataSubject", ctx).inspect_err(|_| entry.denied())?;
        let reading = &self.view.entered.reading;
        let disclosure = Disclosure {
            purpose: self.view.purpose,
            agreed: reading.tx.agreed(),
            processing: Processing::Unrestricted,
            ended: &BTreeSet::new(),
            status: self.person.status,
            reader: reading.caller.reader(),
        };
        match disclosure.shows(category) {
            Shown::Yes => {}
            Shown::No(Withheld::Erased | Withheld::OutsideAgreement) => return Ok(None),
            Shown::No(_) => {
                entry.withheld();
                return Ok(None);
            }
        }
        let value = match self.person.open(category) {
            Ok(value) => value,
            Err(StoreError::KeyGone) => None,
            Err(error) => return Err(errors::internal(&error)),
        };
        if value.is_some() {
            entry.disclosed(category);
        }
        Ok(value.map(domain::personal::Personal::into_revealed))
    }

    fn text(&self, ctx: &Context<'_>, category: DataCategory) -> Option<Result<String>> {
        self.show(ctx, category).transpose()
    }
}

const READS: &[Scope] = &[Scope::SubjectsRead, Scope::SelfRead];

/// A natural person whose personal data the tenant controls (registrerad).
#[Object]
impl DataSubject {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.person.id.to_string().into()
    }

    /// The tenant's own key for the person, unique within the tenant.
    async fn external_reference(&self) -> Option<Result<String>> {
        match self.person.open_reference() {
            Ok(reference) => reference.map(|reference| Ok(reference.into_revealed())),
            Err(StoreError::KeyGone) => None,
            Err(error) => Some(Err(errors::internal(&error))),
        }
    }

    /// Whether data may be used, only kept, or is gone.
    async fn status(&self) -> vocabulary::SubjectStatus {
        self.person.status.into()
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
        Some(self.text(ctx, DataCategory::Password)?.map(|_| true))
    }

    /// Consents, newest first; one per purpose is current.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::ConsentsRead, Scope::SelfRead])))]
    async fn consents(&self, ctx: &Context<'_>) -> Result<Vec<Consent>> {
        operation(ctx)?.gate("DataSubject", ctx).inspect_err(|_| self.view.entered.entry.denied())?;
        let consents = self.siblings.consents(&self.view.entered.reading).await?;
        Ok(consents.get(&self.person.id).into_iter().flatten().cloned().map(Consent).collect())
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
        operation(ctx)?.gate("DataSubject", ctx).inspect_err(|_| self.view.entered.entry.denied())?;
        let requests = self.siblings.requests(&self.view.entered.reading).await?;
        let own = requests.get(&self.person.id).cloned().unwrap_or_default();
        requests_of(&self.view.entered, self.person.id, own, (first, after))
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
        operation(ctx)?.gate("DataSubject", ctx).inspect_err(|_| self.view.entered.entry.denied())?;
        access_log(&self.view.entered.reading, self.person.id, (first, after)).await
    }

    /// When the person was registered.
    async fn created_at(&self) -> DateTime {
        self.person.created_at.into()
    }

    /// When any of the person's data last changed.
    async fn updated_at(&self) -> DateTime {
        self.person.updated_at.into()
    }

    /// When the person's data was erased.
    async fn erased_at(&self) -> Option<DateTime> {
        self.person.erased_at.map(Into::into)
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
