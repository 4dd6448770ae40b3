//! The paths under which tiles and entries are published (tlog-tiles).

use std::fmt;

use crate::tile::TileId;

/// How wide a tile is when its path says nothing of it.
const FULL_WIDTH: u16 = 256;

/// The highest level that a path can name.
const LAST_LEVEL: u8 = 63;

/// What a path names. A width of 256 means that it is full, 1 to 255 that it is partial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resource {
    /// The hashes of a tile: `tile/<level>/<index>`.
    Hashes {
        /// Which tile.
        tile: TileId,
        /// How many hashes, 1 to 256.
        width: u16,
    },
    /// The entries under a tile of leaves, as [`crate::entry_bundle`] writes them: `tile/entries/<index>`.
    Entries {
        /// The index of that tile.
        index: u64,
        /// How many entries, 1 to 256.
        width: u16,
    },
}

impl Resource {
    /// Reads a path as it is written by `Display`, such as `tile/0/x001/067` or `tile/entries/000.p/5`; `None` for
    /// any other text.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (kind, place) = path.strip_prefix("tile/")?.split_once('/')?;
        let (index, width) = match place.split_once(".p/") {
            Some((index, width)) => (parse_index(index)?, width.parse().ok()?),
            None => (parse_index(place)?, FULL_WIDTH),
        };
        let resource = match kind {
            "entries" => Self::Entries { index, width },
            level => Self::Hashes { tile: TileId { level: level.parse().ok()?, index }, width },
        };
        let level = if let Self::Hashes { tile, .. } = resource { tile.level } else { 0 };
        // A path has one spelling: signs, blanks and further zeroes are not in it.
        ((1..=FULL_WIDTH).contains(&width) && level <= LAST_LEVEL && resource.to_string() == path)
            .then_some(resource)
    }
}

fn parse_index(text: &str) -> Option<u64> {
    text.split('/').try_fold(0_u64, |index, element| {
        let digits: u16 = element.strip_prefix('x').unwrap_or(element).parse().ok()?;
        index.checked_mul(1000)?.checked_add(digits.into())
    })
}

impl fmt::Display for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (index, width) = match self {
            Self::Hashes { tile, width } => {
                write!(f, "tile/{}/", tile.level)?;
                (tile.index, *width)
            }
            Self::Entries { index, width } => {
                f.write_str("tile/entries/")?;
                (*index, *width)
            }
        };
        write_index(f, index)?;
        if width == FULL_WIDTH { Ok(()) } else { write!(f, ".p/{width}") }
    }
}

/// Groups of three digits, of which all but the last begin with `x`.
fn write_index(f: &mut fmt::Formatter<'_>, index: u64) -> fmt::Result {
    let mut before = index / 1000;
    let mut groups = Vec::new();
    while before > 0 {
        groups.push(before % 1000);
        before /= 1000;
    }
    groups.iter().rev().try_for_each(|group| write!(f, "x{group:03}/"))?;
    write!(f, "{:03}", index % 1000)
}
