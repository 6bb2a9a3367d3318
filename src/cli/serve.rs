//! `taure serve`: the server, in the foreground, until SIGTERM or Ctrl-C.

use super::Data;
use crate::error::{Error, Result};
use crate::server::{self, House};
use crate::web::wizard::Setup;
use clap::Args;
use std::fs::File;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Serve; on an empty folder, first set up an account in the browser
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    data: Data,
    /// Where to listen [default: 127.0.0.1:8080] [env: TAURE_LISTEN]
    #[arg(long, value_name = "ADDR:PORT")]
    listen: Vec<String>,
}

impl Serve {
    pub fn run(self) -> Result<()> {
        let config = self.data.config(&self.listen)?;
        std::fs::create_dir_all(&config.data)
            .map_err(|e| Error::invalid(format!("{} cannot be made", config.data.display())).because(e))?;
        let _only_one = lock(&config.data)?;
        let house = House::open(config)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(64)
            .thread_keep_alive(Duration::from_secs(5))
            .enable_all()
            .build()?;
        let result = runtime.block_on(serve(&house));
        // A handler that still runs is cut off here: what it had not committed was not acknowledged.
        runtime.shutdown_timeout(Duration::from_millis(200));
        house.close();
        tracing::info!("stopped");
        result
    }
}

async fn serve(house: &Arc<House>) -> Result<()> {
    let listeners = server::bind(&house.config().listen).await?;
    let addresses: Vec<SocketAddr> = listeners.iter().filter_map(|l| l.local_addr().ok()).collect();
    welcome(house, &addresses);
    let (stop, stopping) = watch::channel(false);
    let server = tokio::spawn(server::run(Arc::clone(house), listeners, stopping));
    end_asked().await?;
    tracing::info!("stopping");
    let _ = stop.send(true); // nobody listens only if the server ended already
    server.await.map_err(Error::internal)
}

/// Waits for SIGTERM or Ctrl-C.
async fn end_asked() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut term = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = term.recv() => (),
        _ = interrupt.recv() => (),
    }
    Ok(())
}

fn welcome(house: &House, addresses: &[SocketAddr]) {
    let listen = addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match house.stage() {
        server::Stage::Living(app) => {
            tracing::info!(origin = app.instance.origin, listen, "taure {} serves", env!("CARGO_PKG_VERSION"));
        }
        server::Stage::Setup(setup) => {
            tracing::info!(listen, "taure {} waits to be set up", env!("CARGO_PKG_VERSION"));
            print_link(&setup, addresses);
        }
    }
}

/// The one-time link of the wizard: on stdout, since it is what the person who started us looks for.
fn print_link(setup: &Setup, addresses: &[SocketAddr]) {
    let shown = addresses.first().map_or("localhost:8080".to_owned(), |address| {
        if address.ip().is_loopback() || address.ip().is_unspecified() {
            format!("localhost:{}", address.port())
        } else {
            address.to_string()
        }
    });
    println!("\nOpen this link in a browser to make your account:\n\n    http://{shown}{}\n", setup.path());
}

/// One server a folder: the lock goes with the process, however that ends.
///
/// Errors: another `taure serve` has it.
fn lock(data: &Path) -> Result<File> {
    let path = data.join("serve.lock");
    let file = File::create(&path).map_err(|e| {
        Error::new(Error::from(std::io::Error::from(e.kind())).kind, format!("{} cannot be written", data.display()))
            .because(e)
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Error::invalid(format!(
            "another taure serves {} already; stop it first, or choose another folder with --data",
            data.display()
        ))),
        Err(std::fs::TryLockError::Error(e)) => Err(e.into()),
    }
}
