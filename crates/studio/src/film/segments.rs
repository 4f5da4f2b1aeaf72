//! The film is cut into segments that depend on its length only, so that any number of threads makes the same bytes.

use super::encoder::{AccessUnit, Format, SegmentEncoder};
use super::reel::{Desk, Reel};
use super::{Progress, StudioError};
use std::num::NonZeroUsize;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// How long a segment is at least, in seconds. It is also how far apart the keyframes are, for seeking.
const SEGMENT_S: u32 = 2;
/// Frames in a row that are encoded to see how large the film will be.
const REHEARSED: u32 = 3;

/// What all threads of one film share.
struct Work<'a> {
    reel: &'a Reel,
    format: Format,
    segments: Vec<Range<u32>>,
    frames: u32,
    /// The next segment that nobody has taken.
    next: AtomicUsize,
    frames_done: AtomicU32,
    /// Set by the first failure, so that the other threads give up after their current frame.
    over: AtomicBool,
    finished: Mutex<Vec<Finished>>,
    watch: &'a (dyn Fn(Progress) -> ControlFlow<()> + Sync),
}

struct Finished {
    number: usize,
    result: Result<Vec<AccessUnit>, StudioError>,
}

/// Paints and encodes all frames, in order.
pub(super) fn encode(
    (reel, mut desk): (&Reel, Desk),
    frames: u32,
    (format, threads): (Format, NonZeroUsize),
    watch: &(dyn Fn(Progress) -> ControlFlow<()> + Sync),
) -> Result<Vec<AccessUnit>, StudioError> {
    let work = Work {
        reel,
        format,
        segments: cut(frames, reel.frames_per_second()),
        frames,
        next: AtomicUsize::new(0),
        frames_done: AtomicU32::new(0),
        over: AtomicBool::new(false),
        finished: Mutex::new(Vec::new()),
        watch,
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.get().min(work.segments.len()) {
            scope.spawn(|| work.until_done(&mut reel.desk()));
        }
        work.until_done(&mut desk);
    });
    in_order(work.finished.into_inner().unwrap_or_else(PoisonError::into_inner))
}

/// Encodes a few frames of the film to choose the quantiser of all. Without the caption: a film and its clean copy are alike.
pub(super) fn rehearsed(reel: &Reel, frames: u32, desk: &mut Desk) -> Result<Format, StudioError> {
    let format = Format::finest(desk.canvas.width, desk.canvas.height, reel.frames_per_second());
    let mut encoder = SegmentEncoder::new(format)?;
    let mut rehearsal = Vec::new();
    for frame in (reel.typical_frame()..frames).take(REHEARSED as usize) {
        reel.paint_clean(frame, desk);
        rehearsal.push(encoder.encode(&desk.canvas)?);
    }
    Ok(format.after(&rehearsal))
}

/// Segments of at least two seconds, all of nearly the same length. Their number is even where it can be, so that two
/// processors end together: five segments would take them as long as six.
fn cut(frames: u32, frames_per_second: u32) -> Vec<Range<u32>> {
    let most = (frames / (frames_per_second * SEGMENT_S)).max(1);
    let count = if most > 1 { most - most % 2 } else { most };
    (0..count).map(|i| frames * i / count..frames * (i + 1) / count).collect()
}

/// The whole film, or what stopped it. A thread that gave up because another one failed says `Stopped` itself.
fn in_order(mut finished: Vec<Finished>) -> Result<Vec<AccessUnit>, StudioError> {
    finished.sort_by_key(|segment| segment.number);
    let mut film = Vec::new();
    let mut stopped = false;
    for segment in finished {
        match segment.result {
            Ok(mut units) => film.append(&mut units),
            Err(StudioError::Stopped) => stopped = true,
            Err(error) => return Err(error),
        }
    }
    if stopped { Err(StudioError::Stopped) } else { Ok(film) }
}

impl Work<'_> {
    /// Takes segments until none is left.
    fn until_done(&self, desk: &mut Desk) {
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(segment) = self.segments.get(number) else { return };
            let result = self.segment(segment.clone(), desk);
            let failed = result.is_err();
            self.finished.lock().unwrap_or_else(PoisonError::into_inner).push(Finished { number, result });
            if failed {
                self.over.store(true, Ordering::Relaxed);
                return;
            }
        }
    }

    fn segment(&self, segment: Range<u32>, desk: &mut Desk) -> Result<Vec<AccessUnit>, StudioError> {
        let mut encoder = SegmentEncoder::new(self.format)?;
        let mut units = Vec::with_capacity(segment.len());
        for frame in segment {
            if self.over.load(Ordering::Relaxed) {
                return Err(StudioError::Stopped);
            }
            self.reel.paint(frame, desk);
            units.push(encoder.encode(&desk.canvas)?);
            let frames_done = self.frames_done.fetch_add(1, Ordering::Relaxed) + 1;
            if (self.watch)(Progress { frames_done, frames_total: self.frames }).is_break() {
                return Err(StudioError::Stopped);
            }
        }
        Ok(units)
    }
}
