//! OpenDSR in the role of the controller's hand: tasks are passed on to systems that speak the dialect, and what they say of
//! them counts once it is signed by their own certificate.

mod discovery;
mod peer;
mod said;
mod task;

pub use peer::Peers;
pub use said::ReceivedCallback;
