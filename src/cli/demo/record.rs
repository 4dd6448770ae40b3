//! `demo.json`: where the demo answers, whom it knows, and tokens of a day for trying it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use auth::development::{DevelopmentIssuer, KEY_FILE, TokenRequest};
use domain::id::{SubjectId, TenantId};
use domain::scope::Scope;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::folder::Folder;
use super::issuer::{ALGORITHM, AUDIENCE, ISSUER};
use crate::cli::files;
use crate::demo::{DemoTenant, Role};

/// The file's name.
pub const FILE: &str = "demo.json";

/// As long as any token may be valid.
const LIFETIME: Duration = Duration::from_hours(24);

/// What is written, and told at the terminal.
pub struct Record {
    base: String,
    key_id: String,
    tenants: Vec<Value>,
    operator_token: String,
    /// A token for the `curl` that is told, and whose it is.
    example: Option<(String, String)>,
}

/// Mints tokens of one instant.
struct Mint<'i> {
    issuer: &'i DevelopmentIssuer,
    now: Timestamp,
}

impl Mint<'_> {
    fn token(
        &self,
        actor: &str,
        scopes: &[Scope],
        (tenant, subject): (Option<TenantId>, Option<SubjectId>),
    ) -> String {
        self.issuer.mint(&TokenRequest {
            tenant,
            subject,
            actor: actor.to_owned(),
            scopes: scopes.iter().map(|scope| scope.text().to_owned()).collect(),
            lifetime: LIFETIME,
            now: self.now,
        })
    }

    fn tokens(&self, tenant: &DemoTenant) -> Value {
        let staff = |role: Role| self.token(role.actor(), &role.scopes(), (Some(tenant.id), None));
        let own = tenant.self_subject_id.map(|subject| {
            let scopes = [Scope::SelfRead, Scope::SelfRequest];
            self.token("demo-data-subject", &scopes, (Some(tenant.id), Some(subject)))
        });
        json!({
            "admin": staff(Role::Admin),
            "reader": staff(Role::Reader),
            "marketing": staff(Role::Marketing),
            "self": own,
        })
    }
}

impl Record {
    /// What there is to tell of a demo that answers at `address`, with tokens from `now` on.
    pub fn new(
        address: SocketAddr,
        issuer: &DevelopmentIssuer,
        tenants: Vec<DemoTenant>,
        now: Timestamp,
    ) -> Self {
        let mint = Mint { issuer, now };
        let operator: Vec<_> = Scope::ALL.iter().copied().filter(|scope| scope.is_operator()).collect();
        let mut example = None;
        let mut told = Vec::new();
        for tenant in tenants {
            let tokens = mint.tokens(&tenant);
            if let (None, Some(_), Some(token)) = (&example, tenant.self_subject_id, tokens["admin"].as_str())
            {
                example = Some((tenant.name.clone(), token.to_owned()));
            }
            told.push(json!({
                "id": tenant.id.to_string(),
                "name": tenant.name,
                "subjectIds": tenant.subject_ids.iter().map(ToString::to_string).collect::<Vec<_>>(),
                "selfSubjectId": tenant.self_subject_id.map(|id| id.to_string()),
                "tokens": tokens,
            }));
        }
        Self {
            base: address.to_string(),
            key_id: issuer.key_id().to_owned(),
            tenants: told,
            operator_token: mint.token("demo-operator", &operator, (None, None)),
            example,
        }
    }

    fn json(&self, key: &Path) -> Value {
        let base = &self.base;
        json!({
            "gatewayUrl": format!("http://{base}/graphql"),
            "operatorUrl": format!("http://{base}/operator/graphql"),
            "wsUrl": format!("ws://{base}/graphql/ws"),
            "consoleUrl": format!("http://{base}/console/"),
            "issuer": ISSUER,
            "audience": AUDIENCE,
            "algorithm": ALGORITHM,
            "signingKeyId": self.key_id,
            "signingKeyPem": key,
            "tenants": self.tenants,
            "operatorToken": self.operator_token,
        })
    }

    /// Writes the file anew and gives its place.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, folder: &Folder) -> anyhow::Result<PathBuf> {
        let path = folder.path().join(FILE);
        let key = std::path::absolute(folder.path().join(KEY_FILE))?;
        let text = serde_json::to_string_pretty(&self.json(&key))?;
        files::replace(&path, &text).with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(path)
    }

    /// What a newcomer reads.
    pub fn greeting(&self, path: &Path) -> String {
        let (base, path) = (&self.base, path.display());
        let example = self.example.as_ref().map(|example| self.curl(example)).unwrap_or_default();
        format!(
            "\nThe privacy gateway is ready.\n\n\
             Console       http://{base}/console/  (in a browser)\n\
             GraphiQL      http://{base}/graphql  (in a browser)\n\
             API           http://{base}/graphql\n\
             Operator API  http://{base}/operator/graphql\n\
             Schema        http://{base}/schema/gateway.graphql\n\
             Tokens        {path}  (valid for 24 hours)\n\
             {example}\nCtrl-C stops it.\n"
        )
    }

    fn curl(&self, (tenant, token): &(String, String)) -> String {
        let query = r#"{"query":"{ dataSubjects(first: 3) { edges { node { id name email } } } }"}"#;
        format!(
            "\nTry it, as an administrator of {tenant}:\n\n\
             curl -s http://{base}/graphql \\\n  -H 'Content-Type: application/json' \\\n  \
             -H 'Authorization: Bearer {token}' \\\n  -d '{query}'\n",
            base = self.base
        )
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use auth::development::Identity;
    use uuid::Uuid;

    use super::*;

    fn record() -> Value {
        let identity = Identity { issuer: ISSUER.to_owned(), audience: AUDIENCE.to_owned() };
        let issuer = DevelopmentIssuer::generate(identity).unwrap();
        let subject = SubjectId::from_uuid(Uuid::from_u128(7));
        let tenant = |subjects: Vec<SubjectId>| DemoTenant {
            id: TenantId::from_uuid(Uuid::from_u128(1)),
            name: "Example AB".to_owned(),
            self_subject_id: subjects.first().copied(),
            subject_ids: subjects,
        };
        let tenants = vec![tenant(vec![subject]), tenant(vec![])];
        let now = "2026-11-22T12:00:00Z".parse().unwrap();
        Record::new("127.0.0.1:8080".parse().unwrap(), &issuer, tenants, now).json(Path::new("/x/key.pem"))
    }

    fn claims(token: &Value) -> Value {
        use base64::Engine as _;
        let claims = token.as_str().unwrap().split('.').nth(1).unwrap();
        let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).unwrap();
        serde_json::from_slice(&claims).unwrap()
    }

    #[test]
    fn every_member_of_the_contract_is_there() {
        let record = record();
        for member in [
            "gatewayUrl",
            "operatorUrl",
            "wsUrl",
            "consoleUrl",
            "issuer",
            "audience",
            "algorithm",
            "signingKeyId",
            "signingKeyPem",
            "operatorToken",
        ] {
            assert!(record[member].is_string(), "{member}");
        }
        assert_eq!(record["gatewayUrl"], "http://127.0.0.1:8080/graphql");
        assert_eq!(record["tenants"][0]["subjectIds"].as_array().unwrap().len(), 1);
        assert_eq!(record["tenants"][1]["selfSubjectId"], Value::Null);
        assert_eq!(record["tenants"][1]["tokens"]["self"], Value::Null);
    }

    #[test]
    fn each_token_has_its_scopes_for_a_day() {
        let record = record();
        let tokens = &record["tenants"][0]["tokens"];
        for (token, scope) in [
            (&tokens["reader"], "subjects:read"),
            (&tokens["marketing"], "subjects:read consents:read"),
            (&tokens["self"], "self:read self:request"),
            (
                &record["operatorToken"],
                "operator:tenants operator:agreements operator:subprocessors operator:breaches",
            ),
        ] {
            let claims = claims(token);
            assert_eq!(claims["scope"], scope);
            assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 86_400);
        }
        let admin = claims(&tokens["admin"]);
        let scopes: Vec<_> = admin["scope"].as_str().unwrap().split(' ').collect();
        assert_eq!(scopes.len(), 18);
        assert!(!scopes.iter().any(|scope| scope.starts_with("self:") || scope.starts_with("operator:")));
        assert!(claims(&tokens["self"])["subject_id"].is_string());
        assert!(claims(&record["operatorToken"])["tenant_id"].is_null());
    }
}
