//! The definitions of RFC 6962, 2.1 to 2.1.2, over all leaves, word by word.

use tlog::{Hash, node_hash};

/// The largest power of two smaller than n.
fn k(n: usize) -> usize {
    (0..usize::BITS).map(|power| 1 << power).filter(|power| *power < n).max().unwrap()
}

pub fn mth(d: &[Hash]) -> Hash {
    match d {
        [one] => *one,
        _ => node_hash(&mth(&d[..k(d.len())]), &mth(&d[k(d.len())..])),
    }
}

pub fn path(m: usize, d: &[Hash]) -> Vec<Hash> {
    if d.len() == 1 {
        return Vec::new();
    }
    let (left, right) = d.split_at(k(d.len()));
    if m < left.len() {
        [path(m, left), vec![mth(right)]].concat()
    } else {
        [path(m - left.len(), right), vec![mth(left)]].concat()
    }
}

pub fn subproof(m: usize, d: &[Hash], known: bool) -> Vec<Hash> {
    if m == d.len() {
        return if known { Vec::new() } else { vec![mth(d)] };
    }
    let (left, right) = d.split_at(k(d.len()));
    if m <= left.len() {
        [subproof(m, left, known), vec![mth(right)]].concat()
    } else {
        [subproof(m - left.len(), right, false), vec![mth(left)]].concat()
    }
}
