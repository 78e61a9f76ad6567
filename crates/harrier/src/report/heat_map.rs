//! Which techniques the rules look for, and where they found something.

use std::collections::BTreeMap;

use harrier_detect::HuntReport;
use harrier_detect::report::{Outcome, RuleFacts};
use harrier_rules::attack::{self, Matrix, Tactic, Technique, Version};
use serde::Serialize;

/// A tactic with the techniques that rules name.
#[derive(Debug, Serialize)]
pub(super) struct HeatColumn {
    pub(super) name: &'static str,
    pub(super) cells: Vec<HeatCell>,
    /// Techniques with hits.
    pub(super) hot: usize,
}

/// A technique under a tactic.
#[derive(Debug, Default, Serialize)]
pub(super) struct HeatCell {
    pub(super) id: String,
    pub(super) name: String,
    /// Rules that name it.
    pub(super) rules: usize,
    /// Rules of those that found something.
    pub(super) rules_with_hits: usize,
    /// Rows they found.
    pub(super) hits: u64,
    /// Rules that had no data or could not run.
    pub(super) blind: usize,
    /// From 0 (nothing found) to 4.
    pub(super) heat: u8,
    /// Whether no rule that names it could look.
    pub(super) is_blind: bool,
}

/// The columns of the map, tactics that no rule names included, so that gaps are seen.
pub(super) fn heat_map(report: &HuntReport) -> Vec<HeatColumn> {
    let tactics = shown_tactics();
    let mut cells: BTreeMap<(usize, String), HeatCell> = BTreeMap::new();
    for outcome in &report.outcomes {
        let Some(rule) = &outcome.rule else { continue };
        for id in &rule.techniques {
            for (place, technique) in places(rule, id, &tactics) {
                let key = (place, technique.map_or(id.as_str(), |one| one.id).to_owned());
                let cell = cells.entry(key).or_insert_with(|| HeatCell {
                    id: technique.map_or(id.as_str(), |one| one.id).to_owned(),
                    name: technique.map_or("", |one| one.name).to_owned(),
                    ..HeatCell::default()
                });
                count(cell, &outcome.outcome);
            }
        }
    }
    let columns = tactics.iter().enumerate().map(|(place, tactic)| {
        let cells = cells.iter().filter(|((at, _), _)| *at == place);
        (tactic, cells.map(|(_, cell)| cell.finished()).collect::<Vec<_>>())
    });
    // The last tactics are for industrial control systems, which few look at.
    let shown =
        columns.filter(|(tactic, cells)| tactic.matrix == Matrix::Enterprise || !cells.is_empty());
    let columns = shown.map(|(tactic, cells)| HeatColumn {
        name: tactic.name,
        hot: cells.iter().filter(|cell| cell.hits > 0).count(),
        cells,
    });
    columns.collect()
}

/// The tactics that rules can name, in the order of the matrix.
fn shown_tactics() -> Vec<&'static Tactic> {
    let is_named = |tactic: &&Tactic| {
        tactic.matrix == Matrix::Enterprise
            || attack::sentinel_tactics().iter().any(|named| named.ids.contains(&tactic.id))
    };
    attack::tactics().iter().filter(is_named).collect()
}

/// Under which tactics a rule's technique stands: those that both know, else the technique's first, else the rule's.
fn places(
    rule: &RuleFacts,
    id: &str,
    tactics: &[&'static Tactic],
) -> Vec<(usize, Option<&'static Technique>)> {
    let technique = attack::technique(id).and_then(Technique::today);
    let named = rule.tactics.iter().filter_map(|name| attack::sentinel_tactic(name).tactic());
    let named: Vec<&str> = named.flat_map(|tactic| tactic.ids.iter().copied()).collect();
    let is_of_rule = |tactic: &Tactic| named.contains(&tactic.id);
    let of_technique = |tactic: &Tactic| {
        technique.is_some_and(|technique| technique.tactics(Version::V19).contains(&tactic.id))
    };
    let tactics = tactics.iter().enumerate();
    let both: Vec<_> = tactics
        .clone()
        .filter(|(_, tactic)| is_of_rule(tactic) && of_technique(tactic))
        .map(|(place, _)| (place, technique))
        .collect();
    if !both.is_empty() {
        return both;
    }
    let either = tactics.clone().find(|(_, tactic)| of_technique(tactic));
    let either = either.or_else(|| tactics.clone().find(|(_, tactic)| is_of_rule(tactic)));
    either.map(|(place, _)| (place, technique)).into_iter().collect()
}

fn count(cell: &mut HeatCell, outcome: &Outcome) {
    cell.rules += 1;
    match outcome {
        Outcome::Hits(hits) => {
            cell.rules_with_hits += 1;
            cell.hits += hits.count;
        }
        Outcome::NoData { .. } | Outcome::CannotRun { .. } | Outcome::Failed { .. } => {
            cell.blind += 1
        }
        Outcome::NothingFound { .. } | Outcome::NotARule { .. } => {}
    }
}

impl HeatCell {
    fn finished(&self) -> Self {
        let heat = match self.hits {
            0 => 0,
            1 => 1,
            2..=4 => 2,
            5..=19 => 3,
            _ => 4,
        };
        Self {
            id: self.id.clone(),
            name: self.name.clone(),
            heat,
            is_blind: self.blind == self.rules,
            ..*self
        }
    }
}
