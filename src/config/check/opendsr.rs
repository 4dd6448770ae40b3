//! OpenDSR: what no controller could verify, or another would sign.

use super::super::Config;
use super::Findings;
use super::storage::others_may_read;

pub(super) fn check(config: &Config, findings: &mut Findings<'_>) {
    let opendsr = &config.opendsr;
    if let Err(error) = opendsr.authorities() {
        findings.form("opendsr.ca_file", error.to_string());
    }
    let Some(domain) = &opendsr.domain else {
        if opendsr.certificate_file.is_some() || opendsr.key_file.is_some() {
            findings.form("opendsr.domain", "is missing: without it OpenDSR is not spoken");
        }
        return;
    };
    let host = config.server.public_url.as_ref().and_then(|url| url.host_str());
    if host != Some(domain.as_str()) {
        findings.form(
            "opendsr.domain",
            "is not the host of server.public_url: controllers look for the certificate where they send requests",
        );
    }
    if let Err(error) = opendsr.processor() {
        findings.form("opendsr.domain", error.to_string());
    }
    if let Some(path) = &opendsr.key_file
        && std::fs::metadata(path).is_ok_and(|found| others_may_read(&found))
    {
        findings.danger(
            "opendsr.key_file",
            format!(
                "every user of this machine could sign in the gateway's name; chmod o-rwx {}",
                path.display()
            ),
        );
    }
}
