//! Tabular expressions, bound.

use std::sync::Arc;

use kql_syntax::{Name, Span};

use super::{AggregateCall, GraphRowset, Scalar};
use crate::{Type, Value};

/// A column, the same through renamings; unique in a bound query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnId(pub u32);

/// A column of a rowset.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Which column it is.
    pub id: ColumnId,
    /// What it is called here; unique within the rowset.
    pub name: Name,
    /// The type of its values.
    pub ty: Type,
}

/// A table in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct Rowset {
    /// How its rows come about.
    pub kind: RowsetKind,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Whether further columns depend on data.
    pub is_open: bool,
    /// Where it is written: the operator, or the name of the table.
    pub span: Span,
}

/// How the rows of a rowset come about. Inputs come first in each variant.
#[derive(Clone, Debug, PartialEq)]
pub enum RowsetKind {
    /// Binding failed here; a diagnostic says why. Never run.
    Error,
    /// The rows of a table.
    Table(TableReference),
    /// Rows written in the query: a `datatable`, or the answer of `getschema`.
    Values(Vec<Vec<Value>>),
    /// One row: `print`.
    Print(Vec<Scalar>),
    /// `range column from a to b step c`; constants.
    Range {
        /// From, to (included), step.
        bounds: Box<[Scalar; 3]>,
    },
    /// `externaldata`
    ExternalData(ExternalSource),
    /// A call of a function without text: whoever runs the query may have its rows.
    Called(CalledFunction),
    /// The rows of the operator around a subquery: `mv-apply`, `partition`, `fork`, `facet`.
    Context(ContextId),
    /// A tabular `let` or `materialize`; columns in the definition's order, with ids of their own.
    Reference {
        /// What the name stands for.
        definition: Arc<SharedRowset>,
    },
    /// `where`
    Filter {
        /// Its rows.
        input: Box<Rowset>,
        /// Which of them stay.
        predicate: Scalar,
    },
    /// `extend`: the new or replaced columns; the others stay.
    Extend {
        /// Its rows.
        input: Box<Rowset>,
        /// What is computed; all from the input's columns, never from one another.
        columns: Vec<(ColumnId, Scalar)>,
    },
    /// `project`, `project-away`, `project-rename`, `project-reorder`, `project-keep`: only these columns.
    Project {
        /// Its rows.
        input: Box<Rowset>,
        /// What is computed, in order; a column that only moves or is renamed keeps its id.
        columns: Vec<(ColumnId, Scalar)>,
        /// Which operator was written.
        operator: ProjectOperator,
    },
    /// `distinct`: each combination of the columns' values once. The input has just those columns.
    Distinct {
        /// Its rows.
        input: Box<Rowset>,
    },
    /// `summarize`, `count`. Expressions over aggregates stand in an `Extend` or `Project` above.
    Summarize {
        /// Its rows.
        input: Box<Rowset>,
        /// The group keys.
        keys: Vec<(ColumnId, Scalar)>,
        /// The aggregates.
        aggregates: Vec<AggregateCall>,
        /// Whether it gives a row even without input rows: no `by` was written.
        is_total: bool,
    },
    /// `join`, `lookup`.
    Join(Box<JoinRowset>),
    /// `union`, `find`, `search` over several tables.
    Union(UnionRowset),
    /// `sort`, `order`.
    Sort {
        /// Its rows.
        input: Box<Rowset>,
        /// The keys, most significant first.
        keys: Vec<SortKey>,
    },
    /// `take`, `limit`; behind a `Sort` the first ones: `top`.
    Take {
        /// Its rows.
        input: Box<Rowset>,
        /// How many, a constant.
        count: Scalar,
    },
    /// `sample`
    Sample {
        /// Its rows.
        input: Box<Rowset>,
        /// How many, a constant.
        count: Scalar,
    },
    /// `sample-distinct`: up to so many distinct values of the input's only column.
    SampleDistinct {
        /// Its rows.
        input: Box<Rowset>,
        /// How many, a constant.
        count: Scalar,
    },
    /// `serialize`, and what makes an order that `row_number()` and its kin may use.
    Serialize {
        /// Its rows.
        input: Box<Rowset>,
    },
    /// `mv-expand`
    MvExpand(MvExpandRowset),
    /// `mv-apply`
    MvApply(MvApplyRowset),
    /// `parse`, `parse-where`
    Parse(ParseRowset),
    /// `parse-kv`
    ParseKv(ParseKvRowset),
    /// `make-series`
    MakeSeries(MakeSeriesRowset),
    /// `scan`
    Scan(ScanRowset),
    /// `partition`
    Partition(PartitionRowset),
    /// `top-nested`
    TopNested(TopNestedRowset),
    /// `top-hitters`
    TopHitters {
        /// Its rows.
        input: Box<Rowset>,
        /// How many, a constant.
        count: Scalar,
        /// What is counted.
        of: (ColumnId, Scalar),
        /// What is added up; the number of rows where not written.
        by: Option<Scalar>,
        /// The column of the sums.
        sum: ColumnId,
    },
    /// `reduce`: columns `Pattern`, `Count`, `Representative`.
    Reduce {
        /// Its rows.
        input: Box<Rowset>,
        /// The text.
        of: Scalar,
        /// `threshold`, `characters` and the like.
        properties: Vec<(Name, Scalar)>,
    },
    /// `graph-match`, `graph-shortest-paths`, `graph-to-table`, with the graph that they are over.
    Graph(Box<GraphRowset>),
    /// `evaluate`
    Evaluate(Box<Evaluate>),
    /// `consume`: reads all rows and gives none.
    Consume {
        /// Its rows.
        input: Box<Rowset>,
    },
    /// `assert-schema`: the rows of its input, whose schema was checked when binding.
    AssertSchema {
        /// Its rows.
        input: Box<Rowset>,
    },
}

/// A table that is read.
#[derive(Clone, Debug, PartialEq)]
pub struct TableReference {
    /// Its name.
    pub name: Name,
    /// `database("...")`, where written.
    pub database: Option<Name>,
    /// `cluster("...")`, `workspace("...")`, where written.
    pub cluster: Option<Name>,
    /// The function by which it is reached (`arg`, `adx`, `cluster`), where it is none of the catalog's tables.
    pub elsewhere: Option<Name>,
    /// For each of the rowset's columns the table's own column.
    pub columns: Vec<Name>,
}

/// `externaldata(schema)[uris] with (properties)`
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalSource {
    /// Where the data lies.
    pub uris: Vec<Scalar>,
    /// `format`, `ignoreFirstRecord`, ...
    pub properties: Vec<(Name, Value)>,
}

/// A call of a stored function of which only the signature is known.
#[derive(Clone, Debug, PartialEq)]
pub struct CalledFunction {
    /// The function (`_GetWatchlist`, `FileProfile`, a parser without text).
    pub function: Name,
    /// Its scalar arguments, in the order of its parameters; those that were left out are missing.
    pub arguments: Vec<Scalar>,
    /// Its tabular input, where it extends one.
    pub input: Option<Box<Rowset>>,
}

/// Which outer rows a [`RowsetKind::Context`] stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ContextId(pub u32);

/// A tabular `let`, bound once, however often it is used.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedRowset {
    /// Its name; none for a `materialize` without one.
    pub name: Option<Name>,
    /// What it stands for.
    pub rowset: Rowset,
    /// Whether it is to be run once and kept: `materialize`, the input of `fork` and `facet`.
    pub is_materialized: bool,
    /// Whether it may be read anew for each use where its rows are too many to be kept.
    pub may_be_read_again: bool,
    /// Whether its rows are said to come from a table of this name: `as`.
    pub names_rows: bool,
    /// Unique in a bound query.
    pub id: u32,
}

/// Which operator a [`RowsetKind::Project`] was written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProjectOperator {
    /// `project`
    Project,
    /// `project-away`
    Away,
    /// `project-rename`
    Rename,
    /// `project-reorder`
    Reorder,
    /// `project-keep`
    Keep,
    /// `project-by-names`
    ByNames,
    /// Made by the binder for another operator.
    Implicit,
}

/// `asc nulls first`
#[derive(Clone, Debug, PartialEq)]
pub struct SortKey {
    /// What is compared.
    pub value: Scalar,
    /// Whether lowest comes first; Kusto's default is highest first.
    pub is_ascending: bool,
    /// Whether nulls come first; Kusto's default is first when ascending, last when descending.
    pub nulls_first: bool,
}

/// `join` and `lookup`. The columns of the rowset are the left ones and the right ones, ids kept.
#[derive(Clone, Debug, PartialEq)]
pub struct JoinRowset {
    /// Which rows it gives.
    pub kind: JoinKind,
    /// Left side.
    pub left: Rowset,
    /// Right side.
    pub right: Rowset,
    /// Pairs that must be equal (null equals null); left from the left side, right from the right side.
    pub keys: Vec<(Scalar, Scalar)>,
    /// Whether it is written `lookup`.
    pub is_lookup: bool,
}

/// The kinds of join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoinKind {
    /// One left row a key (the first in the input's order), then as `Inner`. The default of `join`.
    InnerUnique,
    /// Pairs.
    Inner,
    /// Pairs, and left rows without one.
    LeftOuter,
    /// Pairs, and right rows without one.
    RightOuter,
    /// Pairs, and all rows without one.
    FullOuter,
    /// Left rows with a pair.
    LeftSemi,
    /// Right rows with a pair.
    RightSemi,
    /// Left rows without a pair.
    LeftAnti,
    /// Right rows without a pair.
    RightAnti,
}

/// `union`
#[derive(Clone, Debug, PartialEq)]
pub struct UnionRowset {
    /// What is put together.
    pub legs: Vec<UnionLeg>,
    /// For each column of the rowset, the legs that have it, in order, and what it is there; it is null in the others.
    /// Two thousand tables have tens of thousands of columns, and each table a few of them.
    pub columns: Vec<Vec<(usize, ColumnId)>>,
    /// `withsource`: this column holds the legs' names.
    pub source: Option<ColumnId>,
}

/// One input of a `union`.
#[derive(Clone, Debug, PartialEq)]
pub struct UnionLeg {
    /// What `withsource` says of its rows.
    pub name: Name,
    /// Its rows.
    pub rowset: Rowset,
}

/// `mv-expand`: the columns of the rowset are the input's with the expanded ones in place or behind.
#[derive(Clone, Debug, PartialEq)]
pub struct MvExpandRowset {
    /// Its rows.
    pub input: Box<Rowset>,
    /// What is expanded, side by side.
    pub expansions: Vec<Expansion>,
    /// `bagexpansion=array`: a bag gives `[key, value]` arrays rather than bags of one key.
    pub bags_as_arrays: bool,
    /// `with_itemindex=name`: this column holds the position, from 0.
    pub item_index: Option<ColumnId>,
    /// `limit`: so many rows a row at most, a constant.
    pub limit: Option<Scalar>,
}

/// One expanded column.
#[derive(Clone, Debug, PartialEq)]
pub struct Expansion {
    /// A dynamic.
    pub source: Scalar,
    /// The column that holds the elements.
    pub output: ColumnId,
    /// `to typeof(type)`
    pub ty: Type,
}

/// `mv-apply`
#[derive(Clone, Debug, PartialEq)]
pub struct MvApplyRowset {
    /// Its rows and how each is expanded; bags as in `mv-expand`.
    pub expand: MvExpandRowset,
    /// Stands for the rows that one input row expands to, in `body`; its columns are the rowset of the expansion.
    pub context: ContextId,
    /// The columns of the expansion.
    pub context_columns: Vec<Column>,
    /// What is run over them, for each input row apart.
    pub body: Box<Rowset>,
    /// Input columns that are given beside the body's.
    pub kept: Vec<ColumnId>,
}

/// `parse`, `parse-where`
#[derive(Clone, Debug, PartialEq)]
pub struct ParseRowset {
    /// Its rows.
    pub input: Box<Rowset>,
    /// The text to take apart.
    pub source: Scalar,
    /// How the pattern matches.
    pub kind: ParseKind,
    /// `flags=`: letters of the regular expression's flags.
    pub flags: String,
    /// The pattern.
    pub pattern: Vec<ParsePattern>,
    /// Whether rows that do not match are dropped: `parse-where`.
    pub is_filter: bool,
}

/// How a parse pattern matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParseKind {
    /// Texts as they are, all columns of their types or none.
    Simple,
    /// Texts as they are, a column of a wrong type is null.
    Relaxed,
    /// Texts are regular expressions.
    Regex,
}

/// A piece of a parse pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum ParsePattern {
    /// `*`
    Star,
    /// A constant text.
    Text(Scalar),
    /// A column to fill.
    Column(ColumnId, Type),
}

/// `parse-kv`
#[derive(Clone, Debug, PartialEq)]
pub struct ParseKvRowset {
    /// Its rows.
    pub input: Box<Rowset>,
    /// The text to take apart.
    pub source: Scalar,
    /// The keys looked for and their columns.
    pub keys: Vec<Column>,
    /// `pair_delimiter`, `kv_delimiter`, `quote`, `escape`, `greedy`, `regex`.
    pub properties: Vec<(Name, Scalar)>,
}

/// `make-series`: the columns of the rowset are the keys, the series, and the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct MakeSeriesRowset {
    /// Its rows.
    pub input: Box<Rowset>,
    /// Aggregates and what stands in an empty bin.
    pub series: Vec<(AggregateCall, Option<Scalar>)>,
    /// What is binned.
    pub axis: (ColumnId, Scalar),
    /// First bin, end, step.
    pub from: Option<Scalar>,
    /// Where the axis ends.
    pub to: Option<Scalar>,
    /// Width of a bin.
    pub step: Scalar,
    /// Whether `to` itself is a bin: `in range(...)`.
    pub includes_end: bool,
    /// The keys.
    pub keys: Vec<(ColumnId, Scalar)>,
    /// `kind=nonempty`: a series of defaults where there are no rows.
    pub is_nonempty: bool,
}

/// `scan`
#[derive(Clone, Debug, PartialEq)]
pub struct ScanRowset {
    /// Its rows, in order.
    pub input: Box<Rowset>,
    /// `partition by`
    pub partition_by: Vec<Scalar>,
    /// `declare`: columns with their first values.
    pub declared: Vec<(Column, Value)>,
    /// `with_match_id=name`
    pub match_id: Option<ColumnId>,
    /// The steps.
    pub steps: Vec<ScanStepRowset>,
    /// For each step, the ids by which expressions name its state (`step1.column`): the input's columns, then the declared ones.
    pub states: Vec<Vec<ColumnId>>,
}

/// One step of `scan`.
#[derive(Clone, Debug, PartialEq)]
pub struct ScanStepRowset {
    /// Its name.
    pub name: Name,
    /// Whether it may be skipped.
    pub is_optional: bool,
    /// What it gives.
    pub output: ScanOutput,
    /// What a row must satisfy.
    pub condition: Scalar,
    /// What it sets: declared columns.
    pub assignments: Vec<(ColumnId, Scalar)>,
}

/// What rows a step of `scan` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScanOutput {
    /// Every matching row.
    All,
    /// The last matching row.
    Last,
    /// None.
    None,
}

/// `partition by column (operators)`
#[derive(Clone, Debug, PartialEq)]
pub struct PartitionRowset {
    /// Its rows.
    pub input: Box<Rowset>,
    /// Whose values make the partitions.
    pub by: Scalar,
    /// Stands for the rows of one partition in `body`.
    pub context: ContextId,
    /// What is run over each partition apart; it may have rows of its own, and name just the column of `by`.
    pub body: Box<Rowset>,
}

/// `top-nested`
#[derive(Clone, Debug, PartialEq)]
pub struct TopNestedRowset {
    /// Its rows.
    pub input: Box<Rowset>,
    /// The levels, outermost first.
    pub levels: Vec<TopNestedLevelRowset>,
}

/// One level of `top-nested`.
#[derive(Clone, Debug, PartialEq)]
pub struct TopNestedLevelRowset {
    /// How many, a constant; all where none.
    pub count: Option<Scalar>,
    /// The value.
    pub of: (ColumnId, Scalar),
    /// `with others =`
    pub others: Option<Scalar>,
    /// The aggregate that ranks, its column, and an expression over it.
    pub aggregates: Vec<AggregateCall>,
    /// What ranks: an expression over the aggregates.
    pub by: (ColumnId, Scalar),
    /// Whether lowest comes first.
    pub is_ascending: bool,
}

/// `evaluate plugin(arguments)`
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluate {
    /// The plugin.
    pub plugin: Name,
    /// Its rows; none where it is a source of its own.
    pub input: Option<Rowset>,
    /// Its arguments; tabular ones apart.
    pub arguments: Vec<PluginArgument>,
    /// For each argument the name that it was given: a parameter's (`columnsConflict='error'`), or a step's of `sequence_detect`.
    pub argument_names: Vec<Option<Name>>,
    /// Counts plugins of open schema; see [`super::Undiscovered`].
    pub ordinal: Option<usize>,
    /// Where it is written.
    pub span: Span,
}

/// An argument of a plugin.
#[derive(Clone, Debug, PartialEq)]
pub enum PluginArgument {
    /// A constant or an expression over the input's columns.
    Scalar(Scalar),
    /// An aggregate, such as `pivot`'s.
    Aggregate(AggregateCall),
    /// A table, such as `ipv4_lookup`'s.
    Table(Rowset),
    /// `*`
    Star,
}

impl Rowset {
    /// A rowset of a closed schema.
    #[must_use]
    pub fn new(kind: RowsetKind, columns: Vec<Column>, span: Span) -> Self {
        Self { kind, columns, is_open: false, span }
    }

    /// What an operator makes of it that keeps its columns.
    #[must_use]
    pub(crate) fn then(self, span: Span, kind: impl FnOnce(Box<Self>) -> RowsetKind) -> Self {
        let (columns, is_open) = (self.columns.clone(), self.is_open);
        Self { is_open, ..Self::new(kind(Box::new(self)), columns, span) }
    }

    /// Stands where binding failed; any name may be a column of it.
    #[must_use]
    pub fn wrong(span: Span) -> Self {
        Self { kind: RowsetKind::Error, columns: Vec::new(), is_open: true, span }
    }

    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| &*column.name == name)
    }
}
