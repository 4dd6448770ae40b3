//! The entries that an operation owes to the audit log: one per root field, filled while its answer is put together,
//! and durable before the answer leaves.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::category::{Categories, DataCategory};
use domain::id::SubjectId;
use domain::purpose::Purpose;
use store::AuditEvent;

use super::caller::Caller;

/// The entries of one operation.
#[derive(Clone, Default)]
pub struct Trail(Arc<Mutex<Vec<Entry>>>);

/// The entry of one root field.
#[derive(Clone)]
pub struct Entry(Arc<Mutex<Draft>>);

struct Draft {
    event: AuditEvent,
    /// A restriction or the purpose kept a value back.
    withheld: bool,
}

impl Draft {
    /// A use of which a restriction or the purpose left nothing was refused.
    fn settled(&self) -> AuditEvent {
        let mut event = self.event.clone();
        event.allowed = event.allowed && !(self.withheld && event.categories.is_empty());
        event
    }
}

/// What a panicking thread left is still true: entries are only ever added to.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Trail {
    /// Opens the entry of a root field; it is owed from now on, whatever becomes of the field.
    #[must_use]
    pub fn open(&self, caller: &Caller, action: &'static str, purpose: Option<Purpose>) -> Entry {
        let event = AuditEvent { purpose, ..caller.event_about_nobody(action) };
        let entry = Entry(Arc::new(Mutex::new(Draft { event, withheld: false })));
        lock(&self.0).push(entry.clone());
        entry
    }

    /// Takes all entries, to be written.
    #[must_use]
    pub fn settle(&self) -> Vec<AuditEvent> {
        lock(&self.0).drain(..).map(|entry| lock(&entry.0).settled()).collect()
    }
}

/// The persons whom the allowed entries name.
#[must_use]
pub fn persons(entries: &[AuditEvent]) -> BTreeSet<SubjectId> {
    let allowed = entries.iter().filter(|entry| entry.allowed);
    allowed.flat_map(|entry| entry.subjects.iter().copied()).collect()
}

/// The persons of whom a value was shown.
#[must_use]
pub fn persons_shown(entries: &[AuditEvent]) -> BTreeSet<SubjectId> {
    let shown = entries.iter().filter(|entry| !entry.categories.is_empty());
    shown.flat_map(|entry| entry.subjects.iter().copied()).collect()
}

/// The entries of an answer that is not sent: all of it was refused, and nothing was disclosed.
pub fn refuse(entries: &mut [AuditEvent]) {
    for entry in entries {
        entry.allowed = false;
        entry.categories = Categories::new();
    }
}

impl Entry {
    /// The person was reached.
    pub fn reached(&self, subject: SubjectId) {
        let subjects = &mut lock(&self.0).event.subjects;
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }

    /// The persons of a page were reached.
    pub fn reached_all(&self, subjects: impl IntoIterator<Item = SubjectId>) {
        lock(&self.0).event.subjects.extend(subjects);
    }

    /// A value of the category was shown.
    pub fn disclosed(&self, category: DataCategory) {
        lock(&self.0).event.categories.insert(category);
    }

    /// The use was refused.
    pub fn denied(&self) {
        lock(&self.0).event.allowed = false;
    }

    /// A restriction or the purpose kept a value back.
    pub fn withheld(&self) {
        lock(&self.0).withheld = true;
    }
}
