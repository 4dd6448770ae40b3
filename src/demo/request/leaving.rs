//! Requests of the customers of two shops whose relationship with the vendor ends. Requests go on while data is
//! returned, so that some are open.

use domain::purpose::Purpose::DirectMarketing;
use domain::request::channel::RequestChannel::{Email, Letter, Phone};

use super::Asked::{Access, Erasure, Objection};
use super::Outcome::{AwaitingIdentity, CarriedOut, Received, UnderReview};
use super::Submission::{Person, Staff};
use super::{Request, request};

const UNKNOWN_NUMBER: &str = "Begäran kom per telefon från ett nummer som vi inte känner igen. Legitimera dig i butiken \
     eller svara från den e-postadress som du har lämnat till oss.";

#[rustfmt::skip]
pub(in crate::demo) const BOOKSHOP: [Request; 5] = [
    request("S-4001", Access,                                     Person,            CarriedOut),
    request("S-4002", Objection(DirectMarketing, None),           Staff(Email, 12),  CarriedOut),
    request("S-4003", Access,                                     Staff(Letter, 8),  UnderReview),
    request("S-4005", Erasure(None),                              Staff(Email, 3),   Received),
    request("S-4006", Access,                                     Staff(Phone, 5),   AwaitingIdentity(UNKNOWN_NUMBER)),
];

#[rustfmt::skip]
pub(in crate::demo) const CYCLES: [Request; 2] = [
    request("E-5001", Access,                                     Person,            CarriedOut),
    request("E-5004", Access,                                     Staff(Letter, 20), CarriedOut),
];
