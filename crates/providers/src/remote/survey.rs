//! A survey's questions over HTTP: what was asked in one line, and what was heard or why nothing was.

use filmgate_domain::answer::Submitted;
use filmgate_domain::survey::{Heard, Question, Says};

use super::{HttpRemote, replied};
use crate::adapter::{Adapter, Order, Said};
use crate::http::{Call, ReadFault, Reply, Submission};

impl<A: Adapter> HttpRemote<A> {
    /// Asks a question that is free.
    pub(super) async fn question(&self, question: &Question) -> Option<Heard> {
        let call = self.adapter.ask(question)?;
        let request = self.request(&call);
        Some(match self.free(call).await {
            Ok(reply) => heard(request, &reply, self.adapter.heard(question, &reply)),
            // Whoever was reached may have taken a create, however empty it was.
            Err(fault) if is_create(question) && !matches!(fault, ReadFault::Unreachable(_)) => {
                self.lost(request, &fault.to_string())
            }
            Err(fault) => self.unheard(request, Says::Unreachable, &fault.to_string()),
        })
    }

    /// Sends a complete create, as carefully as if it were to be paid.
    pub(super) async fn complete(&self, order: &Order<'_>) -> Heard {
        let call = self.signed(self.adapter.submit(order));
        let request = self.request(&call);
        let ready = match self.client.dial(&self.base).await {
            Ok(ready) => ready,
            Err(fault) => return self.unheard(request, Says::Unreachable, &fault.to_string()),
        };
        let (reply, request_left) = match ready.submit(call).await {
            Submission::Replied { reply, request_left } => (reply, request_left),
            Submission::NeverLeft { why } => return self.unheard(request, Says::Unreachable, &why),
            Submission::Unknown { why } => return self.lost(request, &why),
        };
        let said = self.adapter.heard_create(&reply);
        match replied(&self.adapter, order, (&reply, request_left)) {
            _ if matches!(said.0, Says::Created(_)) => heard(request, &reply, said),
            Submitted::Unknown { why } => self.lost(request, &why),
            Submitted::NeverLeft { why } => self.unheard(request, Says::Unreachable, &why),
            Submitted::Accepted { .. } | Submitted::Refused(_) | Submitted::Busy { .. } => {
                heard(request, &reply, said)
            }
        }
    }

    fn lost(&self, request: String, why: &str) -> Heard {
        self.unheard(request, Says::Lost, &format!("nobody knows whether the upstream has it: {why}"))
    }

    fn unheard(&self, request: String, says: Says, why: &str) -> Heard {
        Heard { says, request, http_status: None, code: None, words: self.adapter.line(why) }
    }

    /// The request in one line, without its headers: method, path and query below the host, and the body of a create.
    fn request(&self, call: &Call) -> String {
        let path = self.adapter.line(&self.base.target(&call.path));
        let body = self.adapter.line(&String::from_utf8_lossy(&call.body));
        format!("{} {path} {body}", call.method).trim_end().to_owned()
    }
}

fn is_create(question: &Question) -> bool {
    matches!(question, Question::UnknownModel(_) | Question::Incomplete(_))
}

fn heard(request: String, reply: &Reply, (says, code, words): Said) -> Heard {
    Heard { says, request, http_status: Some(reply.status), code, words }
}

/// What a remote hears that cannot be asked this way.
pub(super) fn impossible() -> Heard {
    let words = "not possible here".to_owned();
    Heard { says: Says::Unreachable, request: String::new(), http_status: None, code: None, words }
}
