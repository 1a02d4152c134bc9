import XCTest
import XungeCoreApi

@testable import XungeFeatures

final class WordsTests: XCTestCase {
    func testEveryTextStandsInBothLanguagesWithTheSamePlacesToFill() {
        for word in Word.allCases {
            XCTAssertFalse(word.named.zh.isEmpty || word.named.en.isEmpty, word.rawValue)
            XCTAssertEqual(places(word.named.zh), places(word.named.en), word.rawValue)
        }
    }

    func testWhatIsFilledInStandsWhereTheLanguageWantsIt() {
        XCTAssertEqual(Word.homeUnsentPhotos.of(.chinese, 8, 5), "8 项未送达，其中照片文件 5 个")
        XCTAssertEqual(Word.homeUnsentPhotos.of(.english, 8, 5), "8 not delivered, 5 of them photo files")
    }

    func testEveryNameOfTheDomainHasWordsOfItsOwnInBothLanguages() {
        distinct(CaseState.allCases.map(\.named))
        distinct(PhotoState.allCases.map(\.named))
        distinct(PhotoPurpose.allCases.map(\.named))
        distinct(Severity.allCases.map(\.named))
        distinct(Role.allCases.map(\.named))
        distinct(ActionName.allCases.map(\.named))
        distinct(TaskKind.allCases.map(\.named))
        distinct(Light.allCases.map(\.named))
        distinct(ClockState.allCases.map(\.named))
        distinct(ClassReason.allCases.map(\.named))
        distinct(LimitUnit.allCases.map(\.named))
        distinct(DeclineCause.allCases.map(\.named))
        distinct(DutyDelivery.allCases.map(\.named))
    }

    func testRefusedWorkIsNamedByTheCoresName() {
        XCTAssertEqual(kindNamed("apply_send_back"), ActionName.applySendBack.named)
        XCTAssertEqual(kindNamed("photo").zh, "照片")
        XCTAssertEqual(kindNamed("of_a_later_version").en, "of_a_later_version")
    }

    func testTimesAreSaidInTheTimeOfTheCountry() {
        let now = Samples.now
        XCTAssertEqual(moment(now, now: now), "07-03 10:24")
        XCTAssertEqual(moment(Instant(1_767_196_740_000), now: now), "2025-12-31 23:59")
        XCTAssertEqual(ago(Instant(now.millis + 5_000), now: now, .chinese), "刚刚")
        XCTAssertEqual(ago(before(38), now: now, .chinese), "38 分钟前")
        XCTAssertEqual(ago(before(300), now: now, .english), "5 h ago")
        XCTAssertEqual(ago(before(720), now: now, .chinese), "07-02 22:24")
        XCTAssertEqual(duration(-30 * 60_000, .chinese), "30 分钟")
        XCTAssertEqual(duration(47 * 3_600_000, .chinese), "47 小时")
    }

    func testThePhonesLanguageIsItsFirstOfOurs() {
        XCTAssertEqual(Language.ofPhone(preferred: ["de-DE", "en-GB", "zh-Hans"]), .english)
        XCTAssertEqual(Language.ofPhone(preferred: ["zh-Hans-CN", "en"]), .chinese)
        XCTAssertEqual(Language.ofPhone(preferred: ["de"]), .chinese)
    }

    private func before(_ minutes: Int64) -> Instant { Instant(Samples.now.millis - minutes * 60_000) }

    private func places(_ text: String) -> [String] {
        (1...9).map { "%\($0)" }.filter { text.contains($0) }
    }
}

/// None is empty, and no two are the same.
func distinct(_ names: [Named], line: UInt = #line) {
    for name in names { XCTAssertFalse(name.zh.isEmpty || name.en.isEmpty, "\(name)", line: line) }
    XCTAssertEqual(Set(names.map(\.zh)).count, names.count, "\(names)", line: line)
    XCTAssertEqual(Set(names.map(\.en)).count, names.count, "\(names)", line: line)
}
