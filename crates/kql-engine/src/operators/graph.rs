//! `graph-match`, `graph-shortest-paths`, `graph-to-table`: one operator makes the graph and what is wanted of it.
//!
//! The graph stands in memory, its edges sorted by their ends. Conditions on one element of a pattern are computed for all
//! nodes or edges before the search, those on several behind it. The search gives matches one by one and holds only the one
//! at hand; how many there are is a matter of the pattern, and may grow beyond the graph's size.

mod build;
mod compile;
mod data;
mod matches;
mod node;
mod search;
mod shortest;
mod steps;

use std::collections::HashSet;
use std::sync::Arc;

use kql_functions::physical;
use kql_semantics::Type;
use kql_semantics::bound::{
    ColumnId, ElementColumn, ElementValue, Graph, GraphOutput, GraphRowset, GraphStep, Rowset,
    Scalar, ScalarKind,
};

use super::barrier::InOrder;
use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::{Plan, column, column_name};
use build::{NodeSource, Sources};
use compile::{Compiler, truth};
use node::{GraphOperator, Output};
use steps::Step;

pub(crate) fn lower(
    lowering: &mut Lowering<'_>,
    rowset: &Rowset,
    parts: &GraphRowset,
) -> Result<Plan, QueryError> {
    let graph = &*parts.graph;
    refuse_windows(parts)?;
    let edges = lowering.rowset(&graph.edge_rows)?.all_one("`make-graph`", rowset.span)?;
    // Nothing stands in columns yet of what is computed over elements.
    let edges = lowering.prepared(edges, &[])?;
    let used = used(lowering, parts);
    let mut tables = Vec::with_capacity(graph.node_tables.len());
    for table in &graph.node_tables {
        tables.push(lowering.rowset(&table.rows)?.all_one("`make-graph`", rowset.span)?);
    }
    let edges = lowering.prepared(edges, &[])?;
    let (sources, edges, tables) = sources(graph, &used, edges, tables)?;
    let compiler = Compiler { lowering };
    let steps = steps_of(&compiler, graph, rowset)?;
    let (output, residual) = match &parts.output {
        GraphOutput::Whole => {
            return Err(refused(not_supported(
                "a graph as the result of a query, without `graph-to-table` or `graph-match`,",
                rowset.span,
            )));
        }
        GraphOutput::Nodes(columns) => (Output::Nodes(columns.clone()), Vec::new()),
        GraphOutput::Edges(columns) => (Output::Edges(columns.clone()), Vec::new()),
        GraphOutput::Match(pattern) => {
            let (pattern, residual) = compiler.pattern(pattern, &rowset.columns)?;
            (Output::Match(Arc::new(pattern)), residual)
        }
    };
    let hash = compiler.hash(graph.id_type, rowset.span)?;
    let operator = GraphOperator { sources: Arc::new(sources), steps, output, hash };
    let inputs = std::iter::once(edges.plan).chain(tables.into_iter().map(|table| table.plan));
    let plan = crate::node::plan(Arc::new(operator), Vec::new(), inputs.collect())?;
    let mut plan = Plan::unordered(plan);
    for condition in residual {
        plan = lowering.prepared(plan, &[condition])?;
        plan = plan.filter(lowering.predicate(condition)?)?;
    }
    Ok(plan)
}

fn refuse_windows(parts: &GraphRowset) -> Result<(), QueryError> {
    let mut found = None;
    parts.for_each_scalar(&mut |scalar| {
        scalar.walk(&mut |inner| {
            if let ScalarKind::Call(call) = &inner.kind
                && super::windows::is_window(&call.function)
            {
                found = Some((call.function.clone(), inner.span));
            }
        });
    });
    match found {
        Some((name, at)) => Err(refused(not_supported(&format!("`{name}()` over a graph"), at))),
        None => Ok(()),
    }
}

/// The columns of the graph's nodes and edges that are asked for.
fn used(lowering: &Lowering<'_>, parts: &GraphRowset) -> HashSet<ColumnId> {
    let mut used = HashSet::new();
    let mut add = |columns: &[ElementColumn]| {
        for column in columns {
            if let ElementValue::Property(id) = column.value {
                used.insert(id);
            }
        }
    };
    match &parts.output {
        GraphOutput::Whole => {}
        GraphOutput::Nodes(columns) | GraphOutput::Edges(columns) => add(columns),
        GraphOutput::Match(pattern) => {
            pattern.nodes.iter().for_each(|node| add(&node.columns));
            pattern.edges.iter().for_each(|edge| add(&edge.columns));
            pattern.paths.iter().for_each(|path| add(&path.columns));
        }
    }
    for step in &parts.graph.steps {
        if let GraphStep::WhereNodes(predicate) | GraphStep::WhereEdges(predicate) = step {
            used.extend(lowering.columns_in(predicate));
        }
    }
    used
}

/// What the graph is made of, and plans of just that.
fn sources(
    graph: &Graph,
    used: &HashSet<ColumnId>,
    edges: Plan,
    tables: Vec<Plan>,
) -> Result<(Sources, Plan, Vec<Plan>), QueryError> {
    let wanted = |own: &&kql_semantics::bound::Column| used.contains(&own.id);
    let edge_columns: Vec<(ColumnId, Type)> =
        graph.edges.iter().filter(wanted).map(|own| (own.id, own.ty)).collect();
    let needed = graph.ends.iter().chain(&graph.partition).copied();
    let edges = only(edges, needed.chain(edge_columns.iter().map(|(id, _)| *id)))?;
    let places: Vec<usize> = (0..graph.nodes.len())
        .filter(|at| graph.nodes.get(*at).is_some_and(|own| used.contains(&own.id)))
        .collect();
    let node_columns = places.iter().filter_map(|at| graph.nodes.get(*at));
    let node_columns: Vec<(ColumnId, Type)> = node_columns.map(|own| (own.id, own.ty)).collect();
    let mut node_sources = Vec::with_capacity(tables.len());
    let mut plans = Vec::with_capacity(tables.len());
    for (table, plan) in graph.node_tables.iter().zip(tables) {
        let columns: Vec<Option<ColumnId>> =
            places.iter().map(|at| table.columns.get(*at).copied().flatten()).collect();
        let needed = std::iter::once(table.id).chain(table.partition);
        let plan = only(plan, needed.chain(columns.iter().copied().flatten()))?;
        node_sources.push(NodeSource {
            id: column_name(table.id),
            partition: table.partition.map(column_name),
            columns: columns.iter().map(|id| id.map(column_name)).collect(),
            is_id: columns.iter().map(|id| *id == Some(table.id)).collect(),
        });
        plans.push(plan);
    }
    let sources = Sources {
        ends: graph.ends.map(column_name),
        id_type: graph.id_type,
        partition: graph.partition.map(column_name),
        node_id: graph.node_id,
        nodes: node_columns,
        edges: edge_columns,
        tables: node_sources,
    };
    Ok((sources, edges, plans))
}

/// Just these columns of a plan, and what its order is made of, in that order.
fn only(plan: Plan, ids: impl Iterator<Item = ColumnId>) -> Result<Plan, QueryError> {
    let mut seen = HashSet::new();
    let names = ids.filter(|id| seen.insert(*id)).map(column_name);
    let plan = plan.project(names.map(|name| (column(&name), name)).collect())?;
    plan.in_order(Arc::new(InOrder))
}

fn steps_of(
    compiler: &Compiler<'_, '_>,
    graph: &Graph,
    rowset: &Rowset,
) -> Result<Vec<Step>, QueryError> {
    let types = |id: ColumnId| {
        let all = graph.nodes.iter().chain(&graph.edges);
        all.into_iter().find(|own| own.id == id).map(|own| own.ty)
    };
    let condition = |predicate: &Scalar| {
        let columns = compiler.lowering.columns_in(predicate).into_iter();
        let columns = columns.filter_map(|id| {
            Some(ElementColumn { id, ty: types(id)?, value: ElementValue::Property(id) })
        });
        let columns: Vec<ElementColumn> = columns.collect();
        compiler.computed(truth(compiler.lowering, predicate)?, &columns)
    };
    let mut steps = Vec::with_capacity(graph.steps.len());
    for step in &graph.steps {
        steps.push(match step {
            GraphStep::WhereNodes(predicate) => Step::WhereNodes(condition(predicate)?),
            GraphStep::WhereEdges(predicate) => Step::WhereEdges(condition(predicate)?),
            GraphStep::MarkComponents { id, is_strong } => {
                Step::MarkComponents { id: *id, is_strong: *is_strong }
            }
            GraphStep::Match => {
                return Err(refused(not_supported("`graph-match` without `project`", rowset.span)));
            }
        });
    }
    Ok(steps)
}

/// The field of an output column.
fn field(id: ColumnId, ty: Type) -> arrow::datatypes::Field {
    physical::field(&column_name(id), ty)
}
