//! Paths of tiles and bundles of entries, as tlog-tiles has them.

use tlog::{EntryTooLong, MAX_ENTRY_BYTES, Resource, TileId, entry_bundle};

fn hashes(level: u8, index: u64, width: u16) -> Resource {
    Resource::Hashes { tile: TileId { level, index }, width }
}

#[test]
fn a_path_names_one_tile_and_has_one_spelling() {
    let cases = [
        ("tile/0/000", hashes(0, 0, 256)),
        ("tile/0/x001/067", hashes(0, 1067, 256)),
        ("tile/63/x001/x234/067", hashes(63, 1_234_067, 256)),
        ("tile/1/255.p/1", hashes(1, 255, 1)),
        ("tile/1/x001/000.p/255", hashes(1, 1000, 255)),
        ("tile/0/x018/x446/x744/x073/x709/x551/615", hashes(0, u64::MAX, 256)),
        ("tile/entries/000.p/5", Resource::Entries { index: 0, width: 5 }),
        ("tile/entries/x123/456", Resource::Entries { index: 123_456, width: 256 }),
    ];
    for (path, resource) in cases {
        assert_eq!(Resource::parse(path), Some(resource), "{path}");
        assert_eq!(resource.to_string(), path);
    }
}

#[test]
fn a_path_of_another_form_names_nothing() {
    for path in [
        "",
        "tile",
        "tile/0",
        "tile/0/",
        "/tile/0/000",
        "tile/64/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/a/000",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/067",
        "tile/0/x067",
        "tile/0/001/067",
        "tile/0/x001/x067",
        "tile/0/x0001/067",
        "tile/0/x1/067",
        "tile/0/+67",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/0/x001/x018/x446/x744/x073/x709/x551/615",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/+5",
        "tile/0/000.p/5/",
        "tile/0/000.p/5.p/5",
        "tile/0/000/",
        "tile/entries/",
        "tile/Entries/000",
        "tile/0/000\n",
        "tile/0/0é0",
        "checkpoint",
    ] {
        assert_eq!(Resource::parse(path), None, "{path}");
    }
}

#[test]
fn entries_lie_in_a_bundle_behind_their_lengths() {
    let long = vec![7; MAX_ENTRY_BYTES];
    let bundle = entry_bundle([b"ab".as_slice(), b"", &long].into_iter()).unwrap();
    assert_eq!(bundle[..8], [0, 2, b'a', b'b', 0, 0, 0xff, 0xff]);
    assert_eq!(bundle[8..], long);
    let longer = vec![7; MAX_ENTRY_BYTES + 1];
    assert_eq!(entry_bundle([longer.as_slice()].into_iter()), Err(EntryTooLong { length: 65_536 }));
    assert_eq!(entry_bundle([].into_iter()), Ok(Vec::new()));
}
