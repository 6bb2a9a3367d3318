//! Apps: <https://docs.joinmastodon.org/methods/apps/>

use crate::app::App;
use crate::error::{Error, Result};
use crate::http::route::{get, post};
use crate::http::{Auth, Req, Res, Route, lenient};
use crate::model::Access;
use crate::ops::oauth::{self, NewApp};
use crate::store::oauth::ClientApp;
use serde::{Deserialize, Serialize};

pub const ROUTES: &[Route<App>] = &[
    post("/api/v1/apps", register, Auth::Public),
    get("/api/v1/apps/verify_credentials", verify, Auth::App),
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    #[serde(deserialize_with = "lenient::text")]
    client_name: Option<String>,
    /// A list, or one text with an address a line (pitfall 19).
    #[serde(deserialize_with = "lenient::texts")]
    redirect_uris: Option<Vec<String>>,
    #[serde(deserialize_with = "lenient::text")]
    scopes: Option<String>,
    #[serde(deserialize_with = "lenient::text")]
    website: Option<String>,
}

/// <https://docs.joinmastodon.org/entities/Application/>
#[derive(Debug, Serialize)]
struct Application<'a> {
    id: String,
    name: &'a str,
    website: Option<&'a str>,
    scopes: &'a [String],
    redirect_uris: &'a [String],
    /// The same, for apps from before 4.3.
    redirect_uri: String,
    vapid_key: String,
}

/// <https://docs.joinmastodon.org/entities/Application/#CredentialApplication>
#[derive(Debug, Serialize)]
struct CredentialApplication<'a> {
    #[serde(flatten)]
    application: Application<'a>,
    client_id: &'a str,
    client_secret: &'a str,
    /// Never.
    client_secret_expires_at: i64,
}

fn register(app: &App, req: &Req) -> Result<Res> {
    let form: Form = req.form()?;
    let uris = form.redirect_uris.unwrap_or_default();
    let new = NewApp {
        name: form.client_name.unwrap_or_default(),
        website: form.website,
        redirect_uris: uris.iter().flat_map(|text| text.split_whitespace()).map(str::to_owned).collect(),
        scopes: form.scopes.unwrap_or_default(),
    };
    let (client, client_secret) = oauth::register(app, &new)?;
    Res::json(&CredentialApplication {
        application: application(app, &client),
        client_id: &client.client_id,
        client_secret: &client_secret,
        client_secret_expires_at: 0,
    })
}

/// The app that a token was given to; never its secret (pitfall 72).
fn verify(app: &App, req: &Req) -> Result<Res> {
    let (Access::App { app: id, .. } | Access::Token { app: id, .. }) = req.access else {
        return Err(Error::unauthorized());
    };
    let client = app.store.read(|c| crate::store::oauth::app(c, id))?;
    Res::json(&application(app, &client))
}

fn application<'a>(app: &App, client: &'a ClientApp) -> Application<'a> {
    Application {
        id: client.id.to_string(),
        name: &client.name,
        website: client.website.as_deref(),
        scopes: client.scopes.words(),
        redirect_uris: &client.redirect_uris,
        redirect_uri: client.redirect_uris.join("\n"),
        vapid_key: app.keys.vapid.public(),
    }
}
