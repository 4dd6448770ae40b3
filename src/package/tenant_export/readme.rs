//! What the archive says of itself, in both languages: it outlives the service.

use std::fmt::Write as _;

use domain::calendar::civil_date;
use domain::language::Language;

use super::archive::{Form, Heading};
use super::manifest;
use super::record::Kind;

/// Name and text of each README.
pub(super) fn texts(heading: &Heading) -> [(&'static str, String); 2] {
    [("README.sv.txt", swedish(heading)), ("README.en.txt", english(heading))]
}

fn files(language: Language) -> String {
    let [json, csv] = Form::ALL.map(Form::extension);
    let mut list = String::new();
    for kind in Kind::ALL {
        // Writing to a string cannot fail.
        let _ =
            writeln!(list, "  {stem}.{json}, {stem}.{csv}: {}", kind.content(language), stem = kind.stem());
    }
    list
}

fn swedish(heading: &Heading) -> String {
    format!(
        "ALLA UPPGIFTER FÖR {name}\n\n\
         Arkivet innehåller allt som {processor} som personuppgiftsbiträde lagrar för {name} och som går att lämna \
         tillbaka (artikel 28.3 g i dataskyddsförordningen). Alla filer visar läget vid ett och samma tillfälle: \
         {day}, närmare bestämt {instant}.\n\n\
         Filerna\n{files}\n\
         Varje slag av uppgifter finns i två filer med samma kolumner i samma ordning. I .jsonl är varje rad ett \
         JSON-objekt; värdet null betyder att uppgift saknas. I .csv skiljs fälten åt med komma, raderna slutar \
         med CRLF och teckenkodningen är UTF-8; flera koder i ett fält skiljs åt med blanksteg och flera texter \
         med radbrytning. Tidpunkter anges i UTC, datum är svenska dagar. Kolumner vars namn slutar på Id \
         hänvisar till kolumnen id i en annan fil; auditEventId hänvisar till loggen.\n\n\
         I .csv står en apostrof (') före värden som ett kalkylprogram annars kunde tolka som en formel, till \
         exempel telefonnummer som börjar med +. I .jsonl står värdena exakt som de är lagrade; använd de filerna \
         för att läsa in uppgifterna i ett annat system.\n\n\
         Kontrollera innehållet\n\
         {manifest} anger för varje fil antalet poster, längden i byte och SHA-256 av den uppackade filen.\n\n\
         Detta ingår inte\n\
         Lösenord: tjänsten lagrar dem aldrig, och kontrollvärdena lämnas inte ut; kolumnen hasPassword visar om \
         ett finns.\n\
         Loggen över vem som har läst och ändrat uppgifter: den läses i tjänsten (auditEvents) så länge uppgifterna \
         lämnas tillbaka, och bevaras sedan som bevis.\n\
         Kontrollsummor som inte kan läsas som uppgifter, och svar på begäranden som redan har lämnats ut.\n\n\
         Arkivet innehåller personuppgifter. Förvara det krypterat, ge åtkomst bara till den som behöver den och \
         radera det när det har lästs in.\n",
        name = heading.name,
        processor = heading.processor,
        day = civil_date(heading.made_at),
        instant = heading.made_at,
        files = files(Language::Sv),
        manifest = manifest::NAME,
    )
}

fn english(heading: &Heading) -> String {
    format!(
        "ALL DATA OF {name}\n\n\
         The archive holds all that {processor}, as processor, stores for {name} and can give back (GDPR Art. \
         28(3)(g)). Every file shows the state at one and the same moment: {day}, more exactly {instant}.\n\n\
         The files\n{files}\n\
         Each kind of record has two files with the same columns in the same order. In .jsonl each line is a JSON \
         object; null means that there is no value. In .csv fields are separated by commas, lines end with CRLF \
         and the encoding is UTF-8; several codes in a field are separated by blanks, several texts by line \
         breaks. Instants are UTC, dates are Swedish days. Columns whose names end in Id refer to the column id of \
         another file; auditEventId refers to the log.\n\n\
         In .csv an apostrophe (') stands before values that a spreadsheet could otherwise take for a formula, such \
         as telephone numbers that begin with +. In .jsonl the values stand exactly as they are stored; use those \
         files to load the data into another system.\n\n\
         To check the content\n\
         {manifest} gives for each file the number of records, the length in bytes and the SHA-256 of the unpacked \
         file.\n\n\
         What is not here\n\
         Passwords: the service never stores them, and their verifiers are not given out; the column hasPassword \
         says whether there is one.\n\
         The log of who read and changed data: it is read in the service (auditEvents) while the data is being \
         returned, and is kept as evidence after that.\n\
         Digests that cannot be read as data, and answers to requests that were handed out before.\n\n\
         The archive holds personal data. Keep it encrypted, give access only to those who need it and erase it \
         when it has been loaded.\n",
        name = heading.name,
        processor = heading.processor,
        day = civil_date(heading.made_at),
        instant = heading.made_at,
        files = files(Language::En),
        manifest = manifest::NAME,
    )
}
