//! How many distinct persons were disclosed to an actor within the last hour, in this process. Reading in bulk is the risk
//! of a gateway to personal data, and neither requests nor cost tell it from reading one person again and again.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use domain::id::SubjectId;
use governor::clock::Clock as _;

use super::asker::Asker;
use super::ticks::Ticks;

/// How long a person counts after the last disclosure.
const WINDOW: Duration = Duration::from_hours(1);

/// After so many answers the actors to whom nobody was disclosed within the hour are forgotten.
const SWEEP_EVERY: u32 = 1_000;

/// When each person was last disclosed, by actor. Of one actor at most as many persons are kept as may be disclosed, and
/// the few of the mutations that were begun below the limit.
pub struct Subjects {
    most: usize,
    clock: Ticks,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    askers: HashMap<Asker, HashMap<SubjectId, Duration>>,
    answers: u32,
}

impl Subjects {
    /// Nobody was disclosed to anybody.
    pub fn new(most: usize, clock: Ticks) -> Self {
        Self { most, clock, told: Mutex::default() }
    }

    /// Counts the persons of an answer, if all of them fit.
    ///
    /// # Errors
    /// How long to wait until they do. None of them is counted.
    pub fn tell(&self, asker: &Asker, persons: &BTreeSet<SubjectId>) -> Result<(), Duration> {
        let now = self.clock.now();
        let mut told = self.told(now);
        let seen = told.askers.entry(asker.clone()).or_default();
        if seen.len() + unseen(seen, persons) > self.most {
            seen.retain(|_, at| now.saturating_sub(*at) < WINDOW);
        }
        let excess = (seen.len() + unseen(seen, persons)).saturating_sub(self.most);
        if excess > 0 {
            return Err(
                until_fewer(seen, persons, excess).map_or(WINDOW, |at| (at + WINDOW).saturating_sub(now))
            );
        }
        seen.extend(persons.iter().map(|person| (*person, now)));
        Ok(())
    }

    /// Counts the persons whom the answer of a mutation shows: what was done cannot be refused any more.
    pub fn tell_of_changed(&self, asker: &Asker, persons: &BTreeSet<SubjectId>) {
        let now = self.clock.now();
        let mut told = self.told(now);
        let seen = told.askers.entry(asker.clone()).or_default();
        for person in persons {
            // What was let pass by a limit that only measures is not kept without bound.
            if seen.len() < self.most.saturating_mul(2) || seen.contains_key(person) {
                seen.insert(*person, now);
            }
        }
    }

    /// Whether anybody more may be disclosed, asked before a mutation.
    ///
    /// # Errors
    /// How long to wait.
    pub fn has_room(&self, asker: &Asker) -> Result<(), Duration> {
        let now = self.clock.now();
        let mut told = self.told(now);
        let Some(seen) = told.askers.get_mut(asker) else { return Ok(()) };
        if seen.len() >= self.most {
            seen.retain(|_, at| now.saturating_sub(*at) < WINDOW);
        }
        match (seen.len() + 1).saturating_sub(self.most) {
            0 => Ok(()),
            excess => {
                let at = until_fewer(seen, &BTreeSet::new(), excess);
                Err(at.map_or(WINDOW, |at| (at + WINDOW).saturating_sub(now)))
            }
        }
    }

    fn told(&self, now: Duration) -> MutexGuard<'_, Told> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.answers = told.answers.wrapping_add(1);
        if told.answers.is_multiple_of(SWEEP_EVERY) {
            let recent = |at: &Duration| now.saturating_sub(*at) < WINDOW;
            told.askers.retain(|_, seen| seen.values().any(recent));
        }
        told
    }
}

fn unseen(seen: &HashMap<SubjectId, Duration>, persons: &BTreeSet<SubjectId>) -> usize {
    persons.iter().filter(|person| !seen.contains_key(person)).count()
}

/// When the last of so many persons was disclosed who have to be forgotten first; `None` where that alone is not enough.
fn until_fewer(
    seen: &HashMap<SubjectId, Duration>,
    persons: &BTreeSet<SubjectId>,
    excess: usize,
) -> Option<Duration> {
    let others = seen.iter().filter(|(person, _)| !persons.contains(person));
    let mut instants: Vec<Duration> = others.map(|(_, at)| *at).collect();
    instants.sort_unstable();
    instants.get(excess.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::ops::Range;
    use std::sync::Arc;

    use domain::clock::SettableClock;
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;

    fn subjects(most: usize) -> (Arc<SettableClock>, Subjects) {
        let clock = Arc::new(SettableClock::new(Timestamp::UNIX_EPOCH));
        let ticks = Ticks::new(clock.clone());
        (clock, Subjects::new(most, ticks))
    }

    fn persons(numbers: Range<u128>) -> BTreeSet<SubjectId> {
        numbers.map(|number| SubjectId::from_uuid(Uuid::from_u128(number))).collect()
    }

    const MINUTES: fn(u64) -> Duration = Duration::from_mins;

    #[test]
    fn a_person_counts_once_and_for_an_hour_after_the_last_time() {
        let (clock, subjects) = subjects(5);
        let anna = Asker::named("anna");
        subjects.tell(&anna, &persons(0..3)).unwrap();
        clock.advance(MINUTES(10));
        subjects.tell(&anna, &persons(2..5)).unwrap();
        assert_eq!(subjects.tell(&anna, &persons(4..6)), Err(MINUTES(50)), "until 0 is forgotten");
        assert_eq!(subjects.tell(&anna, &persons(4..8)), Err(MINUTES(60)), "2 was told again");
        assert_eq!(subjects.tell(&anna, &persons(0..5)), Ok(()), "known ones count no more");
        assert_eq!(subjects.tell(&Asker::named("bo"), &persons(10..15)), Ok(()), "everybody counts alone");
        clock.advance(MINUTES(60));
        assert_eq!(subjects.tell(&anna, &persons(20..25)), Ok(()));
    }

    #[test]
    fn whoever_is_refused_is_not_counted_and_more_than_the_budget_never_fits() {
        let (_, subjects) = subjects(5);
        let anna = Asker::named("anna");
        assert_eq!(subjects.tell(&anna, &persons(0..6)), Err(WINDOW));
        assert_eq!(subjects.tell(&anna, &persons(6..11)), Ok(()));
    }

    #[test]
    fn a_mutation_begins_while_there_is_room_and_counts_beyond() {
        let (clock, subjects) = subjects(2);
        let anna = Asker::named("anna");
        assert_eq!(subjects.has_room(&anna), Ok(()));
        subjects.tell_of_changed(&anna, &persons(0..3));
        assert_eq!(subjects.has_room(&anna), Err(MINUTES(60)));
        clock.advance(MINUTES(60));
        assert_eq!(subjects.has_room(&anna), Ok(()));
    }

    #[test]
    fn actors_to_whom_nobody_was_disclosed_for_an_hour_are_forgotten() {
        let (clock, subjects) = subjects(2);
        for number in 0..10 {
            subjects.tell(&Asker::named(&number.to_string()), &persons(0..1)).unwrap();
        }
        clock.advance(MINUTES(60));
        for _ in 0..SWEEP_EVERY {
            subjects.tell(&Asker::named("anna"), &persons(0..1)).unwrap();
        }
        assert_eq!(subjects.told.lock().unwrap().askers.len(), 1);
    }
}
