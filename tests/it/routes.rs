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

/// Every scope that a row asks for, and the ones beside it.
const READS: [&str; 11] = [
    "read:accounts",
    "read:blocks",
    "read:bookmarks",
    "read:favourites",
    "read:filters",
    "read:follows",
    "read:lists",
    "read:mutes",
    "read:notifications",
    "read:search",
    "read:statuses",
];
const WRITES: [&str; 12] = [
    "write:accounts",
    "write:blocks",
    "write:bookmarks",
    "write:conversations",
    "write:favourites",
    "write:filters",
    "write:follows",
    "write:lists",
    "write:media",
    "write:mutes",
    "write:notifications",
    "write:statuses",
];

#[test]
fn a_token_with_every_scope_but_the_one_is_refused() {
    let taure = Taure::new();
    let store = &taure.app().store;
    let mut tokens: std::collections::HashMap<&str, String> = std::collections::HashMap::new();
    let mut walked = 0;
    for row in rows() {
        let Auth::Scope(scope) = row.auth else { continue };
        let bearer = tokens.entry(scope).or_insert_with(|| {
            let others: Vec<&str> = READS
                .iter()
                .chain(&WRITES)
                .copied()
                .filter(|other| scope.split('|').all(|s| s != *other))
                .collect();
            // The row's scope may be a bundle: then nothing of what is in it opens the row.
            format!("Bearer {}", taure::ops::auth::issue_token(store, "narrow", &others.join(" ")).unwrap())
        });
        let answer = call(&taure, row, &[("authorization", bearer)]);
        assert_eq!(answer.status, 403, "{} {} ({scope}): {}", row.method.as_str(), row.path, answer.text);
        walked += 1;
    }
    assert!(walked > 80, "only {walked} rows were walked");
}

#[test]
fn the_token_of_an_app_alone_is_nobody() {
    let taure = Taure::new();
    let form = json!({"client_name": "another", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob",
                      "scopes": "read write follow push"});
    let app = taure.send("POST", "/api/v1/apps", &[], Some(form)).ok();
    let grant = json!({"grant_type": "client_credentials", "client_id": app["client_id"],
                       "client_secret": app["client_secret"], "scope": "read write follow push"});
    let token = taure.send("POST", "/oauth/token", &[], Some(grant)).ok();
    let bearer = format!("Bearer {}", token["access_token"].as_str().unwrap());
    let mut walked = 0;
    for row in rows() {
        let Auth::Scope(_) = row.auth else { continue };
        let answer = call(&taure, row, &[("authorization", &bearer)]);
        assert_eq!(answer.status, 422, "{} {}: {}", row.method.as_str(), row.path, answer.text);
        assert_eq!(answer.json, json!({"error": "This method requires an authenticated user"}));
        walked += 1;
    }
    assert!(walked > 80, "only {walked} rows were walked");
    // And on the open rows it sees what a stranger sees.
    let hidden = taure.post("/api/v1/statuses", json!({"status": "for few", "visibility": "private"})).ok();
    let id = hidden["id"].as_str().unwrap();
    for path in ["", "/context", "/history", "/favourited_by", "/reblogged_by"] {
        let path = format!("/api/v1/statuses/{id}{path}");
        assert_eq!(taure.send("GET", &path, &[("authorization", &bearer)], None).status, 404, "{path}");
    }
}

#[test]
fn the_router_has_other_words_than_a_record_that_is_not_there() {
    let taure = Taure::new();
    let (no_route, no_record) = (taure.get("/api/v1/nowhere"), taure.get("/api/v1/statuses/1"));
    assert_eq!((no_route.status, no_record.status), (404, 404));
    assert_eq!(no_record.json, json!({"error": "Record not found"}));
    assert_ne!(no_route.json["error"], no_record.json["error"]);
    assert!(no_route.json["error"].is_string());
}

/// A browser that is signed in: its cookie, and the token that its forms carry.
fn browser(taure: &Taure) -> (String, String) {
    let cookie = taure::ops::auth::start_session(&taure.app().store, "test").unwrap();
    let header = format!("taure={cookie}");
    let page = request("GET", &format!("{}/settings/profile", taure.base), &[("cookie", &header)], None).text;
    let csrf = page.split_once("name=\"csrf\" value=\"").unwrap().1.split('"').next().unwrap().to_owned();
    (header, csrf)
}

#[test]
fn a_form_needs_the_token_of_its_own_session() {
    let taure = Taure::new();
    let (cookie, own) = browser(&taure);
    let (_, foreign) = browser(&taure);
    assert_ne!(own, foreign);
    let multipart = |csrf: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--b--\r\n")
    };
    let (plain, parts) = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=b");
    let tries = [
        ("none", plain, "a=b".to_owned(), None),
        ("an empty one", plain, "csrf=&a=b".to_owned(), None),
        ("another session's", plain, format!("csrf={foreign}"), None),
        ("another session's, then its own", plain, format!("csrf={foreign}&csrf={own}"), None),
        ("half of its own", plain, format!("csrf={}", &own[..32]), None),
        ("another session's in parts", parts, multipart(&foreign), None),
        ("another session's in the header", plain, format!("csrf={own}"), Some(foreign.as_str())),
        ("its own in the address alone", plain, String::new(), None),
    ];
    let mut walked = 0;
    for row in rows().into_iter().filter(|r| r.auth == Auth::Session && r.method != Method::Get) {
        let name = format!("{} {}", row.method.as_str(), row.path);
        for (what, kind, body, header) in &tries {
            let mut url = format!("{}{}", taure.base, filled(row.path));
            if body.is_empty() {
                url += &format!("?csrf={own}");
            }
            let mut headers = vec![("cookie", cookie.as_str()), ("content-type", *kind)];
            headers.extend(header.map(|token| ("x-csrf-token", token)));
            let answer = request(row.method.as_str(), &url, &headers, Some(body.as_bytes()));
            assert_eq!(answer.status, 403, "{name} took a form with {what}: {}", answer.text);
        }
        walked += 1;
    }
    assert!(walked > 90, "only {walked} rows were walked");
    // Each of them would have ended it, changed the password, deleted the account ...
    let page = request("GET", &format!("{}/settings/profile", taure.base), &[("cookie", &cookie)], None);
    assert_eq!(page.status, 200);
    // And the API takes no cookie at all.
    let answer =
        request("GET", &format!("{}/api/v1/timelines/home", taure.base), &[("cookie", &cookie)], None);
    assert_eq!(answer.status, 401);
}

/// What keeps another site from sending a form that needs no session.
enum Guard {
    /// The browser's word for where it was sent from.
    Origin,
    /// A session opens nothing there: what is refused without a secret in the form.
    Secret(u16),
    /// Anybody may, from anywhere: the receiver asks the source itself.
    Nothing(u16),
}

const OPEN_FORMS: [(&str, Guard); 12] = [
    ("/auth/sign_in", Guard::Origin),
    ("/auth/code", Guard::Origin),
    ("/auth/passkey", Guard::Origin),
    ("/auth/link/{secret}", Guard::Origin),
    ("/remote", Guard::Origin),
    ("/micropub", Guard::Secret(401)),
    ("/micropub/media", Guard::Secret(401)),
    ("/indieauth", Guard::Secret(400)),
    ("/indieauth/token", Guard::Secret(400)),
    ("/indieauth/introspect", Guard::Secret(401)),
    ("/indieauth/revoke", Guard::Secret(400)),
    ("/webmention", Guard::Nothing(400)),
];

#[test]
fn a_form_for_everybody_has_a_rule_of_its_own() {
    let taure = Taure::new();
    let (cookie, csrf) = browser(&taure);
    let open: Vec<&str> = web::ROUTES
        .iter()
        .copied()
        .flatten()
        .filter(|r| r.method != Method::Get && r.auth != Auth::Session)
        .map(|r| r.path)
        .collect();
    let mut known: Vec<&str> = OPEN_FORMS.iter().map(|(path, _)| *path).collect();
    let mut found = open.clone();
    found.sort_unstable();
    known.sort_unstable();
    assert_eq!(found, known, "say in OPEN_FORMS what guards a form for everybody");
    let form = ("content-type", "application/x-www-form-urlencoded");
    for (path, guard) in &OPEN_FORMS {
        let url = format!("{}{}", taure.base, filled(path));
        let body = format!("csrf={csrf}&password=wrong&acct=a%40b.example");
        let send = |from: &[(&str, &str)]| {
            let headers = [from, &[form, ("cookie", cookie.as_str())]].concat();
            request("POST", &url, &headers, Some(body.as_bytes()))
        };
        match guard {
            Guard::Origin => {
                for from in [
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-site", "same-site"),
                    ("origin", "https://elsewhere.example"),
                    ("origin", "null"),
                ] {
                    let answer = send(&[from]);
                    assert_eq!(answer.status, 403, "{path}, {from:?}: {}", answer.text);
                    assert!(answer.header("set-cookie").is_none(), "{path}");
                }
                let origin = taure.base.clone();
                assert_ne!(send(&[("origin", origin.as_str())]).status, 403, "{path}: a form of ours");
            }
            Guard::Secret(status) | Guard::Nothing(status) => {
                let answer = send(&[("origin", "https://elsewhere.example")]);
                assert_eq!(answer.status, *status, "{path}: {}", answer.text);
                assert!(answer.header("set-cookie").is_none(), "{path}");
            }
        }
    }
    // Whoever sent these is still signed in, and as many sessions are open as before.
    let page = request("GET", &format!("{}/settings/profile", taure.base), &[("cookie", &cookie)], None);
    assert_eq!(page.status, 200);
}

#[test]
fn no_two_rows_answer_the_same_call() {
    // The router takes the first of two and says nothing.
    let mut seen = std::collections::HashSet::new();
    for row in rows() {
        // A parameter is one whatever it is called.
        let shape = row.path.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
        let shape = shape.collect::<Vec<_>>().join("{}");
        let fresh = seen.insert((row.method, shape, row.accept == taure::http::route::Accept::Activity));
        assert!(fresh, "{} {} stands in two tables", row.method.as_str(), row.path);
    }
    assert!(seen.len() > 300, "{}", seen.len());
}

#[test]
fn pitfall_25_what_is_deprecated_says_since_when() {
    let taure = Taure::new();
    for path in ["/api/v1/instance", "/api/v1/filters", "/api/v1/suggestions", "/api/v1/trends"] {
        let answer = taure.get(path);
        let since = answer.header("deprecation").unwrap_or_else(|| panic!("{path} does not say it"));
        assert!(since.starts_with("@16") && since.len() == 11, "{path}: {since}");
    }
    assert_eq!(taure.get("/api/v2/instance").header("deprecation"), None);
    assert_eq!(taure.get("/api/v2/instance").header("vary"), Some("Authorization"));
}
