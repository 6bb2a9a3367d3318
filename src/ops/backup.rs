//! All that makes this server what it is in one file, and back: the database (the keys are in it), the owner's files, and
//! `taure.toml`. Others' files can be had again.
//!
//! A backup is a plain tar, sealed if there is a passphrase. Its last member is the manifest, with the SHA-256 of all
//! others: a backup without one is not whole. [`make`] writes it, [`verify`] looks through it, [`restore`] lives from it.

mod place;
mod seal;
pub(super) mod tar;

use crate::config::Config;
use crate::error::{Error, Kind, Result};
use crate::media::upload::Upload;
use crate::media::{Blobs, Bucket, blobs};
use crate::model::Timestamp;
use crate::store::{self, snapshot};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{BufWriter, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use tar::{Sum, unreadable};

pub use place::{Place, Source};

const DATABASE: &str = "taure.db";
const SETTINGS: &str = "taure.toml";
const MEDIA: &str = "media/";
const MANIFEST: &str = "manifest.json";
/// Bytes of the settings and of the manifest, which are read into memory, and files in a backup: far more than a person
/// has. A file is at most 250 bytes of the manifest.
const MAX_TEXT: u64 = 1 << 20;
const MAX_MANIFEST: u64 = 128 << 20;
const MAX_FILES: usize = 400_000;
/// A passphrase is guessed as fast as the guesser can pay for.
pub const PASSPHRASE_LETTERS: usize = 12;

/// What stands in a backup, and what does not.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// Of Taure.
    pub version: String,
    /// Of the database.
    pub schema: i64,
    /// RFC 3339.
    pub created: String,
    pub address: String,
    pub username: String,
    /// Where files of the owner's are that are not in here.
    pub bucket: Option<String>,
    /// How many.
    pub in_bucket: usize,
    /// Files that a row names and that were nowhere.
    pub missing: usize,
    members: Vec<Member>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Member {
    name: String,
    bytes: u64,
    sha256: String,
}

impl Manifest {
    /// How many files of the owner's are in it, and their bytes.
    pub fn files(&self) -> (usize, u64) {
        let files = self.members.iter().filter(|m| m.name.starts_with(MEDIA));
        files.fold((0, 0), |(count, bytes), file| (count + 1, bytes + file.bytes))
    }
}

/// What is wanted of a backup.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// A file, or a folder that is there; or in a bucket.
    pub to: &'a Place,
    pub passphrase: Option<&'a str>,
    /// Files that are in the bucket, too.
    pub with_bucket: bool,
    /// Of those in a folder so many are kept, this one among them.
    pub keep: Option<usize>,
}

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// A path, or where it is in a bucket.
    pub name: String,
    pub bytes: u64,
    pub manifest: Manifest,
    /// Older ones that are gone.
    pub removed: usize,
}

/// Writes a backup beside a server that may be running. Until it is whole it has another name, or none.
///
/// Errors: nobody lives here; the disk is full, and then nothing is left of it; the bucket's.
pub fn make(config: &Config, files: &Blobs, wanted: &Wanted) -> Result<Made> {
    match wanted.to {
        Place::Disk(path) => onto_disk(config, files, wanted, path),
        Place::Bucket { bucket, name } => {
            let name = match name {
                Some(name) => name.clone(),
                None => dated_name(config, wanted)?,
            };
            into_bucket(config, files, wanted, bucket, &name)
        }
    }
}

fn onto_disk(config: &Config, files: &Blobs, wanted: &Wanted, path: &Path) -> Result<Made> {
    let (to, unfinished) = target(config, wanted, path)?;
    let unfinished = Unfinished::begin(unfinished)?;
    // Beside the backup, where there is room for it; but one that is to be sealed leaves the house in no other way.
    let copy = match wanted.passphrase {
        None => beside(&unfinished.path, ".db"),
        Some(_) => within(config)?,
    };
    let mut out = BufWriter::with_capacity(64 * 1024, &unfinished.file);
    let manifest = write(config, files, wanted, &copy, &mut out)?;
    out.into_inner().map_err(|e| e.into_error())?;
    let bytes = unfinished.file.metadata()?.len();
    unfinished.keep(&to)?;
    let mut removed = 0;
    if let (Some(keep), true) = (wanted.keep, path.is_dir()) {
        let names =
            fs::read_dir(path)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        let made = to.file_name().unwrap_or_default().to_string_lossy();
        for name in place::surplus(names, &made, keep) {
            absent(fs::remove_file(path.join(name)))?;
            removed += 1;
        }
    }
    Ok(Made { name: to.display().to_string(), bytes, manifest, removed })
}

fn into_bucket(config: &Config, files: &Blobs, wanted: &Wanted, bucket: &Bucket, name: &str) -> Result<Made> {
    let mut upload = Upload::begin(bucket, name)?;
    let manifest = match write(config, files, wanted, &within(config)?, &mut upload) {
        Ok(manifest) => manifest,
        Err(e) => return Err(place::cause(&mut upload, e)),
    };
    let bytes = upload.finish()?;
    let mut removed = 0;
    if let (Some(keep), Place::Bucket { name: None, .. }) = (wanted.keep, wanted.to) {
        for old in place::surplus(place::list(bucket)?, name, keep) {
            bucket.remove(&old)?;
            removed += 1;
        }
    }
    Ok(Made { name: format!("{}{name}", bucket.name()), bytes, manifest, removed })
}

/// For the copy of the database, where nobody else looks.
fn within(config: &Config) -> Result<PathBuf> {
    fs::create_dir_all(config.tmp())?;
    Ok(config.tmp().join(format!("backup-{}.db", std::process::id())))
}

fn write(
    config: &Config,
    files: &Blobs,
    wanted: &Wanted,
    copy: &Path,
    out: &mut dyn Write,
) -> Result<Manifest> {
    let _ = fs::remove_file(copy); // a crash left it
    snapshot::copy(&config.database(), copy)?;
    let read = read_copy(copy);
    fs::remove_file(copy)?; // the open file stays until it is closed, and a crash leaves nothing
    let (mut manifest, keys, mut database) = read?;
    manifest.created = config.clock.now().to_string();
    if keys.len() > MAX_FILES - 3 {
        return Err(Error::invalid(format!("{} files are more than a backup holds", keys.len())));
    }
    match wanted.passphrase {
        None => fill(config, files, wanted, &mut manifest, &keys, &mut database, out)?,
        Some(passphrase) => {
            let mut sealing = seal::Sealing::new(out, passphrase)?;
            fill(config, files, wanted, &mut manifest, &keys, &mut database, &mut sealing)?;
            sealing.finish()?;
        }
    }
    Ok(manifest)
}

fn fill(
    config: &Config,
    files: &Blobs,
    wanted: &Wanted,
    manifest: &mut Manifest,
    keys: &[String],
    database: &mut File,
    out: &mut dyn Write,
) -> Result<()> {
    let time = config.clock.now().seconds();
    let mut add = |name: &str, bytes: u64, fill: &mut dyn FnMut(&mut dyn Write) -> Result<()>| {
        let sum = tar::add(out, name, bytes, time, fill)?;
        Ok::<_, Error>(Member { name: name.to_owned(), bytes, sha256: sum.sha256 })
    };
    let length = database.metadata()?.len();
    manifest.members.push(add(DATABASE, length, &mut |sink| tar::pump(database, sink))?);
    if let Some(text) = absent(fs::read(config.data.join(SETTINGS)))? {
        manifest.members.push(add(SETTINGS, text.len() as u64, &mut |sink| Ok(sink.write_all(&text)?))?);
    }
    for key in keys {
        let name = format!("{MEDIA}{key}");
        match (files.open_file(key), files.bucket()) {
            (Ok((mut file, length)), _) => {
                manifest.members.push(add(&name, length, &mut |sink| tar::pump(&mut file, sink))?);
            }
            (Err(e), Some(bucket)) if e.kind == Kind::NotFound && wanted.with_bucket => {
                match bucket.size(key)? {
                    Some(length) => manifest
                        .members
                        .push(add(&name, length, &mut |sink| bucket.get(key, length, sink).map(drop))?),
                    None => manifest.missing += 1,
                }
            }
            (Err(e), Some(bucket)) if e.kind == Kind::NotFound => {
                manifest.in_bucket += 1;
                manifest.bucket = Some(bucket.name());
            }
            (Err(e), None) if e.kind == Kind::NotFound => manifest.missing += 1,
            (Err(e), _) => return Err(e),
        }
    }
    let text = serde_json::to_vec(manifest).map_err(Error::internal)?;
    add(MANIFEST, text.len() as u64, &mut |sink| Ok(sink.write_all(&text)?))?;
    tar::end(out)
}

/// What the copy says of itself, and the copy, open.
fn read_copy(copy: &Path) -> Result<(Manifest, Vec<String>, File)> {
    let c = snapshot::open(copy)?;
    let instance = store::instance::get(&c)?.ok_or_else(|| Error::invalid("nobody lives there yet"))?;
    let manifest = Manifest {
        format: 1,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: snapshot::schema(&c)?,
        created: String::new(),
        address: instance.origin,
        username: instance.username,
        bucket: None,
        in_bucket: 0,
        missing: 0,
        members: Vec::new(),
    };
    let keys = snapshot::files(&c)?;
    drop(c);
    Ok((manifest, keys, File::open(copy)?))
}

/// What one in a folder is called.
fn dated_name(config: &Config, wanted: &Wanted) -> Result<String> {
    let time = config.clock.now().to_jiff().strftime("%Y-%m-%d-%H%M");
    let ending = if wanted.passphrase.is_some() { "tar.sealed" } else { "tar" };
    Ok(format!("taure-{}-{time}.{ending}", server(config)?))
}

fn server(config: &Config) -> Result<String> {
    let instance = store::instance::get(&snapshot::open(&config.database())?)?;
    Ok(instance.map_or(String::new(), |instance| instance.domain.replace([':', '/'], "-")))
}

/// Where to, and what it is called until it is whole: always the same, so that the next one takes away what a crash left.
/// A folder gets a file with a date in its name. Only a backup is written over.
fn target(config: &Config, wanted: &Wanted, to: &Path) -> Result<(PathBuf, PathBuf)> {
    if to.is_dir() {
        let unfinished = to.join(format!("taure-{}.unfinished", server(config)?));
        return Ok((to.join(dated_name(config, wanted)?), unfinished));
    }
    let both = (to.to_owned(), beside(to, ".unfinished"));
    let mut head = Vec::new();
    match File::open(to) {
        Ok(file) => drop(file.take(512).read_to_end(&mut head)?),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(both),
        Err(e) => return Err(Error::invalid(format!("{} cannot be written", to.display())).because(e)),
    }
    match head.starts_with(seal::MAGIC) || head.starts_with(b"taure.db\0") {
        true => Ok(both),
        false => Err(Error::invalid(format!("{} is no backup of Taure, so it stays as it is", to.display()))),
    }
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

pub(super) fn absent<T>(done: std::io::Result<T>) -> Result<Option<T>> {
    match done {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        done => Ok(Some(done?)),
    }
}

/// A file on its way: gone again unless it is kept.
pub(super) struct Unfinished {
    path: PathBuf,
    pub(super) file: File,
    kept: bool,
}

impl Unfinished {
    /// Errors: another one is on its way to the same place.
    pub(super) fn begin(path: PathBuf) -> Result<Unfinished> {
        let refused = |e: std::io::Error| {
            let kind = Error::from(std::io::Error::from(e.kind())).kind;
            Error::new(kind, format!("{} cannot be written", path.display())).because(e)
        };
        let written_already = || Error::invalid(format!("{} is being written already", path.display()));
        // What a crash left goes: it may be another's to read, or a link to somewhere else.
        if let Ok(left) = File::options().write(true).open(&path) {
            left.try_lock().map_err(|_| written_already())?;
        }
        absent(fs::remove_file(&path))?;
        let file = File::options().write(true).create_new(true).mode(0o600).open(&path).map_err(refused)?;
        file.try_lock().map_err(|_| written_already())?;
        Ok(Unfinished { path, file, kept: false })
    }

    pub(super) fn keep(mut self, to: &Path) -> Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, to)?;
        self.kept = true;
        let folder = to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        Ok(File::open(folder)?.sync_all()?)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

// --- and back

/// Looks through a whole backup: all sums, and the database in it, which is unpacked into a folder for that and removed.
///
/// Errors: what is wrong with it.
pub fn verify(from: Source, passphrase: Option<&str>) -> Result<(Manifest, snapshot::Counts)> {
    let folder = snapshot::passing_folder()?;
    let looked = (|| {
        let (name, database) = (from.name.clone(), folder.join(DATABASE));
        let manifest = take_database(from, passphrase, &folder)?;
        let c = snapshot::open(&database)?;
        let looked = snapshot::check(&c).and_then(|()| snapshot::counts(&c));
        Ok((manifest, looked.map_err(|e| named(&name, e))?))
    })();
    let _ = fs::remove_dir_all(&folder); // what was found out is what counts
    looked
}

/// Puts the database of a backup, which is looked through for that, into a folder: `taure.db`.
///
/// Errors: what is wrong with the backup.
pub fn take_database(from: Source, passphrase: Option<&str>, folder: &Path) -> Result<Manifest> {
    let name = from.name.clone();
    let taken = (|| {
        let manifest = unpack(&mut *open(from, passphrase)?, folder, false)?;
        check_schema(&snapshot::open(&folder.join(DATABASE))?, &manifest)?;
        Ok(manifest)
    })();
    taken.map_err(|e| named(&name, e))
}

/// What a restored server begins with.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    pub counts: snapshot::Counts,
    /// Posts whose time has come since the backup: they wait for the owner.
    pub held: usize,
}

/// Unpacks a backup into a folder that is empty or not there. It stands in a folder within until all of it is checked.
///
/// Errors: the folder has something in it; what is wrong with the backup. Nothing is left then.
pub fn restore(from: Source, passphrase: Option<&str>, data: &Path, now: Timestamp) -> Result<Restored> {
    let name = &from.name.clone();
    let mut input = open(from, passphrase).map_err(|e| named(name, e))?;
    let part = data.join("restoring");
    let was_there = data.exists();
    refuse_unless_empty(data)?;
    snapshot::make_folder(&part)?;
    let done = (|| {
        let manifest = unpack(&mut *input, &part, true).map_err(|e| named(name, e))?;
        let mut c = snapshot::open(&part.join(DATABASE))?;
        check_schema(&c, &manifest).map_err(|e| named(name, e))?;
        let held = snapshot::go_on(&mut c, now)?;
        let counts = snapshot::counts(&c)?;
        drop(c);
        rustix::fs::sync(); // thousands of files at once
        Ok(Restored { manifest, counts, held })
    })();
    if done.is_err() {
        let _ = fs::remove_dir_all(if was_there { &part } else { data }); // the first error is the one to tell
        return done;
    }
    // The database last: without one, nobody lives here.
    for name in ["media", SETTINGS, DATABASE] {
        absent(fs::rename(part.join(name), data.join(name)))?;
    }
    fs::remove_dir(&part)?;
    File::open(data)?.sync_all()?;
    done
}

fn refuse_unless_empty(data: &Path) -> Result<()> {
    let Some(entries) = absent(fs::read_dir(data))? else { return Ok(()) };
    let mut left = Vec::new();
    for entry in entries {
        left.push(entry?.file_name());
    }
    left.retain(|name| name != "lost+found");
    // What an interrupted one left is all there is: what it unpacked, and what was in its place already.
    if left.iter().any(|name| name == "restoring")
        && left.iter().all(|name| name == "restoring" || name == "media" || name == SETTINGS)
    {
        for name in left.drain(..) {
            let path = data.join(&name);
            if name == SETTINGS { fs::remove_file(path)? } else { fs::remove_dir_all(path)? }
        }
    }
    match left.is_empty() {
        true => Ok(()),
        false => Err(Error::invalid(format!(
            "{} is not empty; a backup is restored into an empty folder, or one that is not there yet",
            data.display()
        ))),
    }
}

fn named(name: &str, e: Error) -> Error {
    match e.kind {
        Kind::Invalid => Error::invalid(format!("{name}: {}", e.public)),
        _ => e,
    }
}

fn open(from: Source, passphrase: Option<&str>) -> Result<Box<dyn Read>> {
    let mut input = from.input;
    let mut head = [0; seal::MAGIC.len()];
    input.read_exact(&mut head).map_err(unreadable)?;
    if &head != seal::MAGIC {
        return Ok(Box::new(std::io::Cursor::new(head).chain(input)));
    }
    match passphrase {
        Some(passphrase) => Ok(Box::new(seal::Opening::new(input, passphrase)?)),
        None => Err(Error::invalid(
            "it is sealed: say the passphrase with --passphrase-stdin or in TAURE_BACKUP_PASSPHRASE",
        )),
    }
}

/// Reads an archive to its end and compares it with its manifest. The database goes into the folder, and with `whole`
/// everything. Whoever wrote it may mean harm: only our own names are taken, each once.
fn unpack(input: &mut dyn Read, into: &Path, whole: bool) -> Result<Manifest> {
    let mut found: HashMap<String, Sum> = HashMap::new();
    let manifest = loop {
        let Some((name, bytes)) = tar::next(input)? else {
            return Err(Error::invalid("it has no manifest, so it is not whole"));
        };
        if name == MANIFEST {
            break read_manifest(input, bytes)?;
        }
        let is_ours = match name.strip_prefix(MEDIA) {
            Some(key) => blobs::mime(key).is_some(),
            None => name == DATABASE || (name == SETTINGS && bytes <= MAX_TEXT),
        };
        if !is_ours || found.contains_key(&name) || found.len() >= MAX_FILES {
            return Err(Error::invalid(format!("it holds {name:?}, which no backup of Taure does")));
        }
        let sum = match whole || name == DATABASE {
            true => {
                let path = into.join(&name);
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                let mut file = File::options().write(true).create_new(true).mode(0o600).open(path)?;
                tar::content(input, bytes, &mut file)?
            }
            false => tar::content(input, bytes, &mut std::io::sink())?,
        };
        found.insert(name, sum);
    };
    tar::rest(input)?;
    let told = manifest.members.len();
    for member in &manifest.members {
        let sum = Sum { bytes: member.bytes, sha256: member.sha256.clone() };
        if found.get(&member.name) != Some(&sum) {
            return Err(Error::invalid(format!("{} in it is missing or damaged", member.name)));
        }
    }
    if told != found.len() || !found.contains_key(DATABASE) {
        return Err(Error::invalid("it holds other things than its manifest says"));
    }
    Ok(manifest)
}

fn read_manifest(input: &mut dyn Read, bytes: u64) -> Result<Manifest> {
    if bytes > MAX_MANIFEST {
        return Err(Error::invalid("its manifest is too large"));
    }
    let mut text = Vec::new();
    tar::content(input, bytes, &mut text)?;
    let manifest: Manifest = serde_json::from_slice(&text)
        .map_err(|e| Error::invalid("its manifest cannot be read").because(e))?;
    match manifest.format {
        1 => Ok(manifest),
        _ => Err(newer(&manifest)),
    }
}

fn newer(manifest: &Manifest) -> Error {
    Error::invalid(format!("taure {} wrote it, which is newer; install that version first", manifest.version))
}

fn check_schema(c: &rusqlite::Connection, manifest: &Manifest) -> Result<()> {
    let schema = snapshot::schema(c)?;
    if schema > store::VERSION {
        return Err(newer(manifest));
    }
    match schema == manifest.schema && schema > 0 {
        true => Ok(()),
        false => {
            Err(Error::invalid(format!("its database has schema {schema}, which its manifest does not say")))
        }
    }
}
