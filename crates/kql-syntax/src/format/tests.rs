//! Texts as they are written and as they are laid out.

use super::format;

#[track_caller]
fn check(text: &str, expected: &str) {
    let formatted = format(text).unwrap();
    assert_eq!(formatted, expected);
    assert_eq!(format(&formatted).unwrap(), formatted, "a second time");
}

#[test]
fn each_operator_stands_on_its_line() {
    check(
        "SecurityEvent|where EventID==4625 and Account!=''|summarize n=count( ),make_set(Computer ,10)by Account|take 5",
        "SecurityEvent\n| where EventID == 4625 and Account != ''\n\
         | summarize n = count(), make_set(Computer, 10) by Account\n| take 5\n",
    );
}

#[test]
fn short_queries_stay_on_their_line() {
    check("let n = T|take 10;n", "let n = T | take 10;\nn\n");
    check("let n = toscalar(T|count);print n", "let n = toscalar(T | count);\nprint n\n");
    check("T | where a in ((U|project a))", "T\n| where a in ((U | project a))\n");
}

#[test]
fn a_query_in_parentheses_is_moved_right() {
    check(
        "T | join kind=inner(U | where Time > ago(1d) | project Key, Value) on Key, $left.a==$right.b",
        "T\n| join kind=inner (\n    U\n    | where Time > ago(1d)\n    | project Key, Value\n) on Key, $left.a == $right.b\n",
    );
    check(
        "let a = T | where x == 1 | extend y = -1 - x;\n\n\na",
        "let a =\n    T\n    | where x == 1\n    | extend y = -1 - x;\n\na\n",
    );
    check(
        "let f = (t:(*), n: long=5) { let m=n+1; t | take m | count };f(T)",
        "let f = (t:(*), n:long = 5) {\n    let m = n + 1;\n    t\n    | take m\n    | count\n};\nf(T)\n",
    );
}

#[test]
fn long_lines_are_broken_at_commas_and_conditions() {
    let names: Vec<String> = (0..20).map(|n| format!("InitiatingProcess{n}")).collect();
    check(
        &format!("T | project {}", names.join(",")),
        &format!("T\n| project\n    {}\n", names.join(",\n    ")),
    );
    let tests: Vec<String> = (0..9).map(|n| format!("FileName{n} has \"a.exe\"")).collect();
    check(
        &format!("T | where {}", tests.join(" or ")),
        &format!("T\n| where {}\n", tests.join("\n    or ")),
    );
    check(
        &format!("T | summarize {} by Computer, Account", names.join(",")),
        &format!("T\n| summarize\n    {}\n    by Computer,\n    Account\n", names.join(",\n    ")),
    );
}

#[test]
fn comments_stay_where_they_are() {
    check(
        "// head\n\nT // the table\n // why\n| where a == 1 // one\n\n// last",
        "// head\n\nT // the table\n// why\n| where a == 1 // one\n\n// last\n",
    );
    check("T | where a in (1, // one\n 2)", "T\n| where a in (\n    1, // one\n    2\n)\n");
    check("// nothing else", "// nothing else\n");
    check("", "");
}

#[test]
fn what_hangs_together_stays_together() {
    check("union withsource = S Device*, *_CL", "union withsource=S Device*, *_CL\n");
    check("T | project-away a*, *b", "T\n| project-away a*, *b\n");
    check("T | extend a=b*c, d=-e [0].f['g']", "T\n| extend a = b * c, d = -e[0].f['g']\n");
    check(
        "print dynamic({\"a\" :[1,{\"b\":null}]})",
        "print dynamic({\"a\": [1, {\"b\": null}]})\n",
    );
    check(
        "G | graph-match (a)-[e*1..3]->(b) where a.x==1 project a.x",
        "G\n| graph-match (a)-[e*1..3]->(b) where a.x == 1 project a.x\n",
    );
    check(
        "T | parse-kv Text as (a:string,b : long) with (pair_delimiter=';')",
        "T\n| parse-kv Text as (a:string, b:long) with (pair_delimiter = ';')\n",
    );
    check("T | parse x with * 'a=' a:long ',' *", "T\n| parse x with * 'a=' a:long ',' *\n");
    check("T | where x between(1..5)", "T\n| where x between (1 .. 5)\n");
}

#[test]
fn a_text_with_faults_is_left_alone() {
    assert!(format("T | where (").is_err());
    assert!(format("T | summarise count()").is_err());
}
