//! One ruling after the other is taken into the standing.

use crate::case::act::Act;
use crate::case::action::Action;
use crate::case::asked::{ApplicationKind, Level};
use crate::case::ruling::{Outcome, Ruling};
use crate::case::standing::{
    Application, Asked, CheckMade, Checks, Claim, Extension, Filing, Hold, JointSurvey,
    Registration, Rung, SendBack, SendBackCounts, Standing, Supervision,
};
use crate::case::state::CaseState;
use crate::ids::{DocumentId, IntentId, OrganisationId, PersonId};
use crate::time::Timestamp;

/// An accepted request as the steps below look at it.
struct Taken<'a> {
    id: &'a IntentId,
    by: &'a PersonId,
    at: Timestamp,
    organisation: Option<&'a OrganisationId>,
}

impl Standing {
    /// Takes one ruling of one action in. Declined actions change nothing but the sequence.
    pub fn take(&mut self, id: &IntentId, action: &Action, ruling: &Ruling) {
        let before = self.state;
        self.take_ruling(ruling);
        let Outcome::Accepted {
            organisation,
            class,
            ..
        } = &ruling.outcome
        else {
            return;
        };
        let taken = Taken {
            id,
            by: &action.author,
            at: ruling.at,
            organisation: organisation.as_ref(),
        };
        match &action.act {
            Act::Report | Act::SelfHandle { .. } => self.reported(&taken),
            Act::Register {
                source,
                external_id,
            } => {
                self.reported(&taken);
                self.registration = Some(Registration {
                    source: *source,
                    external_id: external_id.clone(),
                });
            }
            Act::SendVerify { to } => {
                if before != CaseState::Verifying {
                    self.verifiers.clear();
                }
                ask(&mut self.verifiers, [to]);
            }
            Act::Reject { duplicate_of, .. } => {
                duplicate_of.iter().for_each(|of| self.link(of));
            }
            Act::File {
                condition,
                handling_class,
            } => {
                self.filing = Some(Filing {
                    class: class.clone(),
                    condition: condition.clone(),
                    handling_class: *handling_class,
                    at: ruling.at,
                });
            }
            Act::Dispatch {
                lead,
                assist,
                notify,
            } => {
                self.lead = Some(lead.clone());
                self.assist.clone_from(assist);
                self.notify.clone_from(notify);
            }
            Act::Claim => {
                self.assignee = None;
                self.claim = organisation.clone().map(|organisation| Claim {
                    by: action.author.clone(),
                    organisation,
                    at: ruling.at,
                });
            }
            Act::Assign { to, .. } => self.assignee = Some(to.clone()),
            Act::Feedback { .. } => self.fed_back(&taken),
            Act::SendCheck { to, also } => {
                if before != CaseState::Checking {
                    self.checks = Checks::none();
                }
                ask(&mut self.checks.sent_to, [to].into_iter().chain(also));
            }
            Act::Check { passed, .. } => self.checked(&taken, *passed, before == CaseState::Closed),
            Act::Close { outcome } => self.close_outcome = Some(*outcome),
            Act::ApplyExtend { asked, reason } => {
                self.apply(&taken, Asked::Extend { asked: *asked }, reason);
            }
            Act::ApplySendBack { cause, reason } => {
                self.apply(&taken, Asked::SendBack { cause: *cause }, reason);
            }
            Act::ApplyHold {
                cause,
                review_at,
                reason,
            } => {
                let (cause, review_at) = (*cause, *review_at);
                self.apply(&taken, Asked::Hold { cause, review_at }, reason);
            }
            Act::ApplyVoid { reason } => self.apply(&taken, Asked::Void, reason),
            Act::ApproveExtend { granted, .. } => {
                self.answer(&taken, ApplicationKind::Extend, *granted);
            }
            Act::ApproveSendBack { granted, .. } => {
                self.answer(&taken, ApplicationKind::SendBack, *granted);
            }
            Act::ApproveHold { granted, .. } => {
                self.answer(&taken, ApplicationKind::Hold, *granted);
            }
            Act::ApproveVoid { granted, .. } => {
                self.answer(&taken, ApplicationKind::Void, *granted);
            }
            Act::Release { .. } => {
                if let Some(hold) = self.holds.last_mut() {
                    hold.until.get_or_insert(ruling.at);
                }
            }
            Act::JointSurvey {
                point,
                cause,
                estimate,
            } => self
                .surveys
                .extend(taken.organisation.map(|organisation| JointSurvey {
                    id: *id,
                    by: action.author.clone(),
                    organisation: organisation.clone(),
                    at: ruling.at,
                    point: *point,
                    cause: cause.clone(),
                    estimate: *estimate,
                })),
            Act::Supervise { opinion, reply_due } => self.supervisions.push(Supervision {
                id: *id,
                by: action.author.clone(),
                at: ruling.at,
                opinion: opinion.clone(),
                reply_due: *reply_due,
                answered_at: None,
            }),
            Act::Reopen { .. } => self.reopened(),
            Act::Escalate { to, .. } => {
                self.climb(self.rung.level.above(), to.as_ref(), ruling.at);
            }
            Act::SendDown { to, .. } => {
                self.climb(self.rung.level.below(), to.as_ref(), ruling.at);
            }
            Act::LinkDuplicate { of } => self.link(of),
            Act::UnlinkDuplicate { of, .. } => self.duplicates.retain(|linked| linked != of),
            Act::AnswerProposal { class, granted, .. } => self.answer_proposal(class, *granted),
            Act::DeclareEvidenceLost { blobs, .. } => self.evidence_lost.extend(blobs),
            Act::Verify { .. } | Act::Accept | Act::BeginReview | Act::Review { .. } => {}
        }
    }

    /// What a ruling says by itself: enough to know where the case stands when its action cannot be read here,
    /// because a newer version wrote it.
    pub(in crate::case) fn take_ruling(&mut self, ruling: &Ruling) {
        self.sequence = self.sequence.max(ruling.sequence);
        if let Outcome::Accepted { to, case_no, .. } = &ruling.outcome {
            self.state = *to;
            if case_no.is_some() {
                self.case_no.clone_from(case_no);
            }
        }
    }

    fn reported(&mut self, taken: &Taken<'_>) {
        self.reporter = Some(taken.by.clone());
        self.reported_at = Some(taken.at);
    }

    /// The works are said to be done: what was applied for has no object any more, and new checks are due.
    fn fed_back(&mut self, taken: &Taken<'_>) {
        self.applications.clear();
        self.checks = Checks::none();
        self.reply(taken);
    }

    /// The body that has the case answers whoever supervises it.
    fn reply(&mut self, taken: &Taken<'_>) {
        for supervision in &mut self.supervisions {
            supervision.answered_at.get_or_insert(taken.at);
        }
    }

    /// The first check decides; what a later one says is kept beside it.
    fn checked(&mut self, taken: &Taken<'_>, passed: bool, closed: bool) {
        let decided = self.checks.decided().map(|check| check.passed);
        match decided {
            None => self.rework += u32::from(!passed),
            Some(decided) if closed && decided != passed => self.review_items.push(*taken.id),
            Some(_) => {}
        }
        self.checks.made.push(CheckMade {
            id: *taken.id,
            by: taken.by.clone(),
            passed,
            at: taken.at,
        });
    }

    fn apply(&mut self, taken: &Taken<'_>, asked: Asked, reason: &str) {
        // The dispatcher's own application is no answer of the body that has the case.
        if asked.kind() != ApplicationKind::Void {
            self.reply(taken);
        }
        self.applications.push(Application {
            id: *taken.id,
            by: taken.by.clone(),
            at: taken.at,
            asked,
            reason: reason.to_owned(),
        });
    }

    fn answer(&mut self, taken: &Taken<'_>, kind: ApplicationKind, granted: bool) {
        let open = self
            .applications
            .iter()
            .position(|application| application.asked.kind() == kind);
        let Some(application) = open.map(|open| self.applications.remove(open)) else {
            return;
        };
        match application.asked {
            Asked::Extend { asked } if granted => self.extensions.push(Extension {
                application: application.id,
                asked,
                by: taken.by.clone(),
                at: taken.at,
            }),
            Asked::SendBack { cause } => {
                self.send_backs.push(SendBack {
                    application: application.id,
                    cause,
                    counts_as: if granted {
                        SendBackCounts::MisDispatch
                    } else {
                        SendBackCounts::Shirking
                    },
                    at: taken.at,
                });
                if granted {
                    self.given_back();
                }
            }
            Asked::Hold { cause, review_at } if granted => self.holds.push(Hold {
                cause,
                review_at,
                since: taken.at,
                until: None,
            }),
            Asked::Void if granted => self.applications.clear(),
            Asked::Extend { .. } | Asked::Hold { .. } | Asked::Void => {}
        }
    }

    /// Nobody has it any more; a void that was applied for still waits.
    fn given_back(&mut self) {
        self.lead = None;
        self.assist.clear();
        self.notify.clear();
        self.claim = None;
        self.assignee = None;
        self.applications
            .retain(|application| application.asked.kind() == ApplicationKind::Void);
    }

    fn reopened(&mut self) {
        self.round += 1;
        self.checks = Checks::none();
        self.review_items.clear();
        self.close_outcome = None;
    }

    fn climb(&mut self, level: Option<Level>, to: Option<&OrganisationId>, at: Timestamp) {
        if let Some(level) = level {
            self.rung = Rung {
                level,
                since: Some(at),
                organisation: to.cloned(),
            };
        }
    }

    fn link(&mut self, of: &DocumentId) {
        if !self.duplicates.contains(of) {
            self.duplicates.push(*of);
        }
    }

    fn answer_proposal(&mut self, class: &str, granted: bool) {
        match &mut self.filing {
            Some(filing) if granted => {
                filing.class = Some(class.to_owned());
                self.refused_classes.retain(|refused| refused != class);
            }
            _ => self.refused_classes.push(class.to_owned()),
        }
    }
}

/// Puts those who are asked now before those who were asked before them.
fn ask<'a>(asked: &mut Vec<PersonId>, now: impl IntoIterator<Item = &'a PersonId>) {
    let now: Vec<PersonId> = now.into_iter().cloned().collect();
    asked.retain(|before| !now.contains(before));
    asked.splice(0..0, now);
}
