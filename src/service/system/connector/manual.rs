//! Systems that nobody can call: a person goes there, does what has to be done, and says so.

use connector::Endpoint;
use domain::system::SystemConnector;

use super::Connector;

/// The address is a link for that person. No message goes out, so that there is nothing to guard and nothing to sign.
pub const CONNECTOR: Connector = Connector {
    code: SystemConnector::Manual,
    read_endpoint: |_, text| Endpoint::check_link(text),
    make_secret: None,
    write_task: None,
};
