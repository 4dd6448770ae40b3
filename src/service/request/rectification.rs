//! Rectification (Art. 16): what is to be corrected, read as ordinary input is, and stored when it is carried out.

use std::collections::BTreeMap;

use domain::category::{Categories, DataCategory};
use domain::invalid::Invalid;
use domain::request::rectification::{self, RectificationFault};
use domain::subject::SubjectStatus;
use store::{
    CarriesOutRights, Correction, Sees, StoreError, StoredRequest, StoredSubject, SubjectChange, TenantTx,
    Term,
};

use crate::service::person::read_one;
use crate::service::refusal::{Refusal, UserError, UserErrorCode};
use crate::service::subject::heed_suppression;

/// A correction as a client sends it.
#[derive(Clone)]
pub struct CorrectionInput {
    /// Which value.
    pub category: DataCategory,
    /// What is wrong with it.
    pub fault: RectificationFault,
    /// What it should say; an address as JSON.
    pub new_value: String,
}

/// A correction with what the person would be found by.
pub(super) struct ReadCorrection {
    pub correction: Correction,
    terms: Vec<Term>,
}

/// Reads what is to be corrected.
pub(super) fn read(
    input: &[CorrectionInput],
    agreed: &Categories,
) -> Result<Vec<ReadCorrection>, Vec<UserError>> {
    let categories: Vec<_> = input.iter().map(|correction| correction.category).collect();
    let list = |reason| UserError::invalid("rectifications", reason);
    if let Err(invalid) = rectification::check(&categories) {
        let error = list(invalid.reason);
        return Err(vec![match invalid.index {
            None => error,
            Some(index) => error.within(&[&index.to_string(), "category"]),
        }]);
    }
    let (mut read, mut errors) = (Vec::new(), Vec::new());
    for (index, correction) in input.iter().enumerate() {
        if !agreed.contains(&correction.category) {
            let outside = UserError::at(UserErrorCode::OutsideAgreement, "rectifications");
            errors.push(outside.within(&[&index.to_string(), "category"]));
            continue;
        }
        match read_value(correction) {
            Ok(values) => read.push(values),
            Err(reason) => errors.push(list(reason).within(&[&index.to_string(), "newValue"])),
        }
    }
    if errors.is_empty() { Ok(read) } else { Err(errors) }
}

fn read_value(input: &CorrectionInput) -> Result<ReadCorrection, Invalid> {
    let (value, terms) = read_one(input.category, &input.new_value)?;
    let correction = Correction { category: input.category, fault: input.fault, new_value: value };
    Ok(ReadCorrection { correction, terms })
}

/// Which corrections would give the person what must be another's alone.
pub(super) async fn taken<S: Sees>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
    corrections: &[ReadCorrection],
) -> Result<Vec<usize>, StoreError> {
    let mut taken = Vec::new();
    for (index, correction) in corrections.iter().enumerate() {
        if !tx.taken_terms(&correction.terms, Some(person.id)).await?.is_empty() {
            taken.push(index);
        }
    }
    Ok(taken)
}

/// Which corrections would add to what is left of a partly erased person.
pub(super) fn beyond_what_is_kept(person: &StoredSubject, corrections: &[ReadCorrection]) -> Vec<usize> {
    let partly = person.status == SubjectStatus::PartiallyErased;
    let is_held = |category| person.held().any(|held| held == category);
    let beyond =
        corrections.iter().enumerate().filter(|(_, read)| partly && !is_held(read.correction.category));
    beyond.map(|(index, _)| index).collect()
}

/// Whether what a request asks for is another person's by now.
pub(super) async fn is_taken<S: Sees>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
    request: &StoredRequest,
) -> Result<bool, Refusal> {
    Ok(!taken(tx, person, &again(request)?).await?.is_empty())
}

fn again(request: &StoredRequest) -> Result<Vec<ReadCorrection>, StoreError> {
    let inconsistent =
        |_: Invalid| StoreError::Inconsistent { table: "rights_request", column: "rectifications" };
    let read = request.rectifications.iter().map(|correction| {
        let (_, terms) = read_one(correction.category, correction.new_value.reveal())?;
        Ok(ReadCorrection { correction: correction.clone(), terms })
    });
    read.collect::<Result<_, _>>().map_err(inconsistent)
}

/// Stores what a request asks for.
pub(super) async fn apply<S: CarriesOutRights>(
    tx: &TenantTx<S>,
    person: &StoredSubject,
    request: &StoredRequest,
) -> Result<Categories, Refusal> {
    let read = again(request)?;
    let mut change = SubjectChange {
        values: BTreeMap::new(),
        external_reference: None,
        terms: Vec::new(),
        replaced: Vec::new(),
    };
    for ReadCorrection { correction, terms } in read {
        change.values.insert(correction.category, Some(correction.new_value));
        change.replaced.extend(terms.first().map(|term| term.kind));
        change.terms.extend(terms);
    }
    let corrected = change.values.keys().copied().collect();
    if person.status == SubjectStatus::PartiallyErased {
        // What is kept on a ground is corrected, and still found by nothing.
        change.terms.clear();
    }
    heed_suppression(tx, person.id, &change.terms).await?;
    tx.amend_subject(person, change).await?;
    Ok(corrected)
}
