//! Tabular operators: one file for each, or for a small family.

mod columns;
mod distinct;
mod evaluate;
mod facet;
mod find;
mod fork;
mod graph;
mod graph_match;
mod inline_external_table;
mod join;
mod macro_expand;
mod make_graph;
mod make_series;
mod mv_expand;
mod naming;
mod parse;
mod parse_kv;
mod partition;
mod range;
mod reduce;
mod render;
mod rows;
mod scan;
mod search;
mod sort;
mod summarize;
mod top;
mod top_nested;
mod union;

use super::cursor::Parser;
use crate::keyword::Keyword;
use crate::tree::OperatorKind;

/// Parses an operator from its keyword on. Gives none, and takes nothing, where the keyword is a name after all.
pub(super) type Production = fn(&mut Parser<'_>) -> Option<OperatorKind>;

macro_rules! operators {
    ($($($keyword:ident)|+ => $production:ident,)*) => {
        /// How the operator of a keyword is parsed.
        pub(super) fn production(keyword: Keyword) -> Option<Production> {
            match keyword {
                $($(Keyword::$keyword)|+ => Some(|parser| parser.$production().into()),)*
                _ => None,
            }
        }

        const KEYWORDS: &[Keyword] = &[$($(Keyword::$keyword,)+)*];
    };
}

operators! {
    As => as_operator,
    AssertSchema => assert_schema,
    Consume => consume,
    Count => opt_count,
    Distinct => distinct,
    Evaluate => evaluate,
    ExecuteAndCache => execute_and_cache,
    Extend => extend,
    Facet => facet,
    Where | Filter => where_operator,
    Find => find,
    Fork => fork,
    GetSchema => get_schema,
    GraphMarkComponents => graph_mark_components,
    GraphMatch => graph_match,
    GraphShortestPaths => graph_shortest_paths,
    GraphToTable => graph_to_table,
    GraphWhereEdges => graph_where_edges,
    GraphWhereNodes => graph_where_nodes,
    InlineExternalTable => opt_inline_external_table,
    Invoke => invoke,
    Join => join,
    Lookup => lookup,
    MacroExpand => macro_expand,
    MakeGraph => make_graph,
    MakeSeries => make_series,
    MvApply | MvApplyOld => mv_apply,
    MvExpand | MvExpandOld => mv_expand,
    Parse => parse_operator,
    ParseWhere => parse_where,
    ParseKv => parse_kv,
    Partition => partition,
    PartitionBy => partition_by,
    Print => print,
    Project => project,
    ProjectAway => project_away,
    ProjectByNames => project_by_names,
    ProjectKeep => project_keep,
    ProjectRename => project_rename,
    ProjectReorder => project_reorder,
    Range => opt_range,
    Reduce => reduce,
    Render => render,
    Sample => sample,
    SampleDistinct => sample_distinct,
    Scan => scan,
    Search => search,
    Serialize => serialize,
    Sort | Order => sort,
    Summarize => summarize,
    Take | Limit => take,
    Top => top,
    TopHitters => top_hitters,
    TopNested => top_nested,
    Union => union,
}

/// The operator whose name is most like `word`, where one is.
pub(super) fn nearest(word: &str) -> Option<&'static str> {
    const FARTHEST: usize = 2;
    let word = word.to_ascii_lowercase();
    let names =
        KEYWORDS.iter().map(|keyword| keyword.text()).filter(|name| !name.starts_with("__"));
    let ranked = names.map(|name| (distance(&word, name), name));
    let nearest = ranked.min_by_key(|(distance, _)| *distance)?;
    let is_near = nearest.0 <= FARTHEST && nearest.0 * 2 < word.len();
    is_near.then_some(nearest.1)
}

/// How many letters must be added, removed or replaced to make one word of another.
fn distance(from: &str, to: &str) -> usize {
    const LONGEST: usize = 40;
    if from.len() > LONGEST {
        return LONGEST;
    }
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (above, from) in from.bytes().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (cell, to) in row.iter_mut().skip(1).zip(to.bytes()) {
            let next = (diagonal + usize::from(from != to)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = next;
            left = next;
        }
        if let Some(first) = row.first_mut() {
            *first = above + 1;
        }
    }
    row.last().copied().unwrap_or(LONGEST)
}
