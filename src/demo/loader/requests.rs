//! Rights requests, each brought as far as it is to come.

use domain::category::Categories;
use domain::id::SubjectId;
use domain::request::channel::RequestChannel;
use domain::request::kind::RequestKind;
use jiff::ToSpan as _;
use store::StoredRequest;

use super::super::request::{Request, Submission};
use super::{Loader, Target, command, refused};
use crate::service::caller::Caller;
use crate::service::request::submission::{RequestInput, Submitted};
use crate::service::restriction::LiftInput;

impl Loader<'_> {
    /// Brings every request as far as it is to come, apart from the worker's part; those that erase come last.
    pub(super) async fn handle_requests(&self, target: &Target<'_>) -> anyhow::Result<()> {
        let requests = target.demo.tables.requests.iter();
        let (last, first): (Vec<_>, Vec<_>) = requests.partition(|request| request.erases());
        for request in first.into_iter().chain(last) {
            if let Some(subject) = target.person(request.reference) {
                self.handle(target, request, subject).await?;
            }
        }
        Ok(())
    }

    async fn handle(&self, target: &Target<'_>, request: &Request, subject: SubjectId) -> anyhow::Result<()> {
        let (staff, of) = (target.staff, (subject, request.kind()));
        if self.request_of(staff, of).await?.is_none() {
            self.submit(target, request, subject).await?;
        }
        while let Some(found) = self.request_of(staff, of).await? {
            let Some(step) = request.next_step(&found) else {
                break;
            };
            let taken = self.gateway.take_step(staff, &found.id.to_string(), &step, &Categories::new()).await;
            taken.map_err(|refusal| refused(&refusal))?;
        }
        Ok(())
    }

    /// The request of a kind that a person made.
    async fn request_of(
        &self,
        staff: &Caller,
        (subject, kind): (SubjectId, RequestKind),
    ) -> anyhow::Result<Option<StoredRequest>> {
        let requests = self.reading(staff).await?.list_requests_of(&[subject]).await?;
        Ok(requests.into_iter().find(|request| request.kind == kind))
    }

    async fn submit(&self, target: &Target<'_>, request: &Request, subject: SubjectId) -> anyhow::Result<()> {
        let now = self.gateway.store.clock().now();
        let ask = request.ask();
        let (caller, input) = match request.submission {
            Submission::Person => {
                let channel = RequestChannel::SelfService;
                let input =
                    RequestInput { subject_id: None, channel, received_at: None, ask, sent_as_opendsr: None };
                (self.caller(target.demo.id, Some(subject)).await?, input)
            }
            Submission::Staff(channel, days) => {
                let received_at = Some((now - (days * 24).hours()).to_string());
                let subject_id = Some(subject.to_string());
                (
                    target.staff.clone(),
                    RequestInput { subject_id, channel, received_at, ask, sent_as_opendsr: None },
                )
            }
        };
        match self.gateway.submit(&caller, &command(input)).await.map_err(|refusal| refused(&refusal))? {
            Submitted::Accepted(_) | Submitted::AlreadyOpen(_) => Ok(()),
        }
    }

    /// Lifts the restrictions that are over, once the requests behind them are answered.
    pub(super) async fn lift_restrictions(&self, target: &Target<'_>) -> anyhow::Result<()> {
        for request in target.demo.tables.requests.iter().filter(|request| request.is_lifted()) {
            let Some(subject) = target.person(request.reference) else {
                continue;
            };
            let restrictions = self.reading(target.staff).await?.list_restrictions(&[subject]).await?;
            for restriction in restrictions.iter().filter(|found| found.lifted_at.is_none()) {
                let input = LiftInput {
                    restriction_id: restriction.id.to_string(),
                    subject_informed_at: self.gateway.store.clock().now().to_string(),
                };
                let lifted = self.gateway.lift_restriction(target.staff, &input, &Categories::new()).await;
                lifted.map_err(|refusal| refused(&refusal))?;
            }
        }
        Ok(())
    }
}
