//! Takes Rust text apart into code, comments and string literals, line by line,
//! so that a rule about code is not fooled by prose, nor the other way round.

/// The three views of one file. `code` and `comments` have the lines of the
/// original; what is no code (no comment) is blank there.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Views {
    pub(super) code: String,
    pub(super) comments: String,
    pub(super) literals: Vec<Literal>,
}

/// A string literal: its content as written (escapes and all), and the line where
/// it starts, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Literal {
    pub(super) line: usize,
    pub(super) text: String,
}

/// Reads one file of Rust.
pub(super) fn scan(text: &str) -> Views {
    let mut scanner = Scanner {
        chars: text.chars().collect(),
        next: 0,
        line: 1,
        views: Views::default(),
    };
    while scanner.peek(0).is_some() {
        scanner.step();
    }
    scanner.views
}

/// Where a character goes; a newline goes everywhere.
#[derive(Clone, Copy, PartialEq, Eq)]
enum View {
    Code,
    Comment,
    Nothing,
}

struct Scanner {
    chars: Vec<char>,
    next: usize,
    line: usize,
    views: Views,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.next + ahead).copied()
    }

    fn take(&mut self, view: View) -> Option<char> {
        let taken = self.peek(0)?;
        self.next += 1;
        if taken == '\n' {
            self.line += 1;
            self.views.code.push('\n');
            self.views.comments.push('\n');
            return Some(taken);
        }
        let (code, comment) = match view {
            View::Code => (taken, ' '),
            View::Comment => (' ', taken),
            View::Nothing => (' ', ' '),
        };
        self.views.code.push(code);
        self.views.comments.push(comment);
        Some(taken)
    }

    fn step(&mut self) {
        match (self.peek(0), self.peek(1)) {
            (Some('/'), Some('/')) => self.line_comment(),
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('"'), _) => self.string(),
            (Some('r'), _) if self.raw_hashes().is_some() => self.raw_string(),
            (Some('\''), _) => self.quote(),
            (Some(letter), _) if is_word(letter) => self.word(),
            _ => {
                self.take(View::Code);
            }
        }
    }

    /// A whole word, so that an `r` inside it never starts a raw string. The
    /// prefixes of raw byte and C strings are let go before their `r`.
    fn word(&mut self) {
        if matches!(self.peek(0), Some('b' | 'c')) && self.peek(1) == Some('r') {
            self.take(View::Code);
            if self.raw_hashes().is_some() {
                return;
            }
        }
        while self.peek(0).is_some_and(is_word) {
            self.take(View::Code);
        }
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|next| next != '\n') {
            self.take(View::Comment);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        while let Some(first) = self.take(View::Comment) {
            match (first, self.peek(0)) {
                ('/', Some('*')) => depth += 1,
                ('*', Some('/')) => depth = depth.saturating_sub(1),
                _ => continue,
            }
            self.take(View::Comment);
            if depth == 0 {
                return;
            }
        }
    }

    fn string(&mut self) {
        let line = self.line;
        let mut text = String::new();
        self.take(View::Code);
        while let Some(next) = self.peek(0) {
            if next == '"' {
                self.take(View::Code);
                break;
            }
            text.extend(self.take(View::Nothing));
            if next == '\\' {
                text.extend(self.take(View::Nothing));
            }
        }
        self.views.literals.push(Literal { line, text });
    }

    /// How many `#` stand between an `r` here and its quote.
    fn raw_hashes(&self) -> Option<usize> {
        let hashes = self
            .chars
            .iter()
            .skip(self.next + 1)
            .take_while(|next| **next == '#')
            .count();
        (self.peek(0) == Some('r') && self.peek(1 + hashes) == Some('"')).then_some(hashes)
    }

    fn raw_string(&mut self) {
        let hashes = self.raw_hashes().unwrap_or(0);
        for _ in 0..hashes + 2 {
            self.take(View::Code);
        }
        let line = self.line;
        let mut text = String::new();
        while let Some(next) = self.peek(0) {
            let ends = next == '"' && (1..=hashes).all(|ahead| self.peek(ahead) == Some('#'));
            if ends {
                break;
            }
            text.extend(self.take(View::Nothing));
        }
        for _ in 0..=hashes {
            self.take(View::Code);
        }
        self.views.literals.push(Literal { line, text });
    }

    /// A character literal, or the tick of a lifetime.
    fn quote(&mut self) {
        self.take(View::Code);
        if self.peek(0) == Some('\\') {
            self.take(View::Nothing);
            self.take(View::Nothing);
            while self
                .peek(0)
                .is_some_and(|next| next != '\'' && next != '\n')
            {
                self.take(View::Nothing);
            }
        } else if self.peek(1) == Some('\'') {
            self.take(View::Nothing);
        } else {
            return;
        }
        self.take(View::Code);
    }
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::{Literal, scan};

    fn texts(source: &str) -> Vec<String> {
        scan(source).literals.into_iter().map(|l| l.text).collect()
    }

    #[test]
    fn code_comments_and_strings_go_their_own_ways() {
        let views = scan("let a = \"x // y\"; // \"z\"\n/* b /* c */ d */ let e;\n");
        assert_eq!(
            views.code,
            "let a = \"      \";       \n                  let e;\n"
        );
        assert_eq!(views.comments.trim(), "// \"z\"\n/* b /* c */ d */");
        let text = "x // y".to_owned();
        assert_eq!(views.literals, [Literal { line: 1, text }]);
    }

    #[test]
    fn every_kind_of_string_is_seen() {
        let source = "\"a\\\"b\" r\"c\\\" r#\"d\"e\"# b\"f\" br##\"g\"#\"## c\"h\" bar\"i\"";
        assert_eq!(
            texts(source),
            ["a\\\"b", "c\\", "d\"e", "f", "g\"#", "h", "i"]
        );
    }

    #[test]
    fn ticks_of_lifetimes_and_characters_are_told_apart() {
        let source = "fn f<'a>(x: &'a str) { g('\"', '\\'', b'{', '\\u{1F600}', \"y\") }";
        assert_eq!(texts(source), ["y"]);
        assert!(!scan(source).code.contains("b'{'"));
        assert!(scan(source).code.ends_with(") }"));
    }

    #[test]
    fn lines_survive_strings_over_several_of_them() {
        let views = scan("f(\n\"one\ntwo\",\n\"three\")\n");
        assert_eq!(views.code.lines().count(), 4);
        let lines: Vec<usize> = views.literals.iter().map(|l| l.line).collect();
        assert_eq!(lines, [2, 4]);
    }

    #[test]
    fn what_is_cut_off_ends_quietly() {
        for source in ["\"a", "r#\"a\"", "/* a", "'\\", "b", "br", "'"] {
            scan(source);
        }
    }
}
