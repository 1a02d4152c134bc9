import XungeCoreApi

// Each `switch` names every case: a name that the core gains does not compile until it has its words.

extension CheckinState {
    public var named: Named {
        switch self {
        case .draft: Named("待裁定", "Awaiting ruling")
        case .opened: Named("待应答", "Awaiting an answer")
        case .underWay: Named("进行中", "Under way")
        case .refused: Named("未接受", "Refused")
        case .closed: Named("已办结", "Closed")
        }
    }
}

extension Initiation {
    public var named: Named {
        switch self {
        case .visit: Named("走访", "Visit")
        case .joint: Named("会同", "Joint")
        case .whistle: Named("吹哨", "Whistle")
        case .coBuilding: Named("共建", "Co-building")
        case .projectList: Named("项目清单", "Project list")
        }
    }
}

extension StepName {
    public var named: Named {
        switch self {
        case .talk: Named("对接座谈", "Talk")
        case .survey: Named("现场踏勘", "Survey")
        case .cause: Named("原因分析", "Cause")
        case .scheme: Named("技术方案", "Scheme")
        case .consultation: Named("会商", "Consultation")
        case .crewEnters: Named("进场", "Crew enters")
        case .worksWindow: Named("施工时段", "Works window")
        case .dutyRota: Named("现场疏导", "Duty rota")
        case .progress: Named("进展", "Progress")
        case .completion: Named("完工", "Completion")
        case .residentsAnswer: Named("居民反馈", "Residents' answer")
        case .thanks: Named("致谢", "Thanks")
        case .followUp: Named("回访", "Follow-up")
        case .agreement: Named("共建长效", "Agreement")
        case .arrival: Named("到场", "Arrival")
        }
    }
}

extension WrittenStepKind {
    public var named: Named { name.named }
}

extension TimeName {
    public var named: Named {
        switch self {
        case .tableLimit: Named("表定时限", "Table limit")
        case .estimate: Named("踏勘预估", "Estimate")
        case .promise: Named("承诺", "Promise")
        case .actual: Named("实际", "Actual")
        }
    }
}

extension CostBearer {
    public var word: Word {
        switch self {
        case .voluntary: .costVoluntary
        case .body: .costBody
        case .shared: .costShared
        case .open: .costOpen
        }
    }
}

extension Side {
    public var word: Word {
        switch self {
        case .visiting: .checkinVisiting
        case .hosts: .checkinHosts
        }
    }
}
