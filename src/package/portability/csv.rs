//! The portability package as tables. Names of files and columns are those of the JSON.

use domain::category::DataCategory;

use super::{PortabilityAnswer, Provided};
use crate::package::csv_zip::archive::{self, Table, TextFile};
use crate::package::csv_zip::tables::address;
use crate::package::json::parts::revealed;
use crate::package::letter::texts::{self, ReadmeFacts};
use crate::package::letter::{date, markdown, request};
use crate::package::{PackageError, asked};

/// The archive: `README.txt`, the letter as Markdown and the tables, always in the same order.
pub(super) fn write(answer: &PortabilityAnswer) -> Result<Vec<u8>, PackageError> {
    let letter = markdown::render(&request::letter(&answer.case));
    let texts =
        [TextFile { file: "README.txt", text: readme(answer) }, TextFile { file: "letter.md", text: letter }];
    let [systems, returned] = asked::tables(answer.asked());
    archive::pack(&texts, &[person(&answer.provided), excluded(answer), systems, returned])
}

fn readme(answer: &PortabilityAnswer) -> String {
    let case = &answer.case;
    let texts = texts::of(case.language);
    (texts.requests.portability_readme)(&ReadmeFacts {
        controller: &case.controller.name,
        reference: &case.reference,
        made: &date::day(case.made_at, &case.zone, texts),
        email: &case.controller.contact.email,
    })
}

fn person(provided: &Provided) -> Table {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut held = |field: &str, value: Option<&str>| {
        rows.extend(value.map(|value| vec![field.to_owned(), value.to_owned()]));
    };
    held("name", revealed(provided.name.as_ref()));
    held("position", revealed(provided.position.as_ref()));
    held("phone", revealed(provided.phone.as_ref()));
    for (field, value) in address(provided.address.as_ref()) {
        held(field, Some(&value));
    }
    held("email", revealed(provided.email.as_ref()));
    held("loginName", revealed(provided.login_name.as_ref()));
    Table { file: "person.csv", headers: &["field", "value"], rows }
}

fn excluded(answer: &PortabilityAnswer) -> Table {
    let row = |(category, reason): &(DataCategory, String)| vec![category.code().to_owned(), reason.clone()];
    let rows = answer.excluded().iter().map(row).collect();
    Table { file: "excluded.csv", headers: &["category", "sentence"], rows }
}
