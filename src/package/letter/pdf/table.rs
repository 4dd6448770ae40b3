//! Tables: columns as wide as their content asks for, rows that stay whole, headers on every page.

use std::collections::VecDeque;

use krilla::tagging::{TableHeaderScope, Tag};

use super::face::Run;
use super::layout::{Column, Layout};
use super::page::{self, Item, Line, Style};
use super::structure::ElementId;
use super::wrap;
use crate::package::letter::Table;

/// Left and right of a cell's text.
const SIDE: f32 = 5.0;
/// Above and below a cell's text.
const ROOM: f32 = 3.5;
/// The height of an empty page.
const FULL_PAGE: f32 = page::BOTTOM - page::TOP;

/// A row that is being set.
struct Row {
    style: Style,
    /// For each cell the lines still to be set, and the element that holds them.
    cells: Vec<(VecDeque<Run>, Option<ElementId>)>,
}

impl Row {
    /// How many lines the tallest cell still has.
    fn lines(&self) -> usize {
        self.cells.iter().map(|(runs, _)| runs.len()).max().unwrap_or(0)
    }
}

impl Layout<'_> {
    /// Sets the table at the full measure.
    pub(super) fn table(&mut self, table: &Table) {
        let columns = self.columns(table);
        let element = self.structure.begin(Tag::Table);
        let head = self.structure.begin_within(element, Tag::THead);
        let row = self.structure.begin_within(head, Tag::TR);
        let mut names = Vec::new();
        for _ in &table.headers {
            names.push(self.structure.begin_within(row, Tag::TH(TableHeaderScope::Column)));
        }
        self.header(table, &columns, Some(&names));
        let body = self.structure.begin_within(element, Tag::TBody);
        for cells in &table.rows {
            let row = self.structure.begin_within(body, Tag::TR);
            let row = self.cells(cells, &columns, row);
            self.row(row, table, &columns);
        }
        self.y += 9.0;
    }

    fn cells(&mut self, texts: &[String], columns: &[Column], row: ElementId) -> Row {
        let texts = texts.iter().map(String::as_str).chain(std::iter::repeat(""));
        let mut cells = Vec::with_capacity(columns.len());
        for (text, column) in texts.zip(columns) {
            let element = self.structure.begin_within(row, Tag::TD);
            cells.push((self.wrap(text, page::CELL, column.width).into(), Some(element)));
        }
        Row { style: page::CELL, cells }
    }

    /// The row of headers: part of the structure the first time, decoration when a new page repeats it.
    fn header(&mut self, table: &Table, columns: &[Column], elements: Option<&[ElementId]>) {
        let style = page::CELL_HEADER;
        let mut cells = Vec::with_capacity(columns.len());
        for (index, (text, column)) in table.headers.iter().zip(columns).enumerate() {
            let element = elements.and_then(|elements| elements.get(index).copied());
            cells.push((self.wrap(text, style, column.width).into(), element));
        }
        let mut row = Row { style, cells };
        let lines = row.lines();
        let height = row_height(lines, style);
        self.push(Item::Shade { left: page::LEFT, top: self.y, width: page::MEASURE, height });
        self.slice(&mut row, lines, columns);
        self.rule();
    }

    /// Sets a row, on a new page if it does not fit, and over several if it fits none.
    fn row(&mut self, mut row: Row, table: &Table, columns: &[Column]) {
        let mut fresh = false;
        loop {
            let lines = row.lines();
            let fitting = lines_within(page::BOTTOM - self.y);
            let fits_a_page = row_height(lines, row.style) + 60.0 < FULL_PAGE;
            if lines <= fitting {
                self.slice(&mut row, lines, columns);
                self.rule();
                return;
            }
            if fresh || (!fits_a_page && fitting > 2) {
                self.slice(&mut row, fitting.max(1), columns);
            }
            self.new_page();
            self.header(table, columns, None);
            fresh = true;
        }
    }

    /// Sets the next lines of every cell side by side.
    fn slice(&mut self, row: &mut Row, lines: usize, columns: &[Column]) {
        let style = row.style;
        for ((runs, element), column) in row.cells.iter_mut().zip(columns) {
            let mut y = self.y + ROOM;
            for _ in 0..lines {
                if let Some(run) = runs.pop_front() {
                    self.put(Line { run, x: column.x, baseline: y + style.rise(), style, element: *element });
                }
                y += style.leading;
            }
        }
        self.y += row_height(lines, style);
    }

    fn rule(&mut self) {
        self.push(Item::Rule { from: page::LEFT, to: page::RIGHT, y: self.y });
    }

    /// The columns' places: each gets what its widest word needs, and of the rest a share by how much more it could
    /// use.
    fn columns(&self, table: &Table) -> Vec<Column> {
        let asked: Vec<(f32, f32)> = (0..table.headers.len()).map(|index| self.asked(table, index)).collect();
        let sides = table.headers.iter().fold(0.0, |sides, _| sides + 2.0 * SIDE);
        let room = page::MEASURE - sides;
        let least: f32 = asked.iter().map(|(least, _)| least).sum();
        let most: f32 = asked.iter().map(|(_, most)| most).sum();
        let width = |&(low, high): &(f32, f32)| {
            if most <= room {
                high * room / most.max(1.0)
            } else if least <= room {
                low + (room - least) * (high - low) / (most - least).max(1.0)
            } else {
                low * room / least
            }
        };
        let mut x = page::LEFT + SIDE;
        let mut columns = Vec::with_capacity(asked.len());
        for width in asked.iter().map(width) {
            columns.push(Column { x, width });
            x += width + 2.0 * SIDE;
        }
        columns
    }

    /// The least and the most width that a column can use, in points. The least has its limit, so that an endless
    /// word does not take the other columns' room.
    fn asked(&self, table: &Table, column: usize) -> (f32, f32) {
        let header = table.headers.get(column).map(|text| (text, page::CELL_HEADER));
        let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|text| (text, page::CELL));
        header.into_iter().chain(cells).fold((0.0, 0.0), |(least, most), (text, style)| {
            let (word, line) = wrap::natural_widths(self.face(style), text);
            let word = (word * style.size + 0.5).min(page::MEASURE * 0.4);
            let line = (line * style.size + 0.5).min(page::MEASURE * 0.8).max(word);
            (word.max(least), line.max(most))
        })
    }
}

fn row_height(lines: usize, style: Style) -> f32 {
    (0..lines).fold(2.0 * ROOM, |height, _| height + style.leading)
}

/// How many lines of a cell fit into the height.
fn lines_within(height: f32) -> usize {
    let mut lines = 0;
    while row_height(lines + 1, page::CELL) <= height {
        lines += 1;
    }
    lines
}
