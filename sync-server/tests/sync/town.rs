//! A hub with the people, grids and classes of the demo city, and nothing else.

use xunge_domain::ids::PersonId;
use xunge_server::app::App;
use xunge_server::demo::city::City;
use xunge_server::services::{doctor, enrol_codes, people};
use xunge_server::store::{HubRead, HubTransaction};
use xunge_server::tables::note_tables_changed;
use xunge_sync::wire::EnrolmentCode;

use crate::device::Device;
use crate::hub::{Browser, Hub, PASSWORD, prepared_hub};

/// The town's hub.
pub(crate) struct Town {
    pub(crate) hub: Hub,
    pub(crate) city: City,
}

pub(crate) fn person(id: &str) -> PersonId {
    id.parse().unwrap()
}

impl Town {
    pub(crate) fn new() -> Self {
        Self::prepared(|app| app)
    }

    /// Its hub had something exchanged before it served.
    pub(crate) fn prepared(prepare: impl FnOnce(App) -> App) -> Self {
        let (hub, city) = (prepared_hub(false, prepare), City::build().unwrap());
        hub.state
            .store
            .writing(|write| {
                for body in &city.organisations {
                    write.put_organisation(body)?;
                }
                for person in &city.people {
                    write.put_person(person)?;
                }
                write.put_unit_grids(&city.unit_grids)?;
                write.put_class_table(&city.classes)?;
                note_tables_changed(write as &mut dyn HubTransaction)
            })
            .unwrap();
        Self { hub, city }
    }

    pub(crate) fn code(&self, id: &str) -> EnrolmentCode {
        let issued = enrol_codes::issue(&self.hub.state, "test", &person(id), None).unwrap();
        issued.code.parse().unwrap()
    }

    pub(crate) fn device(&self, id: &str, number: u8) -> Device {
        Device::enrol(&self.hub.url, &self.code(id), number).unwrap()
    }

    pub(crate) fn browser(&self, id: &str) -> Browser {
        people::set_password(&self.hub.state, "test", &person(id), PASSWORD).unwrap();
        self.hub.logged_in(id)
    }

    /// Changes of all documents and rows of all feeds, as the hub counts them.
    pub(crate) fn changes(&self) -> usize {
        let count = |read: &dyn HubRead| {
            let mut changes = 0;
            for id in read.documents(None, 1_000)? {
                changes += read.changes(&id, 1, u64::MAX)?.len();
            }
            Ok::<_, xunge_server::store::StoreError>(changes)
        };
        self.hub.state.store.reading(count).unwrap()
    }

    /// Everything stored proves itself.
    pub(crate) fn is_healthy(&self) {
        let report = doctor::examine(&self.hub.state).unwrap();
        assert_eq!(report.findings, [], "{report:?}");
    }
}
