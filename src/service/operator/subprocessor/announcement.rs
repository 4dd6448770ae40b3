//! An announcement: read whole, so that the operator hears of every fault at once, and told to the tenants concerned.

use domain::calendar::civil_date;
use domain::category::DataCategory;
use domain::country::CountryCode;
use domain::id::SubprocessorId;
use domain::invalid::Invalid;
use domain::subprocessor::{AdequacyList, Location, TransferMechanism, earliest_effective};
use domain::text::Text;
use jiff::civil::Date;
use store::{Concerned, NewSubprocessor};

use super::{OperatorCaller, not_before, past};
use crate::service::Gateway;
use crate::service::input::{Faults, date};
use crate::service::refusal::{Refusal, UserError, UserErrorCode};

/// A sub-processor to be announced, as a client sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncementInput {
    /// Registered name.
    pub name: String,
    /// Where it is established.
    pub country: String,
    /// Where it stores or reads personal data.
    pub processing_countries: Vec<String>,
    /// What it does.
    pub purpose: String,
    /// Categories that it may see.
    pub data_categories: Vec<DataCategory>,
    /// What makes the location lawful.
    pub transfer_mechanism: TransferMechanism,
    /// When the agreement with it was signed.
    pub agreement_signed_on: String,
    /// First day that it may process.
    pub effective_on: String,
}

/// What an announcement is measured by.
struct Measure<'a> {
    /// The day of the announcement.
    today: Date,
    /// First day that leaves every tenant concerned its period to object.
    earliest: Date,
    /// Where personal data may go.
    adequacy: &'a AdequacyList,
}

impl Gateway {
    /// Announces a sub-processor to the tenants that it concerns.
    ///
    /// # Errors
    /// [`Refusal`] says why not.
    pub async fn announce_subprocessor(
        &self,
        caller: &OperatorCaller,
        input: &AnnouncementInput,
    ) -> Result<SubprocessorId, Refusal> {
        let operator = self.telling_operator();
        let announcing = operator.announcing().await?;
        let today = civil_date(announcing.now());
        let concerned = announcing.concerned(&input.data_categories.iter().copied().collect()).await?;
        let earliest = earliest_effective(today, longest_period(&concerned));
        let new = read(input, &Measure { today, earliest, adequacy: &self.settings.adequacy })?;
        Ok(announcing.announce(new, &concerned, &caller.event("subprocessor.announce")).await?)
    }
}

fn longest_period(concerned: &[Concerned]) -> u16 {
    concerned.iter().map(|told| told.objection_period_days).max().unwrap_or(0)
}

fn read(input: &AnnouncementInput, by: &Measure<'_>) -> Result<NewSubprocessor, Refusal> {
    let mut faults = Faults::default();
    let name = faults.take("name", Text::parse(&input.name));
    let country = faults.take("country", CountryCode::parse(&input.country));
    let countries = countries(&mut faults, &input.processing_countries);
    let purpose = faults.take("purpose", Text::parse(&input.purpose));
    if input.data_categories.is_empty() {
        faults.add(UserError::invalid("dataCategories", Invalid::Empty));
    }
    let signed_on = faults.take("agreementSignedOn", past(&input.agreement_signed_on, by.today));
    let effective_on = faults.take("effectiveOn", not_before(&input.effective_on, by.earliest));
    if let (Some(seat), Ok(on)) = (&country, date(&input.effective_on)) {
        let location = Location { mechanism: input.transfer_mechanism, seat, processing: &countries };
        if location.check(by.adequacy, on).is_err() {
            faults.add(UserError::at(UserErrorCode::TransferNotLawful, "transferMechanism"));
        }
    }
    faults.finish()?;
    let read = (|| {
        Some(NewSubprocessor {
            name: name?.as_str().to_owned(),
            country: country?,
            processing_countries: countries,
            purpose: purpose?.as_str().to_owned(),
            categories: input.data_categories.iter().copied().collect(),
            transfer_mechanism: input.transfer_mechanism,
            agreement_signed_on: signed_on?,
            announced_at: None,
            effective_on: effective_on?,
        })
    })();
    read.ok_or_else(|| UserError::new(UserErrorCode::Invalid).into())
}

/// The countries that there are, each once; a fault for each that there is not.
fn countries(faults: &mut Faults, codes: &[String]) -> Vec<CountryCode> {
    const MEMBER: &str = "processingCountries";
    if codes.is_empty() {
        faults.add(UserError::invalid(MEMBER, Invalid::Empty));
    }
    let mut read = Vec::with_capacity(codes.len());
    for (at, code) in codes.iter().enumerate() {
        match CountryCode::parse(code) {
            Ok(country) if read.contains(&country) => {}
            Ok(country) => read.push(country),
            Err(reason) => faults.add(UserError::invalid(MEMBER, reason).within(&[&at.to_string()])),
        }
    }
    read
}
