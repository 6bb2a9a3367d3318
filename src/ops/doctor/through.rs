//! What becomes of a request on its way to us: signed ones, large ones, and those that stay open. Most faults here are a
//! proxy's.

use super::way::{PATIENCE, tls_name};
use super::wire::Wire;
use super::{Finding, Patient, fault, fine, probe, warning};
use crate::app::App;
use crate::error::{Error, Result};
use crate::remote::Request;
use crate::sig::{self, Outgoing, Scheme};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use url::Url;

const KIB: usize = 1024;
/// The largest activity that we take.
const BODY: usize = 1024 * KIB;
/// What is tried where that does not come through.
const SMALLER: [usize; 8] = [512 * KIB, 256 * KIB, 128 * KIB, 96 * KIB, 64 * KIB, 32 * KIB, 16 * KIB, KIB];
/// How long a proxy is waited for that may refuse a large upload by its announced length.
const REFUSAL: Duration = Duration::from_secs(2);
/// The first event has to be here by then; the second is sent after twice as long.
const MOMENT: Duration = Duration::from_secs(2);

/// Signs as deliveries and fetches are signed, and looks at what arrives.
pub fn signatures(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let ways = [("POST", Scheme::Cavage), ("POST", Scheme::Rfc9421), ("GET", Scheme::Cavage)];
    for (method, scheme) in ways {
        match round_trip(app, of, method, scheme) {
            Ok(None) => {}
            Ok(Some(finding)) => return vec![finding],
            Err(e) => {
                let args = json!({"why": e.to_string()});
                return vec![fault("signatures", "doctor-signatures-none", "doctor-signatures-fix", args)];
            }
        }
    }
    vec![fine("signatures", "doctor-signatures-fine", Value::Null)]
}

/// What is wrong with one of them.
fn round_trip(app: &App, of: &Patient, method: &str, scheme: Scheme) -> Result<Option<Finding>> {
    let ticket = probe::new(app)?;
    let url = Url::parse(&app.instance.at(&format!("{}/{ticket}", probe::PATH))).map_err(Error::internal)?;
    let body = br#"{"type":"Question","name":"Does this arrive as it was sent?"}"#;
    let body = (method == "POST").then_some(&body[..]);
    let kind = body.map(|_| "application/activity+json");
    let outgoing = Outgoing { method, url: &url, content_type: kind, body, extra: None };
    let signed = sig::sign(scheme, &app.keys.signing().owner, &outgoing, app.now())?;
    let sign = |_: &str, _: &Url, _: Option<&[u8]>| {
        Ok(signed.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect())
    };
    let request =
        Request { method, content_type: kind, body, sign: Some(&sign), follow: false, ..Request::get(&url) };
    let answer = of.client()?.send(&request)?;
    let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    if probe::run_of(app, &ticket, &told).is_none() {
        let args = json!({"why": format!("{method}: {}", answer.status)});
        return Ok(Some(fault("signatures", "doctor-signatures-none", "doctor-signatures-fix", args)));
    }
    let seen = |name: &str| told["seen"]["headers"][name].as_str();
    for (name, sent) in &signed {
        let args = json!({"name": name, "sent": sent, "seen": seen(name).unwrap_or_default(), "host": app.instance.host});
        match seen(name) {
            Some(arrived) if arrived == sent => {}
            _ if *name == "host" => {
                return Ok(Some(fault("signatures", "doctor-host-changed", "doctor-host-fix", args)));
            }
            // Nobody signs for how a media type is spaced.
            Some(arrived) if *name == "content-type" && arrived.replace(' ', "") == sent.replace(' ', "") => {
            }
            Some(_) => {
                return Ok(Some(fault("signatures", "doctor-header-changed", "doctor-header-fix", args)));
            }
            None => return Ok(Some(fault("signatures", "doctor-header-lost", "doctor-header-fix", args))),
        }
    }
    let verified = &told["seen"]["verified"];
    Ok((*verified != true).then(|| {
        fault("signatures", "doctor-signatures-wrong", "doctor-signatures-fix", json!({"why": verified}))
    }))
}

/// Whether the largest activity comes through, and whether the largest upload is let begin.
pub fn bodies(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    if arrives(app, of, BODY) {
        let mut found = vec![fine("bodies", "doctor-bodies-fine", Value::Null)];
        found.extend(upload(app, of));
        return found;
    }
    let passed = SMALLER.into_iter().find(|size| arrives(app, of, *size)).unwrap_or(0);
    let args = json!({"kib": passed / KIB, "wanted": app.config.upload_mb});
    vec![fault("bodies", "doctor-bodies-capped", "doctor-bodies-fix", args)]
}

fn arrives(app: &App, of: &Patient, size: usize) -> bool {
    let sent = (|| {
        let ticket = probe::new(app)?;
        let url =
            Url::parse(&app.instance.at(&format!("{}/{ticket}", probe::PATH))).map_err(Error::internal)?;
        let body = vec![b' '; size];
        let answer = of
            .client()?
            .send(&Request { follow: false, ..Request::post(&url, "application/json", &body) })?;
        let told: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        let ours = probe::run_of(app, &ticket, &told).is_some();
        Ok::<_, Error>(ours && told["seen"]["received"].as_u64() == Some(size as u64))
    })();
    sent.unwrap_or(false)
}

/// Proxies refuse by the length that is announced: nothing of it has to be sent.
fn upload(app: &App, of: &Patient) -> Option<Finding> {
    let length = u64::from(app.config.upload_mb) << 20;
    let path = format!("{}/{}", probe::PATH, probe::new(app).ok()?);
    let mut wire = Wire::dial(*of.addresses().first()?, tls_name(app).as_deref(), REFUSAL).ok()?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {}\r\nContent-Type: multipart/form-data; boundary=doctor\r\n\
         Content-Length: {length}\r\nConnection: close\r\n\r\n",
        app.instance.host
    );
    wire.write(head.as_bytes()).ok()?;
    // Silence is consent; our own refusal of a stranger's file came through, which is all that was asked.
    let refused = wire.head().ok().filter(|head| head.status == 413)?;
    if refused.get("content-type").is_some_and(|kind| kind.contains("json")) {
        return None;
    }
    let args = json!({"wanted": app.config.upload_mb});
    Some(warning("uploads", "doctor-uploads-capped", "doctor-bodies-fix", args))
}

pub fn sockets(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let upgraded = (|| {
        let path = format!("{}/{}/socket", probe::PATH, probe::new(app)?);
        let at = *of.addresses().first().ok_or_else(Error::not_found)?;
        let mut wire = Wire::dial(at, tls_name(app).as_deref(), PATIENCE)?;
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGF1cmUgYXNrcyB0YXVyZQ==\r\n\r\n",
            app.instance.host
        );
        wire.write(head.as_bytes())?;
        let head = wire.head()?;
        Ok::<_, Error>((head.status, head.get("sec-websocket-accept").is_some()))
    })();
    vec![match upgraded {
        Ok((101, true)) => fine("sockets", "doctor-sockets-fine", Value::Null),
        Ok((status, _)) => {
            let args = json!({"why": status.to_string()});
            fault("sockets", "doctor-sockets-none", "doctor-sockets-fix", args)
        }
        Err(e) => {
            fault("sockets", "doctor-sockets-none", "doctor-sockets-fix", json!({"why": e.to_string()}))
        }
    }]
}

pub fn events(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let began = Instant::now();
    let heard = (|| {
        let path = format!("{}/{}/events", probe::PATH, probe::new(app)?);
        let url = Url::parse(&app.instance.at(&path)).map_err(Error::internal)?;
        let request = Request { accept: Some("text/event-stream"), follow: false, ..Request::get(&url) };
        let mut stream = of.client()?.stream(&request, 4 * MOMENT)?;
        let mut buffer = [0; 64];
        Ok::<_, Error>((stream.status(), stream.read(&mut buffer)?))
    })();
    vec![match heard {
        Ok((200, 1..)) if began.elapsed() < MOMENT => fine("events", "doctor-events-fine", Value::Null),
        Ok((200, _)) => fault("events", "doctor-events-held", "doctor-events-fix", Value::Null),
        // It took so long that nobody waited for the end.
        Err(_) if began.elapsed() >= MOMENT => {
            fault("events", "doctor-events-held", "doctor-events-fix", Value::Null)
        }
        Ok((status, _)) => {
            fault("events", "doctor-events-none", "doctor-events-fix", json!({"why": status.to_string()}))
        }
        Err(e) => fault("events", "doctor-events-none", "doctor-events-fix", json!({"why": e.to_string()})),
    }]
}
