//! What the tenants of the demonstration have booked. Years are counted from the one in which it is loaded, so that a
//! newcomer always sees documents that must be kept for long, and some whose last day is near.

use anyhow::Context as _;
use domain::accounting::{AccountingRecordKind, Statute};
use domain::id::SubjectId;
use jiff::civil::Date;

use crate::service::accounting::RecordInput;

use AccountingRecordKind::{Contract, Invoice, Quote};
use Statute::{Applies, DoesNotApply};

/// A document: whom it names, what it is, its number, its date, the last day of its fiscal year, whether the
/// Bookkeeping Act covers it, and what it says.
pub(super) struct Record(
    pub(super) &'static str,
    pub(super) AccountingRecordKind,
    pub(super) &'static str,
    Day,
    Option<Day>,
    Statute,
    &'static str,
);

/// A day: years after the one of loading, month and day of the month.
type Day = (i16, i8, i8);

/// The fiscal year is the calendar year.
const SAME_YEAR: Option<Day> = None;

impl Record {
    /// What files the document, naming `subject`, in `this_year`.
    pub(super) fn input(&self, subject: SubjectId, this_year: i16) -> anyhow::Result<RecordInput> {
        let Self(_, kind, number, issued_on, fiscal_year_ends_on, statutory, description) = *self;
        let fiscal_year_ends_on = fiscal_year_ends_on.map(|day| written(day, this_year)).transpose()?;
        Ok(RecordInput {
            subject_id: subject.to_string(),
            kind,
            number: number.to_owned(),
            issued_on: written(issued_on, this_year)?,
            fiscal_year_ends_on,
            statutory,
            description: description.to_owned(),
        })
    }
}

fn written((years, month, day): Day, this_year: i16) -> anyhow::Result<String> {
    let date = Date::new(this_year.saturating_add(years), month, day);
    Ok(date.context("a day of the table of records")?.to_string())
}

/// The vendor's fiscal year is the calendar year.
#[rustfmt::skip]
pub(super) const VENDOR: [Record; 12] = [
    Record("C-1001", Invoice,  "F-10234", (-1, 3, 14),  SAME_YEAR,         Applies,      "Licens och support, första kvartalet. Er referens: Ada Exempelsson."),
    Record("C-1001", Contract, "A-0117",  (-4, 2, 1),   Some((1, 12, 31)), Applies,      "Avtal om drift och support, flerårigt. Undertecknat av Ada Exempelsson."),
    Record("C-1001", Quote,    "O-2210",  (-1, 10, 6),  SAME_YEAR,         DoesNotApply, "Offert på utbildning, två dagar. Antogs inte."),
    Record("C-1003", Quote,    "O-2105",  (-3, 4, 2),   SAME_YEAR,         Applies,      "Offert på införande. Antogs och ligger till grund för faktura F-10102."),
    Record("C-1003", Invoice,  "F-10102", (-3, 5, 22),  SAME_YEAR,         Applies,      "Införande enligt offert O-2105. Er referens: Cecilia Testlund."),
    Record("C-1004", Quote,    "O-2231",  (-1, 11, 12), SAME_YEAR,         DoesNotApply, "Offert på fler användare. Antogs inte."),
    Record("C-1008", Invoice,  "F-09127", (-7, 11, 20), SAME_YEAR,         Applies,      "Konsultstöd, tolv timmar. Er referens: Hugo Fantasihag."),
    Record("C-1008", Invoice,  "F-10266", (-1, 5, 9),   SAME_YEAR,         Applies,      "Konsultstöd, sex timmar. Er referens: Hugo Fantasihag."),
    Record("C-1013", Invoice,  "F-10190", (-2, 6, 18),  SAME_YEAR,         Applies,      "Årslicens. Er referens: Märta Platshållare."),
    Record("C-1013", Invoice,  "F-10305", (-1, 8, 27),  SAME_YEAR,         Applies,      "Årslicens. Er referens: Märta Platshållare."),
    Record("C-1013", Quote,    "O-2188",  (-2, 2, 5),   SAME_YEAR,         DoesNotApply, "Offert på anpassning av rapporter. Antogs inte."),
    Record("C-1016", Contract, "A-0098",  (-6, 9, 1),   Some((-2, 12, 31)), Applies,     "Avtal om arkivering över fyra år. Undertecknat av Per Förlagén."),
];

/// The shop's fiscal year ends on the last day of April.
#[rustfmt::skip]
pub(super) const SHOP: [Record; 9] = [
    Record("H-2001", Invoice,  "55012", (-1, 11, 29), Some((0, 4, 30)),  Applies,      "Två lampor och ett bord, levererade till Alva Provdotter."),
    Record("H-2001", Invoice,  "53377", (-2, 6, 3),   Some((-1, 4, 30)), Applies,      "En bokhylla, levererad till Alva Provdotter."),
    Record("H-2003", Contract, "R-31",  (-3, 2, 14),  Some((2, 4, 30)),  Applies,      "Ramavtal om kontorsmöbler över fem räkenskapsår. Undertecknat av Clara Sampelström."),
    Record("H-2003", Quote,    "7702",  (-1, 9, 18),  Some((0, 4, 30)),  DoesNotApply, "Offert på fyrtio stolar. Antogs inte."),
    Record("H-2006", Invoice,  "48810", (-8, 11, 8),  Some((-7, 4, 30)), Applies,      "Ett matbord, levererat till Folke Dubblett."),
    Record("H-2008", Invoice,  "55140", (-1, 12, 15), Some((0, 4, 30)),  Applies,      "En fåtölj, hämtad i butiken av Henrik Imitationsson."),
    Record("H-2009", Invoice,  "51264", (-3, 10, 12), Some((-2, 4, 30)), Applies,      "En arbetsbänk, levererad till Inga-Lill Prototyp."),
    Record("H-2013", Quote,    "7594",  (-2, 3, 21),  Some((-2, 4, 30)), Applies,      "Offert på hyllor till ett förråd. Antogs och ligger till grund för faktura 53102."),
    Record("H-2013", Invoice,  "53102", (-2, 5, 6),   Some((-1, 4, 30)), Applies,      "Hyllor till ett förråd enligt offert 7594, levererade till Mohammed Testfall."),
];

/// The carrier's fiscal year ended on the last day of June until it was made the calendar year.
#[rustfmt::skip]
pub(super) const CARRIER: [Record; 8] = [
    Record("F-3001", Invoice,  "INV-4410", (-1, 4, 25),  SAME_YEAR,         Applies,      "Twelve pallets to Pallinge. Your reference: Agnes Fraktprov."),
    Record("F-3001", Quote,    "Q-0912",   (-1, 2, 11),  SAME_YEAR,         DoesNotApply, "Quote for a weekly route. Not accepted."),
    Record("F-3002", Contract, "C-0045",   (-2, 1, 15),  Some((1, 12, 31)), Applies,      "Contract on storage and transport over four years. Signed by Bertil Godstest."),
    Record("F-3003", Invoice,  "INV-2218", (-8, 9, 2),   Some((-7, 6, 30)), Applies,      "Six pallets to Pallinge. Your reference: Carin Pallmall."),
    Record("F-3007", Quote,    "Q-0877",   (-2, 10, 8),  SAME_YEAR,         DoesNotApply, "Quote for a single wagon. Not accepted."),
    Record("F-3008", Invoice,  "INV-3020", (-5, 11, 17), Some((-4, 6, 30)), Applies,      "One container to Lastköping. Your reference: Hanna Containerlund."),
    Record("F-3008", Invoice,  "INV-4127", (-2, 3, 28),  SAME_YEAR,         Applies,      "Two containers to Lastköping. Your reference: Hanna Containerlund."),
    Record("F-3012", Invoice,  "INV-4533", (-1, 9, 9),   SAME_YEAR,         Applies,      "Return of damaged goods. Your reference: Lisbeth Returgods."),
];

/// The bookshop's fiscal year is the calendar year.
#[rustfmt::skip]
pub(super) const BOOKSHOP: [Record; 3] = [
    Record("S-4001", Invoice,  "B-1180",   (-1, 9, 4),   SAME_YEAR,         Applies,      "Sex romaner, levererade till Astrid Romanexempel."),
    Record("S-4003", Contract, "B-AVT-7",  (-2, 1, 10),  SAME_YEAR,         Applies,      "Avtal om bokinköp till biblioteket. Undertecknat av Carl-Otto Häftad."),
    Record("S-4006", Quote,    "B-OFF-31", (-1, 3, 17),  SAME_YEAR,         DoesNotApply, "Offert på trettio läroböcker. Antogs inte."),
];

/// The cycle shop's fiscal year is the calendar year.
#[rustfmt::skip]
pub(super) const CYCLES: [Record; 2] = [
    Record("E-5001", Invoice,  "K-0412",   (-2, 5, 6),   SAME_YEAR,         Applies,      "En cykel, hämtad i butiken av Arne Styrexempel."),
    Record("E-5002", Quote,    "K-OFF-9",  (-1, 6, 12),  SAME_YEAR,         DoesNotApply, "Offert på lådcykel. Antogs inte."),
];
