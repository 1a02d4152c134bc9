//! The C header beside the Swift, which no generator but ours reads before a Mac does.

/// Words that can name a parameter in Rust and in Swift, and cannot in C.
const KEYWORDS: &[&str] = &[
    "auto", "case", "default", "do", "goto", "inline", "register", "restrict", "sizeof", "switch",
    "typedef", "union", "volatile",
];

/// Puts an underscore before every parameter that C takes for something else. Names of parameters are nobody's in C: the
/// calls stay the same.
pub(crate) fn with_c_names(header: &str) -> String {
    let mut out = String::with_capacity(header.len());
    let mut rest = header;
    while let Some(start) = rest.find(is_of_a_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_of_a_word(c)).unwrap_or(from.len()));
        out.push_str(before);
        if KEYWORDS.contains(&word) && ends_a_parameter(after) {
            out.push('_');
        }
        out.push_str(word);
        rest = after;
    }
    out + rest
}

fn is_of_a_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn ends_a_parameter(after: &str) -> bool {
    after.trim_start().starts_with([',', ')'])
}

#[cfg(test)]
mod tests {
    use super::with_c_names;

    #[test]
    fn a_parameter_that_is_no_name_in_c_gets_one() {
        let header = "RustBuffer show(uint64_t ptr, RustBuffer case, RustBuffer default\n);\n";
        assert_eq!(
            with_c_names(header),
            "RustBuffer show(uint64_t ptr, RustBuffer _case, RustBuffer _default\n);\n"
        );
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for header in [
            "typedef struct RustBuffer { void *data; } RustBuffer;",
            "void in_case(uint64_t cases, double case_of, void);",
            "#define UNIFFI_CASE case\n",
            "",
        ] {
            assert_eq!(with_c_names(header), header);
        }
    }
}
