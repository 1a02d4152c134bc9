import Foundation
import XCTest
import XungeCoreApi

@testable import XungeFeatures

@MainActor
final class SettingsTests: XCTestCase, @unchecked Sendable {
    private let core = FakeCore()
    private let phone = FakePlatform()
    private lazy var field = FieldModel(core: core, platform: phone.platform(), language: .chinese)

    func testSettingsHoldAtOnceAndForTheNextStart() async {
        let page = SettingsModel(field)
        await field.open(.settings(page))
        page.language(.english)
        page.appearance(.dark)
        page.textSize(.largest)
        let chosen = Settings(language: .english, appearance: .dark, textSize: .largest)
        XCTAssertEqual(field.settings, chosen)
        XCTAssertEqual(field.language, .english)
        let next = FieldModel(core: core, platform: phone.platform(), language: .chinese)
        XCTAssertEqual(next.settings, chosen)
    }

    func testTheLanguageIsThePhonesUntilOneIsChosenAndWhatIsNotUnderstoodIsAsIfNotChosen() async throws {
        let name = "xunge-\(UUID().uuidString)"
        let defaults = try XCTUnwrap(UserDefaults(suiteName: name))
        defer { defaults.removePersistentDomain(forName: name) }
        let store = DefaultsSettings(defaults, phone: .english)
        XCTAssertNil(store.read())
        let chosen = Settings(language: .chinese, appearance: .light, textSize: .large)
        store.write(chosen)
        XCTAssertEqual(store.read(), chosen)
        defaults.set("of_a_later_version", forKey: "language")
        XCTAssertEqual(store.read(), Settings(language: .english, appearance: .light, textSize: .large))
    }

    func testOriginalsAreFreedWhenThatIsAskedForAndWhatWentIsSaid() async {
        await field.start()
        let page = SettingsModel(field)
        await field.open(.settings(page))
        XCTAssertEqual(page.photoBytes.map { sized($0, .chinese) }, "50.0 MB")
        XCTAssertNil(page.freed)
        await page.freeOriginals()
        XCTAssertEqual(page.freed?.files, 3)
        XCTAssertEqual(page.freed.map { sized($0.bytes, .chinese) }, "9.0 MB")
        XCTAssertEqual(page.photoBytes.map { sized($0, .chinese) }, "41.0 MB")
        await field.syncing.settled()
    }

    func testBeforeEnrolmentNobodyCountsPhotos() async {
        let page = SettingsModel(field)
        await field.open(.settings(page))
        XCTAssertNil(page.photoBytes)
    }

    func testRoomIsSaidInItsLargestUnit() async {
        XCTAssertEqual([0, 1_023].map { sized($0, .chinese) }, ["0 字节", "1023 字节"])
        XCTAssertEqual(sized(1, .english), "1 bytes")
        XCTAssertEqual([1_024, 900_000, 1_048_576, 5_368_709_120].map { sized($0, .english) }, ["1 KB", "879 KB", "1.0 MB", "5.0 GB"])
    }

    func testEverySettingHasAWordOfItsOwn() async {
        XCTAssertEqual(Set(Language.allCases.map(\.word)).count, Language.allCases.count)
        distinct(Appearance.allCases.map(\.word.named))
        distinct(TextSize.allCases.map(\.word.named))
        XCTAssertEqual(Set(TextSize.allCases.map(\.stepsLarger)).count, TextSize.allCases.count)
        distinct(TaskOrder.allCases.map(\.word.named))
    }
}
