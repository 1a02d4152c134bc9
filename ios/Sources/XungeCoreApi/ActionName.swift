/// What can be asked for, by name.
public enum ActionName: String, CaseIterable, Sendable {
    case report
    case sendVerify
    case verify
    case accept
    case reject
    case file
    case dispatch
    case claim
    case feedback
    case sendCheck
    case check
    case close
    case register
    case applyExtend
    case approveExtend
    case applySendBack
    case approveSendBack
    case applyHold
    case approveHold
    case release
    case applyVoid
    case approveVoid
    case jointSurvey
    case supervise
    case selfHandle
    case beginReview
    case review
    case reopen
    case assign
    case escalate
    case sendDown
    case linkDuplicate
    case unlinkDuplicate
    case answerProposal
    case declareEvidenceLost
}
