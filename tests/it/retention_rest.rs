//! What follows the posts that are forgotten: accounts, previews, hashtags, hosts, apps, notifications and graves.

use crate::harness::Taure;
use crate::peer::{PUBLIC, Peer};
use crate::retention::{act, answers, is_here, months_later, says, takes};
use serde_json::{Value, json};
use taure::model::time::DAY;
use taure::model::{NotificationId, Timestamp};
use taure::store::accounts;

fn knows(taure: &Taure, peer: &Peer) -> bool {
    taure.app().store.read(|c| accounts::by_uri(c, &peer.actor())).unwrap().is_some()
}

fn count(taure: &Taure, sql: &str) -> i64 {
    taure.app().store.read(|c| Ok(c.query_row(sql, [], |r| r.get(0))?)).unwrap()
}

fn id_of(of: &Value) -> &str {
    of["id"].as_str().unwrap()
}

/// A post that somebody looked up once.
fn looked_up(peer: &Peer, taure: &Taure, html: &str) -> Value {
    let note = peer.note(html, &[]);
    taure.finds_status(id_of(&note));
    taure.settles();
    note
}

#[test]
fn a_stranger_whom_nothing_needs_is_gone_and_comes_back_when_asked_for() {
    let (alice, bob, dora) = (Taure::new(), Peer::new("bob"), Peer::new("dora"));
    alice.finds(&bob.handle());
    let note = looked_up(&dora, &alice, "<p>nothing</p>");
    months_later(&alice, 80);
    assert!(knows(&alice, &bob) && knows(&alice, &dora));
    months_later(&alice, 11);
    assert!(!knows(&alice, &bob) && !knows(&alice, &dora) && !is_here(&alice, &note));
    assert_eq!(count(&alice, "SELECT count(*) FROM actor_keys"), 0);
    // Only the owner is left, and whoever is asked for is there again.
    assert_eq!(count(&alice, "SELECT count(*) FROM accounts"), 1);
    assert_eq!(count(&alice, "SELECT count(*) FROM account_words"), 1);
    alice.finds(&bob.handle());
    months_later(&alice, 30);
    assert!(knows(&alice, &bob));
}

#[test]
fn where_everything_is_kept_strangers_are_too() {
    let (mut alice, bob) = (Taure::new(), Peer::new("bob"));
    alice.keeps_posts(0);
    alice.finds(&bob.handle());
    months_later(&alice, 1_000);
    assert!(knows(&alice, &bob));
}

#[test]
fn whoever_has_to_do_with_the_owner_stays() {
    let alice = Taure::new();
    let peers: Vec<Peer> = [
        "followed",
        "follower",
        "blocked",
        "muted",
        "noted",
        "listed",
        "reported",
        "endorser",
        "mentioned",
        "moved",
        "target",
    ]
    .into_iter()
    .map(Peer::new)
    .collect();
    let by = |name: &str| peers.iter().find(|p| p.name == name).unwrap();
    let id = |name: &str| alice.finds(&by(name).handle())["id"].as_str().unwrap().to_owned();
    let does = |name: &str, verb: &str, form: Value| {
        alice.post(&format!("/api/v1/accounts/{}/{verb}", id(name)), form).ok();
    };
    by("followed").is_followed_by(&alice);
    by("follower").follows(&alice);
    does("blocked", "block", json!({}));
    does("muted", "mute", json!({}));
    does("noted", "note", json!({"comment": "met in Riga"}));
    by("listed").is_followed_by(&alice);
    let list = alice.post("/api/v1/lists", json!({"title": "few"})).ok();
    alice
        .post(&format!("/api/v1/lists/{}/accounts", id_of(&list)), json!({"account_ids": [id("listed")]}))
        .ok();
    alice.post("/api/v1/reports", json!({"account_id": id("reported"), "comment": "spam"})).ok();
    // Liked a post of the owner's, and was named in one.
    let own = alice.posts("mine");
    takes(&alice, by("endorser"), &by("endorser").activity("Like", own["uri"].clone()));
    alice.finds(&by("mentioned").handle());
    alice.posts(&format!("hello {}", by("mentioned").handle()));
    // Whom the owner follows has moved there.
    by("moved").is_followed_by(&alice);
    alice.finds(&by("target").handle());
    let (from, to) = (by("moved").actor(), by("target").actor());
    alice
        .app()
        .store
        .write(|tx| {
            let moved = accounts::by_uri(tx, &from)?.unwrap();
            accounts::set_moved_to(tx, moved.id, Some(&to))
        })
        .unwrap();
    alice.settles();
    months_later(&alice, 100);
    months_later(&alice, 100);
    for peer in &peers {
        assert!(knows(&alice, peer), "{}", peer.name);
    }
}

/// Each thing that the owner may do with a post keeps it, the thread around it, and whoever wrote in it.
#[test]
fn what_the_owner_touched_keeps_its_thread_and_its_people() {
    let alice = Taure::new();
    let touch = |peer: &Peer, answerer: &Peer, name: &str| -> (Value, Value) {
        let note = match name {
            "voted" => peer.asks(&["Tea", "Coffee"], &[]),
            "mentioned" => peer.note("<p>you</p>", &[&alice]),
            "quoted" => {
                let mut note = peer.note("<p>quote me</p>", &[]);
                note["interactionPolicy"] = json!({"canQuote": {"automaticApproval": PUBLIC}});
                peer.publish(id_of(&note), note.clone());
                note
            }
            _ => peer.note(&format!("<p>{name}</p>"), &[]),
        };
        if name == "mentioned" {
            takes(&alice, peer, &peer.create(&note));
        }
        let known = alice.finds_status(id_of(&note));
        alice.settles();
        let mut answer = answerer.note("<p>so they say</p>", &[]);
        answer["inReplyTo"] = note["id"].clone();
        answerer.publish(id_of(&answer), answer.clone());
        alice.finds_status(id_of(&answer));
        match name {
            "voted" => {
                let poll = known["poll"]["id"].as_str().unwrap();
                alice.post(&format!("/api/v1/polls/{poll}/votes"), json!({"choices": [0]})).ok();
            }
            "quoted" => {
                alice
                    .post("/api/v1/statuses", json!({"status": "look", "quoted_status_id": known["id"]}))
                    .ok();
            }
            "answered" => {
                alice.post("/api/v1/statuses", json!({"status": "yes", "in_reply_to_id": known["id"]})).ok();
            }
            "mentioned" | "nothing" => {}
            verb => act(&alice, &note, verb),
        }
        alice.settles();
        (note, answer)
    };
    let names = ["favourite", "bookmark", "reblog", "answered", "quoted", "voted", "mentioned", "nothing"];
    let cases: Vec<_> = names
        .into_iter()
        .map(|name| {
            let (peer, answerer) = (Peer::new("author"), Peer::new("answerer"));
            let (note, answer) = touch(&peer, &answerer, name);
            (name, peer, answerer, note, answer)
        })
        .collect();
    months_later(&alice, 100);
    months_later(&alice, 10);
    for (name, peer, answerer, note, answer) in &cases {
        let kept = *name != "nothing";
        assert_eq!(is_here(&alice, note), kept, "{name}");
        assert_eq!(is_here(&alice, answer), kept, "the answer to {name}");
        assert_eq!(knows(&alice, peer), kept, "the author of {name}");
        assert_eq!(knows(&alice, answerer), kept, "who answered {name}");
    }
}

#[test]
fn previews_and_hashtags_go_with_the_last_post_that_has_them() {
    let (alice, bob, site) = (Taure::new(), Peer::new("bob"), Peer::new("web"));
    bob.is_followed_by(&alice);
    let page = |path: &str| site.page(path, "<title>Bees</title>");
    let (own, theirs) = (page("/own"), page("/theirs"));
    let tagged = |name: &str| {
        let mut note = bob.note(
            &format!("<p><a href=\"{theirs}\">x</a> <a href=\"{}/tags/{name}\">#{name}</a></p>", bob.base),
            &[],
        );
        note["tag"] = json!([{"type": "Hashtag", "name": format!("#{name}"), "href": format!("{}/tags/{name}", bob.base)}]);
        takes(&alice, &bob, &bob.create(&note));
    };
    for name in ["gone", "followed", "shown"] {
        tagged(name);
    }
    alice.post("/api/v1/tags/followed/follow", json!({})).ok();
    alice.post("/api/v1/featured_tags", json!({"name": "shown"})).ok();
    alice.posts(&format!("{own} #mine"));
    alice.later(60_000);
    alice.settles();
    let names = "SELECT group_concat(name) FROM (SELECT name FROM tags ORDER BY name)";
    let text =
        |sql: &str| alice.app().store.read(|c| Ok(c.query_row(sql, [], |r| r.get::<_, String>(0))?)).unwrap();
    assert_eq!(
        (text(names), count(&alice, "SELECT count(*) FROM cards")),
        ("followed,gone,mine,shown".into(), 2)
    );
    months_later(&alice, 60);
    assert_eq!(count(&alice, "SELECT count(*) FROM tags"), 4);
    months_later(&alice, 40);
    assert_eq!(text(names), "followed,mine,shown");
    assert_eq!(text("SELECT group_concat(url) FROM cards"), own);
    assert_eq!(alice.get("/api/v1/followed_tags").ok().as_array().unwrap().len(), 1);
}

#[test]
fn hosts_apps_and_graves_go_with_their_time() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    bob.follows(&alice);
    alice.posts("hello");
    alice.settles();
    // An app that a stranger registered, and the owner's own.
    let app = json!({"client_name": "x", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"});
    assert_eq!(alice.send("POST", "/api/v1/apps", &[], Some(app)).status, 200);
    // Somebody takes a post back, and so does the owner.
    let note = bob.note("<p>oops @alice</p>", &[&alice]);
    takes(&alice, &bob, &bob.create(&note));
    takes(&alice, &bob, &bob.activity("Delete", json!({"id": note["id"], "type": "Tombstone"})));
    let own = alice.posts("oops");
    alice.call("DELETE", &format!("/api/v1/statuses/{}", id_of(&own)), None).ok();
    alice.settles();
    let rows = |table: &str| count(&alice, &format!("SELECT count(*) FROM {table}"));
    assert_eq!((rows("hosts"), rows("apps"), rows("tombstones")), (1, 2, 2));
    months_later(&alice, 31);
    assert_eq!((rows("hosts"), rows("apps"), rows("tombstones")), (1, 1, 2));
    months_later(&alice, 340);
    assert_eq!((rows("hosts"), rows("apps"), rows("tombstones")), (0, 1, 1));
    assert_eq!(alice.document(own["uri"].as_str().unwrap()).status, 410);
    // The next delivery learns anew.
    alice.posts("again");
    alice.settles();
    assert_eq!(rows("hosts"), 1);
    assert!(knows(&alice, &bob));
}

#[test]
fn of_many_notifications_the_newest_and_two_years_stay() {
    let (alice, bob) = (Taure::new(), Peer::new("bob"));
    let own = alice.posts("mine");
    takes(&alice, &bob, &bob.activity("Like", own["uri"].clone()));
    let own: i64 = id_of(&own).parse().unwrap();
    let fill = |from: i64, many: i64, kind: &str| {
        alice
            .app()
            .store
            .write(|tx| {
                let by = accounts::by_uri(tx, &bob.actor())?.unwrap().id;
                for n in 0..many {
                    let at = Timestamp(from + n);
                    // One of a kind an account and status: the kind tells them apart.
                    tx.run(
                        "INSERT INTO notifications (id, kind, account_id, status_id, created_at) VALUES (?1, ?2, ?3, ?4, ?5)",
                        (NotificationId::at(at), format!("{kind}{n}"), by, own, at),
                    )?;
                }
                Ok(())
            })
            .unwrap();
    };
    let old = alice.clock.now().0 - 3 * 365 * DAY;
    fill(old, 1_600, "old");
    months_later(&alice, 1);
    let rows = || count(&alice, "SELECT count(*) FROM notifications");
    assert_eq!(rows(), 1_601, "few are kept, however old");
    fill(alice.clock.now().0 - DAY, 20_000, "new");
    months_later(&alice, 1);
    assert!(rows() > 20_001, "so many an hour");
    months_later(&alice, 1);
    months_later(&alice, 1);
    assert_eq!(rows(), 20_001, "two years are kept, however many");
}

#[test]
fn an_account_whose_post_another_answers_is_kept_with_that() {
    let (alice, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    bob.is_followed_by(&alice);
    let note = says(&bob, &alice, "<p>old</p>");
    months_later(&alice, 60);
    answers(&carol, &alice, &note, "<p>late</p>");
    months_later(&alice, 60);
    assert!(is_here(&alice, &note) && knows(&alice, &carol));
    months_later(&alice, 91);
    assert!(!is_here(&alice, &note) && !knows(&alice, &carol) && knows(&alice, &bob));
}
