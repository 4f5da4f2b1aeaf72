//! What every upstream is asked, and what it can answer.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use filmgate_domain::request::Request;
use filmgate_domain::task::{CopyKind, Failure};
use filmgate_studio::Progress;

/// A film on its way.
pub type Making<'a> = Pin<Box<dyn Future<Output = Answer> + Send + 'a>>;

/// Something that makes films here and now, and for which making one again is free.
pub trait Upstream: Send + Sync {
    /// Makes the film of a request and what is kept beside it. When it answers `Made`, all parts are on disk.
    fn make<'a>(&'a self, request: &'a Request, parts: &'a Parts, watch: Arc<Watch>) -> Making<'a>;
}

/// Where a film is written while it is made, and what is made beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The film's own place.
    pub film: PathBuf,
    /// The places of its copies.
    pub copies: Vec<(CopyKind, PathBuf)>,
}

/// What became of a film.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The part file holds the whole film.
    Made,
    /// There will be no film.
    Faulted(Failure),
    /// It was stopped as wished.
    Stopped,
}

/// How far a film is, and the wish that it be stopped; shared with whoever watches.
#[derive(Debug, Default)]
pub struct Watch {
    frames_done: AtomicU32,
    frames_total: AtomicU32,
    stop: AtomicBool,
}

impl Watch {
    /// Frames made and frames in all; the second is 0 until the first frame is done.
    pub fn frames(&self) -> (u32, u32) {
        (self.frames_done.load(Ordering::Relaxed), self.frames_total.load(Ordering::Relaxed))
    }

    /// Ends the film at its next frame.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Another film is made in the same go: frames are counted from the start.
    pub(crate) fn again(&self) {
        self.frames_done.store(0, Ordering::Relaxed);
    }

    pub(crate) fn note(&self, progress: Progress) -> ControlFlow<()> {
        self.frames_total.store(progress.frames_total, Ordering::Relaxed);
        self.frames_done.fetch_max(progress.frames_done, Ordering::Relaxed);
        if self.stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
