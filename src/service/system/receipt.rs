//! What a system says of its task: believed when it is signed with that system's secret, and by nothing else.

use connector::{Received, Secret};
use domain::id::TaskId;
use domain::returned::{NotReturnable, Returned};
use domain::system::SystemConnector;
use domain::task::{Effect, ReceiptOutcome};
use domain::text::Text;
use domain::wording::Wording;
use serde::Deserialize;
use store::{Receipt, StoreError, Taken, Unserved};

use crate::service::Gateway;

/// Why a receipt is not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// Not signed by the system of the task that it names. Whether there is such a task is not told.
    #[error("the receipt is not authentic")]
    NotAuthentic,
    /// Signed, and not to be understood.
    #[error("the receipt cannot be understood")]
    Malformed,
    /// Signed, and what it returns is not in a form that is taken.
    #[error(transparent)]
    Unreturnable(#[from] NotReturnable),
    /// Signed, and what it returns has no place in the answer to the request.
    #[error("what the receipt returns has no place in the answer")]
    Unfit,
    /// Longer than any receipt.
    #[error("the receipt is too long")]
    TooLong,
    /// It contradicts how the task ended.
    #[error("the task has ended otherwise")]
    Contradicts,
    /// The tenant is not served.
    #[error("the tenant is not served")]
    Unserved(Unserved),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ReceiptError {
    /// What the sender is told to do about it; nothing more particular of what is no fault of the receipt.
    #[must_use]
    pub const fn wording(&self) -> Wording {
        match self {
            Self::Malformed => Wording::new(
                "Skicka outcome \"done\" eller \"failed\", detail på högst 500 tecken i en rad eller ingen alls, och data bara \
                 med \"done\".",
                "send outcome \"done\" or \"failed\", a detail of at most 500 characters in one line or none, and data only \
                 with \"done\"",
            ),
            Self::Unfit => Wording::new(
                "Lämna data bara för begäranden om tillgång eller dataportabilitet, och bara för uppgiftens kategorier.",
                "return data for requests for access or portability alone, and for no category but the task's",
            ),
            Self::Unreturnable(why) => why.wording(),
            Self::TooLong => Wording::new("Kvittensen är för lång.", "the receipt is too long"),
            Self::NotAuthentic | Self::Contradicts | Self::Unserved(_) | Self::Store(_) => {
                Wording::new("Kvittensen togs inte emot.", "the receipt was not taken")
            }
        }
    }
}

/// A receipt's body. Members that are not known are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    task_id: String,
    #[serde(default)]
    outcome: serde_json::Value,
    #[serde(default)]
    detail: serde_json::Value,
    #[serde(default)]
    data: serde_json::Value,
}

/// The longest receipt that returns nothing, in bytes: an identifier, a word and a sentence.
const LONGEST: usize = 16 * 1024;

impl Body {
    fn receipt(self, request_id: String) -> Result<Receipt, ReceiptError> {
        let malformed = || ReceiptError::Malformed;
        let outcome = self.outcome.as_str().and_then(ReceiptOutcome::from_code).ok_or_else(malformed)?;
        let detail = match &self.detail {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) if text.trim().is_empty() => None,
            serde_json::Value::String(text) => Some(Text::parse(text).map_err(|_| malformed())?),
            _ => return Err(malformed()),
        };
        let returned = match self.data {
            serde_json::Value::Null => None,
            data => Some(Returned::parse(data)?),
        };
        if returned.is_some() && outcome == ReceiptOutcome::Failed {
            return Err(malformed());
        }
        Ok(Receipt { outcome, detail, returned, request_id })
    }
}

impl Gateway {
    /// Takes a system's receipt.
    ///
    /// # Errors
    /// [`ReceiptError`] says why not; nothing is changed then.
    pub async fn receive(&self, received: &Received<'_>, request_id: String) -> Result<(), ReceiptError> {
        let body: Body = serde_json::from_slice(received.body).map_err(|_| ReceiptError::NotAuthentic)?;
        let task = TaskId::parse(&body.task_id).map_err(|_| ReceiptError::NotAuthentic)?;
        let signers = self.store.signers_of_task(task).await?.ok_or(ReceiptError::NotAuthentic)?;
        if signers.connector == SystemConnector::OpenDsr {
            // Its secret is what lets the gateway in there; it signs by its certificate.
            return Err(ReceiptError::NotAuthentic);
        }
        let secrets = signers.secrets.iter().filter_map(|text| Secret::parse(text).ok()).collect::<Vec<_>>();
        let secrets: Vec<&Secret> = secrets.iter().collect();
        let verified = received.verify(&secrets, self.store.clock().now().as_second());
        if let Err(reason) = verified {
            tracing::info!(request_id, %reason, "a receipt is not authentic");
            return Err(ReceiptError::NotAuthentic);
        }
        if body.data.is_null() && received.body.len() > LONGEST {
            return Err(ReceiptError::TooLong);
        }
        let receipt = body.receipt(request_id)?;
        told(self.store.take_receipt(&signers, &receipt).await?)
    }
}

/// What became of a receipt, as its sender is told.
pub(in crate::service) fn told(taken: Taken) -> Result<(), ReceiptError> {
    match taken {
        Taken::Unfit => Err(ReceiptError::Unfit),
        Taken::Gone => Err(ReceiptError::NotAuthentic),
        Taken::Unserved(why) => Err(ReceiptError::Unserved(why)),
        Taken::Effect(Effect::Contradicts) => Err(ReceiptError::Contradicts),
        Taken::Effect(_) => Ok(()),
    }
}
