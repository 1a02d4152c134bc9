//! Conditions on the request, its photos and the tables.

use crate::case::act::Act;
use crate::case::decline::Decline;
use crate::case::entry::PhotoPurpose;
use crate::case::guard::Guard;
use crate::case::judge::{
    ONE_VISIT_MINUTES_MAX, Question, REASON_CHARACTERS_MIN, demand, fresh, place,
};
use crate::class::MinorClass;
use crate::ids::{Digest, PersonId};

pub(super) fn check(guard: Guard, question: &Question<'_>) -> Result<(), Decline> {
    let Question {
        case,
        standing,
        action,
        actor,
        context,
    } = question;
    let class = class(question);
    match guard {
        Guard::KnownClass => demand(class.is_some(), Decline::UnknownClass),
        Guard::SelfHandledClass => demand(
            class.is_some_and(|class| class.self_handled == Some(true)),
            Decline::NotSelfHandled,
        ),
        Guard::KnownCondition => {
            let known = matches!(&action.act, Act::File { condition, .. }
                if class.is_some_and(|class| class.condition(condition).is_some()));
            demand(known, Decline::UnknownCondition)
        }
        Guard::PlacedInGrid => demand(place::placed(case, context.grids), Decline::NoUnitGrid),
        Guard::NearPoint => place::near(case, action),
        Guard::FoundPhoto => photo(question, PhotoPurpose::Found, own(question)),
        Guard::AfterPhoto => photo(question, PhotoPurpose::After, |author| {
            let body = (context.person)(author).and_then(|person| person.organisation);
            *author == action.author || (body.is_some() && body == actor.organisation)
        }),
        Guard::OwnPhoto => match action.act.name().photo_purpose() {
            Some(purpose) => demand(
                fresh::has_photo(question, purpose),
                Decline::PhotoMissing { purpose },
            ),
            None => Ok(()),
        },
        Guard::OneVisit => one_visit(question),
        Guard::Reason => demand(reasoned(&action.act), Decline::ReasonMissing),
        Guard::ReasonOfRefusal => demand(
            action.act.granted() != Some(false) || reasoned(&action.act),
            Decline::ReasonMissing,
        ),
        Guard::DateAhead => demand(
            action.act.date_ahead().is_none_or(|date| date > action.at),
            Decline::DateNotAhead,
        ),
        Guard::OfSameBody => of_same_body(question),
        Guard::NotBeneficiary => demand(!beneficiary(question), Decline::Beneficiary),
        Guard::EvidenceStored => {
            let missing = missing_blobs(question);
            demand(missing == 0, Decline::EvidencePending { missing })
        }
        Guard::EvidenceMissing => demand(all_missing(question), Decline::NotLost),
        Guard::NotItself => {
            let itself = match &action.act {
                Act::LinkDuplicate { of } => *of == case.id,
                Act::Reject { duplicate_of, .. } => *duplicate_of == Some(case.id),
                _ => false,
            };
            demand(!itself, Decline::LinksItself)
        }
        Guard::KnownCase => {
            let named = match &action.act {
                Act::LinkDuplicate { of } => Some(of),
                Act::Reject { duplicate_of, .. } => duplicate_of.as_ref(),
                _ => None,
            };
            let known = named.is_none_or(|named| (context.case_exists)(named));
            demand(known, Decline::UnknownCase)
        }
        Guard::Linked | Guard::NotLinked => {
            let linked = matches!(&action.act,
                Act::LinkDuplicate { of } | Act::UnlinkDuplicate { of, .. }
                if standing.duplicates.contains(of));
            match guard {
                Guard::Linked => demand(linked, Decline::NotLinked),
                _ => demand(!linked, Decline::AlreadyLinked),
            }
        }
        Guard::Proposed => {
            let proposed = standing.proposal(&case.facts);
            let meant = matches!(&action.act, Act::AnswerProposal { class, .. }
                if proposed == Some(class.as_str()));
            demand(meant, Decline::NotProposed)?;
            // One that no table knows can be refused, or it would stand for ever.
            let refused = action.act.granted() == Some(false);
            demand(refused || class.is_some(), Decline::UnknownClass)
        }
        // The rest is decided by where the case stands.
        Guard::LeadParty
        | Guard::Claimant
        | Guard::Claimed
        | Guard::OfBody
        | Guard::Assigned
        | Guard::SecondCheck
        | Guard::Disputed
        | Guard::NotDisputed
        | Guard::Applied(_)
        | Guard::NotApplied(_)
        | Guard::FirstExtension
        | Guard::LaterExtension
        | Guard::LevelAbove
        | Guard::LevelBelow => Ok(()),
    }
}

/// The class among the facts, as the table in force knows it.
fn class<'a>(question: &Question<'a>) -> Option<&'a MinorClass> {
    let written = question.case.facts.class.as_deref();
    written.and_then(|class| question.context.classes.find(class))
}

fn own<'a>(question: &Question<'a>) -> impl Fn(&PersonId) -> bool + use<'a> {
    let me = &question.action.author;
    move |author| author == me
}

fn photo(
    question: &Question<'_>,
    purpose: PhotoPurpose,
    by: impl Fn(&PersonId) -> bool,
) -> Result<(), Decline> {
    let mut photos = question.case.photos.iter();
    let there = photos.any(|photo| photo.entry.purpose == purpose && by(&photo.entry.author));
    demand(there, Decline::PhotoMissing { purpose })
}

/// The author's own photos before and after lie so near in time, by the clock of one device, that nobody left.
fn one_visit(question: &Question<'_>) -> Result<(), Decline> {
    let times = |purpose: PhotoPurpose| {
        let own = own(question);
        let photos = question.case.photos.iter().map(|photo| &photo.entry);
        photos
            .filter(move |photo| photo.purpose == purpose && own(&photo.author))
            .map(|photo| photo.at)
    };
    let missing = |purpose| Decline::PhotoMissing { purpose };
    let before = times(PhotoPurpose::Before)
        .min()
        .ok_or(missing(PhotoPurpose::Before))?;
    let after = times(PhotoPurpose::After)
        .max()
        .ok_or(missing(PhotoPurpose::After))?;
    let minutes_max = ONE_VISIT_MINUTES_MAX;
    let minutes = (after.millis_since(before) / 60_000)
        .clamp(i64::from(i32::MIN), i64::from(i32::MAX)) as i32;
    demand(
        after >= before && minutes <= minutes_max,
        Decline::NotOneVisit {
            minutes,
            minutes_max,
        },
    )
}

fn reasoned(act: &Act) -> bool {
    act.text()
        .is_some_and(|(_, text)| text.trim().chars().count() >= REASON_CHARACTERS_MIN)
}

fn of_same_body(question: &Question<'_>) -> Result<(), Decline> {
    let Act::Assign { to, .. } = &question.action.act else {
        return Ok(());
    };
    let body = (question.context.person)(to).and_then(|person| person.organisation);
    demand(
        body.is_some() && body == question.actor.organisation,
        Decline::NotSameBody { to: to.clone() },
    )
}

fn beneficiary(question: &Question<'_>) -> bool {
    let (Act::SendCheck { to, also }, Some(claim)) =
        (&question.action.act, &question.standing.claim)
    else {
        return false;
    };
    [to].into_iter().chain(also).any(|to| {
        *to == claim.by
            || (question.context.person)(to)
                .and_then(|person| person.organisation)
                .is_some_and(|body| body == claim.organisation)
    })
}

fn missing_blobs(question: &Question<'_>) -> u32 {
    let lost = &question.standing.evidence_lost;
    let cited = question
        .case
        .photos
        .iter()
        .flat_map(|photo| photo.entry.cited());
    let missing = cited
        .filter(|blob| !(question.context.stored)(&blob.sha256) && !lost.contains(&blob.sha256));
    u32::try_from(missing.count()).unwrap_or(u32::MAX)
}

fn all_missing(question: &Question<'_>) -> bool {
    let Act::DeclareEvidenceLost { blobs, .. } = &question.action.act else {
        return false;
    };
    let cited = |sha256: &Digest| {
        let mut photos = question.case.photos.iter();
        photos.any(|photo| photo.entry.cited().any(|blob| blob.sha256 == *sha256))
    };
    let missing = |sha256: &Digest| cited(sha256) && !(question.context.stored)(sha256);
    !blobs.is_empty() && blobs.iter().all(missing)
}
