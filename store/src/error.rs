//! What can go wrong in the store. No variant carries a database's own text: it can quote values (pitfall P6).

use sea_orm::{DbErr, SqlErr};

/// Which uniqueness rule a write broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unique {
    /// E-mail, login name or external reference of a person.
    SubjectTerm,
    /// A second open request of the same kind for the same person.
    OpenRequest,
    /// The idempotency key is being used at this very moment.
    IdempotencyKey,
    /// The number of an accounting record of its kind.
    RecordNumber,
    /// The organisation number of a tenant.
    OrganisationNumber,
    /// Name and language of a template.
    TemplateName,
    /// The name of a downstream system.
    SystemName,
    /// The name that a controller gave a request of OpenDSR.
    SubjectRequest,
    /// Any other.
    Other,
}

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or did not answer; `code` is its SQLSTATE or the kind of failure.
    #[error("the database failed ({code})")]
    Database {
        /// SQLSTATE, `SQLite` result code or kind of failure.
        code: String,
    },
    /// A uniqueness rule was broken.
    #[error("a unique value is taken")]
    Taken(Unique),
    /// A row that fits no value of the domain.
    #[error("row of {table} is inconsistent at {column}")]
    Inconsistent {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
    },
    /// A sealed value does not open: it was changed, moved, or sealed under another key.
    #[error("a sealed value of {table} does not open")]
    Tampered {
        /// The table.
        table: &'static str,
    },
    /// The key is not in the key store: the person was erased.
    #[error("the key is gone")]
    KeyGone,
    /// Another worker holds the work by now.
    #[error("the lease was lost")]
    LeaseLost,
    /// The audit writer has stopped: nothing may be disclosed.
    #[error("the audit log can't be written")]
    AuditUnavailable,
    /// The database is not in a state to serve from; the text says what to do.
    #[error("{0}")]
    Unfit(String),
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(SqlErr::UniqueConstraintViolation(constraint)) = error.sql_err() {
            return Self::Taken(broken_rule(&constraint));
        }
        Self::Database { code: code_of(&error) }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database { code: sqlx_code(&error) }
    }
}

/// The constraint's name (PostgreSQL) or its columns (SQLite) tell the rule.
fn broken_rule(constraint: &str) -> Unique {
    if constraint.contains("subject_index") {
        Unique::SubjectTerm
    } else if constraint.contains("rights_request_open") || constraint.contains("rights_request.kind") {
        Unique::OpenRequest
    } else if constraint.contains("accounting_record_number")
        || constraint.contains("accounting_record.number")
    {
        Unique::RecordNumber
    } else if constraint.contains("organisation_number") {
        Unique::OrganisationNumber
    } else if constraint.contains("agreement_template") {
        Unique::TemplateName
    } else if constraint.contains("downstream_system_name") || constraint.contains("downstream_system.name") {
        Unique::SystemName
    } else if constraint.contains("opendsr_request") {
        Unique::SubjectRequest
    } else if constraint.contains("idempotency") {
        Unique::IdempotencyKey
    } else {
        Unique::Other
    }
}

fn code_of(error: &DbErr) -> String {
    use sea_orm::RuntimeErr;
    match error {
        DbErr::Conn(RuntimeErr::SqlxError(inner))
        | DbErr::Exec(RuntimeErr::SqlxError(inner))
        | DbErr::Query(RuntimeErr::SqlxError(inner)) => sqlx_code(inner),
        DbErr::ConnectionAcquire(_) => "no connection".to_owned(),
        DbErr::RecordNotFound(_) => "no record".to_owned(),
        DbErr::RecordNotInserted => "not inserted".to_owned(),
        DbErr::RecordNotUpdated => "not updated".to_owned(),
        DbErr::Migration(_) => "migration".to_owned(),
        DbErr::Type(_) | DbErr::Json(_) | DbErr::TryIntoErr { .. } => "a value of another type".to_owned(),
        _ => "unclassified".to_owned(),
    }
}

fn sqlx_code(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(inner) => {
            inner.code().map_or_else(|| "database".to_owned(), std::borrow::Cow::into_owned)
        }
        sqlx::Error::Io(_) => "connection lost".to_owned(),
        sqlx::Error::PoolTimedOut => "no free connection".to_owned(),
        sqlx::Error::PoolClosed => "pool closed".to_owned(),
        sqlx::Error::Tls(_) => "tls".to_owned(),
        sqlx::Error::Configuration(_) => "address of the database".to_owned(),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "a value of another type".to_owned(),
        _ => "driver".to_owned(),
    }
}
