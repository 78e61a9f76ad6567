//! `harrier shell` as programs use it; a terminal's prompt reads the same texts.

use crate::harrier::{fed, write};

#[test]
fn texts_are_answered_one_after_the_other() {
    let input = "print a = 1\n\nprint b =\n  2;\nprint c = nothing\n\nprint d = 4\n";
    let ran = fed(&["shell"], input).ended(0);
    let values: Vec<&str> =
        ran.out.lines().filter(|line| line.trim().parse::<i64>().is_ok()).map(str::trim).collect();
    assert_eq!(values, ["1", "2", "4"], "{}", ran.out);
    assert!(ran.err.contains("`nothing`"), "{}", ran.err);
}

#[test]
fn charts_are_drawn_in_letters_and_as_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let lines: Vec<String> = (0..48)
        .map(|n| {
            format!(
                r#"{{"TimeGenerated":"2026-03-{:02}T{:02}:00:00Z","Account":"a{}"}}"#,
                1 + n / 24,
                n % 24,
                n % 2
            )
        })
        .collect();
    write(folder.path(), "SecurityEvent.ndjson", &lines.join("\n"));
    let data = folder.path().display().to_string();
    let page = folder.path().join("chart.html");
    let words = ["shell", "--data", &data, "--html", page.to_str().unwrap()];
    let query = "SecurityEvent | summarize n = count() by bin(TimeGenerated, 6h), Account | render timechart with (title='Logons')\n";
    let ran = fed(&words, query).ended(0);
    assert!(ran.out.starts_with("Logons\n") && ran.out.contains("a0 · a1"), "{}", ran.out);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("<h1>Logons</h1>") && page.contains("2026-03-01 06:00"));
    let bars = "SecurityEvent | summarize n = count() by Account | sort by Account asc | render barchart\n";
    let ran = fed(&["shell", "--data", &data], bars).ended(0);
    assert!(ran.out.contains("a0 ███"), "{}", ran.out);
    let card = fed(&["shell", "--data", &data], "SecurityEvent | count | render card\n").ended(0);
    assert!(card.out.contains("Count: 48"), "{}", card.out);
    let tables = fed(&["shell", "--data", &data], ":tables\n").ended(0);
    assert!(tables.out.contains("SecurityEvent  48"), "{}", tables.out);
}
