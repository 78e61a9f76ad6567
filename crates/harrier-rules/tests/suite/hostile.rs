//! A repository of rules is hostile: each of its tricks ends in one clear error or a harmless text, and soon.

use std::time::Instant;

use harrier_rules::{FileBytes, LoadError, Loaded, load, load_bytes};

fn loaded(name: &str, bytes: impl AsRef<[u8]>) -> Loaded {
    load_bytes(FileBytes {
        path: name.into(),
        relative: name.to_owned(),
        bytes: bytes.as_ref().into(),
        origin: None,
    })
}

fn code(loaded: &Loaded) -> &'static str {
    match loaded.errors.first() {
        Some(LoadError::Text { diagnostic, .. }) => diagnostic.code.0,
        _ => "",
    }
}

#[test]
fn each_trick_ends_soon() {
    let start = Instant::now();
    let bomb: String = (0..30)
        .map(|i| match i {
            0 => format!("a0: &a0 [{}]\n", vec!["x"; 20].join(",")),
            _ => format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 20].join(",")),
        })
        .collect();
    assert_eq!(code(&loaded("bomb.yaml", bomb)), "yaml-too-large");
    let many_keys: String = (0..150_000).map(|i| format!("k{i}: v\n")).collect();
    assert_eq!(loaded("keys.yaml", &many_keys).file_count(), 1);
    assert!(!code(&loaded("deep.yaml", format!("query: {}", "- ".repeat(500_000)))).is_empty());
    let deep_flow = format!("query: {}{}", "[".repeat(500), "]".repeat(500));
    assert!(!code(&loaded("deep-flow.yaml", deep_flow)).is_empty());
    let deep_json =
        format!("{{\"alertRules\": {}{}}}", "[".repeat(1_000_000), "]".repeat(1_000_000));
    assert_eq!(code(&loaded("deep.json", deep_json)), "json-too-large");
    let open = format!("{{\"query\": \"alertRules {}", "\\\"".repeat(1_000_000));
    assert_eq!(code(&loaded("open.json", open)), "not-json");
    // Variables that double each other.
    let doubling: Vec<String> = (1..60)
        .map(|i| {
            format!("\"v{i}\": \"[concat(variables('v{}'), variables('v{}'))]\"", i - 1, i - 1)
        })
        .collect();
    let template = format!(
        "{{\"variables\": {{\"v0\": \"xxxxxxxx\", {}}}, \"resources\": [{{\"type\": \"a/alertRules\", \"kind\": \"Scheduled\", \"properties\": {{\"displayName\": \"n\", \"query\": \"[variables('v59')]\"}}}}]}}",
        doubling.join(", ")
    );
    let rule = &loaded("doubling.json", template).rules[0];
    assert!(rule.diagnostics[0].is_error());
    let huge = loaded("huge.yaml", vec![b'a'; (4 << 20) + 1]);
    assert_eq!(huge.others[0].reason, "a file too large to be a rule");
    let fences = "```kql\nT\n".repeat(100_000);
    assert!(loaded("fences.md", fences).rules.len() <= 500);
    let marks = "```".repeat(300_000);
    assert_eq!(loaded("marks.md", marks).file_count(), 1);
    let comments = "// T1078 a: b\n".repeat(200_000) + "T\n";
    assert_eq!(loaded("comments.kql", comments).rules.len(), 1);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn bytes_that_are_no_text() {
    assert_eq!(loaded("binary.yaml", b"query: \0\0").others[0].reason, "a binary file");
    let latin = loaded("latin.yaml", b"name: caf\xe9\nquery: print 1\n");
    assert_eq!(latin.rules[0].name, "café");
    let half = loaded("half.json", b"\xff\xfe{\0\"\0\xd8");
    assert_eq!(half.file_count(), 1);
    for length in 0..40 {
        let bytes: Vec<u8> = (0..length).map(|i| (i * 37 % 256) as u8).collect();
        for name in ["a.yaml", "a.json", "a.md", "a.kql", "Parsers/a.txt"] {
            assert_eq!(loaded(name, &bytes).file_count(), 1);
        }
    }
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.yaml"), "query: print 1\n").unwrap();
    let link = std::os::unix::fs::symlink::<std::path::PathBuf, std::path::PathBuf>;
    link(outside.path().join("secret.yaml"), folder.path().join("a.yaml")).unwrap();
    link(outside.path().to_owned(), folder.path().join("b")).unwrap();
    link(folder.path().to_owned(), folder.path().join("ring")).unwrap();
    link("/dev/zero".into(), folder.path().join("zero.yaml")).unwrap();
    let loaded = load(&[folder.path().to_owned()]);
    assert_eq!((loaded.rules.len(), loaded.others.len()), (0, 4));
    assert!(loaded.others.iter().all(|other| other.reason == "a link, which is not followed"));
}

#[test]
fn script_stays_text() {
    let rule = "id: \"<script>\"\nname: \"<img src=x onerror=alert(1)>\"\ndescription: \"</script>\\e[2J\"\nquery: print \"<b>\"\n";
    let rule = &loaded("x.yaml", rule).rules[0];
    assert_eq!(rule.name, "<img src=x onerror=alert(1)>");
    let template = rule.document().to_arm();
    assert!(!template.contains('\u{1b}'), "{template}");
}
