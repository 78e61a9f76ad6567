//! Every command explains itself, with an example.

use crate::harrier::run;

#[test]
fn every_command_has_an_example() {
    let verbs =
        ["demo", "hunt", "query", "shell", "check", "explain", "coverage", "fmt", "bind", "serve"];
    let verbs = verbs.map(|verb| vec![verb]);
    let verbs = verbs.into_iter().chain(["list", "show", "infer"].map(|what| vec!["schema", what]));
    let kept = ["add", "sync", "list", "search", "show", "log", "diff", "remove"];
    let verbs = verbs.chain(kept.map(|what| vec!["rules", what]));
    let verbs = verbs.chain([vec!["feed", "build"]]);
    for mut words in verbs {
        words.push("--help");
        let help = run(&words).ended(0).out;
        assert!(help.contains("Example") && help.contains("harrier "), "{words:?}: {help}");
        assert!(help.contains("--threads"), "{words:?}");
    }
}

#[test]
fn wrong_words_are_the_users_mistake() {
    run(&["hnut"]).ended(2);
    run(&["query"]).ended(2);
    run(&["query", "print 1", "--threads", "0"]).ended(2);
    run(&["query", "print 1", "--memory", "lots"]).ended(2);
    let no_data = run(&["query", "print 1", "--table", "T=*.json"]).ended(2);
    assert!(no_data.err.contains("--data"), "{}", no_data.err);
}
