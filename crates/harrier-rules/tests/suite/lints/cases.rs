//! The concrete cases that real rules show, at their places; and that their mended forms are silent.
//!
//! The rules lie in the shared corpus. What mends one is written here as replacements in its text, made in passing.

use std::path::Path;

use harrier_rules::{Beside, Rule, RuleCatalog, load, stored_functions};

use super::{Found, codes, lint_rule, lint_text};
use crate::known::Known;
use crate::shared::folder;

/// A finding that must be there, and replacements after which it must not.
struct Case {
    /// Which case of the list of real bugs it is.
    number: u8,
    path: &'static str,
    code: &'static str,
    /// A line that it is found on.
    line: u32,
    /// A part of the marked text there.
    marked: &'static str,
    mend: &'static [(&'static str, &'static str)],
}

const HUNTS: &str = "azure-sentinel/Hunting Queries/";
const MDE: &str = "azure-sentinel/Hunting Queries/Microsoft 365 Defender/";
const DETECTIONS: &str = "azure-sentinel/Detections/";
const SOLUTIONS: &str = "azure-sentinel/Solutions/";
const FIRST: &str = "Persistence/AddedCredentialFromContryXAndSigninFromCountryY.yaml";
const INNER: &[(&str, &str)] =
    &[("| join (", "| join kind=inner ("), ("| join (", "| join kind=inner (")];
const FALCON: &[(&str, &str)] = &[
    ("columnName: Account", "columnName: InitiatingProcessAccount"),
    ("columnName: ProcessCommandLine", "columnName: InitiatingProcessCommandLine"),
];
const UMBRELLA: &[(&str, &str)] = &[("IpCustomEntity", "IPCustomEntity")];

#[rustfmt::skip]
const CASES: &[(&str, Case)] = &[
    (MDE, Case { number: 0, path: FIRST, code: "HR401", line: 18, marked: "secrets management \"", mend: &[("application - Cert", "application \\u2013 Cert")] }),
    (MDE, Case { number: 0, path: FIRST, code: "HR501", line: 21, marked: "join", mend: &[("| join ", "| join kind=inner ")] }),
    (MDE, Case { number: 0, path: FIRST, code: "HR211", line: 22, marked: "AddedTimestamp + timewindow > Timestamp", mend: &[("AddedTimestamp + timewindow > Timestamp", "Timestamp between (AddedTimestamp .. timewindow)")] }),
    (MDE, Case { number: 0, path: FIRST, code: "HR220", line: 16, marked: "CloudAppEvents", mend: &[("  CloudAppEvents\n", "  CloudAppEvents\n  | where Timestamp > ago(7d)\n"), ("  AADSpnSignInEventsBeta\n", "  AADSpnSignInEventsBeta\n  | where Timestamp > ago(7d)\n")] }),
    (MDE, Case { number: 0, path: FIRST, code: "HR504", line: 21, marked: "AppName", mend: &[("[3].ID), CountryCode", "[3].ID), CountryCode | distinct AddedTimestamp, AppName, CountryCode | summarize arg_max(AddedTimestamp, *) by AppName")] }),
    (MDE, Case { number: 0, path: FIRST, code: "HR405", line: 19, marked: "Target[3]", mend: &[("tostring(RawEventData.Target[3].ID)", "tostring(RawEventData.ObjectId)")] }),
    (MDE, Case { number: 0, path: FIRST, code: "HR404", line: 22, marked: "CountryCode != Country", mend: &[("CountryCode != Country", "CountryCode !~ Country and isnotempty(Country)")] }),
    (MDE, Case { number: 0, path: FIRST, code: "HR201", line: 20, marked: "AADSpnSignInEventsBeta", mend: &[("  AADSpnSignInEventsBeta\n", "  EntraIdSpnSignInEvents\n")] }),
    (MDE, Case { number: 0, path: FIRST, code: "HR305", line: 2, marked: "AddedCredential", mend: &[("query: |", "entityMappings:\n- entityType: CloudApplication\n  fieldMappings:\n  - identifier: Name\n    columnName: AppName\nquery: |")] }),
    (MDE, Case { number: 1, path: "Campaigns/snip3-revengerat-c2-exfiltration.yaml", code: "HR402", line: 16, marked: " kimjoy007.dyndns.org", mend: &[("\" kimjoy", "\"kimjoy"), ("\" asin", "\"asin")] }),
    (MDE, Case { number: 2, path: "Exploits/print-pooler-service-suspicious-file-creation.yaml", code: "HR409", line: 22, marked: "\\3", mend: &[("x64\\\\\\3", "x64\\\\3"), ("x64\\\\\\4", "x64\\\\4")] }),
    (SOLUTIONS, Case { number: 3, path: "Corelight/Hunting Queries/CorelightObfuscatedBinary.yaml", code: "HR402", line: 19, marked: "executable '", mend: &[("executable '", "executable'")] }),
    (SOLUTIONS, Case { number: 3, path: "Corelight/Hunting Queries/CorelightObfuscatedBinary.yaml", code: "HR407", line: 20, marked: ".exe", mend: &[("' or UrlOriginal !hassuffix", "' and UrlOriginal !hassuffix")] }),
    (SOLUTIONS, Case { number: 4, path: "ImpervaCloudWAF/Analytic Rules/ImpervaForbiddenCountry.yaml", code: "HR407", line: 24, marked: "REQ_BLOCKED", mend: &[("' or DvcAction", "' and DvcAction")] }),
    (SOLUTIONS, Case { number: 4, path: "ImpervaCloudWAF/Analytic Rules/ImpervaAttackNotBlocked.yaml", code: "HR407", line: 23, marked: "REQ_BLOCKED", mend: &[("' or DvcAction", "' and DvcAction")] }),
    (SOLUTIONS, Case { number: 4, path: "ImpervaCloudWAF/Analytic Rules/ImpervaSuspiciousDstPort.yaml", code: "HR407", line: 23, marked: "REQ_BLOCKED", mend: &[("' or DvcAction", "' and DvcAction")] }),
    (SOLUTIONS, Case { number: 5, path: "Cisco ISE/Analytic Rules/CiscoISECmdExecutionWithHighestPrivilegesNewUser.yaml", code: "HR210", line: 25, marked: "ago(lbperiod)", mend: &[("queryPeriod: 5m", "queryPeriod: 14d"), ("lbperiod = 60d", "lbperiod = 14d")] }),
    (SOLUTIONS, Case { number: 6, path: "CyberArkEPM/Analytic Rules/CyberArkEPMRareProcInternetAccess.yaml", code: "HR210", line: 26, marked: "ago(lb_period)", mend: &[("queryPeriod: 30m", "queryPeriod: 14d")] }),
    (DETECTIONS, Case { number: 7, path: "AuditLogs/ConditionalAccessPolicyModifiedbyNewUser.yaml", code: "HR210", line: 25, marked: "ago(14d)", mend: &[("queryPeriod: 7d", "queryPeriod: 14d")] }),
    (DETECTIONS, Case { number: 7, path: "AuditLogs/ConditionalAccessPolicyModifiedbyNewUser.yaml", code: "HR405", line: 39, marked: "[0]", mend: &[("modifiedProperties[0]", "modifiedProperties.one"), ("TargetResources[0]", "TargetResources.one"), ("modifiedProperties[0]", "modifiedProperties.one")] }),
    (DETECTIONS, Case { number: 8, path: "SigninLogs/PrivilegedUserLogonfromnewASN.yaml", code: "HR210", line: 30, marked: "ago(14d)", mend: &[("queryPeriod: 7d", "queryPeriod: 14d")] }),
    (DETECTIONS, Case { number: 8, path: "SigninLogs/PrivilegedUserLogonfromnewASN.yaml", code: "HR302", line: 47, marked: "IpAddress", mend: &[("IpAddress", "IPAddress")] }),
    (DETECTIONS, Case { number: 9, path: "MultipleDataSources/B64UserInWebURIFromMDE.yaml", code: "HR210", line: 41, marked: "accountLookback", mend: &[("Lookback = 3d", "Lookback = 1d")] }),
    (DETECTIONS, Case { number: 9, path: "MultipleDataSources/B64UserInWebURIFromMDE.yaml", code: "HR303", line: 60, marked: "DeviceNames", mend: &[("DeviceNames=set_DeviceName", "DeviceNames=tostring(set_DeviceName[0])")] }),
    (DETECTIONS, Case { number: 10, path: "CiscoUmbrella/CiscoUmbrellaEmptyUserAgentDetected.yaml", code: "HR302", line: 33, marked: "IPCustomEntity", mend: UMBRELLA }),
    (DETECTIONS, Case { number: 10, path: "CiscoUmbrella/CiscoUmbrellaRareUserAgentDetected.yaml", code: "HR302", line: 0, marked: "IPCustomEntity", mend: UMBRELLA }),
    (DETECTIONS, Case { number: 11, path: "ASimWebSession/PossibleDGAContacts.yaml", code: "HR302", line: 107, marked: "URL", mend: &[("columnName: URL", "columnName: Url")] }),
    (HUNTS, Case { number: 11, path: "W3CIISLog/Potential_IIS_CodeInject.yaml", code: "HR302", line: 79, marked: "UrlCustomEntity", mend: &[("UrlCustomEntity", "URLCustomEntity")] }),
    (SOLUTIONS, Case { number: 12, path: "CrowdStrike Falcon Endpoint Protection/Analytic Rules/CriticalSeverityDetection.yaml", code: "HR301", line: 41, marked: "MD5", mend: &[("FileHashCustomEntity = FileHash", "FileHashCustomEntity = FileHash, MD5 = \"MD5\"")] }),
    (SOLUTIONS, Case { number: 13, path: "FalconFriday/Analytic Rules/COMHijacking.yaml", code: "HR301", line: 37, marked: "AccountSid", mend: FALCON }),
    (SOLUTIONS, Case { number: 13, path: "FalconFriday/Analytic Rules/DLLSideLoading.yaml", code: "HR301", line: 48, marked: "AccountSid", mend: FALCON }),
    (SOLUTIONS, Case { number: 13, path: "FalconFriday/Analytic Rules/DLLSideLoading.yaml", code: "HR131", line: 23, marked: "T1574.002", mend: &[("T1574.002", "T1574.001")] }),
    (SOLUTIONS, Case { number: 14, path: "GitLab/Analytic Rules/GitLab_MaliciousIP.yaml", code: "HR301", line: 43, marked: "IPaddr", mend: &[("columnName: IPaddr", "columnName: IPAddress")] }),
    (DETECTIONS, Case { number: 15, path: "MultipleDataSources/ActiniumFeb2022.yaml", code: "HR301", line: 140, marked: "FileHashType", mend: &[("columnName: FileHashType", "columnName: FileHash")] }),
    (DETECTIONS, Case { number: 15, path: "MultipleDataSources/Dev-0530_FileExtRename.yaml", code: "HR301", line: 47, marked: "AlgorithmCustomEntity", mend: &[("FileHashCustomEntity = SHA256", "FileHashCustomEntity = SHA256, AlgorithmCustomEntity = \"SHA256\"")] }),
    (DETECTIONS, Case { number: 15, path: "MultipleDataSources/Dev-0586_Jan2022_IOC.yaml", code: "HR301", line: 93, marked: "FileHashAlgo", mend: &[("columnName: FileHashAlgo", "columnName: FileHash")] }),
    ("alexverboon/", Case { number: 16, path: "Defender For Endpoint/MDE-GroupPolicyModificationEvents__1.kql", code: "HR403", line: 57, marked: "11d9", mend: &[("11d9", "11D9")] }),
    ("alexverboon/", Case { number: 16, path: "Defender For Identity/MDI-Automatic Windows auditing configuration.kql", code: "HR403", line: 56, marked: "11d9", mend: &[("11d9", "11D9")] }),
    (MDE, Case { number: 17, path: "Defense evasion/MailPermissionsAddedToApplication[Nobelium].yaml", code: "HR503", line: 46, marked: "ConsentTimestamp", mend: &[("kind=leftouter", "kind=inner")] }),
    (MDE, Case { number: 17, path: "Defense evasion/MailPermissionsAddedToApplication[Nobelium].yaml", code: "HR406", line: 26, marked: "ExtendedPRoperties", mend: &[("ExtendedPRoperties", "ExtendedProperties")] }),
    (HUNTS, Case { number: 18, path: "MultipleDataSources/STRONTIUM_IOC_RetroHunt.yaml", code: "HR215", line: 27, marked: "2019", mend: &[("datetime(2019-02-01)", "ago(30d)"), ("datetime(2019-08-05)", "now()")] }),
    (SOLUTIONS, Case { number: 19, path: "Corelight/Hunting Queries/CorelightRepetitiveDnsFailures.yaml", code: "HR131", line: 13, marked: "T1094", mend: &[("T1094", "T1095"), ("T1043", "T1571")] }),
    (SOLUTIONS, Case { number: 20, path: "LastPass/Analytic Rules/UnusualVolumeOfPasswordsUpdatedOrRemoved.yaml", code: "HR408", line: 31, marked: "Deleted Sites", mend: &[("Action_s == \"Site Changed\" or Action_s == \"Deleted Sites\"", "(Action_s == \"Site Changed\" or Action_s == \"Deleted Sites\")")] }),
    (DETECTIONS, Case { number: 21, path: "AuditLogs/CredentialAddedAfterAdminConsent.yaml", code: "HR501", line: 39, marked: "join", mend: INNER }),
    (DETECTIONS, Case { number: 21, path: "AuditLogs/NewExtUserGrantedAdmin.yaml", code: "HR501", line: 0, marked: "join", mend: INNER }),
    (DETECTIONS, Case { number: 21, path: "AzureDevOpsAuditing/ADOAgentPoolCreatedDeleted.yaml", code: "HR501", line: 34, marked: "join", mend: INNER }),
    (HUNTS, Case { number: 24, path: "MultipleDataSources/UnfamiliarsignincorrelationwithPortalSigninandAuditlogs.yaml", code: "HR109", line: 67, marked: "entityMappings", mend: &[("    entityMappings:", "entityMappings:")] }),
];

fn read(path: &Path) -> Rule {
    let mut loaded = load(&[path.to_owned()]);
    assert_eq!(loaded.rules.len(), 1, "{}", path.display());
    loaded.rules.remove(0)
}

fn is_it(case: &Case, found: &Found) -> bool {
    found.code == case.code
        && found.marked.contains(case.marked)
        && (case.line == 0 || found.line == case.line)
}

/// The text of a rule with replacements, everywhere they fit.
fn mended(rule: &Rule, case: &Case) -> Rule {
    let mut text = rule.file.source.text.replace("\r\n", "\n");
    for (from, to) in case.mend {
        // What was replaced already is not to be found again.
        if !from.contains("| join") || !text.contains(to) {
            assert!(
                text.contains(from) || to.contains(from) || from.contains("modified"),
                "{}: {from}",
                case.path
            );
            text = text.replace(from, to);
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(rule.file.path.file_name().unwrap());
    std::fs::write(&path, text).unwrap();
    read(&path)
}

#[test]
fn real_bugs_at_their_places_and_their_mended_forms_silent() {
    let Some(shared) = folder() else { return };
    let rules = shared.join("corpus/rules");
    let loaded = load(std::slice::from_ref(&rules));
    let known = Known::load(&shared);
    let functions = stored_functions(&loaded.functions, &known);
    let catalog = RuleCatalog::new(&known, &functions);
    let mut wrong = Vec::new();
    for (folder, case) in CASES {
        let rule = read(&rules.join(folder).join(case.path));
        let found = lint_rule(&rule, &catalog, Beside::default());
        if !found.iter().any(|one| is_it(case, one)) {
            wrong.push(format!(
                "case {}: no {} on line {} of {}: {found:#?}",
                case.number, case.code, case.line, case.path
            ));
            continue;
        }
        let mended = mended(&rule, case);
        let found = lint_rule(&mended, &catalog, Beside::default());
        let left: Vec<&Found> = found
            .iter()
            .filter(|one| one.code == case.code && (case.code != "HR220" || case.number > 0))
            .collect();
        if !left.is_empty() {
            wrong.push(format!(
                "case {}: {} still found in the mended {}: {left:#?}",
                case.number, case.code, case.path
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} cases wrong:\n{}",
        wrong.len(),
        CASES.len(),
        wrong.join("\n")
    );
}

#[test]
fn the_first_rule_has_nine_findings() {
    let Some(shared) = folder() else { return };
    let known = Known::load(&shared);
    let rule = read(&shared.join("corpus/rules").join(MDE).join(FIRST));
    let found = lint_rule(&rule, &known, Beside::default());
    let mut codes = codes(&found);
    codes.sort_unstable();
    assert_eq!(
        codes,
        ["HR201", "HR211", "HR220", "HR305", "HR401", "HR404", "HR405", "HR501", "HR504"],
        "{found:#?}"
    );
}

/// Case 22.
#[test]
fn a_deletion_before_the_creation() {
    let rule = |condition: &str| {
        format!(
            "SecurityEvent\n| where EventID == 4720\n| project creationTime = TimeGenerated, TargetSid\n| join kind=inner (\n  SecurityEvent\n  | where EventID == 4726\n  | project deletionTime = TimeGenerated, TargetSid\n) on TargetSid\n| extend TimeDelta = deletionTime - creationTime\n| where {condition}\n"
        )
    };
    let found = lint_text(&rule("TimeDelta < 10m"));
    let one = found.iter().find(|one| one.code == "HR211").unwrap();
    assert_eq!((one.line, one.marked.as_str()), (10, "TimeDelta < 10m"));
    for mended in [
        "TimeDelta between (0s .. 10m)",
        "TimeDelta < 10m and TimeDelta >= 0s",
        "abs(TimeDelta) < 10m",
        "deletionTime > creationTime and TimeDelta < 10m",
        "TimeDelta > 10m",
    ] {
        assert!(!codes(&lint_text(&rule(mended))).contains(&"HR211"), "{mended}");
    }
}

/// Case 23.
#[test]
fn an_address_mapped_in_other_case() {
    let rule = |column: &str| {
        format!(
            "id: 5f7c0a7e-0d6f-4a4f-8d7e-0a3b6f1f2c11\nname: Single factor from anywhere\nkind: Scheduled\nseverity: Low\nqueryFrequency: 1d\nqueryPeriod: 7d\ntriggerOperator: gt\ntriggerThreshold: 0\nquery: |\n  let Known = SigninLogs | where TimeGenerated between (ago(7d) .. ago(1d));\n  SigninLogs\n  | where TimeGenerated > ago(1d)\n  | where IPAddress !in ((Known | project IPAddress)) and Location !in ((Known | project Location))\n  | project TimeGenerated, UserPrincipalName, IPAddress, Location\nentityMappings:\n- entityType: IP\n  fieldMappings:\n  - identifier: Address\n    columnName: {column}\n"
        )
    };
    let found = lint_text(&rule("IpAddress"));
    let one = found.iter().find(|one| one.code == "HR302").unwrap();
    assert_eq!((one.line, one.marked.as_str(), one.edits), (19, "IpAddress", 1));
    assert!(!codes(&lint_text(&rule("IPAddress"))).contains(&"HR302"));
}
