//! The letter laid out: blocks flow down the page and over to the next.

use std::num::NonZeroU16;

use krilla::tagging::{ListNumbering, Tag};

use super::face::{Face, Faces, Run};
use super::page::{self, Item, Landmark, Line, Style};
use super::structure::{ElementId, Structure};
use super::wrap;
use crate::package::letter::texts;
use crate::package::letter::{Block, Letter};

/// Where the sender's name stands on the first page.
const SENDER_TOP: f32 = 56.0;
/// Where the address stands on the first page, so that it shows in the window of an envelope folded for it.
const ADDRESSEE: (f32, f32) = (page::LEFT + page::MEASURE * 0.55, 118.0);
/// What a heading asks for, itself and three lines of text, lest it stand alone at the foot of a page.
const HEADING_ROOM: f32 = 64.0;
/// What a table asks for: the headers and a row or two.
const TABLE_ROOM: f32 = 74.0;
/// From the left margin to the text of a list item.
const INDENT: f32 = 14.0;

/// A laid-out letter.
pub(super) struct Document {
    pub(super) pages: Vec<Vec<Item>>,
    pub(super) structure: Structure,
    pub(super) landmarks: Vec<Landmark>,
}

/// Lays the letter out.
pub(super) fn lay_out(letter: &Letter, faces: &Faces) -> Document {
    let mut layout = Layout::new(faces);
    layout.head(letter);
    let (sections, closing) = letter.blocks.split_at(closing_section(&letter.blocks));
    layout.blocks(sections);
    layout.keep(layout.height(closing));
    layout.blocks(closing);
    if layout.replaced {
        layout.paragraph(texts::of(letter.language).frame.replaced_characters);
    }
    Document { pages: layout.pages, structure: layout.structure, landmarks: layout.landmarks }
}

/// Where the section begins that ends with the signature, lest that stand alone on the last page; the end where nobody
/// signs.
fn closing_section(blocks: &[Block]) -> usize {
    let Some(signature) = blocks.iter().position(|block| matches!(block, Block::Signature(_))) else {
        return blocks.len();
    };
    let before = blocks.iter().take(signature);
    before
        .rev()
        .position(|block| matches!(block, Block::Heading(_)))
        .map_or(signature, |back| signature - back - 1)
}

/// A column of text.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) x: f32,
    pub(super) width: f32,
}

const MEASURE: Column = Column { x: page::LEFT, width: page::MEASURE };

/// How a text is set: where, in which style, as part of what.
#[derive(Clone, Copy)]
struct Setting {
    column: Column,
    style: Style,
    element: ElementId,
}

/// The pages so far, and how far down the last one is filled.
pub(super) struct Layout<'a> {
    faces: &'a Faces,
    pages: Vec<Vec<Item>>,
    pub(super) structure: Structure,
    landmarks: Vec<Landmark>,
    pub(super) y: f32,
    replaced: bool,
}

impl<'a> Layout<'a> {
    fn new(faces: &'a Faces) -> Self {
        Self {
            faces,
            pages: vec![Vec::new()],
            structure: Structure::default(),
            landmarks: Vec::new(),
            y: SENDER_TOP,
            replaced: false,
        }
    }

    pub(super) fn face(&self, style: Style) -> &'a Face {
        self.faces.of(style.weight)
    }

    pub(super) fn push(&mut self, item: Item) {
        if let Some(page) = self.pages.last_mut() {
            page.push(item);
        }
    }

    pub(super) fn new_page(&mut self) {
        self.pages.push(Vec::new());
        self.y = page::TOP;
    }

    /// Goes to a new page unless `height` is left on this one.
    fn keep(&mut self, height: f32) {
        if self.y + height > page::BOTTOM && self.y > page::TOP {
            self.new_page();
        }
    }

    pub(super) fn wrap(&mut self, text: &str, style: Style, width: f32) -> Vec<Run> {
        let runs = wrap::wrap(self.face(style), text, style.size, width);
        self.replaced |= runs.iter().any(|run| run.text.contains('□') && run.meant.is_some());
        runs
    }

    /// Puts a line, unless there is nothing in it to see.
    pub(super) fn put(&mut self, line: Line) {
        if !line.run.glyphs.is_empty() {
            self.push(Item::Line(line));
        }
    }

    /// Lets a text flow down its column; its first two lines and its last two stay together.
    fn flow(&mut self, text: &str, setting: Setting) {
        let Setting { column, style, element } = setting;
        let runs = self.wrap(text, style, column.width);
        let count = runs.len();
        for (index, run) in runs.into_iter().enumerate() {
            let together = match index {
                0 if count == 3 => 3.0,
                0 => 2.0,
                _ if index + 2 == count => 2.0,
                _ => 1.0,
            };
            self.keep(together * style.leading);
            self.put(Line {
                run,
                x: column.x,
                baseline: self.y + style.rise(),
                style,
                element: Some(element),
            });
            self.y += style.leading;
        }
    }

    /// The first page's head: who writes, to whom, when and about what.
    fn head(&mut self, letter: &Letter) {
        let sender = Column { width: page::MEASURE / 2.0, ..MEASURE };
        for (index, line) in letter.sender.iter().enumerate() {
            let element = self.structure.begin(Tag::P);
            self.flow(
                line,
                Setting {
                    column: sender,
                    style: if index == 0 { page::STRONG } else { page::SMALL },
                    element,
                },
            );
        }
        let below_sender = self.y;
        let (x, top) = ADDRESSEE;
        self.y = top;
        if !letter.addressee.is_empty() {
            let element = self.structure.begin(Tag::P);
            let column = Column { x, width: page::RIGHT - x };
            self.flow(&letter.addressee.join("\n"), Setting { column, style: page::BODY, element });
        }
        self.y = self.y.max(below_sender).max(top + 4.0 * page::BODY.leading) + 26.0;
        self.particulars(&letter.particulars);
        self.y += 24.0;
        self.title(&letter.title);
    }

    /// Labels above values, side by side.
    fn particulars(&mut self, particulars: &[(String, String)]) {
        let top = self.y;
        let mut x = page::LEFT;
        for (label, value) in particulars {
            self.y = top;
            let element = self.structure.begin(Tag::P);
            let column = Column { x, width: page::MEASURE / 3.0 };
            self.flow(label, Setting { column, style: page::SMALL, element });
            self.flow(value, Setting { column, style: page::BODY, element });
            x += page::MEASURE / 3.0;
        }
    }

    fn title(&mut self, text: &str) {
        let element = self.structure.begin(Tag::Hn(NonZeroU16::MIN, Some(text.to_owned())));
        self.landmark(text);
        self.flow(text, Setting { column: MEASURE, style: page::TITLE, element });
        self.y += 8.0;
    }

    fn landmark(&mut self, text: &str) {
        self.landmarks.push(Landmark { text: text.to_owned(), page: self.pages.len() - 1, y: self.y });
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            self.block(block, blocks.get(index + 1));
        }
    }

    /// The height that the blocks take on one page; nothing if they need more than one.
    fn height(&self, blocks: &[Block]) -> f32 {
        let mut trial = Self::new(self.faces);
        trial.y = page::TOP;
        trial.blocks(blocks);
        if trial.pages.len() == 1 { trial.y - page::TOP } else { 0.0 }
    }

    fn block(&mut self, block: &Block, next: Option<&Block>) {
        match block {
            Block::Heading(text) if matches!(next, Some(Block::Table(_))) => self.heading(text, TABLE_ROOM),
            Block::Heading(text) => self.heading(text, 0.0),
            Block::Paragraph(text) => self.paragraph(text),
            Block::Bullets(items) => self.bullets(items),
            Block::Table(table) => {
                self.keep(TABLE_ROOM);
                self.table(table);
            }
            Block::Signature(lines) => self.signature(lines),
        }
    }

    /// Sets a heading, with at least `room` points left below it.
    fn heading(&mut self, text: &str, room: f32) {
        if self.y > page::TOP {
            self.y += 11.0;
        }
        self.keep(HEADING_ROOM.max(page::HEADING.leading + 4.0 + room));
        let level = NonZeroU16::MIN.saturating_add(1);
        let element = self.structure.begin(Tag::Hn(level, Some(text.to_owned())));
        self.landmark(text);
        self.flow(text, Setting { column: MEASURE, style: page::HEADING, element });
        self.y += 4.0;
    }

    fn paragraph(&mut self, text: &str) {
        let element = self.structure.begin(Tag::P);
        self.flow(text, Setting { column: MEASURE, style: page::BODY, element });
        self.y += 6.0;
    }

    fn bullets(&mut self, items: &[String]) {
        let list = self.structure.begin(Tag::L(ListNumbering::Disc));
        let column = Column { x: page::LEFT + INDENT, width: page::MEASURE - INDENT };
        for item in items {
            let element = self.structure.begin_within(list, Tag::LI);
            let label = self.structure.begin_within(element, Tag::Lbl);
            let body = self.structure.begin_within(element, Tag::LBody);
            self.keep(2.0 * page::BODY.leading);
            let bullet = self.face(page::BODY).shape("•");
            let (style, baseline) = (page::BODY, self.y + page::BODY.rise());
            self.put(Line { run: bullet, x: page::LEFT + 3.0, baseline, style, element: Some(label) });
            self.flow(item, Setting { column, style: page::BODY, element: body });
            self.y += 3.0;
        }
        self.y += 4.0;
    }

    fn signature(&mut self, lines: &[String]) {
        self.y += 14.0;
        let height = lines.iter().fold(0.0, |height, _| height + page::BODY.leading);
        self.keep(height + 2.0 * page::BODY.leading);
        let element = self.structure.begin(Tag::P);
        for line in lines {
            self.flow(line, Setting { column: MEASURE, style: page::BODY, element });
        }
        self.y += 14.0;
    }
}
