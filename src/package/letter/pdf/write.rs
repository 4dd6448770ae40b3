//! The laid-out letter written as a PDF document.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use krilla::color::luma;
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::{Document as Pdf, SerializeSettings};

use super::PdfError;
use super::face::Faces;
use super::layout::Document;
use super::page::{self, Grey, Item, Landmark, Line, SMALL, Style};
use super::structure::Structure;
use crate::package::letter::Letter;
use crate::package::letter::texts;

/// Ground of a header.
const SHADE: Grey = 240;
/// Hairlines.
const RULE: Grey = 190;

/// Writes the document.
pub(super) fn write(letter: &Letter, faces: &Faces, document: Document) -> Result<Vec<u8>, PdfError> {
    let Document { pages, mut structure, landmarks } = document;
    let mut pdf = Pdf::new_with(settings()?);
    let total = pages.len();
    for (index, items) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(page::WIDTH, page::HEIGHT).ok_or(PdfError::Document)?;
        let mut sheet = pdf.start_page_with(settings);
        let mut surface = sheet.surface();
        let mut pen = Pen { surface: &mut surface, faces };
        if index > 0 {
            pen.page_header(letter);
        }
        for item in items {
            pen.item(item, &mut structure);
        }
        pen.page_footer(letter, (index + 1, total));
        surface.finish();
        sheet.finish();
    }
    pdf.set_outline(outline(landmarks));
    pdf.set_metadata(metadata(letter));
    pdf.set_tag_tree(structure.into_tree(letter.language.code()));
    // The writer's own error may quote the text, so it goes no further.
    pdf.finish().map_err(|_| PdfError::Document)
}

fn settings() -> Result<SerializeSettings, PdfError> {
    let configuration: Configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| PdfError::Document)?;
    Ok(SerializeSettings { configuration, ..SerializeSettings::default() })
}

fn outline(landmarks: Vec<Landmark>) -> Outline {
    let mut outline = Outline::new();
    for mark in landmarks {
        let place = XyzDestination::new(mark.page, Point::from_xy(page::LEFT, mark.y));
        outline.push_child(OutlineNode::new(mark.text, place));
    }
    outline
}

fn metadata(letter: &Letter) -> Metadata {
    let sender = letter.sender.first().cloned();
    Metadata::new()
        .title(letter.title.clone())
        .language(letter.language.code().to_owned())
        .authors(sender.into_iter().collect())
        .creator("Privacy Gateway".to_owned())
        .creation_date(instant(letter.made_at))
}

fn instant(at: Timestamp) -> DateTime {
    let at = at.to_zoned(TimeZone::UTC).datetime();
    DateTime::new(at.year().unsigned_abs())
        .month(at.month().unsigned_abs())
        .day(at.day().unsigned_abs())
        .hour(at.hour().unsigned_abs())
        .minute(at.minute().unsigned_abs())
        .second(at.second().unsigned_abs())
        .utc_offset_hour(0)
        .utc_offset_minute(0)
}

/// What draws on one page.
struct Pen<'s, 'p, 'f> {
    surface: &'s mut Surface<'p>,
    faces: &'f Faces,
}

impl Pen<'_, '_, '_> {
    fn item(&mut self, item: &Item, structure: &mut Structure) {
        match item {
            Item::Line(line) => self.line(line, structure),
            Item::Rule { from, to, y } => {
                self.artifact(ArtifactType::Layout, |pen| pen.rule(*from, *to, *y));
            }
            Item::Shade { left, top, width, height } => {
                let Some(rect) = Rect::from_xywh(*left, *top, *width, *height) else { return };
                self.artifact(ArtifactType::Layout, |pen| pen.shade(rect));
            }
        }
    }

    fn line(&mut self, line: &Line, structure: &mut Structure) {
        let Some(element) = line.element else {
            return self.artifact(ArtifactType::Layout, |pen| pen.glyphs(line));
        };
        let tag = SpanTag::empty().with_actual_text(line.run.meant.as_deref());
        let content = self.surface.start_tagged(ContentTag::Span(tag));
        self.glyphs(line);
        self.surface.end_tagged();
        structure.hold(element, content);
    }

    fn glyphs(&mut self, line: &Line) {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(line.style.ink)));
        let font = self.faces.of(line.style.weight).font();
        let start = Point::from_xy(line.x, line.baseline);
        self.surface.draw_glyphs(start, &line.run.glyphs, font, &line.run.text, line.style.size, false);
    }

    fn artifact(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Self)) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw(self);
        self.surface.end_tagged();
    }

    fn rule(&mut self, from: f32, to: f32, y: f32) {
        let mut path = PathBuilder::new();
        path.move_to(from, y);
        path.line_to(to, y);
        let Some(path) = path.finish() else { return };
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: luma::Color::new(RULE).into(),
            width: 0.5,
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
    }

    fn shade(&mut self, rect: Rect) {
        let mut path = PathBuilder::new();
        path.push_rect(rect);
        let Some(path) = path.finish() else { return };
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(SHADE)));
        self.surface.draw_path(&path);
    }

    /// On every page but the first: who writes, and about which request.
    fn page_header(&mut self, letter: &Letter) {
        let sender = letter.sender.first().map_or("", String::as_str);
        self.artifact(ArtifactType::Header, |pen| {
            pen.beside(sender, &letter.reference, 44.0);
            pen.rule(page::LEFT, page::RIGHT, 62.0);
        });
    }

    fn page_footer(&mut self, letter: &Letter, (number, total): (usize, usize)) {
        let label = (texts::of(letter.language).frame.page)(number, total);
        self.artifact(ArtifactType::Footer, |pen| pen.beside(&letter.reference, &label, page::HEIGHT - 52.0));
    }

    /// One text at the left margin, one at the right.
    fn beside(&mut self, left: &str, right: &str, y: f32) {
        let width = self.faces.of(SMALL.weight).width(right) * SMALL.size;
        self.plain(left, (page::LEFT, y), SMALL);
        self.plain(right, (page::RIGHT - width, y), SMALL);
    }

    fn plain(&mut self, text: &str, (x, y): (f32, f32), style: Style) {
        let run = self.faces.of(style.weight).shape(text);
        if !run.glyphs.is_empty() {
            self.glyphs(&Line { run, x, baseline: y + style.rise(), style, element: None });
        }
    }
}

fn fill(ink: Grey) -> Fill {
    Fill { paint: luma::Color::new(ink).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}
