//! A client of ACME authorities: <https://www.rfc-editor.org/rfc/rfc8555>, with TLS-ALPN-01
//! (<https://www.rfc-editor.org/rfc/rfc8737>) and HTTP-01. It knows of one order; when to ask for one, and what becomes of the
//! answer, is for `certificates` to say.
//!
//! An authority is a stranger, too: what it sends is capped, its words are cleaned before they are shown, and nothing is
//! asked for ever.

mod fault;

pub use fault::{Fault, Faults};

use crate::config::{Config, Tls};
use crate::error::{Error, Result};
use crate::model::Timestamp;
use crate::model::time::SECOND;
use crate::remote::{Answer, Client, Net, Request, Settings};
use crate::tls::{self, Certificates, Key, Pair, jws};
use serde_json::{Value, json};
use std::net::ToSocketAddrs;
use std::time::{Duration, Instant};
use url::Url;

const MAX_BYTES: u64 = 256 * 1024;
/// How often one request is tried again because of its nonce.
const NONCES: usize = 10;
/// How long an authority may look at a challenge, and how long it may take to sign.
const PATIENCE: Duration = Duration::from_secs(180);
/// How often it is asked meanwhile.
const POLLS: u32 = 60;

/// How the authority is shown that a name is ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// By a certificate of its own on port 443.
    Alpn,
    /// By a file on port 80.
    Http,
}

impl Way {
    pub fn other(self) -> Way {
        match self {
            Way::Alpn => Way::Http,
            Way::Http => Way::Alpn,
        }
    }

    fn of(kind: &Value) -> Option<Way> {
        match kind.as_str() {
            Some("tls-alpn-01") => Some(Way::Alpn),
            Some("http-01") => Some(Way::Http),
            _ => None,
        }
    }
}

type Done<T> = std::result::Result<T, Faults>;

/// The account at an authority, while we talk with it.
pub struct Session<'a> {
    tls: &'a Tls,
    client: Client,
    key: Key,
    now: Timestamp,
    directory: Value,
    /// The account's address there.
    pub account: String,
    nonce: String,
    /// Waits; `false`: the server is stopping.
    pause: &'a dyn Fn(Duration) -> bool,
}

impl<'a> Session<'a> {
    /// Reads the directory, and makes the account if it is not there yet: `account` is what was known of it.
    pub fn open(
        config: &Config,
        tls: &'a Tls,
        key: Key,
        account: &str,
        pause: &'a dyn Fn(Duration) -> bool,
    ) -> Done<Session<'a>> {
        let url = address(tls.directory())?;
        let client = client(config, tls, &url)?;
        let answer = client.send(&Request { max_bytes: MAX_BYTES, ..Request::get(&url) })?;
        let mut session = Session {
            tls,
            client,
            key,
            now: config.clock.now(),
            directory: Value::Null,
            account: account.to_owned(),
            nonce: String::new(),
            pause,
        };
        session.directory = match answer.status {
            200 => body(&answer)?,
            _ => return Err(session.refusal(&answer)),
        };
        if session.account.is_empty() {
            session.register()?;
        }
        Ok(session)
    }

    /// Makes the account, or finds the one of our key again.
    fn register(&mut self) -> Done<()> {
        let url = self.place("newAccount")?;
        let mut wanted = json!({"termsOfServiceAgreed": true});
        if !self.tls.contact.is_empty() {
            wanted["contact"] = json!([format!("mailto:{}", self.tls.contact.trim_start_matches("mailto:"))]);
        }
        if !self.tls.eab_key_id.is_empty() {
            wanted["externalAccountBinding"] =
                jws::binding(&self.key, &self.tls.eab_key_id, &self.tls.eab_key, &url)?;
        }
        self.account.clear();
        let answer = self.post(&url, Some(&wanted)).map_err(|faults| self.about_account(faults))?;
        self.account = answer.headers.get("location").unwrap_or_default().to_owned();
        Ok(address(&self.account).map(drop)?)
    }

    fn about_account(&self, Faults(mut faults): Faults) -> Faults {
        let bound = !self.tls.eab_key_id.is_empty();
        for fault in &mut faults {
            let hint = match fault.code.as_str() {
                "externalAccountRequired" => {
                    "it wants tls.eab_key_id and tls.eab_key, which it gives to its customers"
                }
                "unauthorized" | "malformed" if bound => {
                    "it does not take tls.eab_key_id and tls.eab_key: copy both again, or ask it for new ones"
                }
                "invalidContact" | "unsupportedContact" => {
                    "it does not take tls.contact: is it an e-mail address?"
                }
                _ => continue,
            };
            fault.text = format!("{} made no account: {hint} ({})", self.authority(), fault.text);
        }
        Faults(faults)
    }

    /// One order, from the names to the certificate. Faults with names are of single names: the others were shown to be ours.
    pub fn order(
        &mut self,
        names: &[String],
        way: &dyn Fn(&str) -> Way,
        certificates: &Certificates,
    ) -> Done<(Key, String, Pair)> {
        let identifiers: Vec<Value> = names.iter().map(|n| json!({"type": "dns", "value": n})).collect();
        let wanted = json!({"identifiers": identifiers});
        let (url, order) = match self.begin(&wanted) {
            // It forgot us, or is another one at the same address.
            Err(Faults(faults)) if faults.iter().any(|f| f.code == "accountDoesNotExist") => {
                self.register()?;
                self.begin(&wanted)?
            }
            begun => begun?,
        };
        let mut faults = Vec::new();
        for one in order["authorizations"].as_array().into_iter().flatten().take(names.len()) {
            if let Err(Faults(found)) = self.prove(one.as_str().unwrap_or_default(), names, way, certificates)
            {
                let whole = found.iter().any(|f| f.name.is_empty());
                faults.extend(found);
                if whole {
                    break;
                }
            }
        }
        if !faults.is_empty() {
            return Err(Faults(faults));
        }
        let ready = self.poll(&url, &["pending"])?;
        if ready["status"] != "ready" {
            return Err(self.of_order(&ready));
        }
        let key = Key::generate()?;
        let csr = jws::base64(tls::request(&key, names)?);
        self.post(text(&ready, "finalize"), Some(&json!({"csr": csr})))?;
        let done = self.poll(&url, &["ready", "processing"])?;
        if done["status"] != "valid" {
            return Err(self.of_order(&done));
        }
        let answer = self.post(text(&done, "certificate"), None)?;
        let pair = Pair::issued(&answer.body, &key)?;
        let chain = String::from_utf8_lossy(&answer.body).into_owned();
        match names.iter().find(|name| !pair.facts.covers(name)) {
            Some(name) => Err(Error::invalid(format!("the certificate that came is not for {name}")).into()),
            None => Ok((key, chain, pair)),
        }
    }

    fn begin(&mut self, wanted: &Value) -> Done<(String, Value)> {
        let answer = self.post(&self.place("newOrder")?, Some(wanted))?;
        Ok((answer.headers.get("location").unwrap_or_default().to_owned(), body(&answer)?))
    }

    /// Shows that the name of one authorization is ours.
    fn prove(
        &mut self,
        url: &str,
        names: &[String],
        way: &dyn Fn(&str) -> Way,
        certificates: &Certificates,
    ) -> Done<()> {
        let found = body(&self.post(url, None)?)?;
        let name = found["identifier"]["value"].as_str().unwrap_or_default().to_ascii_lowercase();
        if found["status"] == "valid" {
            return Ok(());
        }
        if !names.contains(&name) {
            return Err(
                Error::invalid(format!("{} asks about a name that is not ours", self.authority())).into()
            );
        }
        let offered = || found["challenges"].as_array().into_iter().flatten().take(20);
        let of = |wanted: Way| offered().find(|c| Way::of(&c["type"]) == Some(wanted));
        let wanted = way(&name);
        let Some((way, challenge)) =
            of(wanted).map(|c| (wanted, c)).or_else(|| of(wanted.other()).map(|c| (wanted.other(), c)))
        else {
            let text = format!("{} offers neither TLS-ALPN-01 nor HTTP-01 for {name}", self.authority());
            return Err(Faults(vec![Fault { code: "unsupported".into(), name, text, until: 0 }]));
        };
        let token = text(challenge, "token");
        if token.is_empty()
            || token.len() > 256
            || !token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        {
            return Err(Error::invalid(format!("{} sent a token that is none", self.authority())).into());
        }
        let proof = jws::authorization(&self.key, token);
        match way {
            Way::Alpn => {
                let key = Key::generate()?;
                let shown = tls::challenge(&key, &name, &jws::sha256(&proof))?;
                certificates.challenge(&name, Some(tls::self_made(shown, &key)?));
            }
            Way::Http => certificates.expect(token, Some(proof)),
        }
        let asked = self.post(text(challenge, "url"), Some(&json!({})));
        let looked = asked.and_then(|_| self.poll(url, &["pending", "processing"]));
        match way {
            Way::Alpn => certificates.challenge(&name, None),
            Way::Http => certificates.expect(token, None),
        }
        let looked = looked?;
        if looked["status"] == "valid" {
            return Ok(());
        }
        let challenges = looked["challenges"].as_array().into_iter().flatten();
        let problem = challenges.map(|c| &c["error"]).find(|e| e.is_object()).unwrap_or(&Value::Null);
        Err(Faults(vec![Fault::of(problem, &name, 0, &self.authority())]))
    }

    /// Asks until it is in another state than these.
    fn poll(&mut self, url: &str, passing: &[&str]) -> Done<Value> {
        let until = Instant::now() + PATIENCE;
        for turn in 0..POLLS {
            let answer = self.post(url, None)?;
            let found = body(&answer)?;
            if !passing.contains(&text(&found, "status")) {
                return Ok(found);
            }
            let wanted =
                self.retry_after(&answer).map_or(i64::from(turn / 4 + 1), |at| (at - self.now.0) / SECOND);
            let wait = Duration::from_secs(wanted.clamp(1, 20).unsigned_abs());
            if Instant::now() + wait > until {
                break;
            }
            if !(self.pause)(wait) {
                return Err(Error::unavailable("the server is stopping").into());
            }
        }
        Err(Error::unavailable(format!(
            "{} came to no end within {} seconds",
            self.authority(),
            PATIENCE.as_secs()
        ))
        .into())
    }

    /// A signed request; no payload reads what is there.
    fn post(&mut self, url: &str, payload: Option<&Value>) -> Done<Answer> {
        let to = address(url)?;
        let mut last = None;
        for _ in 0..NONCES {
            if self.nonce.is_empty() {
                let from = address(&self.place("newNonce")?)?;
                let answer =
                    self.client.send(&Request { method: "HEAD", follow: false, ..Request::get(&from) })?;
                self.keep_nonce(&answer);
            }
            let account = Some(self.account.as_str()).filter(|account| !account.is_empty());
            let nonce = std::mem::take(&mut self.nonce);
            let body = jws::signed(&self.key, account, &nonce, url, payload)?;
            let request = Request::post(&to, "application/jose+json", body.as_bytes());
            let answer = self.client.send(&Request { follow: false, max_bytes: MAX_BYTES, ..request })?;
            self.keep_nonce(&answer);
            if (200..300).contains(&answer.status) {
                return Ok(answer);
            }
            let refused = self.refusal(&answer);
            if refused.0.iter().all(|fault| fault.code != "badNonce") {
                return Err(refused);
            }
            last = Some(refused);
        }
        Err(last.unwrap_or_else(|| Faults(Vec::new())))
    }

    fn keep_nonce(&mut self, answer: &Answer) {
        let nonce = answer.headers.get("replay-nonce").filter(|nonce| nonce.len() <= 512);
        self.nonce = nonce.unwrap_or_default().to_owned();
    }

    /// An address of the directory.
    fn place(&self, what: &str) -> Done<String> {
        match self.directory[what].as_str() {
            Some(url) => Ok(url.to_owned()),
            None => {
                Err(Error::invalid(format!("{} is no directory of an ACME authority", self.tls.directory()))
                    .into())
            }
        }
    }

    fn authority(&self) -> String {
        authority(self.tls)
    }

    fn refusal(&self, answer: &Answer) -> Faults {
        let problem = body(answer).unwrap_or_default();
        fault::refusal(answer.status, &problem, self.retry_after(answer), self.now.0, &self.authority())
    }

    fn of_order(&self, order: &Value) -> Faults {
        let mut fault = Fault::of(&order["error"], "", 0, &self.authority());
        if fault.code == fault::UNKNOWN {
            fault.text =
                format!("{} gave up the order, or it expired; there will be a new one", self.authority());
        }
        Faults(vec![fault])
    }

    fn retry_after(&self, answer: &Answer) -> Option<i64> {
        fault::wait(answer.headers.get("retry-after")?, self.now.0)
    }
}

/// The host of the directory.
pub fn authority(tls: &Tls) -> String {
    let url = Url::parse(tls.directory()).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

/// A client for this alone: the operator named the authority, so its addresses are allowed, whatever they are.
fn client(config: &Config, tls: &Tls, directory: &Url) -> Result<Client> {
    let mut allow_private =
        config.allow_private.iter().map(|net| Net::parse(net)).collect::<Result<Vec<_>>>()?;
    if !tls.directory.is_empty() {
        let host = directory.host_str().unwrap_or_default().trim_matches(['[', ']']);
        for found in (host, 443).to_socket_addrs().into_iter().flatten().take(10) {
            allow_private.push(Net::parse(&found.ip().to_string())?);
        }
    }
    Client::new(Settings {
        user_agent: format!("Taure/{} (ACME)", env!("CARGO_PKG_VERSION")),
        allow_private,
        extra_ca: config.extra_ca.clone(),
        ..Settings::default()
    })
}

fn address(url: &str) -> Result<Url> {
    let parsed = Url::parse(url).ok().filter(|parsed| parsed.scheme() == "https");
    parsed.ok_or_else(|| {
        Error::invalid(format!("\"{}\" is no https address of an authority", fault::clean(url)))
    })
}

fn body(answer: &Answer) -> Result<Value> {
    serde_json::from_slice(&answer.body)
        .map_err(|e| Error::unavailable("the authority's answer cannot be read").because(e))
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}
