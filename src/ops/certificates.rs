//! Our certificates over the years: which names, when to ask again, what to do when it fails. What is known of them is in
//! `tls/state.json` in the data folder, beside the certificate and the account's key, so that a restart asks nobody again,
//! and so that whoever looks on need not ask the server.

use super::acme::{Fault, Faults, Session, Way, authority};
use crate::config::{Config, Tls, is_name};
use crate::error::{Error, Result};
use crate::model::time::{DAY, HOUR, MINUTE};
use crate::model::{Instance, Timestamp};
use crate::tls::{self, Certificates, Facts, Key, Pair, jws};
use serde::{Deserialize, Serialize};
use std::fs;
use std::net::ToSocketAddrs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The waits after a failure. Let's Encrypt allows five failures of a name in an hour, and each try may be two.
const WAITS: [i64; 4] = [10 * MINUTE, HOUR, 6 * HOUR, DAY];
/// A time to wait for that is further away was noted by a clock that went wrong.
const FAR: i64 = 9 * DAY;
/// How often it is looked where the domain leads.
const LOOKUP: i64 = HOUR;
/// Orders in one try: all names, then those that are left, in the other way or without others.
const ORDERS: usize = 6;

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
struct State {
    /// What the operator chose when all this was noted; another choice begins anew.
    chosen: String,
    /// The account's address at the authority.
    account: String,
    /// The name of the file in use, and the directory it came from.
    file: String,
    directory: String,
    wanted: Vec<String>,
    /// Names that got none the last time, or what failed for all.
    faults: Vec<Fault>,
    failures: usize,
    /// Milliseconds since 1970; 0: at once. When the certificate is to be renewed; not to be tried before, after a failure;
    /// and what the authority asked for, which even the owner cannot hurry.
    renew_at: i64,
    retry_at: i64,
    limited_until: i64,
    /// When a try is next, as it was seen last.
    next_try: i64,
}

/// How our certificates are, for whoever looks on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Those of the certificate in use.
    pub names: Vec<String>,
    /// Those that it should have and has not.
    pub missing: Vec<String>,
    pub not_before: Option<Timestamp>,
    pub not_after: Option<Timestamp>,
    pub issuer: String,
    /// The authority's host, or the path of an own certificate; empty: https is not ours.
    pub source: String,
    /// What is wrong and what to do, in English; of single names, or of all.
    pub faults: Vec<Fault>,
    /// All faults in one.
    pub last_error: Option<String>,
    pub next_try: Option<Timestamp>,
}

/// Reads what is known of our certificates, beside a server that may be running.
pub fn report(config: &Config) -> Report {
    let Some(tls) = &config.tls else { return Report::default() };
    let mut state = State::read(config);
    let (file, source) = match tls.is_acme() {
        true => (folder(config).join(&state.file), authority(tls)),
        false => (tls.certificate.clone(), tls.certificate.display().to_string()),
    };
    let found = match tls.is_acme() && state.file.is_empty() {
        true => None,
        false => tls::facts(&file).map_err(|e| state.faults.push(local(&e))).ok(),
    };
    let mut report = Report { source, ..Report::default() };
    if let Some(facts) = found {
        state.wanted.retain(|name| !facts.covers(name));
        report = Report {
            names: facts.names,
            not_before: Some(facts.not_before),
            not_after: Some(facts.not_after),
            issuer: facts.issuer,
            ..report
        };
    }
    report.missing = state.wanted;
    report.next_try = Some(Timestamp(state.next_try)).filter(|at| at.0 > 0 && tls.is_acme());
    state.faults.dedup();
    let texts: Vec<&str> = state.faults.iter().map(|fault| fault.text.as_str()).collect();
    report.last_error = Some(texts.join("; ")).filter(|text| !text.is_empty());
    report.faults = state.faults;
    report
}

/// Asks the server beside us, or the next one, for a new certificate.
///
/// Errors: `Invalid`, where there is none to be had; the disk's.
pub fn ask(config: &Config) -> Result<()> {
    match &config.tls {
        Some(tls) if tls.is_acme() => tls::write(&folder(config).join(ASKED), ""),
        Some(_) => Err(Error::invalid("tls.certificate is a file of your own: renew it where it came from")),
        None => Err(Error::invalid("https is not ours here: there is no [tls] in taure.toml")),
    }
}

/// The file that asks for a new certificate now.
const ASKED: &str = "renew";

/// Looks after the certificates of a running server.
pub struct Keeper {
    config: Config,
    tls: Tls,
    certificates: Arc<Certificates>,
    state: State,
    /// What is in use.
    facts: Option<Facts>,
    /// When the own files were last changed, as they were read.
    seen: Option<[Option<(SystemTime, u64)>; 2]>,
    /// When it was last said that something is wrong with what is in use.
    said_at: Timestamp,
    /// The names that there should be, and when that was found out.
    names: (Vec<String>, Timestamp),
}

impl Keeper {
    /// Takes into use what is there, so that the first visitor is answered. What is wrong with it is said in the log.
    pub fn new(config: &Config, tls: &Tls, certificates: &Arc<Certificates>) -> Keeper {
        let mut keeper = Keeper {
            config: config.clone(),
            tls: tls.clone(),
            certificates: Arc::clone(certificates),
            state: State::read(config),
            facts: None,
            seen: None,
            said_at: Timestamp(0),
            names: (Vec::new(), Timestamp(0)),
        };
        if !tls.is_acme() {
            keeper.read_own(&[]);
        } else if !keeper.state.file.is_empty() {
            keeper.read_issued();
        }
        keeper
    }

    /// One look, some times a minute: files that changed, and what is due. `pause` waits, and says `false` when the server stops.
    pub fn tend(&mut self, instance: Option<&Instance>, pause: &dyn Fn(Duration) -> bool) {
        let before = self.state.clone();
        let asked = self.tls.is_acme() && fs::remove_file(folder(&self.config).join(ASKED)).is_ok();
        let now = self.now();
        if asked || self.names.0.is_empty() || now.0 - self.names.1.0 >= LOOKUP {
            self.names = (names(&self.tls, instance), now);
        }
        let wanted = self.names.0.clone();
        if self.tls.is_acme() {
            self.tend_issued(wanted, asked, pause);
        } else {
            self.read_own(&wanted);
        }
        self.complain();
        self.keep(&before);
    }

    fn keep(&mut self, before: &State) {
        if self.state == *before {
            return;
        }
        let written = serde_json::to_string_pretty(&self.state).map_err(Error::internal);
        if let Err(e) = written.and_then(|text| tls::write(&folder(&self.config).join(STATE), &text)) {
            tracing::error!(error = %e, "the state of the certificates could not be kept");
        }
    }

    fn now(&self) -> Timestamp {
        self.config.clock.now()
    }

    /// Says once a day that what is in use is of no use.
    fn complain(&mut self) {
        let Some(facts) = &self.facts else { return };
        let (now, until) = (self.now(), facts.not_after);
        if (until.0 > now.0 && facts.not_before <= now) || now.0 - self.said_at.0 < DAY {
            return;
        }
        self.said_at = now;
        tracing::error!(from = %facts.not_before, until = %until, "the certificate in use is not valid now: has it expired, or is the clock of this machine wrong?");
    }

    // --- own files

    fn read_own(&mut self, wanted: &[String]) {
        let changed = [&self.tls.certificate, &self.tls.key]
            .map(|file| fs::metadata(file).and_then(|m| Ok((m.modified()?, m.len()))).ok());
        self.state.wanted = wanted.to_vec();
        if self.seen == Some(changed) {
            return;
        }
        self.seen = Some(changed);
        match Pair::load(&self.tls.certificate, &self.tls.key) {
            Ok(pair) => {
                tracing::info!(names = ?pair.facts.names, until = %pair.facts.not_after, "the certificate was read");
                self.state.faults.clear();
                self.take(pair);
                for name in wanted.iter().filter(|name| self.facts.as_ref().is_some_and(|f| !f.covers(name)))
                {
                    tracing::warn!(
                        name,
                        "the certificate is not for this name: browsers and other servers will refuse it"
                    );
                }
            }
            Err(e) => {
                tracing::error!(error = %e, kept = self.facts.is_some(), "the certificate was not taken");
                self.state.faults = vec![local(&e)];
            }
        }
    }

    fn take(&mut self, pair: Pair) {
        self.certificates.put(&pair.facts.names, &pair.key);
        self.facts = Some(pair.facts);
        self.said_at = Timestamp(0);
    }

    // --- an authority's

    fn read_issued(&mut self) {
        let file = folder(&self.config).join(&self.state.file);
        match Pair::load(&file, &file) {
            Ok(pair) => self.take(pair),
            Err(e) => {
                tracing::error!(error = %e, "the certificate that was kept is of no use; a new one is asked for")
            }
        }
    }

    fn tend_issued(&mut self, wanted: Vec<String>, asked: bool, pause: &dyn Fn(Duration) -> bool) {
        if wanted.is_empty() {
            return; // nobody was set up yet
        }
        let now = self.now().0;
        let tls = &self.tls;
        let rest =
            [&tls.names.join(","), &tls.contact, &tls.eab_key_id, &tls.eab_key].map(String::as_str).join(" ");
        let chosen = format!("{} {}", tls.directory(), jws::base64(jws::sha256(&rest)));
        if self.state.chosen != chosen {
            let same = self.state.chosen.split(' ').next() == Some(tls.directory());
            let limited_until = if same { self.state.limited_until } else { 0 };
            self.state = State {
                chosen,
                file: std::mem::take(&mut self.state.file),
                directory: std::mem::take(&mut self.state.directory),
                renew_at: self.state.renew_at,
                limited_until,
                ..State::default()
            };
        }
        self.state.faults.retain(|fault| fault.name.is_empty() || wanted.contains(&fault.name));
        self.state.wanted = wanted;
        for at in [&mut self.state.retry_at, &mut self.state.limited_until] {
            *at = if *at > now + FAR { 0 } else { *at };
        }
        if asked {
            // Until there is one, and whatever failed before.
            (self.state.renew_at, self.state.retry_at) = (now, 0);
        }
        let due = self.due();
        if due <= now {
            // A crash on the way must not ask again at once.
            let before = self.state.clone();
            self.state.retry_at = now + WAITS[0];
            self.keep(&before);
            self.renew(pause);
        } else if asked {
            let until = Timestamp(due).to_http_date();
            tracing::warn!(until, "the authority wants no more requests; a new certificate has to wait");
        }
        self.state.next_try = self.due();
    }

    /// When to ask, in milliseconds since 1970.
    fn due(&self) -> i64 {
        let state = &self.state;
        let renewal = self.renewal();
        let open =
            state.wanted.iter().any(|name| self.facts.as_ref().is_none_or(|facts| !facts.covers(name)));
        let due = if open { 0 } else { renewal };
        due.max(state.retry_at).max(state.limited_until)
    }

    /// When what is in use is to be replaced, whatever else is wanted.
    fn renewal(&self) -> i64 {
        match &self.facts {
            Some(facts) if self.state.directory == self.tls.directory() => match self.state.renew_at {
                0 => facts.not_before.0 + (facts.not_after.0 - facts.not_before.0) / 3 * 2,
                at => at,
            },
            _ => 0,
        }
    }

    fn renew(&mut self, pause: &dyn Fn(Duration) -> bool) {
        let wanted = self.state.wanted.clone();
        let whole = self.renewal() <= self.now().0;
        let mut lost = Vec::new();
        let done = self.obtain(&wanted, whole, &mut lost, pause);
        let now = self.now().0;
        if let Err(Faults(faults)) = done {
            lost.extend(faults);
        }
        lost.truncate(wanted.len() + 1);
        for fault in &lost {
            tracing::error!(name = fault.name, code = fault.code, "no certificate: {}", fault.text);
            if fault.code == "rateLimited" {
                self.state.limited_until = fault.until.max(now + HOUR);
            }
        }
        self.state.failures = if lost.is_empty() { 0 } else { self.state.failures + 1 };
        let wait = WAITS[self.state.failures.saturating_sub(1).min(WAITS.len() - 1)];
        // Nothing is lost by asking again soon where nobody answered.
        let silent = lost.iter().all(|fault| fault.code == "unreachable");
        let wait = if silent { wait / 5 } else { wait };
        self.state.retry_at = if lost.is_empty() { 0 } else { now + wait + chance(wait / 10) };
        self.state.faults = lost;
    }

    /// Asks for one certificate of all names, or of those that can have one; why others cannot is in `lost`.
    fn obtain(
        &mut self,
        wanted: &[String],
        whole: bool,
        lost: &mut Vec<Fault>,
        pause: &dyn Fn(Duration) -> bool,
    ) -> Result<(), Faults> {
        let tls = self.tls.clone();
        let key = self.account_key()?;
        let mut session = Session::open(&self.config, &tls, key, &self.state.account, pause)?;
        self.state.account.clone_from(&session.account);
        let first = if tls.is_on_443() { Way::Alpn } else { Way::Http };
        let (mut left, mut turned) = (wanted.to_vec(), Vec::new());
        for _ in 0..ORDERS {
            // One that has them all and is still good was asked for already: authorities count those that are alike.
            let known = |name: &String| self.facts.as_ref().is_some_and(|facts| facts.covers(name));
            if left.is_empty() || (!whole && left.iter().all(known)) {
                return Ok(());
            }
            let way = |name: &str| if turned.iter().any(|t| t == name) { first.other() } else { first };
            let faults = match session.order(&left, &way, &self.certificates) {
                Ok((key, chain, pair)) => {
                    self.state.account.clone_from(&session.account);
                    return Ok(self.adopt(&wanted[0], &key, &chain, pair)?);
                }
                Err(Faults(faults)) => faults,
            };
            let asked = (left.len(), turned.len());
            for fault in faults {
                if !fault.name.is_empty() && !left.contains(&fault.name) {
                    continue; // two problems of one name
                } else if fault.name.is_empty() && fault.is_of_names() && left.len() > 1 {
                    // It does not say which: the first one is the one that matters.
                    for name in left.drain(1..) {
                        lost.push(Fault { name, ..fault.clone() });
                    }
                } else if fault.name.is_empty() {
                    return Err(Faults(vec![fault]));
                } else if fault.is_of_the_way() && !turned.contains(&fault.name) {
                    tracing::info!(name = fault.name, "{}; the other way is tried", fault.text);
                    turned.push(fault.name);
                } else {
                    left.retain(|name| *name != fault.name);
                    lost.push(fault);
                }
            }
            if asked == (left.len(), turned.len()) {
                break; // it speaks of other names than ours
            }
        }
        Err(Error::invalid("the authority found ever new faults").into())
    }

    fn account_key(&self) -> Result<Key> {
        let file = folder(&self.config).join("account.pem");
        match fs::read(&file) {
            Ok(pem) => Key::from_pem(&pem).map_err(|e| {
                Error::invalid(format!(
                    "{} cannot be read: move it away, and a new account is made",
                    file.display()
                ))
                .because(e)
            }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let key = Key::generate()?;
                tls::write(&file, &key.to_pem())?;
                Ok(key)
            }
            Err(e) => Err(e.into()),
        }
    }

    /// Keeps what came and uses it from now on.
    fn adopt(&mut self, name: &str, key: &Key, chain: &str, pair: Pair) -> Result<()> {
        let file = format!("{name}.pem");
        // In one file, so that no power cut parts them.
        tls::write(&folder(&self.config).join(&file), &(key.to_pem() + chain))?;
        let (from, until, now) = (pair.facts.not_before.0, pair.facts.not_after.0, self.now().0);
        let life = (until - from).max(0);
        // Some earlier than the others who got theirs today. A wrong clock must not ask again and again.
        let renew_at = (from + life / 3 * 2 - chance(life / 30)).max(now + life / 20);
        tracing::info!(names = ?pair.facts.names, issuer = pair.facts.issuer, until = %pair.facts.not_after, "a new certificate is in use");
        self.state.file = file;
        self.state.directory = self.tls.directory().to_owned();
        self.state.renew_at = renew_at;
        self.take(pair);
        Ok(())
    }
}

const STATE: &str = "state.json";

impl State {
    /// What is not there or cannot be read is as new.
    fn read(config: &Config) -> State {
        let mut state: State = fs::read(folder(config).join(STATE))
            .ok()
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let plain = Path::new(&state.file).file_name().is_some_and(|name| name == state.file.as_str());
        if !plain {
            state.file.clear();
        }
        state
    }
}

fn folder(config: &Config) -> PathBuf {
    config.data.join("tls")
}

fn local(e: &Error) -> Fault {
    Fault { code: "local".into(), text: e.to_string(), ..Fault::default() }
}

/// The operator's names, or the host and, where it leads here, the domain behind the @.
fn names(tls: &Tls, instance: Option<&Instance>) -> Vec<String> {
    if !tls.names.is_empty() {
        return tls.names.clone();
    }
    let Some(instance) = instance else { return Vec::new() };
    let host = |of: &str| of.rsplit_once(':').map_or(of, |(host, _)| host).to_ascii_lowercase();
    let (ours, apex) = (host(&instance.host), host(&instance.domain));
    let mut names = vec![ours.clone()];
    if apex != ours && leads_to(&addresses(&apex), &addresses(&ours)) {
        names.push(apex);
    }
    names.retain(|name| is_name(name) && name.contains('.'));
    names
}

fn addresses(host: &str) -> Vec<std::net::IpAddr> {
    (host, 443).to_socket_addrs().into_iter().flatten().map(|found| found.ip()).collect()
}

/// Whether one ends nowhere else than the other.
fn leads_to(apex: &[std::net::IpAddr], ours: &[std::net::IpAddr]) -> bool {
    !apex.is_empty() && apex.iter().all(|ip| ours.contains(ip))
}

/// Up to `most`. Without randomness everything still works, only more in step.
fn chance(most: i64) -> i64 {
    let mut bytes = [0_u8; 2];
    let _ = getrandom::fill(&mut bytes);
    most / i64::from(u16::MAX) * i64::from(u16::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domain_is_ours_where_it_leads_nowhere_else() {
        let of = |list: &[&str]| list.iter().map(|ip| ip.parse().unwrap()).collect::<Vec<std::net::IpAddr>>();
        let ours = of(&["192.0.2.1", "2001:db8::1"]);
        assert!(leads_to(&of(&["192.0.2.1"]), &ours) && leads_to(&ours, &ours));
        assert!(!leads_to(&of(&["192.0.2.1", "192.0.2.2"]), &ours) && !leads_to(&[], &ours));
    }

    #[test]
    fn a_state_that_was_bent_is_as_new() {
        let data = std::env::temp_dir().join(format!("taure-certificates-{}", std::process::id()));
        let config = Config { data: data.clone(), ..Config::load(&data, &[]).unwrap() };
        let file = folder(&config).join(STATE);
        for (text, kept) in [
            (r#"{"file": "a.example.pem", "later": 1}"#, "a.example.pem"),
            (r#"{"file": "../taure.db"}"#, ""),
            (r#"{"file": "/etc/passwd"}"#, ""),
            ("{", ""),
        ] {
            tls::write(&file, text).unwrap();
            assert_eq!(State::read(&config).file, kept, "{text}");
        }
        fs::remove_dir_all(&data).unwrap();
        assert_eq!(State::read(&config), State::default());
    }
}
