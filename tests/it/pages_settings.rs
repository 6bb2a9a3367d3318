//! The rooms of the settings: the look, the health of the server, and how apps get on.

use crate::harness::Taure;
use crate::owner::Owner;
use regex::Regex;
use serde_json::json;
use std::collections::HashMap;
use taure::model::Job;
use taure::store::{app_calls, deliveries, jobs, oauth};

#[test]
fn every_room_is_listed_answers_and_lists_the_others() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let index = owner.get("/settings").text;
    let link = Regex::new("<li><a href=\"(/[a-z/]+)\">").unwrap();
    let rooms: Vec<String> = link.captures_iter(&index).map(|c| c[1].to_owned()).collect();
    for room in [
        "profile",
        "appearance",
        "privacy",
        "notifications",
        "security",
        "health",
        "about",
        "apps",
        "storage",
    ] {
        assert!(rooms.contains(&format!("/settings/{room}")), "{room} is not in {rooms:?}");
    }
    for room in &rooms {
        let page = owner.get(room);
        // Short names of pages that have the owner's name in them.
        if matches!(room.as_str(), "/following" | "/followers") {
            assert_eq!(page.header("location"), Some(format!("/@alice{room}").as_str()));
            continue;
        }
        assert_eq!(page.status, 200, "{room}");
        assert_eq!(page.text.matches("<h1").count(), 1, "{room}");
        if room.starts_with("/settings/") {
            assert!(page.text.contains(&format!("<a href=\"{room}\" aria-current=\"page\">")), "{room}");
            assert!(page.text.contains("href=\"/settings/about\""), "{room}");
            // Nobody but the owner.
            assert_eq!(taure.as_stranger(room).status, 303, "{room}");
        }
        assert!(!page.text.contains(" style="), "{room}");
    }
}

#[test]
fn profile_and_privacy_are_two_forms_and_neither_takes_from_the_other() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let ticked = [("part", "privacy"), ("locked", "1"), ("discoverable", "1")];
    let answer = owner.post("/settings/privacy", &ticked);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/settings/privacy?saved=1")));
    assert_eq!(owner.post("/settings/profile", &[("part", "profile"), ("display_name", "Al")]).status, 303);
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    assert_eq!(
        (&me["locked"], &me["discoverable"], &me["display_name"]),
        (&json!(true), &json!(true), &json!("Al"))
    );
    owner.post("/settings/privacy", &[("part", "privacy")]);
    let me = taure.get("/api/v1/accounts/verify_credentials").ok();
    assert_eq!((&me["locked"], &me["display_name"]), (&json!(false), &json!("Al")));
    // What is wrong is told, and what was typed stays.
    let (name, note) = ("n".repeat(200), "Mosses & bogs");
    let wrong =
        owner.post("/settings/profile", &[("part", "profile"), ("display_name", &name), ("note", note)]);
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text.contains(&name)
            && wrong.text.contains("Mosses &amp; bogs")
            && wrong.text.contains("role=\"alert\"")
    );
    assert_eq!(owner.post_as_given("/settings/privacy", &ticked).status, 403);
    taure.settles();
}

const LOOK: [(&str, &str); 6] = [
    ("theme", "dark"),
    ("accent", "rose"),
    ("density", "compact"),
    ("size", "larger"),
    ("font", "serif"),
    ("keys", "1"),
];

#[test]
fn the_owner_chooses_the_look_and_visitors_see_what_is_meant_for_them() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    assert_eq!(owner.post_as_given("/settings/appearance", &LOOK).status, 403);
    let usual = taure.as_stranger("/@alice");
    assert!(!usual.text.contains("data-theme") && usual.text.contains("content=\"light dark\""));

    let answer = owner.post("/settings/appearance", &LOOK);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/settings/appearance?saved=1")));
    let mine = owner.get("/").text;
    for attribute in [
        "data-theme=\"dark\"",
        "data-accent=\"rose\"",
        "data-density=\"compact\"",
        "data-size=\"larger\"",
        "data-font=\"serif\"",
    ] {
        assert!(mine.contains(attribute), "{attribute}");
    }
    assert!(mine.contains("name=\"color-scheme\" content=\"dark\"") && !mine.contains("data-keys"),);
    assert_eq!(mine.matches("theme-color").count(), 1);
    assert!(owner.get("/settings/appearance").text.contains("<option value=\"rose\" selected>"));

    let theirs = taure.as_stranger("/@alice");
    assert!(theirs.text.contains("data-accent=\"rose\"") && theirs.text.contains("data-font=\"serif\""));
    for kept in ["data-theme", "data-size", "data-density", "data-keys"] {
        assert!(!theirs.text.contains(kept), "{kept}");
    }
    assert_ne!(theirs.header("etag"), usual.header("etag"), "a browser would keep the old look");

    let mut forced = LOOK.to_vec();
    forced.push(("for_all", "1"));
    owner.post("/settings/appearance", &forced);
    assert!(taure.as_stranger("/@alice").text.contains("data-theme=\"dark\""));
    assert!(taure.as_stranger("/auth/sign_in").text.contains("data-theme=\"dark\""));
    // What is none of the choices is the usual.
    owner.post("/settings/appearance", &[("theme", "\"><script>"), ("accent", "mauve")]);
    let plain = owner.get("/").text;
    assert!(!plain.contains("data-theme") && !plain.contains("data-accent"));
    assert!(plain.contains("data-keys=\"off\""), "a box that is not ticked means no");
}

#[test]
fn the_owners_own_sheet_is_linked_where_it_locks_nobody_out() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    assert_eq!(taure.as_stranger("/custom.css").status, 404);
    let sheet = "main { border: 1px dotted } /* mine */";
    assert_eq!(owner.post("/settings/appearance", &[("sheet", sheet)]).status, 303);

    let page = taure.as_stranger("/@alice").text;
    let (_, rest) = page.split_once("href=\"/custom.css?v=").unwrap();
    let address = format!("/custom.css?v={}", rest.split('"').next().unwrap());
    let served = taure.as_stranger(&address);
    assert_eq!((served.status, served.text.as_str()), (200, sheet));
    assert_eq!(served.header("content-type"), Some("text/css; charset=utf-8"));
    assert_eq!(served.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(served.header("content-security-policy"), Some("default-src 'none'; sandbox"));
    assert!(served.header("cache-control").unwrap().contains("immutable"));
    assert!(!taure.as_stranger("/custom.css?v=x").header("cache-control").unwrap().contains("immutable"));
    assert!(owner.get("/").text.contains("/custom.css"));
    for safe in ["/settings/appearance", "/settings"] {
        assert!(!owner.get(safe).text.contains("/custom.css"), "{safe}");
    }
    for safe in ["/auth/sign_in", "/nowhere"] {
        assert!(!taure.as_stranger(safe).text.contains("/custom.css"), "{safe}");
    }

    let bad = "a { background: url(https://evil.test/x) }";
    let refused = owner.post("/settings/appearance", &[("sheet", bad), ("accent", "teal")]);
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains(bad) && refused.text.contains("<option value=\"teal\" selected>"));
    assert_eq!(taure.as_stranger("/custom.css").text, sheet, "it was kept all the same");

    assert_eq!(owner.post("/settings/appearance", &[("sheet", "")]).status, 303);
    assert_eq!(taure.as_stranger("/custom.css").status, 404);
    assert!(!taure.as_stranger("/@alice").text.contains("/custom.css"));
}

#[test]
fn times_are_told_in_the_owners_zone_to_the_owner_alone() {
    let taure = Taure::new();
    let owner = Owner::of(&taure);
    let id = taure.posts("When is this?")["id"].as_str().unwrap().to_owned();
    let page = format!("/@alice/{id}");
    assert!(owner.get(&page).text.contains(" UTC"));
    let nowhere = owner.post("/settings/appearance", &[("zone", "Moon/Crater")]);
    assert_eq!(nowhere.status, 422);
    if !owner.get("/settings/appearance").text.contains("value=\"Asia/Tokyo\"") {
        return; // a system without zones: all is UTC
    }
    assert_eq!(owner.post("/settings/appearance", &[("zone", "Asia/Tokyo")]).status, 303);
    let mine = owner.get(&page).text;
    assert!(mine.contains(" JST") && !mine.contains(" UTC"), "{mine}");
    let theirs = taure.as_stranger(&page).text;
    assert!(theirs.contains(" UTC") && !theirs.contains(" JST"));
}

#[test]
fn health_tells_what_waits_and_whom_nothing_reaches() {
    let mut taure = Taure::new();
    let owner = Owner::of(&taure);
    taure.posts("A post that went to nobody");
    let well = owner.get("/settings/health").text;
    assert!(well.contains("All is well.") && well.contains("Every server that you write to can be reached."));
    assert!(well.contains("Went to nobody"));

    taure.app().store.write(|tx| deliveries::host_failed(tx, "down.test").map(drop)).unwrap();
    let now = taure.clock.now();
    let job = Job::PublishScheduled { id: taure::model::ScheduledId(1) };
    taure.app().store.write(|tx| jobs::set_alarm(tx, &job, now.plus(9_000_000))).unwrap();
    let page = owner.get("/settings/health").text;
    assert!(page.contains("1 server cannot be reached") && page.contains("down.test"));
    assert!(page.contains("<th scope=\"row\">Posts for later</th><td>1</td><td>0</td>"), "{page}");
    let fields = [("host", "down.test"), ("back", "/settings/health")];
    let pressed = owner.post("/settings/federation", &fields);
    assert_eq!((pressed.status, pressed.header("location")), (303, Some("/settings/health")));
    assert_eq!(owner.post_as_given("/settings/federation", &fields).status, 403);

    let about = owner.get("/settings/about").text;
    assert!(about.contains(concat!("Taure ", env!("CARGO_PKG_VERSION"))) && about.contains("SQLite"));
    assert!(about.contains(&format!("<td>{}</td>", taure::store::health::engine())));

    for n in 0..120 {
        let host = format!("h{n:03}.test");
        taure.app().store.write(|tx| deliveries::host_failed(tx, &host).map(drop)).unwrap();
    }
    let first = owner.get("/settings/federation").text;
    let (_, rest) = first.split_once("rel=\"next\" href=\"").unwrap();
    let second = owner.get(&format!("/settings/federation{}", rest.split('"').next().unwrap())).text;
    let named = |page: &str| {
        Regex::new("<b>([a-z0-9]+.test)</b>")
            .unwrap()
            .captures_iter(page)
            .map(|c| c[1].to_owned())
            .collect::<Vec<_>>()
    };
    let mut all = named(&first);
    all.extend(named(&second));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 121);
    assert!(!second.contains("rel=\"next\""));
    taure.may_leave_jobs = true;
}

#[test]
fn what_an_app_did_not_get_is_told_without_what_it_asked_about() {
    let mut taure = Taure::new();
    let secret = "5550123";
    taure.get("/api/v1/timelines/home").ok();
    for _ in 0..3 {
        assert_eq!(taure.get(&format!("/api/v1/statuses/{secret}/dance?q={secret}")).status, 404);
    }
    assert_eq!(taure.get(&format!("/api/v1/statuses/{secret}")).status, 404);
    assert_eq!(taure.call("PUT", "/api/v1/timelines/home", None).status, 405);
    // Who is no app of the owner's is not counted.
    taure.as_stranger("/api/v1/nothing");
    let asks = json!({"client_name": "x", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob", "scopes": "read"});
    let app = taure.send("POST", "/api/v1/apps", &[], Some(asks)).ok();
    let asks = json!({"grant_type": "client_credentials", "client_id": app["client_id"],
        "client_secret": app["client_secret"], "scope": "read"});
    let bearer = format!(
        "Bearer {}",
        taure.send("POST", "/oauth/token", &[], Some(asks)).ok()["access_token"].as_str().unwrap()
    );
    assert_eq!(taure.send("GET", "/api/v1/nothing", &[("authorization", &bearer)], None).status, 404);
    taure.send("GET", "/api/v1/nothing", &[("authorization", "Bearer wrong")], None);

    let owner = Owner::of(&taure);
    let page = owner.get("/settings/apps").text;
    assert!(page.contains("1 call ok, 2 unknown endpoints, 1 refused"), "{page}");
    assert!(
        page.contains("<code>GET /api/v1/statuses/:id/dance</code></th><td>404</td><td>3×</td>"),
        "{page}"
    );
    assert!(page.contains("<code>GET /api/v1/statuses/{id}</code></th><td>404</td><td>1×</td>"));
    assert!(page.contains("<code>PUT /api/v1/timelines/home</code></th><td>405</td>"));
    assert!(!page.contains(secret) && !page.contains("/api/v1/nothing"));
    assert_eq!(taure.as_stranger("/settings/apps").status, 303);

    // It outlives a restart, and does not grow for ever.
    taure.get("/api/v1/lost");
    taure.restart();
    taure.settles();
    let app = taure.app();
    let holder = app.store.read(oauth::holders).unwrap()[0].app;
    let rows = || app.store.read(|c| app_calls::of(c, holder)).unwrap();
    assert!(rows().iter().any(|row| row.path == "/api/v1/lost"));
    for letter in 'a'..='z' {
        for other in 'a'..='z' {
            if (letter, other) < ('m', 'm') {
                taure.get(&format!("/api/v1/{letter}{other}"));
            }
        }
    }
    taure::ops::calls::flush(&app).unwrap();
    assert_eq!(rows().len(), 200);
    assert!(rows().iter().any(|row| row.path.is_empty() && row.times >= 1), "the sum went");
    drop(app);
    // And goes with the app.
    taure.app().store.write(|tx| tx.run("DELETE FROM apps", [])).unwrap();
    assert!(taure.app().store.read(|c| app_calls::of(c, holder)).unwrap().is_empty());
}

#[test]
fn storage_is_a_picture_with_the_same_numbers_beside() {
    let taure = Taure::new();
    let page = Owner::of(&taure).get("/settings/storage").text;
    let width = Regex::new("<rect class=\"s[0-9]\" x=\"([0-9]+)\" width=\"([0-9]+)\" height=\"18\"").unwrap();
    let bars: Vec<(u64, u64)> =
        width.captures_iter(&page).map(|c| (c[1].parse().unwrap(), c[2].parse().unwrap())).collect();
    assert_eq!(bars.len(), 6, "{page}");
    let mut begin = 0;
    for (x, width) in bars {
        assert_eq!(x, begin);
        begin += width;
    }
    assert!(begin > 0 && begin <= 1_000);
    assert!(page.contains("Posts and everything in the database") && !page.contains("settings-storage-"));
}

/// Colours by name, for a light and a dark page.
type Colours = HashMap<String, [[f64; 3]; 2]>;

fn colour(text: &str, of: &Colours) -> Option<[[f64; 3]; 2]> {
    let text = text.trim();
    let hex = |h: &str| -> Option<[f64; 3]> {
        let h = h.trim().strip_prefix('#')?;
        let wide: String = if h.len() == 3 { h.chars().flat_map(|c| [c, c]).collect() } else { h.to_owned() };
        let part = |n: usize| u8::from_str_radix(wide.get(n..n + 2)?, 16).ok().map(f64::from);
        Some([part(0)?, part(2)?, part(4)?])
    };
    if let Some(pair) = text.strip_prefix("light-dark(").and_then(|t| t.strip_suffix(')')) {
        let (light, dark) = pair.split_once(',')?;
        return Some([hex(light)?, hex(dark)?]);
    }
    let mix =
        Regex::new(r"^color-mix\(in srgb, var\(--([a-z-]+)\) ([0-9]+)%, var\(--([a-z-]+)\)\)$").unwrap();
    if let Some(found) = mix.captures(text) {
        let (top, share, below) = (of[&found[1]], found[2].parse::<f64>().unwrap() / 100.0, of[&found[3]]);
        return Some([0, 1].map(|s| [0, 1, 2].map(|i| top[s][i] * share + below[s][i] * (1.0 - share))));
    }
    if let Some(name) = text.strip_prefix("var(--").and_then(|t| t.strip_suffix(')')) {
        return of.get(name).copied();
    }
    hex(text).map(|c| [c, c])
}

fn ratio(a: [f64; 3], b: [f64; 3]) -> f64 {
    let light = |c: [f64; 3]| {
        let linear = c.map(|v| {
            if v / 255.0 <= 0.03928 { v / 255.0 / 12.92 } else { ((v / 255.0 + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// <https://www.w3.org/TR/WCAG22/#contrast-minimum>
#[test]
fn every_text_stands_out_from_what_is_behind_it_in_every_theme_and_colour() {
    let sheet = include_str!("../../assets/style.css");
    let property = Regex::new(r"--([a-z-]+): ((?:[^;()]|\([^()]*(?:\([^()]*\)[^()]*)*\))+);").unwrap();
    let block = |selector: &str| -> Vec<(String, String)> {
        let (_, rest) =
            sheet.split_once(&format!("{selector} {{")).unwrap_or_else(|| panic!("no {selector}"));
        let body = rest.split('}').next().unwrap();
        property.captures_iter(body).map(|c| (c[1].to_owned(), c[2].to_owned())).collect()
    };
    let (_, more) = sheet.split_once("(prefers-contrast: more) {").unwrap();
    let more: Vec<_> = property
        .captures_iter(more.split('}').next().unwrap())
        .map(|c| (c[1].to_owned(), c[2].to_owned()))
        .collect();
    let accents = taure::model::look::CHOICES.iter().find(|(name, _)| *name == "accent").unwrap().1;
    assert_eq!(accents.len(), 8);
    type Properties = Vec<(String, String)>;
    let mut looks: Vec<(String, Properties, f64)> = vec![("usual".to_owned(), vec![], 4.5)];
    for accent in accents {
        let own = block(&format!("[data-accent={accent}]"));
        assert_eq!(own.len(), 1, "{accent}");
        looks.push(((*accent).to_owned(), own.clone(), 4.5));
        looks.push((format!("{accent}, more contrast"), [own, more.clone()].concat(), 4.5));
    }
    looks.push(("contrast".to_owned(), block("[data-theme=contrast]"), 7.0));
    let mut judged = 0;
    for (look, own, least) in looks {
        let mut written: HashMap<String, String> = block(":root").into_iter().collect();
        written.extend(own);
        let mut colours = Colours::new();
        // Those that are mixed of others come last.
        for begin in ["light-dark(", "var(", "color-mix("] {
            for (name, text) in written.iter().filter(|(_, text)| text.starts_with(begin)) {
                if let Some(found) = colour(text, &colours) {
                    colours.insert(name.clone(), found);
                }
            }
        }
        let texts = ["ink", "soft", "accent", "teal", "horn", "bad"];
        let mut pairs: Vec<(&str, &str)> =
            texts.iter().flat_map(|t| ["bg", "card", "raise"].map(|ground| (*t, ground))).collect();
        pairs.extend([
            ("ink", "wash"),
            ("soft", "wash"),
            ("accent", "wash"),
            ("horn", "horn-wash"),
            ("ink", "horn-wash"),
        ]);
        pairs.extend([("on-accent", "accent"), ("card", "horn"), ("teal", "wash")]);
        for (text, ground) in pairs {
            for (scheme, name) in ["light", "dark"].iter().enumerate() {
                let found = ratio(colours[text][scheme], colours[ground][scheme]);
                let least = if ground == "wash" || ground == "horn-wash" { 4.5 } else { least };
                assert!(found >= least, "{look}, {name}: {text} on {ground} is {found:.2}:1");
                judged += 1;
            }
        }
    }
    assert!(judged > 400, "only {judged} pairs were found");
}

#[test]
fn the_sheet_knows_no_left_and_no_right() {
    let sheet = include_str!("../../assets/style.css");
    let sided = Regex::new(r"(?m)(?:^|[ ;{])((?:margin|padding|border)-(?:left|right)|left|right|text-align: (?:left|right)|float): ?").unwrap();
    let found: Vec<&str> = sided.find_iter(sheet).map(|m| m.as_str()).collect();
    assert!(found.is_empty(), "{found:?}");
    assert!(sheet.len() < 30_000);
}
