//! What is wrong with a body, and where.

use domain::language::Language;

use crate::service::refusal::UserError;

/// One thing that is wrong. Nothing in it repeats what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, such as `subject_identities[0].identity_type`; empty where no single member is to blame.
    pub location: String,
    /// What to branch on.
    pub reason: &'static str,
    /// What to do.
    pub message: String,
}

impl Fault {
    /// A fault at a place.
    pub fn at(location: impl Into<String>, reason: &'static str, message: impl Into<String>) -> Self {
        Self { location: location.into(), reason, message: message.into() }
    }

    /// What a use case found wrong, at the member of the body that its input was read from. `extension` is where this
    /// gateway's own extension stands in the body.
    #[must_use]
    pub fn of(error: &UserError, extension: &str) -> Self {
        let location = location(error, extension);
        Self { location, reason: error.code.text(), message: error.message(Language::En) }
    }
}

/// The member of the body that a path into a mutation's input stands for.
fn location(error: &UserError, extension: &str) -> String {
    let mut path = error.path.iter().skip(1);
    let Some(first) = path.next() else { return String::new() };
    let mut location = match first.as_ref() {
        "receivedAt" => return "submitted_time".to_owned(),
        "subjectId" => return "subject_identities".to_owned(),
        "requestId" => return "subject_request_id".to_owned(),
        first => format!("{extension}.{}", snake(first)),
    };
    for part in path {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            location.extend(["[", part, "]"]);
        } else {
            location.push('.');
            location.push_str(&snake(part));
        }
    }
    location
}

fn snake(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 2);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::refusal::UserErrorCode;

    #[test]
    fn a_path_into_an_input_is_a_place_in_the_body() {
        let at = |member| UserError::at(UserErrorCode::Invalid, member);
        for (error, expected) in [
            (at("receivedAt"), "submitted_time"),
            (at("grounds"), "extensions.x.grounds"),
            (at("rectifications").within(&["2", "newValue"]), "extensions.x.rectifications[2].new_value"),
            (UserError::new(UserErrorCode::AlreadyOpen), ""),
        ] {
            assert_eq!(Fault::of(&error, "extensions.x").location, expected);
        }
    }
}
