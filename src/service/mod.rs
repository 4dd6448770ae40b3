//! Use cases, one file per noun: what a caller asks for, decided and carried out. No GraphQL and no HTTP.

pub mod accounting;
pub mod agreement;
pub mod audit;
pub mod breach;
pub mod caller;
pub mod certificate;
pub mod closing;
pub mod consent;
pub mod console;
mod correspondence;
pub mod disclosure;
pub mod document;
pub mod erasure;
pub mod export;
pub mod following;
pub mod hold;
pub mod input;
pub mod notice;
pub mod opendsr;
pub mod operator;
pub mod page;
pub mod person;
pub mod privacy_notice;
pub mod processing_record;
pub mod reading;
pub mod records;
pub mod refusal;
mod register;
pub mod request;
pub mod restriction;
pub mod retention;
pub mod search;
pub mod subject;
pub mod subprocessor;
pub mod system;
pub mod tenant_export;
pub mod trail;
pub mod trusted;

use std::sync::Arc;

use connector::Mailer;
use domain::deadline::DeadlineRules;
use domain::subprocessor::AdequacyList;
use jiff::SignedDuration;
use store::Store;
use url::Url;

use opendsr::{OpenDsr, Peers};
use system::endpoint::WayOut;
use trusted::TrustedTerms;

/// The vendor's particulars, as letters and records name it.
#[derive(Debug, Clone)]
pub struct ProcessorIdentity {
    /// Registered name.
    pub name: String,
    /// Organisation number.
    pub organisation_number: String,
    /// Postal address, line by line.
    pub address_lines: Vec<String>,
    /// Where privacy questions go.
    pub email: String,
}

/// How long exports live.
#[derive(Debug, Clone, Copy)]
pub struct ExportTerms {
    /// From making to destruction of a package.
    pub package_lifetime: SignedDuration,
    /// How long one link works.
    pub link_lifetime: SignedDuration,
    /// How often one link works.
    pub link_uses: u16,
}

/// What the use cases are set to.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The readings of the law on deadlines.
    pub deadlines: DeadlineRules,
    /// The vendor.
    pub processor: ProcessorIdentity,
    /// How long exports live.
    pub exports: ExportTerms,
    /// The gateway's own address, as clients reach it.
    pub public_url: Url,
    /// Where personal data may go by decision of the Commission (Art. 45).
    pub adequacy: AdequacyList,
    /// Hours from the notice of a breach to the end of the tenant's own duty to the authority (Art. 33(1)).
    pub authority_hours: u16,
    /// How systems outside are reached.
    pub way_out: WayOut,
    /// What sends notices by e-mail; none are made where there is no mail server.
    pub mailer: Option<Mailer>,
    /// OpenDSR as a processor; `None` where it is not spoken.
    pub opendsr: Option<OpenDsr>,
    /// The processors that tasks are passed on to as OpenDSR.
    pub opendsr_peers: Peers,
    /// Whether operations are taken as texts, as published documents, or both.
    pub trusted: TrustedTerms,
}

/// The gateway without its surface: the store and the settings.
#[derive(Clone)]
pub struct Gateway {
    /// The tenant boundary.
    pub store: Store,
    /// What the use cases are set to.
    pub settings: Arc<Settings>,
}

impl Gateway {
    /// An absolute address below the gateway's own.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}/{path}", self.settings.public_url.as_str().trim_end_matches('/'))
    }
}
