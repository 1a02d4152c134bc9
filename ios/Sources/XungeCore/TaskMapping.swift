import XungeCoreApi
import XungeMobile

extension TaskView {
    var own: FieldTask {
        FieldTask(
            id: DocumentId(`case`),
            localCode: localCode,
            title: title,
            address: address,
            point: point?.own,
            kind: kind.own,
            deliveredAt: Instant(deliveredAt),
            dueAt: Instant(dueAt),
            overdue: overdue,
            answered: answered,
            declined: declined?.own
        )
    }
}

extension XungeMobile.TaskKind {
    var own: XungeCoreApi.TaskKind {
        switch self {
        case .verify: .verify
        case .check: .check
        }
    }
}

extension DeclinedView {
    var own: Declined {
        Declined(cause: cause.own, words: words, at: Instant(madeAt), delivery: delivery.own, reason: reason?.own)
    }
}

extension LeaveView {
    var own: Leave {
        Leave(
            id: DutyNoteId(id), from: Instant(from), until: Instant(until), words: words,
            saidAt: Instant(madeAt), delivery: delivery.own, reason: reason?.own, takenBack: takenBack?.own)
    }
}

extension XungeMobile.DeclineCause {
    var own: XungeCoreApi.DeclineCause {
        switch self {
        case .sick: .sick
        case .tooFar: .tooFar
        case .alreadySeen: .alreadySeen
        case .other: .other
        }
    }
}

extension XungeCoreApi.DeclineCause {
    var core: XungeMobile.DeclineCause {
        switch self {
        case .sick: .sick
        case .tooFar: .tooFar
        case .alreadySeen: .alreadySeen
        case .other: .other
        }
    }
}

extension XungeMobile.DutyDelivery {
    var own: XungeCoreApi.DutyDelivery {
        switch self {
        case .onDevice: .onDevice
        case .received: .received
        case .refused: .refused
        }
    }
}
