//! The first run: an empty folder, one page, and a moment later somebody lives here.
//!
//! There is no `App` yet. The link with the secret is printed in the terminal, so that whoever finds the
//! port open cannot move in. After each answer the server looks whether an instance has come to be
//! (`taure init` may make it, too) and opens it before the answer goes out, so that the browser, which
//! is sent to `/`, arrives at home.

use super::{assets, layout, session};
use crate::config::Config;
use crate::error::{Error, Result};
use crate::http::lenient;
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route};
use crate::ops;
use crate::ops::setup::{self, Fault, NewInstance};
use crate::sig::Seed;
use crate::store::{Store, secret};
use crate::words::{self, rich, say};
use maud::{Markup, html};
use serde::Deserialize;
use url::{Host, Url};

/// What the server is before set-up.
#[derive(Debug)]
pub struct Setup {
    pub config: Config,
    secret: String,
}

impl Setup {
    /// With a secret of its own, which lasts as long as the process.
    pub fn new(config: Config) -> Result<Setup> {
        Ok(Setup { config, secret: secret::fresh()? })
    }

    /// The path of the one-time link.
    pub fn path(&self) -> String {
        format!("/setup/{}", self.secret)
    }

    /// Compared by digest, which takes the same time for every guess.
    ///
    /// Errors: `NotFound` for any other secret.
    fn admit(&self, req: &Req) -> Result<()> {
        if secret::digest(req.param("secret")) == secret::digest(&self.secret) {
            return Ok(());
        }
        Err(Error::not_found())
    }
}

pub const ROUTES: &[Route<Setup>] = &[
    get("/setup/{secret}", show, Auth::Public),
    post("/setup/{secret}", make, Auth::Public),
    get("/assets/{*path}", asset, Auth::Public),
    get("/favicon.ico", favicon, Auth::Public),
];

/// What the form sends, and what it shows again when something is wrong.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    #[serde(deserialize_with = "lenient::text")]
    username: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    display_name: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    origin: Option<String>,
    #[serde(deserialize_with = "lenient::filled")]
    domain: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    password: Option<String>,
}

fn show(setup: &Setup, req: &Req) -> Result<Res> {
    setup.admit(req)?;
    let form = Form { origin: Some(suggestion(req)), ..Form::default() };
    Ok(page(&form, &[]))
}

fn make(setup: &Setup, req: &Req) -> Result<Res> {
    setup.admit(req)?;
    let form: Form = req.form()?;
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let mut new = NewInstance {
        origin: text(&form.origin),
        domain: form.domain.clone(),
        username: text(&form.username),
        display_name: text(&form.display_name),
        password: Some(text(&form.password)),
        ..NewInstance::default()
    };
    if let Err(faults) = setup::validate(&new) {
        return Ok(page(&form, &faults).status(422));
    }
    let seed = Seed::fresh()?;
    new.seed = Some(seed.clone());
    let store = Store::open(&setup.config.database(), setup.config.clock.clone(), Box::new(|_| ()))?;
    let instance = setup::create(&store, &new)?;
    if reached_at(req) != instance.host {
        // A cookie for another address would be lost on the way there.
        return Ok(moved_in(&instance, &seed));
    }
    let cookie = ops::auth::start_session(&store, req.header("user-agent").unwrap_or(""))?;
    let body = html! {
        (phrase(&seed))
        a.btn.primary href="/?welcome=1" { (say("wizard-written")) }
    };
    Ok(layout::bare(say("wizard-moved"), body).with("set-cookie", session::set(&instance, &cookie)))
}

fn asset(_: &Setup, req: &Req) -> Result<Res> {
    assets::answer(req, req.param("path"))
}

fn favicon(_: &Setup, req: &Req) -> Result<Res> {
    assets::answer(req, "favicon.ico")
}

/// Everything else before set-up: 503, as JSON for programs and as a page for people.
pub fn not_yet(req: &Req) -> Res {
    let machine = ["/api/", "/oauth/", "/.well-known/", "/nodeinfo/"];
    if req.wants_activity() || machine.iter().any(|start| req.path.starts_with(start)) {
        let text = serde_json::json!({"error": "This server is not set up yet"}).to_string();
        return Res::new(503, "application/json; charset=utf-8", text);
    }
    let body = html! {
        p { (rich("wizard-nobody", &[("command", html! { code { "taure serve" } }.into())])) }
        p.hint { (rich("wizard-where", &[("command", html! { code { "journalctl -u taure" } }.into())])) }
    };
    layout::bare(say("wizard-not-yet"), body).status(503)
}

/// Shown this once: nothing of it is stored.
fn phrase(seed: &Seed) -> Markup {
    html! {
        h2 { (say("wizard-phrase")) }
        p { (say("wizard-phrase-what")) }
        ol.inset translate="no" lang="en" { @for word in seed.phrase().split(' ') { li { (word) } } }
        p.hint { (rich("wizard-phrase-hint", &[("command", html! { code { "taure recover" } }.into())])) }
    }
}

fn moved_in(instance: &crate::model::Instance, seed: &Seed) -> Res {
    let ready = [
        ("who", html! { b { (instance.handle()) } }.into()),
        ("address", html! { b { (instance.origin) } }.into()),
    ];
    let body = html! {
        p { (rich("wizard-ready", &ready)) }
        (phrase(seed))
        a.btn.primary href=(instance.at("/auth/sign_in")) { (say("wizard-go")) }
        p.hint { (say("wizard-elsewhere")) }
    };
    layout::bare(say("wizard-moved"), body)
}

fn page(form: &Form, faults: &[Fault]) -> Res {
    let fault =
        |name: &str| faults.iter().find(|(field, _)| *field == name).map(|(_, sentence)| sentence.as_str());
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let body = html! {
        p { (say("wizard-lead")) }
        form method="post" novalidate[!faults.is_empty()] {
            (field("username", say("wizard-username"), fault("username"), say("wizard-username-hint"), html! {
                input #username name="username" value=(text(&form.username)) required maxlength="30" pattern="[a-z0-9_]{1,30}"
                    autocapitalize="none" autocomplete="username" spellcheck="false" autofocus[faults.is_empty()]
                    aria-invalid=[fault("username").map(|_| "true")];
            }))
            (field("display_name", say("wizard-name"), fault("display_name"), say("wizard-name-hint"), html! {
                input #display_name name="display_name" value=(text(&form.display_name)) maxlength="100" autocomplete="name"
                    aria-invalid=[fault("display_name").map(|_| "true")];
            }))
            (field("origin", say("wizard-address"), fault("origin"), say("wizard-address-hint"), html! {
                input #origin name="origin" type="url" value=(text(&form.origin)) required placeholder="https://social.example.org"
                    autocapitalize="none" spellcheck="false" aria-invalid=[fault("origin").map(|_| "true")];
            }))
            (field("password", say("wizard-password"), fault("password"), say("wizard-password-hint"), html! {
                // Sent back with the other answers, so that one mistake does not cost it; never stored by a cache.
                input #password name="password" type="password" value=(text(&form.password)) required minlength="8"
                    autocomplete="new-password" aria-invalid=[fault("password").map(|_| "true")];
            }))
            details.field open[form.domain.is_some()] {
                summary { (say("wizard-more")) }
                (field("domain", say("wizard-domain"), fault("domain"), say("wizard-domain-hint"), html! {
                    input #domain name="domain" value=(text(&form.domain)) placeholder="example.org" autocapitalize="none"
                        spellcheck="false" aria-invalid=[fault("domain").map(|_| "true")];
                }))
            }
            button.primary { (say("wizard-move-in")) }
        }
    };
    layout::bare(say("wizard-title"), body)
}

fn field(name: &str, label: &str, fault: Option<&str>, hint: &str, input: Markup) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            (input)
            @if let Some(fault) = fault { span.danger role="alert" { (words::fault(fault)) } }
            @else { small { (hint) } }
        }
    }
}

/// Host and port that the browser used, a proxy before us included.
fn reached_at(req: &Req) -> &str {
    req.header("x-forwarded-host").or_else(|| req.header("host")).unwrap_or("localhost")
}

/// The address of the instance, as far as the request tells it.
fn suggestion(req: &Req) -> String {
    const UNKNOWN: &str = "https://";
    let Ok(url) = Url::parse(&format!("http://{}", reached_at(req))) else { return UNKNOWN.to_owned() };
    let (Some(host), Some(name)) = (url.host(), url.host_str()) else { return UNKNOWN.to_owned() };
    let port = url.port().filter(|port| *port != 443).map_or_else(String::new, |port| format!(":{port}"));
    match (req.header("x-forwarded-proto"), host) {
        (Some("https"), _) => format!("https://{name}{port}"),
        (_, host) if setup::may_be_plain(&host) => format!("http://{name}{port}"),
        // Reached by a port of its own; the proxy to come will have the usual one.
        (_, Host::Domain(_)) => format!("https://{name}"),
        _ => UNKNOWN.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Body;
    use crate::http::Method;
    use crate::http::req::tests::request;
    use std::path::Path;

    fn setup() -> Setup {
        let dir = std::env::temp_dir().join(format!("taure-wizard-{}", secret::fresh().unwrap()));
        std::fs::create_dir_all(&dir).unwrap();
        Setup::new(Config::load(Path::new(&dir), &[]).unwrap()).unwrap()
    }

    fn asked(setup: &Setup, method: Method, body: &str, host: &str) -> Req {
        let mut req = request(method, &setup.path(), "application/x-www-form-urlencoded", body.as_bytes());
        req.headers.push(("host".to_owned(), host.to_owned()));
        req.params = vec![("secret", setup.secret.clone())];
        req
    }

    fn text(res: &Res) -> String {
        let Body::Bytes(bytes) = &res.body else { panic!("not bytes") };
        String::from_utf8(bytes.clone()).unwrap()
    }

    #[test]
    fn the_address_is_suggested_from_the_request() {
        let setup = setup();
        let suggest = |host: &str, proto: Option<&str>| {
            let mut req = asked(&setup, Method::Get, "", host);
            req.headers.extend(proto.map(|p| ("x-forwarded-proto".to_owned(), p.to_owned())));
            suggestion(&req)
        };
        assert_eq!(suggest("localhost:8080", None), "http://localhost:8080");
        assert_eq!(suggest("social.example.org", Some("https")), "https://social.example.org");
        assert_eq!(suggest("social.example.org:8080", None), "https://social.example.org");
        assert_eq!(suggest("192.168.1.2:8080", None), "https://");
        assert_eq!(suggest("\"><script>", None), "https://");
    }

    #[test]
    fn a_mistake_loses_nothing_and_stands_beside_its_field() {
        let setup = setup();
        let body = "username=Alice&display_name=Alice+%3C3&origin=http://localhost&password=correct+horse";
        let res = make(&setup, &asked(&setup, Method::Post, body, "localhost")).unwrap();
        let page = text(&res);
        assert_eq!(res.status, 422);
        for part in ["value=\"Alice\"", "Alice &lt;3", "small letters a to z", "value=\"correct horse\""] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!setup.config.database().exists());
    }

    #[test]
    fn moving_in_makes_the_account_and_signs_in() {
        let setup = setup();
        let body = "username=alice&display_name=&origin=http://localhost:8080&domain=&password=correct+horse";
        let res = make(&setup, &asked(&setup, Method::Post, body, "localhost:8080")).unwrap();
        let page = text(&res);
        assert!(res.status == 200 && page.contains("href=\"/?welcome=1\""), "{page}");
        let words: Vec<&str> = page.split("<li>").skip(1).filter_map(|li| li.split("</li>").next()).collect();
        assert_eq!(res.header("cache-control"), Some("no-store"));
        let store =
            Store::open(&setup.config.database(), setup.config.clock.clone(), Box::new(|_| ())).unwrap();
        assert!(ops::recovery::is_ours(&store, &Seed::read(&words.join(" ")).unwrap()).unwrap());
        assert!(res.header("set-cookie").unwrap().starts_with("taure="));
        let again = make(&setup, &asked(&setup, Method::Post, body, "localhost:8080")).unwrap_err();
        assert_eq!(again.kind, crate::error::Kind::Conflict);
    }

    #[test]
    fn without_the_secret_nobody_moves_in() {
        let setup = setup();
        let mut req = asked(&setup, Method::Post, "", "localhost");
        req.params = vec![("secret", "guess".to_owned())];
        assert_eq!(make(&setup, &req).unwrap_err().kind, crate::error::Kind::NotFound);
        assert_eq!(not_yet(&request(Method::Get, "/", "", b"")).status, 503);
        let api = not_yet(&request(Method::Get, "/api/v1/instance", "", b""));
        assert_eq!(text(&api), "{\"error\":\"This server is not set up yet\"}");
    }
}
