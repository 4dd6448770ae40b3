//! Letters that tell what was done, right by right.

use domain::accounting::AccountingRecordKind;
use domain::outcome::RetentionGround;

use crate::package::letter::texts::answers::{
    Access, Answers, Consent, Erasure, Files, Items, Later, Objection, Portability, Rectification,
    Restriction,
};

pub(super) const ANSWERS: Answers = Answers {
    title: |request| format!("Answer to {request}"),
    items: Items {
        record: |kind, number| match kind {
            AccountingRecordKind::Invoice => format!("invoice {number}"),
            AccountingRecordKind::Quote => format!("quote {number}"),
            AccountingRecordKind::Contract => format!("contract {number}"),
        },
        nameless_records: |count| match count {
            1 => "one accounting record".to_owned(),
            _ => format!("{count} accounting records"),
        },
        nothing_held: |categories| format!("There was no data about you of these kinds: {categories}."),
    },
    files: Files {
        until: |moment| format!("You can fetch the files until {moment}. They are then destroyed."),
        gone: "The files can no longer be fetched. Please contact us if you would like new ones.",
    },
    recipients: "We tell those to whom we have disclosed the data, unless that is impossible or would take a \
                 disproportionate effort. Ask us if you would like to know who they are (Article\u{a0}19).",
    access: Access {
        copy: "We have made a copy of your personal data (Article\u{a0}15(3)). It comprises",
        whole: "The copy comes as files. The PDF file is the full letter: it also says why we process the data, \
                who receives it, how long it is kept and what rights you have (Article\u{a0}15(1) \
                and\u{a0}15(2)). The JSON and CSV files can be read by a computer.",
        none: "There is no data about you in the register to copy.",
    },
    rectification: Rectification {
        corrected: "We have corrected or completed this data about you (Article\u{a0}16):",
        statement: "If it is still incomplete you have the right to add a statement of your own \
                    (Article\u{a0}16).",
    },
    erasure: ERASURE,
    restriction: Restriction {
        restricted: |since| {
            let done = since.map_or_else(
                || "We have restricted".to_owned(),
                |since| format!("As from {since} we have restricted"),
            );
            format!("{done} processing of this data (Article\u{a0}18(1)):")
        },
        allowed_introduction: "While the restriction stands we store the data. Otherwise it may be used only \
                               where (Article\u{a0}18(2))",
        allowed: &[
            "you have given your consent",
            "it is needed to establish, exercise or defend legal claims",
            "the rights of somebody else must be protected",
            "there is an important public interest of the EU or a Member State.",
        ],
        lifting: "We will tell you before the restriction is lifted (Article\u{a0}18(3)).",
    },
    portability: PORTABILITY,
    objection: Objection {
        marketing: "We have stopped using your data for direct marketing, at once.",
        absolute: "The right to refuse it is absolute: we do not weigh it against interests of our own (Article\u{a0}21(2) \
                   and\u{a0}21(3)).",
        unaffected: "Invoices and what else belongs to the service are not affected.",
        suppressed: "Lest we send you marketing by mistake you are on our suppression list. Your contact data \
                     is not there in readable form, but as a digest computed with a secret key.",
        ended: "We have stopped using this data for the purpose to which you objected (Article\u{a0}21(1)):",
        ended_without_data: "We hold no data about you for the purpose to which you objected, and we will not \
                             use any (Article\u{a0}21(1)).",
    },
    consent: Consent {
        stopped: "We have stopped using your data on the basis of the consent, at once.",
        lawful_before: "What we did before you withdrew the consent stays lawful (Article\u{a0}7(3)).",
        never_given: "We had no such consent from you on record, so there was nothing to withdraw.",
        still_suppressed: "We will nevertheless see to it that you get no direct marketing.",
    },
    later: Later {
        title: |request| format!("Follow-up on {request}"),
        told: "We told you earlier that some data about you must be kept. Now there is more to tell.",
        erased: "What has been erased now",
        erased_introduction: "This data no longer had to be kept and has been erased:",
        nothing_left: "Nothing is left of what we had kept.",
    },
};

const ERASURE: Erasure = Erasure {
    erased: "What we have erased",
    erased_introduction: "This data about you has been erased (Article\u{a0}17(1)):",
    backups: "The key with which the data was encrypted has been destroyed. It can therefore not be read in \
              backups either.",
    proof: "The reference of the case and a note of what we have done stay, without the erased data. With these \
            we can show that we have followed the rules (Article\u{a0}5(2)).",
    kept: "What we keep for the time being",
    kept_introduction: "This data we cannot erase yet:",
    kept_headers: ["Data", "Why it is kept", "Kept until and including"],
    ground: |ground| match ground {
        RetentionGround::BookkeepingAct => {
            "It belongs to the accounts, which by law must be kept for seven years after the calendar year in \
             which the fiscal year ended: the Swedish Bookkeeping Act (bokföringslagen 1999:1078), chapter\u{a0}7, \
             section\u{a0}2, and Article\u{a0}17(3)(b)."
        }
        RetentionGround::ContractPerformance => {
            "It is needed for a contract that is still in force, and so is still necessary: \
             Article\u{a0}17(1)(a)."
        }
        RetentionGround::OtherLegalObligation => {
            "Another Swedish or European law requires that it be kept: Article\u{a0}17(3)(b)."
        }
        RetentionGround::CourtOrAuthorityOrder => {
            "A court or an authority has decided that it be kept: Article\u{a0}17(3)(b) and\u{a0}(e)."
        }
        RetentionGround::LegitimateInterests => {
            "We have legitimate grounds that outweigh yours: Article\u{a0}17(1)(c) and\u{a0}21(1)."
        }
        RetentionGround::LegalClaims => {
            "It is needed to establish, exercise or defend legal claims: Article\u{a0}17(3)(e)."
        }
    },
    no_ground: "The ground is not on record. Please ask us.",
    open_ended: "Until the ground ceases",
    by_itself: "What has a last day is erased by itself on the day after. You need not ask again.",
    with_its_ground: "What has no last day is erased when its ground has ceased, without your asking again as \
                      well.",
    meanwhile: "Until then the data may be used only for what it is kept for, such as bookkeeping or legal claims, \
                and for handling data protection requests. You can still ask to see what we keep.",
};

const PORTABILITY: Portability = Portability {
    copy: "We have prepared the data that you have provided and that we process on the basis of your consent or \
           a contract (Article\u{a0}20(1)):",
    none: "We hold no data that you have provided and that we process on the basis of your consent or a contract \
           (Article\u{a0}20(1)).",
    formats: "The data comes as JSON, described by a published schema, and as CSV tables in a ZIP archive. Both \
              are open formats that other systems can read.",
    onward: "You may pass the files on to whomever you like. Please contact us if you would like us to send them \
             directly to somebody else; we do so where it is technically feasible (Article\u{a0}20(2)).",
    stays: "The data stays with us after this. You can ask for it to be erased (Article\u{a0}20(3)).",
    excluded: "What is not included",
    excluded_introduction: "This data is not in the files. You can learn more about it by asking for access \
                            (Article\u{a0}15).",
};
