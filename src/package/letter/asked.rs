//! What the controller's other systems answered to a request for access or portability, as the letter tells it.

use domain::language::Language;

use super::letterhead::Letterhead;
use super::{Block, capitalised, heading, paragraph};
use crate::package::asked::{AskedSystem, ReturnedData, SystemAnswer};

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
    let said = match (head.language, system.answer) {
        (Language::Sv, SystemAnswer::Answered) => format!("svarade den {day}{}", returned(system, head)),
        (Language::Sv, SystemAnswer::ByHand) => format!("hanterades av en person den {day}"),
        (Language::Sv, SystemAnswer::Missing) => "har inte svarat".to_owned(),
        (Language::En, SystemAnswer::Answered) => format!("answered on {day}{}", returned(system, head)),
        (Language::En, SystemAnswer::ByHand) => format!("was dealt with by a person on {day}"),
        (Language::En, SystemAnswer::Missing) => "has not answered".to_owned(),
    };
    format!("{}: {said}.", capitalised(&system.name))
}

/// How the sentence on a system that answered ends; a letter that cannot know what was returned says nothing of it.
fn returned(system: &AskedSystem, head: &Letterhead<'_>) -> String {
    let (swedish, english) = match &system.returned {
        ReturnedData::These(returned) if !returned.categories().is_empty() => {
            let said = head.language.choose(" och lämnade uppgifter: ", " and returned data: ");
            return format!("{said}{}", head.categories(&returned.categories()));
        }
        ReturnedData::InFiles => (" och lämnade uppgifter", " and returned data"),
        ReturnedData::Nothing | ReturnedData::These(_) => {
            (" och lämnade inga uppgifter", " and returned no data")
        }
        ReturnedData::Unknown => ("", ""),
    };
    head.language.choose(swedish, english).to_owned()
}
