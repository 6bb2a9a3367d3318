//! Who signed a request: <https://swicg.github.io/activitypub-http-signature/>.
//!
//! Verified before the answer: a sender that tries RFC 9421 first (Fedify) falls back only when it hears
//! 401, and one whose key we could not fetch tries again only when it hears 503.

use crate::app::App;
use crate::error::Result;
use crate::http::Req;
use crate::model::{Account, Viewer};
use crate::ops::resolve;
use crate::sig::{self, Incoming, PublicKey, Signature};
use crate::store::accounts::{self, ActorKey};

/// The account whose key signed the request; fetched with its key if it is not known.
///
/// Errors: `Unauthorized` with the reason; `Unavailable` when the key's server cannot be reached.
pub fn signer(app: &App, req: &Req) -> Result<Account> {
    let signature = read(app, req)?;
    let mut key = resolve::key(app, &signature.key_id)?;
    if let Err(refused) = verify(&signature, &key) {
        // Keys change; a fresh one is fetched once in a while.
        key = resolve::changed_key(app, &signature.key_id)?.ok_or(refused)?;
        verify(&signature, &key)?;
    }
    app.store.read(|c| accounts::get(c, key.account_id))
}

/// The signature of a request, with all checked that needs no key.
///
/// Errors: `Unauthorized` with the reason.
pub fn read(app: &App, req: &Req) -> Result<Signature> {
    let headers = headers(req);
    let incoming = Incoming {
        method: req.method.as_str(),
        path_and_query: &req.target,
        headers: &headers,
        body: &req.body,
        origin: &app.instance.origin,
        hosts: &[&app.instance.host, &app.instance.domain],
    };
    sig::read(&incoming, app.now())
}

/// Whose eyes a GET is answered for: nobody's without a signature.
///
/// Errors: as [`signer`], for a signature that is there and wrong.
pub fn viewer(app: &App, req: &Req) -> Result<Viewer> {
    if !sig::is_signed(&headers(req)) {
        return Ok(Viewer::Stranger);
    }
    let account = signer(app, req)?;
    // The instance actor of another server signs its fetches, and follows nobody.
    Ok(Viewer::Account(account.id))
}

fn headers(req: &Req) -> Vec<(&str, &str)> {
    req.headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn verify(signature: &Signature, key: &ActorKey) -> Result<()> {
    signature.verify(&PublicKey::read(&key.public)?)
}
