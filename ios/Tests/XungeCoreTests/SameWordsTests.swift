import Foundation
import XCTest
import XungeCoreApi

@testable import XungeFeatures

/// The Chinese words on the phone are those of the core, which the hub's pages use too: compared with its source, name by
/// name.
final class SameWordsTests: XCTestCase {
    func testAStateIsCalledTheSameOnThePhoneAndOnTheHub() throws {
        try same("core/domain/src/case/state.rs", CaseState.allCases) { $0.named }
        try same("core/field/src/views.rs", PhotoState.allCases) { $0.named }
    }

    func testEverythingElseIsCalledTheSameToo() throws {
        try same("core/domain/src/case/action_name.rs", ActionName.allCases, #"^ {4}(\w+) "\w+" "([^"]+)";"#) { $0.named }
        try same("core/domain/src/case/entry.rs", PhotoPurpose.allCases) { $0.named }
        try same("core/domain/src/case/facts.rs", Severity.allCases) { $0.named }
        try same("core/domain/src/person.rs", Role.allCases) { $0.named }
    }

    private func same<Name>(
        _ source: String, _ names: [Name], _ pattern: String = #"Self::(\w+) => "([^"]*[\u4e00-\u9fff][^"]*)""#,
        line: UInt = #line, _ named: (Name) -> Named
    ) throws {
        let top = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardized
        let text = try String(contentsOf: top.appendingPathComponent(source), encoding: .utf8)
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
