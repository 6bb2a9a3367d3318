//! How the house is kept: whether it is served, and once only; what waits, what is out of reach, what was backed up, and
//! whether our clock is right.

use super::{Finding, Here, Patient, fault, fine, note, probe, warning, way, wire};
use crate::app::App;
use crate::model::Timestamp;
use crate::model::time::{DAY, MINUTE};
use crate::ops::budget as space;
use crate::ops::snapshots::{BACKED_UP, MADE};
use crate::remote::{Client, Request};
use crate::store::{health, instance};
use crate::words;
use serde_json::{Value, json};
use std::fs::File;
use std::net::SocketAddr;
use std::time::Duration;
use url::Url;

/// What a server on this machine has to answer.
const NEAR: Duration = Duration::from_secs(5);
/// Hosts whose clocks are asked.
const HOSTS: usize = 3;
/// Mastodon allows an hour, others less; codes of the second factor, half a minute.
const OFF: i64 = 2 * MINUTE;
const FAR_OFF: i64 = 5 * MINUTE;
/// A nightly copy that is so old was missed three times.
const OLD_SNAPSHOT: i64 = 3 * DAY;
const OLD_BACKUP: i64 = 30 * DAY;

/// Held while a server runs.
pub const LOCK: &str = "serve.lock";

/// Whether a server runs here: asked where it should listen, where the last one did, and by its public address, which is
/// all that there is where it speaks only https or has no port.
pub fn look(of: &Patient, app: &App) -> Here {
    let ask = |at: SocketAddr, tls: Option<&str>| {
        let ticket = probe::new(app).ok()?;
        let mut wire = wire::Wire::dial(at, tls, NEAR).ok()?;
        wire::get(&mut wire, &app.instance.host, &format!("{}/{ticket}", probe::PATH)).ok()?;
        probe::run_of(app, &ticket, &wire.json())
    };
    let (near, tls) = (of.config.listen.iter().copied().chain(probe::listened(app)), way::tls_name(app));
    let mut asked = near
        .map(|at| (wire::reachable(at), None))
        .chain(of.addresses().iter().map(|at| (*at, tls.as_deref())));
    let held = || File::open(of.config.data.join(LOCK)).is_ok_and(|file| file.try_lock_shared().is_err());
    match asked.find_map(|(at, tls)| ask(at, tls)) {
        Some(run) => Here::Runs(run),
        None if held() => Here::Silent,
        None => Here::Stopped,
    }
}

pub fn server(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let listen = of.config.listen.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let args = json!({"listen": listen, "version": env!("CARGO_PKG_VERSION"),
        "folder": of.config.data.display().to_string()});
    match of.here {
        Here::Runs(run) => match probe::another(app, run, &listen) {
            Some(fault) => vec![fault],
            None => vec![fine("server", "doctor-server-fine", args)],
        },
        Here::Silent => vec![fault("server", "doctor-server-silent", "doctor-server-silent-fix", args)],
        Here::Stopped => vec![warning("server", "doctor-server-stopped", "doctor-server-stopped-fix", args)],
    }
}

/// Whether what is due gets done.
pub fn queue(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    if !matches!(of.here, Here::Runs(_)) {
        return Vec::new(); // nobody is there to do it
    }
    let Ok((lanes, oldest)) = app.store.read(|c| health::stuck(c, app.now())) else { return Vec::new() };
    let minutes = oldest.map_or(0, |at| (app.now().0 - at.0) / MINUTE);
    let args = json!({"count": lanes, "minutes": minutes});
    vec![match lanes {
        0 => fine("queue", "doctor-queue-fine", Value::Null),
        _ => fault("queue", "doctor-queue-stuck", "doctor-queue-fix", args),
    }]
}

pub fn hosts(of: &Patient) -> Vec<Finding> {
    let Some(Ok(down)) = of.app.map(|app| app.store.read(health::down)) else { return Vec::new() };
    vec![match down {
        0 => fine("hosts", "doctor-hosts-fine", Value::Null),
        _ => note("hosts", "doctor-hosts-down", "doctor-hosts-fix", json!({"count": down})),
    }]
}

pub fn budget(of: &Patient) -> Vec<Finding> {
    let Some(Ok(space)) = of.app.map(space::measure) else { return Vec::new() };
    let args = json!({"used": words::bytes(space.used()), "granted": words::bytes(space.granted)});
    vec![match space.used() - space.cache > space.granted {
        true => warning("budget", "doctor-budget-over", "doctor-budget-fix", args),
        false => fine("budget", "doctor-budget-fine", args),
    }]
}

pub fn backups(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let read = app.store.read(|c| Ok((instance::number(c, MADE)?, instance::number(c, BACKED_UP)?)));
    let Ok((snapshot, backup)) = read else { return Vec::new() };
    let days = |at: i64| (app.now().0 - at).max(0) / DAY;
    let young = app.now().0 - app.instance.created_at.0 < OLD_SNAPSHOT;
    let mut found = Vec::new();
    if app.config.snapshots > 0 && !young && snapshot.is_none_or(|at| app.now().0 - at > OLD_SNAPSHOT) {
        let args = json!({"count": snapshot.map_or(0, days)});
        found.push(warning("backups", "doctor-snapshots-old", "doctor-snapshots-fix", args));
    }
    found.push(match backup {
        Some(at) if app.now().0 - at <= OLD_BACKUP => {
            fine("backups", "doctor-backups-fine", json!({"count": days(at)}))
        }
        Some(at) => note("backups", "doctor-backups-old", "doctor-backups-fix", json!({"count": days(at)})),
        None => note("backups", "doctor-backups-none", "doctor-backups-fix", Value::Null),
    });
    found
}

/// What hosts say where the owner follows somebody: all of those that were heard must agree that we are wrong.
pub fn clock(of: &Patient) -> Vec<Finding> {
    let Some(app) = of.app else { return Vec::new() };
    let hosts =
        app.store.read(|c| health::known_hosts(c, app.instance.is_https(), HOSTS)).unwrap_or_default();
    // As others do, past the guard only where the operator allows it.
    vec![judge(off_by(&app.remote, &hosts, || app.now()))]
}

/// By how many milliseconds our clock is behind that of each host that answers.
pub fn off_by(client: &Client, hosts: &[String], now: impl Fn() -> Timestamp) -> Vec<i64> {
    let ask = |host: &String| {
        let url = Url::parse(&format!("{}://{host}/.well-known/nodeinfo", client.scheme_for(host))).ok()?;
        let request = Request { follow: false, cut: true, max_bytes: 4096, ..Request::get(&url) };
        let answer = client.send(&request).ok()?;
        Some(Timestamp::parse_http_date(answer.headers.get("date")?)?.0 - now().0)
    };
    hosts.iter().filter_map(ask).collect()
}

pub fn judge(off: Vec<i64>) -> Finding {
    let heard = off.len();
    let Some(least) = off.into_iter().min_by_key(|off| off.abs()) else {
        return note("clock", "doctor-clock-unknown", "", Value::Null);
    };
    let minutes = least.abs() / MINUTE;
    let args =
        json!({"minutes": minutes, "hosts": heard, "side": if least > 0 { "behind" } else { "ahead" }});
    match least.abs() {
        // One host alone may be wrong itself.
        n if n > FAR_OFF && heard > 1 => fault("clock", "doctor-clock-off", "doctor-clock-fix", args),
        n if n >= OFF => warning("clock", "doctor-clock-off", "doctor-clock-fix", args),
        _ => fine("clock", "doctor-clock-fine", args),
    }
}
