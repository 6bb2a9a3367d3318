//! The shelf of those who are held back, and the policy in the settings, as the owner's browser uses them.

use crate::api_notifications::{POLICY, mention, set_policy, stranger};
use crate::harness::{Answer, Taure, request};
use serde_json::json;
use url::form_urlencoded::Serializer;

pub struct Browser<'a> {
    taure: &'a Taure,
    cookie: String,
}

impl Browser<'_> {
    pub fn of(taure: &Taure) -> Browser<'_> {
        let secret = taure::ops::auth::start_session(&taure.app().store, "test").unwrap();
        Browser { taure, cookie: format!("taure={secret}") }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.taure.send("GET", path, &[("cookie", &self.cookie)], None)
    }

    /// Presses the button of a form on `page`, which carries its token.
    #[track_caller]
    pub fn press(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Answer {
        let html = self.get(page).text;
        assert!(html.contains(&format!("action=\"{action}\"")), "{page} has no form to {action}");
        let csrf = html.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap();
        let mut all = vec![("csrf", csrf), ("back", page)];
        all.extend(fields);
        self.send(action, &all)
    }

    /// Sends a form as it is.
    pub fn send(&self, action: &str, fields: &[(&str, &str)]) -> Answer {
        let body = Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers =
            [("content-type", "application/x-www-form-urlencoded"), ("cookie", self.cookie.as_str())];
        request("POST", &format!("{}{action}", self.taure.base), &headers, Some(body.as_bytes()))
    }
}

#[test]
fn the_owner_sees_who_waits_and_says_yes_or_no_without_a_script() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_not_following": "filter"}));
    let browser = Browser::of(&taure);
    assert!(!browser.get("/notifications").text.contains("/notifications/requests"), "nobody waits");
    let (bob, carol) = (stranger("bob"), stranger("carol"));
    mention(&bob, &taure);
    assert!(browser.get("/notifications").text.contains("1 request<"));
    mention(&carol, &taure);
    assert!(browser.get("/notifications").text.contains("2 requests<"));
    let page = "/notifications/requests";
    let html = browser.get(page).text;
    assert!(html.contains(&bob.handle()) && html.contains(&carol.handle()));
    assert!(html.contains("1 mention"));

    let of = |name: &str| {
        let all = taure.get("/api/v1/notifications/requests").ok();
        let one = all.as_array().unwrap().iter().find(|r| r["account"]["username"] == name).unwrap().clone();
        one["id"].as_str().unwrap().to_owned()
    };
    let (yes, no) = (format!("{page}/{}/accept", of("bob")), format!("{page}/{}/dismiss", of("carol")));
    let answer = browser.press(page, &yes, &[]);
    assert_eq!((answer.status, answer.header("location")), (303, Some(page)));
    browser.press(page, &no, &[]);
    assert!(browser.get(page).text.contains("Nobody waits."));
    let told = taure.notifications("mention");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["account"]["username"], "bob");
    // A stranger is led to the sign-in page.
    assert_eq!(taure.as_stranger(page).status, 303);
}

#[test]
fn the_policy_is_a_form_in_the_settings() {
    let taure = Taure::new();
    set_policy(&taure, json!({"for_bots": "drop"}));
    let browser = Browser::of(&taure);
    let page = "/settings/notifications";
    assert!(browser.get(page).text.contains("<option value=\"drop\" selected>Drop</option>"));
    let fields = [("private_mentions", "filter"), ("bots", "accept")];
    assert_eq!(browser.press(page, "/settings/notifications", &fields).status, 303);
    let policy = taure.get(POLICY).ok();
    assert_eq!(policy["for_private_mentions"], "filter");
    assert_eq!(policy["for_bots"], "accept");
    let wrong = browser.press(page, "/settings/notifications", &[("bots", "maybe")]);
    assert_eq!(wrong.status, 422);
    assert_eq!(taure.get(POLICY).ok(), policy);
}
