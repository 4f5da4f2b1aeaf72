//! The verdict on one model, from what its upstream said and nothing else.

use serde::{Deserialize, Serialize};

use super::subject::{Endpoint, NoQuestion, Says, Target};
use crate::credits::Credits;
use crate::time::Day;

/// What a key can do with a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// A film can be ordered now.
    Usable,
    /// It is there, and the account cannot pay for it.
    CreditsInsufficient,
    /// It is there, and switched off for now.
    Paused,
    /// It was there.
    Retired,
    /// It is not there.
    NotOffered,
    /// The key is missing or wrong.
    KeyRefused,
    /// The key may not do this, or no more of it.
    NotPermitted,
    /// Asked too often to say.
    RateLimited,
    /// The service is down on purpose.
    Maintenance,
    /// Nobody answers, or not as this API.
    Unreachable,
    /// It cannot be said without risking money, or the answer did not say it.
    NotVerified,
}

impl Verdict {
    /// Its name in data.
    pub fn word(self) -> &'static str {
        match self {
            Self::Usable => "usable",
            Self::CreditsInsufficient => "credits_insufficient",
            Self::Paused => "paused",
            Self::Retired => "retired",
            Self::NotOffered => "not_offered",
            Self::KeyRefused => "key_refused",
            Self::NotPermitted => "not_permitted",
            Self::RateLimited => "rate_limited",
            Self::Maintenance => "maintenance",
            Self::Unreachable => "unreachable",
            Self::NotVerified => "not_verified",
        }
    }

    /// Whether a route to it would only lose time: the upstream says that it does not make this model now.
    pub fn is_out(self) -> bool {
        matches!(self, Self::Paused | Self::Retired | Self::NotOffered)
    }
}

/// Whether the upstream said it in so many words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The upstream said so of this very model, or of this key.
    Verified,
    /// It follows from several answers.
    Inferred,
    /// It is not known.
    Unknown,
}

/// Why the verdict is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The upstream said so.
    Said,
    /// A film was made for this survey.
    FilmMade,
    /// A film was ordered for this survey, and did not come.
    FilmFailed,
    /// A create was taken, though it should not have been.
    Taken,
    /// The model asks for its missing field, and the balance covers its price.
    AsksAndBalanceCovers,
    /// The model asks for its missing field, and the balance does not cover its price.
    AsksAndBalanceShort,
    /// The model asks for its missing field; whether the account can pay for it could not be read.
    AsksAndBalanceUnknown,
    /// The upstream lists the model, and the endpoint answers; no create was sent.
    ListedAndAnswers,
    /// The upstream's list does not name it.
    NotListed,
    /// The upstream lists the model, and has no endpoint for films where one is expected.
    NoEndpoint,
    /// The upstream has no list of models, and no create may be sent to ask it otherwise.
    NoList,
    /// What holds for the whole upstream or key holds for it.
    WholeUpstream,
    /// An empty request might make a film of this model, so it was not sent.
    MayCreate,
    /// No card is about this model, so nothing is known of what an empty request does.
    NoCard,
    /// The endpoint answers the same to a model that does not exist.
    NotToldApart,
    /// The limit of requests was reached before.
    LimitReached,
    /// No create is sent any more, because this upstream took one that it should have refused, or its reply was lost.
    Stopped,
    /// A film was ordered for this survey, and its end is not known yet.
    Ordered,
    /// The upstream failed when it was asked.
    Failed,
    /// A complete create was lost on its way.
    Lost,
    /// The answer does not say.
    Unclear,
}

/// A verdict with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The verdict.
    pub verdict: Verdict,
    /// How certain it is.
    pub certainty: Certainty,
    /// Why.
    pub reason: Reason,
    /// Since when it is retired, where a card says so.
    pub since: Option<Day>,
    /// The card that replaces it, where a card says so.
    pub replacement: Option<String>,
    /// The numbers of the exchanges that it rests on.
    pub evidence: Vec<u32>,
}

/// What is known when a model is judged; each answer with the number of its exchange.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts<'a> {
    pub(super) today: Option<Day>,
    pub(super) whole: Option<&'a Finding>,
    pub(super) balance: Option<(Credits, u32)>,
    pub(super) listed: Option<(&'a [String], u32)>,
    pub(super) record: Option<(&'a Says, u32)>,
    pub(super) control: Option<(&'a Says, u32)>,
    pub(super) incomplete: Option<(&'a Says, u32)>,
    pub(super) complete: Option<(&'a Says, u32)>,
    /// Nobody knows whether the upstream has the create that these are about.
    pub(super) is_lost: bool,
    pub(super) limit_reached: bool,
    /// No create is sent any more, because of what became of one.
    pub(super) creates_stop: bool,
    /// The list misses models that were found on, so that it proves nothing of others.
    pub(super) list_is_partial: bool,
}

impl Finding {
    /// A verdict on nothing but these exchanges.
    pub fn new(verdict: Verdict, certainty: Certainty, reason: Reason, evidence: Vec<u32>) -> Self {
        Self { verdict, certainty, reason, since: None, replacement: None, evidence }
    }

    fn said(verdict: Verdict, number: u32) -> Self {
        Self::new(verdict, Certainty::Verified, Reason::Said, vec![number])
    }

    fn unknown(reason: Reason, evidence: Vec<u32>) -> Self {
        Self::new(Verdict::NotVerified, Certainty::Unknown, reason, evidence)
    }

    /// What an answer says of the whole upstream or key, if it says such a thing.
    pub(super) fn of_whole(says: &Says, number: u32) -> Option<Self> {
        let verdict = match says {
            Says::KeyRefused => Verdict::KeyRefused,
            Says::KeyLimited => Verdict::NotPermitted,
            Says::RateLimited => Verdict::RateLimited,
            Says::Maintenance => Verdict::Maintenance,
            Says::Unreachable | Says::NotThisApi => Verdict::Unreachable,
            _ => return None,
        };
        Some(Self::said(verdict, number))
    }
}

/// The verdict on a model.
pub(super) fn judge(target: &Target, facts: &Facts<'_>) -> Finding {
    let finding = by_complete(facts).or_else(|| by_incomplete(target, facts)).or_else(|| by_whole(facts));
    let finding = finding.unwrap_or_else(|| by_list(target, facts));
    with_card(target, facts.today, finding)
}

/// A complete create is the strongest evidence.
fn by_complete(facts: &Facts<'_>) -> Option<Finding> {
    let (says, number) = facts.complete?;
    if facts.is_lost {
        return Some(Finding::unknown(Reason::Lost, vec![number]));
    }
    Some(match says {
        Says::NoBalance => {
            // The balance was read right before it.
            let evidence = vec![number.saturating_sub(1), number];
            Finding { evidence, ..Finding::said(Verdict::CreditsInsufficient, number) }
        }
        Says::Created(_) => Finding::unknown(Reason::Taken, vec![number]),
        says => plainly(says, number).unwrap_or_else(|| Finding::unknown(Reason::Unclear, vec![number])),
    })
}

/// What an answer to a create says of its model, whatever else is known.
fn plainly(says: &Says, number: u32) -> Option<Finding> {
    let verdict = match says {
        Says::Paused => Verdict::Paused,
        Says::UnknownModel => Verdict::NotOffered,
        Says::NotPermitted => Verdict::NotPermitted,
        Says::NoBalance => Verdict::CreditsInsufficient,
        Says::Invalid | Says::FieldMissing => return Some(Finding::unknown(Reason::Unclear, vec![number])),
        Says::Fault => return Some(Finding::unknown(Reason::Failed, vec![number])),
        says => return Finding::of_whole(says, number),
    };
    Some(Finding::said(verdict, number))
}

fn by_incomplete(target: &Target, facts: &Facts<'_>) -> Option<Finding> {
    let (says, number) = facts.incomplete?;
    if facts.is_lost {
        return Some(Finding::unknown(Reason::Lost, vec![number]));
    }
    Some(match says {
        // The order in which requests are judged is model, pause, fields, credits (reference, 1.4): it is there and on.
        Says::FieldMissing => match facts.control {
            Some((Says::UnknownModel, control)) => asks(target, facts, vec![control, number]),
            Some((Says::FieldMissing | Says::Invalid, control)) => {
                not_told_apart(target, facts, vec![control, number])
            }
            _ => Finding::unknown(Reason::Unclear, vec![number]),
        },
        Says::Created(_) => Finding::unknown(Reason::Taken, vec![number]),
        says => plainly(says, number).unwrap_or_else(|| Finding::unknown(Reason::Unclear, vec![number])),
    })
}

/// The model is there and on; what it can be used for depends on the balance.
fn asks(target: &Target, facts: &Facts<'_>, mut evidence: Vec<u32>) -> Finding {
    let (verdict, reason) = match (facts.balance, target.price) {
        (Some((balance, number)), Some(price)) => {
            evidence.insert(0, number);
            if balance < price {
                (Verdict::CreditsInsufficient, Reason::AsksAndBalanceShort)
            } else {
                (Verdict::Usable, Reason::AsksAndBalanceCovers)
            }
        }
        // Credits are looked at last, so that nobody knows whether it would have come to a film.
        _ => return Finding::unknown(Reason::AsksAndBalanceUnknown, evidence),
    };
    Finding::new(verdict, Certainty::Inferred, reason, evidence)
}

/// Fields are asked for before the model is looked at, so that only the upstream's list can speak of the model.
fn not_told_apart(target: &Target, facts: &Facts<'_>, mut evidence: Vec<u32>) -> Finding {
    match facts.listed {
        Some((listed, list)) if listed.contains(&target.model) => {
            evidence.insert(0, list);
            asks(target, facts, evidence)
        }
        _ => Finding::unknown(Reason::NotToldApart, evidence),
    }
}

fn by_whole(facts: &Facts<'_>) -> Option<Finding> {
    facts.whole.map(|whole| Finding { reason: Reason::WholeUpstream, ..whole.clone() })
}

/// No create may be sent, so that the list and the endpoint are all the evidence.
fn by_list(target: &Target, facts: &Facts<'_>) -> Finding {
    // Kie's dedicated Veo endpoints take names that its list does not have (reference, 2.5 and 4.2).
    let listed = facts.listed.filter(|_| target.endpoint != Endpoint::Veo && !facts.list_is_partial);
    match (listed, target.endpoint) {
        (Some((listed, number)), _) if !listed.contains(&target.model) => {
            Finding::new(Verdict::NotOffered, Certainty::Inferred, Reason::NotListed, vec![number])
        }
        (Some((_, number)), Endpoint::Videos) => match facts.record {
            Some((Says::UnknownTask | Says::Answered, record)) => {
                let evidence = vec![number, record];
                Finding::new(Verdict::Usable, Certainty::Inferred, Reason::ListedAndAnswers, evidence)
            }
            // Not certain: who makes the film while the caller waits needs no record of it (Dynamo).
            Some((Says::NotThisApi, record)) => {
                let evidence = vec![number, record];
                Finding::new(Verdict::NotOffered, Certainty::Inferred, Reason::NoEndpoint, evidence)
            }
            Some((says, record)) => plainly(says, record)
                .unwrap_or_else(|| Finding::unknown(Reason::Unclear, vec![number, record])),
            None => Finding::unknown(Reason::LimitReached, vec![number]),
        },
        (listed, _) => {
            let evidence = listed.map(|(_, number)| number).into_iter().collect();
            let reason = match target.incomplete {
                _ if facts.limit_reached => Reason::LimitReached,
                _ if target.endpoint == Endpoint::Videos => Reason::NoList,
                Ok(_) if facts.creates_stop => Reason::Stopped,
                Ok(_) => Reason::Unclear,
                Err(NoQuestion::MayCreate) => Reason::MayCreate,
                Err(NoQuestion::NoCard) => Reason::NoCard,
            };
            Finding::unknown(reason, evidence)
        }
    }
}

/// What is not there and was once is retired. What the card says of it is told whatever the upstream says.
fn with_card(target: &Target, today: Option<Day>, mut finding: Finding) -> Finding {
    let Some((since, replacement)) = &target.retired else { return finding };
    if today.is_some_and(|today| *since <= today) {
        if finding.verdict == Verdict::NotOffered {
            finding.verdict = Verdict::Retired;
        }
        finding.since = Some(*since);
        finding.replacement.clone_from(replacement);
    }
    finding
}
