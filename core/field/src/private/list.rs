//! List: what this device kept of a case beside its document, and where it is now.

use std::fmt;

use serde::Serialize;
use xunge_domain::ids::{DocumentId, PrivateRecordId};
use xunge_domain::private::{PrivateKind, PrivateRecord};
use xunge_domain::time::Timestamp;
use xunge_store::{PrivateRow, PrivateState};

use crate::app::FieldApp;
use crate::error::FieldError;
use crate::views::ReasonView;

/// Where personal data is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PrivateDelivery {
    /// Only on this device.
    OnDevice,
    /// The hub keeps it; on this device it can be read no more.
    Received,
    /// The hub will not keep it, for the reason that is told.
    Refused,
}

impl PrivateDelivery {
    /// In Chinese.
    pub const fn zh(self) -> &'static str {
        match self {
            Self::OnDevice => "在本机",
            Self::Received => "已送达",
            Self::Refused => "未保存",
        }
    }
}

/// A record of personal data that this device kept. Printed without what it says.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PrivateView {
    /// Its name.
    pub id: PrivateRecordId,
    /// Whom it is about, as people count them in this case.
    pub number: u8,
    /// What sort.
    pub kind: PrivateKind,
    /// The sort, in Chinese.
    pub kind_zh: String,
    /// The device's clock.
    pub made_at: Timestamp,
    /// Bytes of what it says.
    pub length: u64,
    /// Where it is.
    pub delivery: PrivateDelivery,
    /// What it says, while it is here and no recording.
    pub text: Option<String>,
    /// Why the hub will not keep it.
    pub reason: Option<ReasonView>,
}

impl fmt::Debug for PrivateView {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("PrivateView")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("delivery", &self.delivery)
            .finish_non_exhaustive()
    }
}

impl FieldApp {
    /// What this device kept of a case or draft beside its document, oldest first.
    ///
    /// # Errors
    /// The store's.
    pub fn private_records(&self, case: DocumentId) -> Result<Vec<PrivateView>, FieldError> {
        let rows = self.store.read(|reader| reader.private_of(case))?;
        rows.into_iter().map(view).collect()
    }
}

fn view(row: PrivateRow) -> Result<PrivateView, FieldError> {
    let record = row.content.as_deref().map(decoded).transpose()?;
    let text = record.and_then(|record| record.content.text().map(str::to_owned));
    let (delivery, reason) = match row.state {
        PrivateState::Waiting => (PrivateDelivery::OnDevice, None),
        PrivateState::Kept => (PrivateDelivery::Received, None),
        PrivateState::Refused(reason) => {
            (PrivateDelivery::Refused, Some(ReasonView::stored(reason)))
        }
    };
    Ok(PrivateView {
        id: row.id,
        number: row.number,
        kind: row.kind,
        kind_zh: row.kind.zh().into(),
        made_at: row.made_at,
        length: row.length,
        delivery,
        text,
        reason,
    })
}

/// A record as it was kept.
pub(super) fn decoded(content: &[u8]) -> Result<PrivateRecord, FieldError> {
    minicbor::decode(content).map_err(|_| FieldError::Invalid {
        what: "private record",
    })
}
