//! Two Taure servers on this machine become friends and talk. Run it with
//! `cargo run --example two_servers`; add `-- --stay` to keep them running and look around.

use serde_json::{Value, json};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::time::{Duration, Instant};
use taure::config::Config;
use taure::model::Clock;
use taure::ops::auth;
use taure::ops::setup::{self, NewInstance};
use taure::server::Running;
use taure::store::Store;

type Failure = Box<dyn std::error::Error>;

struct Server {
    name: &'static str,
    base: String,
    token: String,
    running: Running,
    folder: std::path::PathBuf,
}

fn main() -> Result<(), Failure> {
    let (anna, juris) = (start("anna")?, start("juris")?);
    println!("anna is at {}, juris at {}", anna.base, juris.base);

    let found = anna.find(&juris.handle())?;
    anna.post(&format!("/api/v1/accounts/{}/follow", text(&found["id"])), json!({}))?;
    wait_for("the follow to be accepted", || {
        Ok(anna.get(&format!("/api/v1/accounts/relationships?id[]={}", text(&found["id"])))?[0]["following"]
            == true)
    })?;
    println!("anna follows {}", juris.handle());

    let post = juris.post("/api/v1/statuses", json!({"status": "Labrīt! Who hears my horn?"}))?;
    wait_for("the post to arrive", || Ok(anna.home_has(&post["uri"])?.is_some()))?;
    let here = anna.home_has(&post["uri"])?.ok_or("the post is gone again")?;
    println!("juris posted, and anna reads: {}", text(&here["content"]));

    let reply = json!({"status": format!("{} I do!", juris.handle()), "in_reply_to_id": here["id"]});
    anna.post("/api/v1/statuses", reply)?;
    anna.post(&format!("/api/v1/statuses/{}/favourite", text(&here["id"])), json!({}))?;
    wait_for("reply and favourite to arrive", || {
        let seen = juris.get(&format!("/api/v1/statuses/{}", text(&post["id"])))?;
        Ok(seen["replies_count"] == 1 && seen["favourites_count"] == 1)
    })?;
    println!("anna answered and favourited; juris has it");

    if std::env::args().any(|arg| arg == "--stay") {
        println!("\nBoth stay until you press Enter. The password is: {PASSWORD}");
        std::io::stdin().read_line(&mut String::new())?;
    }
    for server in [anna, juris] {
        server.running.stop()?;
        std::fs::remove_dir_all(server.folder)?;
    }
    Ok(())
}

const PASSWORD: &str = "correct horse battery";

/// A server on a free port, with a folder of its own.
fn start(name: &'static str) -> Result<Server, Failure> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
    let base = format!("http://localhost:{port}");
    let folder = std::env::temp_dir().join(format!("taure-two-servers-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let config = Config {
        data: folder.clone(),
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
        edge: taure::config::Edge::default(),
        clock: Clock::default(),
    };
    let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ()))?;
    let new = NewInstance {
        origin: base.clone(),
        domain: None,
        username: name.to_owned(),
        display_name: name.to_owned(),
        password: Some(PASSWORD.to_owned()),
        seed: None,
        recovered: false,
    };
    setup::create(&store, &new)?;
    let token = auth::issue_token(&store, "two_servers", "read write follow")?;
    drop(store);
    Ok(Server { name, base, token, running: Running::start(config)?, folder })
}

impl Server {
    fn handle(&self) -> String {
        format!("@{}@{}", self.name, self.base.trim_start_matches("http://"))
    }

    fn get(&self, path: &str) -> Result<Value, Failure> {
        let request = ureq::get(format!("{}{path}", self.base))
            .header("authorization", format!("Bearer {}", self.token));
        Ok(serde_json::from_reader(request.call()?.into_body().into_reader())?)
    }

    fn post(&self, path: &str, body: Value) -> Result<Value, Failure> {
        let request = ureq::post(format!("{}{path}", self.base))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json");
        Ok(serde_json::from_reader(request.send(body.to_string())?.into_body().into_reader())?)
    }

    fn find(&self, handle: &str) -> Result<Value, Failure> {
        let query: String = url::form_urlencoded::byte_serialize(handle.as_bytes()).collect();
        let found = self.get(&format!("/api/v2/search?q={query}&resolve=true&type=accounts"))?;
        found["accounts"].get(0).cloned().ok_or_else(|| format!("{handle} was not found").into())
    }

    fn home_has(&self, uri: &Value) -> Result<Option<Value>, Failure> {
        let home = self.get("/api/v1/timelines/home")?;
        Ok(home.as_array().and_then(|all| all.iter().find(|s| s["uri"] == *uri)).cloned())
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn wait_for(what: &str, mut holds: impl FnMut() -> Result<bool, Failure>) -> Result<(), Failure> {
    let until = Instant::now() + Duration::from_secs(20);
    while !holds()? {
        if Instant::now() > until {
            return Err(format!("waited in vain for {what}").into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
