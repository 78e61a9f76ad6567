//! The matrix: under each tactic the techniques that rules claim.

use std::collections::BTreeMap;

use serde::Serialize;

use super::CoveredRule;
use crate::attack::{self, Matrix, Status, Tactic, Technique, Version};

/// A tactic with the techniques that rules claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TacticColumn {
    /// Its id.
    pub id: &'static str,
    /// Its name in the version.
    pub name: &'static str,
    /// How many techniques it has in the matrix, sub-techniques among them.
    pub techniques: usize,
    /// Those that are claimed, by id.
    pub cells: Vec<Cell>,
}

/// A technique that rules claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Its id in the version.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Rules that claim it: places in the list of rules.
    pub rules: Vec<usize>,
    /// How many of them are able to match.
    pub able: usize,
}

/// The techniques of the Enterprise matrix in a version.
pub(super) fn active(version: Version) -> impl Iterator<Item = &'static Technique> {
    attack::techniques().iter().filter(move |technique| {
        technique.matrix == Matrix::Enterprise
            && technique.status_in(version) == Some(Status::Active)
    })
}

pub(super) fn of(rules: &[CoveredRule], version: Version) -> Vec<TacticColumn> {
    let mut cells: BTreeMap<(&'static str, String), Cell> = BTreeMap::new();
    for (place, rule) in rules.iter().enumerate() {
        for id in &rule.techniques {
            let Some(technique) = in_version(id, version) else { continue };
            for tactic in tactics(rule, technique, version) {
                let key = (tactic, technique.id.to_owned());
                let cell = cells.entry(key).or_insert_with(|| Cell {
                    id: technique.id.to_owned(),
                    name: technique.name.to_owned(),
                    ..Cell::default()
                });
                if !cell.rules.contains(&place) {
                    cell.rules.push(place);
                    cell.able += usize::from(rule.is_able());
                }
            }
        }
    }
    let is_shown = |tactic: &&Tactic| {
        let is_claimed = cells.keys().any(|(id, _)| *id == tactic.id);
        tactic.is_in(version) && (tactic.matrix == Matrix::Enterprise || is_claimed)
    };
    let column = |tactic: &'static Tactic| TacticColumn {
        id: tactic.id,
        name: tactic.name_in(version),
        techniques: active(version).filter(|one| one.tactics(version).contains(&tactic.id)).count(),
        cells: cells
            .iter()
            .filter(|((id, _), _)| *id == tactic.id)
            .map(|(_, cell)| cell.clone())
            .collect(),
    };
    attack::tactics().iter().filter(is_shown).map(column).collect()
}

/// The technique that an id stands for in a version.
fn in_version(id: &str, version: Version) -> Option<&'static Technique> {
    let technique = attack::technique(id)?;
    if technique.status_in(version) == Some(Status::Active) {
        return Some(technique);
    }
    let successor = match version {
        Version::V18 => technique.successor_v18.or(technique.successor),
        Version::V19 => technique.successor,
    };
    successor
        .and_then(attack::technique)
        .filter(|one| one.status_in(version) == Some(Status::Active))
}

/// Under which tactics a rule's technique stands: those that both name, else all of the technique's.
fn tactics(
    rule: &CoveredRule,
    technique: &'static Technique,
    version: Version,
) -> Vec<&'static str> {
    let named: Vec<&str> = rule
        .tactics
        .iter()
        .filter_map(|name| attack::sentinel_tactic(name).tactic())
        .flat_map(|tactic| tactic.ids.iter().copied())
        .collect();
    let own = technique.tactics(version);
    let both: Vec<&'static str> = own.iter().copied().filter(|id| named.contains(id)).collect();
    if both.is_empty() { own.to_vec() } else { both }
}
