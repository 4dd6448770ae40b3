//! Content codings: in which compressed form an answer is sent (RFC 9110 section 12.5.3).

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::media::quality;

/// How the bytes of an answer are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Not at all.
    Identity,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

/// How much work is put into packing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// For what is sent once.
    Once,
    /// For what is packed once and sent often.
    Kept,
}

/// Brotli's window: 4 MiB, more than any page.
const WINDOW_BITS: u32 = 22;
/// Bytes that the brotli encoder hands on at a time.
const BUFFER: usize = 4_096;

impl Coding {
    /// Chooses the coding of an answer. The higher weight wins, brotli between equals. What is refused altogether
    /// (`identity;q=0` and nothing that is known) is sent as it is, as the standard allows.
    #[must_use]
    pub fn negotiate(accept_encoding: Option<&str>) -> Self {
        let Some(header) = accept_encoding else { return Self::Identity };
        let weight = |names: &[&str]| weight(header, names);
        let (brotli, gzip) = (weight(&["br"]), weight(&["gzip", "x-gzip"]));
        match (brotli, gzip) {
            (0, 0) => Self::Identity,
            _ if brotli >= gzip => Self::Brotli,
            _ => Self::Gzip,
        }
    }

    /// The value of `Content-Encoding`; `None` where there is to be no such header.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// The bytes in this coding; `None` where they stay as they are.
    #[must_use]
    pub fn pack(self, bytes: &[u8], effort: Effort) -> Option<Vec<u8>> {
        let packed = Vec::with_capacity(bytes.len() / 4);
        match self {
            Self::Identity => None,
            Self::Gzip => {
                let level = if effort == Effort::Once { 5 } else { 9 };
                let mut encoder = GzEncoder::new(packed, Compression::new(level));
                encoder.write_all(bytes).ok()?;
                encoder.finish().ok()
            }
            Self::Brotli => {
                let quality = if effort == Effort::Once { 4 } else { 9 };
                let mut encoder = brotli::CompressorWriter::new(packed, BUFFER, quality, WINDOW_BITS);
                encoder.write_all(bytes).ok()?;
                Some(encoder.into_inner())
            }
        }
    }
}

/// The weight of a coding in thousandths: its own, or that of `*` where it is not named.
fn weight(header: &str, names: &[&str]) -> u16 {
    let mut any = 0;
    for (name, weight) in header.split(',').map(member) {
        if names.iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return weight;
        }
        if name == "*" {
            any = weight;
        }
    }
    any
}

fn member(text: &str) -> (&str, u16) {
    let mut parts = text.split(';').map(str::trim);
    let name = parts.next().unwrap_or_default();
    let weight = parts.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| quality(value.trim()))
    });
    (name, weight.unwrap_or(1_000))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn the_coding_is_the_one_that_the_client_prefers() {
        for (header, expected) in [
            (None, Coding::Identity),
            (Some(""), Coding::Identity),
            (Some("identity"), Coding::Identity),
            (Some("deflate, zstd"), Coding::Identity),
            (Some("gzip"), Coding::Gzip),
            (Some("x-gzip"), Coding::Gzip),
            (Some("GZIP;Q=0.5"), Coding::Gzip),
            (Some("gzip, deflate, br, zstd"), Coding::Brotli),
            (Some("br;q=0.5, gzip"), Coding::Gzip),
            (Some("br;q=0, gzip;q=0.1"), Coding::Gzip),
            (Some("*"), Coding::Brotli),
            (Some("br;q=0, *"), Coding::Gzip),
            (Some("*;q=0"), Coding::Identity),
            (Some("identity;q=0, *;q=0"), Coding::Identity),
            (Some("gzip;q=2"), Coding::Identity),
            (Some("gzipped"), Coding::Identity),
            (Some(";;,="), Coding::Identity),
        ] {
            assert_eq!(Coding::negotiate(header), expected, "{header:?}");
        }
    }

    #[test]
    fn what_is_packed_can_be_unpacked() {
        let bytes = b"{\"data\":{\"dataSubjects\":[]}}".repeat(1_000);
        for effort in [Effort::Once, Effort::Kept] {
            let gzip = Coding::Gzip.pack(&bytes, effort).unwrap();
            let mut unpacked = Vec::new();
            flate2::read::GzDecoder::new(gzip.as_slice()).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == bytes && gzip.len() < bytes.len() / 10);
            let brotli = Coding::Brotli.pack(&bytes, effort).unwrap();
            let mut unpacked = Vec::new();
            brotli::Decompressor::new(brotli.as_slice(), BUFFER).read_to_end(&mut unpacked).unwrap();
            assert!(unpacked == bytes && brotli.len() < bytes.len() / 10);
        }
        assert!(Coding::Identity.pack(&bytes, Effort::Kept).is_none());
    }
}
