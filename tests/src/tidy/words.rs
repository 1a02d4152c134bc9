//! Whole words in a line.

/// The places (in bytes) where `word` stands in `line` as a word of its own.
pub(super) fn places(line: &str, word: &str) -> Vec<usize> {
    line.match_indices(word)
        .map(|(place, _)| place)
        .filter(|place| {
            let (before, rest) = line.split_at(*place);
            let after = rest.split_at(word.len()).1;
            !before.ends_with(is_word) && !after.starts_with(is_word)
        })
        .collect()
}

/// Whether `word` stands in `line` as a word of its own.
pub(super) fn has(line: &str, word: &str) -> bool {
    !places(line, word).is_empty()
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::{has, places};

    #[test]
    fn parts_of_words_do_not_count() {
        assert!(has("use cat::Dog;", "cat"));
        assert!(!has("concat!(a)", "cat"));
        assert!(!has("cats", "cat"));
        assert!(!has("cat_food", "cat"));
        assert_eq!(places("cat,cat", "cat"), [0, 4]);
    }
}
