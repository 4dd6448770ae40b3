//! The kinds of records, each of which fills a pair of files.

use domain::language::Language;

use super::cell::Cell;

/// A kind of record. The order is that of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The controller itself, as the platform knows it.
    Tenant,
    /// Persons with all their values.
    DataSubjects,
    /// Consents, Art. 7.
    Consents,
    /// Restrictions of processing, Art. 18.
    Restrictions,
    /// What stops an erasure.
    LegalHolds,
    /// Accounting documents that name a person.
    AccountingRecords,
    /// Requests of data subjects, Chapter III.
    RightsRequests,
    /// What happened to each request.
    RightsRequestSteps,
    /// What was done to each category or record.
    RightsRequestOutcomes,
    /// What a request for rectification wants corrected.
    RightsRequestCorrections,
    /// What systems outside had to do for a request, Art. 19.
    RightsRequestTasks,
    /// How long each category is kept.
    RetentionRules,
    /// The purposes of processing.
    ProcessingActivities,
    /// Systems outside that hear from the gateway.
    DownstreamSystems,
    /// Notices by e-mail to the privacy contact.
    Notices,
    /// Processor agreements, Art. 28(3).
    Agreements,
    /// Who signed them.
    AgreementSignatures,
    /// The controller's instructions, Art. 28(3)(a).
    Instructions,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Tenant,
        Self::DataSubjects,
        Self::Consents,
        Self::Restrictions,
        Self::LegalHolds,
        Self::AccountingRecords,
        Self::RightsRequests,
        Self::RightsRequestSteps,
        Self::RightsRequestOutcomes,
        Self::RightsRequestCorrections,
        Self::RightsRequestTasks,
        Self::RetentionRules,
        Self::ProcessingActivities,
        Self::DownstreamSystems,
        Self::Notices,
        Self::Agreements,
        Self::AgreementSignatures,
        Self::Instructions,
    ];

    /// The name of its files, without their ending.
    #[must_use]
    pub const fn stem(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::DataSubjects => "data-subjects",
            Self::Consents => "consents",
            Self::Restrictions => "restrictions",
            Self::LegalHolds => "legal-holds",
            Self::AccountingRecords => "accounting-records",
            Self::RightsRequests => "rights-requests",
            Self::RightsRequestSteps => "rights-request-steps",
            Self::RightsRequestOutcomes => "rights-request-outcomes",
            Self::RightsRequestCorrections => "rights-request-corrections",
            Self::RightsRequestTasks => "rights-request-tasks",
            Self::RetentionRules => "retention-rules",
            Self::ProcessingActivities => "processing-activities",
            Self::DownstreamSystems => "downstream-systems",
            Self::Notices => "notices",
            Self::Agreements => "agreements",
            Self::AgreementSignatures => "agreement-signatures",
            Self::Instructions => "instructions",
        }
    }

    /// What is in its files, in a few words.
    #[must_use]
    pub const fn content(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::Tenant => ("uppgifterna om er organisation", "the particulars of your organisation"),
            Self::DataSubjects => {
                ("registrerade, med alla uppgifter", "data subjects, with all their values")
            }
            Self::Consents => ("samtycken, även återkallade", "consents, withdrawn ones among them"),
            Self::Restrictions => (
                "begränsningar av behandling (artikel 18), även hävda",
                "restrictions of processing (Art. 18), lifted ones among them",
            ),
            Self::LegalHolds => ("hinder mot radering, även hävda", "legal holds, released ones among them"),
            Self::AccountingRecords => {
                ("bokföringsinformation som rör registrerade", "accounting records that name data subjects")
            }
            Self::RightsRequests => ("begäranden från registrerade", "requests of data subjects"),
            Self::RightsRequestSteps => ("vad som har hänt i varje begäran", "what happened to each request"),
            Self::RightsRequestOutcomes => (
                "vad varje begäran ledde till, per kategori eller verifikation",
                "what came of each request, by category or record",
            ),
            Self::RightsRequestCorrections => {
                ("vad begäranden om rättelse gäller", "what requests for rectification want corrected")
            }
            Self::RightsRequestTasks => (
                "vad andra system skulle göra med anledning av en begäran (artikel 19), och hur det gick",
                "what other systems had to do for a request (Art. 19), and what came of it",
            ),
            Self::RetentionRules => ("era lagringstider", "your retention rules"),
            Self::ProcessingActivities => ("era ändamål med behandlingen", "your purposes of processing"),
            Self::DownstreamSystems => (
                "system som tjänsten skickar meddelanden till, även borttagna; utan nycklar",
                "systems that messages are sent to, removed ones among them; without their secrets",
            ),
            Self::Notices => (
                "e-post till er kontakt för personuppgiftsfrågor, och vad som blev av den",
                "e-mail to your contact for questions of data protection, and what came of it",
            ),
            Self::Agreements => (
                "personuppgiftsbiträdesavtal; texten finns i agreements/",
                "processor agreements; their text is in agreements/",
            ),
            Self::AgreementSignatures => ("underskrifter på avtalen", "signatures on the agreements"),
            Self::Instructions => {
                ("era instruktioner till personuppgiftsbiträdet", "your instructions to the processor")
            }
        };
        language.choose(swedish, english)
    }
}

/// A column: its name in both forms, and its value.
pub type Column<R> = (&'static str, fn(&R) -> Cell);

/// A record that has a row in the files of its kind.
pub trait Record: 'static {
    /// Which files.
    const KIND: Kind;
    /// The columns in the order of the table. One list serves both forms.
    const COLUMNS: &'static [Column<Self>];
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_files_of_its_own() {
        let stems: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.stem()).collect();
        assert_eq!(stems.len(), Kind::ALL.len());
    }
}
