//! The embedded facts about ATT&CK, read once.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Matrix, SentinelTactic, Status, Tactic, TacticName, Technique};
use crate::lines::{Fields, lines};

static TEXT: &str = include_str!("../../content/attack.txt");
static ATTACK: LazyLock<Attack> = LazyLock::new(read);

#[derive(Default)]
struct Attack {
    versions: Vec<(Matrix, &'static str)>,
    tactics: Vec<Tactic>,
    techniques: Vec<Technique>,
    by_id: HashMap<&'static str, usize>,
    sentinel: Vec<SentinelTactic>,
    aliases: HashMap<&'static str, &'static str>,
    labels: Vec<&'static str>,
    components: HashMap<&'static str, &'static str>,
    logs: Vec<(&'static str, Vec<&'static str>)>,
}

/// Each matrix with the version that is embedded.
#[must_use]
pub fn versions() -> &'static [(Matrix, &'static str)] {
    &ATTACK.versions
}

/// All tactics, matrix by matrix, in the order of each.
#[must_use]
pub fn tactics() -> &'static [Tactic] {
    &ATTACK.tactics
}

/// The tactic of an id.
#[must_use]
pub fn tactic(id: &str) -> Option<&'static Tactic> {
    ATTACK.tactics.iter().find(|tactic| tactic.id == id)
}

/// All techniques of all matrices, former ones too, by id.
#[must_use]
pub fn techniques() -> &'static [Technique] {
    &ATTACK.techniques
}

/// The technique of an id, in whatever matrix; former ones too. The letter may be small.
#[must_use]
pub fn technique(id: &str) -> Option<&'static Technique> {
    let upper = id.to_ascii_uppercase();
    ATTACK.by_id.get(upper.as_str()).and_then(|place| ATTACK.techniques.get(*place))
}

/// The tactics that Sentinel knows.
#[must_use]
pub fn sentinel_tactics() -> &'static [SentinelTactic] {
    &ATTACK.sentinel
}

/// What a rule's tactic means, as it is written.
#[must_use]
pub fn sentinel_tactic(written: &str) -> TacticName {
    let named = |name: &str| ATTACK.sentinel.iter().find(|tactic| tactic.name == name);
    if let Some(tactic) = named(written) {
        return TacticName::Known(tactic);
    }
    if let Some(tactic) = ATTACK.aliases.get(written).copied().and_then(named) {
        return TacticName::Misspelt(tactic);
    }
    if ATTACK.labels.contains(&written) {
        return TacticName::Label;
    }
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let written = letters(written);
    let near = ATTACK.sentinel.iter().find(|tactic| letters(tactic.name) == written);
    near.map_or(TacticName::Unknown, TacticName::Misspelt)
}

/// The name of a data component, such as `Scheduled Job Creation` of `DC0001`.
#[must_use]
pub fn component(id: &str) -> Option<&'static str> {
    ATTACK.components.get(id).copied()
}

/// Tables that hold what MITRE calls a log source; empty where none is known.
#[must_use]
pub fn log_source_tables(name: &str) -> &'static [&'static str] {
    let found = ATTACK.logs.binary_search_by(|(log, _)| (*log).cmp(name));
    found.ok().and_then(|place| ATTACK.logs.get(place)).map_or(&[], |(_, tables)| tables)
}

fn read() -> Attack {
    let mut attack = Attack::default();
    for (kind, mut fields) in lines(TEXT) {
        match kind {
            "version" => attack.versions.push((matrix(fields.text()), fields.text())),
            "tactic" => attack.tactics.push(read_tactic(&mut fields)),
            "sentinel" => {
                attack.sentinel.push(SentinelTactic { name: fields.text(), ids: fields.list() });
            }
            "alias" => {
                attack.aliases.insert(fields.text(), fields.text());
            }
            "label" => attack.labels.push(fields.text()),
            "component" => {
                attack.components.insert(fields.text(), fields.text());
            }
            "log" => attack.logs.push((fields.text(), fields.list())),
            "technique" => {
                let technique = read_technique(&mut fields, &attack.logs);
                attack.by_id.insert(technique.id, attack.techniques.len());
                attack.techniques.push(technique);
            }
            _ => {}
        }
    }
    attack
}

fn matrix(name: &str) -> Matrix {
    match name {
        "ics" => Matrix::Ics,
        "mobile" => Matrix::Mobile,
        _ => Matrix::Enterprise,
    }
}

fn read_tactic(fields: &mut Fields) -> Tactic {
    Tactic {
        matrix: matrix(fields.text()),
        id: fields.text(),
        name: fields.text(),
        short_name: fields.text(),
        since: fields.opt(),
        former_name: fields.opt(),
        former_short_name: fields.opt(),
    }
}

fn read_technique(fields: &mut Fields, logs: &[(&'static str, Vec<&'static str>)]) -> Technique {
    let (matrix, id, name) = (matrix(fields.text()), fields.text(), fields.text());
    let status = match fields.text() {
        "r" => Status::Revoked,
        "d" => Status::Deprecated,
        _ => Status::Active,
    };
    let (since, successor, successor_v18) = (fields.opt(), fields.opt(), fields.opt());
    let (tactics_v19, other_v18) = (fields.list(), fields.list());
    let is_new = since.is_some() && status == Status::Active;
    let tactics_v18 = match other_v18.is_empty() && !is_new {
        true => tactics_v19.clone(),
        false => other_v18,
    };
    let platforms = fields.list();
    let numbers = fields.list();
    let log = |number: &&str| {
        let place: usize = number.parse().ok()?;
        logs.get(place).map(|(name, _)| *name)
    };
    Technique {
        matrix,
        id,
        name,
        status,
        since,
        successor,
        successor_v18,
        platforms,
        log_sources: numbers.iter().filter_map(log).collect(),
        data_components: fields.list(),
        tactics_v19,
        tactics_v18,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Version;
    use super::*;

    #[test]
    fn former_techniques_lead_to_todays() {
        let todays = |id| technique(id).and_then(Technique::today).map(|one| one.id);
        assert_eq!(todays("T1098.001"), Some("T1098.001"));
        assert_eq!(todays("t1070.001"), Some("T1685.005"));
        assert_eq!(todays("T1043"), None);
        assert_eq!(todays("T9999"), None);
        assert_eq!(technique("T1398").map(|one| one.matrix), Some(Matrix::Mobile));
    }

    #[test]
    fn two_versions_differ() {
        let tools = technique("T1562.001").unwrap();
        assert_eq!(tools.status_in(Version::V18), Some(Status::Active));
        assert_eq!(tools.tactics(Version::V18), ["TA0005"]);
        assert_eq!(tools.status_in(Version::V19), Some(Status::Revoked));
        assert!(tools.tactics(Version::V19).is_empty());
        assert_eq!(tools.successor, Some("T1685"));
        let new = technique("T1685").unwrap();
        assert_eq!((new.status_in(Version::V18), new.tactics(Version::V18).len()), (None, 0));
        let count = |version| {
            let active = techniques().iter().filter(|one| one.matrix == Matrix::Enterprise);
            active.filter(|one| one.status_in(version) == Some(Status::Active)).count()
        };
        assert_eq!((count(Version::V18), count(Version::V19)), (691, 697));
    }

    #[test]
    fn tactics_are_known_as_rules_write_them() {
        let means = |written| sentinel_tactic(written).tactic().map(|tactic| tactic.name);
        assert_eq!(means("DefenseEvasion"), Some("DefenseEvasion"));
        assert_eq!(means("Privilege escalation"), Some("PrivilegeEscalation"));
        assert_eq!(means("commandandcontrol"), Some("CommandAndControl"));
        assert_eq!(sentinel_tactic("Ransomware"), TacticName::Label);
        assert_eq!(sentinel_tactic("Tuesday"), TacticName::Unknown);
        assert_eq!(tactic("TA0005").map(|one| one.name_in(Version::V18)), Some("Defense Evasion"));
        for tactic in sentinel_tactics() {
            assert_eq!(tactic.tactics().count(), tactic.ids.len());
        }
    }

    #[test]
    fn techniques_lead_to_logs_and_tables() {
        let credentials = technique("T1098.001").unwrap();
        assert_eq!(credentials.log_sources.first(), Some(&"gcp:audit"));
        assert!(log_source_tables("azure:audit").contains(&"CloudAppEvents"));
        assert!(log_source_tables("auditd:SYSCALL").contains(&"Syslog"));
        assert!(log_source_tables("none of these").is_empty());
        assert!(ATTACK.logs.is_sorted());
        assert_eq!(component("DC0001"), Some("Scheduled Job Creation"));
        assert_eq!(credentials.link(), "https://attack.mitre.org/techniques/T1098/001/");
    }
}
