//! The words that mean something to KQL, and where each may stand as a plain name.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Where a keyword may be written as a name without brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeywordClass {
    /// Wherever a name may stand.
    Name,
    /// Left of a `=`, in column declarations and in wildcards, but not as a value.
    Declaration,
    /// Nowhere: it needs `['...']`.
    Reserved,
}

macro_rules! keywords {
    ($($class:ident { $($variant:ident = $text:literal,)* })*) => {
        /// A word that the grammar speaks of.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the text beside each variant says what it is")]
        pub enum Keyword {
            $($($variant,)*)*
            /// A reserved word that no production of the query language names.
            Other,
        }

        impl Keyword {
            /// As Kusto spells it; empty for [`Keyword::Other`].
            #[must_use]
            pub const fn text(self) -> &'static str {
                match self {
                    $($(Self::$variant => $text,)*)*
                    Self::Other => "",
                }
            }

            /// Where it may stand as a name.
            #[must_use]
            pub const fn class(self) -> KeywordClass {
                match self {
                    $($(Self::$variant => KeywordClass::$class,)*)*
                    Self::Other => KeywordClass::Reserved,
                }
            }
        }

        const NAMED: &[Keyword] = &[$($(Keyword::$variant,)*)*];
    };
}

keywords! {
    Name {
        Access = "access", Alias = "alias", BestEffort = "best_effort", Bin = "bin", Bool = "bool",
        Consume = "consume", Count = "count", Database = "database", DataFormat = "dataformat",
        DateTimePattern = "datetime_pattern", Declare = "declare", Default = "default",
        Distinct = "distinct", Edges = "edges", EntityGroup = "entity_group", Evaluate = "evaluate",
        Extend = "extend", Facet = "facet", Filter = "filter", Fork = "fork", From = "from",
        GetSchema = "getschema", Graph = "graph", Guid = "guid", Id = "id",
        InlineExternalTable = "inline_external_table", Join = "join", Let = "let", Limit = "limit",
        Lookup = "lookup", MvApplyOld = "mvapply", MvExpandOld = "mvexpand", Nodes = "nodes",
        Null = "null", Nulls = "nulls", On = "on", Optional = "optional", Order = "order",
        Output = "output", Pack = "pack", Parse = "parse", Partition = "partition",
        PartitionBy = "__partitionby", Pattern = "pattern", Plotly = "plotly",
        QueryParameters = "query_parameters", Range = "range", Reduce = "reduce", Regex = "regex",
        Render = "render", Restrict = "restrict", Scan = "scan", Serialize = "serialize",
        Sort = "sort", Step = "step", Summarize = "summarize", Take = "take", Top = "top",
        TypeOf = "typeof", Uuid = "uuid", View = "view", With = "with",
        WithNodeId = "with_node_id",
    }
    Declaration {
        Accumulate = "accumulate", As = "as", By = "by", Contains = "contains",
        Datatable = "datatable", Earliest = "earliest", ExternalData = "externaldata",
        Find = "find", Has = "has", In = "in", Invoke = "invoke", Latest = "latest",
        Materialize = "materialize", Mdm = "mdm", Of = "of", Print = "print", Sample = "sample",
        SampleDistinct = "sample-distinct", Search = "search", Set = "set", Sql = "sql",
        Title = "title", To = "to", TopHitters = "top-hitters", TopNested = "top-nested",
        ToScalar = "toscalar", ToTable = "totable", Verbose = "verbose", Viewers = "viewers",
        Where = "where",
    }
    Reserved {
        And = "and", Asc = "asc", AssertSchema = "assert-schema", Between = "between",
        Boolean = "boolean", ContainsCs = "contains_cs", ContainsCsOld = "containscs",
        ContextualDatatable = "__contextual_datatable", DataScope = "datascope", Date = "date",
        DateTime = "datetime", Decimal = "decimal", Desc = "desc", Double = "double",
        Dynamic = "dynamic", EndsWith = "endswith", EndsWithCs = "endswith_cs",
        ExecuteAndCache = "__executeAndCache", ExternalDataOld = "external_data", First = "first",
        Float = "float", GrannyAsc = "granny-asc", GrannyDesc = "granny-desc",
        GraphMarkComponents = "graph-mark-components", GraphMatch = "graph-match",
        GraphShortestPaths = "graph-shortest-paths", GraphToTable = "graph-to-table",
        GraphWhereEdges = "graph-where-edges", GraphWhereNodes = "graph-where-nodes",
        HasAll = "has_all", HasAny = "has_any", HasCs = "has_cs", HasPrefix = "hasprefix",
        HasPrefixCs = "hasprefix_cs", HasSuffix = "hassuffix", HasSuffixCs = "hassuffix_cs",
        InTilde = "in~", Int = "int", Int16 = "int16", Int32 = "int32", Int64 = "int64",
        Int8 = "int8", Kind = "kind", Last = "last", Like = "like", LikeCs = "likecs",
        Long = "long", MacroExpand = "macro-expand", MakeGraph = "make-graph",
        MakeSeries = "make-series", MatchesRegex = "matches regex",
        MaterializedViewCombine = "materialized-view-combine", MvApply = "mv-apply",
        MvExpand = "mv-expand", NotBetween = "!between", NotContains = "!contains",
        NotContainsCs = "!contains_cs", NotContainsOld = "notcontains",
        NotContainsCsOld = "notcontainscs", NotEndsWith = "!endswith",
        NotEndsWithCs = "!endswith_cs", NotHas = "!has", NotHasCs = "!has_cs",
        NotHasPrefix = "!hasprefix", NotHasPrefixCs = "!hasprefix_cs",
        NotHasSuffix = "!hassuffix", NotHasSuffixCs = "!hassuffix_cs", NotIn = "!in",
        NotInTilde = "!in~", NotLike = "notlike", NotLikeCs = "notlikecs",
        NotStartsWith = "!startswith", NotStartsWithCs = "!startswith_cs", Or = "or",
        Others = "others", ParseKv = "parse-kv", ParseWhere = "parse-where",
        PartitionedBy = "partitioned-by", PathFormat = "pathformat", Project = "project", ProjectAway = "project-away",
        FindProjectAway = "__projectAway", ProjectByNames = "project-by-names",
        ProjectKeep = "project-keep", ProjectRename = "project-rename",
        ProjectReorder = "project-reorder", ProjectSmart = "project-smart", Real = "real",
        StartsWith = "startswith", StartsWithCs = "startswith_cs", String = "string",
        Time = "time", TimeSpan = "timespan", UInt = "uint", UInt16 = "uint16",
        UInt32 = "uint32", UInt64 = "uint64", UInt8 = "uint8", ULong = "ulong", Union = "union",
        UniqueId = "uniqueid", WithSource = "withsource", WithSourceOld = "with_source",
    }
}

/// Reserved words that only charts, parameters and management commands use.
const OTHER: &[&str] = &[
    "3Dchart",
    "__crossCluster",
    "__crossDB",
    "__id",
    "__isFuzzy",
    "__noWithSource",
    "__packedColumn",
    "__sourceColumnIndex",
    "anomalychart",
    "areachart",
    "bagexpansion",
    "barchart",
    "bin_legacy",
    "byte",
    "cachingpolicy",
    "callout",
    "cancel",
    "card",
    "char",
    "columnchart",
    "commands-and-queries",
    "cycles",
    "dataexport",
    "decodeblocks",
    "encodingpolicy",
    "expandoutput",
    "extent_tags_retention",
    "flags",
    "force_remote",
    "harddelete",
    "hardretention",
    "hint.concurrency",
    "hint.distribution",
    "hint.materialized",
    "hint.num_partitions",
    "hint.progressive_top",
    "hint.remote",
    "hint.shufflekey",
    "hint.spread",
    "hint.strategy",
    "hotcache",
    "isfuzzy",
    "journal",
    "ladderchart",
    "linechart",
    "materialized-views",
    "missing",
    "nooptimization",
    "piechart",
    "pivotchart",
    "queries",
    "query_results",
    "relaxed",
    "restricted_view_access",
    "row_level_security",
    "rowstore",
    "rowstore_references",
    "rowstore_sealinfo",
    "rowstorepolicy",
    "rowstores",
    "scatterchart",
    "seal",
    "seals",
    "set-or-append",
    "set-or-replace",
    "shards",
    "simple",
    "softdelete",
    "softretention",
    "stackedareachart",
    "statistics",
    "storedqueryresultcontainers",
    "tablepurge",
    "timechart",
    "timeline",
    "timepivot",
    "treemap",
    "unrestrictedviewers",
    "views",
    "with_itemindex",
    "with_match_id",
    "with_step_name",
    "writeaheadlog",
];

static BY_TEXT: LazyLock<HashMap<&'static str, Keyword>> = LazyLock::new(|| {
    let named = NAMED.iter().map(|&keyword| (keyword.text(), keyword));
    named.chain(OTHER.iter().map(|&text| (text, Keyword::Other))).collect()
});

/// Keywords of several words (`mv-expand`, `matches regex`, `!in~`), by their first word.
static COMPOUNDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut compounds: HashMap<_, Vec<_>> = HashMap::new();
    for &text in BY_TEXT.keys() {
        let first = &text[..first_word_length(text)];
        if first.len() < text.len() {
            compounds.entry(first).or_default().push(text);
        }
    }
    compounds
});

/// Length of a leading word of letters, digits and `_`, a `!` before it included.
fn first_word_length(text: &str) -> usize {
    let bang = usize::from(text.starts_with('!'));
    bang + word_length(&text[bang..])
}

/// Length of a leading word of letters, digits and `_`.
pub(crate) fn word_length(text: &str) -> usize {
    text.bytes().take_while(|&byte| is_word_byte(byte)).count()
}

/// Whether a byte may stand inside an identifier: Kusto allows ASCII only.
pub(crate) const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

impl Keyword {
    /// The keyword that `word` is, all of it.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        BY_TEXT.get(word).copied()
    }

    /// The longest keyword that `text` begins with and that is not part of a longer word, and its length.
    ///
    /// Only the longest candidate counts: `in~x` is not the keyword `in`, as in Kusto's own lexer.
    #[must_use]
    pub fn at_start_of(text: &str) -> Option<(Self, usize)> {
        let first = text.get(..first_word_length(text))?;
        let compound = COMPOUNDS.get(first).into_iter().flatten();
        let longest =
            compound.filter(|word| text.starts_with(**word)).max_by_key(|word| word.len());
        let word = longest.copied().unwrap_or(first);
        let goes_on = text.as_bytes().get(word.len()).is_some_and(|&byte| is_word_byte(byte));
        if goes_on { None } else { Self::of(word).map(|keyword| (keyword, word.len())) }
    }

    /// Whether it names a type that a column or parameter can have.
    #[must_use]
    pub const fn is_type(self) -> bool {
        use Keyword as K;
        matches!(
            self,
            K::Bool
                | K::Boolean
                | K::Date
                | K::DateTime
                | K::Decimal
                | K::Double
                | K::Dynamic
                | K::Guid
                | K::Int
                | K::Int64
                | K::Int8
                | K::Long
                | K::Real
                | K::String
                | K::Time
                | K::TimeSpan
                | K::UniqueId
        )
    }

    /// Whether it names a type, those included that only `typeof` and `find` take.
    #[must_use]
    pub const fn is_extended_type(self) -> bool {
        use Keyword as K;
        self.is_type()
            || matches!(
                self,
                K::Float
                    | K::Int16
                    | K::Int32
                    | K::UInt
                    | K::UInt16
                    | K::UInt32
                    | K::UInt64
                    | K::UInt8
                    | K::ULong
            )
    }
}
