import XungeCoreApi
import XungeMobile

extension XungeMobile.Point {
    var own: XungeCoreApi.Point { XungeCoreApi.Point(longitudeE7: longitudeE7, latitudeE7: latitudeE7) }
}

extension XungeCoreApi.Point {
    var core: XungeMobile.Point { XungeMobile.Point(longitudeE7: longitudeE7, latitudeE7: latitudeE7) }
}

extension XungeMobile.Fix {
    var own: XungeCoreApi.Fix {
        XungeCoreApi.Fix(
            point: point.own, accuracyMetres: accuracyMetres, provider: provider, at: Instant(at), mock: mock)
    }
}

extension XungeCoreApi.Fix {
    var core: XungeMobile.Fix {
        XungeMobile.Fix(
            point: point.core, accuracyMetres: accuracyMetres, provider: provider, at: at.millis, mock: mock)
    }
}

extension DraftView {
    var own: Draft {
        Draft(
            id: DraftId(id),
            updatedAt: Instant(updatedAt),
            classCode: content.`class`,
            title: content.title,
            description: content.description,
            address: content.address,
            point: content.point?.own,
            fixes: content.fixes.map(\.own),
            severity: content.severity.own,
            hazards: content.hazards,
            noGridReason: content.noGridReason,
            photos: content.photos.map {
                DraftPhoto(hash: PhotoHash($0.original.sha256), purpose: $0.purpose.own, caption: $0.caption)
            },
            unitGrid: content.unitGrid.map(UnitGridCode.init),
            component: content.component.map(ComponentCode.init),
            possibleDuplicateOf: content.possibleDuplicateOf.map(DocumentId.init)
        )
    }
}

extension DraftContent {
    /// What the form changed, over what is stored: photos, and what is picked by itself, stay as they are.
    func with(_ draft: Draft) -> DraftContent {
        var content = self
        content.`class` = draft.classCode
        content.title = draft.title
        content.description = draft.description
        content.address = draft.address
        content.point = draft.point?.core
        content.fixes = draft.fixes.map(\.core)
        content.severity = draft.severity.core
        content.hazards = draft.hazards
        content.noGridReason = draft.noGridReason
        return content
    }
}

extension ClassView {
    var own: CaseClass { CaseClass(code: code, majorZh: majorZh, zh: zh, en: en, selfHandled: selfHandled) }
}

extension TakenPhoto {
    var details: PhotoDetails {
        PhotoDetails(purpose: purpose.core, caption: caption, point: point?.core, fixes: fixes.map(\.core))
    }
}
