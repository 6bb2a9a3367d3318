//! Packs the words of the pages, which are half a megabyte in all their languages and a third of that deflated: one file
//! a language in `OUT_DIR`, and `locales.rs`, which names them. So too the schema, `schema.rs`, and the files that pages
//! ask for, `assets/`. And the words of recovery phrases, a third of what they were.
//!
//! And makes the binary smaller where the linker and the C library of this machine can: a twentieth of it are addresses that
//! the loader moves, and packed they are next to nothing (RELR). LLD is rustc's own linker on this target since Rust 1.90;
//! glibc reads packed addresses since 2.36. Elsewhere nothing is changed.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if let Err(e) = pack_locales(Path::new("assets/locales"), &out()) {
        println!("cargo::error=the words in assets/locales cannot be packed: {e}");
    }
    if let Err(e) = pack_schema(&out()).and_then(|()| pack_assets(Path::new("assets"), &out().join("assets")))
    {
        println!("cargo::error=the schema or the files in assets cannot be packed: {e}");
    }
    if let Err(e) = pack_phrases(Path::new("assets/recovery/english.txt"), &out().join("recovery.z")) {
        println!("cargo::error=the words of recovery phrases cannot be packed: {e}");
    }
    let var = |name: &str| std::env::var(name).unwrap_or_default();
    let usual = var("TARGET") == "x86_64-unknown-linux-gnu" && var("HOST") == var("TARGET");
    // Whoever chose a linker of their own knows better.
    let chosen = var("CARGO_ENCODED_RUSTFLAGS").contains("link") || !var("RUSTC_LINKER").is_empty();
    if usual && !chosen && var("PROFILE") == "release" && glibc() >= Some((2, 36)) {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs,--icf=all");
    }
}

fn out() -> PathBuf {
    PathBuf::from(std::env::var("OUT_DIR").unwrap_or_default())
}

/// Sorted words: of each how many letters it shares with the one before, and the others.
fn pack_phrases(from: &Path, to: &Path) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={}", from.display());
    let (text, mut before) = (std::fs::read_to_string(from)?, "");
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    for word in text.lines() {
        let shared = word.bytes().zip(before.bytes()).take_while(|(a, b)| a == b).count();
        packed.write_all(&[shared as u8])?;
        packed.write_all(&word.as_bytes()[shared..])?;
        before = word;
    }
    std::fs::write(to, packed.finish()?)
}

/// English as it is but for its comments; other languages without the keys, in the order of English, which halves what they
/// take. What one of them lacks is a `-`, so that all others keep their places.
fn pack_locales(from: &Path, to: &Path) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={}", from.display());
    let english = messages(&from.join("en"))?;
    let mut list = String::from("&[");
    for language in sorted(from)? {
        let code = language.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let own: HashMap<String, String> = messages(&language)?.into_iter().collect();
        let mut text = String::new();
        for (key, first) in &english {
            match own.get(key) {
                _ if code == "en" => text += &format!("{key} {first}"),
                Some(pattern) => text += pattern,
                None => text += "-\n",
            }
        }
        let path = to.join(format!("{code}.z"));
        std::fs::write(&path, deflated(text.as_bytes())?)?;
        let _ = write!(list, "({code:?}, include_bytes!({path:?})),"); // writing to a String cannot fail
    }
    std::fs::write(to.join("locales.rs"), list + "]")
}

/// The messages of a language, file by file: each key, and from its `=` on what stands behind it, to the end of its last line.
fn messages(language: &Path) -> std::io::Result<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> = Vec::new();
    for file in sorted(language)? {
        for line in std::fs::read_to_string(&file)?.lines().filter(|line| !line.is_empty()) {
            match (line.split_once('='), found.last_mut()) {
                (_, Some((_, pattern))) if line.starts_with([' ', '}']) => *pattern += &format!("{line}\n"),
                (Some((key, first)), _) if !line.starts_with(['#', ' ']) => {
                    found.push((key.trim().to_owned(), format!("={first}\n")));
                }
                _ => (),
            }
        }
    }
    Ok(found)
}

/// The schema first, and then the steps to it.
fn pack_schema(to: &Path) -> std::io::Result<()> {
    let steps = Path::new("src/store/migrations");
    println!("cargo::rerun-if-changed={}", steps.display());
    let number = |path: &PathBuf| path.file_stem().and_then(|stem| stem.to_str()?.parse::<u32>().ok());
    let mut all = sorted(steps)?;
    all.sort_by_key(number);
    all.insert(0, PathBuf::from("schema.sql"));
    let mut list = String::from("&[");
    for (at, file) in all.iter().enumerate() {
        println!("cargo::rerun-if-changed={}", file.display());
        let path = to.join(format!("schema-{at}.z"));
        std::fs::write(&path, deflated(&std::fs::read(file)?)?)?;
        let _ = write!(list, "include_bytes!({path:?}),"); // writing to a String cannot fail
    }
    std::fs::write(to.join("schema.rs"), list + "]")
}

/// Into a folder of their own, by their names below `assets`; `.z` behind the name of what is deflated. Pictures are as small as
/// they get. What was there before goes, since all that lies there is embedded.
fn pack_assets(from: &Path, to: &Path) -> std::io::Result<()> {
    println!("cargo::rerun-if-changed={}", from.display());
    if to.exists() {
        std::fs::remove_dir_all(to)?;
    }
    let mut folders = vec![from.to_owned(), from.join("avatars"), from.join("headers")];
    folders.retain(|folder| folder.is_dir());
    for folder in folders {
        for file in sorted(&folder)?.into_iter().filter(|file| file.is_file()) {
            println!("cargo::rerun-if-changed={}", file.display());
            let name = file.strip_prefix(from).unwrap_or(&file).to_string_lossy().into_owned();
            let text = [".css", ".js", ".svg"].iter().any(|ending| name.ends_with(ending));
            let bytes = std::fs::read(&file)?;
            let path = to.join(if text { format!("{name}.z") } else { name });
            std::fs::create_dir_all(path.parent().unwrap_or(to))?;
            std::fs::write(&path, if text { deflated(&bytes)? } else { bytes })?;
        }
    }
    Ok(())
}

fn deflated(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes)?;
    packed.finish()
}

fn sorted(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths =
        std::fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The version of this machine's glibc, if it has one.
fn glibc() -> Option<(u32, u32)> {
    let output = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let (major, minor) = text.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.split('.').next()?.parse().ok()?))
}
