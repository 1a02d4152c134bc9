import XCTest
import XungeCoreApi

@testable import XungeFeatures

final class CheckinWordsTests: XCTestCase {
    func testEveryStateAndEveryNameOfACheckinHasWordsAndAStateASignOfItsOwn() {
        distinct(CheckinState.allCases.map(\.named))
        distinct(Initiation.allCases.map(\.named))
        distinct(StepName.allCases.map(\.named))
        distinct(WrittenStepKind.allCases.map(\.named))
        distinct(TimeName.allCases.map(\.named))
        distinct(LimitUnit.allCases.map(\.named))
        distinct(CostBearer.allCases.map(\.word.named))
        distinct(Side.allCases.map(\.word.named))
        apart(CheckinState.allCases.map(\.sign))
    }

    func testWhatAStepSaysBesideItsWords() {
        let (body, at) = (BeatSamples.bodies[0], Samples.now)
        let facts: [(StepFact, String)] = [
            (.estimateAt(at), "预计 07-03 10:24"), (.estimateWithin(Limit(7, .workDay)), "预计 7 工作日"),
            (.version(2), "方案第 2 版"), (.options(["清淤", "换管"]), "可选：清淤；换管"), (.decision("先清淤"), "决定：先清淤"),
            (.undertaker(body), "承办：莆田路社区党支部"), (.cost(.voluntary), "费用：承办方义务承担"),
            (.promise(at), "承诺 07-03 10:24 前完成"), (.party(body), "单位：莆田路社区党支部"), (.headcount(12), "12 人"),
            (.window(from: at, until: at), "07-03 10:24 至 07-03 10:24"),
            (.turn(body: body, people: 4, post: "东口", from: at, until: at), "莆田路社区党支部 4 人，东口，07-03 10:24 至 07-03 10:24"),
            (.percent(60), "进度 60%"), (.finishedAt(at), "完成于 07-03 10:24"),
            (.quantity(what: "雨水口", number: 4, unit: "处"), "雨水口 4 处"), (.answer(true), "满意 / 保持良好"),
            (.answer(false), "不满意 / 又出现问题"), (.answer(nil), "未表态"),
        ]
        for (fact, words) in facts { XCTAssertEqual(fact.said(.chinese, now: at), words) }
        let earlier = TimeComparison(measured: .actual, against: .estimate, laterMillis: -200 * 3_600_000)
        XCTAssertEqual(earlier.said(.english), "Actual is 8 d before Estimate")
        XCTAssertEqual(
            NamedTime(name: .tableLimit, at: at, within: Limit(7, .workDay)).said(.chinese, now: at), "7 工作日 · 07-03 10:24")
    }
}
