//! A laid-out page: what is drawn where. Lengths are points from the upper left corner.

use super::face::{Run, Weight};
use super::structure::ElementId;

/// A4, ISO 216.
pub(super) const WIDTH: f32 = 595.28;
/// A4, ISO 216.
pub(super) const HEIGHT: f32 = 841.89;
/// The left margin.
pub(super) const LEFT: f32 = 68.0;
/// Where the text ends to the right.
pub(super) const RIGHT: f32 = WIDTH - 68.0;
/// Where the first line of a following page begins.
pub(super) const TOP: f32 = 84.0;
/// Below this line nothing but the footer stands.
pub(super) const BOTTOM: f32 = HEIGHT - 78.0;
/// The width of the text.
pub(super) const MEASURE: f32 = RIGHT - LEFT;

/// How bright ink is, from 0 (black) to 255.
pub(super) type Grey = u8;
/// The text's ink.
pub(super) const INK: Grey = 26;
/// The ink of what stands beside the text.
pub(super) const FAINT: Grey = 92;

/// How a line is set.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub(super) weight: Weight,
    /// Of the letters, in points.
    pub(super) size: f32,
    /// From one baseline to the next, in points.
    pub(super) leading: f32,
    pub(super) ink: Grey,
}

impl Style {
    const fn new(weight: Weight, size: f32, leading: f32, ink: Grey) -> Self {
        Self { weight, size, leading, ink }
    }

    /// From the top of a line to its baseline.
    pub(super) fn rise(self) -> f32 {
        (self.leading - self.size) / 2.0 + self.size * 0.8
    }
}

/// The title.
pub(super) const TITLE: Style = Style::new(Weight::Bold, 17.0, 22.0, INK);
/// A section's heading.
pub(super) const HEADING: Style = Style::new(Weight::Bold, 12.0, 16.0, INK);
/// Running text.
pub(super) const BODY: Style = Style::new(Weight::Regular, 10.0, 14.5, INK);
/// The name of the sender, and other words in bold.
pub(super) const STRONG: Style = Style::new(Weight::Bold, 10.0, 14.5, INK);
/// A cell.
pub(super) const CELL: Style = Style::new(Weight::Regular, 8.8, 12.2, INK);
/// A header of a column.
pub(super) const CELL_HEADER: Style = Style::new(Weight::Bold, 8.8, 12.2, INK);
/// The sender's particulars, headers and footers of a page.
pub(super) const SMALL: Style = Style::new(Weight::Regular, 8.5, 12.0, FAINT);

/// Something on a page.
pub(super) enum Item {
    /// A line of text.
    Line(Line),
    /// A horizontal hairline from one `x` to another.
    Rule { from: f32, to: f32, y: f32 },
    /// A light ground behind text.
    Shade { left: f32, top: f32, width: f32, height: f32 },
}

/// A line of text.
pub(super) struct Line {
    pub(super) run: Run,
    pub(super) x: f32,
    pub(super) baseline: f32,
    pub(super) style: Style,
    /// What it is part of; `None` for what is no part of the letter's text, such as a repeated header.
    pub(super) element: Option<ElementId>,
}

/// A heading, for the reader's list of contents.
pub(super) struct Landmark {
    pub(super) text: String,
    pub(super) page: usize,
    pub(super) y: f32,
}
