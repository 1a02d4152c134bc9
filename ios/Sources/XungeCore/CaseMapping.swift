import XungeCoreApi
import XungeMobile

extension CaseAct {
    /// The point is where the photo was taken.
    func core(at point: XungeCoreApi.Point?) -> Act {
        switch self {
        case .verify(let result, let note): .verify(result: result, note: note)
        case .check(let passed, let note): .check(passed: passed, point: point?.core, note: note)
        case .jointSurvey(let cause, let estimate):
            .jointSurvey(point: point?.core, cause: cause, estimate: estimate?.core)
        case .claim: .claim
        case .feedback(let note): .feedback(point: point?.core, note: note)
        }
    }
}

extension XungeCoreApi.PageEnd {
    var core: XungeMobile.PageEnd { XungeMobile.PageEnd(updatedAt: updatedAt.millis, id: id.text) }
}

extension CaseListItem {
    var own: CaseRow {
        CaseRow(
            id: DocumentId(id),
            localCode: localCode,
            caseNo: caseNo,
            title: title,
            className: `class`,
            state: state.own,
            severity: severity.own,
            address: address,
            point: point?.own,
            updatedAt: Instant(updatedAt),
            delivery: delivery.own,
            due: due.map(Instant.init),
            light: light?.own,
            declined: declined,
            thumb: thumb.map(PhotoHash.init)
        )
    }
}

extension CaseView {
    var own: CasePage {
        CasePage(
            id: DocumentId(id),
            localCode: localCode,
            caseNo: caseNo,
            classCode: facts.`class`,
            className: `class`,
            title: facts.title,
            description: facts.description,
            address: facts.address,
            point: facts.position?.point.own,
            severity: facts.severity.own,
            state: state.own,
            provisionalState: provisionalState.own,
            clocks: clocks.map(\.own),
            surveys: standing.surveys.map(\.own),
            possibleDuplicateOf: facts.possibleDuplicateOf.map(DocumentId.init),
            delivery: delivery.own,
            photos: photos.map(\.own),
            hazards: hazards.map(\.own),
            comments: comments.map(\.own),
            timeline: timeline.map(\.own),
            setAside: setAside.map(\.own),
            offered: offered.map { XungeCoreApi.OfferedAction(action: $0.action.own, reason: $0.reason?.own) },
            concurrent: concurrent.map { XungeCoreApi.ConcurrentField(field: $0.field, others: $0.others) }
        )
    }
}

extension SurveyView {
    var own: Survey {
        Survey(
            id: EntryId(id), organisation: OrganisationId(organisation), cause: cause, estimate: estimate?.own)
    }
}

extension XungeMobile.Delivery {
    var own: XungeCoreApi.Delivery {
        switch self {
        case .onDevice: .onDevice
        case .sending(let sent, let of): .sending(sent: sent, of: of)
        case .received: .received
        }
    }
}

extension PhotoView {
    var own: Photo {
        Photo(
            id: EntryId(id),
            hash: PhotoHash(sha256),
            purpose: purpose.own,
            caption: caption,
            author: PersonId(author),
            at: Instant(at),
            state: state.own
        )
    }
}

extension NoteView {
    var own: Note { Note(id: EntryId(id), author: PersonId(author), at: Instant(at), text: text) }
}

extension ReasonView {
    var own: Reason { Reason(code: code, zh: zh, en: en) }
}

extension LaneItem {
    var own: SetAside {
        SetAside(
            id: EntryId(id),
            document: DocumentId(`case`),
            kind: kind,
            outcome: outcome == "declined" ? .declined : .quarantined,
            at: Instant(at),
            reason: reason.own
        )
    }
}

extension EventView {
    var own: TimelineEntry {
        TimelineEntry(
            id: EntryId(id),
            action: action.own,
            author: PersonId(author),
            at: Instant(at),
            ruling: ruling.map {
                Ruling(accepted: $0.accepted, at: Instant($0.at), to: $0.to?.own, reason: $0.reason?.own)
            }
        )
    }
}
