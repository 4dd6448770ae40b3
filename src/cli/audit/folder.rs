//! Verification of an export, which needs nothing but its files.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use tlog::{Checkpoint, Hash, MAX_ENTRY_BYTES, Note, Resource, TILE_WIDTH, TileId, Tiles, Verifier};

use super::keys::PlatformKey;
use super::verdict::{Remarks, Verdict};
use super::{Trust, keys};

const NOT_OF_THE_TENANT: &str = "the line is no JSON of an event of this tenant";
const NO_TILE: &str = "the tile with its hash is missing or malformed";

/// Verifies an export.
pub(super) fn verify(folder: &Path, trust: &Trust) -> anyhow::Result<Verdict> {
    let newest = read(&folder.join("checkpoint"))?;
    let note = Note::parse(&newest).with_context(|| format!("{}: checkpoint", folder.display()))?;
    let head = Checkpoint::parse(note.text()).with_context(|| format!("{}: checkpoint", folder.display()))?;
    let Some(tenant) = keys::tenant_of(&head.origin) else {
        bail!("{}: checkpoint: {:?} is the name of no tenant's log", folder.display(), head.origin);
    };
    let listed;
    let platform = if trust.keys.is_empty() {
        listed = listed_keys(folder)?;
        &listed
    } else {
        &trust.keys
    };
    let keys = keys::of_log(platform, &head.origin);
    let mut verifier = Verifier::new(&head.origin, &keys);
    if let Some(earlier) = trust.earlier.as_ref().filter(|earlier| earlier.origin == head.origin) {
        verifier.must_extend(earlier);
    }
    let mut lines = Lines {
        tenant: tenant.to_string(),
        remarks: Remarks::default(),
        record: Record::of(folder, head.size),
    };
    let mut heads = Heads::of(folder, (head.size, &newest))?;
    lines.feed(&folder.join("events.jsonl"), (&mut verifier, &mut heads))?;
    heads.announce(u64::MAX, &mut verifier)?;
    let report = verifier.finish();
    let mut verdict = Verdict::new(head.origin.clone(), report, lines.remarks);
    if trust.keys.is_empty() {
        verdict.note("the keys are the export's own word: give --verifier-key to trust others");
    }
    Ok(verdict)
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

fn listed_keys(folder: &Path) -> anyhow::Result<Vec<PlatformKey>> {
    let text = read(&folder.join("verifier-keys"))?;
    let keys: Result<Vec<_>, _> = text.lines().map(PlatformKey::parse).collect();
    keys.map_err(|error| anyhow::anyhow!("{}: verifier-keys: {error}", folder.display()))
}

/// The heads of an export, by size.
struct Heads {
    folder: PathBuf,
    sizes: BTreeSet<u64>,
    /// The newest, where it is not among the others.
    newest: Option<(u64, String)>,
}

impl Heads {
    fn of(folder: &Path, (size, newest): (u64, &str)) -> anyhow::Result<Self> {
        let folder = folder.join("checkpoints");
        let among = fs::read(folder.join(format!("{size:012}")));
        let is_among = among.is_ok_and(|note| note == newest.as_bytes());
        let newest = (!is_among).then(|| (size, newest.to_owned()));
        let files = fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))?;
        let mut sizes = BTreeSet::new();
        for file in files {
            let name = file?.file_name();
            let size = name.to_str().and_then(|name| name.parse().ok());
            let size = size
                .with_context(|| format!("{}: {} is no size of a log", folder.display(), name.display()))?;
            sizes.insert(size);
        }
        Ok(Self { folder, sizes, newest })
    }

    /// Announces the heads up to a size.
    fn announce(&mut self, up_to: u64, verifier: &mut Verifier<'_>) -> anyhow::Result<()> {
        while let Some(size) = self.sizes.first().copied().filter(|size| *size <= up_to) {
            self.sizes.pop_first();
            verifier.expect_head(&read(&self.folder.join(format!("{size:012}")))?);
        }
        if let Some((_, note)) = self.newest.take_if(|(size, _)| *size <= up_to) {
            verifier.expect_head(&note);
        }
        Ok(())
    }
}

/// The entries of an export.
struct Lines {
    tenant: String,
    remarks: Remarks,
    record: Record,
}

impl Lines {
    fn feed(
        &mut self,
        path: &Path,
        (verifier, heads): (&mut Verifier<'_>, &mut Heads),
    ) -> anyhow::Result<()> {
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let mut file = BufReader::with_capacity(1 << 18, file);
        let (mut line, mut index) = (Vec::new(), 0);
        let longest = u64::try_from(MAX_ENTRY_BYTES)?.saturating_add(1);
        loop {
            if index % TILE_WIDTH == 0 {
                heads.announce(index + TILE_WIDTH, verifier)?;
                self.record.turn_to(index / TILE_WIDTH);
            }
            line.clear();
            if file.by_ref().take(longest).read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            if line.last() == Some(&b'\n') {
                line.pop();
            } else {
                // Longer than an entry can be, or the file's end.
                file.skip_until(b'\n')?;
            }
            if !self.is_of_the_tenant(&line) {
                self.remarks.add(index, NOT_OF_THE_TENANT);
            }
            let recorded = self.record.hash(index);
            if recorded.is_none() && self.record.exists {
                self.remarks.add(index, NO_TILE);
            }
            verifier.entry(&line, recorded.as_ref());
            index += 1;
        }
    }

    fn is_of_the_tenant(&self, line: &[u8]) -> bool {
        #[derive(serde::Deserialize)]
        struct Owned<'l> {
            #[serde(borrow)]
            tenant: std::borrow::Cow<'l, str>,
        }
        serde_json::from_slice::<Owned<'_>>(line).is_ok_and(|event| event.tenant == self.tenant)
    }
}

/// The hashes that an export holds of its entries, a tile at a time. Exports without tiles are verified too.
struct Record {
    folder: PathBuf,
    exists: bool,
    size: u64,
    tiles: Tiles,
}

impl Record {
    fn of(folder: &Path, size: u64) -> Self {
        let exists = folder.join("tile").is_dir();
        Self { folder: folder.to_owned(), exists, size, tiles: Tiles::new() }
    }

    fn turn_to(&mut self, index: u64) {
        self.tiles = Tiles::new();
        let tile = TileId { level: 0, index };
        let width = tile.width_at(self.size);
        let path = Resource::Hashes { tile, width }.to_string();
        if width > 0
            && let Ok(bytes) = fs::read(self.folder.join(path))
            && bytes.len() == usize::from(width) * 32
        {
            let _malformed = self.tiles.put(tile, &bytes);
        }
    }

    fn hash(&self, index: u64) -> Option<Hash> {
        let hashes = self.tiles.get(TileId { level: 0, index: index / TILE_WIDTH })?;
        hashes.get(usize::try_from(index % TILE_WIDTH).ok()?).copied()
    }
}
