//! Sessions of the console: found by the digest of what a browser holds, with a content that only the same opens. Who has the
//! database alone, or a backup of it, can neither use a session nor read a token or a name in it.

mod secret;

use aws_lc_rs::hmac;
use entity::console_session::{ActiveModel, Column, Entity, Model};
use jiff::{SignedDuration, Timestamp};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::door::Store;
use crate::error::StoreError;
use crate::time;
use crate::vault::{Place, SealKey};

pub use secret::BrowserSecret;

/// How many sessions one actor has at the same time; a further one ends the oldest.
const MOST: u64 = 10;
/// How long an ended session is remembered, so that the sign-in that it came from gives no other.
const REMEMBERED: SignedDuration = SignedDuration::from_mins(15);
/// How exactly the last use is kept: a use sooner after the last one writes nothing.
const USE_STEP: SignedDuration = SignedDuration::from_secs(30);

/// How long sessions last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTerms {
    /// Without use.
    pub idle: SignedDuration,
    /// At most.
    pub absolute: SignedDuration,
}

/// Whose a session is: what the issuer says of them, `sub` being unique within issuer and tenant.
pub struct SessionActor<'a> {
    /// `iss`.
    pub issuer: &'a str,
    /// `tenant_id`.
    pub tenant: Uuid,
    /// `sub`.
    pub actor: &'a str,
}

/// A session to be kept.
pub struct NewSession<'a> {
    /// Whose it is.
    pub actor: SessionActor<'a>,
    /// Digest of the sign-in that it comes from; none gives two sessions.
    pub sign_in: Option<String>,
    /// What is sealed.
    pub content: &'a [u8],
}

/// A session that goes on.
pub struct StoredSession {
    /// What was sealed.
    pub content: Zeroizing<Vec<u8>>,
    /// Which content it is.
    pub version: i32,
    /// When it was last used, at most half a minute before the truth.
    pub last_used_at: Timestamp,
    /// When it ends, used or not.
    pub ends_at: Timestamp,
}

/// The door to the sessions of the console. It reaches no table of a tenant.
pub struct ConsoleSessions<'s> {
    store: &'s Store,
    terms: SessionTerms,
}

impl Store {
    /// The sessions of the console, on these terms.
    #[must_use]
    pub const fn console_sessions(&self, terms: SessionTerms) -> ConsoleSessions<'_> {
        ConsoleSessions { store: self, terms }
    }
}

impl ConsoleSessions<'_> {
    /// A new secret for a browser.
    #[must_use]
    pub fn new_secret(&self) -> BrowserSecret {
        BrowserSecret::new(self.store.vault.entropy())
    }

    /// Keeps a new session. What is over is swept, and the actor's oldest one ended where there are too many.
    ///
    /// # Errors
    /// [`StoreError::Taken`] when the sign-in has given a session already.
    pub async fn put(&self, secret: &BrowserSecret, new: NewSession<'_>) -> Result<(), StoreError> {
        self.sweep().await?;
        let actor_digest = self.actor_digest(&new.actor);
        let now = self.store.clock.now();
        let row = ActiveModel {
            digest: Set(secret.digest()),
            actor_digest: Set(actor_digest.clone()),
            sign_in_digest: Set(new.sign_in),
            content: Set(self.seal(secret, new.content)?),
            version: Set(0),
            created_at: Set(time::to_row(now)),
            last_used_at: Set(time::to_row(now)),
            ends_at: Set(time::to_row(now + self.terms.absolute)),
            ended_at: Set(None),
            refreshing_until: Set(None),
        };
        Entity::insert(row).exec_without_returning(self.store.data.platform()).await?;
        self.end_surplus(&actor_digest).await
    }

    /// The session of a secret, if it goes on.
    ///
    /// # Errors
    /// When the database fails, or the content was changed.
    pub async fn find(&self, secret: &BrowserSecret) -> Result<Option<StoredSession>, StoreError> {
        let query = Entity::find_by_id(secret.digest()).filter(self.lives());
        let Some(row) = query.one(self.store.data.reads()).await? else { return Ok(None) };
        let content = seal_key(secret)?.open(PLACE, &row.content)?;
        let Model { version, last_used_at, ends_at, .. } = row;
        let (last_used_at, ends_at) = (time::from_row(last_used_at), time::from_row(ends_at));
        Ok(Some(StoredSession { content, version, last_used_at, ends_at }))
    }

    /// Notes that a session was used now.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn touch(&self, secret: &BrowserSecret, session: &StoredSession) -> Result<(), StoreError> {
        let now = self.store.clock.now();
        if now.duration_since(session.last_used_at) < USE_STEP {
            return Ok(());
        }
        self.set(secret, [(Column::LastUsedAt, Expr::value(time::to_row(now)))]).await
    }

    /// Takes on to have the tokens of a session renewed, for so long; false where another process has taken it on, or has
    /// done it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(
        &self,
        secret: &BrowserSecret,
        version: i32,
        lease: SignedDuration,
    ) -> Result<bool, StoreError> {
        let now = self.store.clock.now();
        let free = Condition::any()
            .add(Column::RefreshingUntil.is_null())
            .add(Column::RefreshingUntil.lte(time::to_row(now)));
        let claimed = Entity::update_many()
            .col_expr(Column::RefreshingUntil, Expr::value(time::to_row(now + lease)))
            .filter(Column::Digest.eq(secret.digest()))
            .filter(Column::Version.eq(version))
            .filter(self.lives())
            .filter(free)
            .exec(self.store.data.platform())
            .await?;
        Ok(claimed.rows_affected == 1)
    }

    /// Gives back what was taken on and did not come about.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release(&self, secret: &BrowserSecret) -> Result<(), StoreError> {
        let none = Expr::value(None::<chrono::DateTime<chrono::Utc>>);
        self.set(secret, [(Column::RefreshingUntil, none)]).await
    }

    /// Puts another content into a session.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn replace(&self, secret: &BrowserSecret, content: &[u8]) -> Result<(), StoreError> {
        let none = Expr::value(None::<chrono::DateTime<chrono::Utc>>);
        let sealed = self.seal(secret, content)?;
        let changes = [
            (Column::Content, Expr::value(sealed)),
            (Column::Version, Expr::col(Column::Version).add(1)),
            (Column::RefreshingUntil, none),
        ];
        self.set(secret, changes).await
    }

    /// Ends a session; its tokens are gone at once.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end(&self, secret: &BrowserSecret) -> Result<(), StoreError> {
        self.end_all(Column::Digest.eq(secret.digest()).into()).await
    }

    /// Removes what is over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sweep(&self) -> Result<(), StoreError> {
        let now = self.store.clock.now();
        let over = Condition::any()
            .add(Column::EndsAt.lte(time::to_row(now)))
            .add(Column::LastUsedAt.lte(time::to_row(now - self.terms.idle)));
        let forgotten = Condition::all()
            .add(Column::CreatedAt.lte(time::to_row(now - REMEMBERED)))
            .add(over.add(Column::EndedAt.is_not_null()));
        Entity::delete_many().filter(forgotten).exec(self.store.data.platform()).await?;
        Ok(())
    }

    async fn end_surplus(&self, actor_digest: &str) -> Result<(), StoreError> {
        let of_actor = Column::ActorDigest.eq(actor_digest);
        let surplus: Vec<String> = Entity::find()
            .select_only()
            .column(Column::Digest)
            .filter(of_actor)
            .filter(Column::EndedAt.is_null())
            .order_by_desc(Column::CreatedAt)
            .offset(MOST)
            .limit(1_000)
            .into_tuple()
            .all(self.store.data.platform())
            .await?;
        if surplus.is_empty() { Ok(()) } else { self.end_all(Column::Digest.is_in(surplus).into()).await }
    }

    async fn end_all(&self, which: Condition) -> Result<(), StoreError> {
        let now = time::to_row(self.store.clock.now());
        Entity::update_many()
            .col_expr(Column::Content, Expr::value(Vec::<u8>::new()))
            .col_expr(Column::EndedAt, Expr::value(Some(now)))
            .filter(which)
            .filter(Column::EndedAt.is_null())
            .exec(self.store.data.platform())
            .await?;
        Ok(())
    }

    async fn set<const N: usize>(
        &self,
        secret: &BrowserSecret,
        changes: [(Column, Expr); N],
    ) -> Result<(), StoreError> {
        let mut update =
            Entity::update_many().filter(Column::Digest.eq(secret.digest())).filter(self.lives());
        for (column, value) in changes {
            update = update.col_expr(column, value);
        }
        update.exec(self.store.data.platform()).await?;
        Ok(())
    }

    fn lives(&self) -> Condition {
        let now = self.store.clock.now();
        Condition::all()
            .add(Column::EndedAt.is_null())
            .add(Column::EndsAt.gt(time::to_row(now)))
            .add(Column::LastUsedAt.gt(time::to_row(now - self.terms.idle)))
    }

    fn seal(&self, secret: &BrowserSecret, content: &[u8]) -> Result<Vec<u8>, StoreError> {
        seal_key(secret)?.seal(PLACE, content, self.store.vault.entropy())
    }

    /// Keyed: `sub` is often an address, which a plain digest would give away to whoever guesses it.
    fn actor_digest(&self, actor: &SessionActor<'_>) -> String {
        let mut context = hmac::Context::with_key(self.store.vault.console_actors());
        for part in [actor.issuer.as_bytes(), actor.tenant.as_bytes(), actor.actor.as_bytes()] {
            context.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            context.update(part);
        }
        hex::encode(context.sign())
    }
}

fn seal_key(secret: &BrowserSecret) -> Result<SealKey, StoreError> {
    let bytes = secret.derive(&[b"seal"])?;
    SealKey::new(Uuid::nil(), bytes.as_slice()).ok_or(StoreError::Tampered { table: "console_session" })
}

/// The key is the session's own, so that there is no other place in which its content could open.
const PLACE: Place<'static> = Place {
    tenant: Uuid::nil(),
    subject: Uuid::nil(),
    table: "console_session",
    column: "content",
    row: Uuid::nil(),
};
