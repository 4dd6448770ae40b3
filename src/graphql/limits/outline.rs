//! One pass over the words of a document: what each definition holds, and which fragments it spreads where.

use std::iter::Peekable;

use super::lexer::{Bracket, Lexer, Word};
use super::limit::{LimitExceeded, Limits, check};

/// What one definition holds by itself or, once expanded, with its fragments written out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Weight {
    pub(super) selections: u64,
    pub(super) aliases: u64,
    pub(super) root_fields: u64,
    /// Root fields that do not belong to introspection.
    pub(super) data_fields: u64,
    pub(super) place: Place,
}

/// How deep something lies, or the deepest that there is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Fields, the root set being 1.
    pub(super) depth: u64,
    /// Selection sets of fields and of inline fragments.
    pub(super) sets: u64,
    /// Introspection lists that can lead in a circle.
    pub(super) lists: u64,
}

impl Place {
    pub(super) fn deepest(self, other: Self) -> Self {
        Self {
            depth: self.depth.max(other.depth),
            sets: self.sets.max(other.sets),
            lists: self.lists.max(other.lists),
        }
    }
}

/// An operation, or the fragment of that name.
#[derive(Debug)]
pub(super) struct Definition<'q> {
    pub(super) fragment: Option<&'q str>,
    pub(super) own: Weight,
}

/// Where a definition spreads a fragment.
#[derive(Debug)]
pub(super) struct Spread<'q> {
    pub(super) within: usize,
    pub(super) fragment: &'q str,
    pub(super) place: Place,
}

/// What the pass found.
#[derive(Debug, Default)]
pub(super) struct Outline<'q> {
    pub(super) definitions: Vec<Definition<'q>>,
    pub(super) spreads: Vec<Spread<'q>>,
    pub(super) tokens: u64,
    pub(super) nesting: u64,
    pub(super) fields: u64,
    pub(super) directives: u64,
}

impl<'q> Outline<'q> {
    /// Reads the whole text, or as much of it as the limits on tokens and nesting let.
    ///
    /// Malformed text is no error: a closing bracket that closes nothing is passed over, so that the figures can
    /// only be too high.
    pub(super) fn read(query: &'q str, limits: &Limits) -> Result<Self, LimitExceeded> {
        let mut reader = Reader {
            query,
            words: Lexer::new(query).peekable(),
            limits,
            open: Vec::new(),
            header: Header::Between,
            owner: Owner::Nothing,
            outline: Self::default(),
        };
        while let Some(word) = reader.next()? {
            reader.take(word)?;
        }
        Ok(reader.outline)
    }
}

/// An open bracket; a place, where it is a selection set.
struct Open {
    bracket: Bracket,
    set: Option<Place>,
}

#[derive(PartialEq, Eq)]
enum Header {
    /// The next word begins a definition.
    Between,
    /// The next name is the fragment's.
    FragmentName,
    /// Anything up to the selection set.
    Rest,
}

/// Whose selection set the next one would be.
#[derive(Clone, Copy)]
enum Owner<'q> {
    Nothing,
    Field(&'q str),
}

struct Reader<'q, 'l> {
    query: &'q str,
    words: Peekable<Lexer<'q>>,
    limits: &'l Limits,
    open: Vec<Open>,
    header: Header,
    owner: Owner<'q>,
    outline: Outline<'q>,
}

impl<'q> Reader<'q, '_> {
    fn next(&mut self) -> Result<Option<Word<'q>>, LimitExceeded> {
        let Some(word) = self.words.next() else { return Ok(None) };
        self.outline.tokens += 1;
        check("tokens", self.outline.tokens, self.limits.tokens)?;
        Ok(Some(word))
    }

    fn next_name(&mut self) -> Result<Option<&'q str>, LimitExceeded> {
        let Some(&Word::Name(name)) = self.words.peek() else { return Ok(None) };
        self.next()?;
        Ok(Some(name))
    }

    fn take(&mut self, word: Word<'q>) -> Result<(), LimitExceeded> {
        match word {
            Word::Open(bracket) => self.open(bracket),
            Word::Close(bracket) => {
                self.close(bracket);
                Ok(())
            }
            Word::At => {
                self.outline.directives += 1;
                self.next_name().map(drop)
            }
            Word::Name(name) => match self.open.last() {
                None => {
                    self.header(name);
                    Ok(())
                }
                Some(Open { set: Some(place), .. }) => self.field(name, *place),
                Some(Open { set: None, .. }) => Ok(()),
            },
            Word::Spread => match self.open.last() {
                Some(Open { set: Some(place), .. }) => self.spread(*place),
                _ => Ok(()),
            },
            Word::Colon | Word::Other => Ok(()),
        }
    }

    /// The parser accepts the keyword and the name in one word (`fragmentName`), so they are told apart here.
    fn header(&mut self, name: &'q str) {
        match self.header {
            Header::Between => match name.strip_prefix("fragment") {
                Some("") => self.define(Some(""), Header::FragmentName),
                Some(rest) => self.define(Some(rest), Header::Rest),
                None => self.define(None, Header::Rest),
            },
            Header::FragmentName => {
                if let Some(definition) = self.outline.definitions.last_mut() {
                    definition.fragment = Some(name);
                }
                self.header = Header::Rest;
            }
            Header::Rest => {}
        }
    }

    fn define(&mut self, fragment: Option<&'q str>, header: Header) {
        self.outline.definitions.push(Definition { fragment, own: Weight::default() });
        self.header = header;
    }

    fn open(&mut self, bracket: Bracket) -> Result<(), LimitExceeded> {
        let set = match (bracket, self.open.last()) {
            (Bracket::Curly, None) => {
                if self.header == Header::Between {
                    self.define(None, Header::Rest);
                }
                Some(Place { depth: 1, sets: 1, lists: 0 })
            }
            (Bracket::Curly, Some(Open { set: Some(outer), .. })) => Some(self.inner(*outer)),
            _ => None,
        };
        if let Some(place) = set {
            self.weigh(|weight| weight.place = weight.place.deepest(place));
        }
        self.open.push(Open { bracket, set });
        let nesting = self.open.len() as u64;
        self.outline.nesting = self.outline.nesting.max(nesting);
        check("nesting", nesting, self.limits.nesting)
    }

    fn inner(&self, outer: Place) -> Place {
        let sets = outer.sets + 1;
        match self.owner {
            Owner::Nothing => Place { sets, ..outer },
            Owner::Field(name) => {
                Place { depth: outer.depth + 1, sets, lists: outer.lists + u64::from(is_circular(name)) }
            }
        }
    }

    fn close(&mut self, bracket: Bracket) {
        if let Some(closed) = self.open.pop_if(|open| open.bracket == bracket)
            && closed.set.is_some()
            && self.open.is_empty()
        {
            self.header = Header::Between;
        }
    }

    fn field(&mut self, first: &'q str, place: Place) -> Result<(), LimitExceeded> {
        let mut name = first;
        let aliased = self.words.peek() == Some(&Word::Colon);
        if aliased {
            self.next()?;
            name = self.next_name()?.unwrap_or(first);
        }
        self.owner = Owner::Field(name);
        self.outline.fields += 1;
        let root = u64::from(place.depth == 1);
        self.weigh(|weight| {
            weight.selections += 1;
            weight.aliases += u64::from(aliased);
            weight.root_fields += root;
            weight.data_fields += root * u64::from(!is_introspection(name));
        });
        Ok(())
    }

    fn spread(&mut self, place: Place) -> Result<(), LimitExceeded> {
        self.owner = Owner::Nothing;
        self.weigh(|weight| weight.selections += 1);
        match self.next_name()? {
            Some(on) if on == "on" && self.begins_condition(on) => {
                self.next_name()?;
            }
            Some(fragment) => {
                let within = self.outline.definitions.len().saturating_sub(1);
                self.outline.spreads.push(Spread { within, fragment, place });
            }
            None => {}
        }
        Ok(())
    }

    /// Whether a type follows. The parser takes blanks alone between the two: behind a comment it reads a spread of a
    /// fragment named `on`, and the next name as a field.
    fn begins_condition(&mut self, on: &str) -> bool {
        let Some(Word::Name(condition)) = self.words.peek() else { return true };
        let place = |name: &str| name.as_ptr().addr() - self.query.as_ptr().addr();
        let between = self.query.get(place(on)..place(condition));
        between.is_none_or(|between| !between.contains('#'))
    }

    fn weigh(&mut self, add: impl FnOnce(&mut Weight)) {
        if let Some(definition) = self.outline.definitions.last_mut() {
            add(&mut definition.own);
        }
    }
}

fn is_introspection(field: &str) -> bool {
    matches!(field, "__schema" | "__type" | "__typename")
}

fn is_circular(field: &str) -> bool {
    matches!(field, "fields" | "interfaces" | "inputFields" | "possibleTypes")
}
