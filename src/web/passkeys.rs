//! The owner's passkeys. Making one needs a script, since only a script may ask a browser for it.

use super::assets;
use super::parts::View;
use super::parts::text::when;
use super::security::{answer, password_field, prove, this};
use crate::app::App;
use crate::error::Result;
use crate::http::route::post;
use crate::http::{Auth, Req, Res, Route};
use crate::ops::auth;
use crate::ops::passkeys::{self, NAME, Offered};
use crate::sig::webauthn;
use crate::store::passkeys::{MOST, Passkey, list};
use crate::words::{rich, say};
use maud::{Markup, html};

pub const ROUTES: &[Route<App>] = &[
    post("/settings/security/passkeys", add, Auth::Session),
    post("/settings/security/passkeys/{id}/rename", rename, Auth::Session),
    post("/settings/security/passkeys/{id}/remove", remove, Auth::Session),
];

fn add(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let text = |name: &str| params[name].as_str().unwrap_or_default();
    let of = Offered { client_data: text("client_data"), data: text("data"), public_key: text("public_key") };
    let session = this(req)?;
    answer(app, req, prove(app, req).and_then(|()| passkeys::add(app, session, &of, text("name"))))
}

fn rename(app: &App, req: &Req) -> Result<Res> {
    let params = req.params()?;
    let (id, name) = (req.id("id")?, params["name"].as_str().unwrap_or_default());
    answer(app, req, prove(app, req).and_then(|()| passkeys::rename(app, id, name)))
}

fn remove(app: &App, req: &Req) -> Result<Res> {
    let id = req.id("id")?;
    answer(app, req, prove(app, req).and_then(|()| passkeys::remove(app, id)))
}

/// What the page of security says of passkeys.
pub fn card(app: &App, req: &Req) -> Result<Markup> {
    let view = View::of(app, req);
    let session = this(req)?;
    let fresh = auth::is_fresh(app, session)?;
    let keys = app.store.read(list)?;
    let known: Vec<String> = keys.iter().map(|key| webauthn::encoded(&key.credential)).collect();
    let me = &app.instance;
    Ok(html! {
        section.card {
            h2 { (say("security-passkeys")) }
            p.hint { (say("security-passkeys-hint")) }
        }
        @if !keys.is_empty() { div.list { @for key in &keys { (row(&view, key, fresh)) } } }
        @if keys.len() < MOST {
            form.card.stack method="post" action="/settings/security/passkeys" hidden data-passkey="create"
                data-challenge=(passkeys::challenge(app, Some(session))?) data-domain=(passkeys::domain(me))
                data-user=(passkeys::user_handle(me)) data-name=(me.handle()) data-known=(known.join(" ")) {
                (view.hidden())
                @for name in ["client_data", "data", "public_key"] { input type="hidden" name=(name); }
                label.field {
                    span { (say("security-passkey-name")) }
                    input name="name" maxlength=(NAME) dir="auto" placeholder=(say("security-passkey-example"));
                }
                @if !fresh { (password_field()) }
                button.primary { (say("security-passkey-add")) }
                p.danger role="alert" hidden { (say("security-passkey-failed")) }
            }
            noscript { p.card.hint { (say("security-passkey-script")) } }
            script src=(assets::address("doors.js")) defer {}
        }
    })
}

fn row(view: &View, key: &Passkey, fresh: bool) -> Markup {
    let at = |verb: &str| format!("/settings/security/passkeys/{}/{verb}", key.id);
    html! {
        article.told {
            p { b dir="auto" { (key.name) } }
            p.hint {
                @let made = when(key.created_at, view.now);
                @match key.used_at {
                    Some(at) => (rich("security-passkey-used", &[("made", made.into()), ("used", when(at, view.now).into())])),
                    None => (rich("security-passkey-unused", &[("made", made.into())])),
                }
            }
            details {
                summary { (say("security-passkey-change")) }
                form.stack method="post" action=(at("rename")) {
                    (view.hidden())
                    label.field {
                        span { (say("security-passkey-name")) }
                        input name="name" value=(key.name) maxlength=(NAME) required dir="auto";
                    }
                    @if !fresh { (password_field()) }
                    div.row {
                        button { (say("security-passkey-rename")) }
                        button.danger formaction=(at("remove")) formnovalidate[fresh] { (say("security-passkey-remove")) }
                    }
                }
            }
        }
    }
}
