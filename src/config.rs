//! What the operator decides, once at the start: flag over environment (`TAURE_*`) over `taure.toml` in
//! the data folder over the default. What the owner changes while it runs is in `store::instance`.

mod edge;
mod log;
pub mod memory;
mod s3;
mod tls;

pub use edge::Edge;
pub use log::{Log, to_journal};
pub use s3::S3;
pub use tls::{Tls, is_name};

use crate::error::{Error, Result};
use crate::model::Clock;
use serde::Deserialize;
use std::fs::DirBuilder;
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// The default of `--listen`: behind a proxy, or for a look.
pub const LISTEN: &str = "127.0.0.1:8080";

/// Three months: old enough that nobody scrolls there, and a server for one stays below a gigabyte.
pub const KEEP_POSTS_DAYS: u32 = 90;

/// As Mastodon's limit for films (`VIDEO_LIMIT`).
pub const UPLOAD_MB: u32 = 99;

/// Enough to notice a slip after a weekend.
pub const SNAPSHOTS: u32 = 3;

#[derive(Debug, Clone)]
pub struct Config {
    /// The folder that holds everything: `taure.db`, `media/`, `tmp/`.
    pub data: PathBuf,
    /// Where http is spoken. Empty when there is `tls` or a Unix socket, and nobody asked for more.
    pub listen: Vec<SocketAddr>,
    /// What is in front of us.
    pub edge: Edge,
    /// Test switch, empty by default: address ranges that outgoing requests may reach although they are
    /// not public, `127.0.0.0/8` say.
    pub allow_private: Vec<String>,
    /// Test switch, off by default: a PEM file of one more authority to trust.
    pub extra_ca: Option<PathBuf>,
    /// Requests of one token in five minutes; 0 is no limit. `None`: 300 for an https origin, else no limit.
    pub rate_limit: Option<u32>,
    /// Other servers read the owner's posts only if they sign for it, and blocked ones not at all. Off by default:
    /// bridges, relays and previews sign nothing.
    pub authorized_fetch: bool,
    /// Posts of others that nobody here touched are forgotten after so many days; 0: never.
    pub keep_posts_days: u32,
    /// Pictures of others are shown from their servers, which then learn who looks. Off by default: they are shown
    /// through us, and kept while there is room.
    pub hotlink: bool,
    /// The largest upload, in MiB.
    pub upload_mb: u32,
    /// MiB of disk that everything here may take. `None`: by the size of the disk.
    pub disk_mb: Option<u32>,
    /// Daily copies of the database that are kept beside it; 0: none.
    pub snapshots: u32,
    /// MiB of memory to get along with. `None`: by the machine's.
    pub memory_mb: Option<u32>,
    /// Opens `/metrics`, as a bearer token; `None`: there is no such page.
    pub metrics_token: Option<String>,
    /// Who translates posts, if anybody does.
    pub translation: Option<Translation>,
    /// Where the owner's files are kept, if not in the folder.
    pub s3: Option<S3>,
    /// Our own end of https; `None`: a proxy has it, or nobody.
    pub tls: Option<Tls>,
    /// How the log is written.
    pub log: Log,
    /// Moved by tests only.
    pub clock: Clock,
}

/// A service that translates: `[translation]` in `taure.toml`, or `TAURE_TRANSLATION_PROVIDER`, `_URL` and `_KEY`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Translation {
    /// `libretranslate` or `deepl`.
    pub provider: String,
    /// Where it is; DeepL's own address may be left out.
    pub url: String,
    pub key: String,
}

impl Translation {
    pub fn is_deepl(&self) -> bool {
        self.provider == "deepl"
    }

    /// The environment wins, line by line. `None` when nobody was named.
    ///
    /// Errors: a provider that we do not know, and LibreTranslate without an address.
    fn chosen(file: Translation) -> Result<Option<Translation>> {
        let env = |name: &str, value: String| {
            std::env::var(format!("TAURE_TRANSLATION_{name}")).ok().filter(|v| !v.is_empty()).unwrap_or(value)
        };
        let mut chosen = Translation {
            provider: env("PROVIDER", file.provider).to_ascii_lowercase(),
            url: env("URL", file.url).trim_end_matches('/').to_owned(),
            key: env("KEY", file.key),
        };
        if chosen.is_deepl() && chosen.url.is_empty() {
            // Keys of the free plan end so: <https://developers.deepl.com/docs/getting-started/auth>
            let host = if chosen.key.ends_with(":fx") { "api-free" } else { "api" };
            chosen.url = format!("https://{host}.deepl.com");
        }
        match chosen.provider.as_str() {
            "" => Ok(None),
            "deepl" | "libretranslate" if chosen.url.starts_with("http") => Ok(Some(chosen)),
            "libretranslate" => Err(Error::invalid("translation.url is missing: where is LibreTranslate?")),
            other => {
                Err(Error::invalid(format!("{other} translates nothing here; try libretranslate or deepl")))
            }
        }
    }
}

/// `taure.toml`: every line may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct File {
    listen: Vec<String>,
    socket_mode: Option<String>,
    proxy_protocol: bool,
    trusted_proxies: Vec<String>,
    allow_private: Vec<String>,
    extra_ca: Option<PathBuf>,
    rate_limit: Option<u32>,
    authorized_fetch: bool,
    keep_posts_days: Option<u32>,
    remote_media: Option<String>,
    upload_mb: Option<u32>,
    disk_mb: Option<u32>,
    memory_mb: Option<u32>,
    snapshots: Option<u32>,
    log: Option<String>,
    metrics_token: Option<String>,
    translation: Translation,
    s3: S3,
    tls: Option<Tls>,
}

impl Config {
    /// Reads `taure.toml` below `data` and lays flags and environment over it; empty ones count as
    /// not given.
    ///
    /// Errors: a file that is no TOML or has unknown words; an address that is none.
    pub fn load(data: &Path, listen: &[String]) -> Result<Config> {
        let file = read_file(&data.join("taure.toml"))?;
        let usual = if file.tls.is_some() { Vec::new() } else { vec![LISTEN.to_owned()] };
        let places = first_given([listen.to_vec(), env_list("TAURE_LISTEN"), file.listen, usual]);
        let (mut listen, mut sockets) = (Vec::new(), Vec::new());
        for place in &places {
            match place.strip_prefix("unix:") {
                Some(path) if path.starts_with('/') => sockets.push(PathBuf::from(path)),
                Some(_) => {
                    return Err(Error::invalid(format!("{place}: a whole path is wanted, with its /")));
                }
                None => listen.push(address(place)?),
            }
        }
        let edge = Edge::chosen(sockets, file.socket_mode, file.proxy_protocol, file.trusted_proxies)?;
        if file.tls.is_some() && edge.proxy_protocol && edge.trusted_proxies.is_empty() {
            // Otherwise nobody would be answered: see `Trust::lets`.
            return Err(Error::invalid(
                "proxy_protocol at our own https needs trusted_proxies: the addresses of the proxies",
            ));
        }
        let extra_ca = std::env::var_os("TAURE_EXTRA_CA").filter(|v| !v.is_empty()).map(PathBuf::from);
        Ok(Config {
            data: data.to_owned(),
            listen,
            edge,
            allow_private: first_given([env_list("TAURE_ALLOW_PRIVATE"), file.allow_private, Vec::new()]),
            extra_ca: extra_ca.or(file.extra_ca),
            rate_limit: env_number("TAURE_RATE_LIMIT")?.or(file.rate_limit),
            authorized_fetch: env_flag("TAURE_AUTHORIZED_FETCH")?.unwrap_or(file.authorized_fetch),
            keep_posts_days: env_number("TAURE_KEEP_POSTS_DAYS")?
                .or(file.keep_posts_days)
                .unwrap_or(KEEP_POSTS_DAYS),
            hotlink: hotlinks(file.remote_media)?,
            upload_mb: env_number("TAURE_UPLOAD_MB")?.or(file.upload_mb).unwrap_or(UPLOAD_MB).max(1),
            disk_mb: env_number("TAURE_DISK_MB")?.or(file.disk_mb),
            snapshots: env_number("TAURE_SNAPSHOTS")?.or(file.snapshots).unwrap_or(SNAPSHOTS),
            memory_mb: env_number("TAURE_MEMORY_MB")?.or(file.memory_mb),
            metrics_token: metrics_token(file.metrics_token)?,
            translation: Translation::chosen(file.translation)?,
            s3: S3::chosen(file.s3)?,
            log: Log::chosen(file.log)?,
            tls: file.tls.map(Tls::checked).transpose()?,
            clock: Clock::default(),
        })
    }

    /// Makes the folder, if there is none, for its owner alone: the keys are in it.
    ///
    /// Errors: it cannot be made.
    pub fn make_folder(&self) -> Result<()> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(&self.data);
        made.map_err(|e| Error::invalid(format!("{} cannot be made", self.data.display())).because(e))
    }

    pub fn database(&self) -> PathBuf {
        self.data.join("taure.db")
    }

    pub fn media(&self) -> PathBuf {
        self.data.join("media")
    }

    /// Others' files, which can be had again.
    pub fn cache(&self) -> PathBuf {
        self.data.join("cache")
    }

    /// Films and sounds that were received and are worked on.
    pub fn received(&self) -> PathBuf {
        self.data.join("received")
    }

    /// What is brought along from elsewhere, while it is.
    pub fn imports(&self) -> PathBuf {
        self.data.join("imports")
    }

    /// The archive that the owner takes along, for a week.
    pub fn exports(&self) -> PathBuf {
        self.data.join("exports")
    }

    /// Room that is held back for posts on a full disk.
    pub fn reserve(&self) -> PathBuf {
        self.data.join("reserve")
    }

    /// Gives back a MiB of what is held back. `false`: there is none left.
    pub fn give_reserve(&self) -> bool {
        let path = self.reserve();
        let left = std::fs::metadata(&path).map_or(0, |m| m.len());
        let given = std::fs::File::options()
            .write(true)
            .open(&path)
            .and_then(|f| f.set_len(left.saturating_sub(1 << 20)));
        left > 0 && given.is_ok()
    }

    /// Uploads while they arrive; emptied at the start.
    pub fn tmp(&self) -> PathBuf {
        self.data.join("tmp")
    }
}

fn read_file(path: &Path) -> Result<File> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(File::default()),
        Err(e) => return Err(Error::invalid(format!("{} cannot be read", path.display())).because(e)),
    };
    toml::from_str(&text).map_err(|e| wrong(path, &text, &e))
}

/// Names the line and does not show it: it may be a key's.
fn wrong(path: &Path, text: &str, e: &toml::de::Error) -> Error {
    let line = e.span().and_then(|at| text.get(..at.start)).map_or(1, |before| before.split('\n').count());
    Error::invalid(format!("{}, line {line}: {}", path.display(), e.message()))
}

fn env_list(name: &str) -> Vec<String> {
    let value = std::env::var(name).unwrap_or_default();
    value.split([',', ' ']).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn env_number(name: &str) -> Result<Option<u32>> {
    match std::env::var(name).unwrap_or_default().trim() {
        "" => Ok(None),
        text => {
            text.parse().map(Some).map_err(|_| Error::invalid(format!("{name} must be a number, not {text}")))
        }
    }
}

fn env_flag(name: &str) -> Result<Option<bool>> {
    match std::env::var(name).unwrap_or_default().trim() {
        "" => Ok(None),
        "1" | "true" | "on" | "yes" => Ok(Some(true)),
        "0" | "false" | "off" | "no" => Ok(Some(false)),
        text => Err(Error::invalid(format!("{name} must be true or false, not {text}"))),
    }
}

/// `remote_media`: `cache`, or `hotlink`.
fn hotlinks(file: Option<String>) -> Result<bool> {
    let given = std::env::var("TAURE_REMOTE_MEDIA").ok().filter(|v| !v.trim().is_empty()).or(file);
    match given.as_deref().map(str::trim) {
        None | Some("cache") => Ok(false),
        Some("hotlink") => Ok(true),
        Some(other) => Err(Error::invalid(format!("remote_media must be cache or hotlink, not {other}"))),
    }
}

/// Errors: one that can be guessed.
fn metrics_token(file: Option<String>) -> Result<Option<String>> {
    let given = std::env::var("TAURE_METRICS_TOKEN").ok().or(file).filter(|token| !token.trim().is_empty());
    match given {
        Some(token) if token.trim().len() < 16 => {
            Err(Error::invalid("metrics_token needs at least 16 letters: anybody may try"))
        }
        given => Ok(given.map(|token| token.trim().to_owned())),
    }
}

fn first_given<const N: usize>(choices: [Vec<String>; N]) -> Vec<String> {
    choices.into_iter().find(|c| !c.is_empty()).unwrap_or_default()
}

fn address(text: &str) -> Result<SocketAddr> {
    let named = text.replace("localhost:", "127.0.0.1:");
    named
        .parse()
        .map_err(|_| Error::invalid(format!("{text} is no address to listen on; try {LISTEN} or [::]:8080")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_test_switches_are_off_by_default() {
        // The environment of the test run has none of them either.
        let config = Config::load(Path::new("/nonexistent"), &[]).unwrap();
        assert_eq!(config.listen, vec![address(LISTEN).unwrap()]);
        assert!(config.allow_private.is_empty());
        assert!(config.extra_ca.is_none());
    }

    #[test]
    fn a_translator_is_named_with_its_address_or_not_at_all() {
        let named = |provider: &str, url: &str, key: &str| {
            Translation::chosen(Translation { provider: provider.into(), url: url.into(), key: key.into() })
        };
        assert_eq!(named("", "https://x.test", "").unwrap(), None);
        assert_eq!(
            named("LibreTranslate", "http://127.0.0.1:5000/", "").unwrap().unwrap().url,
            "http://127.0.0.1:5000"
        );
        assert_eq!(named("deepl", "", "k:fx").unwrap().unwrap().url, "https://api-free.deepl.com");
        assert!(
            named("libretranslate", "", "").is_err() && named("babelfish", "https://x.test", "").is_err()
        );
    }

    #[test]
    fn a_line_that_is_wrong_is_named_and_not_shown() {
        let text = "rate_limit = 3\n[s3]\nsecret_key = Very-Secret\n";
        let e = toml::from_str::<File>(text).unwrap_err();
        let told = wrong(Path::new("taure.toml"), text, &e).to_string();
        assert!(told.starts_with("taure.toml, line 3: ") && !told.contains("Very"), "{told}");
    }

    #[test]
    fn an_address_that_is_none_is_refused_with_an_example() {
        assert!(address("8080").unwrap_err().public.contains("127.0.0.1:8080"));
        assert_eq!(address("localhost:0").unwrap().port(), 0);
    }
}
