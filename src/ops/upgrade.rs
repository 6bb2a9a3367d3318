//! Today's schema, tried on a copy of a database before anybody's own is touched.

use super::backup::{self, Source};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::store::{self, Store, snapshot};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

/// What came of it.
#[derive(Debug)]
pub struct Tried {
    pub name: String,
    /// Schemas.
    pub from: i64,
    pub to: i64,
    pub took: Duration,
    /// Bytes.
    pub before: u64,
    pub after: u64,
    /// What SQLite finds wrong with it afterwards.
    pub fault: Option<Error>,
    /// From a fresh database, a line each.
    pub differs: Vec<String>,
}

/// Takes a database, or that of a backup, into a folder for passing things, and brings it to today's schema there.
///
/// Errors: the file is neither, or of a newer version; there is no room for the copy.
pub fn check(file: &str, config: &Config, passphrase: Option<&str>) -> Result<Tried> {
    let folder = snapshot::passing_folder()?;
    let tried = try_in(&folder, file, config, passphrase);
    let _ = fs::remove_dir_all(&folder); // what was found out is what counts
    tried
}

fn try_in(folder: &Path, file: &str, config: &Config, passphrase: Option<&str>) -> Result<Tried> {
    let copy = folder.join("taure.db");
    let mut head = Vec::new();
    if let Ok(file) = File::open(file) {
        file.take(16).read_to_end(&mut head)?;
    }
    let name = match head == b"SQLite format 3\0" {
        true => {
            snapshot::copy_untouched(Path::new(file), &copy)?;
            file.to_owned()
        }
        false => {
            let from = Source::open(file, config)?;
            let name = from.name.clone();
            backup::take_database(from, passphrase, folder)?;
            name
        }
    };
    let from = snapshot::schema(&snapshot::open(&copy)?)?;
    if from > store::VERSION {
        return Err(Error::invalid(format!(
            "{name} has schema {from}, and this taure knows only up to {}: a newer version wrote it",
            store::VERSION
        )));
    }
    if from == 0 {
        return Err(Error::invalid(format!("{name} is no database of Taure")));
    }
    let size = || Ok::<_, Error>(fs::metadata(&copy)?.len());
    let (before, began) = (size()?, Instant::now());
    Store::upgrade(&copy, &config.clock)?;
    let took = began.elapsed();
    let after = size()?;
    let c = snapshot::open(&copy)?;
    let (fault, differs) = (snapshot::check(&c).err(), store::differences(&c, &config.clock)?);
    Ok(Tried { name, from, to: store::VERSION, took, before, after, fault, differs })
}
