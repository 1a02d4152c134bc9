//! A world of real processes: a hub, devices, people in browsers, a photo to take.

mod browser;
mod device;
pub mod photo;
mod server;

pub use browser::Browser;
pub use device::{DeviceProcess, DeviceRun};
pub use server::{DEMO_PASSWORD, HubProgram, ServerProcess, WHATEVER_THE_DISK};

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// A binary of this workspace beside the running test. `xunge` belongs to another package, so it is built on first
/// use; cargo does nothing when it is fresh.
pub fn binary(name: &str) -> PathBuf {
    static BUILT: OnceLock<()> = OnceLock::new();
    let folder = profile_folder();
    BUILT.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let profile = match folder.file_name().and_then(|name| name.to_str()) {
            None | Some("debug") => "dev",
            Some(profile) => profile,
        };
        let built = Command::new(cargo)
            // The same selection as the tests were built with: another one turns other features on, and would build
            // half of the dependencies again.
            .args(["build", "--quiet", "--workspace", "--locked"])
            .args(["--profile", profile])
            .status();
        assert!(
            built.is_ok_and(|status| status.success()),
            "xunge and field-device do not build"
        );
    });
    folder.join(name)
}

/// Where cargo puts the binaries of the profile this one was built with.
fn profile_folder() -> PathBuf {
    let mut folder = std::env::current_exe().unwrap_or_default();
    // target/debug/deps/story-… or target/debug/kills
    folder.pop();
    if folder.ends_with("deps") {
        folder.pop();
    }
    folder
}
