//! OAuth for the owner's apps: <https://docs.joinmastodon.org/spec/oauth/>, RFC 6749, PKCE (RFC 7636).
//!
//! What a client does wrong is a [`Refused`], which the protocol words; what goes wrong with us is an error.

use crate::app::App;
use crate::error::{Error, Result};
use crate::model::time::MINUTE;
use crate::model::*;
use crate::store::oauth::{ClientApp, Code};
use crate::store::{self, secret};
use crate::text;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use url::Url;

/// Shows the code on a page instead of sending it anywhere; `toot` knows nothing else.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";
/// How long a code waits to be exchanged (pitfall 70).
const CODE: i64 = 10 * MINUTE;
/// Mastodon's numbers.
const NAME_LETTERS: usize = 60;
const URIS_BYTES: usize = 2_000;
/// What a page of ours would run as its own.
const FORBIDDEN_SCHEMES: &[&str] = &["javascript", "data", "vbscript", "blob", "file", "about"];

/// An answer of RFC 6749, section 5.2, to a client that did something wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// `invalid_grant`, say.
    pub code: &'static str,
    pub description: String,
}

impl Refused {
    pub fn new(code: &'static str, description: impl Into<String>) -> Refused {
        Refused { code, description: description.into() }
    }
}

/// The outer error is ours, the inner one the client's. Only the outer one rolls a transaction back.
pub type Outcome<T> = Result<Result<T, Refused>>;

/// What an app says of itself.
#[derive(Debug, Clone, Default)]
pub struct NewApp {
    pub name: String,
    pub website: Option<String>,
    pub redirect_uris: Vec<String>,
    /// Empty: `read`.
    pub scopes: String,
}

/// Registers an app; returns it with its secret, which is told this once.
///
/// Errors: `Invalid`, in Mastodon's form.
pub fn register(app: &App, new: &NewApp) -> Result<(ClientApp, String)> {
    let name = text::line(&new.name, NAME_LETTERS + 1);
    if name.is_empty() {
        return Err(fault("Application name can't be blank"));
    }
    if name.chars().count() > NAME_LETTERS {
        return Err(fault(&format!("Application name is too long (maximum is {NAME_LETTERS} characters)")));
    }
    let website = new.website.as_deref().map(str::trim).filter(|w| !w.is_empty());
    if website.is_some_and(|w| w.len() > URIS_BYTES || !is_web(w)) {
        return Err(fault("Application website must be a valid URL"));
    }
    check_redirect_uris(&new.redirect_uris)?;
    let secret = secret::fresh()?;
    let client = ClientApp {
        id: AppId::at(app.now()),
        client_id: secret::fresh()?,
        client_secret: secret::digest(&secret),
        name,
        website: website.map(str::to_owned),
        redirect_uris: new.redirect_uris.clone(),
        scopes: scopes_or_read(&new.scopes).map_err(|word| fault(&format!("{word} is no scope")))?,
        created_at: app.now(),
    };
    app.store.write(|tx| store::oauth::insert_app(tx, &client))?;
    Ok((client, secret))
}

fn fault(sentence: &str) -> Error {
    Error::invalid(format!("Validation failed: {sentence}"))
}

fn scopes_or_read(text: &str) -> Result<Scopes, String> {
    let scopes = Scopes::parse(text)?;
    if scopes.is_empty() { Scopes::parse("read") } else { Ok(scopes) }
}

fn is_web(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

fn check_redirect_uris(uris: &[String]) -> Result<()> {
    if uris.is_empty() {
        return Err(fault("Redirect URI can't be blank"));
    }
    if uris.iter().map(String::len).sum::<usize>() > URIS_BYTES {
        return Err(fault(&format!("Redirect URI is too long (maximum is {URIS_BYTES} characters)")));
    }
    uris.iter().try_for_each(|uri| check_redirect_uri(uri))
}

/// Errors: `Invalid` for where nobody may be sent.
pub fn check_redirect_uri(uri: &str) -> Result<()> {
    // Plain ASCII, since it ends in a header.
    let Ok(url) = Url::parse(uri) else { return Err(fault("Redirect URI must be an absolute URI")) };
    if !uri.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(fault("Redirect URI must be written in ASCII, without spaces"));
    }
    if FORBIDDEN_SCHEMES.contains(&url.scheme()) {
        return Err(fault("Redirect URI has a forbidden scheme"));
    }
    if url.fragment().is_some() {
        return Err(fault("Redirect URI cannot contain a fragment"));
    }
    Ok(())
}

/// What the consent page was asked for, as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub client_id: String,
    pub redirect_uri: String,
    pub response_type: String,
    pub scope: String,
    pub code_challenge: Option<String>,
    pub code_challenge_method: Option<String>,
}

/// A request that the owner may be asked about.
#[derive(Debug, Clone)]
pub struct Asked {
    pub app: ClientApp,
    pub redirect_uri: String,
    pub scopes: Scopes,
    pub challenge: Option<String>,
}

/// Finds the app and makes sure that `redirect_uri` is one of its own: before that, nothing may be
/// sent there.
///
/// Errors: `BadRequest`, for the owner to read.
pub fn client_of(app: &App, request: &Request) -> Result<ClientApp> {
    let found = app.store.read(|c| store::oauth::app_by_client_id(c, &request.client_id))?;
    let client = found
        .ok_or_else(|| Error::bad_request("This app is not known here. Please start again from the app"))?;
    // Letter by letter: anything cleverer has been a hole elsewhere (RFC 9700, section 2.1).
    if !client.redirect_uris.contains(&request.redirect_uri) {
        return Err(Error::bad_request("The app wants to be called at an address that it did not register"));
    }
    Ok(client)
}

/// Reads the rest of the request of a client that [`client_of`] found.
pub fn check(client: ClientApp, request: &Request) -> Result<Asked, Refused> {
    if request.response_type != "code" {
        return Err(Refused::new("unsupported_response_type", "Only response_type=code is supported"));
    }
    let scopes = granted_scopes(&client, &request.scope)?;
    let challenge = request.code_challenge.clone().filter(|c| !c.is_empty());
    if let Some(challenge) = &challenge {
        if request.code_challenge_method.as_deref() != Some("S256") {
            return Err(Refused::new("invalid_request", "Only code_challenge_method=S256 is supported"));
        }
        if challenge.len() != 43
            || !challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        {
            return Err(Refused::new("invalid_request", "The code_challenge is not a SHA-256 in base64url"));
        }
    }
    Ok(Asked { redirect_uri: request.redirect_uri.clone(), app: client, scopes, challenge })
}

/// What is asked for, within what the app registered. Nothing asked for means `read` (pitfall 69).
fn granted_scopes(client: &ClientApp, asked: &str) -> Result<Scopes, Refused> {
    let unknown = |word| Refused::new("invalid_scope", format!("{word} is no scope"));
    let scopes = scopes_or_read(asked).map_err(unknown)?;
    if client.scopes.contain(&scopes) {
        return Ok(scopes);
    }
    if asked.trim().is_empty() {
        return Ok(client.scopes.clone()); // registered without `read`
    }
    Err(Refused::new("invalid_scope", "The app asks for more than it registered"))
}

/// The owner said yes: a code, good for ten minutes and one exchange.
pub fn grant(app: &App, asked: &Asked) -> Result<String> {
    let code = secret::fresh()?;
    app.store.write_durably(|tx| {
        let kept = Code {
            app: asked.app.id,
            redirect_uri: asked.redirect_uri.clone(),
            scopes: asked.scopes.clone(),
            challenge: asked.challenge.clone(),
            expires_at: tx.now.plus(CODE),
        };
        store::oauth::insert_code(tx, &code, &kept)
    })?;
    Ok(code)
}

/// What identifies a client.
#[derive(Debug, Clone, Default)]
pub struct Credentials {
    pub client_id: String,
    pub client_secret: String,
}

/// A token as it is told to the app.
#[derive(Debug, Clone)]
pub struct Issued {
    pub token: String,
    pub scopes: Scopes,
    pub created_at: Timestamp,
}

/// Exchanges a code for a token that acts for the owner. The code is used up whatever comes out.
pub fn exchange(
    app: &App,
    by: &Credentials,
    code: &str,
    redirect_uri: &str,
    verifier: Option<&str>,
) -> Outcome<Issued> {
    let token = secret::fresh()?;
    app.store.write_durably(|tx| {
        let client = match authenticate(tx, by)? {
            Ok(client) => client,
            Err(refused) => return Ok(Err(refused)),
        };
        let Some(code) = store::oauth::take_code(tx, code, client.id)? else {
            return Ok(Err(bad_grant("The code is unknown, was used before, or is older than ten minutes")));
        };
        if code.redirect_uri != redirect_uri {
            return Ok(Err(bad_grant("The redirect_uri is not the one that the code was sent to")));
        }
        if !proves(code.challenge.as_deref(), verifier) {
            return Ok(Err(bad_grant("The code_verifier does not fit the code_challenge")));
        }
        store::oauth::insert_token(tx, &token, client.id, true, &code.scopes)?;
        Ok(Ok(Issued { token, scopes: code.scopes, created_at: tx.now }))
    })
}

fn bad_grant(description: &str) -> Refused {
    Refused::new("invalid_grant", description)
}

/// PKCE. A verifier without a challenge is refused, too: somebody took the challenge out on the way
/// (RFC 9700, section 4.8.2).
pub fn proves(challenge: Option<&str>, verifier: Option<&str>) -> bool {
    match (challenge, verifier.filter(|v| !v.is_empty())) {
        (None, None) => true,
        (Some(challenge), Some(verifier)) => {
            let digest = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
            digest.as_bytes().ct_eq(challenge.as_bytes()).into()
        }
        _ => false,
    }
}

/// A token of the app alone (client_credentials).
pub fn issue_to_client(app: &App, by: &Credentials, scope: &str) -> Outcome<Issued> {
    let token = secret::fresh()?;
    app.store.write(|tx| {
        let client = match authenticate(tx, by)? {
            Ok(client) => client,
            Err(refused) => return Ok(Err(refused)),
        };
        let scopes = match granted_scopes(&client, scope) {
            Ok(scopes) => scopes,
            Err(refused) => return Ok(Err(refused)),
        };
        store::oauth::insert_token(tx, &token, client.id, false, &scopes)?;
        Ok(Ok(Issued { token, scopes, created_at: tx.now }))
    })
}

/// Takes a token back. An unknown one is no error (RFC 7009, section 2.2); one of another client is
/// `unauthorized_client` (pitfall 73).
pub fn revoke(app: &App, by: &Credentials, token: &str) -> Outcome<()> {
    app.store.write_durably(|tx| {
        let not_yours = || Refused::new("unauthorized_client", "This token is not one of that client");
        let Ok(client) = authenticate(tx, by)? else { return Ok(Err(not_yours())) };
        match store::oauth::app_of_token(tx, token)? {
            Some(owner) if owner != client.id => Ok(Err(not_yours())),
            Some(_) => {
                if let Some(id) = store::oauth::delete_token(tx, token)? {
                    tx.after_commit(Event::TokenRevoked(id));
                }
                Ok(Ok(()))
            }
            None => Ok(Ok(())),
        }
    })
}

/// The owner takes everything back that an app was given; what it registered stays, and it may ask again.
/// Its push subscriptions go with its tokens, and its streams end.
///
/// Errors: `NotFound` for an app without a token.
pub fn revoke_app(app: &App, id: AppId) -> Result<()> {
    app.store.write_durably(|tx| {
        let gone = store::oauth::delete_tokens_of(tx, id)?;
        if gone.is_empty() {
            return Err(Error::not_found());
        }
        gone.into_iter().for_each(|token| tx.after_commit(Event::TokenRevoked(token)));
        Ok(())
    })
}

fn authenticate(c: &rusqlite::Connection, by: &Credentials) -> Outcome<ClientApp> {
    let found = store::oauth::app_by_client_id(c, &by.client_id)?;
    let digest = secret::digest(&by.client_secret);
    Ok(found.filter(|client| digest.as_bytes().ct_eq(client.client_secret.as_bytes()).into()).ok_or_else(
        || Refused::new("invalid_client", "The client_id is unknown or the client_secret is wrong"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(scopes: &str) -> ClientApp {
        ClientApp {
            id: AppId(1),
            client_id: "c".to_owned(),
            client_secret: String::new(),
            name: "App".to_owned(),
            website: None,
            redirect_uris: vec!["app://back".to_owned()],
            scopes: Scopes::parse(scopes).unwrap(),
            created_at: Timestamp(0),
        }
    }

    fn request(scope: &str, method: Option<&str>) -> Request {
        Request {
            response_type: "code".to_owned(),
            redirect_uri: "app://back".to_owned(),
            scope: scope.to_owned(),
            code_challenge: method.map(|_| "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned()),
            code_challenge_method: method.map(str::to_owned),
            ..Request::default()
        }
    }

    #[test]
    fn pitfall_68_custom_schemes_are_allowed_and_scripts_are_not() {
        let check = |uri: &str| check_redirect_uris(&[uri.to_owned()]);
        for good in
            [OUT_OF_BAND, "icecubesapp://", "tusky://oauth", "com.app:/back", "http://127.0.0.1:1/x?y=1"]
        {
            check(good).unwrap();
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:x",
            "data:text/html,x",
            "vbscript:x",
            "/back",
            "https://a.org/#x",
            "https://a.org/ä",
            "https://a.org/ x",
            "",
        ] {
            assert!(check(bad).is_err(), "{bad}");
        }
        assert!(check_redirect_uris(&[]).is_err());
    }

    #[test]
    fn pitfall_69_scopes_stay_within_the_registered_ones() {
        let scopes = |registered, asked| {
            check(client(registered), &request(asked, None)).map(|a| a.scopes.to_string()).map_err(|r| r.code)
        };
        assert_eq!(scopes("read write", "read:statuses"), Ok("read:statuses".to_owned()));
        assert_eq!(scopes("read write", ""), Ok("read".to_owned()));
        assert_eq!(scopes("profile", ""), Ok("profile".to_owned()));
        assert_eq!(scopes("read", "read write"), Err("invalid_scope"));
        assert_eq!(scopes("read", "fly"), Err("invalid_scope"));
    }

    #[test]
    fn pitfall_70_pkce_is_s256_and_the_verifier_must_fit() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
        let asked = check(client("read"), &request("read", Some("S256"))).unwrap();
        assert!(proves(asked.challenge.as_deref(), Some(verifier)));
        assert!(!proves(asked.challenge.as_deref(), Some("x")));
        assert!(!proves(asked.challenge.as_deref(), None));
        assert!(!proves(None, Some(verifier)));
        assert!(proves(None, None) && proves(None, Some("")));
        assert_eq!(
            check(client("read"), &request("read", Some("plain"))).unwrap_err().code,
            "invalid_request"
        );
    }
}
