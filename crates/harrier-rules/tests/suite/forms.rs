//! Rules in all forms: templates, exports, lists of interfaces, detections of Defender XDR, Markdown, bare queries.

use harrier_rules::{FileBytes, Loaded, Rule, RuleKind, Seconds, Severity, load, load_bytes};

use crate::shared::folder;

/// A file's rules by its name and its text.
pub(crate) fn loaded(name: &str, text: &str) -> Loaded {
    load_bytes(FileBytes {
        path: name.into(),
        relative: name.to_owned(),
        bytes: text.as_bytes().into(),
        origin: None,
    })
}

fn only_rule(name: &str, text: &str) -> Rule {
    let mut loaded = loaded(name, text);
    assert_eq!(loaded.rules.len(), 1, "{:?} {:?}", loaded.others, loaded.errors);
    loaded.rules.remove(0)
}

/// What stands in the file at the place of a text of the query.
fn at_file<'r>(rule: &'r Rule, text: &str) -> &'r str {
    let offset = u32::try_from(rule.query.text.find(text).unwrap()).unwrap();
    &rule.file.source.text[rule.query.offsets.to_file(offset) as usize..]
}

const EXPORT: &str = r#"{
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  "contentVersion": "1.0.0.0",
  "parameters": { "workspace": { "type": "String" } },
  "resources": [
    {
      "id": "[concat(resourceId('Microsoft.OperationalInsights/workspaces/providers', parameters('workspace'), 'Microsoft.SecurityInsights'),'/alertRules/0B9AE89D-8CAD-461C-808F-0494F70AD5C4')]",
      "name": "[concat(parameters('workspace'),'/Microsoft.SecurityInsights/0B9AE89D-8CAD-461C-808F-0494F70AD5C4')]",
      "type": "Microsoft.OperationalInsights/workspaces/providers/alertRules",
      "kind": "Scheduled",
      "apiVersion": "2023-12-01-preview",
      "properties": {
        "displayName": "Many \"failures\"",
        "description": "[[bracketed]",
        "severity": "Medium",
        "enabled": true,
        "query": "SigninLogs\r\n| where ResultType == \"50126\"\n| summarize n = count() by UserPrincipalName, E = '\ud83d\ude00', b = 1",
        "queryFrequency": "PT5H",
        "queryPeriod": "P1D",
        "triggerOperator": "GreaterThan",
        "triggerThreshold": 3,
        "suppressionDuration": "PT5H",
        "suppressionEnabled": false,
        "startTimeUtc": null,
        "tactics": [ "CredentialAccess" ],
        "techniques": [ "T1110" ],
        "subTechniques": [ "T1110.003" ],
        "alertRuleTemplateName": null,
        "incidentConfiguration": { "createIncident": true, "groupingConfiguration": { "enabled": false, "lookbackDuration": "PT5H" } },
        "entityMappings": [ { "entityType": "Account", "fieldMappings": [ { "identifier": "FullName", "columnName": "UserPrincipalName" } ] } ],
        "customDetails": null,
        "templateVersion": "1.0.2"
      }
    }
  ]
}"#;

#[test]
fn an_export_of_the_portal_is_a_rule() {
    let rule = only_rule("export.json", EXPORT);
    assert_eq!(rule.id.as_deref(), Some("0b9ae89d-8cad-461c-808f-0494f70ad5c4"));
    assert_eq!(
        (rule.name.as_str(), rule.description.as_str()),
        ("Many \"failures\"", "[bracketed]")
    );
    assert_eq!((rule.kind, rule.severity), (RuleKind::Scheduled, Some(Severity::Medium)));
    let schedule = rule.schedule.unwrap();
    assert_eq!((schedule.frequency, schedule.period), (Seconds(18_000), Seconds(86_400)));
    assert_eq!(schedule.threshold, 3);
    assert_eq!(rule.techniques, ["T1110", "T1110.003"]);
    assert_eq!(rule.version.as_deref(), Some("1.0.2"));
    assert_eq!(
        rule.entity_mappings[0].fields,
        [("FullName".to_owned(), "UserPrincipalName".to_owned())]
    );
    assert!(at_file(&rule, "ResultType").starts_with("ResultType == \\\"50126"));
    assert!(at_file(&rule, "= 1").starts_with("= 1\","));
    let document = rule.document();
    assert_eq!(document.text("queryFrequency"), Some("5h"));
    assert_eq!(document.text("triggerOperator"), Some("gt"));
}

#[test]
fn a_place_in_json_is_told() {
    let rule = only_rule("export.json", &EXPORT.replace("ResultType ==", "ResultTyp =="));
    let known = crate::known::Known::default();
    let line = harrier_rules::check(&rule, &known, &kql_semantics::BindOptions::default()).line();
    assert_eq!((line.diagnostics[0].line, line.diagnostics[0].column), (17, 19));
}

#[test]
fn what_a_template_computes_is_computed() {
    let text = r#"{ "parameters": {"ws": {"type": "string"}}, "variables": {"q": "T\n| take 1", "title": "From a variable", "id": "abc"},
      "resources": [
      { "type": "Microsoft.SecurityInsights/alertRules", "name": "[variables('id')]", "kind": "NRT",
        "properties": { "displayName": "[variables('title')]", "query": "[variables('q')]", "severity": "[parameters('ws')]" } },
      { "type": "Microsoft.SecurityInsights/alertRules", "name": "second", "kind": "Scheduled",
        "properties": { "displayName": "Two", "query": "[concat(variables('q'), ' | count')]" } },
      { "type": "Microsoft.SecurityInsights/alertRules", "name": "third", "kind": "Scheduled",
        "properties": { "displayName": "Three", "query": "[uniqueString('x')]" } },
      { "type": "Microsoft.SecurityInsights/alertRules", "name": "f", "kind": "Fusion", "properties": { "enabled": true } }
    ] }"#;
    let loaded = loaded("x.json", text);
    assert_eq!(loaded.rules.len(), 3);
    let [one, two, three] = &loaded.rules[..] else { unreachable!() };
    assert_eq!(
        (one.kind, one.name.as_str(), one.id.as_deref()),
        (RuleKind::Nrt, "From a variable", Some("abc"))
    );
    assert!(at_file(one, "take").starts_with("take 1\", \"title\""));
    assert_eq!(one.diagnostics[0].code.0, "unresolved-expression");
    assert!(!one.diagnostics[0].is_error());
    assert_eq!(two.query.text, "T\n| take 1 | count");
    assert!(at_file(two, "count").contains("concat(variables"));
    assert!(three.diagnostics[0].is_error());
    assert_eq!((one.label(), loaded.file_count()), (String::from("x.json#abc"), 1));
}

#[test]
fn a_content_package_holds_templates_in_templates() {
    let text = r#"{ "variables": {"v": {"ruleId": "11111111-2222-3333-4444-555555555555"}},
      "resources": [
      { "type": "Microsoft.OperationalInsights/workspaces/providers/contentTemplates",
        "properties": { "contentKind": "AnalyticsRule", "mainTemplate": { "parameters": {}, "variables": {}, "resources": [
          { "type": "Microsoft.SecurityInsights/AlertRuleTemplates", "name": "[variables('v').ruleId]", "kind": "Scheduled",
            "properties": { "displayName": "Packed", "query": "T", "queryFrequency": "PT1H", "queryPeriod": "PT1H", "status": "Available",
              "requiredDataConnectors": [ { "connectorId": "C", "dataTypes": [ "T" ] } ] } },
          { "type": "Microsoft.OperationalInsights/workspaces/providers/metadata", "properties": { "kind": "AnalyticsRule" } } ] } } },
      { "type": "Microsoft.OperationalInsights/workspaces/providers/contentTemplates",
        "properties": { "contentKind": "HuntingQuery", "mainTemplate": { "resources": [
          { "type": "Microsoft.OperationalInsights/savedSearches", "name": "Hunt_1",
            "properties": { "displayName": "Hunt", "category": "Hunting Queries", "query": "U", "version": 2,
              "tags": [ {"name": "description", "value": "Looks."}, {"name": "tactics", "value": "Initial Access,Impact"}, {"name": "techniques", "value": "T1078"} ] } } ] } } },
      { "type": "Microsoft.OperationalInsights/workspaces/savedSearches", "name": "parser",
        "properties": { "displayName": "P", "category": "Functions", "functionAlias": "Parsed", "query": "T | where a == x", "functionParameters": "x:string='*', n:int=1" } },
      { "type": "Microsoft.Resources/deployments", "properties": { "parameters": {"q": {"value": "[concat('V', ' | take 2')]"}},
        "template": { "parameters": {"q": {"type": "string"}}, "resources": [
          { "type": "Microsoft.SecurityInsights/alertRules", "name": "deployed", "kind": "Scheduled", "properties": { "displayName": "Deployed", "query": "[parameters('q')]" } } ] } } }
    ] }"#;
    let loaded = loaded("mainTemplate.json", text);
    let names: Vec<&str> = loaded.rules.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, ["Packed", "Hunt", "Deployed"]);
    assert_eq!(loaded.rules[0].id.as_deref(), Some("11111111-2222-3333-4444-555555555555"));
    assert_eq!(loaded.rules[0].connectors[0].data_types, ["T"]);
    let hunt = &loaded.rules[1];
    assert_eq!((hunt.kind, hunt.description.as_str()), (RuleKind::Hunting, "Looks."));
    assert_eq!(hunt.tactics, ["InitialAccess", "Impact"]);
    assert_eq!(loaded.rules[2].query.text, "V | take 2");
    let function = &loaded.functions[0];
    assert_eq!(
        (&*function.names[0], function.parameters.as_str()),
        ("Parsed", "(x:string='*', n:int=1)")
    );
}

#[test]
fn an_answer_of_the_interface_is_a_list() {
    let text = r#"{"value": [ {"id": "/subscriptions/0/alertRules/a1", "name": "a1", "type": "Microsoft.SecurityInsights/alertRules",
        "kind": "Scheduled", "properties": {"displayName": "One", "query": "T", "tactics": null} },
        {"name": "bare", "properties": {"displayName": "Two", "query": "U"}} ], "nextLink": ""}"#;
    let loaded = loaded("rules.json", text);
    let names: Vec<_> =
        loaded.rules.iter().map(|rule| (rule.name.as_str(), rule.id.as_deref())).collect();
    assert_eq!(names, [("One", Some("a1")), ("Two", Some("bare"))]);
}

#[test]
fn detections_of_defender_are_rules() {
    let old = r#"{ "@odata.context": "https://graph.microsoft.com/beta/$metadata", "id": "7506", "displayName": "Old form", "isEnabled": true,
      "createdBy": "a@b", "detectorId": "67895317", "queryCondition": { "queryText": "DeviceProcessEvents | take 1", "lastModifiedDateTime": "2023-10-26T16:45:00Z" },
      "schedule": { "period": "12H" }, "lastRunDetails": { "status": "completed" },
      "detectionAction": { "alertTemplate": { "title": "T", "description": "D", "severity": "medium", "category": "Execution", "recommendedActions": null,
        "mitreTechniques": ["T1059.001"], "impactedAssets": [ { "@odata.type": "microsoft.graph.security.impactedDeviceAsset", "identifier": "deviceId" } ] },
        "responseActions": [ { "@odata.type": "isolate" } ] } }"#;
    let rule = only_rule("old.json", old);
    assert_eq!(
        (rule.kind, rule.severity, rule.name.as_str()),
        (RuleKind::Scheduled, Some(Severity::Medium), "Old form")
    );
    let schedule = rule.schedule.unwrap();
    assert_eq!((schedule.frequency, schedule.period), (Seconds(43_200), Seconds(172_800)));
    assert_eq!((rule.tactics[0].as_str(), rule.techniques[0].as_str()), ("Execution", "T1059.001"));
    assert_eq!(rule.entity_mappings[0].fields[0].1, "DeviceId");
    // Responses are kept, though they are never run.
    assert!(rule.document().to_yaml().contains("responseActions"));
    let new = r#"{"value": [ { "id": "1", "displayName": "New form", "queryCondition": {"queryText": "T"}, "schedule": {"frequency": "PT1H"},
      "detectionAction": {"alertTemplate": {"severity": "high", "tactics": [ {"tactic": "Persistence", "techniques": ["T1098"]} ],
        "entityMappings": [ {"entityType": "Account", "fieldMappings": [ {"identifier": "FullName", "columnName": "A"} ]} ]}} },
      { "id": "2", "displayName": "Continuous", "queryCondition": {"queryText": "T"}, "schedule": {"frequency": "PT0S"}, "detectionAction": {} } ] }"#;
    let loaded = loaded("new.json", new);
    assert_eq!(loaded.rules[0].schedule.unwrap().period, Seconds(14_400));
    assert_eq!(
        (loaded.rules[0].tactics[0].as_str(), loaded.rules[0].entity_mappings.len()),
        ("Persistence", 1)
    );
    assert_eq!(loaded.rules[1].kind, RuleKind::Nrt);
}

#[test]
fn queries_stand_in_markdown_and_alone() {
    let text = "# Rare logons\r\n\r\n| Technique | x |\r\n| T1078.004 | Cloud accounts |\r\n\r\nFinds rare logons.\r\n## Defender XDR\r\n```KQL\r\nprint 1\r\n| where y\r\n```\r\n## Sentinel\r\n```\r\nprint 2 | take 1\r\n```\r\n```json\r\n{\"query\": 1}\r\n```\r\n```\r\nsudo ls | grep x -v | )(\r\n```\r\n";
    let loaded = loaded("rare.md", text);
    let names: Vec<_> = loaded.rules.iter().map(|rule| rule.name.as_str()).collect();
    assert_eq!(names, ["Rare logons: Defender XDR", "Rare logons: Sentinel"]);
    assert_eq!(loaded.rules[0].techniques, ["T1078.004"]);
    assert!(at_file(&loaded.rules[0], "where").starts_with("where y\r\n"));
    assert_eq!(self::loaded("README.md", text).others.len(), 1);
    let rule = only_rule(
        "x.kql",
        "// Name: A name\n// Looks for it, T1003.\n// Tactics: Credential access, impact\nT\n",
    );
    assert_eq!((rule.name.as_str(), rule.description.as_str()), ("A name", "Looks for it, T1003."));
    assert_eq!(rule.tactics, ["CredentialAccess", "Impact"]);
    assert_eq!(rule.techniques, ["T1003"]);
}

#[test]
fn json_that_is_no_rule_is_said_to_be_so() {
    for (name, text, is_error) in [
        ("log.json", r#"[{"query": "select 1"}]"#, false),
        ("broken-log.json", r#"{"query": "#, false),
        (
            "broken.json",
            "{\"type\": \"Microsoft.SecurityInsights/alertRules\",\n \"query\": }",
            true,
        ),
        (
            "fusion.json",
            r#"{"type": "Microsoft.SecurityInsights/alertRules", "kind": "Fusion", "properties": {}}"#,
            false,
        ),
    ] {
        let loaded = loaded(name, text);
        assert_eq!((loaded.rules.len(), loaded.file_count()), (0, 1), "{name}");
        assert_eq!(loaded.errors.len() == 1, is_error, "{name}: {:?}", loaded.others);
    }
    let fusion = loaded(
        "f.json",
        r#"{"type": "Microsoft.SecurityInsights/alertRules", "kind": "Fusion", "properties": {}}"#,
    );
    assert_eq!(fusion.others[0].reason, "a rule of kind Fusion, which has no query");
}

/// To YAML and to ARM, and read again.
fn there_and_back(rule: &Rule) {
    let document = rule.document();
    let yaml = only_rule("again.yaml", &document.to_yaml());
    assert!(yaml.document().says_the_same(&document), "{}\n{}", rule.label(), document.to_yaml());
    let template = document.to_arm();
    let arm = only_rule("again.json", &template);
    let says = arm.document().says_the_same(&document);
    assert!(
        says,
        "{}\n{template}\n{}\n{}",
        rule.label(),
        arm.document().to_yaml(),
        document.to_yaml()
    );
    // The one model is the same from either form.
    let facts = |rule: &Rule| {
        let Rule { id, name, description, severity, tactics, techniques, .. } = rule.clone();
        let more = (
            rule.schedule,
            rule.entity_mappings.clone(),
            rule.connectors.clone(),
            rule.version.clone(),
        );
        (id, name, description, severity, (tactics, techniques, rule.query.text.clone()), more)
    };
    assert_eq!(facts(&arm), facts(&yaml), "{}", rule.label());
}

#[test]
fn nothing_is_lost_on_the_way_to_arm_and_back() {
    let odd = "Name: x\nid: not a guid\nname: '[odd]'\nseverity: 5\nkind: Scheduled\nqueryFrequency: 24h\nqueryPeriod: P14D\n\
               triggerOperator: GT\ntriggerThreshold: 007\ntactics:\nrelevantTechniques: [T1110.003, T1110, t1078]\nmystery: {a: [1, ~, {b: ''}]}\n\
               requiredDataConnectors:\n- connectorId: C\n  datatypes: [T]\ntags: [a, null]\nversion: 1.0\nquery: '[x]'\nenabled: yes\n";
    there_and_back(&only_rule("odd.yaml", odd));
    there_and_back(&only_rule(
        "hunt.yaml",
        "name: n\nquery: |2\n    T\n  | x\ntactics: [A, 'B,C']\nextra: 1\n",
    ));
    there_and_back(&only_rule("export.json", EXPORT));
    // A template that came from Azure gives the same template again.
    let rule = only_rule("export.json", EXPORT);
    assert!(!rule.document().to_arm().contains("\"metadata\""), "{}", rule.document().to_arm());
    let Some(shared) = folder() else { return };
    let loaded = load(&[shared.join("corpus/rules")]);
    loaded.rules.iter().for_each(there_and_back);
    println!("{} rules there and back", loaded.rules.len());
}

#[test]
fn what_is_changed_in_the_template_counts() {
    let rule = only_rule(
        "a.yaml",
        "id: a1\nname: n\nkind: Scheduled\nqueryFrequency: 24h\nqueryPeriod: 24h\nstatus: Available\nquery: T\n",
    );
    let template =
        rule.document().to_arm().replace("\"queryPeriod\": \"P1D\"", "\"queryPeriod\": \"P2D\"");
    let changed = only_rule("a.json", &template).document();
    assert_eq!(
        (changed.text("queryPeriod"), changed.text("queryFrequency")),
        (Some("2d"), Some("24h"))
    );
    assert_eq!((changed.text("status"), changed.text("enabled")), (Some("Available"), None));
}
