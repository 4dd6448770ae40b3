//! Loads one tenant at a time, from wherever an earlier load left off.

mod announcements;
mod contracts;
mod filing;
mod requests;

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use auth::Authenticator;
use auth::development::{DevelopmentIssuer, TokenRequest};
use domain::category::Categories;
use domain::id::{SubjectId, TenantId};
use domain::language::Language;
use domain::tenant::TenantStatus;
use store::{AuditFilter, Reading, ReadingDoor, StoreError, SubjectQuery, TenantTx};

use super::DemoTenant;
use super::person::Person;
use super::tenant::Demo;
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::operator::OperatorCaller;
use crate::service::refusal::Refusal;
use crate::service::subject::Command;
use crate::worker;

/// Lifetime of the tokens that are made for loading, and of leases on its work.
const MINUTES: Duration = Duration::from_mins(5);

/// More persons than any tenant of the demonstration has.
const MOST: u32 = 100;

/// The entry in a tenant's log that says that everything about its people was loaded.
const LOADED: &str = "demonstration.loaded";

/// What stands for an HTTP request's id in the logs.
const REQUEST: &str = "demo";

/// What loading asks of its own token as staff.
const STAFF: [&str; 8] = [
    "subjects:write",
    "accounting:write",
    "consents:write",
    "rights:write",
    "rights:decide",
    "retention:write",
    "agreements:sign",
    "breaches:acknowledge",
];

/// What loading asks of its own token as the platform's staff.
const PLATFORM: [&str; 4] =
    ["operator:tenants", "operator:agreements", "operator:subprocessors", "operator:breaches"];

/// What loading needs.
pub(super) struct Loader<'a> {
    gateway: &'a Gateway,
    authenticator: &'a Authenticator,
    issuer: &'a DevelopmentIssuer,
    operator: OperatorCaller,
}

/// A tenant whose people are being loaded.
struct Target<'a> {
    demo: &'a Demo,
    staff: &'a Caller,
    /// By their references; whoever was erased has none.
    persons: HashMap<String, SubjectId>,
}

impl Target<'_> {
    /// A person of the tables; `None` once erased, when everything about the person is loaded.
    fn person(&self, reference: &str) -> Option<SubjectId> {
        self.persons.get(reference).copied()
    }
}

impl<'a> Loader<'a> {
    /// A loader with tokens of a few minutes.
    pub(super) async fn new(
        gateway: &'a Gateway,
        authenticator: &'a Authenticator,
        issuer: &'a DevelopmentIssuer,
    ) -> anyhow::Result<Self> {
        let token = issuer.mint(&TokenRequest {
            tenant: None,
            subject: None,
            actor: "demo-operator".to_owned(),
            scopes: PLATFORM.map(str::to_owned).to_vec(),
            lifetime: MINUTES,
            now: gateway.store.clock().now(),
        });
        let authority =
            authenticator.authenticate_operator(&token).await.context("the demonstration's own token")?;
        let operator = OperatorCaller { authority, request_id: REQUEST.to_owned(), language: Language::Sv };
        Ok(Self { gateway, authenticator, issuer, operator })
    }
}

impl Loader<'_> {
    /// Loads a tenant, or what is missing of it.
    pub(super) async fn load(&self, demo: &Demo) -> anyhow::Result<DemoTenant> {
        let caller = self.caller(demo.id, None).await?;
        if !self.gateway.store.knows_tenant_of(&caller.authority).await? {
            let event = self.operator.event("tenant.onboard");
            self.gateway.store.operator().create_tenant(demo.new_tenant()?, &event, None).await?;
        }
        self.put_agreements(demo).await?;
        if !self.is_loaded(&caller).await? {
            let persons = self.register(demo, &caller).await?;
            self.fill(&Target { demo, staff: &caller, persons }).await?;
            self.mark_loaded(&caller).await?;
        }
        self.end(demo, &caller).await?;
        self.found(demo, &caller).await
    }

    /// Whether the tenant's people are there, or need not be: without an agreement, after the relationship, and when
    /// all of them were loaded before, whatever people have changed since.
    async fn is_loaded(&self, caller: &Caller) -> anyhow::Result<bool> {
        match self.gateway.store.open_reading(&caller.authority).await? {
            ReadingDoor::Viewing(_) => Ok(true),
            ReadingDoor::Served(snapshot) if snapshot.status() == TenantStatus::Offboarding => Ok(true),
            ReadingDoor::Served(snapshot) => {
                let filter = AuditFilter { action: Some(LOADED.to_owned()), ..AuditFilter::default() };
                Ok(!snapshot.list_events(&filter, None, 1).await?.events.is_empty())
            }
        }
    }

    async fn mark_loaded(&self, caller: &Caller) -> anyhow::Result<()> {
        let event = self.operator.event(LOADED);
        Ok(self.gateway.store.record(caller.authority.tenant(), vec![event]).await?)
    }

    /// Loads what the tables say of the tenant's people.
    async fn fill(&self, target: &Target<'_>) -> anyhow::Result<()> {
        self.grant_consents(target).await?;
        self.set_rules(target).await?;
        self.file_records(target).await?;
        self.place_holds(target).await?;
        self.handle_requests(target).await?;
        self.work().await?;
        self.lift_restrictions(target).await
    }

    /// Carries out what is due.
    async fn work(&self) -> anyhow::Result<()> {
        while worker::work_once(self.gateway, MINUTES).await? {}
        Ok(())
    }

    /// The tenant's staff, or one of its persons.
    async fn caller(&self, tenant: TenantId, subject: Option<SubjectId>) -> anyhow::Result<Caller> {
        let (actor, scopes) = match subject {
            None => ("demo-staff", STAFF.as_slice()),
            Some(_) => ("demo-person", ["self:read", "self:request"].as_slice()),
        };
        let token = self.issuer.mint(&TokenRequest {
            tenant: Some(tenant),
            subject,
            actor: actor.to_owned(),
            scopes: scopes.iter().copied().map(str::to_owned).collect(),
            lifetime: MINUTES,
            now: self.gateway.store.clock().now(),
        });
        let authority =
            self.authenticator.authenticate(&token).await.context("the demonstration's own token")?;
        Ok(Caller { authority, request_id: REQUEST.to_owned(), language: Language::Sv })
    }

    async fn reading(&self, caller: &Caller) -> anyhow::Result<TenantTx<Reading>> {
        match self.gateway.store.open_reading(&caller.authority).await? {
            ReadingDoor::Served(snapshot) => Ok(snapshot),
            ReadingDoor::Viewing(_) => Err(anyhow!("the demonstration's tenant is not served")),
        }
    }

    /// The oldest persons of the tenant and their references.
    async fn persons(&self, caller: &Caller) -> anyhow::Result<Vec<(SubjectId, Option<String>)>> {
        let snapshot = self.reading(caller).await?;
        let persons = snapshot.list_subjects(&SubjectQuery::first(MOST)).await?;
        let reference = |person: &store::StoredSubject| -> Result<_, StoreError> {
            Ok((person.id, person.open_reference()?.map(|reference| reference.reveal().clone())))
        };
        Ok(persons.iter().map(reference).collect::<Result<_, _>>()?)
    }

    async fn register(&self, demo: &Demo, caller: &Caller) -> anyhow::Result<HashMap<String, SubjectId>> {
        let there = self.persons(caller).await?;
        // Whoever was erased is there without a reference, and was registered with everybody else.
        let missing = if there.len() < demo.tables.persons.len() { demo.tables.persons } else { &[] };
        let mut persons: HashMap<_, _> =
            there.into_iter().filter_map(|(id, reference)| Some((reference?, id))).collect();
        for person in missing {
            if persons.contains_key(person.reference()) {
                continue;
            }
            let registered = self.gateway.register_subject(caller, &command(person.input())).await;
            persons.insert(person.reference().to_owned(), registered.map_err(|refusal| refused(&refusal))?);
        }
        Ok(persons)
    }

    /// The tenant as it is; persons that people have added since come after the demonstration's own.
    async fn found(&self, demo: &Demo, caller: &Caller) -> anyhow::Result<DemoTenant> {
        let mut persons = match self.gateway.store.open_reading(&caller.authority).await? {
            ReadingDoor::Served(_) => self.persons(caller).await?,
            ReadingDoor::Viewing(_) => Vec::new(),
        };
        persons.truncate(demo.tables.persons.len());
        let first = demo.tables.persons.first().map(Person::reference);
        let shown = persons.iter().find(|(_, reference)| reference.as_deref() == first);
        let self_subject_id = shown.or_else(|| persons.first()).map(|(id, _)| *id);
        let subject_ids = persons.into_iter().map(|(id, _)| id).collect();
        Ok(DemoTenant { id: demo.id, name: demo.name.to_owned(), subject_ids, self_subject_id })
    }
}

const fn command<T>(input: T) -> Command<T> {
    Command { input, idempotency: None, shown: Categories::new() }
}

/// What the tables hold is not personal data, so that a refusal can be told whole.
fn refused(refusal: &Refusal) -> anyhow::Error {
    anyhow!("the demonstration data was refused: {refusal:?}")
}
