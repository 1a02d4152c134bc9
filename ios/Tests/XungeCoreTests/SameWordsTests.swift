import Foundation
import XCTest
import XungeCoreApi

@testable import XungeFeatures

/// The Chinese words on the phone are those of the core, which the hub's pages use too: compared with its source, name by
/// name.
final class SameWordsTests: XCTestCase {
    func testAStateIsCalledTheSameOnThePhoneAndOnTheHub() throws {
        try same("core/domain/src/case/state.rs", CaseState.allCases) { $0.named }
        try same("core/domain/src/checkin/state.rs", CheckinState.allCases) { $0.named }
        try same("core/field/src/views.rs", PhotoState.allCases) { $0.named }
    }

    func testEverythingElseIsCalledTheSameToo() throws {
        try same("core/domain/src/case/action_name.rs", ActionName.allCases, #"^ {4}(\w+) "\w+" "([^"]+)";"#) { $0.named }
        try same("core/domain/src/case/entry.rs", PhotoPurpose.allCases) { $0.named }
        try same("core/domain/src/case/facts.rs", Severity.allCases) { $0.named }
        try same("core/domain/src/checkin/step_name.rs", StepName.allCases) { $0.named }
        try same("core/domain/src/checkin/subject.rs", Initiation.allCases) { $0.named }
        try same("core/domain/src/checkin/times.rs", TimeName.allCases) { $0.named }
        try same("core/domain/src/person.rs", Role.allCases) { $0.named }
        try same("core/domain/src/class.rs", LimitUnit.allCases) { $0.named }
        try same("core/domain/src/working_time/light.rs", Light.allCases) { $0.named }
        try same("core/domain/src/task/kind.rs", TaskKind.allCases) { $0.named }
        try same("core/field/src/capture/views.rs", ClassReason.allCases) { $0.named }
        try same("core/domain/src/duty/cause.rs", DeclineCause.allCases) { $0.named }
        try same("core/field/src/duty/list.rs", DutyDelivery.allCases) { $0.named }
    }

    func testAPageSaysTheSameInBothApps() throws {
        let android = try sources("android/shared-ui/src/main/kotlin/xunge/ui/words", ending: "Word.kt")
        let word = try NSRegularExpression(pattern: #"^ {4}([A-Z_]+)\("([^"]*)", "([^"]*)"\),"#, options: .anchorsMatchLines)
        var theirs: [String: Named] = [:]
        for found in word.matches(in: android, range: NSRange(android.startIndex..., in: android)) {
            let parts = try (1...3).map { String(android[try XCTUnwrap(Range(found.range(at: $0), in: android))]) }
            theirs[parts[0].replacingOccurrences(of: "_", with: "").lowercased()] = Named(parts[1], parts[2])
        }
        let ours = Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0.rawValue.lowercased(), $0.named) })
        let both = ours.filter { theirs[$0.key] != nil }
        XCTAssertGreaterThan(both.count, 150)
        for (name, named) in both { XCTAssertEqual(named, theirs[name], name) }
    }

    private func same<Name>(
        _ source: String, _ names: [Name], _ pattern: String = #"Self::(\w+) => "([^"]*[\u4e00-\u9fff][^"]*)""#,
        line: UInt = #line, _ named: (Name) -> Named
    ) throws {
        let text = try XungeCoreTests.source(source)
        let arms = try NSRegularExpression(pattern: pattern, options: .anchorsMatchLines)
        var core: [String: String] = [:]
        for arm in arms.matches(in: text, range: NSRange(text.startIndex..., in: text)) {
            let (name, word) = (try XCTUnwrap(Range(arm.range(at: 1), in: text)), try XCTUnwrap(Range(arm.range(at: 2), in: text)))
            core[text[name].lowercased()] = String(text[word])
        }
        let ours = Dictionary(uniqueKeysWithValues: names.map { ("\($0)".lowercased(), named($0).zh) })
        XCTAssertEqual(core.filter { ours[$0.key] != nil }, ours, source, line: line)
    }
}
