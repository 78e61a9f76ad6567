//! Tables that have been known under two names.

/// A line a table: the old name, a tab, the new one.
const RENAMED: &str = include_str!("../../content/renamed.txt");

/// The other names of a table, the newest first.
pub(super) fn other_names(name: &str) -> impl Iterator<Item = &'static str> {
    RENAMED.lines().filter_map(|line| line.split_once('\t')).filter_map(move |(old, new)| {
        if old == name {
            Some(new)
        } else if new == name {
            Some(old)
        } else {
            None
        }
    })
}
