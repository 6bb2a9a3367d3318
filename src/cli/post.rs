//! `taure post`: a post from a script or a timer, beside a running server or before the next start.

use super::Data;
use crate::app::App;
use crate::error::{Error, Result};
use crate::http::Upload;
use crate::model::{MediaId, Visibility};
use crate::ops::media::{self, Told};
use crate::ops::resolve::{self, Found};
use crate::ops::statuses::{self, NewStatus};
use clap::Args;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Post a text, and print its address. A running server sends it within seconds
#[derive(Debug, Args)]
pub struct Post {
    #[command(flatten)]
    data: Data,
    /// What to say; without it, or with -, what stands on standard input
    text: Vec<String>,
    /// public, unlisted, private or direct [default: as in your settings]
    #[arg(long)]
    visibility: Option<String>,
    /// A warning, behind which the text is folded
    #[arg(long, value_name = "TEXT", default_value = "")]
    cw: String,
    /// A picture, film or sound; up to four
    #[arg(long, value_name = "FILE")]
    media: Vec<PathBuf>,
    /// What the file says in words; as many as there are files, in their order
    #[arg(long, value_name = "TEXT", requires = "media")]
    alt: Vec<String>,
    /// The address of the post that it answers
    #[arg(long, value_name = "URL")]
    reply_to: Option<String>,
    /// As `en` or `lv`
    #[arg(long, value_name = "CODE")]
    language: Option<String>,
    /// The text is Markdown
    #[arg(long)]
    markdown: bool,
    /// The same key within an hour is the same post, and nothing is posted twice
    #[arg(long, value_name = "TEXT")]
    key: Option<String>,
}

impl Post {
    pub fn run(self) -> Result<()> {
        drop(self.data.open()?); // which says what to do where nobody lives
        let app =
            App::open(self.data.config(&[])?)?.ok_or_else(|| Error::invalid("there is no account here"))?;
        let visibility = match self.visibility.as_deref() {
            None => None,
            Some(name) => Some(Visibility::parse(name).ok_or_else(|| {
                Error::invalid(format!("{name} is no visibility; try public, unlisted, private or direct"))
            })?),
        };
        let text = self.text()?;
        let in_reply_to = match &self.reply_to {
            None => None,
            Some(url) => match resolve::by_url(&app, url)? {
                Found::Status(status) => Some(status.id),
                Found::Account(_) => return Err(Error::invalid(format!("{url} is a person and no post"))),
            },
        };
        let alts = self.alt.iter().map(Some).chain(std::iter::repeat(None));
        let media = self
            .media
            .iter()
            .zip(alts)
            .map(|(file, alt)| upload(&app, file, alt))
            .collect::<Result<Vec<_>>>()?;
        let status = statuses::publish(
            &app,
            &NewStatus {
                text,
                markdown: self.markdown.then_some(true),
                spoiler_text: self.cw,
                language: self.language,
                visibility,
                in_reply_to,
                media,
                idempotency_key: self.key.map(|key| format!("command {key}")),
                ..NewStatus::default()
            },
        )?;
        println!("{}", status.url.unwrap_or(status.uri));
        Ok(())
    }

    /// Errors: standard input is no text.
    fn text(&self) -> Result<String> {
        match self.text.join(" ") {
            text if text == "-" || (text.is_empty() && self.media.is_empty()) => {
                let mut text = String::new();
                let most = 4 * statuses::TEXT_LIMIT as u64 + 1;
                std::io::stdin()
                    .take(most)
                    .read_to_string(&mut text)
                    .map_err(|e| Error::invalid("standard input is no text").because(e))?;
                Ok(text.trim_end().to_owned())
            }
            text => Ok(text),
        }
    }
}

fn upload(app: &App, file: &Path, alt: Option<&String>) -> Result<MediaId> {
    let cannot = |e| Error::invalid(format!("{} cannot be read", file.display())).because(e);
    // An upload is removed when it has been read: this one is a copy.
    std::fs::create_dir_all(app.config.tmp())?;
    let path = app.config.tmp().join(format!("post-{}", MediaId::at(app.now())));
    let most = u64::from(app.config.upload_mb) << 20;
    let mut upload = Upload { field: "file".to_owned(), name: String::new(), path, bytes: 0 };
    let mut copy = std::fs::File::create(&upload.path)?;
    // Never more than may be: it lies on the server's disk, which a large film would fill.
    let from = std::fs::File::open(file).map_err(cannot)?;
    upload.bytes = std::io::copy(&mut from.take(most + 1), &mut copy).map_err(cannot)?;
    if upload.bytes > most {
        return Err(Error::invalid(format!(
            "{} is larger than {} MiB",
            file.display(),
            app.config.upload_mb
        )));
    }
    Ok(media::upload_now(app, &upload, &Told { description: alt.map(String::as_str), ..Told::default() })?.id)
}
