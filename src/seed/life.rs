//! What is recorded about a made-up person: of every second one consents and a request, of every fourth accounting records.

use domain::accounting::{AccountingRecordKind, Filing, Statute};
use domain::actor::ActorId;
use domain::calendar::{civil_date, first_moment};
use domain::deadline::{DeadlineFacts, DeadlineRules, Term};
use domain::id::{AccountingRecordId, ConsentId, RequestId, SubjectId};
use domain::personal::Personal;
use domain::purpose::Purpose;
use domain::request::channel::RequestChannel;
use domain::request::identity::{Identification, IdentityVerificationMethod};
use domain::request::kind::RequestKind;
use domain::request::reference::Reference;
use domain::request::reminder::Reminder;
use domain::request::state::{State, Submission};
use domain::restriction::RestrictionGround;
use jiff::{Timestamp, ToSpan as _};
use store::{MadeUpRequest, NewConsent, NewRecord, StoredRequest, StoredStep};

use super::chance::Chance;
use super::plan::identified_at;

/// Whoever wrote down what staff writes down.
const STAFF: &str = "seed-staff";

/// No request is older than this many days, so that of none a reminder is due yet.
const OLDEST: u64 = 13;

/// The kinds that need no words and change nothing by being submitted.
const KINDS: [RequestKind; 4] =
    [RequestKind::Access, RequestKind::Erasure, RequestKind::Portability, RequestKind::Restriction];

/// A person, and what is drawn for them.
pub(super) struct Life<'c> {
    pub subject: SubjectId,
    /// Among all persons.
    pub number: u64,
    /// Among the persons of the tenant.
    pub place: u64,
    pub registered_at: Timestamp,
    pub chance: &'c Chance,
}

impl Life<'_> {
    /// Two consents: to news, and once more when the text had changed.
    pub(super) fn consents(&self) -> Vec<NewConsent> {
        let consent = |(text_version, minutes): (&str, i64)| NewConsent {
            id: ConsentId::new(identified_at(self.number), self.chance),
            subject: self.subject,
            purpose: Purpose::DirectMarketing,
            granted_at: self.registered_at.saturating_add(minutes.minutes()).unwrap_or(self.registered_at),
            source: "seed".to_owned(),
            text_version: text_version.to_owned(),
        };
        [("2025-01", 1), ("2025-02", 3)].map(consent).into()
    }

    /// An invoice, and the contract behind it.
    ///
    /// # Errors
    /// When the tables hold a record that callers may not file.
    pub(super) fn records(&self) -> anyhow::Result<Vec<NewRecord>> {
        let registered_on = civil_date(self.registered_at);
        let records = [(AccountingRecordKind::Contract, "A"), (AccountingRecordKind::Invoice, "F")];
        let record = |(kind, series)| {
            let (issued_on, statutory) = (registered_on, Statute::Applies);
            let filing = Filing { kind, issued_on, fiscal_year_ends_on: None, statutory };
            Ok(NewRecord {
                id: AccountingRecordId::new(identified_at(self.number), self.chance),
                subject: self.subject,
                filed: filing.check(registered_on)?,
                number: format!("{series}-{:08}", self.number),
                description: Personal::new(format!("Påhittad post {series}-{:08}", self.number)),
            })
        };
        records.map(record).into_iter().collect()
    }

    /// A request of the two weeks before the day: every second one sent in to staff, who have not looked at it yet; three of ten
    /// made by the person's own session; two of ten taken back.
    pub(super) fn request(&self, rules: DeadlineRules, now: Timestamp) -> MadeUpRequest {
        let kind = usize::try_from(self.chance.below(4)).ok().and_then(|at| KINDS.get(at)).copied();
        let kind = kind.unwrap_or(RequestKind::Access);
        let submitted_at = self.submitted_at(now);
        let course = self.chance.below(10);
        let (channel, by) = match course {
            0..5 => (RequestChannel::Email, ActorId::new(STAFF)),
            _ => (RequestChannel::SelfService, ActorId::new(self.subject.to_string())),
        };
        let method = IdentityVerificationMethod::AuthenticatedSession;
        let identification = Identification { method, at: submitted_at, by: by.clone() };
        let identification = (channel == RequestChannel::SelfService).then_some(identification);
        let state = State::submitted(Submission { kind, purpose: None, identification, at: submitted_at });
        let id = RequestId::new(identified_at(self.number), self.chance);
        let step = |at, state: &State, step: &str| StoredStep {
            request: id,
            at,
            status: state.status(),
            actor: by.clone(),
            step: step.to_owned(),
        };
        let mut steps = vec![step(submitted_at, &state, "SUBMITTED")];
        let state = match state.clone().withdraw(submitted_at.saturating_add(10.minutes()).unwrap_or(now)) {
            Ok(withdrawn) if course >= 8 => {
                steps.push(step(withdrawn.finished_at().unwrap_or(now), &withdrawn, "WITHDRAWN"));
                withdrawn
            }
            _ => state,
        };
        self.recorded((id, kind, channel), (state, submitted_at), (steps, rules))
    }

    fn recorded(
        &self,
        (id, kind, channel): (RequestId, RequestKind, RequestChannel),
        (state, submitted_at): (State, Timestamp),
        (steps, rules): (Vec<StoredStep>, DeadlineRules),
    ) -> MadeUpRequest {
        let closed_at = state.finished_at();
        let facts = DeadlineFacts {
            received_at: submitted_at,
            term: Term::OneMonth,
            identity_asked_at: None,
            identity_confirmed_at: state.identification().map(|identification| identification.at),
            closed_at,
        };
        let deadline = rules.deadline(&facts, closed_at.unwrap_or(submitted_at));
        let remind_on = Reminder::next_day(deadline.due_on, civil_date(submitted_at));
        let ground = RestrictionGround::LegalClaim;
        let request = StoredRequest {
            id,
            reference: self.reference(submitted_at),
            subject: self.subject,
            kind,
            channel,
            received_at: submitted_at,
            submitted_at,
            due_at: deadline.due_at,
            unpaused_due_at: deadline.unpaused_due_at,
            state,
            outcomes: Vec::new(),
            purpose: None,
            restriction_ground: (kind == RequestKind::Restriction).then_some(ground),
            erasure_categories: None,
            plan_sha256: None,
            carried_out_at: None,
            extension: None,
            identity_reason: None,
            objection_grounds: None,
            rectifications: Vec::new(),
        };
        MadeUpRequest {
            request,
            steps,
            remind_at: remind_on.filter(|_| closed_at.is_none()).map(first_moment),
        }
    }

    /// Every second person of a tenant has a request, so that half the place numbers them without a gap.
    fn reference(&self, submitted_at: Timestamp) -> Reference {
        Reference::new(
            Reference::year_of(submitted_at),
            u32::try_from(self.place / 2 + 1).unwrap_or(u32::MAX),
        )
    }

    /// In the days before, and within the same year, since references count by years.
    fn submitted_at(&self, now: Timestamp) -> Timestamp {
        let this_year = u64::try_from(civil_date(now).day_of_year()).unwrap_or(1);
        let days = self.chance.below(OLDEST.min(this_year)) + 1;
        let seconds = self.chance.below(16 * 3_600);
        let begins = civil_date(now).saturating_sub(i64::try_from(days).unwrap_or(1).days());
        if begins.year() < civil_date(now).year() {
            return now;
        }
        first_moment(begins).saturating_add(i64::try_from(seconds).unwrap_or(0).seconds()).unwrap_or(now)
    }
}
