//! A tenant of the running gateway.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::time::Duration;

use auth::Authority;
use domain::actor::Actor;
use domain::agreement::AgreementTerms;
use domain::calendar::civil_date;
use domain::category::{Categories, DataCategory};
use domain::country::CountryCode;
use domain::id::{AgreementId, SubjectId, TenantId};
use domain::language::Language;
use domain::purpose::{LegalBasis, Purpose};
use domain::scope::Scope;
use domain::tenant::{DEFAULT_RETURN_DAYS, return_ends_on};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use serde_json::{Value, json};
use store::{AuditEvent, NewActivity, NewTenant, StoredContact};

use crate::agreement::agreed_before;
use crate::caller::{Api, Caller};
use crate::test_gateway::TestGateway;

/// What a tenant agreed to.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Registered name.
    pub name: &'static str,
    /// Language of its letters.
    pub language: Language,
    /// The categories of the agreement in force; `None` where none was signed.
    pub agreed: Option<Categories>,
    /// First day in force.
    pub from: Date,
    /// Last day in force.
    pub to: Option<Date>,
    /// On what the processing rests.
    pub basis: LegalBasis,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            name: "Provtryckeriet AB",
            language: Language::Sv,
            agreed: Some(DataCategory::ALL.into_iter().collect()),
            from: date(2024, 1, 1),
            to: None,
            basis: LegalBasis::Contract,
        }
    }
}

/// A tenant of the running gateway.
pub struct Tenant<'g> {
    gateway: &'g TestGateway,
    /// The tenant.
    pub id: TenantId,
}

impl TestGateway {
    /// A tenant with an agreement in force that covers every category.
    pub async fn tenant(&self) -> Tenant<'_> {
        self.tenant_with(Terms::default()).await
    }

    /// A tenant on its own terms.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn tenant_with(&self, terms: Terms) -> Tenant<'_> {
        let id = TenantId::new(self.now(), self.entropy());
        let operator = self.service().store.operator();
        let event = done_by_the_platform("tenant.onboard");
        operator.create_tenant(new_tenant(id, &terms), &event, None).await.expect("a tenant can be taken on");
        let tenant = Tenant { gateway: self, id };
        if let Some(categories) = terms.agreed {
            tenant
                .signs(1, AgreementTerms { categories, effective_from: terms.from, effective_to: terms.to })
                .await;
        }
        tenant
    }

    /// A tenant that was taken on by other means.
    #[must_use]
    pub const fn existing_tenant(&self, id: TenantId) -> Tenant<'_> {
        Tenant { gateway: self, id }
    }

    /// A tenant that was taken on by other means, by the text of its identifier.
    ///
    /// # Panics
    /// When it is no identifier of a tenant.
    #[must_use]
    pub fn tenant_named(&self, id: &str) -> Tenant<'_> {
        self.existing_tenant(TenantId::parse(id).expect("an identifier of a tenant"))
    }

    /// A tenant that does not exist.
    #[must_use]
    pub fn no_tenant(&self) -> Tenant<'_> {
        Tenant { gateway: self, id: TenantId::new(self.now(), self.entropy()) }
    }
}

impl<'g> Tenant<'g> {
    /// The gateway that serves it.
    #[must_use]
    pub const fn gateway(&self) -> &'g TestGateway {
        self.gateway
    }

    /// Both parties sign another version of the agreement.
    ///
    /// # Panics
    /// When the database refuses it.
    pub async fn signs(&self, version: u16, terms: AgreementTerms) {
        let operator = self.gateway.service().store.operator();
        let id = AgreementId::new(self.gateway.now(), self.gateway.entropy());
        let new = agreed_before((self.id, id), version, terms);
        let event = done_by_the_platform("agreement.offer");
        operator.put_agreement(new, &event).await.expect("an agreement can be recorded");
    }

    /// The relationship ended yesterday, and the return goes on for thirty days.
    pub async fn leaves(&self) {
        self.ended(1).await;
    }

    /// The relationship ended so long ago that the return is over, and everything is erased.
    pub async fn is_closed(&self) {
        self.ended_long_ago().await;
        self.gateway.work().await;
    }

    /// The relationship ended so long ago that the return is over; what follows is due work.
    pub async fn ended_long_ago(&self) {
        self.ended(32).await;
    }

    async fn ended(&self, days_ago: i64) {
        let today = civil_date(self.gateway.now());
        let last = today.saturating_sub(days_ago.days());
        let days = (last, return_ends_on(last, DEFAULT_RETURN_DAYS));
        let operator = self.gateway.service().store.operator();
        let event = done_by_the_platform("tenant.end");
        operator.end_relationship(self.id, days, &event).await.expect("a relationship can be ended");
    }

    /// Staff with these scopes, separated by blanks.
    #[must_use]
    pub fn staff(&self, scopes: &str) -> Caller<'g> {
        self.named("handlaggare", scopes)
    }

    /// Staff of this name with these scopes.
    #[must_use]
    pub fn named(&self, actor: &str, scopes: &str) -> Caller<'g> {
        let token = self.gateway.mint(Some(self.id), None, (actor, scopes));
        Caller { gateway: self.gateway, token, language: "en", api: Api::Tenant }
    }

    /// Staff with every scope of a tenant.
    #[must_use]
    pub fn admin(&self) -> Caller<'g> {
        self.named("admin", &every_scope())
    }

    /// A person with their own token.
    #[must_use]
    pub fn person(&self, person: &str) -> Caller<'g> {
        self.person_with(person, "self:read self:request")
    }

    /// A person whose own token asks for these scopes.
    ///
    /// # Panics
    /// When `person` is no identifier.
    #[must_use]
    pub fn person_with(&self, person: &str, scopes: &str) -> Caller<'g> {
        let subject = SubjectId::parse(person).expect("an identifier of a person");
        let token = self.gateway.mint(Some(self.id), Some(subject), ("person", scopes));
        Caller { gateway: self.gateway, token, language: "en", api: Api::Tenant }
    }

    /// The tenant's authority for calls that do not go over HTTP.
    ///
    /// # Panics
    /// When the gateway does not accept its own issuer's token.
    pub async fn authority(&self) -> Authority {
        self.gateway.authenticate(&self.admin().token).await.expect("the test issuer is trusted")
    }

    /// Registers a person; gives the identifier.
    pub async fn registers(&self, person: Value) -> String {
        // Identifiers are in the order of registration only where the clock has moved between them.
        self.gateway.clock.advance(Duration::from_millis(1));
        let answer = self.admin().change("registerDataSubject", person, "dataSubject { id }").await;
        answer.string("/registerDataSubject/dataSubject/id")
    }

    /// Records a person's consent; gives its identifier.
    pub async fn records_consent(&self, person: &str, purpose: &str) -> String {
        let input = json!({ "subjectId": person, "purpose": purpose, "source": "blankett", "textVersion": "2026-01" });
        let answer = self.admin().change("grantConsent", input, "consent { id }").await;
        answer.string("/grantConsent/consent/id")
    }
}

/// Every scope of a tenant's staff, separated by blanks.
pub(crate) fn every_scope() -> String {
    let of_tenants =
        |scope: &&Scope| !scope.text().starts_with("operator:") && !scope.text().starts_with("self:");
    Scope::ALL.iter().filter(of_tenants).map(|scope| scope.text()).collect::<Vec<_>>().join(" ")
}

/// An entry about something that the platform's staff did.
#[must_use]
pub fn done_by_the_platform(action: &'static str) -> AuditEvent {
    AuditEvent::new(Actor::operator("drift"), action, "test".to_owned())
}

/// What the platform takes such a tenant on with.
#[must_use]
pub fn new_tenant(id: TenantId, terms: &Terms) -> NewTenant {
    let contact = StoredContact {
        name: "Dataskydd".to_owned(),
        email: "dataskydd@provstad.example".to_owned(),
        phone: None,
    };
    NewTenant {
        id,
        name: terms.name.to_owned(),
        organisation_number: None,
        country: CountryCode::parse("SE").expect("Sweden is a country"),
        language: terms.language,
        privacy_contact: contact,
        data_protection_officer: None,
        relationship_started_on: terms.from,
        activities: vec![NewActivity {
            purpose: Purpose::ServiceDelivery,
            legal_basis: terms.basis,
            categories: DataCategory::ALL.into_iter().collect(),
            description: ["Vi levererar tjänsten.".to_owned(), "We deliver the service.".to_owned()],
            source: ["Från dig själv.".to_owned(), "From yourself.".to_owned()],
        }],
    }
}
