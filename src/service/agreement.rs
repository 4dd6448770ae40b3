//! Processor agreements as the tenant meets them (Art. 28(3)): read, signed, ended, and what was instructed under them.

use domain::agreement::timeline::{self, SigningRefused, TerminationRefused, Version};
use domain::agreement::{AgreementParty, AgreementStatus};
use domain::calendar::civil_date;
use domain::id::{AgreementId, InstructionId};
use domain::invalid::Invalid;
use domain::text::Text;
use jiff::civil::Date;
use store::{
    Processing, Signing, StoreError, StoredAgreement, StoredInstruction, StoredSignature, TenantTx, Unserved,
    Writes, WritingDoor,
};

use super::Gateway;
use super::caller::Caller;
use super::input::{Faults, date, identifier};
use super::reading::{Opened, of_either};
use super::refusal::{Refusal, UserError, UserErrorCode};

/// A version with what follows from the others and from today.
#[derive(Debug, Clone)]
pub struct AgreementEntry {
    /// The version.
    pub stored: StoredAgreement,
    /// Where in its life it is.
    pub status: AgreementStatus,
    /// Its last day, as it is or as its successor makes it.
    pub last_day: Option<Date>,
}

impl AgreementEntry {
    /// Its first day: the one offered, and once both have signed the day on which it really begins.
    #[must_use]
    pub fn first_day(&self) -> Date {
        self.stored.timed().begins_on().unwrap_or(self.stored.effective_from)
    }
}

/// What the controller's signatory sends.
pub struct SignInput {
    /// Which agreement.
    pub agreement_id: String,
    /// Digest of the document that was read.
    pub document_sha256: String,
    /// Name of the signatory.
    pub signatory_name: String,
    /// The signatory's role.
    pub signatory_title: String,
}

/// A tenant opened for what it agrees with the platform.
pub(super) enum Contracting {
    Processing(TenantTx<Processing>),
    Signing(TenantTx<Signing>),
}

/// Versions with what follows from one another, on a day.
#[must_use]
pub fn entries(agreements: Vec<StoredAgreement>, today: Date) -> Vec<AgreementEntry> {
    let versions: Vec<Version> = agreements.iter().map(StoredAgreement::timed).collect();
    let entry = |stored: StoredAgreement| {
        let own = stored.timed();
        let status = timeline::status(&own, &versions, today);
        AgreementEntry { status, last_day: timeline::last_day(&own, &versions), stored }
    };
    agreements.into_iter().map(entry).collect()
}

impl Opened {
    /// All versions, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_agreements(&self) -> Result<Vec<AgreementEntry>, StoreError> {
        let agreements = of_either!(self, tx => tx.list_agreements().await)?;
        Ok(entries(agreements, civil_date(self.now())))
    }

    /// The signatures on several agreements, the processor's first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_signatures(&self, on: &[AgreementId]) -> Result<Vec<StoredSignature>, StoreError> {
        of_either!(self, tx => tx.list_signatures(on).await)
    }

    /// How many instructions were given under an agreement.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_instructions(&self, agreement: AgreementId) -> Result<u64, StoreError> {
        of_either!(self, tx => tx.count_instructions(agreement).await)
    }

    /// An instruction by identifier.
    ///
    /// # Errors
    /// When the database fails or the row is inconsistent.
    pub async fn find_instruction(&self, id: InstructionId) -> Result<Option<StoredInstruction>, StoreError> {
        of_either!(self, tx => tx.find_instruction(id).await)
    }

    /// A page of the instructions under an agreement, newest first.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_instructions(
        &self,
        agreement: AgreementId,
        after: Option<InstructionId>,
        limit: u32,
    ) -> Result<Vec<StoredInstruction>, StoreError> {
        of_either!(self, tx => tx.list_instructions(agreement, after, limit.into()).await)
    }
}

impl Gateway {
    /// Opens the caller's tenant for what it agrees with the platform, whether it is served or not.
    pub(super) async fn contracting(&self, caller: &Caller) -> Result<Contracting, Refusal> {
        match self.store.open_writing(&caller.authority).await? {
            WritingDoor::Processing(tx) => Ok(Contracting::Processing(tx)),
            WritingDoor::Signing(tx) if tx.unserved() != Some(Unserved::Closed) => {
                Ok(Contracting::Signing(tx))
            }
            WritingDoor::Signing(_) | WritingDoor::WindingDown(_) => Err(Refusal::TenantNotServed),
        }
    }

    /// Signs the offered agreement for the controller.
    ///
    /// # Errors
    /// [`Refusal`] says why not; of two signatures at once the second finds the first.
    pub async fn sign_agreement(&self, caller: &Caller, input: &SignInput) -> Result<AgreementId, Refusal> {
        match self.contracting(caller).await? {
            Contracting::Processing(tx) => sign_in(tx, caller, input).await,
            Contracting::Signing(tx) => sign_in(tx, caller, input).await,
        }
    }

    /// Sets the last day of the agreement in force.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn terminate_agreement(
        &self,
        caller: &Caller,
        (agreement, effective_to): (&str, &str),
    ) -> Result<AgreementId, Refusal> {
        match self.contracting(caller).await? {
            Contracting::Processing(tx) => terminate_in(tx, caller, (agreement, effective_to)).await,
            Contracting::Signing(tx) => terminate_in(tx, caller, (agreement, effective_to)).await,
        }
    }
}

async fn sign_in<S: Writes>(
    tx: TenantTx<S>,
    caller: &Caller,
    input: &SignInput,
) -> Result<AgreementId, Refusal> {
    let mut faults = Faults::default();
    let name = faults.take("signatoryName", Text::parse(&input.signatory_name));
    let title = faults.take("signatoryTitle", Text::parse(&input.signatory_title));
    let id = identifier("agreementId", AgreementId::parse(&input.agreement_id));
    let id = id.map_err(|fault| faults.add(fault)).ok();
    let all = tx.lock_agreements().await?;
    let found = id.and_then(|id| all.iter().find(|agreement| agreement.id == id));
    match found {
        Some(offered) if offered.document_sha256 != input.document_sha256 => {
            faults.add(UserError::invalid("documentSha256", Invalid::NotThisDocument));
        }
        None if id.is_some() => faults.add(UserError::at(UserErrorCode::NotFound, "agreementId")),
        _ => {}
    }
    faults.finish()?;
    let (Some(found), Some(name), Some(title)) = (found, name, title) else {
        return Err(UserError::at(UserErrorCode::NotFound, "agreementId").into());
    };
    let versions: Vec<Version> = all.iter().map(StoredAgreement::timed).collect();
    let conflict = |_: SigningRefused| UserError::at(UserErrorCode::Conflict, "agreementId");
    timeline::check_signing(&found.timed(), &versions, civil_date(tx.now())).map_err(conflict)?;
    let signature = StoredSignature {
        agreement: found.id,
        party: AgreementParty::Controller,
        name: name.as_str().to_owned(),
        title: title.as_str().to_owned(),
        signed_at: tx.now(),
        document_sha256: found.document_sha256.clone(),
    };
    match tx.sign_agreement(&signature).await {
        Err(StoreError::Taken(_)) => return Err(UserError::at(UserErrorCode::Conflict, "agreementId").into()),
        signed => signed?,
    }
    let id = found.id;
    tx.commit(caller.event_about_nobody("agreement.sign")).await?;
    Ok(id)
}

async fn terminate_in<S: Writes>(
    tx: TenantTx<S>,
    caller: &Caller,
    (agreement, effective_to): (&str, &str),
) -> Result<AgreementId, Refusal> {
    let mut faults = Faults::default();
    let last = faults.take("effectiveTo", date(effective_to));
    let id = identifier("agreementId", AgreementId::parse(agreement));
    let id = id.map_err(|fault| faults.add(fault)).ok();
    faults.finish()?;
    let all = tx.lock_agreements().await?;
    let found = id.and_then(|id| all.iter().find(|agreement| agreement.id == id));
    let (Some(found), Some(last)) = (found, last) else {
        return Err(UserError::at(UserErrorCode::NotFound, "agreementId").into());
    };
    let versions: Vec<Version> = all.iter().map(StoredAgreement::timed).collect();
    let today = civil_date(tx.now());
    timeline::check_termination(&found.timed(), &versions, last, today).map_err(|refused| match refused {
        TerminationRefused::NotInForce => UserError::at(UserErrorCode::Conflict, "agreementId"),
        TerminationRefused::InThePast => UserError::invalid("effectiveTo", Invalid::InThePast),
        TerminationRefused::LaterThanSet => UserError::at(UserErrorCode::Conflict, "effectiveTo"),
    })?;
    tx.end_agreement(found.id, last).await?;
    let id = found.id;
    tx.commit(caller.event_about_nobody("agreement.terminate")).await?;
    Ok(id)
}
