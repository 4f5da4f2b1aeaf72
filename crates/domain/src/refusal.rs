//! Why a request is turned down: one list for every dialect. A refused request creates nothing and costs nothing.

use thiserror::Error;

use crate::credits::Credits;
use crate::request::Parameter;
use crate::time::Day;

/// A refusal. Its text is for the command line; dialects say the same in their own words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The key is missing, unknown or revoked.
    #[error("the key was refused; make one with `filmgate keys create NAME`")]
    KeyRefused,
    /// No card has this name, or not in this form.
    #[error("the model \"{model}\" is not known; `filmgate models` lists those that are")]
    UnknownModel {
        /// As the client spelt it.
        model: String,
    },
    /// A card that nothing can serve.
    #[error("{model} is not served: {why}")]
    NotServed {
        /// The card's id.
        model: String,
        /// The card's own text.
        why: String,
    },
    /// The model is switched off for now.
    #[error("{model} is paused")]
    Paused {
        /// The card's id.
        model: String,
    },
    /// Nobody is configured who could make it.
    #[error(
        "no upstream is configured for {model}; set KIE_API_KEY or FILMGATE_ENGINE_URL, or let the embedded studio make \
         it with `default = [\"studio\"]` under [routes] in the configuration file (or FILMGATE_ROUTES_DEFAULT=studio)"
    )]
    NoRoute {
        /// The card's id.
        model: String,
    },
    /// The upstream that was to make it does so no longer, and the operator has named no other route.
    #[error(
        "{upstream} has retired {model} since {since}; name another route for it under [routes.models] in the \
         configuration file, such as \"{model}\" = [\"{upstream}:{}\"] or [\"studio\"]",
        replacement.as_deref().unwrap_or("ANOTHER_MODEL")
    )]
    Retired {
        /// The card's id.
        model: String,
        /// The upstream's name.
        upstream: String,
        /// The day of its retirement.
        since: Day,
        /// The card that takes its place.
        replacement: Option<String>,
    },
    /// The card has no price for these parameters.
    #[error("{model} has no price for these parameters, and what has no price is not made")]
    Unpriced {
        /// The card's id.
        model: String,
    },
    /// A required parameter is missing or blank.
    #[error("{} is required", parameter.word())]
    Missing {
        /// Which.
        parameter: Parameter,
    },
    /// A value is not one of those allowed.
    #[error("{} is not one of the allowed values", parameter.word())]
    NotAllowed {
        /// Which.
        parameter: Parameter,
    },
    /// A text is too long.
    #[error("{} is longer than {length_max} characters", parameter.word())]
    TooLong {
        /// Which.
        parameter: Parameter,
        /// The limit, in Unicode characters.
        length_max: usize,
    },
    /// A list has too many items.
    #[error("{} takes at most {items_max} items", parameter.word())]
    TooMany {
        /// Which.
        parameter: Parameter,
        /// The limit.
        items_max: usize,
    },
    /// A link that may not be fetched or called.
    #[error("{} holds a link that cannot be used: it must be a public https address", parameter.word())]
    BadLink {
        /// Which.
        parameter: Parameter,
    },
    /// A picture that was uploaded to this gateway is not kept any more.
    #[error(
        "an uploaded picture of this film has expired; upload it again and make the film anew. Nothing was spent"
    )]
    PictureExpired,
    /// The callback address may not be called.
    #[error("the callback address cannot be used: it must be a public https address")]
    BadCallback,
    /// The shots together are longer than the film.
    #[error("the shots together are longer than the film's {seconds} seconds")]
    ShotsTooLong {
        /// The film's length.
        seconds: u32,
    },
    /// No film of the caller's has this id, or not one that this can be made from.
    #[error("there is no film of yours under this id that this could be made from; nothing was spent")]
    SourceUnknown,
    /// The film to start from is not finished.
    #[error("the film that this is to be made from is not finished; nothing was spent")]
    SourceUnfinished,
    /// The film to start from cannot be used for this.
    #[error("nothing can be made from this film: {why}; nothing was spent")]
    SourceUnfit {
        /// Why not, and what to do instead.
        why: &'static str,
    },
    /// The film to start from was made by an upstream that cannot be asked for this through filmgate.
    #[error(
        "the film was made by {upstream}, and filmgate can make films only from those of its own studio; nothing was spent"
    )]
    MadeElsewhere {
        /// Who made it.
        upstream: String,
    },
    /// The idempotency key was used for another request.
    #[error(
        "this idempotency key belongs to another request; use a new key for a new film. Nothing was created"
    )]
    KeyReused,
    /// Several idempotency keys were sent with one request.
    #[error("the request has several Idempotency-Key headers that differ; send one. Nothing was created")]
    KeysDiffer,
    /// What the idempotency key has made was deleted.
    #[error(
        "what this idempotency key has made was deleted; use a new key for a new film. Nothing was created"
    )]
    Deleted,
    /// The account cannot pay.
    #[error("this costs {price} credits and the account has {available}; nothing was spent")]
    CreditsInsufficient {
        /// What it would cost.
        price: Credits,
        /// What the account can spend.
        available: Credits,
    },
    /// The key may do less than its account.
    #[error("this key may not do this: {why}; nothing was spent")]
    KeyLimited {
        /// Which limit, and whom to ask.
        why: &'static str,
    },
    /// Too many requests in a short time.
    #[error("too many requests; wait a few seconds")]
    RateLimited,
    /// The gateway is being worked on.
    #[error("filmgate is in maintenance; try again later")]
    Maintenance,
    /// The emulator answers with bytes that mean nothing.
    #[error("the scenario \"garbage\" asked for an answer that is no JSON; nothing was created")]
    Garbage,
    /// The store cannot take more for the moment.
    #[error("filmgate is too busy to take this; nothing was created, try again in a second")]
    Busy,
}

impl Parameter {
    /// The word for people, and the name of the command line's flag where there is one.
    pub fn word(self) -> &'static str {
        match self {
            Self::Prompt => "prompt",
            Self::Pictures => "image",
            Self::Aspect => "aspect",
            Self::Size => "size",
            Self::Seconds => "seconds",
            Self::Quality => "quality",
            Self::Resolution => "resolution",
            Self::Mode => "mode",
            Self::Tier => "tier",
            Self::Shots => "shots",
            Self::Characters => "characters",
            Self::CharacterVideo => "character video",
            Self::OriginTask => "origin task",
            Self::Timestamps => "timestamps",
            Self::CharacterName => "character name",
            Self::CharacterPrompt => "character prompt",
            Self::SafetyInstruction => "safety instruction",
            Self::Video => "video",
            Self::Seed => "seed",
            Self::Clean => "clean",
            Self::Watermark => "watermark",
            Self::Translate => "translate",
            Self::UploadStore => "upload store",
            Self::Fallback => "fallback",
        }
    }
}
