//! Tables, columns, functions and operators as they are typed.

use harrier_store::Store;
use kql_semantics::complete::{CompletionKind, complete};
use reedline::{CompletionResult, Span, Suggestion};

/// How many completions are offered at once.
const MOST: usize = 400;

/// Completes from the tables of a store.
pub(crate) struct Completer {
    store: Store,
}

impl Completer {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }
}

impl reedline::Completer for Completer {
    fn complete(&mut self, text: &str, cursor: usize) -> CompletionResult {
        let found = complete(text, cursor, &self.store);
        let span = Span::new(found.span.range().start, found.span.range().end);
        let suggestions = found.items.into_iter().take(MOST).map(|item| Suggestion {
            value: match item.kind {
                CompletionKind::Function | CompletionKind::Aggregate | CompletionKind::Plugin => {
                    format!("{}(", item.text)
                }
                _ => item.text,
            },
            span,
            append_whitespace: item.kind == CompletionKind::Operator,
            ..Suggestion::default()
        });
        CompletionResult::fresh(suggestions.collect::<Vec<_>>())
    }
}
