//! Supervisory authorities, under the names that they bear from a day on.

use domain::country::CountryCode;
use entity::supervisory_authority;
use jiff::civil::Date;
use sea_orm::ActiveValue::Set;

use super::Operator;
use crate::error::StoreError;
use crate::time;

impl Operator<'_> {
    /// Records a supervisory authority under the name that it bears from a day on.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the country has one from that day already.
    pub async fn put_authority(
        &self,
        country: &CountryCode,
        valid_from: Date,
        name: &str,
        url: &str,
    ) -> Result<(), StoreError> {
        let row = supervisory_authority::ActiveModel {
            country: Set(country.as_str().to_owned()),
            valid_from: Set(time::date_to_row(valid_from)),
            name: Set(name.to_owned()),
            url: Set(url.to_owned()),
        };
        let tx = self.writing().await?;
        tx.put::<supervisory_authority::Entity>(row).await?;
        tx.commit().await
    }
}
