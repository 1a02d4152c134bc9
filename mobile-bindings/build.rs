//! What the linker is told of the library that phones load (`profile.mobile`, and `release`, by which it is measured).

use std::env;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var_os(name).is_some_and(|found| found == value);
    if !is("PROFILE", "release") {
        return;
    }
    // A vtable and a panic's place are relocated wherever the library is loaded: 0.7 MB that pack into 30 kB. Each system
    // reads a form of its own: Android this one from API 23 on, glibc the other from 2.36 on.
    let packed = if is("CARGO_CFG_TARGET_OS", "android") {
        "-Wl,--pack-dyn-relocs=android"
    } else if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ARCH", "x86_64") {
        "-Wl,-z,pack-relative-relocs"
    } else {
        return;
    };
    // Functions that are the same to the byte are one: 0.2 MB. Nothing here tells functions apart by where they lie.
    // Both wants lld, which is Rust's linker on these systems.
    for argument in [packed, "-Wl,--icf=all"] {
        println!("cargo:rustc-link-arg-cdylib={argument}");
    }
}
