//! A request, read whole: the server has capped and received it before a handler sees it.

use super::form;
use super::rate::Allowance;
use super::route::Method;
use crate::error::{Error, Result};
use crate::model::{Access, Page, Viewer};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::Read as _;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

/// A file part of a multipart body, spooled to disk. The file goes when this does.
#[derive(Debug)]
pub struct Upload {
    /// Name of the form field, `file` or `avatar`, say.
    pub field: String,
    /// What it is called where it comes from: nothing to be believed, and no path.
    pub name: String,
    pub path: PathBuf,
    pub bytes: u64,
}

impl Upload {
    pub fn read(&self) -> Result<Vec<u8>> {
        Ok(std::fs::read(&self.path)?)
    }

    /// Errors: `Invalid`, in Mastodon's words, for a larger file.
    pub fn read_up_to(&self, most: u64) -> Result<Vec<u8>> {
        if self.bytes > most {
            return Err(too_large(most));
        }
        self.read()
    }

    /// What tells a file's type.
    pub fn head(&self) -> Result<Vec<u8>> {
        let mut head = Vec::with_capacity(HEAD as usize);
        std::fs::File::open(&self.path)?.take(HEAD).read_to_end(&mut head)?;
        Ok(head)
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path); // tidied again at the next start
    }
}

const HEAD: u64 = 512;

/// The refusal of a file of more than `most` bytes.
pub fn too_large(most: u64) -> Error {
    Error::invalid(format!("Validation failed: File file size must be less than {} MB", most >> 20))
}

#[derive(Debug)]
pub struct Req {
    pub method: Method,
    /// It came as a HEAD: what signs a link for the reader must know.
    pub is_head: bool,
    /// As it was sent: percent-encoded, with the query.
    pub target: String,
    /// Decoded path without the query.
    pub path: String,
    /// Lower-case names, in the order of arrival.
    pub headers: Vec<(String, String)>,
    /// Empty for multipart bodies, whose fields are in `form` and whose files are in `uploads`.
    pub body: Vec<u8>,
    pub uploads: Vec<Upload>,
    /// Text fields of a multipart body.
    pub fields: Vec<(String, String)>,
    pub client: IpAddr,
    /// Path parameters, decoded, filled by the router.
    pub params: Vec<(&'static str, String)>,
    pub access: Access,
    /// What is left to the token that asks, where tokens have a limit.
    pub allowance: Option<Allowance>,
}

impl Req {
    /// A header's first value. `name` in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// A path parameter by its name in the route.
    pub fn param(&self, name: &str) -> &str {
        self.params.iter().find(|(n, _)| *n == name).map_or("", |(_, v)| v)
    }

    /// A path parameter as an id.
    ///
    /// Errors: `NotFound` when it is no number, since then there can be no such record.
    pub fn id<T: FromStr>(&self, name: &str) -> Result<T> {
        self.param(name).parse().map_err(|_| Error::not_found())
    }

    /// All parameters of query and body, whatever the encoding, as one JSON object (pitfalls 11, 12).
    ///
    /// Errors: `BadRequest` for malformed JSON.
    pub fn params(&self) -> Result<Value> {
        let mut pairs = form::pairs(self.query().as_bytes());
        let content_type = self.header("content-type").unwrap_or("").to_ascii_lowercase();
        pairs.extend(self.fields.iter().cloned());
        let mut json = None;
        if content_type.contains("json") && !self.body.is_empty() {
            let value: Value = serde_json::from_slice(&self.body)
                .map_err(|e| Error::bad_request("The body is not valid JSON").because(e))?;
            json = Some(value);
        } else if !self.body.is_empty() {
            pairs.extend(form::pairs(&self.body));
        }
        let mut all = form::tree(pairs);
        if let (Value::Object(all), Some(Value::Object(json))) = (&mut all, json) {
            all.extend(json.into_iter().filter(|(_, v)| !v.is_null())); // null in JSON is absent (pitfall 17)
        }
        Ok(all)
    }

    /// Whether a JSON body says `null` there, where that is not the same as absent: what ends never.
    pub fn says_null(&self, name: &str) -> bool {
        let is_json = self.header("content-type").is_some_and(|t| t.to_ascii_lowercase().contains("json"));
        is_json
            && serde_json::from_slice::<Value>(&self.body)
                .is_ok_and(|b| b.get(name).is_some_and(Value::is_null))
    }

    /// The parameters as a struct whose fields are lenient (see [`super::lenient`]).
    ///
    /// Errors: `BadRequest` naming the parameter that has a wrong type.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T> {
        let Value::Object(params) = self.params()? else {
            return Err(Error::bad_request("The parameters have no names"));
        };
        // From a map and nothing else: each form would be read from a list, too, in as much code again.
        T::deserialize(params).map_err(|e| Error::bad_request(format!("A parameter is wrong: {e}")))
    }

    /// One parameter of the query as text.
    pub fn query_text(&self, name: &str) -> Option<String> {
        form::pairs(self.query().as_bytes()).into_iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// Which page is asked for. A limit is at least 1 and at most twice the default (pitfall 8).
    pub fn page(&self, default: i64) -> Page {
        let number = |name: &str| self.query_text(name).and_then(|v| v.trim().parse::<i64>().ok());
        let limit = number("limit").map(i64::saturating_abs).filter(|n| *n > 0).unwrap_or(default);
        Page {
            max_id: number("max_id"),
            since_id: number("since_id"),
            min_id: number("min_id"),
            limit: limit.min(default * 2),
        }
    }

    pub fn viewer(&self) -> Viewer {
        self.access.viewer()
    }

    pub fn is_owner(&self) -> bool {
        self.access.is_owner()
    }

    /// The first upload of that field.
    pub fn upload(&self, field: &str) -> Option<&Upload> {
        self.uploads.iter().find(|u| u.field == field)
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        super::cookies::read(self.header("cookie").unwrap_or(""), name)
    }

    /// Whether ActivityPub JSON is asked for: `*/*` and browsers get HTML, bare `application/json` gets
    /// JSON (BookWyrm sent that).
    pub fn wants_activity(&self) -> bool {
        // Feed readers ask for any JSON, too, and there is no activity of such a name.
        if self.path.ends_with(".atom") || self.path.ends_with(".rss") {
            return false;
        }
        let accept = self.header("accept").unwrap_or("");
        accept.contains("application/activity+json")
            || accept.contains("application/ld+json")
            || (accept.contains("application/json") && !accept.contains("text/html"))
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A request as the server would hand it in.
    pub fn request(method: Method, target: &str, content_type: &str, body: &[u8]) -> Req {
        Req {
            method,
            is_head: false,
            target: target.to_owned(),
            path: target.split('?').next().unwrap().to_owned(),
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.to_owned(),
            uploads: Vec::new(),
            fields: Vec::new(),
            client: IpAddr::from([127, 0, 0, 1]),
            params: Vec::new(),
            access: Access::Anonymous,
            allowance: None,
        }
    }

    #[test]
    fn pitfall_11_parameters_may_sit_in_the_query_of_a_post() {
        let req = request(Method::Post, "/x?a=1", "application/json", br#"{"b":[2],"c":null}"#);
        assert_eq!(req.params().unwrap(), serde_json::json!({"a": "1", "b": [2]}));
    }

    #[test]
    fn malformed_json_is_a_bad_request() {
        let req = request(Method::Post, "/x", "application/json; charset=utf-8", b"{");
        assert_eq!(req.params().unwrap_err().kind, crate::error::Kind::BadRequest);
    }

    #[test]
    fn pitfall_8_a_limit_is_absolute_and_capped_at_twice_the_default() {
        let page = |target| request(Method::Get, target, "", b"").page(20);
        assert_eq!(page("/x?limit=-5").limit, 5);
        assert_eq!(page("/x?limit=1000").limit, 40);
        assert_eq!(page("/x?limit=0").limit, 20);
        assert_eq!(page("/x?max_id=7&limit=x").max_id, Some(7));
    }
}
