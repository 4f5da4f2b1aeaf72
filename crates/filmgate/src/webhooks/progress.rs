//! News of progress, where a create asks for it: best effort, from memory, with no row, and never in anybody's way.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use filmgate_domain::id::TaskId;
use filmgate_domain::task::Phase;
use filmgate_domain::time::Timestamp;
use filmgate_store::StoreError;
use tokio::task::JoinSet;

use super::message::Message;
use crate::app::{App, lock};
use crate::dialect::kie;

/// Told when it begins, and then at most this often, on the clock.
const EVERY_MS: i64 = 10_000;
/// How often a process looks, how many tasks it follows, and how many posts are under way at once; what is more is not told.
const LOOK: Duration = Duration::from_secs(1);
const FOLLOWED_MAX: usize = 1_000;
const UNDER_WAY_MAX: usize = 32;

/// The tasks of which somebody wants news.
#[derive(Default)]
pub struct Progress(Mutex<BTreeMap<TaskId, Wish>>);

#[derive(Clone, Debug)]
struct Wish {
    url: String,
    next: Timestamp,
    told: u32,
}

impl Progress {
    /// Tells news of a task to this URL, which has been judged already.
    pub(crate) fn follow(&self, id: TaskId, url: String) {
        let mut wishes = lock(&self.0);
        if wishes.len() < FOLLOWED_MAX {
            wishes.insert(id, Wish { url, next: Timestamp(i64::MIN), told: 0 });
        }
    }

    fn due(&self, now: Timestamp) -> Vec<(TaskId, Wish)> {
        let wishes = lock(&self.0);
        wishes.iter().filter(|(_, wish)| wish.next <= now).map(|(id, wish)| (*id, wish.clone())).collect()
    }

    fn told(&self, id: TaskId, now: Timestamp) {
        if let Some(wish) = lock(&self.0).get_mut(&id) {
            (wish.next, wish.told) = (now.after(EVERY_MS), wish.told + 1);
        }
    }

    fn forget(&self, id: TaskId) {
        lock(&self.0).remove(&id);
    }
}

/// Tells news until `shutdown`.
pub async fn run(app: Arc<App>, shutdown: impl Future<Output = ()>) {
    tokio::pin!(shutdown);
    let mut posts = JoinSet::new();
    let mut look = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            () = &mut shutdown => return,
            Some(_) = posts.join_next() => continue,
            _ = look.tick() => {}
        }
        for (id, wish) in app.webhooks.progress.due(app.now()) {
            match news(&app, id, &wish) {
                Ok(News::None) => {}
                Ok(News::Ended) => app.webhooks.progress.forget(id),
                Ok(News::Some(message)) if posts.len() < UNDER_WAY_MAX => {
                    app.webhooks.progress.told(id, app.now());
                    let app = Arc::clone(&app);
                    posts.spawn(async move { drop(super::post(&app, message).await) });
                }
                Ok(News::Some(_)) => break,
                Err(error) => tracing::warn!(task.id = %id, %error, "progress could not be told"),
            }
        }
    }
}

enum News {
    None,
    Some(Message),
    Ended,
}

fn news(app: &App, id: TaskId, wish: &Wish) -> Result<News, StoreError> {
    let Some(record) = app.store.record(id)? else { return Ok(News::Ended) };
    let phase = &record.task.phase;
    match phase {
        Phase::Queued | Phase::Sending => return Ok(News::None),
        Phase::InDoubt | Phase::Running | Phase::Storing => {}
        Phase::Succeeded | Phase::Failed(_) | Phase::Cancelled => return Ok(News::Ended),
    }
    let percent = phase.percent(|| app.percent(id));
    let body = kie::progress_callback(app, &record, percent)?;
    let message_id = format!("wh_{id}_p{}", wish.told);
    let message = Message::to_account(app, &record.task, (&wish.url, &message_id), body)?;
    Ok(News::Some(message))
}
