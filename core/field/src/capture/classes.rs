//! Which classes to offer: what stands here, then what this worker used lately.

use xunge_domain::component::Near;
use xunge_store::{Reader, Tx};

use crate::capture::views::{ClassOffer, ClassReason};
use crate::error::FieldError;
use crate::tables::{Tables, encode};

/// The classes this person used last, the latest first.
const USED: &str = "classes_used";
/// So many are remembered.
const USED_MAX: usize = 5;
/// Components that speak for a class stand within so many metres, beside what the fix leaves open.
const HERE_METRES: f64 = 15.0;
/// Most classes offered.
const OFFERED_MAX: usize = 8;

/// Notes that a class was used.
pub(crate) fn note_used(tx: &Tx<'_>, code: &str) -> Result<(), FieldError> {
    let mut used = used(tx)?;
    used.retain(|known| known != code);
    used.insert(0, code.to_owned());
    used.truncate(USED_MAX);
    Ok(tx.set_setting(USED, &encode(&used))?)
}

fn used(reader: &Reader<'_>) -> Result<Vec<String>, FieldError> {
    let bytes = reader.setting(USED)?;
    Ok(bytes
        .and_then(|bytes| minicbor::decode(&bytes).ok())
        .unwrap_or_default())
}

/// The classes of components that stand here, then those used lately; each once, those the table knows.
pub(crate) fn offers(
    reader: &Reader<'_>,
    tables: &Tables,
    near: &[Near<'_>],
    open_metres: f64,
) -> Result<Vec<ClassOffer>, FieldError> {
    let here = near
        .iter()
        .filter(|near| near.metres <= HERE_METRES + open_metres)
        .map(|near| {
            let metres = Some(near.metres.round() as u32);
            (
                near.component.class.clone(),
                ClassReason::ComponentHere,
                metres,
            )
        });
    let lately = used(reader)?
        .into_iter()
        .map(|code| (code, ClassReason::UsedLately, None));
    let mut offers: Vec<ClassOffer> = Vec::new();
    for (code, why, metres) in here.chain(lately) {
        let known = offers.iter().any(|offer| offer.code == code);
        if let Some(class) = tables.classes.find(&code).filter(|_| !known) {
            offers.push(ClassOffer {
                code: class.code.clone(),
                zh: class.zh.clone(),
                en: class.en.clone(),
                why,
                metres,
            });
        }
    }
    offers.truncate(OFFERED_MAX);
    Ok(offers)
}
