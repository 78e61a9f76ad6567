//! Matches as rows.

use std::fmt::Write as _;
use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, RecordBatch, RecordBatchOptions, StringArray,
    UInt32Array,
};
use arrow::compute::take;
use arrow::datatypes::SchemaRef;
use datafusion::common::{DataFusionError, Result};
use kql_functions::convert;
use kql_semantics::Type;
use kql_semantics::bound::{EdgeDirection, PathElements, PathFunction};

use super::compile::{CompiledPath, CompiledPattern, Given};
use super::data::{Computed, Elements, GraphData, NONE, internal, number, place};
use super::search::Match;

/// Makes rows of matches.
pub(super) struct Maker {
    graph: GraphData,
    pattern: Arc<CompiledPattern>,
    output: SchemaRef,
    /// What each output column is taken from; none where it is computed along a path.
    outputs: Vec<Option<ArrayRef>>,
    paths: Vec<Values>,
}

/// What a value along a path is taken from.
enum Values {
    /// The value of each node or edge.
    Ready(ArrayRef),
    /// Columns of the path's elements and of others: it is computed for each match.
    Columns(Vec<ArrayRef>),
}

/// Matches that were found.
#[derive(Default)]
pub(super) struct Found {
    count: usize,
    nodes: Vec<Vec<u32>>,
    /// The edges of all matches' paths, and where each match's end.
    edges: Vec<Vec<u32>>,
    bounds: Vec<Vec<usize>>,
}

impl Found {
    pub(super) fn new(pattern: &CompiledPattern) -> Self {
        Self {
            count: 0,
            nodes: vec![Vec::new(); pattern.nodes.len()],
            edges: vec![Vec::new(); pattern.edges.len()],
            bounds: vec![Vec::new(); pattern.edges.len()],
        }
    }

    pub(super) fn push(&mut self, found: &Match) {
        self.count += 1;
        for (all, node) in self.nodes.iter_mut().zip(&found.nodes) {
            all.push(*node);
        }
        for ((all, bounds), path) in self.edges.iter_mut().zip(&mut self.bounds).zip(&found.paths) {
            all.extend(path);
            bounds.push(all.len());
        }
    }

    /// How many matches there are, and how many edges in their paths.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.count, self.edges.iter().map(Vec::len).sum())
    }

    fn slot(&self, given: Given) -> Option<&Vec<u32>> {
        match given {
            Given::Node(slot, _) => self.nodes.get(slot),
            Given::Edge(slot, _) => self.edges.get(slot),
            Given::Path(..) => None,
        }
    }
}

impl Maker {
    pub(super) fn new(
        graph: GraphData,
        pattern: Arc<CompiledPattern>,
        hash: &Computed,
        output: SchemaRef,
    ) -> Result<Self> {
        let all = |given: Given| match given {
            Given::Node(_, own) => graph.array(Elements::Nodes, own.value, hash).map(Some),
            Given::Edge(_, own) => graph.array(Elements::Edges, own.value, hash).map(Some),
            Given::Path(..) => Ok(None),
        };
        let outputs = pattern.outputs.iter().map(|given| all(*given));
        let outputs = outputs.collect::<Result<Vec<_>>>()?;
        let mut paths = Vec::with_capacity(pattern.paths.len());
        for path in &pattern.paths {
            let of = elements(path.over);
            paths.push(if path.outer.is_empty() {
                let values = graph.computed(of, &path.value, hash)?;
                Values::Ready(texts_of(path, values)?)
            } else {
                let own = path.value.columns.len() - path.outer.len();
                let own = path.value.columns.iter().take(own);
                let own = own.map(|column| graph.array(of, column.value, hash));
                let mut columns = own.collect::<Result<Vec<_>>>()?;
                for given in &path.outer {
                    columns.extend(all(*given)?);
                }
                Values::Columns(columns)
            });
        }
        Ok(Self { graph, pattern, output, outputs, paths })
    }

    pub(super) fn graph(&self) -> &GraphData {
        &self.graph
    }

    /// Rows of matches.
    pub(super) fn rows(&self, found: &Found) -> Result<RecordBatch> {
        let mut columns = Vec::with_capacity(self.outputs.len());
        for (given, array) in self.pattern.outputs.iter().zip(&self.outputs) {
            columns.push(match (given, array) {
                (Given::Path(at, ..), _) => self.along(*at, found)?,
                (given, Some(array)) => {
                    let slot = found.slot(*given).ok_or_else(|| internal("no such slot"))?;
                    taken(array, slot)?
                }
                (_, None) => return Err(internal("a column of a match has no source")),
            });
        }
        let options = RecordBatchOptions::new().with_row_count(Some(found.count));
        Ok(RecordBatch::try_new_with_options(Arc::clone(&self.output), columns, &options)?)
    }

    /// A value along a path, for each match.
    fn along(&self, at: usize, found: &Found) -> Result<ArrayRef> {
        let missing = || internal("a pattern lacks a path");
        let path = self.pattern.paths.get(at).ok_or_else(missing)?;
        let edges = found.edges.get(path.edge).ok_or_else(missing)?;
        let bounds = found.bounds.get(path.edge).ok_or_else(missing)?;
        let inner;
        let (elements, bounds) = match path.over {
            PathElements::Edges => (edges, bounds),
            PathElements::InnerNodes => {
                inner = self.inner_nodes(path.edge, found).ok_or_else(missing)?;
                (&inner.0, &inner.1)
            }
        };
        let values = match self.paths.get(at).ok_or_else(missing)? {
            Values::Ready(values) => taken(values, elements)?,
            Values::Columns(columns) => {
                let own = columns.len() - path.outer.len();
                let mut arrays = Vec::with_capacity(columns.len());
                for (place, column) in columns.iter().enumerate() {
                    arrays.push(match place.checked_sub(own).and_then(|at| path.outer.get(at)) {
                        None => taken(column, elements)?,
                        Some(given) => {
                            let slot = found.slot(*given).ok_or_else(missing)?;
                            taken(column, &repeated(slot, bounds))?
                        }
                    });
                }
                texts_of(path, path.value.evaluate(&arrays, elements.len())?)?
            }
        };
        folded(path.function, &values, bounds)
    }

    /// The nodes between the edges of each match's path, and where each match's end.
    fn inner_nodes(&self, slot: usize, found: &Found) -> Option<(Vec<u32>, Vec<usize>)> {
        let edge = self.pattern.edges.get(slot)?;
        let lefts = found.nodes.get(edge.nodes[0])?;
        let (edges, bounds) = (found.edges.get(slot)?, found.bounds.get(slot)?);
        let (mut inner, mut ends) = (Vec::with_capacity(edges.len()), Vec::new());
        let mut from = 0;
        for (left, to) in lefts.iter().zip(bounds) {
            let mut node = *left;
            let path = edges.get(from..*to)?;
            for edge_number in path.iter().take(path.len().saturating_sub(1)) {
                let [source, target] = *self.graph.ends.get(place(*edge_number))?;
                node = match edge.direction {
                    EdgeDirection::Right => target,
                    EdgeDirection::Left => source,
                    EdgeDirection::Any if source == node => target,
                    EdgeDirection::Any => source,
                };
                inner.push(node);
            }
            from = *to;
            ends.push(inner.len());
        }
        Some((inner, ends))
    }
}

fn elements(over: PathElements) -> Elements {
    match over {
        PathElements::Edges => Elements::Edges,
        PathElements::InnerNodes => Elements::Nodes,
    }
}

/// The JSON texts of what is to be put in arrays; what is only asked for its truth as it is.
fn texts_of(path: &CompiledPath, values: ArrayRef) -> Result<ArrayRef> {
    match path.function {
        PathFunction::All | PathFunction::Any => Ok(values),
        PathFunction::Map => {
            convert::array(values, path.ty, Type::Dynamic).map_err(DataFusionError::from)
        }
    }
}

fn taken(array: &ArrayRef, places: &[u32]) -> Result<ArrayRef> {
    Ok(take(array, &UInt32Array::from(places.to_vec()), None)?)
}

/// Each match's element as often as its path has elements.
fn repeated(slot: &[u32], bounds: &[usize]) -> Vec<u32> {
    let mut all = Vec::with_capacity(bounds.last().copied().unwrap_or(0));
    for (element, to) in slot.iter().zip(bounds) {
        all.resize(*to, *element);
    }
    debug_assert!(number(all.len()) != NONE, "a batch of matches is small");
    all
}

/// What a function makes of the values along each match's path.
fn folded(function: PathFunction, values: &ArrayRef, bounds: &[usize]) -> Result<ArrayRef> {
    let starts = std::iter::once(0).chain(bounds.iter().copied());
    let mut ranges = starts.zip(bounds).map(|(from, to)| from..*to);
    match function {
        PathFunction::Map => {
            let texts = values.as_string_opt::<i32>();
            let texts = texts.ok_or_else(|| internal("values along a path are no dynamics"))?;
            let mut arrays = Vec::with_capacity(bounds.len());
            for range in ranges {
                let mut array = String::from("[");
                for (at, place) in range.enumerate() {
                    let comma = if at == 0 { "" } else { "," };
                    let is_null = texts.is_null(place);
                    let text = if is_null { "null" } else { texts.value(place) };
                    let _ = write!(array, "{comma}{text}");
                }
                array.push(']');
                arrays.push(array);
            }
            Ok(Arc::new(StringArray::from_iter_values(arrays)))
        }
        PathFunction::All | PathFunction::Any => {
            let flags = values.as_boolean_opt();
            let flags = flags.ok_or_else(|| internal("conditions along a path are no truths"))?;
            let is_true = |place: usize| !flags.is_null(place) && flags.value(place);
            let of = |mut range: std::ops::Range<usize>| match function {
                PathFunction::All => range.all(is_true),
                _ => range.any(is_true),
            };
            Ok(Arc::new(BooleanArray::from_iter((&mut ranges).map(|range| Some(of(range))))))
        }
    }
}
