//! A Taure for one test: the real server on a free port, its own folder, a clock that can be moved.

use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use taure::app::App;
use taure::config::{Config, Edge, Translation};
use taure::model::Clock;
use taure::ops;
use taure::ops::setup::{self, NewInstance};
use taure::server::Running;
use taure::store::{Store, instance, jobs};

pub const PASSWORD: &str = "correct horse battery";
const SETTLING: Duration = Duration::from_secs(30);

/// A folder that goes when the test ends.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Folder {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("taure-it-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A port that nobody listens on. Below those from which the system takes one for each connection out, or one of the
/// many connections of these tests could take it before the server does.
pub fn free_port() -> u16 {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let (first, count) = (10_000, 20_000);
    loop {
        let next = std::process::id() as usize * 997 + NEXT.fetch_add(1, Ordering::Relaxed);
        let port = u16::try_from(first + next % count).unwrap();
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
}

pub struct Taure {
    pub base: String,
    pub domain: String,
    pub username: String,
    pub token: String,
    pub clock: Clock,
    running: Option<Running>,
    config: Config,
    /// Set by a test that leaves work on purpose: a host that never answers, say.
    pub may_leave_jobs: bool,
    _folder: Folder,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub text: String,
    pub json: Value,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// The body of a 200; anything else fails the test with what came instead.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text);
        self.json
    }
}

impl Taure {
    /// `alice`, on a server of her own.
    pub fn new() -> Taure {
        Taure::named("alice")
    }

    pub fn named(username: &str) -> Taure {
        Taure::with(username, &["127.0.0.0/8", "::1"])
    }

    /// One whose operator turned no test switch on, but for the http origin.
    pub fn closed() -> Taure {
        Taure::with("alice", &[])
    }

    /// One whose tokens may ask so often in five minutes.
    pub fn limited(requests: u32) -> Taure {
        Taure::built("alice", &[], Some(requests), None)
    }

    /// One whose operator chose a service that translates.
    pub fn with_translator(provider: &str, url: &str, key: &str) -> Taure {
        let chosen = Translation { provider: provider.into(), url: url.into(), key: key.into() };
        Taure::built("alice", &["127.0.0.0/8", "::1"], None, Some(chosen))
    }

    fn with(username: &str, allow_private: &[&str]) -> Taure {
        Taure::built(username, allow_private, None, None)
    }

    fn built(
        username: &str,
        allow_private: &[&str],
        rate_limit: Option<u32>,
        translation: Option<Translation>,
    ) -> Taure {
        let (folder, port) = (Folder::new(), free_port());
        let config = Config {
            allow_private: allow_private.iter().map(|net| (*net).to_owned()).collect(),
            rate_limit,
            translation,
            ..Taure::config(&folder, port)
        };
        let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ())).unwrap();
        let new = NewInstance {
            origin: format!("http://localhost:{port}"),
            domain: None,
            username: username.to_owned(),
            display_name: format!("{username} of the tests"),
            password: Some(PASSWORD.to_owned()),
            seed: None,
            recovered: false,
        };
        setup::create(&store, &new).unwrap();
        drop(store);
        Taure::living_in(folder, config, username)
    }

    /// One whose account was made in the folder by somebody else.
    pub fn found_in(folder: Folder, port: u16, username: &str) -> Taure {
        let config = Taure::config(&folder, port);
        Taure::living_in(folder, config, username)
    }

    fn config(folder: &Folder, port: u16) -> Config {
        Config {
            data: folder.path().to_owned(),
            listen: vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))],
            allow_private: vec!["127.0.0.0/8".to_owned(), "::1".to_owned()],
            extra_ca: None,
            rate_limit: None,
            authorized_fetch: false,
            keep_posts_days: taure::config::KEEP_POSTS_DAYS,
            hotlink: false,
            upload_mb: 99,
            disk_mb: None,
            snapshots: 0,
            memory_mb: None,
            log: taure::config::Log::Text,
            translation: None,
            s3: None,
            metrics_token: None,
            tls: None,
            edge: Edge::default(),
            clock: Clock::default(),
        }
    }

    fn living_in(folder: Folder, config: Config, username: &str) -> Taure {
        let (clock, port) = (config.clock.clone(), config.listen[0].port());
        let store = Store::open(&config.database(), clock.clone(), Box::new(|_| ())).unwrap();
        // The people of these tests are as young and as empty as strangers are: strangers.rs has its shelf.
        store
            .write(|tx| {
                let mut settings = instance::settings(tx)?;
                settings.strangers.shelf = false;
                instance::set_settings(tx, &settings)
            })
            .unwrap();
        let token = ops::auth::issue_token(&store, "tests", "read write follow push").unwrap();
        drop(store);
        let running = Running::start(config.clone()).unwrap();
        let taure = Taure {
            domain: format!("localhost:{port}"),
            base: format!("http://localhost:{port}"),
            username: username.to_owned(),
            token,
            clock,
            running: Some(running),
            config,
            may_leave_jobs: false,
            _folder: folder,
        };
        taure.settles(); // the tidying-up with which each start begins
        taure
    }

    pub fn app(&self) -> Arc<App> {
        self.running.as_ref().unwrap().house().app().unwrap()
    }

    pub fn house(&self) -> &taure::server::House {
        self.running.as_ref().unwrap().house()
    }

    /// How many streams are open.
    pub fn listening(&self) -> usize {
        self.running.as_ref().unwrap().house().hub().unwrap().listening()
    }

    pub fn actor(&self) -> String {
        format!("{}/users/{}", self.base, self.username)
    }

    /// Where a file elsewhere is shown here.
    pub fn shown(&self, url: &str) -> String {
        self.app().instance.shown(url).into_owned()
    }

    /// `@alice@localhost:1234`
    pub fn handle(&self) -> String {
        format!("@{}@{}", self.username, self.domain)
    }

    /// Starts again as one whose documents want a signature.
    pub fn wants_signatures(&mut self) {
        self.config.authorized_fetch = true;
        self.restart();
        self.settles();
    }

    /// Starts again as one that takes files of so many megabytes.
    pub fn takes_uploads_of(&mut self, megabytes: u32) {
        self.config.upload_mb = megabytes;
        self.restart();
        self.settles();
    }

    /// Starts again as one that may take so many megabytes of the disk.
    pub fn grants(&mut self, megabytes: u32) {
        self.config.disk_mb = Some(megabytes);
        self.restart();
        self.settles();
    }

    /// Starts again as one that keeps so many copies of its database.
    pub fn keeps_snapshots(&mut self, count: u32) {
        self.config.snapshots = count;
        self.restart();
        self.settles();
    }

    /// Ends, and starts again where a backup of it was unpacked.
    pub fn lives_on_in(&mut self, data: &Path) {
        self.running.take().unwrap().stop().unwrap();
        self.config.data = data.to_owned();
        self.running = Some(Running::start(self.config.clone()).unwrap());
        self.settles();
    }

    /// Starts again as one that shows pictures from where they are.
    pub fn hotlinks(&mut self) {
        self.config.hotlink = true;
        self.restart();
        self.settles();
    }

    /// Starts again as one that keeps posts of others for so many days.
    pub fn keeps_posts(&mut self, days: u32) {
        self.config.keep_posts_days = days;
        self.restart();
        self.settles();
    }

    /// Starts again as one that has figures for whoever has the token.
    pub fn shows_metrics(&mut self, token: &str) {
        self.config.metrics_token = Some(token.to_owned());
        self.restart();
        self.settles();
    }

    /// Stops the server gracefully and starts it again on the same folder and port.
    pub fn restart(&mut self) {
        self.running.take().unwrap().stop().unwrap();
        self.running = Some(Running::start(self.config.clone()).unwrap());
    }

    /// Moves the clock, and lets the worker see it.
    pub fn later(&self, milliseconds: i64) {
        self.clock.advance(milliseconds);
        self.running.as_ref().unwrap().house().wake();
    }

    /// Waits until no job is due and none runs.
    #[track_caller]
    pub fn settles(&self) {
        let (app, house) = (self.app(), Arc::clone(self.running.as_ref().unwrap().house()));
        let until = Instant::now() + SETTLING;
        loop {
            let busy_before = house.is_busy();
            let due = app.store.read(|c| jobs::due(c, app.now())).unwrap();
            if due == 0 && !busy_before && !house.is_busy() {
                return;
            }
            assert!(Instant::now() < until, "{due} jobs are still due after {SETTLING:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// A request as the owner's app sends it.
    pub fn call(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let token = format!("Bearer {}", self.token);
        self.send(method, path, &[("authorization", &token)], body)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, None)
    }

    pub fn post(&self, path: &str, body: Value) -> Answer {
        self.call("POST", path, Some(body))
    }

    /// A request of somebody who is nobody here.
    pub fn as_stranger(&self, path: &str) -> Answer {
        self.send("GET", path, &[], None)
    }

    /// What another server reads, unsigned.
    pub fn document(&self, url: &str) -> Answer {
        let path = url.strip_prefix(&self.base).unwrap_or(url);
        self.send("GET", path, &[("accept", "application/activity+json")], None)
    }

    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<Value>) -> Answer {
        let bytes = body.map(|b| b.to_string().into_bytes());
        let mut all = headers.to_vec();
        if bytes.is_some() {
            all.push(("content-type", "application/json"));
        }
        request(method, &format!("{}{path}", self.base), &all, bytes.as_deref())
    }

    // --- what tests do all the time

    /// Posts publicly and gives the status.
    #[track_caller]
    pub fn posts(&self, text: &str) -> Value {
        self.post("/api/v1/statuses", json!({"status": text})).ok()
    }

    #[track_caller]
    pub fn status(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/statuses/{id}")).ok()
    }

    /// The account behind a handle, fetched from its server if need be.
    #[track_caller]
    pub fn finds(&self, handle: &str) -> Value {
        let query = url::form_urlencoded::byte_serialize(handle.as_bytes()).collect::<String>();
        let found = self.get(&format!("/api/v2/search?q={query}&resolve=true&type=accounts")).ok();
        assert_eq!(found["accounts"].as_array().map(Vec::len), Some(1), "{handle} was not found: {found}");
        found["accounts"][0].clone()
    }

    /// The owner follows the owner of another house, which says yes; gives the account.
    #[track_caller]
    pub fn follows(&self, other: &Taure) -> Value {
        let seen = self.finds(&other.handle());
        self.post(&format!("/api/v1/accounts/{}/follow", seen["id"].as_str().unwrap()), json!({})).ok();
        self.settles();
        other.settles();
        self.settles();
        seen
    }

    /// The status at an address, fetched if need be.
    #[track_caller]
    pub fn finds_status(&self, uri: &str) -> Value {
        let query = url::form_urlencoded::byte_serialize(uri.as_bytes()).collect::<String>();
        let found = self.get(&format!("/api/v2/search?q={query}&resolve=true&type=statuses")).ok();
        assert_eq!(found["statuses"].as_array().map(Vec::len), Some(1), "{uri} was not found: {found}");
        found["statuses"][0].clone()
    }

    pub fn notifications(&self, kind: &str) -> Vec<Value> {
        let all = self.get(&format!("/api/v1/notifications?types[]={kind}")).ok();
        all.as_array().unwrap().clone()
    }

    pub fn home(&self) -> Vec<Value> {
        self.get("/api/v1/timelines/home").ok().as_array().unwrap().clone()
    }

    #[track_caller]
    pub fn relationship(&self, id: &str) -> Value {
        self.get(&format!("/api/v1/accounts/relationships?id[]={id}")).ok()[0].clone()
    }
}

impl Drop for Taure {
    fn drop(&mut self) {
        if !std::thread::panicking() && !self.may_leave_jobs && self.running.is_some() {
            // Previews of links wait for up to a minute, and what a test set going by turning the clock may ask for
            // another one only now.
            for _ in 0..3 {
                self.later(60_000);
                self.settles();
                if self.app().store.read(jobs::count).unwrap_or(0) == 0 {
                    break;
                }
            }
        }
        let Some(running) = self.running.take() else { return };
        let left = match running.house().app() {
            Some(app) if !self.may_leave_jobs => app.store.read(jobs::count).unwrap_or(0),
            _ => 0,
        };
        let _ = running.stop();
        if !std::thread::panicking() {
            assert_eq!(left, 0, "the test left jobs queued");
        }
    }
}

/// One HTTP request with any headers; never follows a redirect, never fails on a status.
pub fn request(method: &str, url: &str, headers: &[(&str, &str)], body: Option<&[u8]>) -> Answer {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .allow_non_standard_methods(true)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .into();
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = match body {
        Some(bytes) => agent.run(request.body(bytes.to_vec()).unwrap()),
        None => agent.run(request.body(()).unwrap()),
    }
    .unwrap();
    let headers = response
        .headers()
        .iter()
        .map(|(n, v)| (n.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned()))
        .collect();
    let bytes = response.body_mut().read_to_vec().unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let json = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
    Answer { status: response.status().as_u16(), headers, text, json }
}

/// The commands, as they are typed.
pub struct Shell(Folder);

impl Shell {
    pub fn new() -> Shell {
        Shell(Folder::new())
    }

    /// Exit code 0, standard output, standard error.
    pub fn run(&self, arguments: &[&str], stdin: &str) -> (bool, String, String) {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_taure"))
            .args(arguments)
            .env("TAURE_DATA", self.0.path().join("data"))
            .env("TAURE_LISTEN", format!("127.0.0.1:{}", free_port()))
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), format!("{stdin}\n").as_bytes()); // some do not listen
        let done = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (done.status.success(), text(done.stdout), text(done.stderr))
    }

    pub fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }
}
