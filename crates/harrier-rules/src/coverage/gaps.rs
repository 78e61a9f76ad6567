//! Gaps: enable this table, gain these rules.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::sources::connectors_of;
use super::{Ability, CoveredRule};
use crate::attack::{self, Technique};

/// A table without rows, and what it would make possible.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The table.
    pub table: String,
    /// The connectors that fill it.
    pub connectors: Vec<String>,
    /// Rules that lack nothing else: places in the list of rules.
    pub gained: Vec<usize>,
    /// Rules that lack other tables as well.
    pub with_others: usize,
    /// Techniques that only these rules would cover.
    pub techniques: Vec<String>,
}

pub(super) fn of(rules: &[CoveredRule]) -> Vec<Gap> {
    let mut gaps: BTreeMap<&str, Gap> = BTreeMap::new();
    for (place, rule) in rules.iter().enumerate() {
        // What can not match for another reason is not gained by data.
        let lacks_data_only =
            rule.reason.as_deref().is_some_and(|reason| reason.starts_with("no rows in"));
        if rule.ability != Ability::Unable || !lacks_data_only {
            continue;
        }
        for table in &rule.missing {
            let gap = gaps.entry(table).or_insert_with(|| Gap {
                table: table.clone(),
                connectors: connectors_of(table),
                ..Gap::default()
            });
            match rule.missing.len() {
                1 => gap.gained.push(place),
                _ => gap.with_others += 1,
            }
        }
    }
    let covered: BTreeSet<&str> =
        rules.iter().filter(|rule| rule.is_able()).flat_map(techniques).collect();
    let mut gaps: Vec<Gap> = gaps.into_values().collect();
    for gap in &mut gaps {
        let of_rules = gap.gained.iter().filter_map(|place| rules.get(*place)).flat_map(techniques);
        let new: BTreeSet<&str> = of_rules.filter(|id| !covered.contains(id)).collect();
        gap.techniques = new.into_iter().map(str::to_owned).collect();
    }
    gaps.sort_by(|one, other| {
        (other.gained.len(), other.with_others)
            .cmp(&(one.gained.len(), one.with_others))
            .then_with(|| one.table.cmp(&other.table))
    });
    gaps
}

/// A rule's techniques as they are called today.
fn techniques(rule: &CoveredRule) -> impl Iterator<Item = &'static str> {
    rule.techniques
        .iter()
        .filter_map(|id| attack::technique(id).and_then(Technique::today))
        .map(|one| one.id)
}
