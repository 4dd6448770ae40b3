//! The issuer for demonstrations and tests.

use std::fs;
use std::time::Duration;

use auth::development::{DevelopmentError, DevelopmentIssuer, Identity, JWKS_FILE, KEY_FILE, TokenRequest};
use auth::{KeySource, Refusal};
use domain::id::{SubjectId, TenantId};
use domain::scope::Scope;
use jiff::Timestamp;

use crate::door::{Door, new_path};
use crate::forge::{AUDIENCE, ISSUER, NOW, SUBJECT, TENANT};

fn identity() -> Identity {
    Identity { issuer: ISSUER.to_owned(), audience: AUDIENCE.to_owned() }
}

fn request() -> TokenRequest {
    TokenRequest {
        tenant: Some(TenantId::parse(TENANT).unwrap()),
        subject: None,
        actor: "demo-admin".to_owned(),
        scopes: vec!["subjects:read".to_owned(), "audit:read".to_owned()],
        lifetime: Duration::from_mins(10),
        now: Timestamp::from_second(NOW).unwrap(),
    }
}

#[tokio::test]
async fn its_tokens_open_the_door_that_trusts_it() {
    let dir = new_path();
    let issuer = DevelopmentIssuer::generate(identity()).unwrap();
    issuer.write(&dir).unwrap();
    let door = Door::closed(vec![issuer.config(KeySource::File(dir.join(JWKS_FILE)))]);
    door.refresh().await;

    let admin = door.ask(&issuer.mint(&request())).await.unwrap();
    assert_eq!(admin.actor(), "demo-admin");
    assert!(admin.satisfies(&[vec![Scope::SubjectsRead, Scope::AuditRead]]));
    assert_eq!(admin.expires_at().as_second(), NOW + 600);

    let subject = SubjectId::parse(SUBJECT).unwrap();
    let of_subject =
        TokenRequest { subject: Some(subject), scopes: vec!["self:read".to_owned()], ..request() };
    assert_eq!(door.ask(&issuer.mint(&of_subject)).await.unwrap().subject(), Some(subject));

    let of_operator = TokenRequest { tenant: None, scopes: vec!["operator:tenants".to_owned()], ..request() };
    let operator = door.authenticator().authenticate_operator(&issuer.mint(&of_operator)).await.unwrap();
    assert!(operator.satisfies(&[vec![Scope::OperatorTenants]]));

    let too_long = TokenRequest { lifetime: Duration::from_hours(25), ..request() };
    assert_eq!(door.refusal(&issuer.mint(&too_long)).await, Some(Refusal::LifetimeTooLong));
}

#[tokio::test]
async fn its_key_is_loaded_from_where_it_was_written() {
    let dir = new_path();
    let issuer = DevelopmentIssuer::generate(identity()).unwrap();
    issuer.write(&dir).unwrap();
    let door = Door::closed(vec![issuer.config(KeySource::File(dir.join(JWKS_FILE)))]);
    door.refresh().await;

    let loaded = DevelopmentIssuer::load(identity(), &dir).unwrap();

    assert_eq!(loaded.key_id(), issuer.key_id());
    assert_eq!(loaded.jwks(), issuer.jwks());
    assert_eq!(door.refusal(&loaded.mint(&request())).await, None);
    let published = fs::read_to_string(dir.join(JWKS_FILE)).unwrap();
    assert!(published.contains(issuer.key_id()));
    assert!(!published.contains("\"d\""));
}

#[cfg(unix)]
#[test]
fn its_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let dir = new_path();
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join(KEY_FILE), "an older file that everyone may read").unwrap();

    DevelopmentIssuer::generate(identity()).unwrap().write(&dir).unwrap();

    assert_eq!(fs::metadata(dir.join(KEY_FILE)).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(DevelopmentIssuer::load(identity(), &dir).is_ok());
}

#[test]
fn what_is_no_key_is_not_loaded() {
    let dir = new_path();
    assert!(matches!(DevelopmentIssuer::load(identity(), &dir), Err(DevelopmentError::File { .. })));
    fs::create_dir_all(&dir).unwrap();
    for text in ["", "key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        fs::write(dir.join(KEY_FILE), text).unwrap();
        assert!(matches!(DevelopmentIssuer::load(identity(), &dir), Err(DevelopmentError::Key)), "{text}");
    }
}
