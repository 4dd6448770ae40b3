//! One range of bytes, as a client that resumes a download asks for it (RFC 9110 section 14).

/// What of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requested {
    /// All of it: no range was asked for, several, or something that is none.
    Whole,
    /// From one byte to another, both counted.
    Part {
        /// Where it begins.
        first: u64,
        /// Where it ends; within the file.
        last: u64,
    },
    /// Bytes that the file does not have: 416.
    Unsatisfiable,
}

/// Reads the headers `Range` and `If-Range` for a file of some length, whose strong entity tag is `etag`. Several ranges
/// are answered with the whole file, as the standard allows; so is a range of another version of the file.
#[must_use]
pub fn requested(range: Option<&str>, if_range: Option<&str>, (length, etag): (u64, &str)) -> Requested {
    // A date cannot tell versions apart, and a weak tag never equals a strong one.
    if if_range.is_some_and(|of| of.trim() != etag) {
        return Requested::Whole;
    }
    range.and_then(only_spec).and_then(|spec| read(spec, length)).unwrap_or(Requested::Whole)
}

/// The one range of a header in bytes; `None` where there are several, or none.
fn only_spec(header: &str) -> Option<&str> {
    let (unit, set) = header.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    // Empty members of a list are to be passed over (RFC 9110 section 5.6.1.2).
    let mut specs = set.split(',').map(|spec| spec.trim_matches([' ', '\t'])).filter(|spec| !spec.is_empty());
    specs.next().filter(|_| specs.next().is_none())
}

fn read(spec: &str, length: u64) -> Option<Requested> {
    let (first, last) = spec.split_once('-')?;
    if first.is_empty() {
        return Some(match (number(last)?, length.checked_sub(1)) {
            (0, _) | (_, None) => Requested::Unsatisfiable,
            (suffix, Some(end)) => Requested::Part { first: length.saturating_sub(suffix), last: end },
        });
    }
    let first = number(first)?;
    let last = if last.is_empty() { u64::MAX } else { number(last)? };
    if last < first {
        return None;
    }
    Some(match length.checked_sub(1) {
        Some(end) if first <= end => Requested::Part { first, last: last.min(end) },
        _ => Requested::Unsatisfiable,
    })
}

/// Digits alone; what is too large for a number is beyond the end of any file.
fn number(digits: &str) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: (u64, &str) = (1_000, "\"abc\"");

    const fn part(first: u64, last: u64) -> Requested {
        Requested::Part { first, last }
    }

    #[test]
    fn a_range_is_read_as_the_standard_says() {
        for (header, expected) in [
            ("bytes=0-499", part(0, 499)),
            ("bytes=500-999", part(500, 999)),
            ("bytes=500-", part(500, 999)),
            ("bytes=0-", part(0, 999)),
            ("bytes=0-0", part(0, 0)),
            ("bytes=999-", part(999, 999)),
            ("bytes=990-2000", part(990, 999)),
            ("bytes=500-99999999999999999999999999", part(500, 999)),
            ("bytes=-500", part(500, 999)),
            ("bytes=-1", part(999, 999)),
            ("bytes=-5000", part(0, 999)),
            ("bytes=-99999999999999999999999999", part(0, 999)),
            ("BYTES=5-", part(5, 999)),
            ("bytes= 5-9", part(5, 9)),
            ("bytes=,5-9,", part(5, 9)),
            ("bytes=, ,\t5-9 ,", part(5, 9)),
            ("bytes=007-9", part(7, 9)),
        ] {
            assert_eq!(requested(Some(header), None, FILE), expected, "{header}");
        }
    }

    #[test]
    fn what_the_file_does_not_have_is_not_satisfiable() {
        for header in [
            "bytes=1000-",
            "bytes=1000-1000",
            "bytes=99999999999999999999999999-",
            "bytes=-0",
            "bytes=5000-6000",
        ] {
            assert_eq!(requested(Some(header), None, FILE), Requested::Unsatisfiable, "{header}");
        }
        for header in ["bytes=0-", "bytes=0-0", "bytes=-1"] {
            assert_eq!(requested(Some(header), None, (0, "\"\"")), Requested::Unsatisfiable, "{header}");
        }
    }

    #[test]
    fn several_ranges_and_nonsense_give_the_whole_file() {
        for header in [
            "",
            "bytes",
            "bytes=",
            "bytes=,",
            "bytes=-",
            "bytes=--5",
            "bytes=5",
            "bytes=9-5",
            "bytes=a-9",
            "bytes=0-z",
            "bytes=+1-9",
            "bytes=1-+9",
            "bytes=0x1-9",
            "bytes=1.5-9",
            "bytes=٣-9",
            "bytes=1 - 9",
            "bytes=0-4,5-9",
            "bytes=0-4, -1",
            "items=0-4",
            "bytes 0-4",
            "=0-4",
            "bytes=0-4-9",
        ] {
            assert_eq!(requested(Some(header), None, FILE), Requested::Whole, "{header}");
        }
        assert_eq!(requested(None, None, FILE), Requested::Whole);
    }

    #[test]
    fn a_range_of_another_version_gives_the_whole_file() {
        for (if_range, expected) in [
            ("\"abc\"", part(5, 9)),
            (" \"abc\" ", part(5, 9)),
            ("W/\"abc\"", Requested::Whole),
            ("\"abd\"", Requested::Whole),
            ("abc", Requested::Whole),
            ("*", Requested::Whole),
            ("", Requested::Whole),
            ("Sun, 22 Nov 2026 12:00:00 GMT", Requested::Whole),
        ] {
            assert_eq!(requested(Some("bytes=5-9"), Some(if_range), FILE), expected, "{if_range}");
        }
    }
}
