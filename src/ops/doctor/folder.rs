//! The data folder and what lies in it. No check here changes anything, nor needs an instance.

use super::{Finding, Patient, fault, fine, note, warning};
use crate::config::Config;
use crate::error::{Kind, Result};
use crate::media::disk;
use crate::store;
use crate::store::snapshot;
use crate::words;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Instant;

const MIB: u64 = 1 << 20;
/// Less than this, and the next post may not fit.
const FULL: u64 = 8 * MIB;
/// Less than this part of the disk, up to so much, is little.
const PART: u64 = 50;
const LITTLE: u64 = 512 * MIB;
/// A file of this size is read whole each time.
const SMALL: u64 = 64 * MIB;
/// A MiB that takes longer is a disk that everything waits for.
const SLOW: u128 = 1_000;

/// Whether strangers on this machine may read the keys, and whether we may write.
pub fn permissions(of: &Patient) -> Vec<Finding> {
    let (data, database) = (&of.config.data, of.config.database());
    let place = json!({"folder": data.display().to_string()});
    let Ok(folder) = fs::metadata(data) else { return vec![missing(of.config)] };
    let mut found = Vec::new();
    let file = fs::metadata(&database).ok();
    // Whoever may pass the folder and read the file has the keys.
    let open = |bits: u32, passing: u32, reading: u32| {
        folder.mode() & bits & passing != 0 && file.as_ref().is_some_and(|f| f.mode() & reading != 0)
    };
    if open(0o007, 0o001, 0o004) {
        found.push(fault("permissions", "doctor-readable", "doctor-readable-fix", place.clone()));
    } else if open(0o070, 0o010, 0o040) {
        found.push(warning("permissions", "doctor-group", "doctor-readable-fix", place.clone()));
    }
    for entry in fs::read_dir(data).into_iter().flatten().flatten() {
        if entry.metadata().is_ok_and(|m| m.uid() != folder.uid()) {
            let args = json!({"folder": data.display().to_string(), "file": entry.file_name().to_string_lossy(),
                "owner": folder.uid().to_string()});
            found.push(fault("permissions", "doctor-foreign", "doctor-foreign-fix", args));
            break;
        }
    }
    if file.is_some() && File::options().write(true).open(&database).is_err() {
        found.push(fault("permissions", "doctor-unwritable", "doctor-unwritable-fix", place.clone()));
    }
    if found.is_empty() {
        found.push(fine("permissions", "doctor-permissions-fine", place));
    }
    found
}

pub fn missing(config: &Config) -> Finding {
    let args = json!({"folder": config.data.display().to_string()});
    fault("permissions", "doctor-no-folder", "doctor-no-folder-fix", args)
}

pub fn disk(of: &Patient) -> Vec<Finding> {
    let Ok(disk) = disk::of(&of.config.data) else { return Vec::new() }; // there is no folder, which was said
    let args = json!({"free": words::bytes(disk.free), "total": words::bytes(disk.total)});
    vec![if disk.free < FULL {
        fault("disk", "doctor-disk-full", "doctor-disk-fix", args)
    } else if disk.free < (disk.total / PART).min(LITTLE) {
        warning("disk", "doctor-disk-little", "doctor-disk-fix", args)
    } else {
        fine("disk", "doctor-disk-fine", args)
    }]
}

/// How long a MiB takes until it is safe.
pub fn speed(of: &Patient) -> Vec<Finding> {
    let path = of.config.data.join(format!("doctor.{}", std::process::id()));
    let began = Instant::now();
    let written = File::create(&path).and_then(|mut file| {
        file.write_all(&vec![0x5a; MIB as usize])?;
        file.sync_all()
    });
    let took = began.elapsed().as_millis();
    let _ = fs::remove_file(&path); // it is all that there is to undo
    let args = json!({"ms": i64::try_from(took).unwrap_or(i64::MAX), "folder": of.config.data.display().to_string()});
    match written {
        Ok(()) if took > SLOW => vec![warning("speed", "doctor-speed-slow", "doctor-speed-fix", args)],
        Ok(()) => vec![fine("speed", "doctor-speed-fine", args)],
        Err(e) if crate::error::Error::from(std::io::Error::from(e.kind())).kind == Kind::NoSpace => {
            Vec::new()
        } // told
        Err(_) => vec![fault("permissions", "doctor-unwritable", "doctor-unwritable-fix", args)],
    }
}

/// Whether this binary can read the file.
pub fn schema(of: &Patient) -> Vec<Finding> {
    let path = of.config.database();
    let found = match snapshot::open(&path).and_then(|c| snapshot::schema(&c)) {
        Ok(found) => found,
        Err(e) => return vec![broken(&path, &e.to_string())],
    };
    let args = json!({"found": found, "known": store::VERSION, "version": env!("CARGO_PKG_VERSION")});
    vec![match found.cmp(&store::VERSION) {
        std::cmp::Ordering::Greater => {
            fault("schema", "doctor-schema-newer", "doctor-schema-newer-fix", args)
        }
        // To open it would bring it up, which is for `serve` to do.
        std::cmp::Ordering::Less => warning("schema", "doctor-schema-older", "doctor-schema-older-fix", args),
        std::cmp::Ordering::Equal => fine("schema", "doctor-schema-fine", args),
    }]
}

/// Whether every page of the file is whole; of a small one, and of any that is looked at closely, every index too.
pub fn database(of: &Patient) -> Vec<Finding> {
    let path = of.config.database();
    let Ok(size) = fs::metadata(&path).map(|m| m.len()) else { return Vec::new() };
    let deep = of.deep || size <= SMALL;
    let looked: Result<Option<String>> = snapshot::open(&path).and_then(|c| snapshot::broken(&c, deep));
    let args = json!({"size": words::bytes(size)});
    vec![match looked {
        Ok(None) if deep => fine("database", "doctor-database-fine", args),
        Ok(None) => note("database", "doctor-database-quick", "", args),
        Ok(Some(why)) => broken(&path, &why),
        Err(e) => broken(&path, &e.to_string()),
    }]
}

fn broken(path: &Path, why: &str) -> Finding {
    let why: String = why.chars().filter(|c| !c.is_control()).take(200).collect();
    let args: Value = json!({"file": path.display().to_string(), "why": why});
    fault("database", "doctor-database-broken", "doctor-database-fix", args)
}
