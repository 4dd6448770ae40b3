//! The platform's own keys: for links to downloads, for cursors, and for counting a person's sessions of the console. They lie in the key store under a master key, and are
//! read once, at the start, which is where a wrong master key is found.

use aws_lc_rs::hmac;
use domain::clock::Entropy;
use domain::id::new_uuid;
use entity::platform_key::{ActiveModel, Column, Entity, Model};
use entity::{audit_signing_key, tenant_key};
use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::envelope::{Place, SealKey, new_nonce};
use super::keeper::{MasterKeys, is_unnamed};
use super::keyring::tenant_place;
use super::keystore::{WRAPPER, under_master};
use super::signing_keys;
use crate::backend::Database;
use crate::error::StoreError;
use crate::time;

const TABLE: &str = "platform_key";
const TICKETS: &str = "TICKETS";
const CURSORS: &str = "CURSORS";
const CONSOLE_ACTORS: &str = "CONSOLE_ACTORS";

/// Identifier and label of a key that was derived from the master key.
type Derived = (Uuid, &'static [u8]);

/// The classes, those that are older than kept keys each with the key that was derived for it: what was sealed under that
/// one goes on to open.
const CLASSES: [(&str, Option<Derived>); 3] = [
    (TICKETS, Some((Uuid::from_u128(2), b"privacy-gateway/v1/download-tickets"))),
    (CURSORS, Some((Uuid::from_u128(3), b"privacy-gateway/v1/cursors"))),
    (CONSOLE_ACTORS, None),
];

/// The platform's own keys, open.
pub(crate) struct PlatformKeys {
    pub(super) tickets: SealKey,
    pub(super) cursors: SealKey,
    pub(super) console_actors: hmac::Key,
}

impl PlatformKeys {
    /// Sees that the master keys are those under which the key store's keys lie, and opens the platform's, which are made
    /// where there are none.
    ///
    /// # Errors
    /// [`StoreError::Unfit`] names the master key that is missing.
    pub(crate) async fn open(
        database: &Database,
        masters: &MasterKeys,
        (entropy, now): (&dyn Entropy, Timestamp),
    ) -> Result<Self, StoreError> {
        check(database, masters).await?;
        if Entity::find().all(database.reads()).await?.len() < CLASSES.len() {
            make(database, masters, (entropy, now)).await?;
        }
        let rows = Entity::find().all(database.platform()).await?;
        Ok(Self {
            tickets: seal_key(opened(&rows, TICKETS, masters).await?)?,
            cursors: seal_key(opened(&rows, CURSORS, masters).await?)?,
            console_actors: hmac::Key::new(
                hmac::HMAC_SHA256,
                &opened(&rows, CONSOLE_ACTORS, masters).await?.1,
            ),
        })
    }
}

type Opened = (Uuid, Zeroizing<Vec<u8>>);

async fn opened(rows: &[Model], class: &str, masters: &MasterKeys) -> Result<Opened, StoreError> {
    let row = rows.iter().find(|row| row.class == class).ok_or(StoreError::Tampered { table: TABLE })?;
    Ok((row.id, masters.unwrap(place(&row.class, row.id), &row.wrapped).await?))
}

fn seal_key((id, bytes): Opened) -> Result<SealKey, StoreError> {
    SealKey::new(id, &bytes).ok_or(StoreError::Tampered { table: TABLE })
}

/// Another process that makes them at the same moment is as good.
async fn make(
    database: &Database,
    masters: &MasterKeys,
    (entropy, now): (&dyn Entropy, Timestamp),
) -> Result<(), StoreError> {
    for (class, former) in CLASSES {
        let former = former.and_then(|(id, label)| Some((id, masters.derived(label)?)));
        let (id, bytes) = match former {
            Some(derived) => derived,
            None => (new_uuid(now, entropy), SealKey::random(entropy)),
        };
        let wrapped = masters.wrap(place(class, id), bytes.as_slice(), new_nonce(entropy)).await?;
        let row = ActiveModel {
            class: Set(class.to_owned()),
            id: Set(id),
            wrapped: Set(wrapped),
            created_at: Set(time::to_row(now)),
        };
        let once = OnConflict::column(Column::Class).do_nothing().to_owned();
        Entity::insert(row).on_conflict(once).exec_without_returning(database.platform()).await?;
    }
    Ok(())
}

pub(super) const fn place(class: &str, id: Uuid) -> Place<'_> {
    Place { tenant: Uuid::nil(), subject: Uuid::nil(), table: TABLE, column: class, row: id }
}

/// A wrapped key and where it belongs.
struct Sample {
    place: Place<'static>,
    class: Option<String>,
    wrapped: Vec<u8>,
}

/// Opens one key for each master key that keys lie under.
async fn check(database: &Database, masters: &MasterKeys) -> Result<(), StoreError> {
    let known = masters.all().await?;
    let tx = database.begin_reading().await?;
    database.see_all_work(&tx).await?;
    let samples = samples(&tx).await?;
    tx.commit().await?;
    for sample in samples {
        let named = SealKey::id_of(&sample.wrapped).unwrap_or_default();
        let missing = !is_unnamed(&sample.wrapped) && known.iter().all(|key| key.id != named);
        let place = match &sample.class {
            Some(class) => Place { column: class, ..sample.place },
            None => sample.place,
        };
        if missing || matches!(masters.unwrap(place, &sample.wrapped).await, Err(StoreError::Tampered { .. }))
        {
            return Err(wrong(named, &sample.wrapped, known.last().map(|key| key.id)));
        }
    }
    Ok(())
}

fn wrong(named: Uuid, wrapped: &[u8], newest: Option<Uuid>) -> StoreError {
    let which = if is_unnamed(wrapped) { String::new() } else { format!(" They lie under {named};") };
    let newest = newest.map(|id| format!(" the newest that is given is {id}.")).unwrap_or_default();
    StoreError::Unfit(format!(
        "the master key is not the one under which the keys in the key store are kept.{which}{newest} Give the former \
         master key too, or put the right one back (docs/keys.md)"
    ))
}

/// One key for each master key, from each table.
async fn samples(tx: &DatabaseTransaction) -> Result<Vec<Sample>, StoreError> {
    let mut samples = Vec::new();
    let wrappers = tenant_key::Entity::find().select_only().expr(Expr::cust(WRAPPER)).filter(under_master());
    for wrapper in wrappers.distinct().into_tuple::<Vec<u8>>().all(tx).await? {
        let row = tenant_key::Entity::find().filter(Expr::cust(WRAPPER).eq(wrapper)).filter(under_master());
        if let Some(row) = row.one(tx).await? {
            let place = tenant_place(domain::id::TenantId::from_uuid(row.tenant_id), "", row.id);
            let class = if row.class.starts_with(super::keystore::FORMER) {
                super::keystore::WRAP.to_owned()
            } else {
                row.class
            };
            samples.push(Sample { place, class: Some(class), wrapped: row.wrapped });
        }
    }
    for row in audit_signing_key::Entity::find().all(tx).await? {
        samples.push(Sample { place: signing_keys::place(row.number), class: None, wrapped: row.wrapped });
    }
    for row in Entity::find().all(tx).await? {
        samples.push(Sample { place: place("", row.id), class: Some(row.class), wrapped: row.wrapped });
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_master_key_is_told_by_its_name_alone() {
        let text = wrong(Uuid::from_u128(7), &[2; 64], Some(Uuid::from_u128(9))).to_string();
        assert!(text.contains(&Uuid::from_u128(7).to_string()), "{text}");
        assert!(text.contains(&Uuid::from_u128(9).to_string()), "{text}");
    }
}
