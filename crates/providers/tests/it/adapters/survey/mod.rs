//! A survey's questions in both dialects: their exact bytes, and what every answer says.
#![cfg(test)]

mod kie;
mod openai;

use std::collections::BTreeMap;

use filmgate_domain::catalogue::Dialect;
use filmgate_domain::request::Form;
use filmgate_domain::route::Offer;
use filmgate_domain::survey::{Endpoint, Question, Target};
use filmgate_providers::adapter::Adapter;

use super::{card, shown};

/// A create with nothing in it; asked of a filmgate, which is known to refuse it.
pub(crate) fn incomplete(form: Form, model: &str) -> Question {
    let offer = Offer {
        name: "other".into(),
        dialect: Dialect::Kie,
        models: BTreeMap::from([("card".into(), model.into())]),
    };
    let target = Target::of(&card(form), &offer, true).and_then(|target| target.incomplete.ok());
    Question::Incomplete(target.expect("the offer has the card"))
}

/// Every question there is.
fn questions() -> Vec<Question> {
    let endpoints = [Endpoint::Jobs, Endpoint::Veo, Endpoint::Videos];
    let mut questions = vec![Question::Balance, Question::Models];
    questions.extend(endpoints.map(Question::Record));
    questions.extend(endpoints.map(Question::UnknownModel));
    questions.extend([Form::KieJobs, Form::KieVeo].map(|form| incomplete(form, "their-model")));
    questions
}

/// The questions that a dialect can be asked, as they go out.
fn asked(adapter: &impl Adapter) -> Vec<String> {
    questions().iter().filter_map(|question| adapter.ask(question)).map(|call| shown(&call)).collect()
}
