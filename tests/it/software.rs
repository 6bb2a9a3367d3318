//! Servers of other software: what they send is a fixture in their own shape, with their host and the owner's put in.

use crate::harness::Taure;
use crate::peer::{Peer, deliver};
use serde_json::{Value, json};
use taure::sig::{Scheme, Signer};

/// One server that speaks as any of its actors, and the house that hears it.
pub struct Software {
    pub taure: Taure,
    pub peer: Peer,
    /// As the fixtures have it: `mastodon.example`.
    host: &'static str,
    /// A post of the owner's, which the fixtures are about.
    pub post: Value,
}

impl Software {
    pub fn new(host: &'static str) -> Software {
        let (taure, peer) = (Taure::new(), Peer::new("server"));
        let post = taure.posts("what they are about");
        Software { taure, peer, host, post }
    }

    /// An address of the fixtures, as it is in this test.
    pub fn at(&self, address: &str) -> String {
        address
            .replace("https://home.example/users/owner/statuses/1", self.post["uri"].as_str().unwrap())
            .replace("https://home.example/users/owner", &self.taure.actor())
            .replace("https://home.example/@owner", &format!("{}/@alice", self.taure.base))
            .replace(&format!("https://{}", self.host), &self.peer.base)
    }

    pub fn read(&self, file: &str) -> Value {
        let path = format!("{}/tests/fixtures/{file}.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
        serde_json::from_str(&self.at(&text)).unwrap()
    }

    /// Serves an actor at an address of the fixtures; gives the address of this test.
    pub fn is(&self, address: &str, kind: &str) -> String {
        let id = self.at(address);
        let mut actor = self.peer.actor_document();
        let name: String =
            id.rsplit('/').next().unwrap().chars().filter(char::is_ascii_alphanumeric).collect();
        for (key, value) in [
            ("id", json!(id)),
            ("type", json!(kind)),
            ("preferredUsername", json!(name)),
            ("name", json!(name)),
            ("url", json!(id)),
            ("inbox", json!(format!("{id}/inbox"))),
            ("outbox", json!(format!("{id}/outbox"))),
            ("followers", json!(format!("{id}/followers"))),
            ("following", json!(format!("{id}/following"))),
            ("featured", json!(format!("{id}/collections/featured"))),
        ] {
            actor[key] = value;
        }
        actor["publicKey"]["id"] = json!(format!("{id}#main-key"));
        actor["publicKey"]["owner"] = json!(id);
        self.peer.publish(id.split('?').next().unwrap(), actor);
        id
    }

    /// Sends a fixture, signed by its actor, and waits until it was looked into.
    #[track_caller]
    pub fn sends(&self, file: &str) -> Value {
        self.says(self.read(file))
    }

    #[track_caller]
    pub fn says(&self, activity: Value) -> Value {
        let actor = activity["actor"].as_str().unwrap();
        let signer = Signer { key_id: format!("{actor}#main-key"), ..self.peer.signer() };
        self.posts_as(&activity, &signer);
        activity
    }

    #[track_caller]
    pub fn posts_as(&self, body: &Value, signer: &Signer) {
        let (inbox, now) = (format!("{}/inbox", self.taure.actor()), self.taure.clock.now());
        let answer = deliver(&inbox, body.to_string().as_bytes(), Scheme::Cavage, signer, now);
        assert_eq!(answer.status, 202, "{body}: {}", answer.text);
        self.taure.settles();
    }

    /// The account at an address of the fixtures, as the house knows it.
    #[track_caller]
    pub fn account(&self, address: &str) -> Value {
        let url = self.at(address);
        let found =
            self.taure.get(&format!("/api/v2/search?resolve=true&type=accounts&q={}", encoded(&url))).ok();
        found["accounts"].get(0).cloned().unwrap_or_else(|| panic!("{url} was not found"))
    }

    /// The owner follows that account, which has not answered yet; gives it and the id of the Follow.
    #[track_caller]
    pub fn is_asked(&self, address: &str) -> (Value, String) {
        let account = self.account(address);
        let id = account["id"].as_str().unwrap();
        self.taure.post(&format!("/api/v1/accounts/{id}/follow"), json!({})).ok();
        self.taure.settles();
        let follow = self.peer.received_of("Follow").pop().expect("no Follow arrived");
        (account.clone(), follow["id"].as_str().unwrap().to_owned())
    }

    /// The owner follows that account.
    #[track_caller]
    pub fn is_followed(&self, address: &str) -> Value {
        let (account, follow) = self.is_asked(address);
        self.says(json!({"id": self.peer.new_id("accepts"), "type": "Accept", "actor": self.at(address), "object": follow}));
        account
    }

    pub fn following(&self, account: &Value) -> bool {
        self.taure.relationship(account["id"].as_str().unwrap())["following"] == true
    }

    /// The post at an address of the fixtures, if it is known; nobody is asked.
    pub fn known(&self, address: &str) -> Option<Value> {
        let url = self.at(address);
        let found =
            self.taure.get(&format!("/api/v2/search?resolve=false&type=statuses&q={}", encoded(&url))).ok();
        found["statuses"].get(0).cloned()
    }

    /// What others brought into the owner's home.
    pub fn home(&self) -> Vec<Value> {
        self.taure.home().into_iter().filter(|s| s["account"]["acct"] != "alice").collect()
    }

    pub fn mentions(&self) -> Vec<Value> {
        self.taure.notifications("mention").into_iter().map(|n| n["status"].clone()).collect()
    }

    /// Follower, favourite and boost counts of the owner and the post.
    pub fn counts(&self) -> (i64, i64, i64) {
        let me = self.taure.get("/api/v1/accounts/verify_credentials").ok();
        let post = self.taure.status(self.post["id"].as_str().unwrap());
        let number = |value: &Value| value.as_i64().unwrap();
        (number(&me["followers_count"]), number(&post["favourites_count"]), number(&post["reblogs_count"]))
    }
}

fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
