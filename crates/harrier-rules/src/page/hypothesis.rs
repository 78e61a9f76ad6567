//! What the rule supposes, in words, and no more than its bound query proves.

mod correlation;
mod events;
mod window;

pub(crate) use events::is_telling;
pub(crate) use window::{is_bounded, widest};

use super::Context;
use super::document::{Block, Line};
use super::field::{Evidence, Field};
use super::words;
use crate::attack::{self, Technique};

pub(super) fn read(context: &Context<'_>) -> Vec<Field<String>> {
    let mut said = Vec::new();
    if context.reading.sources.is_empty() {
        if let Some(sentence) = description(context) {
            said.push(sentence);
        }
        return said;
    }
    let (doing, mut evidence) = adversary(context);
    let (events, shown_by) = events::all(context);
    evidence.extend(shown_by.0);
    let sentence = format!("If an adversary {doing}, then {events}.");
    said.push(Field::derived(sentence, evidence.into_iter().collect::<Evidence>()));
    said.extend(correlation::sentences(context));
    let (window, shown_by) = window::read(context);
    let (output, columns) = output(context);
    let text = format!("The rule looks {window} and reports {output}.");
    said.push(Field::derived(text, shown_by.0.into_iter().chain(columns).collect::<Evidence>()));
    said.extend(description(context));
    said
}

/// What an adversary does: from the one technique, else from the tactics, else from the title.
fn adversary(context: &Context<'_>) -> (String, Vec<String>) {
    let rule = context.rule;
    let tactics: Vec<(usize, &'static attack::SentinelTactic)> = rule
        .tactics
        .iter()
        .enumerate()
        .filter_map(|(place, name)| Some((place, attack::sentinel_tactic(name).tactic()?)))
        .collect();
    let phrases: Vec<String> = tactics
        .iter()
        .filter_map(|(_, tactic)| words::tactic(tactic.name))
        .map(str::to_owned)
        .collect();
    let of_tactics = tactics.iter().map(|(place, _)| context.yaml(&format!("/tactics/{place}")));
    let mut evidence: Vec<String> = of_tactics.collect();
    let technique = match rule.techniques.as_slice() {
        [one] => attack::technique(one),
        _ => None,
    };
    if let Some(technique) = technique {
        evidence.insert(0, context.yaml("/relevantTechniques/0"));
        evidence.insert(1, context.attack_evidence(technique));
        let means = format!("{} ({})", in_sentence(technique), technique.id);
        let doing = match phrases.as_slice() {
            [one] => format!("{one} by way of {means}"),
            _ => format!("makes use of {means}"),
        };
        return (doing, evidence);
    }
    if !phrases.is_empty() {
        return (words::listed(&phrases, "or"), evidence);
    }
    (String::from("attacks in the way that the title names"), vec![context.yaml("/name")])
}

/// A technique's name within a sentence: `additional cloud credentials`, `disabling or modifying tools`.
fn in_sentence(technique: &Technique) -> String {
    let own = phrase(technique.name);
    match technique.parent() {
        Some(parent) => format!("{own}, a form of {}", phrase(parent.name)),
        None => own,
    }
}

fn phrase(name: &str) -> String {
    let mut lower = Vec::new();
    let mut wants_verb = true;
    for word in name.split(' ') {
        let stem = word.trim_end_matches([',', ':']);
        if wants_verb && let Some(gerund) = gerund(stem) {
            lower.push(format!("{gerund}{}", word.get(stem.len()..).unwrap_or("")));
            wants_verb = false;
            continue;
        }
        wants_verb = matches!(word, "or" | "and");
        lower.push(if is_proper(word) { word.to_owned() } else { word.to_lowercase() });
    }
    lower.join(" ")
}

/// Names of products and abbreviations keep their letters.
fn is_proper(word: &str) -> bool {
    const NAMES: [&str; 26] = [
        "Windows",
        "Linux",
        "Mac",
        "Microsoft",
        "Office",
        "Outlook",
        "Exchange",
        "Kerberos",
        "Python",
        "Visual",
        "Basic",
        "Unix",
        "Bash",
        "Internet",
        "Active",
        "Directory",
        "Azure",
        "Google",
        "Cisco",
        "Electron",
        "Golden",
        "Silver",
        "Winlogon",
        "Netsh",
        "Rundll32",
        "Trap",
    ];
    NAMES.contains(&word.trim_matches([',', '(', ')', ':']))
        || word.split('-').any(|part| part.chars().skip(1).any(char::is_uppercase))
}

/// The gerund of a verb that names of techniques begin with.
fn gerund(word: &str) -> Option<&'static str> {
    const VERBS: [(&str, &str); 38] = [
        ("Abuse", "abusing"),
        ("Acquire", "acquiring"),
        ("Build", "building"),
        ("Bypass", "bypassing"),
        ("Clear", "clearing"),
        ("Compromise", "compromising"),
        ("Create", "creating"),
        ("Delete", "deleting"),
        ("Deobfuscate/Decode", "decoding"),
        ("Deploy", "deploying"),
        ("Develop", "developing"),
        ("Disable", "disabling"),
        ("Downgrade", "downgrading"),
        ("Escape", "escaping"),
        ("Establish", "establishing"),
        ("Execute", "executing"),
        ("Exploit", "exploiting"),
        ("Forge", "forging"),
        ("Gather", "gathering"),
        ("Hide", "hiding"),
        ("Hijack", "hijacking"),
        ("Impair", "impairing"),
        ("Impersonate", "impersonating"),
        ("Inhibit", "inhibiting"),
        ("Install", "installing"),
        ("Modify", "modifying"),
        ("Obtain", "obtaining"),
        ("Poison", "poisoning"),
        ("Prevent", "preventing"),
        ("Reduce", "reducing"),
        ("Relocate", "relocating"),
        ("Revert", "reverting"),
        ("Search", "searching"),
        ("Stage", "staging"),
        ("Steal", "stealing"),
        ("Subvert", "subverting"),
        ("Transfer", "transferring"),
        ("Weaken", "weakening"),
    ];
    VERBS.iter().find(|(verb, _)| *verb == word).map(|(_, gerund)| *gerund)
}

/// What the rule gives: its entities, else its first columns.
fn output(context: &Context<'_>) -> (String, Vec<String>) {
    let mut shown: Vec<String> = Vec::new();
    let mut evidence = Vec::new();
    for (place, mapping) in context.rule.entity_mappings.iter().enumerate() {
        let columns: Vec<String> =
            mapping.fields.iter().map(|(_, column)| words::code_text(column)).collect();
        if !columns.is_empty() {
            shown.push(format!("{} ({})", words::listed(&columns, "and"), mapping.entity_type));
            evidence.push(context.yaml(&format!("/entityMappings/{place}")));
        }
    }
    if !shown.is_empty() {
        return (words::listed(&shown, "and"), evidence);
    }
    let columns: Vec<String> = context.columns.iter().map(|(name, _)| name.clone()).collect();
    match columns.len() {
        0 => (String::from("its rows"), evidence),
        1..=12 => (words::code_list(&columns, 12, "and"), evidence),
        more => {
            let key: Vec<String> = columns.iter().filter(|name| is_entity(name)).cloned().collect();
            let key = if key.is_empty() { columns } else { key };
            (
                format!("rows of {more} columns, among them {}", words::code_list(&key, 5, "and")),
                evidence,
            )
        }
    }
}

/// Whether a column's name says that it holds an entity.
pub(super) fn is_entity(column: &str) -> bool {
    const PARTS: [&str; 12] = [
        "account",
        "user",
        "upn",
        "device",
        "computer",
        "host",
        "ipaddress",
        "address",
        "serviceprincipal",
        "sha256",
        "url",
        "recipient",
    ];
    let column = column.to_lowercase();
    PARTS.iter().any(|part| column.contains(part))
        && !column.contains("type")
        && !column.contains("agent")
}

/// The first sentence of the description, where it says more than the title.
fn description(context: &Context<'_>) -> Option<Field<String>> {
    let text = context.rule.description.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_matches(['\'', '"', ' ']);
    let end = [". ", "! ", "? "].iter().filter_map(|end| text.find(end)).min();
    let sentence = match end {
        Some(end) => text.get(..=end)?,
        None => text,
    };
    let letters = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let says_more =
        letters(sentence) != letters(&context.rule.name) && sentence.chars().count() > 15;
    let shown: String = sentence.chars().take(600).collect();
    says_more.then(|| Field::source(shown, context.yaml("/description")))
}

pub(super) fn blocks(sentences: &[Field<String>]) -> Vec<Block> {
    sentences.iter().map(|sentence| Block::Paragraph(Line::statement(sentence))).collect()
}

#[cfg(test)]
mod tests {
    use super::phrase;

    #[test]
    fn names_of_techniques_become_parts_of_sentences() {
        assert_eq!(phrase("Additional Cloud Credentials"), "additional cloud credentials");
        assert_eq!(phrase("Disable or Modify Tools"), "disabling or modifying tools");
        assert_eq!(phrase("Clear Windows Event Logs"), "clearing Windows event logs");
        assert_eq!(phrase("LSASS Memory"), "LSASS memory");
        assert_eq!(
            phrase("Exploit Public-Facing Application"),
            "exploiting public-facing application"
        );
    }
}
