//! Loads one tenant at a time, from wherever an earlier load left off.

mod filing;
mod requests;

use std::collections::HashMap;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use auth::Authenticator;
use auth::development::{DevelopmentIssuer, TokenRequest};
use domain::agreement::AgreementTerms;
use domain::calendar::civil_date;
use domain::category::Categories;
use domain::id::SubjectId;
use domain::language::Language;
use domain::tenant::TenantStatus;
use store::{Reading, ReadingDoor, StoreError, SubjectQuery, TenantTx};

use super::DemoTenant;
use super::person::Person;
use super::platform::put_subprocessors;
use super::tenant::Demo;
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::refusal::Refusal;
use crate::service::subject::Command;
use crate::worker;

/// Lifetime of the tokens that are made for loading, and of leases on its work.
const MINUTES: Duration = Duration::from_mins(5);

/// More persons than any tenant of the demonstration has.
const MOST: u32 = 100;

/// What loading asks of its own token as staff.
const STAFF: [&str; 6] = [
    "subjects:write",
    "accounting:write",
    "consents:write",
    "rights:write",
    "rights:decide",
    "retention:write",
];

/// What loading needs.
pub(super) struct Loader<'a> {
    pub(super) gateway: &'a Gateway,
    pub(super) authenticator: &'a Authenticator,
    pub(super) issuer: &'a DevelopmentIssuer,
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

impl Loader<'_> {
    /// Loads a tenant, or what is missing of it.
    pub(super) async fn load(&self, demo: &Demo) -> anyhow::Result<DemoTenant> {
        let caller = self.caller(demo, None).await?;
        if !self.gateway.store.knows_tenant_of(&caller.authority).await? {
            self.gateway.store.operator().create_tenant(demo.new_tenant()?).await?;
        }
        self.gateway.store.operator().keep_up(demo.id).await?;
        let Some(agreement) = &demo.agreement else {
            let (name, subject_ids) = (demo.name.to_owned(), Vec::new());
            return Ok(DemoTenant { id: demo.id, name, subject_ids, self_subject_id: None });
        };
        if self.status(&caller).await? == TenantStatus::Onboarding {
            self.put_agreement(demo, agreement).await?;
            self.put_subprocessors(&caller).await?;
            let persons = self.register(demo, &caller).await?;
            self.fill(&Target { demo, staff: &caller, persons }).await?;
            self.gateway.store.operator().set_status(demo.id, TenantStatus::Active).await?;
        }
        self.found(demo, &caller).await
    }

    /// Loads what the tables say of the tenant's people.
    async fn fill(&self, target: &Target<'_>) -> anyhow::Result<()> {
        self.grant_consents(target).await?;
        self.set_rules(target).await?;
        self.file_records(target).await?;
        self.place_holds(target).await?;
        self.handle_requests(target).await?;
        while worker::work_once(self.gateway, MINUTES).await? {}
        self.lift_restrictions(target).await
    }

    /// The tenant's staff, or one of its persons.
    async fn caller(&self, demo: &Demo, subject: Option<SubjectId>) -> anyhow::Result<Caller> {
        let (actor, scopes) = match subject {
            None => ("demo-staff", STAFF.as_slice()),
            Some(_) => ("demo-person", ["self:read", "self:request"].as_slice()),
        };
        let token = self.issuer.mint(&TokenRequest {
            tenant: Some(demo.id),
            subject,
            actor: actor.to_owned(),
            scopes: scopes.iter().copied().map(str::to_owned).collect(),
            lifetime: MINUTES,
            now: self.gateway.store.clock().now(),
        });
        let authority =
            self.authenticator.authenticate(&token).await.context("the demonstration's own token")?;
        Ok(Caller { authority, request_id: "demo".to_owned(), language: Language::Sv })
    }

    async fn status(&self, caller: &Caller) -> anyhow::Result<TenantStatus> {
        Ok(match self.gateway.store.open_reading(&caller.authority).await? {
            ReadingDoor::Served(tx) => tx.status(),
            ReadingDoor::Viewing(tx) => tx.status(),
        })
    }

    async fn put_agreement(&self, demo: &Demo, terms: &AgreementTerms) -> anyhow::Result<()> {
        match self.gateway.store.operator().put_agreement(demo.id, 1, terms).await {
            Ok(()) | Err(StoreError::Taken(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn put_subprocessors(&self, caller: &Caller) -> anyhow::Result<()> {
        let snapshot = self.reading(caller).await?;
        let engaged = snapshot.list_recipients(civil_date(snapshot.now())).await?;
        let names: Vec<_> = engaged.into_iter().map(|recipient| recipient.name).collect();
        drop(snapshot);
        put_subprocessors(&self.gateway.store, &names).await
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
        let mut persons = self.persons(caller).await?;
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
