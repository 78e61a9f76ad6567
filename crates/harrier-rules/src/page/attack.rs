//! Where the rule stands in ATT&CK: as it says, and what its query suggests.

mod suggestions;

use serde::Serialize;

use super::Context;
use super::document::{Block, Line, Piece};
use super::field::{Evidence, Field};
use super::words::{self, code_list};
use crate::attack::{self, Matrix, Status, TacticName, Technique, Version};

pub use suggestions::Suggestion;

/// Where the rule stands in ATT&CK.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttackContext {
    /// Tactics that the file names.
    pub tactics: Vec<Field<TacticLine>>,
    /// Techniques that the file names.
    pub techniques: Vec<Field<TechniqueLine>>,
    /// What else is suggested; never part of what is declared.
    pub suggestions: Vec<Field<Suggestion>>,
    /// Whether the tables are those in which the techniques are usually seen.
    pub logs: Vec<Field<String>>,
    /// Versions of the matrices.
    pub versions: Vec<(String, String)>,
}

/// A tactic that the file names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TacticLine {
    /// As it is written.
    pub written: String,
    /// Name in ATT&CK 18, and in 19 where it stands for other tactics.
    pub v18: Vec<String>,
    /// Names in ATT&CK 19.
    pub v19: Vec<String>,
    /// What is wrong with it.
    pub remark: Option<String>,
}

/// A technique that the file names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TechniqueLine {
    /// Its id.
    pub id: String,
    /// Its name; none where it is not known.
    pub name: Option<String>,
    /// `active`, `revoked`, `deprecated`, `unknown`.
    pub status: &'static str,
    /// The technique that took its place.
    pub successor: Option<(String, String)>,
    /// Tactics in ATT&CK 18.
    pub tactics_v18: Vec<String>,
    /// Tactics in ATT&CK 19.
    pub tactics_v19: Vec<String>,
    /// Platforms.
    pub platforms: Vec<String>,
    /// Its page.
    pub link: Option<String>,
}

pub(super) fn read(context: &Context<'_>) -> Field<AttackContext> {
    let rule = context.rule;
    let tactics =
        rule.tactics.iter().enumerate().map(|(place, written)| tactic(context, place, written));
    let techniques =
        rule.techniques.iter().enumerate().map(|(place, id)| technique(context, place, id));
    let versions = attack::versions()
        .iter()
        .map(|(matrix, version)| (matrix.name().to_owned(), (*version).to_owned()));
    let value = AttackContext {
        tactics: tactics.collect(),
        techniques: techniques.collect(),
        suggestions: suggestions::read(context),
        logs: logs(context),
        versions: versions.collect(),
    };
    Field::derived(value, Evidence::none())
}

fn tactic(context: &Context<'_>, place: usize, written: &str) -> Field<TacticLine> {
    let name = attack::sentinel_tactic(written);
    let named = |version: Version| -> Vec<String> {
        let tactics = name.tactic().into_iter().flat_map(attack::SentinelTactic::tactics);
        tactics
            .filter(|tactic| tactic.is_in(version))
            .map(|tactic| format!("{} ({})", tactic.name_in(version), tactic.id))
            .collect()
    };
    let remark = match name {
        TacticName::Known(_) => None,
        TacticName::Misspelt(tactic) => {
            Some(format!("written otherwise: `{}` is meant", tactic.name))
        }
        TacticName::Label => Some(String::from("a label, not a tactic")),
        TacticName::Unknown => Some(String::from("not a tactic that is known")),
    };
    let line = TacticLine {
        written: written.to_owned(),
        v18: named(Version::V18),
        v19: named(Version::V19),
        remark,
    };
    Field::source(line, context.yaml(&format!("/tactics/{place}")))
}

fn technique(context: &Context<'_>, place: usize, id: &str) -> Field<TechniqueLine> {
    let evidence = Evidence::from(context.yaml(&format!("/relevantTechniques/{place}")));
    let Some(technique) = attack::technique(id) else {
        let line = TechniqueLine {
            id: id.to_owned(),
            name: None,
            status: "unknown",
            successor: None,
            tactics_v18: Vec::new(),
            tactics_v19: Vec::new(),
            platforms: Vec::new(),
            link: None,
        };
        return Field::source(line, evidence);
    };
    let tactics = |version| {
        let ids = technique.tactics(version).iter();
        ids.filter_map(|id| attack::tactic(id))
            .map(|tactic| tactic.name_in(version).to_owned())
            .collect()
    };
    let successor = match technique.status {
        Status::Revoked => technique.today(),
        Status::Active | Status::Deprecated => None,
    };
    let line = TechniqueLine {
        id: id.to_owned(),
        name: Some(full_name(technique)),
        status: technique.status.name(),
        successor: successor.map(|one| (one.id.to_owned(), full_name(one))),
        tactics_v18: tactics(Version::V18),
        tactics_v19: tactics(Version::V19),
        platforms: technique.platforms.iter().map(|one| (*one).to_owned()).collect(),
        link: Some(technique.link()),
    };
    Field::source(line, evidence.and(context.attack_evidence(technique)))
}

/// `Account Manipulation: Additional Cloud Credentials`.
pub(crate) fn full_name(technique: &Technique) -> String {
    match technique.parent() {
        Some(parent) => format!("{}: {}", parent.name, technique.name),
        None => technique.name.to_owned(),
    }
}

/// Whether the tables are those that MITRE's analytics read.
fn logs(context: &Context<'_>) -> Vec<Field<String>> {
    let tables = context.reading.tables();
    let declared = context.rule.techniques.iter().filter_map(|id| attack::technique(id)?.today());
    let mut said = Vec::new();
    for technique in declared.filter(|one| one.matrix == Matrix::Enterprise).take(4) {
        let known: Vec<(&str, &[&str])> = technique
            .log_sources
            .iter()
            .map(|log| (*log, attack::log_source_tables(log)))
            .filter(|(_, tables)| !tables.is_empty())
            .collect();
        let read: Vec<String> = known
            .iter()
            .filter(|(_, of_log)| tables.iter().any(|table| of_log.contains(table)))
            .map(|(log, _)| (*log).to_owned())
            .collect();
        let all: Vec<String> = known.iter().map(|(log, _)| (*log).to_owned()).collect();
        let text = match (read.is_empty(), all.is_empty()) {
            (_, true) => continue,
            (false, _) => format!(
                "{} is usually seen in {}; the rule reads it.",
                technique.id,
                code_list(&read, 3, "and")
            ),
            (true, false) => format!(
                "{} is usually seen in {}; the rule reads other tables.",
                technique.id,
                code_list(&all, 4, "or")
            ),
        };
        said.push(Field::derived(text, Evidence::from(context.attack_evidence(technique))));
    }
    said
}

pub(super) fn blocks(attack: &Field<AttackContext>) -> Vec<Block> {
    let value = &attack.value;
    let mut blocks = Vec::new();
    if value.tactics.is_empty() && value.techniques.is_empty() {
        blocks.push(Block::Paragraph(Line::plain("The file names no tactic and no technique.")));
    }
    let tactics: Vec<Vec<Line>> = value.tactics.iter().map(tactic_row).collect();
    if !tactics.is_empty() {
        blocks.push(Block::Table {
            head: vec!["Tactic", "ATT&CK 18", "ATT&CK 19", ""],
            rows: tactics,
        });
    }
    let techniques: Vec<Vec<Line>> = value.techniques.iter().map(technique_row).collect();
    if !techniques.is_empty() {
        let head = vec!["Technique", "Name", "Tactics in 18", "Tactics in 19", "Status"];
        blocks.push(Block::Table { head, rows: techniques });
    }
    if !value.suggestions.is_empty() {
        blocks.push(Block::Paragraph(Line::plain(
            "Suggested by the query, not declared by the file:",
        )));
        blocks.push(Block::List(value.suggestions.iter().map(suggestions::line).collect()));
    }
    if !value.logs.is_empty() {
        blocks.push(Block::List(value.logs.iter().map(Line::statement).collect()));
    }
    blocks
}

fn tactic_row(field: &Field<TacticLine>) -> Vec<Line> {
    let tactic = &field.value;
    vec![
        Line::plain(tactic.written.clone()).from_field(field),
        Line::plain(words::listed(&tactic.v18, "and")),
        Line::plain(words::listed(&tactic.v19, "and")),
        Line::marked(tactic.remark.as_deref().unwrap_or("")),
    ]
}

fn technique_row(field: &Field<TechniqueLine>) -> Vec<Line> {
    let technique = &field.value;
    let id = match &technique.link {
        Some(url) => Piece::Link { text: technique.id.clone(), url: url.clone() },
        None => Piece::Code(technique.id.clone()),
    };
    let status = match &technique.successor {
        Some((id, name)) => format!("{}; today {id} {name}", technique.status),
        None => technique.status.to_owned(),
    };
    vec![
        Line::default().then(id).from_field(field),
        Line::plain(
            technique.name.clone().unwrap_or_else(|| String::from("not a technique that is known")),
        ),
        Line::plain(technique.tactics_v18.join(", ")),
        Line::plain(technique.tactics_v19.join(", ")),
        Line::plain(status),
    ]
}
