//! The one thread that writes: whatever arrives while a commit is on its way shares the next one.

use std::sync::Arc;
use std::thread::JoinHandle;

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::StoreError;
use crate::create::{self, CreateError, Created, NewTask};
use crate::queue::{Group, Queue};

/// How many creates, and how many other writes, share one transaction at most.
const GROUP_MAX: usize = 512;

type CreateReply = oneshot::Sender<Result<Created, CreateError>>;

/// A create and who waits for it.
pub(crate) type PendingCreate = (NewTask, CreateReply);

/// A typed write inside the group's transaction; its answer is sent when the commit is on disk.
pub(crate) trait Write: Send {
    fn apply(&mut self, connection: &Connection);
    fn answer(self: Box<Self>, commit: Result<(), String>);
}

struct PendingWrite<F, T> {
    work: F,
    outcome: Option<Result<T, StoreError>>,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl<F, T> Write for PendingWrite<F, T>
where
    F: FnMut(&Connection) -> Result<T, StoreError> + Send,
    T: Send,
{
    /// A write that fails takes only its own changes back, never those of its group.
    fn apply(&mut self, connection: &Connection) {
        let mut savepoint = || {
            connection.execute_batch("SAVEPOINT one")?;
            let outcome = (self.work)(connection);
            let end = if outcome.is_ok() { "RELEASE one" } else { "ROLLBACK TO one; RELEASE one" };
            connection.execute_batch(end)?;
            outcome
        };
        self.outcome = Some(savepoint());
    }

    fn answer(self: Box<Self>, commit: Result<(), String>) {
        let answer = match commit {
            Ok(()) => self.outcome.unwrap_or(Err(StoreError::Closed)),
            Err(why) => Err(StoreError::RolledBack(why)),
        };
        // A caller that has gone away does not need its answer; the write stands.
        drop(self.reply.send(answer));
    }
}

/// The way to the committing thread.
pub(crate) struct Committer {
    queue: Arc<Queue<PendingCreate, Box<dyn Write>>>,
    thread: Option<JoinHandle<()>>,
}

impl Committer {
    pub(crate) fn start(connection: Connection) -> std::io::Result<Self> {
        let queue = Arc::new(Queue::new());
        let work = Arc::clone(&queue);
        let thread = std::thread::Builder::new().name("committer".into()).spawn(move || {
            while let Some(group) = work.next_group(GROUP_MAX) {
                commit(&connection, group);
            }
        })?;
        Ok(Self { queue, thread: Some(thread) })
    }

    pub(crate) async fn create(&self, new: NewTask) -> Result<Created, CreateError> {
        let (reply, answer) = oneshot::channel();
        self.queue.create((new, reply))?;
        answer.await.unwrap_or(Err(CreateError::Store(StoreError::Closed)))
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnMut(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        self.queue.write(Box::new(PendingWrite { work, outcome: None, reply }))?;
        answer.await.unwrap_or(Err(StoreError::Closed))
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        self.queue.close();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

fn commit(connection: &Connection, group: Group<PendingCreate, Box<dyn Write>>) {
    let Group { creates, mut writes } = group;
    let (tasks, replies): (Vec<NewTask>, Vec<CreateReply>) = creates.into_iter().unzip();
    let mut transaction = || -> rusqlite::Result<Vec<Result<Created, CreateError>>> {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let created = create::apply(connection, &tasks)?;
        writes.iter_mut().for_each(|write| write.apply(connection));
        connection.execute_batch("COMMIT")?;
        Ok(created)
    };
    match transaction() {
        Ok(created) => {
            for (reply, outcome) in replies.into_iter().zip(created) {
                drop(reply.send(outcome));
            }
            writes.into_iter().for_each(|write| write.answer(Ok(())));
        }
        Err(error) => {
            if !connection.is_autocommit() {
                drop(connection.execute_batch("ROLLBACK"));
            }
            let why = error.to_string();
            tracing::error!(error = %why, "a group of writes was rolled back");
            for reply in replies {
                drop(reply.send(Err(CreateError::Store(StoreError::RolledBack(why.clone())))));
            }
            writes.into_iter().for_each(|write| write.answer(Err(why.clone())));
        }
    }
}
