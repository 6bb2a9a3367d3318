//! RSA keys in the making and on paper: primes, the numbers that follow from them, and the DER of
//! <https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1> in that of PKCS#8 and SubjectPublicKeyInfo
//! (<https://www.rfc-editor.org/rfc/rfc5958>, <https://www.rfc-editor.org/rfc/rfc5280#section-4.1>).
//!
//! ring signs and verifies, and makes no keys. It looks at a key before it takes it, and at each of its signatures before
//! it gives it: a number that were wrong here would sign nothing.

use crate::error::{Error, Result};
use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{NonZero, Odd, U1024};

/// Bytes of a prime: keys have 2048 bits.
pub const PRIME: usize = 128;
const EXPONENT: u32 = 65_537;
/// Most candidates fall to a prime below this, long before the slow test.
const SMALL: u32 = 2_000;
/// Rounds of Miller and Rabin's test. Of numbers that nobody chose, one that is no prime passes the first with less than
/// 2^-40, and two with less than that of those.
const ROUNDS: usize = 24;
/// SEQUENCE { rsaEncryption, NULL }.
const ALGORITHM: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
const INTEGER: u8 = 0x02;
const BITS: u8 = 0x03;
const BYTES: u8 = 0x04;
const SEQUENCE: u8 = 0x30;

/// The first candidate that is a prime of a key, with its two highest bits set and the lowest. `nth` makes them; one that
/// begins as `other` does, the key's first prime, is passed over.
pub fn prime(
    mut nth: impl FnMut(u32) -> Result<[u8; PRIME]>,
    other: Option<&[u8; PRIME]>,
) -> Result<[u8; PRIME]> {
    let small = small_primes();
    for n in 0.. {
        let mut candidate = nth(n)?;
        candidate[0] |= 0b1100_0000;
        candidate[PRIME - 1] |= 1;
        let fits =
            remainder(&candidate, EXPONENT) != 1 && other.is_none_or(|other| candidate[..12] != other[..12]);
        if fits && small.iter().all(|p| remainder(&candidate, *p) != 0) && is_prime(&candidate, &small) {
            return Ok(candidate);
        }
    }
    Err(Error::internal("no prime was found"))
}

/// A new key in PKCS#8.
pub fn generate() -> Result<Vec<u8>> {
    let random = |_| {
        let mut bytes = [0; PRIME];
        getrandom::fill(&mut bytes).map_err(Error::internal)?;
        Ok(bytes)
    };
    let p = prime(random, None)?;
    let q = prime(random, Some(&p))?;
    pkcs8(p, q)
}

fn small_primes() -> Vec<u32> {
    (3..SMALL).step_by(2).filter(|n| (3..*n).take_while(|d| d * d <= *n).all(|d| n % d != 0)).collect()
}

/// Of a number, most significant byte first.
fn remainder(number: &[u8], by: u32) -> u32 {
    number.iter().fold(0, |rest, byte| ((u64::from(rest) << 8 | u64::from(*byte)) % u64::from(by)) as u32)
}

/// For an odd number. <https://csrc.nist.gov/pubs/fips/186-5/final>, B.3.1.
fn is_prime(candidate: &[u8; PRIME], bases: &[u32]) -> bool {
    let number = U1024::from_be_slice(candidate);
    let Some(odd) = Option::from(Odd::new(number)) else { return false };
    let params = FixedMontyParams::new_vartime(odd);
    let one = FixedMontyForm::one(&params);
    let less = number.wrapping_sub(&U1024::ONE);
    let twos = less.trailing_zeros();
    let rest = less.shr(twos);
    bases.iter().take(ROUNDS).all(|base| {
        let mut x = FixedMontyForm::new(&U1024::from_u32(*base), &params).pow(&rest);
        if x == one || x == -one {
            return true;
        }
        (1..twos).any(|_| {
            x = x.square();
            x == -one
        })
    })
}

/// The key of two primes, most significant byte first, neither of which is 1 more than a multiple of the exponent.
pub fn pkcs8(p: [u8; PRIME], q: [u8; PRIME]) -> Result<Vec<u8>> {
    let (p, q) = (p.max(q), p.min(q));
    let (high, low) = (U1024::from_be_slice(&p), U1024::from_be_slice(&q));
    let (high_less, low_less) = (high.wrapping_sub(&U1024::ONE), low.wrapping_sub(&U1024::ONE));
    let bytes = |number: U1024| number.to_be_bytes().as_ref().to_vec();
    let modulus = high.concatenating_mul(&low).to_be_bytes();
    // The least that both divide (RFC 8017, section 3.2). Neither is 0, but the types do not know.
    let over = |by: U1024| NonZero::new(by).into_option().ok_or_else(|| Error::internal("a prime of 1"));
    let (mut common, mut rest) = (high_less, low_less);
    while rest != U1024::ZERO {
        (common, rest) = (rest, common.rem_vartime(&over(rest)?));
    }
    let least = high_less.wrapping_div_vartime(&over(common)?).concatenating_mul(&low_less).to_be_bytes();
    let odd: Option<Odd<U1024>> = Option::from(Odd::new(high));
    let odd = odd.ok_or_else(|| Error::internal("an even prime"))?;
    // Fermat's: what is raised to p - 2 is turned over.
    let inverse = FixedMontyForm::new(&low, &FixedMontyParams::new_vartime(odd));
    let inverse = inverse.pow(&high_less.wrapping_sub(&U1024::ONE)).retrieve();
    let numbers = [
        integer(&[0]),
        integer(modulus.as_ref()),
        integer(&EXPONENT.to_be_bytes()),
        integer(&exponent_inverse(least.as_ref())),
        integer(&p),
        integer(&q),
        integer(&exponent_inverse(&bytes(high_less))),
        integer(&exponent_inverse(&bytes(low_less))),
        integer(&bytes(inverse)),
    ];
    let key = element(BYTES, &element(SEQUENCE, &numbers.concat()));
    Ok(element(SEQUENCE, &[integer(&[0]), ALGORITHM.to_vec(), key].concat()))
}

/// What the exponent has to be multiplied with to be 1 more than a multiple of `modulus`: that multiple is the first of
/// which one more can be divided by the exponent, a small prime.
fn exponent_inverse(modulus: &[u8]) -> Vec<u8> {
    let e = u64::from(EXPONENT);
    let rest = u64::from(remainder(modulus, EXPONENT));
    let turned = (0..EXPONENT - 2).fold(1, |power, _| power * rest % e);
    let times = (e - turned) % e;
    let (mut carry, mut product) = (1, Vec::new());
    for byte in modulus.iter().rev() {
        carry += u64::from(*byte) * times;
        product.push(carry as u8);
        carry >>= 8;
    }
    product.extend_from_slice(&carry.to_le_bytes()[..3]);
    let mut rest = 0;
    let quotient = product.iter().rev().map(|byte| {
        let now = rest << 8 | u64::from(*byte);
        rest = now % e;
        (now / e) as u8
    });
    quotient.collect()
}

/// The DER of something.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    match content.len() {
        short @ 0..0x80 => out.push(short as u8),
        length => {
            let bytes = length.to_be_bytes();
            let zeros = bytes.iter().take_while(|b| **b == 0).count();
            out.push(0x80 | (bytes.len() - zeros) as u8);
            out.extend_from_slice(&bytes[zeros..]);
        }
    }
    out.extend_from_slice(content);
    out
}

/// A number, most significant byte first.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|b| **b == 0).count().min(bytes.len() - 1);
    let bytes = &bytes[zeros..];
    let sign: &[u8] = if bytes[0] >= 0x80 { &[0] } else { &[] };
    element(INTEGER, &[sign, bytes].concat())
}

/// What is in the first element, if it has that tag, and what comes after it.
fn read(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (found, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match *first {
        short @ 0..0x80 => (usize::from(short), rest),
        long => {
            let (bytes, rest) =
                rest.split_at_checked(usize::from(long & 0x7f)).filter(|(b, _)| b.len() <= 4)?;
            (bytes.iter().fold(0, |n, byte| n << 8 | usize::from(*byte)), rest)
        }
    };
    rest.split_at_checked(length).filter(|_| *found == tag)
}

/// The PKCS#1 in a SubjectPublicKeyInfo, or that was PKCS#1 already. `None`: it is no RSA key that ring could use.
pub fn public(der: &[u8]) -> Option<&[u8]> {
    let (key, nothing) = read(der, SEQUENCE)?;
    // First the algorithm: its name, and after that nothing or NULL.
    let pkcs1 = match read(key, SEQUENCE) {
        Some((algorithm, bits)) => {
            let (bits, nothing) = read(bits, BITS)?;
            let is_rsa = algorithm.starts_with(&ALGORITHM[2..13]) && nothing.is_empty();
            bits.strip_prefix(&[0]).filter(|_| is_rsa)?
        }
        None => der,
    };
    (nothing.is_empty() && is_sound(pkcs1)?).then_some(pkcs1)
}

/// Whether these are two numbers that may be a modulus of 1024 to 8192 bits and an exponent. `None`: they are no numbers.
fn is_sound(pkcs1: &[u8]) -> Option<bool> {
    let (key, nothing) = read(pkcs1, SEQUENCE)?;
    let (first, rest) = read(key, INTEGER)?;
    let (exponent, rest) = read(rest, INTEGER)?;
    let modulus = first.strip_prefix(&[0]).unwrap_or(first);
    Some(
        (PRIME..=8 * PRIME).contains(&modulus.len())
            && modulus.last()? % 2 == 1
            && (1..=5).contains(&exponent.len())
            && exponent.last()? % 2 == 1
            && nothing.is_empty()
            && rest.is_empty(),
    )
}

/// PKCS#1 as SubjectPublicKeyInfo.
pub fn spki(pkcs1: &[u8]) -> Vec<u8> {
    let bits = element(BITS, &[&[0], pkcs1].concat());
    element(SEQUENCE, &[&ALGORITHM, &bits[..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::rsa::pkcs8::{DecodePrivateKey as _, DecodePublicKey as _};
    use ::rsa::traits::{PrivateKeyParts as _, PublicKeyParts as _};

    /// The library that made keys before.
    #[test]
    fn a_key_is_one_to_others() {
        let made = generate().unwrap();
        let key = ::rsa::PrivateKey::from_pkcs8_der(&made).unwrap();
        key.validate().unwrap();
        assert_eq!((key.n().bits_precision(), key.primes().len()), (2048, 2));
        let published = spki(ring::signature::RsaKeyPair::from_pkcs8(&made).unwrap().public().as_ref());
        assert_eq!(&::rsa::PublicKey::from_public_key_der(&published).unwrap(), key.as_public_key());
        assert_eq!(public(&published), public(public(&published).unwrap()));
    }

    #[test]
    fn primes_are_told_from_others() {
        let small = small_primes();
        assert_eq!((small[0], small.len(), small.last()), (3, 302, Some(&1999)));
        let number = |hex: &str| -> [u8; PRIME] {
            let number = U1024::from_be_hex(&format!("{hex:0>256}"));
            number.to_be_bytes().as_ref().try_into().unwrap()
        };
        // 2^521 - 1 and 2^127 - 1 are primes, 2^523 - 1 and 2^129 - 1 are none; nor is 2047, which passes for base 2.
        for prime in [format!("1{}", "f".repeat(130)), "7fffffffffffffffffffffffffffffff".to_owned()] {
            assert!(is_prime(&number(&prime), &small), "{prime}");
        }
        for other in [
            format!("7{}", "f".repeat(130)),
            "1ffffffffffffffffffffffffffffffff".to_owned(),
            "7ff".to_owned(),
        ] {
            assert!(!is_prime(&number(&other), &small), "{other}");
        }
        let product = number("7fffffffffffffffffffffffffffffff");
        let product =
            U1024::from_be_slice(&product).wrapping_mul(&U1024::from_be_slice(&product)).to_be_bytes();
        assert!(!is_prime(product.as_ref().try_into().unwrap(), &small));
    }

    #[test]
    fn what_is_no_public_key_is_refused() {
        let key = public(&spki(&element(SEQUENCE, &[integer(&[0xff; 256]), integer(&[1, 0, 1])].concat())))
            .map(<[u8]>::to_vec);
        let key = key.unwrap();
        let whole = spki(&key);
        for length in 0..whole.len() {
            assert!(public(&whole[..length]).is_none());
        }
        assert!(public(&[&whole[..], &[0]].concat()).is_none());
        let with = |n: &[u8], e: &[u8]| element(SEQUENCE, &[integer(n), integer(e)].concat());
        for (n, e) in [
            (&[0xff; 64][..], &[3][..]),
            (&[0xff; 2048], &[3]),
            (&[0xfe; 256], &[3]),
            (&[0xff; 256], &[4]),
            (&[0xff; 256], &[1; 9]),
        ] {
            assert!(public(&with(n, e)).is_none() && public(&spki(&with(n, e))).is_none());
        }
        // A curve's.
        let mut other = whole;
        other[16] ^= 1;
        assert!(public(&other).is_none());
        assert!(public(&[0x30, 0x84, 0xff, 0xff, 0xff, 0xff]).is_none() && public(&[0x30, 0x89]).is_none());
    }
}
