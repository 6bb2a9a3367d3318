//! The pages, as visitors and the owner's browser use them, without a script.

use crate::harness::{Taure, request};
use crate::owner::{Owner, encoded};
use std::time::Duration;
use taure::model::{Media, MediaId, MediaKind, Visibility};
use taure::ops::media::films;
use taure::ops::statuses::{NewStatus, publish};
use taure::store::media;

#[track_caller]
/// Posts and gives the path of the post's page.
fn says(taure: &Taure, text: &str, visibility: Visibility) -> String {
    let new = NewStatus { text: text.to_owned(), visibility: Some(visibility), ..NewStatus::default() };
    let status = publish(&taure.app(), &new).unwrap();
    format!("/@{}/{}", taure.username, status.id)
}

#[test]
fn a_stranger_sees_what_is_open_and_nothing_else() {
    let taure = Taure::new();
    let open = says(&taure, "Everybody may read #this", Visibility::Public);
    let quiet = says(&taure, "Who finds it may read #this", Visibility::Unlisted);
    let few = says(&taure, "Followers only #this", Visibility::Private);
    let direct = says(&taure, "Nobody but us #this", Visibility::Direct);

    for path in [&open, &quiet] {
        assert_eq!(taure.as_stranger(path).status, 200);
    }
    for path in [&few, &direct] {
        assert_eq!(taure.as_stranger(path).status, 404);
    }
    for page in ["/", "/@alice", "/@alice?tab=replies", "/@alice?tab=media", "/tags/this"] {
        let text = taure.as_stranger(page).text;
        assert!(!text.contains("Followers only") && !text.contains("Nobody but us"), "{page}");
    }
    assert!(taure.as_stranger("/tags/this").text.contains("Everybody may read"));
    assert_eq!(Owner::of(&taure).get(&direct).status, 200);
}

#[test]
fn a_thread_hides_the_parts_that_are_not_for_strangers() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let root = says(&taure, "The beginning", Visibility::Public);
    let id = root.rsplit_once('/').unwrap().1;
    for (text, visibility) in [("An open answer", "public"), ("A hidden answer", "private")] {
        let form = [("text", text), ("visibility", visibility), ("in_reply_to", id)];
        assert_eq!(owner.post("/compose", &form).status, 303);
    }
    let seen = taure.as_stranger(&root).text;
    assert!(seen.contains("An open answer") && !seen.contains("A hidden answer"));
    assert!(owner.get(&root).text.contains("A hidden answer"));
}

#[test]
fn a_page_may_load_nothing_inline_and_is_not_sent_twice() {
    let taure = Taure::new();
    says(&taure, "<script>alert(1)</script> & more", Visibility::Public);
    let page = taure.as_stranger("/");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe-inline"));
    assert!(!page.text.contains("<script>alert") && !page.text.contains(" style="));
    assert_eq!(page.header("set-cookie"), None);
    let etag = page.header("etag").unwrap().to_owned();
    assert_eq!(taure.send("GET", "/", &[("if-none-match", &etag)], None).status, 304);
    // The owner's page at the same address is nobody else's to keep.
    let private = Owner::of(&taure).get("/");
    assert_eq!(private.header("cache-control"), Some("private, no-store"));
}

#[test]
fn the_owner_posts_edits_and_deletes_without_a_script() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let form = [("text", "Frist post"), ("visibility", "public"), ("key", "once")];
    let page = owner.post("/compose", &form).header("location").unwrap().to_owned();
    // A second press of the button is the same post.
    assert_eq!(owner.post("/compose", &form).header("location"), Some(page.as_str()));
    let id = page.rsplit_once('/').unwrap().1;

    let edit = format!("/posts/{id}/edit");
    assert!(owner.get(&edit).text.contains("Frist post"));
    assert_eq!(owner.post(&edit, &[("text", "First post")]).status, 303);
    assert!(taure.as_stranger(&page).text.contains("First post"));

    assert!(owner.get(&format!("/posts/{id}/delete")).text.contains("Delete this post?"));
    assert_eq!(owner.post(&format!("/posts/{id}/delete"), &[]).status, 303);
    // A browser that left before it was answered says it again.
    assert_eq!(owner.post(&format!("/posts/{id}/delete"), &[]).status, 303);
    assert_eq!(taure.as_stranger(&page).status, 410);
    assert_eq!(owner.post("/posts/1/delete", &[]).status, 404);
}

#[test]
fn a_refused_post_comes_back_with_its_text() {
    let taure = Taure::new();
    let long = "a ".repeat(6_000);
    let answer = Owner::of(&taure).post("/compose", &[("text", &long), ("spoiler_text", "kept")]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("role=\"alert\"") && answer.text.contains("value=\"kept\""));
}

#[test]
fn a_film_that_is_not_ready_yet_is_waited_for_and_one_that_never_will_be_costs_no_text() {
    let taure = Taure::new();
    let (owner, app) = (Owner::of(&taure), taure.app());
    let put = |received: Option<&str>, failure: Option<&str>| {
        let media = Media {
            id: MediaId::at(app.now()),
            received: received.map(str::to_owned),
            failure: failure.map(str::to_owned),
            ..Media::default()
        };
        app.store.write(|tx| media::insert(tx, &media, 0)).unwrap();
        media.id
    };
    let broken = put(None, Some("Validation failed: File is cut short")).to_string();
    let answer = owner.post("/compose", &[("text", "Worth keeping"), ("media[]", &broken)]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("File is cut short") && answer.text.contains("Worth keeping"));
    assert!(!answer.text.contains(&format!("alt_{broken}")), "it would be refused for ever");

    let slow = put(Some("abc"), None);
    assert!(films::wait(&app, slow, Duration::ZERO).unwrap().is_none());
    let ready = std::thread::spawn({
        let app = taure.app();
        move || {
            std::thread::sleep(Duration::from_millis(300));
            let film =
                Media { id: slow, kind: MediaKind::Video, blob: Some("ab.mp4".into()), ..Media::default() };
            app.store.write(|tx| media::finish(tx, &film)).unwrap();
        }
    });
    let answer = owner.post("/compose", &[("text", "A film"), ("media[]", &slow.to_string())]);
    ready.join().unwrap();
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert!(app.store.read(|c| media::get(c, slow)).unwrap().status_id.is_some());
}

#[test]
fn a_button_leads_back_to_its_page_and_answers_a_script_with_the_new_buttons() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let page = says(&taure, "Like this", Visibility::Public);
    let id = page.rsplit_once('/').unwrap().1;
    let press = format!("/posts/{id}/favourite");

    let answer = owner.post(&press, &[("back", "/notifications")]);
    assert_eq!(answer.header("location"), Some("/notifications"));
    let elsewhere = owner.post(&press, &[("back", "//evil.test/")]);
    assert_eq!(elsewhere.header("location"), Some("/"));
    assert!(owner.get("/favourites").text.contains("Like this"));

    let headers = [
        ("content-type", "application/x-www-form-urlencoded"),
        ("cookie", owner.cookie.as_str()),
        ("x-swap", "1"),
    ];
    let body = encoded(&[("csrf", &owner.csrf), ("back", "/")]);
    let swapped =
        request("POST", &format!("{}/posts/{id}/boost", taure.base), &headers, Some(body.as_bytes()));
    assert_eq!(swapped.status, 200);
    assert!(swapped.text.starts_with("<div class=\"acts\"") && swapped.text.contains("/unboost"));
}

#[test]
fn no_form_works_without_the_token_of_our_own_pages() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let page = says(&taure, "Mine", Visibility::Public);
    let id = page.rsplit_once('/').unwrap().1;
    for path in ["/compose", "/settings/profile", &format!("/posts/{id}/delete"), "/accounts/1/block"] {
        for csrf in [&[][..], &[("csrf", "guessed")][..]] {
            assert_eq!(owner.post_as_given(path, csrf).status, 403, "{path}");
        }
    }
    assert_eq!(taure.as_stranger(&page).status, 200);
}

#[test]
fn the_profile_is_edited_and_shown_with_its_microformats() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let form = [
        ("display_name", "Alice & Co"),
        ("note", "Mosses. #bog"),
        ("field_name_0", "Web"),
        ("field_value_0", "https://alice.example"),
        ("discoverable", "1"),
    ];
    assert_eq!(owner.post("/settings/profile", &form).status, 303);
    let defaults = [("visibility", "unlisted"), ("language", "lv")];
    assert_eq!(owner.post("/settings/posting", &defaults).status, 303);
    let page = taure.as_stranger("/@alice");
    assert!(page.text.contains("Alice &amp; Co") && page.text.contains("h-card"));
    assert!(page.text.contains("href=\"https://alice.example\"") && page.text.contains("rel=\"me "));
    assert!(page.header("link").unwrap().contains("application/activity+json"));
    let compose = owner.get("/compose").text;
    assert!(
        compose.contains("value=\"unlisted\" selected")
            && compose.contains("value=\"lv\" lang=\"lv\" selected")
    );
    taure.settles();
}

#[test]
fn a_quoted_post_is_a_card_for_those_who_may_see_it_and_is_quoted_from_the_menu() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let open = says(&taure, "Stars above", Visibility::Public);
    let id = open.rsplit('/').next().unwrap();
    let menu = owner.get(&open).text;
    assert!(menu.contains(&format!("/compose?quote={id}")));
    let form = owner.get(&format!("/compose?quote={id}")).text;
    assert!(form.contains("Stars above") && form.contains(&format!("name=\"quotes\" value=\"{id}\"")));
    let answer = owner.post("/compose", &[("text", "Look up"), ("visibility", "public"), ("quotes", id)]);
    assert_eq!(answer.status, 303);
    let path = answer.header("location").unwrap().to_owned();
    for page in [taure.as_stranger(&path).text, owner.get("/").text] {
        assert!(page.contains("class=\"quote ") && page.contains("Stars above"), "{page}");
    }

    // A quote of a post for followers is for followers; the card itself is closed to strangers, too.
    let secret = says(&taure, "Between us", Visibility::Private);
    let id = secret.rsplit('/').next().unwrap();
    let answer = owner.post("/compose", &[("text", "Hm"), ("visibility", "public"), ("quotes", id)]);
    let path = answer.header("location").unwrap().to_owned();
    assert!(owner.get(&path).text.contains("Between us"));
    assert_eq!(taure.as_stranger(&path).status, 404);
    taure.app().store.write(|tx| tx.run("UPDATE statuses SET visibility = 0 WHERE id > ?1", [id])).unwrap();
    let page = taure.as_stranger(&path);
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("Between us") && !page.text.contains("class=\"quote "), "{}", page.text);
    // What cannot be quoted has no form.
    assert_eq!(owner.get("/compose?quote=1").status, 404);
}

#[test]
fn a_page_that_is_too_long_to_be_kept_is_still_not_sent_twice() {
    let taure = Taure::new();
    for _ in 0..12 {
        taure.posts(&"→ ".repeat(2_400));
    }
    let page = taure.as_stranger("/@alice");
    assert!(page.text.len() > 128 * 1024, "{}", page.text.len());
    let etag = page.header("etag").unwrap();
    let again = taure.send("GET", "/@alice", &[("if-none-match", etag)], None);
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    assert_eq!(again.header("etag"), Some(etag));
    assert_eq!(taure.send("GET", "/@alice", &[("if-none-match", "\"other\"")], None).status, 200);
}

#[test]
fn a_refusal_before_the_work_begins_reads_nothing() {
    let taure = Taure::new();
    let long = "x".repeat(3 << 20);
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let answer = request("POST", &format!("{}/auth/sign_in", taure.base), &form, Some(long.as_bytes()));
    assert_eq!(answer.status, 413, "{}", answer.text);
    assert!(answer.text.contains("<h1>") && !answer.text.contains("alice of the tests"), "{}", answer.text);
    assert!(taure.as_stranger("/nothing-here").text.contains("alice of the tests"));
}
