//! What is left to say of a tenant whose data was erased at the end of its relationship, Art. 28(3)(g).

use crate::coded::coded;
use crate::language::Language;

coded! {
    /// Kinds of what is erased with a tenant; a certificate gives a number for each.
    ErasedKind {
        /// Data subjects.
        Persons = "PERSONS",
        /// Values of their profiles.
        Values = "VALUES",
        /// Accounting records.
        AccountingRecords = "ACCOUNTING_RECORDS",
        /// Consents.
        Consents = "CONSENTS",
        /// Rights requests with their letters and timelines.
        RightsRequests = "RIGHTS_REQUESTS",
        /// Restrictions.
        Restrictions = "RESTRICTIONS",
        /// Legal holds.
        LegalHolds = "LEGAL_HOLDS",
        /// Packages made for data subjects.
        ExportPackages = "EXPORT_PACKAGES",
        /// Addresses that were not to be written to.
        SuppressedAddresses = "SUPPRESSED_ADDRESSES",
        /// Exports made for the tenant.
        TenantExports = "TENANT_EXPORTS",
    }
}

impl ErasedKind {
    /// The kind in running text.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::Persons => ("registrerade personer", "data subjects"),
            Self::Values => ("uppgifter om dem", "values about them"),
            Self::AccountingRecords => ("bokföringsposter", "accounting records"),
            Self::Consents => ("samtycken", "consents"),
            Self::RightsRequests => ("begäranden från registrerade", "requests of data subjects"),
            Self::Restrictions => ("begränsningar av behandling", "restrictions of processing"),
            Self::LegalHolds => ("hinder mot radering", "legal holds"),
            Self::ExportPackages => ("svarspaket till registrerade", "packages for data subjects"),
            Self::SuppressedAddresses => {
                ("spärrar mot direkt marknadsföring", "suppressions of direct marketing")
            }
            Self::TenantExports => ("exporter av alla uppgifter", "exports of all data"),
        };
        language.choose(swedish, english)
    }
}
