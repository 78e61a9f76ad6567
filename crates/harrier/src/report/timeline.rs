//! When hits happened: a histogram, and a lane for each rule.

use harrier_detect::HuntReport;
use harrier_detect::report::{Hits, Instant, Severity};
use kql_semantics::time::{TICKS_PER_DAY, TICKS_PER_HOUR, civil_from_days};
use serde::Serialize;

use super::hits;

/// The picture. **Unit**: everything in the picture's own units, of which the width is 1000.
#[derive(Debug, Serialize)]
pub(super) struct Timeline {
    pub(super) ticks: Vec<Tick>,
    pub(super) bars: Vec<Bar>,
    pub(super) lanes: Vec<Lane>,
    /// The height of the histogram.
    pub(super) top: u64,
    /// The height of all.
    pub(super) height: u64,
    /// Hits in the highest bar.
    pub(super) most: u64,
    /// Rules with hits that have no lane here.
    pub(super) more_lanes: usize,
}

/// A mark on the axis.
#[derive(Debug, Serialize)]
pub(super) struct Tick {
    pub(super) x: f64,
    pub(super) label: String,
}

/// A part of a bar: hits of one severity in one stretch of time.
#[derive(Debug, Serialize)]
pub(super) struct Bar {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) severity: &'static str,
    pub(super) label: String,
}

/// A rule's hits.
#[derive(Debug, Serialize)]
pub(super) struct Lane {
    pub(super) name: String,
    pub(super) anchor: String,
    pub(super) severity: &'static str,
    pub(super) y: u64,
    /// Where, and how many hits there.
    pub(super) dots: Vec<Dot>,
}

/// Hits of a rule at one place.
#[derive(Debug, Serialize)]
pub(super) struct Dot {
    pub(super) x: f64,
    pub(super) r: f64,
    pub(super) label: String,
}

const WIDTH: f64 = 1000.0;
const BUCKETS: usize = 84;
const HISTOGRAM: u64 = 120;
const LANE: u64 = 22;
const MOST_LANES: usize = 60;

/// Where the names of lanes end and time begins.
const LEFT: f64 = 330.0;

/// The picture of all hits that have a time; none where none has.
pub(super) fn timeline(report: &HuntReport) -> Option<Timeline> {
    let found: Vec<(usize, &Hits, Option<Severity>)> = hits::by_severity(report);
    let times = found.iter().flat_map(|(_, hits, _)| hits.rows.iter().filter_map(|row| row.time));
    let (first, last) = times.fold(None, |span: Option<(i64, i64)>, time| {
        let (first, last) = span.unwrap_or((time.0, time.0));
        Some((first.min(time.0), last.max(time.0)))
    })?;
    // All of the data's span, so that quiet stretches are seen; but not years for the sake of one odd row.
    let data = report.data.first.zip(report.data.last);
    let (from, until) =
        data.map_or((first, last), |(start, end)| (start.0.min(first), end.0.max(last)));
    let axis = Axis { from, span: (until - from).max(1) };
    let lanes =
        found.iter().take(MOST_LANES).enumerate().map(|(place, (index, hits, severity))| {
            let outcome = &report.outcomes[*index];
            Lane {
                name: outcome
                    .rule
                    .as_ref()
                    .map_or_else(|| outcome.path.clone(), |rule| rule.name.clone()),
                anchor: format!("rule-{index}"),
                severity: hits::severity_class(*severity),
                y: HISTOGRAM + 34 + place as u64 * LANE,
                dots: dots(&axis, hits),
            }
        });
    let lanes: Vec<_> = lanes.collect();
    let (bars, most) = bars(&axis, &found);
    Some(Timeline {
        ticks: axis.ticks(),
        bars,
        height: HISTOGRAM + 34 + lanes.len() as u64 * LANE,
        more_lanes: found.len() - lanes.len(),
        lanes,
        top: HISTOGRAM,
        most,
    })
}

struct Axis {
    from: i64,
    span: i64,
}

impl Axis {
    fn x(&self, time: i64) -> f64 {
        let share = (time - self.from) as f64 / self.span as f64;
        round(LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT - 12.0))
    }

    fn bucket(&self, time: i64) -> usize {
        let share = (time - self.from) as f64 / self.span as f64;
        ((share * BUCKETS as f64) as usize).min(BUCKETS - 1)
    }

    /// Days, or hours where there is less than two days; at most fourteen marks.
    fn ticks(&self) -> Vec<Tick> {
        let unit = if self.span > 2 * TICKS_PER_DAY { TICKS_PER_DAY } else { TICKS_PER_HOUR };
        let step = unit * (self.span / unit / 14 + 1);
        let first = (self.from + step - 1).div_euclid(step) * step;
        let times = (0..16).map(|place| first + place * step);
        let times = times.take_while(|time| *time <= self.from + self.span);
        times.map(|time| Tick { x: self.x(time), label: label(time, unit) }).collect()
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn label(time: i64, unit: i64) -> String {
    if unit == TICKS_PER_HOUR {
        return format!("{:02}:00", time % TICKS_PER_DAY / TICKS_PER_HOUR);
    }
    let (_, month, day) = civil_from_days(time / TICKS_PER_DAY);
    let month = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).unwrap_or(&"");
    format!("{day} {month}")
}

fn dots(axis: &Axis, hits: &Hits) -> Vec<Dot> {
    let mut counts = vec![(0_u64, None::<Instant>); BUCKETS * 2];
    for time in hits.rows.iter().filter_map(|row| row.time) {
        let share = (time.0 - axis.from) as f64 / axis.span as f64;
        let place = ((share * (BUCKETS * 2) as f64) as usize).min(BUCKETS * 2 - 1);
        counts[place].0 += 1;
        counts[place].1.get_or_insert(time);
    }
    let dots = counts.into_iter().filter_map(|(count, first)| {
        let first = first?;
        let radius = round(3.0 + (count as f64).ln() * 1.2).min(9.0);
        Some(Dot {
            x: axis.x(first.0),
            r: radius,
            label: format!("{count} at {}", hits::minutes(first)),
        })
    });
    dots.collect()
}

fn bars(axis: &Axis, found: &[(usize, &Hits, Option<Severity>)]) -> (Vec<Bar>, u64) {
    let mut counts = [[0_u64; 5]; BUCKETS];
    for (_, hits, severity) in found {
        let row = hits::severity_rank(*severity);
        for time in hits.rows.iter().filter_map(|row| row.time) {
            counts[axis.bucket(time.0)][row] += 1;
        }
    }
    let most =
        counts.iter().map(|bucket| bucket.iter().sum::<u64>()).max().unwrap_or_default().max(1);
    let width = (WIDTH - LEFT - 12.0) / BUCKETS as f64;
    let mut bars = Vec::new();
    for (place, bucket) in counts.iter().enumerate() {
        let mut y = HISTOGRAM as f64;
        for (rank, count) in bucket.iter().enumerate().filter(|(_, count)| **count > 0) {
            let height = *count as f64 / most as f64 * (HISTOGRAM as f64 - 16.0);
            y -= height;
            let time = axis.from + axis.span / BUCKETS as i64 * place as i64;
            bars.push(Bar {
                x: round(LEFT + place as f64 * width),
                y: round(y),
                width: round(width - 1.0),
                height: round(height),
                severity: hits::CLASSES[rank],
                label: format!("{count} from {}", hits::minutes(Instant(time))),
            });
        }
    }
    (bars, most)
}

fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
