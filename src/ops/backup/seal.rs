//! A file that only a passphrase opens: Argon2id makes the key, ChaCha20-Poly1305 seals one piece after the other.
//!
//! `taure-sealed-1\n`, 16 bytes of salt, then pieces of 64 KiB with 16 bytes of tag each. The nonce of a piece is its
//! number and whether it is the last one, so that none can be left out, moved or cut off: the STREAM construction,
//! <https://eprint.iacr.org/2015/189>. The salt is new for each file, and so is the key.
//! <https://www.rfc-editor.org/rfc/rfc8439>, <https://www.rfc-editor.org/rfc/rfc9106>

use crate::error::{Error, Result};
use argon2::{Algorithm, Argon2, Params, Version};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};
use std::io::{self, Read, Write};

pub const MAGIC: &[u8; 15] = b"taure-sealed-1\n";
const SALT: usize = 16;
const PIECE: usize = 64 * 1024;
const TAG: usize = 16;
/// As RFC 9106 proposes where memory is short: 64 MiB, three passes. Whoever has the file has all the time of the world.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// Seals what is written to it; [`Sealing::finish`] is the end.
pub struct Sealing<W: Write> {
    out: W,
    key: Key,
    piece: Vec<u8>,
}

/// Opens what was sealed.
pub struct Opening<R: Read> {
    input: R,
    key: Key,
    /// The piece that is open, and how much of it was read.
    piece: Vec<u8>,
    at: usize,
    /// The first byte of the next piece.
    ahead: Option<u8>,
    begun: bool,
}

struct Key {
    key: LessSafeKey,
    number: u64,
    /// What stands before the pieces.
    head: Vec<u8>,
}

impl Key {
    fn new(passphrase: &str, salt: &[u8; SALT]) -> Result<Key> {
        let fault = |e: argon2::Error| Error::internal(e.to_string());
        let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(fault)?;
        let mut bytes = [0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), salt, &mut bytes)
            .map_err(fault)?;
        let key = UnboundKey::new(&CHACHA20_POLY1305, &bytes).map_err(|e| Error::internal(e.to_string()))?;
        Ok(Key { key: LessSafeKey::new(key), number: 0, head: [MAGIC, &salt[..]].concat() })
    }

    /// A nonce is used once: numbers only go up.
    fn nonce(&mut self, last: bool) -> Nonce {
        let mut nonce = [0; 12];
        nonce[3..11].copy_from_slice(&self.number.to_be_bytes());
        nonce[11] = u8::from(last);
        self.number += 1;
        Nonce::assume_unique_for_key(nonce)
    }

    fn seal(&mut self, piece: &mut Vec<u8>, last: bool) -> io::Result<()> {
        let nonce = self.nonce(last);
        let sealed = self.key.seal_in_place_append_tag(nonce, Aad::from(&self.head), piece);
        sealed.map_err(|_| io::Error::other("a piece could not be sealed"))
    }

    fn open(&mut self, piece: &mut Vec<u8>, last: bool) -> io::Result<()> {
        let first = self.number == 0;
        let nonce = self.nonce(last);
        let length = self.key.open_in_place(nonce, Aad::from(&self.head), piece).map(|open| open.len());
        let length = length.map_err(|_| {
            damaged(if first { "the passphrase is another one, or the file is damaged" } else { DAMAGED })
        })?;
        piece.truncate(length);
        Ok(())
    }
}

const DAMAGED: &str = "it is damaged or not whole";

fn damaged(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

impl<W: Write> Sealing<W> {
    pub fn new(mut out: W, passphrase: &str) -> Result<Sealing<W>> {
        let mut salt = [0; SALT];
        getrandom::fill(&mut salt).map_err(Error::internal)?;
        let key = Key::new(passphrase, &salt)?;
        out.write_all(&key.head)?;
        Ok(Sealing { out, key, piece: Vec::with_capacity(PIECE + TAG) })
    }

    pub fn finish(mut self) -> Result<W> {
        self.key.seal(&mut self.piece, true)?;
        self.out.write_all(&self.piece)?;
        Ok(self.out)
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Only now is it known that the last one was not the last.
        if self.piece.len() == PIECE && !bytes.is_empty() {
            self.key.seal(&mut self.piece, false)?;
            self.out.write_all(&self.piece)?;
            self.piece.clear();
        }
        let n = bytes.len().min(PIECE - self.piece.len());
        self.piece.extend_from_slice(&bytes[..n]);
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(()) // a piece goes out when it is full
    }
}

impl<R: Read> Opening<R> {
    /// `input` stands behind [`MAGIC`].
    pub fn new(mut input: R, passphrase: &str) -> Result<Opening<R>> {
        let mut salt = [0; SALT];
        input.read_exact(&mut salt).map_err(super::tar::unreadable)?;
        let key = Key::new(passphrase, &salt)?;
        Ok(Opening { input, key, piece: Vec::new(), at: 0, ahead: None, begun: false })
    }

    /// The next piece; `false`: that was the last one.
    fn advance(&mut self) -> io::Result<bool> {
        if self.begun && self.ahead.is_none() {
            return Ok(false);
        }
        self.begun = true;
        self.piece.clear();
        self.at = 0;
        self.piece.extend(self.ahead.take());
        let missing = PIECE + TAG - self.piece.len();
        Read::take(&mut self.input, missing as u64).read_to_end(&mut self.piece)?;
        let mut ahead = [0];
        self.ahead = match self.piece.len() == PIECE + TAG && self.input.read(&mut ahead)? == 1 {
            true => Some(ahead[0]),
            false => None,
        };
        self.key.open(&mut self.piece, self.ahead.is_none())?;
        Ok(true)
    }
}

impl<R: Read> Read for Opening<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() {
            if !self.advance()? {
                return Ok(0);
            }
        }
        let n = to.len().min(self.piece.len() - self.at);
        to[..n].copy_from_slice(&self.piece[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "correct horse battery";

    fn sealed(content: &[u8]) -> Vec<u8> {
        let mut sealing = Sealing::new(Vec::new(), WORDS).unwrap();
        sealing.write_all(content).unwrap();
        sealing.finish().unwrap()
    }

    fn opened(sealed: &[u8], words: &str) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        Opening::new(&sealed[MAGIC.len()..], words).unwrap().read_to_end(&mut out)?;
        Ok(out)
    }

    #[test]
    fn what_is_sealed_is_opened_by_its_passphrase_alone() {
        for length in [0, 1, PIECE, PIECE + 1, 2 * PIECE] {
            let content: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let sealed = sealed(&content);
            let pieces = length.div_ceil(PIECE).max(1);
            assert_eq!(sealed.len(), MAGIC.len() + SALT + length + pieces * TAG);
            assert_eq!(opened(&sealed, WORDS).unwrap(), content);
        }
        let told = opened(&sealed(b"hello"), "another").unwrap_err();
        assert!(told.to_string().contains("passphrase"), "{told}");
    }

    #[test]
    fn nothing_can_be_cut_off_moved_or_changed() {
        let whole = sealed(&[7; 3 * PIECE]);
        let head = MAGIC.len() + SALT;
        let piece = PIECE + TAG;
        let refused = |bytes: &[u8]| opened(bytes, WORDS).is_err();
        assert!(refused(&whole[..whole.len() - 1]) && refused(&whole[..head + 2 * piece]), "cut off");
        assert!(refused(&whole[..head]), "nothing left");
        let moved =
            [&whole[..head], &whole[head + piece..head + 2 * piece], &whole[head..head + piece]].concat();
        assert!(refused(&moved));
        let left_out = [&whole[..head], &whole[head + piece..]].concat();
        assert!(refused(&left_out));
        assert!(refused(&[&whole[..], b"x"].concat()), "added");
        let mut changed = whole;
        changed[head + piece + 5] ^= 1;
        assert!(refused(&changed));
    }
}
