//! The people of the demonstration. All are invented: telephone numbers come from the ranges that the Swedish numbering
//! plan sets aside for fiction, e-mail domains from RFC 2606.

use domain::address::AddressParts;

use crate::service::person::{Given, PersonInput};

/// A person: reference, name, position, telephone, e-mail address, login name and postal address (street, postal code,
/// town). An empty text is a value that is not held.
pub(super) struct Person(
    pub(super) &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    [&'static str; 3],
);

const NOWHERE: [&str; 3] = ["", "", ""];

impl Person {
    /// The tenant's own key, which names the person in the other tables.
    pub(super) const fn reference(&self) -> &'static str {
        self.0
    }

    /// What registers the person. Whoever has a login name has a password that nobody needs to know.
    pub(super) fn input(&self) -> PersonInput {
        let Self(reference, name, position, phone, email, login_name, [line, postal_code, locality]) = *self;
        PersonInput {
            external_reference: given(reference),
            name: given(name),
            position: given(position),
            phone: given(phone),
            address: beside(
                line,
                AddressParts {
                    lines: vec![line.to_owned()],
                    postal_code: postal_code.to_owned(),
                    locality: locality.to_owned(),
                    country: "SE".to_owned(),
                },
            ),
            email: given(email),
            login_name: given(login_name),
            password: beside(login_name, format!("lösenord för {reference}")),
        }
    }
}

fn given(text: &str) -> Given<String> {
    beside(text, text.to_owned())
}

/// The value, where the text is not empty.
fn beside<T>(text: &str, value: T) -> Given<T> {
    if text.is_empty() { Given::LeftOut } else { Given::Value(value) }
}

/// Contact persons at the vendor's customers.
#[rustfmt::skip]
pub(super) const VENDOR: [Person; 16] = [
    Person("C-1001", "Ada Exempelsson",     "Ekonomichef",         "070-174 06 05", "ada.exempelsson@hamnhandel.example",  "ada.exempelsson",   ["Exempelgatan 1", "990 01", "Provstad"]),
    Person("C-1002", "Bo Provberg",         "Inköpare",            "070-174 06 06", "bo.provberg@hamnhandel.example",      "bo.provberg",       ["Exempelgatan 1", "990 01", "Provstad"]),
    Person("C-1003", "Cecilia Testlund",    "Verkställande direktör", "08-465 004 00", "cecilia.testlund@provfrakt.example", "",               ["Testvägen 22", "990 14", "Mallköping"]),
    Person("C-1004", "David Mallgren",      "Systemansvarig",      "070-174 06 07", "david.mallgren@provfrakt.example",    "david.mallgren",    NOWHERE),
    Person("C-1005", "Ebba Utkastsson",     "Controller",          "",              "ebba.utkastsson@utkast.example",      "",                  NOWHERE),
    Person("C-1006", "Filip Skissdal",      "",                    "031-390 06 00", "filip.skissdal@utkast.example",       "",                  ["Skissgränd 3", "990 20", "Utkastby"]),
    Person("C-1007", "Greta Påhittsson",    "Redovisningsekonom",  "070-174 06 08", "greta.pahittsson@pahitt.example",     "greta.pahittsson",  NOWHERE),
    Person("C-1008", "Hugo Fantasihag",     "Konsult",             "",              "hugo@fantasihag.example",             "",                  ["Fantasistigen 8", "990 31", "Drömsele"]),
    Person("C-1009", "Ida Låtsasdotter",    "Projektledare",       "040-628 04 00", "ida.latsasdotter@latsas.example",     "",                  NOWHERE),
    Person("C-1010", "Jonas Fingerad",      "",                    "070-174 06 09", "",                                    "",                  NOWHERE),
    Person("C-1011", "Karin Demolin",       "Administratör",       "08-465 004 01", "karin.demolin@demolin.example",       "karin.demolin",     ["Demotorget 5", "990 42", "Visningsås"]),
    Person("C-1012", "Liam Modellkvist",    "Löneansvarig",        "",              "liam.modellkvist@demolin.example",    "",                  NOWHERE),
    Person("C-1013", "Märta Platshållare",  "Ordförande",          "0980-319 200",  "marta@platshallare.example",          "",                  ["Box 13", "990 50", "Platsbo"]),
    Person("C-1014", "Nils Mönsterby",      "",                    "",              "nils.monsterby@monster.example",      "",                  NOWHERE),
    Person("C-1015", "Olga Provtryck",      "Marknadschef",        "070-174 06 10", "olga.provtryck@provtryck.example",    "",                  NOWHERE),
    Person("C-1016", "Per Förlagén",        "",                    "",              "",                                    "",                  ["Förlagsvägen 16", "990 61", "Urkund"]),
];

/// Customers of the shop.
#[rustfmt::skip]
pub(super) const SHOP: [Person; 14] = [
    Person("H-2001", "Alva Provdotter",     "",                "070-174 06 20", "alva.provdotter@post.example",     "alva.p",       ["Hamngatan 11", "991 01", "Exempelhamn"]),
    Person("H-2002", "Birger Testén",       "",                "070-174 06 21", "birger.testen@post.example",       "birger1952",   ["Hamngatan 14", "991 01", "Exempelhamn"]),
    Person("H-2003", "Clara Sampelström",   "Inköpschef",      "08-465 004 10", "clara@sampelstrom.example",        "clara.inkop",  ["Lagervägen 2", "991 12", "Exempelhamn"]),
    Person("H-2004", "Dan Attrapp",         "",                "",              "dan.attrapp@post.example",         "",             ["Kajen 4", "991 02", "Exempelhamn"]),
    Person("H-2005", "Elin Kopiakvist",     "",                "070-174 06 22", "elin.kopiakvist@post.example",     "elin.k",       NOWHERE),
    Person("H-2006", "Folke Dubblett",      "",                "031-390 06 01", "",                                 "",             ["Fyrvägen 7", "991 30", "Skärprov"]),
    Person("H-2007", "Gunilla Replik",      "Kontorschef",     "",              "gunilla@replik.example",           "",             ["Torget 1", "991 40", "Återby"]),
    Person("H-2008", "Henrik Imitationsson", "",               "070-174 06 23", "henrik.i@post.example",            "henrik.i",     NOWHERE),
    Person("H-2009", "Inga-Lill Prototyp",  "",                "",              "ingalill@prototyp.example",        "",             ["Verkstadsgatan 9", "991 51", "Formby"]),
    Person("H-2010", "Johannes O'Prov",     "",                "070-174 06 24", "johannes.oprov@post.example",      "",             NOWHERE),
    Person("H-2011", "Kerstin Simulerad",   "",                "",              "kerstin.s@post.example",           "",             NOWHERE),
    Person("H-2012", "Love Stubb",          "",                "",              "",                                 "",             ["Stubbängen 12", "991 60", "Exempelhamn"]),
    Person("H-2013", "Mohammed Testfall",   "Fastighetsskötare", "070-174 06 25", "mohammed@testfall.example",      "",             ["Gränsvägen 13", "991 70", "Kantfall"]),
    Person("H-2014", "Nora Åskådliggård",   "",                "",              "nora.a@post.example",              "",             NOWHERE),
];

/// Contacts of the carrier, which holds neither login names nor passwords.
#[rustfmt::skip]
pub(super) const CARRIER: [Person; 12] = [
    Person("F-3001", "Agnes Fraktprov",     "Transportledare",  "070-174 06 40", "agnes.fraktprov@avsandare.example", "", ["Terminalvägen 1", "992 01", "Lastköping"]),
    Person("F-3002", "Bertil Godstest",     "Lagerchef",        "070-174 06 41", "bertil.godstest@avsandare.example", "", ["Terminalvägen 1", "992 01", "Lastköping"]),
    Person("F-3003", "Carin Pallmall",      "",                 "040-628 04 01", "carin.pallmall@mottagare.example",  "", ["Industrigatan 30", "992 13", "Pallinge"]),
    Person("F-3004", "Doris Kollisson",     "Speditör",         "070-174 06 42", "doris@kollisson.example",           "", NOWHERE),
    Person("F-3005", "Erik Exempelfrakt",   "Chaufför",         "070-174 06 43", "",                                  "", NOWHERE),
    Person("F-3006", "Frida Lastprov",      "Kundtjänst",       "08-465 004 20", "frida.lastprov@mottagare.example",  "", NOWHERE),
    Person("F-3007", "Gösta Vagnmodell",    "",                 "0980-319 201",  "gosta@vagnmodell.example",          "", ["Spårvägen 70", "992 44", "Växelby"]),
    Person("F-3008", "Hanna Containerlund", "Inköpare",         "",              "hanna@containerlund.example",       "", NOWHERE),
    Person("F-3009", "Isak Rampgren",       "",                 "070-174 06 44", "",                                  "", ["Lastkajen 9", "992 02", "Lastköping"]),
    Person("F-3010", "Jenny Provsändning",  "Logistiker",       "",              "jenny@provsandning.example",        "", NOWHERE),
    Person("F-3011", "Knut Tomvikt",        "",                 "",              "knut.tomvikt@mottagare.example",    "", NOWHERE),
    Person("F-3012", "Lisbeth Returgods",   "Reklamationer",    "031-390 06 02", "lisbeth@returgods.example",         "", ["Returvägen 12", "992 55", "Omlaståker"]),
];

/// Customers of the bookshop, which is leaving.
#[rustfmt::skip]
pub(super) const BOOKSHOP: [Person; 6] = [
    Person("S-4001", "Astrid Romanexempel", "",               "070-174 06 60", "astrid.romanexempel@post.example", "", ["Bokgränd 4", "993 01", "Skisskusten"]),
    Person("S-4002", "Börje Pocketprov",    "",               "",              "borje.pocketprov@post.example",    "", ["Läsvägen 12", "993 02", "Skisskusten"]),
    Person("S-4003", "Carl-Otto Häftad",    "Bibliotekarie",  "08-465 004 30", "carlotto@haftad.example",          "", NOWHERE),
    Person("S-4004", "Disa Omslag",         "",               "070-174 06 61", "",                                 "", ["Pärmstigen 9", "993 03", "Omslagsby"]),
    Person("S-4005", "Evert Bokmärke",      "",               "",              "evert.bokmarke@post.example",      "", NOWHERE),
    Person("S-4006", "Fatima Förord",       "Lärare",         "070-174 06 62", "fatima.forord@skola.example",      "", ["Skolgatan 6", "993 04", "Förordsås"]),
];

/// Customers of the cycle shop, whose data is erased again.
#[rustfmt::skip]
pub(super) const CYCLES: [Person; 4] = [
    Person("E-5001", "Arne Styrexempel",    "",               "070-174 06 70", "arne.styrexempel@post.example",    "", ["Trampvägen 1", "994 01", "Attrappdalen"]),
    Person("E-5002", "Birgitta Pedalprov",  "",               "",              "birgitta.pedalprov@post.example",  "", ["Trampvägen 2", "994 01", "Attrappdalen"]),
    Person("E-5003", "Conny Kedjetest",     "",               "070-174 06 71", "",                                 "", NOWHERE),
    Person("E-5004", "Doris Sadelmall",     "",               "",              "doris.sadelmall@post.example",     "", NOWHERE),
];
