//! `taure export`: all that is yours, to take along.

use super::{Data, space};
use crate::error::{Error, Result};
use crate::ops::exports;
use clap::Args;
use std::fs;
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::PathBuf;

/// Write your posts, files and lists into an archive that other servers can read; beside a running server, too
#[derive(Debug, Args)]
pub struct Export {
    /// Where to: a zip, or a folder, which gets one with the date in its name
    #[arg(value_name = "FILE", required_unless_present = "csv")]
    to: Option<PathBuf>,
    /// The lists as well, into this folder: follows, followers, lists, blocks, mutes, blocked servers, bookmarks, filters
    #[arg(long, value_name = "DIR")]
    csv: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

impl Export {
    pub fn run(self) -> Result<()> {
        let app = space::open(&self.data)?;
        if let Some(folder) = &self.csv {
            let cannot = |e| Error::invalid(format!("{} cannot be written", folder.display())).because(e);
            fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(cannot)?;
            for (name, _) in exports::FILES {
                let text = exports::list(&app, name)?.unwrap_or_default();
                let path = folder.join(name);
                let mut options = fs::File::options();
                let file = options.write(true).create(true).truncate(true).mode(0o600).open(&path);
                file.and_then(|mut file| file.write_all(text.as_bytes())).map_err(cannot)?;
                println!("{}", path.display());
            }
        }
        if let Some(to) = &self.to {
            let (path, made) = exports::archive(&app, to, &mut |_| Ok(()))?;
            println!("{} is whole: {}", path.display(), space::size(made.bytes));
            println!("{} posts and boosts, {} files", made.posts, made.files);
            if made.missing > 0 {
                println!("{} files were nowhere to be found", made.missing);
            }
            println!("Private mentions are in it; your keys and your password are not.");
        }
        Ok(())
    }
}
