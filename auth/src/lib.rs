//! Who is asking: turns the text of an access token (RFC 9068) into an [`Authority`], and is the only one who can.
//!
//! An [`Authenticator`] knows the issuers that the operator configured, keeps their public keys fresh, and applies
//! every rule of the contract to a token. A token that breaks one is answered with the [`Refusal`] that names the
//! rule; no refusal repeats anything that the token says.

mod algorithm;
mod authenticator;
mod authority;
mod bearer;
mod claims;
mod config;
pub mod development;
mod identity;
mod issuer_keys;
mod jwks;
mod jws;
mod key_source;
mod members;
pub mod openid;
mod refusal;

pub use algorithm::{Algorithm, UnknownAlgorithm};
pub use authenticator::{Authenticator, IssuerReadiness};
pub use authority::{Authority, OperatorAuthority};
pub use bearer::bearer;
pub use config::{ConfigError, IssuerConfig, KeySource};
pub use identity::ExpectedIdentity;
pub use refusal::Refusal;
