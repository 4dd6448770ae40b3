//! The one table of requests that get no answer of their own. `docs/errors.md` and `schema/errors.json` are written from it.

use domain::wording::Wording;

use crate::graphql::ErrorCode;

macro_rules! kinds {
    ($($name:ident = $status:literal $code:ident $when:literal ($swedish:literal, $english:literal);)*) => {
        /// Why a request gets no answer of its own, as far as its status tells.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Kind { $(#[doc = $when] $name,)* }

        impl Kind {
            /// All of them, in the order of the table.
            #[cfg(test)]
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The HTTP status.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// The code.
            pub const fn code(self) -> ErrorCode {
                match self { $(Self::$name => ErrorCode::$code,)* }
            }

            /// What it means, for developers.
            #[cfg(test)]
            pub const fn when(self) -> &'static str {
                match self { $(Self::$name => $when,)* }
            }

            /// The message where nothing more particular is known.
            pub const fn wording(self) -> Wording {
                match self { $(Self::$name => Wording::new($swedish, $english),)* }
            }
        }
    };
}

kinds! {
    Malformed = 400 BadUserInput "not a GraphQL request, or one that a browser could send across sites; at other addresses, a body that is not what is read there"
        ("Förfrågan är felaktigt uppbyggd.", "the request is not well formed");
    NotListed = 400 PersistedOperationRequired "a request to the console for a document that was not built with it"
        (
            "Konsolen kör bara sina egna dokument, angivna med documentId: ladda om sidan.",
            "the console runs its own documents alone, by documentId: load the page anew"
        );
    Unauthenticated = 401 Unauthenticated "no token, or not a valid one"
        ("Åtkomsttoken (Bearer) saknas eller är inte giltig.", "the bearer token is missing or not valid");
    NotAuthentic = 401 Unauthenticated "a receipt whose signature is not that of the system of its task, or that names no task"
        ("Kvittensen är inte äkta.", "the receipt is not authentic");
    SessionOver = 401 Unauthenticated "the console's session has ended"
        ("Sessionen är slut: logga in igen.", "the session is over: sign in again");
    Forbidden = 403 Forbidden "the token lacks a scope that the address asks for"
        ("Åtkomsttoken saknar de behörigheter (scopes) som adressen kräver.", "the token lacks the scopes that this address asks for");
    ForeignOrigin = 403 Forbidden "a page of an origin that may not open a socket"
        (
            "Sidor från det här ursprunget får inte öppna en WebSocket-anslutning: server.cors_origins anger vilka som får.",
            "pages of this origin may not open a socket: server.cors_origins lists those that may"
        );
    ForeignPage = 403 Forbidden "a request to the console that none of its own pages sent"
        (
            "Det här kan bara konsolens egna sidor begära: öppna den på tjänstens egen adress.",
            "only the console's own pages may ask this: open it at the gateway's own address"
        );
    NotOfTheSession = 403 Forbidden "a request to the console without the text that its session's requests repeat in `x-csrf-token`"
        (
            "x-csrf-token är inte det som sessionens förfrågningar upprepar: läs /console/session på nytt.",
            "x-csrf-token is not what this session's requests repeat: read /console/session anew"
        );
    AgreementRequired = 403 AgreementRequired "at an address that is no GraphQL: no processor agreement is in force"
        ("Inget personuppgiftsbiträdesavtal gäller.", "no data processing agreement is in force");
    TenantNotServed = 403 TenantNotServed "the same, and the relationship has ended"
        ("Kundförhållandet har upphört.", "the tenant is not served");
    NotFound = 404 BadUserInput "there is nothing at the address"
        ("Det finns inget på den här adressen.", "there is nothing at this address");
    MethodNotAllowed = 405 BadUserInput "a mutation by GET, or a method that the address does not know; `Allow` lists those that it does"
        ("Adressen tar inte emot den här metoden.", "this address does not know the method");
    NotAcceptable = 406 BadUserInput "`Accept` names no media type that the address can answer in"
        (
            "Svar ges som application/graphql-response+json eller application/json, i UTF-8.",
            "answers are application/graphql-response+json or application/json, in UTF-8"
        );
    TooSlow = 408 BadUserInput "the body did not arrive in time"
        ("Innehållet kom inte fram i tid.", "the body did not arrive in time");
    Conflict = 409 BadUserInput "a receipt that contradicts how its task ended; a request of OpenDSR that contradicts what is known of it"
        ("Uppgiften har redan avslutats på ett annat sätt.", "the task has ended otherwise");
    LinkUsedUp = 410 BadUserInput "the link to a file has expired or was used up"
        ("Länken har gått ut eller är förbrukad: begär en ny.", "the link has expired or was used up: ask for a new one");
    TooLarge = 413 BadUserInput "the body is over the limit"
        ("Innehållet är för stort.", "the body is too long");
    UnsupportedMedia = 415 BadUserInput "the body is not JSON, or is compressed"
        (
            "Innehållet i en förfrågan är application/json i UTF-8.",
            "the body of a request is application/json in UTF-8"
        );
    OutOfRange = 416 BadUserInput "the file has none of the bytes that are asked for"
        (
            "Filen har inte de byte som begärs: Content-Range anger hur lång den är.",
            "the file has no such bytes: Content-Range says how long it is"
        );
    UpgradeRequired = 426 BadUserInput "an address that is spoken to over a WebSocket"
        ("Prenumerationer följs över WebSocket.", "subscriptions are followed over a WebSocket");
    RateLimited = 429 RateLimited "too many requests with this token"
        (
            "För många anrop med denna token: vänta så länge som Retry-After anger.",
            "too many requests with this token: wait as Retry-After says"
        );
    Internal = 500 Internal "a fault of ours"
        (
            "Ett fel uppstod i tjänsten; uppge förfrågans id (requestId) när du anmäler det.",
            "the gateway failed: report the request id"
        );
    Overloaded = 503 Overloaded "the gateway has too much to do, or is stopping"
        (
            "Tjänsten har för mycket att göra: vänta så länge som Retry-After anger.",
            "the gateway has too much to do: wait as Retry-After says"
        );
}
