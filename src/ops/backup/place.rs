//! Where backups are: a file, a folder, or `s3://bucket/folder`, which may be another bucket than that of the pictures.

use super::{Error, Result};
use crate::config::{Config, S3};
use crate::media::Bucket;
use crate::media::upload::Upload;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// Pages of a list that are read: a backup an hour for years.
const MAX_PAGES: usize = 100;
/// `2026-01-31-0930`
const DATE: usize = 15;
const ENDINGS: [&str; 2] = [".tar", ".tar.sealed"];

/// Where one is put, or many are.
#[derive(Debug)]
pub enum Place {
    Disk(PathBuf),
    /// `name` is that of one backup; without one it is a folder.
    Bucket {
        bucket: Box<Bucket>,
        name: Option<String>,
    },
}

/// One that is read from its beginning to its end.
pub struct Source {
    /// For people.
    pub name: String,
    pub(super) input: BufReader<Box<dyn Read>>,
}

impl Place {
    /// As it was typed. What ends in `.tar` or `.tar.sealed` is one backup.
    ///
    /// Errors: a bucket without an address or keys.
    pub fn read(text: &str, config: &Config) -> Result<Place> {
        let Some(rest) = text.strip_prefix("s3://") else { return Ok(Place::Disk(PathBuf::from(text))) };
        let (bucket, path) = rest.split_once('/').unwrap_or((rest, ""));
        let path = path.trim_matches('/');
        let (folder, name) = match ENDINGS.iter().any(|ending| path.ends_with(ending)) {
            true => path.rsplit_once('/').map_or(("", Some(path)), |(folder, name)| (folder, Some(name))),
            false => (path, None),
        };
        let s3 = S3::of_backups(config.s3.clone(), bucket, folder)?;
        let bucket = Box::new(Bucket::new(s3, config.extra_ca.as_deref())?);
        Ok(Place::Bucket { bucket, name: name.map(str::to_owned) })
    }
}

impl Source {
    /// A file, or one in a bucket; of a folder of a bucket the newest.
    ///
    /// Errors: there is none.
    pub fn open(text: &str, config: &Config) -> Result<Source> {
        let (bucket, name) = match Place::read(text, config)? {
            Place::Disk(path) => return Source::file(&path),
            Place::Bucket { bucket, name } => (bucket, name),
        };
        let name = match name {
            Some(name) => name,
            None => newest(&bucket, text)?,
        };
        let length =
            bucket.size(&name)?.ok_or_else(|| Error::invalid(format!("there is no {name} in {text}")))?;
        let input = bucket.open(&name, length)?;
        Ok(Source {
            name: format!("{}{name}", bucket.name()),
            input: BufReader::with_capacity(64 * 1024, input),
        })
    }

    pub fn file(path: &Path) -> Result<Source> {
        let file = File::open(path)
            .map_err(|e| Error::invalid(format!("{} cannot be read", path.display())).because(e))?;
        Ok(Source {
            name: path.display().to_string(),
            input: BufReader::with_capacity(64 * 1024, Box::new(file)),
        })
    }
}

/// Errors: there are none, or those of several servers.
fn newest(bucket: &Bucket, text: &str) -> Result<String> {
    let mut found: Vec<(String, String)> = list(bucket)?
        .into_iter()
        .filter_map(|name| {
            dated(&name).map(|(server, date)| (server.to_owned(), date.to_owned() + "\0" + &name))
        })
        .collect();
    crate::model::sort::sort_by(&mut found, Ord::cmp);
    found.dedup_by(|a, b| {
        a.0 == b.0 && {
            b.1 = a.1.clone();
            true
        }
    });
    match &found[..] {
        [(_, newest)] => Ok(newest.split_once('\0').map_or(newest.clone(), |(_, name)| name.to_owned())),
        [] => Err(Error::invalid(format!("there is no backup in {text}"))),
        _ => Err(Error::invalid(format!("{text} holds backups of several servers; name one of them"))),
    }
}

/// The server and the date in a name that a folder's backups have.
pub fn dated(name: &str) -> Option<(&str, &str)> {
    let name = name.strip_prefix("taure-")?;
    let name = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending))?;
    let (server, date) = name.split_at_checked(name.len().checked_sub(DATE)?)?;
    let is_date = date.bytes().enumerate().all(|(n, b)| match n {
        4 | 7 | 10 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    Some((server.strip_suffix('-')?, date)).filter(|_| is_date)
}

/// Of all these those that go when so many of the same server are kept; the one that was made just now stays.
pub fn surplus(names: Vec<String>, made: &str, keep: usize) -> Vec<String> {
    let Some((server, _)) = dated(made) else { return Vec::new() };
    let mut others: Vec<String> = names
        .into_iter()
        .filter(|name| name != made && dated(name).is_some_and(|(of, _)| of == server))
        .collect();
    crate::model::sort::sort_by(&mut others, |a, b| dated(b).cmp(&dated(a)));
    others.split_off(others.len().min(keep.saturating_sub(1)))
}

/// The names in the folder itself.
pub fn list(bucket: &Bucket) -> Result<Vec<String>> {
    let (mut names, mut from) = (Vec::new(), None);
    for _ in 0..MAX_PAGES {
        let page = bucket.list(from.as_deref())?;
        names.extend(page.files.into_iter().map(|(name, _)| name).filter(|name| !name.contains('/')));
        match page.next {
            Some(next) => from = Some(next),
            None => break,
        }
    }
    Ok(names)
}

/// What an upload could not do, where only `io::Error` came through.
pub fn cause(upload: &mut Upload<'_>, e: Error) -> Error {
    upload.failure().unwrap_or(e)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_of_the_same_server_go() {
        let name = |day: u8| format!("taure-a.test-2026-01-{day:02}-0300.tar");
        let mut names: Vec<String> = (1..=4).map(name).collect();
        names.push("taure-a.test-2026-01-05-0300.tar.sealed".to_owned());
        let strange = [
            "taure-b.test-2025-01-01-0300.tar",
            "taure-a.test.tar",
            "taure-a.test-2026-01-0x-0300.tar",
            "thesis.tar",
        ];
        names.extend(strange.map(str::to_owned));
        assert_eq!(surplus(names.clone(), &name(4), 3), [name(2), name(1)]);
        assert_eq!(
            surplus(names.clone(), &name(1), 1).len(),
            4,
            "what was made just now stays, whatever the clock says"
        );
        assert!(surplus(names.clone(), &name(4), 9).is_empty());
        assert!(surplus(names, "my.tar", 1).is_empty());
        assert_eq!(dated("taure-x-y-2026-01-31-0930.tar.sealed"), Some(("x-y", "2026-01-31-0930")));
    }
}
