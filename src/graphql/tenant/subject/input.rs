//! What registering and updating take.

use async_graphql::{ID, InputObject, MaybeUndefined};
use domain::address::AddressParts;
use domain::personal::Personal;

use crate::graphql::scalars::{CountryCode, EmailAddress, PhoneNumber};
use crate::service::person::{Given, PersonInput};
use crate::service::subject::canonical;

/// An address as input.
#[derive(InputObject, Clone)]
pub struct PostalAddressInput {
    /// Street and number, or box; one to three lines.
    lines: Vec<String>,
    /// Postal code.
    postal_code: String,
    /// Town.
    locality: String,
    /// Country.
    country: CountryCode,
}

/// Registers a person.
#[derive(InputObject)]
pub struct RegisterDataSubjectInput {
    /// The tenant's own key.
    external_reference: Option<String>,
    /// Full name.
    name: String,
    /// Position, role or title.
    position: Option<String>,
    /// Telephone.
    phone: Option<PhoneNumber>,
    /// Postal address.
    address: Option<PostalAddressInput>,
    /// E-mail.
    email: Option<EmailAddress>,
    /// Login name.
    login_name: Option<String>,
    /// Password of a registered user, 12 to 128 characters: hashed at once, never stored or logged.
    password: Option<String>,
    /// Same key, same input: same answer, done once.
    pub idempotency_key: Option<ID>,
}

/// Changes a person's data in the ordinary course. Left out: unchanged. Null: removed.
#[derive(InputObject)]
pub struct UpdateDataSubjectInput {
    /// Whose.
    pub subject_id: ID,
    /// The tenant's own key.
    external_reference: MaybeUndefined<String>,
    /// Full name.
    name: MaybeUndefined<String>,
    /// Position, role or title.
    position: MaybeUndefined<String>,
    /// Telephone.
    phone: MaybeUndefined<PhoneNumber>,
    /// Postal address.
    address: MaybeUndefined<PostalAddressInput>,
    /// E-mail.
    email: MaybeUndefined<EmailAddress>,
    /// Login name.
    login_name: MaybeUndefined<String>,
    /// New password.
    password: MaybeUndefined<String>,
    /// Same key, same input: same answer, done once.
    pub idempotency_key: Option<ID>,
}

impl From<PostalAddressInput> for AddressParts {
    fn from(input: PostalAddressInput) -> Self {
        let PostalAddressInput { lines, postal_code, locality, country } = input;
        Self { lines, postal_code, locality, country: country.0 }
    }
}

/// In a registration null is as good as left out: there is nothing to remove.
fn first<T>(value: Option<T>) -> Given<T> {
    value.map_or(Given::LeftOut, Given::Value)
}

fn change<T>(value: MaybeUndefined<T>) -> Given<T> {
    match value {
        MaybeUndefined::Undefined => Given::LeftOut,
        MaybeUndefined::Null => Given::Null,
        MaybeUndefined::Value(value) => Given::Value(value),
    }
}

impl From<RegisterDataSubjectInput> for PersonInput {
    fn from(input: RegisterDataSubjectInput) -> Self {
        Self {
            external_reference: first(input.external_reference),
            name: Given::Value(input.name),
            position: first(input.position),
            phone: first(input.phone.map(|phone| phone.0)),
            address: first(input.address.map(Into::into)),
            email: first(input.email.map(|email| email.0)),
            login_name: first(input.login_name),
            password: first(input.password),
        }
    }
}

impl From<UpdateDataSubjectInput> for PersonInput {
    fn from(input: UpdateDataSubjectInput) -> Self {
        Self {
            external_reference: change(input.external_reference),
            name: change(input.name),
            position: change(input.position),
            phone: change(input.phone.map_value(|phone| phone.0)),
            address: change(input.address.map_value(Into::into)),
            email: change(input.email.map_value(|email| email.0)),
            login_name: change(input.login_name),
            password: change(input.password),
        }
    }
}

/// The input as one text, for its idempotency key.
pub fn as_text(subject: Option<&str>, input: &PersonInput) -> Personal<String> {
    let address = match &input.address {
        Given::LeftOut => "-".to_owned(),
        Given::Null => "null".to_owned(),
        Given::Value(parts) => {
            serde_json::json!([parts.lines, parts.postal_code, parts.locality, parts.country]).to_string()
        }
    };
    let text = |given: &Given<String>| match given {
        Given::LeftOut => "-".to_owned(),
        Given::Null => "null".to_owned(),
        Given::Value(value) => format!("={value}"),
    };
    let members = [
        ("externalReference", text(&input.external_reference)),
        ("name", text(&input.name)),
        ("position", text(&input.position)),
        ("phone", text(&input.phone)),
        ("address", address),
        ("email", text(&input.email)),
        ("loginName", text(&input.login_name)),
        ("password", text(&input.password)),
    ];
    let mut all = vec![("subjectId", subject)];
    all.extend(members.iter().map(|(name, value)| (*name, Some(value.as_str()))));
    canonical(&all)
}
