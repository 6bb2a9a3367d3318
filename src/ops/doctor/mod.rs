//! A self-test from the outside in: what others meet when they come to our address, and how the house is kept.
//!
//! The checks are a table, `CHECKS`. Those of the folder need nothing but the folder; those of the house an instance that can
//! be opened; those of the way go out of the door and come back by the public address, which is answered by
//! `federation::doctor`. A fault that makes the rest meaningless ends the examination, so that each fault is named once.

mod certificate;
mod folder;
mod house;
mod identity;
mod nightly;
mod preflight;
mod probe;
mod through;
mod way;
mod wire;

pub use house::LOCK;
pub use nightly::{Report, ask, news, read, run, seen};
pub use preflight::preflight;
pub use probe::{PATH, admit, answer, arrive};
pub use wire::reachable;

use crate::app::App;
use crate::config::Config;
use crate::error::Result;
use crate::remote::{Client, Net, Settings, Timeouts};
use crate::words::{self, Arg};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::cell::OnceCell;
use std::net::SocketAddr;
use std::time::Duration;

/// How bad it is. The worst comes last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Ok,
    Note,
    Warning,
    Fault,
}

/// What a check found. `what` and `fix` are keys of messages, `args` what stands in them; an empty `fix`: nothing to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    pub check: String,
    pub level: Level,
    pub what: String,
    pub fix: String,
    pub args: Map<String, Value>,
}

impl Finding {
    fn new(level: Level, check: &str, what: &str, fix: &str, args: Value) -> Finding {
        let args = if let Value::Object(args) = args { args } else { Map::new() };
        Finding { check: check.to_owned(), level, what: what.to_owned(), fix: fix.to_owned(), args }
    }

    /// What it is about, in the language that is spoken.
    pub fn name(&self) -> &str {
        NAMES.iter().find(|(check, _)| *check == self.check).map_or(&self.check, |(_, key)| words::say(key))
    }

    pub fn text(&self) -> String {
        words::fill_kept(&self.what, &self.words())
    }

    /// What to do; empty where there is nothing.
    pub fn advice(&self) -> String {
        if self.fix.is_empty() { String::new() } else { words::fill_kept(&self.fix, &self.words()) }
    }

    fn words(&self) -> Vec<(&str, Arg)> {
        let arg = |value: &Value| match value {
            Value::Number(n) => Arg::Number(n.as_i64().unwrap_or_default()),
            Value::String(text) => Arg::Text(text.clone()),
            other => Arg::Text(other.to_string()),
        };
        self.args.iter().map(|(name, value)| (name.as_str(), arg(value))).collect()
    }
}

fn fine(check: &str, what: &str, args: Value) -> Finding {
    Finding::new(Level::Ok, check, what, "", args)
}

fn note(check: &str, what: &str, fix: &str, args: Value) -> Finding {
    Finding::new(Level::Note, check, what, fix, args)
}

fn warning(check: &str, what: &str, fix: &str, args: Value) -> Finding {
    Finding::new(Level::Warning, check, what, fix, args)
}

fn fault(check: &str, what: &str, fix: &str, args: Value) -> Finding {
    Finding::new(Level::Fault, check, what, fix, args)
}

/// What findings are called.
const NAMES: &[(&str, &str)] = &[
    ("permissions", "doctor-name-permissions"),
    ("disk", "doctor-name-disk"),
    ("speed", "doctor-name-speed"),
    ("schema", "doctor-name-schema"),
    ("database", "doctor-name-database"),
    ("account", "doctor-name-account"),
    ("server", "doctor-name-server"),
    ("servers", "doctor-name-servers"),
    ("queue", "doctor-name-queue"),
    ("hosts", "doctor-name-hosts"),
    ("budget", "doctor-name-budget"),
    ("backups", "doctor-name-backups"),
    ("clock", "doctor-name-clock"),
    ("dns", "doctor-name-dns"),
    ("port", "doctor-name-port"),
    ("certificate", "doctor-name-certificate"),
    ("proxy", "doctor-name-proxy"),
    ("redirect", "doctor-name-redirect"),
    ("webfinger", "doctor-name-webfinger"),
    ("apex", "doctor-name-apex"),
    ("actor", "doctor-name-actor"),
    ("signatures", "doctor-name-signatures"),
    ("bodies", "doctor-name-bodies"),
    ("uploads", "doctor-name-uploads"),
    ("sockets", "doctor-name-sockets"),
    ("events", "doctor-name-events"),
];

/// What a check needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Folder,
    House,
    /// That a server runs.
    Server,
}

struct Check {
    needs: Needs,
    run: fn(&Patient) -> Vec<Finding>,
    /// After a fault here, what follows would find it again and again.
    last: bool,
}

const fn check(needs: Needs, run: fn(&Patient) -> Vec<Finding>) -> Check {
    Check { needs, run, last: false }
}

/// A check whose fault ends the examination.
const fn gate(needs: Needs, run: fn(&Patient) -> Vec<Finding>) -> Check {
    Check { needs, run, last: true }
}

const CHECKS: &[Check] = &[
    check(Needs::Folder, folder::permissions),
    check(Needs::Folder, folder::disk),
    check(Needs::Folder, folder::speed),
    gate(Needs::Folder, folder::schema),
    gate(Needs::Folder, folder::database),
    gate(Needs::House, house::server),
    check(Needs::House, house::queue),
    check(Needs::House, house::hosts),
    check(Needs::House, house::budget),
    check(Needs::House, house::backups),
    check(Needs::House, house::clock),
    gate(Needs::House, way::dns),
    gate(Needs::House, way::port),
    gate(Needs::House, certificate::certificate),
    gate(Needs::Server, way::ours),
    check(Needs::House, way::redirect),
    check(Needs::Server, identity::webfinger),
    check(Needs::Server, identity::actor),
    check(Needs::Server, through::signatures),
    check(Needs::Server, through::bodies),
    check(Needs::Server, through::sockets),
    check(Needs::Server, through::events),
];

/// Whether a server runs here, as far as can be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Here {
    /// It answered, and this is the number of its run.
    Runs(i64),
    /// Something holds the folder, and nothing answers where it should listen.
    Silent,
    Stopped,
}

/// Whom the doctor looks at.
struct Patient<'a> {
    config: &'a Config,
    app: Option<&'a App>,
    here: Here,
    /// The whole database is read, however large it is.
    deep: bool,
    client: OnceCell<Client>,
    /// Where the name of our host leads.
    addresses: OnceCell<Vec<SocketAddr>>,
}

impl Patient<'_> {
    /// For our own address: it may lie anywhere, this machine included.
    fn client(&self) -> Result<&Client> {
        if let Some(made) = self.client.get() {
            return Ok(made);
        }
        let made = client(self.config, self.app.is_some_and(|app| !app.instance.is_https()))?;
        Ok(self.client.get_or_init(|| made))
    }

    fn addresses(&self) -> &[SocketAddr] {
        self.addresses
            .get_or_init(|| self.app.map_or_else(Vec::new, |app| way::addresses(&app.instance.origin)))
    }
}

/// A client with less patience than that for others, which may reach private addresses: whom it asks is the operator's word.
fn client(config: &Config, speaks_http: bool) -> Result<Client> {
    Client::new(Settings {
        user_agent: format!("Taure/{} (doctor)", env!("CARGO_PKG_VERSION")),
        allow_private: ["0.0.0.0/0", "::/0"].iter().map(|net| Net::parse(net)).collect::<Result<_>>()?,
        extra_ca: config.extra_ca.clone(),
        speaks_http,
        timeouts: Timeouts {
            connect: Duration::from_secs(5),
            read: Duration::from_secs(8),
            total: Duration::from_secs(15),
        },
    })
}

/// Looks at the folder of `config` and at all around it, beside a server that may be running. `deep`: the whole database is
/// read, however large it is.
pub fn examine(config: &Config, deep: bool) -> Vec<Finding> {
    let mut patient = Patient {
        config,
        app: None,
        here: Here::Stopped,
        deep,
        client: OnceCell::new(),
        addresses: OnceCell::new(),
    };
    let mut found = Vec::new();
    if !config.database().exists() {
        found.push(match config.data.is_dir() {
            true => note("account", "doctor-nobody", "doctor-nobody-fix", Value::Null),
            false => folder::missing(config),
        });
        return found;
    }
    // To open an older file would bring it up.
    let whole = walk(&patient, &mut found, Needs::Folder);
    if !whole || found.iter().any(|finding| finding.check == "schema" && finding.level != Level::Ok) {
        return found;
    }
    let app = match App::open(config.clone()) {
        Ok(Some(app)) => app,
        Ok(None) => {
            found.push(note("account", "doctor-nobody", "doctor-nobody-fix", Value::Null));
            return found;
        }
        Err(e) => {
            found.push(fault("account", "doctor-closed", "", serde_json::json!({"why": e.to_string()})));
            return found;
        }
    };
    patient.app = Some(&app);
    patient.here = house::look(&patient, &app);
    let _ = walk(&patient, &mut found, Needs::House);
    found
}

/// As [`examine`], from inside the server.
fn examine_own(app: &App, run: i64) -> Vec<Finding> {
    let patient = Patient {
        config: &app.config,
        app: Some(app),
        here: Here::Runs(run),
        deep: false,
        client: OnceCell::new(),
        addresses: OnceCell::new(),
    };
    let mut found = Vec::new();
    if walk(&patient, &mut found, Needs::Folder) {
        let _ = walk(&patient, &mut found, Needs::House);
    }
    found
}

/// `false`: a fault was found that makes what follows meaningless.
fn walk(patient: &Patient, found: &mut Vec<Finding>, stage: Needs) -> bool {
    let runs = matches!(patient.here, Here::Runs(_));
    let due = |check: &&Check| match stage {
        Needs::Folder => check.needs == Needs::Folder,
        _ => check.needs == Needs::House || check.needs == Needs::Server && runs,
    };
    for check in CHECKS.iter().filter(due) {
        let new = (check.run)(patient);
        let ends = check.last && new.iter().any(|finding| finding.level == Level::Fault);
        found.extend(new);
        if ends {
            return false;
        }
    }
    true
}
