//! `taure recover`: a lost server's keys, address and name again, from its recovery phrase alone.
//! `taure phrase --check`: whether what was written down is right.

use super::Data;
use crate::error::{Error, Result};
use crate::ops::recovery;
use crate::ops::setup::{self, NewInstance};
use crate::sig::Seed;
use crate::sig::recovery::WORDS;
use crate::store::Store;
use clap::Args;
use std::io::{IsTerminal, Read};

/// More than any phrase with numbers and line breaks has.
const LONGEST: u64 = 4 * 1024;

/// Make a lost server again from its recovery phrase, in an empty folder; asks for the phrase on standard input
#[derive(Debug, Args)]
pub struct Recover {
    #[command(flatten)]
    data: Data,
    /// The address that the server had: https://social.example.org
    #[arg(long)]
    url: String,
    /// The name that stood before the @
    #[arg(long, value_name = "NAME")]
    username: String,
    /// The part after the @, where it differed from the host of --url
    #[arg(long)]
    domain: Option<String>,
    /// The name that people see
    #[arg(long, value_name = "TEXT", default_value = "")]
    display_name: String,
}

/// Compare a recovery phrase that was written down with the keys of this server; asks for it on standard input
#[derive(Debug, Args)]
pub struct Phrase {
    #[command(flatten)]
    data: Data,
    /// Say whether it is the right one; exit code 0 if it is
    #[arg(long, required = true)]
    check: bool,
}

impl Recover {
    pub fn run(self) -> Result<()> {
        let mut new = NewInstance {
            origin: self.url,
            domain: self.domain,
            username: self.username,
            display_name: self.display_name,
            recovered: true,
            ..NewInstance::default()
        };
        let config = self.data.config(&[])?;
        if config.database().exists() {
            return Err(Error::invalid(format!(
                "there is a database in {}; a server is made again in an empty folder",
                config.data.display()
            )));
        }
        setup::check(&new)?;
        new.seed = Some(read_phrase()?);
        config.make_folder()?;
        let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ()))?;
        let instance = setup::create(&store, &new)?;
        println!("@{}@{} is here again at {}", instance.username, instance.domain, instance.origin);
        println!("Posts and pictures, who follows you and whom you follow were on the lost disk.");
        println!(
            "Others still follow you as far as their servers know, but nothing reaches them until they follow again;"
        );
        println!(
            "each server that writes to you is told once how your profile is now, so fill that in first."
        );
        println!(
            "Begin with `taure serve`, and sign in with `taure login-link` or set a password with `taure password`."
        );
        Ok(())
    }
}

impl Phrase {
    pub fn run(self) -> Result<()> {
        let (store, instance) = self.data.open()?;
        match recovery::is_ours(&store, &read_phrase()?)? {
            true => {
                println!("This is the phrase of {}", instance.handle());
                Ok(())
            }
            false => Err(Error::invalid(format!(
                "this is a phrase, but not that of {}{}",
                instance.handle(),
                match store.read(recovery::since)? {
                    Some(at) => format!(", whose keys came out of one on {}", at.to_date()),
                    None => ", whose keys came out of none; `taure rotate-keys --recoverable` makes one"
                        .to_owned(),
                }
            ))),
        }
    }
}

fn read_phrase() -> Result<Seed> {
    let mut text = String::new();
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprintln!("The {WORDS} words, in their order; an empty line ends them:");
        while text.split_whitespace().count() < WORDS && stdin.read_line(&mut text)? > 1 {}
    } else {
        stdin.lock().take(LONGEST).read_to_string(&mut text)?;
    }
    Seed::read(&text)
}

/// Shown once, and never again.
pub(super) fn show(seed: &Seed) {
    println!("\nYour recovery phrase. Write it down and keep it where nobody finds it:\n");
    let phrase = seed.phrase();
    let words: Vec<&str> = phrase.split(' ').collect();
    for (n, row) in words.chunks(6).enumerate() {
        let numbered = row.iter().enumerate().map(|(i, word)| format!("{:>4} {word:<9}", n * 6 + i + 1));
        println!("{}", numbered.collect::<String>().trim_end());
    }
    println!(
        "\nIt is shown this once and stored nowhere. With it alone `taure recover` brings keys, address and name"
    );
    println!("back on another machine, and whoever else has it can speak in your name.");
    println!("`taure phrase --check` compares what you wrote down.");
}
