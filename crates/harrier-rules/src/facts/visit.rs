//! Walking a tree: every statement, operator and expression in it, outermost first.

use kql_syntax::tree::{
    Call, Expr, ExprKind, FunctionBody, GraphMatch, Join, JoinCondition, LetValue, MakeSeries,
    NamedExpr, Operator, OperatorKind, OperatorParameter, OrderedExpr, ParameterKind,
    ParameterValue, ParsePiece, PartitionBody, PathPiece, Query, SeriesBounds, Statement,
    StatementKind, SubQuery,
};

/// What is called on the way.
pub(crate) trait Visitor {
    fn statement(&mut self, statement: &Statement);
    fn operator(&mut self, operator: &Operator);
    fn expr(&mut self, expr: &Expr);
}

/// Walks a whole text.
pub(crate) fn query(query: &Query, visitor: &mut dyn Visitor) {
    query.statements.iter().for_each(|one| statement(one, visitor));
}

fn statement(written: &Statement, visitor: &mut dyn Visitor) {
    visitor.statement(written);
    match &written.kind {
        StatementKind::Let(declared) => match &declared.value {
            LetValue::Expression(value) => expr(value, visitor),
            LetValue::Function(function) => {
                for parameter in &function.parameters {
                    if let ParameterKind::Scalar { default: Some(default), .. } = &parameter.kind {
                        expr(default, visitor);
                    }
                }
                body(&function.body, visitor);
            }
        },
        StatementKind::Set(option) => exprs(&option.value, visitor),
        StatementKind::QueryParameters(parameters) => {
            for parameter in parameters {
                if let ParameterKind::Scalar { default: Some(default), .. } = &parameter.kind {
                    expr(default, visitor);
                }
            }
        }
        StatementKind::Pattern(pattern) => {
            for rule in &pattern.rules {
                exprs(&rule.arguments, visitor);
                exprs(&rule.path, visitor);
                body(&rule.body, visitor);
            }
        }
        StatementKind::Alias { database, .. } => expr(database, visitor),
        StatementKind::Restrict(entities) => exprs(entities, visitor),
        StatementKind::Expression(value) => expr(value, visitor),
    }
}

fn body(written: &FunctionBody, visitor: &mut dyn Visitor) {
    written.statements.iter().for_each(|one| statement(one, visitor));
    exprs(&written.result, visitor);
}

fn exprs<'e>(all: impl IntoIterator<Item = &'e Expr>, visitor: &mut dyn Visitor) {
    all.into_iter().for_each(|one| expr(one, visitor));
}

fn named<'e>(all: impl IntoIterator<Item = &'e NamedExpr>, visitor: &mut dyn Visitor) {
    all.into_iter().for_each(|one| expr(&one.expr, visitor));
}

fn ordered(all: &[OrderedExpr], visitor: &mut dyn Visitor) {
    all.iter().for_each(|one| expr(&one.expr.expr, visitor));
}

fn parameters(all: &[OperatorParameter], visitor: &mut dyn Visitor) {
    for parameter in all {
        if let ParameterValue::Expr(value) = &parameter.value {
            expr(value, visitor);
        }
    }
}

fn call(written: &Call, visitor: &mut dyn Visitor) {
    named(&written.arguments, visitor);
}

fn expr(written: &Expr, visitor: &mut dyn Visitor) {
    visitor.expr(written);
    match &written.kind {
        ExprKind::Missing
        | ExprKind::Literal(_)
        | ExprKind::Name(_)
        | ExprKind::Wildcard(_)
        | ExprKind::Star
        | ExprKind::ContextualDatatable { .. } => {}
        ExprKind::Paren(inner)
        | ExprKind::Unary { operand: inner, .. }
        | ExprKind::ToScalar(inner)
        | ExprKind::ToTable(inner)
        | ExprKind::Materialize(inner)
        | ExprKind::DataScope { table: inner, .. } => expr(inner, visitor),
        ExprKind::Binary(binary) => exprs([&binary.left, &binary.right], visitor),
        ExprKind::Logical { operands, .. } => exprs(operands, visitor),
        ExprKind::Between(between) => {
            exprs([&between.value, &between.low, &between.high], visitor);
        }
        ExprKind::InList(list) => {
            expr(&list.value, visitor);
            exprs(&list.list, visitor);
        }
        ExprKind::Call(written) => call(written, visitor),
        ExprKind::Path { base, member } => exprs([&**base, &**member], visitor),
        ExprKind::Element { base, index } => exprs([&**base, &**index], visitor),
        ExprKind::Pipe { source, operators } => {
            expr(source, visitor);
            operators.iter().for_each(|one| operator(one, visitor));
        }
        ExprKind::Source(inner) => operator(inner, visitor),
        ExprKind::Datatable(table) => exprs(&table.values, visitor),
        ExprKind::ExternalData(data) => exprs(&data.uris, visitor),
        ExprKind::EntityGroup(members) => exprs(members, visitor),
        ExprKind::MaterializedViewCombine(combine) => {
            exprs([&combine.name, &combine.base, &combine.delta], visitor);
            operator(&combine.aggregations, visitor);
        }
    }
}

fn sub_query(written: &SubQuery, visitor: &mut dyn Visitor) {
    written.operators.iter().for_each(|one| operator(one, visitor));
}

fn operator(written: &Operator, visitor: &mut dyn Visitor) {
    visitor.operator(written);
    match &written.kind {
        OperatorKind::Unknown(_)
        | OperatorKind::As { .. }
        | OperatorKind::AssertSchema(_)
        | OperatorKind::Consume { .. }
        | OperatorKind::Count { .. }
        | OperatorKind::ExecuteAndCache
        | OperatorKind::GetSchema { .. }
        | OperatorKind::GraphMarkComponents { .. }
        | OperatorKind::GraphToTable { .. }
        | OperatorKind::Render { .. } => {}
        OperatorKind::Distinct { columns, .. }
        | OperatorKind::Extend { columns }
        | OperatorKind::Print { columns }
        | OperatorKind::Project { columns }
        | OperatorKind::ProjectRename { columns }
        | OperatorKind::Serialize { columns, .. } => named(columns, visitor),
        OperatorKind::ProjectAway { columns }
        | OperatorKind::ProjectByNames { columns }
        | OperatorKind::ProjectKeep { columns } => exprs(columns, visitor),
        OperatorKind::ProjectReorder { columns } => {
            columns.iter().for_each(|one| expr(&one.expr, visitor));
        }
        OperatorKind::Evaluate { call: written, .. } => call(written, visitor),
        OperatorKind::Facet { columns, with } => {
            exprs(columns, visitor);
            with.iter().for_each(|one| sub_query(one, visitor));
        }
        OperatorKind::Find(find) => {
            exprs(&find.tables, visitor);
            expr(&find.predicate, visitor);
            exprs(&find.project_away, visitor);
        }
        OperatorKind::Fork { branches } => {
            branches.iter().for_each(|branch| sub_query(&branch.body, visitor));
        }
        OperatorKind::GraphMatch(graph) | OperatorKind::GraphShortestPaths(graph) => {
            graph_match(graph, visitor);
        }
        OperatorKind::GraphWhereEdges(value)
        | OperatorKind::GraphWhereNodes(value)
        | OperatorKind::Invoke { function: value }
        | OperatorKind::Sample { count: value, .. }
        | OperatorKind::Take { count: value, .. }
        | OperatorKind::Where { predicate: value, .. } => expr(value, visitor),
        OperatorKind::InlineExternalTable(table) => {
            exprs(&table.uris, visitor);
            for piece in &table.path_format {
                if let PathPiece::Text(text) = piece {
                    expr(text, visitor);
                }
            }
        }
        OperatorKind::Join(join) | OperatorKind::Lookup(join) => join_sides(join, visitor),
        OperatorKind::MacroExpand(expand) => {
            expr(&expand.group, visitor);
            body(&expand.body, visitor);
        }
        OperatorKind::MakeGraph(graph) => {
            exprs([&graph.source, &graph.target], visitor);
            for nodes in &graph.nodes {
                exprs([&nodes.table, &nodes.key], visitor);
            }
        }
        OperatorKind::MakeSeries(series) => make_series(series, visitor),
        OperatorKind::MvApply(apply) => {
            apply.columns.iter().for_each(|column| expr(&column.expr.expr, visitor));
            exprs(apply.limit.iter().chain(&apply.id), visitor);
            sub_query(&apply.body, visitor);
        }
        OperatorKind::MvExpand(expand) => {
            expand.columns.iter().for_each(|column| expr(&column.expr.expr, visitor));
            exprs(&expand.limit, visitor);
        }
        OperatorKind::Parse(parse) | OperatorKind::ParseWhere(parse) => {
            expr(&parse.source, visitor);
            for piece in &parse.pattern {
                if let ParsePiece::Text(text) = piece {
                    expr(text, visitor);
                }
            }
        }
        OperatorKind::ParseKv { source, .. } => expr(source, visitor),
        OperatorKind::Partition(partition) => {
            expr(&partition.by, visitor);
            match &partition.body {
                PartitionBody::SubQuery(inner) => sub_query(inner, visitor),
                PartitionBody::Query(inner) => body(inner, visitor),
            }
        }
        OperatorKind::PartitionBy { column, body: inner, .. } => {
            expr(column, visitor);
            sub_query(inner, visitor);
        }
        OperatorKind::Range { from, to, step, .. } => exprs([from, to, step], visitor),
        OperatorKind::Reduce { by, .. } => expr(&by.expr, visitor),
        OperatorKind::SampleDistinct { count, of, .. } => exprs([count, &of.expr], visitor),
        OperatorKind::Scan(scan) => {
            ordered(&scan.order_by, visitor);
            exprs(&scan.partition_by, visitor);
            for step in &scan.steps {
                expr(&step.condition, visitor);
                named(&step.assignments, visitor);
            }
        }
        OperatorKind::Search { tables, predicate, .. } => {
            exprs(tables, visitor);
            expr(predicate, visitor);
        }
        OperatorKind::Sort { keys, .. } => ordered(keys, visitor),
        OperatorKind::Summarize(summarize) => {
            named(&summarize.aggregates, visitor);
            named(&summarize.by, visitor);
            exprs(&summarize.bin, visitor);
        }
        OperatorKind::Top { count, keys, .. } => {
            expr(count, visitor);
            ordered(keys, visitor);
        }
        OperatorKind::TopHitters { count, of, by, .. } => {
            exprs([count, &of.expr], visitor);
            named(by, visitor);
        }
        OperatorKind::TopNested { levels } => {
            for level in levels {
                exprs(level.count.iter().chain([&level.of.expr, &level.by.expr]), visitor);
                exprs(&level.others, visitor);
            }
        }
        OperatorKind::Union { parameters: written, tables } => {
            parameters(written, visitor);
            exprs(tables, visitor);
        }
    }
}

fn graph_match(graph: &GraphMatch, visitor: &mut dyn Visitor) {
    exprs(&graph.predicate, visitor);
    if let Some(columns) = &graph.project {
        named(columns, visitor);
    }
}

fn make_series(series: &MakeSeries, visitor: &mut dyn Visitor) {
    for one in &series.aggregates {
        expr(&one.aggregate.expr, visitor);
        exprs(&one.default, visitor);
    }
    expr(&series.axis.expr, visitor);
    match &series.bounds {
        SeriesBounds::FromToStep { from, to, step } => {
            exprs(from.iter().chain(to).chain([step]), visitor);
        }
        SeriesBounds::InRange(bounds) => exprs(bounds, visitor),
    }
    named(&series.by, visitor);
}

fn join_sides(join: &Join, visitor: &mut dyn Visitor) {
    parameters(&join.parameters, visitor);
    expr(&join.right, visitor);
    match &join.condition {
        JoinCondition::None => {}
        JoinCondition::On(conditions) => exprs(conditions, visitor),
        JoinCondition::Where(predicate) => expr(predicate, visitor),
    }
}
