//! Where the server stands: in the open, or behind something that speaks for its clients.

use super::{env_flag, env_list, first_given};
use crate::error::{Error, Result};
use std::path::PathBuf;

/// Owner and group: a proxy joins the group.
const SOCKET_MODE: u32 = 0o660;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Unix sockets to listen on, beside `Config::listen`.
    pub sockets: Vec<PathBuf>,
    /// Their permissions.
    pub socket_mode: u32,
    /// Each connection begins with who its client is: <https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt>
    pub proxy_protocol: bool,
    /// Ranges of addresses that may say for whom they speak. Empty: this machine and private networks; `none`: nobody.
    pub trusted_proxies: Vec<String>,
}

impl Default for Edge {
    fn default() -> Edge {
        Edge {
            sockets: Vec::new(),
            socket_mode: SOCKET_MODE,
            proxy_protocol: false,
            trusted_proxies: Vec::new(),
        }
    }
}

impl Edge {
    /// The environment over what the file says.
    ///
    /// Errors: a mode that is none.
    pub(super) fn chosen(
        sockets: Vec<PathBuf>,
        mode: Option<String>,
        proxy_protocol: bool,
        trusted: Vec<String>,
    ) -> Result<Edge> {
        let mode = std::env::var("TAURE_SOCKET_MODE").ok().filter(|v| !v.is_empty()).or(mode);
        Ok(Edge {
            sockets,
            socket_mode: mode.map_or(Ok(SOCKET_MODE), |text| octal(&text))?,
            proxy_protocol: env_flag("TAURE_PROXY_PROTOCOL")?.unwrap_or(proxy_protocol),
            trusted_proxies: first_given([env_list("TAURE_TRUSTED_PROXIES"), trusted]),
        })
    }
}

/// As `chmod` takes it. The owner must be able to remove what was made.
fn octal(text: &str) -> Result<u32> {
    let mode = u32::from_str_radix(text.trim().trim_start_matches("0o"), 8).ok();
    mode.filter(|mode| *mode <= 0o777 && mode & 0o600 == 0o600)
        .ok_or_else(|| Error::invalid(format!("socket_mode must be like 0660, not {text}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_three_octal_digits() {
        assert_eq!((octal("0660").unwrap(), octal("600").unwrap()), (0o660, 0o600));
        assert!(["", "rw", "0888", "7777", "0060"].iter().all(|text| octal(text).is_err()));
    }
}
