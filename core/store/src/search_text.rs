//! What is found by which words. Chinese has no spaces between words, so what is indexed is every pair of characters that
//! stand beside each other; whoever searches for two characters or more finds them by their pairs, wherever they stand.
//!
//! A pair goes into the index as eight letters and digits, so that no sign is a separator, a wildcard or an operator there.

use std::collections::BTreeSet;

/// Of a long word so many pairs are looked up; the text itself says whether the rest is there.
const PAIRS_LOOKED_UP_MAX: usize = 12;
/// Digits of one character in the index: 36⁴ is beyond the last character there is.
const DIGITS: usize = 4;

/// A text as it is compared: letters small, full-width signs and digits as the half-width ones they stand for.
pub(crate) fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}

fn fold(character: char) -> char {
    /// From here on lie the full-width forms of what begins with "!".
    const FULL_WIDTH: std::ops::RangeInclusive<u32> = 0xFF01..=0xFF5E;
    let code = u32::from(character);
    let half = if FULL_WIDTH.contains(&code) {
        char::from_u32(code - FULL_WIDTH.start() + u32::from('!')).unwrap_or(character)
    } else {
        character
    };
    half.to_ascii_lowercase()
}

/// The words of what somebody searches for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SearchWords(Vec<String>);

impl SearchWords {
    /// Folded and cut at spaces.
    pub(crate) fn of(text: &str) -> Self {
        Self(folded(text).split_whitespace().map(str::to_owned).collect())
    }

    /// Whether there is none: then everything is found.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether each word stands in one of these texts.
    pub(crate) fn are_in<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> bool {
        let texts: Vec<String> = texts.into_iter().map(folded).collect();
        let found = |word: &String| texts.iter().any(|text| text.contains(word.as_str()));
        self.0.iter().all(found)
    }

    /// What the index is asked: every row that the words are in, and few others. A single character is asked for only where
    /// there is nothing longer.
    pub(crate) fn query(&self) -> String {
        let mut pairs = BTreeSet::new();
        for word in &self.0 {
            let characters: Vec<char> = word.chars().collect();
            let found = characters.windows(2).map(coded);
            pairs.extend(found.take(PAIRS_LOOKED_UP_MAX));
        }
        if pairs.is_empty() {
            let single = self.0.iter().map(|word| {
                let characters: Vec<char> = word.chars().collect();
                format!("{}*", coded(&characters))
            });
            pairs.extend(single);
        }
        pairs.into_iter().collect::<Vec<_>>().join(" AND ")
    }
}

/// The pairs of some texts, each once, and the last character of each word by itself: what single characters are found by.
pub(crate) fn pairs<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut pairs = BTreeSet::new();
    for text in texts {
        for word in folded(text).split_whitespace() {
            let characters: Vec<char> = word.chars().collect();
            pairs.extend(characters.windows(2).map(coded));
            pairs.extend(characters.last().map(|last| coded(&[*last])));
        }
    }
    pairs.into_iter().collect::<Vec<_>>().join(" ")
}

/// Characters as the index has them.
fn coded(characters: &[char]) -> String {
    let mut code = String::with_capacity(characters.len() * DIGITS);
    for character in characters {
        let mut rest = u32::from(*character);
        let mut digits = [0; DIGITS];
        for digit in digits.iter_mut().rev() {
            *digit = rest % 36;
            rest /= 36;
        }
        let written = digits
            .iter()
            .filter_map(|digit| char::from_digit(*digit, 36));
        code.extend(written);
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_pairs_and_a_character_by_how_its_pairs_begin() {
        let indexed = pairs(["路面坑洞", "A座"]);
        assert_eq!(indexed.split(' ').count(), 3 + 1 + 1 + 1);
        for word in ["面坑", "路面坑洞", "ａ座", "a座"] {
            let query = SearchWords::of(word).query();
            assert!(
                query.split(" AND ").all(|pair| indexed.contains(pair)),
                "{word}"
            );
        }
        for word in ["路", "洞", "A", "座"] {
            let query = SearchWords::of(word).query();
            let begin = query.strip_suffix('*').unwrap_or_default();
            assert!(
                indexed.split(' ').any(|pair| pair.starts_with(begin)),
                "{word}"
            );
        }
        assert!(!indexed.contains(&SearchWords::of("洞路").query()));
    }

    #[test]
    fn signs_of_the_index_and_the_last_character_there_is_are_no_others() {
        for text in ["\" OR *", "a-b:c^", "'; --", "\u{10FFFF}\u{10FFFF}", "\0\0"] {
            let query = SearchWords::of(text).query();
            let plain = |sign: char| sign.is_ascii_alphanumeric() || sign == ' ' || sign == '*';
            assert!(query.chars().all(plain), "{query}");
        }
        assert_eq!(coded(&['\u{10FFFF}']).len(), DIGITS);
        assert_ne!(coded(&['a']), coded(&['b']));
    }

    #[test]
    fn words_may_stand_in_different_texts_but_not_half_a_word() {
        let words = SearchWords::of(" 井盖  商都路 ");
        assert!(words.are_in(["井盖松动", "商都路北侧"]));
        assert!(!words.are_in(["井盖松动", "商都", "路"]));
        assert!(SearchWords::of("　 \t").is_empty());
        assert!(SearchWords::of("").are_in([]));
    }
}
