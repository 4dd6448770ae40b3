//! The ways to reach systems, each in a file of its own: what such a system is registered with, and what a task looks like
//! on its way there.

mod manual;
mod opendsr;
mod signed_webhook;

use connector::InvalidEndpoint;
use domain::clock::Entropy;
use domain::system::SystemConnector;
use store::DueTask;
use zeroize::Zeroizing;

use super::delivery::Outgoing;
use crate::service::Gateway;

/// A way to reach systems.
pub struct Connector {
    /// Its name in the schema and in rows.
    pub code: SystemConnector,
    /// Reads an address, and gives it as it is kept.
    pub read_endpoint: fn(&Gateway, &str) -> Result<String, InvalidEndpoint>,
    /// Makes the secret that is shared with a system; `None` where there is nothing to sign.
    pub make_secret: Option<fn(&dyn Entropy) -> Zeroizing<String>>,
    /// Writes a task as it is posted; `None` where nothing is.
    pub(in crate::service) write_task: Option<for<'t> fn(&'t DueTask) -> Outgoing<'t>>,
}

/// Each stands where its code does among all.
const REGISTRY: &[&Connector] = &[&signed_webhook::CONNECTOR, &manual::CONNECTOR, &opendsr::CONNECTOR];

/// The connector with a code.
#[must_use]
pub fn of(code: SystemConnector) -> &'static Connector {
    REGISTRY[code as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_connector_stands_in_its_own_row() {
        assert_eq!(REGISTRY.len(), SystemConnector::ALL.len());
        for code in SystemConnector::ALL.iter().copied() {
            let connector = of(code);
            assert_eq!(connector.code, code);
            let written = !code.is_a_persons() && code != SystemConnector::OpenDsr;
            assert_eq!(connector.write_task.is_some(), written, "{}", code.code());
        }
    }
}
