//! What may be written at a place of an unfinished text.

use kql_semantics::complete::{CompletionKind, complete};

use crate::catalog::Memory;

/// The completions at the `^`, as text and kind.
fn at(marked: &str) -> Vec<(String, CompletionKind)> {
    let schema = serde_json::json!({
        "Logons": {"Time": "datetime", "Account": "string", "odd name": "long"},
        "Hosts": {"Host": "string", "Owner": "string"}
    });
    let cursor = marked.find('^').expect("the place is marked");
    let text = marked.replacen('^', "", 1);
    let found = complete(&text, cursor, &Memory::of_schema(&schema));
    found.items.into_iter().map(|item| (item.text, item.kind)).collect()
}

fn texts(marked: &str, kind: CompletionKind) -> Vec<String> {
    at(marked).into_iter().filter(|(_, own)| *own == kind).map(|(text, _)| text).collect()
}

#[test]
fn tables_begin_a_query() {
    assert_eq!(texts("Lo^", CompletionKind::Table), ["Logons"]);
    assert_eq!(texts("let x = Ho^", CompletionKind::Table), ["Hosts"]);
    assert_eq!(texts("Logons | join kind=inner (Ho^", CompletionKind::Table), ["Hosts"]);
    assert_eq!(texts("union Logons, h^", CompletionKind::Table), ["Hosts"]);
    assert_eq!(texts("let mine = Logons; mi^", CompletionKind::Let), ["mine"]);
}

#[test]
fn operators_stand_behind_a_bar() {
    assert_eq!(texts("Logons | proj^", CompletionKind::Operator)[..2], ["project", "project-away"]);
    assert!(at("Logons | su^").iter().all(|(text, _)| text == "summarize"));
}

#[test]
fn columns_are_those_of_the_rows_so_far() {
    assert_eq!(texts("Logons | where ac^", CompletionKind::Column), ["Account"]);
    assert_eq!(texts("Logons | where o^", CompletionKind::Column), ["['odd name']"]);
    let renamed = "let a = Logons | project Who = Account; a | extend n = strlen(w^";
    assert_eq!(texts(renamed, CompletionKind::Column), ["Who"]);
    let inner = "Logons | join (Hosts | where ow^) on $left.Account == $right.Owner";
    assert_eq!(texts(inner, CompletionKind::Column), ["Owner"]);
    assert_eq!(texts("Logons | where Account == 'a^", CompletionKind::Column), [""; 0]);
    assert_eq!(texts("Logons // ac^", CompletionKind::Column), [""; 0]);
}

#[test]
fn functions_where_they_may_be_called() {
    let dcount = |text: &str| texts(text, CompletionKind::Aggregate).contains(&"dcount".to_owned());
    assert!(dcount("Logons | summarize dc^"));
    assert!(!dcount("Logons | where dc^"));
    assert!(texts("print strl^", CompletionKind::Function).contains(&"strlen".to_owned()));
    assert_eq!(texts("Logons | evaluate bag_u^", CompletionKind::Plugin), ["bag_unpack"]);
}
