//! A drawing in letters, for a terminal.

use super::{Axis, Chart, ChartKind, Series};

/// Dots of a braille letter, by column and row.
const DOTS: [[u32; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
/// Eighths of a block, from nothing to all.
const EIGHTHS: [char; 9] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
/// How many lines a drawing of lines has.
const HEIGHT: usize = 14;
/// How many bars are drawn one below the other.
const MOST_BARS: usize = 40;

/// The drawing on lines no longer than `width` letters.
#[must_use]
pub fn text(chart: &Chart, width: usize) -> String {
    let width = width.clamp(40, 400);
    let mut out = String::new();
    if !chart.title.is_empty() {
        out.push_str(&shortened(&chart.title, width));
        out.push('\n');
    }
    match chart.kind {
        ChartKind::Card => {
            for series in &chart.series {
                let value = series.values.first().copied().flatten().unwrap_or_default();
                out.push_str(&format!(
                    "{}: {}\n",
                    shortened(&series.name, width / 2),
                    short(value)
                ));
            }
        }
        ChartKind::Bar | ChartKind::Column | ChartKind::Pie
            if matches!(chart.x, Axis::Category(_)) || chart.kind != ChartKind::Column =>
        {
            bars(chart, width, &mut out);
        }
        _ => lines(chart, width, &mut out),
    }
    out
}

/// One bar for each place and series.
fn bars(chart: &Chart, width: usize, out: &mut String) {
    let all = || chart.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let most = all().fold(0.0_f64, |most, value| most.max(value.abs()));
    let sum: f64 = all().sum();
    let several = chart.series.len() > 1;
    let mut rows: Vec<(String, f64)> = Vec::new();
    for at in 0..chart.x.len() {
        for series in &chart.series {
            let Some(value) = series.values.get(at).copied().flatten() else { continue };
            let label = chart.x.label(at);
            let name = if several { format!("{label} · {}", series.name) } else { label };
            rows.push((name, value));
        }
    }
    let label_width =
        rows.iter().take(MOST_BARS).map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    let label_width = label_width.min(width / 3);
    let room = width.saturating_sub(label_width + 18).max(8);
    for (name, value) in rows.iter().take(MOST_BARS) {
        let name = shortened(name, label_width);
        let gap = " ".repeat(label_width.saturating_sub(name.chars().count()));
        let share = match chart.kind {
            ChartKind::Pie if sum > 0.0 => format!(" ({:.1} %)", value / sum * 100.0),
            _ => String::new(),
        };
        let bar = bar(if most > 0.0 { value.abs() / most } else { 0.0 }, room);
        out.push_str(&format!("{gap}{name} {bar} {}{share}\n", short(*value)));
    }
    if rows.len() > MOST_BARS {
        out.push_str(&format!("… and {} more\n", rows.len() - MOST_BARS));
    }
}

fn bar(share: f64, room: usize) -> String {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of a small number of letters"
    )]
    let eighths = (share.clamp(0.0, 1.0) * (room * 8) as f64).round() as usize;
    let mut bar = "█".repeat(eighths / 8);
    if !eighths.is_multiple_of(8) {
        bar.extend(EIGHTHS.get(eighths % 8));
    }
    bar
}

/// Lines of braille dots above an axis, with what each series means below.
fn lines(chart: &Chart, width: usize, out: &mut String) {
    let values = || chart.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let high = values().fold(f64::NEG_INFINITY, f64::max);
    let low = values().fold(f64::INFINITY, f64::min).min(0.0);
    if !high.is_finite() || chart.x.is_empty() {
        return;
    }
    let high = if high > low { high } else { low + 1.0 };
    let labels = [short(high), short(f64::midpoint(high, low)), short(low)];
    let margin = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    let columns = width.saturating_sub(margin + 3).max(10);
    let mut canvas = Canvas::new(columns, HEIGHT);
    for series in &chart.series {
        canvas.draw(chart, series, (low, high));
    }
    for (row, line) in canvas.rows().enumerate() {
        let label = match row {
            0 => labels.first(),
            row if row == HEIGHT / 2 => labels.get(1),
            row if row == HEIGHT - 1 => labels.get(2),
            _ => None,
        };
        let label = label.map_or("", String::as_str);
        let gap = " ".repeat(margin.saturating_sub(label.chars().count()));
        out.push_str(&format!("{gap}{label} ┤{}\n", line.trim_end_matches('\u{2800}')));
    }
    let (first, last) = (chart.x.label(0), chart.x.label(chart.x.len() - 1));
    let gap = columns.saturating_sub(first.chars().count() + last.chars().count()).max(1);
    let pad = " ".repeat(margin + 2);
    out.push_str(&format!("{pad}{first}{}{last}\n", " ".repeat(gap)));
    let names: Vec<String> =
        chart.series.iter().map(|series| shortened(&series.name, 40)).collect();
    out.push_str(&format!("{pad}{}\n", shortened(&names.join(" · "), columns)));
}

/// Dots, two to a letter from left to right and four from top to bottom.
struct Canvas {
    columns: usize,
    rows: usize,
    dots: Vec<u32>,
}

impl Canvas {
    fn new(columns: usize, rows: usize) -> Self {
        Self { columns, rows, dots: vec![0; columns * rows] }
    }

    fn dot(&mut self, x: usize, y: usize) {
        let (column, row) = (x / 2, y / 4);
        if column >= self.columns || row >= self.rows {
            return;
        }
        let bit = DOTS.get(x % 2).and_then(|rows| rows.get(y % 4)).copied().unwrap_or_default();
        if let Some(letter) = self.dots.get_mut(row * self.columns + column) {
            *letter |= bit;
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "places on a small canvas"
    )]
    fn draw(&mut self, chart: &Chart, series: &Series, (low, high): (f64, f64)) {
        let (right, bottom) = ((self.columns * 2 - 1) as f64, (self.rows * 4 - 1) as f64);
        let place = |at: usize, value: f64| {
            let x = chart.x.position(at) * right;
            let y = (1.0 - (value - low) / (high - low)) * bottom;
            (x.round(), y.round())
        };
        let mut before: Option<(f64, f64)> = None;
        for (at, value) in series.values.iter().enumerate() {
            let Some(value) = value else {
                before = None;
                continue;
            };
            let (x, y) = place(at, *value);
            let from = match before {
                Some(from) if chart.kind != ChartKind::Scatter => from,
                _ => (x, y),
            };
            let steps = (x - from.0).abs().max((y - from.1).abs()).max(1.0);
            for step in 0..=steps as usize {
                let share = step as f64 / steps;
                let (x, y) = (from.0 + (x - from.0) * share, from.1 + (y - from.1) * share);
                self.dot(x.round() as usize, y.round() as usize);
                if matches!(chart.kind, ChartKind::Area | ChartKind::Column) {
                    for y in y.round() as usize..self.rows * 4 {
                        self.dot(x.round() as usize, y);
                    }
                }
            }
            before = Some((x, y));
        }
    }

    fn rows(&self) -> impl Iterator<Item = String> {
        let letter = |dots: &u32| char::from_u32(0x2800 + dots).unwrap_or(' ');
        self.dots.chunks(self.columns).map(move |row| row.iter().map(letter).collect())
    }
}

/// A number with as many digits as one can take in.
fn short(value: f64) -> String {
    let magnitude = value.abs();
    match magnitude {
        _ if magnitude >= 1e9 => format!("{:.2}G", value / 1e9),
        _ if magnitude >= 1e6 => format!("{:.2}M", value / 1e6),
        _ if magnitude >= 1e4 => format!("{:.1}k", value / 1e3),
        _ if (value - value.round()).abs() < 1e-9 => format!("{value:.0}"),
        _ => format!("{value:.2}"),
    }
}

fn shortened(text: &str, most: usize) -> String {
    let clean = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    if text.chars().count() <= most {
        return clean.collect();
    }
    clean.take(most.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(kind: ChartKind, x: Axis, values: &[f64]) -> Chart {
        let values = values.iter().copied().map(Some).collect();
        let series = vec![Series { name: String::from("n"), values }];
        Chart { kind, title: String::from("Logons"), x_title: String::new(), x, series }
    }

    #[test]
    fn bars_are_as_long_as_their_values() {
        let names = Axis::Category(vec![String::from("a"), String::from("bb")]);
        let drawn = text(&chart(ChartKind::Bar, names, &[10.0, 5.0]), 40);
        let lengths: Vec<usize> =
            drawn.lines().map(|line| line.chars().filter(|c| *c == '█').count()).collect();
        assert_eq!(lengths, [0, 20, 10]);
    }

    #[test]
    fn a_line_rises_from_left_to_right() {
        let drawn = text(&chart(ChartKind::Line, Axis::Number(vec![0.0, 1.0]), &[0.0, 1.0]), 60);
        let lines: Vec<&str> = drawn.lines().collect();
        assert_eq!(lines.len(), 1 + HEIGHT + 2);
        let first_dot = |line: &str| line.chars().position(|c| c > '\u{2800}' && c < '\u{2900}');
        assert!(first_dot(lines[1]) > first_dot(lines[HEIGHT]));
        assert!(drawn.lines().all(|line| line.chars().count() <= 60));
    }
}
