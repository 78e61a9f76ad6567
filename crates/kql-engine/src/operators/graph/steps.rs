//! What makes another graph of a graph.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::Int64Array;
use datafusion::common::Result;
use kql_semantics::bound::ColumnId;

use super::data::{Computed, Elements, GraphData, NONE, number, place};
use super::search::Adjacency;

/// One step.
#[derive(Clone, Debug)]
pub(super) enum Step {
    WhereNodes(Computed),
    WhereEdges(Computed),
    MarkComponents { id: ColumnId, is_strong: bool },
}

impl Step {
    pub(super) fn apply(&self, graph: &mut GraphData, hash: &Computed) -> Result<()> {
        match self {
            Self::WhereNodes(condition) => {
                let kept = graph.truths(Elements::Nodes, condition, hash)?;
                graph.keep_nodes(&kept)
            }
            Self::WhereEdges(condition) => {
                let kept = graph.truths(Elements::Edges, condition, hash)?;
                graph.keep_edges(&kept)
            }
            Self::MarkComponents { id, is_strong } => {
                let count = graph.nodes.rows;
                let roots = match is_strong {
                    false => weak(count, &graph.ends),
                    true => strong(count, &graph.ends),
                };
                let numbers = numbered(&roots, graph.partitions.as_deref());
                graph.nodes.columns.insert(*id, Arc::new(Int64Array::from(numbers)));
                Ok(())
            }
        }
    }
}

/// Numbers for components, from 0, in the order of their first nodes; in each partition anew.
fn numbered(roots: &[u32], partitions: Option<&[u32]>) -> Vec<i64> {
    let mut numbers: HashMap<u32, i64> = HashMap::new();
    let mut next: HashMap<u32, i64> = HashMap::new();
    let part =
        |node: usize| partitions.and_then(|partitions| partitions.get(node)).copied().unwrap_or(0);
    let number = |(node, root): (usize, &u32)| {
        *numbers.entry(*root).or_insert_with(|| {
            let next = next.entry(part(node)).or_insert(0);
            *next += 1;
            *next - 1
        })
    };
    roots.iter().enumerate().map(number).collect()
}

/// For each node the one that stands for its component, whichever way edges point.
fn weak(nodes: usize, ends: &[[u32; 2]]) -> Vec<u32> {
    let mut parents: Vec<u32> = (0..number(nodes)).collect();
    for [source, target] in ends {
        let (source, target) = (root(&mut parents, *source), root(&mut parents, *target));
        let (low, high) = (source.min(target), source.max(target));
        if let Some(parent) = parents.get_mut(place(high)) {
            *parent = low;
        }
    }
    (0..number(nodes)).map(|node| root(&mut parents, node)).collect()
}

/// The root above a node; the way there is halved.
fn root(parents: &mut [u32], mut node: u32) -> u32 {
    loop {
        let parent = parents.get(place(node)).copied().unwrap_or(node);
        if parent == node {
            return node;
        }
        let above = parents.get(place(parent)).copied().unwrap_or(parent);
        if let Some(own) = parents.get_mut(place(node)) {
            *own = above;
        }
        node = above;
    }
}

/// For each node the one that stands for those that it reaches and is reached from: Tarjan's algorithm, without recursion.
fn strong(nodes: usize, ends: &[[u32; 2]]) -> Vec<u32> {
    let adjacency = Adjacency::of(nodes, ends, |ends| ends[0]);
    let mut state = Strong {
        index: vec![NONE; nodes],
        low: vec![NONE; nodes],
        is_open: vec![false; nodes],
        open: Vec::new(),
        component: vec![NONE; nodes],
        next: 0,
    };
    for start in 0..number(nodes) {
        if state.index_of(start) == NONE {
            state.visit(start, &adjacency, ends);
        }
    }
    state.component
}

struct Strong {
    /// When each node was met.
    index: Vec<u32>,
    /// The earliest node that it reaches.
    low: Vec<u32>,
    is_open: Vec<bool>,
    open: Vec<u32>,
    component: Vec<u32>,
    next: u32,
}

impl Strong {
    fn index_of(&self, node: u32) -> u32 {
        self.index.get(place(node)).copied().unwrap_or(NONE)
    }

    fn low_of(&self, node: u32) -> u32 {
        self.low.get(place(node)).copied().unwrap_or(NONE)
    }

    fn lower(&mut self, node: u32, to: u32) {
        if let Some(low) = self.low.get_mut(place(node)) {
            *low = (*low).min(to);
        }
    }

    fn meet(&mut self, node: u32) {
        let at = place(node);
        if let (Some(index), Some(low), Some(is_open)) =
            (self.index.get_mut(at), self.low.get_mut(at), self.is_open.get_mut(at))
        {
            (*index, *low, *is_open) = (self.next, self.next, true);
        }
        self.open.push(node);
        self.next += 1;
    }

    fn visit(&mut self, start: u32, adjacency: &Adjacency, ends: &[[u32; 2]]) {
        self.meet(start);
        let mut stack = vec![(start, adjacency.range(start))];
        while let Some((node, edges)) = stack.last_mut() {
            let node = *node;
            if let Some(edge) = edges.next() {
                let target = adjacency.edge(edge).and_then(|edge| ends.get(place(edge)));
                let Some([_, target]) = target.copied() else { continue };
                if self.index_of(target) == NONE {
                    self.meet(target);
                    stack.push((target, adjacency.range(target)));
                } else if self.is_open.get(place(target)) == Some(&true) {
                    self.lower(node, self.index_of(target));
                }
                continue;
            }
            stack.pop();
            if let Some((above, _)) = stack.last() {
                let above = *above;
                self.lower(above, self.low_of(node));
            }
            if self.low_of(node) == self.index_of(node) {
                self.close(node);
            }
        }
    }

    /// The nodes met since `root` are its component.
    fn close(&mut self, root: u32) {
        while let Some(node) = self.open.pop() {
            if let Some(is_open) = self.is_open.get_mut(place(node)) {
                *is_open = false;
            }
            if let Some(component) = self.component.get_mut(place(node)) {
                *component = root;
            }
            if node == root {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{numbered, strong, weak};

    #[test]
    fn marks_components() {
        let ends = [[0, 1], [1, 2], [2, 1], [4, 3]];
        assert_eq!(numbered(&weak(6, &ends), None), [0, 0, 0, 1, 1, 2]);
        assert_eq!(numbered(&strong(6, &ends), None), [0, 1, 1, 2, 3, 4]);
        assert_eq!(numbered(&weak(6, &ends), Some(&[0, 0, 0, 1, 1, 1])), [0, 0, 0, 0, 0, 1]);
    }
}
