//! What rules cover: ATT&CK and data sources, what they claim and what they are able to match told apart.
//!
//! A rule *claims* a technique that its file names. It is *able to match* where its query binds, every table that it needs
//! has rows, and no literal that it cannot do without is known never to occur. Without data only the first can be told.

mod gaps;
mod layer;
mod matrix;
mod sources;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::attack::Version;
use crate::page::{Observed, Page};

pub use gaps::Gap;
pub use layer::layer;
pub use matrix::{Cell, TacticColumn};
pub use sources::SourceRow;

/// What coverage asks of a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CoveredRule {
    /// Its name, readable.
    pub name: String,
    /// Where its file lies.
    pub path: String,
    /// Its severity, where it has one.
    pub severity: Option<String>,
    /// Tactics, as Sentinel names them.
    pub tactics: Vec<String>,
    /// Techniques, as the file names them.
    pub techniques: Vec<String>,
    /// Tables that it reads.
    pub tables: Vec<String>,
    /// Whether it is able to match.
    pub ability: Ability,
    /// Tables that it needs and that have no rows.
    pub missing: Vec<String>,
    /// Why it is not able to.
    pub reason: Option<String>,
}

/// Whether a rule is able to match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ability {
    /// It is.
    Able,
    /// It is not.
    Unable,
    /// It binds, and there is no data to tell more.
    NotMeasured,
}

/// What rules cover.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coverage {
    /// The version of the matrix: `18` or `19`.
    pub version: &'static str,
    /// Whether data was there to tell what is able to match.
    pub has_data: bool,
    /// The rules, in the order of their paths.
    pub rules: Vec<CoveredRule>,
    /// How many are able to match.
    pub able: usize,
    /// How many of the matrix's techniques are claimed, and how many by rules that are able to match.
    pub techniques: Counts,
    /// The matrix.
    pub matrix: Vec<TacticColumn>,
    /// Tables that rules read, those that most read first.
    pub sources: Vec<SourceRow>,
    /// Tables without rows, by what they would make possible.
    pub gaps: Vec<Gap>,
}

/// Numbers of techniques.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Claimed by a rule.
    pub claimed: usize,
    /// Claimed by a rule that is able to match.
    pub able: usize,
    /// In the matrix.
    pub all: usize,
}

impl Coverage {
    /// What these pages' rules cover. `observed` is what the data holds, where there is data.
    #[must_use]
    pub fn of(pages: &[&Page], observed: Option<&Observed>, version: Version) -> Self {
        let mut rules: Vec<CoveredRule> =
            pages.iter().map(|page| CoveredRule::of(page, observed)).collect();
        rules.sort_by(|one, other| (&one.path, &one.name).cmp(&(&other.path, &other.name)));
        let matrix = matrix::of(&rules, version);
        let techniques = counts(&matrix, version);
        Self {
            version: match version {
                Version::V18 => "18",
                Version::V19 => "19",
            },
            has_data: observed.is_some(),
            able: rules.iter().filter(|rule| rule.ability == Ability::Able).count(),
            techniques,
            matrix,
            sources: sources::of(&rules, observed),
            gaps: gaps::of(&rules),
            rules,
        }
    }
}

impl CoveredRule {
    fn of(page: &Page, observed: Option<&Observed>) -> Self {
        let sources = &page.data_sources.value.tables;
        let texts = |items: &mut dyn Iterator<Item = &String>| items.cloned().collect::<Vec<_>>();
        let has_rows = |table: &str| {
            observed.is_none_or(|observed| {
                observed.tables.get(table).is_some_and(|table| table.rows > 0)
            })
        };
        let needed = sources.iter().filter(|source| !source.value.is_optional);
        let mut missing: Vec<String> = needed
            .map(|source| source.value.table.clone())
            .filter(|table| !has_rows(table))
            .collect();
        // Of alternatives one is enough.
        let optional: Vec<&String> = sources
            .iter()
            .filter(|source| source.value.is_optional)
            .map(|source| &source.value.table)
            .collect();
        if !optional.is_empty()
            && missing.is_empty()
            && !optional.iter().any(|table| has_rows(table))
        {
            missing.extend(optional.into_iter().cloned());
        }
        let term =
            |name: &str| page.confidence.value.terms.iter().find(|term| term.value.name == name);
        let fails =
            |name: &str| term(name).filter(|term| term.value.verdict == crate::page::Verdict::No);
        let fault = fails("parses").or_else(|| fails("binds")).or_else(|| fails("literals alive"));
        let ability = match (fault, missing.is_empty(), observed) {
            (Some(_), ..) | (None, false, _) => Ability::Unable,
            (None, true, Some(_)) => Ability::Able,
            (None, true, None) => Ability::NotMeasured,
        };
        let reason =
            fault.map(|term| format!("{}: {}", term.value.name, term.value.why)).or_else(|| {
                (!missing.is_empty()).then(|| format!("no rows in {}", missing.join(", ")))
            });
        Self {
            name: page.title.value.shown().to_owned(),
            path: page.path.clone(),
            severity: page
                .badges
                .iter()
                .find(|badge| badge.value.about == "severity")
                .map(|badge| badge.value.text.clone()),
            tactics: texts(
                &mut page.attack.value.tactics.iter().map(|tactic| &tactic.value.written),
            ),
            techniques: texts(
                &mut page.attack.value.techniques.iter().map(|technique| &technique.value.id),
            ),
            tables: texts(&mut sources.iter().map(|source| &source.value.table)),
            ability,
            missing,
            reason,
        }
    }

    fn is_able(&self) -> bool {
        self.ability == Ability::Able
    }
}

fn counts(matrix: &[TacticColumn], version: Version) -> Counts {
    let mut claimed = BTreeSet::new();
    let mut able = BTreeSet::new();
    for cell in matrix.iter().flat_map(|column| &column.cells) {
        if !cell.rules.is_empty() {
            claimed.insert(cell.id.as_str());
        }
        if cell.able > 0 {
            able.insert(cell.id.as_str());
        }
    }
    Counts { claimed: claimed.len(), able: able.len(), all: matrix::active(version).count() }
}
