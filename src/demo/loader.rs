//! Loads one tenant at a time, from wherever an earlier load left off.

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
use domain::request::channel::RequestChannel;
use domain::request::status::RequestStatus;
use domain::tenant::TenantStatus;
use jiff::ToSpan as _;
use store::{Reading, ReadingDoor, StoreError, SubjectQuery, TenantTx};

use super::DemoTenant;
use super::person::Person;
use super::platform::put_subprocessors;
use super::rights::{CONSENTS, Consent, REQUESTS, Request, Submission};
use super::tenant::Demo;
use crate::service::Gateway;
use crate::service::caller::Caller;
use crate::service::consent::ConsentInput;
use crate::service::refusal::Refusal;
use crate::service::request::access::{AccessInput, Submitted};
use crate::service::subject::Command;
use crate::worker;

/// Lifetime of the tokens that are made for loading, and of leases on its work.
const MINUTES: Duration = Duration::from_mins(5);

/// More persons than any tenant of the demonstration has.
const MOST: u32 = 100;

/// What loading needs.
pub(super) struct Loader<'a> {
    pub(super) gateway: &'a Gateway,
    pub(super) authenticator: &'a Authenticator,
    pub(super) issuer: &'a DevelopmentIssuer,
}

/// The persons of a tenant by their references.
type Persons = HashMap<String, SubjectId>;

impl Loader<'_> {
    /// Loads a tenant, or what is missing of it.
    pub(super) async fn load(&self, demo: &Demo) -> anyhow::Result<DemoTenant> {
        let caller = self.caller(demo, None).await?;
        if !self.gateway.store.knows_tenant_of(&caller.authority).await? {
            self.gateway.store.operator().create_tenant(demo.new_tenant()?).await?;
        }
        let Some(agreement) = &demo.agreement else {
            let (name, subject_ids) = (demo.name.to_owned(), Vec::new());
            return Ok(DemoTenant { id: demo.id, name, subject_ids, self_subject_id: None });
        };
        if self.status(&caller).await? == TenantStatus::Onboarding {
            self.put_agreement(demo, agreement).await?;
            self.put_subprocessors(&caller).await?;
            let persons = self.register(demo, &caller).await?;
            self.grant_consents(&caller, &persons).await?;
            for request in REQUESTS {
                if let Some(subject) = persons.get(request.reference) {
                    self.handle(demo, &caller, &request, *subject).await?;
                }
            }
            while worker::work_once(self.gateway, MINUTES).await? {}
            self.gateway.store.operator().set_status(demo.id, TenantStatus::Active).await?;
        }
        self.found(demo, &caller).await
    }

    /// The tenant's staff, or one of its persons.
    async fn caller(&self, demo: &Demo, subject: Option<SubjectId>) -> anyhow::Result<Caller> {
        let (actor, scopes) = match subject {
            None => ("demo-staff", vec!["subjects:write", "consents:write", "rights:write", "rights:decide"]),
            Some(_) => ("demo-person", vec!["self:read", "self:request"]),
        };
        let token = self.issuer.mint(&TokenRequest {
            tenant: Some(demo.id),
            subject,
            actor: actor.to_owned(),
            scopes: scopes.into_iter().map(str::to_owned).collect(),
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

    async fn register(&self, demo: &Demo, caller: &Caller) -> anyhow::Result<Persons> {
        let there = self.persons(caller).await?.into_iter();
        let mut persons: Persons = there.filter_map(|(id, reference)| Some((reference?, id))).collect();
        for person in demo.persons {
            if persons.contains_key(person.reference()) {
                continue;
            }
            let registered = self.gateway.register_subject(caller, &command(person.input())).await;
            persons.insert(person.reference().to_owned(), registered.map_err(|refusal| refused(&refusal))?);
        }
        Ok(persons)
    }

    async fn grant_consents(&self, caller: &Caller, persons: &Persons) -> anyhow::Result<()> {
        let ids: Vec<_> = persons.values().copied().collect();
        let there = self.reading(caller).await?.list_consents(&ids).await?;
        for Consent { reference, purpose, granted_at, source, text_version } in CONSENTS {
            let Some(subject) = persons.get(reference) else {
                continue;
            };
            let at = granted_at.parse().context("an instant of the table of consents")?;
            if there.iter().any(|consent| consent.subject == *subject && consent.granted_at == at) {
                continue;
            }
            let input = ConsentInput {
                subject_id: subject.to_string(),
                purpose,
                source: source.to_owned(),
                text_version: text_version.to_owned(),
                granted_at: Some(granted_at.to_owned()),
            };
            self.gateway.grant_consent(caller, &command(input)).await.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }

    /// Brings a request as far as it is to come, apart from the worker's part.
    async fn handle(
        &self,
        demo: &Demo,
        staff: &Caller,
        request: &Request,
        subject: SubjectId,
    ) -> anyhow::Result<()> {
        if self.request_of(staff, subject).await?.is_none() {
            self.submit(demo, staff, request, subject).await?;
        }
        while let Some((id, status)) = self.request_of(staff, subject).await? {
            let Some(step) = request.next_step(status, demo.language) else {
                break;
            };
            let shown = Categories::new();
            self.gateway.take_step(staff, &id, &step, &shown).await.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }

    async fn request_of(
        &self,
        caller: &Caller,
        subject: SubjectId,
    ) -> anyhow::Result<Option<(String, RequestStatus)>> {
        let requests = self.reading(caller).await?.list_requests_of(&[subject]).await?;
        Ok(requests.first().map(|request| (request.id.to_string(), request.state.status())))
    }

    async fn submit(
        &self,
        demo: &Demo,
        staff: &Caller,
        request: &Request,
        subject: SubjectId,
    ) -> anyhow::Result<()> {
        let now = self.gateway.store.clock().now();
        let (caller, input) = match request.submission {
            Submission::Person => {
                let channel = RequestChannel::SelfService;
                let input = AccessInput { subject_id: None, channel, received_at: None };
                (self.caller(demo, Some(subject)).await?, input)
            }
            Submission::Staff(channel, days) => {
                let received_at = Some((now - (days * 24).hours()).to_string());
                let input = AccessInput { subject_id: Some(subject.to_string()), channel, received_at };
                (staff.clone(), input)
            }
        };
        match self
            .gateway
            .submit_access(&caller, &command(input))
            .await
            .map_err(|refusal| refused(&refusal))?
        {
            Submitted::Accepted(_) | Submitted::AlreadyOpen(_) => Ok(()),
        }
    }

    /// The tenant as it is; persons that people have added since come after the demonstration's own.
    async fn found(&self, demo: &Demo, caller: &Caller) -> anyhow::Result<DemoTenant> {
        let mut persons = self.persons(caller).await?;
        persons.truncate(demo.persons.len());
        let first = demo.persons.first().map(Person::reference);
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
