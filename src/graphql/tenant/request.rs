//! Rights requests.

mod decide;
mod list;
mod outcome;
mod parts;
mod payload;
mod siblings;
mod submit;

use std::sync::Arc;

use async_graphql::{Context, ID, Object, Result};
use domain::language::Language;
use domain::request::identity::Identification;
use domain::request::reference::Reference;
use domain::scope::Scope;

use super::document::Document;
use super::export::ExportPackage;
use super::subject::DataSubject;
use super::task::DownstreamTask;
use crate::graphql::errors;
use crate::graphql::gate::{any_of, personal_data, requires_scopes};
use crate::graphql::items::Items;
use crate::graphql::operation::{Entered, operation};
use crate::graphql::scalars::{DateTime, LanguageTag};
use crate::graphql::vocabulary;
use crate::service::certificate;
use crate::service::input::language;
use crate::service::records::StoredRequest;

pub use decide::DecisionMutation;
pub use list::{OwnRequests, RequestQuery, RightsRequestConnection, requests_of};
pub use outcome::{ErasurePlan, Whose};
pub use siblings::Siblings;
pub use submit::SubmissionMutation;

use outcome::RecordOutcome;
use parts::{
    DeadlineExtension, IdentityVerification, Rectification, RightsRequestDecision, RightsRequestEvent,
};

/// A data subject's request under Chapter III, from receipt to answer.
pub struct RightsRequest {
    request: Box<StoredRequest>,
    entered: Entered,
    siblings: Arc<Siblings>,
}

/// One request on its own.
pub fn one_request(entered: Entered, request: StoredRequest) -> RightsRequest {
    entered.entry.reached(request.subject);
    let siblings = Arc::new(Siblings::new(std::slice::from_ref(&request)));
    RightsRequest { request: Box::new(request), entered, siblings }
}

impl RightsRequest {
    fn deadline(&self) -> domain::deadline::Deadline {
        let reading = &self.entered.reading;
        reading.gateway.deadline(&self.request, reading.now())
    }

    fn gate(&self, ctx: &Context<'_>) -> Result<()> {
        let gate = operation(ctx).and_then(|operation| operation.gate("RightsRequest", ctx));
        gate.inspect_err(|_| self.entered.entry.denied())
    }

    /// The language that was asked for, or the tenant's own.
    fn language(&self, tag: Option<LanguageTag>) -> Result<Language> {
        match tag {
            None => Ok(self.entered.reading.language()),
            Some(tag) => language(&tag.0).map_err(|reason| errors::bad_input("language", reason)),
        }
    }

    async fn write_certificate(
        &self,
        (format, tag): (vocabulary::DocumentFormat, Option<LanguageTag>),
        stage: Option<vocabulary::ErasureStage>,
    ) -> Result<Option<Document>> {
        let form = (format.into(), self.language(tag)?);
        let all = self.siblings.certificates(&self.entered.reading).await?;
        let own = all.get(&self.request.id).map(Vec::as_slice).unwrap_or_default();
        let made = certificate::of_erasure((&self.request, own), stage.map(Into::into), form);
        Ok(made.map_err(|refusal| errors::refused(&refusal))?.map(Into::into))
    }

    async fn write_letter(&self, ctx: &Context<'_>, tag: Option<LanguageTag>) -> Result<String> {
        self.gate(ctx)?;
        let Entered { reading, entry } = &self.entered;
        let letter = reading.letter(&self.request, self.language(tag)?, entry).await;
        letter.map_err(|error| errors::internal(&error))
    }
}

/// A data subject's request under Chapter III, from receipt to answer.
#[Object]
impl RightsRequest {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.request.id.to_string().into()
    }

    /// For letters and calls: RR-2026-000123, counting up per tenant and year.
    async fn reference(&self) -> String {
        Reference::to_string(&self.request.reference)
    }

    /// Which right is exercised.
    async fn kind(&self) -> vocabulary::RightsRequestKind {
        self.request.kind.into()
    }

    /// Where it stands.
    async fn status(&self) -> vocabulary::RightsRequestStatus {
        self.request.state.status().into()
    }

    /// Whose data.
    async fn subject(&self) -> Result<DataSubject> {
        let person = self.siblings.person(self.request.subject, &self.entered).await?;
        Ok(DataSubject::among(person, Arc::clone(&self.siblings.family)))
    }

    /// How it came in.
    async fn channel(&self) -> vocabulary::RequestChannel {
        self.request.channel.into()
    }

    /// When it came in: the clock starts here (Art. 12(3)).
    async fn received_at(&self) -> DateTime {
        self.request.received_at.into()
    }

    /// Last instant for the answer: one month, moved by extension, weekends and Swedish public holidays (Regulation 1182/71).
    async fn due_at(&self) -> DateTime {
        self.deadline().due_at.into()
    }

    /// Whether `dueAt` has passed without an answer.
    async fn overdue(&self) -> bool {
        self.deadline().is_overdue(self.entered.reading.now())
    }

    /// `dueAt` as it would be had the clock not paused while the requester was asked for identification; the cautious reading.
    async fn unpaused_due_at(&self) -> DateTime {
        self.deadline().unpaused_due_at.into()
    }

    /// When the requester was asked to identify; the clock pauses from here to `identityVerification.verifiedAt`.
    async fn identity_asked_at(&self) -> Option<DateTime> {
        self.request.state.identity_asked_at().map(Into::into)
    }

    /// How `dueAt` came about, step by step, for a person to check.
    async fn deadline_explanation(
        &self,
        #[graphql(name = "language", desc = "Language of the text; the tenant's own when left out.")]
        tag: Option<LanguageTag>,
    ) -> Result<String> {
        Ok(self.deadline().explain(self.language(tag)?))
    }

    /// The extension, if any: two further months, told to the person within the first (Art. 12(3)).
    async fn extension(&self) -> Option<DeadlineExtension> {
        self.request.extension.as_ref().map(Into::into)
    }

    /// How the requester was identified, once done (Art. 12(6)).
    async fn identity_verification(&self) -> Option<IdentityVerification> {
        self.request
            .state
            .identification()
            .cloned()
            .map(|how: Identification| IdentityVerification::from(how))
    }

    /// For RECTIFICATION: what is to be corrected.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::SubjectsRead, Scope::SelfRead])))]
    async fn rectifications(&self, ctx: &Context<'_>) -> Result<Items<Rectification>> {
        self.gate(ctx)?;
        let all = self.request.rectifications.iter().cloned();
        Ok(all.map(|correction| Rectification::new(correction, self.entered.entry.clone())).collect())
    }

    /// For RESTRICTION: the ground.
    async fn restriction_ground(&self) -> Option<vocabulary::RestrictionGround> {
        self.request.restriction_ground.map(Into::into)
    }

    /// For ERASURE of some categories: these, in the form that `DataSubject.erasurePlan` takes. Null where all is to be erased, as in
    /// `SubmitErasureRequestInput.categories`, and for every other kind.
    async fn erasure_categories(&self) -> Option<Vec<vocabulary::DataCategory>> {
        let categories = self.request.erasure_categories.as_ref()?;
        Some(categories.iter().map(|category| (*category).into()).collect())
    }

    #[expect(clippy::doc_markdown, reason = "the words of the schema")]
    /// For OBJECTION and CONSENT_WITHDRAWAL: the purpose.
    async fn purpose(&self) -> Option<vocabulary::Purpose> {
        self.request.purpose.map(Into::into)
    }

    /// The controller's decision.
    async fn decision(&self) -> Option<RightsRequestDecision> {
        let decision = self.request.state.decision()?;
        let late = self.entered.reading.gateway.is_late_refusal(&self.request, &decision);
        Some(RightsRequestDecision::new(decision, late))
    }

    /// Per category or record, what was done and why.
    async fn outcomes(&self) -> Items<RecordOutcome> {
        let whose = Whose::Request(self.request.subject, self.entered.clone(), Arc::clone(&self.siblings));
        Items(RecordOutcome::list(&self.request.outcomes, &whose))
    }

    /// Systems that must carry it out too (Art. 19), and their receipts.
    async fn downstream_tasks(&self) -> Result<Items<DownstreamTask>> {
        let request = (self.request.id, self.deadline().due_at);
        self.siblings.tasks(request, &self.entered).await.map(Items)
    }

    /// For ACCESS and PORTABILITY, once ready.
    async fn package(&self) -> Option<Result<ExportPackage>> {
        let packages = match self.siblings.packages(&self.entered.reading).await {
            Ok(packages) => packages,
            Err(error) => return Some(Err(error)),
        };
        let stored = packages.get(&self.request.id)?.clone();
        Some(Ok(ExportPackage { stored, reading: Arc::clone(&self.entered.reading) }))
    }

    /// For ERASURE: what was erased, what is kept, why and until when, and which keys were destroyed, as a certificate that proves
    /// itself. Null until that is done and, seconds later, the audit log vouches for it.
    async fn certificate(
        &self,
        #[graphql(desc = "Form of the document.")] format: vocabulary::DocumentFormat,
        #[graphql(name = "language", desc = "Language of the text; the tenant's own when left out.")]
        tag: Option<LanguageTag>,
        #[graphql(
            desc = "Of which stage; of the last when left out. What was kept at first has one of its own when it goes."
        )]
        stage: Option<vocabulary::ErasureStage>,
    ) -> Option<Result<Document>> {
        self.write_certificate((format, tag), stage).await.transpose()
    }

    /// Everything that happened, oldest first.
    async fn timeline(&self, ctx: &Context<'_>) -> Result<Items<RightsRequestEvent>> {
        let language = operation(ctx)?.caller.language;
        let steps = self.siblings.steps(&self.entered.reading).await?;
        let own = steps.get(&self.request.id).into_iter().flatten();
        Ok(own.map(|step| RightsRequestEvent::told(step, language)).collect())
    }
    /// The letter to the person, in their language: answer, refusal or extension.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::RightsRead, Scope::SelfRead])), directive = personal_data::apply(None))]
    async fn letter(
        &self,
        ctx: &Context<'_>,
        #[graphql(name = "language", desc = "Language of the text; the tenant's own when left out.")]
        tag: Option<LanguageTag>,
    ) -> Option<Result<String>> {
        Some(self.write_letter(ctx, tag).await)
    }
}
