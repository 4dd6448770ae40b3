//! The two faces of the letter, and text shaped in them.

use harfrust::{Direction, Feature, FontRef, ShapeOptions, ShaperData, Tag, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::MetadataProvider;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;

use super::PdfError;

const REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/Lato-Regular.ttf");
const BOLD: &[u8] = include_bytes!("../../../../assets/fonts/Lato-Bold.ttf");

/// Ligatures stay off: each letter for itself is easier to read, to copy and to hear.
const NO_LIGATURES: [Feature; 1] = [Feature { tag: Tag::new(b"liga"), value: 0, start: 0, end: u32::MAX }];

/// Stands for a character that the font lacks.
const REPLACEMENT: char = '□';

/// A weight of the letter's font.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    Regular,
    Bold,
}

/// Both faces.
pub(super) struct Faces {
    regular: Face,
    bold: Face,
}

impl Faces {
    pub(super) fn load() -> Result<Self, PdfError> {
        Ok(Self { regular: Face::load(REGULAR)?, bold: Face::load(BOLD)? })
    }

    pub(super) const fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

/// One face: what measures it, and what embeds it.
pub(super) struct Face {
    reference: FontRef<'static>,
    characters: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    shaper: ShaperData,
    font: Font,
}

/// A piece of text, shaped: glyphs, and what they say.
pub(super) struct Run {
    /// The glyphs; lengths are in ems.
    pub(super) glyphs: Vec<KrillaGlyph>,
    /// The text that the glyphs show.
    pub(super) text: String,
    /// The text that was meant, where the font could not show it.
    pub(super) meant: Option<String>,
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self, PdfError> {
        let reference = FontRef::new(bytes).map_err(|_| PdfError::Font)?;
        Ok(Self {
            characters: reference.charmap(),
            metrics: reference.glyph_metrics(Size::unscaled(), LocationRef::default()),
            shaper: ShaperData::new(&reference),
            font: Font::new(bytes.into(), 0).ok_or(PdfError::Font)?,
            reference,
        })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    /// The width of the text in ems, the sum of its advances: kerning makes it a trifle less, hardly ever more.
    pub(super) fn width(&self, text: &str) -> f32 {
        let advance = |sign| self.metrics.advance_width(self.characters.map(sign)?);
        let units: f32 = self.showable(text).chars().filter_map(advance).sum();
        units / self.font.units_per_em()
    }

    /// The text in glyphs.
    pub(super) fn shape(&self, meant: &str) -> Run {
        let text = self.showable(meant);
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(&text);
        buffer.guess_segment_properties();
        // The font has no script that runs from right to left.
        buffer.set_direction(Direction::LeftToRight);
        let shaped = self
            .shaper
            .shaper(&self.reference)
            .build()
            .shape(buffer, ShapeOptions::new().features(&NO_LIGATURES));
        let units = self.font.units_per_em();
        let mut glyphs = Vec::with_capacity(shaped.len());
        // From the last glyph to the first, since a glyph's text ends where the next one's begins.
        let (mut end, mut next) = (text.len(), text.len());
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).rev() {
            let start = (info.cluster as usize).min(next);
            if start < next {
                (end, next) = (next, start);
            }
            let [advance, x, y, rise] =
                [position.x_advance, position.x_offset, position.y_offset, position.y_advance]
                    .map(font_units);
            let id = GlyphId::new(info.glyph_id);
            glyphs.push(KrillaGlyph::new(
                id,
                advance / units,
                x / units,
                y / units,
                rise / units,
                start..end,
                None,
            ));
        }
        glyphs.reverse();
        let meant = (meant != text).then(|| meant.to_owned());
        Run { glyphs, text, meant }
    }

    /// The text with a sign in the place of each character that the font lacks, and without characters that are
    /// nothing but instructions.
    fn showable(&self, text: &str) -> String {
        let shown = |sign: char| {
            if sign.is_control() || is_instruction(sign) {
                None
            } else if self.characters.map(sign).is_some_and(|glyph| glyph.to_u32() != 0) {
                Some(sign)
            } else {
                Some(REPLACEMENT)
            }
        };
        text.chars().filter_map(shown).collect()
    }
}

/// Characters without a shape of their own: joiners, marks of direction, variation selectors, byte order marks.
const fn is_instruction(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// A length in the font's units, which are far within what an `f32` counts exactly.
#[expect(clippy::cast_precision_loss, reason = "an advance is a few thousand units")]
const fn font_units(length: i32) -> f32 {
    length as f32
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn european_names_are_shown_as_they_are_written() {
        let faces = Faces::load().unwrap();
        for name in [
            "Åsa Öberg",
            "José Núñez",
            "Zoë Łukasiewicz",
            "Đorđe Šešelj",
            "Γιώργος",
            "Олена",
            "Ş. Çelik",
            "5 €",
        ] {
            for weight in [Weight::Regular, Weight::Bold] {
                let run = faces.of(weight).shape(name);
                assert_eq!(run.text, name);
                assert!(run.meant.is_none() && faces.of(weight).width(name) > 0.0);
            }
        }
    }

    #[test]
    fn a_character_that_the_font_lacks_is_replaced_and_remembered() {
        let faces = Faces::load().unwrap();
        let run = faces.of(Weight::Regular).shape("李 Li\u{200b}");
        assert_eq!(run.text, "□ Li");
        assert_eq!(run.meant.as_deref(), Some("李 Li\u{200b}"));
    }

    #[test]
    fn each_glyph_stands_for_its_own_letters() {
        let faces = Faces::load().unwrap();
        for text in ["Åsa", "AVA Töre", "e\u{301}a\u{308}x", "fi fl", "x\u{301}\u{302}\u{303}y"] {
            let run = faces.of(Weight::Regular).shape(text);
            let mut covered = 0;
            for glyph in &run.glyphs {
                let range = krilla::text::Glyph::text_range(glyph);
                assert!(range.start <= covered && range.end >= covered && !range.is_empty(), "{text:?}");
                covered = range.end;
            }
            assert_eq!(covered, run.text.len(), "{text:?}");
        }
    }
}
