//! Which time the rule looks at.

use super::super::Context;
use super::super::field::Evidence;
use super::super::words::{self, duration};
use crate::facts::time::{Bound, Interval, NOW, is_relative};

/// The part of time that a table is read over, seen from the run. **Unit**: ticks before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    /// The far end.
    from: i64,
    /// The near end; 0 where it is the run itself.
    to: i64,
}

/// What is said of time, and what shows it.
pub(super) fn read(context: &Context<'_>) -> (String, Evidence) {
    let mut evidence = Evidence::none();
    let mut windows: Vec<Seen> = Vec::new();
    let mut is_dated = false;
    let mut is_vague = false;
    let mut is_open = false;
    for source in &context.reading.sources {
        let Some(interval) = source.interval else { continue };
        match seen(interval) {
            Some(window) => {
                if !windows.contains(&window) {
                    windows.push(window);
                }
                if let Some(span) = interval.low_span {
                    evidence = evidence.and(context.places.id(span));
                }
            }
            None => match interval.low {
                Bound::At(_) => is_dated = true,
                Bound::Unknown => is_vague = true,
                Bound::Open => is_open = true,
            },
        }
    }
    windows.sort_by_key(|window| (window.to, window.from));
    let period = context.rule.schedule.map(|schedule| schedule.period);
    let mut said: Vec<String> = windows.iter().take(3).map(|window| told(*window)).collect();
    if is_dated {
        said.push(String::from("at fixed dates"));
    }
    if let (Some(period), true) = (period, is_open || said.is_empty()) {
        evidence = evidence.and(context.yaml("/queryPeriod"));
        let period = duration(period.ticks());
        if !said.contains(&format!("at the last {period}")) {
            said.push(match said.is_empty() {
                true => format!("at the last {period}, the period of its schedule,"),
                false => format!("elsewhere at the last {period}, the period of its schedule,"),
            });
        }
    } else if is_open && period.is_none() {
        said.push(match said.is_empty() {
            true => String::from("at the time range that the user chooses"),
            false => String::from("elsewhere at the time range that the user chooses"),
        });
    }
    if is_vague && said.is_empty() {
        said.push(String::from("at a time that the query computes"));
    }
    if said.is_empty() {
        said.push(String::from("at the time range that the user chooses"));
    }
    (words::listed(&said, "and"), evidence)
}

fn seen(interval: Interval) -> Option<Seen> {
    let Bound::At(low) = interval.low else { return None };
    if !is_relative(low) || low >= NOW {
        return None;
    }
    let to = match interval.high {
        Bound::At(high) if is_relative(high) && high < NOW => NOW - high,
        _ => 0,
    };
    Some(Seen { from: NOW - low, to })
}

fn told(window: Seen) -> String {
    match window.to {
        0 => format!("at the last {}", duration(window.from)),
        to => format!("at the time from {} to {} ago", duration(window.from), duration(to)),
    }
}

/// The widest window that ends at the run. **Unit**: ticks.
pub(crate) fn widest(context: &Context<'_>) -> Option<i64> {
    let windows = context.reading.sources.iter().filter_map(|source| seen(source.interval?));
    windows.map(|window| window.from).max()
}

/// Whether every table is bounded in time by the query.
pub(crate) fn is_bounded(context: &Context<'_>) -> bool {
    let mut own =
        context.reading.sources.iter().filter(|source| source.interval.is_some()).peekable();
    own.peek().is_some()
        && own.all(|source| source.interval.is_some_and(|interval| interval.low != Bound::Open))
}
