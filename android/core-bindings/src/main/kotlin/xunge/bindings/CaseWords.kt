package xunge.bindings

import uniffi.xunge_mobile.ActionName as CoreActionName
import uniffi.xunge_mobile.CaseState as CoreCaseState
import uniffi.xunge_mobile.PhotoPurpose as CorePhotoPurpose
import uniffi.xunge_mobile.PhotoState as CorePhotoState
import uniffi.xunge_mobile.Role as CoreRole
import uniffi.xunge_mobile.Severity as CoreSeverity
import xunge.core.ActionName
import xunge.core.CaseState
import xunge.core.PhotoPurpose
import xunge.core.PhotoState
import xunge.core.Role
import xunge.core.Severity

// Names of a case, one by one: a name that the core gains does not compile until it stands here.

internal fun CoreCaseState.own(): CaseState =
    when (this) {
        CoreCaseState.DRAFT -> CaseState.DRAFT
        CoreCaseState.REPORTED -> CaseState.REPORTED
        CoreCaseState.VERIFYING -> CaseState.VERIFYING
        CoreCaseState.ACCEPTED -> CaseState.ACCEPTED
        CoreCaseState.FILED -> CaseState.FILED
        CoreCaseState.DISPATCHED -> CaseState.DISPATCHED
        CoreCaseState.DISPOSING -> CaseState.DISPOSING
        CoreCaseState.FED_BACK -> CaseState.FED_BACK
        CoreCaseState.CHECKING -> CaseState.CHECKING
        CoreCaseState.TO_CLOSE -> CaseState.TO_CLOSE
        CoreCaseState.CLOSED -> CaseState.CLOSED
        CoreCaseState.REJECTED -> CaseState.REJECTED
        CoreCaseState.VOID -> CaseState.VOID
        CoreCaseState.ON_HOLD -> CaseState.ON_HOLD
        CoreCaseState.SELF_DONE -> CaseState.SELF_DONE
        CoreCaseState.SELF_REVIEW -> CaseState.SELF_REVIEW
        CoreCaseState.INVALID -> CaseState.INVALID
    }

internal fun CoreSeverity.own(): Severity =
    when (this) {
        CoreSeverity.ORDINARY -> Severity.ORDINARY
        CoreSeverity.SERIOUS -> Severity.SERIOUS
        CoreSeverity.URGENT -> Severity.URGENT
    }

internal fun Severity.core(): CoreSeverity =
    when (this) {
        Severity.ORDINARY -> CoreSeverity.ORDINARY
        Severity.SERIOUS -> CoreSeverity.SERIOUS
        Severity.URGENT -> CoreSeverity.URGENT
    }

internal fun CoreActionName.own(): ActionName =
    when (this) {
        CoreActionName.REPORT -> ActionName.REPORT
        CoreActionName.SEND_VERIFY -> ActionName.SEND_VERIFY
        CoreActionName.VERIFY -> ActionName.VERIFY
        CoreActionName.ACCEPT -> ActionName.ACCEPT
        CoreActionName.REJECT -> ActionName.REJECT
        CoreActionName.FILE -> ActionName.FILE
        CoreActionName.DISPATCH -> ActionName.DISPATCH
        CoreActionName.CLAIM -> ActionName.CLAIM
        CoreActionName.FEEDBACK -> ActionName.FEEDBACK
        CoreActionName.SEND_CHECK -> ActionName.SEND_CHECK
        CoreActionName.CHECK -> ActionName.CHECK
        CoreActionName.CLOSE -> ActionName.CLOSE
        CoreActionName.REGISTER -> ActionName.REGISTER
        CoreActionName.APPLY_EXTEND -> ActionName.APPLY_EXTEND
        CoreActionName.APPROVE_EXTEND -> ActionName.APPROVE_EXTEND
        CoreActionName.APPLY_SEND_BACK -> ActionName.APPLY_SEND_BACK
        CoreActionName.APPROVE_SEND_BACK -> ActionName.APPROVE_SEND_BACK
        CoreActionName.APPLY_HOLD -> ActionName.APPLY_HOLD
        CoreActionName.APPROVE_HOLD -> ActionName.APPROVE_HOLD
        CoreActionName.RELEASE -> ActionName.RELEASE
        CoreActionName.APPLY_VOID -> ActionName.APPLY_VOID
        CoreActionName.APPROVE_VOID -> ActionName.APPROVE_VOID
        CoreActionName.JOINT_SURVEY -> ActionName.JOINT_SURVEY
        CoreActionName.SUPERVISE -> ActionName.SUPERVISE
        CoreActionName.SELF_HANDLE -> ActionName.SELF_HANDLE
        CoreActionName.BEGIN_REVIEW -> ActionName.BEGIN_REVIEW
        CoreActionName.REVIEW -> ActionName.REVIEW
        CoreActionName.REOPEN -> ActionName.REOPEN
        CoreActionName.ASSIGN -> ActionName.ASSIGN
        CoreActionName.ESCALATE -> ActionName.ESCALATE
        CoreActionName.SEND_DOWN -> ActionName.SEND_DOWN
        CoreActionName.LINK_DUPLICATE -> ActionName.LINK_DUPLICATE
        CoreActionName.UNLINK_DUPLICATE -> ActionName.UNLINK_DUPLICATE
        CoreActionName.ANSWER_PROPOSAL -> ActionName.ANSWER_PROPOSAL
        CoreActionName.DECLARE_EVIDENCE_LOST -> ActionName.DECLARE_EVIDENCE_LOST
    }

internal fun CorePhotoState.own(): PhotoState =
    when (this) {
        CorePhotoState.ON_DEVICE -> PhotoState.ON_DEVICE
        CorePhotoState.SENDING -> PhotoState.SENDING
        CorePhotoState.RECEIVED -> PhotoState.RECEIVED
        CorePhotoState.ELSEWHERE -> PhotoState.ELSEWHERE
    }

internal fun CorePhotoPurpose.own(): PhotoPurpose =
    when (this) {
        CorePhotoPurpose.FOUND -> PhotoPurpose.FOUND
        CorePhotoPurpose.BEFORE -> PhotoPurpose.BEFORE
        CorePhotoPurpose.DURING -> PhotoPurpose.DURING
        CorePhotoPurpose.AFTER -> PhotoPurpose.AFTER
        CorePhotoPurpose.VERIFY -> PhotoPurpose.VERIFY
        CorePhotoPurpose.CHECK -> PhotoPurpose.CHECK
    }

internal fun PhotoPurpose.core(): CorePhotoPurpose =
    when (this) {
        PhotoPurpose.FOUND -> CorePhotoPurpose.FOUND
        PhotoPurpose.BEFORE -> CorePhotoPurpose.BEFORE
        PhotoPurpose.DURING -> CorePhotoPurpose.DURING
        PhotoPurpose.AFTER -> CorePhotoPurpose.AFTER
        PhotoPurpose.VERIFY -> CorePhotoPurpose.VERIFY
        PhotoPurpose.CHECK -> CorePhotoPurpose.CHECK
    }

internal fun CoreRole.own(): Role =
    when (this) {
        CoreRole.GRID_WORKER -> Role.GRID_WORKER
        CoreRole.INTAKE_CLERK -> Role.INTAKE_CLERK
        CoreRole.SHIFT_LEADER -> Role.SHIFT_LEADER
        CoreRole.DISPATCHER -> Role.DISPATCHER
        CoreRole.DISPOSAL_DEPT -> Role.DISPOSAL_DEPT
        CoreRole.SUPERVISOR_LEAD -> Role.SUPERVISOR_LEAD
        CoreRole.BRANCH_SECRETARY -> Role.BRANCH_SECRETARY
        CoreRole.AUDITOR -> Role.AUDITOR
        CoreRole.ADMIN -> Role.ADMIN
    }
