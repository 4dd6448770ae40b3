//! The one table of what a mutation can find wrong with a well-formed request. `docs/errors.md` and `schema/errors.json` are
//! written from it.

use domain::wording::Wording;

macro_rules! user_error_codes {
    ($($name:ident = $code:literal {
        meaning: $meaning:literal,
        remedy: $remedy:literal,
        told: ($swedish:literal, $english:literal),
    })*) => {
        /// A closed vocabulary for what a mutation found wrong with a well-formed request.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum UserErrorCode { $(#[doc = $meaning] $name,)* }

        impl UserErrorCode {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text that stands for it in both schemas.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it means, for developers.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning,)* }
            }

            /// What to do, for developers.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$name => $remedy,)* }
            }

            /// One sentence for a person where nothing more particular is known; it says what to do and echoes nothing.
            #[must_use]
            pub const fn wording(self) -> Wording {
                match self { $(Self::$name => Wording::new($swedish, $english),)* }
            }
        }
    };
}

user_error_codes! {
    Invalid = "INVALID" {
        meaning: "a value has the wrong form",
        remedy: "show the message beside the input that `path` names",
        told: ("Värdet har fel form.", "The value has the wrong form."),
    }
    NotFound = "NOT_FOUND" {
        meaning: "no such object within this tenant",
        remedy: "check the id",
        told: (
            "Det finns inget sådant objekt. Kontrollera identifieraren.",
            "There is no such object. Check the identifier."
        ),
    }
    Conflict = "CONFLICT" {
        meaning: "the object's state does not allow it. At `planSha256`: a fact behind the erasure plan has changed since it was read. Of agreements, sub-processors and breaches: [agreements.md](agreements.md) says what each mutation needs. Of systems outside: [systems.md](systems.md)",
        remedy: "read the object, or the plan, again",
        told: (
            "Objektets tillstånd medger inte detta. Läs om objektet och försök igen.",
            "The object's state does not allow this. Read it again before you go on."
        ),
    }
    IdempotencyMismatch = "IDEMPOTENCY_MISMATCH" {
        meaning: "the idempotency key was used with another input within 24 h",
        remedy: "use a new key",
        told: (
            "Nyckeln har redan använts med andra uppgifter. Använd en ny nyckel.",
            "The key was already used with another input. Use a new key."
        ),
    }
    AlreadyExists = "ALREADY_EXISTS" {
        meaning: "a unique value is taken within the tenant",
        remedy: "find the existing person, or system, by it",
        told: (
            "Värdet används redan för en annan person, organisation eller ett annat system. Sök upp det i stället.",
            "The value is already in use for another person, organisation or system. Look that one up instead."
        ),
    }
    ProcessingRestricted = "PROCESSING_RESTRICTED" {
        meaning: "processing is restricted (Art. 18)",
        remedy: "wait until the restriction is lifted, or lift it (`liftRestriction`)",
        told: (
            "Behandlingen av personens uppgifter är begränsad (artikel 18); häv begränsningen först.",
            "Processing of the person's data is restricted (Art. 18); lift the restriction first."
        ),
    }
    IdentityNotVerified = "IDENTITY_NOT_VERIFIED" {
        meaning: "the requester's identity is not confirmed (Art. 12(6))",
        remedy: "`verifyRequesterIdentity` first",
        told: (
            "Bekräfta först vem som begär detta (artikel 12.6).",
            "Confirm first who is asking (Art. 12(6))."
        ),
    }
    RetentionRequired = "RETENTION_REQUIRED" {
        meaning: "a law or an order demands that it is kept. `updateDataSubject`: a member set to null whose category a hold, or the Bookkeeping Act beside an accounting record, keeps. `setRetentionRule`, at `months`: for `ACCOUNTING` less than 84 months, or another trigger than `FISCAL_YEAR_ENDED`",
        remedy: "the message names the last day, the hold that must be released first, or the least that the law demands. A value may be replaced by another",
        told: (
            "Lag eller beslut kräver att uppgifterna bevaras.",
            "A law or a decision demands that the data is kept."
        ),
    }
    OutsideAgreement = "OUTSIDE_AGREEMENT" {
        meaning: "the category is not in the agreement in force",
        remedy: "sign one that covers it, or leave the value out",
        told: (
            "Kategorin omfattas inte av gällande personuppgiftsbiträdesavtal och kan inte lagras.",
            "The category is not in the processor agreement in force and cannot be stored."
        ),
    }
    AlreadyOpen = "ALREADY_OPEN" {
        meaning: "a request of the kind is open for the person",
        remedy: "go on with the one in the payload",
        told: (
            "En begäran av samma slag för samma person är redan öppen; den följer med svaret.",
            "A request of the same kind for the same person is already open; the answer carries it."
        ),
    }
    DeadlinePassed = "DEADLINE_PASSED" {
        meaning: "the deadline does not allow it any more. `extendDeadline`, at `requestId`: the first month is over, and the person would have to be told within it (Art. 12(3)). `objectToSubprocessor`, at `subprocessorId`: the last day to object is past, or the tenant had no notice, so that no period runs",
        remedy: "answer without an extension; take the matter up with the platform, or end the agreement",
        told: (
            "Fristen medger inte detta längre: en förlängning beslutas inom den första månaden (artikel 12.3), en invändning mot ett underbiträde görs inom avtalets tid efter underrättelsen.",
            "The deadline no longer allows this: an extension is decided within the first month (Art. 12(3)), an objection to a sub-processor is made within the agreement's period after the notice."
        ),
    }
    TransferNotLawful = "TRANSFER_NOT_LAWFUL" {
        meaning: "operator API only. `announceSubprocessor`, at `transferMechanism`: `EEA` with a country outside the EU/EEA, or `ADEQUACY` with one that has no decision in force on `effectiveOn`",
        remedy: "name another mechanism or other countries; if a decision is new, bring [the list](operations.md#the-adequacy-list) up to date",
        told: (
            "Överföringen saknar stöd: ett land ligger utanför EU/EES eller saknar gällande beslut om adekvat skyddsnivå. Ange en annan överföringsmekanism eller andra länder (artikel 44–47).",
            "Nothing makes the transfer lawful: a country is outside the EU/EEA, or no adequacy decision is in force for it. Give another transfer mechanism or other countries (Art. 44–47)."
        ),
    }
    Erased = "ERASED" {
        meaning: "the person was erased, or erased in part and this would add to what is kept",
        remedy: "–",
        told: ("Personens uppgifter är raderade.", "The person's data has been erased."),
    }
}
