//! Persons as a caller may see them. There is one way to a value, and it asks the disclosure decision, opens the value
//! under the person's key and writes what was shown into the entry that the answer owes to the audit log.

use std::sync::Arc;

use domain::category::DataCategory;
use domain::consent::MarketingFacts;
use domain::disclosure::{Disclosure, Reader, Shown, Withheld};
use domain::id::SubjectId;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use jiff::Timestamp;
use store::{StoreError, StoredRecord, StoredSubject};

use super::reading::Reading;
use super::trail::Entry;

/// How persons are looked at: in which snapshot, for what, and on whose entry.
#[derive(Clone)]
pub struct View {
    reading: Arc<Reading>,
    entry: Entry,
    purpose: Purpose,
}

/// A person in a view.
#[derive(Clone)]
pub struct Person {
    stored: StoredSubject,
    view: View,
}

impl View {
    /// A view for a purpose.
    #[must_use]
    pub const fn new(reading: Arc<Reading>, entry: Entry, purpose: Purpose) -> Self {
        Self { reading, entry, purpose }
    }

    /// The snapshot.
    #[must_use]
    pub const fn reading(&self) -> &Arc<Reading> {
        &self.reading
    }

    /// What persons are looked at for.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The entry in the audit log.
    #[must_use]
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }

    /// A person by identifier, whatever the purpose shows of them.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find(&self, id: SubjectId) -> Result<Option<Person>, StoreError> {
        Ok(self.reading.tx.find_subject(id).await?.map(|stored| self.seen(stored)))
    }

    /// Several persons by identifier, in no order; those that do not exist are left out.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn find_all(&self, ids: &[SubjectId]) -> Result<Vec<Person>, StoreError> {
        let found = self.reading.tx.find_subjects(ids).await?;
        Ok(found.into_iter().map(|stored| self.seen(stored)).collect())
    }

    /// A person by identifier, if the purpose reaches them: nobody who is not on its list is found for direct marketing.
    ///
    /// # Errors
    /// When a database fails or the row is inconsistent.
    pub async fn find_for_purpose(&self, id: SubjectId) -> Result<Option<Person>, StoreError> {
        let tx = &self.reading.tx;
        let Some(stored) = tx.find_subject(id).await? else {
            return Ok(None);
        };
        if self.purpose == Purpose::DirectMarketing {
            let consents = tx.list_consents(&[id]).await?;
            let standing = consents
                .iter()
                .filter(|given| given.purpose == self.purpose && given.withdrawn_at.is_none())
                .map(|given| given.granted_at);
            let facts =
                MarketingFacts { consented_at: standing.max(), objected_at: stored.marketing_objected_at };
            if !facts.on_list() || stored.status != SubjectStatus::Active {
                self.entry.reached(id);
                self.entry.denied();
                return Ok(None);
            }
        }
        Ok(Some(self.seen(stored)))
    }

    pub(super) fn seen(&self, stored: StoredSubject) -> Person {
        self.entry.reached(stored.id);
        Person { stored, view: self.clone() }
    }
}

impl Person {
    /// The person's identifier.
    #[must_use]
    pub const fn id(&self) -> SubjectId {
        self.stored.id
    }

    /// The view that the person is seen in.
    #[must_use]
    pub const fn view(&self) -> &View {
        &self.view
    }

    /// Whether data may be used, only kept, or is gone.
    #[must_use]
    pub const fn status(&self) -> SubjectStatus {
        self.stored.status
    }

    /// When the person was registered.
    #[must_use]
    pub const fn created_at(&self) -> Timestamp {
        self.stored.created_at
    }

    /// When any of the data last changed.
    #[must_use]
    pub const fn updated_at(&self) -> Timestamp {
        self.stored.updated_at
    }

    /// When the data was erased.
    #[must_use]
    pub const fn erased_at(&self) -> Option<Timestamp> {
        self.stored.erased_at
    }

    /// The tenant's own key for the person; gone with the person's key.
    ///
    /// # Errors
    /// When the value does not open.
    pub fn reference(&self) -> Result<Option<String>, StoreError> {
        revealed(self.stored.open_reference())
    }

    /// A value, if it may be shown.
    ///
    /// # Errors
    /// When the value does not open.
    pub fn show(&self, category: DataCategory) -> Result<Option<String>, StoreError> {
        if !self.may_show(category) {
            return Ok(None);
        }
        let value = revealed(self.stored.open(category))?;
        if value.is_some() {
            self.view.entry.disclosed(category);
        }
        Ok(value)
    }

    /// Whether a value is held, for one that is never shown itself; `None` where even that may not be told.
    ///
    /// # Errors
    /// When the value does not open.
    pub fn holds(&self, category: DataCategory) -> Result<Option<bool>, StoreError> {
        if !self.may_show(category) {
            return Ok(None);
        }
        let held = match self.stored.open(category) {
            Ok(value) => value.is_some(),
            Err(StoreError::KeyGone) => return Ok(None),
            Err(error) => return Err(error),
        };
        self.view.entry.disclosed(category);
        Ok(Some(held))
    }

    /// Whether the person's accounting records are listed at all; where the purpose has no need of them they are left
    /// out (contract rule 3).
    #[must_use]
    pub fn lists_records(&self) -> bool {
        let View { reading, purpose, .. } = &self.view;
        reading.caller.reader() == Reader::DataSubject || purpose.shows(DataCategory::Accounting)
    }

    /// What a record says about the person, if it may be shown.
    ///
    /// # Errors
    /// When the value does not open.
    pub fn show_record(&self, record: &StoredRecord) -> Result<Option<String>, StoreError> {
        if record.subject != self.stored.id || !self.may_show(DataCategory::Accounting) {
            return Ok(None);
        }
        let value = revealed(record.open().map(Some))?;
        if value.is_some() {
            self.view.entry.disclosed(DataCategory::Accounting);
        }
        Ok(value)
    }

    pub(super) const fn stored(&self) -> &StoredSubject {
        &self.stored
    }

    fn may_show(&self, category: DataCategory) -> bool {
        let View { reading, entry, purpose } = &self.view;
        let disclosure = Disclosure {
            purpose: *purpose,
            agreed: reading.tx.agreed(),
            processing: self.stored.processing,
            ended: &self.stored.ended,
            status: self.stored.status,
            reader: reading.caller.reader(),
        };
        match disclosure.shows(category) {
            Shown::Yes => true,
            Shown::No(Withheld::Erased | Withheld::OutsideAgreement) => false,
            Shown::No(_) => {
                entry.withheld();
                false
            }
        }
    }
}

/// What was sealed under a destroyed key is gone, and reads as never held.
fn revealed(
    opened: Result<Option<domain::personal::Personal<String>>, StoreError>,
) -> Result<Option<String>, StoreError> {
    match opened {
        Ok(value) => Ok(value.map(domain::personal::Personal::into_revealed)),
        Err(StoreError::KeyGone) => Ok(None),
        Err(error) => Err(error),
    }
}
