//! Who is asking: a stranger, an app, the owner through an app, the owner in a browser.

use super::ids::{AccountId, AppId, SessionId, TokenId};

/// Whose eyes a status is read with. Every visibility rule takes one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    Owner,
    /// A remote account that proved itself by a signature.
    Account(AccountId),
    Stranger,
}

/// What came with the request, checked by the server before the handler runs.
#[derive(Debug, Clone, Default)]
pub enum Access {
    #[default]
    Anonymous,
    /// A client_credentials token: an app, and nobody signed in.
    App { app: AppId, scopes: Scopes },
    /// A user token: the owner, through an app.
    Token { app: AppId, token: TokenId, scopes: Scopes },
    /// The owner's browser.
    Session { session: SessionId, csrf: String },
}

impl Access {
    pub fn is_owner(&self) -> bool {
        matches!(self, Access::Token { .. } | Access::Session { .. })
    }

    pub fn viewer(&self) -> Viewer {
        if self.is_owner() { Viewer::Owner } else { Viewer::Stranger }
    }
}

/// OAuth scopes as Mastodon names them: `read` contains `read:*`, `follow` the old bundle.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scopes(Vec<String>);

const AREAS: &[&str] = &[
    "accounts",
    "blocks",
    "bookmarks",
    "collections",
    "conversations",
    "favourites",
    "filters",
    "follows",
    "lists",
    "media",
    "mutes",
    "notifications",
    "reports",
    "search",
    "statuses",
];

impl Scopes {
    /// Splits at spaces (and plus signs, which some apps send twice encoded).
    ///
    /// Errors: the first word that is no scope. `admin:*` is accepted and grants nothing
    /// (pitfall 69).
    pub fn parse(text: &str) -> Result<Scopes, String> {
        let mut all: Vec<String> = Vec::new();
        for word in text.split([' ', '+', ',']).filter(|w| !w.is_empty()) {
            if !is_known(word) {
                return Err(word.to_owned());
            }
            if !all.iter().any(|s| s == word) {
                all.push(word.to_owned());
            }
        }
        Ok(Scopes(all))
    }

    /// What a page of ours may hear.
    pub fn reading() -> Scopes {
        Scopes(vec!["read".to_owned()])
    }

    /// Whether a holder may do what needs `needed`. Where several scopes will do, they stand with
    /// a bar between: `read:accounts|profile`.
    pub fn allow(&self, needed: &str) -> bool {
        needed.split('|').any(|n| self.0.iter().any(|held| covers(held, n)))
    }

    /// Every scope asked for is one of these or inside one of these.
    pub fn contain(&self, asked: &Scopes) -> bool {
        asked.0.iter().all(|s| self.0.iter().any(|held| covers(held, s)))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn words(&self) -> &[String] {
        &self.0
    }
}

impl std::fmt::Display for Scopes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join(" "))
    }
}

fn is_known(word: &str) -> bool {
    // The second row is Micropub's: <https://micropub.spec.indieweb.org/#scope>
    if matches!(word, "read" | "write" | "follow" | "push" | "profile" | "openid")
        || matches!(word, "create" | "update" | "delete" | "media")
    {
        return true;
    }
    match word.split_once(':') {
        Some(("read" | "write", area)) => AREAS.contains(&area),
        Some(("admin", _)) => true,
        _ => false,
    }
}

fn covers(held: &str, needed: &str) -> bool {
    if held == needed {
        return true;
    }
    let Some((verb, area)) = needed.split_once(':') else {
        return false;
    };
    if verb == "admin" {
        return false;
    }
    held == verb || (held == "follow" && matches!(area, "follows" | "blocks" | "mutes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(text: &str) -> Scopes {
        Scopes::parse(text).unwrap()
    }

    #[test]
    fn a_bundle_contains_its_parts_and_not_the_other_way() {
        assert!(scopes("read").allow("read:statuses"));
        assert!(!scopes("read:statuses").allow("read"));
        assert!(!scopes("read").allow("write:statuses"));
        assert!(scopes("follow").allow("write:blocks"));
        assert!(!scopes("follow").allow("write:statuses"));
        assert!(scopes("profile").allow("read:accounts|profile"));
    }

    #[test]
    fn only_registered_scopes_can_be_granted() {
        assert!(scopes("read write").contain(&scopes("read:accounts write")));
        assert!(!scopes("read").contain(&scopes("read push")));
        assert_eq!(Scopes::parse("read fly"), Err("fly".to_owned()));
    }

    #[test]
    fn admin_scopes_are_accepted_and_grant_nothing() {
        assert!(!scopes("admin:read").allow("read:accounts"));
        assert!(!scopes("admin:read").allow("admin:read:accounts"));
    }
}
