//! Shapes that every step uses.

use sea_orm_migration::prelude::*;

/// A table of the tenants: its first column and the head of its primary key is `tenant_id`, so that no row can be
/// named, and none can point, without its tenant.
pub fn tenant_table(name: &'static str, key: &[&'static str]) -> TableCreateStatement {
    let mut primary = Index::create();
    primary.col("tenant_id");
    for column in key {
        primary.col(*column);
    }
    let mut table = Table::create();
    table.table(name).col(ColumnDef::new("tenant_id").uuid().not_null()).primary_key(&mut primary);
    table
}

/// A foreign key within the tenant: `(tenant_id, column)` of `from` names `(tenant_id, id)` of `to`.
pub fn within_tenant(
    from: &'static str,
    column: &'static str,
    to: &'static str,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{from}_{column}"))
        .from(from, ("tenant_id", column))
        .to(to, ("tenant_id", "id"))
        .on_delete(ForeignKeyAction::Cascade)
        .to_owned()
}

/// The foreign key of every tenant table to its tenant.
pub fn of_tenant(from: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("fk_{from}_tenant"))
        .from(from, "tenant_id")
        .to("tenant", "id")
        .to_owned()
}

/// A needed UUID.
pub fn uuid(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().not_null().to_owned()
}

/// A needed text.
pub fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

/// A text that may be absent.
pub fn text_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().to_owned()
}

/// A needed instant.
pub fn instant(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().not_null().to_owned()
}

/// An instant that may be absent.
pub fn instant_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).timestamp_with_time_zone().to_owned()
}

/// A needed date.
pub fn date(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().not_null().to_owned()
}

/// A date that may be absent.
pub fn date_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).date().to_owned()
}

/// A needed number.
pub fn integer(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).integer().not_null().to_owned()
}

/// A needed JSON value.
pub fn json(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().not_null().to_owned()
}

/// Needed bytes.
pub fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).blob().not_null().to_owned()
}

/// A UUID that may be absent.
pub fn uuid_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).uuid().to_owned()
}

/// A JSON value that may be absent.
pub fn json_or_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).json_binary().to_owned()
}

/// Adds columns to a table, one statement each, as SQLite asks.
///
/// # Errors
/// When the database refuses.
pub async fn add_columns(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    for mut column in columns {
        manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
    }
    Ok(())
}
