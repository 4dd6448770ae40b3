//! What good tokens give.

use auth::{Algorithm as Allowed, IssuerConfig, Refusal};
use domain::id::{SubjectId, TenantId};
use domain::scope::Scope;
use serde_json::{Value, json};

use crate::door::{Door, file, issuer};
use crate::forge::{Algorithm, ISSUER, NOW, SUBJECT, Signer, TENANT, good_claims, key_set, with};

#[tokio::test]
async fn a_good_token_gives_its_claims() {
    let signer = Signer::es256("k1");
    let claims = with(&with(&good_claims(), "subject_id", json!(SUBJECT)), "scope", json!("self:read"));

    let authority = Door::of(&signer).await.ask(&signer.token(&claims)).await.unwrap();

    assert_eq!(authority.actor(), "integration-7");
    assert_eq!(authority.issuer(), ISSUER);
    assert_eq!(authority.tenant(), TenantId::parse(TENANT).unwrap());
    assert_eq!(authority.subject(), Some(SubjectId::parse(SUBJECT).unwrap()));
    assert_eq!(authority.expires_at().as_second(), NOW + 600);
    assert!(authority.satisfies(&[vec![Scope::AuditRead], vec![Scope::SelfRead]]));
    assert!(!authority.satisfies(&[vec![Scope::SelfRead, Scope::SelfRequest]]));
}

#[tokio::test]
async fn an_authority_does_not_print_the_actor() {
    let signer = Signer::es256("k1");
    let authority = Door::of(&signer).await.ask(&signer.token(&good_claims())).await.unwrap();

    let printed = format!("{authority:?}");

    assert!(printed.contains(TENANT));
    assert!(!printed.contains("integration-7"));
}

#[tokio::test]
async fn every_allowed_algorithm_verifies() {
    for (algorithm, allowed) in [
        (Algorithm::ES256, Allowed::Es256),
        (Algorithm::ES384, Allowed::Es384),
        (Algorithm::EdDSA, Allowed::EdDsa),
        (Algorithm::RS256, Allowed::Rs256),
        (Algorithm::PS256, Allowed::Ps256),
    ] {
        let signer = Signer::new(algorithm, "k1");
        let config = issuer(ISSUER, file(&key_set(&[&signer])));
        let door = Door::closed(vec![IssuerConfig { algorithms: vec![allowed], ..config }]);
        door.refresh().await;

        assert_eq!(door.refusal(&signer.token(&good_claims())).await, None, "{allowed}");
    }
}

#[tokio::test]
async fn harmless_variations_are_accepted() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    for (name, value) in [
        ("aud", json!(["https://elsewhere.example", "https://gateway.example"])),
        ("sub", json!("Ärende-处理-🔐")),
        ("sub", json!("å".repeat(255))),
        ("nbf", json!(NOW + 30)),
        ("iat", json!(NOW + 30)),
        ("exp", json!(NOW - 29)),
        ("unknown", json!({ "nested": [1, 2, 3] })),
        ("jti", json!("\u{0}")),
    ] {
        let claims = with(&with(&good_claims(), "iat", json!(NOW - 600)), name, value);
        assert_eq!(door.refusal(&signer.token(&claims)).await, None, "{claims}");
    }
    for typ in ["at+jwt", "AT+JWT", "application/at+jwt", "Application/AT+JWT"] {
        let header = with(&signer.header(), "typ", json!(typ));
        let token = signer.signed(&header.to_string(), &good_claims().to_string());
        assert_eq!(door.refusal(&token).await, None, "{typ}");
    }
}

#[tokio::test]
async fn scopes_follow_whom_the_token_speaks_for() {
    use Scope::{SelfRead, SelfRequest, SubjectsRead};
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let subject = json!(SUBJECT);
    for (scope, subject, granted) in [
        (None, None, vec![]),
        (Some(json!("")), None, vec![]),
        (Some(json!([])), None, vec![]),
        (Some(json!("subjects:read unheard:of")), None, vec![SubjectsRead]),
        (Some(json!(["subjects:read", "unheard:of"])), None, vec![SubjectsRead]),
        (Some(json!("subjects:read  subjects:read")), None, vec![SubjectsRead]),
        (Some(json!("SUBJECTS:READ subjects:read\u{0} subjects:\u{200b}read")), None, vec![]),
        (Some(json!("subjects:read\tsubjects:write")), None, vec![]),
        (Some(json!("subjects:read operator:tenants")), None, vec![SubjectsRead]),
        (Some(json!("subjects:read self:read")), None, vec![SubjectsRead]),
        (Some(json!("subjects:read self:read self:request")), Some(&subject), vec![SelfRead, SelfRequest]),
        (Some(json!("rights:decide operator:breaches")), Some(&subject), vec![]),
    ] {
        let claims = with(&with(&good_claims(), "scope", scope), "subject_id", subject.cloned());
        let authority = door.ask(&signer.token(&claims)).await.unwrap();
        assert_eq!(authority.scopes().iter().copied().collect::<Vec<_>>(), granted, "{claims}");
    }
}

#[tokio::test]
async fn a_token_opens_one_of_the_two_apis() {
    let signer = Signer::es256("k1");
    let door = Door::of(&signer).await;
    let of_tenant = with(&good_claims(), "scope", json!("operator:tenants"));
    let of_operator = with(
        &with(&good_claims(), "tenant_id", None::<Value>),
        "scope",
        json!("operator:tenants subjects:read self:read"),
    );

    let operator = door.authenticator().authenticate_operator(&signer.token(&of_operator)).await.unwrap();
    assert_eq!(operator.scopes().iter().copied().collect::<Vec<_>>(), [Scope::OperatorTenants]);
    assert!(!format!("{operator:?}").contains("integration-7"));

    let refused = door.authenticator().authenticate_operator(&signer.token(&of_tenant)).await;
    assert_eq!(refused.err(), Some(Refusal::TenantOnOperatorApi));
    assert_eq!(door.refusal(&signer.token(&of_operator)).await, Some(Refusal::NoTenant));
}
