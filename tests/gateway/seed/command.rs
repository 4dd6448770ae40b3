//! The command, from an empty folder to a log that verifies.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

struct Outcome {
    text: String,
    code: i32,
}

fn run(arguments: &[&str]) -> Outcome {
    let output = Command::new(env!("CARGO_BIN_EXE_privacy-gateway")).args(arguments).output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    Outcome { text, code: output.status.code().unwrap() }
}

fn seeds(url: &str, further: &[&str]) -> Outcome {
    let mut arguments = vec!["seed", "--database-url", url, "--tenants", "2"];
    arguments.extend(further);
    run(&arguments)
}

fn folder(name: &str) -> PathBuf {
    let path = std::env::temp_dir().join(format!("seed-{name}-{}", std::process::id()));
    drop(fs::remove_dir_all(&path));
    path
}

fn url(folder: &Path) -> String {
    format!("sqlite://{}/gateway.db", folder.display())
}

#[test]
fn one_command_fills_a_folder_that_can_be_served_asked_and_verified() {
    let folder = folder("whole");
    let outcome = seeds(&url(&folder), &["--subjects", "30", "--seed", "5", "--as-of", "2026-01-15"]);
    assert_eq!(outcome.code, 0, "{}", outcome.text);
    assert!(outcome.text.contains("100 %: 30 of 30 data subjects"), "{}", outcome.text);
    assert!(
        outcome.text.contains("--tenants 2 --subjects 30 --seed 5 --as-of 2026-01-15"),
        "{}",
        outcome.text
    );

    let outcome = seeds(&url(&folder), &["--subjects", "40", "--seed", "5"]);
    assert_eq!(outcome.code, 0, "{}", outcome.text);
    assert!(outcome.text.contains("as of 2026-01-15: 10 written"), "the day is known: {}", outcome.text);
    let refused = seeds(&url(&folder), &["--subjects", "40", "--seed", "6"]);
    assert!(refused.code == 1 && refused.text.contains("repeat the --seed"), "{}", refused.text);

    let data = folder.to_str().unwrap();
    let verified = run(&["audit", "verify", "--data-dir", data]);
    assert_eq!((verified.code, verified.text.matches(": sound").count()), (0, 2), "{}", verified.text);
    let tenant = outcome.text.split_once("--tenant ").unwrap().1.split(' ').next().unwrap();
    let token = run(&["token", "--data-dir", data, "--tenant", tenant, "--scope", "subjects:read"]);
    assert_eq!((token.code, token.text.matches('.').count()), (0, 2), "{}", token.text);
    let served = fs::read_to_string(folder.join("seed.toml")).unwrap();
    assert!(served.contains("[[tokens.issuer]]") && served.contains("keys.db"), "{served}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_cannot_be_filled_is_refused_with_what_to_do() {
    for (url, further, told) in [
        ("sqlite::memory:", &["--subjects", "1"][..], "name a file"),
        ("mysql://x/y", &["--subjects", "1"], "expected sqlite://PATH or postgres://"),
        ("postgres://app@127.0.0.1:1/x", &["--subjects", "1"], "PRIVACY_GATEWAY__KEYS__URL"),
        ("sqlite://x/y.db", &["--subjects", "1", "--as-of", "9000-01-01"], "yet to come"),
        ("sqlite://x/y.db", &["--subjects", "0"], "invalid value '0'"),
        ("sqlite://x/y.db", &["--subjects", "many"], "invalid value 'many'"),
    ] {
        let outcome = seeds(url, further);
        assert!(outcome.code != 0 && outcome.text.contains(told), "{url} {further:?}: {}", outcome.text);
    }
    assert!(!Path::new("x").exists(), "nothing was made");
}
