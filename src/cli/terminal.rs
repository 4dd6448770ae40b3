//! What a person at the terminal reads. A reader that has gone, as `head` has, is no failure.

use std::io::{self, Write as _};

/// Prints to standard output, without adding a line end.
pub fn print(text: &str) {
    let mut out = io::stdout().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// Prints a line to standard output.
pub fn say(line: &str) {
    print(&format!("{line}\n"));
}

/// Prints a line to standard error.
pub fn complain(line: &str) {
    drop(writeln!(io::stderr().lock(), "{line}"));
}
