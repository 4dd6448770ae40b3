//! Requests of the carrier's contacts.

use domain::category::DataCategory;
use domain::purpose::Purpose::{DirectMarketing, ServiceDelivery};
use domain::request::channel::RequestChannel::{Api, Email, Letter, Phone};
use domain::request::extension::ExtensionGround::{Complexity, NumberOfRequests};
use domain::request::rectification::RectificationFault::Incorrect;
use domain::request::refusal::RefusalGround::{ConditionsNotMet, RightsOfOthers};
use domain::restriction::RestrictionGround::{AccuracyContested, LegalClaim, UnlawfulProcessing};

use super::Asked::{Access, Erasure, Objection, Portability, Rectification, Restriction};
use super::Outcome::{
    AwaitingIdentity, CarriedOut, Extended, Lifted, Received, Refused, UnderReview, Unidentified, Withdrawn,
};
use super::Submission::{Person, Staff};
use super::{Correction, Request, request};
use crate::service::request::submission::Meanwhile::{Restricted, Unrestricted};

const MANY_REQUESTS: &str = "A change of our terms made many of our contacts write to us, and your data is spread over \
     consignments of several years.";

const FREE_MAIL: &str = "The request came from an address that we do not know. Please answer from the address that you \
     gave us, or call us from your telephone number.";

const NO_ANSWER: &str = "We asked you to identify and did not hear from you. You are welcome to ask again whenever you \
     like.";

const LAWFUL: &str = "We use your data to tell you about consignments that you receive, which is lawful as long as you \
     receive them. Nothing in it has changed since the last answer.";

const AS_DELIVERED: &str = "The address is the one at which your consignments were delivered last week, and your \
     employer has confirmed it.";

const ROUTES_OF_OTHERS: &str = "The data that you ask for shows the routes and times of drivers who have not agreed to \
     it. We have offered you a copy without them.";

const MOVED_ON: &str = "I have not received goods for the company since I changed duties, and the notices go to my \
     private telephone at night.";

const AT_HOME: &str = "I drive for another company now and am called about goods that are not mine.";

#[rustfmt::skip]
const NEW_PHONE: &[Correction] = &[Correction(DataCategory::Phone, Incorrect, "070-174 06 50")];

#[rustfmt::skip]
const NEW_ADDRESS: &[Correction] = &[Correction(
    DataCategory::Address, Incorrect,
    r#"{"lines":["Lastkajen 19"],"postalCode":"992 02","locality":"Lastköping","country":"SE"}"#,
)];

#[rustfmt::skip]
pub(in crate::demo) const REQUESTS: [Request; 19] = [
    request("F-3001", Access,                                     Person,            CarriedOut),
    request("F-3002", Access,                                     Staff(Email, 2),   Received),
    request("F-3002", Restriction(AccuracyContested),             Staff(Email, 4),   AwaitingIdentity(FREE_MAIL)),
    request("F-3003", Access,                                     Staff(Letter, 15), Extended(&[NumberOfRequests, Complexity], MANY_REQUESTS)),
    request("F-3004", Restriction(UnlawfulProcessing),            Staff(Letter, 15), Refused(ConditionsNotMet, LAWFUL)),
    request("F-3003", Objection(ServiceDelivery, Some(MOVED_ON)), Staff(Letter, 20), CarriedOut),
    request("F-3004", Rectification(NEW_PHONE, Unrestricted),     Staff(Email, 2),   Received),
    request("F-3005", Restriction(LegalClaim),                    Staff(Phone, 25),  Lifted),
    request("F-3006", Erasure(None),                              Staff(Email, 7),   Withdrawn),
    request("F-3006", Portability,                                Staff(Phone, 5),   UnderReview),
    request("F-3006", Objection(DirectMarketing, None),           Staff(Phone, 11),  CarriedOut),
    request("F-3007", Access,                                     Staff(Email, 21),  Unidentified(FREE_MAIL, NO_ANSWER)),
    request("F-3008", Erasure(None),                              Staff(Letter, 14), CarriedOut),
    request("F-3009", Rectification(NEW_ADDRESS, Restricted),     Staff(Phone, 16),  Refused(ConditionsNotMet, AS_DELIVERED)),
    request("F-3009", Objection(ServiceDelivery, Some(AT_HOME)),  Staff(Phone, 3),   Received),
    request("F-3010", Erasure(None),                              Staff(Email, 6),   AwaitingIdentity(FREE_MAIL)),
    request("F-3011", Erasure(None),                              Staff(Email, 9),   CarriedOut),
    request("F-3012", Access,                                     Staff(Api, 8),     Withdrawn),
    request("F-3012", Portability,                                Staff(Email, 13),  Refused(RightsOfOthers, ROUTES_OF_OTHERS)),
];
