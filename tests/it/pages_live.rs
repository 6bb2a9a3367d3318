//! What pages ask for while they are open: the stream, new posts, one post afresh, a translation.

use crate::harness::{Answer, Taure, request};
use crate::owner::{Owner, encoded};
use crate::peer::Peer;
use crate::stream_client::{Events, soon};
use crate::translation::{libre, service};
use serde_json::json;
use taure::model::{Status, Visibility};
use taure::ops::statuses::{NewStatus, publish};
use taure::store::{instance, statuses};

impl Owner<'_> {
    /// As the script asks.
    fn asks(&self, path: &str) -> Answer {
        self.taure.send("GET", path, &[("cookie", &self.cookie), ("x-swap", "1")], None)
    }

    fn posts(&self, path: &str, csrf: Option<&str>, swap: bool) -> Answer {
        let mut headers =
            vec![("content-type", "application/x-www-form-urlencoded"), ("cookie", self.cookie.as_str())];
        if swap {
            headers.push(("x-swap", "1"));
        }
        let body = csrf.map_or(String::new(), |csrf| encoded(&[("csrf", csrf), ("back", "/")]));
        request("POST", &format!("{}{path}", self.taure.base), &headers, Some(body.as_bytes()))
    }

    fn listens(&self) -> Events {
        Events::at(self.taure, "/live", &[("cookie", &self.cookie)])
    }
}

fn says(taure: &Taure, new: NewStatus) -> Status {
    publish(&taure.app(), &new).unwrap()
}

fn text(text: &str) -> NewStatus {
    NewStatus { text: text.to_owned(), visibility: Some(Visibility::Public), ..NewStatus::default() }
}

#[test]
fn a_page_hears_what_came_by_its_id_alone() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let mut page = owner.listens();
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/event-stream")));
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    soon(|| taure.listening() == 1);
    let secret = NewStatus { visibility: Some(Visibility::Private), ..text("For few") };
    let id = says(&taure, secret).id.to_string();
    assert_eq!(page.try_next(), Some(("update".to_owned(), id.clone())));
    assert_eq!(owner.posts(&format!("/posts/{id}/delete"), Some(&owner.csrf), false).status, 303);
    assert_eq!(page.try_next(), Some(("delete".to_owned(), id)));
}

#[test]
fn a_stream_is_for_a_signed_in_browser_and_ends_with_its_session() {
    let taure = Taure::new();
    assert_eq!(taure.as_stranger("/live").status, 303);
    // An app has streams of its own.
    assert_eq!(taure.get("/live").status, 303);
    let (first, second) = (Owner::of(&taure), Owner::of(&taure));
    let (mut one, mut other) = (first.listens(), second.listens());
    soon(|| taure.listening() == 2);
    assert_eq!(first.posts("/auth/sign_out", Some(&first.csrf), false).status, 303);
    // Both end; who is signed in comes back.
    assert_eq!((one.try_next(), other.try_next()), (None, None));
    assert_eq!(first.listens().status, 303);
    assert_eq!(second.listens().status, 200);
}

#[test]
fn an_open_home_gets_the_posts_above_its_first_and_nothing_else() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let first = says(&taure, text("The first")).id;
    let none = owner.asks(&format!("/?min_id={first}"));
    assert!(none.status == 200 && !none.text.contains("<article"), "{}", none.text);
    for n in 2..4 {
        says(&taure, text(&format!("Number {n}")));
    }
    let new = owner.asks(&format!("/?min_id={first}"));
    assert_eq!(new.header("cache-control"), Some("private, no-store"));
    assert_eq!(new.text.matches("<article").count(), 2);
    assert!(
        new.text.contains("2 new posts") && !new.text.contains("<html") && !new.text.contains("The first")
    );
    // Buttons in it lead back to the home page.
    assert!(new.text.contains("name=\"back\" value=\"/#s"));
    // A stranger gets the profile, whatever is asked.
    let stranger = taure.send("GET", "/?min_id=0", &[("x-swap", "1")], None);
    assert!(stranger.text.contains("<html"));
}

#[test]
fn one_post_comes_afresh_for_the_owner_only() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let post = says(&taure, NewStatus { visibility: Some(Visibility::Direct), ..text("A letter") }).id;
    let piece = owner.asks(&format!("/live/{post}?back=/notifications"));
    assert_eq!(piece.status, 200);
    assert!(piece.text.starts_with("<article") && piece.text.contains("A letter"));
    assert!(piece.text.contains("value=\"/notifications#s"));
    assert!(owner.asks(&format!("/live/{post}?focus=1")).text.contains("post focus"));
    assert!(owner.asks(&format!("/live/{post}?back=//evil.test/")).text.contains("value=\"/#s"));
    assert_eq!(owner.asks("/live/1").status, 404);
    assert_eq!(taure.as_stranger(&format!("/live/{post}")).status, 303);
    assert_eq!(owner.asks("/live/unread").text, "0");
    assert_eq!(taure.as_stranger("/live/unread").status, 303);
}

#[test]
fn pictures_and_warnings_open_as_the_owner_likes_to_read() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    says(&taure, NewStatus { spoiler_text: "Careful".to_owned(), ..text("Something") });
    assert!(owner.get("/").text.contains("<details class=\"veil\"><summary"));
    let app = taure.app();
    app.store
        .write(|tx| {
            let mut settings = instance::settings(tx)?;
            settings.expand_spoilers = true;
            instance::set_settings(tx, &settings)
        })
        .unwrap();
    assert!(owner.get("/").text.contains("<details class=\"veil\" open>"));
    // It is the owner's liking, not everybody's.
    assert!(!taure.as_stranger("/").text.contains("<details class=\"veil\" open>"));
}

#[test]
fn a_long_branch_folds_and_a_letter_says_that_it_is_not_encrypted() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let root = says(&taure, text("The beginning")).id;
    let mut last = root;
    for n in 0..8 {
        last = says(&taure, NewStatus { in_reply_to: Some(last), ..text(&format!("Link {n}")) }).id;
    }
    let alone = says(&taure, NewStatus { in_reply_to: Some(root), ..text("Alone") }).id;
    let page = owner.get(&format!("/@alice/{root}")).text;
    assert!(page.contains("3 more replies"), "{page}");
    let (seen, folded) = page.split_once("<details class=\"branch\">").unwrap();
    assert!(seen.contains("Link 4") && !seen.contains("Link 5") && folded.contains("Link 7"));
    let (_, after) = folded.split_once("</details></div>").unwrap_or(("", folded));
    assert!(after.contains(&format!("id=\"s{alone}\"")) || folded.contains(&format!("id=\"s{alone}\"")));
    assert!(owner.get(&format!("/@alice/{last}")).text.contains("Jump to the post"));
    let letter = says(&taure, NewStatus { visibility: Some(Visibility::Direct), ..text("Dear me") }).id;
    assert!(owner.get(&format!("/@alice/{letter}")).text.contains("Not encrypted"));
    let missing = taure.app().store.write(|tx| statuses::set_missing_replies(tx, root, 4));
    missing.unwrap();
    assert!(owner.get(&format!("/@alice/{root}")).text.contains("9 of 13 replies"));
}

#[test]
fn what_the_script_sends_itself_stands_in_the_page() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let id = says(&taure, text("Mine")).id;
    let home = owner.get("/").text;
    for part in
        ["id=\"tools\"", "id=\"viewer\"", "id=\"keys\"", "data-offline=", "data-delete", "data-share="]
    {
        assert!(home.contains(part), "no {part}");
    }
    assert!(home.contains(&format!("data-post=\"{id}\"")));
    let visitor = taure.as_stranger("/").text;
    assert!(visitor.contains("id=\"viewer\"") && !visitor.contains("id=\"keys\""));
}

#[test]
fn a_foreign_post_is_translated_with_a_script_or_without() {
    let (url, _) = service(libre);
    let (taure, bob) = (Taure::with_translator("libretranslate", &url, ""), Peer::new("bob"));
    let owner = Owner::of(&taure);
    let mut note = bob.note("<p>labrīt</p>", &[]);
    note["contentMap"] = json!({"lv": note["content"]});
    bob.publish(note["id"].as_str().unwrap(), note.clone());
    let status = taure.finds_status(note["id"].as_str().unwrap());
    let id = status["id"].as_str().unwrap();
    let own = says(&taure, NewStatus { language: Some("en".to_owned()), ..text("Mine") }).id;
    let (page, path) = (owner.get(&format!("/live/{id}")).text, format!("/posts/{id}/translate"));
    assert!(page.contains(&path), "{page}");
    assert!(!owner.get(&format!("/live/{own}")).text.contains("/translate"), "it is no foreign language");
    let piece = owner.posts(&path, Some(&owner.csrf), true);
    assert_eq!(piece.status, 200);
    assert!(piece.text.starts_with("<div class=\"translation\" lang=\"en\""), "{}", piece.text);
    assert!(piece.text.contains("good morning") && !piece.text.contains("<script>"));
    let page = owner.posts(&path, Some(&owner.csrf), false).text;
    assert!(page.contains("<html") && page.contains("good morning"));
    assert_eq!(owner.posts(&path, None, true).status, 403);
    let private = says(&taure, NewStatus { visibility: Some(Visibility::Private), ..text("labrīt") }).id;
    assert_eq!(owner.posts(&format!("/posts/{private}/translate"), Some(&owner.csrf), true).status, 403);
}

#[test]
fn nobody_translates_where_no_service_is_set_up() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let post = says(&taure, NewStatus { language: Some("lv".to_owned()), ..text("labrīt") }).id;
    assert!(!owner.get("/").text.contains("/translate"));
    assert_eq!(owner.posts(&format!("/posts/{post}/translate"), Some(&owner.csrf), true).status, 404);
}
