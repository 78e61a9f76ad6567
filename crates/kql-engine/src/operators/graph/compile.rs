//! Conditions and values over elements of a graph, as expressions that can be computed.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::datatypes::Schema;
use datafusion::common::DFSchema;
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::physical_expr::create_physical_expr;
use kql_semantics::Type;
use kql_semantics::bound::{
    Column, ColumnId, ElementColumn, ElementValue, GraphPattern, GraphSearch, PathElements,
    PathFunction, PathValue, Scalar, ScalarKind,
};
use kql_syntax::Span;

use super::data::Computed;
use crate::QueryError;
use crate::diagnostics::{not_supported, refused};
use crate::lower::Lowering;
use crate::plan::{column, column_name};

/// Compiles expressions over elements.
pub(super) struct Compiler<'l, 'a> {
    pub(super) lowering: &'l Lowering<'a>,
}

/// A pattern, ready to be searched for in any graph.
#[derive(Debug)]
pub(super) struct CompiledPattern {
    /// For each node of the pattern what it must satisfy.
    pub(super) nodes: Vec<Vec<Computed>>,
    pub(super) edges: Vec<CompiledEdge>,
    pub(super) search: GraphSearch,
    pub(super) outputs: Vec<Given>,
    pub(super) paths: Vec<CompiledPath>,
}

/// An edge of a pattern.
#[derive(Debug)]
pub(super) struct CompiledEdge {
    pub(super) nodes: [usize; 2],
    pub(super) direction: kql_semantics::bound::EdgeDirection,
    pub(super) least: usize,
    pub(super) most: usize,
    /// What each of its edges must satisfy, and each node between two of them.
    pub(super) edges: Vec<Computed>,
    pub(super) inner: Vec<Computed>,
}

/// Something computed along a path.
#[derive(Debug)]
pub(super) struct CompiledPath {
    pub(super) function: PathFunction,
    pub(super) edge: usize,
    pub(super) over: PathElements,
    pub(super) ty: Type,
    pub(super) value: Computed,
    /// Where the columns beyond the path's own come from; none where it has only those.
    pub(super) outer: Vec<Given>,
}

/// What an output column holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum Given {
    /// Something of a node slot.
    Node(usize, ElementColumn),
    /// Something of an edge slot that is one edge.
    Edge(usize, ElementColumn),
    /// A value along a path, by its place.
    Path(usize, ColumnId, Type),
}

/// What of a pattern a condition is about.
enum About {
    Node(usize),
    Edge(usize),
    Several,
}

/// A condition as true, false or null.
pub(super) fn truth(lowering: &Lowering<'_>, condition: &Scalar) -> Result<Expr, QueryError> {
    let value = lowering.scalar(condition)?;
    lowering.converted(value, condition.ty, Type::Bool, condition.span)
}

impl Compiler<'_, '_> {
    /// An expression over these columns of an element.
    pub(super) fn computed(
        &self,
        expression: Expr,
        columns: &[ElementColumn],
    ) -> Result<Computed, QueryError> {
        let fields = columns.iter().map(|column| super::field(column.id, column.ty));
        let schema = Schema::new(fields.collect::<Vec<_>>());
        let expression = create_physical_expr(
            &expression,
            &DFSchema::try_from(schema.clone())?,
            &ExecutionProps::new(),
            &PhysicalPlanningContext::default(),
        )?;
        Ok(Computed { expression, schema: Arc::new(schema), columns: columns.to_vec() })
    }

    /// What hashes ids.
    pub(super) fn hash(&self, id_type: Type, at: Span) -> Result<Computed, QueryError> {
        let id = ColumnId(0);
        let argument = (column(&column_name(id)), id_type);
        let hash = self.lowering.function_of("hash", argument, Type::Long, at)?;
        self.computed(hash, &[ElementColumn { id, ty: id_type, value: ElementValue::NodeId }])
    }

    /// A pattern, and the conditions that are left for its matches.
    pub(super) fn pattern<'p>(
        &self,
        pattern: &'p GraphPattern,
        wanted: &[Column],
    ) -> Result<(CompiledPattern, Vec<&'p Scalar>), QueryError> {
        let mut compiled = CompiledPattern {
            nodes: pattern.nodes.iter().map(|_| Vec::new()).collect(),
            edges: pattern.edges.iter().map(compiled_edge).collect(),
            search: pattern.search,
            outputs: Vec::with_capacity(wanted.len()),
            paths: Vec::with_capacity(pattern.paths.len()),
        };
        for path in &pattern.paths {
            compiled.paths.push(self.path(pattern, path)?);
        }
        for own in wanted {
            compiled.outputs.push(given(pattern, own.id).ok_or_else(|| {
                QueryError::Internal(String::from("a graph pattern lacks a column"))
            })?);
        }
        let mut residual = Vec::new();
        for condition in &pattern.constraints {
            if !self.is_pushed(pattern, condition, &mut compiled)? {
                residual.push(condition);
            }
        }
        self.check_shortest(pattern, &residual)?;
        Ok((compiled, residual))
    }

    /// Has the search itself see to a condition, where it can.
    fn is_pushed(
        &self,
        pattern: &GraphPattern,
        condition: &Scalar,
        compiled: &mut CompiledPattern,
    ) -> Result<bool, QueryError> {
        if let ScalarKind::Column(id) = condition.kind
            && let Some(at) = pattern.paths.iter().position(|path| path.id == id)
            && let (Some(path), Some(ready)) = (pattern.paths.get(at), compiled.paths.get(at))
            && path.function == PathFunction::All
            && ready.outer.is_empty()
        {
            let value = ready.value.clone();
            if let Some(edge) = compiled.edges.get_mut(path.edge) {
                match path.over {
                    PathElements::Edges => edge.edges.push(value),
                    PathElements::InnerNodes => edge.inner.push(value),
                }
            }
            return Ok(true);
        }
        let columns = self.lowering.columns_in(condition);
        match about(pattern, &columns) {
            About::Several => Ok(false),
            About::Node(slot) => {
                let of = pattern.nodes.get(slot).map(|node| &node.columns);
                let value = self.condition(condition, &columns, of)?;
                if let Some(conditions) = compiled.nodes.get_mut(slot) {
                    conditions.push(value);
                }
                Ok(true)
            }
            About::Edge(slot) => {
                let of = pattern.edges.get(slot).map(|edge| &edge.columns);
                let value = self.condition(condition, &columns, of)?;
                if let Some(edge) = compiled.edges.get_mut(slot) {
                    edge.edges.push(value);
                }
                Ok(true)
            }
        }
    }

    fn condition(
        &self,
        condition: &Scalar,
        used: &HashSet<ColumnId>,
        of: Option<&Vec<ElementColumn>>,
    ) -> Result<Computed, QueryError> {
        let columns = of.into_iter().flatten().filter(|column| used.contains(&column.id));
        let columns: Vec<ElementColumn> = columns.copied().collect();
        self.computed(truth(self.lowering, condition)?, &columns)
    }

    fn path(&self, pattern: &GraphPattern, path: &PathValue) -> Result<CompiledPath, QueryError> {
        let value = match path.function {
            PathFunction::Map => self.lowering.scalar(&path.value)?,
            PathFunction::All | PathFunction::Any => truth(self.lowering, &path.value)?,
        };
        let mut columns = path.columns.clone();
        let mut outer = Vec::new();
        let mut used: Vec<ColumnId> = self.lowering.columns_in(&path.value).into_iter().collect();
        used.sort_unstable();
        for id in used {
            if columns.iter().any(|column| column.id == id) {
                continue;
            }
            match given(pattern, id) {
                Some(own @ (Given::Node(_, column) | Given::Edge(_, column))) => {
                    columns.push(column);
                    outer.push(own);
                }
                Some(Given::Path(..)) | None => {
                    let what = "a function of a path over another path";
                    return Err(refused(not_supported(what, path.value.span)));
                }
            }
        }
        let value = self.computed(value, &columns)?;
        let ty = path.value.ty;
        Ok(CompiledPath {
            function: path.function,
            edge: path.edge,
            over: path.over,
            ty,
            value,
            outer,
        })
    }

    /// Refuses conditions that decide which path is the shortest and that the search can not see.
    fn check_shortest(
        &self,
        pattern: &GraphPattern,
        residual: &[&Scalar],
    ) -> Result<(), QueryError> {
        if !matches!(pattern.search, GraphSearch::ShortestAny | GraphSearch::ShortestAll) {
            return Ok(());
        }
        if pattern.nodes.len() != pattern.edges.len() + 1 {
            let at = residual.first().map_or(Span::default(), |condition| condition.span);
            let what = "a node that comes twice in a pattern of `graph-shortest-paths`";
            return Err(refused(not_supported(what, at)));
        }
        for condition in residual {
            let is_outer = |id: &ColumnId| match given(pattern, *id) {
                Some(Given::Node(slot, _)) => slot == 0 || slot == pattern.edges.len(),
                Some(Given::Edge(..) | Given::Path(..)) | None => false,
            };
            if !self.lowering.columns_in(condition).iter().all(is_outer) {
                let what = "a condition on several parts of a path in `graph-shortest-paths`";
                return Err(refused(not_supported(what, condition.span)));
            }
        }
        Ok(())
    }
}

fn compiled_edge(edge: &kql_semantics::bound::PatternEdge) -> CompiledEdge {
    let (least, most) = edge.length.unwrap_or((1, 1));
    let size = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
    CompiledEdge {
        nodes: edge.nodes,
        direction: edge.direction,
        least: size(least),
        most: size(most),
        edges: Vec::new(),
        inner: Vec::new(),
    }
}

/// Where a column of a pattern comes from.
fn given(pattern: &GraphPattern, id: ColumnId) -> Option<Given> {
    let find = |columns: &[ElementColumn]| columns.iter().find(|column| column.id == id).copied();
    for (slot, node) in pattern.nodes.iter().enumerate() {
        if let Some(column) = find(&node.columns) {
            return Some(Given::Node(slot, column));
        }
    }
    for (slot, edge) in pattern.edges.iter().enumerate() {
        if edge.length.is_none()
            && let Some(column) = find(&edge.columns)
        {
            return Some(Given::Edge(slot, column));
        }
    }
    let at = pattern.paths.iter().position(|path| path.id == id)?;
    let is_array = pattern.paths.get(at)?.function == PathFunction::Map;
    Some(Given::Path(at, id, if is_array { Type::Dynamic } else { Type::Bool }))
}

/// The only element that a condition is about.
fn about(pattern: &GraphPattern, columns: &HashSet<ColumnId>) -> About {
    let mut only = None;
    for id in columns {
        let slot = match given(pattern, *id) {
            Some(Given::Node(slot, _)) => (true, slot),
            Some(Given::Edge(slot, _)) => (false, slot),
            Some(Given::Path(..)) | None => return About::Several,
        };
        if *only.get_or_insert(slot) != slot {
            return About::Several;
        }
    }
    match only {
        Some((true, slot)) => About::Node(slot),
        Some((false, slot)) => About::Edge(slot),
        None => About::Several,
    }
}
