//! The text files in archives of tables.

use crate::package::letter::texts::ReadmeFacts;

/// What holds for every table.
const NOTES: &str = "\
The tables follow RFC 4180: UTF-8 with a byte order mark, commas between the
fields, quotation marks around them and names in the first row. Instants are
in UTC as in RFC 3339. Several values in one field are parted by spaces.

About apostrophes: a spreadsheet may take a field that begins with = + - @ or
a control character for a formula. An apostrophe (') therefore stands before
such characters. This holds for telephone numbers too, for example
'+46701234567. The apostrophe is no part of the data. The same is done to such
characters after a semicolon, a tab or a line break within a field.
";

pub(super) fn access(facts: &ReadmeFacts<'_>) -> String {
    format!(
        "\
Copy of your personal data
==========================

Controller: {controller}
Reference: {reference}
Date: {made}
Questions: {email}

The letter, letter.md, is the answer to your request in readable form. The
tables hold the same data for spreadsheets and other programs:

person.csv              the data about you
accounting-records.csv  accounting records that name you
consents.csv            your consents
restrictions.csv        restrictions of processing
processing.csv          why the data is processed, and on which legal basis
recipients.csv          who receives the data, and where it is processed
retention.csv           how long the data is kept
sources.csv             where the data comes from
requests.csv            your requests
access-log.csv          when and why the data was read
systems.csv             our other systems, and how they answered
returned.csv            the data that these systems returned

{NOTES}",
        controller = facts.controller,
        reference = facts.reference,
        made = facts.made,
        email = facts.email,
    )
}

pub(super) fn portability(facts: &ReadmeFacts<'_>) -> String {
    format!(
        "\
Your data, to take with you
===========================

Controller: {controller}
Reference: {reference}
Date: {made}
Questions: {email}

The letter, letter.md, is the answer to your request in readable form. The
tables can be read by spreadsheets and other programs:

person.csv    the data that you provided and are entitled to take with you
excluded.csv  the data that is not included, and why
systems.csv   our other systems, and how they answered
returned.csv  the data that these systems returned

{NOTES}",
        controller = facts.controller,
        reference = facts.reference,
        made = facts.made,
        email = facts.email,
    )
}
