//! What the controller's other systems answered to a request for access or portability, as the letter tells it.

use domain::language::Language;
use domain::returned::Returned;

use super::letterhead::Letterhead;
use super::{Block, capitalised, heading, paragraph};
use crate::package::asked::{AskedSystem, SystemAnswer};

/// The part of the letter; nothing where no other system was asked.
pub(super) fn blocks(systems: &[AskedSystem], head: &Letterhead<'_>) -> Vec<Block> {
    if systems.is_empty() {
        return Vec::new();
    }
    let (title, introduction) = match head.language {
        Language::Sv => (
            "Våra andra system",
            "Begäran har också gått till de av våra system som har uppgifter om dig. Så här svarade de. Det som de lämnade finns i \
             filerna, under systemets namn.",
        ),
        Language::En => (
            "Our other systems",
            "The request also went to those of our systems that hold data about you. This is what they answered. What they returned \
             is in the files, under the system's name.",
        ),
    };
    let lines = systems.iter().map(|system| line(system, head)).collect();
    vec![heading(title), paragraph(introduction), Block::Bullets(lines)]
}

fn line(system: &AskedSystem, head: &Letterhead<'_>) -> String {
    let day = system.at.map(|at| head.day(at)).unwrap_or_default();
    let returned = system.returned.as_ref().map(Returned::categories).unwrap_or_default();
    let returned = if returned.is_empty() { String::new() } else { head.categories(&returned) };
    let said = match (head.language, system.answer) {
        (Language::Sv, SystemAnswer::Answered) if returned.is_empty() => {
            format!("svarade den {day} och lämnade inga uppgifter")
        }
        (Language::Sv, SystemAnswer::Answered) => {
            format!("svarade den {day} och lämnade uppgifter: {returned}")
        }
        (Language::Sv, SystemAnswer::ByHand) => format!("hanterades av en person den {day}"),
        (Language::Sv, SystemAnswer::Missing) => "har inte svarat".to_owned(),
        (Language::En, SystemAnswer::Answered) if returned.is_empty() => {
            format!("answered on {day} and returned no data")
        }
        (Language::En, SystemAnswer::Answered) => format!("answered on {day} and returned data: {returned}"),
        (Language::En, SystemAnswer::ByHand) => format!("was dealt with by a person on {day}"),
        (Language::En, SystemAnswer::Missing) => "has not answered".to_owned(),
    };
    format!("{}: {said}.", capitalised(&system.name))
}
