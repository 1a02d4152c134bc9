//! The corpus on disk: a folder a target, a file an input.

use std::io;
use std::path::Path;

use super::source::Source;
use super::target::Target;

/// Most bytes of one input of the corpus.
const INPUT_BYTES_MAX: usize = 40_000;

/// Writes what is honest and the bombs below `folder`; returns how many files. A file that is there stays: what a
/// fuzzer found is added by hand.
///
/// # Errors
/// The disk's.
pub fn write_corpus(source: &Source, folder: &Path) -> io::Result<usize> {
    let mut written = 0;
    for (target, name, bytes) in source.corpus() {
        if bytes.len() <= INPUT_BYTES_MAX {
            let place = folder.join(target.name());
            std::fs::create_dir_all(&place)?;
            std::fs::write(place.join(name), bytes)?;
            written += 1;
        }
    }
    Ok(written)
}

/// Every input below `folder`, sorted by target and name.
///
/// # Errors
/// The disk's.
pub fn read_corpus(folder: &Path) -> io::Result<Vec<(Target, String, Vec<u8>)>> {
    let mut inputs = Vec::new();
    for target in Target::ALL {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder.join(target.name()))? {
            paths.push(entry?.path());
        }
        paths.sort();
        for path in paths {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            inputs.push((target, name, std::fs::read(&path)?));
        }
    }
    Ok(inputs)
}
