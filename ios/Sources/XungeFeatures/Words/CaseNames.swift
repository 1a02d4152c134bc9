import XungeCoreApi

// Each `switch` names every case: a state that the core gains does not compile until it has its words.

extension CaseState {
    public var named: Named {
        switch self {
        case .draft: Named("待裁定", "Awaiting ruling")
        case .reported: Named("已上报", "Reported")
        case .verifying: Named("核实中", "Verifying")
        case .accepted: Named("已受理", "Accepted")
        case .filed: Named("已立案", "Filed")
        case .dispatched: Named("已派遣", "Dispatched")
        case .disposing: Named("处置中", "Disposing")
        case .fedBack: Named("已反馈", "Fed back")
        case .checking: Named("核查中", "Checking")
        case .toClose: Named("待结案", "To close")
        case .closed: Named("已结案", "Closed")
        case .rejected: Named("不予受理", "Rejected")
        case .void: Named("已作废", "Void")
        case .onHold: Named("已挂账", "On hold")
        case .selfDone: Named("已自行处置", "Self-handled")
        case .selfReview: Named("自处置待审", "Self-handled, in review")
        case .invalid: Named("无效", "Invalid")
        }
    }
}

extension PhotoState {
    public var named: Named {
        switch self {
        case .onDevice: Named("在本机", "On this phone")
        case .sending: Named("上传中", "Sending")
        case .received: Named("已送达", "Delivered")
        case .elsewhere: Named("在别处", "Kept elsewhere")
        }
    }
}

extension PhotoPurpose {
    public var named: Named {
        switch self {
        case .found: Named("发现", "Found")
        case .before: Named("处置前", "Before")
        case .during: Named("处置中", "During")
        case .after: Named("处置后", "After")
        case .verify: Named("核实", "Verify")
        case .check: Named("核查", "Check")
        }
    }
}

extension Severity {
    public var named: Named {
        switch self {
        case .ordinary: Named("一般", "Ordinary")
        case .serious: Named("较重", "Serious")
        case .urgent: Named("紧急", "Urgent")
        }
    }
}

extension Role {
    public var named: Named {
        switch self {
        case .gridWorker: Named("网格员", "Grid worker")
        case .intakeClerk: Named("受理员", "Intake clerk")
        case .shiftLeader: Named("值班长", "Shift leader")
        case .dispatcher: Named("派遣员", "Dispatcher")
        case .disposalDept: Named("专业部门", "Disposal department")
        case .supervisorLead: Named("督办人", "Supervisor")
        case .branchSecretary: Named("党组织书记", "Branch secretary")
        case .auditor: Named("审计", "Auditor")
        case .admin: Named("管理员", "Administrator")
        }
    }
}
