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

/// However the thread ends, nobody waits for it afterwards.
struct CloseAtEnd(Arc<Queue<PendingCreate, Box<dyn Write>>>);

impl Drop for CloseAtEnd {
    fn drop(&mut self) {
        self.0.close();
        // Whoever waits in the queue is told by its reply being dropped.
        while let Some(group) = self.0.next_group(GROUP_MAX) {
            drop(group);
        }
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
            let _closes_at_the_end = CloseAtEnd(Arc::clone(&work));
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
        for write in &mut writes {
            write.apply(connection);
            // After some errors SQLite has ended the transaction by itself. The next savepoint would begin one of its
            // own and commit alone, while everybody is told that the group was rolled back.
            if connection.is_autocommit() {
                return Err(rusqlite::Error::InvalidQuery);
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    type Waiting<T> = oneshot::Receiver<Result<T, StoreError>>;

    fn pending<F>(work: F) -> (Box<dyn Write>, Waiting<()>)
    where
        F: FnMut(&Connection) -> Result<(), StoreError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        (Box::new(PendingWrite { work, outcome: None, reply }), answer)
    }

    fn insert(connection: &Connection) -> Result<(), StoreError> {
        Ok(connection.execute_batch("INSERT INTO t VALUES (1)")?)
    }

    fn rows(connection: &Connection) -> i64 {
        connection.query_row("SELECT COUNT(*) FROM t", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_write_that_fails_takes_only_its_own_changes_back() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (x)").unwrap();
        let (good, mut told_good) = pending(insert);
        let (bad, mut told_bad) = pending(|connection| insert(connection).and(Err(StoreError::Fenced)));
        commit(&connection, Group { creates: vec![], writes: vec![good, bad] });
        assert!(told_good.try_recv().unwrap().is_ok());
        assert!(matches!(told_bad.try_recv().unwrap(), Err(StoreError::Fenced)));
        assert_eq!(rows(&connection), 1);
    }

    #[test]
    fn when_sqlite_ends_the_transaction_itself_nothing_of_the_group_is_kept() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE t (x)").unwrap();
        let (before, mut told_before) = pending(insert);
        // What SQLite does by itself after an I/O error.
        let (ends, mut told_ends) = pending(|connection| Ok(connection.execute_batch("ROLLBACK")?));
        let (after, mut told_after) = pending(insert);
        commit(&connection, Group { creates: vec![], writes: vec![before, ends, after] });
        for told in [&mut told_before, &mut told_ends, &mut told_after] {
            assert!(matches!(told.try_recv().unwrap(), Err(StoreError::RolledBack(_))));
        }
        assert_eq!(rows(&connection), 0);
    }

    #[tokio::test]
    async fn a_thread_that_dies_leaves_nobody_waiting() {
        let committer = Committer::start(Connection::open_in_memory().unwrap()).unwrap();
        let dies = committer.write(|_| -> Result<(), StoreError> { panic!("on purpose") }).await;
        assert!(matches!(dies, Err(StoreError::Closed)));
        let later = committer.write(|_| Ok(())).await;
        assert!(matches!(later, Err(StoreError::Closed)));
    }
}
