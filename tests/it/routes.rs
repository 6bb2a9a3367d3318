//! Every row of every door: what needs the owner refuses everybody else.

use crate::harness::{Taure, request};
use serde_json::json;
use taure::http::{Auth, Method, Route};
use taure::{api, federation, web};

/// A path with something in the place of each parameter.
fn filled(path: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in path.chars() {
        match c {
            '{' => {
                inside = true;
                out.push('1');
            }
            '}' => inside = false,
            _ if !inside => out.push(c),
            _ => (),
        }
    }
    out
}

fn rows() -> Vec<&'static Route<taure::app::App>> {
    [api::ROUTES, federation::ROUTES, web::ROUTES].into_iter().flatten().copied().flatten().collect()
}

fn call(taure: &Taure, row: &Route<taure::app::App>, headers: &[(&str, &str)]) -> crate::harness::Answer {
    let body = (row.method != Method::Get).then_some(b"a=b".as_slice());
    let mut all = headers.to_vec();
    if body.is_some() {
        all.push(("content-type", "application/x-www-form-urlencoded"));
    }
    request(row.method.as_str(), &format!("{}{}", taure.base, filled(row.path)), &all, body)
}

#[test]
fn what_needs_the_owner_refuses_a_stranger_and_a_wrong_token() {
    let taure = Taure::new();
    let mut walked = 0;
    for row in rows().into_iter().filter(|r| !matches!(r.auth, Auth::Public | Auth::Signed)) {
        let name = format!("{} {}", row.method.as_str(), row.path);
        let stranger = call(&taure, row, &[]);
        let refused = match row.auth {
            // A page leads to the sign-in page.
            Auth::Session if row.method == Method::Get => stranger.status == 303,
            _ => stranger.status == 401,
        };
        assert!(refused, "{name} answers a stranger {}", stranger.status);
        let wrong = call(&taure, row, &[("authorization", "Bearer wrong")]);
        assert!(matches!(wrong.status, 401 | 303), "{name} answers a wrong token {}", wrong.status);
        walked += 1;
    }
    assert!(walked > 80, "only {walked} rows were walked");
}

#[test]
fn a_token_of_another_scope_opens_nothing() {
    let taure = Taure::new();
    let store = &taure.app().store;
    let narrow = taure::ops::auth::issue_token(store, "narrow", "push").unwrap();
    let bearer = format!("Bearer {narrow}");
    for row in rows() {
        let Auth::Scope(scope) = row.auth else { continue };
        if scope == "push" {
            continue;
        }
        let answer = call(&taure, row, &[("authorization", &bearer)]);
        assert_eq!(answer.status, 403, "{} {}: {}", row.method.as_str(), row.path, answer.text);
        assert_eq!(answer.json, json!({"error": "This action is outside the authorized scopes"}));
    }
}

#[test]
fn a_session_cookie_alone_changes_nothing() {
    let taure = Taure::new();
    let cookie = taure::ops::auth::start_session(&taure.app().store, "test").unwrap();
    let header = format!("taure={cookie}");
    let mut walked = 0;
    for row in rows().into_iter().filter(|r| r.auth == Auth::Session && r.method != Method::Get) {
        let answer = call(&taure, row, &[("cookie", &header)]);
        assert_eq!(answer.status, 403, "{} {} took a form without its token", row.method.as_str(), row.path);
        walked += 1;
    }
    assert!(walked > 5, "only {walked} rows were walked");
    // And the API takes no cookie at all.
    let answer =
        request("GET", &format!("{}/api/v1/timelines/home", taure.base), &[("cookie", &header)], None);
    assert_eq!(answer.status, 401);
}
