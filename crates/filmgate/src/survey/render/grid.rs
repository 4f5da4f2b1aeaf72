//! Rows and columns, as Markdown and as aligned lines for a terminal, where a Chinese letter takes two places.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// How wide a line for a terminal may be.
pub(super) const COLUMNS: usize = 100;

/// A table, its first row on top. Cells are Markdown already.
#[derive(Default)]
pub(super) struct Grid(pub(super) Vec<Vec<String>>);

impl Grid {
    pub(super) fn with_head(head: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(vec![head.into_iter().map(Into::into).collect()])
    }

    pub(super) fn push(&mut self, row: Vec<String>) {
        self.0.push(row);
    }

    /// The table as Markdown. A bar would end its cell even inside a code span, so each is escaped; and a backslash before
    /// it, which would take the escape away, is moved off.
    pub(super) fn markdown(&self) -> String {
        let escaped = |cell: &String| cell.replace("\\|", "\\ |").replace('|', "\\|");
        let line =
            |row: &Vec<String>| format!("| {} |\n", row.iter().map(escaped).collect::<Vec<_>>().join(" | "));
        let Some((head, rows)) = self.0.split_first() else { return String::new() };
        let rule = format!("|{}\n", "---|".repeat(head.len()));
        line(head) + &rule + &rows.iter().map(line).collect::<String>()
    }

    /// Lines of at most [`COLUMNS`] places, begun by two blanks; what is too long is cut.
    pub(super) fn lines(&self) -> String {
        let columns = self.0.iter().map(Vec::len).max().unwrap_or(0);
        let width =
            |column: usize| self.0.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        let mut text = String::new();
        for row in &self.0 {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line += "  ";
                line += cell;
                line.extend(std::iter::repeat_n(' ', width - cell.width()));
            }
            text += &cut(line.trim_end(), COLUMNS);
            text.push('\n');
        }
        text
    }
}

/// The beginning of a line that fits.
fn cut(line: &str, columns: usize) -> String {
    if line.width() <= columns {
        return line.to_owned();
    }
    let mut used = 1;
    let fits = |letter: &char| {
        used += letter.width().unwrap_or(0);
        used <= columns
    };
    line.chars().take_while(fits).collect::<String>() + "…"
}

/// A paragraph in lines of at most [`COLUMNS`] places; all but the first begin with `indent` blanks.
pub(super) fn wrapped(paragraph: &str, indent: usize) -> String {
    let (mut text, mut used) = (String::new(), 0);
    for piece in pieces(paragraph) {
        let width = piece.trim_end().width();
        if used > indent && used + width > COLUMNS {
            text.truncate(text.trim_end().len());
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', indent));
            used = indent;
        }
        text += piece;
        used += piece.width();
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

/// The pieces that a line may be broken between: behind a blank, and behind a wide letter unless a mark follows it.
fn pieces(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut rest = paragraph;
    std::iter::from_fn(move || {
        let mut letters = rest.char_indices().peekable();
        while let Some((_, letter)) = letters.next() {
            let Some((end, next)) = letters.peek().copied() else { break };
            let is_wide = letter.width() == Some(2) && !"（《「“".contains(letter);
            let is_mark = "，。；：、）》」”！？…".contains(next);
            if (letter == ' ' && next != ' ') || (is_wide && !is_mark && next != ' ') {
                let (piece, behind) = rest.split_at(end);
                rest = behind;
                return Some(piece);
            }
        }
        let piece = std::mem::take(&mut rest);
        (!piece.is_empty()).then_some(piece)
    })
}
