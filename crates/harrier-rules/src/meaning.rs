//! What a rule means, in facts that two versions of it can be compared by.

mod compare;
pub(crate) mod query;
mod words;

use std::collections::BTreeSet;

use kql_semantics::BindOptions;
use kql_semantics::catalog::Catalog;
use kql_syntax::Diagnostic;
use serde::Serialize;

use crate::check::bind_text;
use crate::rule::{Rule, TriggerOperator};

pub use compare::{MeaningChange, compare};

/// The instant that rules are bound at to be understood: so late that no rule writes a time near it, and what is near it
/// was counted from `now()`. **Unit**: ticks.
const NOW: i64 = 2_200_000 * kql_semantics::time::TICKS_PER_DAY;

/// What a rule means. Read from its bound query and its fields; spacing, comments and the order of conditions are no part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// Its name.
    pub name: String,
    /// `scheduled`, `hunting`, ...
    pub kind: String,
    /// Its severity; empty where it says none.
    pub severity: String,
    /// What it is for.
    pub description: String,
    /// Its version.
    pub version: String,
    /// ATT&CK tactics.
    pub tactics: BTreeSet<String>,
    /// ATT&CK techniques.
    pub techniques: BTreeSet<String>,
    /// `every 1h, over 1d, when more than 0 rows`; empty where it has no schedule.
    pub schedule: String,
    /// `Account.FullName = UserPrincipalName`
    pub entities: BTreeSet<String>,
    /// Tables that are read.
    pub tables: BTreeSet<String>,
    /// Functions whose text is not here, with their arguments: `_GetWatchlist("VIPs")`.
    pub functions: BTreeSet<String>,
    /// Literals with what they are compared to: `EventID == 4625`, one a value of a list.
    pub literals: BTreeSet<String>,
    /// Conditions, their literals left out: `EventID == …`.
    pub conditions: BTreeSet<String>,
    /// Times counted from `now()`: `TimeGenerated > ago(1d)`.
    pub windows: BTreeSet<String>,
    /// `inner on UserPrincipalName`
    pub joins: BTreeSet<String>,
    /// `count() by UserPrincipalName`
    pub groups: BTreeSet<String>,
    /// Result columns in order, with their types.
    pub columns: Vec<String>,
    /// Whether the query binds. Where it does not, the facts of the query are what could be made of it.
    pub binds: bool,
}

impl Meaning {
    /// What a rule means against these tables and functions.
    #[must_use]
    pub fn of(rule: &Rule, catalog: &dyn Catalog) -> Self {
        let options = BindOptions { now: NOW, ..BindOptions::default() };
        let bound = bind_text(&rule.query.text, catalog, &options);
        let mut meaning = Self {
            name: rule.name.clone(),
            kind: rule.kind.name().to_owned(),
            severity: rule.severity.map(|severity| severity.name().to_owned()).unwrap_or_default(),
            description: rule.description.clone(),
            version: rule.version.clone().unwrap_or_default(),
            tactics: rule.tactics.iter().cloned().collect(),
            techniques: rule.techniques.iter().cloned().collect(),
            schedule: schedule(rule),
            entities: entities(rule),
            binds: !bound.diagnostics.iter().any(Diagnostic::is_error),
            ..Self::default()
        };
        query::read(&bound.bound.query, &mut meaning);
        meaning
    }
}

fn schedule(rule: &Rule) -> String {
    let Some(schedule) = rule.schedule else { return String::new() };
    let spelt = |seconds: crate::Seconds| seconds.short().unwrap_or_else(|| seconds.iso());
    let operator = match schedule.operator {
        TriggerOperator::GreaterThan => "more than ",
        TriggerOperator::LessThan => "fewer than ",
        TriggerOperator::Equal => "",
        TriggerOperator::NotEqual => "not ",
    };
    let (frequency, period) = (spelt(schedule.frequency), spelt(schedule.period));
    format!("every {frequency}, over {period}, when {operator}{} rows", schedule.threshold)
}

fn entities(rule: &Rule) -> BTreeSet<String> {
    let mappings = rule.entity_mappings.iter();
    let fields = mappings.flat_map(|mapping| {
        mapping
            .fields
            .iter()
            .map(|(identifier, column)| format!("{}.{identifier} = {column}", mapping.entity_type))
    });
    fields.collect()
}
