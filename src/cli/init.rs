//! `taure init`: what the first-run wizard does, without a browser. With an address, `me@example.org`, it also sees to https.

use super::{Data, recover, service};
use crate::config::{Config, Tls};
use crate::error::{Error, Result};
use crate::ops::auth;
use crate::ops::doctor::{self, Level};
use crate::ops::setup::{self, NewInstance};
use crate::sig::Seed;
use crate::store::Store;
use clap::Args;
use std::io::{BufRead, Write};
use std::path::Path;

/// Make the account and its keys in an empty folder
#[derive(Debug, Args)]
pub struct Init {
    #[command(flatten)]
    data: Data,
    /// Who you will be: me@example.org. Taure then speaks https itself, on ports 443 and 80
    #[arg(value_name = "ADDRESS", required_unless_present = "url", conflicts_with_all = ["url", "username", "domain"])]
    address: Option<String>,
    /// The server's own name, where it is not the part after the @: social.example.org
    #[arg(long, value_name = "HOST", requires = "address")]
    host: Option<String>,
    /// A proxy in front has the certificate: speak plain http on 127.0.0.1:8080
    #[arg(long, requires = "address")]
    behind_proxy: bool,
    /// Where the certificate authority may write to
    #[arg(long, value_name = "EMAIL", requires = "address", default_value = "")]
    contact: String,
    /// The directory of another certificate authority than Let's Encrypt (ACME)
    #[arg(long, value_name = "URL", requires = "address", default_value = "")]
    authority: String,
    /// Make it a service of systemd, enable and start it. Needs root
    #[arg(long)]
    install_service: bool,
    /// Go on although something is not ready yet
    #[arg(long)]
    anyway: bool,
    /// The address of the server, in the long form: https://social.example.org
    #[arg(long, requires = "username")]
    url: Option<String>,
    /// The name before the @
    #[arg(long, value_name = "NAME")]
    username: Option<String>,
    /// The part after the @, where it differs from the host of --url
    #[arg(long)]
    domain: Option<String>,
    /// The name that people see
    #[arg(long, value_name = "TEXT", default_value = "")]
    display_name: String,
    /// Read the password from the first line of standard input; without it, sign in with `login-link`
    #[arg(long)]
    password_stdin: bool,
}

impl Init {
    pub fn run(mut self) -> Result<()> {
        let service = if self.install_service { Some(service::Plan::new(&mut self.data)?) } else { None };
        let mut new = self.wanted()?;
        new.password = if self.password_stdin { Some(read_line("--password-stdin")?) } else { None };
        let seed = Seed::fresh()?;
        new.seed = Some(seed.clone());
        // What was typed is looked at before anything is made.
        setup::check(&new)?;
        Tls { directory: self.authority.clone(), ..Tls::default() }.checked()?;
        let config = self.data.config(&[])?;
        if self.address.is_some() && !self.anyway {
            self.look(&config, &new)?;
        }
        config.make_folder()?;
        let settings = self.settings(config.tls.is_some());
        let store = Store::open(&config.database(), config.clock.clone(), Box::new(|_| ()))?;
        setup::refuse_a_second(&store)?;
        if let Some(settings) = &settings {
            write_settings(&config.data.join("taure.toml"), settings)?;
        }
        let instance = setup::create(&store, &new)?;
        println!("@{}@{} is ready at {}", instance.username, instance.domain, instance.origin);
        recover::show(&seed);
        let link = auth::login_link(&store, &instance, store.now())?;
        drop(store);
        match service {
            Some(plan) => plan.install()?,
            None if self.address.is_some() => {
                println!("\nNow serve it:\n\n    taure serve --data {}", config.data.display());
            }
            None => (),
        }
        if self.address.is_some() {
            println!(
                "\nThen sign in with this link, within fifteen minutes (`taure login-link` makes another):\n\n    {link}"
            );
        }
        Ok(())
    }

    /// Errors: an address that is none.
    fn wanted(&self) -> Result<NewInstance> {
        let display_name = self.display_name.clone();
        let Some(address) = &self.address else {
            return Ok(NewInstance {
                origin: self.url.clone().unwrap_or_default(),
                domain: self.domain.clone(),
                username: self.username.clone().unwrap_or_default(),
                display_name,
                ..NewInstance::default()
            });
        };
        let (username, domain) = address.trim_start_matches('@').split_once('@').ok_or_else(|| {
            Error::invalid(format!("{address} is no address; it looks like me@example.org"))
        })?;
        let host = self.host.as_deref().unwrap_or(domain);
        if host.contains("//") || host.contains('/') {
            return Err(Error::invalid(format!(
                "{host} is no name of a server; it looks like social.example.org"
            )));
        }
        Ok(NewInstance {
            origin: format!("https://{host}"),
            domain: Some(domain.to_owned()),
            username: username.to_owned(),
            display_name,
            ..NewInstance::default()
        })
    }

    /// Whether the address can be reached, once somebody serves it.
    ///
    /// Errors: it cannot; what is wrong was said.
    fn look(&self, config: &Config, new: &NewInstance) -> Result<()> {
        let mut config = config.clone();
        if !self.behind_proxy && config.tls.is_none() {
            config.tls = Some(Tls { directory: self.authority.clone(), ..Tls::default() });
        }
        let domain = new.domain.as_deref().unwrap_or_default();
        let found = doctor::preflight(&config, &new.origin, domain);
        found.iter().filter(|f| f.level > Level::Ok).for_each(|f| eprintln!("{}", super::doctor::line(f)));
        match found.iter().any(|f| f.level == Level::Fault) {
            true => {
                Err(Error::invalid("not yet: nothing was made. Put right what is wrong, or add --anyway"))
            }
            false => Ok(()),
        }
    }

    /// The lines that `taure.toml` needs for https of our own; `None` where they are there or not wanted.
    fn settings(&self, there: bool) -> Option<String> {
        if self.address.is_none() || self.behind_proxy || there {
            return None;
        }
        let mut text = String::from(
            "# https by Taure itself, on ports 443 and 80. The README lists what else may stand here.\n[tls]\n",
        );
        for (name, value) in [("contact", &self.contact), ("directory", &self.authority)] {
            if !value.is_empty() {
                // A string of JSON is one of TOML, too.
                text += &format!("{name} = {}\n", serde_json::Value::from(value.as_str()));
            }
        }
        Some(text)
    }
}

/// Behind what stands there: a table may be last only.
fn write_settings(path: &Path, text: &str) -> Result<()> {
    let mut file = std::fs::File::options().append(true).create(true).open(path)?;
    if file.metadata()?.len() > 0 {
        file.write_all(b"\n")?;
    }
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

/// Without its end. Errors: nothing stands there.
pub(super) fn read_line(flag: &str) -> Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    let line = line.trim_end_matches(['\r', '\n']).to_owned();
    if line.is_empty() {
        return Err(Error::invalid(format!("{flag} was given, and standard input is empty")));
    }
    Ok(line)
}
