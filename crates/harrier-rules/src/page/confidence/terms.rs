//! The terms of the sum.

use super::super::Context;
use super::super::field::{Evidence, Field};
use super::super::hypothesis;
use super::super::words::{self, code_list, counted};
use super::super::{RuleKind, data_sources};
use super::{Term, Verdict};
use crate::attack::{self, Status, Version};
use crate::entities::{self, Strength};
use crate::facts::keys::Uniqueness;

/// How many hits a day are noise.
const NOISE: f64 = 10.0;

pub(super) fn all(context: &Context<'_>) -> Vec<Field<Term>> {
    vec![
        parses(context),
        binds(context),
        data(context),
        literals(context),
        bounded(context),
        output(context),
        joins(context),
        tests(context),
        backtest(context),
        attack_sound(context),
        maintained(context),
    ]
}

fn term(
    name: &'static str,
    of: i8,
    verdict: Verdict,
    why: impl Into<String>,
    evidence: impl Into<Evidence>,
) -> Field<Term> {
    let points = match verdict {
        Verdict::Yes => of,
        Verdict::Partly => of / 2,
        Verdict::No | Verdict::Unknown => 0,
    };
    Field::derived(Term { name, points, of, verdict, why: why.into() }, evidence)
}

fn has_code(context: &Context<'_>, codes: &[&str]) -> Option<String> {
    let codes_found = context.input.findings.iter().map(|finding| finding.code.0);
    codes_found.into_iter().find(|code| codes.contains(code)).map(str::to_owned)
}

fn parses(context: &Context<'_>) -> Field<Term> {
    let (verdict, why) = match context.parse_ok {
        true => (Verdict::Yes, "its syntax is right"),
        false => (Verdict::No, "its syntax is wrong"),
    };
    term("parses", 10, verdict, why, context.yaml("/query"))
}

fn binds(context: &Context<'_>) -> Field<Term> {
    let evidence: Evidence =
        context.reading.tables().iter().map(|table| format!("schema:{table}")).collect();
    if context.bind_errors > 0 || !context.parse_ok {
        let faults = counted(i64::try_from(context.bind_errors).unwrap_or(0), "fault");
        let why = format!("{faults} of names or types against the known schemas");
        return term("binds", 15, Verdict::No, why, evidence);
    }
    let is_open = context.is_open
        || context.reading.others.iter().any(|other| {
            matches!(
                other.kind,
                super::super::reading::OtherSourceKind::Watchlist
                    | super::super::reading::OtherSourceKind::Function
            )
        });
    match is_open {
        true => term(
            "binds",
            15,
            Verdict::Partly,
            "all names that can be looked up are known; what comes from open schemas can not be",
            evidence,
        ),
        false => term(
            "binds",
            15,
            Verdict::Yes,
            "all names and types are right against the known schemas",
            evidence,
        ),
    }
}

fn data(context: &Context<'_>) -> Field<Term> {
    let Some(observed) = context.input.observed else {
        return term("data", 10, Verdict::Unknown, "no data was given", Evidence::none());
    };
    let needed = context.reading.sources.iter().filter(|source| !source.is_optional);
    let mut missing: Vec<String> = Vec::new();
    for source in needed {
        let has_rows = observed.tables.get(source.table).is_some_and(|table| table.rows > 0);
        if !has_rows && !missing.contains(&source.table.to_owned()) {
            missing.push(source.table.to_owned());
        }
    }
    let evidence: Evidence = context
        .reading
        .tables()
        .iter()
        .map(|table| format!("data:{table}@{}", observed.snapshot))
        .collect();
    match missing.is_empty() {
        true => term("data", 10, Verdict::Yes, "every table has rows", evidence),
        false => term(
            "data",
            10,
            Verdict::No,
            format!("no rows in {}", code_list(&missing, 5, "and")),
            evidence,
        ),
    }
}

fn literals(context: &Context<'_>) -> Field<Term> {
    const IMPOSSIBLE: [&str; 4] = ["HR401", "HR402", "HR403", "HR407"];
    if let Some(code) = has_code(context, &IMPOSSIBLE) {
        let field = term(
            "literals alive",
            15,
            Verdict::No,
            format!("a literal or a test can not be as it is written ({code})"),
            format!("lint:{code}"),
        );
        return Field { value: Term { points: -15, ..field.value }, ..field };
    }
    let mut evidence = Evidence::none();
    let (mut unseen, mut unknown, mut count) = (Vec::new(), Vec::new(), 0);
    for table in context.reading.tables() {
        for (path, values) in data_sources::literals(context, table) {
            let column = path.split(['.', '[']).next().unwrap_or(&path);
            if !hypothesis::is_telling(column) {
                continue;
            }
            for value in values {
                count += 1;
                let key = (table.to_owned(), path.clone(), value.clone());
                let seen = context.input.observed.and_then(|observed| observed.literals.get(&key));
                // What has a dash between blanks is spelled in several ways, and only data tells which.
                let is_hint =
                    words::value_hint(&value).is_some_and(|hint| !hint.text.contains(" - "));
                let is_known = words::code(column, &value).is_some() || is_hint;
                match seen {
                    Some(0) if !is_known => unseen.push(value.clone()),
                    Some(rows) if *rows > 0 => {
                        if let Some(observed) = context.input.observed {
                            evidence = evidence
                                .and(format!("data:{table}.{path}~{value}@{}", observed.snapshot));
                        }
                    }
                    _ if is_known => {}
                    _ => unknown.push(value.clone()),
                }
            }
        }
    }
    match (count, unseen.is_empty(), unknown.is_empty()) {
        (0, ..) => term(
            "literals alive",
            15,
            Verdict::Unknown,
            "no literal on a column that tells events apart",
            evidence,
        ),
        (_, false, _) => term(
            "literals alive",
            15,
            Verdict::No,
            format!("never seen in the data: {}", code_list(&unseen, 4, "and")),
            evidence,
        ),
        (_, true, true) => {
            term("literals alive", 15, Verdict::Yes, "all were seen or are known values", evidence)
        }
        (_, true, false) => term(
            "literals alive",
            15,
            Verdict::Unknown,
            format!("not known, and no data to look in: {}", code_list(&unknown, 3, "and")),
            evidence,
        ),
    }
}

fn bounded(context: &Context<'_>) -> Field<Term> {
    let has_schedule = context.rule.schedule.is_some() || context.rule.kind == RuleKind::Nrt;
    if let Some(code) = has_code(context, &["HR210", "HR211", "HR212"]) {
        return term(
            "bounded in time",
            8,
            Verdict::No,
            format!("its times do not fit ({code})"),
            format!("lint:{code}"),
        );
    }
    let is_one_sided = context.reading.conditions.iter().find(|condition| {
        matches!(&condition.kind, super::super::reading::ConditionKind::Order(order) if order.least.is_none())
    });
    if let Some(condition) = is_one_sided {
        let why = "two times are compared on one side only";
        return term("bounded in time", 8, Verdict::No, why, context.places.id(condition.span));
    }
    match (hypothesis::is_bounded(context), has_schedule) {
        (true, _) => term(
            "bounded in time",
            8,
            Verdict::Yes,
            "the query says which time it looks at",
            Evidence::none(),
        ),
        (false, true) => term(
            "bounded in time",
            8,
            Verdict::Yes,
            "its schedule bounds it",
            context.yaml("/queryPeriod"),
        ),
        (false, false) => term(
            "bounded in time",
            8,
            Verdict::No,
            "neither the query nor a schedule bounds the time",
            Evidence::none(),
        ),
    }
}

fn output(context: &Context<'_>) -> Field<Term> {
    let mappings = &context.rule.entity_mappings;
    if mappings.is_empty() {
        return term("output usable", 8, Verdict::No, "no entity is mapped", Evidence::none());
    }
    let evidence: Evidence = (0..mappings.len())
        .map(|place| context.yaml(&format!("/entityMappings/{place}")))
        .collect();
    let is_produced = |column: &str| context.columns.iter().any(|(name, _)| name == column);
    let missing: Vec<String> = mappings
        .iter()
        .flat_map(|mapping| mapping.fields.iter().map(|(_, column)| column.clone()))
        .filter(|column| !is_produced(column))
        .collect();
    if !missing.is_empty() {
        let verdict =
            if context.is_open || context.bind_errors > 0 { Verdict::Unknown } else { Verdict::No };
        let why = format!("mapped and not in the result: {}", code_list(&missing, 4, "and"));
        return term("output usable", 8, verdict, why, evidence);
    }
    let is_strong = mappings.iter().any(|mapping| {
        let identifiers: Vec<&str> =
            mapping.fields.iter().map(|(identifier, _)| identifier.as_str()).collect();
        entities::entity_type(&mapping.entity_type)
            .is_some_and(|one| one.strength(&identifiers) == Strength::Strong)
    });
    match is_strong {
        true => term(
            "output usable",
            8,
            Verdict::Yes,
            "entities are mapped to columns that are there, one of them by a strong identifier",
            evidence,
        ),
        false => term(
            "output usable",
            8,
            Verdict::No,
            "entities are mapped by weak identifiers only",
            evidence,
        ),
    }
}

fn joins(context: &Context<'_>) -> Field<Term> {
    let joins = &context.reading.joins;
    if joins.is_empty() {
        return term("joins sound", 6, Verdict::Yes, "nothing is joined", Evidence::none());
    }
    let unsound = joins.iter().find(|join| {
        join.kind == kql_semantics::bound::JoinKind::InnerUnique
            && join.left_rows != Uniqueness::Unique
    });
    match unsound {
        Some(join) => term(
            "joins sound",
            6,
            Verdict::No,
            "a join keeps one left row for each key, and the left side has many",
            context.places.id(join.span),
        ),
        None => {
            let evidence: Evidence =
                joins.iter().map(|join| context.places.id(join.span)).collect();
            term("joins sound", 6, Verdict::Yes, "no join drops rows by chance", evidence)
        }
    }
}

fn tests(context: &Context<'_>) -> Field<Term> {
    match context.input.record.filter(|record| record.tests > 0) {
        None => term("tests", 12, Verdict::Unknown, "no test was run", Evidence::none()),
        Some(record) if record.tests_passed < record.tests => {
            let why = format!("{} of {} passed", record.tests_passed, record.tests);
            term("tests", 12, Verdict::No, why, "test:all")
        }
        Some(record) if record.tests_both_ways => term(
            "tests",
            12,
            Verdict::Yes,
            "one that must hit and one that must not pass",
            "test:all",
        ),
        Some(_) => term("tests", 12, Verdict::Partly, "tests pass, of one kind only", "test:all"),
    }
}

fn backtest(context: &Context<'_>) -> Field<Term> {
    match context.input.record.filter(|record| record.days > 0.0) {
        None => {
            term("backtest", 8, Verdict::Unknown, "not replayed over past data", Evidence::none())
        }
        Some(record) if record.days < 14.0 => term(
            "backtest",
            8,
            Verdict::No,
            format!("{:.1} days were replayed, 14 are wanted", record.days),
            "test:backtest",
        ),
        Some(record) => {
            let daily = record.hits as f64 / record.days;
            let verdict = if daily <= NOISE { Verdict::Yes } else { Verdict::No };
            term(
                "backtest",
                8,
                verdict,
                format!("{daily:.1} hits a day over {:.0} days", record.days),
                "test:backtest",
            )
        }
    }
}

fn attack_sound(context: &Context<'_>) -> Field<Term> {
    let rule = context.rule;
    if rule.techniques.is_empty() {
        return term("ATT&CK sound", 4, Verdict::No, "no technique is named", Evidence::none());
    }
    let named: Vec<&str> = rule
        .tactics
        .iter()
        .filter_map(|name| attack::sentinel_tactic(name).tactic())
        .flat_map(|tactic| tactic.ids.iter().copied())
        .collect();
    let mut evidence = Evidence::none();
    for (place, id) in rule.techniques.iter().enumerate() {
        evidence = evidence.and(context.yaml(&format!("/relevantTechniques/{place}")));
        let Some(technique) = attack::technique(id) else {
            return term("ATT&CK sound", 4, Verdict::No, format!("`{id}` is not known"), evidence);
        };
        // Sentinel still speaks of version 18.
        let is_active = [Version::V18, Version::V19]
            .into_iter()
            .any(|version| technique.status_in(version) == Some(Status::Active));
        if !is_active {
            return term(
                "ATT&CK sound",
                4,
                Verdict::No,
                format!("{id} is {}", technique.status.name()),
                evidence,
            );
        }
        let serves = technique.tactics(Version::V18).iter().chain(technique.tactics(Version::V19));
        if !serves.clone().any(|id| named.contains(id)) {
            return term(
                "ATT&CK sound",
                4,
                Verdict::No,
                format!("{id} serves none of the tactics that are listed"),
                evidence,
            );
        }
    }
    term(
        "ATT&CK sound",
        4,
        Verdict::Yes,
        "its techniques are active and serve the tactics listed",
        evidence,
    )
}

fn maintained(context: &Context<'_>) -> Field<Term> {
    const MONTH: i64 = 864_000_000_000 * 30;
    let changed =
        context.origin().and_then(|origin| Some((origin.changed.as_ref()?, origin.retrieved)));
    match changed {
        None => {
            term("maintained", 4, Verdict::Unknown, "its history is not known", Evidence::none())
        }
        Some((change, retrieved)) => {
            let age = retrieved.unwrap_or(change.time).saturating_sub(change.time);
            let verdict = if age <= 24 * MONTH { Verdict::Yes } else { Verdict::No };
            let time = super::super::instant(change.time);
            let date = time.get(..10).unwrap_or(&time);
            term(
                "maintained",
                4,
                verdict,
                format!("last changed on {date}"),
                context.git(Some(&change.commit)),
            )
        }
    }
}
