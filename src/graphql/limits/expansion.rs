//! What definitions hold once every fragment is written out, in time linear in the number of spreads.

use std::collections::HashMap;

use super::outline::{Definition, Outline, Place, Spread, Weight};

/// The weight of each definition of an outline, in its order.
pub(super) struct Expansion {
    pub(super) weights: Vec<Weight>,
    /// Definitions that come back to a fragment they spread, or lead to one that does.
    pub(super) in_circles: u64,
}

impl Expansion {
    /// Works from the fragments that spread nothing towards those who spread them. A circle is never reached and
    /// so never followed.
    pub(super) fn of(outline: &Outline<'_>) -> Self {
        let graph = Graph::of(outline);
        let mut weights: Vec<Weight> = outline.definitions.iter().map(|definition| definition.own).collect();
        let mut waiting_for = graph.waiting_for;
        let mut ready: Vec<usize> =
            waiting_for.iter().enumerate().filter(|(_, count)| **count == 0).map(|(at, _)| at).collect();
        let mut done = 0;
        while let Some(callee) = ready.pop() {
            done += 1;
            let Some(&weight) = weights.get(callee) else { continue };
            for spread in graph.callers.get(callee).into_iter().flatten() {
                if let Some(caller) = weights.get_mut(spread.within) {
                    absorb(caller, &weight, spread.place);
                }
                if let Some(count) = waiting_for.get_mut(spread.within) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push(spread.within);
                    }
                }
            }
        }
        Self { in_circles: (weights.len() - done) as u64, weights }
    }
}

/// Who spreads whom; spreads of fragments that are not defined lead nowhere and are left out.
struct Graph<'o, 'q> {
    callers: Vec<Vec<&'o Spread<'q>>>,
    waiting_for: Vec<u64>,
}

impl<'o, 'q> Graph<'o, 'q> {
    fn of(outline: &'o Outline<'q>) -> Self {
        let named = |(at, definition): (usize, &Definition<'q>)| Some((definition.fragment?, at));
        let fragments: HashMap<&str, usize> =
            outline.definitions.iter().enumerate().filter_map(named).collect();
        let mut callers: Vec<Vec<&Spread<'_>>> = outline.definitions.iter().map(|_| Vec::new()).collect();
        let mut waiting_for = vec![0; callers.len()];
        for spread in &outline.spreads {
            if let Some(callee) = fragments.get(spread.fragment).and_then(|at| callers.get_mut(*at))
                && let Some(count) = waiting_for.get_mut(spread.within)
            {
                callee.push(spread);
                *count += 1;
            }
        }
        Self { callers, waiting_for }
    }
}

fn absorb(whole: &mut Weight, part: &Weight, at: Place) {
    whole.selections = whole.selections.saturating_add(part.selections);
    whole.aliases = whole.aliases.saturating_add(part.aliases);
    // A fragment's own set counts as deep as the set that it is spread in.
    whole.place = whole.place.deepest(Place {
        depth: at.depth.saturating_add(part.place.depth.saturating_sub(1)),
        sets: at.sets.saturating_add(part.place.sets),
        lists: at.lists.saturating_add(part.place.lists),
    });
    if at.depth == 1 {
        whole.root_fields = whole.root_fields.saturating_add(part.root_fields);
        whole.data_fields = whole.data_fields.saturating_add(part.data_fields);
    }
}
