//! The bounded queue before the committing thread: creates go before everything else.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, PoisonError};

use crate::StoreError;

/// How many writes may wait in each of the two lines.
const WAITING_MAX: usize = 8_192;

/// Two lines of waiting writes.
pub(crate) struct Queue<C, W> {
    lines: Mutex<Lines<C, W>>,
    arrived: Condvar,
}

struct Lines<C, W> {
    creates: VecDeque<C>,
    writes: VecDeque<W>,
    closed: bool,
}

/// What shares the next transaction.
pub(crate) struct Group<C, W> {
    pub(crate) creates: Vec<C>,
    pub(crate) writes: Vec<W>,
}

impl<C, W> Queue<C, W> {
    pub(crate) fn new() -> Self {
        let lines = Lines { creates: VecDeque::new(), writes: VecDeque::new(), closed: false };
        Self { lines: Mutex::new(lines), arrived: Condvar::new() }
    }

    pub(crate) fn create(&self, create: C) -> Result<(), StoreError> {
        self.add(|lines| (lines.creates.len() < WAITING_MAX).then(|| lines.creates.push_back(create)))
    }

    pub(crate) fn write(&self, write: W) -> Result<(), StoreError> {
        self.add(|lines| (lines.writes.len() < WAITING_MAX).then(|| lines.writes.push_back(write)))
    }

    fn add(&self, push: impl FnOnce(&mut Lines<C, W>) -> Option<()>) -> Result<(), StoreError> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.closed {
            return Err(StoreError::Closed);
        }
        push(&mut lines).ok_or(StoreError::Busy)?;
        drop(lines);
        self.arrived.notify_one();
        Ok(())
    }

    /// Waits for work; `None` once the queue is closed and empty.
    pub(crate) fn next_group(&self, group_max: usize) -> Option<Group<C, W>> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        while lines.creates.is_empty() && lines.writes.is_empty() {
            if lines.closed {
                return None;
            }
            lines = self.arrived.wait(lines).unwrap_or_else(PoisonError::into_inner);
        }
        let creates = lines.creates.len().min(group_max);
        let writes = lines.writes.len().min(group_max);
        Some(Group {
            creates: lines.creates.drain(..creates).collect(),
            writes: lines.writes.drain(..writes).collect(),
        })
    }

    /// Takes nothing more; what waits is still done.
    pub(crate) fn close(&self) {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).closed = true;
        self.arrived.notify_one();
    }
}
