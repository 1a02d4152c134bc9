//! As much of a `Cargo.toml` as the rules need.

use super::source::SourceFile;

/// What a crate says of itself and of its dependencies.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    pub(super) path: String,
    /// The package's name; empty for a manifest without one.
    pub(super) name: String,
    pub(super) dependencies: Vec<Dependency>,
}

/// One dependency, as written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dependency {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Whether the version comes from the workspace.
    pub(super) from_workspace: bool,
}

/// When a dependency is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Normal,
    Development,
    Build,
}

impl Manifest {
    /// Reads line by line, as our manifests are written: one dependency a line, or
    /// a table of its own.
    pub(super) fn read(file: &SourceFile) -> Self {
        let mut manifest = Self {
            path: file.path().to_owned(),
            ..Self::default()
        };
        let mut section = Section::Other;
        let mut depth = 0;
        for (number, line) in (1..).zip(file.text().lines()) {
            let line = line.split('#').next().unwrap_or("").trim();
            let continues = depth > 0;
            depth += balance(line);
            if continues || line.is_empty() {
                continue;
            }
            if let Some(name) = line.strip_prefix('[') {
                section = Section::of(name.trim_end_matches(']'));
                if let Section::Table(kind, name) = &section {
                    let dependency = Dependency::new(number, name, *kind, false);
                    manifest.dependencies.push(dependency);
                }
                continue;
            }
            let Some((key, value)) = line.split_once('=') else {
                continue;
            };
            manifest.take(&section, number, key.trim(), value.trim());
        }
        manifest
    }

    fn take(&mut self, section: &Section, line: usize, key: &str, value: &str) {
        match section {
            Section::Package if key == "name" => value.trim_matches('"').clone_into(&mut self.name),
            Section::Dependencies(kind) => {
                let (name, property) = key.split_once('.').unwrap_or((key, ""));
                let from_workspace = match property {
                    "" => value.replace(' ', "").contains("workspace=true"),
                    "workspace" => value == "true",
                    // `name.features = […]` beside `name.workspace = true`.
                    _ => return self.take_property(name, *kind, line),
                };
                if property == "workspace"
                    && let Some(known) = self.find(name, *kind)
                {
                    known.from_workspace = from_workspace;
                    return;
                }
                let dependency = Dependency::new(line, name, *kind, from_workspace);
                self.dependencies.push(dependency);
            }
            Section::Table(..) if key == "workspace" && value == "true" => {
                if let Some(last) = self.dependencies.last_mut() {
                    last.from_workspace = true;
                }
            }
            _ => {}
        }
    }

    fn take_property(&mut self, name: &str, kind: Kind, line: usize) {
        if self.find(name, kind).is_none() {
            let dependency = Dependency::new(line, name, kind, false);
            self.dependencies.push(dependency);
        }
    }

    fn find(&mut self, name: &str, kind: Kind) -> Option<&mut Dependency> {
        self.dependencies
            .iter_mut()
            .find(|dependency| dependency.name == name && dependency.kind == kind)
    }
}

impl Dependency {
    fn new(line: usize, name: &str, kind: Kind, from_workspace: bool) -> Self {
        Self {
            line,
            name: name.trim_matches('"').to_owned(),
            kind,
            from_workspace,
        }
    }
}

/// Where a line stands.
enum Section {
    Package,
    Dependencies(Kind),
    /// `[dependencies.name]`
    Table(Kind, String),
    Other,
}

impl Section {
    fn of(header: &str) -> Self {
        // `[target.'cfg(unix)'.dependencies]` counts as `[dependencies]`.
        let header = match header.strip_prefix("target.") {
            Some(rest) => rest.rsplit_once("'.").map_or(rest, |(_, section)| section),
            None => header,
        };
        if header == "package" {
            return Self::Package;
        }
        for (name, kind) in [
            ("dependencies", Kind::Normal),
            ("dev-dependencies", Kind::Development),
            ("build-dependencies", Kind::Build),
        ] {
            match header.strip_prefix(name) {
                Some("") => return Self::Dependencies(kind),
                Some(rest) if rest.starts_with('.') => {
                    return Self::Table(kind, rest.trim_start_matches('.').to_owned());
                }
                _ => {}
            }
        }
        Self::Other
    }
}

fn balance(line: &str) -> i32 {
    line.chars().fold(0, |depth, letter| match letter {
        '[' | '{' => depth + 1,
        ']' | '}' => depth - 1,
        _ => depth,
    })
}

#[cfg(test)]
mod tests {
    use super::{Kind, Manifest};
    use crate::tidy::source::SourceFile;

    const TEXT: &str = r#"
[package]
name = "xunge-x" # the name
version.workspace = true

[dependencies]
a.workspace = true
b = { workspace = true, features = [
    "one",
] }
c = "1"
d = { version = "2" }
e.features = ["f"]
e.workspace = true

[dependencies.g]
version = "3"
[dependencies.h]
workspace = true

[dev-dependencies]
i.workspace = true

[target.'cfg(unix)'.build-dependencies]
j = { path = "../j" }

[features]
k = []
"#;

    #[test]
    fn dependencies_of_every_shape_are_read() {
        let manifest = Manifest::read(&SourceFile::new("core/x/Cargo.toml", TEXT));
        assert_eq!(manifest.name, "xunge-x");
        let found: Vec<(&str, Kind, bool)> = manifest
            .dependencies
            .iter()
            .map(|found| (found.name.as_str(), found.kind, found.from_workspace))
            .collect();
        assert_eq!(
            found,
            [
                ("a", Kind::Normal, true),
                ("b", Kind::Normal, true),
                ("c", Kind::Normal, false),
                ("d", Kind::Normal, false),
                ("e", Kind::Normal, true),
                ("g", Kind::Normal, false),
                ("h", Kind::Normal, true),
                ("i", Kind::Development, true),
                ("j", Kind::Build, false),
            ]
        );
        assert_eq!(manifest.dependencies.last().map(|last| last.line), Some(25));
    }
}
