//! `taure serve`: the server, in the foreground, until SIGTERM or Ctrl-C.

pub use crate::ops::doctor::LOCK;

use super::Data;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::media::Bucket;
use crate::server::{House, Running, Stage, systemd};
use crate::store::Store;
use crate::web::wizard::Setup;
use clap::Args;
use std::fs::File;
use std::io::Write;
use std::net::SocketAddr;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Serve; on an empty folder, first set up an account in the browser
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    data: Data,
    /// Where to listen, unix:/PATH for a socket [default: 127.0.0.1:8080] [env: TAURE_LISTEN]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Vec<String>,
    /// When a newer taure brings the database to its schema, make no copy of it before: where there is no room for one
    #[arg(long)]
    no_snapshot: bool,
}

impl Serve {
    pub fn run(self) -> Result<()> {
        give_memory_back();
        let config = self.data.config(&self.listen)?;
        config.make_folder()?;
        let _only_one = lock(&config)?;
        if self.no_snapshot && config.database().exists() {
            Store::upgrade(&config.database(), &config.clock)?;
        }
        // Heard from before the first request is answered.
        let end = End::listen()?;
        let server = Running::start_on(config, systemd::sockets()?)?;
        welcome(server.house(), server.addresses(), server.doors());
        systemd::tell("READY=1");
        end.wait();
        systemd::tell("STOPPING=1");
        tracing::info!("stopping");
        server.stop()?;
        tracing::info!("stopped");
        Ok(())
    }
}

/// Begins again with an allocator that gives large pieces back to the system: glibc learns from the first large picture
/// to keep the room of the next, some forty megabytes for good. It reads its settings once, before `main`, and setting
/// them later is unsafe code. <https://sourceware.org/glibc/manual/latest/html_node/Memory-Allocation-Tunables.html>
fn give_memory_back() {
    const SETTING: &str = "MALLOC_MMAP_THRESHOLD_";
    let set = |name: &str| std::env::var_os(name).is_some();
    if !cfg!(target_env = "gnu") || set(SETTING) || set("GLIBC_TUNABLES") {
        return;
    }
    if let Ok(program) = std::env::current_exe() {
        use std::os::unix::process::CommandExt;
        // The same process with the same arguments; it only comes back when it could not be done, and then we go on as we are.
        let _ = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(SETTING, "1048576")
            .exec();
    }
}

/// Which bucket these settings name; empty when none.
pub fn bucket_name(config: &Config) -> Result<String> {
    let bucket = config.s3.clone().map(|s3| Bucket::new(s3, None)).transpose()?;
    Ok(bucket.map_or(String::new(), |bucket| bucket.name()))
}

/// SIGTERM or Ctrl-C.
struct End {
    runtime: tokio::runtime::Runtime,
    term: Signal,
    interrupt: Signal,
}

impl End {
    /// Errors: the signals cannot be had.
    fn listen() -> Result<End> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let inside = runtime.enter();
        let (term, interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        drop(inside);
        Ok(End { runtime, term, interrupt })
    }

    fn wait(self) {
        let End { runtime, mut term, mut interrupt } = self;
        runtime.block_on(async {
            tokio::select! {
                _ = term.recv() => (),
                _ = interrupt.recv() => (),
            }
        });
    }
}

fn welcome(house: &House, addresses: &[SocketAddr], doors: &[String]) {
    let listen = doors.join(", ");
    match house.stage() {
        Stage::Living(app) => {
            tracing::info!(
                origin = app.instance.origin,
                listen,
                "taure {} serves",
                env!("CARGO_PKG_VERSION")
            );
        }
        Stage::Setup(setup) => {
            tracing::info!(listen, "taure {} waits to be set up", env!("CARGO_PKG_VERSION"));
            print_link(&setup, house.config(), addresses);
        }
    }
}

/// The one-time link of the wizard: on stdout, since it is what the person who started us looks for.
fn print_link(setup: &Setup, config: &Config, addresses: &[SocketAddr]) {
    let secure = config.tls.as_ref().and_then(|tls| tls.names.first()).filter(|_| addresses.is_empty());
    if let Some(name) = secure {
        println!(
            "\nOpen this link in a browser to make your account:\n\n    https://{name}{}\n",
            setup.path()
        );
        return;
    }
    let shown = addresses.first().map_or("localhost:8080".to_owned(), |address| {
        if address.ip().is_loopback() || address.ip().is_unspecified() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        }
    });
    println!("\nOpen this link in a browser to make your account:\n\n    http://{shown}{}\n", setup.path());
}

/// One server a folder: the lock goes with the process, however that ends. In the file stands which bucket this
/// server knows, for whoever moves files there while it runs.
///
/// Errors: another `taure serve` has it.
fn lock(config: &Config) -> Result<File> {
    let data = &config.data;
    let path = data.join(LOCK);
    let mut file = File::options().write(true).create(true).truncate(false).open(&path).map_err(|e| {
        Error::new(
            Error::from(std::io::Error::from(e.kind())).kind,
            format!("{} cannot be written", data.display()),
        )
        .because(e)
    })?;
    match file.try_lock() {
        Ok(()) => {
            file.set_len(0)?;
            file.write_all(bucket_name(config)?.as_bytes())?;
            Ok(file)
        }
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::invalid(format!(
            "another taure serves {} already; stop it first, or choose another folder with --data",
            data.display()
        ))),
        Err(std::fs::TryLockError::Error(e)) => Err(e.into()),
    }
}
