//! Verification in place: besides what holds for any log, rows must say the same as the bytes that the tree vouches for.

use domain::id::TenantId;
use store::{ArchivedEntry, ArchivedHead, ArchivedLog, AuditArchive};
use tlog::{Checkpoint, Hash, Note, Verifier};

use super::verdict::{Remarks, Verdict};
use super::{Databases, Trust, keys};

/// Entries and heads that are read at once.
pub(super) const PAGE: u64 = 2_048;

const COLUMNS_DIFFER: &str = "the columns of its row do not say the same as its canonical bytes";
const NOT_RECORDED: &str = "the tiles hold no hash of it";
const HEAD_ROW_DIFFERS: &str = "the row of the head of this many entries does not say the same as its note";
const PAST_THE_SEQUENCER: &str =
    "further rows of entries are neither in the log nor waiting for their place, or waiting ones are gone";

/// Verifies one tenant's log or all, and tells of each; gives their names and whether they are sound.
pub(super) async fn verify(
    databases: &Databases,
    tenant: Option<TenantId>,
    trust: &Trust,
) -> anyhow::Result<Vec<(String, bool)>> {
    let archive = AuditArchive::open(&databases.data()?).await?;
    let tenants = if let Some(tenant) = tenant {
        vec![tenant]
    } else {
        let mut tenants = archive.tenants().await?;
        // A log that is gone altogether is still to be what it was.
        let earlier = trust.earlier.as_ref().and_then(|earlier| keys::tenant_of(&earlier.origin));
        tenants.extend(earlier.filter(|earlier| !tenants.contains(earlier)));
        tenants
    };
    let mut verdicts = Vec::new();
    for tenant in tenants {
        let log = archive.log(tenant).await?;
        let name = name_of(&log, tenant, trust).await?;
        let platform = databases.keys(&trust.keys, &name).await?;
        let mut verdict = verify_log(&log, &name, (trust, &keys::of_log(&platform, &name))).await?;
        if trust.keys.is_empty() {
            verdict.note("the keys are the key store's own word: give --verifier-key to trust others");
        }
        verdict.tell();
        verdicts.push((name, verdict.is_sound()));
    }
    Ok(verdicts)
}

/// The name in the newest head, if it is one for this tenant; without heads that of the earlier checkpoint or of a key.
async fn name_of(log: &ArchivedLog, tenant: TenantId, trust: &Trust) -> anyhow::Result<String> {
    let newest = log.newest_head().await?.and_then(|head| stated(&head.note)).map(|head| head.origin);
    let earlier = trust.earlier.as_ref().map(|earlier| earlier.origin.clone());
    let own = earlier.into_iter().chain(newest).find(|name| keys::tenant_of(name) == Some(tenant));
    Ok(own.unwrap_or_else(|| format!("?/{tenant}")))
}

pub(super) fn stated(note: &str) -> Option<Checkpoint> {
    Checkpoint::parse(Note::parse(note).ok()?.text()).ok()
}

async fn verify_log(
    log: &ArchivedLog,
    name: &str,
    (trust, keys): (&Trust, &[tlog::VerifierKey]),
) -> anyhow::Result<Verdict> {
    let mut verifier = Verifier::new(name, keys);
    if let Some(earlier) = trust.earlier.as_ref().filter(|earlier| earlier.origin == name) {
        verifier.must_extend(earlier);
    }
    let mut remarks = Remarks::default();
    let (mut size, mut rows, mut last_head) = (0, 0, None);
    loop {
        last_head = heads(log, (last_head, size + PAGE), (&mut verifier, &mut remarks)).await?;
        let page = log.entries(size, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for entry in &page {
            rows += u64::from(entry.row.is_some());
            feed(entry, &mut verifier, &mut remarks);
        }
        size += page.len() as u64;
    }
    heads(log, (last_head, u64::MAX), (&mut verifier, &mut remarks)).await?;
    let count = log.count().await?;
    if count.rows != rows + count.pending {
        remarks.add(size, PAST_THE_SEQUENCER);
    }
    let mut verdict = Verdict::new(name.to_owned(), verifier.finish(), remarks);
    if count.pending > 0 {
        verdict.note(format!("{} entries wait for their place in the log", count.pending));
    }
    Ok(verdict)
}

/// Announces the heads up to a size; gives the last of them.
async fn heads(
    log: &ArchivedLog,
    (mut last, up_to): (Option<u64>, u64),
    (verifier, remarks): (&mut Verifier<'_>, &mut Remarks),
) -> anyhow::Result<Option<u64>> {
    while last.is_none_or(|last| last < up_to) {
        let page = log.heads_after(last, PAGE).await?;
        let Some(newest) = page.last().map(|head| head.size) else { break };
        for head in &page {
            if !says_the_same(head) {
                remarks.add(head.size, HEAD_ROW_DIFFERS);
            }
            verifier.expect_head(&head.note);
        }
        last = Some(newest);
    }
    Ok(last)
}

/// Whether the columns of a head's row say what its note says; a note that says nothing is found anyway.
fn says_the_same(head: &ArchivedHead) -> bool {
    stated(&head.note)
        .is_none_or(|stated| stated.size == head.size && head.root == stated.root.as_bytes().as_slice())
}

fn feed(entry: &ArchivedEntry, verifier: &mut Verifier<'_>, remarks: &mut Remarks) {
    if entry.recorded.is_none() {
        remarks.add(entry.index, NOT_RECORDED);
    }
    match &entry.row {
        Some(row) => {
            if !row.is_faithful {
                remarks.add(entry.index, COLUMNS_DIFFER);
            }
            verifier.entry(&row.canonical, entry.recorded.as_ref());
        }
        None => verifier.missing(&entry.recorded.unwrap_or(Hash::from_bytes([0; 32]))),
    }
}
