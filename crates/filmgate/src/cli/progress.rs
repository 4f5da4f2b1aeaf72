//! The progress of a film on stderr: a bar for people at a terminal, a line now and then for logs.

use std::sync::Arc;
use std::time::Duration;

use filmgate_domain::id::TaskId;
use filmgate_domain::task::{Phase, Task};
use indicatif::{ProgressBar, ProgressStyle};

use super::output;
use crate::app::App;

/// The progress of one film.
pub(super) struct Progress {
    app: Arc<App>,
    id: TaskId,
    bar: ProgressBar,
}

/// Begins to show a film's progress.
pub(super) fn show(app: &Arc<App>, id: TaskId) -> Progress {
    let bar = ProgressBar::new(100);
    let style = ProgressStyle::with_template("{msg:>8}  [{bar:32}] {percent:>3}%  {eta} left");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
    Progress { app: Arc::clone(app), id, bar }
}

impl Progress {
    /// Shows the phase, the percentage and the time left until it is dropped.
    pub(super) async fn follow(&self) -> std::convert::Infallible {
        let mut look = tokio::time::interval(Duration::from_millis(100));
        let mut told = None;
        loop {
            look.tick().await;
            let phase = match self.app.store.record(self.id) {
                Ok(Some(record)) => record.task.phase.word(),
                _ => "queued",
            };
            self.bar.set_message(phase);
            // Before its first frame and after its last one, a film is as far as it was.
            if let Some((done, total)) =
                self.app.watch(self.id).map(|watch| watch.frames()).filter(|(_, total)| *total > 0)
            {
                self.bar.set_length(u64::from(total));
                self.bar.set_position(u64::from(done));
            }
            let tenth = self.bar.position() * 10 / self.bar.length().unwrap_or(1).max(1);
            if self.bar.is_hidden() && told != Some((phase, tenth)) {
                told = Some((phase, tenth));
                let left = if tenth == 0 { "?".to_owned() } else { self.bar.eta().as_secs().to_string() };
                output::note(&format!("{phase:>8}  {:>3}%  {left} s left", tenth * 10));
            }
        }
    }

    /// Takes the bar away. A log is told the end, which comes between two looks.
    pub(super) fn end(&self, ended: Option<&Task>) {
        let phase = ended.map(|task| &task.phase).filter(|phase| **phase == Phase::Succeeded);
        if let Some(phase) = phase.filter(|_| self.bar.is_hidden()) {
            output::note(&format!("{:>8}  {:>3}%", phase.word(), phase.percent(|| 0)));
        }
        self.bar.finish_and_clear();
    }
}
