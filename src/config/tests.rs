#![expect(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod console;
mod keys;
mod mail;

use std::path::{Path, PathBuf};

use super::known::Known;
use super::{Config, ConfigError, HolidayEves, LogFormat, Place, Problem, Reason};

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("gateway-config-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self, name: &str, text: &str) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.0.join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn load(file: Option<&Path>, environment: &[(&str, &str)]) -> Result<Config, ConfigError> {
    Config::load(file, environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn refusals<T: std::fmt::Debug>(result: Result<T, ConfigError>) -> Vec<Problem> {
    match result {
        Err(ConfigError::Refused(problems)) => problems,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// A file with nothing to complain of, and its folder.
fn sound(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    let key = folder.file("master.key", "no real key");
    let data = folder.0.join("data");
    std::fs::create_dir_all(&data).unwrap();
    let text = format!(
        r#"
[server]
public_url = "https://gateway.example"
[database]
url = "sqlite://{data}/gateway.db"
[keys]
url = "sqlite://{data}/keys.db"
master_key_file = "{key}"
[[tokens.issuer]]
issuer = "https://login.example"
audience = "privacy-gateway"
jwks_url = "https://login.example/keys"
algorithms = ["ES256"]
[processor]
name = "Processor AB"
organisation_number = "559004-2809"
address = "Box 1, 111 11 Stockholm"
email = "privacy@processor.example"
"#,
        data = data.display(),
        key = key.display(),
    );
    (folder, text)
}

#[test]
fn the_example_names_every_key_and_holds_the_defaults() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/configuration.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let reference = std::fs::read_to_string(path.with_extension("md")).unwrap();
    for key in Known::new().keys().filter(|key| key.contains('.')) {
        let name = key.rsplit('.').next().unwrap();
        assert!(text.contains(name), "{key} is not in the example");
        assert!(reference.contains(&format!("`{name}`")), "{key} is not in the reference");
    }
    // Uncommented as well, so that what is only suggested there cannot rot either.
    let full =
        text.lines().map(|line| line.strip_prefix("#= ").unwrap_or(line)).collect::<Vec<_>>().join("\n");
    let folder = Folder::new("example");
    assert_eq!(load(Some(&folder.file("full.toml", &full)), &[]).unwrap().tokens.issuer.len(), 2);
    let example = load(Some(&path), &[]).unwrap();
    let defaults = Config::default();
    assert_eq!(example.limits, defaults.limits);
    assert_eq!(example.documents, defaults.documents);
    assert_eq!(example.deadlines, defaults.deadlines);
    assert_eq!(example.breach, defaults.breach);
    assert_eq!(example.audit, defaults.audit);
    assert_eq!(example.mail, defaults.mail);
    assert_eq!(example.console, defaults.console);
    assert_eq!(example.exports, defaults.exports);
    assert_eq!(example.log, defaults.log);
    assert_eq!(example.metrics, defaults.metrics);
    assert_eq!(example.worker, defaults.worker);
    assert_eq!(example.server.listen, defaults.server.listen);
    assert_eq!(example.database.max_connections, defaults.database.max_connections);
    assert_eq!(example.keys.cache_seconds, defaults.keys.cache_seconds);
    assert_eq!(example.keys.backup_days, defaults.keys.backup_days);
    assert_eq!(example.tokens.refresh_seconds, defaults.tokens.refresh_seconds);
}

#[test]
fn the_environment_wins_over_the_file() {
    let (folder, text) = sound("environment");
    let file = folder.file("gateway.toml", &text);
    let config = load(
        Some(&file),
        &[
            ("PATH", "/bin"),
            ("PRIVACY_GATEWAY_PORT", "tcp://10.0.0.1:8080"),
            ("PRIVACY_GATEWAY__SERVER__LISTEN", "127.0.0.1:9000"),
            ("PRIVACY_GATEWAY__SERVER__GRAPHIQL", "true"),
            ("PRIVACY_GATEWAY__SERVER__WORKERS", "3"),
            ("PRIVACY_GATEWAY__SERVER__CORS_ORIGINS", "https://a.example, https://b.example"),
            ("PRIVACY_GATEWAY__DEADLINES__HOLIDAY_EVES", "holiday"),
            ("PRIVACY_GATEWAY__LOG__FORMAT", "human"),
            ("PRIVACY_GATEWAY__LOG__LEVEL", ""),
            ("PRIVACY_GATEWAY__TOKENS__ISSUER__0__AUDIENCE", "another"),
            ("PRIVACY_GATEWAY__TOKENS__ISSUER__1__ISSUER", "https://second.example"),
            ("PRIVACY_GATEWAY__TOKENS__ISSUER__1__AUDIENCE", "privacy-gateway"),
            ("PRIVACY_GATEWAY__TOKENS__ISSUER__1__JWKS_FILE", "keys.json"),
            ("PRIVACY_GATEWAY__TOKENS__ISSUER__1__ALGORITHMS", "EdDSA,PS256"),
        ],
    )
    .unwrap();
    assert_eq!(config.server.listen.port(), 9000);
    assert!(config.server.graphiql);
    assert_eq!(config.server.workers, Some(3));
    assert_eq!(config.server.cors_origins, ["https://a.example", "https://b.example"]);
    assert_eq!(config.deadlines.holiday_eves, HolidayEves::Holiday);
    assert_eq!(config.log.format, LogFormat::Human);
    assert_eq!(config.log.level, "info");
    assert_eq!(config.tokens.issuer[0].audience, "another");
    assert_eq!(config.tokens.issuer[0].algorithms, ["ES256"]);
    assert_eq!(config.tokens.issuer[1].algorithms, ["EdDSA", "PS256"]);
}

#[test]
fn nothing_at_all_is_the_defaults() {
    let config = load(None, &[]).unwrap();
    assert_eq!(config, Config::default());
    assert_eq!(config.server.public_url(), "http://127.0.0.1:8080");
}

#[test]
fn what_has_the_wrong_form_is_refused_with_its_line() {
    for (name, text, line, key, says) in [
        ("unknown", "[server]\n\nlistn = 1", 3, "server.listn", "the nearest known one is server.listen"),
        ("unknown-section", "\n[sever]\nlisten = 1", 2, "sever", "the nearest known one is server"),
        ("unknown-root", "listen = \"1\"", 1, "listen", "unknown key"),
        (
            "unknown-issuer",
            "[[tokens.issuer]]\nissuer = \"x\"\njwks = \"y\"",
            3,
            "tokens.issuer[0].jwks",
            "jwks_url",
        ),
        ("type", "[server]\ngraphiql = \"perhaps\"", 2, "server.graphiql", "expected a boolean"),
        ("number", "[worker]\npoll_ms = -1", 2, "worker.poll_ms", "expected"),
        ("address", "[server]\nlisten = \"here\"", 2, "server.listen", "socket address"),
        ("url", "[server]\npublic_url = \"gateway\"", 2, "server.public_url", "absolute URL"),
        ("mode", "[limits]\ncost_mode = \"off\"", 2, "limits.cost_mode", "measure"),
        ("metrics", "[metrics]\nlisten = \"\"", 2, "metrics.listen", "or off"),
        ("choice", "[deadlines]\nholiday_eves = \"off\"", 2, "deadlines.holiday_eves", "working"),
        ("list", "[server]\ncors_origins = \"x\"", 2, "server.cors_origins", "list"),
        ("table", "server = 1", 1, "server", "table"),
        ("tables", "[tokens.issuer]\nissuer = \"x\"", 1, "tokens.issuer", "[[tokens.issuer]]"),
        ("missing", "\n[[tokens.issuer]]\nissuer = \"x\"", 2, "tokens.issuer[0]", "audience"),
        ("key", "[keys]\nmaster_key = \"s3cret\"", 2, "keys.master_key", "PRIVACY_GATEWAY__KEYS__MASTER_KEY"),
        ("password", "[database]\nurl = \"postgres://a:s3cret@h/d\"", 2, "database.url", "database.url_file"),
        (
            "parameter",
            "[keys]\nowner_url = \"postgres://h/d?password=s3cret\"",
            2,
            "keys.owner_url",
            "keys.owner_url_file",
        ),
    ] {
        let folder = Folder::new(name);
        let file = folder.file("gateway.toml", text);
        let problems = refusals(load(Some(&file), &[]));
        let [problem] = &problems[..] else { panic!("{name}: {problems:?}") };
        assert_eq!(problem.place, Place::File { path: file.clone(), line }, "{name}: {problem}");
        let shown = problem.to_string();
        assert!(problem.key.starts_with(key), "{name}: {shown}");
        assert!(shown.contains(says), "{name}: {shown}");
        assert!(!shown.contains("s3cret"), "{name}: {shown}");
    }
}

#[test]
fn an_unknown_variable_is_refused_by_its_name() {
    for (variable, nearest) in [
        ("PRIVACY_GATEWAY__SERVER__LISTN", "server.listen"),
        ("PRIVACY_GATEWAY__KEY__MASTER_KEY", "keys.master_key"),
        ("PRIVACY_GATEWAY__SERVER", "server"),
        ("PRIVACY_GATEWAY__TOKENS__ISSUER__99999999999__ISSUER", "tokens.issuer[].issuer"),
        ("PRIVACY_GATEWAY__", "log"),
        ("PRIVACY_GATEWAY____0", "log"),
    ] {
        let problems = refusals(load(None, &[(variable, "s3cret")]));
        assert_eq!(problems[0].place, Place::Environment(variable.to_owned()));
        let shown = problems[0].to_string();
        assert!(matches!(problems[0].reason, Reason::Unknown { .. }), "{shown}");
        assert!(nearest == "log" || shown.ends_with(nearest), "{shown}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[test]
fn a_file_that_cannot_be_read_as_one_is_named() {
    let folder = Folder::new("unreadable");
    let missing = load(Some(&folder.0.join("none.toml")), &[]).unwrap_err();
    assert!(matches!(missing, ConfigError::Unreadable { .. }));
    let broken = load(Some(&folder.file("broken.toml", "[server]\nlisten = \n")), &[]).unwrap_err();
    assert!(matches!(broken, ConfigError::Syntax { line: 2, .. }), "{broken}");
}

#[test]
fn secrets_come_from_files_of_their_own() {
    let (folder, text) = sound("secrets");
    let url = folder.file("url", "postgres://app:s3cret@localhost/gateway\n");
    let file = folder.file("gateway.toml", &text);
    let named = ("PRIVACY_GATEWAY__DATABASE__URL_FILE", url.to_str().unwrap());
    let config = load(Some(&file), &[named]).unwrap();
    assert_eq!(config.database.url(), "postgres://app:s3cret@localhost/gateway");
    assert_eq!(config.database.serving_role().as_deref(), Some("app"));
    assert!(config.keys.master_key.is_none() && config.keys.master_key_file.is_some());
    assert!(!format!("{config:?}").contains("s3cret"));

    let twice = load(Some(&file), &[named, ("PRIVACY_GATEWAY__DATABASE__URL", "sqlite://x.db")]);
    assert!(matches!(refusals(twice)[0].reason, Reason::GivenTwice { .. }));
    let both = [("PRIVACY_GATEWAY__KEYS__MASTER_KEY", "a"), ("PRIVACY_GATEWAY__KEYS__MASTER_KEY_FILE", "b")];
    assert_eq!(refusals(load(None, &both))[0].key, "keys.master_key");
    let gone = load(Some(&file), &[("PRIVACY_GATEWAY__KEYS__URL_FILE", "/no/such/file")]);
    assert_eq!(refusals(gone)[0].key, "keys.url_file");
}

#[test]
fn a_sound_configuration_is_accepted_without_a_warning() {
    let (folder, text) = sound("sound");
    let config = load(Some(&folder.file("gateway.toml", &text)), &[]).unwrap();
    assert_eq!(config.check().unwrap(), []);
}

/// Lays settings over a sound file and names the keys that are refused.
fn refused_keys(file: &Path, settings: &[(&str, &str)]) -> Vec<String> {
    let variables = settings
        .iter()
        .map(|(name, value)| (format!("PRIVACY_GATEWAY__{name}"), (*value).to_owned()))
        .collect::<Vec<_>>();
    let config = Config::load(Some(file), variables.into_iter()).unwrap();
    refusals(config.check()).into_iter().map(|problem| problem.key).collect()
}

#[test]
fn an_unsafe_configuration_is_refused_by_key() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, text) = sound("unsafe");
    let file = folder.file("gateway.toml", &text);
    let open = folder.file("open.key", "no real key");
    std::fs::set_permissions(&open, std::fs::Permissions::from_mode(0o644)).unwrap();
    let same_file = format!("sqlite:{}/data/./gateway.db?mode=rwc", folder.0.display());
    for (name, value, key) in [
        ("SERVER__PUBLIC_URL", "http://gateway.example", "server.public_url"),
        ("SERVER__PUBLIC_URL", "ftp://gateway.example", "server.public_url"),
        ("SERVER__PUBLIC_URL", "https://gateway.example/api", "server.public_url"),
        ("SERVER__CORS_ORIGINS", "*", "server.cors_origins"),
        ("SERVER__CORS_ORIGINS", "null", "server.cors_origins"),
        ("SERVER__CORS_ORIGINS", "http://app.example", "server.cors_origins"),
        ("SERVER__CORS_ORIGINS", "https://app.example/", "server.cors_origins"),
        ("SERVER__MAX_BODY_BYTES", "999999999", "server.max_body_bytes"),
        ("SERVER__WORKERS", "0", "server.workers"),
        ("DATABASE__URL", "mysql://a/b", "database.url"),
        ("DATABASE__URL", "sqlite::memory:", "database.url"),
        ("DATABASE__OWNER_URL", "postgres://owner@localhost/gateway", "database.owner_url"),
        ("KEYS__URL", &same_file, "keys.url"),
        ("KEYS__MASTER_KEY_FILE", "/no/such/file", "keys.master_key_file"),
        ("KEYS__MASTER_KEY_FILE", open.to_str().unwrap(), "keys.master_key_file"),
        ("TOKENS__ISSUER__0__ALGORITHMS", "HS256", "tokens.issuer[0].algorithms"),
        ("TOKENS__ISSUER__0__ALGORITHMS", "none", "tokens.issuer[0].algorithms"),
        ("TOKENS__ISSUER__0__ALGORITHMS", "ES256K", "tokens.issuer[0].algorithms"),
        ("TOKENS__ISSUER__0__JWKS_URL", "http://login.example/keys", "tokens.issuer[0].jwks_url"),
        ("TOKENS__ISSUER__0__JWKS_FILE", "keys.json", "tokens.issuer[0].jwks_file"),
        ("PROCESSOR__NAME", " ", "processor.name"),
        ("LIMITS__DEPTH", "500", "limits.depth"),
        ("LIMITS__SUBJECTS_PER_HOUR", "0", "limits.subjects_per_hour"),
        ("LIMITS__COST_PER_MINUTE_TOKEN", "9999", "limits.cost_per_minute_token"),
        ("LIMITS__COST_PER_MINUTE_TENANT", "9999", "limits.cost_per_minute_tenant"),
        ("METRICS__LISTEN", "127.0.0.1:8080", "metrics.listen"),
        ("TRANSFERS__ADEQUACY_FILE", "/no/such/file", "transfers.adequacy_file"),
        ("BREACH__AUTHORITY_HOURS", "0", "breach.authority_hours"),
        ("AUDIT__SEQUENCE_MS", "0", "audit.sequence_ms"),
        ("DOWNSTREAM__LOOPBACK", "true", "downstream.loopback"),
        ("AUDIT__NAME", "two words", "audit.name"),
    ] {
        assert_eq!(refused_keys(&file, &[(name, value)]), [key], "{name}={value}");
    }
    let open_door = [("SERVER__PUBLIC_URL", "http://localhost"), ("SERVER__LISTEN", "0.0.0.0:80")];
    assert_eq!(refused_keys(&file, &open_door), ["server.listen"]);
}

#[test]
fn on_postgresql_the_roles_and_the_databases_must_differ() {
    let (folder, text) = sound("postgresql");
    let file = folder.file("gateway.toml", &text);
    let data = ("DATABASE__URL", "postgres://app@localhost/gateway");
    let by_hand = ("DATABASE__MIGRATE_AT_START", "false");
    let operator = ("DATABASE__OPERATOR_URL", "postgres://operator@localhost/gateway");
    let as_role = |url| ("DATABASE__OPERATOR_URL", url);
    for (settings, key) in [
        (vec![data, operator], "database.owner_url"),
        (vec![data, operator, ("DATABASE__OWNER_URL", data.1)], "database.owner_url"),
        (
            vec![data, operator, ("DATABASE__OWNER_URL", "postgres://owner@localhost/other")],
            "database.owner_url",
        ),
        (vec![data, by_hand, operator, ("KEYS__URL", "postgres://app@localhost:5432/gateway")], "keys.url"),
        (
            vec![data, by_hand, operator, ("KEYS__URL", "postgres://keeper@localhost/gateway_keys")],
            "keys.url",
        ),
        (vec![data, by_hand], "database.operator_url"),
        (vec![data, by_hand, as_role(data.1)], "database.operator_url"),
        (vec![data, by_hand, as_role("postgres://operator@localhost/other")], "database.operator_url"),
        (vec![operator], "database.operator_url"),
    ] {
        assert_eq!(refused_keys(&file, &settings), [key], "{settings:?}");
    }
}

#[test]
fn nothing_given_is_refused_for_what_has_no_default() {
    let problems = refusals(load(None, &[]).unwrap().check());
    let keys: Vec<&str> = problems.iter().map(|problem| problem.key.as_str()).collect();
    assert_eq!(
        keys,
        [
            "keys.master_key_file",
            "tokens.issuer",
            "processor.name",
            "processor.organisation_number",
            "processor.address",
            "processor.email",
        ]
    );
    assert!(problems.iter().all(|problem| problem.place == Place::Default));
}

#[test]
fn what_is_only_unwise_is_a_warning() {
    let (folder, text) = sound("unwise");
    let beside = folder.0.join("data/master.key");
    std::fs::rename(folder.0.join("master.key"), &beside).unwrap();
    let file = folder.file("gateway.toml", &text);
    let url = "postgres://app@db.example/gateway";
    for (settings, key) in [
        (vec![("SERVER__GRAPHIQL", "true")], "server.graphiql"),
        (vec![("METRICS__LISTEN", "0.0.0.0:9464")], "metrics.listen"),
        (
            vec![
                ("DATABASE__URL", url),
                ("DATABASE__OPERATOR_URL", "postgres://operator@db.example/gateway?sslmode=verify-full"),
                ("DATABASE__MIGRATE_AT_START", "false"),
            ],
            "database.url",
        ),
        (
            vec![
                ("DATABASE__URL", "postgres://app@db.example/gateway?sslmode=verify-full"),
                ("DATABASE__OPERATOR_URL", "postgres://operator@db.example/gateway"),
                ("DATABASE__MIGRATE_AT_START", "false"),
            ],
            "database.operator_url",
        ),
        (vec![("KEYS__MASTER_KEY_FILE", beside.to_str().unwrap())], "keys.master_key_file"),
    ] {
        let variables = settings
            .iter()
            .map(|(name, value)| (format!("PRIVACY_GATEWAY__{name}"), (*value).to_owned()))
            .chain([("PRIVACY_GATEWAY__KEYS__MASTER_KEY".to_owned(), "no real key".to_owned())])
            .filter(|(name, _)| key != "keys.master_key_file" || !name.ends_with("MASTER_KEY"));
        let warnings = Config::load(Some(&file), variables).unwrap().check().unwrap();
        assert_eq!(warnings.iter().map(|problem| problem.key.as_str()).collect::<Vec<_>>(), [key]);
    }
}
