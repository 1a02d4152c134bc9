import XungeCoreApi
import XungeMobile

extension CheckinListItem {
    var own: CheckinRow {
        CheckinRow(
            id: DocumentId(id),
            localCode: localCode,
            title: title,
            state: state.own,
            initiation: initiation?.own,
            steps: steps,
            lastStep: lastStep?.own,
            updatedAt: Instant(updatedAt),
            delivery: delivery.own,
            declined: declined
        )
    }
}

extension CheckinView {
    var own: CheckinPage {
        let known = Dictionary(names.map { ($0.id, $0.name) }) { first, _ in first }
        let body = { (id: String) in Body(id: OrganisationId(id), name: known[id] ?? id) }
        return CheckinPage(
            id: DocumentId(id),
            localCode: localCode,
            title: title,
            state: state.own,
            initiation: initiation?.own,
            subject: subject?.own,
            visiting: visiting.map(body),
            hosts: hosts.map(body),
            delivery: delivery.own,
            steps: steps.map { $0.own(body) },
            calls: calls.map { call in
                XungeCoreApi.CallStanding(
                    party: body(call.call.party),
                    obligation: call.call.obligation,
                    due: Instant(call.call.due),
                    arrivedAt: call.arrivedAt.map(Instant.init),
                    lateMillis: call.lateMillis
                )
            },
            times: times.own,
            comparisons: comparisons.map {
                TimeComparison(measured: $0.measured.own, against: $0.against.own, laterMillis: $0.laterMillis)
            },
            photos: photos.map(\.own),
            comments: comments.map(\.own),
            setAside: setAside.map(\.own),
            mayAnswer: offered.contains { $0.action == .answer && $0.reason == nil }
        )
    }
}

extension XungeMobile.Subject {
    var own: XungeCoreApi.Subject {
        switch self {
        case .case(let id): .case(DocumentId(id))
        case .project(let id): .project(DocumentId(id))
        case .place(let address, let point): .place(address: address, point: point?.own)
        }
    }
}

extension XungeCoreApi.Subject {
    var core: XungeMobile.Subject {
        switch self {
        case .case(let id): .case(id.text)
        case .project(let id): .project(id.text)
        case .place(let address, let point): .place(address: address, point: point?.core)
        }
    }
}

extension FourTimes {
    /// All that are known, in the order in which they are read.
    fileprivate var own: [NamedTime] {
        let limits = tableLimit.map { [$0] } ?? []
        let ends = actual.map { [$0] } ?? []
        return limits.map { $0.named(.tableLimit) } + estimates.map { $0.named(.estimate) }
            + promises.map { $0.named(.promise) } + ends.map { $0.named(.actual) }
    }
}

extension Term {
    fileprivate func named(_ name: XungeCoreApi.TimeName) -> NamedTime {
        NamedTime(name: name, at: at.map(Instant.init), within: within?.own)
    }
}
