//! The survey: what a key can really do, found out by questions that cannot create a task, and judged from evidence alone.

mod change;
mod interview;
mod judge;
mod plan;
mod report;
mod standing;
mod subject;

pub use change::{Change, changes};
pub use interview::{Interview, InterviewLimits, Next};
pub use judge::{Certainty, Finding, Reason, Verdict};
pub use plan::{Choice, Lines, Plan, Strength, Use, lines, plans};
pub use report::{EndpointRow, Exchange, FieldFact, Incident, ModelRow, SCHEMA, Survey, UpstreamRow};
pub use standing::Standing;
pub use subject::{Endpoint, Heard, Incomplete, NoQuestion, Question, Says, Subject, Target};
