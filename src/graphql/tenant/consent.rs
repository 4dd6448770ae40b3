//! Consents.

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use domain::id::ConsentId;
use domain::scope::Scope;

use super::user_error::{UserError, told};
use crate::graphql::errors;
use crate::graphql::gate::{any_of, requires_scopes};
use crate::graphql::operation::operation;
use crate::graphql::scalars::DateTime;
use crate::graphql::vocabulary::{ConsentStatus, Purpose};
use crate::service::consent::ConsentInput;
use crate::service::records::StoredConsent;
use crate::service::subject::{Command, canonical};

/// A data subject's consent for one purpose (Art. 7).
pub struct Consent(pub StoredConsent);

/// A data subject's consent for one purpose (Art. 7).
#[Object]
impl Consent {
    /// Global identifier.
    pub async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What was consented to.
    async fn purpose(&self) -> Purpose {
        self.0.purpose.into()
    }

    /// Given or withdrawn.
    async fn status(&self) -> ConsentStatus {
        if self.0.withdrawn_at.is_some() { ConsentStatus::Withdrawn } else { ConsentStatus::Granted }
    }

    /// When given.
    async fn granted_at(&self) -> DateTime {
        self.0.granted_at.into()
    }

    /// When withdrawn.
    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.0.withdrawn_at.map(Into::into)
    }

    /// Where it was collected (a form, a call).
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// Which text the person saw.
    async fn text_version(&self) -> &str {
        &self.0.text_version
    }
}

/// Records a consent.
#[derive(InputObject)]
pub struct GrantConsentInput {
    /// Whose.
    subject_id: ID,
    /// For what.
    purpose: Purpose,
    /// Where it was collected.
    source: String,
    /// Which text the person saw.
    text_version: String,
    /// When given; now when left out, never in the future.
    granted_at: Option<DateTime>,
    /// Same key, same input: same answer, done once.
    idempotency_key: Option<ID>,
}

/// What came of `grantConsent`.
#[derive(SimpleObject)]
pub struct GrantConsentPayload {
    /// The consent.
    consent: Option<Consent>,
    /// Empty on success.
    user_errors: Vec<UserError>,
}

#[derive(Default)]
pub struct ConsentMutation;

#[Object]
impl ConsentMutation {
    /// Records a consent.
    #[graphql(directive = requires_scopes::apply(any_of(&[Scope::ConsentsWrite, Scope::SelfRequest])))]
    async fn grant_consent(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "All that the mutation takes.")] input: GrantConsentInput,
    ) -> Result<GrantConsentPayload> {
        const ACTION: &str = "consent.grant";
        let operation = operation(ctx)?;
        let shown = operation.change(ctx, ACTION)?;
        let granted_at = input.granted_at.map(|at| at.0);
        let purpose = domain::purpose::Purpose::from(input.purpose);
        let text = canonical(&[
            ("subjectId", Some(&input.subject_id)),
            ("purpose", Some(purpose.code())),
            ("source", Some(&input.source)),
            ("textVersion", Some(&input.text_version)),
            ("grantedAt", granted_at.as_deref()),
        ]);
        let idempotency = input.idempotency_key.map(|key| operation.idempotency(ACTION, key, text));
        let input = ConsentInput {
            subject_id: input.subject_id.0,
            purpose,
            source: input.source,
            text_version: input.text_version,
            granted_at,
        };
        let command = Command { input, idempotency, shown };
        let result = operation.gateway.grant_consent(&operation.caller, &command).await;
        match operation.done(ACTION, result)? {
            Err(errors) => Ok(GrantConsentPayload {
                consent: None,
                user_errors: told(&errors, operation.caller.language),
            }),
            Ok(id) => Ok(GrantConsentPayload { consent: find(ctx, id).await?, user_errors: Vec::new() }),
        }
    }
}

async fn find(ctx: &Context<'_>, id: ConsentId) -> Result<Option<Consent>> {
    let entered = operation(ctx)?.after_change().await?;
    let found = entered.reading.find_consent(id).await.map_err(|error| errors::internal(&error))?;
    Ok(found.map(Consent))
}
