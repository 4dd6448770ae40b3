use std::collections::BTreeSet;

use super::*;

#[test]
fn every_decision_of_the_controller_is_an_instruction_of_its_kind() {
    for (action, expected) in [
        ("rightsRequest.approve", "APPROVE"),
        ("rightsRequest.refuse", "REFUSE"),
        ("rightsRequest.extendDeadline", "EXTEND"),
        ("legalHold.place", "HOLD"),
        ("legalHold.release", "RELEASE"),
        ("restriction.lift", "LIFT"),
        ("retentionRule.set", "RETAIN"),
        ("tenantExport.request", "RETURN"),
        ("subprocessor.object", "OBJECT"),
        ("subprocessor.authorise", "AUTHORISE"),
        ("agreement.terminate", "END"),
    ] {
        assert_eq!(of_action(action).map(InstructionKind::code), Some(expected), "{action}");
    }
    let kinds: BTreeSet<_> = ACTIONS.iter().map(|(_, kind)| kind).collect();
    assert_eq!(kinds.len(), InstructionKind::ALL.len());
}

#[test]
fn nothing_else_is_an_instruction() {
    for action in [
        "agreement.sign",
        "agreement.offer",
        "rightsRequest.submit",
        "rightsRequest.askForIdentity",
        "rightsRequest.verifyIdentity",
        "rightsRequest.withdraw",
        "rightsRequest.fulfil",
        "rightsRequest.extend",
        "consent.grant",
        "dataSubject.update",
        "accountingRecord.record",
        "tenantExport.build",
        "breach.acknowledge",
        "retention.run",
        "APPROVE",
        "approve",
        "",
    ] {
        assert_eq!(of_action(action), None, "{action}");
    }
}

#[test]
fn every_kind_has_a_name_of_its_own_in_both_languages() {
    for language in Language::ALL {
        let names: BTreeSet<_> = InstructionKind::ALL.iter().map(|kind| kind.name(*language)).collect();
        assert_eq!(names.len(), InstructionKind::ALL.len(), "{names:?}");
    }
}
