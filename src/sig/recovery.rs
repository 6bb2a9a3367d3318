//! The recovery phrase: 24 words on paper, out of which the keys of an instance can be made again.
//!
//! The words are BIP-39's (<https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki>), English: 256 bits of a seed
//! and 8 bits of its SHA-256, eleven bits a word. The seed itself goes into the keys, not what BIP-39 stretches from it:
//!
//! - A stream of bytes for a name is HKDF-SHA256 (RFC 5869) of the seed, with `SALT` and the name as `info`.
//! - The seed of the Ed25519 key `owner-ed25519` is the 32 bytes of that name.
//! - RSA keys (`owner-rsa`, `instance-rsa`) have 2048 bits and the exponent 65537. Candidates for p are the 128 bytes, most
//!   significant first, of the names `owner-rsa/p/0`, `owner-rsa/p/1` and so on, with the two highest bits and the lowest
//!   one set. The first that is prime, with p mod 65537 other than 1, is taken. q is found by `owner-rsa/q/0` in the same
//!   way, and one that begins with the same 12 bytes as p is passed over. The larger is called p.
//!
//! So no change of a library changes a key. This must stay as it is for ever, and the tests below pin it.

use super::PrivateKey;
use crate::error::{Error, Result};
use ring::hkdf;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::io::Read as _;

const SALT: &[u8] = b"taure-recovery-1";
/// Words of a phrase.
pub const WORDS: usize = 24;
/// More is no phrase.
const LONGEST: usize = 4 * 1024;
/// As written by `build.rs`: of each word how many letters it shares with the one before, and the others; deflated.
const PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/recovery.z"));
const EXPONENT: u32 = 65_537;
/// Bytes of a prime.
const PRIME: usize = 128;
/// Most candidates fall to a prime below this, long before the slow test.
const SMALL: u32 = 2_000;

/// What the words stand for. Whoever has it is the owner.
#[derive(Clone)]
pub struct Seed([u8; 32]);

impl Seed {
    pub fn fresh() -> Result<Seed> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        Ok(Seed(bytes))
    }

    /// The 24 words, in small letters with a space between.
    pub fn phrase(&self) -> String {
        let list = words();
        let all = [&self.0[..], &[self.checksum()]].concat();
        let at = |word: usize| (word * 11..word * 11 + 11).fold(0, |n, bit| n << 1 | bit_of(&all, bit));
        (0..WORDS).filter_map(|word| list.get(at(word)).map(String::as_str)).collect::<Vec<_>>().join(" ")
    }

    /// Reads what somebody typed off a sheet of paper: in capitals, numbered, on several lines, or four letters of each
    /// word, which are enough for any of them.
    ///
    /// Errors: which word is none, and what to look at.
    pub fn read(text: &str) -> Result<Seed> {
        let text = if text.len() > LONGEST { String::new() } else { text.to_lowercase() };
        let typed: Vec<&str> =
            text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        let (list, mut all, mut unknown) = (words(), [0_u8; 33], Vec::new());
        for (n, word) in typed.iter().take(WORDS).enumerate() {
            // A word that is there itself stands before those that begin with it.
            match list.iter().position(|known| known == word || word.len() == 4 && known.starts_with(word)) {
                Some(index) => (0..11).for_each(|bit| {
                    let place = n * 11 + bit;
                    all[place / 8] |= u8::from(index >> (10 - bit) & 1 == 1) << (7 - place % 8);
                }),
                None => unknown.push(format!("{} ({word})", n + 1)),
            }
        }
        if !unknown.is_empty() {
            return Err(Error::invalid(format!(
                "these words are not in the list of English words that phrases are made of: number {}",
                unknown.join(", ")
            )));
        }
        if typed.len() != WORDS {
            return Err(Error::invalid(format!("a phrase has {WORDS} words, and these are {}", typed.len())));
        }
        let mut seed = Seed([0; 32]);
        seed.0.copy_from_slice(&all[..32]);
        match seed.checksum() == all[32] {
            true => Ok(seed),
            false => Err(Error::invalid(
                "each of these words may stand in a phrase, but together they are none: one of them is another word, or two changed places",
            )),
        }
    }

    fn checksum(&self) -> u8 {
        Sha256::digest(self.0)[0]
    }

    fn stream<const N: usize>(&self, name: &str) -> Result<[u8; N]> {
        let mut out = [0; N];
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, SALT).extract(&self.0);
        let filled = prk.expand(&[name.as_bytes()], Long(N)).and_then(|okm| okm.fill(&mut out));
        filled.map_err(|_| Error::internal("HKDF gave nothing"))?;
        Ok(out)
    }

    pub fn ed25519(&self, name: &str) -> Result<PrivateKey> {
        Ok(PrivateKey::ed25519_of(&self.stream(name)?))
    }

    /// Takes some tenths of a second.
    pub fn rsa(&self, name: &str) -> Result<PrivateKey> {
        let small: Vec<u32> = (3..SMALL)
            .step_by(2)
            .filter(|n| (3..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0))
            .collect();
        let search = |which: &str, passed_over: &[u8]| {
            for n in 0.. {
                let mut candidate: [u8; PRIME] = self.stream(&format!("{name}/{which}/{n}"))?;
                candidate[0] |= 0b1100_0000;
                candidate[PRIME - 1] |= 1;
                let fits = remainder(&candidate, EXPONENT) != 1 && candidate[..12] != *passed_over;
                if fits
                    && small.iter().all(|p| remainder(&candidate, *p) != 0)
                    && super::keys::is_prime(&candidate)?
                {
                    return Ok(candidate);
                }
            }
            Err(Error::internal("no prime was found"))
        };
        let p = search("p", &[])?;
        let q = search("q", &p[..12])?;
        PrivateKey::rsa_of(p.max(q), p.min(q), EXPONENT)
    }
}

/// Never the seed itself: this may end in a log.
impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seed(..)")
    }
}

/// The length of a stream, as `ring` wants to hear it.
struct Long(usize);

impl hkdf::KeyType for Long {
    fn len(&self) -> usize {
        self.0
    }
}

fn bit_of(bytes: &[u8], bit: usize) -> usize {
    usize::from(bytes[bit / 8] >> (7 - bit % 8) & 1)
}

/// Of a number, most significant byte first.
fn remainder(number: &[u8; PRIME], by: u32) -> u32 {
    let words = number.chunks_exact(4).map(|c| u32::from_be_bytes([c[0], c[1], c[2], c[3]]));
    words.fold(0, |rest, word| ((u64::from(rest) << 32 | u64::from(word)) % u64::from(by)) as u32)
}

/// The 2,048 words, in their order, which is that of the alphabet.
fn words() -> Vec<String> {
    let (mut packed, mut words) = (Vec::new(), Vec::<String>::new());
    // What the build packed unpacks; without words no phrase could be read, and that would be told.
    let _ = flate2::read::DeflateDecoder::new(PACKED).read_to_end(&mut packed);
    for byte in packed {
        match (byte, words.last_mut()) {
            (b'a'..=b'z', Some(word)) => word.push(char::from(byte)),
            (shared, last) => {
                let begin =
                    last.map_or("", |last| last.get(..usize::from(shared)).unwrap_or_default()).to_owned();
                words.push(begin);
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASE: &str = "abandon amount liar amount expire adjust cage candy arch gather drum bullet absurd math era live bid rhythm alien crouch range attend journey unaware";

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    fn counted() -> Seed {
        Seed(std::array::from_fn(|n| n as u8))
    }

    fn why(text: &str) -> String {
        Seed::read(text).err().map_or_else(|| panic!("{text} was read"), |e| e.public)
    }

    #[test]
    fn the_list_is_that_of_bip_39() {
        let list = words();
        assert_eq!(list.len(), 2_048);
        assert_eq!(
            hex(&Sha256::digest(list.join("\n") + "\n")),
            "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
        );
        let zeros = Seed([0; 32]).phrase();
        assert_eq!(zeros, format!("{}art", "abandon ".repeat(23)), "the first vector of BIP-39");
        assert_eq!(Seed([0xff; 32]).phrase(), format!("{}vote", "zoo ".repeat(23)));
        assert_eq!(counted().phrase(), PHRASE);
    }

    #[test]
    fn a_phrase_is_read_as_people_write_it() {
        let numbered: String = PHRASE
            .split(' ')
            .enumerate()
            .map(|(n, word)| format!("{}. {}\n", n + 1, word.to_uppercase()))
            .collect();
        let short: Vec<&str> = PHRASE.split(' ').map(|word| word.get(..4).unwrap_or(word)).collect();
        for text in [PHRASE, &format!("  {} ", PHRASE.replace(' ', "\t ")), &numbered, &short.join(" ")] {
            assert_eq!(Seed::read(text).unwrap().0, counted().0, "{text}");
        }
        for _ in 0..50 {
            let seed = Seed::fresh().unwrap();
            assert_eq!(Seed::read(&seed.phrase()).unwrap().0, seed.0);
        }
    }

    #[test]
    fn what_is_no_phrase_is_refused_with_the_reason() {
        assert!(why(&PHRASE.replace("liar", "lier")).contains("number 3 (lier)"));
        assert!(why(&PHRASE.replace("abandon amount", "amount abandon")).contains("changed places"));
        assert!(why(&PHRASE.replace("journey", "joy")).contains("another word"));
        assert!(why(&PHRASE.replace(" unaware", "")).contains("these are 23"));
        assert!(why(&format!("{PHRASE} zoo")).contains("these are 25"));
        assert!(why("ábaco abdomen abeja abierto").contains("English"));
        assert!(why("").contains("these are 0") && why(&"zoo ".repeat(9_000)).contains("24 words"));
        assert_eq!(format!("{:?}", counted()), "Seed(..)");
    }

    /// Made by another program, in another language, from the lines above.
    #[test]
    fn the_keys_of_a_phrase_are_the_same_for_ever() {
        let seed = Seed::read(PHRASE).unwrap();
        for (name, sum) in [
            ("owner-rsa", "5d1065e73c68c1142e125400c28351cd073db3e77e077338e25d612a78eff348"),
            ("instance-rsa", "cdfea4014c47ce6f0994bed8b31d64626e4481205508a287576e41cefcca48bb"),
        ] {
            let pem = seed.rsa(name).unwrap().to_pem().unwrap();
            let der = super::super::keys::pem_to_der(&pem).unwrap();
            assert_eq!(hex(&Sha256::digest(der)), sum, "{name}");
        }
        let key = seed.ed25519("owner-ed25519").unwrap().public();
        let raw = bs58::decode(&key.to_multibase().unwrap()[1..]).into_vec().unwrap();
        assert_eq!(hex(&raw[2..]), "b611eb6c43b2e57a87db3e4271b972a8541caf42326f0700e05a5d294cf4f800");
    }
}
