//! The owner's address as a way to sign in elsewhere, and for apps of the IndieWeb to post here:
//! <https://indieauth.spec.indieweb.org/>.
//!
//! An app is an address and registers nowhere; once the owner lets it in, it has a row like every other app, and its tokens
//! are tokens like all others. Their scopes (`create`, `update`, `delete`, `media`) open nothing but Micropub.

use super::oauth::{self, Issued, Outcome, Refused, proves};
use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::MINUTE;
use crate::model::*;
use crate::remote::Request;
use crate::store::oauth::{ClientApp, Code};
use crate::store::{self, secret};
use crate::text;
use serde_json::Value;
use url::{Host, Url};

/// The scopes that may be asked for. Others are left out, as the specification lets us.
pub const SCOPES: [&str; 5] = ["profile", "create", "update", "delete", "media"];
const CODE: i64 = 10 * MINUTE;
/// Bytes that are read of what an app says of itself, and letters of its name.
const PAGE: u64 = 256 * 1024;
const NAME: usize = 60;
const ADDRESS: usize = 1_000;

/// What an app asked for, as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub client_id: String,
    pub redirect_uri: String,
    pub response_type: String,
    pub scope: String,
    pub code_challenge: String,
    pub code_challenge_method: String,
}

/// An app that the owner may be asked about.
#[derive(Debug, Clone)]
pub struct Client {
    pub id: Url,
    /// As it calls itself, else its host.
    pub name: String,
}

/// Whether this is the address of an app: <https://indieauth.spec.indieweb.org/#client-identifier>
fn client_id(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_plain = matches!(url.scheme(), "http" | "https")
        && url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
        && text.len() <= ADDRESS
        && !text.contains("/./")
        && !text.contains("/../");
    let named = match url.host()? {
        Host::Domain(_) => true,
        Host::Ipv4(ip) => ip.is_loopback(),
        Host::Ipv6(ip) => ip.is_loopback(),
    };
    (is_plain && named).then_some(url)
}

/// Looks at the app's own address: what it is called, and whether it may be answered at `redirect_uri`. Before that is
/// sure, nothing may be sent there.
///
/// Errors: `BadRequest`, for the owner to read.
pub fn client(app: &App, asked: &Asked) -> Result<Client> {
    let id = client_id(&asked.client_id).ok_or_else(|| Error::bad_request("The app’s address is none"))?;
    let back = Url::parse(&asked.redirect_uri)
        .ok()
        .filter(|_| oauth::check_redirect_uri(&asked.redirect_uri).is_ok());
    let back =
        back.ok_or_else(|| Error::bad_request("The app wants to be called at an address that is none"))?;
    let said = describe(app, &id);
    let (name, published) = said.unwrap_or_default();
    let own = back.origin() == id.origin() && back.origin().is_tuple();
    if !own && !published.contains(&asked.redirect_uri) {
        return Err(Error::bad_request("The app wants to be called at an address that it did not publish"));
    }
    let host = id.host_str().unwrap_or_default().to_owned();
    Ok(Client { name: if name.is_empty() { host } else { name }, id })
}

/// Name and redirect addresses of an app: <https://indieauth.spec.indieweb.org/#client-information-discovery>. What cannot
/// be had is nothing.
fn describe(app: &App, id: &Url) -> Option<(String, Vec<String>)> {
    let request = Request {
        accept: Some("application/json, text/html;q=0.9"),
        max_bytes: PAGE,
        cut: true,
        ..Request::get(id)
    };
    let answer = app.remote.send(&request).ok()?.expect_ok().ok()?;
    if answer.headers.media_type().contains("json") {
        let json: Value = serde_json::from_slice(&answer.body).ok()?;
        if json["client_id"].as_str() != Some(id.as_str()) {
            return None;
        }
        let published = json["redirect_uris"].as_array().into_iter().flatten().filter_map(Value::as_str);
        let name = text::line(json["client_name"].as_str().unwrap_or_default().trim(), NAME);
        return Some((name, published.take(20).map(str::to_owned).collect()));
    }
    let page = text::site(&String::from_utf8_lossy(&answer.body));
    let header = answer.headers.all("link").flat_map(crate::remote::links::in_header);
    let in_header = header.filter(|link| link.has_rel("redirect_uri")).map(|link| link.href);
    let published = page.redirects.iter().cloned().chain(in_header);
    let published = published.filter_map(|href| Some(answer.url.join(&href).ok()?.to_string())).collect();
    let words: Vec<&str> = page.title.split_whitespace().collect();
    Some((text::line(&words.join(" "), NAME), published))
}

/// Reads the rest of a request; gives the scopes that are asked for, which may be none: then the app only wants to know
/// who the owner is.
pub fn check(asked: &Asked) -> Result<Vec<&'static str>, Refused> {
    if asked.response_type != "code" {
        return Err(Refused::new("unsupported_response_type", "Only response_type=code is supported"));
    }
    let challenge = &asked.code_challenge;
    let is_digest =
        challenge.len() == 43 && challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if asked.code_challenge_method != "S256" || !is_digest {
        return Err(Refused::new(
            "invalid_request",
            "A code_challenge with code_challenge_method=S256 is needed",
        ));
    }
    Ok(SCOPES.into_iter().filter(|scope| asked.scope.split([' ', '+']).any(|word| word == *scope)).collect())
}

/// The owner said yes, to these scopes: a code, good for ten minutes and one exchange.
pub fn grant(app: &App, client: &Client, asked: &Asked, scopes: &[&str]) -> Result<String> {
    let (code, secret) = (secret::fresh()?, secret::fresh()?);
    let scopes = Scopes::parse(&scopes.join(" ")).map_err(Error::bad_request)?;
    app.store.write_durably(|tx| {
        let known = store::oauth::app_by_client_id(tx, &asked.client_id)?;
        let id = match known {
            Some(known) => known.id,
            None => {
                let new = ClientApp {
                    id: AppId::at(tx.now),
                    client_id: asked.client_id.clone(),
                    // Nobody is told it: such an app has no secret, and proves itself by its verifier.
                    client_secret: secret::digest(&secret),
                    name: client.name.clone(),
                    website: Some(client.id.to_string()),
                    redirect_uris: vec![asked.redirect_uri.clone()],
                    scopes: Scopes::parse(&SCOPES.join(" ")).map_err(Error::bad_request)?,
                    created_at: tx.now,
                };
                store::oauth::insert_app(tx, &new)?;
                new.id
            }
        };
        let kept = Code {
            app: id,
            redirect_uri: asked.redirect_uri.clone(),
            scopes: scopes.clone(),
            challenge: Some(asked.code_challenge.clone()),
            expires_at: tx.now.plus(CODE),
        };
        store::oauth::insert_code(tx, &code, &kept)
    })?;
    Ok(code)
}

/// Takes a code: for a token, or just for who the owner is. It is used up whatever comes out.
pub fn exchange(
    app: &App,
    client: &str,
    code: &str,
    redirect_uri: &str,
    verifier: &str,
    wants_token: bool,
) -> Outcome<Issued> {
    let fresh = secret::fresh()?;
    app.store.write_durably(|tx| {
        let bad = |words: &str| Ok(Err(Refused::new("invalid_grant", words)));
        // An app of Mastodon's kind has a secret, and no code of its may go without that.
        let known = match client_id(client) {
            Some(_) => store::oauth::app_by_client_id(tx, client)?,
            None => None,
        };
        let Some(known) = known else { return bad("The client_id is unknown") };
        let Some(code) = store::oauth::take_code(tx, code, known.id)? else {
            return bad("The code is unknown, was used before, or is older than ten minutes");
        };
        if code.redirect_uri != redirect_uri {
            return bad("The redirect_uri is not the one that the code was sent to");
        }
        if code.challenge.is_none() || !proves(code.challenge.as_deref(), Some(verifier)) {
            return bad("The code_verifier does not fit the code_challenge");
        }
        let mut issued = Issued { token: String::new(), scopes: code.scopes, created_at: tx.now };
        if wants_token {
            if issued.scopes.is_empty() {
                return bad("No scope was granted, so there is no token");
            }
            store::oauth::insert_token(tx, &fresh, known.id, true, &issued.scopes)?;
            issued.token = fresh.clone();
        }
        Ok(Ok(issued))
    })
}

/// The app behind a token of the owner's, and its scopes.
pub fn introspect(app: &App, token: &str) -> Result<Option<(ClientApp, Scopes)>> {
    app.store.read(|c| {
        let Some(Access::Token { app, scopes, .. }) = store::oauth::access(c, token, app.now())? else {
            return Ok(None);
        };
        Ok(Some((store::oauth::app(c, app)?, scopes)))
    })
}

/// Takes a token back that an app of this kind holds. Who has it may end it.
pub fn revoke(app: &App, token: &str) -> Result<()> {
    app.store.write_durably(|tx| {
        let Some(of) = store::oauth::app_of_token(tx, token)? else { return Ok(()) };
        if client_id(&store::oauth::app(tx, of)?.client_id).is_some()
            && let Some(id) = store::oauth::delete_token(tx, token)?
        {
            tx.after_commit(Event::TokenRevoked(id));
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_app_is_a_plain_address() {
        for good in [
            "https://app.test/",
            "https://app.test",
            "https://app.test/a?b=c",
            "http://127.0.0.1:80/",
            "http://localhost/",
        ] {
            assert!(client_id(good).is_some(), "{good}");
        }
        for bad in [
            "app",
            "ftp://a.test/",
            "https://me@a.test/",
            "https://a.test/#x",
            "https://a.test/../b",
            "https://10.0.0.1/",
            "mailto:a@b.test",
        ] {
            assert!(client_id(bad).is_none(), "{bad}");
        }
    }
}
