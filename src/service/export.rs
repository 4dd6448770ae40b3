//! Links to export packages, and their use.

use domain::actor::ActorId;
use domain::export::ExportFormat;
pub use store::{RedeemedTicket, TicketError};
use store::{StoreError, StoredPackage, TicketTerms};

use super::Gateway;
use super::reading::Reading;

impl Reading {
    /// A link to one form of a package that works without a token, for a short time and a few times.
    ///
    /// # Errors
    /// When the ticket cannot be sealed.
    pub fn download_url(&self, package: &StoredPackage, format: ExportFormat) -> Result<String, StoreError> {
        let exports = &self.gateway.settings.exports;
        let link_ends = self.tx.now() + exports.link_lifetime;
        let terms = TicketTerms {
            format,
            issued_to: ActorId::new(self.caller.by().id()),
            expires_at: link_ends.min(package.expires_at),
            uses: exports.link_uses,
        };
        let ticket = self.tx.issue_ticket(package, &terms)?;
        Ok(self.gateway.address(&format!("downloads/{ticket}")))
    }
}

impl Gateway {
    /// Uses a link.
    ///
    /// # Errors
    /// [`TicketError`] says why it gives nothing.
    pub async fn download(&self, ticket: &str, request_id: String) -> Result<RedeemedTicket, TicketError> {
        self.store.redeem(ticket, request_id).await
    }
}
