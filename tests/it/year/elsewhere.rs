//! The servers of everybody else: people, posts and pages that come into being when they are asked for, and inboxes
//! that take everything.

use super::seen::Files;
use super::wire::{Reply, listen};
use super::words::{Chance, text, word};
use crate::peer::{AS, PUBLIC};
use serde_json::{Value, json};
use taure::model::{Account, ActorKind, Endpoints, Picture, Timestamp};

/// Servers, all of them on this machine.
pub const SERVERS: usize = 40;
/// People who are not followed, on all servers.
pub const STRANGERS: usize = 12_000;

pub struct Elsewhere {
    pub servers: Vec<String>,
    pub files: Files,
}

/// Somebody, by a number.
#[derive(Debug, Clone)]
pub struct Person {
    pub base: String,
    pub name: String,
}

impl Person {
    pub fn actor(&self) -> String {
        format!("{}/users/{}", self.base, self.name)
    }

    pub fn handle(&self) -> String {
        format!("@{}@{}", self.name, self.base.trim_start_matches("http://"))
    }

    /// As it would have been stored when the owner followed them.
    pub fn account(&self, files: &Files) -> Account {
        let (actor, mut chance) = (self.actor(), Chance::of(&self.name));
        Account {
            uri: actor.clone(),
            url: format!("{}/@{}", self.base, self.name),
            username: self.name.clone(),
            domain: Some(self.base.trim_start_matches("http://").to_owned()),
            display_name: text(&mut chance, 2),
            note: format!("<p>{}</p>", text(&mut chance, 40)),
            avatar: Some(Picture::Remote(files.avatar(&mut chance))),
            header: Some(Picture::Remote(files.avatar(&mut chance))),
            kind: ActorKind::Person,
            discoverable: true,
            endpoints: Endpoints {
                inbox: format!("{actor}/inbox"),
                shared_inbox: Some(format!("{}/inbox", self.base)),
                outbox: Some(format!("{actor}/outbox")),
                followers: Some(format!("{actor}/followers")),
                following: Some(format!("{actor}/following")),
                featured: Some(format!("{actor}/collections/featured")),
            },
            created_at: Timestamp(1_500_000_000_000),
            ..Account::default()
        }
    }
}

/// One of the posts of a thread among strangers: all of the thread have `base`, and each answers the one before.
pub fn strangers_post(servers: &[String], base: u64, depth: u64) -> (Person, String) {
    let who = stranger(servers, Chance::new(base * 10 + depth).seldom(STRANGERS));
    let uri = format!("{}/statuses/{base}{depth}", who.actor());
    (who, uri)
}

pub fn stranger(servers: &[String], number: usize) -> Person {
    let name = format!("{}{}_{number}", word(&mut Chance::new(number as u64)), number % 97);
    Person { base: servers[number % servers.len()].clone(), name }
}

impl Elsewhere {
    pub fn start() -> Elsewhere {
        let files = Files::start();
        let all = std::sync::Arc::new(std::sync::OnceLock::<Vec<String>>::new());
        let servers: Vec<String> = (0..SERVERS)
            .map(|_| {
                let (all, files) = (std::sync::Arc::clone(&all), files.clone());
                listen(move |base, method, target| answer(all.wait(), &files, base, method, target))
            })
            .collect();
        all.set(servers.clone()).unwrap();
        Elsewhere { servers, files }
    }

    /// The page of an article; a few are linked to again and again.
    pub fn page(&self, chance: &mut Chance) -> String {
        let server = chance.of_list(&self.servers).clone();
        let number = if chance.per_mille(300) { chance.below(500) } else { chance.below(10_000_000) };
        format!("{server}/2026/{}/{}-{}-{number}.html", number % 12 + 1, word(chance), word(chance))
    }
}

fn answer(servers: &[String], files: &Files, base: &str, method: &str, target: &str) -> Reply {
    const ACTIVITY: &str = "application/activity+json";
    if method == "POST" {
        return Reply::empty(202);
    }
    let parts: Vec<&str> = target.trim_start_matches('/').split('/').collect();
    match parts.as_slice() {
        [".well-known", query] if query.starts_with("webfinger?resource=acct%3A") => {
            let name = query.trim_start_matches("webfinger?resource=acct%3A").split("%40").next().unwrap();
            let at = base.trim_start_matches("http://");
            let link = json!({"rel": "self", "type": ACTIVITY, "href": format!("{base}/users/{name}")});
            let jrd = json!({"subject": format!("acct:{name}@{at}"), "links": [link]});
            Reply::new("application/jrd+json", jrd.to_string())
        }
        ["users", name] => Reply::new(ACTIVITY, person(files, base, name).to_string()),
        ["users", name, "statuses", number] => match strangers_note(servers, base, name, number) {
            Some(note) => Reply::new(ACTIVITY, note.to_string()),
            None => Reply::empty(404),
        },
        ["users", _, ..] => {
            let many = Chance::of(target).below(5_000);
            let items: [Value; 0] = [];
            let all = json!({"@context": AS, "id": format!("{base}{target}"), "type": "OrderedCollection",
                "totalItems": if target.ends_with("featured") { 0 } else { many }, "orderedItems": items});
            Reply::new(ACTIVITY, all.to_string())
        }
        ["2026", ..] => Reply::new("text/html", article(files, base, target)),
        _ => Reply::empty(404),
    }
}

fn person(files: &Files, base: &str, name: &str) -> Value {
    let who = Person { base: base.to_owned(), name: name.to_owned() };
    let (account, actor) = (who.account(files), who.actor());
    let picture = |of: &Option<Picture>| match of {
        Some(Picture::Remote(url)) => json!({"type": "Image", "mediaType": "image/jpeg", "url": url}),
        _ => Value::Null,
    };
    json!({
        "@context": [AS, "https://w3id.org/security/v1"], "id": actor, "type": "Person",
        "preferredUsername": name, "name": account.display_name, "summary": account.note, "url": account.url,
        "inbox": format!("{actor}/inbox"), "outbox": format!("{actor}/outbox"),
        "followers": format!("{actor}/followers"), "following": format!("{actor}/following"),
        "featured": format!("{actor}/collections/featured"),
        "endpoints": {"sharedInbox": format!("{base}/inbox")}, "discoverable": true,
        "icon": picture(&account.avatar), "image": picture(&account.header),
        "attachment": [{"type": "PropertyValue", "name": "Web", "value": format!("<a href=\"{base}\">{base}</a>")}],
        "publicKey": {"id": format!("{actor}#main-key"), "owner": actor, "publicKeyPem": format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", "MIIBIjANBgkqhkiG9w0BAQEFAAOC".repeat(14))},
    })
}

/// Whoever asks may not know it from a guess: the name has to fit.
fn strangers_note(servers: &[String], base: &str, name: &str, number: &str) -> Option<Value> {
    let (thread, depth) = number.split_at(number.len().checked_sub(1)?);
    let (thread, depth): (u64, u64) = (thread.parse().ok()?, depth.parse().ok()?);
    let (who, uri) = strangers_post(servers, thread, depth);
    if who.base != base || who.name != name {
        return None;
    }
    let mut chance = Chance::of(&uri);
    let above = depth.checked_sub(1).map(|above| strangers_post(servers, thread, above).1);
    let words = chance.between(5, 60);
    Some(json!({
        "@context": AS, "id": uri, "type": "Note", "attributedTo": who.actor(), "to": [PUBLIC],
        "cc": [format!("{}/followers", who.actor())], "inReplyTo": above,
        "content": format!("<p>{}</p>", text(&mut chance, words)), "url": format!("{base}/@{name}/{number}"),
    }))
}

fn article(files: &Files, base: &str, path: &str) -> String {
    let mut chance = Chance::of(path);
    let (title, description) = (text(&mut chance, 8), text(&mut chance, 30));
    let picture = files.picture(&mut chance);
    format!(
        "<!doctype html><html lang=\"en\"><head><title>{title}</title>\
         <meta property=\"og:title\" content=\"{title}\"><meta property=\"og:site_name\" content=\"Daily {base}\">\
         <meta property=\"og:description\" content=\"{description}\"><meta property=\"og:image\" content=\"{picture}\">\
         <meta property=\"og:image:width\" content=\"1200\"><meta property=\"og:image:height\" content=\"630\">\
         </head><body><p>{description}</p></body></html>"
    )
}
