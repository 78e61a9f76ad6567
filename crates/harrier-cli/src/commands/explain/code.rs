//! What a code of `harrier check` means.

/// The page of a code; none where nothing has it.
pub(super) fn page(code: &str) -> Option<String> {
    if code.eq_ignore_ascii_case("HR101") {
        return page("not-yaml").map(|page| format!("HR101 is told as `not-yaml`\n\n{page}"));
    }
    match harrier_rules::lint(code) {
        Some(lint) => Some(lint.page()),
        None => diagnostic_page(code),
    }
}

/// What the parser, the binder and the reader of fields say: a line a code, `code TAB Kusto's code TAB meaning`.
static DIAGNOSTICS: &str = include_str!("../../../content/diagnostics.txt");

fn diagnostic_page(code: &str) -> Option<String> {
    let fields = |line: &'static str| {
        let mut fields = line.split('\t');
        Some((fields.next()?, fields.next()?, fields.next()?))
    };
    let all = DIAGNOSTICS.lines().filter(|line| !line.starts_with('#')).filter_map(fields);
    let found: Vec<_> =
        all.filter(|(own, kusto, _)| *own == code || kusto.eq_ignore_ascii_case(code)).collect();
    let mut page = String::new();
    for (own, kusto, meaning) in &found {
        let kusto = match *kusto {
            "-" => String::new(),
            kusto => format!(" ({kusto} in Kusto's language service)"),
        };
        page.push_str(&format!("{own}{kusto}\n\n    {meaning}\n\n"));
    }
    (!found.is_empty()).then_some(page)
}
