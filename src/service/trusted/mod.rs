//! Trusted documents as a gateway looks them up: by identifier, for one caller, without a statement in the ordinary path.
//!
//! Whose documents there are is known to the process, at most [`FRESH`] old; an owner's documents are read when they are first
//! asked for, and again when they have changed. A caller has two owners: its client and its tenant. What others have
//! published is not looked at, so that it is nowhere told apart from what was never published.

mod directory;
mod manifest;

use std::sync::Arc;

use auth::Authority;
use aws_lc_rs::digest::{SHA256, digest};
use domain::calendar::civil_date;
use domain::id::TenantId;
use domain::scope::Scopes;
use domain::trusted::{DocumentId, DocumentMode, DocumentOwner, IdForm};
use store::{Store, StoreError};

use directory::Directory;
pub use directory::FRESH;
use manifest::{Entry, Manifest};

/// Memory for documents of owners, in bytes.
const MANIFEST_BYTES: u64 = 128 << 20;
/// Memory for texts that clients sent with their hashes, in bytes.
const LEARNED_BYTES: u64 = 16 << 20;
/// What an entry takes beside its text, in bytes.
const ENTRY: usize = 128;

/// SHA-256 of a text.
pub type Digest = [u8; 32];

/// How documents are taken, as the gateway is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustedTerms {
    /// From everybody, unless an owner has set something stricter.
    pub mode: DocumentMode,
    /// Whether a text that comes with its hash is kept for its tenant.
    pub automatic: bool,
}

/// The documents that callers may name.
pub struct TrustedDocuments {
    store: Store,
    terms: TrustedTerms,
    directory: Directory,
    manifests: moka::sync::Cache<(DocumentOwner, i64), Arc<Manifest>>,
    learned: moka::sync::Cache<(TenantId, Digest), Arc<str>>,
}

/// The document that a caller means.
pub struct Found {
    /// Its text.
    pub text: Arc<str>,
    /// The text's digest, where it is known already.
    pub digest: Option<Digest>,
    /// With it the token counts as having no more scopes than these.
    pub ceiling: Option<Arc<Scopes>>,
    /// Whether it is to be kept, once nothing is wrong with it ([`TrustedDocuments::learn`]).
    pub learn: bool,
}

/// Why a caller's document is not executed.
#[derive(Debug, thiserror::Error)]
pub enum Unfound {
    /// Published documents alone are taken.
    #[error("published documents alone are taken")]
    Required,
    /// There is no such document for this caller.
    #[error("there is no such document")]
    Unknown,
    /// The text is not the one that the identifier names.
    #[error("the text is not the one that its identifier names")]
    OtherText,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The SHA-256 of a text.
#[must_use]
pub fn sha256(text: &str) -> Digest {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest(&SHA256, text.as_bytes()).as_ref());
    bytes
}

/// An owner of the caller's documents, and at which revision they are.
type Held = (DocumentOwner, i64);

impl TrustedDocuments {
    /// The documents of a store.
    #[must_use]
    pub fn new(store: Store, terms: TrustedTerms) -> Self {
        let weigh = |_: &Held, manifest: &Arc<Manifest>| u32::try_from(manifest.weight()).unwrap_or(u32::MAX);
        let weigh_text =
            |_: &(TenantId, Digest), text: &Arc<str>| u32::try_from(text.len() + ENTRY).unwrap_or(u32::MAX);
        Self {
            store,
            terms,
            directory: Directory::default(),
            manifests: moka::sync::Cache::builder().max_capacity(MANIFEST_BYTES).weigher(weigh).build(),
            learned: moka::sync::Cache::builder().max_capacity(LEARNED_BYTES).weigher(weigh_text).build(),
        }
    }

    /// The document that a caller means by a text, an identifier, or both, which must agree.
    ///
    /// # Errors
    /// [`Unfound`] where it is not to be executed.
    pub async fn find(
        &self,
        text: Option<Arc<str>>,
        id: Option<&DocumentId>,
        authority: &Authority,
    ) -> Result<Found, Unfound> {
        let (mode, held) = self.standing(authority).await?;
        let Some(id) = id else {
            let text = text.ok_or(Unfound::Unknown)?;
            return match mode {
                DocumentMode::Require => self.registered(&held, &text).await,
                DocumentMode::Off | DocumentMode::Prefer => Ok(plain(text, None)),
            };
        };
        let actual = agreed(text.as_deref(), id)?;
        let published = match mode {
            DocumentMode::Off => None,
            DocumentMode::Prefer | DocumentMode::Require => self.published(&held, id).await?,
        };
        match (published, text) {
            (Some(entry), Some(text)) if *entry.text != *text => Err(Unfound::OtherText),
            (Some(entry), _) => Ok(trusted(&entry)),
            (None, _) if mode == DocumentMode::Require => Err(Unfound::Required),
            (None, Some(text)) => {
                let learn = self.terms.automatic && id.form == IdForm::Automatic && actual.is_some();
                Ok(Found { learn, ..plain(text, actual) })
            }
            (None, None) => self.recalled(id, authority).ok_or(Unfound::Unknown),
        }
    }

    /// Keeps a text for its tenant, by its digest. Only what was validated and is not too expensive gets here.
    pub fn learn(&self, tenant: TenantId, digest: Digest, text: Arc<str>) {
        self.learned.insert((tenant, digest), text);
    }

    /// How documents are taken from a caller, and which of its owners have any.
    async fn standing(&self, authority: &Authority) -> Result<(DocumentMode, Vec<Held>), Unfound> {
        let owners = self.directory.owners(&self.store).await?;
        let mut mode = self.terms.mode;
        let mut held = Vec::new();
        let client = authority.client().map(|client| DocumentOwner::Client(client.to_owned()));
        for owner in client.into_iter().chain([DocumentOwner::Tenant(authority.tenant())]) {
            if let Some(known) = owners.get(&owner) {
                // What is switched off is not switched on by an owner, but required where one requires it.
                if known.mode == DocumentMode::Require {
                    mode = DocumentMode::Require;
                }
                held.push((owner, known.revision));
            }
        }
        Ok((mode, held))
    }

    async fn published(&self, held: &[Held], id: &DocumentId) -> Result<Option<Entry>, Unfound> {
        for held in held {
            let manifest = self.manifest(held).await?;
            if let Some(entry) = manifest.find(id, || civil_date(self.store.clock().now())) {
                return Ok(Some(entry.clone()));
            }
        }
        Ok(None)
    }

    /// The published document that a text is, where nothing else is taken.
    async fn registered(&self, held: &[Held], text: &str) -> Result<Found, Unfound> {
        let mut digest = None;
        for held in held {
            let manifest = self.manifest(held).await?;
            if text.len() > manifest.longest() {
                continue;
            }
            let digest = digest.get_or_insert_with(|| sha256(text));
            if let Some(entry) = manifest.by_digest(digest, &|| civil_date(self.store.clock().now())) {
                return Ok(trusted(entry));
            }
        }
        Err(Unfound::Required)
    }

    async fn manifest(&self, held: &Held) -> Result<Arc<Manifest>, StoreError> {
        if let Some(known) = self.manifests.get(held) {
            return Ok(known);
        }
        let manifest = Arc::new(Manifest::new(self.store.trusted_documents(&held.0).await?));
        self.manifests.insert(held.clone(), Arc::clone(&manifest));
        Ok(manifest)
    }

    fn recalled(&self, id: &DocumentId, authority: &Authority) -> Option<Found> {
        let digest = id.digest().filter(|_| self.terms.automatic)?;
        let text = self.learned.get(&(authority.tenant(), digest))?;
        Some(plain(text, Some(digest)))
    }
}

/// That a text is the one that its identifier says, as far as the identifier alone tells; gives the digest where it does.
fn agreed(text: Option<&str>, id: &DocumentId) -> Result<Option<Digest>, Unfound> {
    let (Some(text), Some(said)) = (text, id.digest()) else { return Ok(None) };
    if sha256(text) == said { Ok(Some(said)) } else { Err(Unfound::OtherText) }
}

const fn plain(text: Arc<str>, digest: Option<Digest>) -> Found {
    Found { text, digest, ceiling: None, learn: false }
}

fn trusted(entry: &Entry) -> Found {
    let text = Arc::clone(&entry.text);
    Found { text, digest: Some(entry.digest), ceiling: entry.ceiling.clone(), learn: false }
}
