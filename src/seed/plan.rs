//! What is made: how many, of which seed, as of which day; and which of it belongs together.

use domain::calendar::first_moment;
use domain::id::{SubjectId, TenantId};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use store::MadeUpTenant;

use super::chance::{Chance, Matter};

/// Persons whose rows are written in one commit: enough that a commit costs little, and few enough for one entry of the log.
pub const AT_ONCE: u64 = 500;

/// From here on identifiers count in milliseconds, so that they are the same on whatever day they are made: the first instant
/// of 2025.
const IDENTIFIERS_BEGIN: i64 = 1_735_689_600_000;

/// What is to be made up. Persons are dealt out to the tenants in turn, so that a larger plan holds all of a smaller one with
/// as many tenants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// How many tenants, at least one.
    pub tenants: u32,
    /// How many persons in all.
    pub subjects: u64,
    /// What everything is drawn from.
    pub seed: u64,
    /// The day on which all this has happened by now, in Sweden.
    pub as_of: Date,
}

/// Persons of one tenant that are written together: the tenant by its number, and their places within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Batch {
    pub tenant: u32,
    pub from: u64,
    pub to: u64,
}

impl Plan {
    /// The tenants, by their numbers.
    #[must_use]
    pub fn made_up(&self) -> Vec<MadeUpTenant> {
        (0..self.tenants)
            .map(|number| MadeUpTenant { id: self.tenant(number), name: self.name(number) })
            .collect()
    }

    pub(super) fn tenant(&self, number: u32) -> TenantId {
        TenantId::new(identified_at(u64::from(number)), &self.chance(Matter::Tenant, u64::from(number)))
    }

    /// The name says how it was made, which is how it is known again.
    pub(super) fn name(&self, number: u32) -> String {
        format!("Påhittat företag {} av {} (seed {})", u64::from(number) + 1, self.tenants, self.seed)
    }

    /// How many persons a tenant has.
    pub(super) fn persons_of(&self, tenant: u32) -> u64 {
        let (tenants, tenant) = (u64::from(self.tenants), u64::from(tenant));
        self.subjects / tenants + u64::from(tenant < self.subjects % tenants)
    }

    /// All that is to be written, tenant by tenant. Where one begins does not depend on how many persons there are.
    pub(super) fn batches(self) -> impl Iterator<Item = Batch> + Send {
        (0..self.tenants).flat_map(move |tenant| {
            let all = self.persons_of(tenant);
            (0..all.div_ceil(AT_ONCE)).map(move |batch| {
                let from = batch * AT_ONCE;
                Batch { tenant, from, to: all.min(from + AT_ONCE) }
            })
        })
    }

    /// The number of a tenant's person among all.
    pub(super) fn number(&self, tenant: u32, place: u64) -> u64 {
        u64::from(tenant) + place * u64::from(self.tenants)
    }

    /// The identifier of the person with a number.
    pub(super) fn subject(&self, number: u64) -> SubjectId {
        SubjectId::new(identified_at(number), &self.chance(Matter::Person, number))
    }

    pub(super) fn chance(&self, matter: Matter, number: u64) -> Chance {
        Chance::new(self.seed, matter, number)
    }

    /// The first instant of the day as of which everything is.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        first_moment(self.as_of)
    }

    /// When the person with a number was registered: one every 20 seconds, over 240 days that end three weeks before.
    pub(super) fn registered_at(&self, number: u64) -> Timestamp {
        const EVERY: i64 = 20;
        const DAYS: i64 = 240;
        let all = DAYS * 86_400 / EVERY;
        let place = i64::try_from(number).unwrap_or(i64::MAX).rem_euclid(all);
        let begins = self.now().saturating_sub(((DAYS + 21) * 24).hours()).unwrap_or(Timestamp::MIN);
        begins.saturating_add((place * EVERY).seconds()).unwrap_or(Timestamp::MAX)
    }
}

/// The instant in the identifier of the thing with a number.
pub(super) fn identified_at(number: u64) -> Timestamp {
    let number = i64::try_from(number).unwrap_or(i64::MAX);
    Timestamp::from_millisecond(IDENTIFIERS_BEGIN.saturating_add(number)).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    const fn plan(tenants: u32, subjects: u64) -> Plan {
        Plan { tenants, subjects, seed: 3, as_of: date(2026, 3, 2) }
    }

    fn numbers(plan: Plan) -> Vec<u64> {
        let numbers = plan
            .batches()
            .flat_map(|batch| (batch.from..batch.to).map(move |place| plan.number(batch.tenant, place)));
        numbers.collect()
    }

    #[test]
    fn every_person_is_of_one_tenant_and_in_one_batch() {
        for (tenants, subjects) in [(1, 1), (1, 1_200), (3, 10), (7, 5_001), (9, 4)] {
            let numbers = numbers(plan(tenants, subjects));
            let distinct: BTreeSet<_> = numbers.iter().copied().collect();
            assert_eq!(numbers.len(), distinct.len(), "{tenants} {subjects}");
            assert_eq!(distinct, (0..subjects).collect(), "{tenants} {subjects}");
        }
    }

    #[test]
    fn a_larger_plan_holds_the_smaller_one() {
        let (small, large) = (plan(4, 1_000), plan(4, 9_000));
        assert_eq!(small.made_up(), large.made_up());
        for number in [0, 1, 999] {
            assert_eq!(small.subject(number), large.subject(number));
            assert_eq!(small.registered_at(number), large.registered_at(number));
        }
    }

    #[test]
    fn identifiers_are_in_the_order_of_the_numbers() {
        let plan = plan(2, 0);
        let ids: Vec<_> = (0..100).map(|number| plan.subject(number)).collect();
        assert!(ids.is_sorted());
    }

    #[test]
    fn another_seed_or_number_of_tenants_makes_other_tenants() {
        let made_up: BTreeSet<_> = plan(2, 0).made_up().into_iter().collect();
        for other in [Plan { seed: 4, ..plan(2, 0) }, plan(3, 0)] {
            assert!(other.made_up().iter().all(|tenant| !made_up.contains(tenant)));
        }
    }

    #[test]
    fn everybody_is_registered_before_the_day() {
        let plan = plan(1, 0);
        for number in [0, 1_036_799, 1_036_800, 5_000_000] {
            assert!(plan.registered_at(number) < plan.now(), "{number}");
        }
    }
}
