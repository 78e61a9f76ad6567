//! A layer of the ATT&CK Navigator, format 4.5.

use serde::Serialize;

use super::Coverage;
use crate::attack::{self, Version};

/// A layer.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Layer {
    name: String,
    versions: Versions,
    domain: &'static str,
    description: String,
    sorting: u8,
    layout: Layout,
    hide_disabled: bool,
    techniques: Vec<LayerTechnique>,
    gradient: Gradient,
    legend_items: Vec<LegendItem>,
    metadata: Vec<Pair>,
    links: Vec<Pair>,
    show_tactic_row_background: bool,
    tactic_row_background: &'static str,
    select_techniques_across_tactics: bool,
    select_subtechniques_with_parent: bool,
    select_visible_techniques: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Versions {
    attack: &'static str,
    navigator: &'static str,
    layer: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Layout {
    layout: &'static str,
    aggregate_function: &'static str,
    #[serde(rename = "showID")]
    show_id: bool,
    show_name: bool,
    show_aggregate_scores: bool,
    count_unscored: bool,
    expanded_subtechniques: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LayerTechnique {
    #[serde(rename = "techniqueID")]
    technique_id: String,
    tactic: &'static str,
    score: usize,
    color: &'static str,
    comment: String,
    enabled: bool,
    metadata: Vec<Pair>,
    links: Vec<Pair>,
    show_subtechniques: bool,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Gradient {
    colors: [&'static str; 3],
    min_value: usize,
    max_value: usize,
}

#[derive(Clone, Debug, Serialize)]
struct LegendItem {
    label: &'static str,
    color: &'static str,
}

#[derive(Clone, Debug, Serialize)]
struct Pair {
    name: String,
    value: String,
}

/// How many names of rules stand in a comment.
const MOST_NAMES: usize = 20;

/// The coverage as a layer that the ATT&CK Navigator opens. A technique's score is the number of rules that are able to
/// match, or that claim it where there is no data to tell.
#[must_use]
pub fn layer(coverage: &Coverage, name: &str) -> impl Serialize + use<> {
    let version = if coverage.version == "18" { Version::V18 } else { Version::V19 };
    let mut techniques = Vec::new();
    for column in &coverage.matrix {
        let Some(tactic) = attack::tactic(column.id) else { continue };
        for cell in &column.cells {
            let names: Vec<&str> = cell
                .rules
                .iter()
                .take(MOST_NAMES)
                .filter_map(|place| coverage.rules.get(*place))
                .map(|rule| rule.name.as_str())
                .collect();
            let more = cell.rules.len().saturating_sub(MOST_NAMES);
            let mut comment = names.join("\n");
            if more > 0 {
                comment.push_str(&format!("\nand {more} more"));
            }
            let pair =
                |name: &str, value: usize| Pair { name: name.to_owned(), value: value.to_string() };
            let mut metadata = vec![pair("claimed by", cell.rules.len())];
            if coverage.has_data {
                metadata.push(pair("able to match", cell.able));
            }
            let is_blind = coverage.has_data && cell.able == 0;
            techniques.push(LayerTechnique {
                technique_id: cell.id.clone(),
                tactic: tactic.short_name_in(version),
                score: if coverage.has_data { cell.able } else { cell.rules.len() },
                color: if is_blind { "#bdbdbd" } else { "" },
                comment,
                enabled: true,
                metadata,
                links: Vec::new(),
                show_subtechniques: cell.id.contains('.'),
            });
        }
    }
    let most = techniques.iter().map(|one| one.score).max().unwrap_or(1).max(1);
    let mut legend_items = Vec::new();
    if coverage.has_data {
        legend_items.push(LegendItem { label: "claimed, and not able to match", color: "#bdbdbd" });
    }
    Layer {
        name: name.to_owned(),
        versions: Versions { attack: coverage.version, navigator: "5.1.0", layer: "4.5" },
        domain: "enterprise-attack",
        description: format!(
            "{} rules; {} of {} techniques claimed",
            coverage.rules.len(),
            coverage.techniques.claimed,
            coverage.techniques.all
        ),
        sorting: 3,
        layout: Layout {
            layout: "side",
            aggregate_function: "max",
            show_id: true,
            show_name: true,
            show_aggregate_scores: false,
            count_unscored: false,
            expanded_subtechniques: "annotated",
        },
        hide_disabled: false,
        techniques,
        gradient: Gradient {
            colors: ["#ffffff", "#9ecae1", "#08519c"],
            min_value: 0,
            max_value: most,
        },
        legend_items,
        metadata: Vec::new(),
        links: Vec::new(),
        show_tactic_row_background: false,
        tactic_row_background: "#dddddd",
        select_techniques_across_tactics: true,
        select_subtechniques_with_parent: false,
        select_visible_techniques: false,
    }
}
