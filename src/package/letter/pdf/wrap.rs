//! Text broken into lines.

use super::face::{Face, Run};

/// The text's lines, none wider than `width` points at `size` points. A line feed ends a line; a word wider than a
/// whole line is broken where the line ends. A line that goes on in the next keeps its blank at the end, so that
/// the words stay apart for those who copy or hear them.
pub(super) fn wrap(face: &Face, text: &str, size: f32, width: f32) -> Vec<Run> {
    let width = width / size;
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        lines.extend(fill(face, paragraph, width).iter().map(|line| face.shape(line)));
    }
    lines
}

/// The width in ems of the widest word, and of the widest line that no break has made.
pub(super) fn natural_widths(face: &Face, text: &str) -> (f32, f32) {
    let word = text.split([' ', '\n']).map(|word| face.width(word)).fold(0.0, f32::max);
    let line = text.split('\n').map(|line| face.width(line)).fold(0.0, f32::max);
    (word, line)
}

fn fill(face: &Face, paragraph: &str, width: f32) -> Vec<String> {
    let blank = face.width(" ");
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0.0;
    for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
        let needed = face.width(word);
        if !line.is_empty() && used + blank + needed > width {
            line.push(' ');
            lines.push(std::mem::take(&mut line));
        }
        if line.is_empty() {
            (line, used) = rest_of_long_word(face, word, width, &mut lines);
        } else {
            line.push(' ');
            line.push_str(word);
            used += blank + needed;
        }
    }
    lines.push(line);
    lines
}

/// Pushes whole lines of a word that is wider than a line; what is left begins the next, with its width.
fn rest_of_long_word(face: &Face, word: &str, width: f32, lines: &mut Vec<String>) -> (String, f32) {
    let whole = face.width(word);
    if whole <= width {
        return (word.to_owned(), whole);
    }
    let mut line = String::new();
    let mut used = 0.0;
    for sign in word.chars() {
        let needed = face.width(sign.encode_utf8(&mut [0; 4]));
        if !line.is_empty() && used + needed > width {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        line.push(sign);
        used += needed;
    }
    (line, used)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::face::{Faces, Weight};
    use super::*;

    fn lines(text: &str, width: f32) -> Vec<String> {
        let faces = Faces::load().unwrap();
        wrap(faces.of(Weight::Regular), text, 10.0, width).into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn words_go_to_the_next_line_when_the_line_is_full() {
        let text = "Det här är en mening som inte får plats på en enda rad.";
        let broken = lines(text, 120.0);
        assert!(broken.len() > 1);
        assert_eq!(broken.concat(), text);
    }

    #[test]
    fn a_line_feed_ends_a_line_and_a_no_break_space_holds_words_together() {
        assert_eq!(lines("a\nb", 100.0), ["a", "b"]);
        let broken = lines("den 22\u{a0}november\u{a0}2026", 90.0);
        assert_eq!(broken, ["den ", "22\u{a0}november\u{a0}2026"]);
    }

    #[test]
    fn no_line_is_wider_than_its_column_even_for_one_endless_word() {
        let faces = Faces::load().unwrap();
        let face = faces.of(Weight::Bold);
        for text in ["x".repeat(500), "a ".repeat(200), "åäö".repeat(80), String::new()] {
            for run in wrap(face, &text, 10.0, 60.0) {
                let width = face.width(run.text.trim_end()) * 10.0;
                assert!(width <= 60.001, "{width}");
            }
        }
    }
}
