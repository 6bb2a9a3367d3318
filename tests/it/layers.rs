//! The floors of the house: `use crate::` lines go down only, and rooms of one floor do not know each
//! other. The map is in `src/lib.rs`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Rooms by floor, the ground first.
const FLOORS: &[&[&str]] = &[
    &["model", "error", "config"],
    &["store", "ap", "sig", "text", "http", "words"],
    &["remote", "media", "tls"],
    &["app"],
    &["ops"],
    &["api", "federation", "web"],
    &["worker"],
    &["server"],
    &["cli"],
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

pub fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// `src/api/oauth.rs` and `src/app.rs` are in the rooms `api` and `app`.
fn room(src: &Path, file: &Path) -> String {
    let first = file.strip_prefix(src).unwrap().iter().next().unwrap();
    Path::new(first).file_stem().unwrap().to_str().unwrap().to_owned()
}

/// Rooms named as `crate::room` in the code, comments left out; `use crate::{a, b::c}` too.
fn rooms_used(text: &str) -> BTreeSet<String> {
    let code: String =
        text.lines().filter(|l| !l.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut rooms = BTreeSet::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            let mut word = String::new();
            for c in group.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => drop(rooms.insert(first_word(&std::mem::take(&mut word)))),
                    _ if depth == 0 => word.push(c),
                    _ => (),
                }
            }
            rooms.insert(first_word(&word));
        } else {
            rooms.insert(first_word(rest));
        }
    }
    rooms
}

fn first_word(text: &str) -> String {
    text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_go_down_only_and_rooms_of_one_floor_do_not_know_each_other() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    assert!(files.len() > 50, "the sources were not found");
    let mut wrong = Vec::new();
    for file in files {
        let here = room(&src, &file);
        if matches!(here.as_str(), "lib" | "main") {
            continue;
        }
        let here_floor = floor(&here).unwrap_or_else(|| panic!("{here} is on no floor; add it to FLOORS"));
        for used in rooms_used(&std::fs::read_to_string(&file).unwrap()) {
            // Not every `crate::x` is a room: `crate::Result` would be a re-export.
            let Some(used_floor) = floor(&used) else { continue };
            let sideways = used_floor == here_floor && used != here && here_floor > 0;
            if used_floor > here_floor || sideways {
                wrong.push(format!("{}: {here} uses {used}", file.strip_prefix(&src).unwrap().display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_check_sees_every_way_to_name_a_room() {
    let text =
        "use crate::api::x;\nuse crate::{store::{self, Tx}, web};\nlet a = crate::ops::f();\n// crate::cli";
    let rooms: Vec<String> = rooms_used(text).into_iter().collect();
    assert_eq!(rooms, ["api", "ops", "store", "web"]);
}
