//! A service of systemd: `examples/deploy/taure.service` with the folder and the binary of this machine.
//! <https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html>

use super::Data;
use crate::error::{Error, Result};
use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

const TEMPLATE: &str = include_str!("../../examples/deploy/taure.service");
const UNITS: &str = "/etc/systemd/system";
/// Where the service keeps its data, unless the person says otherwise.
const FOLDER: &str = "/var/lib/taure";
const ACCOUNT: &str = "taure";

/// What will be done, once the account is made.
pub struct Plan {
    data: PathBuf,
    unit: String,
}

/// What may lie in a folder that becomes the service's: what Taure makes, and what a disk begins with.
const OURS: &[&str] = &["media", "tmp", "tls", "snapshots", "serve.lock", "lost+found"];

impl Plan {
    /// The default folder becomes the service's.
    ///
    /// Errors: not root; a folder with other things in it, which would be the service's, too; a path that a unit cannot
    /// name. Nothing was changed.
    pub fn new(data: &mut Data) -> Result<Plan> {
        if std::fs::metadata("/proc/self").map_or(1, |m| m.uid()) != 0 {
            return Err(Error::invalid(
                "--install-service writes to /etc/systemd/system: run it as root, with sudo, say",
            ));
        }
        if data.data == Path::new("./data") {
            data.data = FOLDER.into();
        }
        let data = std::path::absolute(&data.data)?;
        for entry in std::fs::read_dir(&data).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !name.starts_with("taure.") && !OURS.contains(&&*name) {
                return Err(Error::invalid(format!(
                    "{} holds {name:?}: all of the folder would be given to the service, so choose an empty one with --data",
                    data.display()
                )));
            }
        }
        let unit = unit(&data, &std::env::current_exe()?)?;
        Ok(Plan { data, unit })
    }

    /// Writes the unit, gives the folder to the service's account, enables and starts it.
    ///
    /// Errors: a step did not work, with what the program of the system said.
    pub fn install(self) -> Result<()> {
        let known = Command::new("id").arg(ACCOUNT).output().is_ok_and(|o| o.status.success());
        if !known {
            run(
                "useradd",
                &["--system", "--home-dir", FOLDER, "--shell", "/usr/sbin/nologin", "--user-group", ACCOUNT],
            )?;
        }
        // The folder itself, where its name is a link to it.
        let data = std::fs::canonicalize(&self.data)?;
        // As systemd makes its own: one that was there may be everybody's to read, and the keys are in it.
        std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o700))?;
        let data = data.display().to_string();
        run("chown", &["-R", "-h", &format!("{ACCOUNT}:{ACCOUNT}"), "--", &data])?;
        let path = Path::new(UNITS).join("taure.service");
        std::fs::create_dir_all(UNITS)?;
        let mut file =
            std::fs::File::options().write(true).create(true).truncate(true).mode(0o644).open(&path)?;
        // Whatever the umask is: `systemctl` of everybody reads units.
        file.set_permissions(Permissions::from_mode(0o644))?;
        file.write_all(self.unit.as_bytes())?;
        file.sync_all()?;
        if !Path::new("/run/systemd/system").exists() {
            println!("\n{} is written; systemd does not run here, so nothing was started", path.display());
            return Ok(());
        }
        run("systemctl", &["daemon-reload"])?;
        run("systemctl", &["enable", "--now", "taure.service"])?;
        println!("\nThe service runs: `systemctl status taure`, `journalctl -u taure`");
        Ok(())
    }
}

/// Errors: a path that a unit cannot name.
fn unit(data: &Path, binary: &Path) -> Result<String> {
    let plain = |path: &Path| match path.to_str() {
        Some(text) if text.bytes().all(|b| b.is_ascii_alphanumeric() || b"/._-+".contains(&b)) => {
            Ok(text.to_owned())
        }
        _ => Err(Error::invalid(format!("{} has letters that a systemd unit cannot name", path.display()))),
    };
    let (data, binary) = (plain(data)?, plain(binary)?);
    let mut unit = TEMPLATE.replace("ExecStart=/usr/local/bin/taure", &format!("ExecStart={binary}"));
    if data != FOLDER {
        let own = "StateDirectory=taure\nStateDirectoryMode=0700\n";
        unit = unit.replace(own, &format!("ReadWritePaths={data}\n")).replace(FOLDER, &data);
    }
    if ["/home/", "/root/"].iter().any(|home| data.starts_with(home) || binary.starts_with(home)) {
        unit = unit.replace("ProtectHome=yes\n", "");
    }
    Ok(unit)
}

fn run(program: &str, arguments: &[&str]) -> Result<()> {
    let output = Command::new(program)
        .args(arguments)
        .output()
        .map_err(|e| Error::invalid(format!("{program} could not be run")).because(e))?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Error::invalid(format!("{program} {}: {}", arguments.join(" "), said.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_names_this_folder_and_this_binary_and_stays_hardened() {
        let usual = unit(Path::new(FOLDER), Path::new("/usr/local/bin/taure")).unwrap();
        assert_eq!(usual, TEMPLATE);
        let other = unit(Path::new("/srv/horn"), Path::new("/opt/taure")).unwrap();
        for line in [
            "Environment=TAURE_DATA=/srv/horn",
            "ExecStart=/opt/taure serve",
            "ReadWritePaths=/srv/horn",
            "ProtectHome=yes",
        ] {
            assert!(other.lines().any(|l| l == line), "{line}");
        }
        assert!(
            !other
                .lines()
                .any(|l| l.starts_with("StateDirectory") || (!l.starts_with('#') && l.contains(FOLDER)))
        );
        let home = unit(Path::new("/home/me/taure"), Path::new("/home/me/bin/taure")).unwrap();
        assert!(!home.contains("ProtectHome") && home.contains("ProtectSystem=strict"));
        assert!(unit(Path::new("/srv/a b\nExecStart=/bin/sh"), Path::new("/opt/taure")).is_err());
    }
}
