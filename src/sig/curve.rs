//! The points of P-256, as far as ring leaves them to us: it signs and agrees, and gives nobody the public half of a key
//! that is kept as its scalar, nor says of a stranger's point whether it is one. In constant time, with the complete
//! formulas of <https://eprint.iacr.org/2015/1060> (section 5, a = -3) over a well-kept field.

use crypto_bigint::modular::{ConstMontyForm, ConstMontyParams};
use crypto_bigint::{U256, const_monty_params};
use subtle::{Choice, ConditionallySelectable as _};

/// Bytes of an uncompressed point: a 4 and two coordinates (SEC 1, section 2.3.3).
pub const POINT: usize = 65;

// The curve's own numbers: <https://csrc.nist.gov/pubs/sp/800/186/final>, section 3.2.1.3.
const_monty_params!(Prime, U256, "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
const B: &str = "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
const BASE: [&str; 2] = [
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
];

type Field = ConstMontyForm<Prime, { U256::LIMBS }>;

fn number(hex: &str) -> Field {
    Field::new(&U256::from_be_hex(hex))
}

/// x/z and y/z.
#[derive(Clone, Copy)]
struct Projective([Field; 3]);

impl Projective {
    fn base() -> Projective {
        Projective([number(BASE[0]), number(BASE[1]), Field::ONE])
    }

    /// Any two points, equal ones and nothing at all too.
    fn add(&self, other: &Projective, b: &Field) -> Projective {
        let Projective([x1, y1, z1]) = *self;
        let Projective([x2, y2, z2]) = *other;
        let thrice = |v: Field| v.double() + v;
        let (xx, yy, zz) = (x1 * x2, y1 * y2, z1 * z2);
        let (xy, xz, yz) = (x1 * y2 + x2 * y1, x1 * z2 + x2 * z1, y1 * z2 + y2 * z1);
        let part = thrice(xz - *b * zz);
        let (above, below) = (yy + part, yy - part);
        let left = thrice(*b * xz - xx - thrice(zz));
        let right = thrice(xx - zz);
        Projective([xy * above - yz * left, below * above + right * left, yz * below + right * xy])
    }

    /// As often as `scalar` says, which is secret.
    fn times(&self, scalar: &[u8; 32]) -> Projective {
        let b = number(B);
        let mut sum = Projective([Field::ZERO, Field::ONE, Field::ZERO]);
        for bit in (0..256).map(|at| scalar[at / 8] >> (7 - at % 8) & 1) {
            sum = sum.add(&sum, &b);
            let more = sum.add(self, &b);
            for (old, new) in sum.0.iter_mut().zip(&more.0) {
                old.conditional_assign(new, Choice::from(bit));
            }
        }
        sum
    }

    /// `None` for the point at infinity.
    fn bytes(&self) -> Option<[u8; POINT]> {
        let Projective([x, y, z]) = self;
        let inverse: Field = Option::from(z.invert())?;
        let mut out = [4; POINT];
        out[1..33].copy_from_slice(&(*x * inverse).retrieve().to_be_bytes());
        out[33..].copy_from_slice(&(*y * inverse).retrieve().to_be_bytes());
        Some(out)
    }
}

/// Reads an uncompressed point of the curve.
fn read(bytes: &[u8]) -> Option<Projective> {
    let (4, coordinates) = bytes.split_first().filter(|_| bytes.len() == POINT)? else { return None };
    let (x, y) = coordinates.split_at(32);
    let coordinate = |bytes: &[u8]| {
        let number = U256::from_be_slice(bytes);
        (number < *Prime::PARAMS.modulus().as_ref()).then(|| Field::new(&number))
    };
    let (x, y) = (coordinate(x)?, coordinate(y)?);
    (y.square() == x.square() * x - x.double() - x + number(B)).then_some(Projective([x, y, Field::ONE]))
}

/// Whether these bytes are an uncompressed point of the curve.
pub fn is_point(bytes: &[u8]) -> bool {
    read(bytes).is_some()
}

/// The public half of a key. `None` for a scalar that is none; whether it is below the order is ring's to say.
pub fn public(scalar: &[u8; 32]) -> Option<[u8; POINT]> {
    Projective::base().times(scalar).bytes()
}

#[cfg(test)]
pub use tests::shared;

#[cfg(test)]
mod tests {
    use super::*;
    use ring::agreement::{ECDH_P256, EphemeralPrivateKey};
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

    /// What two parties share; ring agrees with keys of its own making only, and the examples of the standards have theirs.
    pub fn shared(scalar: &[u8; 32], point: &[u8]) -> [u8; 32] {
        read(point).unwrap().times(scalar).bytes().unwrap()[1..33].try_into().unwrap()
    }

    #[test]
    fn points_of_ring_are_points_and_changed_ones_are_not() {
        for _ in 0..20 {
            let key = EphemeralPrivateKey::generate(&ECDH_P256, &SystemRandom::new()).unwrap();
            let mut point = key.compute_public_key().unwrap().as_ref().to_vec();
            assert!(is_point(&point));
            assert!(!is_point(&point[1..]) && !is_point(&[]));
            point[40] ^= 1;
            assert!(!is_point(&point));
            point[40] ^= 1;
            point[0] = 2;
            assert!(!is_point(&point));
        }
        // A coordinate that is not below the prime is another spelling of a number that may be one.
        assert!(!is_point(&[vec![4], vec![255; 64]].concat()));
        assert!(!is_point(&[4; POINT]) && !is_point(&[vec![4], vec![0; 64]].concat()));
    }

    /// ring refuses halves that do not belong together.
    #[test]
    fn public_halves_are_those_of_ring() {
        let rng = SystemRandom::new();
        let alone = |low: u8| std::array::from_fn(|at| if at == 31 { low } else { 0 });
        let scalars = (0..20u8)
            .map(|seed| std::array::from_fn(|at| seed.wrapping_mul(37) ^ (at as u8).wrapping_mul(91)));
        for scalar in scalars.skip(1).chain([alone(1), alone(2), alone(3)]) {
            let point = public(&scalar).unwrap();
            EcdsaKeyPair::from_private_key_and_public_key(
                &ECDSA_P256_SHA256_FIXED_SIGNING,
                &scalar,
                &point,
                &rng,
            )
            .unwrap();
        }
        assert_eq!(public(&[0; 32]), None);
    }

    #[test]
    fn both_parties_share_the_same() {
        let (a, b) = ([7; 32], [9; 32]);
        assert_eq!(shared(&a, &public(&b).unwrap()), shared(&b, &public(&a).unwrap()));
    }
}
