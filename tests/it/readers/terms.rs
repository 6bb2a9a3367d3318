//! The words that a context defines, for readers that expand (Friendica, Fedify, Ktistec): what is not defined is lost.
//!
//! The contexts that we name by their address are spelled out here, as far as we use their words; they are carried by
//! every such reader. Our own words stand in each document.

use super::collected::text;
use serde_json::Value;
use std::collections::BTreeSet;

/// <https://www.w3.org/ns/activitystreams>
const ACTIVITY_STREAMS: &str = "id type as ldp vcard xsd Accept Activity Add Announce Application Article Audio Block Collection \
    CollectionPage Create Delete Dislike Document Event Flag Follow Group Image Like Link Mention Move Note Object \
    OrderedCollection OrderedCollectionPage Organization Page Person Place Profile Question Reject Remove Service Tombstone \
    Undo Update Video View subject relationship actor attributedTo attachment bcc bto cc context current first generator icon \
    image inReplyTo items instrument orderedItems last location next object oneOf anyOf closed origin prev preview replies \
    result audience partOf tag target to url altitude content contentMap name nameMap duration endTime height href hreflang \
    latitude longitude mediaType published radius rel startIndex startTime summary summaryMap totalItems units updated width \
    describes formerType deleted inbox outbox following followers streams preferredUsername endpoints uploadMedia proxyUrl \
    liked sharedInbox Public source likes shares alsoKnownAs";

/// <https://w3id.org/security/v1>
const SECURITY: &str = "id type dc sec xsd created creator domain expires nonce owner publicKey publicKeyPem signature signatureValue";

/// <https://www.w3.org/ns/cid/v1>; the last three are defined inside a Multikey.
const IDENTIFIERS: &str = "id type alsoKnownAs assertionMethod authentication controller service verificationMethod Multikey JsonWebKey \
    publicKeyMultibase expires revoked";

/// <https://w3id.org/security/data-integrity/v1> and v2; most are defined inside a proof.
const INTEGRITY: &str = "id type proof DataIntegrityProof cryptosuite proofPurpose proofValue verificationMethod created \
    assertionMethod digestMultibase domain challenge expires nonce";

/// Every word and type that the document uses and does not define, with where it stands.
pub fn undefined(document: &Value) -> Vec<String> {
    let mut known = BTreeSet::new();
    let mut strangers = Vec::new();
    let contexts = match &document["@context"] {
        Value::Array(list) => list.iter().collect(),
        one => vec![one],
    };
    for context in contexts {
        match context {
            Value::String(address) => match words(address) {
                Some(words) => known.extend(words.split_whitespace().map(str::to_owned)),
                None => strangers.push(format!("@context {address}")),
            },
            Value::Object(map) => known.extend(map.keys().cloned()),
            other => strangers.push(format!("@context {other}")),
        }
    }
    // A prefix that a definition uses has to be defined as well.
    let own = document["@context"].as_array().into_iter().flatten().filter_map(Value::as_object);
    for definition in own.flat_map(|map| map.values()) {
        let iri = definition.as_str().unwrap_or_else(|| text(&definition["@id"]));
        let prefix = iri.split(':').next().unwrap_or_default();
        if !["http", "https"].contains(&prefix) && !known.contains(prefix) {
            strangers.push(format!("{prefix}: of {iri}"));
        }
    }
    look(document, &known, "", &mut strangers);
    strangers
}

fn words(address: &str) -> Option<&'static str> {
    match address {
        "https://www.w3.org/ns/activitystreams" => Some(ACTIVITY_STREAMS),
        "https://w3id.org/security/v1" => Some(SECURITY),
        "https://www.w3.org/ns/cid/v1" => Some(IDENTIFIERS),
        "https://w3id.org/security/data-integrity/v1" | "https://w3id.org/security/data-integrity/v2" => {
            Some(INTEGRITY)
        }
        _ => None,
    }
}

fn look(value: &Value, known: &BTreeSet<String>, place: &str, strangers: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map.iter().filter(|(key, _)| *key != "@context") {
                let place = format!("{place}/{key}");
                if !known.contains(key) {
                    strangers.push(place.clone());
                }
                if key == "@context" || key == "contentMap" || key == "nameMap" || key == "summaryMap" {
                    continue; // keys are languages
                }
                let types = if key == "type" { super::rules::names(inner) } else { Vec::new() };
                strangers.extend(
                    types.iter().filter(|kind| !known.contains(**kind)).map(|kind| format!("{place}={kind}")),
                );
                look(inner, known, &place, strangers);
            }
            if place.is_empty() {
                return;
            }
            // One context, in front: a second one inside is read by few. A proof repeats what it was made with.
            if map.contains_key("@context") && place != "/proof" {
                strangers.push(format!("{place}/@context"));
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| look(inner, known, place, strangers)),
        _ => (),
    }
}
