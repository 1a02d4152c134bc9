import XungeCoreApi

// Each `switch` names every case: one that the core gains does not compile until it has its words.

extension TaskKind {
    public var named: Named {
        switch self {
        case .verify: Named("核实", "Verify")
        case .check: Named("核查", "Check")
        }
    }

    /// What is asked of the one who was sent.
    var asked: Word {
        switch self {
        case .verify: .taskVerify
        case .check: .taskCheck
        }
    }
}

extension Light {
    public var named: Named {
        switch self {
        case .green: Named("绿灯：时间充足", "Green: in time")
        case .yellow: Named("黄灯：即将到期", "Yellow: due soon")
        case .red: Named("红灯：已超时", "Red: overdue")
        }
    }
}

extension ClockState {
    public var named: Named {
        switch self {
        case .running: Named("计时中", "Running")
        case .held: Named("暂停计时", "Held")
        case .stopped: Named("停止计时", "Stopped")
        case .finished: Named("已完成", "Finished")
        }
    }
}

extension ClassReason {
    public var named: Named {
        switch self {
        case .componentHere: Named("附近部件", "A component is here")
        case .usedLately: Named("最近使用", "Used lately")
        }
    }
}

extension DeclineCause {
    public var named: Named {
        switch self {
        case .sick: Named("身体不适", "Sick")
        case .tooFar: Named("距离太远", "Too far away")
        case .alreadySeen: Named("已看过", "Seen it already")
        case .other: Named("其他原因", "Another reason")
        }
    }
}

extension DutyDelivery {
    public var named: Named {
        switch self {
        case .onDevice: Named("在本机，待送达", "On this phone, to be delivered")
        case .received: Named("已送达", "Delivered")
        case .refused: Named("未生效", "Not counted")
        }
    }
}
