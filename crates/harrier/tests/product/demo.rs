//! The demo: its attacks are found, all and only they.

use std::sync::Arc;

use harrier::demo::{self, STORY_PRINCIPALS, verdict};
use harrier_detect::report::Outcome;
use harrier_detect::{Cancel, HuntOptions, HuntReport, hunt, with_functions};
use harrier_rules::load;
use harrier_store::{OpenOptions, Store};
use kql_engine::{Engine, EngineOptions};

fn hunted(store: &Store, rules: &std::path::Path) -> HuntReport {
    let loaded = load(&[rules.to_owned()]);
    let store = with_functions(store, &loaded);
    let engine = Engine::new(Arc::new(store.clone()), EngineOptions::default())
        .expect("a hunt can be set up");
    let options =
        HuntOptions { deadline: std::time::Duration::from_secs(600), ..HuntOptions::default() };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_stack_size(32 << 20)
        .enable_all()
        .build()
        .expect("a hunt can be set up");
    runtime.block_on(hunt(&store, &engine, &loaded, &options, (&|_| (), &Cancel::default())))
}

#[test]
fn planted_attacks_are_found_all_and_only_they() {
    let folder = tempfile::tempdir().unwrap();
    let demo = demo::make(folder.path(), 7).unwrap();
    let store =
        Store::open(std::slice::from_ref(&demo.logs), &OpenOptions::default(), &|_| ()).unwrap();
    let rows: u64 = store
        .tables_with_data()
        .iter()
        .filter_map(|table| store.info(table))
        .map(|info| info.rows)
        .sum();
    assert_eq!(rows, demo.events as u64);
    let report = hunted(&store, &demo.rules);
    assert_eq!(verdict::differences(&demo.planted, &report), Vec::<String>::new());
    let outcomes = |pick: &dyn Fn(&Outcome) -> bool| {
        report.outcomes.iter().filter(|one| pick(&one.outcome)).count()
    };
    assert_eq!(outcomes(&|one| matches!(one, Outcome::CannotRun { .. })), 1);
    assert_eq!(outcomes(&|one| matches!(one, Outcome::NoData { .. })), 1);
    assert_eq!(outcomes(&|one| matches!(one, Outcome::NotARule { .. })), 1);
    // The first rule's story: nothing, half, all.
    let story = hunted(&store, &demo.story);
    let found = story.outcomes.iter().map(|outcome| match &outcome.outcome {
        Outcome::Hits(hits) => {
            let mut names = verdict::values(hits, "ServicePrincipalName");
            names.sort();
            names.dedup();
            (hits.count, names.len())
        }
        _ => (0, 0),
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        [(0, 0), (12, STORY_PRINCIPALS / 2), (24, STORY_PRINCIPALS)]
    );
}
