//! The configuration file: which keys it gives, and on which lines.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, Problem, Reason};
use super::known::{Known, Shape};
use super::place::{Place, Places};
use super::sources::{SECRETS, holds_secret, variable};

/// Walks the file's keys, enters their lines and collects what is wrong with them.
pub(super) struct Document<'a> {
    pub(super) path: &'a Path,
    pub(super) text: &'a str,
    pub(super) known: &'a Known,
    pub(super) places: &'a mut Places,
    pub(super) problems: &'a mut Vec<Problem>,
}

impl Document<'_> {
    /// # Errors
    /// [`ConfigError::Syntax`] when the text is no TOML.
    pub(super) fn walk(mut self) -> Result<(), ConfigError> {
        let table = DeTable::parse(self.text).map_err(|error| ConfigError::Syntax {
            path: self.path.to_owned(),
            line: self.line(error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        })?;
        self.table("", table.get_ref());
        Ok(())
    }

    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (name, value) in table {
            let dot = if prefix.is_empty() { "" } else { "." };
            let key = format!("{prefix}{dot}{}", name.get_ref());
            let place = Place::File { path: self.path.to_owned(), line: self.line(name.span().start) };
            self.places.enter(&key, place);
            self.value(&key, value);
        }
    }

    fn value(&mut self, key: &str, value: &Spanned<DeValue<'_>>) {
        let Some(shape) = self.known.shape(key) else {
            return self.refuse(key, Reason::Unknown { nearest: self.known.nearest(key) });
        };
        match (shape, value.get_ref()) {
            (Shape::Section, DeValue::Table(table)) => self.table(key, table),
            (Shape::Tables, DeValue::Array(members)) => self.members(key, members.iter()),
            (Shape::Value, DeValue::String(text)) => self.secret(key, text),
            (Shape::List, DeValue::Array(_))
            | (Shape::Value, DeValue::Integer(_) | DeValue::Boolean(_) | DeValue::Float(_)) => {}
            (Shape::Section, _) => self.refuse(key, Reason::Form("expected a table".to_owned())),
            (Shape::Tables, _) => self.refuse(key, Reason::Form(format!("expected [[{key}]]"))),
            (Shape::List, _) => self.refuse(key, Reason::Form("expected a list of texts".to_owned())),
            (Shape::Value, _) => self.refuse(key, Reason::Form("expected one value".to_owned())),
        }
    }

    fn members<'v>(&mut self, key: &str, members: impl Iterator<Item = &'v Spanned<DeValue<'v>>>) {
        for (index, member) in members.enumerate() {
            let key = format!("{key}[{index}]");
            let place = Place::File { path: self.path.to_owned(), line: self.line(member.span().start) };
            self.places.enter(&key, place);
            match member.get_ref() {
                DeValue::Table(table) => self.table(&key, table),
                _ => self.refuse(&key, Reason::Form("expected a table".to_owned())),
            }
        }
    }

    fn secret(&mut self, key: &str, text: &str) {
        for (secret, file_key) in SECRETS {
            if key == secret && holds_secret(key, text) {
                let reason = Reason::SecretInFile { variable: variable(key), file_key: file_key.to_owned() };
                self.refuse(key, reason);
            }
        }
    }

    fn refuse(&mut self, key: &str, reason: Reason) {
        self.problems.push(Problem { place: self.places.of(key), key: key.to_owned(), reason });
    }

    fn line(&self, offset: usize) -> usize {
        1 + self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }
}
