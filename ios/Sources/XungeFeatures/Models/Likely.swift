import Foundation
import XungeCoreApi

/// So many classes are offered before one has to be looked for.
let likelyMax = 8

/// A class to touch, and why it is offered; nothing where only the table says so.
public struct LikelyClass: Equatable, Sendable {
    public let each: CaseClass
    public let offer: ClassOffer?
}

/// The classes to offer first: those that the core offers of this place, then the first of the table, so that there is something
/// to touch on the first day as well.
func likelyClasses(_ classes: [CaseClass], _ offers: [ClassOffer]) -> [LikelyClass] {
    let byCode = Dictionary(classes.map { ($0.code, $0) }) { first, _ in first }
    let offered = offers.compactMap { offer in byCode[offer.code].map { LikelyClass(each: $0, offer: offer) } }
    var seen = Set<CaseClass>()
    let all = offered + classes.map { LikelyClass(each: $0, offer: nil) }
    return Array(all.filter { seen.insert($0.each).inserted }.prefix(likelyMax))
}

extension ClassOffer {
    /// Why, and how far that is.
    public func said(_ language: Language) -> String {
        [why.named.of(language), metres.map { Word.reportMetres.of(language, $0) }].compactMap { $0 }.joined(separator: " ")
    }
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
