//! What somebody probably meant.

use kql_syntax::Span;

use crate::bound::{ProjectOperator, Rowset, RowsetKind};

/// The name that differs in case only.
pub(crate) fn in_other_case<'n>(
    name: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<String> {
    names.into_iter().find(|known| known.eq_ignore_ascii_case(name)).map(str::to_owned)
}

/// The name that is nearest: another case first, then few edits, then one that is part of the other.
pub(crate) fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let names: Vec<&str> = names.into_iter().filter(|known| *known != name).collect();
    if let Some(twin) = in_other_case(name, names.iter().copied()) {
        return Some(twin);
    }
    let folded = folded(name);
    let most = (folded.chars().count() / 3).clamp(1, 3);
    let by_edits = names
        .iter()
        .filter_map(|known| Some((edits(&folded, &self::folded(known), most)?, *known)))
        .min_by_key(|(edits, _)| *edits);
    if let Some((_, known)) = by_edits {
        return Some(known.to_owned());
    }
    // `UserName` for `TargetUserName`, `SrcIp` for `SrcIpAddr`.
    if folded.len() < 5 {
        return None;
    }
    names
        .into_iter()
        .filter(|known| {
            let known = self::folded(known);
            known.starts_with(&folded) || known.ends_with(&folded)
        })
        .min_by_key(|known| known.len())
        .map(str::to_owned)
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| *c != '_' && *c != '-').flat_map(char::to_lowercase).collect()
}

/// How many letters must be changed, added, dropped or swapped; none where more than `most`.
fn edits(from: &str, to: &str, most: usize) -> Option<usize> {
    let from: Vec<char> = from.chars().take(64).collect();
    let to: Vec<char> = to.chars().take(64).collect();
    if from.len().abs_diff(to.len()) > most {
        return None;
    }
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in to.iter().enumerate() {
            let change = last[j] + usize::from(a != b);
            let mut best = change.min(last[j + 1] + 1).min(row[j] + 1);
            let is_swap = i > 0 && j > 0 && *a == to[j - 1] && from[i - 1] == *b;
            if is_swap {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|edits| *edits <= most)
}

/// Where a column went that an operator above had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Lost {
    /// What dropped it: `project`.
    pub(crate) operator: &'static str,
    /// Where that is written.
    pub(crate) span: Span,
    /// What it is called now.
    pub(crate) renamed: Option<String>,
}

/// Looks for a column of this name where the rows come from.
pub(crate) fn lost_column(rows: &Rowset, name: &str) -> Option<Lost> {
    let mut below = rows;
    for _ in 0..64 {
        let input = input_of(below)?;
        if let Some(column) = input.column(name) {
            let renamed = below.columns.iter().find(|own| own.id == column.id);
            return Some(Lost {
                operator: operator_of(below),
                span: below.span,
                renamed: renamed.map(|own| own.name.to_string()),
            });
        }
        below = input;
    }
    None
}

/// Where the rows come from; of a join the left side.
fn input_of(rowset: &Rowset) -> Option<&Rowset> {
    match &rowset.kind {
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
        | RowsetKind::AssertSchema { input }
        | RowsetKind::Consume { input } => Some(input),
        RowsetKind::MvExpand(expand) => Some(&expand.input),
        RowsetKind::MvApply(apply) => Some(&apply.expand.input),
        RowsetKind::Parse(parse) => Some(&parse.input),
        RowsetKind::ParseKv(parse) => Some(&parse.input),
        RowsetKind::MakeSeries(series) => Some(&series.input),
        RowsetKind::Scan(scan) => Some(&scan.input),
        RowsetKind::Partition(partition) => Some(&partition.input),
        RowsetKind::TopNested(nested) => Some(&nested.input),
        RowsetKind::Join(join) => Some(&join.left),
        RowsetKind::Reference { definition } => Some(&definition.rowset),
        RowsetKind::Evaluate(evaluate) => evaluate.input.as_ref(),
        _ => None,
    }
}

fn operator_of(rowset: &Rowset) -> &'static str {
    match &rowset.kind {
        RowsetKind::Project { operator, .. } => match operator {
            ProjectOperator::Away => "project-away",
            ProjectOperator::Rename => "project-rename",
            ProjectOperator::Keep => "project-keep",
            ProjectOperator::ByNames => "project-by-names",
            ProjectOperator::Reorder => "project-reorder",
            ProjectOperator::Project | ProjectOperator::Implicit => "project",
        },
        RowsetKind::Summarize { .. } => "summarize",
        RowsetKind::Distinct { .. } => "distinct",
        RowsetKind::Join(_) => "join",
        RowsetKind::MakeSeries(_) => "make-series",
        RowsetKind::MvApply(_) => "mv-apply",
        RowsetKind::TopHitters { .. } => "top-hitters",
        RowsetKind::TopNested(_) => "top-nested",
        RowsetKind::SampleDistinct { .. } => "sample-distinct",
        RowsetKind::Reduce { .. } => "reduce",
        RowsetKind::Evaluate(_) => "evaluate",
        _ => "operator",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names() {
        let columns = ["Account", "AccountType", "TimeGenerated", "TargetUserName"];
        assert_eq!(nearest("Acount", columns).as_deref(), Some("Account"));
        assert_eq!(nearest("timegenerated", columns).as_deref(), Some("TimeGenerated"));
        assert_eq!(nearest("UserName", columns).as_deref(), Some("TargetUserName"));
        assert_eq!(nearest("Computer", columns), None);
    }
}
