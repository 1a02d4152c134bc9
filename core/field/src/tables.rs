//! The tables the hub gave at enrolment, kept in memory while the app is open.

use minicbor::{Decode, Encode};
use xunge_domain::case::{Case, JudgeContext};
use xunge_domain::class::ClassTable;
use xunge_domain::grid::{GridIndex, UnitGrid};
use xunge_domain::person::{Organisation, Person};
use xunge_store::{Reader, Tx};

use crate::error::FieldError;

const CLASSES: &str = "class_table";
const GRIDS: &str = "unit_grids";
const ORGANISATIONS: &str = "organisations";

/// What this device knows of the city.
pub(crate) struct Tables {
    pub(crate) classes: ClassTable,
    pub(crate) grids: GridIndex,
    pub(crate) organisations: Vec<Organisation>,
}

impl Tables {
    pub(crate) fn save(
        tx: &Tx<'_>,
        classes: &ClassTable,
        grids: &[UnitGrid],
        organisations: &[Organisation],
    ) -> Result<(), FieldError> {
        tx.set_setting(CLASSES, &encode(classes))?;
        tx.set_setting(ORGANISATIONS, &encode(organisations))?;
        Self::save_grids(tx, grids)
    }

    /// The unit grids alone, when the beats changed.
    pub(crate) fn save_grids(tx: &Tx<'_>, grids: &[UnitGrid]) -> Result<(), FieldError> {
        Ok(tx.set_setting(GRIDS, &encode(grids))?)
    }

    pub(crate) fn load(reader: &Reader<'_>) -> Result<Self, FieldError> {
        let grids: Vec<UnitGrid> = read(reader, GRIDS)?;
        Ok(Self {
            classes: read(reader, CLASSES)?,
            grids: GridIndex::new(grids).map_err(|_| FieldError::Invalid { what: "unit grids" })?,
            organisations: read(reader, ORGANISATIONS)?,
        })
    }

    /// The judge's view on this device: it knows its own person, and takes other people at their word.
    pub(crate) fn with_context<Answer>(
        &self,
        me: &Person,
        work: impl FnOnce(&JudgeContext<'_>) -> Answer,
    ) -> Answer {
        work(&JudgeContext {
            classes: &self.classes,
            grids: &self.grids,
            person: &|id| (*id == me.id).then(|| me.clone()),
            organisation_exists: &|id| {
                self.organisations
                    .iter()
                    .any(|organisation| organisation.id == *id)
            },
            stored: &|_| true,
        })
    }

    /// The Chinese name of a case's class.
    pub(crate) fn class_name(&self, case: &Case) -> String {
        let code = case.facts.class.as_deref().unwrap_or_default();
        self.classes
            .find(code)
            .map_or_else(|| code.to_owned(), |class| class.zh.clone())
    }
}

fn read<Value>(reader: &Reader<'_>, key: &'static str) -> Result<Value, FieldError>
where
    Value: for<'bytes> Decode<'bytes, ()>,
{
    let bytes = reader.setting(key)?.ok_or(FieldError::NotEnrolled)?;
    minicbor::decode(&bytes).map_err(|_| FieldError::Invalid { what: key })
}

/// CBOR of a value of ours: writing to a vector cannot fail.
pub(crate) fn encode(value: &(impl Encode<()> + ?Sized)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = minicbor::encode(value, &mut bytes);
    bytes
}
