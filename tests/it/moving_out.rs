//! The owner moves away with followers of several kinds: the look ahead, the report, and sending it again.

use crate::harness::{PASSWORD, Taure};
use crate::pages_requests::Browser;
use crate::peer::Peer;
use serde_json::json;
use taure::model::time::HOUR;
use taure::store::deliveries;

const PAGE: &str = "/settings/moving";

/// A number of the report, by the words before it.
#[track_caller]
fn count(html: &str, of: &str) -> i64 {
    let (_, after) = html.split_once(&format!(">{of}</th><td>")).unwrap_or_else(|| panic!("{of}: {html}"));
    after.split('<').next().unwrap().parse().unwrap()
}

fn check(page: &Browser<'_>, account: &str) -> String {
    page.press(PAGE, "/settings/moving/check", &[("account", account)]).text
}

/// Lets all do what there is to do for each other.
fn settle(all: &[&Taure]) {
    for _ in 0..3 {
        all.iter().for_each(|one| one.settles());
    }
}

#[test]
fn every_follower_who_can_comes_along_and_the_report_names_the_others() {
    let (mut alice, bob, carol) = (Taure::new(), Taure::named("bob"), Taure::named("carol"));
    alice.may_leave_jobs = true; // one server never comes back
    let (leaves, mute, refuses, ails) =
        (Peer::new("leaves"), Peer::new("mute"), Peer::new("refuses"), Peer::new("ails"));
    let lost = Peer::new("lost");
    let seen = carol.follows(&alice);
    let follow = leaves.follows(&alice);
    for peer in [&mute, &refuses, &ails, &lost] {
        peer.follows(&alice);
    }
    let lost_host = lost.domain();
    lost.vanishes();
    alice.posts("before the move");
    alice.settles();

    let page = Browser::of(&alice);
    assert_eq!(page.press(PAGE, "/settings/moving/check", &[("account", "@no@localhost:1")]).status, 422);
    let ahead = check(&page, &bob.handle());
    assert!(ahead.contains("does not name") && ahead.contains("It cannot work like this yet"), "{ahead}");
    Browser::of(&bob).press(PAGE, "/settings/moving/alias", &[("account", &alice.handle())]);
    settle(&[&bob, &alice]);
    let deaf = mute.domain();
    alice.app().store.write(|tx| deliveries::set_software(tx, &deaf, "peertube")).unwrap();
    let ahead = check(&page, &bob.handle());
    assert!(
        ahead.contains("The new account names") && ahead.contains("Nothing stands in the way"),
        "{ahead}"
    );
    assert!(ahead.contains("6 followers on 6 servers"), "{ahead}");
    assert!(ahead.contains("cannot be reached now") && ahead.contains(&lost_host), "{ahead}");
    assert!(
        ahead.contains("does not follow moves") && ahead.contains(&format!("{deaf} (peertube)")),
        "{ahead}"
    );
    assert!(mute.received_of("Move").is_empty(), "a look changes nothing");

    refuses.inbox_answers(410);
    ails.inbox_answers(503);
    let moved = page.press(PAGE, PAGE, &[("account", &bob.handle()), ("password", PASSWORD)]);
    assert_eq!(moved.status, 303, "{}", moved.text);
    settle(&[&alice, &carol, &bob]);
    assert_eq!(leaves.delivers(&alice, &leaves.activity("Undo", follow)).status, 202);
    alice.settles();
    assert_eq!(carol.relationship(seen["id"].as_str().unwrap())["following"], false);
    let there = carol.finds(&bob.handle());
    assert_eq!(carol.relationship(there["id"].as_str().unwrap())["following"], true);

    let report = page.get(PAGE).text;
    assert_eq!(count(&report, "Moved"), 2, "{report}");
    assert_eq!(count(&report, "Their server took the news; nothing heard since"), 1);
    assert_eq!(count(&report, "Their server is still tried"), 2);
    assert_eq!(count(&report, "Could not be told"), 1);
    for (name, why) in [(refuses.handle(), "410"), (ails.handle(), "503"), (mute.handle(), "was told")] {
        let (_, after) = report.split_once(&format!("{name}</bdi>")).expect("a name is missing");
        assert!(after.split("</tr>").next().unwrap().contains(why), "{name}: {report}");
    }
    assert!(report.contains(&lost_host) && !report.contains(&leaves.handle()));

    // The servers are back: it is sent again, to whoever has not moved, and once to each.
    refuses.inbox_answers(202);
    ails.inbox_answers(202);
    alice.later(HOUR);
    assert_eq!(page.press(PAGE, "/settings/moving/again", &[]).status, 303);
    settle(&[&alice]);
    let target = json!(bob.actor());
    for peer in [&refuses, &ails] {
        assert_eq!(peer.received_of("Move").last().map(|sent| sent["target"].clone()), Some(target.clone()));
    }
    assert_eq!(leaves.received_of("Move").len(), 1, "who has moved is left alone");
    let report = page.get(PAGE).text;
    assert_eq!(count(&report, "Could not be told"), 0);
    assert_eq!(count(&report, "Their server took the news; nothing heard since"), 3, "{report}");

    // One whose server never said so follows the new account, whose list tells.
    ails.follows(&bob);
    assert_eq!(page.press(PAGE, "/settings/moving/look", &[]).status, 303);
    let report = page.get(PAGE).text;
    assert_eq!(count(&report, "Moved"), 3, "{report}");
    assert!(!report.contains(&ails.handle()));
    // The new account's page tells how many came.
    let arrivals = Browser::of(&bob).get(PAGE).text;
    assert!(arrivals.contains("Followers since you added an alias"), "{arrivals}");

    // Back home, nothing of it is left.
    page.press(PAGE, "/settings/moving/back", &[]);
    alice.settles();
    assert!(!page.get(PAGE).text.contains("Who came along"));
    let again = page.send("/settings/moving/again", &[]);
    assert_eq!(again.status, 403, "a form without its token");
}

#[test]
fn a_target_that_hides_its_followers_or_moved_on_is_told() {
    let alice = Taure::new();
    let (new, further) = (Peer::new("new"), Peer::new("further"));
    let is = |key: &str, value: serde_json::Value| {
        let mut actor = new.actor_document();
        actor["alsoKnownAs"] = json!([alice.actor()]);
        actor[key] = value;
        new.publish(&new.actor(), actor);
    };
    further.follows(&alice);
    let page = Browser::of(&alice);
    is("movedTo", json!(further.actor()));
    assert!(check(&page, &new.handle()).contains("has moved on itself"));
    let refused = page.press(PAGE, PAGE, &[("account", &new.handle()), ("password", PASSWORD)]);
    assert!(refused.status == 422 && refused.text.contains("has moved itself"), "{}", refused.text);
    is("manuallyApprovesFollowers", json!(true));
    assert!(check(&page, &new.handle()).contains("asks before somebody follows"));

    assert!(alice.as_stranger("/@alice").status == 200);
    assert_eq!(page.press(PAGE, PAGE, &[("account", &new.handle()), ("password", PASSWORD)]).status, 303);
    alice.settles();
    let looked = page.press(PAGE, "/settings/moving/look", &[]);
    assert!(looked.status == 422 && looked.text.contains("does not show who follows it"), "{}", looked.text);
    // Visitors are led on only where the owner wants it; other servers never are.
    assert_eq!(alice.as_stranger("/@alice").status, 200);
    page.press(PAGE, "/settings/moving/lead", &[("lead_on", "1")]);
    let led = alice.as_stranger("/@alice");
    assert_eq!((led.status, led.header("location")), (302, Some(format!("{}/@new", new.base).as_str())));
    assert_eq!(alice.document(&alice.actor()).json["movedTo"], json!(new.actor()));
    assert_eq!(page.get("/@alice").status, 200, "the owner stays at home");
    let ahead = page.send("/settings/moving/check", &[]);
    assert_eq!(ahead.status, 403);
}
