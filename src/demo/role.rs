//! Whom a newcomer can be: the demonstration's staff, as its tokens and the console's chooser know it.

use domain::scope::Scope;

use super::DemoTenant;
use crate::service::console::DemoRole;

/// A member of a demonstration tenant's staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Every scope of a tenant.
    Admin,
    /// Reads persons.
    Reader,
    /// Reads persons and their consents.
    Marketing,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Admin, Self::Reader, Self::Marketing];

    /// Its name in `demo.json` and for front ends.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Reader => "reader",
            Self::Marketing => "marketing",
        }
    }

    /// `sub` of its tokens.
    #[must_use]
    pub const fn actor(self) -> &'static str {
        match self {
            Self::Admin => "demo-admin",
            Self::Reader => "demo-reader",
            Self::Marketing => "demo-marketing",
        }
    }

    /// Its scopes.
    #[must_use]
    pub fn scopes(self) -> Vec<Scope> {
        match self {
            Self::Admin => {
                let of_staff = |scope: &Scope| !scope.is_self_service() && !scope.is_operator();
                Scope::ALL.iter().copied().filter(of_staff).collect()
            }
            Self::Reader => vec![Scope::SubjectsRead],
            Self::Marketing => vec![Scope::SubjectsRead, Scope::ConsentsRead],
        }
    }

    const fn description(self) -> [&'static str; 2] {
        match self {
            Self::Admin => [
                "Dataskyddsansvarig: ser och gör allt för sin organisation",
                "Privacy officer: sees and does everything for the organisation",
            ],
            Self::Reader => {
                ["Handläggare: läser uppgifter om personer", "Clerk: reads what is held of persons"]
            }
            Self::Marketing => [
                "Marknadsförare: når dem som har samtyckt, och deras samtycken",
                "Marketer: reaches those who have consented, and their consents",
            ],
        }
    }
}

/// The staff of all tenants, for the console to choose from. A data subject is not among them: the console is the staff's.
#[must_use]
pub fn console_roles(tenants: &[DemoTenant]) -> Vec<DemoRole> {
    let of_tenant = |tenant: &DemoTenant| {
        let (id, name) = (tenant.id, tenant.name.clone());
        Role::ALL.map(|role| DemoRole {
            id: format!("{id}:{}", role.name()),
            tenant: id,
            tenant_name: name.clone(),
            name: role.name(),
            description: role.description(),
            actor: role.actor(),
            scopes: role.scopes(),
        })
    };
    tenants.iter().flat_map(of_tenant).collect()
}
