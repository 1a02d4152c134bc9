import XungeCoreApi
import XungeMobile

extension AroundView {
    var own: Around {
        Around(
            point: point?.own,
            grids: grids.map {
                XungeCoreApi.GridOffer(code: UnitGridCode($0.code), name: $0.name, share: $0.share)
            },
            classes: classes.map { XungeCoreApi.ClassOffer(code: $0.code, why: $0.why.own, metres: $0.metres) },
            components: components.map(\.own),
            duplicates: duplicates.map(\.own)
        )
    }
}

extension XungeMobile.ClassReason {
    var own: XungeCoreApi.ClassReason {
        switch self {
        case .componentHere: .componentHere
        case .usedLately: .usedLately
        }
    }
}

extension NearComponentView {
    var own: NearComponent {
        NearComponent(
            code: ComponentCode(code), classCode: `class`, name: name, point: point.own, metres: metres,
            maintainer: maintainer)
    }
}

extension DuplicateOffer {
    var own: LikelyDuplicate {
        LikelyDuplicate(
            id: DocumentId(`case`),
            localCode: localCode,
            title: title,
            className: `class`,
            state: state.own,
            metres: metres,
            reportedAt: Instant(reportedAt),
            thumb: thumb.map(PhotoHash.init),
            zh: zh,
            en: en
        )
    }
}

extension XungeCoreApi.PhraseUse {
    var core: XungeMobile.PhraseUse {
        switch self {
        case .report: .report
        case .feedback: .feedback
        case .check: .check
        case .opinion: .opinion
        }
    }
}
