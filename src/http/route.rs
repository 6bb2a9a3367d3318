//! Routes are data: one row an endpoint, so that a test can walk every row and see that it refuses a
//! stranger.

use super::{Req, Res};
use crate::error::{Error, Kind, Result};
use std::collections::HashMap;

/// A blocking function from request to answer; it runs on the bounded pool.
pub type Handler<A> = fn(&A, &Req) -> Result<Res>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }

    /// HEAD is a GET whose body is left out by the server.
    pub fn parse(text: &str) -> Option<Method> {
        match text {
            "GET" | "HEAD" => Some(Method::Get),
            "POST" => Some(Method::Post),
            "PUT" => Some(Method::Put),
            "PATCH" => Some(Method::Patch),
            "DELETE" => Some(Method::Delete),
            _ => None,
        }
    }
}

/// Who may call. The server checks it before the handler runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    /// Anybody; a valid token or session is noted, a bad one refused.
    Public,
    /// Any valid token, of the app alone or of the owner.
    App,
    /// A token of the owner with this scope (several that will do stand with a bar between).
    Scope(&'static str),
    /// The owner's browser; forms carry the CSRF token.
    Session,
    /// Another server, which the handler checks by its signature.
    Signed,
}

/// Which representation the row serves, where one path has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    Any,
    /// Only when ActivityPub JSON is asked for.
    Activity,
}

pub struct Route<A: 'static> {
    pub method: Method,
    pub path: &'static str,
    pub handler: Handler<A>,
    pub auth: Auth,
    pub accept: Accept,
    /// Since when apps should use something newer, in seconds since 1970: the `Deprecation` header.
    pub deprecated: Option<i64>,
}

impl<A> Route<A> {
    pub const fn new(method: Method, path: &'static str, handler: Handler<A>, auth: Auth) -> Route<A> {
        Route { method, path, handler, auth, accept: Accept::Any, deprecated: None }
    }

    /// The same row, only for those who ask for ActivityPub JSON.
    pub const fn activity(mut self) -> Route<A> {
        self.accept = Accept::Activity;
        self
    }

    /// The same row, told to be deprecated since then: RFC 9745.
    pub const fn deprecated(mut self, since: i64) -> Route<A> {
        self.deprecated = Some(since);
        self
    }
}

pub const fn get<A>(path: &'static str, handler: Handler<A>, auth: Auth) -> Route<A> {
    Route::new(Method::Get, path, handler, auth)
}

pub const fn post<A>(path: &'static str, handler: Handler<A>, auth: Auth) -> Route<A> {
    Route::new(Method::Post, path, handler, auth)
}

pub const fn put<A>(path: &'static str, handler: Handler<A>, auth: Auth) -> Route<A> {
    Route::new(Method::Put, path, handler, auth)
}

pub const fn patch<A>(path: &'static str, handler: Handler<A>, auth: Auth) -> Route<A> {
    Route::new(Method::Patch, path, handler, auth)
}

pub const fn delete<A>(path: &'static str, handler: Handler<A>, auth: Auth) -> Route<A> {
    Route::new(Method::Delete, path, handler, auth)
}

/// A path may be served by several rows: by method, and by what is accepted.
pub struct Router<A: 'static> {
    paths: matchit::Router<usize>,
    rows: Vec<Vec<&'static Route<A>>>,
}

/// What a path and method lead to.
pub struct Found<A: 'static> {
    pub route: &'static Route<A>,
    pub params: Vec<(&'static str, String)>,
}

impl<A> Router<A> {
    /// Errors: two paths that cannot be told apart, which is a mistake in a table.
    pub fn new(tables: &[&'static [Route<A>]]) -> Result<Router<A>> {
        let mut paths = matchit::Router::new();
        let mut rows: Vec<Vec<&'static Route<A>>> = Vec::new();
        let mut known: HashMap<&'static str, usize> = HashMap::new();
        for route in tables.iter().copied().flatten() {
            let at = match known.get(route.path) {
                Some(at) => *at,
                None => {
                    rows.push(Vec::new());
                    paths
                        .insert(route.path, rows.len() - 1)
                        .map_err(|e| Error::internal(format!("{}: {e}", route.path)))?;
                    known.insert(route.path, rows.len() - 1);
                    rows.len() - 1
                }
            };
            rows[at].push(route);
        }
        Ok(Router { paths, rows })
    }

    /// `path` is still percent-encoded, so that an encoded slash stays inside its parameter; a slash at
    /// its end does not count (pitfall 9).
    ///
    /// Errors: `NotFound`; `MethodNotAllowed`, whose public text lists the methods for `Allow`.
    pub fn find(&self, method: Method, path: &str, wants_activity: bool) -> Result<Found<A>> {
        let trimmed = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        let no_such_page = || Error::new(Kind::NotFound, "There is no such page");
        let matched =
            self.paths.at(if trimmed.is_empty() { "/" } else { trimmed }).map_err(|_| no_such_page())?;
        let rows = &self.rows[*matched.value];
        let fits = |r: &&&'static Route<A>| r.method == method && (r.accept == Accept::Any || wants_activity);
        // The special representation first, then the general one.
        let by_accept = |accept: Accept| rows.iter().filter(fits).find(|r| r.accept == accept);
        let Some(route) = by_accept(Accept::Activity).or_else(|| by_accept(Accept::Any)) else {
            if rows.iter().any(|r| r.method == method) {
                return Err(Error::new(Kind::NotAcceptable, "This page exists only as ActivityPub JSON"));
            }
            let mut allowed: Vec<&str> = rows.iter().map(|r| r.method.as_str()).collect();
            allowed.sort_unstable();
            allowed.dedup();
            return Err(Error::new(Kind::MethodNotAllowed, allowed.join(", ")));
        };
        let params = matched
            .params
            .iter()
            .filter_map(|(name, value)| Some((parameter(route.path, name)?, decode(value)?)))
            .collect();
        Ok(Found { route, params })
    }

    /// Every row, for tests that walk them.
    pub fn rows(&self) -> impl Iterator<Item = &'static Route<A>> {
        self.rows.iter().flatten().copied()
    }
}

/// The name as it stands in the table, which lives as long as the program.
fn parameter(path: &'static str, name: &str) -> Option<&'static str> {
    let open = path
        .find(&format!("{{{name}}}"))
        .map(|at| at + 1)
        .or_else(|| path.find(&format!("{{*{name}}}")).map(|at| at + 2))?;
    path.get(open..open + name.len())
}

fn decode(value: &str) -> Option<String> {
    Some(percent_encoding::percent_decode_str(value).decode_utf8().ok()?.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: &(), _: &Req) -> Result<Res> {
        Ok(Res::empty())
    }

    const TABLE: &[Route<()>] = &[
        get("/", nothing, Auth::Public),
        get("/@{name}", nothing, Auth::Public),
        get("/@{name}", nothing, Auth::Public).activity(),
        get("/@{name}/{id}", nothing, Auth::Public),
        post("/api/v1/x/{id}", nothing, Auth::Scope("write")),
        get("/api/v1/x/special", nothing, Auth::Public),
    ];

    #[test]
    fn a_row_is_found_by_method_path_and_representation() {
        let router = Router::new(&[TABLE]).unwrap();
        let found = router.find(Method::Get, "/@al%2Fice/", false).unwrap();
        assert_eq!(found.params, vec![("name", "al/ice".to_owned())]);
        assert_eq!(found.route.accept, Accept::Any);
        assert_eq!(router.find(Method::Get, "/@alice", true).unwrap().route.accept, Accept::Activity);
        assert_eq!(router.find(Method::Get, "/@alice/5", false).unwrap().params[1].1, "5");
        assert_eq!(router.find(Method::Get, "/", false).unwrap().route.path, "/");
    }

    #[test]
    fn a_wrong_method_names_the_right_ones_and_an_unknown_path_is_not_found() {
        let router = Router::new(&[TABLE]).unwrap();
        let wrong = router.find(Method::Delete, "/api/v1/x/1", false).err().unwrap();
        assert_eq!((wrong.kind, wrong.public.as_str()), (Kind::MethodNotAllowed, "POST"));
        assert_eq!(router.find(Method::Get, "/nowhere", false).err().unwrap().kind, Kind::NotFound);
    }
}
