//! All matches of a pattern, one by one: depth first, with the match at hand as the only state.

use std::ops::Range;
use std::sync::Arc;

use kql_semantics::bound::{EdgeDirection, GraphSearch};

use super::data::{NONE, number, place};

/// Edges by one of their ends.
#[derive(Debug)]
pub(super) struct Adjacency {
    /// For each node where its edges begin; one place more at the end.
    starts: Vec<u32>,
    edges: Vec<u32>,
}

impl Adjacency {
    /// Edges by the end that `end` tells, those of a node in the order of the edges.
    pub(super) fn of(nodes: usize, ends: &[[u32; 2]], end: impl Fn([u32; 2]) -> u32) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for ends in ends {
            if let Some(count) = starts.get_mut(place(end(*ends)) + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut edges = vec![NONE; ends.len()];
        for (edge, ends) in ends.iter().enumerate() {
            let Some(next) = next.get_mut(place(end(*ends))) else { continue };
            if let Some(slot) = edges.get_mut(place(*next)) {
                *slot = number(edge);
            }
            *next += 1;
        }
        Self { starts, edges }
    }

    /// The places of a node's edges.
    pub(super) fn range(&self, node: u32) -> Range<u32> {
        let at = |place: usize| self.starts.get(place).copied().unwrap_or(0);
        at(place(node))..at(place(node) + 1)
    }

    /// The edge at a place.
    pub(super) fn edge(&self, at: u32) -> Option<u32> {
        self.edges.get(place(at)).copied()
    }
}

/// A pattern over one graph: what each element may be.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) ends: Vec<[u32; 2]>,
    /// Edges by where they start and where they end.
    pub(super) outgoing: Adjacency,
    pub(super) incoming: Adjacency,
    /// For each node of the pattern which nodes it may be; all where none.
    pub(super) nodes: Vec<Option<Vec<bool>>>,
    pub(super) edges: Vec<EdgeSlot>,
    pub(super) search: GraphSearch,
    /// How many nodes the graph has.
    pub(super) count: usize,
}

/// An edge or a path of the pattern.
#[derive(Debug)]
pub(super) struct EdgeSlot {
    pub(super) nodes: [usize; 2],
    pub(super) direction: EdgeDirection,
    pub(super) least: usize,
    pub(super) most: usize,
    /// Which edges it may be made of.
    pub(super) edges: Option<Vec<bool>>,
    /// Which nodes may stand between two of them.
    pub(super) inner: Option<Vec<bool>>,
}

/// Whether an element may be this one.
pub(super) fn may_be(allowed: Option<&Vec<bool>>, at: u32) -> bool {
    allowed.is_none_or(|allowed| allowed.get(place(at)) == Some(&true))
}

impl Pattern {
    /// The edges that lead on from a node along a slot, read from its left end or, where turned, from its right one.
    pub(super) fn steps(&self, slot: usize, is_turned: bool, node: u32) -> Steps {
        let direction = self.edges.get(slot).map_or(EdgeDirection::Any, |slot| slot.direction);
        let none = 0..0;
        let (outgoing, incoming) = match (direction, is_turned) {
            (EdgeDirection::Right, false) | (EdgeDirection::Left, true) => {
                (self.outgoing.range(node), none)
            }
            (EdgeDirection::Left, false) | (EdgeDirection::Right, true) => {
                (none, self.incoming.range(node))
            }
            (EdgeDirection::Any, _) => (self.outgoing.range(node), self.incoming.range(node)),
        };
        let is_both = direction == EdgeDirection::Any;
        Steps { outgoing, incoming, is_both }
    }

    /// How many nodes a slot may be.
    pub(super) fn candidates(&self, slot: usize) -> usize {
        match self.nodes.get(slot).and_then(Option::as_ref) {
            Some(allowed) => allowed.iter().filter(|is_allowed| **is_allowed).count(),
            None => self.count,
        }
    }

    /// The next node from `from` on that a slot may be.
    pub(super) fn candidate(&self, slot: usize, from: u32) -> Option<u32> {
        let allowed = self.nodes.get(slot).and_then(Option::as_ref);
        (from..number(self.count)).find(|node| may_be(allowed, *node))
    }

    /// Whether a node may stand in a slot of nodes.
    pub(super) fn fits(&self, slot: usize, node: u32) -> bool {
        may_be(self.nodes.get(slot).and_then(Option::as_ref), node)
    }
}

/// Edges that lead on from a node.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    outgoing: Range<u32>,
    incoming: Range<u32>,
    is_both: bool,
}

impl Steps {
    /// The next edge, and the node that it leads to.
    pub(super) fn next(&mut self, pattern: &Pattern) -> Option<(u32, u32)> {
        if let Some(at) = self.outgoing.next() {
            let edge = pattern.outgoing.edge(at)?;
            let [_, target] = pattern.ends.get(place(edge))?;
            return Some((edge, *target));
        }
        loop {
            let at = self.incoming.next()?;
            let edge = pattern.incoming.edge(at)?;
            let [source, target] = pattern.ends.get(place(edge))?;
            // An edge from a node to itself leads on once, whichever way it is read.
            if !self.is_both || source != target {
                return Some((edge, *source));
            }
        }
    }
}

/// What became of looking for the next match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// There is one.
    Match,
    /// Not yet: look again.
    Pause,
    /// There are no more.
    Done,
}

/// So many edges are looked at before the search pauses.
pub(super) const WORK: usize = 1 << 16;

/// A match: for each node slot its node, for each edge slot its edges from left to right.
#[derive(Debug, Default)]
pub(super) struct Match {
    pub(super) nodes: Vec<u32>,
    pub(super) paths: Vec<Vec<u32>>,
}

/// One step of the search.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// A node slot takes any node.
    Begin(usize),
    /// An edge slot is followed from a node that is known.
    Follow { slot: usize, is_turned: bool, from: usize, to: usize, closes: bool },
}

/// A search under way.
pub(super) struct Search {
    pattern: Arc<Pattern>,
    plan: Vec<Step>,
    frames: Vec<Frame>,
    found: Match,
    is_edge_used: Vec<bool>,
    is_node_used: Vec<bool>,
}

enum Frame {
    Begin { next: u32 },
    Follow(Path),
}

/// A path in the making.
struct Path {
    /// Edges taken, the nodes they lead to, and what is left to try from each end: one more than edges.
    edges: Vec<u32>,
    nodes: Vec<u32>,
    steps: Vec<Steps>,
    /// Whether the path as it is was offered.
    is_offered: bool,
}

impl Search {
    pub(super) fn new(pattern: Arc<Pattern>) -> Self {
        let plan = plan(&pattern);
        let found = Match {
            nodes: vec![NONE; pattern.nodes.len()],
            paths: vec![Vec::new(); pattern.edges.len()],
        };
        let edges = if pattern.search == GraphSearch::UniqueEdges { pattern.ends.len() } else { 0 };
        let nodes = if pattern.search == GraphSearch::NoCycles { pattern.count } else { 0 };
        let mut search = Self {
            pattern,
            plan,
            frames: Vec::new(),
            found,
            is_edge_used: vec![false; edges],
            is_node_used: vec![false; nodes],
        };
        search.enter();
        search
    }

    /// The match that was found.
    pub(super) fn found(&self) -> &Match {
        &self.found
    }

    /// Looks for the next match.
    pub(super) fn next(&mut self) -> Next {
        let mut work = WORK;
        loop {
            let Some(step) = self.frames.len().checked_sub(1).and_then(|at| self.plan.get(at))
            else {
                return Next::Done;
            };
            let is_found = match *step {
                Step::Begin(slot) => self.begin(slot),
                Step::Follow { .. } => match self.follow(*step, &mut work) {
                    Some(is_found) => is_found,
                    None => return Next::Pause,
                },
            };
            if !is_found {
                self.frames.pop();
            } else if self.frames.len() == self.plan.len() {
                return Next::Match;
            } else {
                self.enter();
            }
        }
    }

    /// Opens the next step of the plan.
    fn enter(&mut self) {
        let frame = match self.plan.get(self.frames.len()) {
            None => return,
            Some(Step::Begin(_)) => Frame::Begin { next: 0 },
            Some(Step::Follow { slot, is_turned, from, .. }) => {
                let node = self.found.nodes.get(*from).copied().unwrap_or(NONE);
                let steps = vec![self.pattern.steps(*slot, *is_turned, node)];
                let (edges, nodes) = (Vec::new(), vec![node]);
                Frame::Follow(Path { edges, nodes, steps, is_offered: false })
            }
        };
        self.frames.push(frame);
    }

    fn begin(&mut self, slot: usize) -> bool {
        let Some(Frame::Begin { next }) = self.frames.last_mut() else { return false };
        let Some(own) = self.found.nodes.get_mut(slot) else { return false };
        mark(&mut self.is_node_used, *own, false);
        let Some(node) = self.pattern.candidate(slot, *next) else { return false };
        (*own, *next) = (node, node + 1);
        mark(&mut self.is_node_used, node, true);
        true
    }

    /// The next path that fits; none where the search is to pause.
    fn follow(&mut self, step: Step, work: &mut usize) -> Option<bool> {
        let Step::Follow { slot, is_turned, to, closes, .. } = step else { return Some(false) };
        let Some(Frame::Follow(path)) = self.frames.last_mut() else { return Some(false) };
        let pattern = &*self.pattern;
        let Some(rules) = pattern.edges.get(slot) else { return Some(false) };
        loop {
            let end = path.nodes.last().copied().unwrap_or(NONE);
            let length = path.edges.len();
            if !path.is_offered {
                path.is_offered = true;
                let known = self.found.nodes.get_mut(to);
                let fits = length >= rules.least
                    && known.is_some_and(|known| match closes {
                        true => *known == end,
                        false => {
                            *known = end;
                            pattern.fits(to, end)
                        }
                    });
                if fits {
                    keep(&mut self.found.paths, slot, &path.edges, is_turned);
                    return Some(true);
                }
            }
            let goes_on = length < rules.most && (length == 0 || may_be(rules.inner.as_ref(), end));
            let next = match path.steps.last_mut() {
                Some(steps) if goes_on => steps.next(pattern),
                _ => None,
            };
            *work = work.saturating_sub(1);
            match next {
                Some((edge, node)) => {
                    let is_free = !is_marked(&self.is_edge_used, edge)
                        && !is_marked(&self.is_node_used, node);
                    if is_free && may_be(rules.edges.as_ref(), edge) {
                        mark(&mut self.is_edge_used, edge, true);
                        mark(&mut self.is_node_used, node, true);
                        path.edges.push(edge);
                        path.nodes.push(node);
                        path.steps.push(pattern.steps(slot, is_turned, node));
                        path.is_offered = false;
                    }
                }
                None => {
                    let Some(edge) = path.edges.pop() else { return Some(false) };
                    mark(&mut self.is_edge_used, edge, false);
                    mark(&mut self.is_node_used, end, false);
                    path.nodes.pop();
                    path.steps.pop();
                }
            }
            if *work == 0 {
                return None;
            }
        }
    }

    /// What the search holds. **Unit**: bytes.
    pub(super) fn size(&self) -> usize {
        let paths = self.frames.iter().map(|frame| match frame {
            Frame::Begin { .. } => 0,
            Frame::Follow(path) => path.steps.capacity() * 48,
        });
        paths.sum::<usize>() + self.is_edge_used.len() + self.is_node_used.len()
    }
}

/// Keeps a slot's path, from left to right.
fn keep(paths: &mut [Vec<u32>], slot: usize, edges: &[u32], is_turned: bool) {
    let Some(path) = paths.get_mut(slot) else { return };
    path.clear();
    path.extend(edges);
    if is_turned {
        path.reverse();
    }
}

fn mark(marks: &mut [bool], at: u32, is_used: bool) {
    if let Some(mark) = marks.get_mut(place(at)) {
        *mark = is_used;
    }
}

fn is_marked(marks: &[bool], at: u32) -> bool {
    marks.get(place(at)) == Some(&true)
}

/// The order in which slots are filled: from the node slot with the fewest candidates on, each edge from an end that is
/// known, those first that have both ends known, then single edges.
fn plan(pattern: &Pattern) -> Vec<Step> {
    let first = (0..pattern.nodes.len()).min_by_key(|slot| pattern.candidates(*slot));
    let Some(first) = first else { return Vec::new() };
    let mut plan = vec![Step::Begin(first)];
    let mut known = vec![false; pattern.nodes.len()];
    let mut open: Vec<usize> = (0..pattern.edges.len()).collect();
    let learn = |known: &mut Vec<bool>, slot: usize| {
        if let Some(known) = known.get_mut(slot) {
            *known = true;
        }
    };
    learn(&mut known, first);
    loop {
        let is_known = |slot: usize| known.get(slot) == Some(&true);
        let rank = |slot: usize| {
            let edge = pattern.edges.get(slot)?;
            let ends = edge.nodes.map(is_known);
            match ends {
                [false, false] => None,
                [true, true] => Some(0),
                _ if edge.most == 1 => Some(1),
                _ => Some(2),
            }
        };
        let next = open.iter().filter_map(|slot| Some((rank(*slot)?, *slot))).min();
        let Some((_, slot)) = next else { return plan };
        open.retain(|other| *other != slot);
        let Some(edge) = pattern.edges.get(slot) else { continue };
        let [left, right] = edge.nodes;
        let is_turned = !is_known(left);
        let (from, to) = if is_turned { (right, left) } else { (left, right) };
        let closes = is_known(to);
        plan.push(Step::Follow { slot, is_turned, from, to, closes });
        learn(&mut known, to);
    }
}
