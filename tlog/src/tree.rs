//! The shape of the tree: which hashes make up a root and a proof (RFC 6962, 2.1, 2.1.1 and 2.1.2).

/// The entries `[begin, end)`, never empty: `D[begin:end]` of RFC 6962, where `begin` is a multiple of the power
/// of two that the length needs. All spans here come from [`Span::tree`] by [`Span::halves`], which keeps that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    begin: u64,
    end: u64,
}

/// A complete subtree: `2^height` entries, of which the first is `index * 2^height`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Subtree {
    pub(crate) height: u32,
    pub(crate) index: u64,
}

impl Span {
    /// The whole tree; `None` when it is empty.
    pub(crate) const fn tree(size: u64) -> Option<Self> {
        if size == 0 { None } else { Some(Self { begin: 0, end: size }) }
    }

    const fn len(self) -> u64 {
        self.end - self.begin
    }

    /// The complete subtree that the span is, if it is one.
    pub(crate) const fn complete(self) -> Option<Subtree> {
        if !self.len().is_power_of_two() {
            return None;
        }
        let height = self.len().trailing_zeros();
        Some(Subtree { height, index: self.begin >> height })
    }

    /// `D[0:k]` and `D[k:n]`, where k is the largest power of two smaller than n; `None` for a single entry.
    pub(crate) fn halves(self) -> Option<(Self, Self)> {
        let k = 1 << (self.len() - 1).checked_ilog2()?;
        let middle = self.begin + k;
        Some((Self { end: middle, ..self }, Self { begin: middle, ..self }))
    }

    /// The complete subtrees that the span is made of, from left to right: one for each binary digit 1 of its
    /// length.
    pub(crate) fn subtrees(self) -> Vec<Subtree> {
        match (self.complete(), self.halves()) {
            (None, Some((left, right))) => [left.subtrees(), right.subtrees()].concat(),
            (complete, _) => complete.into_iter().collect(),
        }
    }
}

/// `PATH(index, D[size])`: the spans whose roots prove that an entry is in the tree, from the leaf upwards. `None`
/// when the tree has no such entry.
pub(crate) fn path(index: u64, size: u64) -> Option<Vec<Span>> {
    fn within(span: Span, index: u64) -> Vec<Span> {
        let Some((left, right)) = span.halves() else { return Vec::new() };
        let (inside, beside) = if index < left.end { (left, right) } else { (right, left) };
        let mut spans = within(inside, index);
        spans.push(beside);
        spans
    }
    (index < size).then(|| Span::tree(size)).flatten().map(|tree| within(tree, index))
}

/// `PROOF(from, D[to])`: the spans whose roots prove that the tree of `from` entries is the beginning of that of
/// `to`. `None` when it cannot be, `from` being 0 or greater than `to`.
pub(crate) fn proof(from: u64, to: u64) -> Option<Vec<Span>> {
    fn subproof(span: Span, from: u64) -> Vec<Span> {
        if from == span.end {
            // The root of the whole earlier tree is known to whoever verifies.
            return if span.begin == 0 { Vec::new() } else { vec![span] };
        }
        let Some((left, right)) = span.halves() else { return Vec::new() };
        let (inside, beside) = if from <= left.end { (left, right) } else { (right, left) };
        let mut spans = subproof(inside, from);
        spans.push(beside);
        spans
    }
    (1..=to).contains(&from).then(|| Span::tree(to)).flatten().map(|tree| subproof(tree, from))
}
