//! The one table of public error codes. `docs/errors.md` and `schema/errors.json` are written from it.

use domain::wording::Wording;

macro_rules! codes {
    ($($name:ident = $code:literal $status:tt {
        meaning: $meaning:literal,
        remedy: $remedy:literal,
        told: ($swedish:literal, $english:literal),
        members: [$(($member:literal, $holds:literal)),*],
    })*) => {
        /// Everything that a client may branch on, in `errors[].extensions.code` (`docs/errors.md`).
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ErrorCode { $(#[doc = $meaning] $name,)* }

        impl ErrorCode {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The text in the answer.
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// The HTTP status, where there is one whatever else the answer holds.
            #[must_use]
            pub const fn status(self) -> Option<u16> {
                match self { $(Self::$name => status!($status),)* }
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

            /// The message where nothing more particular is known.
            #[must_use]
            pub const fn wording(self) -> Wording {
                match self { $(Self::$name => Wording::new($swedish, $english),)* }
            }

            /// What `extensions` holds beside the code, and what it tells.
            #[must_use]
            pub const fn members(self) -> &'static [(&'static str, &'static str)] {
                match self { $(Self::$name => &[$(($member, $holds)),*],)* }
            }
        }
    };
}

macro_rules! status {
    (_) => {
        None
    };
    ($status:literal) => {
        Some($status)
    };
}

codes! {
    Unauthenticated = "UNAUTHENTICATED" 401 {
        meaning: "no token, or not a valid one; also for a tenant that does not exist",
        remedy: "get a fresh token; check issuer, audience, `tenant_id` and clock",
        told: (
            "Åtkomsttoken (Bearer) saknas eller är inte giltig.",
            "the bearer token is missing or not valid"
        ),
        members: [],
    }
    Forbidden = "FORBIDDEN" _ {
        meaning: "the token lacks a scope; `requiredScopes` lists the alternatives",
        remedy: "ask for a token with one of the inner lists",
        told: (
            "Åtkomsttoken saknar de behörigheter (scopes) som fältet kräver.",
            "the token lacks the scopes that this field asks for"
        ),
        members: [("requiredScopes", "lists of scopes: all of any one list are enough")],
    }
    AgreementRequired = "AGREEMENT_REQUIRED" _ {
        meaning: "no processor agreement is in force",
        remedy: "have it signed; [what is needed to sign](agreements.md#reading-and-signing) stays open",
        told: (
            "Inget personuppgiftsbiträdesavtal gäller: signera det som erbjuds innan personuppgifter används.",
            "no data processing agreement is in force: sign the one that is offered before personal data is used"
        ),
        members: [],
    }
    TenantNotServed = "TENANT_NOT_SERVED" _ {
        meaning: "the tenant is leaving, and this is no longer done for it: reading for another purpose than `RIGHTS_HANDLING`, any write but those of rights requests and the return. Or its data is being erased or gone: then nothing about persons is served",
        remedy: "[what goes on](agreements.md#leaving) in each stage",
        told: ("Kundförhållandet har upphört.", "the customer relationship has ended"),
        members: [],
    }
    ParseFailed = "GRAPHQL_PARSE_FAILED" 400 {
        meaning: "the text is no GraphQL",
        remedy: "correct the query",
        told: ("Dokumentet är inte GraphQL.", "the document is not GraphQL"),
        members: [],
    }
    ValidationFailed = "GRAPHQL_VALIDATION_FAILED" 400 {
        meaning: "the query, or a value of its variables, does not fit the schema; nothing was executed, and no error has a `path`",
        remedy: "compare with `/schema/gateway.graphql`",
        told: ("Frågan stämmer inte med schemat.", "the query does not fit the schema"),
        members: [],
    }
    BadUserInput = "BAD_USER_INPUT" _ {
        meaning: "an argument has the wrong form, `first` is over its limit, or a cursor was made for another list",
        remedy: "the message names the argument and the limit",
        told: (
            "Ett argument har fel form: jämför det med schemat.",
            "an argument has the wrong form: compare it with the schema"
        ),
        members: [],
    }
    TooExpensive = "OPERATION_TOO_EXPENSIVE" _ {
        meaning: "the operation's `cost` is over `limit`, or it is too large in another way",
        remedy: "ask for fewer fields or shorter pages",
        told: ("Operationen är för stor.", "the operation asks for too much"),
        members: [
            ("cost", "what it costs, or how much of something was found before reading stopped"),
            ("limit", "the most that is let through")
        ],
    }
    PersistedOperationRequired = "PERSISTED_OPERATION_REQUIRED" _ {
        meaning: "only published documents are taken from this caller: a text that is none, or an unknown identifier, was sent",
        remedy: "publish the operation ([documents.md](documents.md)) and send its identifier",
        told: (
            "Här tas bara publicerade dokument emot: skicka identifieraren för ett av dem.",
            "published documents alone are taken: send the identifier of one"
        ),
        members: [],
    }
    PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND" _ {
        meaning: "no document has that identifier for this caller, or it has expired or was withdrawn; the message is `PersistedQueryNotFound`, as clients with automatic persisted queries expect",
        remedy: "send the text; or publish the document",
        told: ("PersistedQueryNotFound", "PersistedQueryNotFound"),
        members: [],
    }
    RateLimited = "RATE_LIMITED" 429 {
        meaning: "a budget is used up; `budget` says [which](demand.md): `requestsPerMinute`, `costPerMinuteOfToken`, `costPerMinuteOfTenant` or `subjectsPerHour`. On a socket, where it has no `budget`, also one subscription too many",
        remedy: "wait as `Retry-After` says; `retryAfter` says the same, in seconds",
        told: (
            "För många anrop med denna token: vänta så länge som Retry-After anger.",
            "too many requests with this token: wait as Retry-After says"
        ),
        members: [
            ("budget", "the budget that is used up"),
            ("retryAfter", "when to come again, in seconds")
        ],
    }
    Overloaded = "OVERLOADED" 503 {
        meaning: "the gateway has too much to do",
        remedy: "wait as `Retry-After` says, and double the wait each time",
        told: (
            "Tjänsten har för mycket att göra: vänta så länge som Retry-After anger.",
            "the gateway has too much to do: wait as Retry-After says"
        ),
        members: [],
    }
    Internal = "INTERNAL" _ {
        meaning: "a fault of ours; nothing but the request id is told",
        remedy: "report the id; the request may be sent again with the same idempotency key",
        told: (
            "Ett fel uppstod i tjänsten; uppge förfrågans id (requestId) när du anmäler det.",
            "the gateway failed; report the request id"
        ),
        members: [("requestId", "the name of the request, which also stands in `x-request-id`")],
    }
}
