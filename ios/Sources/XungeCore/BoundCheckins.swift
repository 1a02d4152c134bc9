import XungeCoreApi
import XungeMobile

/// Matter check-ins 一事一报到.
extension BoundCore {
    public func checkins(after: XungeCoreApi.PageEnd?, limit: UInt32) throws -> [CheckinRow] {
        try asked { try app.checkins(after: after?.core, limit: limit).map(\.own) }
    }

    public func checkin(_ id: XungeCoreApi.DocumentId) throws -> CheckinPage {
        try asked { try app.showCheckin(checkin: id.text).own }
    }

    public func writeStep(_ step: WrittenStep) throws {
        try asked {
            let photos = step.photos.map { StepPhoto(details: $0.details, bytes: $0.jpeg) }
            let point = step.photos.lazy.compactMap(\.point).first
            _ = try app.addStep(
                checkin: step.checkin.text, step: try content(of: step), address: "", point: point?.core, photos: photos)
        }
    }

    public func openCheckin(_ checkin: NewCheckin) throws -> XungeCoreApi.DocumentId {
        try asked {
            DocumentId(
                try app.openCheckin(
                    title: checkin.title, initiation: checkin.initiation.core, subject: checkin.subject.core,
                    visiting: checkin.visiting.map(\.text), hosts: checkin.hosts.map(\.text), calls: []))
        }
    }

    public func answerCheckin(
        _ id: XungeCoreApi.DocumentId, for party: XungeCoreApi.OrganisationId, accepts: Bool, note: String
    ) throws {
        _ = try asked { try app.answerCheckin(checkin: id.text, party: party.text, accepts: accepts, note: note) }
    }

    /// Who arrives is the body of this person.
    private func content(of step: WrittenStep) throws -> Step {
        switch step.kind {
        case .talk: .talk(note: step.note)
        case .survey: .survey(note: step.note, estimate: nil)
        case .cause: .cause(note: step.note)
        case .progress: .progress(note: step.note, percent: nil)
        case .arrival: .arrival(party: try enrolled().organisation?.text ?? "", note: step.note)
        }
    }
}
