//! What is wrong with a request, in both languages; the English is the errors' own.

use domain::language::Language;
use domain::wording::Wording;

use super::{BatchError, CallError, CrossSite, NotAcceptable, UnsupportedMedia};

fn both(swedish: &str, english: &impl ToString) -> Wording {
    Wording::each(|language| match language {
        Language::Sv => swedish.to_owned(),
        Language::En => english.to_string(),
    })
}

impl From<CallError> for Wording {
    fn from(error: CallError) -> Self {
        let swedish = match error {
            CallError::Empty => "Förfrågan har inget innehåll.",
            CallError::NotJson => "Innehållet är inte JSON.",
            CallError::Batch => "Skicka en operation i taget.",
            CallError::TooManyValues => "Innehållet har fler värden än som läses.",
            CallError::NotObject => "Innehållet är inget JSON-objekt.",
            CallError::Repeated => "En parameter anges mer än en gång.",
            CallError::MissingQuery => "Parametern query saknas.",
            CallError::DocumentIdNotId => {
                "Parametern documentId är ingen identifierare: en sträng på 1 till 256 skrivbara tecken."
            }
            CallError::PersistedQueryMalformed => {
                "Tillägget persistedQuery är inte {\"version\": 1, \"sha256Hash\": \"…\"}."
            }
            CallError::TwoDocumentIds => {
                "documentId och tillägget persistedQuery anger olika dokument: skicka bara det ena."
            }
            CallError::QueryNotString => "Parametern query är ingen sträng.",
            CallError::OperationNameNotString => "Parametern operationName är ingen sträng.",
            CallError::VariablesNotMap => "Parametern variables är inget objekt.",
            CallError::ExtensionsNotMap => "Parametern extensions är inget objekt.",
        };
        both(swedish, &error)
    }
}

impl From<BatchError> for Wording {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::NotJson => CallError::NotJson.into(),
            BatchError::TooManyValues => CallError::TooManyValues.into(),
            BatchError::Empty => both("Anropet innehåller ingen operation: skicka minst en.", &error),
            BatchError::TooMany(most) => both(
                &format!("Ett anrop får innehålla högst {most} operationer: skicka resten i ett annat."),
                &error,
            ),
        }
    }
}

impl From<CrossSite> for Wording {
    fn from(error: CrossSite) -> Self {
        let swedish = "Skicka operationer som application/json, eller med huvudet x-apollo-operation-name eller \
                       graphql-require-preflight.";
        both(swedish, &error)
    }
}

impl From<NotAcceptable> for Wording {
    fn from(error: NotAcceptable) -> Self {
        both("Svar ges som application/graphql-response+json eller application/json, i UTF-8.", &error)
    }
}

impl From<UnsupportedMedia> for Wording {
    fn from(error: UnsupportedMedia) -> Self {
        both("Innehållet i en förfrågan är application/json i UTF-8.", &error)
    }
}
