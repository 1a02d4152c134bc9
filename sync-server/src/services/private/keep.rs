//! Keeping what a device hands up: each record sealed under its subject's key, all of a request in one transaction.

use std::collections::BTreeSet;

use serde_json::json;
use xunge_domain::ids::{DocumentId, SubjectId};
use xunge_domain::person::Person;
use xunge_domain::private::{PrivateRecord, RetentionDays};
use xunge_domain::time::Timestamp;
use xunge_sync::wire::{
    Frame, Nonce, PRIVATE_RECORDS_MAX, PrivateAnswer, PrivateKeptFrame, PrivateOutcome,
    PrivateRequest, RefusedFrame,
};

use super::PrivateError;
use super::retention::retention_days;
use crate::app::{App, EntropyError};
use crate::error::ApiError;
use crate::messages::{self, Message};
use crate::private_key::{MasterKey, PrivateKeyError};
use crate::private_seal::{SubjectKey, seal, unwrap, wrap};
use crate::services::admission::{alone, refusal, refused};
use crate::services::cases::visible;
use crate::services::device_session::{Presented, Recognised, device_unknown, recognise};
use crate::store::{HubRead, HubTransaction, PrivateRow, StoreError, SubjectRow};

/// The word of a line that says that records were kept; its detail is their names.
pub const PRIVATE_KEPT: &str = "private_kept";
/// Most records of a case: a device must not fill the disk.
pub const PRIVATE_RECORDS_PER_CASE_MAX: usize = 200;

/// Answers a device that hands up personal data: kept, once that is committed, or why not. Its token is not used up. One that
/// may only send what it still holds sends this as well. Cost: a megabyte is sealed in some milliseconds.
///
/// # Errors
/// A device this hub does not know, a master key that is missing or exposed, or the hub's own trouble.
pub fn keep(
    app: &App,
    presented: &Presented,
    nonce: Nonce,
    asked: &PrivateRequest,
) -> Result<Vec<u8>, ApiError> {
    let needed = app.store.reading(|read| read.any_subject_key())?;
    let master = app.private_key.or_new(&*app.entropy, needed)?;
    let now = app.clock.now();
    let frame = app
        .store
        .writing(|write| match whose(write, presented, now)? {
            Whose::Nobodys => Ok(None),
            Whose::Revoked => Ok(Some(refused(&messages::DEVICE_REVOKED))),
            Whose::Device(person) => {
                let keeper = Keeper {
                    app,
                    master: &master,
                    person: &person,
                    days: retention_days(write as &dyn HubRead)?,
                    now,
                };
                let answers = keeper.keep_all(write, &asked.records)?;
                Ok(Some(Frame::PrivateKept(PrivateKeptFrame { answers })))
            }
        })
        .map_err(|error: PrivateError| ApiError::from(error))?;
    Ok(alone(app, nonce, &frame.ok_or_else(device_unknown)?))
}

enum Whose {
    Device(Box<Person>),
    Revoked,
    Nobodys,
}

fn whose(
    write: &mut dyn HubTransaction,
    presented: &Presented,
    now: Timestamp,
) -> Result<Whose, StoreError> {
    let person = match recognise(write as &dyn HubRead, presented)? {
        Recognised::Unknown => return Ok(Whose::Nobodys),
        Recognised::Revoked(from) if from <= now => return Ok(Whose::Revoked),
        Recognised::Device(person) => return Ok(Whose::Device(person)),
        // It may send what it still holds.
        Recognised::Revoked(_) => match write.installation(&presented.installation)? {
            Some(row) => write.person(&row.person)?,
            None => None,
        },
    };
    Ok(person.map_or(Whose::Revoked, |person| Whose::Device(Box::new(person))))
}

/// Keeps the records of one person's device.
struct Keeper<'a> {
    app: &'a App,
    master: &'a MasterKey,
    person: &'a Person,
    days: RetentionDays,
    now: Timestamp,
}

/// What becomes of a record that is not kept now.
enum Instead {
    /// It is here.
    Before,
    /// Its case is not.
    Waits,
    /// Never.
    Refused(RefusedFrame),
}

impl From<&Message> for Instead {
    fn from(message: &Message) -> Self {
        Self::Refused(refusal(message))
    }
}

impl Keeper<'_> {
    fn keep_all(
        &self,
        write: &mut dyn HubTransaction,
        records: &[PrivateRecord],
    ) -> Result<Vec<PrivateAnswer>, PrivateError> {
        let (mut answers, mut kept) = (Vec::new(), Vec::new());
        for record in records.iter().take(PRIVATE_RECORDS_MAX) {
            let outcome = match self.stands_against(write as &dyn HubRead, record)? {
                Some(Instead::Before) => PrivateOutcome::Kept,
                Some(Instead::Waits) => PrivateOutcome::Waits,
                Some(Instead::Refused(refusal)) => PrivateOutcome::Refused(refusal),
                None if self.keep(write, record)? => {
                    kept.push(record.id);
                    PrivateOutcome::Kept
                }
                // One subject whose key is damaged must not keep all others waiting.
                None => PrivateOutcome::Waits,
            };
            answers.push(PrivateAnswer {
                record: record.id,
                outcome,
            });
        }
        if !kept.is_empty() {
            let detail = json!({ "records": kept });
            write.append_audit(self.now, self.person.id.as_str(), PRIVATE_KEPT, &detail)?;
        }
        Ok(answers)
    }

    fn stands_against(
        &self,
        read: &dyn HubRead,
        record: &PrivateRecord,
    ) -> Result<Option<Instead>, StoreError> {
        if record.author != self.person.id {
            return Ok(Some((&messages::PRIVATE_AUTHOR).into()));
        }
        if let Some(row) = read.private_record(&record.id)? {
            let same = row.document == record.case && row.author == record.author;
            return Ok(Some(if same {
                Instead::Before
            } else {
                (&messages::PRIVATE_TAKEN).into()
            }));
        }
        if let Err(unfit) = record.check() {
            return Ok(Some(Instead::Refused(RefusedFrame {
                code: unfit.code().into(),
                zh: unfit.zh(),
                en: unfit.en(),
            })));
        }
        if read.document(&record.case)?.is_none() {
            return Ok(Some(Instead::Waits));
        }
        if !self.works_on(read, &record.case)? {
            return Ok(Some((&messages::PRIVATE_CASE).into()));
        }
        match read.subject(&record.subject)? {
            Some(subject) if subject.document != record.case => {
                return Ok(Some((&messages::PRIVATE_TAKEN).into()));
            }
            Some(subject) if subject.erased.is_some() => {
                return Ok(Some((&messages::SUBJECT_ERASED).into()));
            }
            _ => {}
        }
        if Self::held(read, &record.case)? >= PRIVATE_RECORDS_PER_CASE_MAX {
            return Ok(Some((&messages::PRIVATE_TOO_MANY).into()));
        }
        Ok(None)
    }

    /// Records of a case that are not erased.
    fn held(read: &dyn HubRead, case: &DocumentId) -> Result<usize, StoreError> {
        let subjects = read.subjects_of(case)?.into_iter();
        let live: BTreeSet<SubjectId> = subjects
            .filter(|subject| subject.erased.is_none())
            .map(|subject| subject.id)
            .collect();
        let records = read.private_records(case)?;
        Ok(records
            .iter()
            .filter(|row| live.contains(&row.subject))
            .count())
    }

    /// Whether the case is this person's, or was before a move to another beat.
    fn works_on(&self, read: &dyn HubRead, case: &DocumentId) -> Result<bool, StoreError> {
        if visible(read, self.person, case)? {
            return Ok(true);
        }
        let former = read.former_scopes(&self.person.id)?;
        let members = read.memberships(case)?;
        Ok(members
            .iter()
            .any(|member| former.iter().any(|left| left.scope == member.scope)))
    }

    /// False where its subject's key cannot be opened.
    fn keep(
        &self,
        write: &mut dyn HubTransaction,
        record: &PrivateRecord,
    ) -> Result<bool, PrivateError> {
        let until = self.days.until(record.kind, self.now);
        let key = match write.subject(&record.subject)? {
            None => self.new_subject(write, record, until)?,
            Some(subject) => {
                let wrapped = write.subject_key(&subject.id)?;
                let key = wrapped.and_then(|wrapped| unwrap(self.master, &subject, &wrapped));
                let Some(key) = key else {
                    tracing::error!(subject = %subject.id, "the key of a subject cannot be opened");
                    return Ok(false);
                };
                write.retain_subject(&subject.id, until)?;
                key
            }
        };
        let row = PrivateRow {
            id: record.id,
            document: record.case,
            subject: record.subject,
            number: record.number,
            kind: record.kind,
            author: record.author.clone(),
            made_at: record.made_at,
            received_at: self.now,
            length: record.content.length() as u64,
        };
        let sealed = seal(&key, &row, &record.content);
        write.add_private_record(&row, &sealed)?;
        Ok(true)
    }

    fn new_subject(
        &self,
        write: &mut dyn HubTransaction,
        record: &PrivateRecord,
        until: Timestamp,
    ) -> Result<SubjectKey, PrivateError> {
        let drawn = |error: EntropyError| PrivateKeyError::from(error);
        let key = SubjectKey::from_bytes(self.app.entropy.array().map_err(drawn)?);
        let subject = SubjectRow {
            id: record.subject,
            document: record.case,
            created_at: self.now,
            retain_until: until,
            erased: None,
        };
        write.add_subject(&subject, &wrap(self.master, &subject, &key))?;
        Ok(key)
    }
}
