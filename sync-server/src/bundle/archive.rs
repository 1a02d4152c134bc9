//! A bundle as a ZIP: files in the order of their paths, stored, without times. There is one such archive of the same
//! files, so that a bit that was turned anywhere in it is found by writing it again.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::Files;

/// A larger archive is not looked at: more photos than any case has.
pub const ARCHIVE_BYTES_MAX: u64 = 4 * 1024 * 1024 * 1024;
/// Most files.
const FILES_MAX: usize = 100_000;

/// Why bytes are no archive of a bundle.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// No ZIP, or one that is damaged.
    #[error("the file is no ZIP that can be read: {0}")]
    Zip(#[from] ZipError),
    /// Damaged inside.
    #[error("a file of the archive cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// More than any bundle has.
    #[error("the archive holds more than {FILES_MAX} files")]
    TooMany,
}

/// Writes a bundle. The same files make the same bytes.
///
/// # Errors
/// Nothing but a bundle of more than four gigabytes.
pub fn write(files: &Files) -> Result<Vec<u8>, ArchiveError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for (path, bytes) in files {
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Reads an archive, and whether it is the one that [`write`] makes of its files.
///
/// # Errors
/// It is none.
pub fn read(bytes: &[u8]) -> Result<(Files, bool), ArchiveError> {
    let mut zip = ZipArchive::new(Cursor::new(bytes))?;
    if zip.len() > FILES_MAX {
        return Err(ArchiveError::TooMany);
    }
    let mut files = Files::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place)?;
        // What a header claims is not what is set aside for it.
        let mut content = Vec::new();
        let most = bytes.len() as u64;
        file.by_ref().take(most).read_to_end(&mut content)?;
        files.insert(file.name()?.into_owned(), content);
    }
    let same = write(&files).is_ok_and(|again| again == bytes);
    Ok((files, same))
}
