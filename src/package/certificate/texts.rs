//! What is said of how to check a certificate, in Swedish and English.

use domain::language::Language;

/// The texts of a language.
pub(super) const fn of(language: Language) -> &'static Texts {
    match language {
        Language::Sv => &SWEDISH,
        Language::En => &ENGLISH,
    }
}

/// All texts of one language.
pub(super) struct Texts {
    /// The day of the certificate.
    pub(super) issued: fn(&str) -> String,
    /// Heading.
    pub(super) heading: &'static str,
    /// What vouches for the statement: the processor.
    pub(super) introduction: fn(&str) -> String,
    /// Headers: what, value.
    pub(super) headers: [&'static str; 2],
    /// The statement's digest.
    pub(super) digest: &'static str,
    /// The log's name.
    pub(super) log: &'static str,
    /// The entry's number.
    pub(super) entry: &'static str,
    /// The number of entries.
    pub(super) tree_size: &'static str,
    /// What the command that follows does.
    pub(super) command: &'static str,
    /// Where the log's key comes from: the processor.
    pub(super) key: fn(&str) -> String,
    /// The proof itself.
    pub(super) proof: Proof,
}

/// The proof itself.
pub(super) struct Proof {
    /// Heading.
    pub(super) heading: &'static str,
    /// What it is.
    pub(super) introduction: &'static str,
    /// Header of its lines.
    pub(super) line: &'static str,
}

static SWEDISH: Texts = Texts {
    issued: |day| format!("Utfärdat den {day}"),
    heading: "Så kan intyget kontrolleras",
    introduction: |processor| {
        format!(
            "Det som intygas står också i intygets JSON-fil. Kontrollsumman av det (SHA-256 av JSON i den \
             kanoniska formen enligt RFC\u{a0}8785) finns i granskningsloggen hos {processor}. Loggen är ett \
             Merkleträd (RFC\u{a0}6962) med signerade trädhuvuden. Därför går det att upptäcka om något i den \
             ändras eller tas bort."
        )
    },
    headers: ["Uppgift", "Värde"],
    digest: "Kontrollsumma av det som intygas",
    log: "Loggens namn",
    entry: "Postens nummer (den första är 0)",
    tree_size: "Antal poster i loggen när beviset gjordes",
    command: "Vem som helst kan kontrollera intyget, utan nätverk och utan att fråga någon. Byt FILE mot \
              JSON-filens namn och KEY mot loggens nyckel:",
    key: |processor| {
        format!(
            "Nyckeln som loggens signatur kontrolleras med står inte i filen. {processor} lämnar ut den, \
             och den står bland nycklarna vid loggens senaste trädhuvud."
        )
    },
    proof: Proof {
        heading: "Beviset",
        introduction: "Beviset visar att loggen innehåller posten. Det är detsamma som i JSON-filen \
                       (formatet c2sp.org/tlog-proof).",
        line: "Beviset, rad för rad",
    },
};

static ENGLISH: Texts = Texts {
    issued: |day| format!("Issued on {day}"),
    heading: "How to check this certificate",
    introduction: |processor| {
        format!(
            "What is certified is also in the certificate's JSON file. Its checksum (SHA-256 of the JSON in \
             the canonical form of RFC\u{a0}8785) is in the audit log of {processor}. The log is a Merkle tree \
             (RFC\u{a0}6962) with signed heads. A change or a removal can therefore be detected."
        )
    },
    headers: ["Item", "Value"],
    digest: "Checksum of what is certified",
    log: "Name of the log",
    entry: "Number of the entry (the first is 0)",
    tree_size: "Entries in the log when the proof was made",
    command: "Anyone can check the certificate, without a network and without asking anybody. Put the name of \
              the JSON file for FILE and the log's key for KEY:",
    key: |processor| {
        format!(
            "The key that checks the log's signature is not in the file. {processor} hands it out, and it \
             is among the keys beside the log's newest head."
        )
    },
    proof: Proof {
        heading: "The proof",
        introduction: "The proof shows that the log holds the entry. It is the same as in the JSON file \
                       (format c2sp.org/tlog-proof).",
        line: "The proof, line by line",
    },
};
