//! The doctor: a healthy server has no fault, and each planted one is named, alone.

use crate::bad_proxy::{Ill, Proxy, certificate};
use crate::harness::{Folder, Taure, free_port};
use crate::owner::Owner;
use crate::peer::Peer;
use rusqlite::Connection;
use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use taure::config::Config;
use taure::model::time::{DAY, MINUTE};
use taure::model::{Clock, Job};
use taure::ops::doctor::{self, Finding, Level};
use taure::ops::setup::{self, NewInstance};
use taure::server::Running;
use taure::store::{Store, instance, jobs, snapshot};

/// A server of its own address, as `config` has it; nothing is in front of it.
struct House {
    config: Config,
    running: Option<Running>,
    _folder: Folder,
}

impl House {
    fn new(origin: &str, domain: Option<String>, extra_ca: Option<PathBuf>, port: u16) -> House {
        let folder = Folder::new();
        close(folder.path());
        let mut config = Config::load(folder.path(), &[]).unwrap();
        config.listen = vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))];
        config.allow_private = vec!["127.0.0.0/8".to_owned(), "::1".to_owned()];
        config.extra_ca = extra_ca;
        let store = Store::open(&config.database(), Clock::default(), Box::new(|_| ())).unwrap();
        let new = NewInstance {
            origin: origin.to_owned(),
            domain,
            username: "alice".to_owned(),
            display_name: String::new(),
            password: None,
            ..NewInstance::default()
        };
        setup::create(&store, &new).unwrap();
        drop(store);
        let running = Some(Running::start(config.clone()).unwrap());
        House { config, running, _folder: folder }
    }

    /// Behind a proxy that has this illness.
    fn behind(ill: Ill) -> (House, Proxy) {
        let port = free_port();
        let proxy = Proxy::new(port, ill, None);
        (House::new(&format!("http://localhost:{}", proxy.port), None, None, port), proxy)
    }

    fn examined(&self) -> Vec<Finding> {
        doctor::examine(&self.config, false)
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            let _ = running.stop();
        }
    }
}

fn close(folder: &Path) {
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
}

/// The checks and messages of all faults.
fn faults(found: &[Finding]) -> Vec<(&str, &str)> {
    let faults = found.iter().filter(|f| f.level == Level::Fault);
    faults.map(|f| (f.check.as_str(), f.what.as_str())).collect()
}

fn checks(found: &[Finding]) -> Vec<&str> {
    found.iter().map(|f| f.check.as_str()).collect()
}

/// Every finding of this check can be read, and says what to do where something is wrong.
fn reads(found: &[Finding]) {
    for finding in found {
        let told = [finding.name(), &finding.text(), &finding.advice()].join("|");
        assert!(!told.contains("doctor-") && !told.contains("{ $"), "{told}");
        assert!(!finding.text().is_empty());
        assert!(finding.level != Level::Fault || !finding.advice().is_empty(), "{told}");
    }
}

#[track_caller]
fn has_only(found: &[Finding], check: &str, what: &str) {
    reads(found);
    assert_eq!(faults(found), [(check, what)], "{found:#?}");
}

fn taure() -> Taure {
    let taure = Taure::new();
    close(&taure.app().config.data);
    taure
}

fn examined(taure: &Taure) -> Vec<Finding> {
    doctor::examine(&taure.app().config, false)
}

/// A copy of the folder of `taure` that nobody serves.
fn copied(taure: &Taure) -> (Folder, Config) {
    let (folder, mut config) = (Folder::new(), taure.app().config.clone());
    close(folder.path());
    config.data = folder.path().to_owned();
    config.listen = vec![SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()))];
    snapshot::copy(&taure.app().config.database(), &config.database()).unwrap();
    (folder, config)
}

#[test]
fn a_healthy_server_has_no_fault_and_every_check_is_made() {
    for found in [examined(&taure()), {
        let (house, _proxy) = House::behind(Ill::Not);
        house.examined()
    }] {
        reads(&found);
        assert_eq!(faults(&found), []);
        for check in [
            "permissions",
            "disk",
            "database",
            "server",
            "queue",
            "dns",
            "port",
            "proxy",
            "webfinger",
            "actor",
            "signatures",
            "bodies",
            "sockets",
            "events",
        ] {
            assert!(found.iter().any(|f| f.check == check && f.level == Level::Ok), "{check}: {found:#?}");
        }
    }
}

#[test]
fn a_port_that_is_closed_is_named() {
    let port = free_port();
    let house = House::new(&format!("http://localhost:{}", free_port()), None, None, port);
    has_only(&house.examined(), "port", "doctor-port-closed");
}

#[test]
fn a_name_that_leads_nowhere_or_to_somebody_else_is_named() {
    let house = House::new("http://nobody-is-here.test:8080", None, None, free_port());
    has_only(&house.examined(), "dns", "doctor-dns-none");
    let other = Peer::new("bob");
    let house = House::new(&other.base, None, None, free_port());
    has_only(&house.examined(), "dns", "doctor-dns-foreign");
    let another = Taure::new();
    let house = House::new(&another.base, None, None, free_port());
    has_only(&house.examined(), "dns", "doctor-dns-foreign");
}

#[test]
fn a_proxy_that_does_not_reach_us_is_named() {
    let (house, _proxy) = House::behind(Ill::Away);
    has_only(&house.examined(), "proxy", "doctor-proxy-away");
}

#[test]
fn a_proxy_that_changes_the_host_is_named() {
    let (house, _proxy) = House::behind(Ill::Host);
    has_only(&house.examined(), "signatures", "doctor-host-changed");
}

#[test]
fn a_proxy_that_drops_a_header_is_named_with_the_header() {
    for header in ["digest", "content-digest", "date", "signature"] {
        let (house, _proxy) = House::behind(Ill::Drops(header));
        let found = house.examined();
        has_only(&found, "signatures", "doctor-header-lost");
        assert!(found.iter().any(|f| f.args.get("name") == Some(&json!(header))), "{found:#?}");
    }
}

#[test]
fn a_proxy_that_caps_bodies_is_named_with_its_cap() {
    let (house, _proxy) = House::behind(Ill::Caps(100 * 1024));
    let found = house.examined();
    has_only(&found, "bodies", "doctor-bodies-capped");
    assert!(found.iter().any(|f| f.text().contains("96 KiB")), "{found:#?}");
    // Activities fit, uploads do not: that is no fault of the way in.
    let (house, _proxy) = House::behind(Ill::Caps(2 << 20));
    let found = house.examined();
    assert_eq!(faults(&found), []);
    assert!(found.iter().any(|f| f.what == "doctor-uploads-capped" && f.level == Level::Warning));
}

#[test]
fn a_proxy_that_holds_events_back_is_named() {
    let (house, _proxy) = House::behind(Ill::Buffers);
    has_only(&house.examined(), "events", "doctor-events-held");
}

#[test]
fn a_proxy_that_blocks_upgrades_is_named() {
    let (house, _proxy) = House::behind(Ill::Drops("upgrade"));
    has_only(&house.examined(), "sockets", "doctor-sockets-none");
}

#[test]
fn certificates_are_judged() {
    let folder = Folder::new();
    let (ca, stranger) =
        (certificate::authority(folder.path(), "ours"), certificate::authority(folder.path(), "other"));
    for (names, days, by, what) in [
        ("IP:127.0.0.1", 60, &ca, None),
        ("IP:127.0.0.1", 0, &ca, Some("doctor-certificate-expired")),
        ("DNS:elsewhere.test", 60, &ca, Some("doctor-certificate-foreign")),
        ("IP:127.0.0.1", 60, &stranger, Some("doctor-certificate-unknown")),
    ] {
        let port = free_port();
        let proxy = Proxy::new(port, Ill::Not, Some(certificate::server(folder.path(), by, names, days)));
        let house = House::new(&format!("https://127.0.0.1:{}", proxy.port), None, Some(ca.clone()), port);
        let found = house.examined();
        match what {
            Some(what) => has_only(&found, "certificate", what),
            None => {
                reads(&found);
                assert_eq!(faults(&found), [], "{found:#?}");
                assert!(found.iter().any(|f| f.text().contains("good for 59 more days")), "{found:#?}");
            }
        }
    }
    // Some days before its end it is a warning.
    let port = free_port();
    let soon = certificate::server(folder.path(), &ca, "IP:127.0.0.1", 9);
    let proxy = Proxy::new(port, Ill::Not, Some(soon));
    let house = House::new(&format!("https://127.0.0.1:{}", proxy.port), None, Some(ca), port);
    let found = house.examined();
    assert_eq!(faults(&found), []);
    assert!(
        found.iter().any(|f| f.what == "doctor-certificate-soon" && f.level == Level::Warning),
        "{found:#?}"
    );
}

#[test]
fn a_domain_that_does_not_lead_on_is_named() {
    let (apex, port) = (Peer::new("nobody"), free_port());
    let origin = format!("http://localhost:{port}");
    let house = House::new(&origin, Some(apex.domain()), None, port);
    has_only(&house.examined(), "apex", "doctor-apex");
    for (path, query) in
        [("webfinger", format!("?resource=acct:alice@{}", apex.domain())), ("host-meta", String::new())]
    {
        let to = format!("{origin}/.well-known/{path}{query}");
        apex.answer(&format!("/.well-known/{path}"), 301, json!({"location": to}));
    }
    assert_eq!(faults(&house.examined()), []);
}

#[test]
fn a_clock_that_is_off_is_named_when_several_say_so() {
    let (taure, bob, carl) = (taure(), Peer::new("bob"), Peer::new("carl"));
    bob.is_followed_by(&taure);
    let now = || Clock::default().now();
    bob.says_it_is(now());
    taure.later(10 * MINUTE);
    let alone = examined(&taure);
    assert_eq!(faults(&alone), []);
    assert!(alone.iter().any(|f| f.what == "doctor-clock-off" && f.level == Level::Warning), "{alone:#?}");
    carl.is_followed_by(&taure);
    carl.says_it_is(now());
    let found = examined(&taure);
    has_only(&found, "clock", "doctor-clock-off");
    assert!(found.iter().any(|f| f.text().contains("10 minutes ahead")), "{found:#?}");
    // One of them that agrees with us is enough.
    carl.says_it_is(taure.clock.now());
    assert_eq!(faults(&examined(&taure)), []);
}

#[test]
fn a_damaged_page_is_named() {
    let taure = taure();
    let (_folder, config) = copied(&taure);
    let mut bytes = std::fs::read(config.database()).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8 * 4096].fill(0x5a);
    std::fs::write(config.database(), bytes).unwrap();
    has_only(&doctor::examine(&config, false), "database", "doctor-database-broken");
    std::fs::write(config.database(), b"This is a letter, and no database at all.".repeat(300)).unwrap();
    has_only(&doctor::examine(&config, false), "database", "doctor-database-broken");
}

#[test]
fn work_that_nobody_does_is_named() {
    let taure = taure();
    let plant = || {
        let sql = "INSERT OR REPLACE INTO lanes (lane, run_at) VALUES ('lost:x', ?1)";
        Connection::open(taure.app().config.database())
            .unwrap()
            .execute(sql, [taure.clock.now().0 - 20 * MINUTE])
            .unwrap();
    };
    plant();
    has_only(&examined(&taure), "queue", "doctor-queue-stuck");
}

#[test]
fn a_schema_that_is_newer_or_older_is_named_and_left_alone() {
    let taure = taure();
    let (_folder, config) = copied(&taure);
    let set = |version: i64| {
        Connection::open(config.database()).unwrap().pragma_update(None, "user_version", version).unwrap();
    };
    set(taure::store::VERSION + 1);
    has_only(&doctor::examine(&config, false), "schema", "doctor-schema-newer");
    set(taure::store::VERSION - 1);
    let found = doctor::examine(&config, false);
    assert_eq!(faults(&found), []);
    assert!(found.iter().any(|f| f.what == "doctor-schema-older" && f.level == Level::Warning));
    let kept = snapshot::schema(&snapshot::open(&config.database()).unwrap()).unwrap();
    assert_eq!(kept, taure::store::VERSION - 1, "the doctor changed the file");
}

#[test]
fn keys_that_everybody_can_read_are_named() {
    let taure = taure();
    let mode = |mode| {
        let data = taure.app().config.data.clone();
        std::fs::set_permissions(data, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(0o755);
    has_only(&examined(&taure), "permissions", "doctor-readable");
    mode(0o750);
    let found = examined(&taure);
    assert_eq!(faults(&found), []);
    assert!(found.iter().any(|f| f.what == "doctor-group" && f.level == Level::Warning), "{found:#?}");
    mode(0o700);
    let stray = taure.app().config.data.join("stray");
    std::fs::write(&stray, "").unwrap();
    if std::os::unix::fs::chown(&stray, Some(12_345), None).is_ok() {
        has_only(&examined(&taure), "permissions", "doctor-foreign");
    }
}

#[test]
fn two_servers_on_one_file_or_on_a_copy_of_it_are_named() {
    let (house, proxy) = House::behind(Ill::Not);
    let mut second = house.config.clone();
    second.listen = vec![SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()))];
    let running = Running::start(second).unwrap();
    has_only(&house.examined(), "servers", "doctor-servers");
    running.stop().unwrap();
    drop((house, proxy));

    // The old machine still has the name: its folder was copied, and the copy is served here.
    let (house, _proxy) = House::behind(Ill::Not);
    let folder = Folder::new();
    close(folder.path());
    let mut moved = house.config.clone();
    moved.data = folder.path().to_owned();
    moved.listen = vec![SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()))];
    snapshot::copy(&house.config.database(), &moved.database()).unwrap();
    let running = Running::start(moved.clone()).unwrap();
    has_only(&doctor::examine(&moved, false), "servers", "doctor-servers");
    assert_eq!(faults(&house.examined()), [], "the one who has the name cannot know");
    running.stop().unwrap();
}

#[test]
fn without_a_server_what_can_be_looked_at_is() {
    let (mut house, _proxy) = House::behind(Ill::Not);
    house.running.take().unwrap().stop().unwrap();
    let found = house.examined();
    reads(&found);
    assert_eq!(faults(&found), []);
    let stopped = found.iter().find(|f| f.check == "server").unwrap();
    assert_eq!((stopped.level, stopped.what.as_str()), (Level::Warning, "doctor-server-stopped"));
    assert!(checks(&found).contains(&"dns") && !checks(&found).contains(&"signatures"));

    let run = |data: &Path, extra: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taure"));
        command.args(["doctor", "--data"]).arg(data).args(extra);
        let listen = house.config.listen[0].to_string();
        let done = command.args(["--listen", &listen]).output().unwrap();
        (done.status.code(), String::from_utf8(done.stdout).unwrap())
    };
    let (code, text) = run(&house.config.data, &[]);
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("warning  Server: No server runs") && text.contains("-> Start it with"), "{text}");
    std::fs::set_permissions(&house.config.data, std::fs::Permissions::from_mode(0o755)).unwrap();
    let (code, text) = run(&house.config.data, &["--json", "--deep"]);
    let told: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &told["ok"], &told["faults"]), (Some(1), &json!(false), &json!(1)), "{text}");
    let fault = told["findings"].as_array().unwrap().iter().find(|f| f["level"] == "fault").unwrap();
    assert_eq!((&fault["check"], &fault["what"]), (&json!("permissions"), &json!("doctor-readable")));
    assert!(fault["fix"].as_str().unwrap().starts_with("Run: chmod 700 /"), "{fault}");
    let empty = Folder::new();
    let (code, text) = run(empty.path(), &[]);
    assert!(code == Some(0) && text.contains("Nobody lives here yet"), "{text}");
    assert!(!empty.path().join("taure.db").exists(), "the doctor made a database");
}

#[test]
fn strangers_learn_nothing_from_what_answers_the_doctor() {
    let taure = taure();
    for path in ["x", "x/events", "x/socket", &"A".repeat(75)] {
        let answer = taure.as_stranger(&format!("{}/{path}", doctor::PATH));
        assert_eq!((answer.status, &answer.json), (404, &json!({"error": "Record not found"})), "{path}");
    }
    // Nor does a ticket open the door for long: so many questions, and that is all.
    let app = taure.app();
    let asks = |purpose: &str| {
        let ticket = taure::sig::ticket::issue(&app.keys.secret, purpose, app.now()).unwrap();
        taure.as_stranger(&format!("{}/{ticket}", doctor::PATH)).status
    };
    assert_eq!(asks("door"), 404, "a ticket for something else");
    let answers: Vec<u16> = (0..302).map(|_| asks("doctor asks")).collect();
    assert_eq!((answers[0], answers[299], answers[301]), (200, 200, 429));
    let upgrade = [
        ("upgrade", "websocket"),
        ("connection", "Upgrade"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGF1cmUgYXNrcyB0YXVyZQ=="),
    ];
    assert_eq!(taure.send("GET", &format!("{}/x/socket", doctor::PATH), &upgrade, None).status, 404);
}

#[test]
fn the_page_shows_the_last_look_and_new_faults_are_told() {
    let taure = taure();
    let owner = Owner::of(&taure);
    assert!(owner.get("/settings/doctor").text.contains("has not looked yet"));
    let looks = || {
        assert_eq!(owner.post("/settings/doctor", &[]).header("location"), Some("/settings/doctor?asked=1"));
        taure.settles();
    };
    looks();
    let page = owner.get("/settings/doctor").text;
    assert!(page.contains("Everything is as it should be") && page.contains("Event streams"), "{page}");
    assert!(!owner.get("/notifications").text.contains("/settings/doctor"));
    std::fs::set_permissions(&taure.app().config.data, std::fs::Permissions::from_mode(0o755)).unwrap();
    looks();
    assert!(owner.get("/notifications").text.contains("The doctor found a new fault in your server"));
    let page = owner.get("/settings/doctor").text;
    assert!(page.contains("1 fault was found") && page.contains("chmod 700"), "{page}");
    assert!(!owner.get("/notifications").text.contains("The doctor found"), "it was seen");
    looks();
    assert!(!owner.get("/notifications").text.contains("The doctor found"), "it is no news");
}

#[test]
fn a_night_is_a_day_after_the_last() {
    let taure = taure();
    let app = taure.app();
    let waits = || app.store.read(|c| jobs::has_any(c, &Job::CheckUp.lane(""))).unwrap();
    let asks = |at: i64| {
        app.store.write(|tx| instance::set_number(tx, "doctor_at", at)).unwrap();
        app.store
            .write(|tx| {
                doctor::ask(tx, true)?;
                let queued = jobs::has_any(tx, &Job::CheckUp.lane(""))?;
                jobs::drop_alarm(tx, &Job::CheckUp)?;
                Ok(queued)
            })
            .unwrap()
    };
    assert!(!waits());
    let now = taure.clock.now().0;
    assert!(!asks(now - DAY / 2) && asks(now - DAY) && asks(now + DAY));
}

#[test]
fn before_there_is_a_server_its_address_is_looked_at() {
    let (folder, apex) = (Folder::new(), Peer::new("nobody"));
    let config = Config::load(folder.path(), &[]).unwrap();
    let found = doctor::preflight(&config, "http://localhost:1", &apex.domain());
    reads(&found);
    assert_eq!(faults(&found), [("apex", "doctor-apex")]);
    apex.answer(
        "/.well-known/webfinger",
        302,
        json!({"location": "http://localhost:1/.well-known/webfinger"}),
    );
    assert_eq!(faults(&doctor::preflight(&config, "http://localhost:1", &apex.domain())), []);
    // Who is to speak https must be where the name leads, and find the ports free.
    let mut own = config.clone();
    own.tls =
        Some(taure::config::Tls { directory: "https://127.0.0.1:1/dir".to_owned(), ..Default::default() });
    let found = doctor::preflight(&own, "https://192.0.2.1", "192.0.2.1");
    reads(&found);
    assert!(faults(&found).contains(&("dns", "doctor-dns-elsewhere")), "{found:#?}");
    assert_eq!(checks(&found).iter().filter(|check| **check == "port").count(), 2);
    let found = doctor::preflight(&config, "http://nobody-is-here.test", "nobody-is-here.test");
    has_only(&found, "dns", "doctor-dns-none");
}
