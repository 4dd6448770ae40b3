//! Writing a log into a folder.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::Path;

use anyhow::{Context as _, bail};
use store::{ArchivedLog, AuditArchive};
use tlog::{Resource, TILE_WIDTH, TileId};

use super::database::{PAGE, stated};
use super::{Export, keys};
use crate::cli::{files, terminal};

/// Writes a tenant's log up to its newest head.
pub(super) async fn write(arguments: Export) -> anyhow::Result<()> {
    let Export { databases, tenant, out, keys: given } = arguments;
    let archive = AuditArchive::open(&databases.data()?).await?;
    let log = archive.log(tenant).await?;
    let Some(newest) = log.newest_head().await? else { bail!("{tenant} has no log yet, or is no tenant") };
    let head = stated(&newest.note).with_context(|| format!("the newest head of {tenant} cannot be read"))?;
    let platform = databases.keys(&given, &head.origin).await?;
    let keys = keys::of_log(&platform, &head.origin);
    if keys.is_empty() {
        bail!("no verifier key is one of {}", head.origin);
    }
    make_folder(&out)?;
    if fs::read_dir(&out)?.next().is_some() {
        bail!("{} is not empty", out.display());
    }
    let listed: Vec<String> = keys.iter().map(|key| format!("{key}\n")).collect();
    write_file(&out.join("verifier-keys"), listed.concat().as_bytes())?;
    write_heads(&log, &out).await?;
    write_entries(&log, &out, head.size).await?;
    write_tiles(&log, &out, head.size).await?;
    // Last, so that a folder with this file is whole.
    write_file(&out.join("checkpoint"), newest.note.as_bytes())?;
    terminal::say(&format!("{}: {} entries written to {}", head.origin, head.size, out.display()));
    Ok(())
}

fn make_folder(path: &Path) -> anyhow::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path).with_context(|| format!("{} cannot be made", path.display()))
}

fn create(path: &Path) -> anyhow::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    files::owner_only(&mut options);
    options.open(path).with_context(|| format!("{} cannot be written", path.display()))
}

fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    create(path)?.write_all(bytes).with_context(|| format!("{} cannot be written", path.display()))
}

async fn write_heads(log: &ArchivedLog, out: &Path) -> anyhow::Result<()> {
    let folder = out.join("checkpoints");
    make_folder(&folder)?;
    let mut last = None;
    loop {
        let page = log.heads_after(last, PAGE).await?;
        let Some(newest) = page.last() else { return Ok(()) };
        last = Some(newest.size);
        for head in &page {
            write_file(&folder.join(format!("{:012}", head.size)), head.note.as_bytes())?;
        }
    }
}

async fn write_entries(log: &ArchivedLog, out: &Path, size: u64) -> anyhow::Result<()> {
    let mut file = BufWriter::new(create(&out.join("events.jsonl"))?);
    let mut index = 0;
    while index < size {
        let page = log.entries(index, PAGE.min(size - index)).await?;
        if page.is_empty() {
            bail!("entry {index} is missing: run `privacy-gateway audit verify`");
        }
        for entry in page {
            let row = entry
                .row
                .with_context(|| format!("entry {index} is missing: run `privacy-gateway audit verify`"))?;
            file.write_all(&row.canonical)?;
            file.write_all(b"\n")?;
            index += 1;
        }
    }
    Ok(file.into_inner()?.sync_all()?)
}

async fn write_tiles(log: &ArchivedLog, out: &Path, size: u64) -> anyhow::Result<()> {
    let mut hashes = size;
    for level in 0.. {
        for index in 0..hashes.div_ceil(TILE_WIDTH) {
            let tile = TileId { level, index };
            let width = tile.width_at(size);
            let bytes = log.tile(tile).await?.unwrap_or_default();
            let Some(bytes) = bytes.get(..usize::from(width) * 32) else {
                bail!("tile {index} of level {level} is too short: run `privacy-gateway audit verify`");
            };
            let path = out.join(Resource::Hashes { tile, width }.to_string());
            make_folder(path.parent().unwrap_or(out))?;
            write_file(&path, bytes)?;
        }
        hashes /= TILE_WIDTH;
        if hashes == 0 {
            break;
        }
    }
    Ok(())
}
