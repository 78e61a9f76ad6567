//! What a reader must know before trusting a page.

use super::Context;
use super::document::{Block, Line};
use super::field::Field;

const OF_REPOSITORY: &str = "The rule was taken from an open-source repository and is shown as it is there. \
What is marked as derived was computed by Harrier from its query, known schemas and ATT&CK, without a person's review. \
Try it in a test environment first.";
const OF_FOLDER: &str = "The rule is shown as its file is. What is marked as derived was computed by Harrier from its \
query, known schemas and ATT&CK, without a person's review. Try it in a test environment first.";

pub(super) fn read(context: &Context<'_>) -> Field<String> {
    let text = if context.origin().is_some() { OF_REPOSITORY } else { OF_FOLDER };
    Field::derived(text.to_owned(), "")
}

pub(super) fn blocks(notice: &Field<String>) -> Vec<Block> {
    vec![Block::Note(Line::plain(notice.value.clone()))]
}
