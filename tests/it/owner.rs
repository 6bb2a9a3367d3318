//! The owner's browser, without a script: a session, and the token of its forms.

use crate::harness::{Answer, PASSWORD, Taure, request};
use url::form_urlencoded::Serializer;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

pub struct Owner<'a> {
    pub taure: &'a Taure,
    pub cookie: String,
    pub csrf: String,
}

impl<'a> Owner<'a> {
    pub fn of(taure: &'a Taure) -> Owner<'a> {
        let headers = [FORM, ("origin", taure.base.as_str())];
        let body = encoded(&[("password", PASSWORD)]);
        let answer =
            request("POST", &format!("{}/auth/sign_in", taure.base), &headers, Some(body.as_bytes()));
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let mut owner = Owner { taure, cookie, csrf: String::new() };
        let home = owner.get("/").text;
        let (_, rest) = home.split_once("name=\"csrf\" value=\"").unwrap();
        owner.csrf = rest.split_once('"').unwrap().0.to_owned();
        owner
    }

    pub fn get(&self, path: &str) -> Answer {
        self.taure.send("GET", path, &[("cookie", &self.cookie)], None)
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all = vec![("csrf", self.csrf.as_str())];
        all.extend(fields);
        self.post_as_given(path, &all)
    }

    /// Without the token, unless it is among the fields.
    pub fn post_as_given(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let headers = [FORM, ("cookie", self.cookie.as_str())];
        request("POST", &format!("{}{path}", self.taure.base), &headers, Some(encoded(fields).as_bytes()))
    }
}

pub fn encoded(fields: &[(&str, &str)]) -> String {
    Serializer::new(String::new()).extend_pairs(fields).finish()
}
