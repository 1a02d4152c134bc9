//! The name of a log.

use std::fmt;

use xunge_domain::ids::InstallationId;

/// Longest name of a log.
pub const ORIGIN_BYTES_MAX: usize = 128;

/// Which log a checkpoint is about. The name of its key as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// The log of a hub. It keeps its name in a new epoch: a restored hub has to answer for what it signed before.
    pub fn of_hub(installation: &InstallationId) -> Self {
        Self(format!("xunge-log/{installation}"))
    }

    /// Reads a name: visible ASCII without `+`, as the key names of signed notes.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (1..=ORIGIN_BYTES_MAX).contains(&text.len());
        let visible = |byte: u8| byte.is_ascii_graphic() && byte != b'+';
        (fits && text.bytes().all(visible)).then(|| Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}
