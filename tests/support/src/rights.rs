//! Rights requests, as tests bring them along.

#![expect(clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::persons::person;
use crate::tenant::Tenant;

/// The kinds of request that the controller decides on; `OBJECTION` is one to other processing than marketing.
pub const DECIDED: [&str; 6] =
    ["ACCESS", "PORTABILITY", "RECTIFICATION", "ERASURE", "RESTRICTION", "OBJECTION"];

/// What takes effect in the submission itself: a withdrawn consent, and an objection to marketing.
pub const AT_ONCE: [&str; 2] = ["CONSENT_WITHDRAWAL", "MARKETING_OBJECTION"];

/// The steps that staff takes with a request, in the order of its life.
pub const STEPS: [&str; 6] = [
    "askForIdentity",
    "verifyRequesterIdentity",
    "extendDeadline",
    "approveRightsRequest",
    "refuseRightsRequest",
    "withdrawRightsRequest",
];

/// The mutation that submits a kind of request, and the least that it needs besides the person.
///
/// # Panics
/// When there is no such kind.
#[must_use]
pub fn submission(kind: &str) -> (&'static str, Value) {
    match kind {
        "ACCESS" => ("submitAccessRequest", json!({})),
        "PORTABILITY" => ("submitPortabilityRequest", json!({})),
        "RECTIFICATION" => (
            "submitRectificationRequest",
            json!({ "rectifications": [{ "category": "POSITION", "newValue": "Provchef" }] }),
        ),
        "ERASURE" => ("submitErasureRequest", json!({})),
        "RESTRICTION" => ("submitRestrictionRequest", json!({ "ground": "UNLAWFUL_PROCESSING" })),
        "OBJECTION" => (
            "submitObjection",
            json!({ "purpose": "SERVICE_DELIVERY", "grounds": "Min situation har ändrats." }),
        ),
        "MARKETING_OBJECTION" => ("submitObjection", json!({ "purpose": "DIRECT_MARKETING" })),
        "CONSENT_WITHDRAWAL" => ("withdrawConsent", json!({ "purpose": "DIRECT_MARKETING" })),
        other => panic!("no kind {other}"),
    }
}

/// The members of `more` beside or instead of those of `input`.
#[must_use]
pub fn with(mut input: Value, more: &Value) -> Value {
    for (member, value) in more.as_object().into_iter().flatten() {
        input[member] = value.clone();
    }
    input
}

impl Tenant<'_> {
    /// Staff tries to submit a request of a kind about a person, with further members of the input.
    pub async fn tries(&self, kind: &str, person: &str, more: Value) -> Answer {
        let (mutation, least) = submission(kind);
        let input = with(with(least, &json!({ "subjectId": person })), &more);
        self.admin().change(mutation, input, "rightsRequest { id reference status }").await
    }

    /// Staff submits a request of a kind about a person; gives its identifier.
    pub async fn submits(&self, kind: &str, person: &str) -> String {
        self.tries(kind, person, json!({})).await.made()
    }

    /// Staff submits a request for access; gives its identifier.
    pub async fn submits_access(&self, person: &str) -> String {
        self.submits("ACCESS", person).await
    }

    /// Staff takes a step with a request.
    pub async fn takes(&self, step: &str, request: &str) -> Answer {
        let more = match step {
            "askForIdentity" => json!({ "reason": "Adressen är ny för oss." }),
            "verifyRequesterIdentity" => json!({ "method": "ELECTRONIC_ID" }),
            "extendDeadline" => {
                json!({ "grounds": ["COMPLEXITY"], "reason": "Uppgifterna finns på flera håll." })
            }
            "refuseRightsRequest" => {
                json!({ "ground": "EXCESSIVE", "reasons": "Samma begäran besvarades i går." })
            }
            _ => json!({}),
        };
        let input = with(json!({ "requestId": request }), &more);
        self.admin().change(step, input, "rightsRequest { id status }").await
    }

    /// Staff confirms the requester's identity.
    pub async fn verifies(&self, request: &str) {
        let answer = self.takes("verifyRequesterIdentity", request).await;
        assert_eq!(answer.payload("/rightsRequest/status"), "UNDER_REVIEW", "{}", answer.text());
    }

    /// The controller approves.
    pub async fn approves(&self, request: &str) {
        let answer = self.takes("approveRightsRequest", request).await;
        assert_eq!(answer.payload("/rightsRequest/status"), "IN_PROGRESS", "{}", answer.text());
    }

    /// The controller refuses.
    pub async fn refuses(&self, request: &str) {
        let answer = self.takes("refuseRightsRequest", request).await;
        assert_eq!(answer.payload("/rightsRequest/status"), "REFUSED", "{}", answer.text());
    }

    /// A request of a kind is submitted, verified and approved, and not yet carried out; gives its identifier.
    pub async fn approved(&self, kind: &str, person: &str, more: Value) -> String {
        let request = self.tries(kind, person, more).await.made();
        self.verifies(&request).await;
        self.approves(&request).await;
        request
    }

    /// A request of a kind is submitted, verified, approved and carried out, whole or as far as the law allows; gives
    /// its identifier.
    pub async fn carries_out(&self, kind: &str, person: &str, more: Value) -> String {
        let request = self.approved(kind, person, more).await;
        self.gateway().work().await;
        let status = self.status_of(&request).await;
        assert!(matches!(status.as_str(), "COMPLETED" | "PARTIALLY_COMPLETED"), "{kind} is {status}");
        request
    }

    /// A request for access is submitted, verified, approved and carried out; gives its identifier.
    pub async fn answers_access(&self, person: &str) -> String {
        self.carries_out("ACCESS", person, json!({})).await
    }

    /// A new person's request of a kind, brought to a state by the steps that lead there.
    ///
    /// # Panics
    /// When no steps lead there.
    pub async fn in_state(&self, kind: &str, state: &str) -> String {
        let path: &[usize] = match state {
            "RECEIVED" => &[],
            "AWAITING_IDENTITY" => &[0],
            "UNDER_REVIEW" => &[1],
            "IN_PROGRESS" | "COMPLETED" => &[1, 3],
            "REFUSED" => &[1, 4],
            "WITHDRAWN" => &[5],
            other => panic!("no way to {other}"),
        };
        let person = self.registers(person("Ada Prov")).await;
        let request = self.submits(kind, &person).await;
        for step in path.iter().map(|place| STEPS[*place]) {
            let answer = self.takes(step, &request).await;
            assert_eq!(answer.user_errors(), Vec::<String>::new(), "{step} to {state} of {kind}");
        }
        if state == "COMPLETED" {
            self.gateway().work().await;
        }
        assert_eq!(self.status_of(&request).await, state, "{kind}");
        request
    }

    /// What a selection shows of a request.
    pub async fn request(&self, request: &str, selection: &str) -> Value {
        let text = format!("query($id: ID!) {{ rightsRequest(id: $id) {{ {selection} }} }}");
        self.admin().query(&text, json!({ "id": request })).await.data("/rightsRequest")
    }

    /// Where a request stands.
    ///
    /// # Panics
    /// When there is no such request.
    pub async fn status_of(&self, request: &str) -> String {
        let found = self.request(request, "status").await;
        found["status"].as_str().unwrap_or_else(|| panic!("no request {request}")).to_owned()
    }

    /// The statuses that a request went through, oldest first.
    pub async fn statuses_of(&self, request: &str) -> Vec<String> {
        let found = self.request(request, "timeline { status }").await;
        let steps = found["timeline"].as_array().into_iter().flatten();
        steps.map(|step| step["status"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// What was done per category and record: `NAME RETAINED BOOKKEEPING_ACT 2033-12-31`, `EMAIL ERASED`; records are
    /// named by their numbers.
    pub async fn outcomes_of(&self, request: &str) -> Vec<String> {
        told(&self.request(request, OUTCOMES).await["outcomes"])
    }

    /// A request's letter in a language; empty where there is none.
    pub async fn letter(&self, request: &str, language: &str) -> String {
        let selection = format!("letter(language: \"{language}\")");
        let found = self.request(request, &selection).await;
        found["letter"].as_str().unwrap_or_default().to_owned()
    }

    /// A link to one form of a request's package.
    pub async fn link(&self, request: &str, format: &str) -> String {
        let text = "query($id: ID!, $format: ExportFormat!) { rightsRequest(id: $id) { package { \
                    downloadUrl(format: $format) } } }";
        let answer = self.admin().query(text, json!({ "id": request, "format": format })).await;
        answer.string("/rightsRequest/package/downloadUrl")
    }
}

/// The selection that [`told`] tells in words.
pub const OUTCOMES: &str =
    "outcomes { category action retentionGround retainedThrough accountingRecord { number } }";

/// Outcomes in words, one text for each.
#[must_use]
pub fn told(outcomes: &Value) -> Vec<String> {
    let one = |outcome: &Value| {
        let number = &outcome["accountingRecord"]["number"];
        let parts =
            ["category", "action", "retentionGround", "retainedThrough"].map(|member| &outcome[member]);
        let mut words: Vec<_> = parts.into_iter().filter_map(Value::as_str).collect();
        if let Some(number) = number.as_str() {
            words.insert(1, number);
        }
        words.join(" ")
    };
    outcomes.as_array().into_iter().flatten().map(one).collect()
}
