//! Tabular operators: what stands behind a bar.

use super::{
    Call, ColumnDeclaration, Expr, FunctionBody, NamedExpr, OrderedExpr, Parameter, RowSchema,
};
use crate::{Identifier, Span};

/// An operator at a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Operator {
    /// Which, and its parts.
    pub kind: OperatorKind,
    /// The keyword (`where`, `mv-expand`).
    pub keyword: Span,
    /// From the keyword to its last token.
    pub span: Span,
}

/// `name=value`, such as `kind=inner` or `hint.strategy=shuffle`.
#[derive(Clone, Debug, PartialEq)]
pub struct OperatorParameter {
    /// The name, dots included.
    pub name: Identifier,
    /// What it is set to.
    pub value: ParameterValue,
    /// Both.
    pub span: Span,
}

/// What an operator's parameter is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum ParameterValue {
    /// A bare word: `inner`, `stacked`.
    Name(Identifier),
    /// A literal or another expression.
    Expr(Expr),
    /// `(a, b)`, `a, b`
    Names(Vec<Identifier>),
    /// Missing; the parser has said so.
    Missing,
}

/// Operators without a source of their own, run over the rows of an outer one: `fork`, `facet`, `mv-apply`, `partition`.
#[derive(Clone, Debug, PartialEq)]
pub struct SubQuery {
    /// The first operator's input is the outer operator's rows.
    pub operators: Vec<Operator>,
    /// Without the parentheses.
    pub span: Span,
}

/// The kinds of operator; each variant's comment shows how it is written.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "the fields are the parts named in the variant's comment")]
pub enum OperatorKind {
    /// The keyword is not an operator; the parser has said so.
    Unknown(Identifier),
    /// `as name`
    As { parameters: Vec<OperatorParameter>, name: Identifier },
    /// `assert-schema (columns)`
    AssertSchema(RowSchema),
    /// `consume`
    Consume { parameters: Vec<OperatorParameter> },
    /// `count`, `count as name`
    Count { parameters: Vec<OperatorParameter>, name: Option<Identifier> },
    /// `distinct columns`, `distinct *`
    Distinct { parameters: Vec<OperatorParameter>, columns: Vec<NamedExpr> },
    /// `evaluate plugin(arguments) : (schema)`
    Evaluate { parameters: Vec<OperatorParameter>, call: Call, schema: Option<RowSchema> },
    /// `execute-and-cache`
    ExecuteAndCache,
    /// `extend columns`
    Extend { columns: Vec<NamedExpr> },
    /// `facet by columns with (operators)`
    Facet { columns: Vec<Expr>, with: Option<SubQuery> },
    /// `find in (tables) where predicate project columns`
    Find(Box<Find>),
    /// `fork (operators) name=(operators)`
    Fork { branches: Vec<ForkBranch> },
    /// `getschema`
    GetSchema { kind: Option<Identifier> },
    /// `graph-mark-components`
    GraphMarkComponents { parameters: Vec<OperatorParameter> },
    /// `graph-match patterns where predicate project columns`
    GraphMatch(Box<GraphMatch>),
    /// `graph-shortest-paths pattern where predicate project columns`
    GraphShortestPaths(Box<GraphMatch>),
    /// `graph-to-table nodes as name, edges`
    GraphToTable { outputs: Vec<GraphOutput> },
    /// `graph-where-edges predicate`
    GraphWhereEdges(Expr),
    /// `graph-where-nodes predicate`
    GraphWhereNodes(Expr),
    /// `inline_external_table (schema) kind=storage dataformat=csv (uris)`
    InlineExternalTable(Box<InlineExternalTable>),
    /// `invoke function(arguments)`
    Invoke { function: Expr },
    /// `join kind=inner (right) on keys`
    Join(Box<Join>),
    /// `lookup kind=leftouter (right) on keys`
    Lookup(Box<Join>),
    /// `macro-expand entity_group as name (statements)`
    MacroExpand(Box<MacroExpand>),
    /// `make-graph source --> target with nodes on key`
    MakeGraph(Box<MakeGraph>),
    /// `make-series aggregates on axis from start to end step step by keys`
    MakeSeries(Box<MakeSeries>),
    /// `mv-apply columns on (operators)`
    MvApply(Box<MvApply>),
    /// `mv-expand columns`
    MvExpand(Box<MvExpand>),
    /// `parse kind=simple column with pattern`
    Parse(Parse),
    /// `parse-where kind=simple column with pattern`
    ParseWhere(Parse),
    /// `parse-kv column as (schema) with (properties)`
    ParseKv {
        parameters: Vec<OperatorParameter>,
        source: Expr,
        schema: RowSchema,
        with: Vec<OperatorParameter>,
    },
    /// `partition by column (operators)` or `partition by column { query }`
    Partition(Box<Partition>),
    /// `__partitionby column (operators)`
    PartitionBy {
        column: Expr,
        parameters: Vec<OperatorParameter>,
        id: Option<Expr>,
        body: SubQuery,
    },
    /// `print values`
    Print { columns: Vec<NamedExpr> },
    /// `project columns`
    Project { columns: Vec<NamedExpr> },
    /// `project-away columns`; wildcards allowed
    ProjectAway { columns: Vec<Expr> },
    /// `project-by-names names`
    ProjectByNames { columns: Vec<Expr> },
    /// `project-keep columns`; wildcards allowed
    ProjectKeep { columns: Vec<Expr> },
    /// `project-rename new = old`
    ProjectRename { columns: Vec<NamedExpr> },
    /// `project-reorder columns asc`; wildcards allowed
    ProjectReorder { columns: Vec<ReorderExpr> },
    /// `range name from start to end step step`
    Range { name: Identifier, from: Expr, to: Expr, step: Expr },
    /// `reduce by expression with (properties)`
    Reduce { parameters: Vec<OperatorParameter>, by: NamedExpr, with: Vec<OperatorParameter> },
    /// `render chart with (properties)`
    Render { chart: Identifier, properties: Vec<OperatorParameter> },
    /// `sample number`
    Sample { parameters: Vec<OperatorParameter>, count: Expr },
    /// `sample-distinct number of column`
    SampleDistinct { parameters: Vec<OperatorParameter>, count: Expr, of: NamedExpr },
    /// `scan declare (...) with (steps)`
    Scan(Box<Scan>),
    /// `search in (tables) predicate`
    Search { parameters: Vec<OperatorParameter>, tables: Vec<Expr>, predicate: Expr },
    /// `serialize columns`
    Serialize { parameters: Vec<OperatorParameter>, columns: Vec<NamedExpr> },
    /// `sort by keys`, `order by keys`
    Sort { parameters: Vec<OperatorParameter>, keys: Vec<OrderedExpr> },
    /// `summarize aggregates by keys`
    Summarize(Box<Summarize>),
    /// `take number`, `limit number`
    Take { parameters: Vec<OperatorParameter>, count: Expr },
    /// `top number by key`
    Top { parameters: Vec<OperatorParameter>, count: Expr, keys: Vec<OrderedExpr> },
    /// `top-hitters number of column by weight`
    TopHitters {
        parameters: Vec<OperatorParameter>,
        count: Expr,
        of: NamedExpr,
        by: Option<NamedExpr>,
    },
    /// `top-nested number of column by aggregate, ...`
    TopNested { levels: Vec<TopNestedLevel> },
    /// `union tables`
    Union { parameters: Vec<OperatorParameter>, tables: Vec<Expr> },
    /// `where predicate`, `filter predicate`
    Where { parameters: Vec<OperatorParameter>, predicate: Expr },
}

/// The parts of `find`.
#[derive(Clone, Debug, PartialEq)]
pub struct Find {
    /// `datascope=...`
    pub scope: Option<Identifier>,
    /// `withsource=name` and others.
    pub parameters: Vec<OperatorParameter>,
    /// `in (tables)`; empty for all tables.
    pub tables: Vec<Expr>,
    /// The predicate.
    pub predicate: Expr,
    /// `project`, `project-smart`.
    pub project: FindProject,
    /// `project-away` names; `*` among them.
    pub project_away: Vec<Expr>,
}

/// What columns `find` gives.
#[derive(Clone, Debug, PartialEq)]
pub enum FindProject {
    /// Nothing written.
    Default,
    /// `project-smart`
    Smart,
    /// `project columns`
    Columns(Vec<FindColumn>),
}

/// One column of `find ... project`.
#[derive(Clone, Debug, PartialEq)]
pub enum FindColumn {
    /// `name` or `name:type`
    Column {
        /// The column.
        name: Identifier,
        /// Its type, where written.
        ty: Option<Identifier>,
    },
    /// `pack(*)`
    Pack,
}

/// `name=(operators)`
#[derive(Clone, Debug, PartialEq)]
pub struct ForkBranch {
    /// The name of its result, where written.
    pub name: Option<Identifier>,
    /// What it does.
    pub body: SubQuery,
}

/// The parts of `inline_external_table`, which begins a query.
#[derive(Clone, Debug, PartialEq)]
pub struct InlineExternalTable {
    /// Its columns, where written; a `delta` table knows its own.
    pub schema: Option<RowSchema>,
    /// `kind=storage`, `kind=delta`
    pub kind: Identifier,
    /// `partition by (name:type = expression, ...)`
    pub partition_by: Vec<ExternalPartition>,
    /// `pathformat=(...)`
    pub path_format: Vec<PathPiece>,
    /// `dataformat=csv`
    pub data_format: Option<Identifier>,
    /// Where the data lies: string expressions.
    pub uris: Vec<Expr>,
    /// `with (name = value, ...)`
    pub properties: Vec<OperatorParameter>,
}

/// `name:type = expression`
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalPartition {
    /// The column and its type.
    pub column: ColumnDeclaration,
    /// How it follows from the columns, where written.
    pub value: Option<Expr>,
}

/// A piece of the path to the files of a partition.
#[derive(Clone, Debug, PartialEq)]
pub enum PathPiece {
    /// A string literal.
    Text(Expr),
    /// The value of a partition column.
    Column(Identifier),
    /// `datetime_pattern("yyyy/MM/dd", column)`
    DateTime {
        /// A string literal.
        pattern: Expr,
        /// A partition column.
        column: Identifier,
    },
}

/// The parts of `join` and `lookup`.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// `kind=...`, `hint.strategy=...`
    pub parameters: Vec<OperatorParameter>,
    /// The right side.
    pub right: Expr,
    /// What rows go together.
    pub condition: JoinCondition,
}

/// What rows go together.
#[derive(Clone, Debug, PartialEq)]
pub enum JoinCondition {
    /// Nothing written.
    None,
    /// `on` a column of both sides, `$left.a == $right.b`, ...
    On(Vec<Expr>),
    /// `where predicate`
    Where(Expr),
}

/// The parts of `macro-expand`.
#[derive(Clone, Debug, PartialEq)]
pub struct MacroExpand {
    /// `kind=...`
    pub parameters: Vec<OperatorParameter>,
    /// The group of databases or clusters.
    pub group: Expr,
    /// `as name`
    pub scope: Option<Identifier>,
    /// What is run for each.
    pub body: FunctionBody,
}

/// The parts of `make-graph`.
#[derive(Clone, Debug, PartialEq)]
pub struct MakeGraph {
    /// Parameters.
    pub parameters: Vec<OperatorParameter>,
    /// The column of source nodes.
    pub source: Expr,
    /// Whether `-->` was written rather than `--`.
    pub is_directed: bool,
    /// The column of target nodes.
    pub target: Expr,
    /// `with_node_id=name`
    pub node_id: Option<Identifier>,
    /// `with nodes on key, nodes on key`
    pub nodes: Vec<GraphNodes>,
    /// `partitioned-by column (operators)`
    pub partitioned_by: Option<(Expr, SubQuery)>,
}

/// `nodes on key`
#[derive(Clone, Debug, PartialEq)]
pub struct GraphNodes {
    /// A table of nodes.
    pub table: Expr,
    /// The column that the edges name them by.
    pub key: Expr,
}

/// The parts of `graph-match` and `graph-shortest-paths`.
#[derive(Clone, Debug, PartialEq)]
pub struct GraphMatch {
    /// Parameters.
    pub parameters: Vec<OperatorParameter>,
    /// Patterns, each a run of nodes and edges.
    pub patterns: Vec<Vec<GraphElement>>,
    /// `where predicate`
    pub predicate: Option<Expr>,
    /// `project columns`
    pub project: Option<Vec<NamedExpr>>,
}

/// A node or an edge of a graph pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphElement {
    /// `(name)`
    Node(Identifier),
    /// `-[name*low..high]->`, `<--`, `--`
    Edge {
        /// Its name, where written.
        name: Option<Identifier>,
        /// Which way it points.
        direction: GraphDirection,
        /// `*low..high`
        range: Option<Box<(Expr, Expr)>>,
        /// Where it is written.
        span: Span,
    },
}

/// Which way an edge points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphDirection {
    /// `-->`
    Right,
    /// `<--`
    Left,
    /// `--`
    Any,
}

/// `nodes as name with_node_id=column`
#[derive(Clone, Debug, PartialEq)]
pub struct GraphOutput {
    /// `nodes` or `edges`.
    pub what: Identifier,
    /// `as name`
    pub name: Option<Identifier>,
    /// Parameters.
    pub parameters: Vec<OperatorParameter>,
}

/// The parts of `make-series`.
#[derive(Clone, Debug, PartialEq)]
pub struct MakeSeries {
    /// `kind=nonempty`
    pub parameters: Vec<OperatorParameter>,
    /// Aggregates with the value for empty bins.
    pub aggregates: Vec<SeriesAggregate>,
    /// `on axis`
    pub axis: NamedExpr,
    /// Where the axis begins, ends, and its step.
    pub bounds: SeriesBounds,
    /// `by keys`
    pub by: Vec<NamedExpr>,
}

/// `name = aggregate default = value`
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesAggregate {
    /// The aggregate.
    pub aggregate: NamedExpr,
    /// What stands in an empty bin.
    pub default: Option<Expr>,
}

/// The axis of `make-series`.
#[derive(Clone, Debug, PartialEq)]
pub enum SeriesBounds {
    /// `from start to end step step`
    FromToStep {
        /// First bin.
        from: Option<Expr>,
        /// End, not included.
        to: Option<Expr>,
        /// Width of a bin.
        step: Expr,
    },
    /// `in range(start, stop, step)`; the stop is included
    InRange(Vec<Expr>),
}

/// The parts of `mv-expand`.
#[derive(Clone, Debug, PartialEq)]
pub struct MvExpand {
    /// `bagexpansion=array`, `with_itemindex=name`
    pub parameters: Vec<OperatorParameter>,
    /// What is expanded.
    pub columns: Vec<ExpandColumn>,
    /// `limit number`
    pub limit: Option<Expr>,
}

/// `name = expression to typeof(type)`
#[derive(Clone, Debug, PartialEq)]
pub struct ExpandColumn {
    /// What is expanded.
    pub expr: NamedExpr,
    /// The name of the type behind `to typeof`.
    pub ty: Option<Identifier>,
}

/// The parts of `mv-apply`.
#[derive(Clone, Debug, PartialEq)]
pub struct MvApply {
    /// `with_itemindex=name`
    pub parameters: Vec<OperatorParameter>,
    /// What is expanded.
    pub columns: Vec<ExpandColumn>,
    /// `limit number`
    pub limit: Option<Expr>,
    /// `id guid`
    pub id: Option<Expr>,
    /// What is run over each row's expansion.
    pub body: SubQuery,
}

/// The parts of `parse` and `parse-where`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parse {
    /// `kind=regex`, `flags=i`
    pub parameters: Vec<OperatorParameter>,
    /// The text to take apart.
    pub source: Expr,
    /// The pattern, piece by piece.
    pub pattern: Vec<ParsePiece>,
}

/// A piece of a parse pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum ParsePiece {
    /// `*`
    Star(Span),
    /// A string literal or an expression giving a string.
    Text(Expr),
    /// `name` or `name:type`
    Column(ParseColumn),
}

/// `name:type`
#[derive(Clone, Debug, PartialEq)]
pub struct ParseColumn {
    /// The column made.
    pub name: Identifier,
    /// Its type, where written.
    pub ty: Option<Identifier>,
}

/// The parts of `partition`.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// `hint.strategy=native`
    pub parameters: Vec<OperatorParameter>,
    /// The column whose values make the partitions.
    pub by: Expr,
    /// `in (values)`: legacy.
    pub scope: Option<Expr>,
    /// What is run over each.
    pub body: PartitionBody,
}

/// What is run over each partition.
#[derive(Clone, Debug, PartialEq)]
pub enum PartitionBody {
    /// `(operators)`
    SubQuery(SubQuery),
    /// `{ query }` that names its own source.
    Query(FunctionBody),
}

/// `column asc`, `pattern* desc`
#[derive(Clone, Debug, PartialEq)]
pub struct ReorderExpr {
    /// A column or a wildcard.
    pub expr: Expr,
    /// How the columns that a wildcard matches are ordered.
    pub order: ReorderOrder,
}

/// How `project-reorder` orders what a wildcard matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReorderOrder {
    /// As they come.
    None,
    /// `asc`
    Ascending,
    /// `desc`
    Descending,
    /// `granny-asc`: numbers inside names by value.
    GrannyAscending,
    /// `granny-desc`
    GrannyDescending,
}

/// The parts of `scan`.
#[derive(Clone, Debug, PartialEq)]
pub struct Scan {
    /// `with_match_id=name`
    pub parameters: Vec<OperatorParameter>,
    /// `order by keys`
    pub order_by: Vec<OrderedExpr>,
    /// `partition by columns`
    pub partition_by: Vec<Expr>,
    /// `declare (columns)`
    pub declare: Vec<Parameter>,
    /// The steps.
    pub steps: Vec<ScanStep>,
}

/// `step name optional output=last: predicate => column = value`
#[derive(Clone, Debug, PartialEq)]
pub struct ScanStep {
    /// Its name.
    pub name: Identifier,
    /// Whether it may be skipped.
    pub is_optional: bool,
    /// `output = all | last | none`
    pub output: Option<Identifier>,
    /// What a row must satisfy.
    pub condition: Expr,
    /// What it sets.
    pub assignments: Vec<NamedExpr>,
    /// All of it.
    pub span: Span,
}

/// The parts of `summarize`.
#[derive(Clone, Debug, PartialEq)]
pub struct Summarize {
    /// `hint.strategy=shuffle`
    pub parameters: Vec<OperatorParameter>,
    /// The aggregates.
    pub aggregates: Vec<NamedExpr>,
    /// Whether `by` was written.
    pub has_by: bool,
    /// The group keys.
    pub by: Vec<NamedExpr>,
    /// `by ... bin = value`: legacy.
    pub bin: Option<Expr>,
}

/// `number of column with others = value by aggregate`
#[derive(Clone, Debug, PartialEq)]
pub struct TopNestedLevel {
    /// How many; all where none is written.
    pub count: Option<Expr>,
    /// The column.
    pub of: NamedExpr,
    /// `with others = value`
    pub others: Option<Expr>,
    /// What ranks them.
    pub by: NamedExpr,
    /// `asc` or `desc` where written.
    pub direction: Option<super::SortDirection>,
}

impl RowSchema {
    /// The declared columns' names, in order.
    pub fn names(&self) -> impl Iterator<Item = &Identifier> {
        self.columns.iter().map(|ColumnDeclaration { name, .. }| name)
    }
}
