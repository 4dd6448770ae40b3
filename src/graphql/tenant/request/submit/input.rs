//! What a request is submitted with.

use async_graphql::{ID, InputObject};

use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::{
    DataCategory, Purpose, RectificationFault, RequestChannel, RestrictionGround,
};
use crate::service::request::rectification::CorrectionInput;
use crate::service::request::submission::{Ask, Meanwhile};

/// How and when a request came in.
#[derive(InputObject)]
pub struct Receipt {
    /// How it came in.
    #[graphql(default_with = "RequestChannel::Api")]
    pub channel: RequestChannel,
    /// When it came in; now when left out, never in the future.
    pub received_at: Option<DateTime>,
    /// Same key, same input: same answer, done once.
    pub idempotency_key: Option<ID>,
}

/// Asks for access (Art. 15).
#[derive(InputObject)]
pub struct SubmitAccessRequestInput {
    /// Whose data; left out by a self-service caller.
    pub subject_id: Option<ID>,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

/// Asks for portability (Art. 20): what the person provided, on consent or contract.
#[derive(InputObject)]
pub struct SubmitPortabilityRequestInput {
    /// Whose data; left out by a self-service caller.
    pub subject_id: Option<ID>,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

/// One correction.
#[derive(InputObject)]
pub struct RectificationInput {
    /// Which value. Accounting records are corrected by a new record, not here.
    category: DataCategory,
    /// What is wrong with it.
    #[graphql(default_with = "RectificationFault::Incorrect")]
    fault: RectificationFault,
    #[expect(clippy::doc_markdown, reason = "the words of the schema")]
    /// What it should say; an address as the JSON of PostalAddressInput.
    new_value: String,
}

/// Asks for rectification (Art. 16).
#[derive(InputObject)]
pub struct SubmitRectificationRequestInput {
    /// Whose data; left out by a self-service caller.
    pub subject_id: Option<ID>,
    /// What to correct, at least one.
    rectifications: Vec<RectificationInput>,
    /// Restrict processing until it is corrected (Art. 18(1)(a)).
    #[graphql(default = true)]
    restrict_meanwhile: bool,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

impl SubmitRectificationRequestInput {
    /// Who, how, and what is asked for.
    pub fn split(self) -> (Option<ID>, Receipt, Ask) {
        let corrections = self.rectifications.into_iter().map(|correction| CorrectionInput {
            category: correction.category.into(),
            fault: correction.fault.into(),
            new_value: correction.new_value,
        });
        let meanwhile = if self.restrict_meanwhile { Meanwhile::Restricted } else { Meanwhile::Unrestricted };
        (self.subject_id, self.receipt, Ask::Rectification(corrections.collect(), meanwhile))
    }
}

/// Asks for erasure (Art. 17).
#[derive(InputObject)]
pub struct SubmitErasureRequestInput {
    /// Whose data; left out by a self-service caller.
    pub subject_id: Option<ID>,
    /// Only these categories; all when left out.
    categories: Option<Vec<DataCategory>>,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

impl SubmitErasureRequestInput {
    /// Who, how, and what is asked for.
    pub fn split(self) -> (Option<ID>, Receipt, Ask) {
        let categories = self.categories.map(|all| all.into_iter().map(Into::into).collect());
        (self.subject_id, self.receipt, Ask::Erasure(categories))
    }
}

/// Asks for restriction (Art. 18).
#[derive(InputObject)]
pub struct SubmitRestrictionRequestInput {
    /// Whose data; left out by a self-service caller.
    pub subject_id: Option<ID>,
    /// Why.
    pub ground: RestrictionGround,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

/// Objects to processing (Art. 21). Against DIRECT_MARKETING it takes effect at once and is never weighed.
#[derive(InputObject)]
pub struct SubmitObjectionInput {
    /// Whose data; left out by a self-service caller.
    pub subject_id: Option<ID>,
    /// Which processing.
    pub purpose: Purpose,
    /// Grounds relating to the person's situation; not needed against DIRECT_MARKETING.
    pub grounds: Option<String>,
    #[graphql(flatten)]
    pub receipt: Receipt,
}

/// Withdraws a consent (Art. 7(3)); takes effect at once.
#[derive(InputObject)]
pub struct WithdrawConsentInput {
    /// Whose; left out by a self-service caller.
    pub subject_id: Option<ID>,
    /// For what.
    pub purpose: Purpose,
    #[graphql(flatten)]
    pub receipt: Receipt,
}
