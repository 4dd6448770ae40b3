//! Requests of the shop's customers.

use domain::category::DataCategory;
use domain::purpose::Purpose::{DirectMarketing, ServiceDelivery};
use domain::request::channel::RequestChannel::{Api, Email, Letter, Phone};
use domain::request::rectification::RectificationFault::{Incomplete, Incorrect};
use domain::request::refusal::RefusalGround::{Exempt, ManifestlyUnfounded};
use domain::restriction::RestrictionGround::{AccuracyContested, LegalClaim, UnlawfulProcessing};

use super::Asked::{Access, ConsentWithdrawal, Erasure, Objection, Portability, Rectification, Restriction};
use super::Outcome::{AwaitingIdentity, CarriedOut, Received, Refused, UnderReview, Withdrawn};
use super::Submission::{Person, Staff};
use super::{Correction, Request, request};
use crate::service::request::submission::Meanwhile::Unrestricted;

const ABOUT_PRICES: &str = "Begäran gäller våra inköpspriser och innehåller ingen fråga om dina egna uppgifter. Vill du \
     veta vilka uppgifter vi har om dig är du välkommen att skriva igen.";

const RECALLED: &str = "Hyllan som du köpte är återkallad, och vi är skyldiga att kunna nå alla köpare. Fakturan måste \
     enligt bokföringslagen sparas. Alla uppgifter som begäran gäller behövs för något av detta.";

const TWO_OF_THE_NAME: &str = "Vi har två kunder med det namnet, och brevet saknar adress. Tala om vilken order det \
     gäller, eller legitimera dig i butiken.";

const UNKNOWN_SENDER: &str = "Begäran kom från en e-postadress som vi inte känner igen. Svara från den adress som du \
     har lämnat till oss.";

const NO_CALLS: &str = "Jag blir uppringd om leveranser som gäller min granne.";

#[rustfmt::skip]
const WHOLE_EMAIL: &[Correction] = &[Correction(DataCategory::Email, Incomplete, "henrik.imitationsson@post.example")];

#[rustfmt::skip]
const OTHER_PHONE: &[Correction] = &[Correction(DataCategory::Phone, Incorrect, "070-174 06 32")];

#[rustfmt::skip]
pub(in crate::demo) const REQUESTS: [Request; 22] = [
    request("H-2001", Access,                                     Person,            CarriedOut),
    request("H-2002", Access,                                     Staff(Letter, 9),  CarriedOut),
    request("H-2002", Rectification(OTHER_PHONE, Unrestricted),   Staff(Phone, 5),   Withdrawn),
    request("H-2003", Access,                                     Person,            UnderReview),
    request("H-2003", Portability,                                Person,            CarriedOut),
    request("H-2004", Access,                                     Staff(Email, 1),   Received),
    request("H-2004", Restriction(LegalClaim),                    Staff(Email, 9),   UnderReview),
    request("H-2005", Portability,                                Staff(Api, 6),     Withdrawn),
    request("H-2005", ConsentWithdrawal(DirectMarketing),         Person,            CarriedOut),
    request("H-2006", Access,                                     Staff(Letter, 35), UnderReview),
    request("H-2006", Restriction(UnlawfulProcessing),            Staff(Letter, 14), CarriedOut),
    request("H-2007", Access,                                     Staff(Email, 28),  Refused(ManifestlyUnfounded, ABOUT_PRICES)),
    request("H-2007", Portability,                                Staff(Email, 3),   AwaitingIdentity(UNKNOWN_SENDER)),
    request("H-2008", Rectification(WHOLE_EMAIL, Unrestricted),   Person,            CarriedOut),
    request("H-2009", Erasure(None),                              Staff(Email, 12),  CarriedOut),
    request("H-2010", Access,                                     Staff(Phone, 4),   Withdrawn),
    request("H-2010", Restriction(AccuracyContested),             Staff(Email, 2),   Received),
    request("H-2011", Erasure(None),                              Staff(Email, 7),   CarriedOut),
    request("H-2012", Access,                                     Staff(Letter, 10), AwaitingIdentity(TWO_OF_THE_NAME)),
    request("H-2013", Erasure(None),                              Staff(Letter, 18), Refused(Exempt, RECALLED)),
    request("H-2013", Objection(ServiceDelivery, Some(NO_CALLS)), Staff(Email, 8),   Withdrawn),
    request("H-2014", Erasure(None),                              Staff(Email, 1),   Received),
];
