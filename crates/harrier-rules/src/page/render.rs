//! A page as text: for the terminal, as markdown, as HTML.

mod highlight;
mod html;
mod markdown;
mod terminal;

pub use highlight::highlighted;
pub use html::{escaped, html};
pub use markdown::markdown;
pub use terminal::terminal;
