//! Pipelines: each operator takes the rows of the one before.

use kql_syntax::Span;
use kql_syntax::tree::{Expr, Operator, OperatorKind, SubQuery};

use super::Binder;
use super::parameters::is_set;
use super::term::{Meaning, Term};
use crate::bound::{Rowset, RowsetKind};
use crate::diagnostics;

impl<'a> Binder<'a> {
    /// `source | operator | operator`
    pub(crate) fn pipe(&mut self, source: &'a Expr, operators: &'a [Operator], span: Span) -> Term {
        let outer = std::mem::take(&mut self.depth);
        let was_fuzzy = self.is_fuzzy;
        if let Some(OperatorKind::Union { parameters, .. }) =
            operators.first().map(|operator| &operator.kind)
            && is_set(parameters, "isfuzzy")
        {
            self.is_fuzzy = true;
        }
        let input = self.table_term(source);
        self.is_fuzzy = was_fuzzy;
        let term = self.operators(input, operators);
        self.depth = self.depth.max(outer);
        Term { span, ..term }
    }

    /// Runs operators over what `input` is; `self.depth` is that of the input, then of the result.
    fn operators(&mut self, input: Term, operators: &'a [Operator]) -> Term {
        let mut depth = self.depth;
        let mut term = input;
        for operator in operators {
            if !self.spend(1, operator.span) || !self.check_depth(depth, operator.keyword) {
                return Term::table(Rowset::wrong(self.at(operator.span)), operator.span);
            }
            self.depth = 0;
            term = self.operator(operator, term);
            depth = depth.max(self.depth) + 1;
        }
        self.depth = depth;
        term
    }

    /// Operators over the rows of the operator around.
    pub(crate) fn subquery(&mut self, context: Rowset, subquery: &'a SubQuery) -> Term {
        self.subquery_over(Term::table(context, subquery.span), subquery)
    }

    /// Operators over what `term` is.
    pub(crate) fn subquery_over(&mut self, term: Term, subquery: &'a SubQuery) -> Term {
        let outer = std::mem::take(&mut self.depth);
        let term = self.without_rows(|binder| binder.operators(term, &subquery.operators));
        self.depth = self.depth.max(outer);
        term
    }

    /// An operator that stands first.
    pub(crate) fn source_operator(&mut self, operator: &'a Operator) -> Term {
        let outer = std::mem::take(&mut self.depth);
        let rowset = match &operator.kind {
            OperatorKind::Print { columns } => self.print_operator(columns, operator),
            OperatorKind::Range { name, from, to, step } => {
                self.range_operator(name, [from, to, step], operator)
            }
            OperatorKind::Union { parameters, tables } => {
                self.union_operator(None, parameters, tables, operator)
            }
            OperatorKind::Search { parameters, tables, predicate } => {
                self.search_operator(None, (parameters, tables, predicate), operator)
            }
            OperatorKind::Find(find) => self.find_operator(find, operator),
            OperatorKind::Evaluate { .. } => return self.evaluate_term(None, operator, outer),
            OperatorKind::MacroExpand(expand) => self.macro_expand_operator(expand, operator),
            OperatorKind::InlineExternalTable(table) => {
                self.inline_external_table_operator(table, operator)
            }
            OperatorKind::Unknown(_) => Rowset::wrong(self.at(operator.span)),
            _ => {
                let at = self.at(operator.keyword);
                self.report(diagnostics::operator_can_not_be_first(at));
                Rowset::wrong(self.at(operator.span))
            }
        };
        self.depth = (self.depth + 1).max(outer);
        Term::table(rowset, operator.span)
    }

    fn evaluate_term(&mut self, input: Option<Rowset>, operator: &'a Operator, depth: u32) -> Term {
        let term = match &operator.kind {
            OperatorKind::Evaluate { parameters, call, schema } => {
                self.evaluate_operator(input, (parameters, call, schema.as_ref()), operator)
            }
            _ => Term::wrong(operator.span),
        };
        self.depth = (self.depth + 1).max(depth);
        term
    }

    /// An operator behind a bar.
    fn operator(&mut self, operator: &'a Operator, input: Term) -> Term {
        if let Meaning::Graph(graph) = input.meaning {
            return self.graph_operator(&graph, operator);
        }
        if let (Meaning::Tables(_), OperatorKind::Render { chart, properties }) =
            (&input.meaning, &operator.kind)
        {
            // The tables of a `fork` stay apart.
            self.render_as(chart, properties, operator);
            return input;
        }
        let input = self.operator_input(input);
        let rowset = match &operator.kind {
            OperatorKind::Fork { branches } => {
                return self.fork_operator(input, branches, operator);
            }
            OperatorKind::Facet { columns, with } => {
                return self.facet_operator(input, columns, with.as_ref(), operator);
            }
            OperatorKind::Evaluate { parameters, call, schema } => {
                let parts = (parameters.as_slice(), call, schema.as_ref());
                return self.evaluate_operator(Some(input), parts, operator);
            }
            OperatorKind::MakeGraph(graph) => {
                return self.make_graph_operator(input, graph, operator);
            }
            OperatorKind::Invoke { function } => {
                return self.invoke_operator(input, function, operator);
            }
            kind => self.rows_operator(kind, input, operator),
        };
        Term::table(rowset, operator.span)
    }

    /// The rows that an operator takes.
    fn operator_input(&mut self, input: Term) -> Rowset {
        match input.meaning {
            Meaning::Tables(tables) => self.union_of(tables, input.span),
            Meaning::EntityGroup(_) | Meaning::Columns(_) | Meaning::Star => {
                Rowset::wrong(self.at(input.span))
            }
            _ => self.expect_table(input),
        }
    }

    /// An operator that takes rows and gives rows.
    fn rows_operator(
        &mut self,
        kind: &'a OperatorKind,
        input: Rowset,
        operator: &'a Operator,
    ) -> Rowset {
        match kind {
            OperatorKind::As { parameters, name } => {
                self.as_operator(input, parameters, name, operator)
            }
            OperatorKind::AssertSchema(schema) => {
                self.assert_schema_operator(input, schema, operator)
            }
            OperatorKind::Consume { parameters } => {
                self.consume_operator(input, parameters, operator)
            }
            OperatorKind::Count { name, .. } => self.count_operator(input, name.as_ref(), operator),
            OperatorKind::Distinct { parameters, columns } => {
                self.distinct_operator(input, parameters, columns, operator)
            }
            OperatorKind::ExecuteAndCache => input,
            OperatorKind::Extend { columns } => self.extend_operator(input, columns, operator),
            OperatorKind::GetSchema { kind } => {
                self.get_schema_operator(input, kind.as_ref(), operator)
            }
            OperatorKind::Join(join) => self.join_operator(input, join, operator),
            OperatorKind::Lookup(join) => self.lookup_operator(input, join, operator),
            OperatorKind::MakeSeries(series) => self.make_series_operator(input, series, operator),
            OperatorKind::MvApply(apply) => self.mv_apply_operator(input, apply, operator),
            OperatorKind::MvExpand(expand) => self.mv_expand_operator(input, expand, operator),
            OperatorKind::Parse(parse) => self.parse_operator(input, parse, false, operator),
            OperatorKind::ParseWhere(parse) => self.parse_operator(input, parse, true, operator),
            OperatorKind::ParseKv { source, schema, with, .. } => {
                self.parse_kv_operator(input, (source, schema, with), operator)
            }
            OperatorKind::Partition(partition) => {
                self.partition_operator(input, partition, operator)
            }
            OperatorKind::PartitionBy { column, body, .. } => {
                self.partition_by_operator(input, column, body, operator)
            }
            OperatorKind::Project { columns } => self.project_operator(input, columns, operator),
            OperatorKind::ProjectAway { columns } => {
                self.project_away_operator(input, columns, operator)
            }
            OperatorKind::ProjectByNames { columns } => {
                self.project_by_names_operator(input, columns, operator)
            }
            OperatorKind::ProjectKeep { columns } => {
                self.project_keep_operator(input, columns, operator)
            }
            OperatorKind::ProjectRename { columns } => {
                self.project_rename_operator(input, columns, operator)
            }
            OperatorKind::ProjectReorder { columns } => {
                self.project_reorder_operator(input, columns, operator)
            }
            _ => self.more_rows_operator(kind, input, operator),
        }
    }

    fn more_rows_operator(
        &mut self,
        kind: &'a OperatorKind,
        input: Rowset,
        operator: &'a Operator,
    ) -> Rowset {
        match kind {
            OperatorKind::Reduce { parameters, by, with } => {
                self.reduce_operator(input, (parameters, by, with), operator)
            }
            OperatorKind::Render { chart, properties } => {
                self.render_operator(input, chart, properties, operator)
            }
            OperatorKind::Sample { parameters, count } => {
                self.sample_operator(input, parameters, count, operator)
            }
            OperatorKind::SampleDistinct { parameters, count, of } => {
                self.sample_distinct_operator(input, parameters, (count, of), operator)
            }
            OperatorKind::Scan(scan) => self.scan_operator(input, scan, operator),
            OperatorKind::Search { parameters, tables, predicate } => {
                self.search_operator(Some(input), (parameters, tables, predicate), operator)
            }
            OperatorKind::Serialize { parameters, columns } => {
                self.serialize_operator(input, parameters, columns, operator)
            }
            OperatorKind::Sort { parameters, keys } => {
                self.sort_operator(input, parameters, keys, operator)
            }
            OperatorKind::Summarize(summarize) => {
                self.summarize_operator(input, summarize, operator)
            }
            OperatorKind::Take { parameters, count } => {
                self.take_operator(input, parameters, count, operator)
            }
            OperatorKind::Top { parameters, count, keys } => {
                self.top_operator(input, parameters, (count, keys), operator)
            }
            OperatorKind::TopHitters { count, of, by, .. } => {
                self.top_hitters_operator(input, (count, of, by.as_ref()), operator)
            }
            OperatorKind::TopNested { levels } => self.top_nested_operator(input, levels, operator),
            OperatorKind::Union { parameters, tables } => {
                self.union_operator(Some(input), parameters, tables, operator)
            }
            OperatorKind::Where { parameters, predicate } => {
                self.where_operator(input, parameters, predicate, operator)
            }
            OperatorKind::Print { .. }
            | OperatorKind::Range { .. }
            | OperatorKind::Find(_)
            | OperatorKind::InlineExternalTable(_)
            | OperatorKind::MacroExpand(_) => {
                let at = self.at(operator.keyword);
                self.report(diagnostics::operator_must_be_first(at));
                Rowset::wrong(self.at(operator.span))
            }
            OperatorKind::GraphMarkComponents { .. }
            | OperatorKind::GraphMatch(_)
            | OperatorKind::GraphShortestPaths(_)
            | OperatorKind::GraphToTable { .. }
            | OperatorKind::GraphWhereEdges(_)
            | OperatorKind::GraphWhereNodes(_) => {
                if !matches!(input.kind, RowsetKind::Error) {
                    self.report(diagnostics::graph_expected(self.at(operator.keyword)));
                }
                Rowset::wrong(self.at(operator.span))
            }
            _ => Rowset::wrong(self.at(operator.span)),
        }
    }
}
