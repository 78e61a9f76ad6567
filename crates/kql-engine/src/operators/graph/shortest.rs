//! The shortest matches of a pattern between each two nodes: breadth first from each first node.
//!
//! A state is a place in the pattern: which of its paths, how many edges of it, at which node. What was reached before with
//! as few edges is not followed again, so that the work for one first node grows with the edges times the pattern's length.

use std::collections::HashMap;
use std::sync::Arc;

use kql_semantics::bound::GraphSearch;

use super::data::{NONE, number, place};
use super::search::{Match, Next, Pattern, WORK, may_be};

/// What a state takes with what finds it. **Unit**: bytes.
const STATE: usize = 160;

/// A search under way.
pub(super) struct Shortest {
    pattern: Arc<Pattern>,
    /// The pattern's edges in the order they are followed, from its left end or its right one.
    slots: Vec<usize>,
    is_turned: bool,
    next: u32,
    wave: Option<Wave>,
    found: Match,
}

/// A state: how it was reached, from which others.
#[derive(Debug)]
struct State {
    /// Which slot, how many of its edges, at which node.
    slot: u32,
    count: u32,
    node: u32,
    level: u32,
    /// The states before it with the edge from there; none where no edge was needed.
    parents: Vec<(u32, u32)>,
}

/// All that is reached from one first node.
struct Wave {
    first: u32,
    states: Vec<State>,
    /// The states of the level at hand, and the next one to go on from.
    front: Vec<u32>,
    at: usize,
    next_front: Vec<u32>,
    /// Exactly this slot, count and node.
    exact: HashMap<(u32, u32, u32), u32>,
    /// The level and the count that first reached a slot and a node with enough edges.
    reached: HashMap<(u32, u32, u32), (u32, u32)>,
    /// Last nodes in the order they were reached: the state of each.
    ends: Vec<u32>,
    /// The way back from a last node that is being told.
    trail: Trail,
}

/// Ways back through parents, one after the other.
#[derive(Default)]
struct Trail {
    end: usize,
    /// States with the parent that comes next.
    stack: Vec<(u32, usize)>,
}

impl Shortest {
    pub(super) fn new(pattern: Arc<Pattern>) -> Self {
        let count = pattern.edges.len();
        // From where there are fewer first nodes.
        let is_turned = pattern.candidates(count) < pattern.candidates(0);
        let slots = if is_turned { (0..count).rev().collect() } else { (0..count).collect() };
        let found = Match {
            nodes: vec![NONE; pattern.nodes.len()],
            paths: vec![Vec::new(); pattern.edges.len()],
        };
        Self { pattern, slots, is_turned, next: 0, wave: None, found }
    }

    /// The match that was found.
    pub(super) fn found(&self) -> &Match {
        &self.found
    }

    /// What the search holds. **Unit**: bytes.
    pub(super) fn size(&self) -> usize {
        self.wave.as_ref().map_or(0, |wave| wave.states.len() * STATE)
    }

    /// Looks for the next match.
    pub(super) fn next(&mut self) -> Next {
        let mut work = WORK;
        loop {
            let Some(mut wave) = self.wave.take() else {
                let Some(first) = self.pattern.candidate(self.first_slot(), self.next) else {
                    return Next::Done;
                };
                self.next = first + 1;
                self.wave = Some(self.begin(first));
                continue;
            };
            while let Some(state) = wave.front.get(wave.at).copied() {
                wave.at += 1;
                self.go_on(&mut wave, state, &mut work);
                if wave.at == wave.front.len() {
                    wave.front = std::mem::take(&mut wave.next_front);
                    wave.at = 0;
                }
                if work == 0 {
                    self.wave = Some(wave);
                    return Next::Pause;
                }
            }
            let next = self.tell(&mut wave, &mut work);
            if next != Next::Done {
                self.wave = Some(wave);
                return next;
            }
        }
    }

    fn first_slot(&self) -> usize {
        if self.is_turned { self.slots.len() } else { 0 }
    }

    /// The node slot behind the slots that were followed.
    fn node_slot(&self, followed: usize) -> usize {
        if self.is_turned { self.slots.len() - followed } else { followed }
    }

    fn begin(&self, first: u32) -> Wave {
        let mut wave = Wave {
            first,
            states: Vec::new(),
            front: Vec::new(),
            at: 0,
            next_front: Vec::new(),
            exact: HashMap::new(),
            reached: HashMap::new(),
            ends: Vec::new(),
            trail: Trail::default(),
        };
        self.reach(&mut wave, (0, 0, first), 0, None);
        wave.front = std::mem::take(&mut wave.next_front);
        wave
    }

    /// A state is reached; those that follow from it without an edge are too.
    fn reach(&self, wave: &mut Wave, key: (u32, u32, u32), level: u32, parent: Option<(u32, u32)>) {
        let is_all = self.pattern.search == GraphSearch::ShortestAll;
        let (mut key, mut parent) = (key, parent);
        loop {
            let (slot, count, node) = key;
            let rules = self.slots.get(place(slot)).and_then(|slot| self.pattern.edges.get(*slot));
            if let Some(known) = wave.exact.get(&key) {
                let known = wave.states.get_mut(place(*known));
                if let Some(known) = known.filter(|known| is_all && known.level == level) {
                    known.parents.extend(parent);
                }
                return;
            }
            let least = rules.map_or(0, |rules| rules.least);
            let capped = (slot, count.min(number(least)), node);
            if let Some((first, with)) = wave.reached.get(&capped)
                && count >= *with
                && (level > *first || !is_all)
            {
                return;
            }
            wave.reached.entry(capped).or_insert((level, count));
            let state = number(wave.states.len());
            wave.exact.insert(key, state);
            let parents = parent.into_iter().collect();
            wave.states.push(State { slot, count, node, level, parents });
            let Some(rules) = rules else {
                wave.ends.push(state);
                return;
            };
            wave.next_front.push(state);
            let behind = self.node_slot(place(slot) + 1);
            if place(count) < rules.least || !self.pattern.fits(behind, node) {
                return;
            }
            key = (slot + 1, 0, node);
            parent = Some((state, NONE));
        }
    }

    /// Follows the edges from a state.
    fn go_on(&self, wave: &mut Wave, state: u32, work: &mut usize) {
        let Some(State { slot, count, node, level, .. }) = wave.states.get(place(state)) else {
            return;
        };
        let (slot, count, node, level) = (*slot, *count, *node, *level);
        let Some(place_of) = self.slots.get(place(slot)).copied() else { return };
        let Some(rules) = self.pattern.edges.get(place_of) else { return };
        if place(count) >= rules.most || (count > 0 && !may_be(rules.inner.as_ref(), node)) {
            return;
        }
        let mut steps = self.pattern.steps(place_of, self.is_turned, node);
        while let Some((edge, next)) = steps.next(&self.pattern) {
            *work = work.saturating_sub(1);
            if may_be(rules.edges.as_ref(), edge) {
                self.reach(wave, (slot, count + 1, next), level + 1, Some((state, edge)));
            }
        }
    }

    /// The next way to a last node.
    fn tell(&mut self, wave: &mut Wave, work: &mut usize) -> Next {
        loop {
            if *work == 0 {
                return Next::Pause;
            }
            *work -= 1;
            let trail = &mut wave.trail;
            let Some((state, parent)) = trail.stack.last_mut() else {
                let Some(end) = wave.ends.get(trail.end) else { return Next::Done };
                trail.end += 1;
                trail.stack.push((*end, 0));
                continue;
            };
            let Some(of) = wave.states.get(place(*state)) else { return Next::Done };
            let next = of.parents.get(*parent).copied();
            *parent += 1;
            let is_first = of.parents.is_empty() && *parent == 1;
            match next {
                Some((before, _)) => trail.stack.push((before, 0)),
                None if is_first => {
                    if self.take(wave) {
                        return Next::Match;
                    }
                }
                None => {
                    trail.stack.pop();
                }
            }
        }
    }

    /// Takes the way that the trail has; none where an edge comes twice in it.
    fn take(&mut self, wave: &Wave) -> bool {
        self.found.paths.iter_mut().for_each(Vec::clear);
        let mut seen: Vec<u32> = Vec::new();
        let first = self.first_slot();
        if let Some(node) = self.found.nodes.get_mut(first) {
            *node = wave.first;
        }
        // From the first node on: each state with the edge that led to it.
        for ((state, _), (after, parent)) in
            wave.trail.stack.iter().skip(1).zip(&wave.trail.stack).rev()
        {
            let (Some(before), Some(after)) =
                (wave.states.get(place(*state)), wave.states.get(place(*after)))
            else {
                return false;
            };
            let edge = after.parents.get(*parent - 1).map_or(NONE, |(_, edge)| *edge);
            if edge == NONE {
                let slot = self.node_slot(place(after.slot));
                if let Some(node) = self.found.nodes.get_mut(slot) {
                    *node = after.node;
                }
            } else {
                seen.push(edge);
                let slot = self.slots.get(place(before.slot)).copied();
                if let Some(path) = slot.and_then(|slot| self.found.paths.get_mut(slot)) {
                    path.push(edge);
                }
            }
        }
        if self.is_turned {
            self.found.paths.iter_mut().for_each(|path| path.reverse());
        }
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        seen.len() == count
    }
}
