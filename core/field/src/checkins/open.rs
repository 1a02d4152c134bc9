//! Open 发起报到: a new document with the request for it.

use xunge_domain::checkin::{Act, Call, Initiation, Subject};
use xunge_domain::document_kind::DocumentKind;
use xunge_domain::ids::{DocumentId, OrganisationId};

use crate::app::FieldApp;
use crate::checkins::ask::ask;
use crate::documents::{Writing, open_or_create, pen};
use crate::error::FieldError;

/// A check-in to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCheckinRequest {
    /// One line, at most 100 characters.
    pub title: String,
    /// How it came to be.
    pub initiation: Initiation,
    /// The matter.
    pub subject: Subject,
    /// 报到方, one at least.
    pub visiting: Vec<OrganisationId>,
    /// 接待方, one at least.
    pub hosts: Vec<OrganisationId>,
    /// Of a whistle: whom it calls, to do what, until when.
    pub calls: Vec<Call>,
}

impl FieldApp {
    /// Opens a check-in. One commit; durable and in the list once it returns, under the id it answers.
    ///
    /// # Errors
    /// Not a branch secretary, no title, a side without a party, calls that do not fit, no space: nothing is written.
    pub fn open_checkin(&mut self, request: OpenCheckinRequest) -> Result<DocumentId, FieldError> {
        let pen = pen(&self.identity, &self.ports)?;
        let id = DocumentId::from_time(pen.now, self.ports.random());
        self.store.transaction(|tx| {
            let document = open_or_create(tx, id, DocumentKind::MatterCheckin)?;
            let mut writing = Writing {
                tx,
                pen,
                id,
                document,
            };
            let act = Act::Open {
                title: request.title.trim().to_owned(),
                initiation: request.initiation,
                subject: request.subject,
                visiting: request.visiting,
                hosts: request.hosts,
                calls: request.calls,
            };
            ask(&mut writing, act)?;
            writing.finish()?;
            Ok(id)
        })
    }
}
