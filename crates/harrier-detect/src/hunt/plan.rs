//! How often a rule runs, and what each run sees.

use harrier_rules::{Rule, RuleKind};
use kql_engine::Window;
use kql_semantics::time::TICKS_PER_DAY;

use super::HuntOptions;
use super::clock::Clock;

const HOUR: i64 = TICKS_PER_DAY / 24;
/// More runs than this are not made; the step is widened instead.
const MOST_RUNS: i64 = 20_000;

/// One run of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// What `now()` is.
    pub(super) now: i64,
    /// What the query sees; everything where there is none.
    pub(super) window: Option<Window>,
    /// What no earlier run had in its newest window: the run is made only where this holds rows.
    pub(super) newest: Option<Window>,
}

/// The runs of a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// In the order of time.
    pub(super) runs: Vec<Run>,
    /// Time between two of them.
    pub(super) step: Option<i64>,
    /// How far back from its `now()` a run looks for what is new; none where it sees everything.
    pub(super) reach: Option<i64>,
}

/// What is known of a rule when its runs are planned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub(super) rule: &'a Rule,
    pub(super) clock: &'a Clock,
    pub(super) is_row_wise: bool,
    /// Whether its text holds placeholders for a window.
    pub(super) has_placeholders: bool,
    /// First and last event of its tables.
    pub(super) span: Option<(i64, i64)>,
}

/// How a rule is run over the data's span.
pub(super) fn plan(known: Known<'_>, options: &HuntOptions) -> Plan {
    let (period, frequency) = schedule(known.rule);
    let once = |now: i64, window: Option<Window>| Plan {
        runs: vec![Run { now, window, newest: None }],
        ..Plan::default()
    };
    if let Some(now) = options.as_of {
        return once(now, Some(until(now, period)));
    }
    let span =
        known.span.map(|(first, last)| (options.from.unwrap_or(first), options.to.unwrap_or(last)));
    let Some((from, to)) = span else {
        return once(options.to.unwrap_or(0), None);
    };
    if from > to {
        return Plan::default();
    }
    let is_limited = options.from.is_some() || options.to.is_some();
    let all = Window { after: from.saturating_sub(1), until: to };
    let reads_clock = known.clock.is_read || known.has_placeholders;
    if !reads_clock && period.is_none() {
        return once(to, is_limited.then_some(all));
    }
    let narrowest = known.clock.windows.first().copied();
    // The time range that the portal gives a hunting query.
    let placeholder = known.has_placeholders.then_some(TICKS_PER_DAY);
    let seen = [narrowest, placeholder, period].into_iter().flatten().min();
    let seen = seen.or_else(|| known.clock.earlier.first().copied());
    let Some(seen) = seen else { return once(to, Some(all)) };
    let step = options.every.filter(|every| *every > 0).unwrap_or(seen.max(frequency));
    let is_exact_at_once = known.is_row_wise
        && !known.has_placeholders
        && (!known.clock.is_read || known.clock.only_bounds_below)
        && step <= seen;
    if is_exact_at_once {
        // Every row lies in some run's window; seen from the first one none is too old.
        return once(if known.clock.is_read { from } else { to }, Some(all));
    }
    let step = step.max((to - from) / MOST_RUNS);
    let runs = (from.div_euclid(step)..=to.div_euclid(step)).map(|index| {
        // The windows end with a whole step, so that days are days.
        let now = (index + 1).saturating_mul(step).saturating_sub(1);
        let window = |width: i64| Window { after: now.saturating_sub(width), until: now };
        Run { now, window: Some(until(now, period)), newest: Some(window(step.min(seen))) }
    });
    Plan { runs: runs.collect(), step: Some(step), reach: Some(seen) }
}

/// What a run sees: nothing that came after it, and of a scheduled rule nothing before its period.
fn until(now: i64, period: Option<i64>) -> Window {
    Window { after: period.map_or(-1, |period| now.saturating_sub(period)), until: now }
}

/// How far back a run of the rule sees, where it is scheduled; and how fine its runs may be.
fn schedule(rule: &Rule) -> (Option<i64>, i64) {
    match (&rule.schedule, rule.kind) {
        (Some(schedule), _) => (Some(schedule.period.ticks()), schedule.frequency.ticks()),
        (None, RuleKind::Nrt) => (Some(HOUR), HOUR),
        (None, _) => (None, HOUR),
    }
}

/// How far back a run of a rule sees; none where it sees everything. **Unit**: ticks.
pub(crate) fn period(rule: &Rule) -> Option<i64> {
    schedule(rule).0
}
