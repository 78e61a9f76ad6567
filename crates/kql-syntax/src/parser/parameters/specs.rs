//! Which parameters each operator has, and what they may be set to.

/// A parameter of an operator.
#[derive(Debug)]
pub(crate) struct Spec {
    pub(crate) name: &'static str,
    pub(crate) value: Value,
    /// The words it takes; any where empty.
    pub(crate) values: &'static [&'static str],
    pub(crate) takes_numbers: bool,
    pub(crate) is_repeatable: bool,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    /// A literal or a word.
    Any,
    /// A word.
    Word,
    /// A name: of a column, or of a column to be made.
    Name,
    /// Names with commas.
    Names,
    /// An expression that gives a text.
    Text,
    /// A number, a real one in any case.
    Real,
}

impl Spec {
    const fn new(name: &'static str, value: Value) -> Self {
        Self { name, value, values: &[], takes_numbers: false, is_repeatable: false }
    }

    const fn words(name: &'static str, values: &'static [&'static str]) -> Self {
        Self { values, ..Self::new(name, Value::Word) }
    }

    const fn or_number(self) -> Self {
        Self { takes_numbers: true, ..self }
    }

    const fn repeatable(self) -> Self {
        Self { is_repeatable: true, ..self }
    }

    /// Whether `word` is the allowed `value`; hints do not mind case.
    pub(super) fn is_same(&self, value: &str, word: &str) -> bool {
        if self.name.starts_with("hint.") {
            value.eq_ignore_ascii_case(word)
        } else {
            value == word
        }
    }
}

/// The parameter called `name`.
pub(super) fn spec_of<'specs>(name: &str, specs: &'specs [Spec]) -> Option<&'specs Spec> {
    specs.iter().find(|spec| spec.name == name)
}

const CONCURRENCY: Spec =
    Spec::words("hint.concurrency", &["auto", "left", "local", "right", "unresolved"]).or_number();
const SPREAD: Spec = Spec::words("hint.spread", &["auto", "local"]).or_number();
const SHUFFLE_KEY: Spec = Spec::new("hint.shufflekey", Value::Name).repeatable();
const PARTITIONS: Spec = Spec::new("hint.num_partitions", Value::Any);
const MATERIALIZED: Spec = Spec::new("hint.materialized", Value::Any);
const ITEM_INDEX: Spec = Spec::new("with_itemindex", Value::Name);
const STRATEGIES: &[&str] = &["auto", "broadcast", "centralized", "shuffle"];
const EXPANSIONS: &[&str] = &["bag", "array"];
const AXES: &[&str] = &["linear", "log"];
const CHART_KINDS: &[&str] = &["default", "unstacked", "stacked", "stacked100", "map"];

/// A parameter nobody knows.
pub(super) static UNKNOWN: Spec = Spec::new("", Value::Any);

/// What operators without parameters take: those that Kusto knows elsewhere, with a warning.
pub(crate) const NONE: &[Spec] = &[];

/// Names that are taken for a parameter behind any operator.
pub(crate) const KNOWN: &[Spec] = &[
    Spec::words("bagexpansion", EXPANSIONS),
    Spec::new("bin_legacy", Value::Any),
    Spec::new("__crossCluster", Value::Any),
    Spec::new("__crossDB", Value::Any),
    Spec::new("decodeblocks", Value::Any),
    Spec::new("expandoutput", Value::Any),
    CONCURRENCY,
    Spec::words("hint.distribution", &["single", "per_node", "per_shard", "default"]),
    MATERIALIZED,
    PARTITIONS,
    Spec::new("hint.pass_filters", Value::Any),
    Spec::new("hint.pass_filters_column", Value::Name),
    Spec::new("hint.progressive_top", Value::Any),
    Spec::words("hint.remote", &["auto", "local"]),
    SHUFFLE_KEY,
    SPREAD,
    Spec::words("hint.strategy", STRATEGIES),
    Spec::new("__id", Value::Any),
    Spec::new("isfuzzy", Value::Any),
    Spec::new("__isFuzzy", Value::Any),
    Spec::new("kind", Value::Word),
    Spec::new("__noWithSource", Value::Any),
    Spec::new("__packedColumn", Value::Name),
    Spec::new("__sourceColumnIndex", Value::Any),
    Spec::words("cycles", &["none", "all", "unique_edges"]),
    Spec::new("with_match_id", Value::Name),
    ITEM_INDEX,
    Spec::new("withsource", Value::Name),
    Spec::new("with_source", Value::Name),
    Spec::new("with_step_name", Value::Name),
    Spec::new("force_remote", Value::Any),
];

pub(crate) const AS: &[Spec] = &[MATERIALIZED];
pub(crate) const CONSUME: &[Spec] = &[Spec::new("decodeblocks", Value::Any)];
pub(crate) const DISTINCT: &[Spec] =
    &[SHUFFLE_KEY, Spec::words("hint.strategy", STRATEGIES), PARTITIONS];
pub(crate) const EVALUATE: &[Spec] = &[
    Spec::words("hint.distribution", &["single", "per_node", "per_shard", "default"]),
    Spec::words("hint.remote", &["auto", "local"]),
];
pub(crate) const FIND: &[Spec] =
    &[Spec::new("withsource", Value::Name), Spec::new("with_source", Value::Name)];
pub(crate) const GRAPH_MATCH: &[Spec] = &[Spec::words("cycles", &["none", "all", "unique_edges"])];
pub(crate) const GRAPH_SHORTEST_PATHS: &[Spec] = &[Spec::words("output", &["any", "all"])];
pub(crate) const GRAPH_MARK_COMPONENTS: &[Spec] =
    &[Spec::words("kind", &["weak", "strong"]), Spec::new("with_component_id", Value::Name)];
pub(crate) const GRAPH_NODES: &[Spec] = &[Spec::new("with_node_id", Value::Name)];
pub(crate) const GRAPH_EDGES: &[Spec] =
    &[Spec::new("with_source_id", Value::Name), Spec::new("with_target_id", Value::Name)];
pub(crate) const JOIN: &[Spec] = &[
    Spec::words(
        "kind",
        &[
            "inner",
            "fullouter",
            "innerunique",
            "leftanti",
            "leftantisemi",
            "anti",
            "leftouter",
            "leftsemi",
            "rightanti",
            "rightantisemi",
            "rightouter",
            "rightsemi",
        ],
    ),
    Spec::words("hint.remote", &["auto", "left", "local", "right", "unresolved"]),
    SHUFFLE_KEY,
    Spec::words("hint.strategy", STRATEGIES),
    PARTITIONS,
];
pub(crate) const LOOKUP: &[Spec] = &[Spec::words("kind", &["inner", "leftouter"])];
pub(crate) const MAKE_GRAPH: &[Spec] = &[Spec::words("hint.strategy", &["shuffle", "native"])];
pub(crate) const MAKE_SERIES: &[Spec] = &[SHUFFLE_KEY, Spec::words("kind", &["nonempty"])];
pub(crate) const MACRO_EXPAND: &[Spec] = &[
    Spec::new("force_remote", Value::Any),
    Spec::new("isfuzzy", Value::Any),
    Spec::new("__isFuzzy", Value::Any),
    Spec::new("best_effort", Value::Any),
];
pub(crate) const MV_APPLY: &[Spec] = &[ITEM_INDEX];
pub(crate) const MV_EXPAND: &[Spec] =
    &[Spec::words("kind", EXPANSIONS), Spec::words("bagexpansion", EXPANSIONS), ITEM_INDEX];
pub(crate) const PARSE: &[Spec] =
    &[Spec::words("kind", &["simple", "regex", "relaxed"]), Spec::new("flags", Value::Word)];
pub(crate) const PARSE_KV: &[Spec] = &[
    Spec::new("pair_delimiter", Value::Any),
    Spec::new("kv_delimiter", Value::Any),
    Spec::new("regex", Value::Any),
    Spec::new("quote", Value::Any).repeatable(),
    Spec::new("escape", Value::Any).repeatable(),
    Spec::new("greedy", Value::Any),
];
pub(crate) const PARTITION: &[Spec] = &[
    CONCURRENCY,
    SPREAD,
    MATERIALIZED,
    SHUFFLE_KEY,
    Spec::words("hint.strategy", &["shuffle", "native", "legacy"]),
];
pub(crate) const REDUCE: &[Spec] = &[
    Spec::words("kind", &["source"]),
    Spec::new("threshold", Value::Any),
    Spec::new("characters", Value::Any),
];
pub(crate) const RENDER: &[Spec] = &[
    RENDER_KIND,
    RENDER_TITLE,
    RENDER_ACCUMULATE,
    Spec::new("xcolumn", Value::Name),
    Spec::new("ycolumns", Value::Names),
    Spec::new("anomalycolumns", Value::Names),
    Spec::new("series", Value::Names),
    Spec::new("xtitle", Value::Text),
    Spec::new("ytitle", Value::Text),
    Spec::words("xaxis", AXES),
    Spec::words("yaxis", AXES),
    Spec::words("legend", &["visible", "hidden"]),
    Spec::words("ysplit", &["none", "axes", "panels"]),
    Spec::new("ymin", Value::Real),
    Spec::new("ymax", Value::Real),
    Spec::new("xmin", Value::Any),
    Spec::new("xmax", Value::Any),
];
/// Behind `render chart`, without `with`: legacy.
pub(crate) const RENDER_KIND: Spec = Spec::words("kind", CHART_KINDS);
pub(crate) const RENDER_TITLE: Spec = Spec::new("title", Value::Text);
pub(crate) const RENDER_ACCUMULATE: Spec = Spec::new("accumulate", Value::Any);
pub(crate) static LEGACY_RENDER: [Spec; 3] = [RENDER_KIND, RENDER_TITLE, RENDER_ACCUMULATE];
pub(crate) const SCAN: &[Spec] =
    &[Spec::words("kind", &["partial", "full"]), Spec::new("with_match_id", Value::Name)];
pub(crate) const SEARCH: &[Spec] =
    &[Spec::words("kind", &["default", "case_insensitive", "case_sensitive"])];
pub(crate) const SORT: &[Spec] = &[Spec::words("hint.strategy", &["splitBlock", "multipleBlocks"])];
pub(crate) const SUMMARIZE: &[Spec] =
    &[SHUFFLE_KEY, Spec::words("hint.strategy", &["shuffle"]), PARTITIONS];
pub(crate) const TOP: &[Spec] = &[Spec::new("hint.progressive_top", Value::Any)];
pub(crate) const UNION: &[Spec] = &[
    Spec::words("kind", &["inner", "outer"]),
    Spec::new("withsource", Value::Name),
    Spec::new("with_source", Value::Name),
    Spec::new("isfuzzy", Value::Any),
    Spec::new("__isFuzzy", Value::Any),
    Spec::new("best_effort", Value::Any),
    CONCURRENCY,
    SPREAD,
];
pub(crate) static NO_OPTIMIZATION: Spec = Spec::words("kind", &["nooptimization"]);
pub(crate) static GET_SCHEMA_KIND: Spec = Spec::words("kind", &["csl"]);
