//! The library that an app loads, asked through its exported C functions by the Python that uniffi generates for it: what is
//! timed holds the crossing both ways, and Python making its own records of what came.

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use xunge_tests::world::binary;

use crate::measured::Measured;

const ASKING: &str = include_str!("foreign.py");
const LIBRARY: &str = if cfg!(target_os = "macos") {
    "libxunge_mobile.dylib"
} else {
    "libxunge_mobile.so"
};

/// Asks in a Python process of its own.
pub(crate) fn measure(store: &Path, photo: &Path, runs: u32) -> Result<Measured, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let (bindgen, library) = (binary("xunge-bindgen"), binary(LIBRARY));
    let generated = Command::new(bindgen)
        .arg(&library)
        .arg("python")
        .arg(folder.path())
        .output()?;
    if !generated.status.success() {
        let said = String::from_utf8_lossy(&generated.stderr);
        return Err(format!("the bindings could not be written: {said}").into());
    }
    // The generated module looks for the library beside itself.
    fs::copy(&library, folder.path().join(LIBRARY))?;
    let asking = folder.path().join("foreign.py");
    fs::write(&asking, ASKING)?;
    let output = Command::new("python3")
        .arg(&asking)
        .args([store, photo])
        .arg(runs.to_string())
        .env("PYTHONPATH", folder.path())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .map_err(|cause| format!("python3 asks the library, and did not start: {cause}"))?;
    Measured::of(&output)
}
