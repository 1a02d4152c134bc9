import XungeCoreApi
import XungeMobile

extension XungeMobile.Limit {
    var own: XungeCoreApi.Limit { XungeCoreApi.Limit(number, unit.own) }
}

extension XungeMobile.LimitUnit {
    var own: XungeCoreApi.LimitUnit {
        switch self {
        case .urgentHour: .urgentHour
        case .workHour: .workHour
        case .workDay: .workDay
        case .naturalDay: .naturalDay
        }
    }
}

extension XungeCoreApi.Limit {
    var core: XungeMobile.Limit { XungeMobile.Limit(number: number, unit: unit.core) }
}

extension XungeCoreApi.LimitUnit {
    var core: XungeMobile.LimitUnit {
        switch self {
        case .urgentHour: .urgentHour
        case .workHour: .workHour
        case .workDay: .workDay
        case .naturalDay: .naturalDay
        }
    }
}
