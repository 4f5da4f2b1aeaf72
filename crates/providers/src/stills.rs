//! Pictures of films that the studio made: painted again from the request, because no foreign film is ever decoded here.

use filmgate_domain::request::{Parameter, Request};
use filmgate_domain::task::Failure;
use tokio::sync::oneshot;

use crate::pictures::Pictures;
use crate::studio::{briefs_in_all, failure, yield_to_the_server};

/// Which picture of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Still {
    /// One frame, as WebP.
    Frame,
    /// The same frame as JPEG, for pages that show many.
    Card,
    /// Ten frames in a row, as JPEG.
    Sheet,
}

/// The pictures that the film of this request was made from.
///
/// # Errors
///
/// One of them cannot be fetched any more.
pub async fn sources(pictures: &Pictures, request: &Request) -> Result<Vec<Vec<u8>>, Failure> {
    let mut fetched = Vec::new();
    for link in request.first().texts(Parameter::Pictures) {
        fetched.push(pictures.bytes(link).await?.to_vec());
    }
    Ok(fetched)
}

/// Paints a picture of the film that this request was made into; of an extension, of the whole film. `place` is held until the
/// painting has ended, also if nobody waits for it any more.
///
/// # Errors
///
/// The request cannot be filmed.
pub async fn paint(
    (request, sources): (&Request, &[Vec<u8>]),
    still: Still,
    place: impl Send + 'static,
) -> Result<Vec<u8>, Failure> {
    let briefs = briefs_in_all(request, sources);
    let (reply, answer) = oneshot::channel();
    let work = move || {
        yield_to_the_server();
        let painted = match still {
            Still::Frame => filmgate_studio::still(&briefs),
            Still::Card => filmgate_studio::card(&briefs),
            Still::Sheet => filmgate_studio::sheet(&briefs),
        };
        drop(place);
        drop(reply.send(painted));
    };
    // A thread of its own: painting takes up to seconds, and the blocking pool is for short waits.
    let spawned = std::thread::Builder::new().name("still".into()).spawn(work);
    match (spawned, answer.await) {
        (Ok(_), Ok(painted)) => painted.map_err(|error| failure(&error)),
        _ => Err(crate::studio::fault("The studio stopped unexpectedly.")),
    }
}
