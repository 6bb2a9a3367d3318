//! Apps, the codes that they fetch tokens with, and the tokens. Every secret stands here as its digest only.

use super::row::{all, first};
use super::{Tx, secret};
use crate::error::{Error, Result};
use crate::model::*;
use rusqlite::{Connection, Row};

/// Apps that nobody signed in with are forgotten once so many newer ones have come: anybody may register.
const UNUSED_APPS: i64 = 500;
/// Tokens of an app alone that are kept; the oldest go.
const TOKENS_OF_AN_APP: i64 = 20;

/// A registered app.
#[derive(Debug, Clone)]
pub struct ClientApp {
    pub id: AppId,
    pub client_id: String,
    /// The digest.
    pub client_secret: String,
    pub name: String,
    pub website: Option<String>,
    /// Exactly as registered. Empty for what `taure token` made.
    pub redirect_uris: Vec<String>,
    pub scopes: Scopes,
    pub created_at: Timestamp,
}

/// A code on its way from the consent page to the token endpoint.
#[derive(Debug, Clone)]
pub struct Code {
    pub app: AppId,
    pub redirect_uri: String,
    pub scopes: Scopes,
    /// PKCE, S256: base64url of the verifier's SHA-256.
    pub challenge: Option<String>,
    pub expires_at: Timestamp,
}

/// An app that acts for the owner, its tokens taken together.
#[derive(Debug, Clone)]
pub struct Holder {
    pub app: AppId,
    pub name: String,
    pub website: Option<String>,
    pub scopes: Scopes,
    /// The oldest token's.
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

const APP: &str =
    "SELECT id, client_id, client_secret, name, website, redirect_uris, scopes, created_at FROM apps";

fn app_row(r: &Row<'_>) -> rusqlite::Result<ClientApp> {
    let redirect_uris: String = r.get(5)?;
    Ok(ClientApp {
        id: r.get(0)?,
        client_id: r.get(1)?,
        client_secret: r.get(2)?,
        name: r.get(3)?,
        website: r.get(4)?,
        redirect_uris: redirect_uris.lines().map(str::to_owned).collect(),
        scopes: scopes(r.get(6)?),
        created_at: r.get(7)?,
    })
}

/// Words that an older version knew and this one does not grant nothing.
fn scopes(text: String) -> Scopes {
    Scopes::parse(&text).unwrap_or_default()
}

/// Who holds `token`. `None` for a token that never was or was revoked.
pub fn access(c: &Connection, token: &str, now: Timestamp) -> Result<Option<Access>> {
    let sql = "SELECT id, app_id, user, scopes FROM tokens
                WHERE hash = ?1 AND (expires_at IS NULL OR expires_at > ?2)";
    first(c, sql, (secret::digest(token), now), |r| {
        let (token, app, scopes) = (r.get(0)?, r.get(1)?, scopes(r.get(3)?));
        Ok(if r.get(2)? { Access::Token { app, token, scopes } } else { Access::App { app, scopes } })
    })
}

/// Errors: `NotFound`.
pub fn app(c: &Connection, id: AppId) -> Result<ClientApp> {
    first(c, &format!("{APP} WHERE id = ?1"), [id], app_row)?.ok_or_else(Error::not_found)
}

pub fn app_by_client_id(c: &Connection, client_id: &str) -> Result<Option<ClientApp>> {
    first(c, &format!("{APP} WHERE client_id = ?1"), [client_id], app_row)
}

/// The app that `taure token` made under this name: it has no redirect URI, which no other app lacks.
pub fn local_app(c: &Connection, name: &str) -> Result<Option<ClientApp>> {
    first(c, &format!("{APP} WHERE name = ?1 AND redirect_uris = ''"), [name], app_row)
}

/// Registers an app, and forgets the oldest of too many that nobody used.
pub fn insert_app(tx: &Tx, app: &ClientApp) -> Result<()> {
    tx.run(
        "INSERT INTO apps (id, client_id, client_secret, name, website, redirect_uris, scopes, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            app.id,
            &app.client_id,
            &app.client_secret,
            &app.name,
            &app.website,
            app.redirect_uris.join("\n"),
            app.scopes.to_string(),
            app.created_at,
        ),
    )?;
    tx.run(
        "DELETE FROM apps WHERE id IN (
             SELECT id FROM apps
              WHERE NOT EXISTS (SELECT 1 FROM tokens WHERE app_id = apps.id AND user = 1)
              ORDER BY id DESC LIMIT -1 OFFSET ?1)",
        [UNUSED_APPS],
    )?;
    Ok(())
}

/// Keeps a code by its digest, and drops those that ran out.
pub fn insert_code(tx: &Tx, code: &str, of: &Code) -> Result<()> {
    tx.run("DELETE FROM codes WHERE expires_at <= ?1", [tx.now])?;
    tx.run(
        "INSERT INTO codes (hash, app_id, redirect_uri, scopes, challenge, expires_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (secret::digest(code), of.app, &of.redirect_uri, of.scopes.to_string(), &of.challenge, of.expires_at),
    )?;
    Ok(())
}

/// Takes a code away: it works once. `None`: unknown, used before, too old, or of another app.
pub fn take_code(tx: &Tx, code: &str, app: AppId) -> Result<Option<Code>> {
    let sql = "DELETE FROM codes WHERE hash = ?1 AND app_id = ?2 AND expires_at > ?3
               RETURNING app_id, redirect_uri, scopes, challenge, expires_at";
    first(tx, sql, (secret::digest(code), app, tx.now), |r| {
        Ok(Code {
            app: r.get(0)?,
            redirect_uri: r.get(1)?,
            scopes: scopes(r.get(2)?),
            challenge: r.get(3)?,
            expires_at: r.get(4)?,
        })
    })
}

/// Keeps a token by its digest. `user`: it acts for the owner, and not for the app alone.
pub fn insert_token(tx: &Tx, token: &str, app: AppId, user: bool, scopes: &Scopes) -> Result<TokenId> {
    let id = TokenId::at(tx.now);
    tx.run(
        "INSERT INTO tokens (id, hash, app_id, user, scopes, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        (id, secret::digest(token), app, user, scopes.to_string(), tx.now),
    )?;
    if !user {
        tx.run(
            "DELETE FROM tokens WHERE id IN (
                 SELECT id FROM tokens WHERE app_id = ?1 AND user = 0 ORDER BY id DESC LIMIT -1 OFFSET ?2)",
            (app, TOKENS_OF_AN_APP),
        )?;
    }
    Ok(id)
}

/// The token by which a browser is called, which opens nothing: it goes with its session.
pub fn token_of_session(c: &Connection, session: SessionId) -> Result<Option<TokenId>> {
    first(c, "SELECT id FROM tokens WHERE session_id = ?1", [session], |r| r.get(0))
}

pub fn bind_to_session(tx: &Tx, token: TokenId, session: SessionId) -> Result<()> {
    tx.run("UPDATE tokens SET session_id = ?2 WHERE id = ?1", (token, session))?;
    Ok(())
}

/// Whether the token is still there.
pub fn exists(c: &Connection, token: TokenId) -> Result<bool> {
    Ok(c.prepare_cached("SELECT 1 FROM tokens WHERE id = ?1")?.exists([token])?)
}

/// The app that a token was given to.
pub fn app_of_token(c: &Connection, token: &str) -> Result<Option<AppId>> {
    first(c, "SELECT app_id FROM tokens WHERE hash = ?1", [secret::digest(token)], |r| r.get(0))
}

/// It ends by itself at `at`.
pub fn set_expiry(tx: &Tx, token: TokenId, at: Timestamp) -> Result<()> {
    tx.run("UPDATE tokens SET expires_at = ?2 WHERE id = ?1", (token, at))?;
    Ok(())
}

/// Takes back the tokens whose time is over.
pub fn delete_expired(tx: &Tx) -> Result<Vec<TokenId>> {
    all(tx, "DELETE FROM tokens WHERE expires_at <= ?1 RETURNING id", [tx.now], |r| r.get(0))
}

/// Takes a token back; `None` when there is none.
pub fn delete_token(tx: &Tx, token: &str) -> Result<Option<TokenId>> {
    first(tx, "DELETE FROM tokens WHERE hash = ?1 RETURNING id", [secret::digest(token)], |r| r.get(0))
}

/// Takes all tokens of an app back, with its codes that wait to become one.
pub fn delete_tokens_of(tx: &Tx, app: AppId) -> Result<Vec<TokenId>> {
    tx.run("DELETE FROM codes WHERE app_id = ?1", [app])?;
    all(tx, "DELETE FROM tokens WHERE app_id = ?1 RETURNING id", [app], |r| r.get(0))
}

/// The apps that act for the owner, the last used first. Browsers are none; one that was only registered, as anybody may, is none.
pub fn holders(c: &Connection) -> Result<Vec<Holder>> {
    let sql = "SELECT a.id, a.name, a.website, group_concat(t.scopes, ' '), min(t.created_at), max(t.used_at)
                 FROM tokens t JOIN apps a ON a.id = t.app_id
                WHERE t.user = 1 AND t.session_id IS NULL GROUP BY a.id ORDER BY max(t.used_at) DESC, a.id DESC";
    all(c, sql, [], |r| {
        Ok(Holder {
            app: r.get(0)?,
            name: r.get(1)?,
            website: r.get(2)?,
            scopes: scopes(r.get(3)?),
            created_at: r.get(4)?,
            used_at: r.get(5)?,
        })
    })
}

/// When the token was last noted as used.
pub fn used_at(c: &Connection, token: TokenId) -> Result<Option<Timestamp>> {
    Ok(first(c, "SELECT used_at FROM tokens WHERE id = ?1", [token], |r| r.get(0))?.flatten())
}

pub fn touch(tx: &Tx, token: TokenId) -> Result<()> {
    tx.run("UPDATE tokens SET used_at = ?2 WHERE id = ?1", (token, tx.now))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::empty;
    use super::*;

    fn app(name: &str, now: Timestamp) -> ClientApp {
        ClientApp {
            id: AppId::at(now),
            client_id: secret::fresh().unwrap(),
            client_secret: secret::digest("s"),
            name: name.to_owned(),
            website: None,
            redirect_uris: vec!["app://back".to_owned(), "urn:ietf:wg:oauth:2.0:oob".to_owned()],
            scopes: Scopes::parse("read write").unwrap(),
            created_at: now,
        }
    }

    #[test]
    fn a_token_is_found_by_its_digest_until_it_is_revoked() {
        let store = empty();
        let stored = store
            .write(|tx| {
                let app = app("Tusky", tx.now);
                insert_app(tx, &app)?;
                insert_token(tx, "t", app.id, true, &app.scopes)?;
                super::app(tx, app.id)
            })
            .unwrap();
        assert_eq!(stored.redirect_uris.len(), 2);
        assert!(store.read(|c| access(c, "t", Timestamp(0))).unwrap().unwrap().is_owner());
        assert!(store.read(|c| access(c, &secret::digest("t"), Timestamp(0))).unwrap().is_none());
        assert!(store.write(|tx| delete_token(tx, "t")).unwrap().is_some());
        assert!(store.read(|c| access(c, "t", Timestamp(0))).unwrap().is_none());
    }

    #[test]
    fn a_code_works_once_and_for_its_app_only() {
        let store = empty();
        store
            .write(|tx| {
                let (mine, other) = (app("a", tx.now), app("b", tx.now));
                insert_app(tx, &mine)?;
                insert_app(tx, &other)?;
                let code = Code {
                    app: mine.id,
                    redirect_uri: "app://back".to_owned(),
                    scopes: mine.scopes.clone(),
                    challenge: None,
                    expires_at: tx.now.plus(1),
                };
                insert_code(tx, "c", &code)?;
                assert!(take_code(tx, "c", other.id)?.is_none());
                assert!(take_code(tx, "c", mine.id)?.is_some());
                assert!(take_code(tx, "c", mine.id)?.is_none());
                insert_code(tx, "late", &Code { expires_at: tx.now, ..code })?;
                assert!(take_code(tx, "late", mine.id)?.is_none());
                Ok(())
            })
            .unwrap();
    }

    #[test]
    fn strangers_cannot_fill_the_file_with_apps_or_app_tokens() {
        let store = empty();
        store
            .write(|tx| {
                let used = app("used", tx.now);
                insert_app(tx, &used)?;
                insert_token(tx, "t", used.id, true, &used.scopes)?;
                for n in 0..UNUSED_APPS + 10 {
                    insert_app(tx, &app(&n.to_string(), tx.now))?;
                }
                for n in 0..TOKENS_OF_AN_APP + 10 {
                    insert_token(tx, &n.to_string(), used.id, false, &used.scopes)?;
                }
                let count = |sql| tx.query_row(sql, [], |r| r.get::<_, i64>(0));
                assert_eq!(count("SELECT count(*) FROM apps")?, UNUSED_APPS + 1);
                assert_eq!(count("SELECT count(*) FROM tokens")?, TOKENS_OF_AN_APP + 1);
                Ok(())
            })
            .unwrap();
    }
}
