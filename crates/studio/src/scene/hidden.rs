//! What nearer things hide, so that nothing is painted only to be painted over.

use std::ops::Range;

/// A row is watched in at most this many stretches, one bit each.
const STRETCHES: usize = 64;

/// The parts of a frame that something nearer covers with opaque pixels.
#[derive(Clone)]
pub(super) struct Hidden {
    width: usize,
    /// Pixels in a stretch.
    stretch: usize,
    /// The bits of a row that is hidden from edge to edge.
    whole: u64,
    rows: Vec<u64>,
}

impl Hidden {
    pub(super) fn nothing(width: usize, height: usize) -> Self {
        let stretch = width.div_ceil(STRETCHES).max(1);
        let whole = u64::MAX >> (STRETCHES - width.div_ceil(stretch).clamp(1, STRETCHES));
        Self { width, stretch, whole, rows: vec![0; height] }
    }

    pub(super) fn hide_all(&mut self) {
        self.rows.fill(self.whole);
    }

    /// Shows some columns of a row, and all of the stretches that they reach into.
    pub(super) fn show(&mut self, row: usize, columns: Range<usize>) {
        let bits = |count: usize| if count < STRETCHES { (1 << count) - 1 } else { u64::MAX };
        let reached = bits(columns.end.div_ceil(self.stretch)) & !bits(columns.start / self.stretch);
        self.rows[row] &= !reached;
    }

    pub(super) fn row(&self, row: usize) -> bool {
        self.rows[row] == self.whole
    }

    /// Hides some columns of a row; a stretch that is covered only in part stays visible.
    pub(super) fn hide(&mut self, row: usize, columns: Range<usize>) {
        let first = columns.start.div_ceil(self.stretch);
        let end = if columns.end >= self.width {
            self.width.div_ceil(self.stretch)
        } else {
            columns.end / self.stretch
        };
        for stretch in first..end {
            self.rows[row] |= 1 << stretch;
        }
    }

    /// The visible parts of some columns of a row.
    pub(super) fn visible(&self, row: usize, columns: Range<usize>) -> impl Iterator<Item = Range<usize>> {
        let (bits, stretch) = (self.rows[row], self.stretch);
        let mut at = columns.start;
        std::iter::from_fn(move || {
            if at >= columns.end {
                return None;
            }
            let mut cell = at / stretch;
            let covered = (bits >> cell).trailing_ones() as usize;
            if covered > 0 {
                cell += covered;
                at = cell * stretch;
                if at >= columns.end {
                    return None;
                }
            }
            let start = at;
            at = ((cell + (bits >> cell).trailing_zeros() as usize) * stretch).min(columns.end);
            Some(start..at)
        })
    }
}
