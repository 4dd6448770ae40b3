//! Any object of the platform by its global identifier.

use async_graphql::{Context, ID, Interface, Object, Result};
use domain::id::AnyId;

use super::agreement::{Agreement, AgreementTemplate, find_agreement, find_template};
use super::breach::{PersonalDataBreach, find_breach};
use super::operation::{Operation, operation};
use super::subprocessor::{Subprocessor, find_subprocessor};
use super::tenant::{Tenant, find_tenant};
use crate::graphql::view::Way;

/// Anything with a global identifier.
#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID", desc = "Opaque, global, stable."))]
pub enum Node {
    Tenant(Tenant),
    Agreement(Agreement),
    AgreementTemplate(AgreementTemplate),
    Subprocessor(Subprocessor),
    PersonalDataBreach(PersonalDataBreach),
}

/// What `node` can lead to: a type, by the field that a token must be allowed for it (contract rule 16).
pub const WAYS: &[Way] = &[
    Way { to: "Tenant", through: ("Query", "tenants") },
    Way { to: "Agreement", through: ("Mutation", "offerAgreement") },
    Way { to: "AgreementTemplate", through: ("Query", "agreementTemplates") },
    Way { to: "Subprocessor", through: ("Query", "subprocessors") },
    Way { to: "PersonalDataBreach", through: ("Query", "personalDataBreaches") },
];

#[derive(Default)]
pub struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Any object by its global id.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global identifier, as the gateway handed it out.")] id: ID,
    ) -> Option<Result<Node>> {
        match operation(ctx) {
            Ok(operation) => find(operation, &id).await.transpose(),
            Err(error) => Some(Err(error)),
        }
    }
}

/// Asks for what the type's own list or field asks for (contract rule 16); an agreement, which has none of its own, for
/// what offering it asks for.
async fn find(operation: &Operation, id: &str) -> Result<Option<Node>> {
    Ok(match AnyId::parse(id) {
        Ok(AnyId::TenantId(id)) if operation.may("Query", "tenants") => {
            find_tenant(operation, id).await?.map(Into::into)
        }
        Ok(AnyId::AgreementId(id)) if operation.may("Mutation", "offerAgreement") => {
            find_agreement(operation, id).await?.map(Into::into)
        }
        Ok(AnyId::AgreementTemplateId(id)) if operation.may("Query", "agreementTemplates") => {
            find_template(operation, id).await?.map(Into::into)
        }
        Ok(AnyId::SubprocessorId(id)) if operation.may("Query", "subprocessors") => {
            find_subprocessor(operation, id).await?.map(Into::into)
        }
        Ok(AnyId::BreachId(id)) if operation.may("Query", "personalDataBreaches") => {
            find_breach(operation, id).await?.map(Into::into)
        }
        Ok(_) | Err(_) => None,
    })
}
