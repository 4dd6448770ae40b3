//! Processors that speak OpenDSR 2.0: how a task is passed on to them is in `service/opendsr/controller`, since it takes a
//! look at what they can do first.

use domain::system::SystemConnector;

use super::Connector;

/// The address is the root of the processor's OpenDSR, such as `https://processor.example/opendsr/v2`. The secret is the bearer
/// token that it is to let in; what it says itself it signs by its certificate.
pub const CONNECTOR: Connector = Connector {
    code: SystemConnector::OpenDsr,
    read_endpoint: |gateway, text| gateway.endpoint(text).map(|endpoint| endpoint.as_str().to_owned()),
    make_secret: Some(|entropy| connector::Secret::generate(entropy).to_text()),
    write_task: None,
};
