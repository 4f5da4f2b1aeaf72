//! How much of each pixel is covered, from 0 to 1.

/// A grid of coverage.
pub(super) struct Mask {
    width: usize,
    height: usize,
    cells: Vec<f32>,
}

impl Mask {
    pub(super) fn new(width: usize, height: usize) -> Self {
        Self { width, height, cells: vec![0.0; width * height] }
    }

    /// Adds coverage to one cell; what lies outside is left out.
    pub(super) fn add(&mut self, (x, y): (i32, i32), coverage: f32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x < self.width && y < self.height {
            let cell = &mut self.cells[y * self.width + x];
            *cell = cell.max(coverage);
        }
    }

    pub(super) fn coverage(&self) -> impl Iterator<Item = f32> {
        self.cells.iter().copied()
    }

    /// All coverage multiplied, at most 1.
    pub(super) fn stronger(mut self, factor: f32) -> Self {
        for cell in &mut self.cells {
            *cell = (*cell * factor).min(1.0);
        }
        self
    }

    /// Spread softly: two box blurs in each direction.
    pub(super) fn blurred(&self, radius: f32) -> Self {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few pixels")]
        let radius = radius.ceil().max(1.0) as usize;
        let mut cells = self.cells.clone();
        for _ in 0..2 {
            let rows = (0..self.height).map(|y| (y * self.width, 1, self.width));
            let columns = (0..self.width).map(|x| (x, self.width, self.height));
            for (start, step, length) in rows.chain(columns) {
                box_blur(&mut cells, radius, (start, step, length));
            }
        }
        Self { cells, ..*self }
    }
}

/// Averages over `2 * radius + 1` cells along one line of the grid; beyond its ends there is nothing.
fn box_blur(cells: &mut [f32], radius: usize, (start, step, length): (usize, usize, usize)) {
    let line: Vec<f32> = (0..length).map(|n| cells[start + n * step]).collect();
    let mut sum: f32 = line.iter().take(radius).sum();
    for n in 0..length {
        sum += line.get(n + radius).copied().unwrap_or(0.0);
        cells[start + n * step] = (sum / (2 * radius + 1) as f32).max(0.0);
        sum -= n.checked_sub(radius).map_or(0.0, |n| line[n]);
    }
}
