//! Requests that the vendor answers as controller.

use domain::category::DataCategory;
use domain::purpose::Purpose::{DirectMarketing, LegalClaims};
use domain::request::channel::RequestChannel::{Api, Email, Letter, Phone};
use domain::request::extension::ExtensionGround::Complexity;
use domain::request::rectification::RectificationFault::{Incorrect, Misleading};
use domain::request::refusal::RefusalGround::{CompellingGrounds, Excessive};
use domain::restriction::RestrictionGround::{AccuracyContested, LegalClaim, UnlawfulProcessing};

use super::Asked::{Access, ConsentWithdrawal, Erasure, Objection, Portability, Rectification, Restriction};
use super::Outcome::{
    AwaitingIdentity, CarriedOut, Extended, Lifted, Received, Refused, UnderReview, Withdrawn,
};
use super::Submission::{Person, Staff};
use super::{Correction, Request, request};
use crate::service::request::submission::Meanwhile::{Restricted, Unrestricted};

const FOURTH: &str = "Begäran är den fjärde på två månader, och uppgifterna har inte ändrats sedan det senaste svaret. \
     Du är välkommen med en ny begäran om ett halvår, eller tidigare om något har hänt som ger skäl till det.";

const MANY_SYSTEMS: &str = "Uppgifterna finns i ärenden från flera år, där också andras uppgifter förekommer. Vi behöver \
     gå igenom dem ett och ett.";

const NO_SIGNATURE: &str = "Brevet är inte undertecknat och kommer från en annan adress än den vi har. Legitimera dig \
     med e-legitimation, eller ring oss från det nummer som du har lämnat.";

const OLD_QUARREL: &str =
    "Tvisten som uppgifterna sparas för är avslutad för min del, och jag har bytt arbetsgivare.";

const NOT_MY_MATTER: &str =
    "Jag var bara mottagare av fakturan och vill inte förekomma i ett krav mot företaget.";

const LEFT_THE_COMPANY: &str = "Jag arbetar inte längre där och har inget med avtalet att göra.";

const CLAIM_NOT_BARRED: &str = "Fordran är inte preskriberad, och uppgiften om vem som beställde är det enda som styrker \
     den. Det väger tyngre än invändningen. Uppgifterna används inte till något annat.";

#[rustfmt::skip]
const NEW_PHONE: &[Correction] = &[Correction(DataCategory::Phone, Incorrect, "070-174 06 31")];

#[rustfmt::skip]
const NEW_EMAIL: &[Correction] = &[Correction(DataCategory::Email, Misleading, "nils.monsterby@monsterby.example")];

#[rustfmt::skip]
const NEW_ADDRESS: &[Correction] = &[Correction(
    DataCategory::Address, Incorrect,
    r#"{"lines":["Förlagsvägen 61"],"postalCode":"990 61","locality":"Urkund","country":"SE"}"#,
)];

const WORK: &[DataCategory] = &[DataCategory::Position, DataCategory::Phone];

#[rustfmt::skip]
pub(in crate::demo) const REQUESTS: [Request; 25] = [
    request("C-1001", Access,                                    Person,            CarriedOut),
    request("C-1001", Portability,                               Person,            CarriedOut),
    request("C-1002", Access,                                    Person,            UnderReview),
    request("C-1003", Access,                                    Staff(Email, 3),   Received),
    request("C-1003", Erasure(None),                             Staff(Letter, 8),  UnderReview),
    request("C-1004", Access,                                    Staff(Email, 24),  Extended(&[Complexity], MANY_SYSTEMS)),
    request("C-1004", Portability,                               Staff(Email, 1),   Received),
    request("C-1005", Erasure(None),                             Staff(Email, 10),  CarriedOut),
    request("C-1006", Access,                                    Staff(Letter, 47), Received),
    request("C-1006", Objection(LegalClaims, Some(OLD_QUARREL)), Staff(Letter, 12), AwaitingIdentity(NO_SIGNATURE)),
    request("C-1007", Erasure(Some(WORK)),                       Staff(Email, 5),   CarriedOut),
    request("C-1008", Access,                                    Staff(Email, 19),  CarriedOut),
    request("C-1009", Access,                                    Staff(Phone, 12),  Refused(Excessive, FOURTH)),
    request("C-1009", Objection(LegalClaims, Some(NOT_MY_MATTER)), Staff(Email, 4), UnderReview),
    request("C-1010", Rectification(NEW_PHONE, Restricted),      Staff(Phone, 9),   UnderReview),
    request("C-1011", Access,                                    Staff(Api, 6),     Withdrawn),
    request("C-1011", Restriction(UnlawfulProcessing),           Staff(Email, 6),   Withdrawn),
    request("C-1011", Objection(LegalClaims, Some(LEFT_THE_COMPANY)), Staff(Phone, 17), Refused(CompellingGrounds, CLAIM_NOT_BARRED)),
    request("C-1011", ConsentWithdrawal(DirectMarketing),        Staff(Email, 14),  CarriedOut),
    request("C-1012", Restriction(LegalClaim),                   Staff(Email, 11),  CarriedOut),
    request("C-1013", Erasure(None),                             Staff(Letter, 13), CarriedOut),
    request("C-1014", Rectification(NEW_EMAIL, Restricted),      Staff(Email, 16),  CarriedOut),
    request("C-1015", Restriction(AccuracyContested),            Staff(Phone, 20),  Lifted),
    request("C-1015", Objection(DirectMarketing, None),          Staff(Email, 3),   CarriedOut),
    request("C-1016", Rectification(NEW_ADDRESS, Unrestricted),  Staff(Letter, 11), AwaitingIdentity(NO_SIGNATURE)),
];
