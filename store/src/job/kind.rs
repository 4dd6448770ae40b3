//! The kinds of due work.

use domain::system::DownstreamMessage;

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JobKind {
    /// Carry out an approved request; the object is the request.
    FulfilRequest,
    /// Destroy an export package whose time is over; the object is the package.
    ExpireExport,
    /// Destroy the keys of data that an erasure removed, and close the erasure; the object is the person.
    SettleErasure,
    /// Erase what an erasure had to keep and need not any longer; the object is the request.
    EraseRemainder,
    /// Tell that an answer will soon be due, or is overdue; the object is the request.
    RemindDeadline,
    /// Look for data whose retention period is over; the object is the tenant.
    RunRetention,
    /// Erase a person's data whose retention period is over; the object is the person.
    EraseExpired,
    /// Erase everything when the return of a tenant's data is over; the object is the decision to end the relationship.
    CloseTenant,
    /// Make the export of all that a tenant has; the object is the export.
    BuildTenantExport,
    /// Destroy such an export whose time is over; the object is the export.
    ExpireTenantExport,
    /// Bring the newest head of the audit log to a system outside; the object is the system.
    DeliverCheckpoint,
    /// Bring a system outside its next task; the object is the system.
    DeliverTask,
    /// Complete a request whose systems have all answered; the object is the request.
    CompleteRequest,
    /// Send a notice by e-mail; the object is the notice.
    SendNotice,
    /// Tell a controller that sent a request as OpenDSR of its status; the object is the controller's name for it.
    DeliverCallback,
    /// Ask a processor that speaks OpenDSR how its task stands; the object is the task.
    PollTask,
}

/// Every kind with its name in rows and in logs.
const KINDS: [(JobKind, &str); 16] = [
    (JobKind::FulfilRequest, "FULFIL_REQUEST"),
    (JobKind::ExpireExport, "EXPIRE_EXPORT"),
    (JobKind::SettleErasure, "SETTLE_ERASURE"),
    (JobKind::EraseRemainder, "ERASE_REMAINDER"),
    (JobKind::RemindDeadline, "REMIND_DEADLINE"),
    (JobKind::RunRetention, "RUN_RETENTION"),
    (JobKind::EraseExpired, "ERASE_EXPIRED"),
    (JobKind::CloseTenant, "CLOSE_TENANT"),
    (JobKind::BuildTenantExport, "BUILD_TENANT_EXPORT"),
    (JobKind::ExpireTenantExport, "EXPIRE_TENANT_EXPORT"),
    (JobKind::DeliverCheckpoint, "DELIVER_CHECKPOINT"),
    (JobKind::DeliverTask, "DELIVER_TASK"),
    (JobKind::CompleteRequest, "COMPLETE_REQUEST"),
    (JobKind::SendNotice, "SEND_NOTICE"),
    (JobKind::DeliverCallback, "DELIVER_CALLBACK"),
    (JobKind::PollTask, "POLL_TASK"),
];

impl JobKind {
    /// The name in rows and in logs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        KINDS[self as usize].1
    }

    /// What brings messages of the kind.
    pub(crate) const fn delivering(message: DownstreamMessage) -> Self {
        match message {
            DownstreamMessage::RightsRequestTask => Self::DeliverTask,
            DownstreamMessage::AuditCheckpoint => Self::DeliverCheckpoint,
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        KINDS.into_iter().find(|(_, name)| *name == code).map(|(kind, _)| kind)
    }

    /// Whether somebody must look when the work fails again and again. An erasure that is under way and a tenant's upkeep
    /// are tried on for ever.
    #[must_use]
    pub const fn waits_for_a_person(self) -> bool {
        matches!(
            self,
            Self::FulfilRequest | Self::ExpireExport | Self::BuildTenantExport | Self::ExpireTenantExport
        )
    }

    /// Whether the work is the tenant's upkeep, which waits for the next day while there is no agreement in force.
    #[must_use]
    pub const fn is_upkeep(self) -> bool {
        matches!(self, Self::RunRetention | Self::EraseExpired | Self::EraseRemainder | Self::RemindDeadline)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_in_its_own_row() {
        for (at, (kind, code)) in KINDS.into_iter().enumerate() {
            assert_eq!((kind as usize, kind.code()), (at, code));
            assert_eq!(JobKind::from_code(code), Some(kind));
        }
    }
}
