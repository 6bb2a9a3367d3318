//! Writing, as the owner's browser does it without a script: drafts, threads, Markdown, times, and what was written before.

use crate::harness::{Answer, Taure, request};
use crate::pages_requests::Browser;
use crate::peer::Peer;
use crate::pictures;
use serde_json::{Value, json};
use taure::model::time::{DAY, HOUR};
use taure::model::{Timestamp, Visibility};
use taure::ops::media;
use taure::ops::statuses::{NewStatus, publish};
use taure::store::{drafts, scheduled};
use url::form_urlencoded::Serializer;

const FORM: &str = "/compose";

/// Fills the box in and presses the button that goes to `action`.
#[track_caller]
fn fills(browser: &Browser, action: &str, fields: &[(&str, &str)]) -> Answer {
    let html = browser.get(FORM).text;
    let mut all = vec![("csrf", between(&html, "name=\"csrf\" value=\"", "\""))];
    all.extend(fields);
    browser.send(action, &all)
}

#[track_caller]
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split_once(end).unwrap().0
}

/// The status that an answer leads to.
#[track_caller]
fn posted(taure: &Taure, answer: &Answer) -> Value {
    assert_eq!(answer.status, 303, "{}", answer.text);
    taure.status(answer.header("location").unwrap().rsplit('/').next().unwrap())
}

fn all_drafts(taure: &Taure) -> Vec<taure::model::Draft> {
    taure.app().store.read(drafts::list).unwrap()
}

#[test]
fn a_draft_is_kept_opened_posted_and_then_gone() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    assert!(browser.get("/drafts").text.contains("No drafts"));
    let form = browser.get(FORM).text;
    assert!(form.contains("formaction=\"/drafts\"") && form.contains("compose.js"));
    let picture = pictures::upload(&taure, "A red square");
    let fields = [
        ("text", "Half a thought"),
        ("spoiler_text", "Moss"),
        ("visibility", "unlisted"),
        ("language", "lv"),
        ("format", "markdown"),
        ("quote_policy", "nobody"),
        ("thread", "1"),
        ("key", "box-1"),
        ("media[]", &picture),
        ("options[]", "Tea"),
        ("options[]", "Coffee"),
        ("expires_in", "3600"),
    ];
    assert_eq!(fills(&browser, "/drafts", &fields).header("location"), Some("/drafts"));
    assert!(browser.get("/drafts").text.contains("Half a thought"));
    // Saved again it is the same draft.
    let again = [("text", "Half a thought more"), ("key", "box-1"), ("media[]", picture.as_str())];
    fills(&browser, "/drafts", &again);
    assert_eq!(all_drafts(&taure).len(), 1);
    fills(&browser, "/drafts", &fields);

    // Its picture outlives the day after which uploads are forgotten.
    taure.later(3 * DAY);
    taure.settles();
    for shelf in 0..=u8::MAX {
        media::sweep(&taure.app(), shelf).unwrap();
    }
    let page = browser.get(&format!("/drafts/{}", all_drafts(&taure)[0].id)).text;
    for kept in [
        "Half a thought",
        "value=\"Moss\"",
        "value=\"unlisted\" selected",
        "value=\"lv\" lang=\"lv\" selected",
        "value=\"markdown\" selected",
        "value=\"nobody\" selected",
        "name=\"thread\" value=\"1\" checked",
        "value=\"box-1\"",
        &format!("name=\"media[]\" value=\"{picture}\" checked"),
        "value=\"Tea\"",
        "value=\"3600\" selected",
    ] {
        assert!(page.contains(kept), "{kept} is lost: {page}");
    }
    let posted = posted(&taure, &fills(&browser, FORM, &again));
    assert_eq!(posted["media_attachments"][0]["id"], picture.as_str());
    assert!(all_drafts(&taure).is_empty());
    // The script of a box that was posted saves late: nothing comes back.
    fills(&browser, "/drafts", &again);
    assert!(all_drafts(&taure).is_empty());
}

#[test]
fn drafts_are_few_and_for_the_owner_alone() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    for n in 0..100 {
        let key = format!("box-{n}");
        assert_eq!(fills(&browser, "/drafts", &[("text", "x"), ("key", &key)]).status, 303);
    }
    let full = fills(&browser, "/drafts", &[("text", "One too many"), ("key", "box-100")]);
    assert_eq!(full.status, 422);
    assert!(full.text.contains("100 drafts already") && full.text.contains("One too many"));
    assert_eq!(fills(&browser, "/drafts", &[("text", "y"), ("key", "box-7")]).status, 303, "it is there");

    let first = format!("/drafts/{}", all_drafts(&taure)[0].id);
    assert_eq!(browser.send(&format!("{first}/delete"), &[]).status, 403, "without the token of our pages");
    assert_eq!(browser.send("/drafts", &[("text", "x"), ("key", "z")]).status, 403);
    assert_eq!(taure.as_stranger(&first).status, 303);
    assert_eq!(fills(&browser, &format!("{first}/delete"), &[]).status, 303);
    assert_eq!(browser.get(&first).status, 404);
    assert_eq!(all_drafts(&taure).len(), 99);
    // A box that was emptied is no draft any more.
    fills(&browser, "/drafts", &[("text", " "), ("key", "box-8")]);
    assert_eq!(all_drafts(&taure).len(), 98);
}

#[test]
fn a_thread_is_posted_in_order_once_and_whole_or_not_at_all() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let picture = pictures::upload(&taure, "A red square");
    let text = "First\r\n---\r\nSecond\r\n\r\n---\r\nThird --- and last";
    let fields = [
        ("text", text),
        ("thread", "1"),
        ("visibility", "public"),
        ("key", "thread"),
        ("media[]", picture.as_str()),
        ("spoiler_text", "Long"),
    ];
    let answer = fills(&browser, FORM, &fields);
    let first = posted(&taure, &answer);
    assert_eq!(fills(&browser, FORM, &fields).header("location"), answer.header("location"));
    assert!(all_drafts(&taure).is_empty());
    let id = first["id"].as_str().unwrap();
    let below = taure.get(&format!("/api/v1/statuses/{id}/context")).ok();
    let below = below["descendants"].as_array().unwrap();
    let contents: Vec<&str> = below.iter().map(|s| s["content"].as_str().unwrap()).collect();
    assert_eq!(first["content"], "<p>First</p>");
    assert_eq!(contents, ["<p>Second</p>", "<p>Third --- and last</p>"]);
    assert_eq!((&below[0]["in_reply_to_id"], &below[1]["in_reply_to_id"]), (&first["id"], &below[0]["id"]));
    assert_eq!(below[1]["spoiler_text"], "Long");
    assert_eq!(first["media_attachments"].as_array().unwrap().len(), 1);
    assert_eq!(below[0]["media_attachments"], json!([]));

    // One part breaks a limit: nothing goes out.
    let before = taure.get("/api/v1/accounts/verify_credentials").ok()["statuses_count"].clone();
    let long = format!("Fine\n---\n{}", "a ".repeat(3_000));
    let refused = fills(&browser, FORM, &[("text", &long), ("thread", "1"), ("key", "other")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("name=\"thread\" value=\"1\" checked") && refused.text.contains("Fine"));
    assert_eq!(taure.get("/api/v1/accounts/verify_credentials").ok()["statuses_count"], before);
    // Without the tick the line is text.
    let one = posted(&taure, &fills(&browser, FORM, &[("text", "a\n---\nb"), ("key", "plain")]));
    assert_eq!(one["content"], "<p>a<br>---<br>b</p>");
}

#[test]
fn markdown_is_rendered_kept_for_edits_and_found_by_apps() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let bob = Peer::new("bob");
    taure.finds(&bob.handle());
    let text = format!("**{}** likes `#code @nobody` and #moss", bob.handle());
    let form = [("text", text.as_str()), ("format", "markdown"), ("visibility", "public"), ("key", "md")];
    let preview = [&form[..], &[("do", "preview")]].concat();
    let shown = fills(&browser, FORM, &preview);
    assert_eq!(shown.status, 200);
    assert!(shown.text.contains("<code>#code @nobody</code>") && shown.text.contains("value=\"md\""));
    let before = taure.get("/api/v1/accounts/verify_credentials").ok()["statuses_count"].clone();
    assert_eq!(before, 0, "a preview posts nothing");

    let status = posted(&taure, &fills(&browser, FORM, &form));
    let content = status["content"].as_str().unwrap();
    assert!(content.starts_with("<p><strong><span class=\"h-card\""), "{content}");
    assert!(content.contains("<code>#code @nobody</code>"));
    assert_eq!(status["mentions"].as_array().unwrap().len(), 1);
    assert_eq!(status["tags"].as_array().unwrap().len(), 1);
    assert_eq!(status["tags"][0]["name"], "moss");
    taure.settles();
    assert_eq!(bob.received_of("Create")[0]["object"]["content"], content);

    let id = status["id"].as_str().unwrap();
    let source = format!("/api/v1/statuses/{id}/source");
    assert_eq!(taure.get(&source).ok()["content_type"], "text/markdown");
    assert_eq!(taure.get(&source).ok()["text"], text);
    let edit = browser.get(&format!("/posts/{id}/edit")).text;
    assert!(edit.contains("`#code @nobody`") && edit.contains("value=\"markdown\" selected"));
    // An app that knows nothing of it leaves it as it is; one that does may change it.
    let put = |body: Value| taure.call("PUT", &format!("/api/v1/statuses/{id}"), Some(body));
    assert_eq!(put(json!({"status": "*a*"})).ok()["content"], "<p><em>a</em></p>");
    assert_eq!(put(json!({"status": "*a*", "content_type": "text/plain"})).ok()["content"], "<p>*a*</p>");
    assert_eq!(taure.get(&source).ok()["content_type"], Value::Null, "plain");
    assert_eq!(put(json!({"status": "*a*", "content_type": "text/html"})).status, 422);
    for (version, key) in [("v1", "configuration"), ("v2", "configuration")] {
        let told = taure.get(&format!("/api/{version}/instance")).ok();
        assert_eq!(told[key]["statuses"]["supported_mime_types"], json!(["text/plain", "text/markdown"]));
    }
    let new = json!({"status": "# Hi\n- a", "content_type": "text/markdown"});
    let by_app = taure.post("/api/v1/statuses", new).ok();
    assert_eq!(by_app["content"], "<p><strong>Hi</strong></p><ul><li>a</li></ul>");
    taure.settles();
}

#[test]
fn a_post_waits_for_its_time_and_its_words_and_time_can_change() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let typed = |milliseconds: i64| {
        let at: Timestamp = taure.app().now().plus(milliseconds);
        at.to_jiff().strftime("%Y-%m-%dT%H:%M").to_string()
    };
    let waiting = || {
        let page = taure::model::Page::newest(10);
        taure.app().store.read(|c| scheduled::list(c, &page)).unwrap()
    };
    let later = |text: &str, at: &str, offset: &str, key: &str| {
        fills(
            &browser,
            FORM,
            &[("text", text), ("at", at), ("offset", offset), ("key", key), ("visibility", "public")],
        )
    };
    for wrong in ["soon", &typed(-HOUR)] {
        let refused = later("Kept", wrong, "", "no");
        assert_eq!(refused.status, 422);
        assert!(refused.text.contains("Kept"));
    }
    assert_eq!(
        later("In the evening", &typed(5 * HOUR), "120", "yes").header("location"),
        Some("/scheduled")
    );
    let due = waiting()[0].scheduled_at.0 - taure.app().now().0;
    assert!((due - 3 * HOUR).abs() < 2 * 60_000, "two hours east of UTC: {due}");
    let page = browser.get("/scheduled").text;
    assert!(page.contains("In the evening") && page.contains("type=\"datetime-local\""));

    let id = waiting()[0].id;
    let moved = fills(&browser, &format!("/scheduled/{id}/move"), &[("at", &typed(-DAY)), ("offset", "")]);
    assert_eq!(moved.status, 422);
    assert_eq!(fills(&browser, &format!("/scheduled/{id}/move"), &[("at", &typed(8 * HOUR))]).status, 303);
    let edit = browser.get(&format!("/scheduled/{id}/edit")).text;
    assert!(edit.contains("In the evening") && edit.contains(&format!("name=\"scheduled\" value=\"{id}\"")));
    let id = id.to_string();
    let new = [
        ("text", "At night"),
        ("at", &typed(9 * HOUR)),
        ("scheduled", &id),
        ("key", "a"),
        ("visibility", "public"),
    ];
    assert_eq!(fills(&browser, FORM, &new).header("location"), Some("/scheduled"));
    assert_eq!(waiting().len(), 1);
    taure.later(10 * HOUR);
    taure.settles();
    assert!(waiting().is_empty());
    assert!(taure.as_stranger("/@alice").text.contains("At night"));

    // Given up, and posted at once by taking the time away.
    later("Never", &typed(HOUR), "", "never");
    let id = waiting()[0].id.to_string();
    assert_eq!(browser.send(&format!("/scheduled/{id}/delete"), &[]).status, 403);
    fills(&browser, &format!("/scheduled/{id}/delete"), &[]);
    assert!(waiting().is_empty());
    later("Now", &typed(HOUR), "", "now");
    let id = waiting()[0].id.to_string();
    let now = fills(&browser, FORM, &[("text", "Now indeed"), ("at", ""), ("scheduled", &id), ("key", "b")]);
    assert_eq!(posted(&taure, &now)["content"], "<p>Now indeed</p>");
    assert!(waiting().is_empty());
    let both = [("text", "a\n---\nb"), ("thread", "1"), ("at", &typed(HOUR)), ("key", "c")];
    assert!(fills(&browser, FORM, &both).text.contains("A thread cannot wait"));
}

#[test]
fn a_picture_without_words_is_asked_about_until_the_owner_says_otherwise() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let picture = pictures::upload(&taure, "");
    let form = [("text", "Look"), ("media[]", picture.as_str()), ("key", "k")];
    let asked = fills(&browser, FORM, &form);
    assert_eq!(asked.status, 422);
    assert!(asked.text.contains("Post anyway") && asked.text.contains("no alternative text"));
    let anyway = [&form[..], &[("do", "anyway")]].concat();
    assert_eq!(fills(&browser, FORM, &anyway).status, 303);

    let another = pictures::upload(&taure, "");
    let defaults = "/settings/posting";
    let saved = browser.press(
        defaults,
        defaults,
        &[
            ("visibility", "unlisted"),
            ("language", "lv"),
            ("quote_policy", "followers"),
            ("format", "markdown"),
            ("sensitive", "1"),
        ],
    );
    assert_eq!(saved.status, 303);
    let page = browser.get(FORM).text;
    for chosen in [
        "value=\"unlisted\" selected",
        "value=\"lv\" lang=\"lv\" selected",
        "value=\"followers\" selected",
        "value=\"markdown\" selected",
        "name=\"sensitive\" value=\"1\" checked",
    ] {
        assert!(page.contains(chosen), "{chosen}");
    }
    let posted =
        posted(&taure, &fills(&browser, FORM, &[("text", "*x*"), ("media[]", &another), ("key", "l")]));
    assert_eq!(posted["content"], "<p><em>x</em></p>");
    // The profile page leaves them alone.
    browser.press("/settings/profile", "/settings/profile", &[("display_name", "A")]);
    assert!(browser.get(FORM).text.contains("value=\"unlisted\" selected"));
    assert_eq!(browser.send(defaults, &[("visibility", "public")]).status, 403);
    taure.settles();
}

#[test]
fn what_of_a_picture_stays_in_sight_is_chosen_in_the_form() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let picture = pictures::upload(&taure, "A red square");
    let (alt, focus) = (format!("alt_{picture}"), format!("focus_{picture}"));
    let form = [
        ("text", "Look"),
        ("media[]", picture.as_str()),
        (&alt, "Still a square"),
        (&focus, "0.67,0.67"),
        ("key", "k"),
        ("visibility", "public"),
    ];
    let shown = fills(&browser, FORM, &[&form[..], &[("do", "preview")]].concat()).text;
    assert!(shown.contains("aria-label=\"Top right\" checked"), "{shown}");
    let status = posted(&taure, &fills(&browser, FORM, &form));
    assert_eq!(status["media_attachments"][0]["meta"]["focus"], json!({"x": 0.67, "y": 0.67}));
    let id = status["id"].as_str().unwrap();
    let edit = format!("/posts/{id}/edit");
    let exact = [("text", "Look"), ("media[]", picture.as_str()), (&alt, "A square"), (&focus, "-0.31,0.5")];
    assert_eq!(browser.press(&edit, &edit, &exact).status, 303);
    let media = &taure.status(id)["media_attachments"][0];
    assert_eq!(media["meta"]["focus"], json!({"x": -0.31, "y": 0.5}));
    assert_eq!(media["description"], "A square");
    assert!(browser.get(&edit).text.contains("value=\"-0.31,0.5\" checked"));
    // What is no point changes nothing.
    let wrong = [("text", "Look"), ("media[]", picture.as_str()), (&alt, "A square"), (&focus, "x,y")];
    browser.press(&edit, &edit, &wrong);
    assert_eq!(taure.status(id)["media_attachments"][0]["meta"]["focus"], json!({"x": -0.31, "y": 0.5}));
}

#[test]
fn who_may_quote_is_chosen_in_the_form_and_in_an_edit() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let policy = |id: &str| taure.status(id)["quote_approval"]["automatic"].clone();
    let form = [("text", "Mine"), ("visibility", "public"), ("quote_policy", "followers"), ("key", "k")];
    let status = posted(&taure, &fills(&browser, FORM, &form));
    let id = status["id"].as_str().unwrap();
    assert_eq!(policy(id), json!(["followers"]));
    let edit = format!("/posts/{id}/edit");
    assert!(browser.get(&edit).text.contains("value=\"followers\" selected"));
    browser.press(&edit, &edit, &[("text", "Mine"), ("quote_policy", "nobody")]);
    assert_eq!(policy(id), json!([]));
    let refused = fills(&browser, FORM, &[("text", "Kept"), ("quote_policy", "friends"), ("key", "l")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Kept"));
}

#[test]
fn the_history_shows_each_change_to_whoever_may_see_the_post() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let says = |visibility: Visibility| {
        let new = NewStatus {
            text: "One <b>two</b> three".to_owned(),
            visibility: Some(visibility),
            ..NewStatus::default()
        };
        publish(&taure.app(), &new).unwrap().id
    };
    let id = says(Visibility::Public);
    let picture = pictures::upload(&taure, "A red square");
    taure.later(HOUR);
    let edit = format!("/posts/{id}/edit");
    let fields = [("text", "One <b>two</b> four"), ("spoiler_text", "Sums"), ("media[]", &picture)];
    assert_eq!(browser.press(&edit, &edit, &fields).status, 303);
    let address = format!("/@alice/{id}/history");
    assert!(taure.as_stranger(&format!("/@alice/{id}")).text.contains(&format!("href=\"{address}\"")));
    for page in [taure.as_stranger(&address), browser.get(&address)] {
        assert_eq!(page.status, 200);
        assert!(
            page.text.contains("One &lt;b&gt;two&lt;/b&gt; <del>three</del><ins>four</ins>"),
            "{}",
            page.text
        );
        assert!(page.text.contains("Warning: <ins>Sums</ins>"));
        assert!(page.text.contains("0 before, 1 now"), "{}", page.text);
        assert!(page.text.contains("As it was first posted") && page.text.contains("As it is now"));
    }
    let few = says(Visibility::Private);
    assert_eq!(taure.as_stranger(&format!("/@alice/{few}/history")).status, 404);
    assert_eq!(browser.get(&format!("/@alice/{few}/history")).status, 200);
    assert_eq!(taure.as_stranger(&format!("/@bob/{id}/history")).status, 404);
}

#[test]
fn a_post_is_deleted_and_written_again_with_all_that_was_in_it() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let parent = taure.posts("Above");
    let picture = pictures::upload(&taure, "A red square");
    let new = NewStatus {
        text: "Teh *text*".to_owned(),
        markdown: Some(true),
        spoiler_text: "Typo".to_owned(),
        language: Some("lv".to_owned()),
        visibility: Some(Visibility::Unlisted),
        in_reply_to: parent["id"].as_str().unwrap().parse().ok(),
        media: vec![picture.parse().unwrap()],
        ..NewStatus::default()
    };
    let id = publish(&taure.app(), &new).unwrap().id;
    let page = format!("/@alice/{id}");
    let redraft = format!("/posts/{id}/redraft");
    assert!(browser.get(&page).text.contains(&format!("href=\"{redraft}\"")));
    assert_eq!(browser.send(&redraft, &[]).status, 403);
    assert!(browser.get(&redraft).text.contains("write it again?"));
    assert_eq!(taure.as_stranger(&page).status, 200, "asking deletes nothing");
    let answer = fills(&browser, &redraft, &[]);
    let draft = answer.header("location").unwrap();
    assert!(draft.starts_with("/drafts/"));
    assert_eq!(taure.as_stranger(&page).status, 410);
    let form = browser.get(draft).text;
    for kept in [
        "Teh *text*",
        "value=\"Typo\"",
        "value=\"lv\" lang=\"lv\" selected",
        "value=\"unlisted\" selected",
        "value=\"markdown\" selected",
        "A red square",
        &format!("name=\"in_reply_to\" value=\"{}\"", parent["id"].as_str().unwrap()),
    ] {
        assert!(form.contains(kept), "{kept} is lost");
    }
    let key = between(&form, "name=\"key\" value=\"", "\"");
    let again =
        posted(&taure, &fills(&browser, FORM, &[("text", "The text"), ("media[]", &picture), ("key", key)]));
    assert_eq!(again["media_attachments"][0]["description"], "A red square");
    assert!(all_drafts(&taure).is_empty());

    let poll = taure
        .post("/api/v1/statuses", json!({"status": "?", "poll": {"options": ["a", "b"], "expires_in": 3600}}))
        .ok();
    let answer = fills(&browser, &format!("/posts/{}/redraft", poll["id"].as_str().unwrap()), &[]);
    let form = browser.get(answer.header("location").unwrap()).text;
    assert!(form.contains("value=\"b\"") && form.contains("value=\"3600\" selected"));
    // What others wrote is not the owner's to write again.
    let bob = Peer::new("bob");
    bob.delivers(&taure, &bob.create(&bob.note("Hello", &[&taure])));
    taure.settles();
    let heard = taure.get("/api/v1/notifications").ok()[0]["status"]["id"].clone();
    assert_eq!(fills(&browser, &format!("/posts/{}/redraft", heard.as_str().unwrap()), &[]).status, 404);
    taure.settles();
}

#[test]
fn nothing_is_deleted_that_did_not_become_a_draft() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    // A post that only shows another.
    let other = taure.posts("Quote me");
    let quote = taure.post("/api/v1/statuses", json!({"status": "", "quoted_status_id": other["id"]})).ok();
    let redraft = |id: &str| fills(&browser, &format!("/posts/{id}/redraft"), &[]);
    let answer = redraft(quote["id"].as_str().unwrap());
    assert!(answer.header("location").unwrap().starts_with("/drafts/"), "{}", answer.text);
    assert_eq!(all_drafts(&taure).len(), 1);
    // Its key was posted already, since the deletion failed.
    let id = taure.posts("Once more")["id"].as_str().unwrap().to_owned();
    let key = format!("redraft-{id}");
    posted(&taure, &fills(&browser, FORM, &[("text", "Another"), ("key", &key)]));
    let answer = redraft(&id);
    assert!(answer.header("location").unwrap().starts_with("/drafts/"), "{}", answer.text);
    assert!(browser.get(answer.header("location").unwrap()).text.contains("Once more"));
    taure.settles();
}

#[test]
fn only_the_newest_versions_are_compared() {
    let taure = Taure::new();
    let id = taure.posts("number 0")["id"].as_str().unwrap().to_owned();
    for n in 1..=14 {
        taure.later(HOUR);
        let path = format!("/api/v1/statuses/{id}");
        taure.call("PUT", &path, Some(json!({"status": format!("number {n}")}))).ok();
    }
    let text = taure.as_stranger(&format!("/@alice/{id}/history")).text;
    assert_eq!((text.matches("<article").count(), text.matches("<ins>").count()), (15, 10), "{text}");
    assert!(text.contains("number 0") && text.contains("number 2"));
}

/// The names that a classic script gives to all scripts of its page.
fn outermost_names(script: &str) -> Vec<String> {
    let mut names = Vec::new();
    for line in script.lines() {
        let Some((word, rest)) = line.split_once(' ') else { continue };
        if matches!(word, "function" | "class" | "async") {
            names.push(rest.trim_start_matches("function ").split(['(', ' ']).next().unwrap().to_owned());
        }
        if !matches!(word, "const" | "let" | "var") {
            continue;
        }
        let (mut depth, mut part) = (0, String::new());
        for c in rest.chars().chain([',']) {
            depth += i32::from("([{".contains(c)) - i32::from(")]}".contains(c));
            match c {
                ',' if depth == 0 => {
                    names.push(part.split('=').next().unwrap().trim().trim_end_matches(';').to_owned());
                    part.clear();
                }
                c => part.push(c),
            }
        }
    }
    names
}

#[test]
fn no_two_scripts_of_a_page_give_the_same_name() {
    let names =
        outermost_names("const a = [1, 2], b = (c, d) => c;\n  const e = 1;\nlet f;\nasync function g() {}");
    assert_eq!(names, ["a", "b", "f", "g"]);
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    for page in ["/compose", "/", "/settings/security/passkeys", "/settings/notifications"] {
        let html = browser.get(page).text;
        let scripts: Vec<&str> =
            html.split("<script src=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(scripts.len() >= 2, "{page}: {scripts:?}");
        let mut all: Vec<String> =
            scripts.iter().flat_map(|script| outermost_names(&taure.as_stranger(script).text)).collect();
        assert!(all.len() > 10, "{page}: {all:?}");
        all.sort();
        for pair in all.windows(2) {
            assert_ne!(pair[0], pair[1], "{page}: twice in {scripts:?}");
        }
    }
}

#[test]
fn what_is_answered_may_go_and_the_words_stay() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let parent = taure.posts("Soon gone");
    let id = parent["id"].as_str().unwrap();
    taure.call("DELETE", &format!("/api/v1/statuses/{id}"), None).ok();
    let answer = fills(&browser, FORM, &[("text", "An answer"), ("in_reply_to", id), ("key", "k")]);
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("An answer") && answer.text.contains("role=\"alert\""));
    taure.settles();
}

#[test]
fn names_topics_and_emoji_are_completed_for_the_owner() {
    let taure = Taure::new();
    let browser = Browser::of(&taure);
    let bob = Peer::new("bob");
    taure.finds(&bob.handle());
    taure.posts("#Mosses and #moose");
    let png = pictures::square(32);
    taure::ops::emojis::add(&taure.app(), "blobcat", None, &png).unwrap();
    let ask = |q: &str| {
        let query: String = url::form_urlencoded::byte_serialize(q.as_bytes()).collect();
        browser.get(&format!("/compose/completions?q={query}")).ok()
    };
    assert_eq!(ask("@bo")[0]["text"], bob.handle());
    let tags: Vec<Value> = ask("#mo").as_array().unwrap().iter().map(|t| t["text"].clone()).collect();
    assert!(tags.contains(&json!("#Mosses")) && tags.contains(&json!("#moose")));
    let emoji = &ask(":blo")[0];
    assert_eq!(emoji["text"], ":blobcat:");
    assert_eq!(taure.as_stranger(emoji["image"].as_str().unwrap()).status, 200);
    for nothing in ["", "@", "bob", ":%", "#🎉", "@\"*"] {
        assert_eq!(ask(nothing), json!([]), "{nothing}");
    }
    for n in 0..12 {
        taure.posts(&format!("#many{n}x"));
    }
    assert_eq!(ask("#many").as_array().unwrap().len(), 8);
    assert_eq!(taure.as_stranger("/compose/completions?q=%23mo").status, 303);
    taure.settles();
}

#[test]
fn a_script_saves_and_hears_how_it_went() {
    let taure = Taure::new();
    let secret = taure::ops::auth::start_session(&taure.app().store, "test").unwrap();
    let cookie = format!("taure={secret}");
    let html = taure.send("GET", FORM, &[("cookie", &cookie)], None).text;
    let csrf = between(&html, "name=\"csrf\" value=\"", "\"");
    let headers =
        [("content-type", "application/x-www-form-urlencoded"), ("cookie", cookie.as_str()), ("x-swap", "1")];
    let save = |csrf: &str, text: &str| {
        let fields = [("csrf", csrf), ("key", "k"), ("text", text)];
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        request("POST", &format!("{}/drafts", taure.base), &headers, Some(body.as_bytes()))
    };
    let saved = save(csrf, "A thought");
    assert_eq!((saved.status, saved.text.as_str()), (200, "Saved as a draft"));
    assert_eq!((save(csrf, "").status, all_drafts(&taure).len()), (200, 0));
    assert_eq!(save("guessed", "A thought").status, 403);
    let huge = save(csrf, &"a".repeat(300_000));
    assert_eq!((huge.status, huge.text.as_str()), (422, "This is too long to be kept as a draft."));
    // Pages without the box do not load it.
    assert!(!taure.as_stranger("/").text.contains("compose.js"));
}
