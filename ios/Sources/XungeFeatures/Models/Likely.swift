import Foundation
import XungeCoreApi

/// So many classes are offered before one has to be looked for.
let likelyMax = 8

/// The classes to offer first: those that the core calls likely, then the first of the table, so that there is always
/// something to touch.
func likelyClasses(_ classes: [CaseClass], likely codes: [String]) -> [CaseClass] {
    let byCode = Dictionary(classes.map { ($0.code, $0) }) { first, _ in first }
    var seen = Set<CaseClass>()
    let offered = (codes.compactMap { byCode[$0] } + classes).filter { seen.insert($0).inserted }
    return Array(offered.prefix(likelyMax))
}

/// The classes whose name, or whose major class, holds this.
func findClasses(_ classes: [CaseClass], _ text: String) -> [CaseClass] {
    let wanted = text.trimmed
    if wanted.isEmpty { return classes }
    return classes.filter {
        $0.zh.contains(wanted) || $0.majorZh.contains(wanted) || $0.code == wanted
            || $0.en.range(of: wanted, options: .caseInsensitive) != nil
    }
}
