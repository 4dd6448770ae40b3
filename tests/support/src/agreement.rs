//! Agreements: those that both parties had signed before a test begins, and offers over the two APIs.

use domain::agreement::{AgreementTerms, SubprocessorAuthorisation};
use domain::id::{AgreementId, TenantId};
use domain::language::Language;
use jiff::Timestamp;
use serde_json::{Value, json};
use store::{NewAgreement, NewSignature};

use crate::rights::with;
use crate::tenant::Tenant;

/// An agreement that both had signed before the gateway came to know of it.
pub(crate) fn agreed_before(
    (tenant, id): (TenantId, AgreementId),
    version: u16,
    terms: AgreementTerms,
) -> NewAgreement {
    let signed = |name: &str| NewSignature {
        name: name.to_owned(),
        title: "firmatecknare".to_owned(),
        at: Timestamp::UNIX_EPOCH,
    };
    NewAgreement {
        id,
        tenant,
        version,
        language: Language::Sv,
        template: None,
        subject_matter: "Drift av kundregister".to_owned(),
        nature_and_purpose: "Lagring och visning".to_owned(),
        categories: terms.categories,
        subject_categories: vec!["kunder".to_owned()],
        instructions: vec!["Behandla bara enligt avtalet.".to_owned()],
        security_measures: vec!["Kryptering per person.".to_owned()],
        authorisation: SubprocessorAuthorisation::General,
        objection_period_days: 30,
        return_period_days: 30,
        effective_from: terms.effective_from,
        effective_to: terms.effective_to,
        document: "# Avtal".to_owned(),
        document_sha256: "0".repeat(64),
        processor: signed("Prov Biträdesson"),
        controller: Some(signed("Prov Ansvarigsson")),
    }
}

impl Tenant<'_> {
    /// What an offer to the tenant takes, from the Swedish template that comes with the gateway.
    pub async fn offer(&self, more: Value) -> Value {
        let platform = self.gateway().platform();
        let templates = platform.query("{ agreementTemplates { id language } }", Value::Null).await;
        let templates = templates.data("/agreementTemplates");
        let template = templates.as_array().and_then(|all| all.iter().find(|one| one["language"] == "sv"));
        let template = template.map_or(Value::Null, |template| template["id"].clone());
        let input = json!({
            "tenantId": self.id.to_string(),
            "templateId": template,
            "subjectMatter": "Drift av kundregister",
            "natureAndPurpose": "Lagring och visning av kunduppgifter",
            "dataCategories": ["NAME", "EMAIL"],
            "subjectCategories": ["kunder"],
            "instructions": ["Behandla bara enligt avtalet."],
            "securityMeasures": ["Kryptering per person."],
            "subprocessorAuthorisation": "GENERAL",
            "effectiveFrom": "2026-03-02",
            "signatoryName": "Prov Biträdesson",
            "signatoryTitle": "firmatecknare",
        });
        with(input, &more)
    }

    /// Is offered an agreement; gives its identifier.
    pub async fn is_offered(&self, more: Value) -> String {
        let input = self.offer(more).await;
        let answer = self.gateway().platform().change("offerAgreement", input, "agreement { id }").await;
        answer.string("/offerAgreement/agreement/id")
    }

    /// Signs the offer as it was read.
    pub async fn signs_offer(&self, agreement: &str) {
        let read =
            "{ viewer { tenant { agreements(first: 100) { edges { node { id documentSha256 } } } } } }";
        let read = self.admin().query(read, Value::Null).await.data("/viewer/tenant/agreements/edges");
        let own = read.as_array().and_then(|all| all.iter().find(|edge| edge["node"]["id"] == agreement));
        let digest = own.map_or(Value::Null, |edge| edge["node"]["documentSha256"].clone());
        let input = json!({
            "agreementId": agreement,
            "documentSha256": digest,
            "signatoryName": "Prov Ansvarigsson",
            "signatoryTitle": "firmatecknare",
        });
        self.admin().change("signAgreement", input, "agreement { id }").await.succeeded();
    }
}
