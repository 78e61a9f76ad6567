//! ATT&CK's tactics and techniques by name.

use std::collections::HashMap;
use std::sync::OnceLock;

static TEXT: &str = include_str!("../../content/attack.txt");

/// A tactic, in the order of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tactic {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// The names by which Sentinel's rules call it, divided by commas.
    called: &'static str,
}

/// A technique.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Technique {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Ids of its tactics, divided by commas.
    tactics: &'static str,
}

impl Tactic {
    /// Whether a rule means it by this name.
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.called.split(',').any(|called| called.eq_ignore_ascii_case(name))
    }
}

impl Technique {
    /// The ids of the tactics it serves.
    pub(super) fn tactics(&self) -> impl Iterator<Item = &'static str> {
        self.tactics.split(',').filter(|id| !id.is_empty())
    }
}

#[derive(Default)]
struct Attack {
    tactics: Vec<Tactic>,
    techniques: HashMap<&'static str, Technique>,
    former: HashMap<&'static str, &'static str>,
}

fn attack() -> &'static Attack {
    static ATTACK: OnceLock<Attack> = OnceLock::new();
    ATTACK.get_or_init(|| {
        let mut attack = Attack::default();
        for line in TEXT.lines() {
            let mut fields = line.split('\t');
            let mut next = || fields.next().unwrap_or_default();
            let (kind, id, name, rest) = (next(), next(), next(), next());
            match kind {
                "tactic" => attack.tactics.push(Tactic { id, name, called: rest }),
                "technique" => {
                    attack.techniques.insert(id, Technique { id, name, tactics: rest });
                }
                "former" => {
                    attack.former.insert(id, rest);
                }
                _ => {}
            }
        }
        attack
    })
}

/// All tactics, in the order of the matrix.
pub(super) fn tactics() -> &'static [Tactic] {
    &attack().tactics
}

/// The technique of an id, or what became of it; none for an id that never was.
pub(super) fn technique(id: &str) -> Option<Technique> {
    let attack = attack();
    let now = attack.former.get(id).copied().unwrap_or(id);
    attack.techniques.get(now).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn former_techniques_lead_to_todays() {
        assert_eq!(
            technique("T1098.001").map(|one| one.name),
            Some("Additional Cloud Credentials")
        );
        assert_eq!(technique("T1070.001").map(|one| one.id), Some("T1685.005"));
        assert_eq!(technique("T9999"), None);
        assert!(tactics().iter().any(|tactic| tactic.is_called("DefenseEvasion")));
        assert_eq!(tactics().len(), 17);
    }
}
