import XCTest
import XungeCoreApi

@testable import XungeFeatures

final class SignsTests: XCTestCase {
    func testEveryStateHasWordsAColourAndAShapeAndNoTwoLookAlike() {
        apart(CaseState.allCases.map(\.sign))
        apart(PhotoState.allCases.map(\.sign))
        apart(Severity.allCases.map(\.sign))
        apart(Light.allCases.map(\.sign))
        apart(ClockState.allCases.map(\.sign))
        apart(TaskKind.allCases.map(\.sign))
        apart(TaskStanding.allCases.map(\.sign))
        apart(DutyDelivery.allCases.map(\.sign))
        apart(DutyDelivery.allCases.map(\.takenBackSign))
        apart(SetAsideOutcome.allCases.map(\.sign))
        apart([Delivery.onDevice, .sending(sent: 2, of: 5), .received].map(\.sign))
    }

    func testReceivedIsNeverSaidOfWhatIsOnItsWay() {
        let received = Delivery.received.sign
        for delivery in [Delivery.onDevice, .sending(sent: 0, of: 5), .sending(sent: 4, of: 5)] {
            XCTAssertNotEqual(delivery.sign.tone, received.tone)
            XCTAssertNotEqual(delivery.sign.named, received.named)
        }
        XCTAssertEqual(Delivery.sending(sent: 2, of: 5).sign.named.zh, "上传中 2/5")
    }

    func testEveryPairOfColoursCanBeReadOutdoors() {
        for palette in [Palette.light, Palette.dark] {
            let pairs =
                [palette.page, palette.card, palette.faintOnPage, palette.faintOnCard, palette.strong, palette.soft]
                + Tone.allCases.map(palette.of)
            for pair in pairs { XCTAssertGreaterThanOrEqual(pair.contrast, 7, "\(pair)") }
        }
        XCTAssertEqual(Inked(0x000000, on: 0xFFFFFF).contrast, 21, accuracy: 0.01)
    }

}

/// No two are the same in words, and no two in colour and shape.
func apart(_ signs: [Sign], line: UInt = #line) {
    distinct(signs.map(\.named), line: line)
    XCTAssertEqual(Set(signs.map { Sign(Named("", ""), $0.tone, $0.shape) }).count, signs.count, "\(signs)", line: line)
}
