//! The bundled rules: they bind, and what they name exists.

use harrier::demo::{FUNCTIONS, LESSONS, RULES, STORY};
use harrier_rules::{RuleCatalog, check, load, stored_functions};
use harrier_store::KnownSchemas;
use kql_semantics::BindOptions;

#[test]
fn all_bind_but_the_lesson() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in RULES.iter().chain(LESSONS).chain(FUNCTIONS).chain(STORY) {
        let path = folder.path().join(format!("{name}.yaml"));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let loaded = load(&[folder.path().to_owned()]);
    assert!(loaded.errors.is_empty(), "{:?}", loaded.errors);
    assert!(loaded.others.is_empty(), "{:?}", loaded.others);
    assert_eq!(loaded.rules.len(), RULES.len() + LESSONS.len() + STORY.len());
    let functions = stored_functions(&loaded.functions, &KnownSchemas);
    let catalog = RuleCatalog::new(&KnownSchemas, &functions);
    for rule in &loaded.rules {
        let checked = check(rule, &catalog, &BindOptions::default());
        let columns: Vec<_> =
            checked.columns.iter().flatten().map(|(name, _)| name.to_string()).collect();
        if rule.file.relative.contains("column-of-another-table") {
            let told = checked.diagnostics.iter().find_map(|one| one.help.clone());
            assert_eq!(told.as_deref(), Some("did you mean `AccountName`?"));
            continue;
        }
        assert!(
            checked.diagnostics.is_empty(),
            "{}: {:?}",
            rule.file.relative,
            checked.diagnostics
        );
        for mapping in &rule.entity_mappings {
            for (_, column) in &mapping.fields {
                assert!(columns.contains(column), "{}: no column {column}", rule.file.relative);
            }
        }
    }
}
