//! Demonstration data: the vendor itself, two customers that are served, one that has not signed yet, one that is leaving
//! and one that has left. All people and companies but the vendor are invented.
//!
//! It is loaded tenant by tenant through the same use cases that callers reach. A tenant's log says when everything about
//! its people is there, and what is there is passed over, so that a load which was killed is completed by the next one
//! and a finished one is left as people have changed it since. Erasures come last: they take away what the tables know a
//! person by.

mod activity;
mod agreement;
mod breach;
mod consent;
mod country;
pub(crate) mod customer;
mod loader;
mod person;
mod record;
mod request;
mod retention;
mod role;
mod subprocessor;
mod tables;
mod tenant;

use auth::Authenticator;
use auth::development::DevelopmentIssuer;
use domain::id::{SubjectId, TenantId};

use crate::service::Gateway;
use loader::Loader;
pub use role::{Role, console_roles};

/// A tenant of the demonstration, as its caller needs it to hand out tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoTenant {
    /// The tenant; the same at every load.
    pub id: TenantId,
    /// Registered name.
    pub name: String,
    /// The persons that were loaded, oldest first; none without an agreement, and none after the relationship's end when
    /// all was erased.
    pub subject_ids: Vec<SubjectId>,
    /// The person to show self-service with.
    pub self_subject_id: Option<SubjectId>,
}

/// Loads the demonstration data, or finds it where it is already. `authenticator` must trust `issuer` and hold its
/// keys.
///
/// # Errors
/// When a database fails, or when the use cases refuse what is loaded.
pub async fn load(
    gateway: &Gateway,
    authenticator: &Authenticator,
    issuer: &DevelopmentIssuer,
) -> anyhow::Result<Vec<DemoTenant>> {
    let loader = Loader::new(gateway, authenticator, issuer).await?;
    loader.put_subprocessors().await?;
    let mut tenants = Vec::new();
    for demo in &tenant::ALL {
        tenants.push(loader.load(demo).await?);
    }
    loader.tell().await?;
    Ok(tenants)
}
