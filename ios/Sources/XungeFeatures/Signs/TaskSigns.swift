import XungeCoreApi

extension Light {
    public var sign: Sign {
        switch self {
        case .green: Sign(named, .good, .disc)
        case .yellow: Sign(named, .waiting, .half)
        case .red: Sign(named, .bad, .triangle)
        }
    }
}

extension ClockState {
    public var sign: Sign {
        switch self {
        case .running: Sign(named, .active, .right)
        case .held: Sign(named, .paused, .bars)
        case .stopped: Sign(named, .neutral, .square)
        case .finished: Sign(named, .good, .tick)
        }
    }
}

extension TaskKind {
    public var sign: Sign {
        switch self {
        case .verify: Sign(named, .active, .lens)
        case .check: Sign(named, .waiting, .lens)
        }
    }
}

extension TaskStanding {
    public var sign: Sign {
        switch self {
        case .inTime: Sign(Word.taskInTime.named, .good, .disc)
        case .soon: Sign(Word.taskSoon.named, .waiting, .half)
        case .overdue: Sign(Word.taskOverdue.named, .bad, .triangle)
        case .answered: Sign(Word.taskAnswered.named, .active, .up)
        case .declined: Sign(Word.taskDeclined.named, .neutral, .minus)
        }
    }
}

extension DutyDelivery {
    public var sign: Sign {
        switch self {
        case .onDevice: Sign(named, .waiting, .phone)
        case .received: Sign(named, .good, .tick)
        case .refused: Sign(named, .bad, .cross)
        }
    }

    /// Where the word is that takes a leave back.
    public var takenBackSign: Sign {
        switch self {
        case .onDevice: Sign(Word.leaveTakingBack.named, .waiting, .left)
        case .received: Sign(Word.leaveTakenBack.named, .neutral, .left)
        case .refused: Sign(Word.leaveBackRefused.named, .bad, .left)
        }
    }
}
