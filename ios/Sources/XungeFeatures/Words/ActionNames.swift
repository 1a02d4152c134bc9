import XungeCoreApi

extension ActionName {
    public var named: Named {
        switch self {
        case .report: Named("上报", "Report")
        case .sendVerify: Named("派核实", "Send to verify")
        case .verify: Named("核实", "Verify")
        case .accept: Named("受理", "Accept")
        case .reject: Named("不予受理", "Reject")
        case .file: Named("立案", "File")
        case .dispatch: Named("派遣", "Dispatch")
        case .claim: Named("接收", "Claim")
        case .feedback: Named("反馈", "Feed back")
        case .sendCheck: Named("派核查", "Send to check")
        case .check: Named("核查", "Check")
        case .close: Named("结案", "Close")
        case .register: Named("登记", "Register")
        case .applyExtend: Named("申请延期", "Apply for an extension")
        case .approveExtend: Named("审批延期", "Decide on the extension")
        case .applySendBack: Named("申请回退", "Apply to send back")
        case .approveSendBack: Named("审批回退", "Decide on sending back")
        case .applyHold: Named("申请挂账", "Apply for a hold")
        case .approveHold: Named("审批挂账", "Decide on the hold")
        case .release: Named("解除挂账", "Release")
        case .applyVoid: Named("申请作废", "Apply to void")
        case .approveVoid: Named("审批作废", "Decide on voiding")
        case .jointSurvey: Named("联合核查", "Joint survey")
        case .supervise: Named("督办", "Supervise")
        case .selfHandle: Named("自行处置", "Self-handle")
        case .beginReview: Named("接审自处置", "Begin the review")
        case .review: Named("审核自处置", "Review")
        case .reopen: Named("重启", "Reopen")
        case .assign: Named("派工", "Assign")
        case .escalate: Named("上报上级", "Escalate")
        case .sendDown: Named("下派", "Send down")
        case .linkDuplicate: Named("关联重复", "Link a duplicate")
        case .unlinkDuplicate: Named("解除关联", "Unlink")
        case .answerProposal: Named("答复类别建议", "Answer the class proposal")
        case .declareEvidenceLost: Named("认定证据灭失", "Declare evidence lost")
        }
    }
}

/// What a piece of refused work was, by the core's name for it. A name that is not known here is shown as it is.
public func kindNamed(_ kind: String) -> Named {
    if let action = ActionName.allCases.first(where: { snakeCase($0.rawValue) == kind }) { return action.named }
    if let step = StepName.allCases.first(where: { snakeCase($0.rawValue) == kind }) { return step.named }
    return switch kind {
    case "photo": Named("照片", "Photo")
    case "comment": Named("留言", "Comment")
    case "hazard": Named("隐患", "Hazard")
    case "description": Named("情况说明", "Description")
    case "address": Named("地点", "Place")
    case "class": Named("类别", "Class")
    case "open": Named("发起报到", "Open a check-in")
    case "answer": Named("应答", "Answer")
    default: Named(kind, kind)
    }
}

/// `sendVerify` as the core writes it: `send_verify`.
func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { text, letter in text += letter.isUppercase ? "_\(letter.lowercased())" : String(letter) }
}
