//! How many connections are held open: fewer than the process may have files, so that slow clients by the thousand
//! leave the databases theirs.

use std::path::Path;

/// Where Linux tells a process its limits.
const LIMITS: &str = "/proc/self/limits";
/// What is assumed where nothing is told: the usual soft limit.
const USUAL_FILES: usize = 1_024;
/// Files that are left for the databases, keys, logs and the runtime.
const RESERVED: usize = 256;
/// More is not held by one thread, whatever the limit.
const MOST: usize = 25_000;

/// Connections that each of `threads` may hold.
pub fn per_thread(threads: usize) -> usize {
    let files = std::fs::read_to_string(Path::new(LIMITS)).ok().and_then(|limits| open_files(&limits));
    share(files.unwrap_or(USUAL_FILES), threads)
}

fn share(files: usize, threads: usize) -> usize {
    (files.saturating_sub(RESERVED) / threads.max(1)).clamp(64, MOST)
}

/// The soft limit; `None` where there is no such line. `unlimited` is as good as the most.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    let soft = line.split_whitespace().next()?;
    if soft == "unlimited" { Some(usize::MAX) } else { soft.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_is_read() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units\n\
                      Max open files            1024                 1048576              files\n";
        assert_eq!(open_files(limits), Some(1_024));
        assert_eq!(open_files("Max open files   unlimited  unlimited files"), Some(usize::MAX));
        assert_eq!(open_files(""), None);
    }

    #[test]
    fn connections_leave_files_for_the_databases() {
        for (files, threads, expected) in
            [(1_024, 2, 384), (1_024, 0, 768), (65_536, 2, 25_000), (128, 4, 64), (usize::MAX, 1, 25_000)]
        {
            assert_eq!(share(files, threads), expected, "{files} files, {threads} threads");
        }
    }
}
