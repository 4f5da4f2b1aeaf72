//! The links of a request: which of them are judged when it is accepted, and how long the pictures behind our own are kept.

use crate::refusal::Refusal;
use crate::request::{Parameter, Request};

const DAY_MS: i64 = 86_400_000;
/// How long a film's picture is there for films that are made from it.
const PICTURE_KEPT_MS: i64 = 30 * DAY_MS;

/// What a link turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// A file that is kept here, or a place that may be asked for one.
    Usable,
    /// A file that was kept here and is not any more.
    Gone,
    /// Nobody may be sent there.
    Forbidden,
}

/// Judges the links of a request that is to be accepted. What a film is made from was judged with its source; only a picture that was
/// kept here can have gone since.
///
/// # Errors
///
/// A link cannot be used.
pub fn judge(request: &Request, look: impl Fn(&str) -> Link) -> Result<(), Refusal> {
    let is_remake = request.origin.is_some();
    if is_remake && links(request.first(), Parameter::Pictures).any(|link| look(link) == Link::Gone) {
        return Err(Refusal::PictureExpired);
    }
    for parameter in [Parameter::Pictures, Parameter::CharacterVideo, Parameter::Video] {
        if !is_remake && links(request, parameter).any(|link| look(link) != Link::Usable) {
            return Err(Refusal::BadLink { parameter });
        }
    }
    match &request.callback_url {
        Some(url) if look(url) != Link::Usable => Err(Refusal::BadCallback),
        _ => Ok(()),
    }
}

/// A parameter's links, whether it holds a list or one alone.
fn links(request: &Request, parameter: Parameter) -> impl Iterator<Item = &str> {
    let alone = Some(request.text(parameter)).filter(|link| !link.is_empty());
    request.texts(parameter).iter().map(String::as_str).chain(alone)
}

/// How long a stored picture is kept since a task has named it last: never shorter than that task may wait for its turn.
pub fn picture_kept_ms(deadline_ms: i64) -> i64 {
    PICTURE_KEPT_MS.max(deadline_ms.saturating_add(DAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::remake::{Origin, Remake};
    use crate::request::Value;

    fn look(link: &str) -> Link {
        match link {
            "gone" => Link::Gone,
            "inside" => Link::Forbidden,
            _ => Link::Usable,
        }
    }

    fn holding(parameter: Parameter, value: Value) -> Request {
        let mut request = *Origin::example(Remake::Remix).request;
        request.parameters.insert(parameter, value);
        request
    }

    fn made_from(source: Request) -> Request {
        let origin = Origin { request: Box::new(source), ..Origin::example(Remake::Remix) };
        Request { origin: Some(origin), ..*Origin::example(Remake::Remix).request }
    }

    #[test]
    fn every_link_of_a_new_film_must_be_usable() {
        for link in ["gone", "inside"] {
            for parameter in [Parameter::Pictures, Parameter::Video, Parameter::CharacterVideo] {
                for value in
                    [Value::Text(link.into()), Value::Texts(vec!["https://a.example".into(), link.into()])]
                {
                    let refusal = judge(&holding(parameter, value), look);
                    assert_eq!(refusal, Err(Refusal::BadLink { parameter }), "{link}");
                }
            }
            let callback_url = Some(link.to_owned());
            let request = Request { callback_url, ..holding(Parameter::Seed, Value::Integer(1)) };
            assert_eq!(judge(&request, look), Err(Refusal::BadCallback));
        }
        let fine = holding(Parameter::Pictures, Value::Texts(vec!["https://a.example".into()]));
        let callback_url = Some("https://b.example".to_owned());
        assert_eq!(judge(&Request { callback_url, ..fine }, look), Ok(()));
    }

    #[test]
    fn of_a_source_only_what_was_kept_here_can_have_gone_however_far_back_it_lies() {
        let source = |link: &str| holding(Parameter::Pictures, Value::Texts(vec![link.into()]));
        assert_eq!(judge(&made_from(source("gone")), look), Err(Refusal::PictureExpired));
        assert_eq!(judge(&made_from(made_from(source("gone"))), look), Err(Refusal::PictureExpired));
        assert_eq!(judge(&made_from(source("inside")), look), Ok(()), "it was judged with its source");
        let told_inside = Request { callback_url: Some("inside".into()), ..made_from(source("https://a.b")) };
        assert_eq!(judge(&told_inside, look), Err(Refusal::BadCallback));
    }

    #[test]
    fn a_picture_outlives_the_tasks_that_wait_for_it() {
        assert_eq!(picture_kept_ms(DAY_MS), 30 * DAY_MS);
        assert_eq!(picture_kept_ms(365 * DAY_MS), 366 * DAY_MS);
    }
}
