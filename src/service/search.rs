//! Searching for persons: what a filter finds for a purpose.

use domain::category::{Categories, DataCategory};
use domain::email::EmailAddress;
use domain::external_reference::ExternalReference;
use domain::id::SubjectId;
use domain::invalid::Invalid;
use domain::login_name::LoginName;
use domain::person_name::folded_words;
use domain::personal::Personal;
use domain::phone::PhoneNumber;
use domain::purpose::Purpose;
use domain::subject::SubjectStatus;
use store::{IndexKind, Sees, StoreError, SubjectQuery, TenantTx, Term};

use super::disclosure::{Person, View};

/// A filter as a client sends it. Members combine with AND.
#[derive(Clone, Default)]
pub struct Search {
    /// Only these states.
    pub status: Option<Vec<SubjectStatus>>,
    /// Exact, after normalisation.
    pub email: Option<String>,
    /// Exact, after normalisation.
    pub phone: Option<String>,
    /// Exact.
    pub login_name: Option<String>,
    /// Exact.
    pub external_reference: Option<String>,
    /// Every word of it occurs in the name.
    pub name_words: Option<String>,
}

/// A member of the filter has the wrong form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidSearch {
    /// The argument.
    pub argument: &'static str,
    /// What is wrong with it.
    pub reason: Invalid,
}

/// A filter that was read, for one purpose.
pub struct Found {
    query: SubjectQuery,
    /// Nobody can fit: nothing is asked of the database.
    nobody: bool,
}

impl Found {
    /// The one person that was found; `None` for none and for several.
    pub(super) async fn the_one<S: Sees>(&self, tx: &TenantTx<S>) -> Result<Option<SubjectId>, StoreError> {
        if self.nobody {
            return Ok(None);
        }
        let found = tx.list_subjects(&SubjectQuery { first: 1, ..self.query.clone() }).await?;
        Ok(if let [one] = &found[..] { Some(one.id) } else { None })
    }
}

impl Search {
    /// The list's name, for its cursors: the purpose and every member.
    #[must_use]
    pub fn name(&self, purpose: Purpose) -> String {
        let status =
            self.status.as_ref().map(|all| all.iter().map(|status| status.code()).collect::<Vec<_>>());
        let values = serde_json::json!([
            "dataSubjects",
            purpose.code(),
            status,
            self.email,
            self.phone,
            self.login_name,
            self.external_reference,
            self.name_words,
        ]);
        values.to_string()
    }

    /// Reads the filter.
    ///
    /// # Errors
    /// [`InvalidSearch`] names the first member that is wrong.
    pub fn read(&self, purpose: Purpose, agreed: &Categories) -> Result<Found, InvalidSearch> {
        let marketing = purpose == Purpose::DirectMarketing;
        // Only persons whose data may be used are on the marketing list.
        let statuses =
            if marketing { vec![SubjectStatus::Active] } else { self.status.clone().unwrap_or_default() };
        let query = SubjectQuery {
            first: 0,
            after: None,
            statuses,
            terms: self.terms()?,
            searched_for: self.searches_values().then_some(purpose),
            consented_to: marketing.then_some(purpose),
        };
        Ok(Found { query, nobody: self.names_nobody(purpose, agreed) })
    }

    /// The categories whose values are searched for.
    fn searched(&self) -> impl Iterator<Item = DataCategory> {
        let searched = [
            (self.email.is_some(), DataCategory::Email),
            (self.phone.is_some(), DataCategory::Phone),
            (self.login_name.is_some(), DataCategory::LoginName),
            (self.name_words.is_some(), DataCategory::Name),
        ];
        searched.into_iter().filter(|(given, _)| *given).map(|(_, category)| category)
    }

    fn searches_values(&self) -> bool {
        self.searched().next().is_some()
    }

    /// Whether the filter can find nobody: states that the purpose does not see, or a value that it does not show or
    /// that is outside the agreement; to be searched for is as much as to be shown.
    fn names_nobody(&self, purpose: Purpose, agreed: &Categories) -> bool {
        let unseen = self.status.as_ref().is_some_and(|wanted| {
            wanted.is_empty()
                || purpose == Purpose::DirectMarketing && !wanted.contains(&SubjectStatus::Active)
        });
        let mut searched = self.searched();
        let withheld = searched.any(|category| {
            !purpose.shows(category) || !agreed.contains(&category) && purpose != Purpose::RightsHandling
        });
        unseen || withheld
    }

    fn terms(&self) -> Result<Vec<Term>, InvalidSearch> {
        let mut terms = Vec::new();
        let mut add = |kind, normalised| terms.push(Term { kind, normalised: Personal::new(normalised) });
        if let Some(email) = &self.email {
            add(IndexKind::Email, EmailAddress::parse(email).map_err(wrong("filter.email"))?.normalised());
        }
        if let Some(phone) = &self.phone {
            add(IndexKind::Phone, PhoneNumber::parse(phone).map_err(wrong("filter.phone"))?.normalised());
        }
        if let Some(login) = &self.login_name {
            add(
                IndexKind::LoginName,
                LoginName::parse(login).map_err(wrong("filter.loginName"))?.normalised(),
            );
        }
        if let Some(reference) = &self.external_reference {
            let reference = ExternalReference::parse(reference).map_err(wrong("filter.externalReference"))?;
            add(IndexKind::ExternalReference, reference.normalised());
        }
        if let Some(phrase) = &self.name_words {
            let words = folded_words(phrase);
            if words.is_empty() {
                return Err(wrong("filter.nameWords")(Invalid::Empty));
            }
            for word in words {
                add(IndexKind::NameWord, word);
            }
        }
        Ok(terms)
    }
}

fn wrong(argument: &'static str) -> impl Fn(Invalid) -> InvalidSearch {
    move |reason| InvalidSearch { argument, reason }
}

impl View {
    /// A page of the persons found, oldest first: `first` at most, and whether more follow.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent.
    pub async fn list(
        &self,
        found: &Found,
        first: u32,
        after: Option<SubjectId>,
    ) -> Result<(Vec<Person>, bool), StoreError> {
        if found.nobody {
            return Ok((Vec::new(), false));
        }
        let mut people =
            self.reading().tx.list_subjects(&SubjectQuery { first, after, ..found.query.clone() }).await?;
        let more = people.len() > first as usize;
        people.truncate(first as usize);
        Ok((people.into_iter().map(|stored| self.seen(stored)).collect(), more))
    }

    /// How many persons were found in all.
    ///
    /// # Errors
    /// When a database fails.
    pub async fn count(&self, found: &Found) -> Result<u64, StoreError> {
        if found.nobody { Ok(0) } else { self.reading().tx.count_subjects(&found.query).await }
    }
}
