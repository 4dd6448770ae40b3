//! Rights requests (GDPR Chapter III and Art. 7(3)), from receipt to answer.

pub mod access;
pub mod channel;
pub mod consent_withdrawal;
pub mod erasure;
pub mod extension;
pub mod identity;
pub mod kind;
pub mod objection;
pub mod portability;
pub mod receipt;
pub mod rectification;
pub mod reference;
pub mod refusal;
pub mod reminder;
pub mod restriction;
pub mod state;
pub mod status;
pub mod stored;

#[cfg(test)]
mod tests;
