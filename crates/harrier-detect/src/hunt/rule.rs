//! One rule: bound, planned, run, and what became of it.

use std::time::Instant as Clock;

use futures::StreamExt;
use harrier_rules::{Rule, RuleKind};
use harrier_store::Store;
use kql_engine::{Answer, Engine, QueryError, QueryOptions};
use kql_semantics::Bound;
use kql_semantics::time::TICKS_PER_DAY;
use kql_syntax::{Code, Diagnostic, Name, Span};

use super::gather::Gathered;
use super::occupancy::Occupancies;
use super::placeholders::{filled, has_placeholders};
use super::plan::{Known, Plan, Run, plan};
use super::problems::{placeless, problem};
use super::row_wise::is_row_wise;
use super::{HuntOptions, clock, entities, milliseconds, tables};
use crate::report::{Instant, Outcome, Problem, RuleFacts, RuleOutcome, Seen, Severity};

/// How far apart the instants are at which a rule is bound to see what moves: whole weeks, so that the beginnings of days
/// and weeks move as far.
const APART: i64 = 28 * TICKS_PER_DAY;
/// How many runs of a rule are made side by side.
const SIDE_BY_SIDE: usize = 2;

/// What all rules share.
pub(super) struct Parts<'a> {
    pub(super) store: &'a Store,
    pub(super) engine: &'a Engine,
    pub(super) options: &'a HuntOptions,
    pub(super) occupancies: &'a Occupancies,
}

/// A rule's query as it is understood.
struct Understood {
    tables: Vec<Name>,
    plan: Plan,
    /// Whether it can find anything at all in the tables that have rows.
    can_give_rows: bool,
}

/// Runs a rule and says what became of it.
pub(super) async fn outcome(parts: &Parts<'_>, rule: &Rule) -> RuleOutcome {
    let start = Clock::now();
    let mut warnings: Vec<Problem> =
        rule.diagnostics.iter().map(|fault| problem(fault, &rule.file.source)).collect();
    let mut tables = Vec::new();
    let outcome = match understand(parts, rule, &mut warnings) {
        Err(problems) => Outcome::CannotRun { problems },
        Ok(understood) => {
            tables = understood.tables.iter().map(ToString::to_string).collect();
            run(parts, rule, understood, &mut warnings).await
        }
    };
    RuleOutcome {
        path: rule.file.path.to_string_lossy().into_owned(),
        rule: Some(facts(rule, tables)),
        outcome,
        warnings,
        elapsed_ms: milliseconds(start.elapsed()),
    }
}

fn facts(rule: &Rule, tables: Vec<String>) -> RuleFacts {
    RuleFacts {
        id: rule.id.clone(),
        name: rule.name.clone(),
        kind: rule.kind.name().to_owned(),
        severity: rule.severity.map(|severity| match severity {
            harrier_rules::Severity::Informational => Severity::Informational,
            harrier_rules::Severity::Low => Severity::Low,
            harrier_rules::Severity::Medium => Severity::Medium,
            harrier_rules::Severity::High => Severity::High,
        }),
        tactics: rule.tactics.clone(),
        techniques: rule.techniques.clone(),
        description: rule.description.clone(),
        tables,
        query: rule.query.text.clone(),
    }
}

/// Binds a rule and plans its runs.
fn understand(
    parts: &Parts<'_>,
    rule: &Rule,
    warnings: &mut Vec<Problem>,
) -> Result<Understood, Vec<Problem>> {
    let at_file = |diagnostic: Diagnostic| {
        problem(&rule.query.offsets.diagnostic(diagnostic), &rule.file.source)
    };
    if let Some(entity) = wanted_entity(rule) {
        return Err(vec![at_file(entity)]);
    }
    if rule.diagnostics.iter().any(Diagnostic::is_error) {
        let errors = rule.diagnostics.iter().filter(|fault| fault.is_error());
        warnings.clear();
        return Err(errors.map(|fault| problem(fault, &rule.file.source)).collect());
    }
    let placeholders = has_placeholders(&rule.query.text);
    let bound_at = |now: i64| -> (Bound, Vec<Diagnostic>) {
        let run = Run { now, window: None, newest: None };
        let text = filled(&rule.query.text, run, None);
        parts.engine.bind(&text, &QueryOptions { now, ..QueryOptions::default() })
    };
    // The last moment of a day, as runs' instants are.
    let now = QueryOptions::default().now - 1;
    let (early, diagnostics) = bound_at(now);
    let (errors, others): (Vec<Diagnostic>, Vec<Diagnostic>) =
        diagnostics.into_iter().partition(Diagnostic::is_error);
    if !errors.is_empty() {
        return Err(errors.into_iter().map(at_file).collect());
    }
    warnings.extend(others.into_iter().map(at_file));
    let (late, _) = bound_at(now + APART);
    let store = parts.store;
    let is_time = |table: &str, column: &str| match store.info(table).and_then(|i| i.time_column) {
        Some(time) => *time == *column || matches!(column, "TimeGenerated" | "Timestamp"),
        None => matches!(column, "TimeGenerated" | "Timestamp"),
    };
    let clock = clock::clock((&early.query, now), (&late.query, now + APART), &is_time);
    let tables: Vec<Name> = early.query.tables().into_iter().collect();
    let infos: Vec<_> = tables.iter().filter_map(|table| store.info(table)).collect();
    let first = infos.iter().filter_map(|info| info.first).min();
    let last = infos.iter().filter_map(|info| info.last).max();
    let has_rows = |table: &str| store.info(table).is_some_and(|info| info.rows > 0);
    let known = Known {
        rule,
        clock: &clock,
        is_row_wise: is_row_wise(&early.query),
        has_placeholders: placeholders,
        span: first.zip(last),
    };
    Ok(Understood {
        plan: plan(known, parts.options),
        can_give_rows: tables::can_give_rows(&early.query, &has_rows),
        tables,
    })
}

/// What an exploration query leaves to be filled in: `'<Address>'`.
fn wanted_entity(rule: &Rule) -> Option<Diagnostic> {
    if rule.kind != RuleKind::Exploration {
        return None;
    }
    let text = &rule.query.text;
    let start = text.find("'<")?;
    let length = text.get(start..)?.find(">'")? + 2;
    let narrow = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    let message = "an exploration query starts from an entity, and none is given";
    let diagnostic = Diagnostic::error(Code("entity-wanted"), message)
        .mark(Span::new(narrow(start), narrow(start + length)), "stands for its value")
        .help("write the value to start from in its place, and run the query by itself");
    Some(diagnostic)
}

async fn run(
    parts: &Parts<'_>,
    rule: &Rule,
    understood: Understood,
    warnings: &mut Vec<Problem>,
) -> Outcome {
    let Understood { tables, plan, can_give_rows } = understood;
    if !can_give_rows {
        let has_rows = |table: &Name| parts.store.info(table).is_some_and(|info| info.rows > 0);
        let empty = tables.iter().filter(|table| !has_rows(table)).map(ToString::to_string);
        return Outcome::NoData { tables: empty.collect() };
    }
    let (runs, share) = occupied(parts, &plan, &tables).await;
    let mut seen = Seen {
        runs: 0,
        from: runs.first().map(|run| Instant(run.now)),
        to: runs.last().map(|run| Instant(run.now)),
        step: plan.step,
        share,
    };
    let columns = entities::columns(&rule.entity_mappings);
    let mut gathered = Gathered::new(columns, parts.options.max_rows);
    let end = Clock::now() + parts.options.deadline;
    let answers = runs.iter().map(|run| answer(parts, rule, *run, plan.step, end));
    let mut answers = futures::stream::iter(answers).buffered(SIDE_BY_SIDE);
    while let Some((now, answer)) = answers.next().await {
        match answer {
            Ok(answer) => {
                seen.runs += 1;
                warnings.extend(cut(&answer).map(|diagnostic| {
                    problem(&rule.query.offsets.diagnostic(diagnostic.clone()), &rule.file.source)
                }));
                if let Some(table) = answer.tables.first() {
                    gathered.add(table, now);
                }
            }
            Err(error) if gathered.is_empty() => return failure(rule, error),
            // What was found is told, and that it is not all.
            Err(error) => {
                warnings.push(placeless(
                    "not-all-runs",
                    format!("after {} of {} runs: {error}", seen.runs, runs.len()),
                    "give it more time (--timeout), or larger steps (--every)",
                ));
                break;
            }
        }
    }
    drop(answers);
    warnings.dedup();
    match gathered.is_empty() {
        true => Outcome::NothingFound { seen },
        false => Outcome::Hits(gathered.finish(seen)),
    }
}

/// The runs whose newest window holds rows, and which share of all rows lies in some window.
async fn occupied(parts: &Parts<'_>, plan: &Plan, tables: &[Name]) -> (Vec<Run>, Option<f64>) {
    if plan.step.is_none() {
        return (plan.runs.clone(), None);
    }
    let mut occupancies = Vec::new();
    for table in tables {
        occupancies.push(parts.occupancies.of(table).await);
    }
    let windows: Vec<_> = plan.runs.iter().filter_map(|run| run.newest).collect();
    let counts = occupancies.iter().map(|occupancy| occupancy.seen(&windows));
    let (seen, all) = counts.fold((0, 0), |(seen, all), (s, a)| (seen + s, all + a));
    let share = (all > 0).then(|| {
        #[expect(clippy::cast_precision_loss, reason = "a share is told to a few digits")]
        let share = seen as f64 / all as f64;
        share
    });
    let is_occupied = |run: &&Run| {
        run.newest.is_none_or(|newest| occupancies.iter().any(|table| table.may_hold(newest)))
    };
    (plan.runs.iter().filter(is_occupied).copied().collect(), share)
}

async fn answer(
    parts: &Parts<'_>,
    rule: &Rule,
    run: Run,
    step: Option<i64>,
    end: Clock,
) -> (i64, Result<Answer, QueryError>) {
    let deadline = end.saturating_duration_since(Clock::now());
    if deadline.is_zero() {
        return (run.now, Err(QueryError::Deadline(parts.options.deadline)));
    }
    let options =
        QueryOptions { now: run.now, window: run.window, deadline, ..QueryOptions::default() };
    let text = filled(&rule.query.text, run, step);
    let answer = parts.engine.query(&text, &options).await;
    let answer = answer.map_err(|error| match error {
        QueryError::Deadline(_) => QueryError::Deadline(parts.options.deadline),
        other => other,
    });
    (run.now, answer)
}

/// What an answer says of rows that are not in it, and of what was assumed of them.
fn cut(answer: &Answer) -> impl Iterator<Item = &Diagnostic> {
    let is_told = |code: &str| matches!(code, "rows-cut" | "ingestion-assumed");
    answer.diagnostics.iter().filter(move |diagnostic| is_told(diagnostic.code.0))
}

fn failure(rule: &Rule, error: QueryError) -> Outcome {
    let failed = |help: &str| {
        let (message, help) = (error.to_string(), help.to_owned());
        Outcome::Failed { message, help }
    };
    match &error {
        QueryError::Refused(diagnostics) => {
            let place = |diagnostic: &Diagnostic| {
                problem(&rule.query.offsets.diagnostic(diagnostic.clone()), &rule.file.source)
            };
            let mut problems: Vec<Problem> = diagnostics.iter().map(place).collect();
            if problems.is_empty() {
                problems.push(placeless("refused", error.to_string(), "mend the query"));
            }
            Outcome::CannotRun { problems }
        }
        QueryError::Value(message) => {
            let problems = vec![placeless("value", message.clone(), "mend the query")];
            Outcome::CannotRun { problems }
        }
        QueryError::Deadline(_) => failed(
            "give it more time (--timeout), larger steps (--every) or a narrower span (--from, --to)",
        ),
        QueryError::Memory { .. } => failed("give it more memory (--memory), or narrow its window"),
        QueryError::Io(_) => failed("check the file that it names"),
        QueryError::Cancelled => failed("run it again"),
        QueryError::Internal(_) => failed("report it with the rule and the command"),
    }
}
