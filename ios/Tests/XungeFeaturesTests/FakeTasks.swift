import XungeCoreApi

/// What somebody is sent for and what is offered at capture, as far as the tests gave it.
extension FakeCore {
    func tasks() throws -> [FieldTask] { with { $0.tasks } }

    func declineTask(_ id: DocumentId, _ cause: DeclineCause, words: String) throws {
        try with { state in
            guard let at = state.tasks.firstIndex(where: { $0.id == id }) else { throw Self.problem("not_found", .notFound) }
            state.tasks[at].declined = Declined(cause: cause, words: words, at: Samples.now, delivery: .onDevice)
        }
    }

    func sayLeave(from: Instant, until: Instant, words: String) throws {
        with { state in
            state.leaves.append(
                Leave(
                    id: DutyNoteId("leave \(state.leaves.count)"), from: from, until: until, words: words,
                    saidAt: Samples.now, delivery: .onDevice))
        }
    }

    func takeBackLeave(_ id: DutyNoteId) throws {
        with { state in
            state.leaves = state.leaves.map {
                $0.id == id
                    ? Leave(
                        id: id, from: $0.from, until: $0.until, words: $0.words, saidAt: $0.saidAt,
                        delivery: $0.delivery, takenBack: .onDevice) : $0
            }
        }
    }

    func leaves() throws -> [Leave] { with { $0.leaves } }

    func around(_ id: DraftId) throws -> Around {
        with { $0.aroundHeld }?.wait()
        return try looked(id)
    }

    private func looked(_ id: DraftId) throws -> Around {
        try with { state in
            let draft = try Self.found(id, in: state)
            if state.aroundFails { throw Self.problem("not_found", .notFound) }
            // Without a place only what was reported last is known.
            return draft.fixes.isEmpty ? Around(point: nil, classes: [Samples.around.classes[1]]) : state.around
        }
    }

    func pickClass(_ id: DraftId, _ code: String) throws -> Draft {
        try changed(id) { draft in
            draft.classCode = code
            draft.component = Samples.around.components.first { $0.classCode == code }?.code
        }
    }

    func pickGrid(_ id: DraftId, _ grid: UnitGridCode?) throws -> Draft { try changed(id) { $0.unitGrid = grid } }

    func pickComponent(_ id: DraftId, _ component: ComponentCode?) throws -> Draft {
        try changed(id) { $0.component = component }
    }

    func pickPossibleDuplicate(_ id: DraftId, of other: DocumentId?) throws -> Draft {
        try changed(id) { $0.possibleDuplicateOf = other }
    }

    func phrases(_ use: PhraseUse, classCode: String?) throws -> [String] { Samples.phrases }

    func selfHandle(_ id: DraftId, at point: Point?, note: String) throws -> DocumentId {
        with { $0.settled.append(note) }
        return try report(id)
    }

    func photoBytes() throws -> UInt64 { 52_428_800 }

    func freeOriginals(keepBytes: UInt64) throws -> Freed { Freed(files: 3, bytes: 9_437_184, bytesLeft: 42_991_616) }
}
