//! Which language a page speaks: what the browser wants, and the owner's choice before it.

use crate::harness::{Answer, Taure, request};
use crate::pages_requests::Browser;

/// The language that a page says it is in.
#[track_caller]
fn spoken(answer: &Answer) -> &str {
    let (_, rest) = answer
        .text
        .split_once("<html lang=\"")
        .unwrap_or_else(|| panic!("{}: {}", answer.status, answer.text));
    rest.split('"').next().unwrap()
}

fn wants(taure: &Taure, path: &str, language: &str) -> Answer {
    taure.send("GET", path, &[("accept-language", language), ("accept", "text/html")], None)
}

#[test]
fn a_visitor_reads_what_the_browser_wants_and_kept_pages_stay_apart() {
    let taure = Taure::new();
    taure.settles();
    for _ in 0..2 {
        for (wanted, got) in [("en", "en"), ("lv-LV,en;q=0.5", "lv"), ("tlh", "en"), ("xx, de;q=0.3", "de")] {
            let page = wants(&taure, "/@alice", wanted);
            assert_eq!((page.status, spoken(&page)), (200, got), "{wanted}");
            assert!(page.header("vary").unwrap().contains("Accept-Language"));
        }
    }
    assert_eq!(taure.house().kept_pages().0, 3, "en, lv and de, each once");
}

#[test]
fn what_fails_before_it_is_known_who_asks_speaks_the_language_of_its_own_request() {
    let taure = Taure::new();
    // Other requests made the threads speak other languages meanwhile.
    for n in 0..12 {
        for language in ["lv", "en", "fr"] {
            for (path, status) in [("/no/such/page", 404), ("/auth/sign_in", 200), ("/@nobody", 404)] {
                let page = wants(&taure, path, language);
                assert_eq!((page.status, spoken(&page)), (status, language), "{path} in round {n}");
            }
            let address = format!("{}/settings/profile", taure.base);
            let page = request("POST", &address, &[("accept-language", language)], None);
            assert_eq!((page.status, spoken(&page)), (401, language), "round {n}");
        }
    }
}

#[test]
fn the_owners_choice_goes_before_the_browsers_and_is_the_owners_alone() {
    let taure = Taure::new();
    let owner = Browser::of(&taure);
    assert_eq!(spoken(&owner.get("/")), "en");
    owner.press("/settings/appearance", "/settings/appearance", &[("locale", "lv")]);
    for path in ["/", "/settings/appearance", "/no/such/page"] {
        assert_eq!(spoken(&owner.get(path)), "lv", "{path}");
    }
    for path in ["/@alice", "/no/such/page"] {
        assert_eq!(spoken(&owner.get(path)), "lv", "{path}");
        assert_eq!(spoken(&wants(&taure, path, "en")), "en", "{path}");
    }
    let forged = owner.send("/settings/appearance", &[("locale", "en")]);
    assert_eq!((forged.status, spoken(&forged)), (403, "lv"));
    let api = taure.send("GET", "/api/v1/statuses/1", &[("accept-language", "lv")], None);
    assert_eq!((api.status, api.text.as_str()), (404, "{\"error\":\"Record not found\"}"));
}
