//! Rate limits per token: <https://docs.joinmastodon.org/api/rate-limits/>

use crate::harness::Taure;
use serde_json::json;
use taure::model::time::MINUTE;

#[test]
fn pitfall_24_a_token_is_told_what_is_left_and_stopped_when_nothing_is() {
    let taure = Taure::limited(3);
    for left in ["2", "1", "0"] {
        let answer = taure.get("/api/v1/accounts/verify_credentials");
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-ratelimit-limit"), Some("3"));
        assert_eq!(answer.header("x-ratelimit-remaining"), Some(left));
        let reset = answer.header("x-ratelimit-reset").unwrap();
        assert!(reset.ends_with(":00.000000Z") && reset.len() == 27, "{reset}");
    }
    let answer = taure.get("/api/v1/accounts/verify_credentials");
    assert_eq!((answer.status, &answer.json), (429, &json!({"error": "Too many requests"})));
    assert_eq!(answer.header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));

    // Another app of the owner, and a stranger, are not concerned.
    let other = taure::ops::auth::issue_token(&taure.app().store, "other", "read").unwrap();
    let bearer = format!("Bearer {other}");
    let path = "/api/v1/accounts/verify_credentials";
    assert_eq!(taure.send("GET", path, &[("authorization", &bearer)], None).status, 200);
    assert_eq!(taure.as_stranger("/api/v2/instance").status, 200);

    taure.later(5 * MINUTE);
    assert_eq!(taure.get(path).header("x-ratelimit-remaining"), Some("2"));
}

#[test]
fn a_test_origin_has_no_limit_unless_the_operator_sets_one() {
    assert_eq!(Taure::new().get("/api/v1/preferences").header("x-ratelimit-limit"), None);
}
