//! The log as static resources: a mirror that knows nothing but their addresses builds the log from them and follows it, with
//! other people's implementations of the formats.

use std::collections::HashMap;
use std::time::Duration;

use reqwest::Method;
use serde_json::json;
use signed_note::{StandardVerifier, Verifier, VerifierList};
use support::{Answer, Tenant, TestGateway, complete_person, on_both_databases};
use tlog_tiles::{
    Checkpoint, EMPTY_HASH, Error, Hash, HashReader, Tile, TileHashReader, TileReader, check_tree,
    prove_tree, record_hash, stored_hash_index, stored_hashes, tree_hash,
};

on_both_databases! {
    a_mirror_builds_the_log_from_what_is_served_and_follows_it,
    a_mirror_with_the_former_key_follows_across_a_rotation,
    a_log_without_entries_has_a_head_and_nothing_below_it,
    a_piece_is_given_in_each_width_up_to_that_of_the_newest_head,
    a_resource_costs_a_few_statements_and_leaves_no_entry,
}

/// Fetches a resource of a tenant's own log.
pub async fn fetch(tenant: &Tenant<'_>, path: &str) -> Answer {
    let address = format!("audit/{}/{path}", tenant.id);
    tenant.gateway().send(tenant.staff("audit:read").request(Method::GET, &address)).await
}

/// A resource that changes with every head.
async fn text(tenant: &Tenant<'_>, path: &str) -> String {
    let answer = fetch(tenant, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "text/plain; charset=utf-8", "{path}");
    assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    answer.text()
}

/// A resource that never changes.
async fn piece(tenant: &Tenant<'_>, path: &str) -> Vec<u8> {
    let answer = fetch(tenant, path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_eq!(answer.header("content-type"), "application/octet-stream", "{path}");
    let kept = if path.contains("entries") { "no-store" } else { "private, max-age=31536000, immutable" };
    assert_eq!(answer.header("cache-control"), kept, "{path}");
    answer.body
}

/// The newest head, if one of these keys signed it.
async fn head(tenant: &Tenant<'_>, keys: &str) -> Checkpoint {
    let verifier = |key: &str| -> Box<dyn Verifier> { Box::new(StandardVerifier::new(key).unwrap()) };
    let known = VerifierList::new(keys.lines().map(verifier).collect());
    let note = signed_note::Note::from_bytes(text(tenant, "checkpoint").await.as_bytes()).unwrap();
    let (signatures, _) = note.verify(&known).unwrap();
    assert!(!signatures.is_empty());
    let head = Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!(head.origin(), format!("convenio.se/audit/{}", tenant.id));
    head
}

/// Lets a person be read until the log has so many entries.
async fn grows_to(tenant: &Tenant<'_>, person: &str, size: u64) {
    let gateway = tenant.gateway();
    gateway.sequence().await;
    let mut missing = size - head(tenant, &text(tenant, "verifier-keys").await).await.size();
    while missing > 0 {
        let fields = missing.min(30);
        let read: Vec<_> =
            (0..fields).map(|number| format!("a{number}: dataSubject(id: $id) {{ id }}")).collect();
        gateway.clock.advance(Duration::from_millis(2));
        let query = format!("query($id: ID!) {{ {} }}", read.join(" "));
        assert_eq!(tenant.admin().query(&query, json!({ "id": person })).await.code(), "");
        missing -= fields;
    }
    gateway.sequence().await;
}

/// The entries of a bundle.
fn unbundled(mut bundle: &[u8]) -> Vec<&[u8]> {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bundle.split_first_chunk() {
        let (entry, behind) = rest.split_at(usize::from(u16::from_be_bytes(*length)));
        entries.push(entry);
        bundle = behind;
    }
    assert!(bundle.is_empty(), "bytes behind the last entry");
    entries
}

/// The hashes of a tree by their places in storage, computed from entries.
#[derive(Default)]
struct Hashes(Vec<Hash>);

impl HashReader for Hashes {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        Ok(indexes.iter().map(|index| self.0[usize::try_from(*index).unwrap()]).collect())
    }
}

/// A copy of a log.
#[derive(Default)]
struct Mirror {
    entries: Vec<Vec<u8>>,
    hashes: Hashes,
    tiles: HashMap<String, Vec<u8>>,
    head: Option<(u64, Hash)>,
}

fn path(tile: &Tile) -> String {
    // Theirs names the height of the tiles as well.
    tile.path().replacen("tile/8/", "tile/", 1)
}

impl TileReader for Mirror {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        tiles.iter().map(|tile| self.tiles.get(&path(tile)).cloned().ok_or(Error::InvalidTile)).collect()
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

impl Mirror {
    /// Fetches what is new under the newest head, and checks that it is what the head says and goes on from the head before.
    async fn follows(&mut self, tenant: &Tenant<'_>, keys: &str) {
        let newest = head(tenant, keys).await;
        let (size, root) = (newest.size(), *newest.hash());
        let (known, former) = self.head.unwrap_or((0, EMPTY_HASH));
        for tile in Tile::new_tiles(8, known, size) {
            let path = path(&tile);
            if tile.level() == 0 {
                let bundle = piece(tenant, &path.replacen("tile/0/", "tile/entries/", 1)).await;
                self.take(tile.level_index() * 256, &unbundled(&bundle));
            }
            self.tiles.insert(path.clone(), piece(tenant, &path).await);
        }
        assert_eq!(self.entries.len().to_string(), size.to_string());
        assert_eq!(tree_hash(size, &self.hashes).unwrap(), root, "from the entries alone");
        let published = TileHashReader::new(size, root, self);
        let leaves: Vec<_> = (0..size).map(|index| stored_hash_index(0, index)).collect();
        let hashed: Vec<_> = self.entries.iter().map(|entry| record_hash(entry)).collect();
        assert_eq!(published.read_hashes(&leaves).unwrap(), hashed, "from the tiles");
        if known > 0 {
            let proof = prove_tree(size, known, &published).unwrap();
            assert!(check_tree(&proof, size, root, known, former).is_ok(), "{known} to {size}");
        }
        self.head = Some((size, root));
    }

    fn take(&mut self, from: u64, entries: &[&[u8]]) {
        for (entry, index) in entries.iter().zip(from..) {
            if let Some(known) = self.entries.get(usize::try_from(index).unwrap()) {
                assert_eq!(known, entry, "entry {index} is another now");
            } else {
                let new = stored_hashes(index, entry, &self.hashes).unwrap();
                self.hashes.0.extend(new);
                self.entries.push(entry.to_vec());
            }
        }
    }
}

async fn a_mirror_builds_the_log_from_what_is_served_and_follows_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("spegel")).await;
    let keys = text(&tenant, "verifier-keys").await;
    let mut mirror = Mirror::default();
    // Over both edges of full tiles.
    for size in [40, 256, 257, 300, 520] {
        grows_to(&tenant, &person, size).await;
        mirror.follows(&tenant, &keys).await;
        assert_eq!(mirror.head.unwrap().0, size);
    }
    Mirror::default().follows(&tenant, &keys).await;
    let last: serde_json::Value = serde_json::from_slice(mirror.entries.last().unwrap()).unwrap();
    assert_eq!((&last["action"], &last["subjects"]), (&json!("dataSubject.read"), &json!([person])));
}

async fn a_mirror_with_the_former_key_follows_across_a_rotation(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("byte")).await;
    grows_to(&tenant, &person, 10).await;
    let former = text(&tenant, "verifier-keys").await;
    let mut mirror = Mirror::default();
    mirror.follows(&tenant, &former).await;
    gateway.service().store.rotate_signing_key().await.unwrap();
    let listed = text(&tenant, "verifier-keys").await;
    assert_eq!(listed.lines().count(), 2);
    assert_eq!(listed.lines().nth(1), former.lines().next(), "the newest first, and the former one stays");
    tenant.admin().reads(&person).await;
    gateway.sequence().await;
    mirror.follows(&tenant, &former).await;
    mirror.follows(&tenant, listed.lines().next().unwrap()).await;
}

async fn a_log_without_entries_has_a_head_and_nothing_below_it(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let keys = text(&tenant, "verifier-keys").await;
    let head = head(&tenant, &keys).await;
    assert_eq!((head.size(), head.hash()), (0, &EMPTY_HASH));
    let first = ["tile/0/000.p/1", "tile/entries/000.p/1"];
    for path in first {
        assert_eq!(fetch(&tenant, path).await.status, 404, "{path}");
    }
    assert!(gateway.sequence().await > 0);
    for path in first {
        assert!(!piece(&tenant, path).await.is_empty(), "{path}");
    }
}

async fn a_piece_is_given_in_each_width_up_to_that_of_the_newest_head(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("bredd")).await;
    grows_to(&tenant, &person, 300).await;
    for (tile, widest, widths) in [
        ("0/000", "0/000", vec![1, 2, 128, 255]),
        ("0/001", "0/001.p/44", vec![1, 43, 44]),
        ("1/000", "1/000.p/1", vec![1]),
    ] {
        let whole = piece(&tenant, &format!("tile/{widest}")).await;
        for width in widths {
            let part = piece(&tenant, &format!("tile/{tile}.p/{width}")).await;
            assert_eq!(part, whole[..width * 32], "{tile} of {width}");
        }
    }
    for (bundle, widest, widths) in
        [("000", "000", vec![1, 2, 128, 255, 256]), ("001", "001.p/44", vec![1, 43, 44])]
    {
        let whole = piece(&tenant, &format!("tile/entries/{widest}")).await;
        for width in widths {
            let suffix = if width == 256 { String::new() } else { format!(".p/{width}") };
            let part = piece(&tenant, &format!("tile/entries/{bundle}{suffix}")).await;
            assert_eq!(unbundled(&part), unbundled(&whole)[..width], "{bundle} of {width}");
        }
    }
    let beyond = ["0/001.p/45", "0/001", "0/002.p/1", "0/002", "1/000.p/2", "1/000", "2/000.p/1", "63/000"];
    let entries = ["entries/001.p/45", "entries/001", "entries/002.p/1", "entries/x001/000"];
    let far = ["0/x018/x446/x744/x073/x709/x551/615", "entries/x018/x446/x744/x073/x709/x551/615.p/1"];
    for path in beyond.into_iter().chain(entries).chain(far) {
        assert_eq!(fetch(&tenant, &format!("tile/{path}")).await.status, 404, "{path}");
    }
}

async fn a_resource_costs_a_few_statements_and_leaves_no_entry(gateway: &TestGateway) {
    let tenant = gateway.tenant().await;
    let person = tenant.registers(complete_person("kostnad")).await;
    grows_to(&tenant, &person, 260).await;
    for path in ["checkpoint", "verifier-keys", "tile/0/000", "tile/1/000.p/1", "tile/entries/000"] {
        let before = gateway.statements();
        assert_eq!(fetch(&tenant, path).await.status, 200, "{path}");
        let cost = gateway.statements() - before;
        assert!(cost <= 4, "{path}: {cost} statements");
    }
    assert_eq!(gateway.sequence().await, 0);
}
