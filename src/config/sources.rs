//! Reads the file, lays the environment over it, and fetches the secrets that stand in files of their own.

use std::path::Path;

use ::config::{FileFormat, builder::DefaultState};
use url::Url;

use super::document::Document;
use super::error::{ConfigError, Problem, Reason};
use super::known::{Known, Shape};
use super::place::{Place, Places};
use super::{Config, Secret};

/// What every variable of ours begins with. A single underscore is not enough: container platforms set
/// `PRIVACY_GATEWAY_PORT` and the like for a service of this name.
const PREFIX: &str = "PRIVACY_GATEWAY__";

/// Settings that are secrets, or may hold one, and the key that names a file which holds it instead.
pub(super) const SECRETS: [(&str, &str); 9] = [
    ("database.url", "database.url_file"),
    ("database.owner_url", "database.owner_url_file"),
    ("database.operator_url", "database.operator_url_file"),
    ("keys.url", "keys.url_file"),
    ("keys.owner_url", "keys.owner_url_file"),
    ("keys.master_key", "keys.master_key_file"),
    ("mail.password", "mail.password_file"),
    ("keys.pkcs11_pin", "keys.pkcs11_pin_file"),
    ("console.client_secret", "console.client_secret_file"),
];

type Builder = ::config::ConfigBuilder<DefaultState>;

/// The variable that gives a key.
pub(super) fn variable(key: &str) -> String {
    let path = key.replace(['[', '.'], "__").replace(']', "").to_uppercase();
    format!("{PREFIX}{path}")
}

/// Whether the value of a secret's key is itself secret: an address is only when it holds a password.
pub(super) fn holds_secret(key: &str, text: &str) -> bool {
    if matches!(key, "keys.master_key" | "keys.pkcs11_pin" | "mail.password" | "console.client_secret") {
        return true;
    }
    let Ok(url) = Url::parse(text) else {
        return text.contains('@');
    };
    url.password().is_some() || url.query_pairs().any(|(name, _)| name.eq_ignore_ascii_case("password"))
}

/// Reads the configuration and says all that is wrong with its form.
pub(super) fn load(
    path: Option<&Path>,
    environment: impl Iterator<Item = (String, String)>,
) -> Result<Config, ConfigError> {
    let mut layers = Layers::new();
    if let Some(path) = path {
        layers.file(path)?;
    }
    for (name, value) in environment {
        layers.variable(&name, value);
    }
    let mut config = layers.config()?;
    read_secret_files(&mut config)?;
    Ok(config)
}

/// What was given so far, and what is wrong with it.
struct Layers {
    known: Known,
    places: Places,
    problems: Vec<Problem>,
    builder: Builder,
}

impl Layers {
    fn new() -> Self {
        Self {
            known: Known::new(),
            places: Places::default(),
            problems: Vec::new(),
            builder: Builder::default(),
        }
    }

    fn file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| ConfigError::Unreadable { path: path.to_owned(), source })?;
        let (known, places, problems) = (&self.known, &mut self.places, &mut self.problems);
        Document { path, text: &text, known, places, problems }.walk()?;
        let builder = std::mem::take(&mut self.builder);
        self.builder = builder.add_source(::config::File::from_str(&text, FileFormat::Toml));
        Ok(())
    }

    fn variable(&mut self, name: &str, value: String) {
        let Some(path) = name.strip_prefix(PREFIX) else { return };
        // Compose files and shells pass variables on that nobody filled in.
        if value.is_empty() {
            return;
        }
        let key = key_of(path);
        let place = Place::Environment(name.to_owned());
        let builder = self.builder.clone();
        let changed = match self.known.shape(&key) {
            Some(Shape::Value) => builder.set_override(&key, value).ok(),
            Some(Shape::List) => builder.set_override(&key, members(&value)).ok(),
            Some(Shape::Section | Shape::Tables) | None => None,
        };
        if let Some(builder) = changed {
            self.builder = builder;
            self.places.enter(&key, place);
        } else {
            let reason = Reason::Unknown { nearest: self.known.nearest(&key) };
            self.problems.push(Problem { place, key, reason });
        }
    }

    fn config(self) -> Result<Config, ConfigError> {
        if !self.problems.is_empty() {
            return Err(ConfigError::Refused(self.problems));
        }
        let built = self.builder.build().and_then(::config::Config::try_deserialize);
        let mut config: Config =
            built.map_err(|error| ConfigError::Refused(vec![malformed(&error, &self.places)]))?;
        config.places = self.places;
        Ok(config)
    }
}

/// `TOKENS__ISSUER__0__AUDIENCE` as `tokens.issuer[0].audience`.
fn key_of(path: &str) -> String {
    let mut key = String::new();
    for segment in path.to_lowercase().split("__") {
        if !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit()) {
            key.extend(["[", segment, "]"]);
        } else {
            if !key.is_empty() {
                key.push('.');
            }
            key.push_str(segment);
        }
    }
    key
}

fn members(value: &str) -> Vec<String> {
    value.split(',').map(str::trim).filter(|member| !member.is_empty()).map(str::to_owned).collect()
}

/// The library's error in our words: it may quote a value, and some values are secrets.
fn malformed(error: &::config::ConfigError, places: &Places) -> Problem {
    use ::config::ConfigError as E;
    let (key, text) = match error {
        E::Type { key, expected, .. } => (key.clone(), format!("expected {expected}")),
        E::NotFound(key) => (Some(key.clone()), "is missing".to_owned()),
        E::At { error, key, .. } => (key.clone(), malformed(error, places).reason.to_string()),
        E::Message(message) => (None, message.clone()),
        _ => (None, "cannot be read".to_owned()),
    };
    let key = key.unwrap_or_default();
    Problem { place: places.of(&key), key, reason: Reason::Form(text) }
}

fn read_secret_files(config: &mut Config) -> Result<(), ConfigError> {
    let mut problems = Vec::new();
    let places = &config.places;
    let (database, keys, mail) = (&mut config.database, &mut config.keys, &mut config.mail);
    let console = &mut config.console;
    let secrets = [
        (SECRETS[0], &database.url_file, &mut database.url),
        (SECRETS[1], &database.owner_url_file, &mut database.owner_url),
        (SECRETS[2], &database.operator_url_file, &mut database.operator_url),
        (SECRETS[3], &keys.url_file, &mut keys.url),
        (SECRETS[4], &keys.owner_url_file, &mut keys.owner_url),
        (SECRETS[6], &mail.password_file, &mut mail.password),
        (SECRETS[7], &keys.pkcs11_pin_file, &mut keys.pkcs11_pin),
        (SECRETS[8], &console.client_secret_file, &mut console.client_secret),
    ];
    for ((key, file_key), file, secret) in secrets {
        let Some(file) = file else { continue };
        match wins(places.given(key), places.given(file_key)) {
            Some(Winner::Value) => continue,
            Some(Winner::File) => {}
            None => problems.push(given_twice((key, file_key), places)),
        }
        match std::fs::read_to_string(file) {
            Ok(text) => *secret = Some(Secret::new(text.trim().to_owned())),
            Err(error) => problems.push(Problem {
                place: places.of(file_key),
                key: file_key.to_owned(),
                reason: Reason::Form(format!("{} cannot be read: {error}", file.display())),
            }),
        }
    }
    let (key, file_key) = SECRETS[5];
    // Where somebody said who keeps the key, the other one still unwraps.
    if config.keys.keeper.is_none() && wins(places.given(key), places.given(file_key)).is_none() {
        problems.push(given_twice((key, file_key), places));
    }
    if problems.is_empty() { Ok(()) } else { Err(ConfigError::Refused(problems)) }
}

fn given_twice((key, file_key): (&str, &str), places: &Places) -> Problem {
    let reason = Reason::GivenTwice { other: file_key.to_owned() };
    Problem { place: places.of(key), key: key.to_owned(), reason }
}

enum Winner {
    Value,
    File,
}

/// The environment wins over the file; two of the same layer contradict each other.
fn wins(value: Option<&Place>, file: Option<&Place>) -> Option<Winner> {
    match (value, file) {
        (Some(Place::Environment(_)), Some(Place::Environment(_))) => None,
        (Some(Place::Environment(_)), _) => Some(Winner::Value),
        (None, _) | (Some(_), Some(Place::Environment(_))) => Some(Winner::File),
        (Some(_), _) => None,
    }
}
