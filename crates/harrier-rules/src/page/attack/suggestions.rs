//! What a query suggests of ATT&CK beyond what its file declares.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::Context;
use super::super::document::{Line, Piece};
use super::super::field::{Evidence, Field};
use super::super::reading::{Test, TestKind};
use super::super::words::{self, Hint, code_text};
use super::full_name;
use crate::attack::{self, Version};

/// A tactic or technique that is suggested.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Its id, or a tactic's name as Sentinel writes it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: String,
}

pub(super) fn read(context: &Context<'_>) -> Vec<Field<Suggestion>> {
    let mut found: BTreeMap<&'static str, (String, Evidence)> = BTreeMap::new();
    for test in context.reading.tests() {
        if test.is_negated {
            continue;
        }
        for value in &test.values {
            let Some(hint) = hint(test, value) else { continue };
            for id in &hint.techniques {
                let why = match hint.meaning {
                    "" => code_text(value),
                    meaning => format!("{}: {meaning}", code_text(value)),
                };
                let place = context.places.id(test.span);
                let known = found.entry(id).or_insert_with(|| (why, Evidence::none()));
                known.1 = std::mem::take(&mut known.1).and(place);
            }
        }
    }
    let declared: Vec<&str> = context.rule.techniques.iter().map(String::as_str).collect();
    let todays: Vec<&str> =
        declared.iter().filter_map(|id| attack::technique(id)?.today()).map(|one| one.id).collect();
    let is_declared = |id: &str| {
        let is_part = |own: &str| own.split('.').next() == Some(id) && !id.contains('.');
        declared.contains(&id)
            || todays.contains(&id)
            || declared.iter().chain(&todays).any(|own| is_part(own))
    };
    let mut said = tactics(context);
    for (id, (reason, evidence)) in found {
        let Some(technique) = attack::technique(id) else { continue };
        if !is_declared(id) {
            let name = full_name(technique);
            let evidence = evidence.and(context.attack_evidence(technique));
            said.push(Field::derived(Suggestion { id: id.to_owned(), name, reason }, evidence));
        }
    }
    said.truncate(12);
    said
}

fn hint(test: &Test, value: &str) -> Option<&'static Hint> {
    let column = test.subject.column.as_str();
    let is_code = column == "EventID" || column == "EventOriginalType";
    if is_code && test.kind == TestKind::Is {
        return words::event_hint(value);
    }
    if column.contains("CommandLine")
        || matches!(column, "FileName" | "Process" | "ScriptBlockText" | "EventData")
    {
        return words::command_hint(value);
    }
    match test.kind {
        TestKind::Is | TestKind::Contains => words::value_hint(value),
        _ => None,
    }
}

/// Tactics that declared techniques serve, where the file names none of them.
fn tactics(context: &Context<'_>) -> Vec<Field<Suggestion>> {
    let named: Vec<&str> = context
        .rule
        .tactics
        .iter()
        .filter_map(|name| attack::sentinel_tactic(name).tactic())
        .flat_map(|tactic| tactic.ids.iter().copied())
        .collect();
    let mut said: Vec<Field<Suggestion>> = Vec::new();
    for (place, id) in context.rule.techniques.iter().enumerate() {
        let Some(technique) = attack::technique(id) else { continue };
        let serves = technique.tactics(Version::V18);
        if serves.is_empty() || serves.iter().any(|id| named.contains(id)) {
            continue;
        }
        let sentinel = attack::sentinel_tactics().iter();
        let fitting: Vec<&str> = sentinel
            .filter(|tactic| {
                tactic.name != "PreAttack" && tactic.ids.iter().any(|id| serves.contains(id))
            })
            .map(|tactic| tactic.name)
            .collect();
        let Some(first) = fitting.first() else { continue };
        if said.iter().any(|known| known.value.id == *first) {
            continue;
        }
        let name = fitting.join(" or ");
        let reason = format!("{id} serves it, and the file lists none of its tactics");
        let evidence = Evidence::from(context.yaml(&format!("/relevantTechniques/{place}")))
            .and(context.attack_evidence(technique));
        said.push(Field::derived(Suggestion { id: (*first).to_owned(), name, reason }, evidence));
    }
    said
}

pub(super) fn line(field: &Field<Suggestion>) -> Line {
    let suggestion = &field.value;
    let head = match suggestion.id.starts_with('T')
        && suggestion.id.chars().nth(1).is_some_and(|c| c.is_ascii_digit())
    {
        true => format!("{} {}", suggestion.id, suggestion.name),
        false => suggestion.name.clone(),
    };
    let reason = Line::marked(&format!(" ({})", suggestion.reason));
    let mut line = Line::default().then(Piece::Strong(head));
    line.pieces.extend(reason.pieces);
    line.from_field(field)
}
