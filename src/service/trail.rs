//! The entries that an operation owes to the audit log: one per root field, filled while its answer is put together,
//! and durable before the answer leaves.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::category::DataCategory;
use domain::id::SubjectId;
use domain::purpose::Purpose;
use store::AuditEvent;

use super::caller::Caller;

/// The entries of one operation.
#[derive(Clone, Default)]
pub struct Trail(Arc<Mutex<Vec<Arc<Mutex<AuditEvent>>>>>);

/// The entry of one root field.
#[derive(Clone)]
pub struct Entry(Arc<Mutex<AuditEvent>>);

/// What a panicking thread left is still true: entries are only ever added to.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Trail {
    /// Opens the entry of a root field; it is owed from now on, whatever becomes of the field.
    pub fn open(&self, caller: &Caller, action: &'static str, purpose: Option<Purpose>) -> Entry {
        let event = Arc::new(Mutex::new(AuditEvent {
            actor: caller.authority.actor().to_owned(),
            action,
            purpose,
            allowed: true,
            subjects: Vec::new(),
            categories: std::collections::BTreeSet::new(),
            request_id: caller.request_id.clone(),
        }));
        lock(&self.0).push(Arc::clone(&event));
        Entry(event)
    }

    /// Takes all entries, to be written.
    #[must_use]
    pub fn settle(&self) -> Vec<AuditEvent> {
        lock(&self.0).drain(..).map(|event| lock(&event).clone()).collect()
    }
}

impl Entry {
    /// The person was reached.
    pub fn reached(&self, subject: SubjectId) {
        let mut event = lock(&self.0);
        if !event.subjects.contains(&subject) {
            event.subjects.push(subject);
        }
    }

    /// The persons of a page were reached.
    pub fn reached_all(&self, subjects: impl IntoIterator<Item = SubjectId>) {
        lock(&self.0).subjects.extend(subjects);
    }

    /// A value of the category was shown.
    pub fn disclosed(&self, category: DataCategory) {
        lock(&self.0).categories.insert(category);
    }

    /// The use was refused.
    pub fn denied(&self) {
        lock(&self.0).allowed = false;
    }
}
