//! What would hang or crash a lesser tool: one clear error each.

use std::time::{Duration, Instant};

use crate::harrier::{fed, run};

#[track_caller]
fn refused(query: &str) {
    let begin = Instant::now();
    let ran = fed(&["query", "-", "--timeout", "20s", "--memory", "256MiB"], query);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(ran.err.contains("error"), "{}", ran.err);
    assert!(ran.err.len() < 200_000, "{} bytes of error", ran.err.len());
    assert!(begin.elapsed() < Duration::from_secs(120));
}

#[test]
fn deep_nesting() {
    refused(&format!("print {}1{}", "(".repeat(100_000), ")".repeat(100_000)));
    refused(&format!("print {}1", "-".repeat(100_000)));
}

#[test]
fn endless_ranges() {
    refused("range n from 1 to 1000000000000 step 1 | count");
}

#[test]
fn nothing_at_all() {
    run(&["query", ""]).ended(2);
    run(&["query", "   // only a remark"]).ended(2);
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let ran = run(&["query", "print x = 'a\u{1b}[2Jb'"]).ended(0);
    assert!(!ran.out.contains('\u{1b}'), "{:?}", ran.out);
    let ran = run(&["query", "T\u{1b}[2J | count"]).ended(2);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
}
