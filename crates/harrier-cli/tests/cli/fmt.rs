//! `harrier fmt`.

use crate::harrier::{fed, run, write};

#[test]
fn files_are_laid_out_where_they_lie() {
    let folder = tempfile::tempdir().unwrap();
    let rule =
        write(folder.path(), "rule.yaml", "name: n\nquery: |\n  T|where a==1\nversion: 1.0.0\n");
    let broken = write(folder.path(), "broken.kql", "T | where (\n");
    let rules = folder.path().display().to_string();
    let check = run(&["fmt", "--check", &rules]).ended(1);
    assert_eq!(check.out.trim(), rule);
    assert!(check.err.contains("broken.kql:1"), "{}", check.err);
    run(&["fmt", &rules]).ended(0);
    let text = std::fs::read_to_string(&rule).unwrap();
    assert_eq!(text, "name: n\nquery: |\n  T\n  | where a == 1\nversion: 1.0.0\n");
    assert_eq!(std::fs::read_to_string(broken).unwrap(), "T | where (\n");
    let again = run(&["fmt", "--check", &rules]).ended(0);
    assert!(again.err.contains("1 as they should be, 1 left alone"), "{}", again.err);
}

#[test]
fn a_query_from_standard_input_is_printed() {
    let printed = fed(&["fmt", "-"], "T|take 5|count").ended(0);
    assert_eq!(printed.out, "T\n| take 5\n| count\n");
    fed(&["fmt", "-", "--check"], "T|take 5").ended(1);
    fed(&["fmt", "-"], "T | take (").ended(2);
}
