//! Recording consents (Art. 7).

use domain::consent::MarketingFacts;
use domain::id::{ConsentId, SubjectId};
use domain::invalid::Invalid;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use domain::text::Text;
use store::{NewConsent, StoreError, StoredConsent, Unique};

use super::Gateway;
use super::caller::Caller;
use super::input::{Faults, identifier, instant};
use super::reading::Reading;
use super::refusal::{Refusal, UserError, UserErrorCode};
use super::subject::{Command, replay};

/// A consent as a client tells it.
pub struct ConsentInput {
    /// Whose.
    pub subject_id: String,
    /// For what.
    pub purpose: Purpose,
    /// Where it was collected.
    pub source: String,
    /// Which text the person saw.
    pub text_version: String,
    /// When given; now where left out.
    pub granted_at: Option<String>,
}

impl Gateway {
    /// Records a consent. A self-service token can consent for its own person alone.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn grant_consent(
        &self,
        caller: &Caller,
        command: &Command<ConsentInput>,
    ) -> Result<ConsentId, Refusal> {
        match self.try_grant(caller, command).await {
            Err(Refusal::Store(StoreError::Taken(Unique::IdempotencyKey))) => {
                self.try_grant(caller, command).await
            }
            done => done,
        }
    }

    async fn try_grant(
        &self,
        caller: &Caller,
        command: &Command<ConsentInput>,
    ) -> Result<ConsentId, Refusal> {
        let tx = self.processing(caller).await?;
        if let Some(done) = replay(&tx, command.idempotency.as_ref()).await? {
            return Ok(ConsentId::from_uuid(done));
        }
        let input = &command.input;
        let mut faults = Faults::default();
        let source = faults.take("source", Text::parse(&input.source));
        let text_version = faults.take("textVersion", Text::parse(&input.text_version));
        let granted_at = match &input.granted_at {
            None => Some(tx.now()),
            Some(text) => faults.take("grantedAt", instant(text).and_then(|at| past(at, tx.now()))),
        };
        let (Some(source), Some(text_version), Some(granted_at)) = (source, text_version, granted_at) else {
            faults.finish()?;
            return Err(UserError::new(UserErrorCode::Invalid).into());
        };
        let missing = || UserError::at(UserErrorCode::NotFound, "subjectId");
        let subject = identifier("subjectId", SubjectId::parse(&input.subject_id))?;
        if !caller.reaches(subject) {
            return Err(missing().into());
        }
        let person = tx.lock_subject(subject).await?.ok_or_else(missing)?;
        if matches!(person.status, SubjectStatus::Erased | SubjectStatus::PartiallyErased) {
            return Err(UserError::at(UserErrorCode::Erased, "subjectId").into());
        }
        let id = ConsentId::new(tx.now(), tx.entropy());
        let (source, text_version) = (source.as_str().to_owned(), text_version.as_str().to_owned());
        tx.put_consent(NewConsent { id, subject, purpose: input.purpose, granted_at, source, text_version })
            .await?;
        // A consent anew ends the objection to marketing that it is later than (Art. 21(3)).
        let facts =
            MarketingFacts { consented_at: Some(granted_at), objected_at: person.marketing_objected_at };
        if input.purpose == Purpose::DirectMarketing && facts.on_list() {
            let mut ended = person.ended.clone();
            if ended.remove(&input.purpose) {
                tx.set_ended_purposes(&person, &ended).await?;
            }
        }
        if let Some(key) = &command.idempotency {
            tx.remember(key, id.uuid()).await?;
        }
        let mut event = caller.event("consent.grant", subject, command.shown.clone());
        event.purpose = Some(input.purpose);
        tx.commit(event).await?;
        Ok(id)
    }
}

fn past(at: jiff::Timestamp, now: jiff::Timestamp) -> Result<jiff::Timestamp, Invalid> {
    if at > now { Err(Invalid::InTheFuture) } else { Ok(at) }
}

impl Reading {
    /// A consent by identifier, if the caller reaches its person.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_consent(&self, id: ConsentId) -> Result<Option<StoredConsent>, StoreError> {
        let found = self.tx.find_consent(id).await?;
        Ok(found.filter(|consent| self.caller.reaches(consent.subject)))
    }

    /// The consents of several persons, newest first, in one statement.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_consents(&self, subjects: &[SubjectId]) -> Result<Vec<StoredConsent>, StoreError> {
        self.tx.list_consents(subjects).await
    }
}
