//! A drawing as a page that needs no network: hover for values, click a name to hide it.

use super::{Axis, Chart};

const PAGE: &str = include_str!("../../content/chart/page.html");
const STYLE: &str = include_str!("../../content/chart/style.css");
const SCRIPT: &str = include_str!("../../content/chart/script.js");

/// The drawing as one HTML file.
#[must_use]
pub fn page(chart: &Chart) -> String {
    let labels: Vec<String> = (0..chart.x.len()).map(|at| chart.x.label(at)).collect();
    let places: Vec<f64> = (0..chart.x.len()).map(|at| chart.x.position(at)).collect();
    let drawing = serde_json::json!({
        "kind": chart.kind,
        "isCategory": matches!(chart.x, Axis::Category(_)),
        "labels": labels,
        "places": places,
        "series": chart.series,
        "xTitle": chart.x_title,
    });
    // Within a script only `<` could end it.
    let drawing = drawing.to_string().replace('<', "\\u003c");
    let title = match chart.title.is_empty() {
        true => chart.series.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", "),
        false => chart.title.clone(),
    };
    PAGE.replace("/*style*/", STYLE)
        .replace("<!--title-->", &escaped(&title))
        .replace("/*script*/", SCRIPT)
        .replace("/*drawing*/", &drawing)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::{Axis, Chart, ChartKind, Series};
    use super::page;

    #[test]
    fn names_from_the_data_are_text() {
        let chart = Chart {
            kind: ChartKind::Column,
            title: String::from("<script>alert(1)</script>"),
            x_title: String::from("x"),
            x: Axis::Category(vec![String::from("</script><b>")]),
            series: vec![Series { name: String::from("n"), values: vec![Some(1.0)] }],
        };
        let page = page(&chart);
        assert!(page.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;</h1>"));
        assert_eq!(page.matches("</script>").count(), 1);
    }
}
