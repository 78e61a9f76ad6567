//! Pages of real rules: what is derived is kept beside the tests; the rules' texts are not.

use std::path::PathBuf;

use harrier_rules::page::{Page, PageInput, html, markdown, terminal};
use harrier_rules::{Beside, Rule, RuleCatalog, check_and_lint, load, stored_functions};
use kql_semantics::catalog::Catalog;
use serde_json::{Value as Json, json};

use crate::known::Known;
use crate::shared::folder;

fn page(rule: &Rule, catalog: &dyn Catalog) -> Page {
    let checked = check_and_lint(rule, catalog, Beside::default());
    let findings: Vec<_> = checked.diagnostics.into_iter().chain(checked.findings).collect();
    Page::of(&PageInput {
        rule,
        catalog,
        findings: &findings,
        history: &[],
        observed: None,
        record: None,
        similar: &[],
    })
}

/// Rules of different shapes.
const CHOSEN: [&str; 20] = [
    "azure-sentinel/Detections/OfficeActivity/MailItemsAccessedTimeSeries.yaml",
    "azure-sentinel/Hunting Queries/Microsoft 365 Defender/Lateral Movement/Device Logons from Unknown IPs.yaml",
    "azure-sentinel/Detections/MultipleDataSources/KnownPHOSPHORUSDomainsIP-October2020.yaml",
    "reprise99/Azure Active Directory/Identity-AnomalousConditionalAccessFailures.kql",
    "azure-sentinel/Hunting Queries/Microsoft 365 Defender/General queries/Device uptime calculation.yaml",
    "azure-sentinel/Hunting Queries/Microsoft 365 Defender/Collection/Anomaly of MailItemAccess by Other Users Mailbox [Nobelium].yaml",
    "alexverboon/Snippets/ipwatchlistcheck.kql",
    "bert-janp/Defender For Endpoint/SliverC2BeaconLoaded.kql",
    "bert-janp/MISP/Sentinel/MISP-IP-IPSum-Level2.kql",
    "bert-janp/Defender For Endpoint/NTDSDitFileModifications__1.kql",
    "azure-sentinel/Solutions/FalconFriday/Analytic Rules/MatchLegitimateNameOrLocation.yaml",
    "bert-janp/DFIR/Defender For Endpoint/MDE - InternalConnectionsMadeByCompromisedDevice__2.kql",
    "reprise99/Azure Active Directory/Identity-GuestInvitesSentvsRedeemed.kql",
    "azure-sentinel/Hunting Queries/Microsoft 365 Defender/Discovery/MultipleSensitiveLdaps.yaml",
    "azure-sentinel/Hunting Queries/Microsoft 365 Defender/Protection events/AV Detections with Source.yaml",
    "azure-sentinel/Hunting Queries/Microsoft 365 Defender/Exfiltration/Files copied to USB drives.yaml",
    "azure-sentinel-2021/Detections/Syslog/ssh_NewlyInternetExposed.yaml",
    "azure-sentinel/Hunting Queries/Microsoft 365 Defender/Command and Control/Device network events w low count FQDN.yaml",
    "azure-sentinel/Detections/AzureDiagnostics/MaliciousWAFSessions.yaml",
    "azure-sentinel/Detections/AuditLogs/CredentialAddedAfterAdminConsent.yaml",
];

/// What is derived of a rule; nothing that its author wrote.
fn derived(page: &Page) -> Json {
    let said = page.hypothesis.iter().filter(|one| one.label.name() == "derived");
    json!({
        "path": page.path,
        "sha256": page.source.value.sha256,
        "hypothesis": said.map(|one| &one.value).collect::<Vec<_>>(),
        "suggestions": page.attack.value.suggestions.iter().map(|one| &one.value.id).collect::<Vec<_>>(),
        "tables": page.data_sources.value.tables.iter().map(|one| &one.value.table).collect::<Vec<_>>(),
        "false_positives": page.false_positives.iter().map(|one| &one.value.shape).collect::<Vec<_>>(),
        "tuning": page.tuning.iter().map(|one| (&one.value.name, &one.value.effect)).collect::<Vec<_>>(),
        "confidence": page.confidence.value.terms.iter().map(|one| (one.value.name, one.value.verdict.name())).collect::<Vec<_>>(),
    })
}

/// `UPDATE=1` writes them anew; they are reviewed, never edited. `PAGE=path` prints one page.
#[test]
fn chosen_rules_are_read_as_reviewed() {
    let Some(shared) = folder() else { return };
    let known = Known::load(&shared);
    let mut files =
        vec![shared.join("first-rule/AddedCredentialFromContryXAndSigninFromCountryY.yaml")];
    files.extend(CHOSEN.iter().map(|path| shared.join("corpus/rules").join(path)));
    if let Some(path) = std::env::var_os("PAGE") {
        files = std::env::split_paths(&path).collect();
    }
    let mut lines = String::new();
    for path in files {
        for rule in &load(&[path]).rules {
            let page = page(rule, &known);
            assert!(
                page == self::page(rule, &known),
                "{}: another page the second time",
                page.path
            );
            if std::env::var_os("PAGE").is_some() {
                println!("{}", terminal(&page, 110, false));
            }
            lines.push_str(&format!("{}\n", derived(&page)));
        }
    }
    if std::env::var_os("PAGE").is_some() {
        return;
    }
    let kept = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages.ndjson");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&kept, &lines).unwrap();
    }
    let kept = std::fs::read_to_string(kept).unwrap_or_default();
    for (kept, now) in kept.lines().zip(lines.lines()) {
        assert_eq!(kept, now);
    }
    assert_eq!(kept.lines().count(), lines.lines().count());
}

#[test]
fn the_first_rule_is_told_as_an_analyst_would() {
    let Some(shared) = folder() else { return };
    let known = Known::load(&shared);
    let path = shared.join("first-rule/AddedCredentialFromContryXAndSigninFromCountryY.yaml");
    let loaded = load(&[path]);
    let page = page(&loaded.rules[0], &known);
    let text = page.hypothesis.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join(" ");
    for said in [
        "If an adversary keeps access, then `CloudAppEvents` shows an action `Add service principal credentials.`",
        "`EntraIdSpnSignInEvents` shows sign-ins of service principals",
        "(read from `RawEventData.Target[3].ID`)",
        "`CountryCode` differs from `Country`",
        "`Timestamp` is less than 1 day after `AddedTimestamp` (or at any time before it",
        "one row of the left side stands for each key",
        "the time range that the user chooses",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert_eq!(
        page.title.value.shown(),
        "Added credential from contry X and signin from country Y"
    );
    assert!(page.attack.value.techniques.is_empty());
    assert_eq!(page.attack.value.suggestions[0].value.id, "T1098.001");
    let shapes: Vec<&str> =
        page.false_positives.iter().map(|one| one.value.shape.as_str()).collect();
    assert!(shapes.iter().any(|shape| shape.contains("countries")), "{shapes:?}");
    assert!(shapes.iter().any(|shape| shape.contains("service principals")), "{shapes:?}");
    let window = page.tuning.iter().find(|one| one.value.name == "timewindow").unwrap();
    assert_eq!(window.value.value, "1d");
    // The hyphen that should be a dash: an error, so the sum is low.
    assert!(page.findings.iter().any(|one| one.value.code == "HR401"));
    let literals =
        page.confidence.value.terms.iter().find(|one| one.value.name == "literals alive").unwrap();
    assert_eq!(literals.value.points, -15);
    assert_eq!(page.confidence.value.band, "low");
    assert!(page.confidence.value.not_measured.contains(&"data"));
}

/// A part of the corpus, all of it with `ALL=1`: each rule has a page in all renderings, most have a hypothesis.
#[test]
fn rules_of_the_corpus_have_pages() {
    let Some(shared) = folder() else { return };
    let known = Known::load(&shared);
    let loaded = load(&[shared.join("corpus/rules")]);
    let step = if std::env::var_os("ALL").is_some() { 1 } else { 25 };
    let functions = match step {
        1 => stored_functions(&loaded.functions, &known),
        _ => Vec::new(),
    };
    let catalog = RuleCatalog::new(&known, &functions);
    let (mut all, mut told) = (0, 0);
    let started = std::time::Instant::now();
    for rule in loaded.rules.iter().step_by(step) {
        let began = std::time::Instant::now();
        let page = page(rule, &catalog);
        if began.elapsed().as_secs() > 3 {
            println!("{:?} {}", began.elapsed(), page.path);
        }
        all += 1;
        told +=
            usize::from(page.hypothesis.iter().any(|one| one.value.starts_with("If an adversary")));
        let texts = [html(&page), markdown(&page), terminal(&page, 80, true)];
        assert!(texts.iter().all(|text| text.len() > 500), "{}", page.path);
    }
    println!("{all} pages in {:?}, {told} with a hypothesis", started.elapsed());
    // Without the parsers, which take long to bind, what reads through them has no tables.
    assert!(told * 4 > all * 3, "{told} of {all}");
}
