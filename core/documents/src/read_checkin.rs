//! The reader of check-ins: any document becomes a check-in and a list of anomalies, never a panic.

use xunge_domain::case::Keyed;
use xunge_domain::checkin::{MatterCheckin, Ruling};
use xunge_domain::ids::DocumentId;

use crate::document::Document;
use crate::read::{Anomaly, Reader};
use crate::schema::Container;

/// A document as a check-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckinReading {
    /// The check-in.
    pub checkin: MatterCheckin,
    /// What is odd about it.
    pub anomalies: Vec<Anomaly>,
}

impl Document {
    /// Reads a check-in. Cost: linear in its entries.
    pub fn read_checkin(&self, id: DocumentId) -> CheckinReading {
        let mut reader = Reader::of(self);
        let mut rulings: Vec<Keyed<Ruling>> = reader.entries(Container::Rulings);
        rulings.sort_by_key(|ruling| (ruling.entry.sequence, ruling.id));
        let checkin = MatterCheckin {
            id,
            photos: reader.entries(Container::Photos),
            comments: reader.entries(Container::Comments),
            steps: reader.entries(Container::Steps),
            actions: reader.entries(Container::Actions),
            rulings,
        };
        let mut anomalies = reader.anomalies;
        let rulings = checkin.rulings.iter();
        let loose = rulings.filter(|ruling| checkin.action(&ruling.id).is_none());
        anomalies.extend(loose.map(|ruling| Anomaly::RulingWithoutAction(ruling.id)));
        CheckinReading { checkin, anomalies }
    }
}
