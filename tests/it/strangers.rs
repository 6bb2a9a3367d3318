//! The quiet shelf: what strangers' mentions do, and above all what they do not.

use crate::api_notifications::{deliver, letter, mention, requests, set_policy, somebody, stranger};
use crate::harness::{PASSWORD, Taure};
use crate::pages_requests::Browser;
use crate::peer::{AS, PUBLIC, Peer};
use crate::push_service::{Keys, PushService};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use taure::model::time::{DAY, HOUR, MINUTE};
use taure::model::*;
use taure::ops::setup::{self, NewInstance};
use taure::ops::strangers;
use taure::sig::{Scheme, Signer};
use taure::store::{Store, instance, jobs};

const PAGE: &str = "/notifications/requests";
const SETTINGS: &str = "/settings/notifications";

/// A house as it is after set-up: the shelf is up.
fn quiet() -> Taure {
    let taure = Taure::new();
    strangers::set(&taure.app(), |wish| *wish = Strangers::default()).unwrap();
    taure
}

/// Many people on one server: the peer's, with its key, which each calls its own.
struct Crowd {
    peer: Peer,
}

impl Crowd {
    fn actor(&self, n: usize) -> String {
        format!("{}/users/spam{n}", self.peer.base)
    }

    /// Somebody new there, whose account is as old as `published` says.
    fn joins(&self, n: usize, published: Timestamp, words: &str) {
        let actor = self.actor(n);
        let mut document = self.peer.actor_document();
        document["id"] = json!(actor);
        document["preferredUsername"] = json!(format!("spam{n}"));
        document["url"] = json!(format!("{}/@spam{n}", self.peer.base));
        for (name, path) in [("inbox", "inbox"), ("outbox", "outbox"), ("followers", "followers")] {
            document[name] = json!(format!("{actor}/{path}"));
        }
        document["summary"] = json!(words);
        document["published"] = json!(published.to_string());
        document["publicKey"]["id"] = json!(format!("{actor}#main-key"));
        document["publicKey"]["owner"] = json!(actor);
        self.peer.publish(&actor, document);
    }

    /// They mention the owner; the post.
    #[track_caller]
    fn mentions(&self, taure: &Taure, n: usize, html: &str) -> Value {
        let (actor, id) = (self.actor(n), self.peer.new_id("spam"));
        let note = json!({
            "id": id, "type": "Note", "attributedTo": actor, "url": id, "content": html,
            "published": taure.clock.now().to_string(),
            "to": [PUBLIC], "cc": [taure.actor()],
            "tag": [{"type": "Mention", "href": taure.actor(), "name": taure.handle()},
                    {"type": "Hashtag", "name": "#cats", "href": format!("{}/tags/cats", self.peer.base)}],
        });
        let create = json!({"@context": AS, "id": format!("{id}/activity"), "type": "Create", "actor": actor,
            "to": note["to"], "cc": note["cc"], "object": note});
        let signer = Signer { key_id: format!("{actor}#main-key"), key: Arc::clone(&self.peer.key) };
        let answer = self.peer.delivers_as(taure, &create, Scheme::Cavage, &signer);
        assert_eq!(answer.status, 202, "{}", answer.text);
        note
    }
}

/// The hour's tidying, which the server queues by itself a moment later.
fn tidies(taure: &Taure) {
    taure.app().store.write(|tx| jobs::push(tx, "", &Job::TidyUp)).unwrap();
    taure.house().wake();
    taure.settles();
}

fn count(taure: &Taure, table: &str) -> i64 {
    let sql = format!("SELECT count(*) FROM {table}");
    taure.app().store.read(|c| Ok(c.query_row(&sql, [], |r| r.get(0))?)).unwrap()
}

fn home(taure: &Taure) -> Vec<Value> {
    let list = taure.get("/api/v1/timelines/home?limit=40").ok();
    list.as_array().unwrap().iter().map(|one| one["id"].clone()).collect()
}

fn unread(taure: &Taure) -> Value {
    taure.get("/api/v1/notifications/unread_count").ok()["count"].clone()
}

#[test]
fn a_thousand_mentions_by_two_hundred_fresh_accounts_make_no_noise_and_one_tap_clears_them() {
    let taure = quiet();
    let (service, keys) = (PushService::new(), Keys::new());
    let subscription = keys.subscription(&format!("{}/app", service.base));
    let wanted = json!({"alerts": {"mention": true, "follow": true}, "policy": "all"});
    taure.post("/api/v1/push/subscription", json!({"subscription": subscription, "data": wanted})).ok();
    taure.post("/api/v1/tags/cats/follow", json!({})).ok();
    taure.posts("Good morning");
    // A follower of old, and a friend of hers, of whom she spoke here.
    let (carol, gina) = (stranger("carol"), somebody("gina", "Person", None));
    gina.is_known_to(&taure, false);
    carol.follows(&taure);
    taure.later(4 * DAY);
    taure.settles();
    let mut meet = carol.note("<p>Do you know Gina?</p>", &[&taure]);
    let tag = json!({"type": "Mention", "href": gina.actor(), "name": gina.handle()});
    meet["tag"].as_array_mut().unwrap().push(tag);
    deliver(&carol, &taure, &carol.create(&meet));
    let (pushes, before, seen) = (service.seen().len(), home(&taure), unread(&taure));
    assert_eq!(taure.notifications("mention").len(), 1, "whoever has followed for days is no stranger");

    let heard: Arc<Mutex<Vec<Event>>> = Arc::default();
    let ear = Arc::clone(&heard);
    taure.app().events.listen(Box::new(move |events| ear.lock().unwrap().extend_from_slice(events)));
    let crowd = Crowd { peer: Peer::new("spam") };
    for n in 0..200 {
        crowd.joins(n, taure.clock.now(), "");
    }
    for round in 0..5 {
        for n in 0..200 {
            let html = format!("<p>Buy now {round} <a href=\"https://spam.example/{n}\">here</a> #cats</p>");
            crowd.mentions(&taure, n, &html);
        }
        taure.settles();
        // No server may send more than 600 a minute.
        taure.later(MINUTE);
        taure.settles();
    }
    assert_eq!(service.seen().len(), pushes, "nothing is pushed");
    assert_eq!(unread(&taure), seen, "nor counted");
    assert_eq!(home(&taure), before, "nor in home, whatever its hashtags");
    assert_eq!(taure.notifications("mention").len(), 1);
    let told = |event: &Event| matches!(event, Event::Notified(_) | Event::NotificationsMerged);
    assert!(!heard.lock().unwrap().iter().any(told), "nor told to streams");
    assert!(taure.get("/api/v1/conversations").ok().as_array().unwrap().is_empty());
    // The newest five hundred of a server are kept: a hundred of each of the last rounds, and of their people.
    assert_eq!(count(&taure, "notifications WHERE filtered = 1"), 500);
    assert_eq!(count(&taure, "statuses WHERE content LIKE '%spam.example%'"), 500, "with their posts");
    assert_eq!(count(&taure, "accounts WHERE request_row IS NOT NULL"), 200, "one request a person");
    assert_eq!(taure.get("/api/v2/notifications/policy").ok()["summary"]["pending_requests_count"], 100);
    assert!(!requests(&taure).is_empty());

    // A real one passes, from a young account, with a link.
    let note =
        gina.note("<p>Carol says hello <a href=\"https://gina.example/\">from here</a></p>", &[&taure]);
    deliver(&gina, &taure, &gina.create(&note));
    assert_eq!(taure.notifications("mention").len(), 2);
    assert_eq!(service.seen().len(), pushes + 1);
    assert!(heard.lock().unwrap().iter().any(told));

    let browser = Browser::of(&taure);
    let page = browser.get(PAGE).text;
    assert!(
        page.contains("young account, empty account, with a link, one of many from their server"),
        "{page}"
    );
    assert_eq!(browser.press(PAGE, &format!("{PAGE}/clear"), &[]).status, 303);
    assert!(browser.get(PAGE).text.contains("Nobody waits."));
    assert_eq!(requests(&taure), Vec::<Value>::new());
    assert_eq!(taure.get("/api/v1/notifications?include_filtered=true").ok().as_array().unwrap().len(), 3);
    // Thought better of it, and again.
    browser.press(PAGE, &format!("{PAGE}/undo"), &[]);
    assert_eq!(count(&taure, "accounts WHERE request_row IS NOT NULL"), 200);
    assert!(browser.get(PAGE).text.contains("with a link"));
    browser.press(PAGE, &format!("{PAGE}/clear"), &[]);
    assert_eq!(count(&taure, "notifications WHERE filtered = 2"), 500);
    taure.later(2 * HOUR);
    tidies(&taure);
    assert_eq!(count(&taure, "notifications WHERE filtered > 0"), 0);
    assert_eq!(count(&taure, "statuses WHERE content LIKE '%spam.example%'"), 0, "nothing of them is left");
    assert_eq!(taure.notifications("mention").len(), 2);
    assert!(!browser.get(PAGE).text.contains("Bring them back"));
}

#[test]
fn the_shelf_is_up_in_a_new_house() {
    let folder = crate::harness::Folder::new();
    let store = Store::open(&folder.path().join("new.db"), Clock::default(), Box::new(|_| ())).unwrap();
    let new = NewInstance {
        origin: "https://new.example".into(),
        domain: None,
        username: "alice".into(),
        display_name: String::new(),
        password: Some(PASSWORD.into()),
        ..NewInstance::default()
    };
    setup::create(&store, &new).unwrap();
    assert!(store.read(instance::settings).unwrap().strangers.shelf);
}

/// Why the mentions of that person wait; nothing: nobody waits.
fn why(taure: &Taure, who: &str) -> String {
    let page = Browser::of(taure).get(PAGE).text;
    let Some((_, rest)) = page.split_once(&format!("@{who}@")) else { return String::new() };
    let reason = rest.split_once("Why they wait: ").map_or("", |(_, rest)| rest);
    reason.split('<').next().unwrap().to_owned()
}

#[test]
fn each_sign_is_named_and_whoever_shows_none_gets_through() {
    let taure = quiet();
    let old = Some("2020-01-01T00:00:00Z");
    let says = |name: &str, published: Option<&str>, change: &dyn Fn(&mut Value)| {
        let peer = somebody(name, "Person", published);
        let mut note = peer.note(&format!("<p>Hello, {name} here</p>"), &[&taure]);
        change(&mut note);
        deliver(&peer, &taure, &peer.create(&note));
        peer
    };
    says("plain", old, &|_| ());
    assert_eq!(why(&taure, "plain"), "");
    assert_eq!(taure.notifications("mention").len(), 1);
    says("young", None, &|_| ());
    assert_eq!(why(&taure, "young"), "young account");
    let linker = says("linker", old, &|note| {
        note["content"] = json!("<p>See <a href=\"https://shop.example/\">this</a></p>");
    });
    assert_eq!(why(&taure, "linker"), "with a link");
    says("painter", old, &|note| {
        let url = "https://pictures.example/1.png";
        note["attachment"] = json!([{"type": "Document", "mediaType": "image/png", "url": url}]);
    });
    assert_eq!(why(&taure, "painter"), "with a picture");
    says("crier", old, &|note| {
        for n in 0..5 {
            let other = json!({"type": "Mention", "href": format!("{}/users/{n}", taure.base), "name": "@x"});
            note["tag"].as_array_mut().unwrap().push(other);
        }
    });
    assert_eq!(why(&taure, "crier"), "names many people");
    let blank = Peer::new("blank");
    let mut document = blank.actor_document();
    document["summary"] = json!("");
    document["published"] = json!(old);
    blank.publish(&blank.actor(), document);
    mention(&blank, &taure);
    assert_eq!(why(&taure, "blank"), "empty account");
    // Somebody whose words wait does not come round by another door.
    let follow = linker.activity("Follow", json!(taure.actor()));
    deliver(&linker, &taure, &follow);
    assert_eq!(taure.notifications("follow").len(), 0);
    assert_eq!(taure.notifications("mention").len(), 1);

    // Whoever is let in is no stranger any more.
    let id = requests(&taure).iter().find(|r| r["account"]["username"] == "linker").unwrap()["id"].clone();
    taure.post(&format!("/api/v1/notifications/requests/{}/accept", id.as_str().unwrap()), json!({})).ok();
    let note = linker.note("<p>And <a href=\"https://shop.example/2\">this</a></p>", &[&taure]);
    deliver(&linker, &taure, &linker.create(&note));
    assert_eq!(taure.notifications("mention").len(), 3);
    assert_eq!(taure.notifications("follow").len(), 1);
}

#[test]
fn whoever_answers_the_owner_is_heard_though_little_is_known_of_them() {
    let taure = quiet();
    let own = taure.posts("What do you read?");
    let old = Some("2020-01-01T00:00:00Z");
    let link = "<p>See <a href=\"https://books.example/\">this</a></p>";
    let answers = |peer: &Peer, html: &str| {
        let mut note = peer.note(html, &[&taure]);
        note["inReplyTo"] = own["uri"].clone();
        deliver(peer, &taure, &peer.create(&note));
        taure.notifications("mention").len()
    };
    // Of Misskey nobody hears how old an account is.
    assert_eq!(answers(&somebody("mia", "Person", None), "<p>Novels</p>"), 1);
    assert_eq!(answers(&somebody("lin", "Person", old), link), 2);
    // On Lemmy hardly anybody has a picture or says a word about themselves.
    let lem = Peer::new("lem");
    let mut document = lem.actor_document();
    document["summary"] = json!("");
    document["published"] = json!(old);
    lem.publish(&lem.actor(), document);
    assert_eq!(answers(&lem, "<p>Comics</p>"), 3);
    // What does look like somebody who answers everybody waits all the same.
    let yesterday = taure.clock.now().plus(-DAY).to_string();
    assert_eq!(answers(&somebody("yan", "Person", Some(&yesterday)), "<p>Buy mine</p>"), 3);
    assert_eq!(why(&taure, "yan"), "young account");
    assert_eq!(answers(&somebody("una", "Person", None), link), 3);
    assert_eq!(why(&taure, "una"), "with a link");
}

#[test]
fn many_who_say_the_same_and_many_of_one_server_are_a_flood_whatever_their_age() {
    let taure = quiet();
    let crowd = Crowd { peer: Peer::new("flood") };
    let then = Timestamp(1_577_836_800_000);
    let words =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"];
    for n in 0..24 {
        crowd.joins(n, then, "<p>I am a person.</p>");
    }
    let same = "<p>Click the thing in my profile for prizes</p>";
    for n in 0..4 {
        crowd.mentions(&taure, n, same);
        taure.settles();
    }
    assert_eq!(taure.notifications("mention").len(), 2, "the first two could be anybody");
    assert_eq!(why(&taure, "spam3"), "the same words as others");
    for n in 4..24 {
        crowd.mentions(&taure, n, &format!("<p>{} {}</p>", words[n % 12], words[n / 2 % 12]));
        taure.settles();
    }
    assert_eq!(why(&taure, "spam23"), "one of many from their server");
    assert_eq!(taure.notifications("mention").len(), 18);
    // An hour later the server is as any other.
    taure.later(2 * HOUR);
    crowd.joins(30, then, "<p>I am a person.</p>");
    crowd.mentions(&taure, 30, "<p>hello</p>");
    taure.settles();
    assert_eq!(taure.notifications("mention").len(), 19);
}

#[test]
fn whom_the_owner_follows_answered_or_heard_of_is_no_stranger() {
    let taure = quiet();
    let young = |name| somebody(name, "Person", None);
    let (followed, answered, boosted, named) = (young("fay"), young("ann"), young("bo"), young("nan"));
    followed.is_followed_by(&taure);
    mention(&followed, &taure);
    assert_eq!(taure.notifications("mention").len(), 1);
    // Somebody whom the owner wrote to.
    answered.is_known_to(&taure, false);
    taure.posts(&format!("Hello {}", answered.handle()));
    mention(&answered, &taure);
    assert_eq!(taure.notifications("mention").len(), 2);
    // Somebody whom a friend boosted, and somebody whom a friend named.
    let note = boosted.note("<p>A post</p>", &[]);
    deliver(&followed, &taure, &followed.activity("Announce", note["id"].clone()));
    mention(&boosted, &taure);
    assert_eq!(taure.notifications("mention").len(), 3);
    named.is_known_to(&taure, false);
    let mut meet = followed.note("<p>Meet her</p>", &[]);
    meet["tag"] = json!([{"type": "Mention", "href": named.actor(), "name": named.handle()}]);
    deliver(&followed, &taure, &followed.create(&meet));
    mention(&named, &taure);
    assert_eq!(taure.notifications("mention").len(), 4);
    // A stranger's word for another stranger is nothing.
    let (x, y) = (young("xavier"), young("yves"));
    y.is_known_to(&taure, false);
    let mut meet = x.note("<p>Meet him</p>", &[&taure]);
    let tag = json!({"type": "Mention", "href": y.actor(), "name": y.handle()});
    meet["tag"].as_array_mut().unwrap().push(tag);
    deliver(&x, &taure, &x.create(&meet));
    mention(&y, &taure);
    assert_eq!((taure.notifications("mention").len(), requests(&taure).len()), (4, 2));
}

#[test]
fn the_shelf_can_be_taken_down_and_mastodons_policy_stays_what_it_is() {
    let taure = quiet();
    let browser = Browser::of(&taure);
    let form = "/settings/notifications/strangers";
    let save = |fields: &[(&str, &str)]| browser.press(SETTINGS, form, fields);
    let rest = [("mentioners", "everybody"), ("others", "filter"), ("languages", "")];
    assert_eq!(save(&rest).status, 303);
    let bob = somebody("bob", "Person", None);
    mention(&bob, &taure);
    assert_eq!(taure.notifications("mention").len(), 1, "the shelf is down");
    set_policy(&taure, json!({"for_new_accounts": "drop"}));
    save(&[&rest[..], &[("shelf", "1")]].concat());
    let before = count(&taure, "notifications");
    mention(&bob, &taure);
    assert_eq!(count(&taure, "notifications"), before, "what is dropped is not put on the shelf");
    for wrong in [
        [("mentioners", "nobody"), ("others", "filter"), ("languages", "")],
        [("mentioners", "known"), ("others", "accept"), ("languages", "")],
        [("mentioners", "known"), ("others", "drop"), ("languages", "en, ???")],
    ] {
        assert_eq!(save(&wrong).status, 422, "{wrong:?}");
    }
    assert!(taure.app().store.read(instance::settings).unwrap().strangers.shelf, "nothing was changed");
}

#[test]
fn only_those_whom_the_owner_names_can_mention_the_owner() {
    let taure = Taure::new();
    let (friend, fan, bob) = (stranger("friend"), stranger("fan"), stranger("bob"));
    friend.is_followed_by(&taure);
    fan.follows(&taure);
    let set = |mentioners, others| {
        strangers::set(&taure.app(), |wish| (wish.mentioners, wish.others) = (mentioners, others)).unwrap();
    };
    let told = || taure.notifications("mention").len();
    set(Mentioners::Known, Treatment::Filter);
    for peer in [&friend, &fan, &bob] {
        mention(peer, &taure);
    }
    assert_eq!((told(), requests(&taure).len()), (2, 1));
    assert_eq!(why(&taure, "bob"), "not somebody who can mention you");
    set(Mentioners::Followed, Treatment::Drop);
    let before = count(&taure, "notifications");
    mention(&fan, &taure);
    letter(&fan, &taure, None);
    assert_eq!(count(&taure, "notifications"), before, "dropped");
    mention(&friend, &taure);
    assert_eq!(told(), 3);
    // A favourite is no mention.
    let status = taure.posts("Like this");
    deliver(&bob, &taure, &bob.activity("Like", status["uri"].clone()));
    assert_eq!(taure.notifications("favourite").len(), 1);
}

#[test]
fn what_the_owner_cannot_read_stays_out_of_home_unless_a_friend_wrote_it() {
    let taure = quiet();
    strangers::set(&taure.app(), |wish| wish.languages = vec!["en".into(), "lv".into()]).unwrap();
    let (friend, other) = (stranger("friend"), stranger("other"));
    friend.is_followed_by(&taure);
    taure.post("/api/v1/tags/cats/follow", json!({})).ok();
    let before = home(&taure).len();
    let written = |peer: &Peer, language: &str, mentions: &[&Taure]| {
        let mut note = peer.note("<p>x</p>", mentions);
        note["contentMap"] = json!({language: "<p>x</p>"});
        note
    };
    deliver(&friend, &taure, &friend.create(&written(&friend, "de", &[])));
    assert_eq!(home(&taure).len(), before + 1, "whom the owner follows may write as they like");
    for (language, more) in [("de", 1), ("en", 2)] {
        let note = written(&other, language, &[]);
        other.publish(note["id"].as_str().unwrap(), note.clone());
        deliver(&friend, &taure, &friend.activity("Announce", note["id"].clone()));
        assert_eq!(home(&taure).len(), before + more, "a boost in {language}");
    }
    let bob = stranger("bob");
    deliver(&bob, &taure, &bob.create(&written(&bob, "de", &[&taure])));
    assert_eq!(why(&taure, "bob"), "in another language");
    let eve = stranger("eve");
    deliver(&eve, &taure, &eve.create(&written(&eve, "lv", &[&taure])));
    assert_eq!(taure.notifications("mention").len(), 1);
}

#[test]
fn those_whom_the_owner_follows_need_not_ask_and_young_accounts_are_not_told_of() {
    let taure = quiet();
    taure.call("PATCH", "/api/v1/accounts/update_credentials", Some(json!({"locked": true}))).ok();
    let wish = |accept, shelve| {
        strangers::set(&taure.app(), |wish| (wish.accept_followed, wish.shelve_follows) = (accept, shelve))
            .unwrap();
    };
    let friend = somebody("friend", "Person", None);
    friend.is_followed_by(&taure);
    let follows = |peer: &Peer| deliver(peer, &taure, &peer.activity("Follow", json!(taure.actor())));
    follows(&friend);
    let waiting = || taure.get("/api/v1/follow_requests").ok().as_array().unwrap().len();
    assert_eq!((waiting(), taure.notifications("follow_request").len()), (1, 1));
    wish(true, true);
    follows(&friend);
    assert_eq!((waiting(), friend.received_of("Accept").len()), (0, 1));
    follows(&somebody("young", "Person", None));
    assert_eq!((waiting(), taure.notifications("follow_request").len()), (1, 0), "it stands in the list");
    follows(&stranger("old"));
    assert_eq!((waiting(), taure.notifications("follow_request").len()), (2, 1));
}

#[test]
fn a_mute_for_a_while_ends_by_itself_and_what_they_send_is_told_again() {
    let taure = Taure::new();
    let bob = stranger("bob");
    let account = bob.is_known_to(&taure, false);
    let id = account["id"].as_str().unwrap().to_owned();
    let (browser, page) = (Browser::of(&taure), format!("/@{}", &bob.handle()[1..]));
    assert!(browser.get(&page).text.contains("Mute for a while"));
    let mute = format!("/accounts/{id}/mute");
    assert_eq!(browser.press(&page, &mute, &[("duration", "3600")]).status, 303);
    assert_eq!(taure.relationship(&id)["muting"], true);
    mention(&bob, &taure);
    assert_eq!(taure.notifications("mention").len(), 0);
    assert!(!browser.get(&page).text.contains("Mute for a while"));
    taure.later(2 * HOUR);
    tidies(&taure);
    assert_eq!(taure.relationship(&id)["muting"], false);
    assert_eq!(count(&taure, "accounts WHERE muting_row IS NOT NULL"), 0, "the hourly tidying-up ended it");
    mention(&bob, &taure);
    assert_eq!(taure.notifications("mention").len(), 1);
    // Without a length, or with one that is none: for ever.
    browser.press(&page, &mute, &[("duration", "soon")]);
    taure.later(60 * DAY);
    taure.settles();
    assert_eq!(taure.relationship(&id)["muting"], true);
}

#[test]
fn a_post_can_be_answered_by_those_whom_the_owner_chose() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let (fan, bob, named) = (stranger("fan"), stranger("bob"), stranger("named"));
    fan.follows(&taure);
    named.is_known_to(&taure, false);
    let writes = |text: &str, who: &str| {
        browser.press(
            "/compose",
            "/compose",
            &[("text", text), ("reply_policy", who), ("visibility", "public")],
        )
    };
    let newest = || taure.get("/api/v1/timelines/home?limit=1").ok()[0].clone();
    assert!(browser.get("/compose").text.contains("name=\"reply_policy\""));
    assert_eq!(writes("Hm", "whoever").status, 422);
    assert_eq!(writes(&format!("For some, like {}", named.handle()), "followers").status, 303);
    taure.settles();
    let post = newest();
    let document = taure.document(post["uri"].as_str().unwrap()).ok();
    let followers = format!("{}/followers", taure.actor());
    assert_eq!(
        document["interactionPolicy"]["canReply"],
        json!({"automaticApproval": [followers], "manualApproval": []})
    );
    let answers = |peer: &Peer, to: &Value| {
        let mut note = peer.note("<p>I think so, too</p>", &[&taure]);
        note["inReplyTo"] = to["uri"].clone();
        peer.publish(note["id"].as_str().unwrap(), note.clone());
        deliver(peer, &taure, &peer.create(&note));
        note
    };
    answers(&bob, &post);
    assert_eq!(taure.notifications("mention").len(), 0, "not told");
    let id = post["id"].as_str().unwrap();
    let context = || taure.get(&format!("/api/v1/statuses/{id}/context")).ok()["descendants"].clone();
    assert_eq!(context(), json!([]), "nor shown");
    let answer = answers(&fan, &post);
    answers(&named, &post);
    assert_eq!((taure.notifications("mention").len(), context().as_array().unwrap().len()), (2, 2));
    // Other servers show it with the owner's leave.
    let accept = fan.received_of("Accept").pop().unwrap();
    assert_eq!(accept["object"], answer["id"]);
    let stamp = taure.document(accept["result"].as_str().unwrap()).ok();
    assert_eq!(stamp["type"], "ReplyAuthorization");
    assert_eq!(
        (&stamp["interactingObject"], &stamp["interactionTarget"]),
        (&answer["id"], &post["uri"]),
        "{stamp}"
    );
    assert_eq!(taure.document(&format!("{}/reply_authorizations/{id}", taure.actor())).status, 404);

    writes("For nobody", "mentioned");
    answers(&fan, &newest());
    assert_eq!(taure.notifications("mention").len(), 2);
    taure.post("/api/v1/statuses", json!({"status": "I may", "in_reply_to_id": newest()["id"]})).ok();
    writes("For all", "everybody");
    taure.settles();
    let open = newest();
    let policy = taure.document(open["uri"].as_str().unwrap()).ok()["interactionPolicy"].clone();
    assert!(policy.get("canReply").is_none(), "{policy}");
    answers(&bob, &open);
    assert_eq!(taure.notifications("mention").len(), 3);
}
