//! The operator: edges pushed in, the graph made, rows taken out.

use std::sync::Arc;

use arrow::array::{RecordBatch, RecordBatchOptions};
use datafusion::common::Result;
use datafusion::execution::memory_pool::MemoryReservation;
use kql_semantics::bound::{ElementColumn, GraphSearch};

use super::build::{Builder, Sources};
use super::compile::{CompiledPattern, Given};
use super::data::{Computed, Elements, GraphData, internal};
use super::matches::{Found, Maker};
use super::search::{Adjacency, EdgeSlot, Next, Pattern, Search};
use super::shortest::Shortest;
use super::steps::Step;
use crate::node::{Batches, Columns, Operator, Process, Run, Spread, no_batches};

/// A graph and what is made of it.
#[derive(Debug)]
pub(super) struct GraphOperator {
    pub(super) sources: Arc<Sources>,
    pub(super) steps: Vec<Step>,
    pub(super) output: Output,
    /// What hashes ids.
    pub(super) hash: Computed,
}

/// What rows are made.
#[derive(Debug)]
pub(super) enum Output {
    Nodes(Vec<ElementColumn>),
    Edges(Vec<ElementColumn>),
    Match(Arc<CompiledPattern>),
}

impl Operator for GraphOperator {
    fn name(&self) -> &'static str {
        "Graph"
    }

    fn columns(&self) -> Columns {
        let fields = match &self.output {
            Output::Nodes(columns) | Output::Edges(columns) => {
                columns.iter().map(|column| super::field(column.id, column.ty)).collect()
            }
            Output::Match(pattern) => {
                let field = |given: &Given| match given {
                    Given::Node(_, column) | Given::Edge(_, column) => {
                        super::field(column.id, column.ty)
                    }
                    Given::Path(_, id, ty) => super::field(*id, *ty),
                };
                pattern.outputs.iter().map(field).collect()
            }
        };
        Columns::Made(fields)
    }

    fn spread(&self) -> Spread {
        Spread::Single
    }

    fn keeps_order(&self) -> bool {
        false
    }

    fn start(self: Arc<Self>, mut run: Run) -> Result<Box<dyn Process>> {
        let tables = std::mem::take(&mut run.others);
        let memory = run.memory.new_empty();
        let sources = Arc::clone(&self.sources);
        let builder = Builder::new(sources, Arc::clone(&run.input), tables, memory)?;
        Ok(Box::new(Making { operator: self, run, builder: Some(builder) }))
    }
}

struct Making {
    operator: Arc<GraphOperator>,
    run: Run,
    builder: Option<Builder>,
}

impl Process for Making {
    fn push(&mut self, batch: RecordBatch) -> Result<Batches> {
        if let Some(builder) = &mut self.builder {
            builder.push(batch)?;
        }
        Ok(no_batches())
    }

    fn finish(&mut self) -> Result<Batches> {
        let Some(builder) = self.builder.take() else { return Ok(no_batches()) };
        let (mut graph, memory) = builder.finish()?;
        let operator = &self.operator;
        for step in &operator.steps {
            step.apply(&mut graph, &operator.hash)?;
        }
        match &operator.output {
            Output::Nodes(columns) => self.whole(&graph, Elements::Nodes, columns),
            Output::Edges(columns) => self.whole(&graph, Elements::Edges, columns),
            Output::Match(pattern) => self.matches(graph, pattern, memory),
        }
    }
}

impl Making {
    /// All nodes or edges.
    fn whole(&self, graph: &GraphData, of: Elements, columns: &[ElementColumn]) -> Result<Batches> {
        let arrays = columns.iter().map(|own| graph.array(of, own.value, &self.operator.hash));
        let arrays = arrays.collect::<Result<Vec<_>>>()?;
        let rows = graph.count(of);
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let schema = Arc::clone(&self.run.output);
        let all = RecordBatch::try_new_with_options(schema, arrays, &options)?;
        let size = self.run.batch_size.max(1);
        let starts = (0..rows).step_by(size);
        Ok(Box::new(starts.map(move |from| Ok(Some(all.slice(from, size.min(rows - from)))))))
    }

    fn matches(
        &self,
        mut graph: GraphData,
        compiled: &Arc<CompiledPattern>,
        memory: MemoryReservation,
    ) -> Result<Batches> {
        let hash = self.operator.hash.clone();
        let pattern = Arc::new(allowed(&mut graph, compiled, &hash)?);
        memory.try_grow(graph_size(&pattern))?;
        let (compiled, output) = (Arc::clone(compiled), Arc::clone(&self.run.output));
        let maker = Maker::new(graph, Arc::clone(&compiled), &hash, output)?;
        let walk = match compiled.search {
            GraphSearch::ShortestAny | GraphSearch::ShortestAll => {
                Walk::Shortest(Shortest::new(pattern))
            }
            GraphSearch::All | GraphSearch::UniqueEdges | GraphSearch::NoCycles => {
                Walk::All(Search::new(pattern))
            }
        };
        let searching = memory.new_empty();
        let batch_size = self.run.batch_size;
        let is_done = false;
        Ok(Box::new(Matching { walk, maker, compiled, memory, searching, batch_size, is_done }))
    }
}

/// So many edges of paths are gathered before rows are made of them.
const MOST_EDGES: usize = 1 << 18;

enum Walk {
    All(Search),
    Shortest(Shortest),
}

/// The rows of matches, a batch at a time.
struct Matching {
    walk: Walk,
    maker: Maker,
    compiled: Arc<CompiledPattern>,
    /// Held by the graph, and by the search.
    memory: MemoryReservation,
    searching: MemoryReservation,
    batch_size: usize,
    is_done: bool,
}

impl Matching {
    fn batch(&mut self) -> Result<Option<RecordBatch>> {
        debug_assert!(self.memory.size() >= self.maker.graph().ends.len());
        let mut found = Found::new(&self.compiled);
        loop {
            let next = match &mut self.walk {
                Walk::All(search) => (search.next(), search.size()),
                Walk::Shortest(search) => (search.next(), search.size()),
            };
            let (next, size) = next;
            let (count, edges) = found.size();
            match next {
                Next::Match => match &self.walk {
                    Walk::All(search) => found.push(search.found()),
                    Walk::Shortest(search) => found.push(search.found()),
                },
                Next::Pause | Next::Done => {
                    self.searching.try_resize(size.saturating_add(edges * size_of::<u32>()))?;
                    self.is_done = next == Next::Done;
                    return match count {
                        0 => Ok(None),
                        _ => self.maker.rows(&found).map(Some),
                    };
                }
            }
            if count + 1 >= self.batch_size || edges >= MOST_EDGES {
                return self.maker.rows(&found).map(Some);
            }
        }
    }
}

impl Iterator for Matching {
    type Item = Result<Option<RecordBatch>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done { None } else { Some(self.batch()) }
    }
}

/// Which elements of the graph those of the pattern may be.
fn allowed(graph: &mut GraphData, compiled: &CompiledPattern, hash: &Computed) -> Result<Pattern> {
    let mut nodes = Vec::with_capacity(compiled.nodes.len());
    for conditions in &compiled.nodes {
        nodes.push(all_true(graph, Elements::Nodes, conditions, hash)?);
    }
    let mut edges = Vec::with_capacity(compiled.edges.len());
    for edge in &compiled.edges {
        edges.push(EdgeSlot {
            nodes: edge.nodes,
            direction: edge.direction,
            least: edge.least,
            most: edge.most,
            edges: all_true(graph, Elements::Edges, &edge.edges, hash)?,
            inner: all_true(graph, Elements::Nodes, &edge.inner, hash)?,
        });
    }
    let count = graph.nodes.rows;
    if graph.ends.len() >= usize::try_from(super::data::NONE).unwrap_or(usize::MAX) {
        return Err(internal("a graph has too many edges"));
    }
    Ok(Pattern {
        outgoing: Adjacency::of(count, &graph.ends, |[source, _]| source),
        incoming: Adjacency::of(count, &graph.ends, |[_, target]| target),
        ends: graph.ends.clone(),
        nodes,
        edges,
        search: compiled.search,
        count,
    })
}

fn all_true(
    graph: &GraphData,
    of: Elements,
    conditions: &[Computed],
    hash: &Computed,
) -> Result<Option<Vec<bool>>> {
    let mut all: Option<Vec<bool>> = None;
    for condition in conditions {
        let own = graph.truths(of, condition, hash)?;
        all = Some(match all {
            None => own,
            Some(all) => all.into_iter().zip(own).map(|(one, other)| one && other).collect(),
        });
    }
    Ok(all)
}

/// What a pattern's view of a graph takes. **Unit**: bytes.
fn graph_size(pattern: &Pattern) -> usize {
    let slots = pattern.nodes.len() + pattern.edges.len();
    pattern.ends.len() * 16 + pattern.count * (8 + slots)
}
