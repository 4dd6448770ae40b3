//! A person's values as a client gives them: read, normalised, and what the person is to be found by.

use std::collections::BTreeMap;

use domain::address::{AddressParts, PostalAddress};
use domain::category::DataCategory;
use domain::email::EmailAddress;
use domain::external_reference::ExternalReference;
use domain::invalid::Invalid;
use domain::login_name::LoginName;
use domain::password::Password;
use domain::person_name::PersonName;
use domain::personal::Personal;
use domain::phone::PhoneNumber;
use domain::text::Text;
use store::{IndexKind, Term};

use super::input::Faults;
use super::refusal::{Refusal, UserError};

/// A member of an update: left out, null or a value.
#[derive(Clone, Default)]
pub enum Given<T> {
    /// Left out: unchanged.
    #[default]
    LeftOut,
    /// Null: removed.
    Null,
    /// A new value.
    Value(T),
}

/// A person's values as they came from outside, unchecked.
#[derive(Clone, Default)]
pub struct PersonInput {
    /// The tenant's own key.
    pub external_reference: Given<String>,
    /// Full name.
    pub name: Given<String>,
    /// Position, role or title.
    pub position: Given<String>,
    /// Telephone.
    pub phone: Given<String>,
    /// Postal address.
    pub address: Given<AddressParts>,
    /// E-mail.
    pub email: Given<String>,
    /// Login name.
    pub login_name: Given<String>,
    /// Password.
    pub password: Given<String>,
}

/// The values after reading.
#[derive(Default)]
pub struct PersonValues {
    /// Values to store, `None` for those to remove.
    pub values: BTreeMap<DataCategory, Option<Personal<String>>>,
    /// The reference to store; the inner `None` removes it.
    pub external_reference: Option<Option<Personal<String>>>,
    /// What the person is to be found by, for every value given.
    pub terms: Vec<Term>,
    /// The kinds of terms that the values given replace or remove.
    pub replaced: Vec<IndexKind>,
    /// A password to be hashed.
    pub password: Option<Password>,
}

/// Which member of the input holds a term.
#[must_use]
pub const fn member_of(kind: IndexKind) -> &'static str {
    match kind {
        IndexKind::Email => "email",
        IndexKind::Phone => "phone",
        IndexKind::LoginName => "loginName",
        IndexKind::ExternalReference => "externalReference",
        IndexKind::NameWord => "name",
    }
}

/// Which member of the input holds a category.
#[must_use]
pub const fn member_of_category(category: DataCategory) -> &'static str {
    match category {
        DataCategory::Name => "name",
        DataCategory::Position => "position",
        DataCategory::Phone => "phone",
        DataCategory::Address => "address",
        DataCategory::Email => "email",
        DataCategory::LoginName => "loginName",
        DataCategory::Password => "password",
        DataCategory::Accounting => "accountingRecords",
    }
}

fn term(kind: IndexKind, normalised: String) -> Term {
    Term { kind, normalised: Personal::new(normalised) }
}

/// One value as a client gives it, in the form in which it is stored, and what the person is found by with it. The
/// stored form reads back to itself.
///
/// # Errors
/// What is wrong with it; [`Invalid::NotCorrectedHere`] for a password and for accounting records.
pub fn read_one(category: DataCategory, raw: &str) -> Result<(Personal<String>, Vec<Term>), Invalid> {
    let mut faults = Faults::default();
    let PersonValues { mut values, terms, .. } = PersonInput::only(category, raw)?.read(&mut faults);
    if let Err(Refusal::User(errors)) = faults.finish() {
        return Err(errors.iter().find_map(|error| error.reason).unwrap_or(Invalid::UnknownValue));
    }
    let value = values.remove(&category).flatten();
    Ok((value.ok_or(Invalid::NotCorrectedHere)?, terms))
}

impl PersonInput {
    /// An input with one value; an address as the JSON of its parts.
    fn only(category: DataCategory, raw: &str) -> Result<Self, Invalid> {
        let (text, none) = (Given::Value(raw.to_owned()), Self::default());
        Ok(match category {
            DataCategory::Name => Self { name: text, ..none },
            DataCategory::Position => Self { position: text, ..none },
            DataCategory::Phone => Self { phone: text, ..none },
            DataCategory::Email => Self { email: text, ..none },
            DataCategory::LoginName => Self { login_name: text, ..none },
            DataCategory::Address => {
                let parts = serde_json::from_str(raw).map_err(|_| Invalid::NotAnAddress)?;
                Self { address: Given::Value(parts), ..none }
            }
            DataCategory::Password | DataCategory::Accounting => return Err(Invalid::NotCorrectedHere),
        })
    }

    /// Reads every value and notes every fault.
    pub fn read(&self, faults: &mut Faults) -> PersonValues {
        let mut read = PersonValues::default();
        read.text(faults, DataCategory::Name, &self.name, |raw| {
            let name = PersonName::parse(raw)?;
            let words = name.words().into_iter().map(|word| term(IndexKind::NameWord, word));
            Ok((name.as_str().to_owned(), words.collect()))
        });
        read.text(faults, DataCategory::Position, &self.position, |raw| {
            Ok((Text::parse(raw)?.as_str().to_owned(), Vec::new()))
        });
        read.text(faults, DataCategory::Phone, &self.phone, |raw| {
            let phone = PhoneNumber::parse(raw)?;
            Ok((phone.as_str().to_owned(), vec![term(IndexKind::Phone, phone.normalised())]))
        });
        read.text(faults, DataCategory::Email, &self.email, |raw| {
            let email = EmailAddress::parse(raw)?;
            Ok((email.as_str().to_owned(), vec![term(IndexKind::Email, email.normalised())]))
        });
        read.text(faults, DataCategory::LoginName, &self.login_name, |raw| {
            let login = LoginName::parse(raw)?;
            Ok((login.as_str().to_owned(), vec![term(IndexKind::LoginName, login.normalised())]))
        });
        read.replaces(&self.name, IndexKind::NameWord);
        read.replaces(&self.phone, IndexKind::Phone);
        read.replaces(&self.email, IndexKind::Email);
        read.replaces(&self.login_name, IndexKind::LoginName);
        read.replaces(&self.external_reference, IndexKind::ExternalReference);
        read.address(faults, &self.address);
        read.reference(faults, &self.external_reference);
        read.secret(faults, &self.password);
        read
    }
}

impl PersonValues {
    fn text(
        &mut self,
        faults: &mut Faults,
        category: DataCategory,
        given: &Given<String>,
        parse: impl FnOnce(&str) -> Result<(String, Vec<Term>), Invalid>,
    ) {
        match given {
            Given::LeftOut => {}
            Given::Null => drop(self.values.insert(category, None)),
            Given::Value(raw) => {
                if let Some((value, terms)) = faults.take(member_of_category(category), parse(raw)) {
                    self.values.insert(category, Some(Personal::new(value)));
                    self.terms.extend(terms);
                }
            }
        }
    }

    fn replaces<T>(&mut self, given: &Given<T>, kind: IndexKind) {
        if !matches!(given, Given::LeftOut) {
            self.replaced.push(kind);
        }
    }

    fn address(&mut self, faults: &mut Faults, given: &Given<AddressParts>) {
        match given {
            Given::LeftOut => {}
            Given::Null => drop(self.values.insert(DataCategory::Address, None)),
            Given::Value(parts) => match PostalAddress::parse(parts) {
                Ok(address) => {
                    let stored = serde_json::to_string(&address).ok().map(Personal::new);
                    self.values.insert(DataCategory::Address, stored);
                }
                Err(fault) => faults.add(UserError::invalid("address", fault.reason).within(&[fault.part])),
            },
        }
    }

    fn reference(&mut self, faults: &mut Faults, given: &Given<String>) {
        match given {
            Given::LeftOut => {}
            Given::Null => self.external_reference = Some(None),
            Given::Value(raw) => {
                if let Some(reference) = faults.take("externalReference", ExternalReference::parse(raw)) {
                    self.terms.push(term(IndexKind::ExternalReference, reference.normalised()));
                    self.external_reference = Some(Some(Personal::new(reference.as_str().to_owned())));
                }
            }
        }
    }

    fn secret(&mut self, faults: &mut Faults, given: &Given<String>) {
        match given {
            Given::LeftOut => {}
            Given::Null => drop(self.values.insert(DataCategory::Password, None)),
            Given::Value(raw) => self.password = faults.take("password", Password::parse(raw)),
        }
    }

    /// The categories that the values touch.
    pub fn categories(&self) -> impl Iterator<Item = DataCategory> + '_ {
        let secret = self.password.iter().map(|_| DataCategory::Password);
        self.values.keys().copied().chain(secret)
    }
}
