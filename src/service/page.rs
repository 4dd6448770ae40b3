//! How many of a list, and from where.

use domain::id::TenantId;
use domain::language::Language;
use store::{Store, StoreError};
use uuid::Uuid;

/// What is wrong with a page that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidPage {
    /// `first` is out of range.
    First {
        /// The greatest number.
        most: u32,
    },
    /// `after` was not made by this field with these arguments for this tenant.
    Cursor,
}

impl InvalidPage {
    /// One sentence for a person, which names the argument and the limit.
    #[must_use]
    pub fn message(self, language: Language) -> String {
        match (self, language) {
            (Self::First { most }, Language::Sv) => format!("`first` är ett tal från 0 till {most}."),
            (Self::First { most }, Language::En) => format!("`first` is a number from 0 to {most}"),
            (Self::Cursor, Language::Sv) => {
                "`after` är ingen markör i den här listan: utelämna den för att börja på första sidan."
                    .to_owned()
            }
            (Self::Cursor, Language::En) => {
                "`after` is not a cursor of this list: leave it out to begin at the first page".to_owned()
            }
        }
    }
}

/// The size of a list's pages.
#[derive(Debug, Clone, Copy)]
pub struct PageSize {
    /// When `first` is left out.
    pub default: u32,
    /// At most.
    pub most: u32,
}

impl PageSize {
    /// The number of edges asked for.
    ///
    /// # Errors
    /// [`InvalidPage::First`] names the limit.
    pub fn of(self, first: Option<i32>) -> Result<u32, InvalidPage> {
        match first.map(u32::try_from) {
            None => Ok(self.default),
            Some(Ok(first)) if first <= self.most => Ok(first),
            Some(_) => Err(InvalidPage::First { most: self.most }),
        }
    }
}

/// What seals and opens the cursors of one list: the tenant, and a text that names the field and its arguments.
#[derive(Clone)]
pub struct Cursors {
    store: Store,
    tenant: TenantId,
    query: String,
}

impl Cursors {
    /// Cursors of one list.
    #[must_use]
    pub const fn new(store: Store, tenant: TenantId, query: String) -> Self {
        Self { store, tenant, query }
    }

    /// The cursor of a position.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn seal(&self, position: Position) -> Result<String, StoreError> {
        self.store.seal_cursor(self.tenant, &self.query, &position.to_bytes())
    }

    /// The position of a cursor.
    ///
    /// # Errors
    /// [`InvalidPage::Cursor`] for whatever another list, tenant or argument made.
    pub fn open(&self, after: Option<&str>) -> Result<Option<Position>, InvalidPage> {
        let Some(after) = after else {
            return Ok(None);
        };
        let bytes =
            self.store.open_cursor(self.tenant, &self.query, after).map_err(|_| InvalidPage::Cursor)?;
        Position::from_bytes(&bytes).map(Some).ok_or(InvalidPage::Cursor)
    }
}

/// A place in a list: the sort key in milliseconds (0 where the identifier is the order) and the identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The sort key.
    pub key: i64,
    /// The identifier.
    pub id: Uuid,
}

impl Position {
    fn to_bytes(self) -> Vec<u8> {
        [self.key.to_be_bytes().as_slice(), self.id.as_bytes()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (key, id) = bytes.split_first_chunk::<8>()?;
        Some(Self { key: i64::from_be_bytes(*key), id: Uuid::from_slice(id).ok()? })
    }
}
