//! A deadline told step by step, so that a person can check it with a calendar and the text of the law.

use crate::calendar::{DayOff, local_time, long_date};
use crate::deadline::{Deadline, Pause, PauseEffect, PauseEnd, SkippedDay, Term};
use crate::holiday::HolidayEves;
use crate::language::Language;

impl Deadline {
    /// How the deadline came about: numbered steps, one a line, with the articles and the readings in use.
    #[must_use]
    pub fn explain(&self, language: Language) -> String {
        let mut steps = vec![self.receipt(language), self.months(language)];
        steps.extend(self.pause.as_ref().map(|pause| self.pause(pause, language)));
        steps.push(self.roll_over(language));
        steps.push(self.result(language));
        steps.push(self.reading_of_eves(language).to_owned());
        let lines: Vec<String> =
            steps.into_iter().enumerate().map(|(index, step)| format!("{}. {step}", index + 1)).collect();
        lines.join("\n")
    }

    fn receipt(&self, language: Language) -> String {
        let date = long_date(self.received_on, language);
        let local = local_time(self.facts.received_at);
        let (hour, minute) = (local.hour(), local.minute());
        match language {
            Language::Sv => format!(
                "Begäran kom in {date} kl. {hour:02}.{minute:02} svensk tid. Den dagen räknas inte \
                 (förordning (EEG, Euratom) nr 1182/71, artikel 3.1)."
            ),
            Language::En => format!(
                "The request came in on {date} at {hour:02}:{minute:02} Swedish time. That day is not counted \
                 (Regulation (EEC, Euratom) No 1182/71, Art. 3(1))."
            ),
        }
    }

    fn months(&self, language: Language) -> String {
        let term = match (self.facts.term, language) {
            (Term::OneMonth, Language::Sv) => "Svaret ska lämnas inom en månad (GDPR artikel 12.3).",
            (Term::OneMonth, Language::En) => "The answer is due within one month (GDPR Art. 12(3)).",
            (Term::ThreeMonths, Language::Sv) => {
                "Fristen är förlängd med två månader (GDPR artikel 12.3): tre månader, räknade från mottagandet."
            }
            (Term::ThreeMonths, Language::En) => {
                "The period is extended by two months (GDPR Art. 12(3)): three months, counted from receipt."
            }
        };
        let end = long_date(self.nominal_on, language);
        let same_day = self.nominal_on.day() == self.received_on.day();
        let rule = match (same_day, language) {
            (true, Language::Sv) => "Den slutar samma dag i månaden som begäran kom in (artikel 3.2 c)",
            (true, Language::En) => "It ends on the same day of the month as that of receipt (Art. 3(2)(c))",
            (false, Language::Sv) => {
                "Dagen för mottagandet finns inte i slutmånaden, så den slutar månadens sista dag (artikel 3.2 c)"
            }
            (false, Language::En) => {
                "The last month has no such day as that of receipt, so it ends on that month's last day \
                 (Art. 3(2)(c))"
            }
        };
        format!("{term} {rule}: {end}.")
    }

    fn pause(&self, pause: &Pause, language: Language) -> String {
        let (asked, until) = (long_date(pause.asked_on, language), long_date(pause.until, language));
        let course = match (pause.end, language) {
            (PauseEnd::Confirmed, Language::Sv) => format!("och bekräftades {until}"),
            (PauseEnd::Closed, Language::Sv) => {
                format!("och ärendet avslutades {until} utan att den bekräftats")
            }
            (PauseEnd::NotYet, Language::Sv) => format!("och är inte bekräftad; i dag är det {until}"),
            (PauseEnd::Confirmed, Language::En) => format!("and it was confirmed on {until}"),
            (PauseEnd::Closed, Language::En) => format!("and the case was closed on {until} without it"),
            (PauseEnd::NotYet, Language::En) => format!("and it is not confirmed; today is {until}"),
        };
        let consequence = self.consequence(pause, language);
        match language {
            Language::Sv => {
                format!("Den registrerades identitet efterfrågades {asked} {course}. {consequence}")
            }
            Language::En => format!("Proof of identity was asked for on {asked} {course}. {consequence}"),
        }
    }

    fn consequence(&self, pause: &Pause, language: Language) -> String {
        let days = pause.days;
        let ends = long_date(self.ends_on, language);
        let unpaused = long_date(self.unpaused_due_on, language);
        match (pause.effect, language) {
            (PauseEffect::Counted, Language::Sv) => {
                let unit = if days == 1 { "dag" } else { "hela kalenderdagar" };
                format!(
                    "Tolkning som används: klockan står stilla så länge (EDPB:s riktlinjer 01/2022), {days} {unit}. \
                     Fristen slutar då {ends}. Utan paus är sista dagen {unpaused}, den försiktiga tolkningen."
                )
            }
            (PauseEffect::Counted, Language::En) => {
                let unit = if days == 1 { "calendar day" } else { "whole calendar days" };
                format!(
                    "Reading in use: the clock stands meanwhile (EDPB Guidelines 01/2022), {days} {unit}. The period \
                     then ends on {ends}. Without the pause the last day is {unpaused}, the cautious reading."
                )
            }
            (PauseEffect::SetToRunOn, Language::Sv) => "Tolkning som används: klockan går ändå.".to_owned(),
            (PauseEffect::SetToRunOn, Language::En) => "Reading in use: the clock runs on.".to_owned(),
            (PauseEffect::TooLate, Language::Sv) => {
                format!("Fristen hade då redan löpt ut {unpaused}, så den flyttas inte.")
            }
            (PauseEffect::TooLate, Language::En) => {
                format!("The period had already ended on {unpaused}, so it is not moved.")
            }
        }
    }

    fn roll_over(&self, language: Language) -> String {
        if self.skipped.is_empty() {
            return language
                .choose(
                    "Den dagen är en arbetsdag, så fristen flyttas inte (förordning 1182/71, artikel 3.4).",
                    "That is a working day, so the period is not moved (Regulation 1182/71, Art. 3(4)).",
                )
                .to_owned();
        }
        let days: Vec<String> = self.skipped.iter().map(|day| skipped(*day, language)).collect();
        let days = days.join(", ");
        match language {
            Language::Sv => format!(
                "En frist som slutar en lördag, söndag eller helgdag löper ut nästa arbetsdag (förordning 1182/71, \
                 artikel 3.4). Överhoppade dagar: {days}."
            ),
            Language::En => format!(
                "A period that would end on a Saturday, Sunday or public holiday ends on the next working day \
                 (Regulation 1182/71, Art. 3(4)). Days passed over: {days}."
            ),
        }
    }

    fn result(&self, language: Language) -> String {
        let date = long_date(self.due_on, language);
        match language {
            Language::Sv => format!("Sista dag för svaret: {date}, till midnatt svensk tid."),
            Language::En => format!("Last day for the answer: {date}, until midnight Swedish time."),
        }
    }

    const fn reading_of_eves(&self, language: Language) -> &'static str {
        match self.rules.holiday_eves {
            HolidayEves::Working => language.choose(
                "Tolkning som används: midsommarafton, julafton och nyårsafton är arbetsdagar (lag 1989:253 nämner \
                 dem inte).",
                "Reading in use: Midsummer Eve, Christmas Eve and New Year's Eve are working days (lag 1989:253 does \
                 not name them).",
            ),
            HolidayEves::Holiday => language.choose(
                "Tolkning som används: midsommarafton, julafton och nyårsafton är helgdagar (lag 1930:173, 2 §).",
                "Reading in use: Midsummer Eve, Christmas Eve and New Year's Eve are holidays (lag 1930:173, § 2).",
            ),
        }
    }
}

/// A skipped day by its weekday, date and, for a holiday, name.
fn skipped(day: SkippedDay, language: Language) -> String {
    let date = long_date(day.date, language);
    match day.why {
        DayOff::Holiday(holiday) => format!("{date} ({})", holiday.name(language)),
        DayOff::Saturday | DayOff::Sunday => date,
    }
}
