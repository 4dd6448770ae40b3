//! The way out: brings a signed message to a system outside the gateway, and to no address that it must not reach.
//!
//! An [`Endpoint`] is an address that a tenant registered and that the rules let stand; a [`Sender`] looks its name up
//! once, checks every address found against [`Allowed`], connects to exactly those and signs by Standard Webhooks
//! 1.0. What a message says is its sender's matter. A [`Mailer`] hands an
//! e-mail to the one mail server that the platform has configured. Nothing here prints an address, a secret or a body.

mod endpoint;
mod guard;
mod mail;
pub mod opendsr;
mod resolve;
mod sender;
mod webhook;

pub use endpoint::{Endpoint, InvalidEndpoint};
pub use guard::{AddressKind, Allowed, Loopback};
pub use mail::{InvalidMailer, Mail, MailError, MailLogin, MailSecurity, Mailer, MailerSettings};
pub use resolve::Resolver;
pub use sender::{Fetched, Message, REPLY_LIMIT, Reply, SendError, Sender, SenderSettings, Signed};
pub use webhook::{InvalidMessageId, InvalidSecret, MessageId, NotAuthentic, Received, Secret, sign};
