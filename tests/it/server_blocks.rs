//! What holds for whole servers, through every door, and the lists of such.

use crate::harness::{Answer, Taure, request};
use crate::owner::Owner;
use crate::peer::Peer;
use crate::push_service::{Keys, PushService};
use crate::stream_client::Events;
use serde_json::{Value, json};
use std::process::Command;
use std::time::{Duration, Instant};
use taure::model::time::{DAY, HOUR};
use taure::model::{Job, Rules, ServerBlock};
use taure::ops::domain_blocks;
use taure::store::{self, arrivals};

const SERVERS: &str = "/settings/blocks/servers";
const LISTS: &str = "/settings/blocks/lists";

#[track_caller]
fn leads_to(answer: &Answer, to: &str) {
    assert_eq!((answer.status, answer.header("location")), (303, Some(to)), "{}", answer.text);
}

/// The owner decides on the page.
#[track_caller]
fn holds(taure: &Taure, domain: &str, fields: &[(&str, &str)]) {
    let all = [&[("domain", domain), ("sure", "1")], fields].concat();
    leads_to(&Owner::of(taure).post(SERVERS, &all), SERVERS);
    taure.settles();
}

#[track_caller]
fn writes(taure: &Taure, by: &Peer, note: &Value) {
    assert_eq!(by.delivers(taure, &by.create(note)).status, 202);
    taure.settles();
}

fn uri(note: &Value) -> &str {
    note["id"].as_str().unwrap()
}

fn rules(taure: &Taure, domain: &str) -> Rules {
    taure.app().store.read(|c| store::domain_blocks::rules(c, domain)).unwrap()
}

#[test]
fn of_a_silenced_server_only_the_followed_are_heard() {
    let (taure, bob, dora) = (Taure::new(), Peer::new("bob"), Peer::new("dora"));
    dora.is_followed_by(&taure);
    let (service, keys) = (PushService::new(), Keys::new());
    let subscription = keys.subscription(&format!("{}/app", service.base));
    let alerts = json!({"mention": true, "follow_request": true, "follow": true});
    let body = json!({"subscription": subscription, "data": {"alerts": alerts, "policy": "all"}});
    taure.post("/api/v1/push/subscription", body).ok();
    for peer in [&bob, &dora] {
        holds(&taure, &peer.domain(), &[("rule", "silence"), ("below", "1")]);
    }
    assert_eq!(taure.get("/api/v1/domain_blocks").ok(), json!([]), "no app blocks anybody");

    let mut stream = Events::open(&taure, "public");
    let mut loud = bob.note(&format!("<p>{} buy gloves</p>", taure.handle()), &[&taure]);
    loud["tag"]
        .as_array_mut()
        .unwrap()
        .push(json!({"type": "Hashtag", "name": "#gloves", "href": "https://x.test"}));
    writes(&taure, &bob, &loud);
    let heard = dora.note(&format!("<p>{} knitted gloves</p>", taure.handle()), &[&taure]);
    writes(&taure, &dora, &heard);

    assert_eq!(stream.hears("update")["uri"], heard["id"], "bob's came first");
    for place in ["timelines/public", "timelines/home"] {
        let shown = taure.get(&format!("/api/v1/{place}")).text;
        assert!(shown.contains(uri(&heard)) && !shown.contains(uri(&loud)), "{place}");
    }
    assert!(!taure.get("/api/v1/timelines/tag/gloves").text.contains(uri(&loud)));
    let found = taure.get("/api/v2/search?q=gloves&type=statuses").text;
    assert!(found.contains(uri(&heard)) && !found.contains(uri(&loud)));
    let people = taure.get("/api/v2/search?q=bob&type=accounts").ok();
    assert_eq!(people["accounts"], json!([]));
    assert_eq!(taure.finds(&bob.handle())["username"], "bob", "who is named whole is found");

    let told = taure.notifications("mention");
    assert_eq!((told.len(), &told[0]["account"]["username"]), (1, &json!("dora")));
    let held = taure.get("/api/v1/notifications/requests").ok();
    assert_eq!((held.as_array().unwrap().len(), &held[0]["account"]["username"]), (1, &json!("bob")));

    bob.follows(&taure);
    assert!(bob.received_of("Accept").is_empty());
    assert_eq!(taure.get("/api/v1/follow_requests").ok()[0]["username"], "bob");
    assert_eq!(service.seen().len(), 1, "only dora rang");

    leads_to(
        &Owner::of(&taure)
            .post(&format!("{SERVERS}/unblock"), &[("domain", &bob.domain()), ("back", SERVERS)]),
        SERVERS,
    );
    assert!(taure.get("/api/v1/timelines/public").text.contains(uri(&loud)), "nothing was lost");
}

#[test]
fn no_picture_of_a_server_is_fetched_or_shown_while_that_holds() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let picture = bob.file("/a.png", "image/png", b"\x89PNG\r\n\x1a\nrest");
    let mut actor = bob.actor_document();
    actor["icon"] = json!({"type": "Image", "url": picture, "mediaType": "image/png"});
    bob.publish(&bob.actor(), actor);
    bob.is_followed_by(&taure);
    let with_picture = |text: &str| {
        let mut note = bob.note(text, &[]);
        note["attachment"] =
            json!([{"type": "Document", "mediaType": "image/png", "url": picture, "name": "a"}]);
        note["tag"] = json!([{"type": "Emoji", "name": ":a:", "icon": {"type": "Image", "url": picture}}]);
        note
    };
    let before = with_picture("<p>before :a:</p>");
    writes(&taure, &bob, &before);
    let shown = taure.home()[0].clone();
    assert_eq!(shown["media_attachments"].as_array().unwrap().len(), 1);
    let address = shown["media_attachments"][0]["url"].as_str().unwrap().replace(&taure.base, "");
    assert_eq!(taure.as_stranger(&address).status, 200);
    assert!(shown["account"]["avatar"].as_str().unwrap().contains("a.png"));

    holds(&taure, &bob.domain(), &[("rule", "free"), ("no_media", "1"), ("below", "1")]);
    let asked = bob.asked().len();
    writes(&taure, &bob, &with_picture("<p>after :a:</p>"));
    for post in taure.home() {
        assert_eq!(post["media_attachments"], json!([]), "{post}");
        assert!(!post["account"]["avatar"].as_str().unwrap().contains("a.png"));
    }
    assert_eq!(taure.home()[0]["emojis"], json!([]));
    assert_eq!(taure.as_stranger(&address).status, 404, "also what was kept");
    assert!(!bob.asked()[asked..].iter().any(|path| path == "/a.png"));
    assert!(Owner::of(&taure).get(&format!("/servers/{}", bob.domain())).text.contains("no media"));

    holds(&taure, &bob.domain(), &[("rule", "exception")]);
    let shown = taure.home()[1].clone();
    assert_eq!(shown["media_attachments"].as_array().unwrap().len(), 1, "what was there is there");
    assert!(shown["account"]["avatar"].as_str().unwrap().contains("a.png"));
}

#[test]
fn nothing_goes_in_or_out_of_a_suspended_server() {
    let (taure, bob, eve) = (Taure::new(), Peer::new("bob"), Peer::new("eve"));
    let here = bob.is_followed_by(&taure);
    bob.follows(&taure);
    let browser = Owner::of(&taure);
    let asked = browser.post(SERVERS, &[("domain", &bob.domain())]);
    assert!(
        asked.text.contains("<b>1 follower</b>") && asked.text.contains("Suspended: nothing goes in or out")
    );
    holds(&taure, &bob.domain(), &[("rule", "suspend"), ("below", "1"), ("comment", "why not")]);
    holds(&taure, &eve.domain(), &[("rule", "suspend")]);
    assert!(browser.get(SERVERS).text.contains("why not"));
    assert_eq!(bob.received_of("Undo").len(), 1, "it hears that it ended");
    assert_eq!(bob.received_of("Reject").len(), 1);
    let blocked = taure.get("/api/v1/domain_blocks").ok();
    assert_eq!(blocked, json!([eve.domain(), bob.domain()]), "apps see it as blocked");
    let relation = taure.relationship(here["id"].as_str().unwrap());
    assert_eq!((&relation["following"], &relation["followed_by"]), (&json!(false), &json!(false)));

    // In: dropped, without a look at a server that is not known here.
    let (seen, looked) = (bob.received().len(), eve.asked().len());
    let own = taure.posts("Hello?");
    let mut note = bob.note(&format!("<p>{} hello</p>", taure.handle()), &[&taure]);
    note["inReplyTo"] = own["uri"].clone();
    writes(&taure, &bob, &note);
    let unknown = eve.note(&format!("<p>{} hello</p>", taure.handle()), &[&taure]);
    writes(&taure, &eve, &unknown);
    assert_eq!(eve.asked().len(), looked, "not even for its key");
    bob.follows(&taure);
    assert_eq!(bob.received().len(), seen, "no answer");
    assert!(taure.notifications("mention").is_empty());
    // Out: no letter, no look-up.
    let letter = taure.post(
        "/api/v1/statuses",
        json!({"status": format!("{} psst", bob.handle()), "visibility": "direct"}),
    );
    letter.ok();
    taure.settles();
    assert_eq!(bob.received().len(), seen);
    let query = url::form_urlencoded::byte_serialize(uri(&unknown).as_bytes()).collect::<String>();
    let found = taure.get(&format!("/api/v2/search?q={query}&resolve=true")).ok();
    assert_eq!(found["statuses"], json!([]));
    assert_eq!(eve.asked().len(), looked);

    let gone = taure.call("DELETE", &format!("/api/v1/domain_blocks?domain={}", bob.domain()), None);
    gone.ok();
    bob.follows(&taure);
    assert_eq!(bob.received_of("Accept").len(), 2);
}

#[test]
fn what_waits_for_a_server_does_not_go_out_once_it_is_suspended() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    for peer in [&bob, &carol] {
        peer.follows(&taure);
        peer.inbox_answers(503);
    }
    taure.post("/api/v1/statuses", json!({"status": "for few", "visibility": "private"})).ok();
    taure.settles();
    holds(&taure, &bob.domain(), &[("rule", "suspend")]);
    for peer in [&bob, &carol] {
        peer.inbox_answers(202);
    }
    taure.later(DAY);
    taure.settles();
    assert_eq!(carol.received_of("Create").len(), 1);
    assert!(bob.received_of("Create").is_empty());
    assert_eq!(bob.received_of("Reject").len(), 1, "it hears that it follows no longer");
}

#[test]
fn a_list_that_turns_to_worse_keeps_what_it_said_until_the_owner_decides() {
    let (taure, bob, host) = (Taure::new(), Peer::new("bob"), Peer::new("lists"));
    bob.is_followed_by(&taure);
    let (browser, bobs) = (Owner::of(&taure), bob.domain());
    let says = |severity: &str| {
        let csv = format!("#domain,#severity\n{bobs},{severity}\n");
        host.file("/one", "text/csv", csv.as_bytes())
    };
    let a_day_later = || {
        taure.later(DAY + HOUR);
        taure.app().store.write(|tx| store::jobs::push(tx, "", &Job::TidyUp)).unwrap();
        taure.settles();
    };
    let is = |rule: Rules| rules(&taure, &bobs).has(rule);
    leads_to(&browser.post(LISTS, &[("url", &says("silence"))]), LISTS);
    taure.settles();
    assert!(is(Rules::SILENCE));
    says("suspend");
    a_day_later();
    assert!(is(Rules::SILENCE) && !is(Rules::HIDE), "the owner decides");
    assert!(browser.get(LISTS).text.contains("For you to decide"));
    // And when it thinks better of it, nothing is left to decide.
    says("silence");
    a_day_later();
    assert!(is(Rules::SILENCE) && !browser.get(LISTS).text.contains("For you to decide"));
}

#[test]
fn a_draft_that_the_owner_accepts_holds_beside_rules_of_their_own() {
    let (taure, bob, host) = (Taure::new(), Peer::new("bob"), Peer::new("lists"));
    bob.is_followed_by(&taure);
    let (browser, bobs) = (Owner::of(&taure), bob.domain());
    holds(&taure, &bobs, &[("rule", "silence"), ("comment", "loud")]);
    let url = host.file("/one", "text/csv", bobs.as_bytes());
    leads_to(&browser.post(LISTS, &[("url", &url)]), LISTS);
    taure.settles();
    assert!(rules(&taure, &bobs).has(Rules::SILENCE));
    let decided = browser.post(&format!("{LISTS}/decide"), &[("domain", &bobs), ("accept", "1")]);
    leads_to(&decided, LISTS);
    assert!(rules(&taure, &bobs).has(Rules::SUSPENDED));
    let block = taure.app().store.read(|c| store::domain_blocks::get(c, &bobs)).unwrap().unwrap();
    assert_eq!((block.listed, block.comment.as_str()), (false, "loud"));
}

#[test]
fn reports_are_refused_where_the_owner_wants_none() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    let flag = |n: usize| {
        let mut flag = bob.activity("Flag", json!([taure.actor()]));
        flag["content"] = json!(format!("report {n}"));
        assert_eq!(bob.delivers(&taure, &flag).status, 202);
        taure.settles();
        Owner::of(&taure).get("/reports").text.contains(&format!("report {n}"))
    };
    assert!(flag(1));
    holds(&taure, &bob.domain(), &[("rule", "free"), ("no_reports", "1")]);
    assert!(!flag(2));
    holds(&taure, &bob.domain(), &[("rule", "exception")]);
    assert!(flag(3));
}

#[test]
fn strangers_read_what_the_owner_publishes_and_no_more() {
    let taure = Taure::new();
    let list = || taure.as_stranger("/api/v1/instance/domain_blocks").ok();
    holds(&taure, "secret.example", &[("rule", "suspend"), ("public_comment", "x")]);
    holds(&taure, "pictures.example", &[("rule", "free"), ("no_media", "1"), ("published", "1")]);
    assert_eq!(list(), json!([]));
    let told = [("published", "1"), ("public_comment", "spam"), ("comment", "between us")];
    holds(&taure, "loud.example", &[&[("rule", "silence")][..], &told].concat());
    holds(&taure, "evil.example", &[&[("rule", "suspend"), ("obfuscate", "1")][..], &told].concat());
    let list = list();
    assert_eq!(list.as_array().unwrap().len(), 2);
    let digest = taure::store::secret::digest("evil.example");
    assert_eq!(
        list[0],
        json!({"domain": "evil.****ple", "digest": digest, "severity": "suspend", "comment": "spam"})
    );
    assert_eq!((&list[1]["domain"], &list[1]["severity"]), (&json!("loud.example"), &json!("silence")));
}

fn upload(owner: &Owner, bytes: &[u8]) -> Answer {
    let mut body = format!("--x\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n", owner.csrf)
        .into_bytes();
    body.extend(b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"list.csv\"\r\ncontent-type: text/csv\r\n\r\n");
    body.extend(bytes);
    body.extend(b"\r\n--x--\r\n");
    let headers = [("cookie", owner.cookie.as_str()), ("content-type", "multipart/form-data; boundary=x")];
    request("POST", &format!("{}{LISTS}/file", owner.taure.base), &headers, Some(&body))
}

#[test]
fn a_file_is_looked_at_before_it_does_anything_and_waits_where_it_would_cost_people() {
    let (taure, bob) = (Taure::new(), Peer::new("bob"));
    bob.is_followed_by(&taure);
    bob.follows(&taure);
    let browser = Owner::of(&taure);
    holds(&taure, "friend.example", &[("rule", "exception")]);
    holds(&taure, "mine.example", &[("rule", "silence")]);
    for hostile in [&b""[..], b"<!doctype html>", b"com\n", b"\"", b"hid*en.example,suspend\n"] {
        let answer = upload(&browser, hostile);
        assert!(
            answer.status == 422 && answer.text.contains("There is no server in this list"),
            "{}",
            answer.text
        );
    }
    let list = format!(
        "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\n\
         {},suspend,False,False,gossip,False\nevil.example,suspend,True,True,\"a, b\",False\n\
         x.friend.example,suspend,,,,\nmine.example,suspend,,,,\n{},suspend,,,,\nst*rs.example,suspend,,,,\n",
        bob.domain(),
        taure.domain
    );
    leads_to(&upload(&browser, list.as_bytes()), LISTS);
    let page = browser.get(LISTS).text;
    assert!(page.contains("A list waits") && page.contains("1 followers, 1 you follow"), "{page}");
    assert!(rules(&taure, "evil.example") == Rules(0), "not yet");
    leads_to(&browser.post(&format!("{LISTS}/forget"), &[]), LISTS);
    assert!(!browser.get(LISTS).text.contains("A list waits"));

    leads_to(&upload(&browser, list.as_bytes()), LISTS);
    leads_to(&browser.post(&format!("{LISTS}/take"), &[]), LISTS);
    assert!(
        rules(&taure, "sub.evil.example").has(Rules::SUSPEND)
            && rules(&taure, "evil.example").has(Rules::NO_MEDIA)
    );
    assert!(
        !rules(&taure, "x.friend.example").has(Rules::HIDE)
            && !rules(&taure, "mine.example").has(Rules::HIDE)
    );
    assert!(rules(&taure, &taure.domain) == Rules(0), "never this server");
    assert!(!rules(&taure, &bob.domain()).has(Rules::HIDE));
    let page = browser.get(LISTS).text;
    assert!(page.contains("For you to decide") && page.contains("gossip"), "{page}");

    let decide =
        |accept| browser.post(&format!("{LISTS}/decide"), &[("domain", &bob.domain()), ("accept", accept)]);
    leads_to(&decide("0"), LISTS);
    assert!(!browser.get(LISTS).text.contains("For you to decide"));
    leads_to(&upload(&browser, list.as_bytes()), LISTS);
    leads_to(&browser.post(&format!("{LISTS}/take"), &[]), LISTS);
    leads_to(&decide("1"), LISTS);
    leads_to(&decide("1"), LISTS);
    taure.settles();
    assert!(rules(&taure, &bob.domain()).has(Rules::SUSPEND));
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["followers_count"], 0);

    let csv = browser.get("/settings/blocks/export.csv");
    assert!(csv.text.contains("evil.example,suspend,True,True,\"a, b\",False\n"), "{}", csv.text);
    assert!(
        csv.text.contains("mine.example,silence,False,False,,False\n")
            && !csv.text.contains("friend.example")
    );
    assert_eq!(taure.as_stranger("/settings/blocks/export.csv").status, 303);
}

#[test]
fn a_list_of_fifty_thousand_is_taken_in_a_bounded_time_by_the_command_too() {
    let taure = Taure::new();
    let list: String = (0..50_000).map(|n| format!("n{n}.example,silence\n")).collect();
    let file = taure.app().config.data.join("list.csv");
    std::fs::write(&file, list).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_taure"));
        let output = command.args(arguments).arg("--data").arg(&taure.app().config.data).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let path = file.to_str().unwrap();
    assert!(run(&["blocks", "import", path, "--preview"]).starts_with("50000 servers; "));
    assert_eq!(rules(&taure, "n7.example"), Rules(0));
    let begun = Instant::now();
    assert!(run(&["blocks", "import", path]).contains("50000 blocked, 0 wait"));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert!(rules(&taure, "a.n7.example").has(Rules::SILENCE));
    assert_eq!(run(&["blocks", "export"]).lines().count(), 50_001);
}

#[test]
fn a_subscription_drafts_what_would_cost_people_and_lifts_what_it_takes_back() {
    let (taure, bob, host) = (Taure::new(), Peer::new("bob"), Peer::new("lists"));
    bob.is_followed_by(&taure);
    let browser = Owner::of(&taure);
    let says = |path: &str, domains: &[&str]| host.file(path, "text/csv", domains.join("\n").as_bytes());
    let bobs = bob.domain();
    let (one, two) =
        (says("/one", &["a.example", "b.example", "c.example", &bobs]), says("/two", &["b.example"]));
    for url in [&one, &two] {
        leads_to(&browser.post(LISTS, &[("url", url)]), LISTS);
        taure.settles();
    }
    for wrong in ["nothing", "ftp://x.example/"] {
        assert_eq!(browser.post(LISTS, &[("url", wrong)]).status, 422, "{wrong}");
    }
    assert!(["a.example", "b.example", "c.example"].iter().all(|d| rules(&taure, d).has(Rules::SUSPEND)));
    assert!(!rules(&taure, &bobs).has(Rules::HIDE));
    let page = browser.get(LISTS).text;
    assert!(page.contains("For you to decide") && page.contains("4 servers, read"), "{page}");
    // The owner decides otherwise about one: that stays, whatever the list says.
    holds(&taure, "c.example", &[("rule", "silence")]);
    let lifted = [("domain", "a.example"), ("back", SERVERS)];
    leads_to(&browser.post(&format!("{SERVERS}/unblock"), &lifted), SERVERS);

    let a_day_later = || {
        taure.later(DAY + HOUR);
        taure.app().store.write(|tx| store::jobs::push(tx, "", &Job::TidyUp)).unwrap();
        taure.settles();
    };
    a_day_later();
    assert!(rules(&taure, "a.example") == Rules(0) && rules(&taure, "c.example").has(Rules::SILENCE));
    // It takes everything back but one; a page in its place takes nothing back.
    host.file("/one", "text/html", b"<!doctype html><p>moved");
    a_day_later();
    assert!(rules(&taure, "b.example").has(Rules::SUSPEND));
    assert!(browser.get(LISTS).text.contains("It could not be read"));
    says("/one", &["d.example"]);
    a_day_later();
    assert!(rules(&taure, "d.example").has(Rules::SUSPEND));
    assert!(rules(&taure, "b.example").has(Rules::SUSPEND), "the other list names it");
    assert!(rules(&taure, "c.example").has(Rules::SILENCE));
    assert!(!browser.get(LISTS).text.contains("For you to decide"), "the draft is taken back");
    says("/two", &["e.example"]);
    a_day_later();
    assert_eq!(rules(&taure, "b.example"), Rules(0));

    let lists = taure.app().store.read(store::blocklists::lists).unwrap();
    leads_to(&browser.post(&format!("{LISTS}/{}/unsubscribe", lists[0].id), &[]), LISTS);
    taure.settles();
    assert_eq!(rules(&taure, "d.example"), Rules(0));
    for n in 0..4 {
        leads_to(&browser.post(LISTS, &[("url", &format!("{}/{n}", host.base))]), LISTS);
    }
    assert_eq!(browser.post(LISTS, &[("url", &format!("{}/9", host.base))]).status, 422, "five are enough");
    taure.settles();
}

#[test]
fn what_is_below_a_domain_is_meant_too_where_the_owner_says_so() {
    let taure = Taure::new();
    let app = taure.app();
    let known = |domain: &str| taure::model::Account {
        uri: format!("https://{domain}/u"),
        username: "u".into(),
        domain: Some(domain.into()),
        ..Default::default()
    };
    for domain in ["evil.example", "a.evil.example", "notevil.example"] {
        app.store.write(|tx| store::accounts::upsert_remote(tx, &known(domain))).unwrap();
    }
    let block = |rules: Rules| {
        domain_blocks::set(&app, &ServerBlock { domain: "evil.example".into(), rules, ..Default::default() })
            .unwrap();
    };
    let hidden = |domain: &str| {
        let found = app.store.read(|c| store::accounts::by_acct(c, "u", Some(domain))).unwrap().unwrap();
        found.relation.domain_blocked
    };
    block(Rules::SUSPENDED.with(Rules::BELOW));
    assert!(hidden("evil.example") && hidden("a.evil.example") && !hidden("notevil.example"));
    app.store.write(|tx| store::accounts::upsert_remote(tx, &known("new.evil.example"))).unwrap();
    assert!(hidden("new.evil.example"), "also who comes later");
    block(Rules::SUSPENDED);
    assert!(hidden("evil.example") && !hidden("a.evil.example"));
    domain_blocks::lift(&app, "evil.example").unwrap();
    assert!(!hidden("evil.example"));
}

#[test]
fn a_server_that_makes_accounts_and_posts_without_end_is_not_heard_until_tomorrow() {
    let (taure, bob, carol) = (Taure::new(), Peer::new("bob"), Peer::new("carol"));
    let app = taure.app();
    let count = |peer: &Peer, accounts, statuses| {
        app.store.write(|tx| arrivals::count(tx, &peer.domain(), accounts, statuses)).unwrap();
    };
    count(&bob, arrivals::ACCOUNTS, 0);
    let note = bob.note(&format!("<p>{} hello</p>", taure.handle()), &[&taure]);
    assert_eq!(bob.delivers(&taure, &bob.create(&note)).status, 503, "it may try again");
    count(&carol, 0, arrivals::STATUSES);
    let hers = carol.note(&format!("<p>{} hello</p>", taure.handle()), &[&taure]);
    writes(&taure, &carol, &hers);
    assert_eq!(taure.notifications("mention").len(), 1, "what is written to the owner has room of its own");
    count(&carol, 0, arrivals::STATUSES);
    let more = carol.note(&format!("<p>{} hello again</p>", taure.handle()), &[&taure]);
    writes(&taure, &carol, &more);
    assert_eq!(taure.notifications("mention").len(), 1);
    let page = Owner::of(&taure).get(&format!("/servers/{}", carol.domain())).text;
    assert!(page.contains("Today 1 of 3000 new people"), "{page}");
    taure.later(DAY);
    taure.settles();
    writes(&taure, &bob, &note);
    assert_eq!(taure.notifications("mention").len(), 2);
}

#[test]
fn what_a_list_hides_and_an_app_blocks_is_the_owners() {
    let taure = Taure::new();
    let app = taure.app();
    let (domain, rules) = ("evil.example", Rules::SUSPENDED.with(Rules::BELOW));
    let block = ServerBlock { domain: domain.into(), rules, listed: true, ..ServerBlock::default() };
    app.store.write(|tx| store::domain_blocks::put(tx, &block)).unwrap();
    taure.post("/api/v1/domain_blocks", json!({"domain": domain})).ok();
    let block = app.store.read(|c| store::domain_blocks::get(c, domain)).unwrap().unwrap();
    assert_eq!((block.listed, block.rules), (false, rules), "no list takes it back, and it is no weaker");
    taure.post("/api/v1/domain_blocks", json!({"domain": "a.evil.example"})).ok();
    let below = app.store.read(|c| store::domain_blocks::rules(c, "a.evil.example")).unwrap();
    assert!(below.has(Rules::SUSPENDED), "nor is what is below it");
}
