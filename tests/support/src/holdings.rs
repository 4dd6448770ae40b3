//! What is held about a person, what keeps it, and who may see it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::caller::Caller;
use crate::rights::{OUTCOMES, told, with};
use crate::tenant::Tenant;

/// The members of a person that carry a value, in the order of their categories.
pub const MEMBERS: [&str; 7] = ["name", "position", "phone", "address", "email", "loginName", "hasPassword"];

/// Every purpose.
pub const PURPOSES: [&str; 5] =
    ["SERVICE_DELIVERY", "DIRECT_MARKETING", "BOOKKEEPING", "RIGHTS_HANDLING", "LEGAL_CLAIMS"];

/// The selection of every value of a person.
pub const VALUES: &str = "id status externalReference name position phone email loginName hasPassword address { lines \
                          postalCode locality country } accountingRecords { edges { node { number description } } }";

/// What of a person an answer shows: the members with a value, and `accounting` where a record tells what it says. That
/// there is no password is no value.
#[must_use]
pub fn shown(person: &Value) -> Vec<&'static str> {
    let has = |member: &&str| !person[*member].is_null() && person[*member] != false;
    let mut shown: Vec<_> = MEMBERS.into_iter().filter(has).collect();
    let records = person["accountingRecords"]["edges"].as_array();
    if records.into_iter().flatten().any(|edge| !edge["node"]["description"].is_null()) {
        shown.push("accounting");
    }
    shown
}

impl Tenant<'_> {
    /// Staff tries to file a record that names a person, with further members of the input.
    pub async fn tries_to_file(&self, person: &str, number: &str, more: Value) -> Answer {
        let least = json!({
            "subjectId": person, "kind": "INVOICE", "number": number, "issuedOn": "2025-06-30",
            "description": format!("Ett års abonnemang {number}"),
        });
        let selection = "accountingRecord { id kind number issuedOn fiscalYearEndsOn retainedThrough }";
        self.gateway().clock.advance(Duration::from_millis(1));
        self.admin().change("recordAccountingRecord", with(least, &more), selection).await
    }

    /// Staff files an invoice of a fiscal year that names a person; gives its identifier.
    pub async fn files_invoice(&self, person: &str, number: &str, fiscal_year_end: &str) -> String {
        let year = json!({ "fiscalYearEndsOn": fiscal_year_end, "issuedOn": "2020-01-15" });
        self.tries_to_file(person, number, year).await.made()
    }

    /// Staff tries to place a hold on everything about a person, with other members of the input.
    pub async fn tries_to_hold(&self, person: &str, more: Value) -> Answer {
        let least = json!({
            "subjectId": person, "ground": "LEGAL_CLAIMS", "reference": "T 1234-26", "categories":
            ["NAME", "POSITION", "PHONE", "ADDRESS", "EMAIL", "LOGIN_NAME", "PASSWORD", "ACCOUNTING"],
        });
        let selection = "legalHold { id ground categories reference placedAt expiresOn releasedAt }";
        self.admin().change("placeLegalHold", with(least, &more), selection).await
    }

    /// Staff places an open-ended hold for legal claims on some categories; gives its identifier.
    pub async fn holds(&self, person: &str, categories: &[&str]) -> String {
        self.tries_to_hold(person, json!({ "categories": categories })).await.made()
    }

    /// Staff releases a hold.
    pub async fn releases(&self, hold: &str) -> Answer {
        let input = json!({ "legalHoldId": hold });
        self.admin().change("releaseLegalHold", input, "legalHold { id releasedAt }").await
    }

    /// What a selection shows of a person who is read for the handling of a request.
    pub async fn subject(&self, person: &str, selection: &str) -> Value {
        let text =
            format!("query($id: ID!) {{ dataSubject(id: $id, purpose: RIGHTS_HANDLING) {{ {selection} }} }}");
        self.admin().query(&text, json!({ "id": person })).await.data("/dataSubject")
    }

    /// The state of a person's data.
    pub async fn state_of(&self, person: &str) -> Value {
        self.subject(person, "status").await["status"].clone()
    }

    /// What of a person is shown for a purpose; empty also where the person is not there for it.
    pub async fn shown_for(&self, person: &str, purpose: &str) -> Vec<&'static str> {
        shown(&self.admin().sees(person, purpose).await.data("/dataSubject"))
    }

    /// How many persons a filter finds for a purpose.
    pub async fn finds(&self, purpose: &str, filter: Value) -> Value {
        let text = "query($filter: DataSubjectFilter, $purpose: Purpose!) { \
                    dataSubjects(filter: $filter, purpose: $purpose) { totalCount edges { node { id } } } }";
        let answer = self.admin().query(text, json!({ "filter": filter, "purpose": purpose })).await;
        let edges = answer.data("/dataSubjects/edges");
        let count = answer.data("/dataSubjects/totalCount");
        assert_eq!(edges.as_array().map(Vec::len).map(Value::from), Some(count.clone()), "{}", answer.text());
        count
    }

    /// What an erasure of some categories, or of everything, would do today, and the plan's digest.
    pub async fn plan(&self, person: &str, categories: Value) -> (Vec<String>, String) {
        let text = format!(
            "query($id: ID!, $categories: [DataCategory!]) {{ dataSubject(id: $id) {{ \
             erasurePlan(categories: $categories) {{ sha256 {OUTCOMES} }} }} }}"
        );
        let variables = json!({ "id": person, "categories": categories });
        let answer = self.admin().query(&text, variables).await;
        let plan = answer.data("/dataSubject/erasurePlan");
        (told(&plan["outcomes"]), plan["sha256"].as_str().unwrap_or_default().to_owned())
    }

    /// The restrictions of a person, newest first.
    pub async fn restrictions(&self, person: &str) -> Vec<Value> {
        let found =
            self.subject(person, "restrictions { id ground startedAt liftedAt subjectInformedAt }").await;
        found["restrictions"].as_array().cloned().unwrap_or_default()
    }

    /// Staff lifts a restriction of which the person was told now.
    pub async fn lifts(&self, restriction: &str) -> Answer {
        let informed = format!("{:.3}", self.gateway().now());
        let input = json!({ "restrictionId": restriction, "subjectInformedAt": informed });
        self.admin().change("liftRestriction", input, "restriction { id liftedAt subjectInformedAt }").await
    }

    /// How many events of an action the audit log holds, at most 200.
    pub async fn events(&self, action: &str) -> usize {
        let text = "query($action: String) { auditEvents(first: 200, filter: { action: $action }) { edges { cursor } } }";
        let answer = self.admin().query(text, json!({ "action": action })).await;
        answer.data("/auditEvents/edges").as_array().map_or(0, Vec::len)
    }
}

impl Caller<'_> {
    /// Reads every value of a person and their accounting records for a purpose.
    pub async fn sees(&self, person: &str, purpose: &str) -> Answer {
        let text = format!(
            "query($id: ID!, $purpose: Purpose!) {{ dataSubject(id: $id, purpose: $purpose) {{ {VALUES} }} }}"
        );
        self.query(&text, json!({ "id": person, "purpose": purpose })).await
    }

    /// A person's own token reads every value.
    pub async fn sees_themselves(&self) -> Value {
        self.query(&format!("{{ me {{ {VALUES} }} }}"), Value::Null).await.data("/me")
    }
}
