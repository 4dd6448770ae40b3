//! A private cluster, started from the installed binaries and ended with the process.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;

use url::Url;

/// Held open for the process's whole life: the script below waits for its end.
static LIFELINE: OnceLock<ChildStdin> = OnceLock::new();

/// Makes a cluster, starts it, says so, and waits for its standard input to close, which the death of the test
/// process does however it dies. Arguments: the folder of the binaries, the port.
const SCRIPT: &str = r#"
set -eu
umask 077
dir=$(mktemp -d /tmp/gateway-postgres.XXXXXX)
cd "$dir"
trap 'rm -rf "$dir"' EXIT
"$1/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C -N >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
"$1/pg_ctl" -D "$dir/data" -w -s -l "$dir/log" -o "-p $2 -k $dir -h 127.0.0.1 -N 400 \
  -c fsync=off -c full_page_writes=off -c max_wal_size=256MB -c shared_buffers=64MB -c jit=off -c autovacuum=off \
  -c log_error_verbosity=terse -c log_min_error_statement=panic" start >"$dir/start" 2>&1 \
  || { cat "$dir/start" "$dir/log" >&2; exit 1; }
echo ready
cat >/dev/null
"$1/pg_ctl" -D "$dir/data" -s -m immediate stop || true
"#;

/// Starts a cluster; `None`, with the reason on standard error, when that is not possible.
pub(super) fn start() -> Option<Url> {
    let Some(binaries) = binaries() else {
        return complain("no initdb and pg_ctl in PATH or below /usr/lib/postgresql");
    };
    // Between choosing a port and binding it another process may take it.
    (0..3).find_map(|_| start_on(free_port()?, &binaries))
}

fn start_on(port: u16, binaries: &Path) -> Option<Url> {
    let mut command = as_ordinary_user("/bin/sh");
    command.args(["-c", SCRIPT, "postgres-for-tests"]).arg(binaries).arg(port.to_string());
    // A group of its own: a Ctrl-C at the terminal ends the tests, and the script then ends the cluster.
    command.process_group(0).current_dir("/").stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().ok()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
    if line.trim() != "ready" {
        return complain("the cluster did not start");
    }
    let _ = LIFELINE.set(child.stdin.take()?);
    Url::parse(&format!("postgres://postgres@127.0.0.1:{port}/postgres")).ok()
}

/// PostgreSQL refuses to run as root.
fn as_ordinary_user(program: &str) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let user = if has_user("postgres") { "postgres" } else { "nobody" };
    let mut command = Command::new("setpriv");
    let identity = [format!("--reuid={user}"), format!("--regid={}", group_of(user))];
    command.args(identity).args(["--clear-groups", "--", program]);
    command
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| std::os::unix::fs::MetadataExt::uid(&process) == 0)
}

fn has_user(name: &str) -> bool {
    account(name).is_some()
}

/// The number of a user's first group.
fn group_of(name: &str) -> String {
    account(name)
        .and_then(|line| line.split(':').nth(3).map(str::to_owned))
        .unwrap_or_else(|| "65534".to_owned())
}

fn account(name: &str) -> Option<String> {
    let accounts = std::fs::read_to_string("/etc/passwd").ok()?;
    accounts.lines().find(|line| line.split(':').next() == Some(name)).map(str::to_owned)
}

/// A folder that holds the server's binaries: the newest of Debian's first, since what stands in PATH may be a link
/// that does not find its own libraries.
fn binaries() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .collect();
    folders.sort();
    let path = std::env::var_os("PATH").unwrap_or_default();
    let newest_first = folders.into_iter().rev().map(|(_, folder)| folder);
    newest_first
        .chain(std::env::split_paths(&path))
        .chain([PathBuf::from("/usr/local/bin"), PathBuf::from("/usr/local/pgsql/bin")])
        .find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists())
}

fn free_port() -> Option<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).ok()?;
    listener.local_addr().ok().map(|address| address.port())
}

#[expect(clippy::print_stderr, reason = "a test speaks to the person who runs it")]
fn complain<T>(why: &str) -> Option<T> {
    eprintln!("PostgreSQL for tests: {why}");
    None
}
