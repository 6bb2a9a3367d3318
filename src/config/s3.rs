//! A bucket for the owner's files: `[s3]` in `taure.toml`, or `TAURE_S3_*`. The environment wins, line by line.

use crate::error::{Error, Result};
use serde::Deserialize;
use std::fmt;

/// A bucket that speaks S3, wherever it is.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct S3 {
    /// Where the service is, without the bucket: `https://s3.eu-central-1.amazonaws.com`.
    pub endpoint: String,
    /// `us-east-1` unless said otherwise; services of one place ignore it or say what they want.
    pub region: String,
    pub bucket: String,
    pub access_key: String,
    pub secret_key: String,
    /// The folder in the bucket, for a bucket that holds other things, too. Ends in a slash unless it is empty.
    pub prefix: String,
    /// `endpoint/bucket/key`, which every service understands, and not `bucket.endpoint/key`. On by default.
    pub path_style: Option<bool>,
    /// Where anybody may read the bucket, from its root; without one each reader gets a signed link.
    pub public_url: String,
}

impl S3 {
    /// `None` when no bucket was named.
    ///
    /// Errors: a bucket without an address or keys, and addresses that are none.
    pub(super) fn chosen(file: S3) -> Result<Option<S3>> {
        let env = |name: &str, value: String| {
            let given = std::env::var(format!("TAURE_S3_{name}")).ok().map(|v| v.trim().to_owned());
            given.filter(|v| !v.is_empty()).unwrap_or(value)
        };
        let address = |text: String| text.trim_end_matches('/').to_owned();
        let or = |text: String, default: &str| if text.is_empty() { default.to_owned() } else { text };
        let folder = |text: String| match text.trim_matches('/') {
            "" => String::new(),
            name => format!("{name}/"),
        };
        let chosen = S3 {
            endpoint: address(env("ENDPOINT", file.endpoint)),
            region: or(env("REGION", file.region), "us-east-1"),
            bucket: env("BUCKET", file.bucket),
            access_key: env("ACCESS_KEY", file.access_key),
            secret_key: env("SECRET_KEY", file.secret_key),
            prefix: folder(env("PREFIX", file.prefix)),
            path_style: super::env_flag("TAURE_S3_PATH_STYLE")?.or(file.path_style),
            public_url: address(env("PUBLIC_URL", file.public_url)),
        };
        if chosen.endpoint.is_empty() && chosen.bucket.is_empty() {
            return Ok(None);
        }
        chosen.check()?;
        Ok(Some(chosen))
    }

    /// The bucket of `s3://bucket/folder`: with `TAURE_BACKUP_S3_*` where those are given, else with what `base` says.
    ///
    /// Errors: as for any bucket.
    pub fn of_backups(base: Option<S3>, bucket: &str, folder: &str) -> Result<S3> {
        let base = base.unwrap_or_default();
        let env = |name: &str, value: String| {
            let given = std::env::var(format!("TAURE_BACKUP_S3_{name}")).ok().map(|v| v.trim().to_owned());
            given.filter(|v| !v.is_empty()).unwrap_or(value)
        };
        let region = env("REGION", base.region);
        let chosen = S3 {
            endpoint: env("ENDPOINT", base.endpoint).trim_end_matches('/').to_owned(),
            region: if region.is_empty() { "us-east-1".to_owned() } else { region },
            bucket: bucket.to_owned(),
            access_key: env("ACCESS_KEY", base.access_key),
            secret_key: env("SECRET_KEY", base.secret_key),
            prefix: if folder.is_empty() { String::new() } else { format!("{folder}/") },
            path_style: super::env_flag("TAURE_BACKUP_S3_PATH_STYLE")?.or(base.path_style),
            public_url: String::new(),
        };
        chosen.check()?;
        Ok(chosen)
    }

    fn check(&self) -> Result<()> {
        let missing = [
            ("endpoint", &self.endpoint),
            ("bucket", &self.bucket),
            ("access_key", &self.access_key),
            ("secret_key", &self.secret_key),
        ];
        if let Some((name, _)) = missing.iter().find(|(_, value)| value.is_empty()) {
            return Err(Error::invalid(format!("s3.{name} is missing")));
        }
        let urls = [("endpoint", &self.endpoint), ("public_url", &self.public_url)];
        for (name, url) in urls.into_iter().filter(|(_, url)| !url.is_empty()) {
            let host = url.strip_prefix("https://").or(url.strip_prefix("http://")).unwrap_or_default();
            if host.is_empty() || url.contains(['?', '#', '@']) || url.contains(char::is_whitespace) {
                return Err(Error::invalid(format!(
                    "s3.{name} must be an address such as https://s3.example.org"
                )));
            }
        }
        // The rules of S3 itself, loosely: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>
        let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
        if !self.bucket.chars().all(usual) || self.bucket.starts_with('.') {
            return Err(Error::invalid("s3.bucket is a name of letters, digits, - and ."));
        }
        if self.prefix.split('/').any(|part| matches!(part, "." | ".."))
            || self.prefix.contains(char::is_control)
        {
            return Err(Error::invalid("s3.prefix must be the name of a folder, such as media"));
        }
        Ok(())
    }
}

/// Settings are logged at times, and keys never.
impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("S3")
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("bucket", &self.bucket)
            .field("prefix", &self.prefix)
            .field("public_url", &self.public_url)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn full() -> S3 {
        S3 {
            endpoint: "https://s3.example.org/".into(),
            bucket: "media".into(),
            access_key: "AKID".into(),
            secret_key: "very-secret".into(),
            prefix: "/taure".into(),
            ..S3::default()
        }
    }

    #[test]
    fn a_bucket_is_named_with_all_that_it_needs_or_not_at_all() {
        assert_eq!(S3::chosen(S3::default()).unwrap(), None);
        let chosen = S3::chosen(full()).unwrap().unwrap();
        assert_eq!(
            (chosen.endpoint.as_str(), chosen.region.as_str(), chosen.prefix.as_str()),
            ("https://s3.example.org", "us-east-1", "taure/")
        );
        for broken in [
            S3 { secret_key: String::new(), ..full() },
            S3 { endpoint: String::new(), ..full() },
            S3 { endpoint: "s3.example.org".into(), ..full() },
            S3 { endpoint: "https://user@s3.example.org".into(), ..full() },
            S3 { public_url: "media.example.org".into(), ..full() },
            S3 { bucket: "a/b".into(), ..full() },
            S3 { prefix: "a/../b".into(), ..full() },
        ] {
            assert!(S3::chosen(broken.clone()).is_err(), "{broken:?}");
        }
    }

    #[test]
    fn the_keys_are_not_printed() {
        let printed = format!("{:?}", full());
        assert!(
            printed.contains("s3.example.org")
                && !printed.contains("very-secret")
                && !printed.contains("AKID")
        );
    }
}
