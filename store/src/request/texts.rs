//! What a request says in words: sealed, since it is about a person, and gone when the person's data goes.

use domain::category::DataCategory;
use domain::id::{RequestId, SubjectId, TenantId};
use domain::personal::Personal;
use domain::request::rectification::RectificationFault;
use domain::text::Description;
use entity::rights_request::{Column, Model};

use super::TABLE;
use crate::error::StoreError;
use crate::vault::{Keys, Place};

/// A value that is to be corrected.
#[derive(Clone)]
pub struct Correction {
    /// Which value.
    pub category: DataCategory,
    /// What is wrong with it.
    pub fault: RectificationFault,
    /// What it should say, as it is to be stored.
    pub new_value: Personal<String>,
}

/// The columns with sealed texts, and how their places name them.
pub(crate) const SEALED: [(Column, &str); 5] = [
    (Column::Reasons, "reasons"),
    (Column::ExtensionReason, "extension_reason"),
    (Column::IdentityReason, "identity_reason"),
    (Column::ObjectionGrounds, "objection_grounds"),
    (Column::Rectifications, "rectifications"),
];

/// The sealed texts of a row, in the order of [`SEALED`].
pub(crate) fn sealed(row: &Model) -> [Option<&String>; 5] {
    [
        row.reasons.as_ref(),
        row.extension_reason.as_ref(),
        row.identity_reason.as_ref(),
        row.objection_grounds.as_ref(),
        row.rectifications.as_ref(),
    ]
}

pub(crate) const fn place(
    tenant: TenantId,
    subject: SubjectId,
    request: RequestId,
    column: &'static str,
) -> Place<'static> {
    Place { tenant: tenant.uuid(), subject: subject.uuid(), table: TABLE, column, row: request.uuid() }
}

/// A row's own key ring and place, to open its texts with.
pub(super) struct Opener<'k> {
    pub tenant: TenantId,
    pub subject: SubjectId,
    pub request: RequestId,
    pub keys: Option<&'k Keys>,
}

impl Opener<'_> {
    /// A text; `None` where there is none, and once its key is gone.
    pub(super) fn text(
        &self,
        column: &'static str,
        sealed: Option<&String>,
    ) -> Result<Option<Description>, StoreError> {
        let inconsistent = |_| StoreError::Inconsistent { table: TABLE, column };
        let clear = self.clear(column, sealed)?;
        clear.map(|text| Description::parse(text.reveal()).map_err(inconsistent)).transpose()
    }

    /// What is to be corrected; nothing once the key is gone.
    pub(super) fn corrections(&self, sealed: Option<&String>) -> Result<Vec<Correction>, StoreError> {
        let column = "rectifications";
        let inconsistent = StoreError::Inconsistent { table: TABLE, column };
        match self.clear(column, sealed)? {
            None => Ok(Vec::new()),
            Some(text) => read_corrections(text.reveal()).ok_or(inconsistent),
        }
    }

    fn clear(
        &self,
        column: &'static str,
        sealed: Option<&String>,
    ) -> Result<Option<Personal<String>>, StoreError> {
        let (Some(sealed), Some(keys)) = (sealed, self.keys) else {
            return Ok(None);
        };
        let inconsistent = || StoreError::Inconsistent { table: TABLE, column };
        let sealed = hex::decode(sealed).map_err(|_| inconsistent())?;
        match keys.open(place(self.tenant, self.subject, self.request, column), &sealed) {
            Ok(clear) => {
                let text = String::from_utf8(clear.to_vec()).map_err(|_| inconsistent())?;
                Ok(Some(Personal::new(text)))
            }
            Err(StoreError::KeyGone) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Corrections as one text, to be sealed.
pub(super) fn write_corrections(corrections: &[Correction]) -> Personal<String> {
    let list = corrections.iter().map(|correction| {
        serde_json::json!([
            correction.category.code(),
            correction.fault.code(),
            correction.new_value.reveal().as_str()
        ])
    });
    Personal::new(serde_json::Value::Array(list.collect()).to_string())
}

fn read_corrections(text: &str) -> Option<Vec<Correction>> {
    let list: Vec<(String, String, String)> = serde_json::from_str(text).ok()?;
    let correction = |(category, fault, value): (String, String, String)| {
        Some(Correction {
            category: DataCategory::from_code(&category)?,
            fault: RectificationFault::from_code(&fault)?,
            new_value: Personal::new(value),
        })
    };
    list.into_iter().map(correction).collect()
}
