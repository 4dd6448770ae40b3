//! Notices by e-mail to the tenants' privacy contacts: read when they are sent, handed to the mail server outside any
//! transaction, and what came of them.

use connector::{Mail, Mailer};
use domain::actor::Actor;
use domain::calendar::civil_date;
use domain::id::{NoticeId, TenantId};
use domain::notice::NoticeKind;
use domain::request::reminder::Reminder;
use jiff::SignedDuration;
use store::{
    AuditEvent, CarriesOutRights, DueNotice, Lease, NoticeEnd, NoticeFacts, NoticeTurn, Notices, Operator,
    OutboxNotice, StoreError, StoredRequest, TenantTx, failpoint,
};

use super::Gateway;
use super::reading::{Opened, of_either};
use crate::package::notice_mail::{self, Facts, Notice, NoticeMail};

/// How long a notice waits for a process that has a mail server.
const WITHOUT_MAIL: SignedDuration = SignedDuration::from_hours(1);

impl Opened {
    /// The tenant's notices, newest first, from behind one of them on.
    ///
    /// # Errors
    /// When the database fails or a row is inconsistent.
    pub async fn list_notices(
        &self,
        after: Option<NoticeId>,
        limit: u32,
    ) -> Result<Vec<OutboxNotice>, StoreError> {
        of_either!(self, tx => tx.list_notices(after, limit.into()).await)
    }

    /// How many notices the tenant has.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count_notices(&self) -> Result<u64, StoreError> {
        of_either!(self, tx => tx.count_notices().await)
    }
}

impl Gateway {
    /// How many notices of several tenants were given up; tenants without any are left out.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn failed_notices(&self, of: &[TenantId]) -> Result<Vec<(TenantId, u64)>, StoreError> {
        self.store.operator().count_failed_notices(of).await
    }

    /// The platform's door, which tells tenants by e-mail too where there is a mail server.
    pub(in crate::service) fn telling_operator(&self) -> Operator<'_> {
        let notices = if self.settings.mailer.is_some() { Notices::ByMail } else { Notices::None };
        self.store.operator().telling(notices)
    }

    /// Has the privacy contact reminded of a request by e-mail, where there is a mail server.
    pub(in crate::service) async fn remind_by_mail<S: CarriesOutRights>(
        &self,
        tx: &TenantTx<S>,
        request: &StoredRequest,
        reminder: Reminder,
    ) -> Result<(), StoreError> {
        match self.settings.mailer {
            Some(_) => tx.put_reminder_notice(request.id, reminder).await,
            None => Ok(()),
        }
    }

    /// Sends the leased notice and records what came of it. A worker that dies after the mail server took it leaves the work to
    /// the next one, which sends it again with the same Message-ID.
    ///
    /// # Errors
    /// When a database fails or a row is inconsistent. That the mail server did not take it is no error.
    pub async fn send_notice(&self, lease: &Lease) -> Result<(), StoreError> {
        let event = |action| AuditEvent::new(Actor::gateway(), action, lease.job().to_string());
        let due = match self.store.find_notice(lease).await? {
            NoticeTurn::Due(due) => due,
            NoticeTurn::Unneeded => return self.store.end_notice(lease, NoticeEnd::Skipped).await,
            NoticeTurn::TimeOver => {
                return self.store.end_notice(lease, NoticeEnd::TimeOver(event("notice.giveUp"))).await;
            }
        };
        let Some(mailer) = &self.settings.mailer else {
            return self.store.postpone(lease, self.store.clock().now() + WITHOUT_MAIL).await;
        };
        failpoint::reach("notice.read").await;
        let sent = send(mailer, &due, &self.write_notice(&due)).await;
        failpoint::reach("notice.sent").await;
        let (notice, tenant) = (due.id, due.tenant);
        match sent {
            Ok(()) => self.store.end_notice(lease, NoticeEnd::Sent(event("notice.send"))).await,
            Err(error) if error.is_final() => {
                tracing::warn!(%tenant, %notice, %error, "a notice was given up");
                let end = NoticeEnd::Failed(error.to_string(), event("notice.giveUp"));
                self.store.end_notice(lease, end).await
            }
            Err(error) => {
                tracing::info!(%tenant, %notice, %error, "a notice was not sent; it is tried again in its time");
                let failed = (error.to_string(), event("notice.giveUp"));
                self.store.put_off_notice(lease, &due, failed).await
            }
        }
    }

    fn write_notice(&self, due: &DueNotice) -> NoticeMail {
        let facts = match &due.facts {
            NoticeFacts::Request { reference, kind, status, due_at } => Facts::Request {
                reference: *reference,
                right: *kind,
                status: *status,
                due_on: civil_date(*due_at),
            },
            NoticeFacts::Breach { notified_at } => Facts::Breach {
                notified_at: *notified_at,
                authority_deadline: self.authority_deadline(*notified_at),
            },
            NoticeFacts::Subprocessor { name, country, effective_on, authorisation, last_day_to_object } => {
                Facts::Subprocessor {
                    name,
                    country,
                    effective_on: *effective_on,
                    authorisation: *authorisation,
                    last_day_to_object: *last_day_to_object,
                }
            }
        };
        notice_mail::write(&Notice {
            kind: due.kind,
            language: due.language,
            controller: &due.tenant_name,
            processor: &self.settings.processor.name,
            link: &self.address(&console_path(due)),
            facts,
        })
    }
}

/// Where the console shows what a notice is about.
fn console_path(due: &DueNotice) -> String {
    let page = match due.kind {
        NoticeKind::ResponseDueSoon | NoticeKind::ResponseOverdue => "requests",
        NoticeKind::BreachReported | NoticeKind::BreachSupplemented => "breaches",
        NoticeKind::SubprocessorAnnounced => "subprocessors",
    };
    format!("console/{page}/{}", due.kind.object(due.object))
}

/// Everything of the message is made of what does not change, but what a request's state is by now.
async fn send(mailer: &Mailer, due: &DueNotice, text: &NoticeMail) -> Result<(), connector::MailError> {
    let mail = Mail {
        id: &due.id.to_string(),
        date: due.created_at.into(),
        to: &due.to,
        subject: &text.subject,
        body: &text.body,
        language: due.language.code(),
    };
    mailer.send(&mail).await
}
