//! The gateway, called with documents that the compiler has checked.

use std::fmt;

use graphql_client::{GraphQLQuery, Response};
use reqwest::Client;
use reqwest::header::{ACCEPT, ACCEPT_LANGUAGE};
use reqwest::redirect::Policy;

/// The tenant API for the bearer of a token.
pub struct Gateway {
    url: String,
    token: String,
    client: Client,
}

/// Why there is no answer.
#[derive(Debug)]
pub enum Failure {
    /// The gateway answered with errors: what to branch on is the code of the first.
    Refused {
        /// See docs/errors.md.
        code: Code,
        /// The sets of scopes any one of which is needed, for [`Code::Forbidden`].
        required_scopes: Option<serde_json::Value>,
        /// A sentence for a person.
        message: String,
    },
    /// No answer of the gateway's came.
    Transport(reqwest::Error),
    /// Neither data nor errors came.
    Empty,
}

/// What a client may branch on; those that it treats alike are [`Code::Other`], and so is one that comes into the API later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Code {
    /// The token is not valid any more.
    Unauthenticated,
    /// The token lacks a scope.
    Forbidden,
    /// No processor agreement is in force.
    AgreementRequired,
    /// Too many requests, or too much to do: wait, and try again.
    Wait,
    /// Anything else.
    Other(String),
}

impl Gateway {
    /// A client that speaks for the bearer of `token`. It follows no redirect, so that the token goes nowhere else.
    ///
    /// # Errors
    ///
    /// When the system's certificates cannot be read.
    pub fn new(url: &str, token: &str) -> Result<Self, Failure> {
        let client = Client::builder().redirect(Policy::none()).build()?;
        Ok(Self { url: url.to_owned(), token: token.to_owned(), client })
    }

    /// Sends a document with its variables.
    ///
    /// # Errors
    ///
    /// See [`Failure`].
    pub async fn ask<Q: GraphQLQuery>(
        &self,
        _: Q,
        variables: Q::Variables,
    ) -> Result<Q::ResponseData, Failure> {
        let answer: Response<Q::ResponseData> = self
            .client
            .post(&self.url)
            .bearer_auth(&self.token)
            .header(ACCEPT, "application/graphql-response+json")
            .header(ACCEPT_LANGUAGE, "en")
            .json(&Q::build_query(variables))
            .send()
            .await?
            .json()
            .await?;
        match answer.errors.unwrap_or_default().into_iter().next() {
            Some(error) => Err(refused(error)),
            None => answer.data.ok_or(Failure::Empty),
        }
    }
}

fn refused(error: graphql_client::Error) -> Failure {
    let mut extensions = error.extensions.unwrap_or_default();
    let code = match extensions.remove("code").as_ref().and_then(serde_json::Value::as_str) {
        Some("UNAUTHENTICATED") => Code::Unauthenticated,
        Some("FORBIDDEN") => Code::Forbidden,
        Some("AGREEMENT_REQUIRED") => Code::AgreementRequired,
        Some("RATE_LIMITED" | "OVERLOADED") => Code::Wait,
        other => Code::Other(other.unwrap_or_default().to_owned()),
    };
    Failure::Refused { code, required_scopes: extensions.remove("requiredScopes"), message: error.message }
}

impl From<reqwest::Error> for Failure {
    fn from(error: reqwest::Error) -> Self {
        Self::Transport(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { code, message, .. } => write!(f, "{code:?}: {message}"),
            Self::Transport(error) => write!(f, "{error}"),
            Self::Empty => write!(f, "the gateway answered with nothing"),
        }
    }
}

impl std::error::Error for Failure {}
