import Foundation
import XCTest
import XungeCoreApi

@testable import XungeFeatures

/// Every name that the core hands over is one of ours, and has words, a colour and a shape: compared with the generated source, so
/// that a name that was mapped to another's cannot hide either.
final class GeneratedNamesTests: XCTestCase {
    func testEveryStateOfTheCoreHasWordsAColourAndAShape() throws {
        try whole("CaseState", CaseState.allCases) { $0.sign }
        try whole("CheckinState", CheckinState.allCases) { $0.sign }
        try whole("PhotoState", PhotoState.allCases) { $0.sign }
        try whole("Severity", Severity.allCases) { $0.sign }
        try whole("Light", Light.allCases) { $0.sign }
        try whole("TaskKind", TaskKind.allCases) { $0.sign }
        try whole("DutyDelivery", DutyDelivery.allCases) { $0.sign }
        XCTAssertEqual(try generated("Delivery"), ["onDevice", "received", "sending"], "its signs are in SignsTests")
    }

    func testEveryOtherNameOfTheCoreHasWords() throws {
        try words("ActionName", ActionName.allCases) { $0.named }
        try words("PhotoPurpose", PhotoPurpose.allCases) { $0.named }
        try words("Initiation", Initiation.allCases) { $0.named }
        try words("StepName", StepName.allCases) { $0.named }
        try words("TimeName", TimeName.allCases) { $0.named }
        try words("CostBearer", CostBearer.allCases) { $0.word.named }
        try words("Role", Role.allCases) { $0.named }
        try words("ClassReason", ClassReason.allCases) { $0.named }
        try words("LimitUnit", LimitUnit.allCases) { $0.named }
        try words("DeclineCause", DeclineCause.allCases) { $0.named }
        XCTAssertEqual(try generated("Step"), StepName.allCases.map { "\($0)" }.sorted(), "a step for every name")
        XCTAssertEqual(
            try generated("LogEvent"),
            ["answered", "asked", "failed", "opened", "refused", "resumed", "revoked", "shutDown", "suspended", "unreachable",
             "waits", "wiped", "wrongCertificate"], "their signs are in BackgroundTests")
        XCTAssertEqual(try generated("PhraseUse"), PhraseUse.allCases.map { "\($0)" }.sorted())
    }

    private func whole<Name>(_ type: String, _ ours: [Name], line: UInt = #line, _ sign: (Name) -> Sign) throws {
        try words(type, ours, line: line) { sign($0).named }
        let looks = Set(ours.map { Sign(Named("", ""), sign($0).tone, sign($0).shape) })
        XCTAssertEqual(looks.count, ours.count, "\(type): two look alike", line: line)
    }

    private func words<Name>(_ type: String, _ ours: [Name], line: UInt = #line, _ named: (Name) -> Named) throws {
        XCTAssertEqual(ours.map { "\($0)" }.sorted(), try generated(type), type, line: line)
        for name in ours.map(named) { XCTAssertFalse(name.zh.isEmpty || name.en.isEmpty, type, line: line) }
        XCTAssertEqual(Set(ours.map(named)).count, ours.count, "\(type): two are called the same", line: line)
    }

    /// The cases of a generated enumeration, in the order of the alphabet.
    private func generated(_ type: String) throws -> [String] {
        let source = try source("mobile-bindings/generated/swift/xunge_mobile.swift")
        let start = try XCTUnwrap(source.range(of: "\npublic enum \(type): Equatable, Hashable {\n"), type)
        let end = try XCTUnwrap(source.range(of: "\n}", range: start.upperBound..<source.endIndex))
        let cases = source[start.upperBound..<end.lowerBound].split(separator: "\n").compactMap { line -> String? in
            guard line.hasPrefix("    case ") else { return nil }
            return String(line.dropFirst("    case ".count).prefix { $0.isLetter || $0 == "`" }).replacingOccurrences(of: "`", with: "")
        }
        XCTAssertFalse(cases.isEmpty, type)
        return cases.sorted()
    }
}

private let top = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardized

/// A file of the repository.
func source(_ path: String) throws -> String {
    try String(contentsOf: top.appendingPathComponent(path), encoding: .utf8)
}

/// The files of a folder of the repository whose names end so, one behind the other.
func sources(_ folder: String, ending: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: top.appendingPathComponent(folder).path)
    return try names.filter { $0.hasSuffix(ending) }.sorted().map { try source("\(folder)/\($0)") }.joined(separator: "\n")
}
