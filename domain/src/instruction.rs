//! The controller's documented instructions, Art. 28(3)(a): which of its decisions are kept as one.

use crate::coded::coded;
use crate::language::Language;

coded! {
    /// What a controller instructs the platform to do.
    InstructionKind {
        /// To carry out a rights request.
        Approve = "APPROVE",
        /// To answer a rights request with a refusal.
        Refuse = "REFUSE",
        /// To put off the answer to a rights request, Art. 12(3).
        Extend = "EXTEND",
        /// To keep data from erasure.
        Hold = "HOLD",
        /// To let data go that was held.
        Release = "RELEASE",
        /// To end a restriction of processing.
        Lift = "LIFT",
        /// To keep a category for a period.
        Retain = "RETAIN",
        /// To return all of the controller's data, Art. 28(3)(g).
        Return = "RETURN",
        /// Not to engage a sub-processor.
        Object = "OBJECT",
        /// To engage a sub-processor.
        Authorise = "AUTHORISE",
        /// To end the agreement.
        End = "END",
    }
}

/// Action of the audit log, and what it instructs. A signature makes the agreement, and is no instruction under it.
#[rustfmt::skip]
const ACTIONS: [(&str, InstructionKind); 11] = [
    ("rightsRequest.approve",        InstructionKind::Approve),
    ("rightsRequest.refuse",         InstructionKind::Refuse),
    ("rightsRequest.extendDeadline", InstructionKind::Extend),
    ("legalHold.place",              InstructionKind::Hold),
    ("legalHold.release",            InstructionKind::Release),
    ("restriction.lift",             InstructionKind::Lift),
    ("retentionRule.set",            InstructionKind::Retain),
    ("tenantExport.request",         InstructionKind::Return),
    ("subprocessor.object",          InstructionKind::Object),
    ("subprocessor.authorise",       InstructionKind::Authorise),
    ("agreement.terminate",          InstructionKind::End),
];

/// What an action of the audit log instructs; `None` for everything that is no decision of the controller.
#[must_use]
pub fn of_action(action: &str) -> Option<InstructionKind> {
    ACTIONS.into_iter().find(|(name, _)| *name == action).map(|(_, kind)| kind)
}

impl InstructionKind {
    /// The instruction in running text.
    #[must_use]
    pub const fn name(self, language: Language) -> &'static str {
        let (swedish, english) = match self {
            Self::Approve => ("verkställ en begäran", "carry out a request"),
            Self::Refuse => ("avslå en begäran", "refuse a request"),
            Self::Extend => {
                ("förläng tiden för svar (artikel 12.3)", "extend the time to answer (Art. 12(3))")
            }
            Self::Hold => ("bevara uppgifter", "keep data from erasure"),
            Self::Release => ("släpp bevarade uppgifter", "release data that was held"),
            Self::Lift => ("häv en begränsning av behandling", "lift a restriction of processing"),
            Self::Retain => ("tillämpa en gallringsregel", "apply a retention rule"),
            Self::Return => ("återlämna alla uppgifter (artikel 28.3 g)", "return all data (Art. 28(3)(g))"),
            Self::Object => ("anlita inte ett underbiträde", "do not engage a sub-processor"),
            Self::Authorise => ("anlita ett underbiträde", "engage a sub-processor"),
            Self::End => ("avsluta avtalet", "end the agreement"),
        };
        language.choose(swedish, english)
    }
}

#[cfg(test)]
mod tests;
