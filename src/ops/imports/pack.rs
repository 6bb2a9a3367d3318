//! What is handed in, as named files that can be read in any order: a zip, a tar (packed or not), a folder, or one file.
//!
//! Nothing is unpacked under a name of the archive's, so there is no path to break out of. Of each member only a hash of
//! its name and its place are kept: half a million of them are 8 MB. Sizes that an archive declares are not believed: no
//! more than was declared is ever read, and whoever opens a member says how large it may be.

use super::zip;
use crate::error::{Error, Result};
use crate::ops::backup::tar;
use flate2::Crc;
use flate2::read::{DeflateDecoder, GzDecoder};
use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Members of one archive.
pub const MEMBERS: usize = 500_000;
/// Longest name of one, in bytes.
pub const NAME: usize = 1_024;
/// A packed tar is unpacked to be read; a bomb ends here.
const UNPACKED: u64 = 64 << 30;

pub struct Pack {
    /// The archive, or the folder.
    path: PathBuf,
    shape: Shape,
    /// Of what was unpacked to be read.
    packed: Option<String>,
    /// Hash of the name, place; sorted.
    index: Vec<(u64, u64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Zip,
    Tar,
    Folder,
    /// One file, whose name nobody asks for.
    File,
}

/// A member, and how to get at it.
#[derive(Debug, Clone, Default)]
pub struct Member {
    pub name: String,
    /// What it is when unpacked, as was declared.
    pub bytes: u64,
    pub packed: u64,
    /// Where its content begins; of a zip, its local header.
    pub at: u64,
    pub deflated: bool,
    pub crc: Option<u32>,
    /// No plain file, or one that cannot be read: encrypted, a link, a folder.
    pub odd: bool,
}

impl Pack {
    /// Opens what is at `path`. A packed tar is unpacked into `room`, once; `fits` is asked before each piece.
    ///
    /// Errors: `Invalid` for an archive that is damaged, or has too many members.
    pub fn open(path: &Path, room: &Path, fits: &mut dyn FnMut(u64) -> Result<()>) -> Result<Pack> {
        let about = fs::metadata(path).map_err(|e| unreadable(path, e))?;
        if about.is_dir() {
            return Ok(Pack { path: path.to_owned(), shape: Shape::Folder, packed: None, index: Vec::new() });
        }
        let mut head = [0; 512];
        let mut file = File::open(path).map_err(|e| unreadable(path, e))?;
        let read = read_some(&mut file, &mut head)?;
        let (mut path, mut shape, mut packed) = (path.to_owned(), shape(&head[..read]), None);
        if head.starts_with(&[0x1f, 0x8b]) {
            let mut inside = [0; 512];
            let mut unpacked = GzDecoder::new(File::open(&path)?);
            // A packed table, say, is nothing that is known here.
            let read = read_some(&mut unpacked, &mut inside).map_err(|e| damaged().because(e))?;
            if self::shape(&inside[..read]) == Shape::Tar {
                let source =
                    Pack { path: path.clone(), shape, packed: None, index: Vec::new() }.fingerprint()?;
                path = unpack(&path, &room.join(format!("{source}.tar")), fits)?;
                packed = Some(source);
                shape = Shape::Tar;
            }
        }
        let mut pack = Pack { path, shape, packed, index: Vec::new() };
        let mut index = Vec::new();
        let mut add = |member: &Member, place: u64| {
            if member.odd {
                return Ok(());
            }
            if index.len() >= MEMBERS {
                return Err(Error::invalid("The archive has too many files"));
            }
            index.push((hash(&member.name), place));
            Ok(())
        };
        let listed = match shape {
            Shape::Zip => zip::each(&mut File::open(&pack.path)?, &mut add),
            Shape::Tar => each_of_tar(&mut File::open(&pack.path)?, &mut add),
            Shape::Folder | Shape::File => Ok(()),
        };
        listed.inspect_err(|_| pack.forget(room))?;
        index.sort_unstable();
        pack.index = index;
        Ok(pack)
    }

    pub fn is_archive(&self) -> bool {
        self.shape != Shape::File
    }

    /// The first bytes of a single file, for whoever knows a table by its first line.
    pub fn head(&self) -> Result<Vec<u8>> {
        let mut head = vec![0; 8 * 1024];
        let read = match self.shape {
            Shape::File => read_some(&mut File::open(&self.path)?, &mut head)?,
            _ => 0,
        };
        head.truncate(read);
        Ok(head)
    }

    /// The single file itself.
    pub fn file(&self) -> Result<File> {
        Ok(File::open(&self.path)?)
    }

    /// What tells the same thing given twice: how long it is, its beginning and its end.
    pub fn fingerprint(&self) -> Result<String> {
        if let Some(packed) = &self.packed {
            return Ok(packed.clone());
        }
        let mut nowhere = io::sink();
        let mut sum = tar::Summing::into(&mut nowhere);
        let mut file = match self.shape {
            Shape::Folder => match self.find("outbox.json")?.or(self.find("actor.json")?) {
                Some(member) => File::open(self.path.join(member.name))?,
                None => return Err(Error::invalid("There is nothing in this folder that Taure knows")),
            },
            _ => File::open(&self.path)?,
        };
        let bytes = file.metadata()?.len();
        sum.write_all(&bytes.to_le_bytes())?;
        io::copy(&mut (&mut file).take(1 << 20), &mut sum)?;
        file.seek(SeekFrom::Start(bytes.saturating_sub(1 << 20)))?;
        io::copy(&mut file.take(1 << 20), &mut sum)?;
        Ok(sum.sum().sha256)
    }

    /// A member by its name; `None`: there is none, or it is no plain file.
    ///
    /// Errors: the archive changed or cannot be read.
    pub fn find(&self, name: &str) -> Result<Option<Member>> {
        let name = name.trim_start_matches('/');
        if self.shape == Shape::Folder {
            return Ok(self.in_folder(name));
        }
        let wanted = hash(name);
        let from = self.index.partition_point(|(hash, _)| *hash < wanted);
        for (_, place) in self.index[from..].iter().take_while(|(hash, _)| *hash == wanted) {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(*place))?;
            let member = match self.shape {
                Shape::Zip => zip::header(&mut BufReader::new(file))?,
                _ => header_of_tar(&mut file)?.map(|(member, _)| member),
            };
            if let Some(member) = member.filter(|m| m.name == name) {
                return Ok(Some(member));
            }
        }
        Ok(None)
    }

    /// Only names that lead down, and only through real folders to a real file.
    fn in_folder(&self, name: &str) -> Option<Member> {
        let mut path = self.path.clone();
        for part in name.split('/') {
            if part.is_empty() || part == "." || part == ".." || part.contains(['\0', '\\']) {
                return None;
            }
            path.push(part);
            if fs::symlink_metadata(&path).ok()?.file_type().is_symlink() {
                return None;
            }
        }
        let about = fs::symlink_metadata(&path).ok().filter(|about| about.is_file())?;
        Some(Member { name: name.to_owned(), bytes: about.len(), ..Member::default() })
    }

    /// Removes what was unpacked of it, if anything was.
    pub fn forget(&self, room: &Path) {
        if let Some(source) = &self.packed {
            forget(room, source);
        }
    }

    /// The content of a member, and no more of it than was declared. What is shorter or damaged ends in an error.
    pub fn open_member(&self, member: &Member) -> Result<Box<dyn Read>> {
        if self.shape == Shape::Folder {
            return Ok(Box::new(
                BufReader::new(File::open(self.path.join(&member.name))?).take(member.bytes),
            ));
        }
        let mut file = File::open(&self.path)?;
        let at = if self.shape == Shape::Zip { zip::content(&mut file, member.at)? } else { member.at };
        file.seek(SeekFrom::Start(at))?;
        let file = BufReader::with_capacity(64 * 1024, file);
        let checked = |inner| Checked { inner, left: member.bytes, sum: member.crc, crc: Crc::new() };
        Ok(match (self.shape, member.deflated) {
            (Shape::Zip, true) => {
                Box::new(checked(Box::new(DeflateDecoder::new(file.take(member.packed))) as _))
            }
            _ => Box::new(checked(Box::new(file) as _)),
        })
    }

    /// A small document, whole.
    ///
    /// Errors: `Invalid` when it is larger than `most`, or damaged.
    pub fn read(&self, member: &Member, most: u64) -> Result<Vec<u8>> {
        if member.bytes > most {
            return Err(Error::invalid(format!("{} is too large", member.name)));
        }
        let mut content = Vec::new();
        self.open_member(member)?.read_to_end(&mut content).map_err(|e| damaged().because(e))?;
        Ok(content)
    }
}

/// Reads what was declared, and says when that was not what is there.
struct Checked {
    inner: Box<dyn Read>,
    left: u64,
    sum: Option<u32>,
    crc: Crc,
}

impl Read for Checked {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            let wrong = self.left == 0 && self.sum.is_some_and(|sum| sum != self.crc.sum());
            return if wrong { Err(io::ErrorKind::InvalidData.into()) } else { Ok(0) };
        }
        let read = self.inner.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.crc.update(&buffer[..read]);
        self.left -= read as u64;
        Ok(read)
    }
}

pub fn damaged() -> Error {
    Error::invalid("The archive is damaged")
}

fn unreadable(path: &Path, e: io::Error) -> Error {
    Error::invalid(format!("{} cannot be read", path.display())).because(e)
}

fn shape(head: &[u8]) -> Shape {
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Shape::Zip,
        head if head.get(257..262) == Some(b"ustar") => Shape::Tar,
        _ => Shape::File,
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// As much as there is.
fn read_some(from: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut read = 0;
    while read < buffer.len() {
        match from.read(&mut buffer[read..])? {
            0 => break,
            n => read += n,
        }
    }
    Ok(read)
}

/// The tar inside, beside its archive's other traces. A half one has another name, and is made again.
fn unpack(path: &Path, whole: &Path, fits: &mut dyn FnMut(u64) -> Result<()>) -> Result<PathBuf> {
    if whole.exists() {
        return Ok(whole.to_owned());
    }
    whole.parent().map_or(Ok(()), fs::create_dir_all)?;
    let half = whole.with_extension(format!("half-{}", std::process::id()));
    let written = (|| {
        let mut out = File::create(&half)?;
        let mut from = GzDecoder::new(BufReader::with_capacity(64 * 1024, File::open(path)?));
        let (mut buffer, mut bytes) = (vec![0; 256 * 1024], 0);
        loop {
            let read = read_some(&mut from, &mut buffer).map_err(|e| damaged().because(e))?;
            if read == 0 {
                break;
            }
            bytes += read as u64;
            if bytes > UNPACKED {
                return Err(Error::invalid("The archive is too large when unpacked"));
            }
            fits(read as u64)?;
            out.write_all(&buffer[..read])?;
        }
        fs::rename(&half, whole)?;
        Ok(())
    })();
    if let Err(e) = written {
        let _ = fs::remove_file(&half); // the first error is the one to tell
        return Err(e);
    }
    Ok(whole.to_owned())
}

/// Removes what a packed tar was unpacked into.
pub fn forget(room: &Path, source: &str) {
    let _ = fs::remove_file(room.join(format!("{source}.tar"))); // mostly there is none
}

fn each_of_tar(file: &mut File, add: &mut dyn FnMut(&Member, u64) -> Result<()>) -> Result<()> {
    let mut at = 0;
    loop {
        file.seek(SeekFrom::Start(at))?;
        let Some((member, next)) = header_of_tar(file)? else { return Ok(()) };
        add(&member, at)?;
        at = next;
    }
}

/// The member whose header, or whose long name, is here, and where the next one is.
fn header_of_tar(file: &mut File) -> Result<Option<(Member, u64)>> {
    let mut long = None;
    loop {
        let begin = file.stream_position()?;
        let Some(header) = tar::any(file).map_err(|e| damaged().because(e))? else { return Ok(None) };
        let content = begin + tar::BLOCK as u64;
        let next = header
            .bytes
            .checked_add(content)
            .and_then(|end| end.checked_next_multiple_of(tar::BLOCK as u64))
            .ok_or_else(damaged)?;
        match header.kind {
            b'L' | b'x' if header.bytes <= 64 * 1024 => {
                let mut text = vec![0; header.bytes as usize];
                file.read_exact(&mut text).map_err(|e| damaged().because(e))?;
                long = long_name(header.kind, &text).or(long);
                file.seek(SeekFrom::Start(next))?;
            }
            kind => {
                let name = long.unwrap_or(header.name);
                let odd = !matches!(kind, b'0' | 0) || name.len() > NAME;
                let name = name.trim_start_matches("./").trim_start_matches('/').to_owned();
                return Ok(Some((
                    Member { name, bytes: header.bytes, at: content, odd, ..Member::default() },
                    next,
                )));
            }
        }
    }
}

/// GNU's way to say a long name, and that of POSIX: `27 path=...\n`.
fn long_name(kind: u8, text: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(text).ok()?;
    match kind {
        b'L' => Some(text.trim_end_matches('\0').to_owned()),
        _ => text.lines().find_map(|line| line.split_once(" path=")).map(|(_, path)| path.to_owned()),
    }
}
