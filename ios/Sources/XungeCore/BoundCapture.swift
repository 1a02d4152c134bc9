import XungeCoreApi
import XungeMobile

/// What is offered at capture.
extension BoundCore {
    public func around(_ id: DraftId) throws -> Around { try asked { try app.aroundDraft(draft: id.text).own } }

    public func pickClass(_ id: DraftId, _ code: String) throws -> Draft {
        try picked(id) { try app.pickClass(draft: id.text, class: code) }
    }

    public func pickGrid(_ id: DraftId, _ grid: XungeCoreApi.UnitGridCode?) throws -> Draft {
        try picked(id) { try app.pickGrid(draft: id.text, grid: grid?.text) }
    }

    public func pickComponent(_ id: DraftId, _ component: XungeCoreApi.ComponentCode?) throws -> Draft {
        try picked(id) { try app.pickComponent(draft: id.text, component: component?.text) }
    }

    public func pickPossibleDuplicate(_ id: DraftId, of other: XungeCoreApi.DocumentId?) throws -> Draft {
        try picked(id) { try app.pickPossibleDuplicate(draft: id.text, of: other?.text) }
    }

    public func phrases(_ use: XungeCoreApi.PhraseUse, classCode: String?) throws -> [String] {
        try asked { try app.phrases(usedFor: use.core, class: classCode).map(\.text) }
    }

    /// What is picked is answered together with what follows from it.
    private func picked(_ id: DraftId, _ pick: () throws -> Void) throws -> Draft {
        try asked {
            try pick()
            return try app.draft(id: id.text).own
        }
    }
}
