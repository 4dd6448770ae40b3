//! Verification of a certificate, which needs nothing but its file and the log's key: no database, no network, and no data about
//! a person.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;
use serde_json::Value;
use tlog::LogProof;

use super::keys::{self, PlatformKey};
use crate::cli::terminal;
use crate::package::certificate::sha256_of;

/// The file, whatever kind of certificate it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct File {
    v: u32,
    statement: Value,
    statement_sha256: String,
    proof: String,
}

/// What the entry that vouches for a statement has to say.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "type")]
    kind: String,
    action: String,
    at: String,
    digest: Option<String>,
    id: String,
    tenant: String,
}

/// The entries that vouch for certificates, each with the versions that their files have had.
const VOUCHING: [(&str, u32); 2] = [("rightsRequest.certify", 1), ("tenant.certify", 2)];

/// Verifies a certificate and tells what was found.
pub(super) fn verify(path: &Path, trusted: &[PlatformKey]) -> anyhow::Result<()> {
    let file = read(path)?;
    let statement = serde_json_canonicalizer::to_string(&file.statement)?;
    ensure!(
        sha256_of(&statement) == file.statement_sha256,
        "the statement is not the one that was certified: its SHA-256 is not {}",
        file.statement_sha256
    );
    let proof = LogProof::parse(&file.proof).context("the certificate's proof")?;
    let entry = proof.extra.as_deref().context("the proof does not hold the entry that it is about")?;
    let event: Event = serde_json::from_slice(entry).context("the entry of the proof is no audit event")?;
    vouches(&event, &file)?;
    let origin = proof.stated_checkpoint()?.origin;
    let tenant = keys::tenant_of(&origin).map(|tenant| tenant.to_string());
    ensure!(
        tenant.as_ref() == Some(&event.tenant),
        "the proof is one of {origin:?}, not of the tenant's log"
    );
    if trusted.is_empty() {
        bail!(
            "nobody's word stands behind the log's head yet: give the platform's key with --verifier-key (it is \
             published with the log, and the newest one is verifierKey of auditCheckpoint)"
        );
    }
    let head = proof.verify(entry, &keys::of_log(trusted, &origin)).context("the certificate's proof")?;
    terminal::print(&format!(
        "{}: sound\n  statement  {} (SHA-256)\n  vouched for by entry {} ({}) of {}, at {}\n  under the signed head of {} entries\n",
        path.display(),
        file.statement_sha256,
        proof.index,
        event.id,
        head.origin,
        event.at,
        head.size,
    ));
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<File> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    serde_json::from_str(&text)
        .with_context(|| format!("{} is no certificate: give its JSON form", path.display()))
}

/// Fails unless the entry is one that vouches for this very statement of this tenant.
fn vouches(event: &Event, file: &File) -> anyhow::Result<()> {
    ensure!(event.kind == "privacy-gateway/audit-event", "the entry of the proof is no audit event");
    ensure!(
        event.digest.as_ref() == Some(&file.statement_sha256),
        "the entry of the proof vouches for another statement"
    );
    let (_, version) = VOUCHING
        .into_iter()
        .find(|(action, _)| *action == event.action)
        .with_context(|| format!("an entry of {:?} vouches for no certificate", event.action))?;
    ensure!(file.v == version, "version {} of this kind of certificate is unknown here", file.v);
    let tenant = file.statement["tenant"]["id"].as_str();
    ensure!(tenant == Some(&event.tenant), "the entry of the proof is one of another tenant");
    Ok(())
}
