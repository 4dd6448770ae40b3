//! The text files in archives of tables.

use crate::package::letter::texts::ReadmeFacts;

/// What holds for every table.
const NOTES: &str = "\
Tabellerna följer RFC 4180: UTF-8 med inledande BOM, kommatecken mellan
fälten, citattecken runt fälten och rubriker på första raden. Tidpunkter står
i UTC enligt RFC 3339. Flera värden i ett fält skiljs åt med mellanslag.

Om apostrofer: ett fält som börjar med = + - @ eller ett styrtecken kan av ett
kalkylprogram uppfattas som en formel. Framför sådana tecken står därför en
apostrof ('). Det gäller även telefonnummer, till exempel '+46701234567.
Apostrofen hör inte till uppgiften. Detsamma gäller sådana tecken efter
semikolon, tabb eller ny rad inne i ett fält.
";

pub(super) fn access(facts: &ReadmeFacts<'_>) -> String {
    format!(
        "\
Kopia av dina personuppgifter
=============================

Personuppgiftsansvarig: {controller}
Referens: {reference}
Datum: {made}
Frågor: {email}

Brevet letter.md är svaret på din begäran i läsbar form. Tabellerna innehåller
samma uppgifter för kalkylprogram och andra datorprogram:

person.csv              uppgifterna om dig
accounting-records.csv  bokföringshandlingar som du finns med i
consents.csv            dina samtycken
restrictions.csv        begränsningar av behandlingen
processing.csv          varför uppgifterna behandlas, och med vilket lagstöd
recipients.csv          vilka som får del av uppgifterna, och var de behandlas
retention.csv           hur länge uppgifterna sparas
sources.csv             varifrån uppgifterna kommer
requests.csv            dina begäranden
access-log.csv          när och varför uppgifterna har lästs
systems.csv             våra andra system, och hur de svarade
returned.csv            de uppgifter som dessa system lämnade

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
Dina uppgifter, att ta med dig
==============================

Personuppgiftsansvarig: {controller}
Referens: {reference}
Datum: {made}
Frågor: {email}

Brevet letter.md är svaret på din begäran i läsbar form. Tabellerna kan läsas
av kalkylprogram och andra datorprogram:

person.csv    de uppgifter som du har lämnat och har rätt att ta med dig
excluded.csv  de uppgifter som inte ingår, och varför
systems.csv   våra andra system, och hur de svarade
returned.csv  de uppgifter som dessa system lämnade

{NOTES}",
        controller = facts.controller,
        reference = facts.reference,
        made = facts.made,
        email = facts.email,
    )
}
