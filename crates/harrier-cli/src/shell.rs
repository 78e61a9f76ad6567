//! The prompt: what is typed, coloured and completed; when a text is whole.

pub(crate) mod complete;
pub(crate) mod highlight;
pub(crate) mod whole;

use std::path::PathBuf;

use harrier_store::Store;
use reedline::{
    ColumnarMenu, DefaultPrompt, DefaultPromptSegment, Emacs, FileBackedHistory, KeyCode,
    KeyModifiers, MenuBuilder, Reedline, ReedlineEvent, ReedlineMenu, default_emacs_keybindings,
};

/// How many texts are remembered.
const REMEMBERED: usize = 5_000;
const MENU: &str = "completions";

/// A line editor that knows KQL and the tables of a store.
pub(crate) fn editor(store: &Store, history: Option<PathBuf>, is_coloured: bool) -> Reedline {
    let mut keys = default_emacs_keybindings();
    keys.add_binding(
        KeyModifiers::NONE,
        KeyCode::Tab,
        ReedlineEvent::UntilFound(vec![
            ReedlineEvent::Menu(String::from(MENU)),
            ReedlineEvent::MenuNext,
        ]),
    );
    let menu = ReedlineMenu::EngineCompleter(Box::new(ColumnarMenu::default().with_name(MENU)));
    let mut editor = Reedline::create()
        .with_completer(Box::new(complete::Completer::new(store.clone())))
        .with_highlighter(Box::new(highlight::Highlighter))
        .with_validator(Box::new(whole::Validator))
        .with_menu(menu)
        .with_ansi_colors(is_coloured)
        .with_edit_mode(Box::new(Emacs::new(keys)));
    // A history that can not be written is no hindrance.
    if let Some(history) = history
        && let Ok(history) = FileBackedHistory::with_file(REMEMBERED, history)
    {
        editor = editor.with_history(Box::new(history));
    }
    editor
}

/// `harrier> `
pub(crate) fn prompt() -> DefaultPrompt {
    DefaultPrompt::new(
        DefaultPromptSegment::Basic(String::from("harrier")),
        DefaultPromptSegment::Empty,
    )
}
