//! The certificates and requests that we write, and the little that we read in others'.
//! <https://www.rfc-editor.org/rfc/rfc5280>, <https://www.rfc-editor.org/rfc/rfc2986> (PKCS#10),
//! <https://www.rfc-editor.org/rfc/rfc8737#section-3> (the certificate of TLS-ALPN-01)

use super::der::{BITS, INTEGER, OCTETS, OID, Reader, SEQUENCE, SET, TIME, UTC_TIME, UTF8, put};
use super::key::Key;
use crate::error::Result;
use crate::model::Timestamp;

/// ecdsa-with-SHA256
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
/// id-ecPublicKey, and prime256v1, each as a whole element.
const P256: &[u8] = &[
    0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03,
    0x01, 0x07,
];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0a];
const ALT_NAMES: &[u8] = &[0x55, 0x1d, 0x11];
/// pkcs-9-at-extensionRequest
const EXTENSIONS_WANTED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x0e];
/// id-pe-acmeIdentifier
const ACME_IDENTIFIER: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x1f];
/// A name of the DNS among the alternative names.
const DNS_NAME: u8 = 0x82;
/// Names that are read in one certificate; authorities allow 100.
const MAX_NAMES: usize = 200;

/// What a certificate says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// In lower case; wildcards as they are.
    pub names: Vec<String>,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
    /// Who gave it: organisation and name, as far as they are there.
    pub issuer: String,
}

impl Facts {
    /// Reads a certificate in DER. `None`: it is none that we understand.
    pub fn read(der: &[u8]) -> Option<Facts> {
        let mut tbs = Reader(der).sequence()?.sequence()?;
        tbs.get(0xa0); // the version
        tbs.get(INTEGER)?;
        tbs.sequence()?;
        let issuer = person(tbs.sequence()?);
        let mut validity = tbs.sequence()?;
        let (not_before, not_after) = (time(validity.any()?)?, time(validity.any()?)?);
        tbs.sequence()?; // the subject
        tbs.sequence()?; // its key
        let mut names = Vec::new();
        while let Some((tag, content)) = tbs.any() {
            if tag == 0xa3 {
                names = alt_names(Reader(content).sequence()?)?;
            }
        }
        Some(Facts { names, not_before, not_after, issuer })
    }

    /// Whether it is for this name, which is in lower case.
    pub fn covers(&self, name: &str) -> bool {
        let below = name.split_once('.').map(|(_, parent)| format!("*.{parent}"));
        self.names.iter().any(|known| known == name || Some(known) == below.as_ref())
    }
}

fn person(mut parts: Reader<'_>) -> String {
    let mut found = Vec::new();
    while let Some(set) = parts.get(SET) {
        let Some(mut pair) = Reader(set).sequence() else { continue };
        if let (Some(COMMON_NAME | ORGANISATION), Some((_, text))) = (pair.get(OID), pair.any()) {
            let text = String::from_utf8_lossy(text);
            found.push(text.chars().filter(|c| !c.is_control()).take(64).collect::<String>());
        }
    }
    found.join(", ")
}

fn alt_names(mut extensions: Reader<'_>) -> Option<Vec<String>> {
    let mut names = Vec::new();
    while let Some(mut extension) = extensions.sequence() {
        if extension.get(OID)? != ALT_NAMES {
            continue;
        }
        extension.get(0x01); // whether it is critical
        let mut general = Reader(extension.get(OCTETS)?).sequence()?;
        while let Some((tag, content)) = general.any() {
            if tag == DNS_NAME && names.len() < MAX_NAMES {
                names.push(std::str::from_utf8(content).ok()?.to_ascii_lowercase());
            }
        }
    }
    Some(names)
}

/// `YYMMDDHHMMSSZ`, or with the century.
fn time((tag, text): (u8, &[u8])) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok().filter(|t| t.is_ascii())?;
    let text = match tag {
        UTC_TIME => format!("{}{text}", if *text.as_bytes().first()? < b'5' { "20" } else { "19" }),
        TIME => text.to_owned(),
        _ => return None,
    };
    let at = |from: usize, to: usize| text.get(from..to);
    let (date, clock) = (format!("{}-{}-{}", at(0, 4)?, at(4, 6)?, at(6, 8)?), at(8, 14)?);
    Timestamp::parse_rfc3339(&format!("{date}T{}:{}:{}Z", &clock[..2], &clock[2..4], &clock[4..]))
}

/// A request for a certificate of these names.
///
/// Errors: those of the key.
pub fn request(key: &Key, names: &[String]) -> Result<Vec<u8>> {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let extensions = put(SEQUENCE, &[&alternatives(&names)]);
    let wanted = put(SEQUENCE, &[&put(OID, &[EXTENSIONS_WANTED]), &put(SET, &[&extensions])]);
    // Version 0, and no subject: the names say it all.
    signed(
        key,
        put(SEQUENCE, &[&[INTEGER, 1, 0], &put(SEQUENCE, &[]), &key_info(key), &put(0xa0, &[&wanted])]),
    )
}

/// What answers TLS-ALPN-01 for `name`; `proof` is the hash of the key authorization.
///
/// Errors: those of the key.
pub fn challenge(key: &Key, name: &str, proof: &[u8]) -> Result<Vec<u8>> {
    let who = put(SEQUENCE, &[&put(OID, &[COMMON_NAME]), &put(UTF8, &[b"TLS-ALPN-01"])]);
    let who = put(SEQUENCE, &[&put(SET, &[&who])]);
    let algorithm = put(SEQUENCE, &[&put(OID, &[ECDSA_SHA256])]);
    // It lives for a minute, and who asks for it looks at the proof alone.
    let validity = put(SEQUENCE, &[&put(UTC_TIME, &[b"200101000000Z"]), &put(UTC_TIME, &[b"491231235959Z"])]);
    let proof = put(OCTETS, &[&put(OCTETS, &[proof])]);
    let critical = put(SEQUENCE, &[&put(OID, &[ACME_IDENTIFIER]), &[0x01, 1, 0xff], &proof]);
    let extensions = put(0xa3, &[&put(SEQUENCE, &[&alternatives(&[name]), &critical])]);
    let version = [0xa0, 3, INTEGER, 1, 2];
    let serial = [INTEGER, 1, 1];
    let (key_info, validity) = (key_info(key), &validity);
    signed(key, put(SEQUENCE, &[&version, &serial, &algorithm, &who, validity, &who, &key_info, &extensions]))
}

fn alternatives(names: &[&str]) -> Vec<u8> {
    let names: Vec<u8> = names.iter().flat_map(|name| put(DNS_NAME, &[name.as_bytes()])).collect();
    put(SEQUENCE, &[&put(OID, &[ALT_NAMES]), &put(OCTETS, &[&put(SEQUENCE, &[&names])])])
}

fn key_info(key: &Key) -> Vec<u8> {
    put(SEQUENCE, &[&put(SEQUENCE, &[P256]), &put(BITS, &[&[0], key.public()])])
}

fn signed(key: &Key, what: Vec<u8>) -> Result<Vec<u8>> {
    let signature = key.sign_der(&what)?;
    let algorithm = put(SEQUENCE, &[&put(OID, &[ECDSA_SHA256])]);
    Ok(put(SEQUENCE, &[&what, &algorithm, &put(BITS, &[&[0], &signature])]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ring::signature::{ECDSA_P256_SHA256_ASN1, UnparsedPublicKey};
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject;

    /// The signature over the first element is the key's.
    fn assert_signed(der: &[u8], key: &Key) {
        let mut outer = Reader(der).sequence().unwrap();
        let whole = outer.0;
        outer.any().unwrap();
        let said = &whole[..whole.len() - outer.0.len()];
        outer.any().unwrap();
        let signature = outer.get(BITS).unwrap();
        let public = UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, key.public().to_vec());
        public.verify(said, &signature[1..]).unwrap();
    }

    #[test]
    fn a_certificate_of_others_is_read() {
        let der =
            CertificateDer::from_pem_slice(include_bytes!("../../tests/fixtures/tls/years.pem")).unwrap();
        let facts = Facts::read(&der).unwrap();
        assert_eq!(facts.names, ["social.example.org", "*.example.org"]);
        assert_eq!(facts.issuer, "Example Trust, E7");
        // One on each side of the year in which the form changes.
        assert_eq!(facts.not_before.to_string(), "2049-12-31T23:59:00.000Z");
        assert_eq!(facts.not_after.to_string(), "2050-03-01T00:00:00.000Z");
        assert!(facts.covers("social.example.org") && facts.covers("other.example.org"));
        assert!(!facts.covers("example.org") && !facts.covers("a.b.example.org"));
        // Cut anywhere or with any byte changed, it is refused or read, and nothing worse.
        for at in 0..der.len() {
            let _ = Facts::read(&der[..at]);
            let mut bent = der.to_vec();
            bent[at] ^= 0x81;
            let _ = Facts::read(&bent);
        }
    }

    #[test]
    fn what_answers_a_challenge_is_as_rfc_8737_wants_it() {
        let key = Key::generate().unwrap();
        let proof = [0xab; 32];
        let der = challenge(&key, "social.example.org", &proof).unwrap();
        assert_signed(&der, &key);
        assert_eq!(Facts::read(&der).unwrap().names, ["social.example.org"]);
        // The extension, critical, with the hash in an octet string of its own.
        let extension = [
            &[0x30, 0x31, 0x06, 0x08, 0x2b, 6, 1, 5, 5, 7, 1, 0x1f, 1, 1, 0xff, 4, 0x22, 4, 0x20][..],
            &proof[..],
        ]
        .concat();
        assert!(der.windows(extension.len()).any(|part| part == extension));
    }

    #[test]
    fn a_request_has_the_names_and_the_key() {
        let key = Key::generate().unwrap();
        let der = request(&key, &["a.example".to_owned(), "b.example".to_owned()]).unwrap();
        assert_signed(&der, &key);
        let names = b"\x30\x16\x82\x09a.example\x82\x09b.example";
        assert!(der.windows(names.len()).any(|part| part == names));
        assert!(der.windows(65).any(|part| part == key.public()));
    }
}
