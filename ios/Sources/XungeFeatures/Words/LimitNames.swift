import XungeCoreApi

extension LimitUnit {
    public var named: Named {
        switch self {
        case .urgentHour: Named("紧急工作时", "urgent hours")
        case .workHour: Named("工作时", "work hours")
        case .workDay: Named("工作日", "work days")
        case .naturalDay: Named("自然日", "days")
        }
    }
}

extension Limit {
    public func said(_ language: Language) -> String { "\(number) \(unit.named.of(language))" }
}
