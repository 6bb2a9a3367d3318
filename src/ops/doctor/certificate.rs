//! The certificate that our address shows: until when, and whether others believe it.

use super::way::{PATIENCE, tls_name};
use super::wire::Wire;
use super::{Finding, Patient, fault, fine, warning};
use crate::model::Timestamp;
use crate::model::time::DAY;
use crate::remote::Request;
use serde_json::json;
use std::net::TcpStream;
use url::Url;

/// Renewals begin a month before the end: so late, one has failed again and again.
const SOON: i64 = 14 * DAY;

pub fn certificate(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let Some(name) = tls_name(app) else { return Vec::new() };
    let mut findings = Vec::new();
    let mut days_left = None;
    for at in of.addresses() {
        let args = |why: &str, days: i64| json!({"host": app.instance.host, "address": at.ip().to_string(), "why": why, "count": days});
        let wire = match Wire::dial(*at, Some(&name), PATIENCE) {
            Ok(wire) => wire,
            // One that cannot be reached from here was told of before.
            Err(_) if TcpStream::connect_timeout(at, PATIENCE).is_err() => continue,
            Err(e) => {
                let args = args(&e.to_string(), 0);
                findings.push(fault(
                    "certificate",
                    "doctor-certificate-none",
                    "doctor-certificate-fix",
                    args,
                ));
                continue;
            }
        };
        let Some(until) = wire.certificate().and_then(end) else { continue };
        let left = (until.0 - app.now().0).div_euclid(DAY);
        days_left = Some(days_left.map_or(left, |least: i64| least.min(left)));
        if until <= app.now() {
            let args = args("", -left);
            findings.push(fault(
                "certificate",
                "doctor-certificate-expired",
                "doctor-certificate-renew",
                args,
            ));
        } else if until.0 - app.now().0 < SOON {
            let args = args("", left);
            findings.push(warning(
                "certificate",
                "doctor-certificate-soon",
                "doctor-certificate-renew",
                args,
            ));
        }
    }
    if findings.is_empty() {
        findings.extend(unbelieved(of, &app.instance.origin, &app.instance.host));
    }
    if findings.is_empty() {
        let args = json!({"count": days_left.unwrap_or_default()});
        findings.push(fine("certificate", "doctor-certificate-fine", args));
    }
    findings
}

/// What a careful client says of it.
fn unbelieved(of: &Patient, origin: &str, host: &str) -> Option<Finding> {
    let (client, url) = (of.client().ok()?, Url::parse(&format!("{origin}/health")).ok()?);
    let told = client.send(&Request { follow: false, cut: true, ..Request::get(&url) }).err()?.to_string();
    let (_, why) = told.split_once("invalid peer certificate: ")?;
    let args = json!({"host": host, "why": why});
    Some(match why.contains("not valid for name") || why.contains("NotValidForName") {
        true => fault("certificate", "doctor-certificate-foreign", "doctor-certificate-foreign-fix", args),
        false => fault("certificate", "doctor-certificate-unknown", "doctor-certificate-fix", args),
    })
}

/// `notAfter` of a certificate in DER: <https://www.rfc-editor.org/rfc/rfc5280#section-4.1>
fn end(der: &[u8]) -> Option<Timestamp> {
    let (_, certificate, _) = element(der)?;
    let (_, mut rest, _) = element(certificate)?;
    // Version, serial number, algorithm, issuer; the first is left out of the oldest kind.
    let skipped = if rest.first() == Some(&0xa0) { 4 } else { 3 };
    for _ in 0..skipped {
        rest = element(rest)?.2;
    }
    let (_, validity, _) = element(rest)?;
    let (tag, text, _) = element(element(validity)?.2)?;
    let text = std::str::from_utf8(text).ok().filter(|t| t.is_ascii())?;
    let century = if text < "5" { "20" } else { "19" };
    let text = if tag == 0x17 { format!("{century}{text}") } else { text.to_owned() };
    let at = |from: usize, to: usize| text.get(from..to);
    let (date, time) = ((at(0, 4)?, at(4, 6)?, at(6, 8)?), (at(8, 10)?, at(10, 12)?, at(12, 14)?));
    Timestamp::parse_rfc3339(&format!("{}-{}-{}T{}:{}:{}Z", date.0, date.1, date.2, time.0, time.1, time.2))
}

/// Tag and content of the first element, and what follows it.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, first) = (*der.first()?, usize::from(*der.get(1)?));
    let (length, begin) = match first {
        0..=0x7f => (first, 2),
        0x81..=0x83 => {
            let bytes = der.get(2..2 + (first & 0x7f))?;
            (bytes.iter().fold(0, |n, byte| n << 8 | usize::from(*byte)), 2 + (first & 0x7f))
        }
        _ => return None,
    };
    let rest = der.get(begin..)?;
    let (content, rest) = rest.split_at_checked(length)?;
    Some((tag, content, rest))
}
