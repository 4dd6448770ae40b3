//! What comes of a mutation of requests: the request as it is now, and what is wrong.

use async_graphql::{Result, SimpleObject};
use domain::id::RequestId;

use super::super::user_error::UserError;
use super::{RightsRequest, one_request};
use crate::graphql::errors;
use crate::graphql::operation::Operation;

/// A request and what is wrong, as every payload has it.
pub type Told = (Option<RightsRequest>, Vec<UserError>);

macro_rules! payloads {
    ($($(#[doc = $doc:literal])* $name:ident;)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(SimpleObject)]
            pub struct $name {
                /// The request as it is now.
                rights_request: Option<RightsRequest>,
                /// Empty on success.
                user_errors: Vec<UserError>,
            }

            impl From<Told> for $name {
                fn from((rights_request, user_errors): Told) -> Self {
                    Self { rights_request, user_errors }
                }
            }
        )*
    };
}

payloads! {
    /// What came of `submitAccessRequest`.
    SubmitAccessRequestPayload;
    /// What came of `submitPortabilityRequest`.
    SubmitPortabilityRequestPayload;
    /// What came of `submitRectificationRequest`.
    SubmitRectificationRequestPayload;
    /// What came of `submitErasureRequest`.
    SubmitErasureRequestPayload;
    /// What came of `submitRestrictionRequest`.
    SubmitRestrictionRequestPayload;
    /// What came of `submitObjection`.
    SubmitObjectionPayload;
    /// What came of `withdrawConsent`.
    WithdrawConsentPayload;
    /// What came of `askForIdentity`.
    AskForIdentityPayload;
    /// What came of `verifyRequesterIdentity`.
    VerifyRequesterIdentityPayload;
    /// What came of `extendDeadline`.
    ExtendDeadlinePayload;
    /// What came of `approveRightsRequest`.
    ApproveRightsRequestPayload;
    /// What came of `refuseRightsRequest`.
    RefuseRightsRequestPayload;
    /// What came of `withdrawRightsRequest`.
    WithdrawRightsRequestPayload;
}

/// The request as a mutation left it.
pub async fn find(operation: &Operation, id: RequestId) -> Result<Option<RightsRequest>> {
    let entered = operation.after_change().await?;
    let found = entered.reading.find_request(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(|request| one_request(entered, request)))
}
