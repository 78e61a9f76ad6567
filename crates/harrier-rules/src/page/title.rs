//! The title, and a readable form of one that is written in one word.

use serde::Serialize;

use super::Context;
use super::document::{Block, Line};
use super::field::Field;

/// The title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Title {
    /// As the rule says it.
    pub name: String,
    /// The same in words, where the name is one.
    pub readable: Option<String>,
}

pub(super) fn read(context: &Context<'_>) -> Field<Title> {
    let name = context.rule.name.clone();
    let readable = readable(&name);
    let evidence = match context.has_fields() {
        true => String::from("yaml:/name"),
        false => format!("path:{}", context.path()),
    };
    Field::source(Title { name, readable }, evidence)
}

impl Title {
    /// What a reader wants to see: the readable form, or the name.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.readable.as_deref().unwrap_or(&self.name)
    }
}

pub(super) fn blocks(title: &Field<Title>) -> Vec<Block> {
    let Some(_) = &title.value.readable else { return Vec::new() };
    vec![Block::Paragraph(Line::plain(title.value.name.clone()))]
}

/// `AddedCredentialFromContryXAndSigninFromCountryY` in words. Typing errors stay as they are.
fn readable(name: &str) -> Option<String> {
    let is_one_word = name.len() > 12
        && !name.contains(' ')
        && name.chars().filter(|c| c.is_uppercase()).count() > 1
        && name.chars().any(char::is_lowercase);
    let is_snake =
        name.len() > 12 && !name.contains(' ') && (name.contains('_') || name.contains('-'));
    if !is_one_word && !is_snake {
        return None;
    }
    let characters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = vec![String::new()];
    for (place, character) in characters.iter().enumerate() {
        if matches!(character, '_' | '-' | '.') {
            words.push(String::new());
            continue;
        }
        let before = place.checked_sub(1).and_then(|place| characters.get(place));
        let behind = characters.get(place + 1);
        let starts = character.is_uppercase()
            && (before.is_some_and(|one| one.is_lowercase() || one.is_ascii_digit())
                || before.is_some_and(|one| one.is_uppercase())
                    && behind.is_some_and(|one| one.is_lowercase()))
            || character.is_ascii_digit() && before.is_some_and(|one| one.is_lowercase())
            || *character == '[';
        if starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(*character);
        }
    }
    words.retain(|word| !word.is_empty());
    let told: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(place, word)| {
            let is_proper = word.chars().filter(|c| c.is_uppercase()).count() > 1
                || word.chars().count() == 1
                || word.starts_with('[');
            match place {
                0 => {
                    let mut letters = word.chars();
                    letters.next().map_or(String::new(), |first| {
                        first.to_uppercase().chain(letters).collect()
                    })
                }
                _ if is_proper => word.clone(),
                _ => word.to_lowercase(),
            }
        })
        .collect();
    (told.len() > 1).then(|| told.join(" "))
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn one_word_becomes_several() {
        let told = |name| readable(name).unwrap_or_default();
        assert_eq!(
            told("AddedCredentialFromContryXAndSigninFromCountryY"),
            "Added credential from contry X and signin from country Y"
        );
        assert_eq!(told("Potential_IIS_CodeInject"), "Potential IIS code inject");
        assert_eq!(
            told("MDE-GroupPolicyModificationEvents"),
            "MDE group policy modification events"
        );
        assert_eq!(readable("Many failed sign-ins"), None);
        assert_eq!(readable("Kerberoasting"), None);
    }
}
