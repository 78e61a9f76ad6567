//! Walking a bound query.

use std::collections::{BTreeSet, HashSet};

use kql_syntax::Name;

use super::{
    AggregateCall, BoundQuery, BoundResult, Evaluate, MvExpandRowset, PluginArgument, Rowset,
    RowsetKind, Scalar, ScalarKind,
};

impl Scalar {
    /// Its operands and arguments, in order. Tables inside it (`toscalar`, `in (table)`) are not among them.
    pub fn for_each_child<'a>(&'a self, visit: &mut dyn FnMut(&'a Scalar)) {
        match &self.kind {
            ScalarKind::Literal(_)
            | ScalarKind::Column(_)
            | ScalarKind::Shared(_)
            | ScalarKind::Parameter(_)
            | ScalarKind::Subquery(_) => {}
            ScalarKind::Call(call) => call.arguments.iter().for_each(visit),
            ScalarKind::Convert(operand)
            | ScalarKind::Output { call: operand, .. }
            | ScalarKind::Unary { operand, .. }
            | ScalarKind::Member { base: operand, .. }
            | ScalarKind::InTable { value: operand, .. } => visit(operand),
            ScalarKind::Binary { operands, .. } => operands.iter().for_each(visit),
            ScalarKind::Between { operands, .. } => operands.iter().for_each(visit),
            ScalarKind::Logical { operands, .. } => operands.iter().for_each(visit),
            ScalarKind::InList { value, list, .. } => {
                visit(value);
                list.iter().for_each(visit);
            }
            ScalarKind::Index { base, index } => {
                visit(base);
                visit(index);
            }
        }
    }

    /// The table inside it, if it is one with a table.
    #[must_use]
    pub fn table(&self) -> Option<&Rowset> {
        match &self.kind {
            ScalarKind::Subquery(table) | ScalarKind::InTable { table, .. } => Some(table),
            _ => None,
        }
    }

    /// It and all scalars below it, outermost first; not those of tables inside it.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Scalar)) {
        visit(self);
        self.for_each_child(&mut |child| child.walk(visit));
    }
}

impl Rowset {
    /// The rowsets that its rows come from, definitions of tabular `let`s and bodies of subqueries included.
    pub fn for_each_input<'a>(&'a self, visit: &mut dyn FnMut(&'a Rowset)) {
        match &self.kind {
            RowsetKind::Error
            | RowsetKind::Table(_)
            | RowsetKind::Values(_)
            | RowsetKind::Print(_)
            | RowsetKind::Range { .. }
            | RowsetKind::ExternalData(_)
            | RowsetKind::Context(_) => {}
            RowsetKind::Called(called) => called.input.iter().for_each(|input| visit(input)),
            RowsetKind::Reference { definition } => visit(&definition.rowset),
            RowsetKind::Filter { input, .. }
            | RowsetKind::Extend { input, .. }
            | RowsetKind::Project { input, .. }
            | RowsetKind::Distinct { input }
            | RowsetKind::Summarize { input, .. }
            | RowsetKind::Sort { input, .. }
            | RowsetKind::Take { input, .. }
            | RowsetKind::Sample { input, .. }
            | RowsetKind::SampleDistinct { input, .. }
            | RowsetKind::Serialize { input }
            | RowsetKind::TopHitters { input, .. }
            | RowsetKind::Reduce { input, .. }
            | RowsetKind::Consume { input }
            | RowsetKind::AssertSchema { input } => visit(input),
            RowsetKind::Join(join) => {
                visit(&join.left);
                visit(&join.right);
            }
            RowsetKind::Union(union) => union.legs.iter().for_each(|leg| visit(&leg.rowset)),
            RowsetKind::MvExpand(expand) => visit(&expand.input),
            RowsetKind::MvApply(apply) => {
                visit(&apply.expand.input);
                visit(&apply.body);
            }
            RowsetKind::Parse(parse) => visit(&parse.input),
            RowsetKind::ParseKv(parse) => visit(&parse.input),
            RowsetKind::MakeSeries(series) => visit(&series.input),
            RowsetKind::Scan(scan) => visit(&scan.input),
            RowsetKind::Partition(partition) => {
                visit(&partition.input);
                visit(&partition.body);
            }
            RowsetKind::TopNested(top) => visit(&top.input),
            RowsetKind::Graph(graph) => graph.for_each_input(visit),
            RowsetKind::Evaluate(evaluate) => evaluate.for_each_input(visit),
        }
    }

    /// The scalar expressions of this operator, not of its inputs; aggregates' arguments included.
    pub fn for_each_scalar<'a>(&'a self, visit: &mut dyn FnMut(&'a Scalar)) {
        match &self.kind {
            RowsetKind::Error
            | RowsetKind::Table(_)
            | RowsetKind::Values(_)
            | RowsetKind::Context(_)
            | RowsetKind::Reference { .. }
            | RowsetKind::Distinct { .. }
            | RowsetKind::Union(_)
            | RowsetKind::Serialize { .. }
            | RowsetKind::Consume { .. }
            | RowsetKind::AssertSchema { .. } => {}
            RowsetKind::Print(values) => values.iter().for_each(visit),
            RowsetKind::Range { bounds } => bounds.iter().for_each(visit),
            RowsetKind::ExternalData(source) => source.uris.iter().for_each(visit),
            RowsetKind::Called(called) => called.arguments.iter().for_each(visit),
            RowsetKind::Filter { predicate, .. } => visit(predicate),
            RowsetKind::Extend { columns, .. } | RowsetKind::Project { columns, .. } => {
                columns.iter().for_each(|(_, value)| visit(value));
            }
            RowsetKind::Summarize { keys, aggregates, .. } => {
                keys.iter().for_each(|(_, value)| visit(value));
                aggregates.iter().for_each(|aggregate| arguments(aggregate, visit));
            }
            RowsetKind::Join(join) => join.keys.iter().for_each(|(left, right)| {
                visit(left);
                visit(right);
            }),
            RowsetKind::Sort { keys, .. } => keys.iter().for_each(|key| visit(&key.value)),
            RowsetKind::Take { count, .. }
            | RowsetKind::Sample { count, .. }
            | RowsetKind::SampleDistinct { count, .. } => visit(count),
            RowsetKind::MvExpand(expand) => expansions(expand, visit),
            RowsetKind::MvApply(apply) => expansions(&apply.expand, visit),
            RowsetKind::Parse(parse) => {
                visit(&parse.source);
                for piece in &parse.pattern {
                    if let super::ParsePattern::Text(text) = piece {
                        visit(text);
                    }
                }
            }
            RowsetKind::ParseKv(parse) => {
                visit(&parse.source);
                parse.properties.iter().for_each(|(_, value)| visit(value));
            }
            RowsetKind::MakeSeries(series) => make_series(series, visit),
            RowsetKind::Scan(scan) => {
                scan.partition_by.iter().for_each(&mut *visit);
                for step in &scan.steps {
                    visit(&step.condition);
                    step.assignments.iter().for_each(|(_, value)| visit(value));
                }
            }
            RowsetKind::Partition(partition) => visit(&partition.by),
            RowsetKind::TopNested(top) => {
                top.levels.iter().for_each(|level| top_nested_level(level, visit))
            }
            RowsetKind::TopHitters { count, of, by, .. } => {
                visit(count);
                visit(&of.1);
                by.iter().for_each(visit);
            }
            RowsetKind::Reduce { of, properties, .. } => {
                visit(of);
                properties.iter().for_each(|(_, value)| visit(value));
            }
            RowsetKind::Graph(graph) => graph.for_each_scalar(visit),
            RowsetKind::Evaluate(evaluate) => evaluate.for_each_scalar(visit),
        }
    }

    /// It and all rowsets that its rows come from, outermost first; tables inside scalars (`toscalar`, `in (table)`) too.
    /// What several names refer to comes once: definitions that use one another twice are there very often.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Rowset)) {
        Walk { visit, seen: HashSet::new() }.rowset(self);
    }
}

impl BoundQuery {
    /// All rowsets of all results and shared scalars, as [`Rowset::walk`] gives those of one.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Rowset)) {
        let mut walk = Walk { visit, seen: HashSet::new() };
        for result in &self.results {
            match result {
                BoundResult::Table { rowset, .. } => walk.rowset(rowset),
                BoundResult::Tables(several) => {
                    several.iter().for_each(|(_, rowset)| walk.rowset(rowset));
                }
                BoundResult::Scalar(scalar) => walk.tables_in(scalar),
            }
        }
        self.shared.iter().for_each(|scalar| walk.tables_in(scalar));
    }

    /// The tables that it reads, by name.
    #[must_use]
    pub fn tables(&self) -> BTreeSet<Name> {
        let mut names = BTreeSet::new();
        self.walk(&mut |rowset| {
            if let RowsetKind::Table(table) = &rowset.kind {
                names.insert(table.name.clone());
            }
        });
        names
    }
}

/// Goes through rowsets, into each definition once.
struct Walk<'v, 'a> {
    visit: &'v mut dyn FnMut(&'a Rowset),
    seen: HashSet<u32>,
}

impl<'a> Walk<'_, 'a> {
    fn rowset(&mut self, rowset: &'a Rowset) {
        (self.visit)(rowset);
        if let RowsetKind::Reference { definition } = &rowset.kind
            && !self.seen.insert(definition.id)
        {
            return;
        }
        rowset.for_each_input(&mut |input| self.rowset(input));
        rowset.for_each_scalar(&mut |scalar| self.tables_in(scalar));
    }

    fn tables_in(&mut self, scalar: &'a Scalar) {
        scalar.walk(&mut |inner| {
            if let Some(table) = inner.table() {
                self.rowset(table);
            }
        });
    }
}

impl Evaluate {
    /// Its input and tabular arguments.
    pub fn for_each_input<'a>(&'a self, visit: &mut dyn FnMut(&'a Rowset)) {
        self.input.iter().for_each(&mut *visit);
        for argument in &self.arguments {
            if let PluginArgument::Table(table) = argument {
                visit(table);
            }
        }
    }

    /// Its scalar arguments, aggregates' arguments included.
    pub fn for_each_scalar<'a>(&'a self, visit: &mut dyn FnMut(&'a Scalar)) {
        for argument in &self.arguments {
            match argument {
                PluginArgument::Scalar(value) => visit(value),
                PluginArgument::Aggregate(aggregate) => arguments(aggregate, visit),
                PluginArgument::Table(_) | PluginArgument::Star => {}
            }
        }
    }
}

fn arguments<'a>(aggregate: &'a AggregateCall, visit: &mut dyn FnMut(&'a Scalar)) {
    aggregate.arguments.iter().for_each(visit);
}

fn expansions<'a>(expand: &'a MvExpandRowset, visit: &mut dyn FnMut(&'a Scalar)) {
    expand.expansions.iter().for_each(|expansion| visit(&expansion.source));
    expand.limit.iter().for_each(visit);
}

fn make_series<'a>(series: &'a super::MakeSeriesRowset, visit: &mut dyn FnMut(&'a Scalar)) {
    for (aggregate, default) in &series.series {
        arguments(aggregate, visit);
        default.iter().for_each(&mut *visit);
    }
    visit(&series.axis.1);
    series.from.iter().chain(&series.to).chain([&series.step]).for_each(&mut *visit);
    series.keys.iter().for_each(|(_, value)| visit(value));
}

fn top_nested_level<'a>(level: &'a super::TopNestedLevelRowset, visit: &mut dyn FnMut(&'a Scalar)) {
    level.count.iter().chain(&level.others).for_each(&mut *visit);
    visit(&level.of.1);
    level.aggregates.iter().for_each(|aggregate| arguments(aggregate, visit));
    visit(&level.by.1);
}
