//! How what the tables show belongs together.

use kql_semantics::bound::JoinKind;
use kql_syntax::tree::BinaryOperator;

use super::super::Context;
use super::super::field::{Evidence, Field};
use super::super::reading::{ConditionKind, Join, JoinKey, Subject, TimeOrder};
use super::super::words::{self, code_text, duration};

/// How many sentences there are of one kind.
const MOST: usize = 3;

pub(super) fn sentences(context: &Context<'_>) -> Vec<Field<String>> {
    let mut said = Vec::new();
    let mut evidence = Evidence::none();
    let mut parts = Vec::new();
    for join in context.reading.joins.iter().take(MOST) {
        parts.push(joined(context, join));
        evidence = evidence.and(context.places.id(join.span));
    }
    let mut where_parts = Vec::new();
    for condition in &context.reading.conditions {
        let told = match &condition.kind {
            ConditionKind::Relation { left, operator, right } => related(left, *operator, right),
            ConditionKind::Order(order) => ordered(order),
            ConditionKind::Threshold { name, aggregate, operator, number } => {
                format!("{} {}", counted(aggregate, name), compared(*operator, number))
            }
            ConditionKind::Occurs { subject, is_negated } => {
                let verb = if *is_negated { "does not occur" } else { "occurs" };
                format!("{} {verb} in a list that the query makes", shown(subject))
            }
            ConditionKind::Tests(_) | ConditionKind::Window | ConditionKind::Other => continue,
        };
        evidence = evidence.and(context.places.id(condition.span));
        if !where_parts.contains(&told) {
            where_parts.push(told);
        }
    }
    let more = where_parts.len().saturating_sub(MOST + 1);
    where_parts.truncate(MOST + 1);
    if more > 0 {
        where_parts.push(format!("{more} more conditions hold"));
    }
    let joined = parts.join("; then it ");
    let text = match (joined.is_empty(), where_parts.is_empty()) {
        (true, true) => String::new(),
        (false, true) => format!("The rule {joined}."),
        (true, false) => {
            format!("The rule keeps what it finds where {}.", words::listed(&where_parts, "and"))
        }
        (false, false) => {
            format!(
                "The rule {joined}, and keeps rows where {}.",
                words::listed(&where_parts, "and")
            )
        }
    };
    if !text.is_empty() {
        said.push(Field::derived(text, evidence));
    }
    said.extend(shape(context));
    said
}

/// Sequences, baselines.
fn shape(context: &Context<'_>) -> Vec<Field<String>> {
    let shape = &context.reading.shape;
    let mut said = Vec::new();
    let mut add = |text: &str, named: &[(String, kql_syntax::Span)]| {
        let evidence = named.iter().map(|(_, span)| context.places.id(*span)).collect::<Evidence>();
        let names: Vec<String> = named.iter().map(|(name, _)| name.clone()).collect();
        said.push(Field::derived(
            format!("{text} ({}).", words::code_list(&names, 3, "and")),
            evidence,
        ));
    };
    if !shape.anomalies.is_empty() {
        add("What counts is a deviation from the series' own course", &shape.anomalies);
    }
    if !shape.sequences.is_empty() {
        add("The order of the rows counts", &shape.sequences);
    }
    said
}

fn joined(context: &Context<'_>, join: &Join) -> String {
    let side = |side: &super::super::reading::JoinSide| {
        let tables: Vec<String> = side
            .sources
            .iter()
            .filter_map(|source| context.reading.sources.get(*source))
            .map(|source| source.table.to_owned())
            .collect();
        let mut tables = tables;
        tables.dedup();
        match (tables.is_empty(), &side.name) {
            (_, Some(name)) if tables.len() != 1 => code_text(name),
            (true, _) => String::from("a list"),
            _ => words::code_list(&tables, 2, "and"),
        }
    };
    let (left, right) = (side(&join.left), side(&join.right));
    let right = if right == left {
        join.right.name.as_deref().map_or(right.clone(), code_text)
    } else {
        right
    };
    let pairs: Vec<String> = join
        .left
        .keys
        .iter()
        .zip(&join.right.keys)
        .take(4)
        .map(|(one, other)| match one.name == other.name {
            true => code_text(&one.name),
            false => format!("{} = {}", key(one), key(other)),
        })
        .collect();
    let on = match pairs.is_empty() {
        true => String::new(),
        false => format!(" on {}", words::listed(&pairs, "and")),
    };
    match join.kind {
        _ if join.is_lookup => format!("adds to {left} what {right} holds{on}"),
        JoinKind::InnerUnique if join.is_implicit => format!(
            "joins {left} to {right}{on} (no kind is written, so one row of the left side stands for each key)"
        ),
        JoinKind::InnerUnique => format!("joins {left}, one row for each key, to {right}{on}"),
        JoinKind::Inner => format!("joins {left} to {right}{on}"),
        JoinKind::LeftOuter => format!("adds to {left} what {right} holds{on}, where it does"),
        JoinKind::RightOuter => format!("adds to {right} what {left} holds{on}, where it does"),
        JoinKind::FullOuter => {
            format!("puts {left} beside {right}{on}, whether or not they have a counterpart")
        }
        JoinKind::LeftSemi => format!("keeps of {left} what occurs in {right} too{on}"),
        JoinKind::RightSemi => format!("keeps of {right} what occurs in {left} too{on}"),
        JoinKind::LeftAnti => format!("leaves out of {left} what occurs in {right}{on}"),
        JoinKind::RightAnti => format!("leaves out of {right} what occurs in {left}{on}"),
    }
}

/// A key, and where its value lies when that is inside a dynamic.
fn key(key: &JoinKey) -> String {
    match key.path.contains(['.', '[']) && key.path != key.name {
        true => format!("{} (read from {})", code_text(&key.name), code_text(&key.path)),
        false => code_text(&key.name),
    }
}

fn shown(subject: &Subject) -> String {
    let written = subject.written.trim();
    match (written.is_empty(), subject.path.is_empty()) {
        (false, _) => code_text(written),
        (true, false) => code_text(&subject.path),
        (true, true) => String::from("a value"),
    }
}

fn related(left: &Subject, operator: BinaryOperator, right: &Subject) -> String {
    let (left, right) = (shown(left), shown(right));
    match operator {
        BinaryOperator::Equal | BinaryOperator::EqualTilde => {
            format!("{left} is the same as {right}")
        }
        BinaryOperator::NotEqual | BinaryOperator::BangTilde => {
            format!("{left} differs from {right}")
        }
        BinaryOperator::Has | BinaryOperator::Contains => format!("{left} contains {right}"),
        BinaryOperator::StartsWith => format!("{left} begins with {right}"),
        BinaryOperator::EndsWith => format!("{left} ends in {right}"),
        other => format!("{left} {} {right}", other.text()),
    }
}

pub(crate) fn ordered(order: &TimeOrder) -> String {
    let (earlier, later) = (shown(&order.earlier), shown(&order.later));
    match (order.least, order.most) {
        (Some(0), Some(most)) => {
            format!("{later} is at most {} after {earlier}", duration(most))
        }
        (Some(least), Some(most)) if least < 0 && -least == most => {
            format!("{later} is within {} of {earlier}", duration(most))
        }
        (Some(least), Some(most)) if least < 0 => format!(
            "{later} is between {} before and {} after {earlier}",
            duration(least),
            duration(most)
        ),
        (Some(least), Some(most)) => {
            format!("{later} is between {} and {} after {earlier}", duration(least), duration(most))
        }
        (Some(0), None) => format!("{later} is after {earlier}"),
        (Some(least), None) => format!("{later} is more than {} after {earlier}", duration(least)),
        (None, Some(most)) => format!(
            "{later} is less than {} after {earlier} (or at any time before it: nothing bounds the other side, HR211)",
            duration(most)
        ),
        (None, None) => format!("{later} and {earlier} are compared"),
    }
}

/// What an aggregate counts.
fn counted(aggregate: &str, name: &str) -> String {
    let name = code_text(name);
    match aggregate {
        "count" | "countif" => format!("the count {name}"),
        "dcount" | "dcountif" | "count_distinct" | "count_distinctif" => {
            format!("the number of distinct values {name}")
        }
        "make_set" | "make_set_if" | "make_list" | "make_list_if" => {
            format!("the number of collected values {name}")
        }
        "sum" | "sumif" => format!("the sum {name}"),
        "avg" | "avgif" => format!("the average {name}"),
        "max" | "maxif" => format!("the largest value {name}"),
        "min" | "minif" => format!("the smallest value {name}"),
        _ => name,
    }
}

fn compared(operator: BinaryOperator, number: &str) -> String {
    match operator {
        BinaryOperator::Greater => format!("is more than {number}"),
        BinaryOperator::GreaterOrEqual => format!("is at least {number}"),
        BinaryOperator::Less => format!("is less than {number}"),
        BinaryOperator::LessOrEqual => format!("is at most {number}"),
        BinaryOperator::Equal => format!("is exactly {number}"),
        _ => format!("is not {number}"),
    }
}
