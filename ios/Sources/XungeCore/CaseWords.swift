import XungeCoreApi
import XungeMobile

// Names of a case, one by one: a name that the core gains does not compile until it stands here.

extension XungeMobile.CaseState {
    var own: XungeCoreApi.CaseState {
        switch self {
        case .draft: .draft
        case .reported: .reported
        case .verifying: .verifying
        case .accepted: .accepted
        case .filed: .filed
        case .dispatched: .dispatched
        case .disposing: .disposing
        case .fedBack: .fedBack
        case .checking: .checking
        case .toClose: .toClose
        case .closed: .closed
        case .rejected: .rejected
        case .void: .void
        case .onHold: .onHold
        case .selfDone: .selfDone
        case .selfReview: .selfReview
        case .invalid: .invalid
        }
    }
}

extension XungeMobile.Severity {
    var own: XungeCoreApi.Severity {
        switch self {
        case .ordinary: .ordinary
        case .serious: .serious
        case .urgent: .urgent
        }
    }
}

extension XungeCoreApi.Severity {
    var core: XungeMobile.Severity {
        switch self {
        case .ordinary: .ordinary
        case .serious: .serious
        case .urgent: .urgent
        }
    }
}

extension XungeMobile.ActionName {
    var own: XungeCoreApi.ActionName {
        switch self {
        case .report: .report
        case .sendVerify: .sendVerify
        case .verify: .verify
        case .accept: .accept
        case .reject: .reject
        case .file: .file
        case .dispatch: .dispatch
        case .claim: .claim
        case .feedback: .feedback
        case .sendCheck: .sendCheck
        case .check: .check
        case .close: .close
        case .register: .register
        case .applyExtend: .applyExtend
        case .approveExtend: .approveExtend
        case .applySendBack: .applySendBack
        case .approveSendBack: .approveSendBack
        case .applyHold: .applyHold
        case .approveHold: .approveHold
        case .release: .release
        case .applyVoid: .applyVoid
        case .approveVoid: .approveVoid
        case .jointSurvey: .jointSurvey
        case .supervise: .supervise
        case .selfHandle: .selfHandle
        case .beginReview: .beginReview
        case .review: .review
        case .reopen: .reopen
        case .assign: .assign
        case .escalate: .escalate
        case .sendDown: .sendDown
        case .linkDuplicate: .linkDuplicate
        case .unlinkDuplicate: .unlinkDuplicate
        case .answerProposal: .answerProposal
        case .declareEvidenceLost: .declareEvidenceLost
        }
    }
}

extension XungeMobile.PhotoState {
    var own: XungeCoreApi.PhotoState {
        switch self {
        case .onDevice: .onDevice
        case .sending: .sending
        case .received: .received
        case .elsewhere: .elsewhere
        }
    }
}

extension XungeMobile.PhotoPurpose {
    var own: XungeCoreApi.PhotoPurpose {
        switch self {
        case .found: .found
        case .before: .before
        case .during: .during
        case .after: .after
        case .verify: .verify
        case .check: .check
        }
    }
}

extension XungeCoreApi.PhotoPurpose {
    var core: XungeMobile.PhotoPurpose {
        switch self {
        case .found: .found
        case .before: .before
        case .during: .during
        case .after: .after
        case .verify: .verify
        case .check: .check
        }
    }
}

extension XungeMobile.Role {
    var own: XungeCoreApi.Role {
        switch self {
        case .gridWorker: .gridWorker
        case .intakeClerk: .intakeClerk
        case .shiftLeader: .shiftLeader
        case .dispatcher: .dispatcher
        case .disposalDept: .disposalDept
        case .supervisorLead: .supervisorLead
        case .branchSecretary: .branchSecretary
        case .auditor: .auditor
        case .admin: .admin
        }
    }
}
