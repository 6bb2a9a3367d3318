//! Proofs inside a document, `eddsa-jcs-2022`: who made it can be known from whoever hands it on.
//!
//! <https://codeberg.org/fediverse/fep/src/branch/main/fep/8b32/fep-8b32.md>,
//! <https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022>

use super::jcs::canonical;
use super::{PrivateKey, PublicKey, refused};
use crate::error::{Error, Result};
use crate::model::Timestamp;
use crate::model::time::SECOND;
use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

/// Defines the words of a proof for those who expand documents.
const CONTEXT: &str = "https://w3id.org/security/data-integrity/v1";
const KIND: &str = "DataIntegrityProof";
const SUITE: &str = "eddsa-jcs-2022";
const PURPOSE: &str = "assertionMethod";
/// 64 bytes make 88 characters of base58, and the letter that says so.
const LONGEST_VALUE: usize = 90;
const LONGEST_URL: usize = 2048;

/// Signs a document, which gets a `proof` and the context that defines it. A `proof` that it had is replaced.
///
/// `key` is an Ed25519 key, published at `key_id` in the actor's `assertionMethod`. The same document, key and time give
/// the same proof.
/// Errors: `Internal`, for what is no object or another kind of key.
pub fn secure(document: &mut Value, key: &PrivateKey, key_id: &str, created: Timestamp) -> Result<()> {
    if !matches!(key, PrivateKey::Ed25519(_)) {
        return Err(Error::internal("a proof needs an Ed25519 key"));
    }
    let document = document.as_object_mut().ok_or_else(|| Error::internal("a proof of no object"))?;
    document.shift_remove("proof");
    define(document);
    let mut proof = json!({
        // Part of what is signed, and Fedify takes it for granted.
        "@context": document.get("@context"),
        "type": KIND,
        "cryptosuite": SUITE,
        "verificationMethod": key_id,
        "proofPurpose": PURPOSE,
        "created": seconds(created),
    });
    let signature = key.sign(&hashes(&Value::Object(document.clone()), &proof))?;
    proof["proofValue"] = format!("z{}", bs58::encode(signature).into_string()).into();
    document.insert("proof".to_owned(), proof);
    Ok(())
}

/// Without a fraction: Fedify writes the time again by itself before it hashes, and leaves out its zeros.
fn seconds(at: Timestamp) -> String {
    Timestamp(at.0.div_euclid(SECOND) * SECOND).to_jiff().to_string()
}

/// The context of proofs, right behind that of ActivityStreams.
fn define(document: &mut Map<String, Value>) {
    // In its place: what comes first stays first.
    let all = document.entry("@context").or_insert_with(|| Value::Array(Vec::new()));
    if !all.is_array() {
        *all = Value::Array(vec![all.take()]);
    }
    if let Value::Array(contexts) = all
        && !contexts.iter().any(|context| context == CONTEXT)
    {
        contexts.insert(contexts.len().min(1), CONTEXT.into());
    }
}

/// A proof that is right in everything but, perhaps, the key.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The key's URL, of up to 2 KiB.
    pub key_id: String,
    pub created: Option<Timestamp>,
    /// The texts that may have been signed, hashed.
    texts: Vec<Vec<u8>>,
    signature: Vec<u8>,
}

/// Reads the proof of a document, the first one of this suite. `None`: there is none that could hold at `now`.
pub fn read(document: &Value, now: Timestamp) -> Option<Proof> {
    let proofs = match document.get("proof")? {
        Value::Array(proofs) => proofs.as_slice(),
        proof => std::slice::from_ref(proof),
    };
    proofs.iter().take(4).find_map(|proof| one(document, proof, now))
}

fn one(document: &Value, proof: &Value, now: Timestamp) -> Option<Proof> {
    let is = |name: &str, value: &str| proof.get(name).and_then(Value::as_str) == Some(value);
    if !(is("type", KIND) && is("cryptosuite", SUITE) && is("proofPurpose", PURPOSE)) {
        return None;
    }
    let time = |name: &str| proof.get(name).map(|at| at.as_str().and_then(Timestamp::parse_rfc3339));
    if time("expires").is_some_and(|until| until.is_none_or(|until| until < now)) {
        return None;
    }
    let key_id = proof.get("verificationMethod")?.as_str().filter(|id| id.len() <= LONGEST_URL)?;
    let value = proof.get("proofValue")?.as_str().filter(|value| value.len() <= LONGEST_VALUE)?;
    let signature = bs58::decode(value.strip_prefix('z')?).into_vec().ok()?;

    let mut options = proof.clone();
    options.as_object_mut()?.remove("proofValue");
    let mut plain = document.clone();
    let members = plain.as_object_mut()?;
    members.remove("proof");
    let mut texts = Vec::new();
    if let Some(signed) = options.get("@context").cloned() {
        // Who handed it on may have added contexts behind, and nothing else.
        let (theirs, ours) = (contexts(members.get("@context")?), contexts(&signed));
        if !theirs.starts_with(ours) {
            return None;
        }
        members.insert("@context".to_owned(), signed);
        texts.push(hashes(&plain, &options));
    } else {
        texts.push(hashes(&plain, &options));
        if let Some(context) = plain.get("@context").cloned() {
            options["@context"] = context;
            texts.push(hashes(&plain, &options));
        }
    }
    Some(Proof { key_id: key_id.to_owned(), created: time("created").flatten(), texts, signature })
}

fn contexts(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        one => std::slice::from_ref(one),
    }
}

/// <https://www.w3.org/TR/vc-di-eddsa/#hashing-eddsa-jcs-2022>: the options' hash, then the document's.
fn hashes(document: &Value, options: &Value) -> Vec<u8> {
    let hash = |value: &Value| digest(&SHA256, canonical(value).as_bytes());
    [hash(options).as_ref(), hash(document).as_ref()].concat()
}

impl Proof {
    /// Whether the holder of this key made the document.
    ///
    /// Errors: `Unauthorized`.
    pub fn verify(&self, key: &PublicKey) -> Result<()> {
        if !matches!(key, PublicKey::Ed25519(_)) {
            return Err(refused("The key of a proof is no Ed25519 key"));
        }
        let holds = self.texts.iter().any(|text| key.verify(None, text, &self.signature).is_ok());
        if holds { Ok(()) } else { Err(refused("The proof does not hold")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The test vector of FEP-8b32.
    const VECTOR_KEY: &str = "-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIMlu+eoQxeQUxHFyOv+d5yw1+ltw+ul+iDLsrH0uK47W
-----END PRIVATE KEY-----";
    const VECTOR_VALUE: &str =
        "zLaewdp4H9kqtwyrLatK4cjY5oRHwVcw4gibPSUDYDMhi4M49v8pcYk3ZB6D69dNpAPbUmY8ocuJ3m9KhKJEEg7z";
    const KEY_ID: &str = "https://server.example/users/alice#ed25519-key";

    fn vector() -> (Value, PrivateKey, Timestamp) {
        let document = json!({
            "@context": ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/data-integrity/v1"],
            "id": "https://server.example/activities/1",
            "type": "Create",
            "actor": "https://server.example/users/alice",
            "object": {
                "id": "https://server.example/objects/1",
                "type": "Note",
                "attributedTo": "https://server.example/users/alice",
                "content": "Hello world",
                "location": {"type": "Place", "longitude": -71.184902, "latitude": 25.273962},
            },
        });
        let key = PrivateKey::from_pem(VECTOR_KEY).unwrap();
        (document, key, Timestamp::parse_rfc3339("2023-02-24T23:36:38Z").unwrap())
    }

    #[test]
    fn the_vector_of_the_fep_is_made_and_verified() {
        let (mut document, key, created) = vector();
        secure(&mut document, &key, KEY_ID, created.plus(999)).unwrap();
        assert_eq!(document["proof"]["proofValue"], VECTOR_VALUE);
        assert_eq!(document["proof"]["created"], "2023-02-24T23:36:38Z");
        let proof = read(&document, created).unwrap();
        assert_eq!((proof.key_id.as_str(), proof.created), (KEY_ID, Some(created)));
        proof.verify(&key.public()).unwrap();
        let other = PrivateKey::generate_ed25519().unwrap().public();
        assert!(proof.verify(&other).is_err());
        assert!(proof.verify(&PrivateKey::generate_rsa().unwrap().public()).is_err());
    }

    #[test]
    fn whatever_is_changed_breaks_the_proof() {
        let (mut document, key, created) = vector();
        secure(&mut document, &key, KEY_ID, created).unwrap();
        for (pointer, to) in [
            ("/object/content", json!("Hello")),
            ("/object/location/latitude", json!(25.2)),
            ("/actor", json!("https://server.example/users/bob")),
            ("/proof/verificationMethod", json!("https://server.example/users/alice#other")),
            ("/proof/created", json!("2023-02-24T23:36:39Z")),
        ] {
            let mut changed = document.clone();
            *changed.pointer_mut(pointer).unwrap() = to;
            assert!(read(&changed, created).unwrap().verify(&key.public()).is_err(), "{pointer}");
        }
        let mut more = document.clone();
        more["summary"] = json!("added");
        assert!(read(&more, created).unwrap().verify(&key.public()).is_err());
    }

    /// Fedify's proofs carry no context of their own, but are made with the document's.
    #[test]
    fn the_context_may_be_taken_for_granted_and_may_grow_behind() {
        let (mut document, key, created) = vector();
        secure(&mut document, &key, KEY_ID, created).unwrap();
        let mut bare = document.clone();
        bare["proof"].as_object_mut().unwrap().remove("@context");
        read(&bare, created).unwrap().verify(&key.public()).unwrap();

        let mut grown = document.clone();
        grown["@context"].as_array_mut().unwrap().push(json!({"a": "https://a.test/a"}));
        read(&grown, created).unwrap().verify(&key.public()).unwrap();
        grown["@context"].as_array_mut().unwrap().reverse();
        assert!(read(&grown, created).is_none());
    }

    #[test]
    fn what_is_no_proof_of_this_kind_is_none() {
        let (mut document, key, created) = vector();
        assert!(read(&document, created).is_none());
        secure(&mut document, &key, KEY_ID, created).unwrap();
        for (name, value) in [
            ("type", json!("Ed25519Signature2020")),
            ("cryptosuite", json!("eddsa-rdfc-2022")),
            ("proofPurpose", json!("authentication")),
            ("proofValue", json!(format!("z{}", "1".repeat(5000)))),
            ("proofValue", json!(&VECTOR_VALUE[1..])),
            ("verificationMethod", json!({"id": KEY_ID})),
            ("expires", json!("2023-02-24T23:36:37Z")),
            ("expires", json!("some day")),
        ] {
            let mut changed = document.clone();
            changed["proof"][name] = value;
            assert!(read(&changed, created).is_none(), "{name}");
        }
        document["proof"] = json!([{"type": "Other"}, document["proof"]]);
        read(&document, created).unwrap().verify(&key.public()).unwrap();
    }

    #[test]
    fn a_context_is_made_where_there_was_none_or_one() {
        let (_, key, created) = vector();
        for (before, after) in [
            (Value::Null, json!([CONTEXT])),
            (json!("https://a.test/c"), json!(["https://a.test/c", CONTEXT])),
            (json!(["https://a.test/c", {"b": "c"}]), json!(["https://a.test/c", CONTEXT, {"b": "c"}])),
        ] {
            let mut document = json!({"id": "https://a.test/1"});
            if !before.is_null() {
                document["@context"] = before;
            }
            secure(&mut document, &key, KEY_ID, created).unwrap();
            assert_eq!(document["@context"], after);
            read(&document, created).unwrap().verify(&key.public()).unwrap();
        }
        assert!(secure(&mut json!([]), &key, KEY_ID, created).is_err());
    }
}
