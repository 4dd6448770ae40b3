//! Somebody with a token.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::test_gateway::TestGateway;

/// Somebody with a token, who speaks to the gateway over HTTP.
#[derive(Clone)]
pub struct Caller<'g> {
    pub(crate) gateway: &'g TestGateway,
    /// The text after `Bearer`.
    pub token: String,
    pub(crate) language: &'static str,
    pub(crate) api: Api,
}

/// Which of the two APIs somebody speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    /// The tenants'.
    Tenant,
    /// The operator's.
    Operator,
}

impl Api {
    const fn path(self) -> &'static str {
        match self {
            Self::Tenant => "graphql",
            Self::Operator => "operator/graphql",
        }
    }
}

impl Caller<'_> {
    /// The same caller, who reads another language.
    #[must_use]
    pub fn in_language(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// The same caller at the operator's address.
    #[must_use]
    pub fn at_the_operator_api(self) -> Self {
        Self { api: Api::Operator, ..self }
    }

    /// Sends an operation and waits for the answer.
    pub async fn query(&self, text: &str, variables: Value) -> Answer {
        self.posts(json!({ "query": text, "variables": variables })).await
    }

    /// Sends a mutation that takes one `input`, and selects `selection` and the user errors of its payload.
    pub async fn change(&self, mutation: &str, input: Value, selection: &str) -> Answer {
        let mut capital = mutation.to_owned();
        if let Some(first) = capital.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        let text = format!(
            "mutation($input: {capital}Input!) {{ {mutation}(input: $input) {{ {selection} \
             userErrors {{ code message path }} }} }}"
        );
        self.query(&text, json!({ "input": input })).await
    }

    /// Sends a body of the GraphQL endpoint.
    pub async fn posts(&self, body: Value) -> Answer {
        let request = self.request(Method::POST, self.api.path()).header("content-type", "application/json");
        receive(request.body(body.to_string())).await
    }

    /// Sends a request that was made for this caller.
    pub async fn sends(&self, request: RequestBuilder) -> Answer {
        self.gateway.send(request).await
    }

    /// A request with the caller's token, to be completed and sent.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.gateway.request(method, path).bearer_auth(&self.token);
        if self.language.is_empty() { request } else { request.header("accept-language", self.language) }
    }

    /// Reads every value of a person for the ordinary purpose.
    pub async fn reads(&self, person: &str) -> Answer {
        self.reads_for(person, "SERVICE_DELIVERY").await
    }

    /// Reads every value of a person for a purpose.
    pub async fn reads_for(&self, person: &str, purpose: &str) -> Answer {
        let text = "query($id: ID!, $purpose: Purpose!) { dataSubject(id: $id, purpose: $purpose) { id \
                    externalReference status name position phone email loginName hasPassword \
                    address { lines postalCode locality country } } }";
        self.query(text, json!({ "id": person, "purpose": purpose })).await
    }
}

/// Sends a request and reads the whole answer.
///
/// # Panics
/// When the gateway cannot be reached.
pub(crate) async fn receive(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the gateway answers");
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = response.bytes().await.expect("the answer ends").to_vec();
    Answer { status, headers, body }
}
