//! The platform's own door: tenants as customers, what is agreed with them, sub-processors, breaches. It reaches no data
//! about a data subject: the tables of [`platform_tx`] are all that it can name, and on PostgreSQL all that its role may
//! touch.

mod agreement;
mod authority;
mod breach;
mod closing;
mod idempotency;
mod notice;
mod onboarding;
mod platform_tx;
mod subprocessor;
mod tenant;

use domain::category::Categories;
use domain::clock::Entropy;
use serde_json::json;

use crate::door::Store;

pub use agreement::{NewAgreement, NewSignature, NewTemplate, StoredTemplate};
pub use breach::{AdditionEvents, BreachAddition, BreachNotice, NewBreach, NewSupplement};
pub use closing::{Confirming, NewConfirmation};
pub use idempotency::OperatorKey;
pub use notice::Notices;
pub use onboarding::{NewActivity, NewTenant};
pub use subprocessor::{Announcing, Concerned, NewSubprocessor};
pub use tenant::{OperatorTenant, RequestFigures, TenantQuery};

/// The platform's door.
pub struct Operator<'s> {
    store: &'s Store,
    notices: Notices,
}

impl Store {
    /// The platform's door. What it tells to tenants is read in the gateway alone ([`Operator::telling`]).
    #[must_use]
    pub const fn operator(&self) -> Operator<'_> {
        Operator { store: self, notices: Notices::None }
    }
}

impl Operator<'_> {
    /// Randomness for identifiers made by the operator.
    #[must_use]
    pub fn entropy(&self) -> &dyn Entropy {
        self.store.vault.entropy()
    }
}

fn codes(categories: &Categories) -> serde_json::Value {
    json!(categories.iter().map(|category| category.code()).collect::<Vec<_>>())
}
