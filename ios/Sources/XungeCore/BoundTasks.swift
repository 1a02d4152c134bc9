import XungeCoreApi
import XungeMobile

/// What somebody is sent for, and what they say of their own duty.
extension BoundCore {
    public func tasks() throws -> [FieldTask] { try asked { try app.tasks().map(\.own) } }

    public func declineTask(_ id: XungeCoreApi.DocumentId, _ cause: XungeCoreApi.DeclineCause, words: String) throws {
        _ = try asked { try app.declineTask(case: id.text, cause: cause.core, words: words) }
    }

    public func leaves() throws -> [Leave] { try asked { try app.leaves().map(\.own) } }

    public func sayLeave(from: Instant, until: Instant, words: String) throws {
        _ = try asked { try app.sayLeave(from: from.millis, until: until.millis, words: words) }
    }

    public func takeBackLeave(_ id: XungeCoreApi.DutyNoteId) throws {
        try asked { try app.takeBackLeave(leave: id.text) }
    }
}
