//! ATT&CK tactics: the names that Sentinel has for them, and how files spell them.

/// All names, as Sentinel writes them.
pub(crate) const TACTICS: [&str; 17] = [
    "InitialAccess",
    "Execution",
    "Persistence",
    "PrivilegeEscalation",
    "DefenseEvasion",
    "CredentialAccess",
    "Discovery",
    "LateralMovement",
    "Collection",
    "Exfiltration",
    "CommandAndControl",
    "Impact",
    "Reconnaissance",
    "ResourceDevelopment",
    "ImpairProcessControl",
    "InhibitResponseFunction",
    "PreAttack",
];

/// Misspellings that real rules have, without spaces and in lower case.
const MISSPELT: [(&str, &str); 5] = [
    ("initialacces", "InitialAccess"),
    ("commanandcontrol", "CommandAndControl"),
    ("defenceevasion", "DefenseEvasion"),
    ("priviledgeescalation", "PrivilegeEscalation"),
    ("c2", "CommandAndControl"),
];

/// The name that Sentinel has for a tactic; what is none stays as it is written.
pub(crate) fn normal(text: &str) -> String {
    let spelt: String = text
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '&')
        .flat_map(char::to_lowercase)
        .collect();
    let spelt = spelt.replace('&', "and");
    let known = TACTICS.iter().find(|tactic| tactic.eq_ignore_ascii_case(&spelt)).copied();
    let meant = || MISSPELT.iter().find(|(wrong, _)| *wrong == spelt).map(|(_, right)| *right);
    known.or_else(meant).map_or_else(|| text.trim().to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn real_spellings() {
        assert_eq!(normal("Initial access"), "InitialAccess");
        assert_eq!(normal(" Command and control"), "CommandAndControl");
        assert_eq!(normal("CommanAndControl"), "CommandAndControl");
        assert_eq!(normal("defense-evasion"), "DefenseEvasion");
        assert_eq!(normal("Malware, component"), "Malware, component");
    }
}
